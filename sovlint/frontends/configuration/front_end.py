"""Configuration files -> resources: one for each thing that a file proves of where data goes."""

from __future__ import annotations

from collections.abc import (
    Collection,
    Hashable,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
    Set,
)
from functools import cache, partial
from itertools import groupby
from posixpath import basename, dirname
from typing import Final

from msgspec import Struct, field
from msgspec.structs import replace

from sovlint.documents.errors import DocumentError, TooLargeError
from sovlint.frontends.configuration.comments import comments
from sovlint.frontends.configuration.encodings import in_another_encoding
from sovlint.frontends.configuration.given_variables import (
    with_variables,
)
from sovlint.frontends.configuration.named_files import FilesNear, NamedFiles, ReadFile, Reads
from sovlint.frontends.ignore_comments import MARK, ignores
from sovlint.frontends.shell import step_sends
from sovlint.frontends.shell.repository import RepositoryScripts
from sovlint.frontends.workloads.encoded import MAX_TEXT, is_structured
from sovlint.frontends.workloads.nodes import of_entries
from sovlint.frontends.workloads.read import signals, unsaid
from sovlint.model.attributes import NoAttributes
from sovlint.model.decoding import late_pattern
from sovlint.model.exception import Ignore
from sovlint.model.inputs import Reader
from sovlint.model.resources.reading import Failure, Reading
from sovlint.model.resources.resource import SETTING, TRUE, Binding, Labels, Resource
from sovlint.model.resources.sent import Sent, SentBy
from sovlint.model.source import Located, SourceFile
from sovlint.model.text import Note
from sovlint.model.value import Fact, Reason, Step, Unknown, Value
from sovlint.rules.files.configuration import Entry
from sovlint.rules.files.declares import humped
from sovlint.rules.files.formats import Claim
from sovlint.rules.hints import Hints
from sovlint.rules.values.value_kinds import texts_of
from sovlint.settings.declared import (
    NOT_DEPLOYED,
    Declared,
    StackGiven,
    declared,
    is_left_open,
)
from sovlint.settings.evidence import evidence
from sovlint.settings.file_evidence import FileEvidence, Read
from sovlint.settings.names import address_of
from sovlint.settings.readers import UnreadableError, parts

FRONT_END: Final = "configuration"
"""The name of this front end, and the id of the plug-in through which it places."""

_DEEP: Final = 4
"""Keys above what stands in an object that is a definition: ``Definition.States.Send.Parameters``."""
_ADDRESS: Final = late_pattern(r"[a-z][\w+.-]*://|arn:")
_VARIABLES: Final = "*"
"""The key of all variables of a file whose values nobody knows: where they lead is one question."""


class _Files(Struct):
    """Which files were read, which couldn't be, and the ignore comments in them."""

    read: Reads = field(default_factory=dict)
    naming: Reads = field(default_factory=dict)
    """Those that say nothing themselves, and include others."""
    used: list[str] = field(default_factory=list)
    lacking: set[str] = field(default_factory=set)
    """Those that name others which aren't here, or can't be read."""
    skipped: list[str] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    ignores: list[Ignore] = field(default_factory=list)

    def refuse(self, claim: Claim, problem: object) -> None:
        """A file that can't be read: a failure where a server would run it, and it isn't valid."""
        is_run = claim.format.is_run_at(claim.path) and not isinstance(problem, TooLargeError)
        if isinstance(problem, DocumentError) and is_run:
            note = Note("configuration.invalid", {"problem": problem.problem})
            self.failures.append(Failure(claim.path, problem.line, problem.column, note))
        else:
            self.skipped.append(claim.path)


