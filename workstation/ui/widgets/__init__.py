"""Widgets: the parts that panes are made of; they know nothing of trading."""
