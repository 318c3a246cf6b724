"""``sovlint provider ID``: everything that is known of a provider, for people, with footnotes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from sovlint.model.lookups.profile import DEFUNCT, Company, ControlStep, FromOutside, Profile, Share
from sovlint.model.redaction.redact import printable
from sovlint.model.text import Bilingual, Note
from sovlint.model.value import Unknown
from sovlint.model.world import Law, Standing
from sovlint.report.lookup.qualification_lines import Line, standing_lines
from sovlint.report.messages import counted, labelled, phrase, say, templates
from sovlint.report.pieces.sources import Footnotes
from sovlint.report.pieces.style import Style, whole, wrap

LISTED: Final = 12
"""With more regions than this, only how many lie in each country is said."""

EVERYTHING: Final = 100
"""Per cent: a bound that says nothing."""

COUNTING: Final = (Standing.IN_FORCE, Standing.CONTINUING)
"""How a law stands that is told; before it comes into force, and once nothing of it goes on, it isn't."""


def render(profile: Profile, language: str, style: Style) -> str:
    """The page of a provider."""
    notes = Footnotes(language)
    lines = [style.paint(printable(f"{profile.name} ({profile.id})"), "strong")]
    if profile.status == DEFUNCT:
        lines += style.paragraphs([style.paint(phrase("catalog.defunct", language), "error")])
    lines += style.paragraphs(
        f"{labelled(phrase(label, language), language)} {text}"
        for label, text in _head(profile, language)
    )
    for title, section in (
        *sections(profile, notes, language),
        *_reached_by(profile, notes, language),
    ):
        lines += ["", style.paint(title, "strong")]
        for depth, text in section:
            indent = "  " * depth
            lines += wrap(text, style.columns, indent, f"{indent}  ")
    for source in profile.sources:
        if not source.background:
            notes.cite(source)
    return whole([*lines, *notes.listed(style)])


def term(group: str, name: str, language: str) -> str:
    """A word of the catalogue (a kind, a status) for people; as it is where there is no better one."""
    key = f"catalog.{group}-{name}"
    return phrase(key, language) if key in templates() else printable(name)


def state_name(profile: Profile, code: str, language: str) -> str:
    """``France (FR)``."""
    return phrase("catalog.state", language, name=profile.states[code].name, code=code)


def _head(profile: Profile, language: str) -> Iterator[tuple[str, str]]:
    yield "catalog.kind", term("kind", profile.kind, language)
    yield "catalog.status", term("status", profile.status, language)
    yield "catalog.operator", printable(profile.company.name)
    if profile.runs_on is None:
        yield "catalog.runs-on", phrase("catalog.host-unknown", language)
    elif profile.runs_on:
        yield "catalog.runs-on", printable(", ".join(profile.runs_on))
    if profile.aliases:
        yield "catalog.aliases", printable(", ".join(profile.aliases))


def sections(profile: Profile, notes: Footnotes, language: str) -> Iterator[tuple[str, list[Line]]]:
    """The title and the lines of each section that there is something to say in: what it is, who owns it, who can
    compel it, where it is and what it holds."""
    if profile.notes:
        yield phrase("catalog.notes", language), [(1, printable(profile.notes[language]))]
    yield (
        phrase("catalog.owners", language),
        list(_company(profile, profile.company, notes, language, 1)),
    )
    yield _control_title(profile, language), list(_control(profile, notes, language))
    for held in profile.from_outside:
        title = phrase("catalog.outside", language, area=profile.areas[held.area])
        yield title, list(_from_outside(profile, held, language))
    if profile.apart:
        yield phrase("catalog.apart", language), list(_apart(profile, notes, language))
    yield phrase("catalog.laws", language), list(_laws(profile, notes, language))
    yield phrase("catalog.technology", language), list(_technology(profile, notes, language))
    yield _regions_title(profile, language), list(_regions(profile, language))
    title = phrase("catalog.qualifications", language, day=profile.as_of)
    yield title, list(standing_lines(profile, notes.cite, language))


