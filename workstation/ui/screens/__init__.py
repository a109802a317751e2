"""Screens: what lies over the panes for a moment."""
