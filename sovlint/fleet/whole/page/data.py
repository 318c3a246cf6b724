"""What the page's script draws its lists from: the whole view as compact JSON, in which every text stands once.

Rows are lists, whose items ``FIELDS`` names; the script reads the same names. Texts are numbers of ``words``, each one
text, or a pair (English, French) where the two differ. Whatever was scanned is made fit to be shown.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from msgspec import Struct

from sovlint.fleet.whole.companies import (
    HEALTH,
    TIERS,
    CompanyLine,
    by_repository,
    health_classes,
    law_of,
    tier_of,
)
from sovlint.fleet.whole.view import (
    UNPROVEN,
    VIOLATION,
    FleetView,
    FoundLine,
    RepositoryLine,
    UseLine,
)
from sovlint.model.redaction.redact import mask, safe_text
from sovlint.model.world import World
from sovlint.report.page.companies import laws_in_words, outside, state_name, states_in_words
from sovlint.report.page.findings import class_name
from sovlint.report.page.words import Both, cut, joined, named, number, said

FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "companies": ("id", "name", "law", "tier", "states", "control", "laws", "countries", "data", "count", "verdict"),
    "uses": ("company", "states", "country", "data", "verdict", "control", "tier"),
    "groups": ("policy", "verdict", "severity", "company", "states", "country", "data"),
    "repositories": (
        "name", "teams", "status", "reason", "commit", "violations", "unproven", "excused", "fresh", "classified",
        "resources", "proved", "placements", "unread", "uses", "found", "places",
    ),
    "flows": ("source", "target", "kind", "key"),
}  # fmt: skip
VERDICTS: Final = (VIOLATION, UNPROVEN)
SEVERITIES: Final = ("error", "warning", "note")
MOST_PLACES: Final = 5
"""Places of findings that are told of each repository."""
LONGEST: Final = 200
"""Characters of a name or a reason."""


class RepositoryFigures(Struct, frozen=True):
    """A repository with how many findings count there, by verdict; those of them that are errors; and the excused ones."""

    line: RepositoryLine
    violations: int
    unproven: int
    errors: int
    excused: int
    health_outside: bool


class PageWords:
    """Texts, each once."""

    def __init__(self) -> None:
        self.listed: list[str | tuple[str, str]] = []
        self._numbers: dict[Both, int] = {}

    def number(self, text: Both) -> int:
        """The number of a text."""
        if text not in self._numbers:
            self._numbers[text] = len(self.listed)
            short = Both(cut(text.en, LONGEST), cut(text.fr, LONGEST))
            self.listed.append(short.en if short.en == short.fr else (short.en, short.fr))
        return self._numbers[text]


def shown(text: str) -> str:
    """A scanned text, fit to be shown and not too long."""
    return cut(safe_text(mask(text)), LONGEST)


def company_called(name: str, view: FleetView) -> Both:
    """What a company is called."""
    return named(shown(view.names.get(name, name))) if name else said("page.no-company")


def figures(view: FleetView, world: World) -> list[RepositoryFigures]:
    """All repositories, worst first: by violations of which health data lies within reach of a state outside the EEA, then
    by errors, violations, what isn't proved, and by name."""
    counts: dict[str, list[int]] = {}
    beyond: set[str] = set()
    health = health_classes(world)
    for each in view.found:
        at = counts.setdefault(each.repository, [0, 0, 0, 0])
        if each.excused:
            at[3] += each.count
            continue
        at[VERDICTS.index(each.verdict)] += each.count
        at[2] += each.count if each.severity == SEVERITIES[0] else 0
        if each.verdict == VIOLATION and health & set(each.classes):
            law = law_of(each.states, False, world)
            beyond |= {each.repository} if law in ("us", "other") else set()
    made = [
        _figures(each, counts.get(each.name, [0, 0, 0, 0]), each.name in beyond)
        for each in view.repositories
    ]
    return sorted(made, key=_worst)


