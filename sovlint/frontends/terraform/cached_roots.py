"""Roots that were read before: taken from the cache, where all that bears on them is the same.

What a root says hangs on the modules that it calls, on its values, and on what its functions read, all of which are
asked through readers that remember. It isn't kept where it hangs on another root, on a plan or on another tool.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import Generic, TypeVar

from msgspec import Struct
from msgspec.structs import astuple

from sovlint.cache import pickles
from sovlint.cache.answered import UnansweredError
from sovlint.cache.asking import AskingReader
from sovlint.cache.readings import ReadingCache
from sovlint.frontends.terraform.modules.given.elsewhere import Elsewhere
from sovlint.frontends.terraform.modules.roots import Root
from sovlint.frontends.terraform.modules.units import RecordedPaths
from sovlint.frontends.terraform.states.estate import Estate, Opened

Part = TypeVar("Part")


class _KeptRoot(Struct, Generic[Part]):
    """What was read of a root, what that took of what all roots share, and what its functions asked for."""

    part: Part
    work: int
    expanded: int
    recorded: RecordedPaths


class CachedRoots(Generic[Part]):
    """The roots of one reading. ``beside``: what bears on all of them besides files, and files that do."""

    def __init__(
        self,
        cache: ReadingCache,
        reader: AskingReader,
        estate: Estate,
        elsewhere: Elsewhere,
        beside: Sequence[str],
    ) -> None:
        self._cache = cache
        self._reader = reader
        self._estate = estate
        self._elsewhere = elsewhere
        self._beside = beside

    def part(self, root: Root, read: Callable[[Opened], Part]) -> Part:
        """What ``read`` makes of a root, or made of it before."""
        what = self._what(root)
        if what is None:
            return read(self._estate.open(root))
        kept: _KeptRoot[Part] | None = self._cache.kept(what, self._reader)
        if kept is not None and self._estate.spend(kept.work, kept.expanded):
            self._estate.know(root, kept.recorded)
            return kept.part
        opened = self._estate.open(root)
        part = read(opened)
        if opened.asking is not None:
            self._cache.keep(what, opened.asking, lambda: self._told(opened, part))
        return part

    def _told(self, opened: Opened, part: Part) -> _KeptRoot[Part] | None:
        """What is kept of a root; nothing where it hangs on other roots. Raises ``UnansweredError`` where there was too
        much to be read of all, and what was taken may have changed what was left."""
        work = opened.scope.work
        if not (work.purse.is_settled and work.expanded.is_settled):
            if self._cache.took:
                raise UnansweredError
            return None
        if opened.unit.reads_states or opened.unit.joined:
            return None
        return _KeptRoot(part, work.purse.taken, work.expanded.taken, opened.unit.recorded)

    def _what(self, root: Root) -> str | None:
        """All that a root hangs on before anything of it is evaluated; ``None`` where that can't be told."""
        others = self._elsewhere.of(root)
        given = () if others is None else (others.files, others.handed, others.shown)
        written = pickles.identified(given)
        if written is None:
            return None
        files = (*root.values, *(others.paths if others else ()))
        parts = (
            *self._beside,
            *(
                repr(sorted(each) if isinstance(each, frozenset) else each)
                for each in astuple(root)
            ),
            *(self._reader.tell("read", path) for path in files),
        )
        made = sha256("\0".join(parts).encode("utf-8", "surrogateescape"))
        made.update(written)
        return f"root {made.hexdigest()}"
