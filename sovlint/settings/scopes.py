"""Variables of a pipeline's file: which ones are there at a place of it, and what texts become that refer to them."""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Iterable, Mapping
from typing import Final

from sovlint.documents.interpolation import WRITTEN
from sovlint.model.partial.holes import parts_between
from sovlint.model.text import Note
from sovlint.model.value import Because, Known, Reason, Step, Unknown, Value
from sovlint.rules.files.configuration import Entry, Format, VariablesAt
from sovlint.rules.files.task import StepInput
from sovlint.rules.keys import ANY, DottedPath, KeyPath, below
from sovlint.settings.overrides import doubted, doubtful, inherited, overrides
from sovlint.settings.values import MAX_TEXT, valued

MAX_SHOWN: Final = 40
MAX_DEPTH: Final = 5
"""Variables that are made of others are followed no further than this."""


GIVEN: Final = "<given>"
"""The key of what a file is given by another one that calls it."""
_GIVEN: Final = VariablesAt(at=DottedPath((GIVEN,)))


class Scopes:
    """Variables by the keys that lead to what gets them: all of a file, a job, a step. The innermost one counts."""

    def __init__(self, entries: Iterable[Entry], kind: Format) -> None:
        self._set: dict[KeyPath, dict[str, Entry]] = {}
        listed = list(entries)
        self._overrides = overrides(listed, kind)
        for rule in (*kind.variables, *([_GIVEN] if kind.calls or kind.filled_by else ())):
            self._add(rule, [each for each in listed if below(each.path, rule.at)])

    def at(self, path: KeyPath) -> Mapping[str, Entry]:
        """The variables of what stands at ``path``; one that may be set otherwise isn't known."""
        prefixes = (path[:size] for size in range(len(path), -1, -1))
        scope = ChainMap(*(self._set[each] for each in prefixes if each in self._set))
        found = [each for each in self._overrides if each.bears_on(path)]
        return doubted(scope, self._set.get(path[:1], {}), found) if found else scope

    def is_open(self, path: KeyPath) -> bool:
        """Whether what stands at ``path`` may have variables that aren't written."""
        return any(each.name == ANY for each in self._overrides if each.bears_on(path))

    def end(self, path: KeyPath, before: dict[str, StepInput]) -> None:
        """Makes unknown what the step at ``path`` may set otherwise of what is set ``before`` those after it."""
        for each in self._overrides:
            if each.after is not None and each.after[: len(path)] == path:
                for name in (
                    before.keys() if each.name == ANY else before.keys() & {each.name}
                ):
                    held = before[name]
                    found = doubtful(name, Entry(held.path, held.value, held.where), each)
                    before[name] = StepInput(found.value, found.path, found.where)

    def _add(self, rule: VariablesAt, entries: list[Entry]) -> None:
        size, named = len(rule.at), {}
        stars = [
            number
            for number, key in enumerate(rule.at[: size if rule.name is None else -1], 1)
            if key == ANY
        ]
        above = max(stars, default=0)  # what one of several things is given is its own
        if rule.name is not None:
            named = {
                each.path[:size]: text(each.value)
                for each in entries
                if each.path[size:] == rule.name
            }
        for each in entries:
            rest, into = each.path[size:], self._set.setdefault(each.path[:above], {})
            if rule.name is not None:
                if rest == rule.value and each.path[:size] in named:
                    into[named[each.path[:size]]] = each
            elif (len(rest) == 1 and not rest[0].isdigit()) or rest[1:] == (
                "value",
            ):  # the latter with a description
                into[rest[0]] = each
            elif (
                met := _ASSIGNED.match(text(each.value))
            ) is not None:  # one of a list of texts
                into[met[1]] = Entry(each.path, Known(met[2], each.value.because), each.where)


_ASSIGNED: Final = re.compile(r"([A-Za-z_]\w*)=(.*)", re.DOTALL)


def filled(entries: Iterable[Entry], kind: Format) -> list[Entry]:
    """Texts as they stand -> values: variables of the file put in; what only a run tells is a hole."""
    listed = inherited(list(entries), kind)
    if kind.expression is None:
        return listed
    scopes = Scopes(listed, kind)
    return [Entry(each.path, _value(each, kind, scopes), each.where) for each in listed]


def _value(entry: Entry, kind: Format, scopes: Scopes) -> Value:
    if not isinstance(entry.value, Known):
        return entry.value
    parents: list[Because] = []
    script = kind.is_script(entry.path)
    if script and kind.shell_fills:
        value = _with_holes(str(entry.value.value), kind, Step(entry.where, Note(WRITTEN)))
        return entry.value if isinstance(value, Known) else value
    written = str(entry.value.value)
    scope = (
        scopes.at(entry.path)
        if kind.expression is not None and kind.expression.search(written)
        else {}
    )
    whole = _put_in(written, kind, scope, parents, MAX_DEPTH)
    here = Step(
        entry.where, Note(WRITTEN), tuple(each for each in parents if each is not None)
    )
    if script:
        return _with_holes(whole, kind, here)
    value = valued(whole, entry.where, kind.default)
    if isinstance(value, Known) and _is_filled_in(whole, entry.path, kind):
        return _with_holes(whole, kind, here, runs=True)
    return Known(value.value, here) if isinstance(value, Known) and parents else value


def _put_in(
    written: str, kind: Format, scope: Mapping[str, Entry], parents: list[Because], depth: int
) -> str:  # fmt: skip
    assert kind.expression is not None

    def replaced(met: re.Match[str]) -> str:
        name = next((each for each in met.groups() if each), None)
        entry = scope.get(name) if name is not None else None
        if entry is None or not isinstance(entry.value, Known) or depth == 0:
            return met[0]
        inner = str(entry.value.value)
        if inner == met[0] or len(inner) > MAX_TEXT // 10:
            return met[0]
        parents.append(entry.value.because)
        return _put_in(inner, kind, scope, parents, depth - 1)

    if len(written) > MAX_TEXT:
        return written
    return kind.expression.sub(replaced, written)


def _is_filled_in(whole: str, path: KeyPath, kind: Format) -> bool:
    """Whether something is filled in of a setting, by a sign that only this format has."""
    expression = kind.expression
    if expression is None or not expression.search(whole):
        return False
    return any(each.leads_to(path) for each in kind.settings)


def _with_holes(whole: str, kind: Format, here: Step, runs: bool = False) -> Value:
    """A script: what its shell fills in stays, what is filled in before it runs is a hole. ``runs``: it is none, and
    all is filled in once it runs."""
    assert kind.expression is not None
    literals, holes, done = [], [], 0
    for met in kind.expression.finditer(whole):
        if runs or not (kind.shell_fills and met[0].startswith("$")):
            literals.append(whole[done : met.start()])
            holes.append(Unknown(Reason.TEMPLATED, met[0][:MAX_SHOWN]))
            done = met.end()
    literals.append(whole[done:])
    if len(literals) == 1:
        return Known(whole, here)
    parts = parts_between(literals)
    return Unknown(Reason.TEMPLATED, "variable", here, parts=parts, holes=tuple(holes))


def text(value: Value) -> str:
    """The text of a value that is known, else nothing."""
    return str(value.value) if isinstance(value, Known) else ""
