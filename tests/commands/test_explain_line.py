"""``sovlint explain PATH:LINE``: what was made of a line, judged by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sovlint.cli import main
from tests import scratch

DAY = ("--as-of", "2026-11-24", "--no-cache")
TERRAFORM = """\
provider "aws" { region = "eu-west-2" }
provider "scaleway" { region = "fr-par" }

resource "aws_s3_bucket" "scans" {
  bucket = "scans"
  tags   = { data_class = "health" }
}

# sovlint: ignore[insured-identity-in-eea, insured-identity-under-eu-control] until=2027-01-31 reason="moves in January"
resource "aws_s3_bucket" "cards" {
  tags = { data_class = "nir" }
}

resource "scaleway_object_bucket" "fine" {
  tags = { data_class = "nir" }
}
"""
TWO = (
    "services: [{id: desk, vendor: Zendesk, data: [nir]},"
    " {id: mail, vendor: Brevo, data: [nir]}]\n"
)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, *DAY], prog_name="sovlint")


def explained(asked: str, *options: str) -> str:
    """What is said, as one line, so that no test depends on where lines break."""
    result = run("explain", asked, *options)
    assert (result.exit_code, result.stderr) == (0, "")
    return " ".join(result.stdout.split())


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with files of odd names, and the folder where one is."""
    monkeypatch.setenv("LC_ALL", "C")
    for path, text in {
        "infra/main.tf": TERRAFORM,
        "odd name/a:b.tf": TERRAFORM,
        "saas.yaml": TWO,
        "broken.tf": "resource {{\n\n",
        "main.bicep": "resource x 'y' = {}\n",
        "notes:7": "one\n",
    }.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def insurer() -> Path:
    return scratch.alone("mutuelle")


INSURER = {
    "modules/coffre/main.tf:26": (  # a module that is called twice
        "error[health-data-in-eea]: Health data at rest with Amazon Web Services",
        "module.documents.aws_s3_bucket.copie",
        "= data: health (declared)",
        "= instead: No service of the same kind",
        "module.courriers.aws_s3_bucket.copie, in infra/remboursements: no finding",
        "= data: contact (declared) = placed: at rest · aws · eu-central-1, DE",
        "Sources [1]",
    ),
    "infra/archives/main.tf:19": (  # three wait for one proof
        "unproven[health-data-on-certified-host]: Health data at rest with Outscale",
        "= waiting: 3 placements with Outscale wait for one proof: HDS",
        "--> infra/archives/main.tf:39 outscale_volume.ancien",
        "= attest: in sovlint.yaml",
        "compliant[health-data-in-eea]: Health data at rest with Outscale",
    ),
    "infra/remboursements/providers.tf:29": (  # a mark of others' findings
        "error[health-data-in-eea]: Health data at rest with Amazon Web Services",
    ),
    "sovlint.yaml:14": (  # an attestation
        "in use: sovlint.yaml:14, hds scaleway fr-par",
        "3 findings rest on it",
        "compliant[health-data-on-certified-host]: Health data at rest with Scaleway",
    ),
    "sovlint.yaml:1": (
        "Nothing is known of sovlint.yaml:1:",
        "Nearest to it in the same file: sovlint.yaml:11 k8s:",
    ),
    "infra/site-public/main.tf:1": (
        "Nothing is known of infra/site-public/main.tf:1: no resource stands there",
        "main.tf:10 aws_cloudfront_distribution.site",
    ),
    "README.md:1": ("README.md isn't read: it is none of the files that sovlint knows",),
}


@pytest.mark.parametrize("asked", INSURER)
def test_the_insurer(asked: str, insurer: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(insurer)
    said = explained(asked, "--lang", "en").replace("fixtures/mutuelle/", "")
    assert [each for each in INSURER[asked] if each not in said] == []


@pytest.mark.parametrize(
    ("asked", "said", "unsaid"),
    [
        ("infra/main.tf:4", "error[health-data-in-eea]", "insured-identity"),
        ("infra\\main.tf:5:12", "aws_s3_bucket.scans", "cards"),
        ("infra/main.tf:5:400", "aws_s3_bucket.scans", "cards"),
        ("odd name/a:b.tf:4", "--> odd name/a:b.tf:4:1", "infra/main.tf"),
        ("infra/main.tf:9", "in use: infra/main.tf:9", "scans"),
        (
            "infra/main.tf:10",
            "excused at infra/main.tf:9, until 2027-01-31: moves in January",
            "= help",
        ),
        ("infra/main.tf:15", "compliant[insured-identity-in-eea]", "error"),
        ("infra/main.tf:8", "infra/main.tf:9, for insured-identity", "isn't read"),
        ("saas.yaml:1", "saas:mail", "isn't read"),
        ("saas.yaml:1:20", "saas:desk", "saas:mail"),
        ("main.bicep:1", "main.bicep is Bicep", "left out"),
        ("broken.tf:2", "broken.tf:1 ", "isn't read"),
        ("notes:7:1", "notes:7 isn't read", "infra"),
    ],
)
def test_a_line_by_whatever_name(
    repository: Path, asked: str, said: str, unsaid: str
) -> None:
    found = explained(asked)
    assert said in found
    assert unsaid not in found


def test_a_path_as_a_scan_writes_it_from_a_folder_below(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(repository / "infra")
    assert explained("infra/main.tf:4") == explained("main.tf:4") != ""


def test_it_is_judged_as_a_scan_judges(repository: Path) -> None:
    (repository / "odd name/a:b.tf").unlink()
    block = run("explain", "infra/main.tf:4").stdout.partition("\n\nSources")[0]
    assert block in run("scan", "--full").stdout
    assert "= help" in explained("infra/main.tf:10", "--no-inline-ignores")


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ("none.tf:3", "There is no file `none.tf`."),
        ("saas.yaml", "hint: Give a line of the file: `saas.yaml:1`."),
        ("infra:3", "There is no file `infra`."),
        ("C:\\x\\main.tf:3:4", "There is no file `C:\\x\\main.tf`."),
        (
            "infra/main.tf:17",
            "`infra/main.tf` has no line 17.\nhint: Its lines go from 1 to 16.",
        ),
        ("infra/main.tf:0", "`infra/main.tf` has no line 0."),
    ],
)
def test_what_is_not_there(repository: Path, asked: str, message: str) -> None:
    result = run("explain", asked)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr
    assert "hint: " in result.stderr


def test_french_in_eighty_columns(repository: Path) -> None:
    text = run("explain", "infra/main.tf:4", "--lang", "fr").stdout
    assert "erreur[health-data-in-eea] : Données de santé au repos" in " ".join(text.split())
    assert [line for line in text.splitlines() if len(line) > 80 and "http" not in line] == []
    assert "Rien n'est connu de infra/main.tf:3" in explained(
        "infra/main.tf:3", "--lang", "fr"
    )
