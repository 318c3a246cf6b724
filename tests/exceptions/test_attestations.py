"""Attestations weighed and audited: evidence, approvers, dates, and what rests on them."""

from __future__ import annotations

import hashlib
import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from sovlint.cli import main
from sovlint.exceptions.attestations import weighed
from sovlint.files.repository import Repository
from sovlint.model.attestation import Attestation, Proof
from sovlint.model.source import Span
from sovlint.report import REPORTS
from tests.scratch import write

DAY = date(2026, 11, 25)
DOCUMENT = "annex 3: HDS option ordered\n"
DIGEST = hashlib.sha256(DOCUMENT.encode()).hexdigest()
WHERE = Span("sovlint.yaml", 2, 5, 8, 1)
SOUND = Attestation(
    "hds", "scaleway", "fr-par", "annex 3", matches_address=None, matches_path=None, owner="dpo",
    issued=date(2026, 10, 1), expires=date(2027, 9, 30), where=WHERE,
)  # fmt: skip
MAIN = """\
provider "scaleway" {
  region = "fr-par"
}
resource "scaleway_rdb_instance" "claims" {
  tags = ["data-classification=health"]
}
"""


def conf(
    evidence: str, issued: str = "2026-10-01", expires: str = "2027-09-30", more: str = ""
) -> str:
    return (
        "attestations:\n  - claim: {qualification: hds}\n"
        "    subject: {provider: scaleway, region: fr-par, services: [database]}\n"
        f"    evidence: {evidence}\n    owner: dpo\n    issued: {issued}\n    expires: {expires}\n{more}"
    )


def scan(folder: Path, *options: str) -> dict[str, Any]:
    result = CliRunner().invoke(
        main,
        [
            "scan",
            str(folder),
            "--format",
            "json",
            "--as-of",
            str(DAY),
            "--show",
            "compliant",
            *options,
        ],
    )
    assert result.exit_code in (0, 1), result.output
    report: dict[str, Any] = json.loads(result.stdout)
    return report


def hds(report: dict[str, Any]) -> dict[str, Any]:
    (found,) = (
        one for one in report["findings"] if one["policy"] == "health-data-on-certified-host"
    )
    return dict(found)


@pytest.fixture
def house(tmp_path: Path) -> Path:
    folder = tmp_path / "house"
    write(folder, {"main.tf": MAIN, "annex.txt": DOCUMENT})
    (folder / ".git").mkdir()
    return folder


