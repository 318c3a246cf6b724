"""Values that a file beside a template gives its parameters: a default that one of them contradicts isn't proved."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from sovlint.model.text import Note
from sovlint.model.value import (
    Known,
    Reason,
    Step,
    StepKind,
    Unknown,
    UnknownKind,
    Value,
    either,
    unroll,
)
from sovlint.rules.files.configuration import Entry
from sovlint.settings.names import join_keys

_PAIR: Final = re.compile(
    r"(?:ParameterKey=)?(\w+)(?:,ParameterValue)?=(?:\"([^\"]*)\"|'([^']*)'|([^\s,\"']*))"
)
"""`Name=value`, in quotes or not, and the long form of the same."""
_DEFAULTS: Final = re.compile(r"Parameters\.(\w+)\.Default")


def overrides(told: Iterable[Entry]) -> Mapping[str, Sequence[Known[object]]]:
    """By parameter, the values that are given beside the template."""
    found: dict[str, list[Known[object]]] = {}
    for each in told:
        written = str(each.value.value) if isinstance(each.value, Known) else ""
        for name, *texts in _PAIR.findall(written):
            step = Step(each.where, Note("settings.set-here"))
            found.setdefault(name, []).append(Known("".join(texts), step))
    return found


def contradicted(
    entries: Sequence[Entry], given: Mapping[str, Sequence[Known[object]]]
) -> Sequence[Entry]:
    """What a template says, where defaults that another value contradicts are one of these."""
    others = dict(_against(entries, given))
    if not others:
        return entries
    return [Entry(each.path, _doubted(each.value, others), each.where) for each in entries]


def _against(
    entries: Iterable[Entry], given: Mapping[str, Sequence[Known[object]]]
) -> Iterator[tuple[str, tuple[str, Sequence[Known[object]]]]]:
    """Parameters that are given another value than their default, with both."""
    for each in entries:
        met = _DEFAULTS.fullmatch(join_keys(each.path))
        if met is None or met[1] not in given or not isinstance(each.value, Known):
            continue
        default = str(each.value.value)
        others = [other for other in given[met[1]] if other.value != default]
        if others:
            yield met[1], (default, others)


def _doubted(
    value: Value, others: Mapping[str, tuple[str, Sequence[Known[object]]]]
) -> Value:
    name = next((name for name in _defaults_in(value) if name in others), None)
    if name is None:
        return value
    default, given = others[name]
    where = given[0].because
    at = "" if where is None or where.where is None else where.where.span().path
    note = Note("settings.contradicted", {"name": name, "where": at})
    causes = tuple(each.because for each in (value, *given) if each.because is not None)
    step = Step(None, note, causes, kind=StepKind.COMBINED)
    unknown = Unknown(
        Reason.MULTI_VALUED, name, step, sensitive=value.sensitive, note=note,
        kind=UnknownKind.CONTRADICTED,
    )  # fmt: skip
    if not isinstance(value, Known):
        return unknown
    if value.value == default:
        return either([value, *given], unknown)
    return unknown.but(read=value)


def _defaults_in(value: Value) -> Iterator[str]:
    """The parameters whose defaults a value is made of."""
    for step in unroll(value.because):
        if step.kind is StepKind.DEFAULT:
            yield str(step.note.params.get("name", ""))
