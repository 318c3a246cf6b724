"""What a pipeline's file sets besides: what things have by others (``extends``), which is followed, and variables that
may be set in ways that aren't, of which nobody knows which value counts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from msgspec import Struct

from sovlint.model.decoding import late_pattern
from sovlint.model.source import Located
from sovlint.model.text import Note
from sovlint.model.value import MAX_AMONG, Known, Reason, Step, Unknown, Value
from sovlint.rules.files.configuration import Entry, Format
from sovlint.rules.keys import ANY, KeyPath, below

MAX_OVERRIDES: Final = 200
"""Of a file with more of them than this no variable is known."""
MAX_BASES: Final = 11
"""Things that extend others are followed no further than this, as the servers do."""

_SCRIPT: Final = "script"
_NAMED: Final = late_pattern(
    r"(?<![\w$.{}()/-])([A-Za-z_]\w*)(?:<<|=(?:([^\s\"'`$\\;|&<>()]+)(?=[\s\"'`;|&]|$))?)"
)
"""``NAME=value``, and ``NAME<<`` before a value of several lines; a value that isn't written is none."""
_PRINTED: Final = late_pattern(
    r"^\s*[\"']|\b(?:echo|printf|Write-\w+|Add-Content|Out-File)\b"
)
_GROUPED: Final = late_pattern(r"^\s*[})]|<<")
"""The end of commands whose output is written, or the beginning of a text that is."""


class Override(Struct, frozen=True):
    """Something that may set a variable (any, where ``name`` is ``*``) for what stands below ``job``; ``after``: the
    script that does, for the steps that follow. ``value``: what it would hold, if that is written."""

    name: str
    where: Located
    job: KeyPath = ()
    after: KeyPath | None = None
    value: Value | None = None

    def bears_on(self, path: KeyPath) -> bool:
        """Whether what stands at ``path`` may get it."""
        return path[: len(self.job)] == self.job and (
            self.after is None or _follows(path, self.after)
        )


def _follows(path: KeyPath, other: KeyPath) -> bool:
    """Whether one step stands after another one. What stands elsewhere may run whenever it likes."""
    for mine, its in zip(path, other, strict=False):
        if mine != its:
            return not (mine.isdigit() and its.isdigit()) or int(mine) > int(its)
    return False


def overrides(entries: Iterable[Entry], kind: Format) -> list[Override]:
    """All that may set variables in ways that aren't followed."""
    found: list[Override] = []
    if not (kind.overrides or kind.env_file or kind.sets or kind.extends):
        return found
    listed = list(entries)
    jobs = {each.path[0] for each in listed if each.path}
    for each in listed:
        found += _elsewhere(each, kind)
        if kind.extends and _is_extension(each, kind) and str(_text(each)) not in jobs:
            found.append(Override(ANY, each.where, each.path[:1]))
        found += _of_script(each, kind)
        if len(found) > MAX_OVERRIDES:
            return [Override(ANY, each.where, after=(ANY,))]
    return found


def _elsewhere(entry: Entry, kind: Format) -> Iterator[Override]:
    for rule in kind.overrides:
        if below(entry.path, rule.at) and len(entry.path) > len(rule.at):
            yield Override(
                entry.path[len(rule.at)],
                entry.where,
                entry.path[: rule.job],
                value=entry.value,
            )


def _of_script(entry: Entry, kind: Format) -> Iterator[Override]:
    step = next(
        (
            each
            for each in kind.steps
            if any(below(entry.path, (*each.at, *run)) for run in each.run)
        ),
        None,
    )
    if step is None or not (kind.env_file or kind.sets):
        return
    job = () if step.called else entry.path[: step.job]
    text = _text(entry)
    after = None if kind.env_file and _reading(kind.env_file).search(text) else entry.path
    for name, value in _set_by(text, kind):
        known = Known(value, Step(entry.where, Note("settings.written"))) if value else None
        yield Override(name, entry.where, job, after, known)


def _reading(name: str) -> re.Pattern[str]:
    """What reads the file of variables, which sets nothing for the steps that follow."""
    return re.compile(rf"(?:\.|\bsource|\bcat)\s+[\"']?\$\{{?{name}\b")


