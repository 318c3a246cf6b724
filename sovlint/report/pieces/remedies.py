"""What could take the place of a service that doesn't comply, as sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from sovlint.model.findings.remedy import Remedies, Remedy
from sovlint.model.placement import GLOBAL_REGION
from sovlint.model.text import Note
from sovlint.report.messages import labelled, phrase, say

NAMED: Final = 3
"""Services that a sentence names; JSON has more."""


def sentence(found: Remedies, language: str) -> str:
    """What complies, or that nothing is proved to and what would once something is attested."""
    kind = found.kind.name
    if found.proved:
        services = _listed(found.proved, found.left, language)
        return phrase("report.remedies", language, kind=kind, services=services)
    none = phrase("report.remedies-none", language, kind=kind)
    return " ".join((none, *_once_attested(found.to_attest, language)))


def nearest(found: Remedies, language: str) -> str:
    """The one service to move to, and what must be attested for it; empty where there is none."""
    for one in (*found.proved, *found.to_attest):
        about = {
            "kind": found.kind.name,
            "service": f"{one.name} {one.service or ''}".strip(),
            "where": Note(
                _where(one), {"region": one.region or "", "country": one.country or ""}
            ),
        }
        if not one.attest:
            return phrase("report.screen-move", language, **about)
        return phrase("report.screen-move-attest", language, **about, names=one.attest)
    return ""


def of_kind(found: Remedies, language: str) -> str:
    """``object storage: A; B; 2 more``: what of a kind complies, for a list."""
    services = say(_listed(found.proved, found.left, language), language)
    return f"{labelled(found.kind.name[language], language)} {services}"


def _once_attested(found: Sequence[Remedy], language: str) -> Iterator[str]:
    """The services that would comply, by what must be attested for that; the last sentence says how many more."""
    groups = [
        (names, tuple(group))
        for names, group in groupby(found[:NAMED], key=lambda each: each.attest)
    ]
    for number, (names, group) in enumerate(groups, 1):
        left = max(len(found) - NAMED, 0) if number == len(groups) else 0
        yield phrase(
            "report.remedies-attest",
            language,
            names=names,
            services=_listed(group, left, language),
        )


def _listed(found: Sequence[Remedy], left: int, language: str) -> Note:
    named = [_one(each) for each in found[:NAMED]]
    more = left + len(found) - len(named)
    words = phrase("report.remedies-next", language).join(
        say(each, language) for each in named
    )
    key = "report.remedies-more" if more else "report.remedies-all"
    return Note(key, {"services": words, "count": more})


def _one(found: Remedy) -> Note:
    """``Cloud Temple, object-storage in FR1 (FR), qualified until 2028-05-30 (secnumcloud)``."""
    service = Note(
        "report.remedy-service", {"provider": found.name, "service": found.service or ""}
    )
    params: dict[str, object] = {
        "service": service if found.service else found.name,
        "where": Note(
            _where(found), {"region": found.region or "", "country": found.country or ""}
        ),
        "names": tuple(dict.fromkeys(each.name for each in found.holdings)),
        "until": found.until or "",
    }
    if found.until is None:
        return Note("report.remedy", params)
    if not found.holdings:
        return Note("report.remedy-until", params)
    return Note(
        "report.remedy-assumed" if found.assumed else "report.remedy-qualified", params
    )


def _where(found: Remedy) -> str:
    if found.region in (None, GLOBAL_REGION):
        return "report.remedy-anywhere"
    return "report.remedy-place" if found.country else "report.remedy-region"
