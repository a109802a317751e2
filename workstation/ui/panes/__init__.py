"""The panes: each shows one part of the picture."""
