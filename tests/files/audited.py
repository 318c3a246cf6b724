"""Runs sovlint, once for each list of arguments in a file, and writes which files and folders Python opened each time.

A program of its own: what listens to Python's events can't be taken away again.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from click.testing import CliRunner

from sovlint.cli import main

_EVENTS = ("open", "os.scandir", "os.listdir")
opened: set[str] = set()


def _hook(event: str, arguments: tuple[object, ...]) -> None:
    if event in _EVENTS and isinstance(arguments[0], (str, bytes)):
        opened.add(os.path.realpath(os.fsdecode(arguments[0])))


def _run(folder: str, arguments: list[str]) -> dict[str, object]:
    os.chdir(folder)
    opened.clear()
    result = CliRunner().invoke(main, arguments)
    crashed = result.exception is not None and not isinstance(result.exception, SystemExit)
    return {
        "opened": sorted(opened),
        "code": result.exit_code,
        "output": result.output + (f"Traceback: {result.exception}" if crashed else ""),
    }


if __name__ == "__main__":
    told = Path(sys.argv[1])
    runs = json.loads(told.read_text("utf-8"))
    sys.addaudithook(_hook)
    found = [_run(folder, arguments) for folder, arguments in runs]
    told.write_text(json.dumps(found), "utf-8")
