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
    """Groups of names by number: those that are written whole, and globs by how they begin or end: with whole words, as
    nearly all do, or anyhow (by how many characters)."""

    __slots__ = (
        "_heads",
        "_longest",
        "_longest_head",
        "_longest_tail",
        "_odd_heads",
        "_odd_tails",
        "_owned",
        "_tails",
        "_whole",
    )

    def __init__(self, groups: Iterable[tuple[int, Names]]) -> None:
        self._whole: dict[str, set[int]] = {}
        self._owned: dict[str, set[int]] = {}
        self._heads: dict[str, set[int]] = {}
        self._tails: dict[str, set[int]] = {}
        self._odd_heads: dict[int, dict[str, set[int]]] = {}
        self._odd_tails: dict[int, dict[str, set[int]]] = {}
        for number, names in groups:
            for name in names.exact:
                self._whole.setdefault(name, set()).add(number)
            for name in names.own:
                self._owned.setdefault(name, set()).add(number)
            for glob in names.globs:
                self._add_glob(glob, number)
        self._longest = max(map(len, self._owned), default=0)
        self._longest_head = max(map(len, self._heads), default=0)
        self._longest_tail = max(map(len, self._tails), default=0)

    def _add_glob(self, glob: str, number: int) -> None:
        parts = _WILD.split(glob)
        head, tail = parts[0], parts[-1]
        if len(tail) > len(head):
            whole, odd, text, has_whole = self._tails, self._odd_tails, tail, tail[0] == "_"
        else:
            whole, odd, text, has_whole = self._heads, self._odd_heads, head, head[-1:] == "_"
        by_text = whole if has_whole else odd.setdefault(len(text), {})
        by_text.setdefault(text, set()).add(number)

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
        for met in _UNDERSCORE.finditer(name[: self._longest_head]):
            found |= self._heads.get(name[: met.end()], _NONE)
        for met in _UNDERSCORE.finditer(name, max(0, len(name) - self._longest_tail)):
            found |= self._tails.get(name[met.start() :], _NONE)
        for size, by_text in self._odd_heads.items():
            found |= by_text.get(name[:size], _NONE)
        for size, by_text in self._odd_tails.items():
            found |= by_text.get(name[-size:], _NONE)
        return sorted(found)
