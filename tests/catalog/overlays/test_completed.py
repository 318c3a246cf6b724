"""An overlay says what is otherwise, and what it leaves out stays as it ships: by offer, and key by key of a provider."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from sovlint.catalog.load import Catalog, load, overlay_problems
from sovlint.model.findings.own_rules import RuleDetail
from tests.catalog.house import SOURCES, folder, provider
from tests.exceptions.house import repository, scan

DAY = date(2026, 12, 15)
OUTSCALE = "IaaS Cloud on Demand"
RENEWED = f"""
offers:
  - {{provider: outscale, offer: {OUTSCALE}, until: 2029-11-30, source: annual, replaces: true}}
{SOURCES}"""
OWN = f"""
offers:
  - provider: casa
    offer: Hosting of health data
    version: v2
    since: 2026-01-10
    until: 2029-01-09
    regions: [fr-one]
    services: ["*"]
    requires: {{en: the health contract, fr: le contrat santé}}
    confidence: high
    source: annual
{SOURCES}"""


def offers(catalog: Catalog, scheme: str, name: str) -> list[Any]:
    return list(catalog.schemes[scheme].offers.get(name, ()))


def test_a_renewal_is_a_line_and_the_other_offers_stay(tmp_path: Path) -> None:
    own = folder(tmp_path, qualifications__secnumcloud=RENEWED)
    messages = [each.message for each in overlay_problems([own])]
    assert [each.partition(": ")[2] for each in messages] == [
        f"`schemes/secnumcloud/outscale/{OUTSCALE}` changes `until` (2026-11-30 → 2029-11-30), which decides who can "
        "compel or where data is: `--trust-overlay` is missing."
    ]
    before, after = load(), load([own], trusted=True)
    was = {each.offer: each for each in offers(before, "secnumcloud", "outscale")}
    now = {each.offer: each for each in offers(after, "secnumcloud", "outscale")}
    assert now.keys() == was.keys()
    assert (was[OUTSCALE].until, now[OUTSCALE].until) == (
        date(2026, 11, 30),
        date(2029, 11, 30),
    )
    assert now[OUTSCALE].services == was[OUTSCALE].services
    assert now[OUTSCALE].note is None
    assert now[OUTSCALE].source.overlay.endswith("/qualifications/secnumcloud.yaml")
    assert after.schemes["secnumcloud"].title == before.schemes["secnumcloud"].title
    assert offers(after, "secnumcloud", "ovhcloud") == offers(
        before, "secnumcloud", "ovhcloud"
    )
    (rule,) = after.laid_over
    assert rule.names == (f"schemes/secnumcloud/outscale/{OUTSCALE}",)
    assert rule.details == (
        RuleDetail(
            f"schemes/secnumcloud/outscale/{OUTSCALE}.until", "2026-11-30", "2029-11-30"
        ),
        *rule.details[1:],
    )


def test_an_offer_that_ships_must_be_said_to_be_replaced(tmp_path: Path) -> None:
    text = RENEWED.replace(", replaces: true", "")
    own = folder(tmp_path, qualifications__secnumcloud=text)
    (problem,) = overlay_problems([own], trusted=True)
    assert f"`schemes/secnumcloud/outscale/{OUTSCALE}` ships too" in problem.message


def test_an_offer_names_its_own_source(tmp_path: Path) -> None:
    text = RENEWED.replace(", source: annual", "")
    own = folder(tmp_path, qualifications__secnumcloud=text)
    (problem,) = overlay_problems([own], trusted=True)
    assert "`source`" in problem.message


def test_an_offer_that_nobody_ships_takes_trust_and_replaces_nothing(tmp_path: Path) -> None:
    own = folder(tmp_path, providers__casa=provider(), qualifications__hds=OWN)
    assert all("`--trust-overlay`" in each.message for each in overlay_problems([own]))
    catalog = load([own], trusted=True)
    (offer,) = offers(catalog, "hds", "casa")
    assert offer.until == date(2029, 1, 9)
    vain = OWN.replace("confidence: high", "confidence: high\n    replaces: true")
    own = folder(tmp_path / "b", providers__casa=provider(), qualifications__hds=vain)
    assert [each.message.partition(": ")[2] for each in overlay_problems([own], True)] == [
        "`replaces: true`, but nothing that ships is replaced here."
    ]


def test_a_provider_is_mended_key_by_key(tmp_path: Path) -> None:
    text = f"replaces: true\naliases: [Casa du Nord]\nregions: {{own-1: {{country: FR, source: annual}}}}\n{SOURCES}"
    own = folder(tmp_path, providers__hetzner=text)
    name, place = overlay_problems([own])
    assert "changes `aliases`" in name.message
    assert "changes `regions.own-1`" in place.message
    was, now = load().providers["hetzner"], load([own], trusted=True).providers["hetzner"]
    assert now.name == was.name
    assert now.aliases == ("Casa du Nord",)
    assert now.regions.keys() == {*was.regions, "own-1"}
    assert [each.overlay.rpartition("/")[2] for each in now.sources[:2]] == [
        "hetzner.yaml",
        "hetzner.yaml",
    ]
    assert now.sources[2:] == was.sources


def test_a_type_is_added_to_a_plug_in_and_the_others_stay(tmp_path: Path) -> None:
    shipped = load()
    undecided = shipped.written["plugins"]["hashicorp/aws"]["undecided"][0]
    text = (
        "id: hashicorp/aws\nreplaces: true\nsource: annual\n"
        f"types: {{{undecided}: {{role: at-rest, service: s3}}}}\n{SOURCES}"
    )
    own = folder(tmp_path, plugins__aws=text)
    problems = [each.message for each in overlay_problems([own])]
    assert problems  # that something carries no data would hide it
    assert all("`--trust-overlay` is missing" in each for each in problems)
    found = load([own], trusted=True)
    decided = found.type_entry("hashicorp/aws", undecided)
    assert decided is not None
    assert [rule.role for rule in decided.rules] == ["at-rest"]
    for name in ("aws_s3_bucket", "aws_instance"):
        assert found.type_entry("hashicorp/aws", name) == shipped.type_entry(
            "hashicorp/aws", name
        )


def test_a_file_needs_only_the_section_that_it_is_about(tmp_path: Path) -> None:
    text = f"not_placements: [{{host: docs.casa-cloud.eu, source: annual}}]\n{SOURCES}"
    assert not list(overlay_problems([folder(tmp_path, endpoints=text)]))


def test_later_overlays_build_on_earlier_ones(tmp_path: Path) -> None:
    one = folder(
        tmp_path / "one", providers__hetzner=f"replaces: true\nname: Casa\n{SOURCES}"
    )
    two = folder(
        tmp_path / "two", providers__hetzner=f"replaces: true\naliases: [Villa]\n{SOURCES}"
    )
    found = load([one, two], trusted=True).providers["hetzner"]
    assert (found.name, found.aliases) == ("Casa", ("Villa",))


def test_a_finding_that_rests_on_an_overlay_says_so(tmp_path: Path) -> None:
    files = {
        "main.tf": 'provider "outscale" {\n  region = "cloudgouv-eu-west-1"\n}\n'
        'resource "outscale_vm" "v" {\n  image_id = "x"\n  tags {\n    key = "data_class"\n    value = "health"\n  }\n}\n',
        "own/qualifications/secnumcloud.yaml": RENEWED,
        "sovlint.yaml": "catalog: [own]\n",
    }
    root = repository(tmp_path, files)
    asked = ("--show", "compliant", "--as-of", DAY.isoformat(), "--trust-overlay")
    found = scan(root, *asked)["findings"]
    resting = {
        source["overlay"]
        for each in found
        if each["policy"] == "health-data-on-qualified-service"
        for source in each["sources"]
    }
    assert "own/qualifications/secnumcloud.yaml" in resting, json.dumps(found)[:2000]
