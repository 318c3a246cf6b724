"""What entries of a file say at dotted paths."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from sovlint.model.attributes import Found
from sovlint.rules.files.configuration import Entry
from sovlint.rules.files.declares import humped
from sovlint.rules.keys import ANY, KeyPath, path_parts


class EntryAttributes(Struct, frozen=True, eq=False):
    """Entries, by the keys that lead to them (implements ``model.attributes.Attributes``).

    ``humps``: whether ``logDriver`` is the same as ``log_driver``.
    """

    entries: Sequence[Entry] = ()
    humps: bool = False

    def read(self, path: str) -> Sequence[Found]:
        """All values at a dotted path, in source order; ``*`` stands for any key or index, ``.`` for what is there
        itself. Absent: empty."""
        wanted = path_parts(path)
        return tuple(
            Found(each.value, each.where)
            for each in self.entries
            if self._is_at(each.path, wanted)
        )

    def _is_at(self, path: KeyPath, wanted: KeyPath) -> bool:
        if len(path) != len(wanted):
            return False
        return all(
            want in (ANY, have) or (self.humps and want == humped(have))
            for have, want in zip(path, wanted, strict=True)
        )
