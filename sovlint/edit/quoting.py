"""Scanned names as YAML text, as globs and as short lists: whatever a name holds, it stays one value on its line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Final

from sovlint.model.redaction.redact import mask, printable

_GLOB: Final = re.compile(r"[\\*?\[]")


def quoted(text: str) -> str:
    """A double-quoted YAML scalar: without secrets, line breaks and other characters that don't show escaped."""
    return printable(json.dumps(mask(text), ensure_ascii=False))


def few(names: Iterable[str], most: int) -> tuple[str, ...]:
    """The first of many names, and how many more there are."""
    listed = tuple(names)
    more = len(listed) - most
    return (*listed[:most], f"+{more}") if more > 0 else listed


def under(folder: str, suffix: str = "") -> str:
    """The glob, as in ``.gitignore``, of all that lies in a folder; of the files at the top that end so for ``""``."""
    if not folder:
        return f"/*{suffix}"
    anchor = "/" if folder.startswith(("!", "#")) else ""
    return anchor + _GLOB.sub(r"\\\g<0>", folder) + "/**"


def exactly(path: str) -> str:
    """The glob of one file."""
    return "/" + _GLOB.sub(r"\\\g<0>", path)
