"""The map: what lands with which company, which states can compel it, and in which country, worst first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct

from sovlint.model.exception import STOOD_THERE
from sovlint.model.findings.finding import Finding, Report, Severity, Verdict
from sovlint.model.findings.ground import Ground, gravest
from sovlint.model.placement import (
    CONFIG_ROLE,
    GLOBAL_REGION,
    NOBODY_KNOWS,
    Placed,
    Placement,
    Soil,
)
from sovlint.model.text import Note
from sovlint.model.value import Fact, Known
from sovlint.report.pieces import contract

UNKNOWN_ROLE: Final = "unknown"
"""What stands for the role of what isn't known to do anything in particular with data."""

_VERDICTS: Final = (Verdict.VIOLATION, Verdict.UNPROVEN, Verdict.COMPLIANT)
_RANK: Final[Mapping[Verdict | None, int]] = {
    **{verdict: rank for rank, verdict in enumerate(_VERDICTS)},
    None: len(_VERDICTS),
}
_SEVERITY: Final[Mapping[Severity | None, int]] = {
    **{severity: rank for rank, severity in enumerate(Severity)},
    None: len(Severity),
}


class Landed(Struct, frozen=True, eq=False):
    """One placement of a resource, and what policies say of it, worst first; nothing where none binds it."""

    placed: Placed
    placement: Placement
    findings: tuple[Finding, ...] = ()

    @property
    def verdict(self) -> Verdict | None:
        """The worst, whatever excuses it; ``None`` where no policy binds it."""
        return self.findings[0].verdict if self.findings else None

    @property
    def is_excused(self) -> bool:
        """Whether it isn't compliant, and something excuses all that isn't."""
        against = [one for one in self.findings if one.verdict is not Verdict.COMPLIANT]
        return bool(against) and not any(one.counts for one in against)

    @property
    def stood(self) -> bool:
        """Whether what isn't compliant of it is only known from the revision that it is compared with."""
        excuses = [one.suppressed for one in self.findings if one.suppressed]
        return self.is_excused and all(
            isinstance(each.reason, Note) and each.reason.key == STOOD_THERE
            for each in excuses
        )


class Corner(Struct, frozen=True):
    """What tells one line of the map from another.

    ``company`` is what people call it, empty where nobody knows; ``perhaps`` are those of which it is one, where that
    much is known; ``provider`` is its id. ``compelled_by`` are codes of states (or of an area, where some state of it
    is all that is known), and ``others`` says that more may be able to. ``country`` is a code; where that isn't known,
    it is one of ``countries``, or lies in ``areas``. ``worldwide``: the service has no region of its own.
    """

    company: str
    provider: str | None
    perhaps: tuple[str, ...]
    compelled_by: tuple[str, ...]
    others: bool
    country: str | None
    countries: tuple[str, ...]
    areas: tuple[str, ...]
    worldwide: bool


class MapLine(Corner, frozen=True, eq=False):
    """One line of the map: all placements with one company, within reach of the same states, in one country.

    ``classes`` and ``roles`` count placements, the most frequent first. ``policies`` are those that say ``verdict``,
    with the placements of which they do. ``severity`` is the worst that goes with ``verdict``, ``ground`` the gravest that
    a violation goes against.
    """

    regions: tuple[str, ...]
    classes: Mapping[str, int]
    unclassified: int
    class_unknown: int
    roles: Mapping[str, int]
    verdict: Verdict | None
    severity: Severity | None
    ground: Ground | None
    verdicts: Mapping[Verdict, int]
    policies: Mapping[str, int]
    excused: int
    landed: tuple[Landed, ...]

    @property
    def count(self) -> int:
        """How many placements there are."""
        return len(self.landed)

    @property
    def is_excused(self) -> bool:
        """Whether something excuses all that isn't compliant."""
        against = self.verdicts.get(Verdict.VIOLATION, 0) + self.verdicts.get(
            Verdict.UNPROVEN, 0
        )
        return 0 < against == self.excused

    @property
    def stood(self) -> int:
        """How many placements stood as they are before the change, and don't count for that alone."""
        return sum(1 for one in self.landed if one.stood)

    @property
    def added(self) -> int:
        """How many placements the worst that counts is said of."""
        return sum(
            1 for one in self.landed if one.verdict is self.verdict and not one.is_excused
        )


def landings(report: Report) -> tuple[MapLine, ...]:
    """The map of all that carries a payload: the worst first, what is excused after what counts, and what no policy
    binds at the end."""
    corners: dict[Corner, list[Landed]] = {}
    for one in landed(report):
        corners.setdefault(corner(one.placement, report), []).append(one)
    return tuple(
        sorted((_line(where, found) for where, found in corners.items()), key=_order)
    )


def landed(report: Report) -> Iterator[Landed]:
    """Every placement but those of configuration, with what policies say of it."""
    found: dict[Placement, list[Finding]] = {}
    for one in report.findings:
        text = report.policies.get(one.policy)
        # What is about the evidence itself says nothing of a place, but that nobody can judge it.
        judges = text is None or text.data or one.verdict is Verdict.UNPROVEN
        if one.placement is not None and judges:
            found.setdefault(one.placement, []).append(one)
    for placed in report.placed:
        for placement in placed.placements:
            if carries_payload(placement):
                said = sorted(found.get(placement, ()), key=_finding_order)
                yield Landed(placed, placement, tuple(said))


