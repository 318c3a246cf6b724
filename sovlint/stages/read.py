"""The first stage: which files there are, and what the front ends read in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from sovlint.files.discover import discover
from sovlint.files.repository import Repository
from sovlint.files.scan_place import left_of, locate
from sovlint.frontends.recursion import deepen_stack
from sovlint.frontends.registry import FRONT_ENDS, told_by
from sovlint.model.inputs import Reader, ReadOptions
from sovlint.model.request import Request
from sovlint.model.resources.reading import Reading, joined_readings, without_overridden
from sovlint.model.watch import NOBODY, Phase, Watch
from sovlint.rules.hints import Hints
from sovlint.stages.run import Run

if TYPE_CHECKING:
    from sovlint.cache.readings import ReadingCache


class ReadResult(Struct, frozen=True):
    """The files of a repository, and what all front ends read in them."""

    repository: Repository
    reading: Reading


def read_sources(run: Run, hints: Hints, watch: Watch = NOBODY) -> ReadResult:
    """Read all that bears on a run. Raises ``SovlintError`` for a path that isn't there."""
    request = run.request
    watch.phase(Phase.LIST)
    repository = discover(_folders_to_read(request), run.config.exclude, run.edited)
    watch.phase(Phase.READ)
    repository.watch = watch
    repository.take(run.offers)
    deepen_stack()
    files = tuple(path.as_posix() for path in request.var_file)
    options = replace(
        run.config.read_options(
            dict(request.var), files, request.exclude_local, dict(request.env)
        ),
        watch=watch,
        offers=run.offers,
        cache=run.cache,
    )
    reading = without_overridden(
        joined_readings(_readings(repository, options, hints, run.cache))
    )
    return ReadResult(repository, _without_elsewhere(reading, repository))


def _without_elsewhere(reading: Reading, repository: Repository) -> Reading:
    """A reading that counts no file of another repository among those that were read here."""
    files = tuple(path for path in reading.files if not repository.mount(path))
    return reading if len(files) == len(reading.files) else replace(reading, files=files)


def _readings(
    repository: Repository, options: ReadOptions, hints: Hints, cache: ReadingCache | None
) -> Iterator[Reading]:
    """What each front end reads. Those that come after one know what it found files to begin like, so that nobody need
    look at a file again, and which charts it found to be installed."""
    if cache is not None:
        cache.answers(repository).learn(told_by(repository, hints))
    for name, front_end in FRONT_ENDS.items():
        read = partial(front_end, options=options, hints=hints)
        reading = (
            read(repository)
            if cache is None
            else _kept(name, read, repository, options, cache)
        )
        begun = {path: kind for kind, path in reading.recognised}
        if begun or reading.installed:
            options = replace(
                options,
                begun={**options.begun, **begun},
                installed=(*options.installed, *reading.installed),
            )
        yield reading


def _kept(
    name: str,
    read: Callable[[Reader], Reading],
    repository: Repository,
    options: ReadOptions,
    cache: ReadingCache,
) -> Reading:
    """What a front end reads, or read before of the same files after the same ones before it."""
    from sovlint.cache.answered import remembering
    from sovlint.cache.pickles import identified

    before = identified((sorted(options.begun.items()), options.installed))
    if before is None:  # nobody can tell whether the same was found before
        return read(repository)
    return cache.reading(
        f"{name} {before!r}", repository, lambda asking: remembering(read(asking))
    )


def _folders_to_read(request: Request) -> tuple[Path, ...]:
    """What is read: whatever a change can affect may stand anywhere below the git root. Without one, the folders where
    the changes are: what lies above them may be the whole disk."""
    if request.changed is None:
        return request.places
    place = locate(request.places, gone=True)
    if place.git:
        return (place.root,)
    return tuple(
        {left if left.is_dir() else left.parent for left in map(left_of, request.places)}
    )
