"""Which of many groups of names the name of a setting may be of, without asking each of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from sovlint.rules.names.signature import Ending, Names

_WILD: Final = re.compile(r"[*?]|\[[^\]]*\]")
_UNDERSCORE: Final = re.compile("_")
_NONE: Final[frozenset[int]] = frozenset()


class NameIndex:
    """Groups of names by number: those that are written whole, and globs by how they begin or end."""

    __slots__ = ("_heads", "_longest", "_owned", "_tails", "_whole")

    def __init__(self, groups: Iterable[tuple[int, Names]]) -> None:
        self._whole: dict[str, set[int]] = {}
        self._owned: dict[str, set[int]] = {}
        self._heads: dict[int, dict[str, set[int]]] = {}
        self._tails: dict[int, dict[str, set[int]]] = {}
        for number, names in groups:
            for name in names.exact:
                self._whole.setdefault(name, set()).add(number)
            for name in names.own:
                self._owned.setdefault(name, set()).add(number)
            for glob in names.globs:
                self._add_glob(glob, number)
        self._longest = max(map(len, self._owned), default=0)

    def _add_glob(self, glob: str, number: int) -> None:
        parts = _WILD.split(glob)
        head, tail = parts[0], parts[-1]
        ends, text = (self._tails, tail) if len(tail) > len(head) else (self._heads, head)
        ends.setdefault(len(text), {}).setdefault(text, set()).add(number)

    def endings(self, name: str) -> Sequence[Ending]:
        """What a name ends in of all that may have a prefix, the longest first."""
        cuts = (
            met.start()
            for met in _UNDERSCORE.finditer(name, max(0, len(name) - self._longest - 1))
        )
        return [
            (name[:cut].rstrip("_"), name[cut + 1 :])
            for cut in cuts
            if name[cut + 1 :] in self._owned
        ]

    def numbers(self, name: str, endings: Sequence[Ending]) -> Sequence[int]:
        """The groups that a name may be of, in order: none that it is of is left out."""
        found = set(self._whole.get(name, _NONE))
        found.update(*(self._owned[ending] for _, ending in endings))
        for size, by_text in self._heads.items():
            found |= by_text.get(name[:size], _NONE)
        for size, by_text in self._tails.items():
            found |= by_text.get(name[-size:], _NONE)
        return sorted(found)
