"""The file of a baseline: findings that were there when sovlint was switched on, a line each."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from msgspec import Meta, Struct, convert, to_builtins
from msgspec.structs import replace

from sovlint.errors import SovlintError
from sovlint.exceptions.record import Record
from sovlint.model.findings.finding import Severity, Verdict
from sovlint.model.findings.identity import Identity
from sovlint.model.redaction.redact import HIDDEN
from sovlint.model.source import Span

CONTRACT: Final = "sovlint-baseline/1"
SCHEMA: Final = Path(__file__).parent.parent / "schemas" / "baseline.json"
_ENTRY: Final = b'    {"policy": '
"""What the line of an entry begins with."""

_HINT: Final = "`sovlint scan --write-baseline FILE` writes a new one; a merge may have left conflict marks here."
_UNLISTED: Final = "provider: not-in-catalogue: host "
"""What an entry says, before the host, where nobody knows who answers there."""
_NOWHERE: Final = Span("", 1, 1, 1, 1)


class _Entry(Identity, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A record as the file has it, its identity among the rest."""

    verdict: Literal["violation", "unproven"]
    severity: Severity
    data: tuple[str, ...]
    unknown: tuple[str, ...]
    path: str
    count: Annotated[int, Meta(gt=0)]


class _File(Struct, forbid_unknown_fields=True):
    """What ``render`` writes."""

    schema: Literal["sovlint-baseline/1"]
    entries: tuple[_Entry, ...]


class Baseline(Struct, frozen=True):
    """The records of a file; ``name`` is what messages call it."""

    name: str
    records: tuple[Record, ...]


def read(path: Path, name: str) -> Baseline:
    """The baseline in a file, which reports call ``name``.

    Raises ``SovlintError`` for one that isn't there or isn't whole: that is never taken for an empty one.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise SovlintError(
            f"There is no baseline `{path}`.", f"`--write-baseline {path}` writes one."
        ) from None
    except OSError as error:
        raise SovlintError(
            f"The baseline `{path}` can't be read: {error.strerror}."
        ) from None
    try:
        entries = convert(json.loads(data), _File).entries
    except (ValueError, RecursionError):  # msgspec's errors are values that are wrong
        raise _broken(data, path, name) from None
    spans = _places(data, name, len(entries))
    records = [_record(entry, span) for entry, span in zip(entries, spans, strict=True)]
    return Baseline(name, tuple(_each_once(records)))


def is_baseline(path: Path) -> bool:
    """Whether a file may be written over by a baseline: one stands there, or nothing at all."""
    try:
        return (
            not path.read_bytes().strip()
            or f'"{CONTRACT}"'.encode() in path.read_bytes()[:200]
        )
    except OSError:
        return True  # writing will say what is wrong


def _broken(data: bytes, path: Path, name: str) -> SovlintError:
    """Why a file is no baseline, with the place; read again by a slower reader that knows places."""
    from sovlint import documents

    try:
        documented = list(documents.load(data, name))
    except documents.DocumentError as error:
        return SovlintError(
            f"{path}:{error.line}:{error.column}: not a baseline: {error.problem}.", _HINT
        )
    found = documented[0].data if len(documented) == 1 else None
    schema = found.get("schema") if isinstance(found, dict) else None
    if schema != CONTRACT:
        other = isinstance(schema, str) and schema.startswith(CONTRACT.partition("/")[0])
        problem = (
            f"`{schema}` is another version's"
            if other
            else f'it lacks `"schema": "{CONTRACT}"`'
        )
        return SovlintError(f"{path}:1:1: not a baseline: {problem}.", _HINT)
    problems = documents.problems(documented[0], json.loads(SCHEMA.read_text("utf-8")))
    span, sentence = problems[0] if problems else (documented[0].span(), "it isn't JSON.")
    return SovlintError(
        f"{path}:{span.line}:{span.column}: not a baseline: {sentence}", _HINT
    )


def _places(data: bytes, name: str, count: int) -> list[Span]:
    """Where each entry stands; the start of the file where it isn't laid out as ``render`` does."""
    lines = [
        number
        for number, line in enumerate(data.splitlines(), start=1)
        if line.startswith(_ENTRY)
    ]
    at = lines if len(lines) == count else [1] * count
    return [Span(name, line, 1, line, 1) for line in at]


def render(baseline: Baseline) -> str:
    """The file's text: sorted, an entry a line, so that two branches merge line by line."""
    lines = [json.dumps(_entry(record), ensure_ascii=True) for record in baseline.records]
    entries = "[\n    " + ",\n    ".join(lines) + "\n  ]" if lines else "[]"
    return f'{{\n  "schema": "{CONTRACT}",\n  "entries": {entries}\n}}\n'


def _entry(record: Record) -> dict[str, Any]:
    told = to_builtins(record)
    del told["where"]
    identity = told.pop("identity")
    if identity["host"] is None:  # lines of entries without one stay as they were
        del identity["host"]
    return {**identity, **told}


def _record(entry: _Entry, where: Span) -> Record:
    identity = Identity(**{name: getattr(entry, name) for name in Identity.__struct_fields__})
    if identity.host is None:
        identity = replace(identity, host=_host_of(entry.unknown))
    verdict = Verdict(entry.verdict)
    return Record(
        identity,
        verdict,
        entry.severity,
        entry.data,
        entry.unknown,
        entry.path,
        entry.count,
        where,
    )


def _host_of(unknown: Sequence[str]) -> str | None:
    """The host that an entry is about which was written before hosts stood in entries by themselves."""
    found = next((each for each in unknown if each.startswith(_UNLISTED)), None)
    host = None if found is None else found.removeprefix(_UNLISTED)
    return None if host == HIDDEN else host


def _each_once(records: Sequence[Record]) -> list[Record]:
    """Without repeats, as a merge of two branches makes them: together they excuse no more than either does."""
    seen: dict[Record, Record] = {}
    for each in records:
        key = replace(each, count=0, where=_NOWHERE)
        if key not in seen or each.count > seen[key].count:
            seen[key] = each
    return list(seen.values())
