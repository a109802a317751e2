"""Orders at the simulated Bridge: from the moment they arrive until nothing more can happen.

`desk` takes, changes and cancels them, `engine` lives their lives; `kinds` says when each kind of
order works and at what price, `book` who trades with whom, `conditions`, `groups` and `algos` what
holds an order back, `rules` what is taken at all, `reports` what is told, `records` and `store`
what is kept.
"""
