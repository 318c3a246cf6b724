"""A file of offers, what other repositories make -> ``Offer``; and such a file of offers."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final, Literal

from msgspec import Struct, convert, to_builtins
from msgspec.structs import replace

from sovlint.errors import SovlintError
from sovlint.model.offers import Offer, sort_key
from sovlint.model.redaction.redact import safe_text
from sovlint.model.source import Span
from sovlint.model.text import Bilingual

CONTRACT: Final = "sovlint-offers/1"
SCHEMA: Final = Path(__file__).parents[1] / "schemas" / "offers.json"
MOST_BYTES: Final = 256 * 1024 * 1024
"""No file of offers is larger."""
_HINT: Final = "`sovlint fleet offers` writes one; `sovlint schema offers` has every key."


class _File(Struct):
    """What ``render`` writes."""

    schema: Literal["sovlint-offers/1"]
    offers: tuple[Offer, ...]


def read(path: Path, name: str) -> tuple[Offer, ...]:
    """The offers in a file, which messages call ``name``; what is said in them is fit to be shown.

    Raises ``SovlintError`` for one that isn't there or isn't whole: that is never taken for an empty one.
    """
    data = _bytes(path)
    try:
        offers = convert(json.loads(data), _File).offers
    except (ValueError, RecursionError):  # msgspec's errors are values that are wrong
        raise _broken(data, path, name) from None
    if any(not each.repository for each in offers):
        raise _broken(data, path, name)
    return tuple(map(_shown, offers))


def _bytes(path: Path) -> bytes:
    if not path.is_file():
        raise SovlintError(f"There is no file of offers `{path}`.", _HINT)
    try:
        if path.stat().st_size <= MOST_BYTES:
            return path.read_bytes()
    except OSError as error:
        raise SovlintError(
            f"The file of offers `{path}` can't be read: {error.strerror}.", _HINT
        ) from None
    raise SovlintError(
        f"The file of offers `{path}` is larger than {MOST_BYTES >> 20} MB.",
        "Give the offers of fewer repositories: those that this one asks.",
    )


def render(offers: Iterable[Offer]) -> str:
    """The file's text: sorted, an offer a line."""
    lines = [
        json.dumps(to_builtins(each), ensure_ascii=True, sort_keys=True)
        for each in sorted(offers, key=sort_key)
    ]
    entries = "[\n    " + ",\n    ".join(lines) + "\n  ]" if lines else "[]"
    return f'{{\n  "schema": "{CONTRACT}",\n  "offers": {entries}\n}}\n'


def _shown(offer: Offer) -> Offer:
    """An offer with its sentences as they may be printed: whoever wrote the file may have written anything."""
    steps = tuple(
        replace(
            each,
            note=Bilingual(safe_text(each.note.en) or "-", safe_text(each.note.fr) or "-"),
        )
        for each in offer.because
    )
    return replace(offer, because=steps)


def _broken(data: bytes, path: Path, name: str) -> SovlintError:
    """Why a file has no offers, with the place; read again by a slower reader that knows places."""
    from sovlint import documents

    try:
        documented = list(documents.load(data, name))
    except documents.DocumentError as error:
        at = Span(name, error.line, error.column, error.line, error.column)
        return _wrong(path, at, f"{error.problem}.")
    found = documented[0].data if len(documented) == 1 else None
    schema = found.get("schema") if isinstance(found, dict) else None
    if schema != CONTRACT:
        is_other = isinstance(schema, str) and schema.startswith(CONTRACT.partition("/")[0])
        problem = (
            f"`{schema}` is another version's."
            if is_other
            else f'it lacks `"schema": "{CONTRACT}"`.'
        )
        return _wrong(path, Span(name, 1, 1, 1, 1), problem)
    described: dict[str, Any] = json.loads(SCHEMA.read_text("utf-8"))
    problems = documents.problems(documented[0], described)
    span, sentence = problems[0] if problems else (documented[0].span(), "it isn't JSON.")
    return _wrong(path, span, sentence)


def _wrong(path: Path, span: Span, sentence: str) -> SovlintError:
    return SovlintError(
        f"{path}:{span.line}:{span.column}: not a file of offers: {sentence}", _HINT
    )
