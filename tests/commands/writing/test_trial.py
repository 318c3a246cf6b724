"""What an attestation would fill, tried before it is written: what can't count is told."""

from __future__ import annotations

from datetime import date

import pytest

from sovlint.catalog.load import load
from sovlint.commands.writing.trial import of_no_use
from sovlint.model.attestation import Attestation
from sovlint.model.source import Span
from sovlint.report.messages import say

DAY = date(2026, 12, 15)
ROWS = {
    # claim, subject -> what is said; nothing where it may fill something
    "control FR": {
        "aws": "no attestation takes one away: United States",
        "doctolib": "France, United States",
        "scaleway": "shows it of Scaleway already",
        "?Nobody SA": "",
        "?OVHcloud USA": "called after OVHcloud",
        "?AWS France": "called after Amazon Web Services",
        "?Scaleway Santé": "",
    },
    "control FR,US": {
        "?OVHcloud USA": "",
        "aws": "states that can compel Amazon Web Services",
    },
    "country FR": {
        "aws us-east-1": "us-east-1 is in United States",
        "aws": "",
        "scaleway fr-par": "shows it of Scaleway already",
        "doctolib": "",
    },
    "hds": {
        "aws us-east-1": "inside the European Economic Area alone",
        "outscale us-east-2": "inside the European Economic Area alone",
        "ovhcloud BHS": "inside the European Economic Area alone",
        "scaleway fr-par": "",
        "scaleway": "",
        "doctolib": "",
        "?Nobody SA": "",
    },
    "secnumcloud": {
        "aws": "none of its offers is in the list",
        "scaleway fr-par": "none of its offers is in the list",
        "?Nobody SA": "none of its offers is in the list",
    },
    "iso-27001": {"scaleway": ""},
}


def attestation(claim: str, subject: str) -> Attestation:
    kind, _, value = claim.partition(" ")
    name, _, region = subject.partition(" ")
    vendor = subject[1:] if subject.startswith("?") else None
    return Attestation(
        qualification="" if value else kind,
        country=value if kind == "country" else None,
        control=tuple(value.split(",")) if kind == "control" else (),
        provider=None if vendor else name,
        vendor=vendor,
        region=None if vendor else region or None,
        evidence="contract 7",
        matches_address=None,
        matches_path=None,
        owner="dpo",
        issued=date(2026, 12, 1),
        expires=date(2027, 3, 1),
        where=Span("sovlint.yaml", 1, 1, 1, 1),
    )


@pytest.mark.parametrize("claim", ROWS)
def test_what_cannot_count_is_told(claim: str) -> None:
    catalog = load()
    for subject, expected in ROWS[claim].items():
        why = of_no_use(attestation(claim, subject), catalog, DAY)
        said = "" if why is None else say(why, "en")
        assert (bool(said), expected in said) == (bool(expected), True), (subject, said)
