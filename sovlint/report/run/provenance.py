"""What a report was made of, in a sentence, as data and as properties."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from sovlint.model.findings.finding import Report
from sovlint.model.findings.provenance import Digests, Provenance, SourceDates
from sovlint.report.messages import phrase
from sovlint.report.pieces import contract
from sovlint.report.pieces.json_text import Json

KINDS: Final = ("ownership", "qualifications", "places")
"""Kinds of facts whose oldest source is told."""
MOST: Final = 6
"""Companies that a sentence names; JSON has all."""
SHORT: Final = 12
"""Characters of a commit that people are shown."""


def sentences(report: Report, language: str) -> list[str]:
    """Tool, catalogue, commit and the oldest sources, in one sentence; nothing where nobody gathered that."""
    found = report.provenance
    if found is None:
        return []
    oldest = tuple(
        phrase(f"report.oldest-{kind}", language, day=day)
        for kind in KINDS
        if (day := _day(found.dates, kind, language))
    )
    key = "report.provenance-dated" if oldest else "report.provenance"
    return [
        phrase(
            key,
            language,
            tool=found.tool,
            catalogue=found.catalogue,
            commit=_commit(found, language),
            oldest=", ".join(oldest),
        ),
        *_to_read_again(report, found.dates, language),
    ]


def _to_read_again(report: Report, dates: SourceDates, language: str) -> Iterator[str]:
    """Whose owners were read over a year ago, and of whom that soon is so."""
    if dates.read_again:
        names = _named(report, dates.read_again)
        yield phrase("report.owners-to-read-again", language, companies=names)
    for company, last in dates.ages.items():
        (name,) = _named(report, (company,))
        yield phrase("report.owners-age", language, company=name, until=last.isoformat())


def _named(report: Report, companies: Sequence[str]) -> tuple[str, ...]:
    names = [report.world.providers.get(each, each) for each in companies]
    return (*names[:MOST], "...") if len(names) > MOST else tuple(names)


def whole(report: Report, language: str) -> list[str]:
    """The same, and the digests of what the run goes by that doesn't ship."""
    listed = [f"{name} {digest}" for name, digest in digests(report, language)]
    told = [phrase("report.digests", language, digests=", ".join(listed))] if listed else []
    return [*sentences(report, language), *told]


def digests(report: Report, language: str) -> list[tuple[str, str]]:
    """What the run goes by that doesn't ship, each with its digest."""
    found = report.provenance.digests if report.provenance else None
    listed = contract.fields(found, *_NAMES) if found is not None else {}
    return [
        (phrase(f"report.digest-{name}", language), digest)
        for name, digest in listed.items()
        if digest
    ]


def rows(report: Report, language: str) -> list[tuple[str, str]]:
    """A label and a text for each thing that is known, for a page that has room for all of it."""
    found = report.provenance
    if found is None:
        return []
    at = found.checkout
    state = {True: "report.tree-clean", False: "report.tree-changed", None: None}[at.clean]
    told = {
        "report.row-tool": f"sovlint {found.tool}",
        "report.row-catalogue": found.catalogue,
        **{f"report.row-{kind}": _day(found.dates, kind, language) for kind in KINDS},
        "report.row-commit": at.commit,
        "report.row-tree": phrase(state, language) if state else None,
        "report.row-repository": at.repository,
    }
    listed = [(phrase(key, language), text) for key, text in told.items() if text]
    return [
        *listed,
        *(
            (phrase("report.row-digest", language, name=name), digest)
            for name, digest in digests(report, language)
        ),
    ]


def _day(dates: SourceDates, kind: str, language: str) -> str:
    """The date of the oldest source, or that none has one; nothing where there is no source."""
    day: date | None = getattr(dates, kind)
    if day is not None:
        return day.isoformat()
    return phrase("report.no-date", language) if kind in dates.undated else ""


def data(report: Report) -> Json | None:
    """All of it; ``None`` where nobody gathered that."""
    found = report.provenance
    if found is None:
        return None
    return {
        "tool": found.tool,
        "catalogue": {
            "version": found.catalogue,
            **contract.fields(found.dates, *KINDS, "undated", "read_again"),
            "ages": {each: last.isoformat() for each, last in found.dates.ages.items()},
        },
        **contract.fields(found.checkout, "commit", "clean", "repository"),
        "digests": contract.fields(found.digests or Digests(), *_NAMES),
    }


def properties(report: Report) -> Iterator[tuple[str, str]]:
    """Name and text of each thing that is known, for formats that have room for such pairs."""
    found = data(report)
    if found is None:
        return
    yield "tool", found["tool"]
    yield from _pairs("", {key: found[key] for key in ("commit", "clean", "repository")})
    yield from _pairs("catalogue.", found["catalogue"])
    yield from _pairs("digest.", found["digests"])


_NAMES: Final = Digests.__struct_fields__


def _pairs(prefix: str, known: Json) -> Iterator[tuple[str, str]]:
    for name, value in known.items():
        if isinstance(value, bool):
            yield f"{prefix}{name}", "true" if value else "false"
        elif isinstance(value, dict):
            yield from _pairs(f"{prefix}{name}.", value)
        elif value:
            yield f"{prefix}{name}", value if isinstance(value, str) else " ".join(value)


def _commit(found: Provenance, language: str) -> str:
    """``, commit 1a2b3c4d5e6f (clean)``; nothing where there is none."""
    if found.checkout.commit is None:
        return ""
    state = {True: "clean", False: "changed", None: "unsaid"}[found.checkout.clean]
    return phrase(f"report.commit-{state}", language, commit=found.checkout.commit[:SHORT])
