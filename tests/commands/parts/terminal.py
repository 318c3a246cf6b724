"""Runs sovlint with a terminal for stderr, and gives what was written there."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from collections.abc import Sequence


def on_terminal(arguments: Sequence[str], **environment: str) -> str:
    """What stood on the terminal; stdout goes nowhere."""
    ours, theirs = pty.openpty()
    env = {**os.environ, "LC_ALL": "C.UTF-8", "TERM": "xterm", **environment}
    try:
        subprocess.run(
            [sys.executable, "-m", "sovlint", *arguments],
            stdout=subprocess.DEVNULL, stderr=theirs, env=env, check=False,
        )  # fmt: skip
    finally:
        os.close(theirs)
    said = b""
    try:
        while found := os.read(ours, 65536):
            said += found
    except OSError:
        pass  # all is read, and nobody writes any more
    finally:
        os.close(ours)
    return said.decode()
