"""Texts that are YAML, and what stands below a place of such a document, as settings called by the keys that lead there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from sovlint.documents import DocumentError, Path, load
from sovlint.documents.attributes import text_value
from sovlint.documents.cursor import Cursor
from sovlint.rules.destination import Setting

_MAX_TEXT: Final = 20_000
"""Longer texts are read for what they are, or not at all."""
_NOTE: Final = "kubernetes.written"
"""What says where such a setting is written."""

NamedSetting = tuple[Setting, bool]
"""A setting, and whether it is an entry that has a name and a value, as a variable is."""


def settings_below(
    written: Cursor, name: tuple[str, ...] = (), but: frozenset[Path] = frozenset()
) -> Iterator[NamedSetting]:
    """All texts below, called by the keys that lead to them; an entry that has a name and a value is called so. What is
    written of other objects in `metadata` is no setting."""
    if written.path in but:
        return
    if isinstance(written.data, dict):
        yield from _of_mapping(written, name, but)
    elif isinstance(written.data, list):
        for each in written.items():
            yield from settings_below(each, name, but)
    elif name and (setting := _setting(".".join(name), written)) is not None:
        yield setting, False


def _setting(name: str, written: Cursor) -> Setting | None:
    text = written.text()
    if not text or len(text) > _MAX_TEXT:
        return None
    return Setting(name, text_value(text, written.where, _NOTE), written.where)


def _of_mapping(
    written: Cursor, name: tuple[str, ...], but: frozenset[Path]
) -> Iterator[NamedSetting]:
    entry: dict[Any, Any] = written.data
    called = entry.get("name")
    if isinstance(called, str) and isinstance(entry.get("value"), str):
        variable = _setting(called, written.at("value"))
        if variable is not None:
            yield variable, True
        return
    for key in entry:
        if isinstance(key, str) and key != "metadata":
            yield from settings_below(written.at(key), (*name, key), but)


def settings_in(text: str, path: str, above: int) -> list[Setting]:
    """What a text that is YAML says; ``above``: how many lines stand above it in its file."""
    if len(text) > _MAX_TEXT or ": " not in text:
        return []
    try:
        documents = list(load(text.encode(), path, above=above))
    except (DocumentError, UnicodeError):
        return []
    return [
        setting
        for document in documents
        if isinstance(document.data, dict)
        for setting, _ in settings_below(Cursor.of(document))
    ]
