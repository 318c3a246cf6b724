"""JSON as text: a line for each part that reports are compared by, and nothing that a terminal or a server acts on."""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, Final

from sovlint.model.redaction.redact import COMMAND_MARK

Json = dict[str, Any]
MOST_KEPT: Final = 5_000
"""Texts that are kept with what they were made of."""
_ENCODER: Final = json.JSONEncoder(ensure_ascii=False)


def filled(**parts: Any) -> Json:
    """The keys that have something in them: what isn't there has no key."""
    return {name: part for name, part in parts.items() if part}


class EncodedJson(str):
    """JSON text on one line, made early: ten thousand findings take a tenth of the memory that their parts would."""

    __slots__ = ()

    @classmethod
    def of(cls, value: object) -> EncodedJson:
        """The text of a value, escaped as ``dump`` escapes."""
        return cls(_line(value))

    @classmethod
    def of_keys(cls, value: Json) -> EncodedJson:
        """The same of a mapping, some of whose values are text already."""
        pieces: list[str] = []
        for is_text, group in groupby(value.items(), lambda pair: type(pair[1]) is cls):
            if is_text:
                pieces += (f"{_line(key)}: {text}" for key, text in group)
            else:
                pieces.append(_line(dict(group))[1:-1])
        return cls("{" + ", ".join(pieces) + "}")

    @classmethod
    def of_items(cls, items: Iterable[EncodedJson]) -> EncodedJson:
        """The text of a list."""
        return cls("[" + ", ".join(items) + "]")


class KeptJson:
    """Texts of what is said again and again, by the thing that each was made of. Not too many are kept."""

    __slots__ = ("_kept",)

    def __init__(self) -> None:
        self._kept: dict[Hashable, tuple[object, EncodedJson]] = {}

    def text(
        self, thing: object, made: Callable[[], object], more: Hashable = None
    ) -> EncodedJson:
        """The text of what is ``made`` of a thing, and of what else bears on it (``more``)."""
        found = self._kept.get((id(thing), more))
        if found is None:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            found = (
                thing,
                EncodedJson.of(made()),
            )  # the thing lives on, so its number stays its own
            self._kept[id(thing), more] = found
        return found[1]


def dump(data: Json | Sequence[Json], depth: int = 2) -> str:
    """JSON text with a line for each key and for each item of a list, so that reports can be compared line by line.

    ``depth``: how many levels down that goes, of which the last one is for lists alone; what is below stands on one
    line. Characters that aren't shown as themselves, and what a CI server would take for a command in its log, are
    escaped. (Indenting all the way down would take the slow encoder.)
    """
    return "".join([*_laid_out(data, depth, ""), "\n"])


def _laid_out(value: Any, depth: int, indent: str) -> Iterator[str]:
    """Pieces of the text: put together once, since a copy of a long report takes hundreds of megabytes."""
    inner = f"{indent}  "
    if isinstance(value, EncodedJson):
        yield value
    elif isinstance(value, Mapping) and value and depth > 1:
        for position, (key, field) in enumerate(value.items()):
            yield f"{',' if position else '{'}\n{inner}{_line(key)}: "
            yield from _laid_out(field, depth - 1, inner)
        yield f"\n{indent}}}"
    elif isinstance(value, (list, tuple)) and value and depth > 0:
        for position, item in enumerate(value):
            yield f"{',' if position else '['}\n{inner}"
            yield from _laid_out(item, depth - 1, inner)
        yield f"\n{indent}]"
    else:
        yield _line(value)


def _line(value: Any) -> str:
    text = _ENCODER.encode(value)
    if "##" in text:
        text = COMMAND_MARK.sub(r"#\\u0023", text)
    return (
        text
        if text.isprintable()
        else "".join(char if char.isprintable() else _escape(char) for char in text)
    )


def sort_key(item: Any) -> str:
    """An order for any JSON value, the same in every run."""
    return json.dumps(item, sort_keys=True, ensure_ascii=False)


def _escape(char: str) -> str:
    """An escape of JSON: characters past the first plane are two surrogates."""
    return json.dumps(char)[1:-1] if ord(char) != 0x7F else "\\u007f"
