"""Everything that is wrong with policies and sets of the user's own, file by file; ``load`` stops at the first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from sovlint.documents import Path as At
from sovlint.errors import SovlintError
from sovlint.model.world import World
from sovlint.policy import policies as build
from sovlint.policy.load import (
    ONE,
    Shelf,
    hint,
    load,
    own_files,
    shipped_shelf,
    strange_entries,
    unannounced,
    unknown_set,
)
from sovlint.policy.policies import Policy, SetDocument
from sovlint.policy.read import HINT, Written, examine
from sovlint.policy.unknown_names import (
    Strange,
    check_names,
    known_names,
    strange_names,
    strange_states,
)


class Checked(Struct, frozen=True):
    """How many policies and sets could be read, and what is wrong, each with file, line and column."""

    policies: int
    sets: int
    problems: tuple[SovlintError, ...]


def check(paths: Sequence[Path], set_name: str, world: World) -> Checked:
    """Check the policies and sets at ``paths``, and the set to judge by (an id, or the path of a YAML file).

    Whether a set, or a policy that a set names, exists is looked into where every file could be read: a broken one may
    hold it.
    """
    written, problems = _read(
        [*paths, *([Path(set_name)] if Path(set_name).is_file() else [])]
    )
    shipped, own, whole = shipped_shelf(), Shelf(), not problems
    for each in written:
        if taken := own.taken(each):
            problems.append(SovlintError(f"{_place(each, ('id',))}: {taken}", ONE))
        else:
            own.add(each)
        problems += _unannounced(each, shipped)
    stock = {**shipped.policies, **own.policies} if whole else None
    for each in written:
        problems += (_told(each, strange) for strange in _strange(each, stock, world))
    known = [*shipped.sets, *own.sets]
    if whole and set_name not in known and not Path(set_name).is_file():
        problems.append(unknown_set(set_name, known))
    if not problems:
        problems += _judging(paths, set_name, world)
    return Checked(len(own.policies), len(own.sets), tuple(problems))


def _read(paths: Sequence[Path]) -> tuple[list[Written], list[SovlintError]]:
    written: list[Written] = []
    problems: list[SovlintError] = []
    for file in own_files(paths):
        if isinstance(file, SovlintError):
            problems.append(file)
        else:
            found, wrong = examine(file, str(file))
            written += found
            problems += wrong
    return written, problems


def _strange(
    written: Written, stock: Mapping[str, Policy] | None, world: World
) -> Iterator[Strange]:
    """Names that don't exist; of a set, policies too where all (``stock``) could be read."""
    if not written.is_set:
        yield from strange_names(build.policy(written.data, written.where), world)
        return
    made = build.policy_set(written.data, written.where)
    yield from strange_states(made.accept, world)
    for index, problem in strange_entries(made.entries, stock) if stock is not None else ():
        yield ("policies", index), problem, ()


def _unannounced(written: Written, shipped: Shelf) -> Iterator[SovlintError]:
    """That one takes the id of what ships, and doesn't say so."""
    make = build.policy_set if written.is_set else build.policy
    made: Policy | SetDocument = make(written.data, written.where)
    if problem := unannounced(made, shipped):
        yield SovlintError(f"{_place(written, ('id',))}: {problem}", hint(made))


def _told(written: Written, strange: Strange) -> SovlintError:
    at, problem, known = strange
    return SovlintError(
        f"{_place(written, at)}: {problem}", known_names(known) if known else HINT
    )


def _place(written: Written, at: At) -> str:
    span = written.document.span(at) if written.document else None
    return span.position if span else written.where


def _judging(paths: Sequence[Path], set_name: str, world: World) -> Iterator[SovlintError]:
    """What a scan would stop at although each file is right by itself, such as a set's file that holds two."""
    try:
        check_names(load(paths, set_name), world)
    except SovlintError as error:
        yield error
