"""Chance that depends on names alone: the same thing in the same week draws the same number, whatever else changes."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b

import numpy as np

from tests.demo import SEED


def keys(names: Iterable[str]) -> np.ndarray:
    """A 64-bit key for each name."""
    return np.array([_key(name) for name in names], dtype=np.uint64)


def draws(of: np.ndarray, about: str) -> np.ndarray:
    """A number in [0, 1) for each key, another one for each matter it is drawn about (SplitMix64 of the three)."""
    x = (of ^ np.uint64(_key(f"{about}/{SEED}"))) + np.uint64(0x9E3779B97F4A7C15)
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return ((x ^ (x >> np.uint64(31))) >> np.uint64(11)) / float(1 << 53)


def numbers(of: np.ndarray, about: str, low: int, high: int) -> np.ndarray:
    """A whole number from low to high, both included, for each key."""
    return low + np.floor(draws(of, about) * (high - low + 1)).astype(int)


def _key(name: str) -> int:
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "big")