def carries_payload(placement: Placement) -> bool:
    """Whether data may lie there: it isn't configuration alone."""
    role = placement.role
    return not (isinstance(role, Known) and role.value == CONFIG_ROLE)


def _finding_order(finding: Finding) -> tuple[object, ...]:
    """What counts first, then what is excused, then what is compliant."""
    return (
        finding.verdict is Verdict.COMPLIANT,
        not finding.counts,
        _RANK[finding.verdict],
        _SEVERITY[finding.severity],
        finding.policy,
    )


def corner(placement: Placement, report: Report) -> Corner:
    """Where on the map a placement belongs."""
    names = report.world.providers
    provider = _code(placement.provider)
    perhaps = tuple(sorted(names.get(each, each) for each in _codes(placement.provider)))
    company = placement.provider_name or names.get(provider or "", provider or "")
    compelled_by, others = _compelled_by(placement)
    country = _code(placement.country)
    countries = () if country else tuple(_codes(placement.country))
    areas = () if country or countries else tuple(_codes(placement.area))
    return Corner(
        company,
        provider,
        () if company else perhaps,
        compelled_by,
        others,
        country,
        countries,
        areas,
        _code(placement.region) == GLOBAL_REGION,
    )


def _compelled_by(placement: Placement) -> tuple[tuple[str, ...], bool]:
    """The states that can compel the company, or can where it stands; and whether others may be able to."""
    states = set(_codes(placement.control))
    others = not isinstance(placement.control, Known) or NOBODY_KNOWS in states
    soil = placement.soil
    where = soil.value if isinstance(soil, Known) and not soil.sensitive else Soil()
    states |= {where.state} if where.state else set(where.areas[:1])
    others |= where == Soil()
    return tuple(sorted(states - {NOBODY_KNOWS})), others


def _code(fact: Fact[str]) -> str | None:
    """A value that is known and may be shown."""
    return (
        str(contract.plain(fact.value))
        if isinstance(fact, Known) and not fact.sensitive
        else None
    )


def _codes(fact: Fact[str] | Fact[tuple[str, ...]]) -> list[str]:
    """The value or values of a fact, or all that they may be, sorted; nothing that may not be shown."""
    if isinstance(fact, Known):
        members = [] if fact.sensitive else [contract.plain(fact.value)]
    else:
        members = contract.possible(fact)
    flat = (
        each
        for member in members
        for each in (member if isinstance(member, list) else [member])
    )
    return sorted({str(each) for each in flat if each is not None})


def _worst(found: Sequence[Landed]) -> Verdict | None:
    """The worst verdict there; what is excused only counts where nothing else violates anything."""
    counting = [one.verdict for one in found if not one.is_excused]
    worst = min(counting, key=_RANK.__getitem__, default=None)
    if worst in (Verdict.COMPLIANT, None) and len(counting) < len(found):
        return min((one.verdict for one in found), key=_RANK.__getitem__)
    return worst


def _behind(worst: Verdict | None, found: Iterable[Landed]) -> Iterator[Finding]:
    """The findings that make the worst verdict what it is."""
    for each in found:
        for one in each.findings:
            if one.verdict is worst and (
                one.counts or each.is_excused or worst is Verdict.COMPLIANT
            ):
                yield one


def _line(where: Corner, found: Sequence[Landed]) -> MapLine:
    verdicts = Counter(one.verdict for one in found)
    worst = _worst(found)
    said = list(_behind(worst, found))
    unclassified = [one for one in found if not one.placed.classes.claims]
    return MapLine(
        **{name: getattr(where, name) for name in Corner.__struct_fields__},
        regions=tuple(
            sorted({region for one in found for region in _codes(one.placement.region)})
        ),
        classes=_counts(
            claimed
            for one in found
            for claimed in contract.strongest(one.placed.classes.claims)
        ),
        unclassified=len(unclassified),
        class_unknown=sum(one.placed.classes.unknown is not None for one in unclassified),
        roles=_counts(_code(each.placement.role) or UNKNOWN_ROLE for each in found),
        verdict=worst,
        severity=min((one.severity for one in said), key=_SEVERITY.__getitem__, default=None),
        ground=_ground(said),
        verdicts={each: verdicts[each] for each in _VERDICTS if verdicts[each]},
        policies=_counts(one.policy for one in said),
        excused=sum(one.is_excused for one in found),
        landed=tuple(found),
    )


def _ground(said: Iterable[Finding]) -> Ground | None:
    """The gravest that any violation goes against."""
    return gravest(one.ground for one in said if one.verdict is Verdict.VIOLATION)


def _counts(names: Iterable[str]) -> dict[str, int]:
    """How often each occurs, the most frequent first."""
    counted = Counter(names)
    return {
        name: counted[name]
        for name in sorted(counted, key=lambda name: (-counted[name], name))
    }


def _order(line: MapLine) -> tuple[object, ...]:
    return (
        _standing(line),
        _SEVERITY[line.severity],
        -len(line.policies),
        -sum(line.policies.values()),
        -line.count,
        line.company == "",
        line.company.casefold(),
        line.company,
        line.perhaps,
        line.compelled_by,
        line.others,
        line.country or "",
        line.countries,
        line.areas,
        line.worldwide,
        line.provider or "",
    )


def _standing(line: MapLine) -> tuple[bool, bool, int]:
    """What counts, then what is excused, what is compliant, and what no policy binds."""
    good = line.verdict in (Verdict.COMPLIANT, None)
    return good, line.is_excused, _RANK[line.verdict]
