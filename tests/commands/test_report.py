"""``sovlint report``: the page is written, or it is said why not; what it has to say, and to whom."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sovlint.cli import main
from sovlint.installation import bringing
from tests.scratch import write

AS_OF = "2026-11-24"
BUCKET = """\
provider "aws" {
  region = "eu-west-2"
}
resource "aws_s3_bucket" "files" {
  bucket = "files"
  tags   = { data-classification = "health" }
}
"""
EXCUSED = BUCKET.replace(
    'resource "aws_s3_bucket"',
    '# sovlint: ignore[health-data-in-eea] until=2027-01-31 reason="moved in January"\n'
    'resource "aws_s3_bucket"',
)


def run(*arguments: str | Path, language: str = "en") -> Result:
    return CliRunner().invoke(
        main, ["report", "--as-of", AS_OF, "--lang", language, *map(str, arguments)], prog_name="sovlint"
    )  # fmt: skip


def page(folder: Path, *options: str, files: dict[str, str], language: str = "en") -> str:
    write(folder / "r", files)
    out = folder / "page.html"
    result = run(folder / "r", *options, "-o", out, language=language)
    assert result.exit_code == 0, result.output
    return out.read_text(encoding="utf-8")


def test_it_asks_nothing_of_anybody(tmp_path: Path) -> None:
    text = page(tmp_path, files={"main.tf": BUCKET})
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)
    assert policy
    assert policy[1].startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy[1]
    assert not re.search(r"<(link|img|iframe|object|embed|form)\b|\bsrc=|url\(|@import", text)
    assert not re.search(r'<[a-z]+[^>]* (style|on\w+)="', text)


def test_it_is_the_same_again(tmp_path: Path) -> None:
    once = page(tmp_path, files={"main.tf": EXCUSED})
    assert page(tmp_path, files={"main.tf": EXCUSED}) == once


@pytest.mark.parametrize("language", ["en", "fr"])
def test_it_opens_in_the_language_asked_for_and_has_both(
    tmp_path: Path, language: str
) -> None:
    text = page(tmp_path, files={"main.tf": BUCKET}, language=language)
    assert f'<html lang="{language}"' in text
    assert "What must be decided" in text
    assert "Ce qu&#39;il faut décider" in text


def test_what_was_found_can_be_led_to(tmp_path: Path) -> None:
    text = page(tmp_path, files={"main.tf": BUCKET})
    ids = re.findall(r' id="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', text)) <= set(ids)
    for view in ("engineer", "dpo", "auditor", "board"):
        assert f"view-{view}" in ids
    for part in (
        "map",
        "flows",
        "companies",
        "findings",
        "search",
        "language",
        "company-aws",
    ):
        assert part in ids
    assert sum(1 for each in ids if re.fullmatch(r"f-[0-9a-f]{32}(-\d+)?", each)) >= 3


def test_who_excused_what_until_when_is_told_to_the_auditor(tmp_path: Path) -> None:
    text = page(tmp_path, files={"main.tf": EXCUSED})
    auditor = text.partition('id="view-auditor"')[2].partition("</section>")[0]
    row = next(
        each for each in auditor.split("<tr ") if "health-data-in-eea</code></th>" in each
    )
    assert 'id="f-' in row
    assert "moved in January" in row
    assert "2027-01-31" in row
    assert "main.tf:4" in row
    findings = text.partition('<section id="findings"')[2].partition("</section>")[0]
    assert "health-data-in-eea" not in findings


def test_the_board_learns_what_lapses(tmp_path: Path) -> None:
    text = page(tmp_path, files={"main.tf": EXCUSED})
    board = text.partition('id="view-board"')[2].partition("</section>")[0]
    assert '<time datetime="2027-01-31">' in board
    assert "Amazon Web Services" in board


def test_a_company_is_told_from_operator_to_last_owner(tmp_path: Path) -> None:
    text = page(tmp_path, files={"main.tf": BUCKET})
    company = text.partition('id="company-aws"')[2].partition("</article>")[0]
    for said in ("Amazon.com, Inc.", "CLOUD Act", "HDS", "SecNumCloud", "United Kingdom"):
        assert said in company


def test_nothing_from_a_repository_becomes_markup(tmp_path: Path) -> None:
    evil = "<script>alert(1)</script>\\u202e"
    text = page(
        tmp_path,
        files={
            "main.tf": BUCKET.replace('"files"\n', f'"{evil}"\n'),
            "<b>x</b> [data-class=a]/main.tf": BUCKET,
        },
    )
    assert text.count("<script") == 1
    assert "<b>" not in text
    assert "\u202e" not in text


def test_secrets_stay_hidden(tmp_path: Path) -> None:
    secret = "AKIA" + "ABCDEFGHIJKLMNOP"
    text = page(
        tmp_path, files={"main.tf": BUCKET.replace("  bucket", f'  x = "{secret}"\n  bucket')}
    )
    assert secret not in text


def test_nothing_labelled_is_no_clean_bill(tmp_path: Path) -> None:
    bare = re.sub(r"  tags.*\n", "", BUCKET)
    text = page(tmp_path, files={"main.tf": bare})
    board = text.partition('id="view-board"')[2].partition("</section>")[0]
    assert "--assume health" in board
    assert "All that was judged complies" not in board


def test_a_page_that_cannot_be_written(tmp_path: Path) -> None:
    write(tmp_path / "r", {"main.tf": BUCKET})
    result = run(tmp_path / "r", "-o", tmp_path / "no such folder" / "page.html")
    assert result.exit_code == 2
    assert "can't be written" in result.stderr
    assert run(tmp_path / "r").exit_code == 2


def test_it_goes_to_stdout_too(tmp_path: Path) -> None:
    write(tmp_path / "r", {"main.tf": BUCKET})
    result = run(tmp_path / "r", "-o", "-")
    assert result.exit_code == 0
    assert result.stdout.startswith("<!doctype html>")


def test_nothing_to_scan_and_what_cannot_be_read(tmp_path: Path) -> None:
    write(tmp_path / "empty", {"a.txt": ""})
    assert run(tmp_path / "empty", "-o", tmp_path / "page.html").exit_code == 3
    write(tmp_path / "broken", {"main.tf": BUCKET + 'resource "'})
    result = run(tmp_path / "broken", "-o", tmp_path / "page.html")
    assert result.exit_code == 2
    assert "main.tf" in (tmp_path / "page.html").read_text(encoding="utf-8")


def test_without_its_library_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [each for each in sys.modules if each.startswith("sovlint.report.page")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "jinja2", None)
    result = run(tmp_path, "-o", tmp_path / "page.html")
    assert result.exit_code == 2
    assert "Jinja2" in result.stderr
    assert bringing("report") in " ".join(result.stderr.split())


@pytest.mark.slow
def test_ten_thousand_findings_make_a_page_of_bounded_size(tmp_path: Path) -> None:
    stores = [
        f'resource "aws_s3_bucket" "store_{at}" {{\n  bucket = "{at}"\n'
        f'  tags   = {{ data-classification = "health", n = "{at}" }}\n}}\n'
        for at in range(3500)
    ]
    head = BUCKET.partition("resource")[0]
    text = page(tmp_path, files={"main.tf": head + "".join(stores)})
    assert len(text.encode()) < 3_000_000
    counts = re.search(r"<strong>(\d+)</strong>", text)
    assert counts
    assert int(counts[1]) == 3500
    assert re.search(
        r"\d+ more findings aren&#39;t on this page|\d+ more: <code>sovlint scan", text
    )
