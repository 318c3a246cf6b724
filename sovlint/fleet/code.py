"""What tells one state of sovlint from another: results of another code, or another catalogue, are others."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from typing import Any, Final

import sovlint
from sovlint.files import index_file

_SHIPPED: Final = (".py", ".yaml", ".yml", ".json", ".jsonl", ".html", ".css", ".js")
"""How the names of files end that bear on a result: code, and data beside it."""
_LIBRARIES: Final = (
    "jinja2", "jsonschema", "msgspec", "packaging", "pathspec", "publicsuffixlist", "pyyaml", "tree-sitter",
    "tree-sitter-bash", "tree-sitter-hcl",
)  # fmt: skip
"""What reads files, or has a word in what is found."""
_WORKED_OUT: Final = "index.jsonl"
"""What a checkout makes of its other files."""


@cache
def code_digest() -> str:
    """The digest of the package as it lies on this machine, with its policies and its catalogue, and of the versions of
    what it reads files with; as hexadecimal digits."""
    package = Path(sovlint.__file__).parent
    policies = package / "_policies"
    beside = package.parent / "policies"
    folders = [package, *([beside] if not policies.is_dir() and beside.is_dir() else [])]
    in_checkout = beside in folders
    own = digest_of(
        folders, lambda path: not (in_checkout and path.name == _WORKED_OUT), content_of
    )
    return sha256(f"{own}\n{_others()}".encode()).hexdigest()


def _others() -> str:
    """The versions of Python and of libraries."""
    python = ".".join(map(str, sys.version_info[:2]))
    return "\n".join((python, *(f"{each} {_version(each)}" for each in _LIBRARIES)))


def _version(library: str) -> str:
    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return ""


def content_of(file: Path) -> bytes:
    """What a file of the package says: of an index all of it, in whatever order its lines stand."""
    found = index_file.read(file) if file.name == _WORKED_OUT else None
    if found is None:
        return file.read_bytes()
    said = {name: _plain(value) for name, value in found.items() if name != index_file.KEY}
    return json.dumps(said, sort_keys=True).encode()


def _plain(value: Any) -> Any:
    """A section of an index, with its entries."""
    return dict(value) if isinstance(value, Mapping) else value


def digest_of(
    paths: Iterable[Path],
    counts: Callable[[Path], bool] | None = None,
    content: Callable[[Path], bytes] = Path.read_bytes,
) -> str:
    """The digest of files, and of all files below folders, with their names."""
    made = sha256()
    for path in paths:
        for file in sorted(_files(path)):
            if counts is not None and not counts(file):
                continue
            name = file.relative_to(path).as_posix() if file != path else file.name
            made.update(f"{name}\0{sha256(content(file)).hexdigest()}\n".encode())
        made.update(b"\0")
    return made.hexdigest()


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    return [each for each in path.rglob("*") if each.suffix in _SHIPPED and each.is_file()]
