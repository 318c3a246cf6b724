"""What waits for one contract is told once in what people read, and finding by finding in what is scripted against."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result
from msgspec.structs import replace

from sovlint.cli import main
from sovlint.model.findings.cause import Cause
from sovlint.model.findings.finding import Finding, Severity, Verdict
from sovlint.model.source import Span
from sovlint.model.value import Known, Reason, Unknown
from sovlint.report.pieces import causes, settling
from tests.report.build import finding, placement, resource, said

HDS = "health-data-on-certified-host"
CAUSE = Cause(
    "hds-contract",
    "aws",
    said("nobody shows the contract", "nul ne montre le contrat"),
    "hds",
)

BUCKET = """
resource "aws_s3_bucket" "{name}" {{
  provider = {provider}
  tags = {{ data-classification = "health" }}
}}
"""
HOUSE = """
provider "aws" {
  region = "eu-west-3"
}
provider "aws" {
  alias  = "frankfurt"
  region = "eu-central-1"
}
provider "scaleway" {
  region = "fr-par"
}
resource "scaleway_rdb_instance" "one" {
  tags = ["data-classification=health"]
}
"""


def house(folder: Path, at_aws: int) -> Path:
    """A repository with so many buckets at AWS, the last one in Frankfurt, and a database at Scaleway."""
    (folder / ".git").mkdir()
    buckets = [
        BUCKET.format(name=f"b{number}", provider="aws") for number in range(at_aws - 1)
    ]
    buckets.append(BUCKET.format(name="last", provider="aws.frankfurt"))
    (folder / "main.tf").write_text(HOUSE + "".join(buckets), encoding="utf-8")
    return folder


def scan(folder: Path, *arguments: str) -> Result:
    usual = [
        "scan",
        str(folder),
        "--as-of",
        "2026-11-25",
        "--policy-set",
        "statutory",
        "--no-config",
    ]
    return CliRunner().invoke(main, [*usual, *arguments], catch_exceptions=False)


def data(folder: Path, *arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(scan(folder, "--format", "json", *arguments).stdout)
    return found


def drafted(text: str) -> list[dict[str, Any]]:
    """The configurations that stand in a text, as YAML."""
    blocks = [
        part[part.index("attestations:") :]
        for part in text.split("\n\n")
        if "\nattestations:" in part
    ]
    return [yaml.safe_load(block) for block in blocks]


def test_json_keeps_each_finding_and_names_the_cause(tmp_path: Path) -> None:
    report = data(house(tmp_path, 5))
    found = {each["address"]: each["cause"] for each in report["findings"]}
    assert found == {
        **{
            f"aws_s3_bucket.{name}": "hds-contract:aws"
            for name in ("b0", "b1", "b2", "b3", "last")
        },
        "scaleway_rdb_instance.one": "hds-contract:scaleway/database",
    }
    assert report["summary"] == {
        "violation": 0,
        "unproven": 6,
        "compliant": 6,
        "compliant_unsourced": 0,
        "compliant_on_proof": 6,
        "compliant_on_word": 0,
        "compliant_on_weak": 0,
        "suppressed": 0,
    }


def test_text_tells_a_host_once_with_the_first_three_and_the_lines(tmp_path: Path) -> None:
    result = scan(house(tmp_path, 5), "--full")
    assert result.exit_code == 1
    assert result.stdout.count(f"unproven[{HDS}]: ") == 2, (
        "one for AWS, one for the single database at Scaleway"
    )
    assert "5 placements with Amazon Web" in result.stdout
    shown = [line for line in result.stdout.splitlines() if "aws_s3_bucket." in line]
    assert [line.split("aws_s3_bucket.")[1].split()[0] for line in shown] == [
        "b0",
        "b1",
        "b2",
    ]
    assert "and 2 more (see --format json)" in result.stdout
    assert "0 violations, 6 unproven, 6 compliant." in result.stdout
    assert [
        [each["subject"] for each in draft["attestations"]]
        for draft in drafted(result.stdout)
    ] == [
        [{"provider": "scaleway", "region": "fr-par", "services": ["database"]}],
        [
            {"provider": "aws", "region": "eu-central-1"},
            {"provider": "aws", "region": "eu-west-3"},
        ],
    ]
    assert "5 placements chez Amazon Web Services" in " ".join(
        scan(tmp_path, "--full", "--lang", "fr").stdout.split()
    )


def test_one_alone_is_told_where_it_is_with_the_lines(tmp_path: Path) -> None:
    text = scan(house(tmp_path, 1), "--full").stdout
    assert "placements with" not in text
    assert text.count("attestations:") == 2


def test_the_lines_settle_it_once_the_blanks_are_filled_and_not_before(
    tmp_path: Path,
) -> None:
    folder = house(tmp_path, 3)
    text = scan(folder, "--format", "markdown").stdout
    lines = text.split("```yaml\n")[1].split("```")[0]
    (folder / "sovlint.yaml").write_text(lines, encoding="utf-8")
    unfilled = CliRunner().invoke(main, ["scan", str(folder)])
    assert unfilled.exit_code == 2, "a blank is no day"
    dated = lines.replace("issued: ???", "issued: 2026-10-01").replace(
        "expires: ???", "expires: 2027-09-30"
    )
    (folder / "sovlint.yaml").write_text(dated, encoding="utf-8")
    assert CliRunner().invoke(main, ["scan", str(folder)]).exit_code == 2, (
        "nor is it evidence, nor an owner"
    )
    (folder / "sovlint.yaml").write_text(dated.replace("???", "contract 7"), encoding="utf-8")
    settled = [
        "scan",
        str(folder),
        "--as-of",
        "2026-11-25",
        "--policy-set",
        "statutory",
        "--format",
        "json",
    ]
    report = json.loads(CliRunner().invoke(main, settled, catch_exceptions=False).stdout)
    assert report["summary"] == {
        "violation": 0,
        "unproven": 0,
        "compliant": 8,
        "compliant_unsourced": 0,
        "compliant_on_proof": 4,
        "compliant_on_word": 4,
        "compliant_on_weak": 0,
        "suppressed": 0,
    }


def test_github_and_sarif_have_one_a_host_with_the_lines(tmp_path: Path) -> None:
    folder = house(tmp_path, 5)
    lines = scan(folder, "--format", "github").stdout.splitlines()
    waiting = [line for line in lines if HDS in line]
    assert len(waiting) == 2
    assert "subject: {provider: aws, region: eu-west-3}" in waiting[0] + waiting[1]
    run = json.loads(scan(folder, "--format", "sarif").stdout)["runs"][0]
    assert sorted(
        (each["properties"]["cause"], each["properties"]["placements"])
        for each in run["results"]
    ) == [("hds-contract:aws", 5), ("hds-contract:scaleway/database", 1)]
    assert all("\nattestations:\n" in each["message"]["text"] for each in run["results"])


def test_what_is_excused_is_not_told_with_the_rest(tmp_path: Path) -> None:
    folder = house(tmp_path, 3)
    before = {each["address"]: each["fingerprint"] for each in data(folder)["findings"]}
    assert scan(folder, "--write-baseline", str(folder / "b.json")).exit_code == 0
    with (folder / "main.tf").open("a", encoding="utf-8") as file:
        file.write(
            BUCKET.format(name="new", provider="aws")
            + BUCKET.format(name="newer", provider="aws")
        )
    report = data(folder, "--baseline", str(folder / "b.json"))
    assert {each["address"] for each in report["findings"] if not each["suppressed"]} == {
        "aws_s3_bucket.new", "aws_s3_bucket.newer",
    }  # fmt: skip
    assert (
        before.items()
        <= {each["address"]: each["fingerprint"] for each in report["findings"]}.items()
    )
    assert (
        "2 placements with Amazon Web"
        in scan(folder, "--full", "--baseline", str(folder / "b.json")).stdout
    )


# --- by hand


def waiting(name: str, **changes: Any) -> Finding:
    about = resource(f"aws_s3_bucket.{name}", "main.tf", 3)
    made = finding(
        HDS, about, placement(), said("it waits"), verdict=Verdict.UNPROVEN, cause=CAUSE
    )
    return replace(made, **changes)


def settled_by(found: list[Finding]) -> tuple[str, ...]:
    """The lines that are proposed."""
    made = settling.settling(found)
    return made.lines if made is not None else ()


def test_regions_are_those_that_may_be_each_once() -> None:
    either = Unknown(Reason.MULTI_VALUED, among=(Known("eu-west-1"), Known("eu-west-3")))
    found = [
        waiting("a", placement=placement(region="eu-west-3")),
        waiting("b", placement=placement(region=either)),
        waiting("c", placement=placement(region=Known("eu-north-1", sensitive=True))),
    ]
    assert settling.regions(found) == ["eu-west-1", "eu-west-3"]
    nowhere = Unknown(Reason.NO_EVIDENCE)
    assert (
        settled_by([waiting("a", placement=placement(region=nowhere))])[2]
        == "    subject: {provider: aws}"
    )


@pytest.mark.parametrize("region", ["no", "1e3", 'x"y', "eu: {a}", "2026-01-01"])
def test_a_code_that_yaml_would_read_otherwise_is_quoted(region: str) -> None:
    loaded = yaml.safe_load(
        "\n".join(settled_by([waiting("a", placement=placement(region=region))]))
    )
    assert loaded["attestations"][0]["subject"] == {"provider": "aws", "region": region}


def test_what_matters_less_is_said() -> None:
    (group,) = causes.grouped([waiting("a"), waiting("b", severity=Severity.WARNING)])[1]
    assert causes.headline(group, "en").endswith("(1 of them count for less than “error”)")


def test_a_cause_that_no_attestation_settles_proposes_none() -> None:
    found = replace(waiting("a"), cause=replace(CAUSE, claim=""))
    assert (settled_by([found]), causes.asked(found, "en"), causes.drafts([[found]], {})) == (
        (),
        "",
        (),
    )


CLUSTERS = settling.Settling(
    "report.settle-clusters", ("clusters:", '  - paths: ["a/**"]', "    provider: ???")
)
VARIABLE = settling.Settling(
    "report.settle-variable", ("terraform:", "  vars:", "    region: ???")
)


@pytest.mark.parametrize(
    ("draft", "keys", "left", "said_after"),
    [
        (CLUSTERS, {}, 3, "once it is known where that runs:"),
        (CLUSTERS, {"hosts": 3}, 3, "once it is known where that runs:"),
        (CLUSTERS, {"clusters": 7}, 2, "below `clusters`, which stands in line 7 already:"),
        (VARIABLE, {"terraform": 2}, 2, "below `terraform`, which stands in line 2 already:"),
        (VARIABLE, {"terraform": 2, "terraform.vars": 4}, 1, "`terraform.vars`, which stands in line 4 already:"),
        (VARIABLE, {"vars": 1}, 3, "`terraform.roots[].variants`):"),
    ],
)  # fmt: skip
def test_a_key_that_the_configuration_has_is_not_proposed_again(
    draft: settling.Settling, keys: dict[str, int], left: int, said_after: str
) -> None:
    """YAML lets no key stand twice: whoever pasted it below what ``init`` drafted could run nothing any more."""
    below = draft.below(
        {key: Span("sovlint.yaml", line, 1, line, 2) for key, line in keys.items()}
    )
    assert below.lines == draft.lines[len(draft.lines) - left :]
    assert below.said("en").startswith("in sovlint.yaml, ")
    assert below.said("en").endswith(said_after)
    assert below.said("fr").endswith(" :")
