"""Independent witnesses of the protocol, and what both sides are shown."""
