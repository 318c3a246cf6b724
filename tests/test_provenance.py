"""What a report was made of stands in every format that has room: the oldest sources, the commit, and digests."""

from __future__ import annotations

import hashlib
import json
import subprocess
import xml.etree.ElementTree as ET
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator
from msgspec.structs import replace

from sovlint import __version__
from sovlint.cli import main
from sovlint.commands.parts import settled
from sovlint.lint import lint
from sovlint.model.findings.provenance import SourceDates
from sovlint.model.placement import Holding, Placement, Source
from sovlint.model.request import Request
from sovlint.model.value import Known, Reason, Unknown
from sovlint.report.messages import written_day
from sovlint.report.run import provenance as piece
from sovlint.stages.provenance import source_dates
from tests.git_house import git
from tests.report.readers import sarif_schema
from tests.sharing import load

ENTITIES = """\
sources:
  seat: {url: "https://example.org/a", date: 2025-03, supports: the seat, basis: read}
  held: {url: "https://example.org/b", date: "2024-06-30", supports: who holds it, basis: read}
  former: {url: "https://example.org/c", date: "2019", supports: who held it, basis: read}
  listed: {url: "https://example.org/d", date: "2025-11-01", supports: nobody has a majority, basis: read}
entities:
  acme:
    name: Acme SAS
    seat: FR
    source: seat
    owners:
      - {entity: holding, share: 100, since: "2021-01-01", source: held}
      - {entity: family, share: 100, until: "2020-12-31", source: former}
  holding: {name: Holding SA, seat: FR, source: seat, no_majority: {source: listed}}
  family: {name: The family, kind: person, seat: FR, source: former}
"""
PROVIDER = """\
id: acme
name: Acme
kind: saas
status: active
operator: acme
own_technology: {source: site}
sources:
  site: {url: "https://example.org/e", date: "2026-02-01", supports: places, basis: read}
  old: {url: "https://example.org/f", date: "2020", supports: a place, basis: read}
  unread: {url: null, date: not read, supports: a place, basis: background}
regions:
  fr-a: {country: FR, source: site}
  it-b: {country: IT, source: old}
  de-c: {country: DE, source: unread}
"""
CONFIGURATION = """\
catalog: [house]
attestations:
  - claim: {qualification: hds}
    subject: {provider: acme}
    evidence: "contract 1"
    owner: dpo
    issued: 2026-10-01
    expires: 2027-09-30
"""


