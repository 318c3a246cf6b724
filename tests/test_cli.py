"""The command line itself: how it starts, how it ends, and how it fails."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from sovlint import __version__, cli
from sovlint.cli import COMMANDS, command, main
from sovlint.commands.parts.helping import HELP
from sovlint.errors import SovlintError

ROOT = Path(__file__).parents[1]
ATTESTED = "attestations: [{claim: {qualification: %s}, evidence: e, owner: dpo, issued: 2026-01-01, expires: 2027-01-01}]"


def run(*arguments: str, **environment: str) -> Result:
    return CliRunner(
        env={name: None for name in os.environ if name.startswith("SOVLINT_")}
    ).invoke(main, arguments, env=environment, prog_name="sovlint")


class _Odd(type(main)):  # type: ignore[misc]  # the group of the command line, with one command that goes wrong
    """A command line whose only command raises what it was made with."""

    def __init__(self, error: BaseException) -> None:
        super().__init__(name="sovlint")
        self.error = error

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str, click.Command, list[str]]:
        return "odd", click.Command("odd", callback=self.fail), []

    def fail(self) -> None:
        raise self.error


class TestEnding:
    """Whatever goes wrong ends in a known exit code, and never in a trace."""

    def test_an_error_is_one_message_with_its_hint(self) -> None:
        result = CliRunner().invoke(_Odd(SovlintError("It is wrong.", "Mend it.")), ["odd"])
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr == "error: It is wrong.\nhint: Mend it.\n"

    def test_what_an_error_quotes_never_reaches_the_terminal_raw(self) -> None:
        result = CliRunner().invoke(
            _Odd(SovlintError("No \x1b[31mfile https://user:pass@host/", "")), ["odd"]
        )
        assert result.stderr == "error: No \\x1b[31mfile https://***@host/\n"

    @pytest.mark.parametrize("error", [KeyError("x"), RecursionError("deep"), MemoryError()])
    def test_what_nobody_expected_is_one_line_and_2(self, error: Exception) -> None:
        result = CliRunner().invoke(_Odd(error), ["odd"])
        assert (result.exit_code, result.stdout) == (2, "")
        first, hint = result.stderr.splitlines()
        assert first.startswith(f"error: internal error: {type(error).__name__}")
        assert "report it" in hint
        assert "Traceback" not in result.stderr

    def test_the_trace_is_shown_to_who_asks(self) -> None:
        result = CliRunner().invoke(_Odd(KeyError("x")), ["odd"], env={"SOVLINT_DEBUG": "1"})
        assert result.exit_code == 2
        assert "Traceback" in result.stderr

    def test_an_interruption_is_130(self) -> None:
        result = CliRunner().invoke(_Odd(KeyboardInterrupt()), ["odd"])
        assert (result.exit_code, result.stdout, result.stderr.strip()) == (130, "", "")

    def test_callers_that_do_without_exit_get_code_and_errors(self) -> None:
        assert main.main(["explain", "--no-config"], standalone_mode=False) == 0
        with pytest.raises(SovlintError):
            main.main(["explain", "--no-config", "nothing"], standalone_mode=False)


class TestUsage:
    """Wrong usage: 2, with what was probably meant."""

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["scn"], "There is no command `scn`. Did you mean `scan`?"),
            (["tests"], "There is no command `tests`. Did you mean `sovlint scan tests`?"),
            (
                ["zzz"],
                "There is no command `zzz`. There are: scan, map, report, register, calendar, evidence, verify, "
                "fleet, facts, explain, provider, where, "
                "init, label, attest, provider new, check, catalog, schema, completion.",
            ),
            (
                ["--lang", "fr", "scan"],
                "avant la commande : écrivez `sovlint COMMANDE --lang`.",
            ),
            (["--quiet", "scan"], "before the command: write `sovlint COMMAND --quiet`."),
            (["scan", "--formatt", "json"], "Did you mean '--format'?"),
            (["scan", "--as-of", "tomorrow"], "'tomorrow' is not a day (YYYY-MM-DD)."),
            (["scan", "--as-of", "2026-02-30"], "'2026-02-30' is not a day (YYYY-MM-DD)."),
            (
                ["scan", "--fail-on", "note"],
                "'note' is not one of 'error', 'warning', 'never'.",
            ),
            (["scan", "--min-classified", "101"], "101 is not in the range 0<=x<=100."),
            (["scan", "--var", "secret-without-a-name"], "it must be NAME=VALUE."),
            (["facts", "--format", "text"], "'text' is not one of 'json', 'table', 'csv'"),
        ],
    )
    def test_suggestions(
        self, monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str
    ) -> None:
        monkeypatch.chdir(ROOT)
        result = run(*arguments)
        assert (result.exit_code, result.stdout) == (2, "")
        assert said in result.stderr

    def test_a_value_is_not_repeated(self) -> None:
        assert "secret" not in run("scan", "--var", "secret").stderr

    @pytest.mark.parametrize("command", COMMANDS)
    def test_every_command_has_its_help(self, command: str) -> None:
        result = run(command, "--help")
        assert result.exit_code == 0
        assert "Usage: sovlint " + command in result.stdout

    def test_the_help_lists_every_command(self) -> None:
        result = run("-h")
        assert result.exit_code == 0
        for name, line in COMMANDS.items():
            assert f"  {name}" in result.stdout
            assert line in result.stdout

    @pytest.mark.parametrize("name", COMMANDS)
    def test_every_option_has_its_variable(self, name: str) -> None:
        for param in command(name).params:
            if isinstance(param, click.Option) and param not in HELP:
                assert str(param.envvar).startswith("SOVLINT_"), param.name


class TestNames:
    """What the command line and the configuration name must exist."""

    def test_a_path(self, tmp_path: Path) -> None:
        (tmp_path / "infra").mkdir()
        result = run("scan", str(tmp_path / "infar"))
        assert (result.exit_code, result.stdout) == (2, "")
        assert f"Did you mean `{tmp_path / 'infra'}`?" in result.stderr

    @pytest.mark.parametrize(
        "arguments",
        [
            ("scan", ""),
            ("facts", "", "."),
            ("scan", ".", "--config", ""),
            ("explain", "--policy", ""),
        ],
    )
    def test_an_empty_path_is_not_the_folder_where_one_is(
        self, arguments: tuple[str, ...]
    ) -> None:
        result = run(*arguments)
        assert (result.exit_code, result.stdout) == (2, "")
        assert "an empty path names nothing" in result.stderr

    def test_a_configuration(self, tmp_path: Path) -> None:
        result = run("scan", str(tmp_path), "--config", str(tmp_path / "none.yaml"))
        assert result.exit_code == 2
        assert "There is no configuration" in result.stderr

    def test_a_file_of_values(self, tmp_path: Path) -> None:
        result = run("scan", str(tmp_path), "--var-file", str(tmp_path / "none.tfvars"))
        assert result.exit_code == 2
        assert "There is no file of values" in result.stderr

    def test_a_file_of_values_outside(self, tmp_path: Path) -> None:
        (tmp_path / "infra").mkdir()
        (tmp_path / "x.tfvars").touch()
        result = run(
            "scan", str(tmp_path / "infra"), "--var-file", str(tmp_path / "x.tfvars")
        )
        assert result.exit_code == 2
        assert "lies outside" in result.stderr

    def test_a_class_to_assume(self, tmp_path: Path) -> None:
        result = run("scan", str(tmp_path), "--assume", "heath")
        assert result.exit_code == 2
        assert "There is no data class `heath` to assume." in result.stderr
        assert "Did you mean `health`?" in result.stderr

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("data:\n  values:\n    C3: [heath]\n", "3:5: there is no data class `heath`."),
            ("data: {assume: heath}\n", "1:8: there is no data class `heath`."),
            (
                ATTESTED % "hsd}, subject: {provider: scaleway",
                "there is no qualification `hsd`",
            ),
            (
                ATTESTED % "hds}, subject: {provider: scalway",
                "the catalogue has no provider `scalway`",
            ),
            (
                ATTESTED % "hds}, subject: {provider: scaleway, region: par",
                "Scaleway has no region `par`",
            ),
            (
                (ATTESTED % "hds}, subject: {provider: scaleway").replace(
                    "qualification: hds", "country: XX"
                ),
                "the catalogue has no state `XX`",
            ),
            (
                (ATTESTED % "hds}, subject: {provider: scaleway").replace(
                    "qualification: hds", "country: EU"
                ),
                "`EU` is no country",
            ),
            (
                (ATTESTED % "hds}, subject: {provider: scaleway").replace(
                    "qualification: hds", "control: [FR, ZZ]"
                ),
                "the catalogue has no state `ZZ`",
            ),
        ],
    )
    def test_in_the_configuration(self, tmp_path: Path, text: str, said: str) -> None:
        (tmp_path / "sovlint.yaml").write_text(text)
        result = run("scan", str(tmp_path))
        assert result.exit_code == 2
        assert said in result.stderr

    def test_a_broken_configuration_can_be_left_out(self, tmp_path: Path) -> None:
        (tmp_path / "sovlint.yaml").write_text("polcies: []\n")
        assert "Did you mean `policies`?" in run("scan", str(tmp_path)).stderr
        assert run("scan", str(tmp_path), "--no-config").exit_code == 3
        assert run("scan", str(tmp_path), SOVLINT_NO_CONFIG="1").exit_code == 3


class TestScanning:
    """Streams and exit codes of the two commands that scan."""

    @pytest.fixture
    def bucket(self, tmp_path: Path) -> Path:
        (tmp_path / "main.tf").write_text(
            'provider "aws" {\n  region = "eu-west-3"\n}\n'
            'resource "aws_s3_bucket" "claims" {\n  tags = { data_class = "health" }\n}\n'
        )
        return tmp_path

    @pytest.mark.parametrize("command", ["scan", "facts"])
    def test_nothing_to_scan_is_3_and_said(self, tmp_path: Path, command: str) -> None:
        result = run(command, str(tmp_path), "--lang", "en")
        assert result.exit_code == 3
        assert "Nothing to scan" in result.stderr
        assert run(command, str(tmp_path), "--quiet").stderr == ""

    def test_findings_are_1_and_on_stdout(self, bucket: Path) -> None:
        result = run("scan", str(bucket), "--lang", "en")
        assert result.exit_code == 1
        assert "health-data-under-eu-control" in result.stdout
        assert result.stderr == ""
        assert run("scan", str(bucket), "--exit-zero").exit_code == 0
        assert run("scan", str(bucket), "--fail-on", "never").exit_code == 0

    def test_facts_judge_nothing(self, bucket: Path) -> None:
        assert run("facts", str(bucket)).exit_code == 0

    def test_a_flag_wins_over_its_variable_and_that_over_the_configuration(
        self, bucket: Path
    ) -> None:
        (bucket / "sovlint.yaml").write_text("policy_set: strict\n")

        def used(*flags: str, **environment: str) -> str:
            result = run("scan", str(bucket), "--format", "json", *flags, **environment)
            return next(line for line in result.stdout.split(",") if '"policy_set"' in line)

        assert '"strict"' in used()
        assert '"statutory"' in used(SOVLINT_POLICY_SET="statutory")
        assert '"sovereign-health"' in used(
            "--policy-set", "sovereign-health", SOVLINT_POLICY_SET="statutory"
        )

    def test_several_variables_in_one(self, tmp_path: Path) -> None:
        (tmp_path / "main.tf").write_text(
            'variable "region" {}\nvariable "name" {}\nprovider "aws" {\n  region = var.region\n}\n'
            'resource "aws_s3_bucket" "x" {\n  bucket = var.name\n}\n'
        )
        result = run(
            "facts",
            str(tmp_path),
            "--format",
            "json",
            SOVLINT_VAR="name=a b\nregion=eu-west-3",
        )
        assert '"region": "eu-west-3"' in result.stdout

    def test_a_report_may_go_to_a_file(self, bucket: Path) -> None:
        result = run(
            "scan", str(bucket), "--format", "json", "-o", str(bucket / "report.json")
        )
        assert (result.exit_code, result.stdout) == (1, "")
        assert '"sovlint-report/1"' in (bucket / "report.json").read_text()


def test_the_version_and_the_catalogues_date() -> None:
    result = run("--version")
    assert result.exit_code == 0
    assert result.stdout.startswith(f"sovlint {__version__} (catalogue of 20")


def test_python_m_is_the_same() -> None:
    result = subprocess.run(
        [sys.executable, "-m", "sovlint", "--version"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    assert result.stdout == run("--version").stdout


def test_the_table_of_commands_is_all_there_is() -> None:
    asking = {"scan", "map", "report", "facts", "explain", "provider", "where"}
    stating = {"register", "calendar", "evidence", "verify"}
    assert set(COMMANDS) == asking | stating | {
        "init",
        "label",
        "attest",
        "provider new",
        "check",
        "catalog",
        "schema",
        "completion",
        "fleet",
    }
    assert cli.main.list_commands(click.Context(main)) == list(COMMANDS)
