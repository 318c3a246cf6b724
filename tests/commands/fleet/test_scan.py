"""``sovlint fleet scan``: what it says, and how it ends."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterable, Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from sovlint.cli import command, main
from sovlint.commands.fleet import COMMANDS
from sovlint.commands.fleet.progress import FleetProgress, duration
from sovlint.commands.parts.helping import options_of
from sovlint.commands.parts.output import Voice
from sovlint.fleet import worker
from sovlint.fleet.child import failed, read
from sovlint.fleet.result import Status
from sovlint.fleet.scheduler import OnDemand
from sovlint.fleet.worker import Done, Job
from tests.fleet.house import BUCKET, repository
from tests.fleet.test_run import carry_out


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Jobs are carried out in this process."""

    def called(_: OnDemand, jobs: Iterable[Job]) -> Iterator[Done]:
        yield from carry_out(jobs)

    monkeypatch.setattr(OnDemand, "__call__", called)
    monkeypatch.setattr(worker, "_read", lambda task, limits: (read(task), False))


def scan(folder: Path, *arguments: str, language: str = "en") -> Result:
    unset = {name: None for name in os.environ if name.startswith("SOVLINT_")}
    given = [
        "fleet",
        "scan",
        "--store",
        str(folder / "store"),
        "--as-of",
        "2026-11-20",
        "--lang",
        language,
    ]
    return CliRunner(env=unset).invoke(main, [*given, *arguments], prog_name="sovlint")


def test_it_says_what_it_read_and_what_came_of_it(tmp_path: Path) -> None:
    clones = tmp_path / "clones"
    repository(clones / "a", {"main.tf": BUCKET}, "https://git.example/g/a.git")
    repository(
        clones / "b", {"main.tf": 'resource "x" "y" {}\n'}, "https://git.example/g/b.git"
    )
    entries = [
        {
            "path_with_namespace": f"g/{name}",
            "http_url_to_repo": f"https://git.example/g/{name}",
        }
        for name in "ac"
    ]
    (tmp_path / "export.json").write_text(json.dumps(entries))
    first = scan(tmp_path, str(clones), str(tmp_path / "export.json"))
    assert (first.exit_code, first.stdout) == (2, "")
    assert "A repository of the export has no clone here: g/c." in first.stderr
    assert (
        "A clone is of no repository of the export, and read all the same: b." in first.stderr
    )
    assert "Repositories to read: 2. Known already: 0." in first.stderr
    assert "Repositories: 2. Readings: 2. Not read: 0. Errors that count:" in first.stderr
    assert "This system doesn't let the network be taken from a process" in first.stderr
    again = scan(tmp_path, str(clones), "-q")
    assert (again.exit_code, again.stderr) == (1, "")
    assert scan(tmp_path, str(clones), "--fail-on", "never").exit_code == 0


def test_a_row_that_failed_fails_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository(tmp_path / "a", {"main.tf": BUCKET})
    repository(tmp_path / "b", {"sovlint.yaml": "polcies: []\n"})
    done = scan(tmp_path, str(tmp_path / "a"), str(tmp_path / "b"))
    assert done.exit_code == 2
    assert "b: refused. sovlint.yaml:1:1: unknown key `polcies`." in done.stderr
    assert (
        scan(tmp_path, str(tmp_path / "a"), str(tmp_path / "b"), "--allow-failures").exit_code
        == 1
    )
    reason = "It takes longer than the 5 s that it may take."
    monkeypatch.setattr(
        worker, "_read", lambda task, _: (failed(task, Status.TIMED_OUT, reason), True)
    )
    french = scan(tmp_path, str(tmp_path / "a"), "--assume", "claims", language="fr")
    assert "a : trop long. Il prend plus que les 5 s permises." in french.stderr


def test_what_an_export_has_and_nobody_cloned_fails_the_run_even_quietly(
    tmp_path: Path,
) -> None:
    repository(tmp_path / "clones" / "g" / "a", {"main.tf": BUCKET})
    export = tmp_path / "export.json"
    export.write_text('[{"full_name": "g/a"}, {"full_name": "g/gone"}]')
    given = (str(tmp_path / "clones"), str(export), "--quiet")
    done = scan(tmp_path, *given)
    assert (done.exit_code, "g/gone" in done.stderr) == (2, True)
    assert scan(tmp_path, *given, "--allow-failures").exit_code == 1


