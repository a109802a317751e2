"""Samples: short programs as users write them; each runs as a test on a simulated Bridge.

Start `workstation bridge --port 7497`, then one of them: `python -m tests.samples.positions`.
"""
