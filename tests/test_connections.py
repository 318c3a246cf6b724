"""Nothing but ``fleet`` opens a connection, and that one only to this machine, unless a scheduler or store is named.

What is imported where is looked at by ``test_architecture.py``.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fleet.house import BUCKET, repository

ROOT = Path(__file__).parents[1]
HOOK = """
import os, sys

def told(event, arguments):
    if event in ("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.sendto", "socket.gethostbyname"):
        place = arguments[0] if event.startswith("socket.get") else arguments[1]
        host = place[0] if isinstance(place, tuple) else place
        with open(os.environ["TOLD"], "a") as file:
            file.write(f"{event} {host!r}\\n")

sys.addaudithook(told)
"""
LOOPBACK = {"'127.0.0.1'", "'localhost'", "'::1'"}


def opened(tmp_path: Path, *arguments: str) -> set[str]:
    """The hosts that a command, and all that it starts in Python, looks up or connects to."""
    told = tmp_path / "told"
    told.touch()
    hooked = tmp_path / "hook"
    hooked.mkdir(exist_ok=True)
    (hooked / "sitecustomize.py").write_text(HOOK)
    environment = {**os.environ, "PYTHONPATH": f"{hooked}:{ROOT}", "TOLD": str(told)}
    ran = subprocess.run(
        [sys.executable, "-m", "sovlint", *arguments],
        env=environment, cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "error" not in ran.stderr.replace(" errors", ""), ran.stderr
    return {line.split(" ", 1)[1] for line in told.read_text().splitlines()}


@pytest.mark.parametrize("command", ["scan", "report", "evidence"])
def test_a_command_opens_no_connection(command: str, tmp_path: Path) -> None:
    made = repository(tmp_path / "a", {"main.tf": BUCKET}, "https://git.example/a.git")
    out = tmp_path / "out"
    assert opened(tmp_path, command, str(made), "-o", str(out)) == set()
    assert out.stat().st_size


def test_a_fleet_connects_to_this_machine_alone(tmp_path: Path) -> None:
    made = repository(tmp_path / "a", {"main.tf": BUCKET}, "https://git.example/a.git")
    found = opened(
        tmp_path,
        "fleet",
        "scan",
        str(made),
        "--store",
        str(tmp_path / "store"),
        "--workers",
        "1",
    )
    assert found
    assert found <= LOOPBACK
