"""Sixty placements, EEA and foreign in pairs of equal evidence, judged by hand: nothing leans.

``placements.csv`` has a row for each. ``company`` is seated in France, or in the United States; ``evidence`` is what is
known of its owners and its host; ``region`` is where it is, and whether a source was read for that. A verdict has the
basis that is told beside it.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from sovlint.cli import main
from tests.scratch import write

READ = "{url: null, date: '2026-11-01', supports: s, basis: read}"
HEARD = "{url: null, date: '2026-11-01', supports: s, basis: background}"
POLICIES = {
    "area": "health-data-in-eea",
    "control": "health-data-under-eu-control",
    "hds": "health-data-on-certified-host",
}
SEATS = {"eea": "FR", "foreign": "US"}
COMPANIES = {
    "dispersed": "{{name: {name}, seat: {seat}, source: read, no_majority: {{source: read}}}}",
    "owned": (
        "{{name: {name}, seat: {seat}, source: read,"
        " owners: [{{entity: read-{company}, majority: true, source: read}}]}}"
    ),
    "owner-heard": (
        "{{name: {name}, seat: {seat}, source: read,"
        " owners: [{{entity: heard-{company}, majority: true, source: read}}]}}"
    ),
    "owners-unfound": "{{name: {name}, seat: {seat}, source: read, owners: null}}",
    "all-heard": "{{name: {name}, seat: {seat}, source: heard, no_majority: {{source: heard}}}}",
}
HOSTS = {
    "on-eea-cloud": "runs_on: [{provider: eea-dispersed, source: read}]",
    "on-foreign-cloud": "runs_on: [{provider: foreign-dispersed, source: read}]",
    "host-unfound": "runs_on: null",
}
PROVIDER = """
id: {name}
name: {name}
kind: iaas
status: active
operator: {operator}
{runs_on}
sources: {{read: {read}, heard: {heard}}}
regions:
  in-read: {{country: FR, source: read}}
  in-heard: {{country: FR, source: heard}}
  out-read: {{country: US, source: read}}
  out-heard: {{country: US, source: heard}}
"""
ATTESTED = """
  - claim: {{qualification: hds}}
    subject: {{provider: {provider}, region: {region}, addresses: ["saas:{service}"]}}
    evidence: contract 7
    owner: dpo
    issued: 2026-10-01
    expires: 2027-06-01
"""

with (Path(__file__).parent / "placements.csv").open(encoding="utf-8") as _file:
    ROWS = list(csv.DictReader(_file))

Row = dict[str, str]


def name(row: Row) -> str:
    return "-".join(
        filter(None, (row["company"], row["evidence"], row["region"], row["attested"]))
    )


def companies() -> str:
    owners = (
        f"  {basis}-{company}: {{name: {basis} {company}, seat: {seat}, kind: person, source: {basis}}}"
        for basis in ("read", "heard")
        for company, seat in SEATS.items()
    )
    listed = (
        f"  {company}-{evidence}-co: "
        + form.format(
            name=f"{company} {evidence} company", company=company, seat=SEATS[company]
        )
        for company in SEATS
        for evidence, form in COMPANIES.items()
    )
    head = f"sources: {{read: {READ}, heard: {HEARD}}}\nentities:\n"
    return head + "\n".join((*owners, *listed)) + "\n"


def provider(company: str, evidence: str) -> str:
    run_by = evidence if evidence in COMPANIES else "dispersed"
    return PROVIDER.format(
        name=f"{company}-{evidence}",
        operator=f"{company}-{run_by}-co",
        runs_on=HOSTS.get(evidence, ""),
        read=READ,
        heard=HEARD,
    )


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Row]:
    """All sixty, by one scan: the cells of the table that are judged."""
    house = tmp_path_factory.mktemp("even-handed")
    (house / ".git").mkdir()
    services, attested = [], []
    for row in ROWS:
        at = f"{row['company']}-{row['evidence']}"
        where = "" if row["region"] == "none" else f", region: {row['region']}"
        services.append(f"  - {{id: {name(row)}, vendor: {at}{where}, data: [health]}}")
        if row["attested"]:
            attested.append(
                ATTESTED.format(provider=at, region=row["region"], service=name(row))
            )
    providers = {(row["company"], row["evidence"]) for row in ROWS}
    write(
        house,
        {
            **{f"own/providers/{'-'.join(pair)}.yaml": provider(*pair) for pair in providers},
            "own/entities.yaml": companies(),
            "saas.yaml": "services:\n" + "\n".join(services) + "\n",
            "sovlint.yaml": "catalog: [own]\nattestations:" + "".join(attested),
        },
    )
    options = ["--format", "json", "--as-of", "2026-11-24", "--show", "compliant"]
    result = CliRunner().invoke(main, ["scan", str(house), *options])
    assert result.exit_code == 1, result.output
    report = json.loads(result.stdout)
    found: dict[str, Row] = {}
    for each in report["findings"]:
        for cell, policy in POLICIES.items():
            if each["policy"] == policy:
                said = " ".join(filter(None, (each["verdict"], each["basis"])))
                found.setdefault(each["address"].removeprefix("saas:"), {})[cell] = said
    return found


def test_there_are_sixty_in_pairs() -> None:
    assert len(ROWS) == len({name(row) for row in ROWS}) == 60
    pairs = {name({**row, "company": ""}) for row in ROWS}
    assert len(pairs) == 30


def test_each_is_judged_as_by_hand(judged: dict[str, Row]) -> None:
    by_hand = {name(row): {cell: row[cell] for cell in POLICIES} for row in ROWS}
    assert judged == by_hand


MILDEST_FIRST = ("compliant", "unproven", "violation")


def test_equal_evidence_is_judged_alike(judged: dict[str, Row]) -> None:
    """Where it is and what it holds don't depend on whose it is; who can compel it does, and a foreign company is
    never judged more mildly by that."""
    for row in (row for row in ROWS if row["company"] == "eea"):
        own, other = judged[name(row)], judged[name({**row, "company": "foreign"})]
        assert (own["area"], own["hds"]) == (other["area"], other["hds"]), name(row)
        mild, grave = (
            MILDEST_FIRST.index(each["control"].split()[0]) for each in (own, other)
        )
        assert mild <= grave, name(row)


def test_no_source_less_makes_a_verdict_better(judged: dict[str, Row]) -> None:
    """What was only heard is never judged better than what was read."""
    for row in (
        row for row in ROWS if row["region"].endswith("-read") and not row["attested"]
    ):
        heard = name({**row, "region": row["region"].replace("read", "heard")})
        if heard in judged:
            for cell in POLICIES:
                read, less = judged[name(row)][cell], judged[heard][cell]
                assert read.split()[0] == less.split()[0], heard
                assert (read, less) != ("compliant background", "compliant sourced"), heard
