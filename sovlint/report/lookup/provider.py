"""``sovlint provider ID``: everything that is known of a provider, for people, with footnotes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from sovlint.model.lookups.profile import DEFUNCT, Profile
from sovlint.model.redaction.redact import printable
from sovlint.model.text import Bilingual, Note
from sovlint.report.lookup.control_lines import (
    apart_lines,
    company_lines,
    control_lines,
    control_title,
    law_lines,
    outside_lines,
    state_name,
)
from sovlint.report.lookup.qualification_lines import Line, standing_lines
from sovlint.report.messages import counted, labelled, phrase, say
from sovlint.report.messages.declared import templates
from sovlint.report.pieces.sources import Footnotes
from sovlint.report.pieces.style import Style, whole, wrap

LISTED: Final = 12
"""With more regions than this, only how many lie in each country is said."""


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


def sections(
    profile: Profile, notes: Footnotes, language: str, regions: bool = True
) -> Iterator[tuple[str, list[Line]]]:
    """The title and the lines of each section that there is something to say in: what it is, who owns it, who can
    compel it, where it is (``regions``) and what it holds."""
    if profile.notes:
        yield phrase("catalog.notes", language), [(1, printable(profile.notes[language]))]
    yield (
        phrase("catalog.owners", language),
        list(company_lines(profile, profile.company, notes, language, 1)),
    )
    yield control_title(profile, language), list(control_lines(profile, notes, language))
    for held in profile.from_outside:
        title = phrase("catalog.outside", language, area=profile.areas[held.area])
        yield title, list(outside_lines(profile, held, language))
    if profile.apart:
        yield phrase("catalog.apart", language), list(apart_lines(profile, notes, language))
    yield phrase("catalog.laws", language), list(law_lines(profile, notes, language))
    yield phrase("catalog.technology", language), list(_technology(profile, notes, language))
    if regions:
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
        yield (
            phrase("catalog.plugins", language),
            [(1, ", ".join(_plugins(profile, language)))],
        )


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


def _place(
    profile: Profile, country: str | None, areas: tuple[str, ...], language: str
) -> str:
    if country:
        return state_name(profile, country, language)
    names: tuple[str | Bilingual, ...] = tuple(
        profile.areas.get(area, area) for area in areas[:1]
    )
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
