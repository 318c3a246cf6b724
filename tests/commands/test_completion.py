"""``sovlint completion``: what a shell is told, for real where it is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.shell_completion import CompletionItem, FishComplete, ShellComplete, ZshComplete
from click.testing import CliRunner

from sovlint.catalog.load import load
from sovlint.cli import COMMANDS, command, main
from sovlint.commands.completion import PROGRAM, VARIABLE
from sovlint.commands.parts import suggest
from sovlint.policy.load import known_policies, known_sets

CASES = [
    ([], "", [name for name in COMMANDS if " " not in name]),
    ([], "sc", ["scan", "schema"]),
    ([], "--v", ["--version"]),
    (["scan"], "--fail", ["--fail-on"]),
    (["scan", "--fail-on"], "", ["error", "warning", "never"]),
    (["scan", "--policy-set"], "s", ["sovereign-health", "statutory", "strict"]),
    (
        ["scan", "--as-of", "nonsense", "--assume"],
        "health",
        ["health", "health-pseudonymised"],
    ),
    (["facts", "--format"], "t", ["table"]),
    (
        ["explain"],
        "health-data-on",
        [name for name in known_policies() if name.startswith("health-data-on")],
    ),
    (["provider"], "ov", ["ovhcloud", "ovhcloud-us"]),
    (["provider", "--format"], "j", ["json"]),
    (["catalog"], "", ["build", "check", "diff", "keygen"]),
    (["schema"], "c", ["config", "catalog", "catalog-diff"]),
    (["completion"], "", ["bash", "zsh", "fish"]),
    (["no-such-command"], "", [name for name in COMMANDS if " " not in name]),
    (["--version"], "che", ["check"]),
]
"""Words before, the word begun, and what completes it."""


def script(shell: str) -> str:
    result = CliRunner().invoke(main, ["completion", shell])
    assert result.exit_code == 0
    return result.stdout


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a `sovlint` that is this one."""
    folder = tmp_path_factory.mktemp("bin")
    program = folder / "sovlint"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m sovlint "$@"\n')
    program.chmod(0o755)
    return folder


def in_shell(shell: str, text: str, programs: Path) -> subprocess.CompletedProcess[str]:
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("SOVLINT_", "_SOVLINT_"))
    }
    return subprocess.run(
        [shell, *(["--norc"] if shell == "bash" else []), "-c", text],
        env={**kept, "PATH": path, "LC_ALL": "C.UTF-8", "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash isn't installed")
@pytest.mark.parametrize(("before", "begun", "wanted"), CASES)
def test_bash(
    before: list[str], begun: str, wanted: list[str], programs: Path, tmp_path: Path
) -> None:
    (tmp_path / "sovlint.bash").write_text(script("bash"))
    words = " ".join(f"'{word}'" for word in ("sovlint", *before, begun))
    text = (
        f"source {tmp_path}/sovlint.bash\nCOMP_WORDS=({words})\nCOMP_CWORD={len(before) + 1}\n"
        '_sovlint_completion sovlint\nprintf "%s\\n" "${COMPREPLY[@]}"\ncomplete -p sovlint\n'
    )
    result = in_shell("bash", text, programs)
    assert result.stderr == ""
    *found, registered = result.stdout.splitlines()
    assert found == wanted
    assert registered.endswith("-F _sovlint_completion sovlint")


@pytest.mark.parametrize(("shell", "of"), [("zsh", ZshComplete), ("fish", FishComplete)])
@pytest.mark.parametrize(("before", "begun", "wanted"), CASES)
def test_by_clicks_own_way(
    shell: str, of: type[ShellComplete], before: list[str], begun: str, wanted: list[str]
) -> None:
    complete = of(main, {}, PROGRAM, VARIABLE)
    assert [item.value for item in complete.get_completions(before, begun)] == wanted
    assert script(shell) == complete.source()


@pytest.mark.program
@pytest.mark.skipif(shutil.which("zsh") is None, reason="zsh isn't installed")
def test_zsh_reads_the_script(programs: Path, tmp_path: Path) -> None:
    (tmp_path / "_sovlint").write_text(script("zsh"))
    text = f"autoload -Uz compinit; compinit -D -u\nsource {tmp_path}/_sovlint\nprint ${{_comps[sovlint]}}\n"
    result = in_shell("zsh", text, programs)
    assert (result.stdout.strip(), result.stderr) == ("_sovlint_completion", "")


@pytest.mark.program
@pytest.mark.skipif(shutil.which("fish") is None, reason="fish isn't installed")
def test_fish(programs: Path, tmp_path: Path) -> None:
    (tmp_path / "sovlint.fish").write_text(script("fish"))
    result = in_shell(
        "fish", f"source {tmp_path}/sovlint.fish; complete -C 'sovlint sc'", programs
    )
    assert [line.split("\t")[0] for line in result.stdout.splitlines()] == ["scan", "schema"]


def test_commands_come_with_their_line() -> None:
    items = ZshComplete(main, {}, PROGRAM, VARIABLE).get_completions([], "scan")
    assert [item.help for item in items] == [COMMANDS["scan"]]


def asked(completer: suggest.Completer, begun: str) -> list[CompletionItem]:
    explain = command("explain")
    return completer(
        main.make_context("sovlint", [], resilient_parsing=True), explain.params[0], begun
    )


def test_all_names_that_ship() -> None:
    assert [item.value for item in asked(suggest.policies, "")] == list(known_policies())
    assert [item.value for item in asked(suggest.policy_sets, "")] == list(known_sets())
    assert [item.value for item in asked(suggest.data_classes, "")] == list(load().classes)


def test_titles_are_in_the_language_of_the_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    (item,) = asked(suggest.policies, "health-data-in-eea")
    assert item.help == known_policies()["health-data-in-eea"].title["fr"]


def test_a_policy_set_may_be_a_file() -> None:
    assert [(item.type, item.value) for item in asked(suggest.policy_sets, "own/")] == [
        ("file", "own/")
    ]


def test_whatever_goes_wrong_is_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise RuntimeError("no index")

    monkeypatch.setattr("sovlint.policy.load.index", broken)
    assert asked(suggest.policies, "") == []


def test_completing_reads_nothing_slow(programs: Path) -> None:
    code = (
        "import os, sys; os.environ.update({'_SOVLINT_COMPLETE': 'bash_complete', 'COMP_WORDS': 'sovlint explain ', "
        "'COMP_CWORD': '2'})\nfrom sovlint.cli import main\ntry:\n    main(prog_name='sovlint')\nexcept SystemExit:\n"
        "    print({'yaml', 'jsonschema', 'pathspec', 'tree_sitter', 'packaging'} & set(sys.modules))"
    )
    known_policies()  # the index is compiled by now
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stdout.splitlines()[-1] == "set()"
    assert len(result.stdout.splitlines()) == len(known_policies()) + len(known_sets()) + 1