class TestEvidence:
    """A file is the evidence only while it is the one that was read."""

    @pytest.mark.parametrize("digest", [DIGEST, DIGEST.upper()])
    def test_the_document_that_was_read_counts(self, house: Path, digest: str) -> None:
        write(house, {"sovlint.yaml": conf(f"{{path: annex.txt, sha256: {digest}}}")})
        report = scan(house)
        assert hds(report)["verdict"] == "compliant"
        (attestation,) = report["attestations"]
        assert (attestation["state"], attestation["checked"], attestation["note"]) == (
            "used",
            True,
            None,
        )
        assert (attestation["owner"], attestation["until"]) == ("dpo", "2027-09-30")
        assert [one["policy"] for one in attestation["turned"]] == [
            "health-data-on-certified-host"
        ]

    def test_another_document_does_not(self, house: Path) -> None:
        write(
            house,
            {
                "annex.txt": DOCUMENT + " ",
                "sovlint.yaml": conf(f"{{path: annex.txt, sha256: {DIGEST}}}"),
            },
        )
        report = scan(house)
        assert hds(report)["verdict"] == "unproven"
        found = hashlib.sha256((DOCUMENT + " ").encode()).hexdigest()
        assert DIGEST in hds(report)["message"]
        assert found in hds(report)["message"]
        (told,) = (
            one for one in report["findings"] if one["policy"] == "attestation-in-order"
        )
        assert (told["path"], told["line"], told["severity"]) == (
            "sovlint.yaml",
            2,
            "warning",
        )
        assert DIGEST in told["message"]
        assert found in told["message"]
        (attestation,) = report["attestations"]
        assert (attestation["state"], attestation["turned"]) == ("invalid", [])

    def test_a_binary_document_is_read_as_bytes(self, house: Path) -> None:
        data = b"%PDF-1.7\0\xff\xfe"
        (house / "annex.pdf").write_bytes(data)
        write(
            house,
            {
                "sovlint.yaml": conf(
                    f"{{path: annex.pdf, sha256: {hashlib.sha256(data).hexdigest()}}}"
                )
            },
        )
        assert hds(scan(house))["verdict"] == "compliant"

    def test_a_byte_order_mark_belongs_to_the_document(self, house: Path) -> None:
        data = b"\xef\xbb\xbf" + DOCUMENT.encode()
        (house / "annex.txt").write_bytes(data)
        repository = Repository(house)
        assert repository.digest("annex.txt") == hashlib.sha256(data).hexdigest()

    def test_without_a_digest_it_does_not_count_and_the_one_to_add_is_told(
        self, house: Path
    ) -> None:
        write(house, {"sovlint.yaml": conf("{path: annex.txt}")})
        report = scan(house)
        assert hds(report)["verdict"] == "unproven"
        assert f"add sha256: {DIGEST}" in hds(report)["message"]

    @pytest.mark.parametrize(
        ("path", "said"),
        [
            ("absent.txt", "can't be checked"),
            ("../secret.txt", "can't be checked"),
            ("link.txt", "can't be checked"),
            ("folder", "can't be checked"),
            ("loop", "can't be checked"),
            (".git/HEAD", "can't be checked"),
            ("pipe", "can't be checked"),
            ("huge.bin", "can't be checked"),
            ('"annex.txt\\0.png"', "can't be checked"),
            (".", "can't be checked"),
        ],
    )
    def test_what_is_no_file_of_the_repository_does_not_count(
        self, house: Path, path: str, said: str
    ) -> None:
        (house.parent / "secret.txt").write_text(DOCUMENT, "utf-8")
        (house / "link.txt").symlink_to(house.parent / "secret.txt")
        (house / "loop").symlink_to("loop")
        (house / "folder").mkdir()
        (house / ".git" / "HEAD").write_text(DOCUMENT, "utf-8")
        os.mkfifo(house / "pipe")
        with (house / "huge.bin").open("wb") as stream:
            stream.truncate(33 << 20)
        write(house, {"sovlint.yaml": conf(f"{{path: {path}, sha256: {DIGEST}}}")})
        report = scan(house)
        assert hds(report)["verdict"] == "unproven"
        assert said in hds(report)["message"]
        checked = CliRunner().invoke(main, ["check", "--config", str(house / "sovlint.yaml")])
        assert checked.exit_code == 2, checked.output

    def test_a_document_kept_elsewhere_is_believed_and_not_called_checked(
        self, house: Path
    ) -> None:
        write(house, {"sovlint.yaml": conf(f"{{reference: vault 7, sha256: {DIGEST}}}")})
        report = scan(house)
        assert hds(report)["verdict"] == "compliant"
        (attestation,) = report["attestations"]
        assert (attestation["checked"], attestation["sha256"]) == (False, DIGEST)

    @pytest.mark.parametrize(
        "evidence",
        [
            "{path: annex.txt, sha256: xyz}",
            "{sha256: " + DIGEST + "}",
            "{path: a, digest: b}",
            "[a]",
            "{}",
        ],
    )
    def test_what_is_no_evidence_is_an_error(self, house: Path, evidence: str) -> None:
        write(house, {"sovlint.yaml": conf(evidence)})
        result = CliRunner().invoke(main, ["scan", str(house)])
        assert result.exit_code == 2
        assert "sovlint.yaml:4:" in result.output


class TestPeopleAndDates:
    """Whoever approves isn't the owner; it counts from the day that it is issued, and not for ever."""

    def test_an_owner_does_not_approve(self) -> None:
        (found,) = weighed([replace(SOUND, approver=" DPO")], refuse, {}, DAY)
        assert found.fault is not None
        assert found.fault.key == "exceptions.approves-itself"
        assert weighed([replace(SOUND, approver="ciso")], refuse, {}, DAY)[0].fault is None

    def test_one_of_tomorrow_does_not_count_today(self) -> None:
        (found,) = weighed([replace(SOUND, issued=date(2026, 11, 26))], refuse, {}, DAY)
        assert found.fault is not None
        assert found.fault.key == "exceptions.not-yet"
        assert weighed([replace(SOUND, issued=DAY)], refuse, {}, DAY)[0].fault is None

    @pytest.mark.parametrize(
        ("issued", "expires", "until", "written"),
        [
            (date(2026, 10, 1), date(2027, 10, 1), date(2027, 10, 1), None),
            (date(2026, 10, 1), date(2027, 10, 2), date(2027, 10, 1), date(2027, 10, 2)),
            (date(2024, 2, 29), date(2026, 1, 1), date(2025, 2, 28), date(2026, 1, 1)),
            (date(9999, 6, 1), date(9999, 12, 31), date(9999, 12, 31), None),
        ],
    )
    def test_it_counts_for_twelve_months(
        self, issued: date, expires: date, until: date, written: date | None
    ) -> None:
        (found,) = weighed(
            [replace(SOUND, issued=issued, expires=expires)],
            refuse,
            {"qualification": 12},
            DAY,
        )
        assert (found.expires, found.written) == (until, written)

    def test_too_long_is_told_and_counts_until_the_day_that_it_may(self, house: Path) -> None:
        write(house, {"sovlint.yaml": conf("contract", "2025-12-01", "2029-01-01")})
        report = scan(house)
        assert hds(report)["verdict"] == "compliant"
        policies = {
            one["policy"] for one in report["findings"] if one["verdict"] != "compliant"
        }
        assert {"attestation-in-order", "attestation-ends-soon"} <= policies
        (attestation,) = report["attestations"]
        assert attestation["until"] == "2026-12-01"
        assert "2029-01-01" in attestation["note"]

    def test_past_that_day_it_counts_no_more(self, house: Path) -> None:
        write(house, {"sovlint.yaml": conf("contract", "2025-11-01", "2029-01-01")})
        report = scan(house)
        assert hds(report)["verdict"] == "unproven"
        assert report["attestations"][0]["state"] == "expired"

    @pytest.mark.parametrize("evidence", ["none", '"n/a"', "{reference: TBD}", '"-"'])
    def test_a_word_for_nothing_is_no_evidence(self, house: Path, evidence: str) -> None:
        write(house, {"sovlint.yaml": conf(evidence)})
        report = scan(house)
        assert hds(report)["verdict"] == "unproven"
        (found,) = report["attestations"]
        assert found["state"] == "invalid"
        assert "is no evidence: name the document" in found["note"]
        assert any(each["policy"] == "attestation-in-order" for each in report["findings"])

    def test_a_house_sets_its_own_bound(self, house: Path) -> None:
        own = (
            "id: attestation-in-order\nreplaces: true\ntitle: Ours\nseverity: error\n"
            "longest_months: {qualification: 1}\n"
        )
        write(
            house,
            {
                "own.yaml": own,
                "sovlint.yaml": conf("contract", more="policies: [own.yaml]\n"),
            },
        )
        report = scan(house)
        assert hds(report)["verdict"] == "unproven"
        assert report["attestations"][0]["until"] == "2026-11-01"


