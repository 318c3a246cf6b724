"""Steps of pipelines: found where a format says that they stand, and what each proves by its action and its scripts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

from msgspec.structs import replace

from sovlint.model.decoding import late_pattern
from sovlint.model.partial.holes import HOLE, marked_text, parts_of
from sovlint.model.resources.sent import Sent, SentBy
from sovlint.model.value import Known, Unknown, Value, known_of
from sovlint.rules.commands.kept import SetBefore
from sovlint.rules.destination import NOTHING, Setting, Told, as_meant, is_said, sends
from sovlint.rules.files.configuration import Entry, FilePart, Format
from sovlint.rules.files.task import StepHere, StepInput, StepsAt, Task
from sovlint.rules.keys import KeyPath, below
from sovlint.settings.scopes import Scopes, text

StepRunner = Callable[[StepHere, SetBefore], Iterable[tuple[str, Sent]]]
"""What the scripts of a step prove, each with an id, after what commands of earlier steps of its job have set."""

MAX_STEPS: Final = 2_000
"""Of a file with more steps than this, no further ones are read."""

_VERSION: Final = late_pattern(
    r"^(?:docker://|pipe:\s*)?(.*?)(?:@[^/@]*)?(?::[\w.$<>{} -]+)?$"
)


def found(
    part: FilePart, kind: Format, tasks: Mapping[str, Sequence[Task]], run: StepRunner, once: set[object]
) -> Iterator[tuple[StepHere, str, KeyPath, Sent]]:  # fmt: skip
    """What the steps of a file prove, each thing once: which step, by which task or command, at which keys, and where
    that is.

    What a step sets is there for those after it in the same job. ``once``: as whom pipelines act, which other files have
    told already. What they keep somewhere each tells itself: files may have classes of their own, a script too.
    """
    met: dict[str, set[object]] = {}
    set_before: dict[KeyPath, dict[str, StepInput]] = {}
    kept: dict[KeyPath, SetBefore] = {}
    scopes = Scopes(part.entries, kind)
    for rule, step in steps(part, kind, scopes):
        job = step.path[: rule.job]
        before = set_before.setdefault(job, {})
        given = replace(step, variables={**step.variables, **before})
        for name, keys, sent in _of_step(
            given, tasks, run, kept.setdefault(job, SetBefore())
        ):
            region = None if sent.region is None else _host(sent.region)
            host = _host(sent.value)
            by_whom = sent.provider or sent.usual or (name if _is_open(host) else None)
            told = (
                name if sent.role == RUNS or host is None else by_whom,
                sent.role,
                known_of(sent.value) if _is_open(host) else host,
                region,
                known_of(sent.names) if sent.by is SentBy.VALUE else None,
            )
            among = once if sent.role == ACTS else met.setdefault(_file(sent), set())
            if told not in among and not _says_nothing(sent):
                among.add(told)
                yield step, name, keys, sent
        for task in tasks.get(step.uses, ()):
            inputs = (
                (each, step.inputs.get(name.lower())) for each, name in task.sets.items()
            )
            before.update({each: given for each, given in inputs if given is not None})
        scopes.end(step.path, before)


def _of_step(
    step: StepHere, tasks: Mapping[str, Sequence[Task]], run: StepRunner, kept: SetBefore
) -> Iterator[tuple[str, KeyPath, Sent]]:
    scripts = list(step.scripts)
    for task in tasks.get(step.uses, ()):
        for keys, sent in proved(step, task):
            yield task.id, keys, sent
        scripts += [
            step.inputs[name.lower()] for name in task.scripts if name.lower() in step.inputs
        ]
    if scripts or step.words:
        for name, sent in run(replace(step, scripts=tuple(scripts)), kept):
            yield (
                name,
                (*step.path, sent.key),
                replace(sent, key="" if sent.role == RUNS else sent.key),
            )


def _file(sent: Sent) -> str:
    return sent.where.span().path


def _host(value: Value) -> str | None:
    """What tells one address or region from another: paths don't, but where they are all there is. Nothing where no
    address is written."""
    if isinstance(value, Known):
        whole = "" if value.value is None else str(value.value)
    else:
        whole = marked_text(parts_of(value))
    met = _AUTHORITY.match(whole)
    return (met[1] if met is not None else "") or whole or None


def _is_open(host: str | None) -> bool:
    """Whether nothing is known of an address: what two commands send to may differ then."""
    return host is not None and not host.strip(HOLE)


_AUTHORITY: Final = late_pattern(r"(?:[a-z][a-z0-9+.:-]*//)?([^/]*)", re.IGNORECASE)


def _says_nothing(sent: Sent) -> bool:
    """A registry of whose host nothing is known: images are somewhere. What goes to a company but for an endpoint that
    isn't known goes to somebody in particular."""
    return (
        sent.role == KEEPS
        and sent.provider is None
        and sent.usual is None
        and isinstance(sent.value, Unknown)
        and "." not in (_host(sent.value) or "")
    )