def _reached_by(
    profile: Profile, notes: Footnotes, language: str
) -> Iterator[tuple[str, list[Line]]]:
    """By which hosts and plug-ins code reaches it."""
    if profile.hosts:
        yield phrase("catalog.hosts", language), list(_hosts(profile, notes))
    if profile.plugins:
        yield phrase("catalog.plugins", language), [(1, ", ".join(_plugins(profile, language)))]


def _company(
    profile: Profile, company: Company, notes: Footnotes, language: str, depth: int
) -> Iterator[Line]:
    state = state_name(profile, company.seat, language)
    about = phrase("catalog.company", language, name=company.name, state=state)
    yield depth, f"{about} {notes.cite(company.source)}"
    if company.shares is None:
        yield depth + 1, phrase("catalog.owners-unknown", language)
    elif company.dispersed:
        yield (
            depth + 1,
            f"{phrase('catalog.owners-dispersed', language)} {notes.cite(company.dispersed)}",
        )
    elif not company.top and not any(share.majority for share in company.shares):
        yield depth + 1, phrase("catalog.owners-unsaid", language)
    for share in company.shares or ():
        yield depth + 1, f"{labelled(_share(share, language), language)} {notes.cite(share.source)}"
        for holder in share.holders:
            yield from _company(profile, holder, notes, language, depth + 2)


def _share(share: Share, language: str) -> str:
    kind = "majority" if share.majority else "control" if share.control else "minority"
    said = phrase(f"catalog.share-{kind}", language)
    if share.percent is not None:
        said = phrase("catalog.share-percent", language, share=said, percent=f"{share.percent:g}")
    if share.since:
        said = phrase("catalog.share-since", language, share=said, since=share.since)
    if share.until:
        said = phrase("catalog.share-until", language, share=said, until=share.until)
    return (
        phrase("catalog.share-together", language, share=said) if len(share.holders) > 1 else said
    )


def _control_title(profile: Profile, language: str) -> str:
    names = ", ".join(state_name(profile, code, language) for code in profile.control)
    return f"{labelled(phrase('catalog.control', language), language)} {names}"


def _control(profile: Profile, notes: Footnotes, language: str) -> Iterator[Line]:
    if isinstance(profile.control_known, Unknown):
        yield 1, phrase("catalog.control-open", language, why=profile.control_known.why())
    if profile.control_limited:
        yield 1, phrase("catalog.control-limited", language)
    for step in profile.control_derived:
        yield 1, f"{_step(profile, step, language)} {notes.cite(step.source, step.background)}"
    if profile.soil:
        names = ", ".join(state_name(profile, code, language) for code in profile.soil)
        yield 1, phrase("catalog.control-soil", language, states=names)


def _from_outside(profile: Profile, held: FromOutside, language: str) -> Iterator[Line]:
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
    bounds = {"least": f"{held.least:g}", "most": f"{held.most:g}", "single": f"{held.single:g}"}
    if held.most == held.least:
        yield 1, phrase("catalog.outside-exactly", language, **bounds)
    elif held.least or held.most < EVERYTHING:
        yield 1, phrase("catalog.outside-bounds", language, **bounds)


def _apart(profile: Profile, notes: Footnotes, language: str) -> Iterator[Line]:
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
            yield 2, f"{_step(profile, step, language)} {notes.cite(step.source, step.background)}"


def _step(profile: Profile, step: ControlStep, language: str) -> str:
    state = state_name(profile, step.jurisdiction, language)
    params: dict[str, object] = {"entity": step.entity, "state": state}
    if step.through != "owner" or step.of is None:
        return phrase(f"catalog.step-{step.through}", language, **params)
    held: str | Note = step.of
    if step.share is not None:
        held = Note("catalog.held-percent", {"of": step.of, "percent": f"{step.share:g}"})
    return phrase(f"catalog.step-owner-{step.how}", language, **params, of=held)


