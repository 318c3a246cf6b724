"""Who owns a provider and who can compel it, in lines with footnotes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from sovlint.model.lookups.profile import (
    Company,
    ControlStep,
    FromOutside,
    HeldWithin,
    Profile,
    Share,
)
from sovlint.model.text import Bilingual, Note
from sovlint.model.value import Unknown
from sovlint.model.world import Law, Standing
from sovlint.report.lookup.qualification_lines import Line
from sovlint.report.messages import labelled, phrase
from sovlint.report.pieces.sources import Footnotes

EVERYTHING: Final = 100
"""Per cent: a bound that says nothing."""
COUNTING: Final = (Standing.IN_FORCE, Standing.CONTINUING)
"""How a law stands that is told; before it comes into force, and once nothing of it goes on, it isn't."""

_STANDINGS: Final = {
    "proved": "catalog.owners-within",
    "aged": "catalog.owners-within-aged",
    "one-source": "catalog.owners-within-one-source",
}


def state_name(profile: Profile, code: str, language: str) -> str:
    """``France (FR)``."""
    return phrase("catalog.state", language, name=profile.states[code].name, code=code)


def company_lines(
    profile: Profile, company: Company, notes: Footnotes, language: str, depth: int
) -> Iterator[Line]:
    """A company, its seat and who owns it, each owner with its own below; ``depth``: how far in it stands."""
    state = state_name(profile, company.seat, language)
    about = phrase("catalog.company", language, name=company.name, state=state)
    yield depth, f"{about} {notes.cite(company.source)}"
    within = company.within is not None and company.within.standing in _STANDINGS
    if company.shares is None and not within:
        yield depth + 1, phrase("catalog.owners-unknown", language)
    elif company.dispersed:
        yield (
            depth + 1,
            f"{phrase('catalog.owners-dispersed', language)} {notes.cite(company.dispersed)}",
        )
    elif not (company.top or within) and not any(
        share.majority for share in company.shares or ()
    ):
        yield depth + 1, phrase("catalog.owners-unsaid", language)
    yield from _within_lines(profile, company.within, notes, language, depth + 1)
    for share in company.shares or ():
        yield (
            depth + 1,
            f"{labelled(_share(share, language), language)} {notes.cite(share.source)}",
        )
        for holder in share.holders:
            yield from company_lines(profile, holder, notes, language, depth + 2)


def _within_lines(
    profile: Profile, held: HeldWithin | None, notes: Footnotes, language: str, depth: int
) -> Iterator[Line]:
    """What says that all of a company is held in an area, and whether that counts."""
    if held is None or held.standing not in _STANDINGS:
        return
    params: dict[str, object] = {"area": profile.areas[held.area], "until": held.until or ""}
    said = phrase(_STANDINGS[held.standing], language, **params)
    yield depth, " ".join((said, *(notes.cite(source) for source in held.sources)))


def _share(share: Share, language: str) -> str:
    kind = "majority" if share.majority else "control" if share.control else "minority"
    said = phrase(f"catalog.share-{kind}", language)
    if share.percent is not None:
        said = phrase(
            "catalog.share-percent", language, share=said, percent=f"{share.percent:g}"
        )
    if share.since:
        said = phrase("catalog.share-since", language, share=said, since=share.since)
    if share.until:
        said = phrase("catalog.share-until", language, share=said, until=share.until)
    return (
        phrase("catalog.share-together", language, share=said)
        if len(share.holders) > 1
        else said
    )


def control_title(profile: Profile, language: str) -> str:
    """Which states can compel it."""
    names = ", ".join(state_name(profile, code, language) for code in profile.control)
    return f"{labelled(phrase('catalog.control', language), language)} {names}"


def control_lines(profile: Profile, notes: Footnotes, language: str) -> Iterator[Line]:
    """How control over it was derived, and what of that isn't known."""
    if isinstance(profile.control_known, Unknown):
        yield 1, phrase("catalog.control-open", language, why=profile.control_known.why())
    if profile.control_limited:
        yield 1, phrase("catalog.control-limited", language)
    if profile.read_again is not None:
        yield 1, phrase("catalog.read-again", language, day=profile.read_again.isoformat())
    for step in profile.control_derived:
        yield (
            1,
            f"{_step(profile, step, language)} {notes.cite(step.source, step.background)}",
        )
    if profile.soil:
        names = ", ".join(state_name(profile, code, language) for code in profile.soil)
        yield 1, phrase("catalog.control-soil", language, states=names)