def _figures(line: RepositoryLine, counts: Sequence[int], outside: bool) -> RepositoryFigures:
    violations, unproven, errors, excused = counts
    return RepositoryFigures(line, violations, unproven, errors, excused, outside)


def _worst(each: RepositoryFigures) -> tuple[object, ...]:
    first = bool(each.violations) and each.health_outside
    return (
        not first,
        not each.violations,
        -each.errors,
        -each.violations,
        -each.unproven,
        each.line.is_read,
        each.line.name,
    )


class PageData:
    """The data of one page; ``text`` is what stands in the page."""

    def __init__(
        self,
        view: FleetView,
        world: World,
        ordered: Sequence[RepositoryFigures],
        companies: Sequence[CompanyLine],
    ) -> None:
        self._view = view
        self._world = world
        self._words = PageWords()
        self._states: dict[str, int] = {}
        self._policies: dict[str, int] = {}
        self._companies = {each.id: number for number, each in enumerate(companies)}
        self._teams = {team: number for number, team in enumerate(teams(view))}
        self._uses: dict[tuple[Any, ...], int] = {}
        self._groups: dict[tuple[Any, ...], int] = {}
        listed = [self._company(each) for each in companies]
        uses, found = by_repository(view.uses), _found(view.found)
        numbers = {each.line.name: number for number, each in enumerate(ordered)}
        self._data = {
            "companies": listed,
            "repositories": [
                self._repository(
                    each, uses.get(each.line.name, ()), found.get(each.line.name, ())
                )
                for each in ordered
            ],
            "flows": [
                [
                    numbers[each.source],
                    numbers[each.target],
                    self._words.number(said(f"whole.kind-{each.kind}")),
                    shown(each.key),
                ]
                for each in view.flows
                if each.source in numbers and each.target in numbers
            ],
        }

    def text(self) -> str:
        """JSON that may stand in a script: nothing in it ends one."""
        data = {
            "fields": FIELDS,
            "teams": [*map(shown, self._teams)],
            "states": [
                self._words.number(state_name(code, self._world)) for code in self._states
            ],
            "policies": [
                [shown(name), self._words.number(_title(name, self._view))]
                for name in self._policies
            ],
            "uses": [*self._uses],
            "groups": [*self._groups],
            **self._data,
            "words": self._words.listed,
        }
        written = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        return (
            written.encode("utf-8", "backslashreplace").decode()
            .replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
            .replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
        )  # fmt: skip

    def _company(self, each: CompanyLine) -> list[Any]:
        return [
            shown(each.id),
            self._words.number(company_called(each.id, self._view)),
            each.law,
            TIERS.index(each.tier),
            self._state_numbers(each.states),
            self._control(each.states, each.others),
            self._words.number(laws_in_words(each.states, self._world)),
            self._words.number(joined(map(self._country, each.countries))),
            self._words.number(company_data(each, self._world)),
            len(each.repositories),
            each.verdict,
        ]

    def _repository(
        self, each: RepositoryFigures, uses: Iterable[UseLine], found: Sequence[FoundLine]
    ) -> list[Any]:
        line = each.line
        ordered = sorted(uses, key=lambda use: (TIERS.index(tier_of(use, self._world)), use))
        counting = [one for one in found if not one.excused]
        return [
            shown(line.name),
            [self._teams[team] for team in line.owners],
            line.status,
            shown(line.reason),
            line.commit[:10],
            each.violations,
            each.unproven,
            each.excused,
            self._view.new.get(line.name, 0),
            line.classified,
            line.resources,
            line.proved,
            line.placements,
            line.unread,
            _added_up((self._use(use), use.count) for use in ordered),
            _added_up((self._group(one), one.count) for one in counting),
            [
                place
                for one in counting[:MOST_PLACES]
                for path, at in one.places[:1]
                for place in (self._group(one), shown(f"{path}:{at}"))
            ],
        ]

    def _use(self, use: UseLine) -> int:
        verdict = VERDICTS.index(use.verdict) if use.verdict in VERDICTS else -1
        whole = (
            self._companies[use.company],
            tuple(self._state_numbers(use.states)),
            self._words.number(self._country(use.country)),
            self._classes(use.classes),
            verdict,
            self._control(use.states, use.others),
            TIERS.index(tier_of(use, self._world)),
        )
        return self._uses.setdefault(whole, len(self._uses))

    def _group(self, one: FoundLine) -> int:
        whole = (
            self._policies.setdefault(one.policy, len(self._policies)),
            VERDICTS.index(one.verdict),
            SEVERITIES.index(one.severity),
            -1 if one.company is None else self._companies.get(one.company, -1),
            tuple(self._state_numbers(one.states)),
            self._words.number(self._country(one.country)),
            self._classes(one.classes),
        )
        return self._groups.setdefault(whole, len(self._groups))

    def _state_numbers(self, codes: Iterable[str]) -> list[int]:
        return [self._states.setdefault(code, len(self._states)) for code in codes]

    def _control(self, states: Sequence[str], others: bool) -> int:
        ordered = states_in_order(states, self._world)
        return self._words.number(states_in_words(ordered, others, self._world))

    def _country(self, code: str) -> Both:
        return state_name(code, self._world) if code else said("page.place-unknown")

    def _classes(self, classes: Sequence[str]) -> int:
        ordered = classes_in_order(classes, self._world)
        words = [class_name(each, self._world) for each in ordered]
        return self._words.number(joined(words) if words else said("page.no-class"))


