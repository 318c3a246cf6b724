"""A small world, and resources and placements in it, for the tests of this room."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from msgspec.structs import replace

from sovlint.model.attestation import Attestation
from sovlint.model.attributes import NoAttributes
from sovlint.model.findings.finding import Finding
from sovlint.model.placement import (
    ClassClaim,
    Classes,
    Holding,
    How,
    Placed,
    Placement,
    ShownBy,
    Shows,
    Soil,
    Source,
)
from sovlint.model.request import Request
from sovlint.model.resources.resource import TRUE, Resource
from sovlint.model.source import Span
from sovlint.model.text import Bilingual, Note
from sovlint.model.value import Fact, Known, Reason, Step, Unknown
from sovlint.model.world import StateOnDay, World
from sovlint.policy.evaluate import Judgement, evaluate
from sovlint.policy.load import load
from sovlint.report.messages.declared import templates

TODAY = date(2026, 11, 24)


def both(text: str) -> Bilingual:
    """The same text in both languages."""
    return Bilingual(text, text)


WORLD = World(
    states={
        "FR": StateOnDay("FR", both("France"), ("EEA", "EU")),
        "DE": StateOnDay("DE", both("Germany"), ("EEA", "EU")),
        "NO": StateOnDay("NO", both("Norway"), ("EEA",)),
        "EU": StateOnDay("EU", both("European Union"), ("EEA", "EU")),
        "US": StateOnDay(
            "US",
            Bilingual("United States", "États-Unis"),
            (),
            (both("CLOUD Act"), both("EO 12333")),
            partly=True,
        ),
        "CN": StateOnDay("CN", both("China"), ()),
        "CH": StateOnDay("CH", both("Switzerland"), (), (), adequate=True),
        "GB": StateOnDay("GB", both("United Kingdom"), (), (), adequate=True),
    },
    areas={
        "EEA": Bilingual("European Economic Area", "Espace économique européen"),
        "EU": both("European Union"),
    },
    classes={
        name: Bilingual(name, name)
        for name in (
            "health",
            "claims",
            "nir",
            "insured-identity",
            "contact",
            "health-pseudonymised",
        )
    },
    covers={"health": ("claims", "health-pseudonymised")},
    providers={"aws": "Amazon Web Services", "scaleway": "Scaleway"},
    qualifications={"hds": both("HDS"), "secnumcloud": both("SecNumCloud")},
)


def step(
    key: str = "resolve.provider-block",
    path: str = "main.tf",
    line: int = 1,
    parents: tuple[Step, ...] = (),
) -> Step:
    """A step of evidence."""
    return Step(Span(path, line, 1, line, 2), Note(key), parents)


def unset(detail: str = "var.region", **more: Any) -> Unknown:
    """An unknown for want of a variable's value."""
    return Unknown(Reason.UNSET_VARIABLE, detail, **more)


def holding(name: str, held: bool | Unknown = True, **more: Any) -> Holding:
    """A qualification, held, not held, or not known to be."""
    return Holding(name, held if isinstance(held, Unknown) else Known(held), **more)


def placement(**facts: Any) -> Placement:
    """At rest at Scaleway in Paris, holding both qualifications, all known; ``facts`` replace some (plain or Fact).

    On whose soil it stands follows from country and area; where both are unknown, the catalogue shows no place.
    """
    known: dict[str, Any] = {
        "role": "at-rest",
        "provider": "scaleway",
        "service": "object-storage",
        "region": "fr-par",
        "country": "FR",
        "area": ("EEA", "EU"),
        "control": ("FR",),
        "technology": ("FR",),
    }
    other: dict[str, Any] = {
        "holdings": (holding("hds"), holding("secnumcloud")),
        "provider_name": "Scaleway",
    }
    for name, value in facts.items():
        (known if name in known else other)[name] = value
    found = {name: _fact(value) for name, value in known.items()}
    soil = (
        _fact(other.pop("soil"))
        if "soil" in other
        else _soil(found["country"], found["area"])
    )
    return Placement(**found, soil=soil, **other)


def _soil(country: Fact[str], area: Fact[tuple[str, ...]]) -> Fact[Soil]:
    state = country.value if isinstance(country, Known) else None
    return Known(Soil(state, area.value if isinstance(area, Known) else ()))


def evidence(
    shows: Shows, state: str | None = None, *, background: bool = True, about: str = "x"
) -> ShownBy:
    """A piece of evidence, of general knowledge unless it says otherwise."""
    source = Source("", "2026-01-01", f"{shows} of {about}", background=background)
    return ShownBy(shows, about, source, background, state)


def aws(**facts: Any) -> Placement:
    """At rest at AWS in Paris: HDS, not SecNumCloud, US control."""
    usual: dict[str, Any] = {
        "provider": "aws",
        "region": "eu-west-3",
        "control": ("US",),
        "technology": ("US",),
        "holdings": (holding("hds"), holding("secnumcloud", False)),
        "provider_name": "Amazon Web Services",
    }
    return placement(**{**usual, **facts})


def resource(address: str = "aws_s3_bucket.a", **more: Any) -> Resource:
    """A resource at ``main.tf:1``."""
    usual: dict[str, Any] = {
        "type": "aws_s3_bucket",
        "front_end": "terraform",
        "root": "",
        "variant": None,
        "library": False,
        "exists": TRUE,
        "where": Span("main.tf", 1, 1, 3, 1),
        "attributes": NoAttributes(),
    }
    return Resource(address=address, **{**usual, **more})


def claims(*names: str, how: How = How.DECLARED) -> Classes:
    """Classes that got to a resource in one way."""
    return Classes(
        tuple(
            ClassClaim(name, how, step("resolve.class-configured", line=9)) for name in names
        )
    )


def placed(*placements: Placement, classes: Classes | None = None, **more: Any) -> Placed:
    """A resource with health data declared, in the placements given."""
    return Placed(resource(**more), classes or claims("health"), placements)


def run(
    *all_placed: Placed,
    set_name: str = "sovereign-health",
    attestations: Sequence[Attestation] = (),
    **options: Any,
) -> Judgement:
    """Judge in the small world, by a shipped set, today."""
    return evaluate(
        all_placed,
        load([], set_name),
        WORLD,
        Request(**{"as_of": TODAY, **options}),
        attestations,
    )


def verdicts(findings: Iterable[Finding]) -> dict[str, str]:
    """Policy -> "verdict severity", for findings on one placement."""
    return {
        finding.policy: f"{finding.verdict.value} {finding.severity.value}"
        for finding in findings
    }


def of(judgement: Judgement, policy: str) -> Finding:
    """The only finding of a policy."""
    (found,) = [finding for finding in judgement.findings if finding.policy == policy]
    return found


def say(note: Note, language: str = "en") -> str:
    """A note as text."""
    return templates()[note.key][language].format_map(
        {k: _word(v, language) for k, v in note.params.items()}
    )


def remarks(finding: Finding) -> set[str]:
    """The keys of a finding's remarks."""
    return {note.key for note in finding.remarks}


def with_fact(base: Placement, name: str, fact: Fact[Any]) -> Placement:
    """The placement with one fact replaced."""
    return replace(base, **{name: fact})


def _fact(value: Any) -> Any:
    return value if isinstance(value, (Known, Unknown)) else Known(value)


def _word(param: object, language: str) -> str:
    if isinstance(param, Note):
        return say(param, language)
    if isinstance(param, Bilingual):
        return param[language]
    return (
        ", ".join(_word(item, language) for item in param)
        if isinstance(param, tuple)
        else str(param)
    )