def steps(part: FilePart, kind: Format, scopes: Scopes) -> Iterator[tuple[StepsAt, StepHere]]:
    """The steps of a file, in order, each with the rule that led to it."""
    started = {
        (each.job, entry.path[: each.job])
        for each in kind.beside
        for entry in part.entries
        if below(entry.path, each.at)
    }
    but = frozenset[str]().union(*(each.but for each in kind.settings))
    for rule in kind.steps:
        for number, (path, entries) in enumerate(_below(part.entries, rule.at).items()):
            if number >= MAX_STEPS:
                return
            is_open = (kind.shell_fills and not kind.closed) or scopes.is_open(path)
            own = _folder(path, entries, rule)
            folder = _usual_folder(path, part, kind) if own is None else own
            step = _step(path, entries, rule, part, scopes)
            yield (
                rule,
                replace(
                    step,
                    is_open=is_open,
                    folder=folder,
                    goes_on=rule.goes_on,
                    copied=_copied(part, rule.copied),
                    beside=any(path[: each[0]] == each[1] for each in started),
                    but=but,
                ),
            )


def _copied(part: FilePart, at: KeyPath | None) -> tuple[tuple[str, Value], ...] | None:
    """What is copied in any stage: one of them may begin with what another has."""
    if at is None:
        return None
    return tuple(
        (each.path[-1], each.value)
        for each in part.entries
        if below(each.path, at) and len(each.path) > len(at)
    )


def _below(entries: Iterable[Entry], at: KeyPath) -> dict[KeyPath, list[Entry]]:
    """What stands below each place that a path leads to."""
    found: dict[KeyPath, list[Entry]] = {}
    for entry in entries:
        if below(entry.path, at):
            found.setdefault(entry.path[: len(at)], []).append(entry)
    return found


def _folder(path: KeyPath, entries: Iterable[Entry], rule: StepsAt) -> Value | None:
    """The folder that a step names itself."""
    wanted = {(*path, *at) for at in rule.folder}
    return next((each.value for each in entries if each.path in wanted), None)


def _usual_folder(path: KeyPath, part: FilePart, kind: Format) -> Value | None:
    """The folder in which the scripts of a job, or of the file, run by default: the job's counts."""
    found: dict[int, Value] = {}
    for rule in kind.folders:
        for entry in part.entries:
            if entry.path[: rule.job] == path[: rule.job] and below(entry.path, rule.at):
                found[rule.job] = entry.value
    return found[max(found)] if found else None


