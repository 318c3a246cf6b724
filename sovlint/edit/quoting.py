"""Scanned names as YAML text and as globs: whatever a name holds, it stays one value on its line."""

from __future__ import annotations

import json
import re
from typing import Final

from sovlint.model.redaction.redact import mask, printable

_GLOB: Final = re.compile(r"[\\*?\[]")


def quoted(text: str) -> str:
    """A double-quoted YAML scalar: without secrets, line breaks and other characters that don't show escaped."""
    return printable(json.dumps(mask(text), ensure_ascii=False))


def under(folder: str, suffix: str = "") -> str:
    """The glob, as in ``.gitignore``, of all that lies in a folder; of the files at the top that end so for ``""``."""
    if not folder:
        return f"/*{suffix}"
    anchor = "/" if folder.startswith(("!", "#")) else ""
    return anchor + _GLOB.sub(r"\\\g<0>", folder) + "/**"
