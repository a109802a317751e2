"""Coders: the decoder and encoder of each message at each version, compiled on first use.

Owns the cache. Versions between which a layout does not change share one coder, so connecting to
a Bridge compiles only what is used, once.
"""

from __future__ import annotations

from bisect import bisect_right

from workstation.protocol.codecs import Unset
from workstation.protocol.decoding import Decoder, compile_decoder
from workstation.protocol.encoding import Encoder, compile_encoder
from workstation.protocol.message import Declaration
from workstation.protocol.source import thresholds

__all__ = ["decoder_for", "encoder_for"]

_EDGES: dict[type, list[int]] = {}
_DECODERS: dict[tuple[type, int], Decoder] = {}
_ENCODERS: dict[tuple[type, int, Unset | None], Encoder] = {}


def decoder_for(declaration: Declaration, version: int) -> Decoder:
    """The decoder of a message at a server version.

    A version that is too old for the message reads it as the first version that has it: no Bridge
    should send one, the official client reads it all the same, and nothing is gained by not.
    """
    version = max(version, declaration.since)
    key = (declaration.cls, _span(declaration, version))
    decoder = _DECODERS.get(key)
    if decoder is None:
        decoder = _DECODERS[key] = compile_decoder(declaration, version)
    return decoder


def encoder_for(declaration: Declaration, version: int, unset: Unset | None = None) -> Encoder:
    """The encoder of a message at a server version; `unset` as for `compile_encoder`."""
    # A refusal names the version agreed, so spans below a refusal's gate are not shared.
    key = (declaration.cls, version, unset)
    encoder = _ENCODERS.get(key)
    if encoder is None:
        encoder = _ENCODERS[key] = compile_encoder(declaration, version, unset)
    return encoder


def _span(declaration: Declaration, version: int) -> int:
    """Which stretch of equal layouts a version lies in."""
    edges = _EDGES.get(declaration.cls)
    if edges is None:
        edges = _EDGES[declaration.cls] = sorted(thresholds(declaration.layout))
    return bisect_right(edges, version)
