"""Benchmarks: how fast this is beside its peers, as ratios measured in one run.

Each module is run by itself, such as `python -m tests.benchmarks.protocol`. They need the extra
`witness`. Figures are CPU time and medians of interleaved rounds: machines are noisy, ratios less.
"""
