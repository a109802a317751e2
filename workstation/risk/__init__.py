"""Rules that every order passes before it is sent: pure functions over state, no I/O."""
