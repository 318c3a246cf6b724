"""Runs sovlint and prints, as JSON, each file and folder that Python opened on the way. Run as a program."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

_EVENTS = ("open", "os.scandir", "os.listdir")
opened: set[str] = set()
ran: list[str] = []


def _hook(event: str, arguments: tuple[object, ...]) -> None:
    if event in _EVENTS and isinstance(arguments[0], (str, bytes)):
        opened.add(os.path.realpath(os.fsdecode(arguments[0])))
    elif event == "subprocess.Popen":
        ran.append(str(arguments[1]))


if __name__ == "__main__":
    from sovlint.cli import main

    sys.addaudithook(_hook)
    code: object = 0
    try:
        code = main.main(sys.argv[2:], standalone_mode=False)
    except SystemExit as end:
        code = end.code
    except Exception as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        code = 2
    told = json.dumps({"opened": sorted(opened), "ran": ran, "code": code})
    Path(sys.argv[1]).write_text(told, encoding="utf-8")
