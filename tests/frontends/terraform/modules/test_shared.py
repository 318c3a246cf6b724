"""A file that stands in several places is parsed once, and each place shows its own path."""

from __future__ import annotations

from pathlib import Path

import pytest

from sovlint.files.discover import discover
from sovlint.frontends.terraform import front_end
from sovlint.frontends.terraform.syntax import hcl, json_syntax
from sovlint.model.inputs import ReadOptions
from sovlint.model.source import SourceFile
from tests.frontends.terraform.house import HINTS, read
from tests.frontends.terraform.modules.test_early import Files

TEXT = 'resource "cloud_bucket" "b" {\n  region = local.r\n  tags = {\n    a = "x"\n  }\n}\nlocals {\n  r = "eu"\n}\n'


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of files as they are parsed."""
    found: list[str] = []
    for room in (hcl, json_syntax):

        def counting(file: SourceFile, real: object = room.parse) -> object:
            found.append(file.path)
            return real(file)  # type: ignore[operator]

        monkeypatch.setattr(room, "parse", counting)
    return found


def test_links_are_parsed_once_and_show_their_own_path(
    tmp_path: Path, parsed: list[str]
) -> None:
    (tmp_path / ".git").mkdir()
    for name in ("a", "b", "c"):
        (tmp_path / name).mkdir()
    (tmp_path / "a/main.tf").write_text(TEXT)
    (tmp_path / "b/main.tf").symlink_to("../a/main.tf")
    (tmp_path / "c/other.tf").symlink_to("../a/main.tf")
    reading = front_end.read(discover([tmp_path]), ReadOptions(), HINTS)
    assert len(parsed) == 1
    spans = {each.root: each.where.span() for each in reading.resources}
    assert {root: (span.path, span.line, span.end_line) for root, span in spans.items()} == {
        "a": ("a/main.tf", 1, 6), "b": ("b/main.tf", 1, 6), "c": ("c/other.tf", 1, 6),
    }  # fmt: skip
    for each in reading.resources:
        for path in ("region", "tags.a"):
            (found,) = each.attributes.read(path)
            assert found.where.span().path == spans[each.root].path
        because = each.attributes.read("region")[0].value.because
        assert because is not None
        assert because.where is not None
        assert because.where.span().path == spans[each.root].path


@pytest.mark.parametrize(
    "broken", ["resource {", "locals {\n  a = local.a\n}\n", 'nothing "x" {}\n']
)
def test_what_is_wrong_is_told_at_each_place(broken: str, parsed: list[str]) -> None:
    files: Files = {"a/main.tf": broken, "b/main.tf": broken}
    assert {each.path for each in read(files).failures} == {"a/main.tf", "b/main.tf"}
    assert len(parsed) == 1


def test_json_and_the_same_bytes_in_another_syntax(parsed: list[str]) -> None:
    text = '{"resource": {"cloud_bucket": {"b": {"region": "eu"}}}}'
    found = read({"a/main.tf.json": text, "b/x.tf.json": text, "c/main.tf": text})
    assert sorted(parsed) == ["a/main.tf.json", "c/main.tf"] or sorted(parsed) == [
        "b/x.tf.json",
        "c/main.tf",
    ]
    assert {each.where.span().path for each in found.resources} == {
        "a/main.tf.json",
        "b/x.tf.json",
    }
    assert {each.path for each in found.failures} == {"c/main.tf"}


def test_what_one_place_overrides_is_not_overridden_in_another() -> None:
    override = 'resource "cloud_bucket" "b" {\n  region = "us"\n}\n'
    found = read({"a/main.tf": TEXT, "b/main.tf": TEXT, "b/override.tf": override})
    regions = {each.root: each.attributes.read("region")[0].value for each in found.resources}
    assert {root: getattr(value, "value", None) for root, value in regions.items()} == {
        "a": "eu",
        "b": "us",
    }