def _added_up(counted: Iterable[tuple[int, int]]) -> list[int]:
    """Numbers with their counts, in one list; each number once."""
    sums: dict[int, int] = {}
    for each, count in counted:
        sums[each] = sums.get(each, 0) + count
    return [one for pair in sums.items() for one in pair]


def states_in_order(codes: Iterable[str], world: World) -> list[str]:
    """States, those that lie in no area first."""
    return sorted(codes, key=lambda code: (not outside(code, world), code))


def company_data(each: CompanyLine, world: World) -> Both:
    """What lands with a company; and in how many of its repositories there is what puts it where it stands: health data,
    where that is within reach of a state outside the EEA, else any class."""
    ordered = classes_in_order(each.classes, world)
    if not ordered:
        return said("page.no-class")
    health = health_classes(world) if each.tier == TIERS[0] else set(ordered)
    meant = joined(class_name(name, world) for name in ordered if name in health)
    whole = len(each.repositories)
    told_of = number("whole.data-of", whole, data=meant, part=len(each.in_tier))
    rest = [class_name(name, world) for name in ordered if name not in health]
    return said("whole.data-besides", data=told_of, others=joined(rest)) if rest else told_of


def classes_in_order(classes: Iterable[str], world: World) -> list[str]:
    """Data classes, health data first."""
    health = health_classes(world)
    return sorted(classes, key=lambda name: (name != HEALTH, name not in health, name))


def teams(view: FleetView) -> list[str]:
    """All owners, by name."""
    found = {owner for each in view.repositories for owner in each.owners}
    return sorted(found, key=lambda name: (name.casefold(), name))


def _title(policy: str, view: FleetView) -> Both:
    english, french = view.titles.get(policy, (policy, policy))
    return Both(shown(english), shown(french))


def _found(lines: Iterable[FoundLine]) -> dict[str, list[FoundLine]]:
    """Findings by repository, worst first."""
    found: dict[str, list[FoundLine]] = {}
    for each in sorted(lines, key=_gravity):
        found.setdefault(each.repository, []).append(each)
    return found


def _gravity(each: FoundLine) -> tuple[object, ...]:
    return (
        VERDICTS.index(each.verdict),
        SEVERITIES.index(each.severity),
        -each.count,
        each.policy,
        each.company or "",
        each.country,
        each.classes,
        each.states,
    )