def _step(
    path: KeyPath, entries: list[Entry], rule: StepsAt, part: FilePart, scopes: Scopes
) -> StepHere:
    inner = {each.path[len(path) :]: each for each in entries}
    uses = rule.is_action
    inputs: KeyPath = rule.inputs
    if rule.keyed:
        first = next(iter(inner))
        uses, inputs = (first[0], first[:1]) if first else (text(inner[()].value), ("",))
    elif rule.uses is not None and rule.uses in inner:
        uses = text(inner[rule.uses].value)
    return StepHere(
        path,
        entries[0].where,
        _named(uses, rule, part),
        {
            ".".join(keys[len(inputs) :]).lower(): _given(each)
            for keys, each in inner.items()
            if _under(keys, inputs)
        },
        tuple(
            _given(each) for at in rule.run for keys, each in inner.items() if below(keys, at)
        )[:MAX_STEPS],
        tuple(_words(inner, rule, uses)),
        {name: _given(each) for name, each in scopes.at((*path, "")).items()},
        condition=_condition(inner, rule),
    )


def _condition(inner: Mapping[KeyPath, Entry], rule: StepsAt) -> str:
    """On what a step runs; nothing where it always does."""
    entry = None if rule.condition is None else inner.get(rule.condition)
    return "" if entry is None else marked_text(parts_of(entry.value))


def _under(keys: KeyPath, at: KeyPath) -> bool:
    return len(keys) > len(at) and keys[: len(at)] == at


def _named(uses: str, rule: StepsAt, part: FilePart) -> str:
    """The name of an action without its version, and with what its first part stands for."""
    met = _VERSION.match(uses.strip())
    name = met[1] if met is not None else uses
    alias, sign, rest = name.partition("/")
    if rule.aliases is not None and sign:
        meant = next(
            (each for each in part.entries if each.path == (*rule.aliases, alias)), None
        )
        if meant is not None:
            name = f"{text(meant.value).partition('@')[0]}/{rest}"
    return name.lower()


def _words(inner: Mapping[KeyPath, Entry], rule: StepsAt, uses: str) -> Iterator[StepInput]:
    """A command line: the program at its place, or the last part of the action's name, before the words."""
    if rule.words is None:
        return
    words = [
        each
        for keys, each in inner.items()
        if below(keys, rule.words) and len(keys) == len(rule.words) + 1
    ]
    own = inner.get(rule.program) if rule.program is not None else None
    if not words and own is None:
        return
    if own is not None:
        yield _given(own)
    else:
        met = _VERSION.match(uses)
        yield StepInput(
            Known((met[1] if met else uses).rpartition("/")[2]), words[0].path, words[0].where
        )
    yield from map(_given, words)


def _given(entry: Entry) -> StepInput:
    return StepInput(entry.value, entry.path, entry.where)


def proved(step: StepHere, task: Task) -> Iterator[tuple[KeyPath, Sent]]:
    """What an action of a step proves, and the keys at which it does; nothing where its inputs say otherwise."""
    if task.role is None or not task.is_meant(step.read):
        return
    written = [(each, _first(each.inputs, step)) for each in task.address]
    region = _first(task.region, step)
    at = next((given for _, given in written if given is not None), region)
    own = at is not None and at.path[: len(step.path)] == step.path
    keys, where = (
        (at.path, at.where)
        if at is not None and own
        else ((*step.path, step.uses), step.where)
    )
    key = "" if task.role == RUNS else step.uses

    def told(given: StepInput | None) -> list[Setting]:
        return [] if given is None else [Setting(key, given.value, where)]

    addresses = task.addresses((each, told(given)) for each, given in written)
    holder = None if task.address and task.company is None else Setting(key, NOTHING, where)
    name = _first(task.names, step)
    whole = Told(
        addresses=tuple(addresses),
        holder=holder,
        regions=told(region),
        names=None if name is None else name.value,
    )
    yield from ((keys, as_meant(task, sent)) for sent in sends(task, whole))


RUNS: Final = "compute"
"""The role of the place where something itself runs, and isn't sent on from."""
KEEPS: Final = "registry"
"""The role of a place where software is kept."""
ACTS: Final = "config"
"""The role of what a pipeline acts as."""


def _first(names: Iterable[str], step: StepHere) -> StepInput | None:
    found = (step.given(name) for name in names)
    return next((each for each in found if each is not None and is_said(each.value)), None)
