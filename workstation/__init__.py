"""A trading workstation for the terminal, and the library it runs on."""
