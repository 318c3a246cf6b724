"""Reads which resource types the sources of a plug-in register: documentation leaves some out.

Plug-ins are written in Go, with one of two libraries: types are keys of a map (``ResourcesMap``), names that a function
takes (``RegisterResource``), or what a ``Metadata`` method gives. Their arguments aren't read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

_MAP: Final = re.compile(r"\bResourcesMap:\s*map\[string\]\*?schema\.Resource\{")
_KEY: Final = re.compile(r'^\s*"([a-z0-9_]+)"\s*:', re.M)
_CALL: Final = re.compile(r'^[^/\n]*\bRegisterResource\("([a-z0-9_]+)"', re.M)
_METHOD: Final = re.compile(
    r'\bresource\.MetadataRequest\b[^}]{0,400}?\bTypeName\s*=\s*(?:\w+\.ProviderTypeName\s*\+\s*"_|")([a-z0-9_]+)"'
)
_HINTS: Final = ("ResourcesMap", "RegisterResource(", "resource.MetadataRequest")


def types(folder: Path, prefix: str) -> frozenset[str]:
    """Names of the types that the Go files below ``folder`` register; empty where there are no such files."""
    found: set[str] = set()
    for path in sorted(folder.rglob("*.go")):
        if path.name.endswith("_test.go") or "vendor" in path.relative_to(folder).parts:
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        if any(hint in text for hint in _HINTS):
            found.update(_types(text, prefix))
    return frozenset(found)


def _types(text: str, prefix: str) -> Iterator[str]:
    for opened in _MAP.finditer(text):
        yield from _KEY.findall(text, opened.end(), _closed(text, opened.end()))
    yield from _CALL.findall(text)
    for name in _METHOD.findall(text):
        yield name if name.startswith(f"{prefix}_") else f"{prefix}_{name}"


def _closed(text: str, start: int) -> int:
    """Where the brace that opened before ``start`` is closed."""
    depth = 1
    for brace in re.finditer(r"[{}]", text[start:]):
        depth += 1 if brace[0] == "{" else -1
        if not depth:
            return start + brace.start()
    return len(text)
