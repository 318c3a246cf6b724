"""What declared things are built of and started by: the classes of who starts it go along to what stands in a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from sovlint.model.decoding import grouped, late_pattern
from sovlint.model.partial.holes import HOLE, marked_text, parts_of
from sovlint.model.placement import Flow
from sovlint.model.resources.resource import Resource
from sovlint.model.resources.sent import Started
from sovlint.model.text import Note
from sovlint.model.value import Step, Value
from sovlint.resolve.places.known_resources import KnownResources

STARTED: Final = "config"
"""The kind of a flow to what something is started by."""
_NOTE: Final = Note("resolve.flow-here", {"kind": Note(f"resolve.flow-{STARTED}")})
_NAME: Final = late_pattern(r"([\w.-]+)(?::\d+|:LATEST)?$")
"""The last part of a name: of ``deploy/claims``, of an ARN, of a task with its revision."""


def started(resources: Sequence[Resource], known: KnownResources) -> Iterator[Flow]:
    """A flow from each thing to all that stands in the files that it is built of or started by, and from each that runs
    an image to what is built into that. A variable that who starts it is given isn't the file's. What a command gives
    a thing is that thing's."""
    yield from _given(resources, known)
    files = _Built(resources)
    if not files:
        return
    for each in resources:
        for start in each.starts:
            yield from files.flows(each, start)
        if not each.starts:
            yield from files.of_images(each)


def _given(resources: Sequence[Resource], known: KnownResources) -> Iterator[Flow]:
    given = grouped(
        (met[1], (each, sent))
        for each in resources
        for sent in each.sends
        if sent.given_to is not None
        and (met := _NAME.search(marked_text(parts_of(sent.given_to)))) is not None
    )
    for source in resources if given else ():
        for name in {known.names_here.bare_name(source), source.address.rpartition("/")[2]}:
            for end, sent in given.get(name, ()):
                yield Flow(STARTED, source, end, None, Step(sent.where, _NOTE))


class _Built:
    """What stands in files, by these, and the files by the images that are built of them."""

    def __init__(self, resources: Iterable[Resource]) -> None:
        listed = [each for each in resources if each.starts or each.built_into]
        self._paths: Mapping[str, Sequence[Resource]] = {}
        self._images: Mapping[str, Sequence[tuple[str, Started]]] = {}
        if not listed:
            return
        self._paths = grouped((path, each) for each in resources for path in each.held_in)
        self._images = grouped(
            (image.rpartition("/")[2], (image, start))
            for each in listed
            for value in each.built_into or each.images
            if (image := _untagged(value))
            for start in each.starts or _own(each, value)
        )

    def __bool__(self) -> bool:
        return bool(self._paths)

    def flows(self, source: Resource, start: Started) -> Iterator[Flow]:
        """Those to what stands in one file."""
        for end in self._paths.get(start.path, ()):
            if not (end.names and end.names[0].rpartition(".")[2] in start.given):
                yield Flow(STARTED, source, end, None, Step(start.where, _NOTE))

    def of_images(self, source: Resource) -> Iterator[Flow]:
        """Those to what is built into the images that something runs."""
        met: set[str] = set()
        for value in source.images:
            image = _untagged(value)
            for other, start in self._images.get(image.rpartition("/")[2], ()):
                if _alike(image, other) and start.path not in met:
                    met.add(start.path)
                    yield from self.flows(source, start)


def _own(resource: Resource, image: Value) -> Iterator[Started]:
    step = image.because
    where = resource.where if step is None or step.where is None else step.where
    yield from (Started(path, where) for path in sorted(resource.held_in))


def _untagged(image: Value) -> str:
    """An image without tag and digest, with holes; empty where nothing is known of what it is called."""
    whole = marked_text(parts_of(image)).partition("@")[0]
    above, sign, last = whole.rpartition("/")
    name = last.partition(":")[0]
    return "" if name in ("", HOLE) else f"{above}{sign}{name}"


def _alike(one: str, other: str) -> bool:
    """Whether two names of images may be one: as far as both say who keeps it, from the end."""
    pairs = zip(reversed(one.split("/")), reversed(other.split("/")), strict=False)
    return all(HOLE in a or HOLE in b or a == b for a, b in pairs)