def outside_lines(profile: Profile, held: FromOutside, language: str) -> Iterator[Line]:
    """Whether the limits are kept, by what that is shown, and the bounds as far as shares are known."""
    yield (
        1,
        phrase(
            "catalog.outside-limits",
            language,
            title=profile.titles[held.qualification],
            version=held.version,
            clause=held.clause,
            single=f"{held.single_limit:g}",
            together=f"{held.together_limit:g}",
        ),
    )
    answer = "unknown" if held.within is None else "within" if held.within else "beyond"
    yield 1, phrase(f"catalog.outside-{answer}{'-' + held.by if held.by else ''}", language)
    if held.contradicted:
        yield 1, phrase("catalog.outside-contradicted", language)
    bounds = {
        "least": f"{held.least:g}",
        "most": f"{held.most:g}",
        "single": f"{held.single:g}",
    }
    if held.most == held.least:
        yield 1, phrase("catalog.outside-exactly", language, **bounds)
    elif held.least or held.most < EVERYTHING:
        yield 1, phrase("catalog.outside-bounds", language, **bounds)


def apart_lines(profile: Profile, notes: Footnotes, language: str) -> Iterator[Line]:
    """Regions that a company of their own runs, and how control over it was derived."""
    for each in profile.apart:
        states = ", ".join(state_name(profile, code, language) for code in each.control)
        yield (
            1,
            phrase(
                "catalog.apart-run-by",
                language,
                regions=each.regions,
                operator=each.operator,
                states=states,
            ),
        )
        if isinstance(each.known, Unknown):
            yield 2, phrase("catalog.control-open", language, why=each.known.why())
        for step in each.derived:
            yield (
                2,
                f"{_step(profile, step, language)} {notes.cite(step.source, step.background)}",
            )


def _step(profile: Profile, step: ControlStep, language: str) -> str:
    state = state_name(profile, step.jurisdiction, language)
    params: dict[str, object] = {"entity": step.entity, "state": state}
    if step.through != "owner" or step.of is None:
        return phrase(f"catalog.step-{step.through}", language, **params)
    held: str | Note = step.of
    if step.share is not None:
        held = Note("catalog.held-percent", {"of": step.of, "percent": f"{step.share:g}"})
    return phrase(f"catalog.step-owner-{step.how}", language, **params, of=held)


def unions(profile: Profile, codes: Iterable[str]) -> tuple[str, ...]:
    """The unions of states that some of these lie in, and that have laws of their own."""
    areas = (area for code in codes for area in profile.states[code].areas)
    found = (area for area in areas if area in profile.states and profile.states[area].laws)
    return tuple(dict.fromkeys(found))


def law_lines(profile: Profile, notes: Footnotes, language: str) -> Iterator[Line]:
    """The laws of each state that count on the day, and an adequacy decision, which changes nothing about control."""
    codes = (*profile.control, *(code for each in profile.apart for code in each.control))
    for code in dict.fromkeys((*codes, *unions(profile, codes))):
        state, name = profile.states[code], state_name(profile, code, language)
        laws = [law for law in state.laws if law.standing(profile.as_of) in COUNTING]
        if laws:
            yield 1, labelled(name, language)
            for law in laws:
                yield 2, f"{law_words(law, profile.as_of, language)} {notes.cite(law.source)}"
        elif code in state.areas[:1]:
            continue
        elif state.areas:
            yield (
                1,
                phrase(
                    "catalog.inside",
                    language,
                    state=name,
                    areas=profile.areas[state.areas[0]],
                ),
            )
        else:
            yield 1, phrase("catalog.no-law", language, state=name)
        if state.adequacy and state.adequacy.in_force(profile.as_of):
            said = phrase(f"catalog.adequate-{state.adequacy.kind}", language, state=name)
            yield (
                2,
                f"{_with(said, state.adequacy.note, language)} {notes.cite(state.adequacy.source)}",
            )


def law_words(law: Law, day: date, language: str) -> str:
    """A law, and how it stands on a day."""
    dates = {"since": law.since, "until": law.until, "end": law.continues_until}
    params = {"name": law.name, **{key: written for key, written in dates.items() if written}}
    dated = "-since" if law.since and law.standing(day) is Standing.IN_FORCE else ""
    return _with(
        phrase(f"catalog.law-{law.standing(day).value}{dated}", language, **params),
        law.note,
        language,
    )


def _with(said: str, note: Bilingual | None, language: str) -> str:
    return phrase("catalog.and-note", language, said=said, note=note) if note else said
