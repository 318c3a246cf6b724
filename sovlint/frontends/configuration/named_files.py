"""Files that other files name: what one includes is read too, what a pipeline includes is read as one with it, and what
a pipeline calls is read with what it is given. All of them are files of this repository."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from posixpath import basename, dirname, join, normpath
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sovlint.documents.tree import Node
from sovlint.model.inputs import Reader
from sovlint.model.source import SourceFile
from sovlint.model.value import Known, Value
from sovlint.rules.files.configuration import (
    CallsAt,
    Entry,
    FilePart,
    NamedBy,
    VariablesAt,
)
from sovlint.rules.files.formats import Claim
from sovlint.rules.keys import KeyPath, below
from sovlint.settings.entries import given_tree
from sovlint.settings.readers import UnreadableError, parts, trees_of

MAX_NAMED: Final = 200
"""One file names no more others than this, directly or by others."""
MAX_CALLS: Final = 20
"""Of a file that is called more often, no further calls are looked at."""
MAX_DEPTH: Final = 5
"""Calls are followed no further than this."""


class ReadFile(Struct, frozen=True):
    """A file that was read, and what it says."""

    file: SourceFile
    claim: Claim
    parts: tuple[FilePart, ...]


Reads = dict[str, ReadFile]
"""By path."""
NamedIn = dict[str, set[str]]
"""By the path of a file, those of files in which its name stands."""


class FileCall(Struct, frozen=True):
    """What a file is given by name where others call it, and which call it so, directly or by others."""

    given: Mapping[str, Value]
    callers: frozenset[str]


class FilesNear:
    """The files of a repository by the paths at which others name them, perhaps with ``*`` in them."""

    def __init__(self, reader: Reader, file_at: Callable[[str], SourceFile | None]) -> None:
        self._reader = reader
        self.at = file_at

    def near(self, folder: str, written: str) -> Sequence[str]:
        """The files that a glob of a path means: from the folder of the file that names it, or wherever they are put on
        a server (``/etc/nginx/conf.d/*.conf`` is ``conf.d/*.conf`` here)."""
        keys = written.strip("/").split("/")
        for at in range(len(keys)):
            found = self.meant(normpath(join(folder, *keys[at:])))
            if found or not written.startswith("/"):
                return found
        return ()

    def meant(self, glob: str) -> Sequence[str]:
        """The files of a path with ``*`` in it, in the last part or in others."""
        if "*" not in glob:
            return () if self.at(glob) is None else (glob,)
        fixed = dirname(glob.partition("*")[0])
        listed = self._reader.listing(fixed)
        depth = glob.count("/")
        wide = "**" in glob
        return [
            path
            for path in listed
            if (wide or path.count("/") == depth) and fnmatchcase(path, glob)
        ][:MAX_NAMED]


class NamedFiles:
    """Follows what files name, among those of a repository."""

    def __init__(self, files: FilesNear, taken: Iterable[str]) -> None:
        self._files = files
        self._file_at = files.at
        self._taken = frozenset(taken)

    def followed(self, reads: Reads) -> Reads:
        """All that is read then; what is read as a part of another file is none any more. ``taken`` were files that
        another format reads."""
        reads = dict(reads)
        naming: NamedIn = {}
        for path in sorted(reads):
            if path in reads and reads[path].claim.format.includes is not None:
                self._included(path, reads, naming)
        for path in naming.keys() & reads.keys():
            reads[path] = _named(reads[path], {path: _all_naming(path, naming)})
        merged = {path for path in sorted(reads) for path in self._merged(path, reads)}
        kept = {path: each for path, each in reads.items() if path not in merged}
        return self._called(kept)

    # --- includes

    def _included(self, start: str, reads: Reads, naming: NamedIn) -> None:
        waiting = [start]
        found: set[str] = set()
        while waiting and len(found) < MAX_NAMED:
            read = reads[waiting.pop()]
            for path in self._includes(read):
                naming.setdefault(path, set()).add(read.claim.path)
                if path in found or path in reads or path in self._taken:
                    continue
                found.add(path)
                named = self._read(path, read.claim)
                if named is not None:
                    reads[path] = named
                    waiting.append(path)

    def _includes(self, read: ReadFile) -> Iterator[str]:
        pattern = read.claim.format.includes
        text = read.file.data.decode("utf-8", "replace")
        for met in pattern.finditer(text) if pattern is not None else ():
            yield from self._files.near(dirname(read.claim.path), met["path"])

    def _read(self, path: str, claim: Claim, beside: Sequence[Node] = ()) -> ReadFile | None:
        file = self._file_at(path)
        own = replace(claim, path=path, name=basename(path))
        try:
            found = () if file is None else tuple(parts(file, own, beside))
        except UnreadableError:
            return None
        return ReadFile(file, own, found) if file is not None and found else None

    # --- what a pipeline includes

    def _merged(self, path: str, reads: Reads) -> set[str]:
        """The files that are read as one with a file; ``reads`` gets what it says then."""
        read = reads[path]
        if not read.claim.format.merges:
            return set()
        found: dict[str, SourceFile] = {}
        naming: NamedIn = {}
        self._merge(path, read.file, read.claim, found, naming)
        found.pop(path, None)
        if not found:
            return set()
        beside = [
            tree
            for file in found.values()
            for tree in trees_of(file, read.claim)[-1:]  # a head says what it is given
        ]
        whole = self._read(path, read.claim, beside)
        if whole is not None:
            reads[path] = _named(whole, {each: _all_naming(each, naming) for each in found})
        return set(found)

    def _merge(
        self,
        path: str,
        file: SourceFile,
        claim: Claim,
        found: dict[str, SourceFile],
        naming: NamedIn,
    ) -> None:
        if path in found or len(found) >= MAX_NAMED:
            return
        found[path] = file
        try:
            own = parts(file, replace(claim, path=path))
        except UnreadableError:
            return
        for written in _texts(own, claim.format.merges):
            for other in self._files.meant(normpath(written.lstrip("/"))):
                included = self._file_at(other)
                if included is not None:
                    naming.setdefault(other, set()).add(path)
                    self._merge(other, included, claim, found, naming)

    # --- what a pipeline calls

    def _called(self, reads: Reads) -> Reads:
        """Files that are called, each call of them read with what it gives, beginning with who isn't called."""
        waiting = [path for path, read in sorted(reads.items()) if read.claim.format.calls]
        calls: dict[str, list[FileCall]] = {}
        callers = [reads[path] for path in waiting]
        for _ in range(MAX_DEPTH):
            told: dict[str, Claim] = {}
            for path, claim, call in list(self._calls_of(callers)):
                if _tells(call, calls.setdefault(path, [])):
                    told[path] = claim
            fresh = {
                path: self._with(path, claim, calls[path], reads)
                for path, claim in told.items()
            }
            reads.update({path: each for path, each in fresh.items() if each.parts})
            callers = list(fresh.values())
            if not callers:
                break
        return reads

    def _calls_of(self, callers: Iterable[ReadFile]) -> Iterator[tuple[str, Claim, FileCall]]:
        for caller in callers:
            own = caller.claim.path
            for part in caller.parts:
                above = part.named_by.get(own, frozenset()) | {own}
                for rule in caller.claim.format.calls:
                    for name, given in _calls(part.entries, rule):
                        for path in self._meant(name, rule, own):
                            yield path, caller.claim, FileCall(given, above)

    def _meant(self, name: str, rule: CallsAt, caller: str) -> Iterator[str]:
        """The file that a call means, if it is here."""
        if not rule.relative and not name.startswith("./"):
            return
        above = dirname(caller) if rule.relative and not name.startswith("/") else ""
        path = normpath(join(above, name.lstrip("/")))
        whole = [path, *(normpath(join(path, each)) for each in rule.files)]
        found = next((each for each in whole if self._file_at(each) is not None), None)
        if found is not None and found != caller:
            yield found

    def _with(
        self, path: str, claim: Claim, calls: Sequence[FileCall], reads: Reads
    ) -> ReadFile:
        """A file as it is called: what each call gives, else what the file says itself."""
        plain = reads.get(path) or self._read(path, claim)
        file = self._file_at(path)
        if plain is None or file is None:
            return ReadFile(SourceFile(path, b""), claim, ())
        declared = dict(_defaults(plain.parts, claim.format.inputs))
        found: list[FilePart] = []
        for call in calls:
            tree = given_tree({**declared, **call.given}, claim.format.called, path)
            once = self._read(path, plain.claim, [tree])
            found += () if once is None else _named(once, {path: call.callers}).parts
        return replace(plain, parts=tuple(found) or plain.parts)


def _tells(call: FileCall, known: list[FileCall]) -> bool:
    """Whether a call tells what no earlier one did; ``known`` gets it. Of one that isn't looked at, nobody knows which
    of them it is like: its class counts for all."""
    same = [at for at, each in enumerate(known) if _same(call.given, each.given)]
    if not same and len(known) < MAX_CALLS:
        known.append(call)
        return True
    before = list(known)
    for at in same or range(len(known)):
        known[at] = replace(known[at], callers=known[at].callers | call.callers)
    return any(one.callers != other.callers for one, other in zip(before, known, strict=True))


def _named(read: ReadFile, named_by: NamedBy) -> ReadFile:
    """What a file says, with those that name it."""
    return replace(read, parts=tuple(replace(each, named_by=named_by) for each in read.parts))


def _all_naming(path: str, naming: NamedIn) -> frozenset[str]:
    """The files that name one, directly or by others."""
    found: set[str] = set()
    waiting = [path]
    while waiting:
        fresh = naming.get(waiting.pop(), set()) - found
        found |= fresh
        waiting += fresh
    return frozenset(found)


def _texts(found: Iterable[FilePart], at: Sequence[KeyPath]) -> Iterator[str]:
    """The texts that stand at some paths, and not below."""
    for part in found:
        for entry in part.entries:
            here = any(
                len(entry.path) == len(each) and below(entry.path, each) for each in at
            )
            if here and isinstance(entry.value, Known):
                yield str(entry.value.value)


def _calls(
    entries: Iterable[Entry], rule: CallsAt
) -> Iterator[tuple[str, Mapping[str, Value]]]:
    """What is called, and what it is given by name."""
    size = len(rule.at)
    names: dict[KeyPath, str] = {}
    given: dict[KeyPath, dict[str, Value]] = {}
    for entry in entries:
        if not below(entry.path, rule.at):
            continue
        above, rest = entry.path[:size], entry.path[size:]
        if rest == rule.uses and isinstance(entry.value, Known):
            names[above] = str(entry.value.value)
        elif len(rest) == len(rule.given) + 1 and rest[:-1] == rule.given:
            given.setdefault(above, {})[rest[-1]] = entry.value
    for above, name in names.items():
        yield name, given.get(above, {})


def _defaults(
    found: Iterable[FilePart], rules: Sequence[VariablesAt]
) -> Iterator[tuple[str, Value]]:
    """What a file takes for what a call doesn't give."""
    for part in found:
        for rule in rules:
            size = len(rule.at)
            listed = [each for each in part.entries if below(each.path, rule.at)]
            called = {
                each.path[:size]: str(each.value.value)
                for each in listed
                if each.path[size:] == rule.name and isinstance(each.value, Known)
            }
            for each in listed:
                rest = each.path[size:]
                if rule.name is None and rule.value is not None and rest[1:] == rule.value:
                    yield rest[0], each.value
                elif (
                    rule.name is not None
                    and rest == rule.value
                    and each.path[:size] in called
                ):
                    yield called[each.path[:size]], each.value


def _same(one: Mapping[str, Value], other: Mapping[str, Value]) -> bool:
    return one.keys() == other.keys() and all(
        _known(one[name]) == _known(other[name]) for name in one
    )


def _known(value: Value) -> object:
    return value.value if isinstance(value, Known) else (value.detail, value.parts)
