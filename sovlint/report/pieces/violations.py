"""What violates a policy, as a screen tells it: together what breaks the same policies with one company, in one country."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct

from sovlint.model.findings.finding import Finding, PolicyText, Report, Severity, Verdict
from sovlint.model.findings.ground import Ground
from sovlint.model.placement import KEEPING, How
from sovlint.model.redaction.redact import mask_source, printable, safe_text
from sovlint.model.source import Span
from sovlint.model.value import Known
from sovlint.report.messages import counted, labelled, phrase, say, word
from sovlint.report.pieces import blocks, remedies
from sovlint.report.pieces.fact_words import class_name, place, role_name, state_name
from sovlint.report.pieces.headlines import is_composed, without_laws
from sovlint.report.pieces.landings import Landed, MapLine
from sovlint.report.pieces.map_table import company
from sovlint.report.pieces.style import Style, columns_of, cut, shortened, wrap
from sovlint.report.pieces.trail import Waypoint, places

TALLEST: Final = 18
"""Lines of one group, however many policies it violates."""
MOST_POLICIES: Final = 5
MOST_PLACES: Final = 3
MOST_NAMED: Final = 3
"""Roles and countries of a group; the others aren't named."""
_ROWS: Final = 2
"""Lines of a sentence; the rest of it is told by ``--full``."""

_ARROW: Final = "  --> "
_SUPPOSED: Final = (How.INFERRED, How.DEFAULT)
_SEVERITY: Final = {severity: rank for rank, severity in enumerate(Severity)}
_GROUND: Final = {ground: rank for rank, ground in enumerate(Ground)}


class Violations(Struct, frozen=True):
    """Placements with one company that violate the same policies in the same words: those that keep data first.
    ``findings`` are those of the first, the gravest first. ``line`` is the first line of the map that they are in."""

    line: MapLine
    landed: tuple[Landed, ...]
    findings: tuple[Finding, ...]

    @property
    def first(self) -> Finding:
        """The gravest of the first placement."""
        return self.findings[0]

    @property
    def severity(self) -> Severity:
        """The worst."""
        return min((one.severity for one in self.findings), key=_SEVERITY.__getitem__)


def violations(lines: Iterable[MapLine], report: Report) -> list[Violations]:
    """All that violates a policy on data and that nothing excuses, worst first."""
    alike: dict[object, list[Landed]] = {}
    at: dict[object, MapLine] = {}
    for line in lines:
        for one in line.landed:
            violated = _violated(one, report.policies)
            said = frozenset(map(_words, violated))
            key = line.company, line.perhaps, said, supposed(violated)
            if violated:
                at.setdefault(key, line)
                alike.setdefault(key, []).append(one)
    found = (_group(at[key], landed, report) for key, landed in alike.items())
    return sorted(found, key=_badness)


def _group(line: MapLine, landed: list[Landed], report: Report) -> Violations:
    landed.sort(key=_telling)
    first = sorted(_violated(landed[0], report.policies), key=_gravity)
    return Violations(line, tuple(landed), tuple(first))


def _telling(one: Landed) -> tuple[object, ...]:
    """What keeps data first, and of that what has a place that is known."""
    is_placed = isinstance(one.placement.region, Known)
    return not _keeps(one), not is_placed, one.placed.resource.span


def _words(finding: Finding) -> tuple[str, str, str]:
    """The policy, what is found, and what that costs."""
    return finding.policy, word(_found(finding), "en"), finding.severity.value


def _found(finding: Finding) -> object:
    """What is found, without of what that is said."""
    headline = finding.headline
    return without_laws(headline.params["found"] if is_composed(headline) else headline)


def render(group: Violations, report: Report, language: str, style: Style) -> list[str]:
    """A group in at most ``TALLEST`` lines: what lands where, which policies that breaks, where it stands, what to do."""
    head = [
        *_heading(group, report, language, style),
        *_broken(group.findings, report.policies, language, style),
    ]
    tail = [*_do(group, report, language, style), *_more(group, report, language, style)]
    room = TALLEST - len(head) - len(tail)
    shown = _first_place(group, report, language, style, room)
    others = _other_places(group, language, style, room - len(shown))
    return [*head, *shown, *others, *tail]


def supposed(findings: Iterable[Finding]) -> bool:
    """Whether nobody declared any class that findings are about."""
    claims = [claim for one in findings for claim in one.claims]
    return bool(claims) and all(claim.how in _SUPPOSED for claim in claims)


