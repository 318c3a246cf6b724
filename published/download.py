"""Downloads a binding package by name, with the clients of the registries. The only place that needs the network."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from published.schema import SchemaError


def package(registry: str, name: str, version: str | None, folder: Path) -> Path:
    """The archive of a package (its newest version where none is given), downloaded into ``folder``.

    ``registry`` is ``pypi`` or ``npm``. Raises ``SchemaError`` with what the client said.
    """
    folder.mkdir(parents=True, exist_ok=True)
    before = set(folder.iterdir())
    if registry == "pypi":
        wanted = f"{name}=={version}" if version else name
        command = [
            sys.executable,
            "-m",
            "pip",
            "download",
            "--quiet",
            "--no-deps",
            "--dest",
            str(folder),
            wanted,
        ]
    else:
        wanted = f"{name}@{version}" if version else name
        command = ["npm", "pack", "--silent", "--pack-destination", str(folder), wanted]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise SchemaError(
            f"{command[0]} isn't installed; download {wanted} yourself and give its path."
        ) from None
    if done.returncode:
        raise SchemaError(
            f"{wanted} couldn't be downloaded from {registry}: {(done.stderr or done.stdout).strip()}"
        )
    stem = re.escape(name.lstrip("@").replace("/", "-").replace("_", "-"))
    # A version must follow: the names of other packages begin in the same way.
    fitting = [
        path
        for path in folder.iterdir()
        if re.match(rf"{stem}-\d", path.name.replace("_", "-"))
    ]
    new = [path for path in fitting if path not in before] or fitting
    if not new:
        raise SchemaError(f"{wanted}: {registry}'s client downloaded nothing into {folder}.")
    return max(new, key=lambda path: path.stat().st_mtime)
