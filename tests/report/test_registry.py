"""The formats there are, and what is imported for them."""

from __future__ import annotations

import subprocess
import sys

from sovlint.report import FACTS_REPORTS, REPORTS
from sovlint.report.pieces.style import Style
from tests.report.build import everything
from tests.scratch import ROOT


def test_the_formats() -> None:
    servers = ["sarif", "github", "markdown", "junit", "gitlab-codequality", "gitlab-sast"]
    assert (list(REPORTS), list(FACTS_REPORTS)) == (
        ["text", "concise", "json", *servers],
        ["json", "table", "csv", "cyclonedx", "cyclonedx-xml"],
    )


def test_the_page_for_servers_names_every_format() -> None:
    page = (ROOT / "docs/ci.md").read_text(encoding="utf-8")
    assert [each for each in REPORTS if f"`{each}`" not in page] == []


def test_every_format_ends_with_one_line_break() -> None:
    for renderer in (*REPORTS.values(), *FACTS_REPORTS.values()):
        rendered = renderer(everything(), "en", Style(False, 80))
        assert rendered.endswith("\n")
        assert not rendered.endswith("\n\n")


def test_no_renderer_is_imported_before_it_is_used_and_none_needs_more_than_the_standard_library() -> (
    None
):
    code = (
        "import sys, sovlint.report as r; early = [m for m in sys.modules if m.startswith('sovlint.report.')];"
        "import sovlint.report.scan.text, sovlint.report.scan.json_;"
        "import sovlint.report.facts.json_, sovlint.report.facts.table;"
        "heavy = {'rich', 'yaml', 'jsonschema', 'click'} & set(sys.modules); print(early, heavy)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert (
        ran.stdout.strip() == "['sovlint.report.pieces', 'sovlint.report.pieces.style'] set()"
    )