def _set_by(text: str, kind: Format) -> Iterator[tuple[str, str | None]]:
    """The variables that a script sets for the steps after it, each with its value where that is written."""
    for met in kind.sets.finditer(text) if kind.sets is not None else ():
        yield met["name"], met["value"]
    if not kind.env_file or kind.env_file not in text:
        return
    whole = text.replace("\\\n", " ")
    read = _reading(kind.env_file)
    for line in whole.splitlines():
        if not re.search(rf"\b{kind.env_file}\b", read.sub("", line)):
            continue
        named = _NAMED.findall(whole if _GROUPED.search(line) else line)
        yield from ((name, value or None) for name, value in named)
        if not named or not (_PRINTED.search(line) or _GROUPED.search(line)):
            yield ANY, None


def doubted(
    scope: Mapping[str, Entry], own: Mapping[str, Entry], found: Iterable[Override]
) -> Mapping[str, Entry]:
    """Variables with those not known that ``found`` may set otherwise; what a thing sets itself (``own``) no base
    does."""
    result = dict(scope)
    for each in found:
        names = (
            [name for name in scope if each.after is not None or name not in own]
            if each.name == ANY
            else [each.name]
        )
        for name in names:
            result[name] = doubtful(name, result.get(name), each)
    return result


def doubtful(name: str, held: Entry | None, override: Override) -> Entry:
    """A variable, if there is one, that something may set otherwise."""
    before = None if held is None else held.value
    if held is not None and _same(held.value, override.value):
        return held
    note = Note("settings.overridden", {"name": name, "line": override.where.span().line})
    members = (*_members(before), *_members(override.value))
    known = bool(_members(before)) and bool(
        _members(override.value)
    )  # else something else may be what it holds
    among = members if known and len(members) <= MAX_AMONG else None
    parents = () if before is None or before.because is None else (before.because,)
    step = Step(override.where, note, parents)
    reason = Reason.FROM_ENVIRONMENT if among is None else Reason.MULTI_VALUED
    return Entry(
        (name,), Unknown(reason, f"${name}", step, among=among, note=note), override.where
    )


def _same(one: Value, other: Value | None) -> bool:
    return isinstance(one, Known) and isinstance(other, Known) and one.value == other.value


def _members(value: Value | None) -> tuple[Known[object], ...]:
    if isinstance(value, Known):
        return (value,)
    return () if value is None else value.among or ()


# --- what things have by others


def inherited(entries: list[Entry], kind: Format) -> list[Entry]:
    """The entries, and those that things have by the ones that they extend, or by what all have, at their own keys."""
    if not kind.extends:
        return entries
    things: dict[str, list[Entry]] = {}
    for each in entries:
        if each.path:
            things.setdefault(each.path[0], []).append(each)
    added: list[Entry] = []
    for name, own in things.items():
        whole = _extended(own, name, things, kind, MAX_BASES)
        if any(each.path[1:2] == (_SCRIPT,) for each in whole):
            for at in kind.shared:
                whole = _with(
                    whole,
                    name,
                    [each for each in entries if below(each.path, at)],
                    len(at) - 1,
                )
        added += whole[len(own) :]
    return entries + added


def _extended(
    own: list[Entry], name: str, things: Mapping[str, list[Entry]], kind: Format, depth: int
) -> list[Entry]:
    """A thing with what its bases have; of several bases the last one counts."""
    whole = own
    bases = [_text(each) for each in own if _is_extension(each, kind)]
    for base in reversed(bases):
        if base in things and base != name and depth:
            inner = _extended(things[base], base, things, kind, depth - 1)
            whole = _with(
                whole, name, [each for each in inner if not _is_extension(each, kind)], 1
            )
    return whole


def _is_extension(entry: Entry, kind: Format) -> bool:
    return entry.path[1:2] == (kind.extends,) and len(entry.path) <= 3


def _with(whole: list[Entry], name: str, base: Iterable[Entry], above: int) -> list[Entry]:
    """The entries with those of a base at keys that nothing stands at; ``above``: how many keys the base leads with. A
    list is had as a whole."""
    stems = {list_stem(each.path[1:]) for each in whole}
    prefixes = {stem[:size] for stem in stems for size in range(1, len(stem) + 1)}
    added = [
        Entry((name, *each.path[above:]), each.value, each.where)
        for each in base
        if (stem := list_stem(each.path[above:])) not in prefixes
        if not any(stem[:size] in stems for size in range(1, len(stem)))
    ]
    return whole + added


def list_stem(path: KeyPath) -> KeyPath:
    """The keys that lead to a list, or to what stands at a path."""
    return next((path[:size] for size, key in enumerate(path) if key.isdigit()), path)


def _text(entry: Entry) -> str:
    """A text, with nothing where its holes are."""
    if isinstance(entry.value, Known):
        return str(entry.value.value)
    return "".join("$" if part is None else part for part in entry.value.parts or ())
