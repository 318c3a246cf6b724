"""What a repository offers others, and what theirs make known of it: ``fixtures/fleet``, judged by hand."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from sovlint.cli import main
from sovlint.configuration.offers_file import render
from sovlint.lint import linted
from sovlint.model.findings.finding import Verdict
from sovlint.model.offers import Ask, Offer, OfferedFact, OfferKind
from sovlint.model.request import Request
from sovlint.report.pieces.style import Style
from sovlint.report.scan import json_
from sovlint.stages.run import Run
from tests.fleet_house import (
    DAY,
    Row,
    answers,
    judged,
    offered_by,
    read_with,
    repository,
    rows,
    rulebook,
)
from tests.offers_house import looked_at
from tests.scratch import write

OPEN = "no-evidence: clusters"
NOBODY = "not-in-catalogue: host api.tiers-payeur-cevenol.fr"
INSIDE = "not-in-catalogue: host claims.internal.valceziere.fr"
APP, JOB, OLD = "k8s:-/Deployment/reimbursement", "k8s:-/CronJob/statistics", "k8s:-/Deployment/archive"  # fmt: skip
COPY = "aws_s3_bucket_replication_configuration.to_payer"
STATE = 'computed-at-apply: data.terraform_remote_state.kept["%s"].outputs'
MODULE = (
    "remote-module: git::ssh://git@git.valceziere.fr:2222/plateforme/modules.git//db?ref=v3"
)


def _stream(name: str) -> str:
    return f'aws_kinesis_firehose_delivery_stream.claims["{name}"]'


def _own(name: str) -> Row:
    return (_stream(name), "at-rest", "aws", "eu-west-3", "compliant")


ALONE: dict[str, list[Row]] = {
    "manifests": [
        (_stream("archives"), "at-rest", "aws", STATE % "storage", "unproven"),
        _own("archives"),
        (_stream("gone"), "at-rest", "aws", STATE % "gone", "unproven"),
        _own("gone"),
        (_stream("results"), "at-rest", "aws", STATE % "analyse", "unproven"),
        _own("results"),
        (JOB, "compute", "aws", "no-evidence: region", "unproven"),
        (OLD, "compute", OPEN, OPEN, "unproven"),
        (APP, "CLAIMS_API_URL", INSIDE, INSIDE, "unproven"),
        (APP, "PAYER_API_URL", NOBODY, NOBODY, "unproven"),
        (APP, "compute", OPEN, OPEN, "unproven"),
        ("module.claims", MODULE, MODULE, MODULE, "unproven"),
    ],
    "platform": [
        ("aws_s3_bucket.archives", "at-rest", "aws", "eu-west-3", "compliant"),
        (COPY, "replica", "aws", "no-evidence: rule.*.destination.bucket", "unproven"),
        ("scaleway_k8s_cluster.sante", "compute", "scaleway", "fr-par", "compliant"),
    ],
}
TOGETHER: dict[str, list[Row]] = {
    "manifests": [
        # Buckets in states of the platform: one in Paris, one in Virginia, and a state that nobody keeps.
        _own("archives"),
        _own("archives"),
        (_stream("gone"), "at-rest", "aws", STATE % "gone", "unproven"),
        _own("gone"),
        _own("results"),
        (_stream("results"), "at-rest", "aws", "us-east-1", "violation"),
        # A cluster in Virginia: what was unproven alone is a violation.
        (JOB, "compute", "aws", "us-east-1", "violation"),
        # Nobody makes a cluster of that name.
        (OLD, "compute", OPEN, OPEN, "unproven"),
        # The payer's ingress stands on its cluster. Our own address is on the cluster that calls it: nothing leaves.
        (APP, "PAYER_API_URL", "aws", "eu-central-1", "compliant"),
        (APP, "compute", "scaleway", "fr-par", "compliant"),
        # What the module makes at its tag.
        (
            "module.claims.scaleway_rdb_instance.this",
            "at-rest",
            "scaleway",
            "fr-par",
            "compliant",
        ),
    ],
    "platform": [
        ALONE["platform"][0],
        # The payer's bucket, by its ARN.
        (COPY, "replica", "aws", "eu-central-1", "compliant"),
        ALONE["platform"][2],
    ],
}


def _without_applications(found: list[Row]) -> list[Row]:
    return [row for row in found if "Application" not in row[0]]


@pytest.mark.parametrize("name", sorted(ALONE))
def test_what_is_known_alone_and_together(name: str) -> None:
    assert _without_applications(rows(read_with(name))) == ALONE[name]
    together = read_with(name, answers()[name], again=True)
    assert _without_applications(rows(together)) == TOGETHER[name]


def test_what_each_offers() -> None:
    made = {(each.kind, each.keys[0]): each for each in offered_by("platform")}
    assert made[OfferKind.CLUSTER, "valceziere-sante"].facts["region"] == OfferedFact(
        "fr-par"
    )
    assert (
        made[OfferKind.STORE, "aws_s3_bucket valceziere-archives"].path == "storage/main.tf"
    )
    host = made[OfferKind.HOST, "claims.internal.valceziere.fr"]
    assert host.facts["provider"] == OfferedFact("scaleway")
    assert [step.path for step in host.because][:1] == ["clusters/main.tf"]


def test_what_only_hints_show_is_offered_as_that(tmp_path: Path) -> None:
    """A host of an ingress in a cluster that one load balancer hints at."""
    text = (
        "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: web}\n"
        "spec:\n  rules: [{host: api.valceziere.fr}]\n---\n"
        "apiVersion: v1\nkind: Service\nmetadata:\n  name: lb\n  annotations:\n"
        "    service.beta.kubernetes.io/scw-loadbalancer-zone: fr-par-1\n"
    )
    (offer,) = looked_at(tmp_path / "house", {"k8s/web.yaml": text}).offers
    facts = offer.facts
    assert facts["provider"] == OfferedFact("scaleway", hinted=True)
    assert facts["region"] == OfferedFact("fr-par", hinted=True)


def test_what_each_asks() -> None:
    found = read_with("manifests")
    asked = found.run.offers.asked
    assert Ask(OfferKind.CLUSTER, "valceziere-lyon") in asked
    assert Ask(OfferKind.HOST, "api.tiers-payeur-cevenol.fr") in asked
    assert read_with("partner").run.offers.asked == set()


def test_the_order_of_offers_does_not_matter() -> None:
    offers = [*answers()["manifests"], _rival("fr-par"), _rival("eu-west-2")]
    before: object = None
    for seed in range(4):
        Random(seed).shuffle(offers)
        found = read_with("manifests", offers)
        told = json_.render(found.report, "en", Style(False, 100)), found.run.offers.asked
        assert before in (None, told)
        before = told


def _rival(region: str) -> Offer:
    facts = {"provider": OfferedFact("scaleway"), "region": OfferedFact(region)}
    return Offer(OfferKind.CLUSTER, ("valceziere-sante",), "main.tf", 1, "a.b", f"other/{region}", facts=facts)  # fmt: skip


def _weaker(offers: tuple[Offer, ...]) -> list[tuple[Offer, ...]]:
    """The offers with one fact that isn't known, or one of two."""
    found = []
    for at, each in enumerate(offers):
        for name, fact in each.facts.items():
            for less in (
                OfferedFact(),
                OfferedFact(among=(fact.value or "", "eu-west-2")),
                replace(fact, hinted=True),
            ):
                facts = {**each.facts, name: less}
                found.append((*offers[:at], replace(each, facts=facts), *offers[at + 1 :]))
    return found


