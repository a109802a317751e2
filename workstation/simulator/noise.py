"""Noise: random numbers that are a function of a key and an index, not of a state.

Owns how seed, names and positions become uniform and normal numbers. The same key and index give
the same number in every process and on every machine, in any order, singly or in bulk: so the
market's past can be computed without living through it. Leaves to others what the numbers mean.
"""

from __future__ import annotations

import math
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "Floats",
    "Integers",
    "hashed",
    "hashed_one",
    "key_of",
    "normal",
    "normal_one",
    "uniform",
]

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2 = np.uint64(0x94D049BB133111EB)
_30, _27, _31, _32, _11 = map(np.uint64, (30, 27, 31, 32, 11))
_LOW_HALF = np.uint64(0xFFFFFFFF)
_PER_32_BITS = 2.0**-32
_PER_53_BITS = 2.0**-53
_TURN = 2.0 * math.pi
_64_BITS = (1 << 64) - 1


def key_of(*parts: int | str) -> int:
    """A 64-bit key for a stream of noise, from any words and numbers that name it."""
    digest = blake2b("\x1f".join(map(str, parts)).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "little")


def uniform(key: int, index: Any) -> Floats:
    """Uniform numbers in [0, 1), one for each index."""
    numbers: Floats = (hashed(key, index) >> _11).astype(np.float64) * _PER_53_BITS
    return numbers


def normal(key: int, index: Any) -> Floats:
    """Standard normal numbers, one for each index."""
    bits = hashed(key, index)
    radius = ((bits >> _32) + 1.0) * _PER_32_BITS
    angle = (bits & _LOW_HALF) * (_TURN * _PER_32_BITS)
    result: Floats = np.sqrt(-2.0 * np.log(radius)) * np.cos(angle)
    return result


def hashed(key: int, index: Any) -> NDArray[np.uint64]:
    """64 random bits for each index: the SplitMix64 generator, entered at any place.

    Args:
        key: from `key_of`.
        index: an array of integers, or what makes one; the result has its shape, at least one
            dimension.
    """
    place = np.atleast_1d(np.asarray(index)).astype(np.uint64)
    bits = place * _GOLDEN + np.uint64(key)
    bits = (bits ^ (bits >> _30)) * _MIX_1
    bits = (bits ^ (bits >> _27)) * _MIX_2
    mixed: NDArray[np.uint64] = bits ^ (bits >> _31)
    return mixed


def normal_one(key: int, index: int) -> float:
    """One standard normal number, as `normal` makes it, without the cost of an array."""
    bits = hashed_one(key, index)
    radius = ((bits >> 32) + 1.0) * _PER_32_BITS
    angle = (bits & 0xFFFFFFFF) * (_TURN * _PER_32_BITS)
    return math.sqrt(-2.0 * math.log(radius)) * math.cos(angle)


def hashed_one(key: int, index: int) -> int:
    """64 random bits, as `hashed` makes them, without the cost of an array."""
    bits = (index * 0x9E3779B97F4A7C15 + key) & _64_BITS
    bits = ((bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9) & _64_BITS
    bits = ((bits ^ (bits >> 27)) * 0x94D049BB133111EB) & _64_BITS
    return bits ^ (bits >> 31)