def read(reader: Reader, claims: Iterable[Claim], hints: Hints) -> Reading:
    """Everything that the files of ``claims`` prove. One that can't be read is skipped and counted.

    No line of these files is ever shown: settings are where secrets are.
    """
    files = _Files()
    for path, each in groupby(claims, lambda claim: claim.path):
        _read(path, each, reader, files, hints.formats.published)
    if any(each.claim.template for each in files.read.values()):
        from sovlint.frontends.configuration.copied_templates import with_copied

        files.read = dict(with_copied(files.read, reader, hints))
    reads = _by_folder(files, reader)
    deployed = _deployed(reads, reader, hints)
    if deployed:
        from sovlint.settings.stacks.own_region import against_deployed

        reads = {
            folder: [against_deployed(each, deployed) for each in inside]
            for folder, inside in reads.items()
        }
    started = RepositoryScripts(reader)
    run = partial(step_sends.sent, hints=hints, started=started)
    proved = (
        each
        for inside in reads.values()
        for each in evidence(inside, hints.signatures, hints.formats, hints.outlets, run)
    )
    things = [each for inside in reads.values() for each in declared(inside, deployed)]
    found = list(_of_no_thing(proved, things, hints))
    images = _images(found, reader, hints)
    left_open = _left_open(reads, things) | files.lacking
    return Reading(
        resources=(*_resources(found, images), *(_declared(each, hints) for each in things)),
        files=tuple(path for path in files.used if path not in left_open),
        failures=tuple(files.failures),
        skipped=tuple(files.skipped),
        ignores=tuple(files.ignores),
        unquoted=(*files.used, *started.read),
    )


def _images(
    found: Iterable[FileEvidence], reader: Reader, hints: Hints
) -> Mapping[str, Sequence[Value]]:
    """What files are built into that prove something; asked only where there are some."""
    files = {each.claim.path for each in found if each.claim.format.image}
    if not files:
        return {}
    from sovlint.frontends.shell.builds import built_images

    return built_images(reader, hints, files)


def _of_no_thing(
    found: Iterable[FileEvidence], things: Iterable[Declared], hints: Hints
) -> Iterator[FileEvidence]:
    """What files prove, without settings of a thing that runs: where it sends data, it says itself."""
    running = {
        (each.claim.path, each.path) for each in things if each.type in hints.workloads
    }
    for each in found:
        keys = tuple(each.key.split("."))
        path = each.claim.path
        if not any((path, keys[:size]) in running for size in range(len(keys))):
            yield each


def _deployed(
    reads: Mapping[str, Sequence[Read]], reader: Reader, hints: Hints
) -> Mapping[str, StackGiven]:
    """What pipelines give templates; asked only where there are some."""
    listed = (each.claim.format for inside in reads.values() for each in inside)
    if all(kind.declares is None for kind in listed):
        return NOT_DEPLOYED
    from sovlint.frontends.configuration.stack_values import given

    return given(reader, hints)


def _by_folder(files: _Files, reader: Reader) -> dict[str, list[Read]]:
    """What was read, by folder; with what the files name."""
    found = {**files.naming, **files.read}
    if any(_names_others(each.claim) for each in found.values()):
        sure = [path for path, each in files.read.items() if not each.claim.format.last]
        near = FilesNear(reader, cache(partial(_text_of, reader=reader)))
        found = _with_filled(found, near, files)
        followed = NamedFiles(near, sure).followed(found)
        found = {path: each for path, each in followed.items() if each.parts}
        files.used.extend(sorted(found.keys() - set(files.used)))
    found = with_variables(found)
    if any(each.claim.format.declares for each in found.values()):
        from sovlint.frontends.configuration.exported import with_exports

        found = with_exports(found)
    reads: dict[str, list[Read]] = {}
    for path, each in sorted(found.items()):
        reads.setdefault(dirname(path), []).append(Read(each.claim, each.parts))
    return reads


def _with_filled(reads: Reads, near: FilesNear, files: _Files) -> Reads:
    """What was read, with what other files say in the place of texts that name them."""
    if not any(each.claim.format.fills for each in reads.values()):
        return reads
    from sovlint.frontends.configuration.filled_files import FilledFiles

    filling = FilledFiles(near)
    made = {path: filling.filled(each) for path, each in reads.items()}
    files.used.extend(sorted(filling.named.difference(files.used)))
    files.lacking.update(filling.lacking)
    return {path: each for path, each in made.items() if path not in filling.named}


