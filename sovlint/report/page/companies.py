"""Each company in use: what lands there, who owns it, which laws reach it, and what it holds until when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from sovlint.model.findings.finding import Report
from sovlint.model.lookups.profile import Profile
from sovlint.model.placement import Source
from sovlint.model.text import Bilingual, Note
from sovlint.model.world import World
from sovlint.report.lookup import provider
from sovlint.report.messages import say
from sovlint.report.page.findings import class_name
from sovlint.report.page.tagging import (
    Tags,
    classes_of,
    company_id,
    company_name,
    known,
    tags_of,
    worst_of,
)
from sovlint.report.page.words import Both, joined, named, said, told
from sovlint.report.pieces.fact_words import term
from sovlint.report.pieces.landings import Landed, MapLine
from sovlint.report.pieces.sources import Footnotes, source_text


class Cite(Struct, frozen=True):
    """A source, as it stands below what cites it."""

    number: int
    text: Both
    url: str


class CompanySection(Struct, frozen=True):
    """A part of what is known: its title, and lines with how deep each stands."""

    title: Both
    lines: tuple[tuple[int, Both], ...]


class CompanyEntry(Struct, frozen=True):
    """One company in use."""

    id: str
    provider: str
    name: Both
    tags: Tags
    verdict: str
    count: int
    roles: Both
    classes: Both
    countries: Both
    states: Both
    laws: Both
    is_outside: bool
    sections: tuple[CompanySection, ...] = ()
    cites: tuple[Cite, ...] = ()


def companies(
    report: Report, lines: Sequence[MapLine], profiles: Mapping[str, Profile]
) -> tuple[CompanyEntry, ...]:
    """The companies in use, worst first, as the map has them."""
    found: dict[str, list[MapLine]] = {}
    for line in lines:
        found.setdefault(company_id(line.landed[0].placement), []).append(line)
    return tuple(_company(name, of, report.world, profiles) for name, of in found.items())


def _company(
    name: str, lines: Sequence[MapLine], world: World, profiles: Mapping[str, Profile]
) -> CompanyEntry:
    landed = [one for line in lines for one in line.landed]
    about = profiles.get(known(landed[0].placement.provider))
    states = states_of(lines, world)
    countries = tuple(dict.fromkeys(line.country or "" for line in lines))
    sections, cites = _told(about) if about else ((), ())
    return CompanyEntry(
        id=name,
        provider=about.id if about else "",
        name=company_name(landed[0].placement),
        tags=tags_of(landed),
        verdict=worst_of(one.verdict for one in landed if one.verdict),
        count=len(landed),
        roles=roles_in_words(landed),
        classes=classes_in_words(landed, world),
        countries=joined(
            state_name(code, world) if code else said("page.place-unknown")
            for code in countries
        ),
        states=states_in_words(states, any(line.others for line in lines), world),
        laws=laws_in_words(states, world),
        is_outside=any(outside(code, world) for code in states),
        sections=sections,
        cites=cites,
    )


def _told(profile: Profile) -> tuple[tuple[CompanySection, ...], tuple[Cite, ...]]:
    """All that is known of a company, with its sources."""
    english, french = Footnotes("en"), Footnotes("fr")
    pairs = zip(
        provider.sections(profile, english, "en"),
        provider.sections(profile, french, "fr"),
        strict=True,
    )
    sections = tuple(
        CompanySection(
            Both(title, titre),
            tuple(
                (depth, Both(text, texte))
                for (depth, text), (_, texte) in zip(lines, lignes, strict=True)
            ),
        )
        for (title, lines), (titre, lignes) in pairs
    )
    return sections, cites(english.numbers)


def cites(numbers: Mapping[Source, int]) -> tuple[Cite, ...]:
    """Sources by their numbers."""
    return tuple(_cite(source, number) for source, number in numbers.items())


def _cite(source: Source, number: int) -> Cite:
    address = source.url if source.url.startswith("https://") else ""
    return Cite(number, told(lambda language: source_text(source, language)), address)


def state_name(code: str, world: World) -> Both:
    """What a state or an area is called."""
    if code in world.states:
        return named(world.states[code].name)
    return named(world.areas.get(code, code))


def states_of(lines: Iterable[MapLine], world: World) -> tuple[str, ...]:
    """The states that can compel, those outside every area first."""
    found = dict.fromkeys(code for line in lines for code in line.compelled_by)
    return tuple(sorted(found, key=lambda code: not outside(code, world)))


def states_in_words(codes: Iterable[str], others: bool, world: World) -> Both:
    """The states that can compel, and whether there may be others."""
    states = [state_name(code, world) for code in codes]
    if not states:
        return said("page.states-unknown")
    return joined([*states, said("page.others")]) if others else joined(states)


def laws_in_words(codes: Iterable[str], world: World) -> Both:
    """The laws by which states can compel abroad; empty where none of them has one."""
    laws = [law for code in codes if code in world.states for law in world.states[code].laws]
    return joined(dict.fromkeys(_law(law) for law in laws))


def _law(law: Bilingual | Note) -> Both:
    if isinstance(law, Bilingual):
        return named(law)
    return told(lambda language: say(law, language))


def outside(code: str, world: World) -> bool:
    """Whether a state lies in none of the areas."""
    return code in world.states and not world.states[code].areas


def roles_in_words(found: Iterable[Landed]) -> Both:
    """What is done there with data."""
    roles = dict.fromkeys(known(one.placement.role) for one in found)
    return joined(
        said("report.unknown-role")
        if not role
        else told(lambda language, role=role: term("role", role, language))  # type: ignore[misc]
        for role in roles
    )


def classes_in_words(found: Iterable[Landed], world: World) -> Both:
    """What the data is, in the reader's language."""
    classes = dict.fromkeys(name for one in found for name in classes_of(one))
    if not classes:
        return said("page.no-class")
    return joined(class_name(name, world) for name in sorted(classes))
