"""Values that a file beside a template gives its parameters: a default that one of them contradicts isn't proved."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from sovlint.model.partial.holes import (
    HOLE,
    joined_pieces,
    marked_parts,
    marked_text,
    parts_of,
)
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
Overrides = Mapping[str, Sequence[Value]]
"""By parameter, what it is given."""
_DEFAULTS: Final = re.compile(r"Parameters\.(\w+)\.Default")


def overrides(told: Iterable[Entry]) -> Overrides:
    """By parameter, the values that are given beside the template, or where it is deployed."""
    found: dict[str, list[Value]] = {}
    for each in told:
        written = marked_text(parts_of(each.value))
        for name, *texts in _PAIR.findall(written):
            step, text = Step(each.where, Note("settings.set-here")), "".join(texts)
            value: Value = Known(text, step, each.value.sensitive)
            if HOLE in text:
                value = Unknown(Reason.FROM_ENVIRONMENT, name, step, parts=marked_parts(text))
            found.setdefault(name, []).append(value)
    return found


def filled_in(entries: Sequence[Entry], given: Overrides) -> Sequence[Entry]:
    """What a template says, with the values of parameters that have no default: one, or one of several."""
    values = {
        name: either(each, Unknown(Reason.MULTI_VALUED, name)) for name, each in given.items()
    }
    return [Entry(each.path, _with(each.value, values), each.where) for each in entries]


def _with(value: Value, values: Mapping[str, Value]) -> Value:
    """A value with those of its parameters; what stands in its text is put in there."""
    if isinstance(value, Known):
        return value
    parts = value.parts or (None,)
    if value.reason is Reason.UNSET_VARIABLE and parts == (None,):
        return values.get(value.detail, value)
    holes = list(value.holes)
    if len(holes) != parts.count(None) or not any(each.detail in values for each in holes):
        return value
    pieces = [
        Known(part) if part is not None else _with(holes.pop(0), values) for part in parts
    ]
    return joined_pieces(pieces, value.because)


def contradicted(entries: Sequence[Entry], given: Overrides) -> Sequence[Entry]:
    """What a template says, where defaults that another value contradicts are one of these."""
    others = dict(_against(entries, given))
    if not others:
        return entries
    return [Entry(each.path, _doubted(each.value, others), each.where) for each in entries]


def _against(
    entries: Iterable[Entry], given: Overrides
) -> Iterator[tuple[str, tuple[str, Sequence[Value]]]]:
    """Parameters that are given another value than their default, with both."""
    for each in entries:
        met = _DEFAULTS.fullmatch(join_keys(each.path))
        if met is None or met[1] not in given or not isinstance(each.value, Known):
            continue
        default = str(each.value.value)
        others = [
            other
            for other in given[met[1]]
            if not isinstance(other, Known) or other.value != default
        ]
        if others:
            yield met[1], (default, others)


def _doubted(value: Value, others: Mapping[str, tuple[str, Sequence[Value]]]) -> Value:
    name = next((name for name in _defaults_in(value) if name in others), None)
    if name is None:
        return value
    default, given = others[name]
    is_default = isinstance(value, Known) and value.value == default
    return against(value, given, name, is_default)


def against(value: Value, given: Sequence[Value], name: str, is_whole: bool) -> Value:
    """What is called ``name`` where other values are given: one of all, if they are known and the value ``is_whole``,
    not only made of it."""
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
    if is_whole and all(isinstance(each, Known) for each in given):
        return either([value, *given], unknown)
    return unknown.but(read=value)


def _defaults_in(value: Value) -> Iterator[str]:
    """The parameters whose defaults a value is made of."""
    for step in unroll(value.because):
        if step.kind is StepKind.DEFAULT:
            yield str(step.note.params.get("name", ""))
