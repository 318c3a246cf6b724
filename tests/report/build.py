"""Reports built by hand: a claims database at AWS, things whose place isn't wholly known, and a qualified volume."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from msgspec.structs import replace

from sovlint.model.attributes import NoAttributes
from sovlint.model.findings.finding import (
    Basis,
    Coverage,
    Finding,
    PolicyText,
    Report,
    Severity,
    Verdict,
)
from sovlint.model.findings.rests import Rests
from sovlint.model.placement import (
    ClassClaim,
    Classes,
    Flow,
    Holding,
    How,
    Placed,
    Placement,
    Soil,
    Source,
)
from sovlint.model.resources.reading import Failure, Remark
from sovlint.model.resources.resource import TRUE, Lead, Resource
from sovlint.model.source import Span
from sovlint.model.text import Bilingual, Note
from sovlint.model.value import Because, Fact, Known, Reason, Step, Unknown


def said(en: str, fr: str = "") -> Note:
    """A note that says just this; its template stands in the tests alone."""
    return Note("test.said", {"text": Bilingual(en, fr or en)})


def span(
    path: str, line: int, column: int = 1, end_column: int = 80, end_line: int | None = None
) -> Span:
    return Span(path, line, column, end_line or line, end_column)


def step(
    path: str, line: int, column: int, end_column: int, en: str, fr: str = "", *parents: Step
) -> Step:
    return Step(span(path, line, column, end_column), said(en, fr), parents)


def unset(name: str, *among: Any) -> Unknown:
    """A variable without a value; ``among``: the values that it may have."""
    return Unknown(
        Reason.UNSET_VARIABLE, f"var.{name}", among=tuple(map(Known, among)) or None
    )


def resource(address: str, path: str, line: int, **changes: Any) -> Resource:
    fields: dict[str, Any] = {
        "address": address,
        "type": address.split("[")[0].split(".")[-2] if "." in address else "service",
        "front_end": "terraform",
        "root": "envs/prod",
        "variant": None,
        "library": False,
        "exists": TRUE,
        "where": span(path, line, 1, 2, end_line=line + 6),
        "attributes": NoAttributes(),
    }
    return Resource(**{**fields, **changes})


def fact(value: Any) -> Fact[Any]:
    return value if isinstance(value, (Known, Unknown)) else Known(value)


def placement(**changes: Any) -> Placement:
    """At rest at AWS in Paris, unless told otherwise; plain values are known ones."""
    facts: dict[str, Any] = {
        "role": "at-rest",
        "provider": "aws",
        "service": "rds",
        "region": "eu-west-3",
        "country": "FR",
        "area": ("EEA", "EU"),
        "control": ("US",),
        "technology": ("US",),
    }
    rest = {
        "holdings": (HDS, NO_SECNUMCLOUD),
        "because": (PROVIDER_BLOCK,),
        "provider_name": "Amazon Web Services",
    }
    known = {name: fact(changes.pop(name, value)) for name, value in facts.items()}
    return Placement(**known, **{"soil": Known(Soil("FR", ("EEA", "EU"))), **rest, **changes})


def health(
    because: Because, how: How = How.DECLARED, data_class: str = "health"
) -> ClassClaim:
    return ClassClaim(data_class, how, because)


def finding(
    policy: str, about: Resource, placed: Placement | None, headline: Note, **changes: Any
) -> Finding:
    fields: dict[str, Any] = {
        "verdict": Verdict.VIOLATION,
        "severity": Severity.ERROR,
        "claims": (),
        "rests_on": POLICIES[policy].rests_on if policy in POLICIES else (),
    }
    if changes.get("verdict") is Verdict.COMPLIANT:
        fields["rests"] = Rests.PROOF
    return Finding(
        policy=policy,
        resource=about,
        placement=placed,
        headline=headline,
        **{**fields, **changes},
    )


def report(
    placed: Sequence[Placed] = (), findings: Sequence[Finding] = (), **changes: Any
) -> Report:
    fields: dict[str, Any] = {
        "as_of": "2026-11-24",
        "catalogue_date": "2026-11-20",
        "policy_set": "sovereign-health",
        "placed": tuple(placed),
        "flows": (),
        "findings": tuple(findings),
        "failures": (),
        "remarks": (),
        "coverage": Coverage(
            files=12,
            resources=40,
            placed=30,
            config=8,
            unplaced=2,
            classified=31,
            class_unknown=2,
        ),
        "policies": POLICIES,
        "excerpts": EXCERPTS,
    }
    return Report(**{**fields, **changes})


CLOUD_ACT = Source("https://example.org/18-usc-2713", "2026-09-15", "18 USC 2713 (CLOUD Act)")
SEAT = Source(
    "https://example.org/amazon",
    "2026-08-30",
    "Amazon.com, Inc. has its seat in the United States",
)
HEARSAY = Source("", "2026-01-01", "the seat of the operator", background=True)
DECREE = Source("https://example.org/csp", "2026-11-24", "Public Health Code R.1111-9-1")

POLICIES = {
    "health-data-under-eu-control": PolicyText(
        "health-data-under-eu-control",
        Bilingual("Only EU states can compel", "Seuls des États de l'UE peuvent contraindre"),
        Bilingual(
            "A region in Paris may be within reach of a third state.",
            "Paris peut être à portée d'un État tiers.",
        ),
        Bilingual(
            "Move the data to a provider that EU or EEA states alone can compel.",
            "Déplacer les données chez un fournisseur que seuls des États de l'UE ou de l'EEE peuvent contraindre.",
        ),
        ("doctrine", "risk"),
        (CLOUD_ACT,),
        data=("health",),
    ),
    "health-data-in-eea": PolicyText(
        "health-data-in-eea",
        Bilingual("Health data stays in the EEA", "Les données de santé restent dans l'EEE"),
        Bilingual(
            "French law wants it there where HDS applies.",
            "Le droit français le veut là où l'HDS s'applique.",
        ),
        Bilingual("Choose a region in the EEA.", "Choisir une région de l'EEE."),
        ("law",),
        (DECREE,),
        data=("health",),
    ),
    "data-class-known": PolicyText(
        "data-class-known",
        Bilingual("The class is known", "La classe est connue"),
        Bilingual(
            "What has no class is judged by nobody.",
            "Ce qui n'a pas de classe n'est jugé par personne.",
        ),
        Bilingual("Give the label a value.", "Donner une valeur à l'étiquette."),
        (),
        (),
    ),
}

EXCERPTS = {
    ("modules/claims/main.tf", 12): 'resource "aws_db_instance" "claims" {',
    ("modules/claims/main.tf", 17): '    data-classification = "health"',
    ("modules/claims/main.tf", 30): 'resource "aws_s3_bucket" "files" {',
    ("envs/prod/main.tf", 4): 'module "claims" {',
    ("envs/prod/providers.tf", 2): "\tregion = var.region # Paris",
    ("envs/prod/variables.tf", 7): '  default = "eu-west-3"',
}

HDS = Holding("hds", Known(True), "v2", "AWS Europe", date(2027, 4, 20), sources=(DECREE,))
NO_SECNUMCLOUD = Holding("secnumcloud", Known(False))
NOT_ATTESTED = Holding("hds", Unknown(Reason.NO_EVIDENCE, "ordered separately"))

DEFAULT = step(
    "envs/prod/variables.tf",
    7,
    13,
    24,
    "region comes from this default",
    "la région vient de ce défaut",
)
PROVIDER_BLOCK = step(
    "envs/prod/providers.tf",
    2,
    11,
    21,
    "provider configured here",
    "fournisseur configuré ici",
    DEFAULT,
)
TAG = step(
    "modules/claims/main.tf",
    17,
    5,
    35,
    "health data declared here",
    "données de santé déclarées ici",
)
CALL = span("envs/prod/main.tf", 4, 1, 2, end_line=9)

DATABASE = resource(
    "module.claims.aws_db_instance.claims",
    "modules/claims/main.tf",
    12,
    chain=(Lead(CALL, Note("report.called-here")),),
)
PARIS = placement()

UNDER_US_LAW = said(
    "Health data lands at Amazon Web Services, which the United States can compel (CLOUD Act), in eu-west-3 (France).",
    "Des données de santé vont chez Amazon Web Services, que les États-Unis peuvent contraindre (CLOUD Act), en "
    "eu-west-3 (France).",
)


def database_findings() -> list[Finding]:
    """What two policies say of the claims database: one violation, one compliant."""
    claims = (health(TAG),)
    return [
        finding(
            "health-data-under-eu-control", DATABASE, PARIS, UNDER_US_LAW, claims=claims,
            remarks=(said("A value given elsewhere would change the region.", "Une autre valeur la changerait."),),
            because=(PROVIDER_BLOCK,), sources=(SEAT, HEARSAY), basis=Basis.SOURCED,
        ),
        finding(
            "health-data-in-eea", DATABASE, PARIS, said("Health data stays in France.", "Elles restent en France."),
            claims=claims, verdict=Verdict.COMPLIANT, sources=(DECREE,),
        ),
    ]  # fmt: skip


def everything() -> Report:
    """A report with one of each: among, multi-region, global, unknown, compliant, unplaced, failures."""
    claims = (health(TAG),)
    either = placement(
        service="s3", region=unset("region", "eu-west-3", "eu-south-1"), country=unset("region", "FR", "IT"),
        holdings=(NOT_ATTESTED, NO_SECNUMCLOUD),
    )  # fmt: skip
    files = [
        resource(
            f'module.claims.aws_s3_bucket.files["{key}"]',
            "modules/claims/main.tf",
            30,
            chain=(Lead(CALL, Note("report.called-here")),),
        )
        for key in "ab"
    ]
    nowhere = placement(
        region=unset("region"),
        country=unset("region"),
        area=unset("region"),
        holdings=(NOT_ATTESTED,),
        because=(),
    )
    dataset = resource("google_bigquery_dataset.stats", "envs/prod/stats.tf", 3)
    multi = placement(
        provider="google-cloud", provider_name="Google Cloud", service="bigquery", region="EU",
        country=Unknown(Reason.MULTI_VALUED, "EU"), because=(),
    )  # fmt: skip
    portal = resource(
        "aws_cloudfront_distribution.portal", "envs/prod/cdn.tf", 1, exists=unset("cdn")
    )
    world = placement(
        role="edge", service="cloudfront", region="global", country=Unknown(Reason.MULTI_VALUED, "global"),
        area=Unknown(Reason.MULTI_VALUED, "global"), sure=unset("cdn"), because=(),
    )  # fmt: skip
    archive = resource(
        "outscale_volume.archive",
        "envs/archive/main.tf",
        1,
        root="envs/archive",
        variant="a.tfvars",
    )
    qualified = placement(
        provider="outscale", provider_name="Outscale", service="vm", region="cloudgouv-eu-west-1", control=("FR",),
        technology=(), because=(),
        holdings=(
            Holding("secnumcloud", Known(True), "3.2", "IaaS Cloud on Demand", date(2026, 11, 30)),
            Holding("hds", Known(True), "v2", None, None, attested="dpo"),
        ),
    )  # fmt: skip
    strange = resource("aws_thing.x", "envs/prod/x.tf", 1)
    unplaced = placement(
        role=Unknown(Reason.NOT_IN_CATALOGUE, "aws_thing"),
        service=Unknown(Reason.NOT_IN_CATALOGUE),
    )
    unlabelled = Unknown(Reason.UNSET_VARIABLE, "var.tags")
    findings = [
        *database_findings(),
        *(
            finding(
                "health-data-under-eu-control", one, either,
                said("Health data lands at Amazon Web Services, in one of eu-south-1, eu-west-3."), claims=claims,
            )
            for one in files
        ),
        finding(
            "health-data-in-eea", dataset, nowhere, said("Can't be proved: region comes from var.region."),
            verdict=Verdict.UNPROVEN, claims=(health(None, How.INFERRED),), severity=Severity.WARNING,
        ),
        finding(
            "data-class-known", portal, None, said("The data class isn't known: tags come from var.tags."),
            verdict=Verdict.UNPROVEN, severity=Severity.WARNING,
        ),
        finding(
            "health-data-in-eea", archive, qualified, said("Health data stays in France."), verdict=Verdict.COMPLIANT,
            claims=(health(None, How.DEFAULT),),
        ),
    ]  # fmt: skip
    placed = [
        Placed(DATABASE, Classes(claims), (PARIS,)),
        *(Placed(one, Classes(claims, unlabelled), (either,)) for one in files),
        Placed(dataset, Classes((health(None, How.INFERRED),)), (nowhere, multi)),
        Placed(portal, Classes((), unlabelled), (world,)),
        Placed(archive, Classes((health(None, How.DEFAULT),)), (qualified,)),
        Placed(strange, Classes(()), (unplaced,)),
    ]
    flows = (
        Flow("replication", DATABASE, files[0], None, TAG),
        Flow("logs", DATABASE, None, "datadog", None),
    )
    return report(
        placed,
        findings,
        flows=flows,
        failures=(
            Failure(
                "broken.tf", 4, 9, said("a block isn't closed", "un bloc n'est pas fermé")
            ),
        ),
        remarks=(
            Remark(
                said("staging.tfvars is not read", "staging.tfvars n'est pas lu"),
                "envs/prod/staging.tfvars",
            ),
        ),
        coverage=Coverage(12, 1, 3, 40, 30, 8, 2, 31, 2),
    )


def shuffled(whole: Report) -> Iterator[Report]:
    """The same report a few times, each in another order."""
    for seed in range(5):
        mixed = {
            name: list(getattr(whole, name)) for name in ("findings", "failures", "remarks")
        }
        for items in mixed.values():
            random.Random(seed).shuffle(items)
        yield replace(whole, **{name: tuple(items) for name, items in mixed.items()})
