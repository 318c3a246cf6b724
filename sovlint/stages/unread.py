"""Files that say where software runs or data goes and that nobody reads, and which of them are said to carry data."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping

from sovlint.files.globs import names_something
from sovlint.files.reported import Reported
from sovlint.frontends.terraform.claims import VALUES
from sovlint.model.classrules import ClassRule
from sovlint.model.inputs import HEAD
from sovlint.model.text import Bilingual, Note
from sovlint.model.unread import UnreadKind
from sovlint.policy.unjudged import UnreadData
from sovlint.stages.read import ReadResult
from sovlint.stages.run import Rulebook

NAMED = "named"
"""The kind of files that a glob names by their own names, and of which nothing is judged."""
PASSED_OVER = "passed-over"
"""The kind of files of settings below a folder of other people's files, tests or examples."""


def unread_files(
    rulebook: Rulebook, read: ReadResult, asked: Reported, named: bool = False
) -> Mapping[str, UnreadKind]:
    """The files of a kind that nobody reads, with that kind, by their names or as a front end found them; one that some
    front end read all the same isn't among those told by their names. ``named``: those too that count only where
    somebody names them."""
    kinds, reading = rulebook.catalog.unread, read.reading
    told = {
        path: kind
        for path in read.repository.paths
        if (kind := kinds.of(path)) is not None
        and (named or not kind.only_named)
        and asked.path(path)
    }
    # Of what is read but for the folder that it lies in, that folder is told.
    passed_over = frozenset(reading.passed_over)
    told |= {
        path: kinds.named(kind)
        for kind, path in reading.recognised
        if asked.path(path) and path not in passed_over
    }
    for path in reading.files if told else ():
        told.pop(path, None)
    # A template that a function of Terraform fills in is read by that.
    read_by = [path for path in told if any(unit.bears(path) for unit in reading.units)]
    for path in read_by:
        del told[path]
    return {
        **told,
        **{path: kinds.named(kind) for kind, path in reading.unread if asked.path(path)},
    }


def declaring(unread: Mapping[str, UnreadKind], rulebook: Rulebook) -> tuple[UnreadKind, ...]:
    """The kinds among ``unread`` that declare infrastructure, but for tests, examples and other people's files."""
    passing = rulebook.hints.formats.passing
    kinds = {kind for path, kind in unread.items() if kind.declares and not passing(path)}
    return tuple(sorted(kinds, key=lambda kind: kind.id))


def counted_files(
    rulebook: Rulebook, read: ReadResult, asked: Reported, told: Collection[str]
) -> Iterator[tuple[UnreadKind, int]]:
    """How many files there are of each kind that is only counted, the most first; ``told``: those told by their paths."""
    endings = rulebook.catalog.unread.endings
    known = frozenset((*told, *read.reading.files))
    found = Counter(
        kind
        for path in read.repository.paths
        if (kind := endings.get(path.rpartition(".")[2])) is not None
        and path not in known
        and asked.path(path)
    )
    yield from sorted(found.items(), key=lambda one: (-one[1], one[0].id))


def unread_data(
    rules: Collection[ClassRule], rulebook: Rulebook, read: ReadResult, asked: Reported
) -> Iterator[UnreadData]:
    """What globs of ``data.paths`` give a class to and nobody reads: one for each glob and kind.

    A glob that names nothing (``**``) counts for infrastructure alone. Below a folder that is passed over, a glob counts
    only where it spells the name of that folder.
    """
    if not rules:
        return
    found = _Found(rulebook, read, asked)
    for rule in rules:
        yield from found.of(rule)


class _Found:
    """The files of a repository that nobody reads, and those of which nothing is judged by itself."""

    def __init__(self, rulebook: Rulebook, read: ReadResult, asked: Reported) -> None:
        self._kinds = unread_files(rulebook, read, asked, named=True)
        self._folders = rulebook.hints.formats.folders
        # One from which others only take values (the `.env` beside a Compose file) isn't judged by that.
        judged = frozenset(each.span.path for each in read.reading.resources)
        self._passed_over = [
            path
            for path in read.reading.passed_over
            if asked.path(path) and path not in self._kinds and path not in judged
        ]
        self._repository = read.repository
        known = {*self._kinds, *self._passed_over, *read.reading.files} - {
            path for path in read.reading.files if path.endswith(VALUES)
        }
        code = rulebook.catalog.unread.endings
        self._others = [
            path
            for path in read.repository.paths
            if path not in known and path.rpartition(".")[2] not in code and asked.path(path)
        ]
        self._formed = rulebook.catalog.unread.formed
        self._aside = [
            f"{path}*"
            for path in read.repository.unlisted("")
            if path.endswith("/") and self._above(path)
        ]

    def of(self, rule: ClassRule) -> Iterator[UnreadData]:
        spelt = frozenset(rule.glob.lower().split("/"))
        named = names_something(rule.glob)
        by_kind: defaultdict[str, list[str]] = defaultdict(list)
        titles: dict[str, Bilingual | Note] = {PASSED_OVER: Note("policy.unread-passed-over")}
        for path, kind in self._kinds.items():
            counts = named or not kind.only_named
            if counts and self._above(path) <= spelt and rule.matches(path):
                by_kind[kind.id].append(path)
                titles[kind.id] = kind.title
        for path in (*self._passed_over, *self._aside):
            if self._above(path) <= spelt and rule.matches(path):
                by_kind[PASSED_OVER].append(path)
        for path in self._others if named else ():
            if self._above(path) <= spelt and rule.matches(path):
                kind_id, title = self._other(path, rule)
                if kind_id:
                    by_kind[kind_id].append(path)
                    titles[kind_id] = title
        for kind_id, paths in sorted(by_kind.items()):
            yield UnreadData(rule, kind_id, titles[kind_id], tuple(sorted(paths)))

    def _other(self, path: str, rule: ClassRule) -> tuple[str, Bilingual | Note]:
        """The kind of a file by its form, or else where the glob names it alone; empty for any other."""
        data = self._repository.peek(path, HEAD)
        lines = data[: data.rfind(b"\n") + 1] if len(data) == HEAD else data + b"\n"
        kind = None if path.endswith(VALUES) else self._formed(lines)
        if kind is not None:
            return kind.id, kind.title
        is_named = rule.glob.rpartition("/")[2] == path.rpartition("/")[2]
        return NAMED if is_named else "", Note("policy.unread-named")

    def _above(self, path: str) -> frozenset[str]:
        """The folders above a path that are passed over."""
        return self._folders.intersection(path.lower().split("/")[:-1])