def _violated(one: Landed, policies: Mapping[str, PolicyText]) -> list[Finding]:
    return [
        each
        for each in one.findings
        if each.counts and each.verdict is Verdict.VIOLATION and binds_data(each, policies)
    ]


def binds_data(finding: Finding, policies: Mapping[str, PolicyText]) -> bool:
    """Whether a policy judges what becomes of data, and not the evidence itself."""
    text = policies.get(finding.policy)
    return text is None or bool(text.data)


def _keeps(one: Landed) -> bool:
    role = one.placement.role
    return isinstance(role, Known) and role.value in KEEPING


def _gravity(finding: Finding) -> tuple[int, int, str]:
    return _GROUND[finding.ground], _SEVERITY[finding.severity], finding.policy


def _badness(group: Violations) -> tuple[object, ...]:
    return (
        _SEVERITY[group.severity],
        _GROUND[group.first.ground],
        not _keeps(group.landed[0]),
        -len(group.findings),
        -len(group.landed),
        group.first.span,
        group.first.resource.identity,
    )


# --- what lands where


def _heading(group: Violations, report: Report, language: str, style: Style) -> Iterator[str]:
    said = (
        _one(group.first, language)
        if len(group.landed) == 1
        else _many(group, report, language)
    )
    if supposed(group.findings):
        said = phrase("report.screen-supposed", language, headline=said)
    tag = labelled(phrase(f"report.{group.severity}", language), language)
    first, *rest = shortened(said, style.columns, f"{tag} ", "  ", _ROWS)
    yield style.paint(tag, group.first.ground) + style.paint(first[len(tag) :], "strong")
    yield from (style.paint(row, "strong") for row in rest)


def _one(finding: Finding, language: str) -> str:
    if not is_composed(finding.headline):
        return say(finding.headline, language)
    about = {
        name: finding.headline.params[name] for name in ("data", "role", "provider", "place")
    }
    return phrase("report.screen-one", language, **about)


def _many(group: Violations, report: Report, language: str) -> str:
    classes = Counter(
        class_name(claim.data_class, language, report.world)
        for one in group.landed
        for claim in one.placed.classes.claims
    )
    roles = Counter(role_name(one.placement.role, language) for one in group.landed)
    countries = Counter(_country(one, report, language) for one in group.landed)
    return counted(
        "report.screen-many",
        len(group.landed),
        language,
        data=", ".join(classes),
        company=company(group.line, language),
        countries=_most(countries, len(group.landed), language),
        roles=_most(roles, len(group.landed), language),
    )


def _country(one: Landed, report: Report, language: str) -> str:
    country = one.placement.country
    if not isinstance(country, Known) or country.sensitive:
        return phrase("report.unknown-country", language)
    return state_name(country.value, report.world, language)


def _most(counts: Counter[str], all_of_them: int, language: str) -> list[str]:
    """The most frequent, each with its number unless that is all of them."""
    named = [
        name
        if count == all_of_them
        else phrase("report.map-number", language, name=name, count=count)
        for name, count in counts.most_common(MOST_NAMED)
    ]
    if len(counts) > MOST_NAMED:
        named.append(phrase("report.screen-others", language))
    return named


# --- which policies that breaks


def _broken(
    findings: Sequence[Finding],
    policies: Mapping[str, PolicyText],
    language: str,
    style: Style,
) -> Iterator[str]:
    for one in findings[:MOST_POLICIES]:
        ground = ground_words(one, policies.get(one.policy), language)
        told = word(_found(one), language)
        policy = phrase("report.screen-policy", language, policy=printable(one.policy))
        label = labelled(ground, language)
        first, *rest = shortened(
            f"{label} {told}", style.columns, "  ", "    ", _ROWS, policy
        )
        yield first.replace(ground, style.paint(ground, one.ground), 1)
        yield from rest
    left = len(findings) - MOST_POLICIES
    if left > 0:
        yield f"  {counted('report.screen-more-policies', left, language)}"


def ground_words(finding: Finding, policy: PolicyText | None, language: str) -> str:
    """What a finding goes against, and where a law applies that it rests on; whether it fails no build."""
    said = phrase(f"report.screen-ground-{finding.ground}", language)
    if finding.ground is Ground.LAW and policy and policy.applies and not finding.cites:
        said = phrase("report.screen-applies", language, ground=said, applies=policy.applies)
    if finding.severity is Severity.ERROR:
        return said
    severity = phrase(f"report.{finding.severity}", language)
    return phrase("report.screen-lighter", language, ground=said, severity=severity)


