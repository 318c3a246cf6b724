"""What the templates of a chart render -> objects like those of manifests, one for every way in which each may come out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from sovlint.documents import Document
from sovlint.documents.attributes import Evaluated
from sovlint.frontends.cluster.charts.rendered_text import (
    BrokenDocument,
    RenderedText,
    rendered_documents,
)
from sovlint.frontends.cluster.objects import ManifestObject, objects
from sovlint.frontends.kubernetes.charts.rendering.hooks import hook_events, is_test
from sovlint.model.resources.resource import TRUE
from sovlint.model.source import SourceFile
from sovlint.model.value import Fact, Reason, Unknown


class TemplateOutcome(Struct, frozen=True):
    """What a template renders, or what a task says, if certain things hold that nobody knows: ``assumed`` is what isn't
    known of them."""

    rendered: RenderedText | Sequence[Document | BrokenDocument]
    assumed: tuple[Unknown, ...] = ()

    def documents(self) -> Iterable[Document | BrokenDocument]:
        """What it holds: of what is no text its documents are given."""
        if isinstance(self.rendered, RenderedText):
            return rendered_documents(self.rendered)
        return self.rendered


class RenderedObjects(Struct):
    """The objects of a template, and what of its output couldn't be read. ``untold``: there may be more of which nothing
    is known."""

    objects: list[ManifestObject] = field(default_factory=list)
    broken: list[BrokenDocument] = field(default_factory=list)
    untold: bool = False


class _Version(Struct):
    """One way in which an object may come out, in how many outcomes it does, and what these assume."""

    found: ManifestObject
    outcomes: int
    assumed: tuple[Unknown, ...]


def rendered_objects(
    file: SourceFile, outcomes: Sequence[TemplateOutcome], whole: bool
) -> RenderedObjects:
    """The objects of one template, which stands in ``file``. One that is the same in every outcome surely exists, if
    ``outcomes`` are all that there are (``whole``)."""
    result = RenderedObjects()
    if whole and len(outcomes) == 1:
        result.objects.extend(_objects(file, outcomes[0], result))
        return result
    versions: dict[str, _Version] = {}
    for outcome in outcomes:
        distinct = {repr(_told(each.data)): each for each in _objects(file, outcome, result)}
        for key, found in distinct.items():
            version = versions.setdefault(key, _Version(found, 0, outcome.assumed))
            version.outcomes += 1
    for version in versions.values():
        sure = whole and version.outcomes == len(outcomes)
        result.objects.append(
            replace(version.found, exists=TRUE if sure else _perhaps(version.assumed))
        )
    return result


def _objects(
    file: SourceFile, outcome: TemplateOutcome, result: RenderedObjects
) -> Iterator[ManifestObject]:
    """The objects of an outcome. What has no name isn't one, and neither is what only ``helm test`` makes."""
    for document in outcome.documents():
        if isinstance(document, BrokenDocument):
            result.broken.append(document)
            continue
        if isinstance(document.data, Evaluated):
            result.untold = True
        for found in objects(document, file):
            if isinstance(found, ManifestObject) and not _is_never_there(found):
                yield found


def _is_never_there(found: ManifestObject) -> bool:
    """Whether an object is there while ``helm test`` runs alone, or never: a hook of an event that Helm doesn't know."""
    events = hook_events(found.get("metadata").mapping("annotations"))
    return events == () or is_test(events)


def _told(data: Any) -> object:
    """What data says, and why of what isn't known."""
    if isinstance(data, dict):
        return {key: _told(item) for key, item in data.items()}
    if isinstance(data, list):
        return [_told(item) for item in data]
    given = data.given if isinstance(data, Evaluated) else None
    return (str.__str__(data), given.text()) if isinstance(given, Unknown) else data


def _perhaps(assumed: Sequence[Unknown]) -> Fact[bool]:
    if not assumed:
        return Unknown(Reason.TEMPLATED, "if")
    return assumed[0].bare()
