"""The gate on the small organisation: who fails, and how it exits."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from sovlint.cli import main
from tests.fleet.whole.history import CERTIFIED, CLAIMS, store


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, list[str]]:
    """The address of the store, and its runs."""
    opened, names = store(tmp_path_factory.mktemp("gate"))
    return opened.address, names


def gate(address: str, *more: str) -> Result:
    return CliRunner().invoke(
        main, ["fleet", "gate", "--store", address, *more], catch_exceptions=False
    )


def code(address: str, *more: str) -> Any:
    """What it exits with."""
    return (
        CliRunner()
        .invoke(main, ["fleet", "gate", "--store", address, *more], standalone_mode=False)
        .return_value
    )


def budget(folder: Path, errors: int, until: str, team: str = CLAIMS) -> str:
    file = folder / "budgets.yaml"
    file.write_text(f'budgets: [{{team: "{team}", errors: {errors}, until: {until}}}]')
    return f"{file}"


def test_what_it_exits_with(made: tuple[str, list[str]], tmp_path: Path) -> None:
    address, (one, two, three, four) = made
    passed = budget(tmp_path, 1, "2026-12-31")
    assert code(address, "--run", one) == 0
    assert code(address, "--run", two) == 1
    assert code(address, "--run", three) == 2
    assert code(address, "--run", three, "--allow-failures") == 1
    assert code(address, "--run", four) == 0
    assert code(address) == 0
    assert code(address, "--against", one) == 1
    of_two = ("--run", three, "--allow-failures", "--budget", passed)
    assert code(address, *of_two) == 1, "what nobody owns is new, and isn't proved"
    assert code(address, *of_two, "--unproven", "tell") == 0, "within the budget"
    budget(tmp_path, 1, "2026-10-31")
    assert code(address, *of_two, "--unproven", "tell") == 1, "the budget has ended"
    assert code(address, "--run", two, "--fail-on", "never") == 0


def test_a_budget_fails_without_anything_new(
    made: tuple[str, list[str]], tmp_path: Path
) -> None:
    address, _ = made
    assert code(address, "--budget", budget(tmp_path, 1, "2026-12-31")) == 0
    assert code(address, "--budget", budget(tmp_path, 0, "2026-12-31")) == 1


def test_what_it_tells(made: tuple[str, list[str]], tmp_path: Path) -> None:
    address, names = made
    idle = budget(tmp_path, 1, "2026-12-31", "@m/nobody")
    given = ("--run", names[2], "--allow-failures", "--budget", idle)
    told = (
        gate(address, *given, "--lang", "en")
        .output.replace(names[2], "3")
        .replace(names[1], "2")
    )
    assert told.splitlines() == [
        "Run 3 against 2",
        "",
        "(owned by nobody): 1 new, 0 gone, 0 moved.",
        "  + error[health-data-in-eea] unproven g/mail: main.tf:1 aws_sqs_queue.l",
        "",
        f"{CLAIMS}: 0 new, 0 gone, 1 moved.",
        f"  > error[{CERTIFIED}] violation g/claims: main.tf:1 aws_s3_bucket.b (google-cloud, europe-west9)"
        " <- aws, eu-west-3",
        "",
        "g/portal couldn't be read: it took too long.",
        "The budget of @m/nobody is of nobody: that team owns no repository here.",
        "Not passed: 2 teams have something new, or exceed their budgets.",
    ]
    data = json.loads(gate(address, *given, "--format", "json").output)
    assert (data["fails"], data["idle_budgets"], data["unread"][0]["status"]) == (
        True,
        ["@m/nobody"],
        "timed-out",
    )
    assert [(each["team"], len(each["new"]), len(each["moved"])) for each in data["teams"]] == [
        (None, 1, 0), (CLAIMS, 0, 1),
    ]  # fmt: skip
    assert data["teams"][1]["moved"][0]["from"] == {"provider": "aws", "region": "eu-west-3"}


def test_a_renamed_repository_is_told(made: tuple[str, list[str]]) -> None:
    address, names = made
    assert (
        "g/mail was called g/letters"
        in gate(address, "--run", names[1], "--lang", "en").output
    )


def test_what_is_asked_wrongly(made: tuple[str, list[str]]) -> None:
    address, _ = made
    assert "There is no run `x` that ended." in gate(address, "--run", "x").output