# --- where it stands


def _first_place(
    group: Violations, report: Report, language: str, style: Style, room: int
) -> list[str]:
    """Where the first stands; then code, as far as there is room. A line is kept for further places."""
    finding = group.first
    lines = _arrow(finding, language, style)
    room -= 1 if len(group.landed) > 1 else 0
    seen = {(finding.span.path, finding.span.line)}
    for each in _marks(group):
        at = each.span.path, each.span.line
        marked = _marked(each, finding.span, report, language, style)
        if at not in seen and len(lines) + len(marked) <= room:
            seen.add(at)
            lines += marked
    return lines


def _arrow(finding: Finding, language: str, style: Style) -> list[str]:
    """The place and the address; the root that it is read from only where there is room for it."""
    at, about = place(finding.span), blocks.subject(finding.resource, language)
    if columns_of(f"{_ARROW}{at} {about}") > style.columns:
        about = safe_text(finding.resource.address)
    first, *rest = wrap(f"{at} {about}", style.columns, _ARROW, " " * len(_ARROW))
    return [first.replace("-->", style.paint("-->", "frame"), 1), *rest]


def _marks(group: Violations) -> Iterator[Waypoint]:
    """What says where it lands, then where the class is declared."""
    claims, placement = group.first.claims, group.landed[0].placement
    where = places((placement.region.because,)) or places((placement.provider.because,))
    yield from where[:1]
    yield from places((claims[0].because,) if claims else ())[:1]


def _marked(
    each: Waypoint, about: Span, report: Report, language: str, style: Style
) -> list[str]:
    """A line of code, and what it says; that stands below where there is no room beside."""
    at = (
        str(each.span.line)
        if each.span.path == about.path
        else f"{safe_text(each.span.path)}:{each.span.line}"
    )
    source = report.excerpts.get((each.span.path, each.span.line)) or ""
    code = printable(mask_source(source).strip())
    bar = style.paint("|", "frame")
    label = f"<-- {say(each.note, language)}"
    room = style.columns - 5 - columns_of(at)
    if columns_of(code) + 2 + columns_of(label) <= room:
        return [f"  {at} {bar} {code}  {style.paint(label, 'secondary')}"]
    below = cut(label, style.columns - 6)
    return [f"  {at} {bar} {cut(code, room)}", f"      {style.paint(below, 'secondary')}"]


def _other_places(group: Violations, language: str, style: Style, room: int) -> Iterator[str]:
    """Further places, as many as there is room for; the rest are counted."""
    others: dict[Span, Finding] = {}
    for one in group.landed:
        others.setdefault(one.findings[0].span, one.findings[0])
    others.pop(group.first.span, None)
    told = 0
    for other in list(others.values())[: MOST_PLACES - 1]:
        lines = _arrow(other, language, style)
        if room - len(lines) < 1:
            break
        told, room = told + 1, room - len(lines)
        yield from lines
    if left := len(others) - told:
        yield f"  {counted('report.screen-more-places', left, language)}"


# --- what to do


def _do(group: Violations, report: Report, language: str, style: Style) -> Iterator[str]:
    found = next(
        filter(None, (one.remedies for each in group.landed for one in each.findings)), None
    )
    said = remedies.nearest(found, language) if found is not None else ""
    if not said:
        policy = report.policies.get(group.first.policy)
        said = printable(policy.remedy[language]) if policy is not None else ""
    if not said:
        return
    label = labelled(phrase("report.screen-do", language), language)
    first, *rest = shortened(f"{label} {said}", style.columns, "  ", "    ", _ROWS)
    yield first.replace(label, style.paint(label, "strong"), 1)
    yield from rest


def _more(group: Violations, report: Report, language: str, style: Style) -> Iterator[str]:
    span = group.first.span
    path = f"{report.root_from_here}/{span.path}".removeprefix("/")
    command = f"sovlint explain {quoted(f'{safe_text(path)}:{span.line}')}"
    if report.assumed is not None:
        command += f" --assume {quoted(report.assumed)}"
    label = labelled(phrase("report.screen-more", language), language)
    yield f"  {style.paint(label, 'strong')} {command}"


def quoted(text: str) -> str:
    """A text as one word of a shell's command."""
    import shlex  # imported late: few screens propose commands

    return shlex.quote(text)
