"""What is made of texts alone, kept by what they hold: all of a kind in one file, each sealed by its own text."""

from __future__ import annotations

import os
from collections.abc import Callable
from hashlib import sha256
from typing import Final

import msgspec

from sovlint.cache.folder import KeptBytes
from sovlint.cache.seal import ONCE, mixed

_DIGEST: Final = 16
"""What is kept begins with as many bytes of its own digest."""


class ContentCache:
    """What was made of texts in earlier runs, and what this one makes. What this one doesn't ask for is forgotten."""

    def __init__(self, folder: KeptBytes, name: str, anew: bool) -> None:
        self._folder = folder
        self._name = name
        self._kept = {} if anew else _decoded(folder.get(name))
        self._asked: dict[str, bytes] = {}
        self._made: dict[str, tuple[bytes, Callable[[], bytes | None]]] = {}

    def get(self, text: bytes) -> bytes | None:
        """What was made of a text."""
        key = sha256(text).digest()
        name = sha256(key).hexdigest()
        found = self._kept.get(name)
        if found is None:
            return None
        made = mixed(found[ONCE:], sha256(found[:ONCE] + key).digest())
        if sha256(made[_DIGEST:]).digest()[:_DIGEST] != made[:_DIGEST]:
            return None
        self._asked[name] = found
        return made[_DIGEST:]

    def put(self, text: bytes, made: Callable[[], bytes | None]) -> None:
        """Have something kept when the run is at its end; ``None``: it can't be."""
        key = sha256(text).digest()
        self._made[sha256(key).hexdigest()] = key, made

    def save(self) -> None:
        """Keep what was asked for and what was made, where that is another than what is kept."""
        if not self._made and len(self._asked) == len(self._kept):
            return
        kept = dict(self._asked)
        for name, (key, make) in self._made.items():
            made = make()
            if made is not None:
                once = os.urandom(ONCE)
                whole = sha256(made).digest()[:_DIGEST] + made
                kept[name] = once + mixed(whole, sha256(once + key).digest())
        self._folder.put(self._name, msgspec.msgpack.encode(kept))


def _decoded(data: bytes | None) -> dict[str, bytes]:
    try:
        return msgspec.msgpack.decode(data or b"\x80", type=dict[str, bytes])
    except msgspec.MsgspecError:
        return {}
