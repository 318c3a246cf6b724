"""Attestations for companies that the catalogue doesn't have: about the one that is named, and nobody else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sovlint.configuration.read_config import examine
from tests.exceptions.house import repository, scan

CONTROL, AREA, HDS, SNC = (
    "health-data-under-eu-control",
    "health-data-in-eea",
    "health-data-on-certified-host",
    "health-data-on-qualified-service",
)

SERVICES = """
services:
  - {id: quais, vendor: "Réseau Optique des Quais S.A.S.", data: [health]}
  - {id: other, vendor: Réseau Optique, data: [health]}
  - {id: parent, vendor: Lens House, data: [health], facts: {parent: {seat: US}}}
  - {id: placed, vendor: Placed House, data: [health], facts: {country: FR}}
  - {id: abroad, vendor: Abroad House, data: [health], facts: {country: US}}
  - {id: nowhere, vendor: Nowhere House, data: [health]}
  - {id: known, vendor: docaposte, data: [health], facts: {country: FR}}
  - {id: unsaid, vendor: scaleway, region: fr-par, data: [health]}
"""


def attest(claim: str, vendor: str) -> str:
    return (
        f"  - {{claim: {claim}, subject: {{vendor: {vendor}}}, evidence: 'register of 2026-10-01',"
        " owner: dpo, issued: 2026-10-01, expires: 2027-03-31}\n"
    )


ATTESTED = "attestations:\n" + "".join(
    (
        attest("{control: [FR]}", "reseau optique des quais SAS"),
        attest("{country: FR}", "Réseau Optique des Quais SAS"),
        attest("{qualification: hds}", "Réseau Optique des Quais SAS"),
        attest("{qualification: secnumcloud}", "Réseau Optique des Quais SAS"),
        attest("{control: [FR]}", "Lens House"),
        attest("{qualification: hds}", "Placed House"),
        attest("{qualification: hds}", "Abroad House"),
        attest("{qualification: hds}", "Nowhere House"),
        attest("{qualification: hds}", "Docaposte"),
        attest("{qualification: hds}", "Scaleway"),
    )
)


def report(folder: Path, services: str, rules: str = ATTESTED) -> dict[str, Any]:
    files = {"saas.yaml": services, "sovlint.yaml": rules}
    return scan(
        repository(folder, files), "--show", "compliant", "--policy-set", "sovereign-health"
    )


def test_it_counts_for_the_company_that_is_named_alone(tmp_path: Path) -> None:
    found = report(tmp_path, SERVICES)
    verdicts = {
        (each["address"].removeprefix("saas:"), each["policy"]): each["verdict"]
        for each in found["findings"]
    }
    expected = {
        ("quais", CONTROL): "compliant",
        ("quais", AREA): "compliant",
        ("quais", HDS): "compliant",
        ("quais", SNC): "unproven",  # the list is complete, and lacks it
        ("other", CONTROL): "unproven",
        ("other", AREA): "unproven",
        ("other", HDS): "unproven",
        ("parent", CONTROL): "violation",
        ("placed", HDS): "compliant",
        ("abroad", HDS): "violation",  # outside the EEA it never holds
        ("nowhere", HDS): "unproven",
        ("known", HDS): "compliant",  # the catalogue has the company by now
        ("unsaid", HDS): "unproven",  # which of its services that is, nobody says
    }
    assert {key: verdicts.get(key) for key in expected} == expected
    states = {each["claim"]: each["state"] for each in found["attestations"]}
    assert states["hds Réseau Optique des Quais SAS"] == "used"
    assert states["secnumcloud Réseau Optique des Quais SAS"] == "unused"
    assert states["hds docaposte"] == "used"


def test_a_vendor_and_a_provider_are_not_said_together(tmp_path: Path) -> None:
    rules = ATTESTED.replace("{vendor: Lens House}", "{vendor: Lens House, provider: aws}")
    root = repository(tmp_path, {"sovlint.yaml": rules})
    _, problems = examine(root / "sovlint.yaml", root)
    assert ["not both" in str(problem) for problem in problems] == [True]
    assert "sovlint.yaml:6:" in str(problems[0])


def test_a_longer_name_of_a_known_company_clears_nothing(tmp_path: Path) -> None:
    names = (
        "AWS France",
        "Google Cloud France SARL",
        "Amazon-Web-Services",
        "Scaleway Santé",
    )
    listed = "".join(
        f"  - {{id: v{number}, vendor: {name}, data: [health]}}\n"
        for number, name in enumerate(names)
    )
    rules = "attestations:\n" + "".join(
        attest(claim, name)
        for name in names
        for claim in ("{control: [FR]}", "{country: FR}")
    )
    found = report(tmp_path, f"services:\n{listed}", rules)
    assert {
        each["address"]: each["verdict"]
        for each in found["findings"]
        if each["policy"] == CONTROL
    } == {
        "saas:v0": "unproven",
        "saas:v1": "unproven",
        "saas:v2": "violation",  # that is AWS
        "saas:v3": "compliant",  # whom only France can compel, as is claimed
    }


LONGER = {
    # known by that name, in any spelling
    "OVH US": "violation",
    "OVH-US": "violation",
    "O.V.H. US": "violation",
    # another of the group is out of reach of what is attested, or the name itself says where it sits
    "OVHcloud USA": "unproven",
    "OVH Toulouse": "unproven",
    "Scaleway US": "unproven",
    "Scaleway Canada": "unproven",
    "Scaleway United Kingdom": "unproven",
    "Scaleway UK": "unproven",
    "Deezer & Co": "compliant",
    "Scaleway Co": "compliant",
    "Scaleway France": "compliant",
}


def test_an_attestation_clears_no_state_that_the_group_or_the_name_tells(
    tmp_path: Path,
) -> None:
    listed = "".join(
        f"  - {{id: v{number}, vendor: {name}, data: [health]}}\n"
        for number, name in enumerate(LONGER)
    )
    rules = "attestations:\n" + "".join(
        attest(claim, name)
        for name in LONGER
        for claim in ("{control: [FR]}", "{country: FR}")
    )
    found = report(tmp_path, f"services:\n{listed}", rules)
    verdicts = {
        each["address"]: each["verdict"]
        for each in found["findings"]
        if each["policy"] == CONTROL
    }
    assert verdicts == {
        f"saas:v{number}": verdict for number, verdict in enumerate(LONGER.values())
    }
    why = next(
        each["message"]
        for each in found["findings"]
        if each["address"] == "saas:v3" and each["policy"] == CONTROL
    )
    assert "called after OVHcloud" in why
    assert "United States" in why


def test_an_attestation_of_somebody_else_is_not_named_at_a_vendor_that_is_unlisted(
    tmp_path: Path,
) -> None:
    rules = "attestations:\n" + attest("{qualification: hds}", "Scaleway").replace(
        "vendor", "provider"
    )
    found = report(tmp_path, SERVICES, rules.replace("owner: dpo", "owner: somebody else"))
    said = {
        each["address"]: each["message"]
        for each in found["findings"]
        if each["policy"] == HDS
    }
    assert "somebody else" not in said["saas:quais"]
    anybody = rules.replace("{provider: Scaleway}", "{paths: ['**']}")
    found = report(tmp_path, SERVICES, anybody)
    said = {
        each["address"]: each["message"]
        for each in found["findings"]
        if each["policy"] == HDS
    }
    assert "the attestation of dpo doesn't apply until it is" in said["saas:quais"]