def inventory(root: Path, *services: str) -> None:
    listed = "".join(
        f"  - {{id: s{number}, vendor: acme, {each}}}\n"
        for number, each in enumerate(services)
    )
    (root / "saas.yaml").write_text(f"services:\n{listed}")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A committed repository of one service, with a configuration and an overlay of its own."""
    (tmp_path / "house/providers").mkdir(parents=True)
    (tmp_path / "house/entities.yaml").write_text(ENTITIES)
    (tmp_path / "house/providers/acme.yaml").write_text(PROVIDER)
    (tmp_path / "sovlint.yaml").write_text(CONFIGURATION)
    inventory(tmp_path, "region: fr-a, data: [health]")
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "remote", "add", "origin", "https://tok:en@git.acme.fr/infra.git")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "-m", "first")
    return tmp_path


def run(root: Path, form: str, *options: str, command: str = "scan") -> str:
    arguments = [
        command,
        str(root),
        "--format",
        form,
        "--as-of",
        "2026-11-24",
        "--quiet",
        *(("--full",) if form == "text" and command == "scan" else ()),
        *options,
    ]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code in (0, 1), result.output
    return result.stdout


def provenance(root: Path, *options: str, command: str = "scan") -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run(root, "json", *options, command=command))[
        "provenance"
    ]
    return found


def sha256(text: bytes) -> str:
    return "sha256:" + hashlib.sha256(text).hexdigest()


class TestDates:
    def test_each_is_of_the_oldest_source_that_the_run_rests_on(self, root: Path) -> None:
        found = provenance(root)["catalogue"]
        assert found["version"] == load().date
        assert (found["ownership"], found["places"]) == ("2024-06-30", "2026-02-01")
        assert found["undated"] == []

    def test_of_what_is_held_it_is_that_of_the_offer_or_of_the_list(self) -> None:
        nobody = Placement.unknown(Unknown(Reason.NO_EVIDENCE))
        somewhere = replace(nobody, provider=Known("acme"))
        read = load().schemes["secnumcloud"].read
        none = Holding("secnumcloud", Known(False))
        held = Holding(
            "hds", Known(True), sources=(Source("", "2021-03 to 2021-06", "an offer"),)
        )
        for holdings, oldest in ((none,), read), ((none, held), date(2021, 6, 1)), ((), None):
            place = replace(somewhere, holdings=holdings)
            assert source_dates([place], load(), date(2026, 11, 24)).qualifications == oldest
        unknown = replace(nobody, holdings=(none, held))
        assert source_dates([unknown], load(), date(2026, 11, 24)) == SourceDates()

    def test_who_held_it_once_counts_on_a_day_of_then(self, root: Path) -> None:
        then = provenance(root, "--as-of", "2020-06-01")["catalogue"]
        assert then["ownership"] == "2019-01-01"

    def test_of_a_region_that_is_not_known_any_counts(self, root: Path) -> None:
        inventory(root, "data: [health]")
        found = provenance(root)["catalogue"]
        assert (found["places"], found["undated"]) == ("2020-01-01", ["places"])

    def test_what_was_not_judged_counts_only_where_nothing_was(self, root: Path) -> None:
        inventory(root, "region: fr-a, data: [health]", "region: it-b")
        assert provenance(root)["catalogue"]["places"] == "2026-02-01"
        inventory(root, "region: fr-a", "region: it-b")
        assert provenance(root)["catalogue"]["places"] == "2020-01-01"
        assert provenance(root, command="facts")["catalogue"]["places"] == "2020-01-01"

    def test_a_run_that_rests_on_nothing_has_none(self, tmp_path: Path) -> None:
        (tmp_path / "main.tf").write_text("locals {}\n")
        found = provenance(tmp_path, "--no-config")
        kinds = ("ownership", "qualifications", "places", "undated")
        assert [found["catalogue"][kind] for kind in kinds] == [None, None, None, []]
        assert [found[key] for key in ("commit", "clean", "repository")] == [None] * 3


class TestCommit:
    def test_with_what_changed_since(self, root: Path) -> None:
        found = provenance(root)
        assert found["tool"] == __version__
        assert found["commit"] == git(root, "rev-parse", "HEAD")
        assert found["clean"] is True
        assert found["repository"] == "https://git.acme.fr/infra.git"
        inventory(root, "region: it-b, data: [health]")
        assert provenance(root)["clean"] is False

    def test_a_report_left_in_the_repository_changes_no_later_one(self, root: Path) -> None:
        texts = []
        for _ in range(2):
            run(root, "json", "-o", str(root / "report.json"))
            texts.append((root / "report.json").read_text())
        assert texts[0] == texts[1]

    def test_against_another_revision_it_is_that_of_now(self, root: Path) -> None:
        inventory(root, "region: it-b, data: [health]")
        git(root, "commit", "--quiet", "-a", "-m", "second")
        found = provenance(root, "--diff-base", "HEAD~1")
        assert (found["commit"], found["clean"]) == (git(root, "rev-parse", "HEAD"), True)


class TestDigests:
    def test_of_one_file_it_is_the_files(self, root: Path) -> None:
        (root / "own.yaml").write_text(
            "id: house\ntitle: {en: House, fr: Maison}\npolicies:\n  - health-data-in-eea\n"
        )
        found = provenance(root, "--policy-set", str(root / "own.yaml"))["digests"]
        assert found["configuration"] == sha256((root / "sovlint.yaml").read_bytes())
        assert found["policies"] == sha256((root / "own.yaml").read_bytes())

    def test_of_several_it_is_of_what_sha256sum_prints(self, root: Path) -> None:
        printed = subprocess.run(
            "sha256sum $(git ls-files house | LC_ALL=C sort)",
            shell=True, cwd=root, check=True, capture_output=True,
        ).stdout  # fmt: skip
        assert provenance(root)["digests"]["overlays"] == sha256(printed)

    def test_of_attestations_it_is_of_the_entries_wherever_they_stand(
        self, root: Path
    ) -> None:
        entries = [{"claim": {"qualification": "hds"}, "evidence": "contract 1", "expires": "2027-09-30",
                    "issued": "2026-10-01", "owner": "dpo", "subject": {"provider": "acme"}}]  # fmt: skip
        text = json.dumps(entries, separators=(",", ":")).encode()
        assert provenance(root)["digests"]["attestations"] == sha256(text)
        (root / "sovlint.yaml").write_text(f"# moved\n\n{CONFIGURATION}")
        assert provenance(root)["digests"]["attestations"] == sha256(text)

    def test_what_there_is_none_of_has_none(self, root: Path) -> None:
        catalog = ("--catalog", str(root / "house"))
        found = provenance(root, "--no-config", *catalog)["digests"]
        assert {name for name, digest in found.items() if digest} == {"overlays"}

    def test_of_exceptions_the_baseline_is_one(self, root: Path) -> None:
        run(root, "json", "--write-baseline", str(root / "baseline.json"))
        found = provenance(root, "--baseline", str(root / "baseline.json"))["digests"]
        assert found["exceptions"] == sha256((root / "baseline.json").read_bytes())

    def test_a_configuration_that_is_a_link_is_what_it_leads_to(self, root: Path) -> None:
        (root / "sovlint.yaml").rename(root / "shared.yaml")
        (root / "sovlint.yaml").symlink_to("shared.yaml")
        found = provenance(root)["digests"]
        assert found["configuration"] == sha256((root / "shared.yaml").read_bytes())


class TestFormats:
    @pytest.mark.parametrize("command", ["scan", "facts"])
    def test_json_fits_its_schema(self, root: Path, command: str) -> None:
        printed = (
            CliRunner()
            .invoke(main, ["schema", {"scan": "report", "facts": "facts"}[command]])
            .stdout
        )
        data = json.loads(run(root, "json", command=command))
        assert [*Draft202012Validator(json.loads(printed)).iter_errors(data)] == []

    def test_sarif(self, root: Path) -> None:
        log = json.loads(run(root, "sarif"))
        assert [error.message for error in sarif_schema().iter_errors(log)] == []
        (of,) = log["runs"][0]["versionControlProvenance"]
        assert of["repositoryUri"] == "https://git.acme.fr/infra.git"
        assert of["revisionId"] == git(root, "rev-parse", "HEAD")
        assert log["runs"][0]["properties"]["provenance"] == provenance(root)

    def test_sarif_of_a_repository_that_cannot_be_named(self, root: Path) -> None:
        git(root, "remote", "set-url", "origin", "/srv/git/infra.git")
        log = json.loads(run(root, "sarif"))
        assert [error.message for error in sarif_schema().iter_errors(log)] == []
        assert "versionControlProvenance" not in log["runs"][0]
        properties = log["runs"][0]["properties"]["provenance"]
        assert (properties["commit"], properties["repository"]) == (
            git(root, "rev-parse", "HEAD"),
            None,
        )

    @pytest.mark.parametrize("form", ["github", "markdown", "gitlab-sast", "junit"])
    def test_formats_of_servers_tell_all_of_it(self, root: Path, form: str) -> None:
        text = run(root, form)
        known = provenance(root)
        assert known["digests"]["configuration"] in text
        assert known["commit"][:12] in text
        assert known["catalogue"]["ownership"] in text
        assert __version__ in text

    def test_junit_has_properties(self, root: Path) -> None:
        suite = ET.fromstring(run(root, "junit")).find("testsuite")
        assert suite is not None
        found = {each.get("name"): each.get("value") for each in suite.iter("property")}
        assert found["provenance.clean"] == "true"
        assert found["provenance.catalogue.ownership"] == "2024-06-30"

    @pytest.mark.parametrize("form", ["cyclonedx", "cyclonedx-xml"])
    def test_cyclonedx_has_properties(self, root: Path, form: str) -> None:
        text = run(root, form, command="facts")
        assert "sovlint:provenance:commit" in text
        assert git(root, "rev-parse", "HEAD") in text

    @pytest.mark.parametrize(
        ("language", "joined", "oldest"),
        [
            ("en", "; ", "oldest sources: owners 2024-06-30,"),
            ("fr", "\xa0; ", "plus anciennes sources\xa0: capital 30 juin 2024,"),
        ],
    )
    def test_text_tells_it_in_few_lines(
        self, root: Path, language: str, joined: str, oldest: str
    ) -> None:
        lines = run(root, "text", "--lang", language).splitlines()
        first = next(
            number for number, line in enumerate(lines) if line.startswith("  sovlint ")
        )
        commit = git(root, "rev-parse", "HEAD")[:12]
        catalogue = (
            load().date
            if language == "en"
            else written_day(date.fromisoformat(load().date), language)
        )
        wanted = (
            f"sovlint {__version__}, catalogue {catalogue}, commit {commit}{joined}{oldest}"
        )
        text = " ".join(
            line.strip() for line in lines[first : first + (2 if language == "en" else 3)]
        )
        assert text.startswith(wanted)
        assert text.endswith(".")

    def test_text_says_where_no_source_has_a_date(self, root: Path) -> None:
        inventory(root, "region: de-c, data: [health]")
        assert provenance(root)["catalogue"]["places"] is None
        assert "places without date." in " ".join(run(root, "text").split())
        assert "lieux sans date." in " ".join(run(root, "text", "--lang", "fr").split())

    def test_text_asks_no_git(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("subprocess.run", lambda *_, **__: pytest.fail("git was run"))
        assert "oldest sources" in run(root, "text")


def test_a_page_is_told_all_of_it_in_rows(root: Path) -> None:
    given = settled.run(Request(paths=(root,), as_of=date(2026, 11, 24)))
    report = lint(replace(given, provenance=True))
    rows = dict(piece.rows(report, "en"))
    assert rows["Tool"] == f"sovlint {__version__}"
    assert rows["Oldest source on who owns whom"] == "2024-06-30"
    assert rows["Commit"] == git(root, "rev-parse", "HEAD")
    assert rows["Working tree"] == "as in the commit"
    assert rows["Repository"] == "https://git.acme.fr/infra.git"
    assert rows["Digest: configuration"] == sha256((root / "sovlint.yaml").read_bytes())
    assert len(piece.rows(report, "fr")) == len(rows)
    assert piece.rows(replace(report, provenance=None), "en") == []