def _laws(profile: Profile, notes: Footnotes, language: str) -> Iterator[Line]:
    """The laws of each state that count on the day, and an adequacy decision, which changes nothing about control."""
    for code in dict.fromkeys(
        (*profile.control, *(code for each in profile.apart for code in each.control))
    ):
        state, name = profile.states[code], state_name(profile, code, language)
        laws = [law for law in state.laws if law.standing(profile.as_of) in COUNTING]
        if laws:
            yield 1, labelled(name, language)
            for law in laws:
                yield 2, f"{_law(law, profile.as_of, language)} {notes.cite(law.source)}"
        elif state.areas:
            yield (
                1,
                phrase("catalog.inside", language, state=name, areas=profile.areas[state.areas[0]]),
            )
        else:
            yield 1, phrase("catalog.no-law", language, state=name)
        if state.adequacy and state.adequacy.in_force(profile.as_of):
            said = phrase(f"catalog.adequate-{state.adequacy.kind}", language, state=name)
            yield (
                2,
                f"{_with(said, state.adequacy.note, language)} {notes.cite(state.adequacy.source)}",
            )


def _law(law: Law, day: date, language: str) -> str:
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


def _technology(profile: Profile, notes: Footnotes, language: str) -> Iterator[Line]:
    if profile.technology is None:
        yield 1, phrase("catalog.technology-unknown", language)
    elif not profile.technology:
        yield 1, phrase("catalog.technology-own", language)
    else:
        states = _states(profile, profile.technology, language)
        names = tuple(dict.fromkeys(maker.name for maker in profile.makers))
        note = Note("catalog.technology-from", {"states": states, "companies": names})
        yield 1, say(note, language) if names else states
    for service, codes in profile.technology_of.items():
        yield (
            1,
            phrase(
                "catalog.technology-of",
                language,
                service=service,
                states=_states(profile, codes, language),
            ),
        )
    for maker in profile.makers:
        if maker.licensed:
            since = {"since": maker.since} if maker.since else {}
            key = f"catalog.licensed{'-since' if maker.since else ''}"
            yield (
                1,
                f"{phrase(key, language, company=maker.name, **since)} {notes.cite(maker.source)}",
            )


def _states(profile: Profile, codes: Iterable[str], language: str) -> str:
    return ", ".join(state_name(profile, code, language) for code in codes)


def _regions_title(profile: Profile, language: str) -> str:
    if not profile.places:
        return phrase("catalog.regions", language)
    return counted("catalog.regions-count", len(profile.places), language)


def _regions(profile: Profile, language: str) -> Iterator[Line]:
    if not profile.places:
        yield 1, phrase("catalog.regions-none", language)
        return
    named = [
        (_place(profile, place.country, place.areas, language), place.region)
        for place in profile.places
    ]
    if len(named) > LISTED:
        counts = sorted(
            Counter(place for place, _ in named).items(), key=lambda each: (-each[1], each[0])
        )
        said = (
            phrase("catalog.regions-counted", language, place=one, count=many)
            for one, many in counts
        )
        yield 1, ", ".join(said)
        yield 1, phrase("catalog.regions-json", language)
        return
    for place in dict.fromkeys(place for place, _ in named):
        codes = tuple(region for where, region in named if where == place)
        yield 1, phrase("catalog.regions-in", language, place=place, codes=codes)


def _place(profile: Profile, country: str | None, areas: tuple[str, ...], language: str) -> str:
    if country:
        return state_name(profile, country, language)
    names: tuple[str | Bilingual, ...] = tuple(profile.areas.get(area, area) for area in areas[:1])
    return ", ".join(
        [phrase("catalog.no-country", language), *(_text(name, language) for name in names)]
    )


def _text(name: str | Bilingual, language: str) -> str:
    return printable(name[language] if isinstance(name, Bilingual) else name)


def _hosts(profile: Profile, notes: Footnotes) -> Iterator[Line]:
    """Hosts by what they rest on."""
    for mark in dict.fromkeys(notes.cite(each.source) for each in profile.hosts):
        named = [
            f"{each.host} ({each.service})" if each.service else each.host
            for each in profile.hosts
            if notes.cite(each.source) == mark
        ]
        yield 1, f"{printable(', '.join(named))} {mark}"


def _plugins(profile: Profile, language: str) -> Iterator[str]:
    for plugin in profile.plugins:
        yield (
            plugin.id
            if plugin.default
            else phrase("catalog.plugin-where-said", language, plugin=plugin.id)
        )