def test_nothing_to_scan_is_3_and_a_source_that_is_wrong_2(tmp_path: Path) -> None:
    repository(tmp_path / "a", {"README": "x"})
    assert scan(tmp_path, str(tmp_path / "a")).exit_code == 3
    wrong = scan(tmp_path, str(tmp_path / "nowhere"))
    assert (wrong.exit_code, "doesn't exist" in wrong.stderr) == (2, True)
    assert scan(tmp_path).exit_code == 2


def test_ended_from_outside_it_says_that_what_was_read_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository(tmp_path / "a", {"main.tf": BUCKET})

    def ended(*_: object) -> None:
        os.kill(os.getpid(), signal.SIGTERM)

    monkeypatch.setattr(worker, "_read", ended)
    done = scan(tmp_path, str(tmp_path / "a"))
    asked = ("--store", str(tmp_path / "store"), "--lang", "en")
    for arguments in (("query", "SELECT * FROM findings"), ("report", "-o", "-")):
        told = CliRunner().invoke(main, ["fleet", *arguments, *asked], prog_name="sovlint")
        assert (told.exit_code, "has ended." in told.stderr) == (2, True)
        assert "goes on with one that has begun" in told.stderr
    assert CliRunner().invoke(main, ["fleet", "runs", *asked]).exit_code == 0
    assert done.exit_code == 130
    assert "What was read is kept" in done.stderr
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


def test_repositories_with_files_that_could_not_be_read_are_named(tmp_path: Path) -> None:
    for name in "abcdefg":
        files = {f"{number}.tf": "resource {" for number in range(1 + (name == "f"))}
        repository(tmp_path / "clones" / name, {"main.tf": BUCKET, **files})
    done = scan(tmp_path, str(tmp_path / "clones"))
    assert done.exit_code == 2
    said = "Files that couldn't be read: 8. They are in f (2), a (1), b (1), c (1), d (1) and 2 more repositories."
    assert said in " ".join(done.stderr.split())
    assert scan(tmp_path, str(tmp_path / "clones"), "--allow-failures").exit_code == 1


def test_what_bears_on_the_exit_code_alone_makes_nothing_be_read_again(
    tmp_path: Path,
) -> None:
    clone = str(repository(tmp_path / "a", {"main.tf": BUCKET}))
    assert "Readings: 1." in scan(tmp_path, clone).stderr
    for option in (["--exit-zero"], ["--allow-failures"], ["--fail-on", "never"]):
        assert "Readings: 0." in scan(tmp_path, clone, *option).stderr
    assert "Readings: 1." in scan(tmp_path, clone, "--inferred", "error").stderr


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--policy-set", "nope"),
        ("--policy", "nope.yaml"),
        ("--catalog", "nope"),
        ("--assume", "santé"),
    ],
)
def test_an_option_that_is_wrong_is_told_before_anything_is_read(
    option: str, value: str, tmp_path: Path
) -> None:
    clone = repository(tmp_path / "a", {"main.tf": BUCKET})
    done = scan(tmp_path, str(clone), option, value)
    assert (done.exit_code, (tmp_path / "store").exists()) == (2, False)
    alone = CliRunner().invoke(
        main, ["scan", str(clone), option, value, "--lang", "en"], prog_name="sovlint"
    )
    assert value in done.stderr
    assert done.stderr == alone.stderr.replace("sovlint scan", "sovlint fleet scan")


def test_every_option_has_its_variable() -> None:
    group = command("fleet")
    assert isinstance(group, click.Group)
    context = click.Context(group)
    assert group.list_commands(context) == [*COMMANDS]
    for name in COMMANDS:
        found = group.get_command(context, name)
        assert found is not None
        options = options_of(found)
        assert all(str(each.envvar).startswith("SOVLINT_") for each in options)


def test_rate_and_remaining_time_go_by_what_was_read_last() -> None:
    now = 0.0
    watch = FleetProgress(Voice(lang="en", quiet=True), None, lambda: now)
    watch.round(0, 100, 0)
    for _ in range(20):
        now += 3.0
        watch.done(Done("a", "d"))
    assert watch.text() == "20 of 100 read, 20 a minute, about 4 min left"
    assert [duration(each) for each in (5, 600, 12000)] == ["5 s", "10 min", "3 h 20 min"]
