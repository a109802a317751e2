"""The TWS API wire protocol, without I/O: bytes in, messages out, and back.

Owns frames, codecs, versions, the catalog of messages and the handshake. Never touches a socket
or a clock.
"""
