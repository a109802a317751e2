"""The catalog: every message in both directions, declared once."""