def _names_others(claim: Claim) -> bool:
    kind = claim.format
    return (
        kind.includes is not None or kind.fills is not None or bool(kind.merges or kind.calls)
    )


def _decoded(file: SourceFile) -> str:
    return file.data.decode("utf-8", "replace")


def _text_of(path: str, reader: Reader) -> SourceFile | None:
    found = reader.read(path)
    return found if isinstance(found, SourceFile) else None


def _left_open(reads: Mapping[str, Sequence[Read]], things: Iterable[Declared]) -> set[str]:
    """Files that may declare more than was read of them: they count as what nobody reads, though settings were read."""
    declaring = {thing.claim.path for thing in things}
    return {
        read.claim.path
        for inside in reads.values()
        for read in inside
        if read.claim.format.partly
        or (
            read.claim.format.declares is not None
            and (_says_nothing(read, declaring) or is_left_open(read))
        )
    }


def _says_nothing(read: Read, declaring: Collection[str]) -> bool:
    """Whether a file that is there to declare things declares none; one of some formats may well do without."""
    return not read.claim.format.proves and read.claim.path not in declaring


def _read(
    path: str, claims: Iterable[Claim], reader: Reader, files: _Files, published: Set[str]
) -> None:
    """Read a file by the first of ``claims`` whose content it has. ``published``: keys that all stand in what somebody
    publishes of himself, which is nobody's configuration."""
    utf_8 = reader.read(path)
    file = utf_8 if isinstance(utf_8, SourceFile) else in_another_encoding(path, reader)
    if file is None:
        files.skipped.append(path)
        return
    for claim in claims:
        try:
            found = parts(file, claim)
        except UnreadableError as error:
            files.refuse(claim, error.__cause__)
            return
        includes = claim.format.includes
        if not found and includes is not None and includes.search(_decoded(file)):
            files.naming[path] = ReadFile(file, claim, ())
        if any(
            published <= {entry.path[-1] for entry in each.entries if entry.path}
            for each in found
        ):
            files.used.append(path)
            return
        if found:
            files.used.append(path)
            files.read[path] = ReadFile(file, claim, tuple(found))
            if MARK in file.data:
                files.ignores.extend(ignores(comments(file), file))
            return


def _resources(
    found: Iterable[FileEvidence], images: Mapping[str, Sequence[Value]]
) -> Iterator[Resource]:
    """A resource for each piece of evidence; of two with the same key, the later ones have a number. ``images``: what
    files are built into."""
    taken: dict[tuple[str, str | None], int] = {}
    untold: dict[tuple[str, str | None], list[FileEvidence]] = {}
    for each in _told_once(found):
        path = _path(each)
        if each.sent.by is SentBy.UNTOLD:
            untold.setdefault((path, each.environment), []).append(each)
            continue
        address = address_of(path, each.key)
        number = taken[address, each.environment] = (
            taken.get((address, each.environment), 0) + 1
        )
        made = _resource(each, address if number == 1 else f"{address}[{number}]")
        yield _in_images(made, each, images)
    for (path, _), asked in untold.items():
        sends = tuple(each.sent for each in asked)
        held_in = frozenset[str]().union(*(each.held_in for each in asked))
        first = _resource(asked[0], address_of(path, _VARIABLES))
        first = replace(first, names=(), sends=sends, held_in=held_in)
        yield _in_images(first, asked[0], images)


def _in_images(
    made: Resource, found: FileEvidence, images: Mapping[str, Sequence[Value]]
) -> Resource:
    names = images.get(found.claim.path)
    return replace(made, built_into=tuple(names)) if names else made


def _told_once(found: Iterable[FileEvidence]) -> Iterable[FileEvidence]:
    """Evidence, each thing once: several files may include the same one, or call it, and it sends what all hold."""
    told: dict[Hashable, FileEvidence] = {}
    for each in found:
        kind = each.claim.format
        several = kind.merges or kind.calls
        once = (_path(each), each.key, each.sent.told) if several else len(told)
        same = told.get(once)
        held_in = each.held_in if same is None else same.held_in | each.held_in
        told[once] = replace(each if same is None else same, held_in=held_in)
    return told.values()


