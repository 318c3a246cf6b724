"""The file of a baseline: findings that were there when sovlint was switched on, a line each."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from sovlint.errors import SovlintError
from sovlint.exceptions.record import Record
from sovlint.model.finding import Severity, Verdict
from sovlint.model.identity import Identity
from sovlint.model.source import Span

CONTRACT: Final = "sovlint-baseline/1"
SCHEMA: Final = Path(__file__).parent.parent / "schemas" / "baseline.json"
MOST_NODES: Final = 5_000_000
"""Of a file of this project's own making more is read than of others."""

_HINT: Final = "`sovlint scan --write-baseline FILE` writes a new one; a merge may have left conflict marks here."
_KEYS: Final[Mapping[str, tuple[type, ...]]] = {
    "policy": (str,), "root": (str, type(None)), "variant": (str, type(None)), "address": (str,),
    "role": (str, type(None)), "provider": (str, type(None)), "region": (str, type(None)),
    "verdict": (str,), "severity": (str,), "count": (int,), "path": (str,),
}  # fmt: skip

Alike = tuple[Identity, Verdict, Severity, str]
"""What one entry stands for; the last is the path of the file."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """The records of a file; ``name`` is what messages call it."""

    name: str
    records: tuple[Record, ...]


def read(path: Path, name: str) -> Baseline:
    """The baseline in a file, which reports call ``name``.

    Raises ``SovlintError`` for one that isn't there or isn't whole: that is never taken for an empty one.
    """
    from sovlint import documents

    try:
        found = list(documents.load(path.read_bytes(), name, MOST_NODES))
    except FileNotFoundError:
        raise SovlintError(f"There is no baseline `{path}`.", f"`--write-baseline {path}` writes one.") from None
    except OSError as error:
        raise SovlintError(f"The baseline `{path}` can't be read: {error.strerror}.") from None
    except documents.DocumentError as error:
        raise SovlintError(f"{path}:{error.line}:{error.column}: not a baseline: {error.problem}.", _HINT) from None
    if len(found) != 1 or not isinstance(found[0].data, dict) or found[0].data.get("schema") != CONTRACT:
        raise SovlintError(f'{path}:1:1: not a baseline: it lacks `"schema": "{CONTRACT}"`.', _HINT)
    document = found[0]
    if not _whole(document.data):
        problems = documents.problems(document, json.loads(SCHEMA.read_text("utf-8")))
        span, sentence = problems[0] if problems else (document.span(), "it isn't whole.")
        raise SovlintError(f"{path}:{span.line}:{span.column}: not a baseline: {sentence}", _HINT)
    spans = (document.span(("entries", index)) for index in range(len(document.data["entries"])))
    records = [_record(entry, span) for entry, span in zip(document.data["entries"], spans, strict=True)]
    return Baseline(name, tuple(_each_once(records)))


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
        "count": record.count,
        "path": record.path,
    }


def _whole(data: Mapping[str, Any]) -> bool:
    """Whether the data is what ``render`` writes; looked at by hand, since a validator takes longer than all else."""
    entries = data.get("entries")
    return set(data) == {"schema", "entries"} and isinstance(entries, list) and all(map(_sound, entries))


def _sound(entry: object) -> bool:
    return (
        isinstance(entry, dict)
        and entry.keys() == _KEYS.keys()
        and all(isinstance(entry[key], types) for key, types in _KEYS.items())
        and entry["verdict"] in (Verdict.VIOLATION.value, Verdict.UNPROVEN.value)
        and entry["severity"] in set(Severity)
        and not isinstance(entry["count"], bool)
        and entry["count"] > 0
    )


def _record(entry: Mapping[str, Any], where: Span) -> Record:
    identity = Identity(**{name: entry[name] for name in Identity.__dataclass_fields__})
    return Record(
        identity, Verdict(entry["verdict"]), Severity(entry["severity"]), entry["count"], entry["path"], where
    )


def _each_once(records: Sequence[Record]) -> list[Record]:
    """Without repeats, as a merge of two branches makes them: together they excuse no more than either does."""
    seen: dict[Alike, Record] = {}
    for each in records:
        key = (each.identity, each.verdict, each.severity, each.path)
        if key not in seen or each.count > seen[key].count:
            seen[key] = each
    return list(seen.values())
