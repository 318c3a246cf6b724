"""Fluent Bit, in its classic form (``[OUTPUT]``) and in YAML (``pipeline.outputs``)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sovlint.documents import Document, Path
from sovlint.documents.attributes import text_value
from sovlint.model.attributes import Found
from sovlint.model.decoding import late_pattern
from sovlint.model.source import Span
from sovlint.rules.files.outlet import Outlet
from sovlint.settings.pipelines.shapes import NOTE, items, outlet

TOOL = "fluent-bit"
_SECTION = late_pattern(r"^\s*\[(\w+)\]\s*$")
_CLASSIC = late_pattern(r"^[ \t]*\[OUTPUT\][ \t\r]*$", re.MULTILINE | re.IGNORECASE)


class _Entries:
    """The entries of one classic section, by lower-case name."""

    def __init__(self) -> None:
        self.entries: dict[str, tuple[str, Span]] = {}

    def read(self, path: str) -> Sequence[Found]:
        """The value of an entry, if it is there."""
        if path not in self.entries:
            return ()
        text, where = self.entries[path]
        return (Found(text_value(text, where, NOTE), where),)


def is_classic(text: str) -> bool:
    """Whether a text has an output in the classic form."""
    return _CLASSIC.search(text) is not None


def classic(text: str, path: str, above: int, left: int = 0) -> Iterator[Outlet]:
    """The outputs of a text in the classic form."""
    current: _Entries | None = None
    for number, line in enumerate(text.split("\n"), start=above + 1):
        start = len(line) - len(line.lstrip())
        where = Span(path, number, left + start + 1, number, left + len(line) + 1)
        section = _SECTION.match(line)
        if section:
            if current is not None:
                yield from _output(current)
            current = _Entries() if section[1].upper() == "OUTPUT" else None
        elif current is not None and line.strip() and not line.lstrip().startswith("#"):
            key, _, value = line.strip().partition(" ")
            current.entries.setdefault(key.lower(), (value.strip(), where))
    if current is not None:
        yield from _output(current)


def _output(section: _Entries) -> Iterator[Outlet]:
    if "name" in section.entries:
        name, where = section.entries["name"]
        yield Outlet(TOOL, name.lower(), f"output {name}", where, section)


def outlets(document: Document, at: Path) -> Iterator[Outlet]:
    """The outputs of a configuration in YAML."""
    for path, item in items(document, (*at, "pipeline", "outputs")):
        name = item.get("name") if isinstance(item, dict) else None
        if isinstance(name, str):
            yield outlet(document, path, TOOL, name.lower(), f"output {name}")
