"""``sovlint catalog diff``: what changed between two catalogues, in words and as data."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import Final

from sovlint.model.lookups.changes import (
    CHANGED,
    CatalogueDifference,
    Edition,
    EntryChange,
    KeyChange,
)
from sovlint.report.messages import counted, phrase
from sovlint.report.pieces import contract
from sovlint.report.pieces.json_text import Json
from sovlint.report.pieces.markup import short
from sovlint.report.pieces.style import Style, whole

SCHEMA: Final = "sovlint-catalog-diff/1"
WIDEST: Final = 120
"""Characters of a value in a sentence; the JSON has it whole."""
REST: Final = "rest"
MOST: Final = 8
"""Names of entries that are only named; how many more there are is said."""


def render(found: CatalogueDifference, language: str, style: Style) -> str:
    """What bears on verdicts first, then the rest, by what it is about."""
    lines = style.paragraphs(
        [
            phrase(
                "catalog.changes-between",
                language,
                before=_edition(found.before, language),
                after=_edition(found.after, language),
            )
        ]
    )
    if not found.changes:
        return whole([*lines, phrase("catalog.changes-none", language)])
    told = [each for each in found.changes if each.heading != REST]
    for (bears, heading), changes in groupby(told, lambda each: (each.bears, each.heading)):
        title = phrase(f"catalog.changes-{heading}", language)
        if not bears:
            title = phrase("catalog.changes-without-bearing", language, title=title)
        lines += ["", style.paint(title, "strong")]
        for change in changes:
            lines += style.paragraphs([_sentence(change, language)], "  ", "    ")
    rest = [each for each in found.changes if each.heading == REST]
    if rest:
        lines += ["", style.paint(phrase("catalog.changes-rest", language), "strong")]
        lines += style.paragraphs(list(_rest(rest, language)), "  ", "    ")
    return whole(lines)


def render_json(found: CatalogueDifference) -> str:
    """The same as data."""
    data: Json = {
        "schema": SCHEMA,
        "before": contract.fields(found.before, "path", "version", "date"),
        "after": contract.fields(found.after, "path", "version", "date"),
        "changes": [
            {
                **contract.fields(
                    each, "heading", "section", "id", "name", "change", "bears"
                ),
                "keys": [
                    contract.fields(key, "name", "before", "after", "bears")
                    for key in each.keys
                ],
            }
            for each in found.changes
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _edition(found: Edition, language: str) -> str:
    if found.path:
        return f"{found.version} ({found.path})"
    return phrase("catalog.changes-shipped", language, version=found.version)


def _sentence(change: EntryChange, language: str) -> str:
    named = change.name if change.name == change.id else f"{change.name} ({change.id})"
    if change.change != CHANGED:
        return phrase(f"catalog.changes-{change.change}", language, name=named)
    keys = "; ".join(_key(each, language) for each in change.keys)
    return phrase("catalog.changes-changed", language, name=named, keys=keys)


def _key(key: KeyChange, language: str) -> str:
    nothing = phrase("catalog.changes-nothing", language)
    before, after = (short(each, WIDEST) or nothing for each in (key.before, key.after))
    return f"{key.name} {before} → {after}"


def _rest(changes: list[EntryChange], language: str) -> Iterator[str]:
    """By section, how many entries, and the first of their names."""
    for section, several in groupby(changes, lambda each: each.section):
        entries = list(several)
        sorts = Counter(each.change for each in entries)
        said = ", ".join(
            counted(f"catalog.changes-count-{sort}", number, language)
            for sort, number in sorts.items()
        )
        names = [each.id for each in entries[:MOST]]
        if len(entries) > MOST:
            names.append(f"+{len(entries) - MOST}")
        yield phrase(
            "catalog.changes-section",
            language,
            section=section,
            said=said,
            names=tuple(names),
        )
