"""Which reader a configuration file has, and what it says: a file and its format -> parts. Nothing is executed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from posixpath import splitext
from typing import Final

from sovlint.documents import DocumentError
from sovlint.documents.syntaxes import (
    braces,
    dotenv,
    fluentd,
    ini,
    json,
    lines,
    properties,
    yaml,
)
from sovlint.documents.tree import Node
from sovlint.model.source import SourceFile
from sovlint.model.value import Known, Value
from sovlint.rules.files.configuration import Entry, FilePart, Format
from sovlint.rules.files.formats import Claim
from sovlint.rules.keys import meant
from sovlint.settings.entries import MAX_ENTRIES, entries
from sovlint.settings.outlets import reader
from sovlint.settings.pipelines.readers import in_text

MAX_BYTES: Final = 1_000_000
"""Larger files are no configuration that people write."""
SMALL: Final = 100_000
"""Of names that many things have, larger ones are data."""


def _toml(file: SourceFile) -> list[Node]:
    from sovlint.documents.syntaxes import toml

    return toml.trees(file)


def _xml(file: SourceFile) -> list[Node]:
    from sovlint.documents.syntaxes import xml

    return xml.trees(file)


def _dockerfile(file: SourceFile) -> list[Node]:
    from sovlint.documents.syntaxes import dockerfile

    return dockerfile.trees(file)


def _units(file: SourceFile) -> list[Node]:
    from sovlint.documents.syntaxes import units

    return units.trees(file)


def _jenkins(file: SourceFile) -> list[Node]:
    from sovlint.documents.syntaxes import jenkins

    return jenkins.trees(file)


SYNTAXES: Final[Mapping[str, Callable[[SourceFile], list[Node]]]] = {
    "dotenv": dotenv.trees, "properties": properties.trees, "ini": ini.trees, "yaml": yaml.trees, "json": json.trees,
    "toml": _toml, "xml": _xml, "erb": yaml.erb, "jinja": yaml.jinja, "braces": braces.trees, "fluentd": fluentd.trees,
    "dockerfile": _dockerfile, "units": _units, "jenkins": _jenkins,
}  # fmt: skip
PATTERNS: Final = {
    "lines": lines.trees,
    "directives": lines.directives,
    "statements": lines.statements,
}
"""What reads a file by the pattern of its format."""

_BY_END: Final = {
    ".yml": "yaml", ".yaml": "yaml", ".json": "json", ".jsonc": "json", ".json5": "json", ".toml": "toml",
    ".properties": "properties", ".ini": "ini", ".cfg": "ini", ".conf": "ini", ".cnf": "ini", ".xml": "xml",
    ".config": "xml", ".env": "dotenv", ".alloy": "braces", ".river": "braces",
}  # fmt: skip


class UnreadableError(Exception):
    """A file that can't be read in its format."""


def parts(file: SourceFile, claim: Claim, beside: Sequence[Node] = ()) -> list[FilePart]:
    """What a file says, in parts; none where it is another kind of file. ``beside``: trees of others that are read as
    one with it. Raises ``UnreadableError``."""
    kind = claim.format
    if len(file.data) > MAX_BYTES:
        raise UnreadableError
    if _is_another(file, claim):
        return []
    if kind.pipelines:
        found = tuple(in_text(file.data.decode("utf-8", "replace"), file.path))
        return [FilePart((), claim.environment, found)] if found else []
    try:
        documents = documents_of(file, kind, _reader(claim), beside)
    except DocumentError as error:
        raise UnreadableError from error
    return _kept(documents, claim)


def parts_of(
    trees: Sequence[Node],
    file: SourceFile,
    claim: Claim,
    exports: Mapping[str, Value] | None = None,
) -> list[FilePart]:
    """What the documents of a file say, once something else was put into them; ``exports``: what other templates of the
    repository export."""
    kind, most = claim.format, max(MAX_ENTRIES, file.data.count(b"\n"))
    return _kept([tuple(entries(each, kind, most, (), exports)) for each in trees], claim)


def _kept(documents: Sequence[tuple[Entry, ...]], claim: Claim) -> list[FilePart]:
    kind = claim.format
    kept = (each for each in documents if each and meant((), kind.unless, reader(each)))
    return [FilePart(each, _profile(each, kind) or claim.environment) for each in kept]


def _is_another(file: SourceFile, claim: Claim) -> bool:
    """Whether a file is of another kind, by texts that stand in it or don't."""
    kind = claim.format
    if kind.last and len(file.data) > SMALL:
        return True
    if any(_is_in(each, file.data) for each in kind.lacks):
        return True
    if not kind.contains or claim.begun:
        return False
    return not any(_is_in(each, file.data) for each in kind.contains)


def _is_in(text: str, data: bytes) -> bool:
    """Whether a text stands in a file; a key (``steps:``) as well where it is quoted, or a blank follows."""
    if text.encode() in data:
        return True
    key = text.removesuffix(":").encode()
    if not text.endswith(":") or key not in data:
        return False
    return re.search(re.escape(key) + rb"[\"']?\s*:", data) is not None


def _reader(claim: Claim) -> str:
    return claim.format.reader or _BY_END.get(splitext(claim.name)[1], "dotenv")


def trees_of(file: SourceFile, claim: Claim) -> list[Node]:
    """The documents of a file as trees; none where it can't be read."""
    try:
        return _trees(file, claim.format, _reader(claim))
    except DocumentError:
        return []


def documents_of(
    file: SourceFile, kind: Format, reader: str, beside: Sequence[Node] = ()
) -> list[tuple[Entry, ...]]:
    """The documents of a file by the name of its reader, each as what it says. Raises ``DocumentError``."""
    most = max(MAX_ENTRIES, file.data.count(b"\n"))
    return [tuple(entries(each, kind, most, beside)) for each in _trees(file, kind, reader)]


def _trees(file: SourceFile, kind: Format, reader: str) -> list[Node]:
    if reader in PATTERNS:
        return [] if kind.line is None else PATTERNS[reader](file, kind.line)
    return SYNTAXES[reader](file)


def _profile(entries: tuple[Entry, ...], kind: Format) -> str | None:
    """The environment that a document says it is for."""
    told = [
        str(entry.value.value)
        for at in kind.on_profile
        for entry in entries
        if entry.path[: len(at)] == at
        and not "".join(entry.path[len(at) :]).strip("0123456789")  # it, or one of a list
        if isinstance(entry.value, Known)
    ]
    return ",".join(told) or None
