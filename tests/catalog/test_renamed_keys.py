"""Keys of the catalogue that were renamed: an overlay that says the old one is told the new one."""

from __future__ import annotations

from pathlib import Path

import pytest

from sovlint.catalog.load import overlay_problems

SOURCES = "sources:\n  docs: {url: 'https://example.org', date: '2026-11-24', supports: it, basis: read}\n"
CHART = "paths: [a.b], role: logs, source: docs"
OLD = [
    (
        "formats/a.yaml",
        "formats: {a: {files: [a.toml], proves: [{id: a, role: compute, company: aws, when: [{at: app}]}], "
        "source: docs, positive: [{file: a.toml, text: '', meets: [a]}], negative: [{file: a.toml, text: ''}]}}",
        "`path`",
    ),
    (
        "signatures/a.yaml",
        "signatures: {a: {role: logs, link: logs, address: [{names: [A], when: '^b'}], source: docs, "
        "positive: [{A: b}], negative: [{A: c}]}}",
        "`matches`",
    ),
    ("charts.yaml", f"sends: {{a: {{{CHART}, provider: aws}}}}", "`company`"),
    ("charts.yaml", f"sends: {{a: {{{CHART}, marks: [c]}}}}", "`when`"),
    ("charts.yaml", f"sends: {{a: {{{CHART}, absent: [c]}}}}", "`unless`"),
    ("charts.yaml", f"sends: {{a: {{{CHART}, absent_above: [c]}}}}", "`unless_beside`"),
    (
        "tasks/a.yaml",
        "tasks: {a: {uses: [a/b], role: logs, company: aws, needs: [c], source: docs}}",
        "`when`",
    ),
]


@pytest.mark.parametrize(("file", "text", "now"), OLD)
def test_an_old_key_is_told_by_its_new_name(
    tmp_path: Path, file: str, text: str, now: str
) -> None:
    place = tmp_path / file.replace("formats/", "configuration/")
    place.parent.mkdir(exist_ok=True)
    place.write_text(f"{SOURCES}{text}\n", encoding="utf-8")
    (problem, *_) = (str(each) for each in overlay_problems([tmp_path]))
    assert "unknown key" in problem
    assert f"It is {now} now." in problem