def _path(found: FileEvidence) -> str:
    """The file that a thing is called by: of several that are read as one, the one in which it stands."""
    is_of_several = found.claim.format.merges
    return found.sent.where.span().path if is_of_several else found.claim.path


def _resource(found: FileEvidence, address: str) -> Resource:
    folder = basename(dirname(found.claim.path))
    return Resource(
        address=address,
        type=SETTING,
        front_end=FRONT_END,
        root=None,
        variant=found.environment,
        library=False,
        exists=_exists(found),
        where=found.sent.where,
        attributes=NoAttributes(),
        binding=Binding(FRONT_END),
        names=tuple(each for each in (found.key, folder) if each),
        sends=(found.sent,),
        held_in=found.held_in,
    )


def _declared(thing: Declared, hints: Hints) -> Resource:
    """A thing that a file declares is of its plug-in's type, and has a place itself; what runs by it sends data."""
    address = address_of(thing.claim.path, thing.key)
    tags = () if thing.tags is None else (Labels(address, thing.tags, thing.where),)
    folder = basename(dirname(thing.claim.path))
    return Resource(
        address=address,
        type=thing.type,
        front_end=FRONT_END,
        root=None,
        variant=None,
        library=False,
        exists=TRUE if thing.condition is None else _conditional(thing.condition),
        where=thing.where,
        attributes=thing.says,
        binding=Binding(thing.plugin, thing.region),
        labels=tags,
        names=tuple(each for each in (thing.path[-1], folder) if each),
        sends=tuple(_sent(thing, hints)),
        unsaid=_unsaid(thing, hints),
    )


def _unsaid(thing: Declared, hints: Hints) -> Unknown | None:
    """Why what runs by a thing may be given settings that aren't known."""
    runs = hints.workloads.get(thing.type)
    node = None if runs is None else of_entries(thing.says.entries)
    return None if runs is None or node is None else unsaid(node, runs, hints)


def _sent(thing: Declared, hints: Hints) -> Iterator[Sent]:
    """Where what runs by a thing sends data. What is kept in the cloud of the file itself is declared there too."""
    runs = hints.workloads.get(thing.type)
    node = None if runs is None else of_entries(thing.says.entries)
    if runs is not None and node is not None:
        others = frozenset(name for each in thing.claim.format.settings for name in each.but)
        for each in signals(node, runs, hints, thing.path[-1]):
            refers = not each.id and isinstance(
                each.sent.names, Unknown
            )  # to a group of logs of the same file
            if each.id not in others and not refers:
                yield each.sent
    yield from _of_definitions(thing, () if runs is None else runs.names, hints)


def _of_definitions(thing: Declared, but: Sequence[str], hints: Hints) -> Iterator[Sent]:
    """Where definitions that a thing keeps send data, as texts or as objects. ``but``: what rules of its type read."""
    names = {each.path[0] for each in thing.says.entries if each.path and _is_defined(each)}
    names = {each for each in names if humped(each) not in but}
    node = of_entries(thing.says.entries) if names else None
    if node is not None:
        from sovlint.frontends.workloads.definitions import definition_sends

        yield from definition_sends(
            ((each, node.value[each]) for each in sorted(names)), hints
        )[0]


def _is_defined(entry: Entry) -> bool:
    """Whether an entry is a text with a structure, or an address deep in an object."""
    text = next(texts_of(entry.value, MAX_TEXT), "")
    return is_structured(text) or (len(entry.path) >= _DEEP and bool(_ADDRESS.match(text)))


def _conditional(where: Located) -> Fact[bool]:
    note = Note("configuration.condition")
    return Unknown(Reason.UNSUPPORTED_EXPRESSION, "condition", Step(where, note), note=note)


def _exists(found: FileEvidence) -> Fact[bool]:
    """What a template says holds only where somebody uses it as it is."""
    if found.claim.sure:
        return TRUE
    note = Note("configuration.template", {"path": found.claim.path})
    return Unknown(Reason.TEMPLATED, "template", Step(found.sent.where, note), note=note)
