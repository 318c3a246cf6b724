"""The tables of a report: by supplier, by processing, by finding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sovlint.model.findings.finding import Finding, Verdict
from sovlint.model.placement import (
    CONTROL_SHOWN,
    ClassClaim,
    Holding,
    Placement,
    Shows,
    Source,
)
from sovlint.model.text import Note
from sovlint.model.value import Because, Known, Step
from sovlint.registers.cells import NOT_APPLICABLE, Cell, Content, fact
from sovlint.registers.drafting.gathered import declared, known_values, told
from sovlint.registers.drafting.material import Material
from sovlint.registers.forms import form
from sovlint.registers.register import Register, RegisterRow
from sovlint.report.pieces import contract, listing
from sovlint.report.pieces.landings import Landed, MapLine

ID = "report"
WORST = (Verdict.VIOLATION, Verdict.UNPROVEN, Verdict.COMPLIANT)
_UNKNOWN = Note("registers.unknown")
_NO_POLICY = Note("registers.no-policy")


def draft(material: Material) -> Register:
    """The three tables. None has a blank: what isn't known is said to be unknown."""
    return material.register(
        ID,
        {
            "suppliers": _suppliers(material),
            "processings": _processings(material),
            "findings": _findings(material),
        },
    )


def _suppliers(material: Material) -> Iterator[RegisterRow]:
    """A row for each company, in the order of the map: the worst first."""
    of = form(ID).sheet("suppliers")
    companies: dict[tuple[str, str], list[MapLine]] = {}
    for line in material.lines:
        companies.setdefault((line.provider or "", line.company), []).append(line)
    for (id, name), lines in companies.items():
        found = [one for line in lines for one in line.landed]
        cells = {
            "company": _company(found),
            "states": _states(lines),
            "countries": _countries(lines),
            "regions": _plain(
                {region for line in lines for region in line.regions} or {_UNKNOWN}, found
            ),
            "qualifications": _qualifications(found, material),
            "classes": _classes(found, material),
            "roles": _roles(lines),
            "placements": declared(found, len(found)),
            "verdict": _verdict(lines),
            "policies": _plain(
                {each for line in lines for each in line.policies} or {_NO_POLICY}, found
            ),
        }
        yield material.row(of, id or name or "-", cells)


def _processings(material: Material) -> Iterator[RegisterRow]:
    """A row for each company in what is deployed together, where that carries a class."""
    of = form(ID).sheet("processings")
    pairs: dict[tuple[str, str], list[tuple[MapLine, Landed]]] = {}
    for line in material.lines:
        for one in line.landed:
            if one.placed.classes.claims:
                pair = (one.placed.resource.root or "", line.provider or line.company)
                pairs.setdefault(pair, []).append((line, one))
    for pair in sorted(pairs):
        lines, found = [line for line, _ in pairs[pair]], [one for _, one in pairs[pair]]
        root, company = pair
        cells = {
            "processing": _root(root, found),
            "company": _company(found),
            "classes": _classes(found, material),
            "states": _states(lines),
            "countries": _countries(lines),
            "resources": _plain({one.placed.resource.address for one in found}, found),
            "verdict": _worst(found),
        }
        yield material.row(of, f"{root or '-'}.{company or '-'}", cells)


def _findings(material: Material) -> Iterator[RegisterRow]:
    """A row for each finding that a report shows, worst first, those that something excuses at the end."""
    of = form(ID).sheet("findings")
    for number, finding in enumerate(listing.listed(material.report), start=1):
        cells = {"number": fact(number), **_finding(finding, material)}
        yield material.row(of, str(number), cells)


def _finding(finding: Finding, material: Material) -> dict[str, Cell]:
    here = Step(finding.resource.where, Note("registers.declared-here"))
    span, placement = finding.resource.span, finding.placement
    return {
        "verdict": fact(Note(f"registers.verdict-{finding.verdict.value}"), because=(here,)),
        "severity": fact(Note(f"report.{finding.severity.value}"), because=(here,)),
        "policy": fact(finding.policy, because=(here,), sources=_rests_on(finding, material)),
        "headline": fact(finding.headline, because=finding.because),
        "resource": fact(finding.resource.address, because=(here,)),
        "place": fact(f"{span.path}:{span.line}", because=(here,)),
        "company": _at(placement, (here,)) if placement else NOT_APPLICABLE,
        "classes": _claimed(finding.claims, (here,), material),
        "excused": _excused(finding, here),
    }


def _rests_on(finding: Finding, material: Material) -> tuple[Source, ...]:
    """The sources of a finding, or those of its policy where it has none of its own."""
    text = material.report.policies.get(finding.policy)
    return finding.sources or (text.cites if text is not None else ())


