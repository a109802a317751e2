"""A trading workstation for the terminal, and the library it runs on."""

__version__ = "0.1.0"
