"""``sovlint fleet register`` and ``suppose``: what is written, said, and with which code they end."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sovlint import lint
from sovlint.cli import main
from sovlint.fleet import scheduler
from sovlint.fleet.store import store
from tests.fleet.house import repository
from tests.fleet.in_process import carry_out, scanned
from tests.registers.merging.test_merged import HOUSES

OWN = "9695009KMXEXAMPLE086"


class Here:
    """Whoever carries out jobs: this process."""

    def __init__(self, *given: object) -> None:
        self.given = given

    def __enter__(self) -> object:
        return carry_out

    def __exit__(self, *ended: object) -> None:
        """Nothing is left."""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("fleet")
    for name in ("claims", "portal"):
        repository(root / "clones" / name, dict(HOUSES[name]))
    scanned(root / "clones", root / "store")
    (root / "world.yaml").write_text(
        "suppose:\n  - title: Zendesk is bought\n"
        "    takeover: {provider: zendesk, by: {name: Acme, seat: FR}}\n"
    )
    return root


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scheduler, "OnDemand", Here)


def fleet(house: Path, *arguments: str | Path, clones: bool = True) -> Result:
    places = [house / "clones"] if clones else []
    options = ["--store", house / "store", "--lang", "en", "-q"]
    return CliRunner().invoke(main, ["fleet", *map(str, [*arguments, *places, *options])])


def test_without_any_clone_nothing_is_written(house: Path) -> None:
    out = house / "none"
    for words in (("register", "tender"), ("suppose", house / "world.yaml")):
        options = ("-f", "json", "-o", out, "--allow-failures")
        done = fleet(house, *words, *options, clones=False)
        assert (done.exit_code, out.exists()) == (2, False)
        assert done.stderr.count("Nothing was made of any repository before") == 1
        assert "the SOURCEs that `sovlint fleet scan` was given" in done.stderr


def test_whoever_is_missing_fails_it_unless_that_is_allowed(house: Path) -> None:
    out = house / "t.json"
    asked = ("register", "tender", house / "clones" / "claims", "-f", "json", "-o", out)
    done = fleet(house, *asked, clones=False)
    assert (done.exit_code, "portal isn't in this register: Its clone" in done.stderr) == (
        2,
        True,
    )
    assert "portal isn't in this register" in json.loads(out.read_text())["problems"][0]
    assert fleet(house, *asked, "--allow-failures", clones=False).exit_code == 0


def test_a_register_is_written_with_its_questions_and_what_changed(house: Path) -> None:
    first, second = house / "first.json", house / "second.json"
    done = fleet(
        house,
        "register",
        "dora",
        "-f",
        "json",
        "-o",
        first,
        "--questions",
        house / "asked.yaml",
    )
    assert (done.exit_code, done.stdout) == (0, "")
    answers = (house / "asked.yaml").read_text().replace(
        '"organisation.lei": ???', f'"organisation.lei": {OWN}'
    )  # fmt: skip
    (house / "answers.yaml").write_text(answers)
    given = ("--answers", house / "answers.yaml", "--previous", first)
    done = fleet(
        house, "register", "dora", "-f", "json", "-o", second, *given, "--require-complete"
    )
    assert done.exit_code == 1
    changed = json.loads(second.read_text())["changes"]
    assert {(each["kind"], tuple(each["after"])) for each in changed} == {("changed", (OWN,))}


def test_a_package_with_blank_keys_would_be_refused(house: Path) -> None:
    (house / "own.yaml").write_text(f"organisation.lei: {OWN}\n")
    out = house / "d.zip"
    done = fleet(
        house,
        "register",
        "dora",
        "-f",
        "xbrl-csv",
        "-o",
        out,
        "--answers",
        house / "own.yaml",
    )
    assert (done.exit_code, out.exists()) == (1, True)


def test_suppositions_are_told(house: Path) -> None:
    done = fleet(house, "suppose", house / "world.yaml", "-f", "json")
    assert done.exit_code == 0, done.output
    (outcome,) = json.loads(done.stdout)["outcomes"]
    assert outcome["companies"] == {"Zendesk": 2}
    assert fleet(house, "suppose", house / "world.yaml", clones=False).exit_code == 0
    wrong = fleet(house, "suppose", house / "own.yaml")
    assert (wrong.exit_code, "own.yaml:1:1" in wrong.stderr) == (2, True)


def test_a_store_that_is_not_there_is_told(tmp_path: Path) -> None:
    done = fleet(tmp_path, "register", "dora", "-o", tmp_path / "d.xlsx", clones=False)
    assert (done.exit_code, "There is no store at" in done.stderr) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (("-f", "xlsx", "-o", "a.xlsx"), "needs the library xlsxwriter"),
        (("-f", "pdf", "-o", "a.pdf"), "needs the library typst"),
        (("-f", "csv", "-o", "-"), "makes several files"),
        (("-f", "csv", "-o", "there.yaml"), "there.yaml is a file, and a folder is needed"),
        (("-f", "csv", "-o", "no/where"), "where can't be written: No such file"),
        (("-f", "json", "-o", "no/a.json"), "a.json can't be written: No such file"),
        (("-f", "json", "-o", "."), "can't be written: Is a directory"),
        (("-f", "json", "-o", "there.yaml/a"), "can't be written: Not a directory"),
        (
            ("-f", "json", "-o", "there.yaml", "--answers", "there.yaml"),
            "files that are read",
        ),
        (("-f", "json", "-o", "a.json", "--questions", "there.yaml"), "is there already"),
        (("-f", "json", "-o", "a.json", "--questions", "no/a"), "a can't be written"),
        (("-f", "json", "-o", "a.json", "--questions", "a.json"), "can't hold both"),
    ],
)
@pytest.mark.parametrize("command", [["fleet", "register"], ["register"]])
def test_what_cannot_be_written_is_told_before_anything_is_read(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    command: list[str],
    arguments: tuple[str, ...],
    problem: str,
) -> None:
    for library in ("xlsxwriter", "typst"):
        monkeypatch.setitem(sys.modules, library, None)
    monkeypatch.setattr(store, "open_store", lambda _: {}["read"])
    monkeypatch.setattr(lint, "linted", lambda _: {}["read"])
    monkeypatch.setenv("SOVLINT_STORE", "store")
    monkeypatch.chdir(tmp_path)
    Path("there.yaml").write_text("{}\n")
    done = CliRunner().invoke(main, [*command, "dora", *arguments, "--lang", "en"])
    assert (done.exit_code, problem in done.stderr) == (2, True), done.output
    assert [each.name for each in tmp_path.iterdir()] == ["there.yaml"]


def test_suppositions_are_not_told_into_their_own_file(house: Path) -> None:
    world = house / "world.yaml"
    done = fleet(house, "suppose", world, "-o", world)
    assert (done.exit_code, "is one of the files that are read" in done.stderr) == (2, True)
    done = fleet(house, "suppose", world, "-o", house / "no" / "a.txt")
    assert (done.exit_code, "a.txt can't be written" in done.stderr) == (2, True)
