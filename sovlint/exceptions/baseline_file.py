"""The file of a baseline: findings that were there when sovlint was switched on, a line each."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import asdict, replace

from sovlint.errors import SovlintError
from sovlint.exceptions.record import Record
from sovlint.model.findings.finding import Severity, Verdict
from sovlint.model.findings.identity import Identity
from sovlint.model.source import Span

CONTRACT: Final = "sovlint-baseline/1"
SCHEMA: Final = Path(__file__).parent.parent / "schemas" / "baseline.json"
_ENTRY: Final = b'    {"policy": '
"""What the line of an entry begins with."""

_HINT: Final = "`sovlint scan --write-baseline FILE` writes a new one; a merge may have left conflict marks here."
_KEYS: Final[Mapping[str, tuple[type, ...]]] = {
    "policy": (str,), "root": (str, type(None)), "variant": (str, type(None)), "address": (str,),
    "role": (str, type(None)), "provider": (str, type(None)), "region": (str, type(None)),
    "verdict": (str,), "severity": (str,), "data": (list,), "unknown": (list,), "path": (str,), "count": (int,),
}  # fmt: skip

_NOWHERE: Final = Span("", 1, 1, 1, 1)


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
        raise SovlintError(f"There is no baseline `{path}`.", f"`--write-baseline {path}` writes one.") from None
    except OSError as error:
        raise SovlintError(f"The baseline `{path}` can't be read: {error.strerror}.") from None
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        found = None
    if not _whole(found):
        raise _broken(data, path, name)
    entries = found["entries"]
    spans = _places(data, name, len(entries))
    records = [_record(entry, span) for entry, span in zip(entries, spans, strict=True)]
    return Baseline(name, tuple(_each_once(records)))


def is_baseline(path: Path) -> bool:
    """Whether a file may be written over by a baseline: one stands there, or nothing at all."""
    try:
        return not path.read_bytes().strip() or f'"{CONTRACT}"'.encode() in path.read_bytes()[:200]
    except OSError:
        return True  # writing will say what is wrong


def _broken(data: bytes, path: Path, name: str) -> SovlintError:
    """Why a file is no baseline, with the place; read again by a slower reader that knows places."""
    from sovlint import documents

    try:
        documented = list(documents.load(data, name))
    except documents.DocumentError as error:
        return SovlintError(f"{path}:{error.line}:{error.column}: not a baseline: {error.problem}.", _HINT)
    found = documented[0].data if len(documented) == 1 else None
    schema = found.get("schema") if isinstance(found, dict) else None
    if schema != CONTRACT:
        other = isinstance(schema, str) and schema.startswith(CONTRACT.partition("/")[0])
        problem = f"`{schema}` is another version's" if other else f'it lacks `"schema": "{CONTRACT}"`'
        return SovlintError(f"{path}:1:1: not a baseline: {problem}.", _HINT)
    problems = documents.problems(documented[0], json.loads(SCHEMA.read_text("utf-8")))
    span, sentence = problems[0] if problems else (documented[0].span(), "it isn't JSON.")
    return SovlintError(f"{path}:{span.line}:{span.column}: not a baseline: {sentence}", _HINT)


def _places(data: bytes, name: str, count: int) -> list[Span]:
    """Where each entry stands; the start of the file where it isn't laid out as ``render`` does."""
    lines = [number for number, line in enumerate(data.splitlines(), start=1) if line.startswith(_ENTRY)]
    at = lines if len(lines) == count else [1] * count
    return [Span(name, line, 1, line, 1) for line in at]


def render(baseline: Baseline) -> str:
    """The file's text: sorted, an entry a line, so that two branches merge line by line."""
    lines = [json.dumps(_entry(record), ensure_ascii=True) for record in baseline.records]
    entries = "[\n    " + ",\n    ".join(lines) + "\n  ]" if lines else "[]"
    return f'{{\n  "schema": "{CONTRACT}",\n  "entries": {entries}\n}}\n'


def _entry(record: Record) -> dict[str, Any]:
    return {
        **asdict(record.identity),
        "verdict": record.verdict.value,
        "severity": record.severity.value,
        "data": list(record.data),
        "unknown": list(record.unknown),
        "path": record.path,
        "count": record.count,
    }


def _whole(data: object) -> bool:
    """Whether the data is what ``render`` writes; looked at by hand, since a validator takes longer than all else."""
    return (
        isinstance(data, dict)
        and data.keys() == {"schema", "entries"}
        and data["schema"] == CONTRACT
        and isinstance(data["entries"], list)
        and all(map(_sound, data["entries"]))
    )


def _sound(entry: object) -> bool:
    return (
        isinstance(entry, dict)
        and entry.keys() == _KEYS.keys()
        and all(isinstance(entry[key], types) for key, types in _KEYS.items())
        and entry["verdict"] in (Verdict.VIOLATION.value, Verdict.UNPROVEN.value)
        and entry["severity"] in set(Severity)
        and all(isinstance(each, str) for key in ("data", "unknown") for each in entry[key])
        and not isinstance(entry["count"], bool)
        and entry["count"] > 0
    )


def _record(entry: Mapping[str, Any], where: Span) -> Record:
    identity = Identity(**{name: entry[name] for name in Identity.__struct_fields__})
    return Record(
        identity=identity,
        verdict=Verdict(entry["verdict"]),
        severity=Severity(entry["severity"]),
        data=tuple(entry["data"]),
        unknown=tuple(entry["unknown"]),
        path=entry["path"],
        count=entry["count"],
        where=where,
    )


def _each_once(records: Sequence[Record]) -> list[Record]:
    """Without repeats, as a merge of two branches makes them: together they excuse no more than either does."""
    seen: dict[Record, Record] = {}
    for each in records:
        key = replace(each, count=0, where=_NOWHERE)
        if key not in seen or each.count > seen[key].count:
            seen[key] = each
    return list(seen.values())
