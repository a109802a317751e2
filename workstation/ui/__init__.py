"""The screen: a Textual app over the live picture. Sees neither sockets nor bytes."""