def _excused(finding: Finding, here: Step) -> Cell:
    if finding.suppressed is None:
        return NOT_APPLICABLE
    return fact(Note(f"registers.excused-{finding.suppressed.kind.value}"), because=(here,))


# --- cells


def _at(placement: Placement, here: tuple[Because, ...] = ()) -> Cell:
    """What a company is called, or that nobody knows."""
    known = placement.provider_name or next(iter(known_values([placement.provider])), "")
    content: Content = known or _UNKNOWN
    shows = (Shows.HOST, Shows.MODULE)
    return told((content,), [placement], [placement.provider], shows, here)


def _company(found: Sequence[Landed]) -> Cell:
    """The company that all placements are at."""
    placements = [one.placement for one in found]
    content = _at(placements[0]).contents
    return told(
        content,
        placements,
        [each.provider for each in placements],
        (Shows.HOST, Shows.MODULE),
        declared(found).because,
    )


def _states(lines: Sequence[MapLine]) -> Cell:
    """The states that can compel, and whether there may be others."""
    found = _of(lines)
    codes: list[Content] = [*sorted({code for line in lines for code in line.compelled_by})]
    if any(line.others for line in lines):
        codes.append(Note("registers.others") if codes else _UNKNOWN)
    facts = [one.placement.control for one in found]
    here = declared(found).because
    return told(codes, [one.placement for one in found], facts, CONTROL_SHOWN, here)


def _countries(lines: Sequence[MapLine]) -> Cell:
    found = _of(lines)
    codes: list[Content] = [*sorted({line.country for line in lines if line.country})]
    if not all(line.country for line in lines):
        codes.append(_UNKNOWN)
    facts = [one.placement.country for one in found]
    here = declared(found).because
    return told(codes, [one.placement for one in found], facts, (Shows.PLACE,), here)


def _qualifications(found: Sequence[Landed], material: Material) -> Cell:
    """What is held, where that is known; of some placements alone, where it isn't held for all that carry a class."""
    asked = [one.placement for one in found if one.placed.classes.claims]
    asked = asked or [one.placement for one in found]
    names = sorted({each.name for placement in asked for each in placement.holdings})
    contents: list[Content] = []
    sources: dict[Source, None] = {}
    for name in names:
        holding = [
            [each for each in placement.holdings if each.name == name] for placement in asked
        ]
        held = [each for listed in holding for each in listed if _is_held(each)]
        if not held:
            continue
        title = material.world.qualifications.get(name, name)
        everywhere = all(any(map(_is_held, listed)) for listed in holding)
        contents.append(
            title if everywhere else Note("registers.held-by-some", {"title": title})
        )
        sources |= dict.fromkeys(source for each in held for source in each.sources)
    if not contents:
        return declared(found, Note("registers.none-known"))
    return declared(found, *contents, sources=tuple(sources))


def _is_held(holding: Holding) -> bool:
    return isinstance(holding.held, Known) and holding.held.value


def _classes(found: Sequence[Landed], material: Material) -> Cell:
    claims = [claim for one in found for claim in one.placed.classes.claims]
    return _claimed(claims, declared(found).because, material)


def _claimed(
    claims: Sequence[ClassClaim], here: tuple[Because, ...], material: Material
) -> Cell:
    """The classes that are claimed; that there is none stands ``here``."""
    if not claims:
        return fact(Note("registers.no-class"), because=here)
    chains = dict.fromkeys(claim.because for claim in claims if claim.because is not None)
    return fact(*_class_names(contract.strongest(claims), material), because=tuple(chains))


def _class_names(ids: Iterable[str], material: Material) -> list[Content]:
    return [material.world.classes.get(each, each) for each in ids]


def _roles(lines: Sequence[MapLine]) -> Cell:
    roles = dict.fromkeys(role for line in lines for role in line.roles)
    return declared(_of(lines), *(Note(f"report.role-{role}") for role in roles))


def _root(root: str, found: Sequence[Landed]) -> Cell:
    content: Content = root or Note("report.no-root")
    return _plain([content], found)


def _verdict(lines: Sequence[MapLine]) -> Cell:
    return _worst(_of(lines))


def _worst(found: Sequence[Landed]) -> Cell:
    """The worst verdict of placements; that policies don't bind them, where none does."""
    verdicts = {one.verdict for one in found}
    worst = next((each for each in (*WORST, None) if each in verdicts), None)
    return declared(found, Note(f"registers.verdict-{worst.value if worst else 'none'}"))


def _plain(contents: Iterable[Content], found: Sequence[Landed]) -> Cell:
    """Contents that are shown where the placements are declared."""
    return declared(found, *sorted(contents, key=str))


def _of(lines: Iterable[MapLine]) -> list[Landed]:
    """The placements of lines of the map, each line once."""
    return [one for line in dict.fromkeys(lines) for one in line.landed]
