"""``sovlint provider`` without a name: all providers, or those that fit, as a table and as ``sovlint-providers/1``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sovlint.model.lookups.profile import DEFUNCT, Profile
from sovlint.model.redaction.redact import printable
from sovlint.model.value import Unknown
from sovlint.report.lookup.provider_json import unknown
from sovlint.report.messages import counted, phrase
from sovlint.report.pieces import contract, json_text
from sovlint.report.pieces.columns import Row, aligned, widths_of
from sovlint.report.pieces.style import Style, whole

SCHEMA: Final = "sovlint-providers/1"

OPEN: Final = "?"
"""Stands for what isn't known, and after what may not be all."""

ELSEWHERE: Final = "+"
"""Stands after those who control a company where it also stands on the soil of others, outside."""

COLUMNS: Final = ("provider", "control", "technology", "holds")


def render(
    profiles: Sequence[Profile], doubtful: Sequence[str], language: str, style: Style
) -> str:
    """A line for each provider. ``doubtful``: those that aren't known to fit, nor known not to."""
    header = {name: phrase(f"catalog.column-{name}", language) for name in COLUMNS}
    rows = [_row(profile, language) for profile in profiles]
    widths = widths_of((header, *rows), COLUMNS)
    lines = [style.paint(aligned(header, widths), "dim")] if rows else []
    lines += [aligned(row, widths) for row in rows]
    closing = [counted("catalog.providers", len(rows), language)]
    if any(OPEN in cell for row in rows for cell in row.values()):
        closing.append(phrase("catalog.open-legend", language))
    if any(profile.soil for profile in profiles):
        closing.append(phrase("catalog.soil-legend", language))
    if doubtful:
        closing.append(phrase("catalog.doubtful", language, providers=tuple(doubtful)))
    return whole([*lines, *style.paragraphs(closing)])


def render_json(profiles: Sequence[Profile], doubtful: Sequence[str]) -> str:
    """The same for scripts; ``unknown`` as for a single provider."""
    found = [
        {
            **contract.fields(profile, "id", "name", "status", "control", "technology"),
            "qualifications": held(profile),
            "countries": sorted({place.country for place in profile.places if place.country}),
            "unknown": unknown(profile),
        }
        for profile in profiles
    ]
    return json_text.dump({"schema": SCHEMA, "providers": found, "doubtful": list(doubtful)})


def held(profile: Profile) -> list[str]:
    """The qualifications that some offer of the provider holds on the day, whoever uses it."""
    return sorted(
        {standing.qualification for standing in profile.standings if standing.valid}
    )


def _row(profile: Profile, language: str) -> Row:
    marks = (
        (OPEN, isinstance(profile.control_known, Unknown)),
        (ELSEWHERE, bool(profile.soil)),
    )
    control = " ".join([*profile.control, *(mark for mark, holds in marks if holds)])
    technology = OPEN if profile.technology is None else " ".join(profile.technology) or "-"
    gone = (
        f" ({phrase('catalog.status-defunct', language)})"
        if profile.status == DEFUNCT
        else ""
    )
    return {
        "provider": f"{printable(profile.id)}{gone}",
        "control": control,
        "technology": technology,
        "holds": ", ".join(held(profile)),
    }
