"""Where the configuration is found, and how it is read and validated; ``config`` makes a ``Config`` of it."""

from __future__ import annotations

import json
import os.path
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from sovlint import __version__
from sovlint.errors import SovlintError
from sovlint.files.bounds import leads_out
from sovlint.files.regular_files import regular_bytes
from sovlint.model.text import Note

if TYPE_CHECKING:
    from sovlint.documents import Document
    from sovlint.model.source import Span

NAME = "sovlint.yaml"
PYPROJECT = "pyproject.toml"
TABLE = b"[tool.sovlint"
"""What stands in a ``pyproject.toml`` that configures sovlint, as people write it."""
SCHEMA = Path(__file__).parents[1] / "schemas" / "config.json"
REQUIRED_VERSION = "required_version"

_MISSPELT = ("sovlint.yml", ".sovlint.yaml", ".sovlint.yml")
"""Names that nothing reads, and that a person may well use."""


def find(start: Path, root: Path) -> Path | None:
    """The configuration nearest above ``start``, up to ``root``; ``sovlint.yaml`` wins over its neighbour.

    Raises ``SovlintError`` where a file is named as if it were one but isn't read.
    """
    for folder in (start, *start.parents):
        if (folder / NAME).is_file():
            if leads_out(folder / NAME, root):
                raise SovlintError(
                    f"{folder / NAME} is a link that leads out of the repository: it isn't read.",
                    "Copy the file, or name it with --config.",
                )
            return folder / NAME
        if os.path.lexists(folder / NAME):
            raise SovlintError(
                f"{folder / NAME} is no file, or a link that leads nowhere: it can't be read."
            )
        for name in _MISSPELT:
            if (folder / name).is_file():
                raise SovlintError(
                    f"{folder / name} is not read: the configuration is named {NAME}.",
                    f"Rename it to {NAME}.",
                )
        if not leads_out(folder / PYPROJECT, root) and _has_table(folder / PYPROJECT):
            return folder / PYPROJECT
        if folder == root:
            return None
    return None


def read(path: Path, name: str, after: bytes | None = None) -> Document | None:
    """What a file says, for this version of sovlint; ``None`` for an empty one. ``name`` is what its spans call it,
    ``after`` what it is about to have.

    Whether it is valid, ``problems`` says. Raises ``SovlintError`` naming file, line and column where it can't be read,
    or was written for another version: its keys may mean nothing here, so that is told before anything else.
    """
    document = _parse(path, name, after)
    if document is None or document.data is None:
        return None
    _check_version(document, path)
    return document


def problems(document: Document, path: Path, schema: Path = SCHEMA) -> Iterator[SovlintError]:
    """Everything in a file that isn't as its JSON Schema has it, with what was probably meant."""
    from sovlint import documents

    for key, span, first in document.duplicates:
        problem = (
            f"the key `{key}` stands here a second time: merge it with that of line {first}."
        )
        yield error_at(path, span, problem)
    for span, sentence in documents.problems(document, _schema(schema)):
        yield error_at(path, span, sentence)


def sound(document: Document) -> Document:
    """The same configuration without what is wrong of it: of a first key, those keys below it that are right are kept."""
    from sovlint import documents

    schema, data = _schema(SCHEMA), document.data if isinstance(document.data, dict) else {}

    def right(key: str, value: object) -> bool:
        return not documents.problems(replace(document, data={key: value}), schema)

    kept: dict[str, object] = {}
    for key, value in data.items():
        if right(key, value):
            kept[key] = value
        elif isinstance(value, dict):
            inside = {name: one for name, one in value.items() if right(key, {name: one})}
            kept |= {key: inside} if inside and right(key, inside) else {}
    return replace(document, data=kept)


def _parse(path: Path, name: str, after: bytes | None) -> Document | None:
    from sovlint import documents
    from sovlint.documents.syntaxes import toml

    try:
        data = regular_bytes(str(path.resolve())) if after is None else after
        if isinstance(data, Note):
            raise SovlintError(f"{path} is no file, or too large to be a configuration.")
        text = data.decode("utf-8-sig")
        if path.suffix == ".toml":
            table = ("tool", "sovlint") if path.name == PYPROJECT else ()
            document = toml.load_table(text, name, table)
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
        raise error_at(
            path,
            found[1].span(),
            "the file must be one document, and here a second one begins.",
        )
    return found[0] if found else None


def _schema(path: Path) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return schema


def _check_version(document: Document, path: Path) -> None:
    """Raise ``SovlintError`` where ``required_version`` (a specifier as in PEP 440) leaves this version out."""
    if not isinstance(document.data, dict) or REQUIRED_VERSION not in document.data:
        return
    from packaging.specifiers import (
        InvalidSpecifier,
        SpecifierSet,
    )  # imported late: 0.02 s, and few have it

    wanted, span = document.data[REQUIRED_VERSION], document.span((REQUIRED_VERSION,))
    try:
        fits = SpecifierSet(str(wanted)).contains(__version__, prereleases=True)
    except InvalidSpecifier:
        problem = f"`{REQUIRED_VERSION}` can't be {wanted!r}: it compares versions."
        raise error_at(
            path, span, problem, 'Write it as in ">=0.1,<1" or "==0.1.*".'
        ) from None
    if not fits:
        problem = (
            f"this configuration wants sovlint {wanted}, and this is sovlint {__version__}."
        )
        hint = f"Install a version that it wants, or change `{REQUIRED_VERSION}` where the file fits this one too."
        raise error_at(path, span, problem, hint)


def _has_table(path: Path) -> bool:
    """Whether a ``pyproject.toml`` configures sovlint; one that doesn't even name it isn't parsed."""
    try:
        data = regular_bytes(str(path.resolve())) if path.is_file() else b""
    except OSError:
        return False  # other people's file: it says nothing to us
    if isinstance(data, Note) or b"sovlint" not in data:
        return False
    from sovlint import documents
    from sovlint.documents.syntaxes import toml

    try:
        return (
            toml.load_table(
                data.decode("utf-8-sig", "replace"), str(path), ("tool", "sovlint")
            )
            is not None
        )
    except documents.DocumentError as error:
        raise SovlintError(f"{path}:{error.line}:{error.column}: {error.problem}") from None


def error_at(path: Path, span: Span, sentence: str, hint: str = "") -> SovlintError:
    """What is wrong at a place of a configuration."""
    return SovlintError(f"{path}:{span.line}:{span.column}: {sentence}", hint)