class TestAudit:
    """Each is told to be in use, of no use, or not to count."""

    def test_an_old_one_and_its_renewal_are_both_in_use(self, house: Path) -> None:
        both = (
            conf("old", "2025-12-10", "2026-12-09")
            + conf("new", "2026-11-20", "2027-11-19").partition("\n")[2]
        )
        write(house, {"sovlint.yaml": both})
        report = scan(house)
        assert [one["state"] for one in report["attestations"]] == ["used", "used"]
        assert hds(report)["placement"]["qualifications"][0]["until"] == "2027-11-19"

    def test_one_that_fills_nothing_is_told(self, house: Path) -> None:
        write(house, {"sovlint.yaml": conf("contract").replace("fr-par", "nl-ams")})
        report = scan(house)
        assert report["attestations"][0]["state"] == "unused"
        assert "attestation-unused" in {one["policy"] for one in report["findings"]}

    def test_one_that_fills_a_country_is_in_use(self, house: Path) -> None:
        """Where no qualification but a country or the states in control are filled, the chain alone shows it."""
        service = "services:\n- {id: tickets, vendor: zendesk, data: [health]}\n"
        claim = conf("contract").replace("{qualification: hds}", "{country: FR}")
        claim = claim.replace(
            "{provider: scaleway, region: fr-par, services: [database]}",
            "{provider: zendesk}",
        )
        write(house, {"saas.yaml": service, "sovlint.yaml": claim})
        report = scan(house)
        assert [(one["claim"], one["state"]) for one in report["attestations"]] == [
            ("country FR zendesk", "used")
        ]
        assert "attestation-unused" not in {one["policy"] for one in report["findings"]}

    @pytest.mark.parametrize(
        "form", sorted(REPORTS.keys() - {"concise", "gitlab-codequality", "gitlab-sast"})
    )
    def test_every_report_lists_it(self, house: Path, form: str) -> None:
        write(house, {"sovlint.yaml": conf(f"{{path: annex.txt, sha256: {DIGEST}}}")})
        result = CliRunner().invoke(
            main, ["scan", str(house), "--format", form, "--as-of", str(DAY)]
        )
        flat = " ".join(result.stdout.replace("\u2060", "").split())
        assert "hds scaleway fr-par" in flat
        assert "dpo" in flat
        assert "2027-09-30" in flat
        assert "annex.txt" in flat


def refuse(path: str) -> str:
    raise AssertionError(f"{path} is read")


def test_a_text_reads_nothing() -> None:
    assert weighed([SOUND], refuse, {"qualification": 12}, DAY) == (SOUND,)


def test_a_digest_is_compared_where_a_path_is_given() -> None:
    proof = Proof("annex.txt", DIGEST, WHERE)
    assert (
        weighed([replace(SOUND, proof=proof)], lambda path: DIGEST, {}, DAY)[0].fault is None
    )
    (found,) = weighed([replace(SOUND, proof=proof)], lambda path: "0" * 64, {}, DAY)
    assert found.fault is not None
    assert found.fault.params == {"path": "annex.txt", "wanted": DIGEST, "found": "0" * 64}
