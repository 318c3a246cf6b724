"""Where outlets stand in configuration files of tools that send data on, as the catalogue describes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from msgspec import Struct

from sovlint.rules.keys import ANY, Condition, KeyPath, path_parts

TYPE: Final = "<type>"
"""What stands in a path for the key that is the type of an outlet."""


class OutletsAt(Struct, frozen=True):
    """Each thing at ``at`` is an outlet of ``tool`` (see ``catalog/pipelines``), and what is below it are its settings.

    Its type is the key in place of ``<type>`` in ``at`` (``by_key`` is its number), or what stands at ``type`` below,
    up to ``until``; ``always`` is the only type that there is. ``listed``: only types that the catalogue has are
    outlets. ``when``: all that makes it one; ``unless``: what makes it none, such as ``enabled: false``.
    """

    tool: str
    at: KeyPath
    by_key: int | None = None
    type: KeyPath | None = None
    until: str = ""
    always: str = ""
    listed: bool = False
    when: tuple[Condition, ...] = ()
    unless: tuple[Condition, ...] = ()

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> OutletsAt:
        """From an entry of a format."""
        at = path_parts(data.get("at", ""))
        return cls(
            data["tool"],
            tuple(ANY if each == TYPE else each for each in at),
            at.index(TYPE) if TYPE in at else None,
            path_parts(data["type"]) if "type" in data else None,
            data.get("until", ""),
            data.get("always", ""),
            data.get("listed", False),
            _conditions(data.get("when", ())),
            _conditions(data.get("unless", ())),
        )


def _conditions(listed: Sequence[Mapping[str, Any]]) -> tuple[Condition, ...]:
    return tuple(Condition(path_parts(each["at"]), tuple(each.get("in", ()))) for each in listed)
