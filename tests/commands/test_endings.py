"""The ending of a file chooses its format, and what contradicts it is told with what to do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sovlint.cli import main
from sovlint.commands.parts.endings import ENDINGS, chosen
from sovlint.errors import SovlintError
from sovlint.registers.writing.formats import FORMATS
from sovlint.report import FACTS_REPORTS, MAP_REPORTS, REPORTS
from tests.exceptions.house import PROVIDER, bucket, repository


@pytest.fixture(scope="module")
def repo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with findings."""
    place = tmp_path_factory.mktemp("endings") / "r"
    return repository(place, {"main.tf": PROVIDER + bucket("a")})


def run(repo: Path, arguments: str, *, lang: str = "en") -> Result:
    """A command in that repository, where it writes its files."""
    first, _, rest = arguments.partition(" ")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(repo)
        return CliRunner().invoke(main, [first, *rest.split(), "--lang", lang])


@pytest.mark.parametrize(
    ("arguments", "file", "begins"),
    [
        ("scan -o o/x.json", "x.json", b"{"),
        ("scan -o o/x.sarif", "x.sarif", b"{"),
        ("scan -o o/x.MD", "x.MD", b"#"),
        ("scan -o o/x.xml", "x.xml", b"<"),
        ("scan -f gitlab-sast -o o/sast.json", "sast.json", b"{"),
        ("scan -o o/x.txt", "x.txt", b"where data lands"),
        ("scan -f json -o o/out", "out", b"{"),
        ("scan -f text -o o/a.txt -o o/b.json", "b.json", b"{"),
        ("scan -o o/c.json -o o/d.md", "d.md", b"#"),
        ("scan -o o/e.md -f json -o o/e.json", "e.md", b"#"),
        ("map -o o/map.json", "map.json", b"{"),
        ("facts -o o/f.csv", "f.csv", b"root,"),
        ("facts -o o/f.json", "f.json", b"{"),
        ("facts -o o/f.xml", "f.xml", b"<?xml"),
        ("facts -f cyclonedx -o o/f.cdx.json", "f.cdx.json", b"{"),
        ("register dora -o o/r.xlsx", "r.xlsx", b"PK"),
        ("register dora -o o/r.pdf", "r.pdf", b"%PDF"),
        ("register dora -o o/r", "r", b"PK"),
        ("register tender -o o/t.json", "t.json", b"{"),
        ("report -o o/p.html", "p.html", b"<!doctype html>"),
        ("report -o o/p.pdf", "p.pdf", b"%PDF"),
        ("report -o o/p.xlsx", "p.xlsx", b"PK"),
        ("calendar -o o/c.ics", "c.ics", b"BEGIN:VCALENDAR"),
        ("evidence -o o/e.json", "e.json", b"{"),
    ],
)  # fmt: skip
def test_the_ending_chooses(repo: Path, arguments: str, file: str, begins: bytes) -> None:
    (repo / "o").mkdir(exist_ok=True)
    result = run(repo, arguments)
    if "isn't installed" in result.stderr:
        pytest.skip("a library isn't installed")
    assert result.exit_code in (0, 1), result.output
    written = (repo / "o" / file).read_bytes()
    assert written.lower().startswith(begins.lower()), written[:40]
    if begins == b"{":
        json.loads(written)


@pytest.mark.parametrize(
    ("arguments", "said", "hint"),
    [
        ("scan -o x.pdf", "writes nothing that ends in `.pdf`", ".txt, .md, .json, .sarif, .xml."),
        ("scan -f text -o x.json", "which isn't the format text", "ends in .txt, or choose another format."),
        ("scan -f json -o a.json -o b.pdf", "writes nothing that ends in `.pdf`", "Name a file"),
        ("facts -o x.sarif", "writes nothing that ends in `.sarif`", "ends in .txt, .csv, .json, .xml."),
        ("register dora -f xlsx -o x.pdf", "isn't the format xlsx", "ends in .xlsx, or"),
        ("register dora -f xlsx -o x.md", "isn't the format xlsx", "ends in .xlsx, or"),
        ("register dora -o x.csv", "csv makes a folder of several files", "Name a folder, with `-f csv`."),
        ("report -o x.md", "writes nothing", "ends in .html, .pdf, .xlsx, .json."),
        ("calendar -o x.pdf", "writes nothing", "Name a file that ends in .ics."),
        ("evidence -o x.pdf", "writes nothing", "Name a file that ends in .json."),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told_with_what_to_do(
    repo: Path, arguments: str, said: str, hint: str
) -> None:
    result = run(repo, arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert hint in result.stderr
    french = run(repo, arguments, lang="fr").stderr
    assert "finit par" in french or "finisse par" in french or "donne un dossier" in french
    assert not (repo / "x.pdf").exists()


def test_a_variable_counts_as_the_option(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOVLINT_FACTS_FORMAT", "csv")
    assert run(repo, "facts -o x.json").exit_code == 2
    assert run(repo, "facts").stdout.startswith("root,")


def test_one_of_several_is_asked_for() -> None:
    formats = ("text", "junit", "cyclonedx-xml")
    with pytest.raises(SovlintError, match="junit, cyclonedx-xml") as caught:
        chosen(Path("x.xml"), formats, None, "text")
    assert caught.value.hint == "Say with -f which one."
    assert chosen(Path("x.xml"), formats, "junit", "text") == "junit"
    assert chosen(Path("x.odd"), formats, None, "text") == "text"


def test_every_format_of_a_file_has_an_ending() -> None:
    named = {each for some in ENDINGS.values() for each in some}
    assert {*REPORTS, *FACTS_REPORTS, *MAP_REPORTS, *FORMATS, "html", "ics"} == named
