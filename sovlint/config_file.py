"""Where the configuration is found, and how it is read and validated; ``config`` makes a ``Config`` of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from sovlint.errors import SovlintError

if TYPE_CHECKING:
    from sovlint.documents import Document
    from sovlint.model.source import Span

NAME = "sovlint.yaml"
PYPROJECT = "pyproject.toml"
SCHEMA = Path(__file__).parent / "schemas" / "config.json"

_MISSPELT = ("sovlint.yml", ".sovlint.yaml", ".sovlint.yml")
"""Names that nothing reads, and that a person may well use."""


def find(start: Path, root: Path) -> Path | None:
    """The configuration nearest above ``start``, up to ``root``; ``sovlint.yaml`` wins over its neighbour.

    Raises ``SovlintError`` where a file is named as if it were one but isn't read.
    """
    for folder in (start, *start.parents):
        if (folder / NAME).is_file():
            return folder / NAME
        for name in _MISSPELT:
            if (folder / name).is_file():
                raise SovlintError(
                    f"{folder / name} is not read: the configuration is named {NAME}.", f"Rename it to {NAME}."
                )
        if _has_table(folder / PYPROJECT):
            return folder / PYPROJECT
        if folder == root:
            return None
    return None


def read(path: Path, name: str, schema: Path = SCHEMA) -> Document | None:
    """The valid configuration in a file; ``None`` for an empty one. ``name`` is what its spans call it, ``schema`` the
    JSON Schema that it must keep.

    Raises ``SovlintError`` naming file, line and column for what isn't right, with what was probably meant.
    """
    document = _parse(path, name)
    if document is None or document.data is None:
        return None
    _validate(document, path, schema)
    return document


def _parse(path: Path, name: str) -> Document | None:
    from sovlint import documents, toml  # imported late: 0.03 s, and most runs of a hook have no configuration

    try:
        text = path.read_bytes().decode("utf-8-sig")
        if path.suffix == ".toml":
            table = ("tool", "sovlint") if path.name == PYPROJECT else ()
            document = toml.load(text, name, table)
            if document is None:
                raise SovlintError(f"{path} has no table [tool.sovlint].")
            return document
        found = list(documents.load(text, name))
    except documents.DocumentError as error:
        raise SovlintError(f"{path}:{error.line}:{error.column}: {error.problem}") from None
    except UnicodeDecodeError:
        raise SovlintError(f"{path} is not UTF-8 text.") from None
    except OSError as error:
        raise SovlintError(f"{path} can't be read: {error.strerror}.") from None
    if len(found) > 1:
        raise error_at(path, found[1].span(), "the file must be one document, and here a second one begins.")
    return found[0] if found else None


def _validate(document: Document, path: Path, schema: Path) -> None:
    from sovlint import documents

    for key, span in document.duplicates:
        raise error_at(path, span, f"the key `{key}` stands here a second time.")
    problems = documents.problems(document, json.loads(schema.read_text(encoding="utf-8")))
    for span, sentence in problems:
        more = f"There are {len(problems)} problems in all; this is the first." if len(problems) > 1 else ""
        raise error_at(path, span, sentence, more)


def _has_table(path: Path) -> bool:
    """Whether a ``pyproject.toml`` configures sovlint; one that doesn't even name it isn't parsed."""
    try:
        data = path.read_bytes() if path.is_file() else b""
    except OSError:
        return False  # other people's file: it says nothing to us
    if b"sovlint" not in data:
        return False
    from sovlint import documents, toml

    try:
        return toml.load(data.decode("utf-8", "replace"), str(path), ("tool", "sovlint")) is not None
    except documents.DocumentError as error:
        raise SovlintError(f"{path}:{error.line}:{error.column}: {error.problem}") from None


def error_at(path: Path, span: Span, sentence: str, hint: str = "") -> SovlintError:
    """What is wrong at a place of a configuration."""
    return SovlintError(f"{path}:{span.line}:{span.column}: {sentence}", hint)
