"""The simulated Bridge: its market, and the server that speaks the protocol for it."""