@pytest.mark.parametrize("name", sorted(ALONE))
def test_knowing_less_of_an_offer_makes_nothing_better(name: str) -> None:
    offers = tuple(
        each
        for each in answers()[name]
        if {Ask(each.kind, key) for key in each.keys} & read_with(name).run.offers.asked
    )
    known = read_with(name, offers)
    # Of a stream, its own place and that of its destination have one role.
    open_ = judged(known, Verdict.VIOLATION, Verdict.UNPROVEN) - judged(
        known, Verdict.COMPLIANT
    )
    assert open_
    for less in _weaker(offers):
        assert judged(read_with(name, less), Verdict.COMPLIANT).isdisjoint(open_)


def test_a_violation_of_what_is_read_here_stays(tmp_path: Path) -> None:
    """Another repository says that our cluster in Virginia is in Paris."""
    rival = replace(_rival("fr-par"), keys=("valceziere-analyse", "aws_s3_bucket valceziere-archives"))  # fmt: skip
    assert rows(read_with("platform", [rival])) == rows(read_with("platform"))


def test_a_scan_uses_a_file_of_offers_and_says_so(tmp_path: Path) -> None:
    file = tmp_path / "offers.json"
    file.write_text(render(answers()["manifests"]), encoding="utf-8")
    scan = ["scan", str(repository("manifests")), "--as-of", "2026-11-24"]
    told = CliRunner().invoke(main, [*scan, "--full", "--offers", str(file)]).stdout
    assert (
        "places rest on what other repositories make (`--offers`): valceziere/modules" in told
    )
    assert "::: valceziere/platform: clusters/main.tf:12:1" in told
    report = json.loads(
        CliRunner().invoke(main, [*scan, "--offers", str(file), "-f", "json"]).stdout
    )
    places = [place for each in report["findings"] for place in each["because"]]
    assert {"valceziere/platform"} < {place.get("repository") for place in places}
    assert not any(":" in place["path"] for place in places)
    sarif = json.loads(
        CliRunner().invoke(main, [*scan, "--offers", str(file), "-f", "sarif"]).stdout
    )
    assert "valceziere/platform: clusters/main.tf" not in {
        at["artifactLocation"]["uri"] for at in _artifacts(sarif)
    }


def _artifacts(data: object) -> list[dict[str, dict[str, str]]]:
    if isinstance(data, dict):
        own = [data] if "uri" in data.get("artifactLocation", {}) else []
        return own + [found for each in data.values() for found in _artifacts(each)]
    return (
        [found for each in data for found in _artifacts(each)]
        if isinstance(data, list)
        else []
    )


WORKFLOW = """on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: docker/build-push-action@v6
        with: {push: true, tags: "ghcr.io/valceziere/claims:1, ghcr.io/valceziere/claims:latest"}
      - run: docker push valceziere/letters:$TAG
"""
CHART = "apiVersion: v2\nname: claims\ndependencies: [{name: web, version: 1.0.0, repository: https://a.example}]\n"
VALUES = "web:\n  ingress: {host: claims.valceziere.fr}\n"


def test_images_and_hosts_of_charts_are_offered_and_prove_no_place(tmp_path: Path) -> None:
    """Not by what is there for examples alone."""
    (tmp_path / ".git").mkdir()
    for top in ("", "examples/"):
        write(tmp_path, {
            f"{top}.github/workflows/build.yaml": WORKFLOW,
            f"{top}chart/Chart.yaml": CHART,
            f"{top}chart/values-prod.yaml": VALUES,
        })  # fmt: skip
    made = linted(Run(Request(paths=(tmp_path,), as_of=DAY)), rulebook()).offers
    assert [(each.kind.value, each.keys, each.tells) for each in made] == [
        ("image", ("ghcr.io/valceziere/claims",), False),
        ("image", ("docker.io/valceziere/letters",), False),
        ("host", ("claims.valceziere.fr",), False),
    ]
