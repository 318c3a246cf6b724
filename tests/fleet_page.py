"""What ``docs/fleet.md`` is run beside: clones of the four repositories of ``fixtures/fleet``, and an export of GitLab."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner

from sovlint.cli import main
from sovlint.fleet import worker
from sovlint.fleet.child import read
from sovlint.fleet.scheduler import OnDemand
from sovlint.fleet.worker import Done, Job
from tests import scratch
from tests.fleet.in_process import carry_out
from tests.fleet_house import FLEET

PAGE: Final = scratch.ROOT / "docs/fleet.md"
TEXT: Final = PAGE.read_text(encoding="utf-8")
_LINES: Final = [
    line.partition(" #")[0].rstrip()
    for block in re.findall(r"^```sh\n(.*?)^```$", TEXT, re.DOTALL | re.MULTILINE)
    for line in block.splitlines()
]
OPTIONS_OF_OTHERS: Final = frozenset(
    {"--mirror", "--depth", "--single-branch", "--nthreads", "--profile"}
)
"""Options of git, Dask and Compose that pages speak of."""


def house(folder: Path, env: dict[str, str]) -> Path:
    """A folder with mirrors of four repositories, an export that knows them, and a clone of one."""
    entries = []
    for name in FLEET:
        source = folder.parent / "sources" / name
        shutil.copytree(scratch.ROOT / "fixtures/fleet" / name, source)
        scratch.git(source, env, "init", "--quiet")
        scratch.git(source, env, "add", "--all")
        scratch.git(source, env, "commit", "--quiet", "--message=all")
        scratch.git(source, env, "tag", "v3")
        address = f"https://git.valceziere.fr/plateforme/{name}.git"
        clone = folder / "clones/mutuelle" / f"{name}.git"
        scratch.git(source, env, "clone", "--quiet", "--mirror", ".", f"{clone}")
        scratch.git(clone, env, "remote", "set-url", "origin", address)
        entries.append(
            {
                "path_with_namespace": f"mutuelle/{name}",
                "http_url_to_repo": address,
                "ssh_url_to_repo": f"{source}",
                "default_branch": "main",
            }
        )
    scratch.git(folder, env, "clone", "--quiet", "clones/mutuelle/manifests.git", "checkout")
    (folder / "gitlab.json").write_text(json.dumps(entries), encoding="utf-8")
    return folder


def read_here(patch: pytest.MonkeyPatch) -> None:
    """Have a fleet read in this process."""

    def called(_: OnDemand, jobs: Iterable[Job]) -> Iterator[Done]:
        yield from carry_out(jobs)

    patch.setattr(OnDemand, "__call__", called)
    patch.setattr(worker, "_read", lambda task, limits: (read(task), True))


def asked(folder: Path, question: str, answered: bool) -> None:
    """Ask the store that the page has made by now; whether it has an answer is known."""
    given = ["fleet", "query", "-", "--store", f"{folder / 'fleet'}", "--format", "json"]
    result = CliRunner().invoke(main, given, input=question)
    assert result.exit_code == 0, result.output
    assert bool(json.loads(result.stdout)) == answered, question


def stays_proved(folder: Path) -> None:
    """That what the fleet proved of a repository is proved by its own pipeline too, which wrote the newest state."""
    store = f"{folder / 'fleet'}"

    def told(question: str, *given: str) -> list[dict[str, object]]:
        command = ["fleet", "query", question, "--store", store, "--format", "json", *given]
        result = CliRunner().invoke(main, command)
        assert result.exit_code == 0, result.output
        return list(json.loads(result.stdout))

    runs = told("SELECT run, kind FROM runs ORDER BY number")
    assert [each["kind"] for each in runs][-1] == "scan"
    last = next(f"{each['run']}" for each in reversed(runs) if each["kind"] == "fleet")
    proved = told(_PROVED, "--run", last)
    assert told(_PROVED) == proved
    assert {each["role"] for each in proved if each["address"].startswith("module.")} != set()


_PROVED: Final = """SELECT repository, address, role, policy, fingerprint FROM findings
WHERE verdict = 'violation' AND severity = 'error' ORDER BY ALL"""


def clones_by(line: str, env: dict[str, str]) -> None:
    """That it clones what an export names, and run again fetches it."""
    if shutil.which("jq") is None:
        pytest.skip("no jq here")
    folder = house(Path(env["HOME"]) / "cloning", env)
    entries = json.loads((folder / "gitlab.json").read_text(encoding="utf-8"))
    other = [
        {"full_name": each["path_with_namespace"], "clone_url": each["ssh_url_to_repo"]}
        for each in entries
    ]
    (folder / "github.json").write_text(json.dumps(other), encoding="utf-8")
    shutil.rmtree(folder / "clones")
    for _ in range(2):
        done = scratch.run("bash", "-c", line, cwd=folder, env=env)
    assert done.returncode == 0, done.stdout
    found = [each.name for each in sorted((folder / "clones/mutuelle").iterdir())]
    assert found == [f"{name}.git" for name in FLEET]


def asks_a_host(line: str, env: dict[str, str]) -> None:
    """That it writes the export that the next line reads."""
    program, _, path = line.partition(" > ")
    assert shlex.split(program)[:3] in (
        ["glab", "api", "--paginate"],
        ["gh", "api", "--paginate"],
    )
    assert f"' {path} | while read" in TEXT
    assert env


CLONING: Final = {
    **{
        each: ("asks a host", asks_a_host)
        for each in _LINES
        if each.startswith(("glab api ", "gh api "))
    },
    **{
        each: ("needs what the line before would write", clones_by)
        for each in _LINES
        if each.startswith("jq ")
    },
}
VARIABLES: Final = [each for each in _LINES if each.startswith("export ")]
ELSEWHERE: Final = [
    each
    for each in _LINES
    if each.startswith("sovlint fleet scan /srv/clones --store s3://fleet/ours --scheduler t")
    or each == "sovlint fleet scan clones --store s3://fleet/ours"
]
DASK: Final = [
    each
    for each in _LINES
    if each.startswith(
        ("dask scheduler --h", "dask scheduler --p", "dask worker ", "dask ssh ")
    )
]
"""Lines of the page that aren't run, by what is checked of them instead."""
