"""How this sovlint was installed, and so what brings an extra of it: no hint names a package that isn't published.

pip writes down where a distribution came from (PEP 610, ``direct_url.json``): a folder, an archive or a revision. One
that has no such file came from an index, which has its name.
"""

from __future__ import annotations

import json
import os
import re
import shlex
from collections.abc import Mapping
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path, PurePath, PureWindowsPath
from typing import Any, Final

NAME: Final = "sovlint"
HOME: Final = Path(__file__).parents[1]
"""What this package lies in: a clone, where nothing says otherwise, or the packages of an environment."""
_ORIGIN: Final = "direct_url.json"
_DRIVE: Final = re.compile("^/([A-Za-z]:)")


def bringing(*extras: str) -> str:
    """The command that adds extras (``report``, ``registers``) to this installation, for a shell of this system."""
    options, wanted = _requirement(",".join(extras))
    return " ".join(("pip install", *options, _quoted(wanted)))


def _requirement(extras: str) -> tuple[tuple[str, ...], str]:
    """Options of pip, and what it is asked for."""
    try:
        found = distribution(NAME)
    except PackageNotFoundError:
        return (), _of_path(HOME, extras)
    origin = _origin(found)
    url = origin.get("url")
    if not isinstance(url, str):
        return (), f"{NAME}[{extras}]=={found.version}"
    folder = origin.get("dir_info")
    if (path := path_of(url)) is not None and "vcs_info" not in origin:
        editable = isinstance(folder, dict) and folder.get("editable") is True
        return ("--editable",) if editable else (), _of_path(Path(path), extras)
    return (), f"{NAME}[{extras}] @ {_address(url, origin)}"


def _origin(found: Distribution) -> Mapping[str, Any]:
    """What pip wrote down; empty where it wrote nothing, or what can't be read."""
    try:
        written = json.loads(found.read_text(_ORIGIN) or "{}")
    except (OSError, ValueError):
        return {}
    return written if isinstance(written, dict) else {}


def path_of(url: str, kind: type[PurePath] = Path) -> PurePath | None:
    """The file or folder of a ``file:`` address, as the system of ``kind`` writes it; none where it is elsewhere."""
    from urllib.parse import (  # imported late: no run that goes well needs them
        unquote,
        urlsplit,
    )

    parts = urlsplit(url)
    if parts.scheme != "file":
        return None
    share = f"//{parts.netloc}" if parts.netloc not in ("", "localhost") else ""
    path = share + unquote(parts.path)
    return kind(_DRIVE.sub(r"\1", path) if issubclass(kind, PureWindowsPath) else path)


def _of_path(path: Path, extras: str) -> str:
    """A file or folder with extras. The folder where one stands is a dot, as people write it, and so is one that has
    gone; of a file that has gone, its name says which is wanted."""
    if not path.exists():
        return f"{path.name if path.suffix == '.whl' else '.'}[{extras}]"
    return f"{'.' if path == Path.cwd() else path}[{extras}]"


def _address(url: str, origin: Mapping[str, Any]) -> str:
    """An address as pip takes it: a revision behind its tool's name, an archive with its digest."""
    revision, archive = origin.get("vcs_info"), origin.get("archive_info")
    if isinstance(revision, dict):
        at = revision.get("requested_revision") or revision.get("commit_id")
        url = f"{revision.get('vcs')}+{url}" + (f"@{at}" if at else "")
    digests = archive.get("hashes") if isinstance(archive, dict) else None
    parts = {
        "sha256": digests.get("sha256") if isinstance(digests, dict) else None,
        "subdirectory": origin.get("subdirectory"),
    }
    told = "&".join(f"{key}={value}" for key, value in parts.items() if value)
    return f"{url}#{told}" if told else url


def _quoted(text: str) -> str:
    """A word of a command line: no shell sees patterns in its brackets."""
    return f'"{text}"' if os.name == "nt" else shlex.quote(text)
