"""Which reader a configuration file has, and what it says: a file and its format -> parts. Nothing is executed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from posixpath import splitext
from typing import Final

from sovlint.documents import DocumentError
from sovlint.model.source import SourceFile, Span
from sovlint.model.value import Known, Unknown, Value
from sovlint.rules.configuration import Claim, Entry, Format, Part
from sovlint.settings import blocks, texts, trees
from sovlint.settings.dotenv import variables
from sovlint.settings.outlets import holds
from sovlint.settings.pipelines.readers import in_text
from sovlint.settings.templated import erb, jinja
from sovlint.settings.values import valued

MAX_BYTES: Final = 1_000_000
"""Larger files are no configuration that people write."""

Reader = Callable[[SourceFile, Format], list[tuple[Entry, ...]]]


def dotenv(file: SourceFile, kind: Format) -> list[tuple[Entry, ...]]:
    """A file of variables, as the shell and Compose read it; what it takes from the environment isn't known."""
    del kind  # such a file has one form
    return [tuple(_variable(file, name, value) for name, value in variables(file, lambda name: None).items())]


def _variable(file: SourceFile, name: str, value: Value) -> Entry:
    where = (value.because.where if value.because else None) or Span(file.path, 1, 1, 1, 1)
    if isinstance(value, Known):  # other tools fill files of variables in before a shell reads them
        filled = valued(str(value.value), where)
        value = filled if isinstance(filled, Unknown) else value
    return Entry((name,), value, where)


READERS: Final[Mapping[str, Reader]] = {
    "dotenv": dotenv, "properties": texts.properties, "ini": texts.ini, "lines": texts.lines,
    "directives": texts.directives, "yaml": trees.yaml, "json": trees.json, "toml": trees.toml, "xml": trees.xml,
    "erb": erb, "jinja": jinja,
    "braces": blocks.braces, "fluentd": blocks.fluentd,
}  # fmt: skip

_BY_END: Final = {
    ".yml": "yaml", ".yaml": "yaml", ".json": "json", ".jsonc": "json", ".json5": "json", ".toml": "toml",
    ".properties": "properties", ".ini": "ini", ".cfg": "ini", ".conf": "ini", ".cnf": "ini", ".xml": "xml",
    ".config": "xml", ".env": "dotenv", ".alloy": "braces", ".river": "braces",
}  # fmt: skip


class UnreadableError(Exception):
    """A file that can't be read in its format."""


def parts(file: SourceFile, claim: Claim) -> list[Part]:
    """What a file says, in parts; none where it is another kind of file. Raises ``UnreadableError``."""
    kind = claim.format
    if len(file.data) > MAX_BYTES:
        raise UnreadableError
    if kind.contains and not any(each.encode() in file.data for each in kind.contains):
        return []
    if kind.pipelines:
        found = tuple(in_text(file.data.decode("utf-8", "replace"), file.path))
        return [Part((), claim.environment, found)] if found else []
    reader = READERS[kind.reader or _BY_END.get(splitext(claim.name)[1], "dotenv")]
    try:
        documents = reader(file, kind)
    except DocumentError as error:
        raise UnreadableError from error
    kept = (each for each in documents if each and not any(holds(other, each) for other in kind.unless))
    return [Part(each, _profile(each, kind) or claim.environment) for each in kept]


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
