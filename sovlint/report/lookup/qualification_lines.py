"""How a provider's qualifications stand on a day, in lines: what counts, for how long, where, and what isn't known."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from sovlint.model.lookups.profile import OfferStanding, Profile
from sovlint.model.placement import Source
from sovlint.model.redaction.redact import printable
from sovlint.model.text import Note
from sovlint.report.messages import counted, phrase, say

ALL: Final = "*"
"""Every region, or every service."""

Line = tuple[int, str]
"""How deep a line stands, and its text."""

VALID: Final = {
    True: "catalog.valid",
    False: "catalog.valid-no",
    None: "catalog.valid-unknown",
}
"""Whether an offer counts, in words."""


def standing_lines(
    profile: Profile, cite: Callable[[Source], str], language: str
) -> Iterator[Line]:
    """Each offer with its scope and what there is to say on it, then what no offer is listed under."""
    for standing in profile.standings:
        title = printable(profile.titles[standing.qualification][language])
        if standing.version:
            title = phrase(
                "catalog.versioned", language, title=title, version=standing.version
            )
        stands = _standing(standing, language)
        offer = phrase(
            "catalog.offer", language, title=title, offer=standing.offer, standing=stands
        )
        yield 1, f"{offer} {cite(standing.source)}"
        yield 2, _where(profile, standing, language)
        yield 2, _services(standing, language)
        if standing.excluded:
            yield 2, phrase("catalog.services-not", language, services=standing.excluded)
        if standing.activities:
            yield 2, phrase("catalog.activities", language, activities=standing.activities)
        if standing.transfer_table:
            table = printable(standing.transfer_table)
            yield 2, phrase("catalog.transfer-table", language, table=table)
        for reason in standing.reasons:
            yield 2, _sentence(say(reason, language))
        if standing.note:
            yield 2, printable(standing.note[language])
    for name, read, complete in profile.without_offer:
        listed: dict[str, object] = {"title": profile.titles[name], "read": read}
        why = Note("resolve.no-offer" if complete else "resolve.not-listed", listed)
        yield (
            1,
            phrase(
                "catalog.not-held" if complete else "catalog.not-listed",
                language,
                **listed,
                why=why,
            ),
        )


def _standing(standing: OfferStanding, language: str) -> str:
    """Whether it counts, since when and until when, and how long that still is."""
    said = [phrase(VALID[standing.valid], language)]
    if standing.since:
        said.append(phrase("catalog.since", language, since=standing.since))
    if standing.until:
        said.append(phrase("catalog.until", language, until=standing.until))
    if standing.days_left is not None:
        said.append(counted("catalog.days-left", standing.days_left, language))
    return ", ".join(said)


def _where(profile: Profile, standing: OfferStanding, language: str) -> str:
    if standing.regions is not None:
        listed = (
            "catalog.scope-regions"
            if standing.regions_complete
            else "catalog.scope-regions-and-perhaps"
        )
        everywhere = ALL in standing.regions
        note = (
            Note("catalog.scope-all")
            if everywhere
            else Note(listed, {"regions": standing.regions})
        )
    elif standing.area is not None:
        note = Note("catalog.scope-area", {"area": profile.areas[standing.area]})
    else:
        note = Note("catalog.scope-unknown")
    return say(note, language)


def _services(standing: OfferStanding, language: str) -> str:
    if standing.services is None:
        return phrase("catalog.services-unknown", language)
    if ALL in standing.services:
        return phrase("catalog.services-all", language)
    key = "catalog.services" if standing.services_complete else "catalog.services-and-perhaps"
    return phrase(key, language, services=standing.services)


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}"
