"""What a change edits of all that governs a run: the configuration, the files that it names, ignore comments, what git
ignores, and whatever starts sovlint."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct

from sovlint.configuration.entries import relative
from sovlint.files.bounds import bytes_within
from sovlint.files.walk import IGNORE_FILE
from sovlint.frontends.saas.claims import FILE_NAMES
from sovlint.model.exception import Ignore
from sovlint.model.findings.own_rules import OwnRule, RuleDetail, RuleKind
from sovlint.model.redaction.by_keys import in_words
from sovlint.policy.read import files
from sovlint.stages.edits import Chosen, edits
from sovlint.stages.run import Run

_STARTED: Final = re.compile(rb"(?i)\bsovlint(?![\w.:]|-data)|\bSOVLINT_")
"""How sovlint is named where it is run or set up; in a label or a comment it is followed by something else."""
_STARTING: Final = (".yml", ".yaml", ".sh")
"""How the names of files end, beside those without any ending, that start programs for a CI server or a hook."""

Bears = Callable[[str, bytes | None, bytes | None], bool]
"""Told the name of a file, and what it held and holds, says whether that bears on what is found."""


def _always(name: str, was: bytes | None, is_now: bytes | None) -> bool:
    return True


Choosing = Callable[[str], Chosen | None]
"""Told the name of a file, says what of it is told: all, where that is ``None``."""


def _all(name: str) -> Chosen | None:
    return None


class Side(Struct, frozen=True):
    """One of two states of a repository: the folder that has it, its paths, and what a run there went by.

    ``ignores`` are the comments in it.
    """

    root: Path
    paths: Sequence[str]
    run: Run
    ignores: tuple[Ignore, ...] = ()


def edited(before: Side, after: Side) -> Iterator[OwnRule]:
    """One rule for each file that differs, and for each whose ignore comments do."""
    listed = {*_listed(before), *_listed(after)}
    yield from _of_files(before, after, listed)
    yield from _of_files(before, after, _others(before, after, listed), _bears, _chosen)
    yield from _comments(before.ignores, after.ignores)


def differs(before: Side, after: Side) -> bool:
    """Whether the configuration, or a file that it or an option names, isn't the same."""
    names = {*governing(before), *governing(after)}
    return any(_is_other(name, before, after) for name in names)


def _is_other(name: str, before: Side, after: Side) -> bool:
    was, is_now = _states(name, before, after)
    return was != is_now


def _states(name: str, before: Side, after: Side) -> tuple[bytes | None, bytes | None]:
    """What a file held and holds; ``None`` where there is none."""
    return bytes_within(str(before.root), name), bytes_within(str(after.root), name)


def _of_files(
    before: Side,
    after: Side,
    names: Iterable[str],
    bears: Bears = _always,
    chosen: Choosing = _all,
) -> Iterator[OwnRule]:
    """One rule for each of these files that differs, and that bears on what is found; it tells what is chosen of it."""
    for name in sorted(names):
        was, is_now = _states(name, before, after)
        if was == is_now or not bears(name, was, is_now):
            continue
        found = edits(name, was, is_now, chosen(name))
        if found is not None:
            yield OwnRule(RuleKind.RULE_CHANGE, (name,), details=found.told, more=found.more)


def governing(side: Side) -> set[str]:
    """The files by which a run goes that lie in the repository, relative to it."""
    request, config = side.run.request, side.run.config
    named = (
        config.path,
        request.baseline,
        request.offers,
        Path(side.run.policy_set_name),
        *config.waiver_files,
    )
    found = [path for path in named if path is not None and path.is_file()]
    found += (file for path in (*request.policy, *request.catalog) for file in files(path))
    names = {relative(path.absolute(), side.root) for path in found}
    return {name for name in names if not name.startswith("../")}


def _listed(side: Side) -> set[str]:
    """Those, and the inventories, which say of companies what nobody looks up."""
    found = (path for path in side.paths if path.rpartition("/")[2] in FILE_NAMES)
    return {*governing(side), *side.run.config.saas, *found}


def _others(before: Side, after: Side, listed: Collection[str]) -> Iterator[str]:
    """Other files, which say what git ignores, or may start sovlint."""
    for name in {*before.paths, *after.paths}.difference(listed):
        last = name.rpartition("/")[2]
        if last == IGNORE_FILE or last.endswith(_STARTING) or "." not in last.lstrip("."):
            yield name


def _bears(name: str, was: bytes | None, is_now: bytes | None) -> bool:
    """Whether one of those files bears on what is found: it says what is ignored, or starts sovlint."""
    if name.rpartition("/")[2] == IGNORE_FILE:
        return True
    return any(data is not None and _STARTED.search(data) for data in (was, is_now))


def _chosen(name: str) -> Chosen | None:
    """Of what starts sovlint, only that: other people's jobs and steps may hold anything."""
    return None if name.rpartition("/")[2] == IGNORE_FILE else _starts


def _starts(text: str) -> bool:
    return _STARTED.search(text.encode(errors="replace")) is not None


def _comments(before: Iterable[Ignore], after: Iterable[Ignore]) -> Iterator[OwnRule]:
    """One rule for each file whose comments aren't the same, wherever in it they stand."""
    were, are = _by_text(before), _by_text(after)
    gone, come = were - are, are - were
    for path in sorted({key[0] for key in (*gone, *come)}):
        details = [
            RuleDetail(in_words(f"ignore[{name}]"), *(("", said) if new else (said, "")))
            for new, found in ((False, gone), (True, come))
            for (where, name, said), count in sorted(found.items())
            for _ in range(count)
            if where == path
        ]
        yield OwnRule(RuleKind.IGNORE_CHANGE, (path,), details=tuple(details))


def _by_text(ignores: Iterable[Ignore]) -> Counter[tuple[str, str, str]]:
    return Counter(
        (each.where.path, ", ".join(each.policies), _said(each)) for each in ignores
    )


def _said(ignore: Ignore) -> str:
    until = f" until={ignore.until.isoformat()}" if ignore.until else ""
    return f'reason="{in_words(ignore.reason)}"{until}'
