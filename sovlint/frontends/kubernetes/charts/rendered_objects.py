"""What the templates of a chart render -> objects like those of manifests, one for every way in which each may come out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from sovlint.documents.attributes import Evaluated
from sovlint.expressions.templates.granted import USUAL, Situation, is_granted
from sovlint.expressions.templates.text import TemplateHoles, has_holes, is_hole
from sovlint.frontends.cluster.charts.rendered_text import (
    BrokenDocument,
    DocumentReader,
    RenderedDocuments,
    RenderedText,
)
from sovlint.frontends.cluster.charts.untold import may_only_be_given
from sovlint.frontends.cluster.objects import ManifestObject, objects
from sovlint.frontends.kubernetes.charts.alike import brings_nothing, without_version
from sovlint.frontends.kubernetes.charts.rendering.hooks import hook_events, is_test
from sovlint.model.resources.resource import TRUE
from sovlint.model.source import SourceFile
from sovlint.model.value import Fact, Reason, Unknown

# --- Texts that a template is rendered to: which of them say nothing that isn't said in one that was read. Comparing lines
# takes far less than reading.

_ANYTHING = r'(?:[\w./-]*|"[\w./-]*")'
"""What is printed for something, if it is no more than a part of a text."""


class ToldTexts(Struct):
    """The texts of one template that were read, in which nothing is broken, nor unknown as a whole: the keys of their
    objects by text, and the lines of each."""

    _keys: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _lines: list[list[str]] = field(default_factory=list)
    _patterns: dict[str, re.Pattern[str] | None] = field(default_factory=dict)

    def add(
        self, rendered: object, documents: RenderedDocuments, keys: Sequence[str]
    ) -> None:
        """One more that was read."""
        if isinstance(rendered, RenderedText) and all(map(_is_whole, documents)):
            self._keys[rendered.text] = tuple(keys)
            self._lines.append(rendered.text.split("\n"))

    def keys_of(self, rendered: object) -> tuple[str, ...] | None:
        """The keys of the objects of a text; ``None`` for one that wasn't read."""
        return self._keys.get(rendered.text) if isinstance(rendered, RenderedText) else None

    def say(self, rendered: object) -> bool:
        """Whether all that a text says is said by one of these, if what would only be printed otherwise were printed as
        it is there."""
        if not isinstance(rendered, RenderedText):
            return False
        if rendered.text in self._keys:
            return True
        lines = rendered.text.split("\n")
        return any(
            len(lines) == len(told)
            and all(
                line == other or self._may_be(line, other, rendered.holes)
                for line, other in zip(lines, told, strict=True)
            )
            for told in self._lines
        )

    def _may_be(self, line: str, other: str, holes: TemplateHoles) -> bool:
        if line not in self._patterns:
            self._patterns[line] = _pattern(line, holes)
        pattern = self._patterns[line]
        return pattern is not None and pattern.fullmatch(other) is not None


def _is_whole(document: object) -> bool:
    return not isinstance(document, BrokenDocument) and not isinstance(
        getattr(document, "data", None), Evaluated
    )


def _pattern(line: str, holes: TemplateHoles) -> re.Pattern[str] | None:
    """What a line may be where what is granted is printed otherwise; ``None`` if nothing of it is, or all, or a key."""
    key, colon, value = line.rpartition(": ")
    if (
        has_holes(key)
        or not has_holes(value)
        or not (colon or value.lstrip().startswith("- "))
    ):
        return None
    return re.compile(
        "".join(_ANYTHING if _is_printed(each, holes) else re.escape(each) for each in line)
    )


def _is_printed(character: str, holes: TemplateHoles) -> bool:
    if not is_hole(character):
        return False
    unknown = holes.hole(character).unknown
    return unknown.parts is None and is_granted(unknown)


class TemplateOutcome(Struct, frozen=True):
    """What a template renders in a situation, or what a task says, if certain things hold that nobody knows: ``assumed``
    is what isn't known of them."""

    rendered: RenderedText | RenderedDocuments
    assumed: tuple[Unknown, ...] = ()
    situation: Situation = USUAL

    def documents(self, reader: DocumentReader) -> RenderedDocuments:
        """What it holds."""
        if isinstance(self.rendered, RenderedText):
            return reader.read(self.rendered)
        return self.rendered


class RenderedObjects(Struct):
    """The objects of a template, and what of its output couldn't be read. ``untold``: there may be more of which nothing
    is known, and whether that is only where nothing here says so or on other clusters (``only_perhaps``)."""

    objects: list[ManifestObject] = field(default_factory=list)
    broken: list[BrokenDocument] = field(default_factory=list)
    untold: bool = False
    only_perhaps: bool = True


class _Version(Struct):
    """One way in which an object may come out, what this assumes, and in how many outcomes of each situation it does."""

    found: ManifestObject
    assumed: tuple[Unknown, ...]
    outcomes: Counter[Situation] = field(default_factory=Counter)


def rendered_objects(
    file: SourceFile,
    outcomes: Sequence[TemplateOutcome],
    doubted: Set[Situation] | None,
    reader: DocumentReader,
) -> RenderedObjects:
    """The objects of one template, which stands in ``file``. One that is the same in every outcome of a situation surely
    exists, unless that is only supposed. ``doubted``: the situations of which there may be more outcomes; ``None`` where
    nothing surely exists."""
    result = RenderedObjects()
    if doubted is not None and not doubted and len(outcomes) == 1:
        documents = outcomes[0].documents(reader)
        result.objects.extend(_objects(file, documents, outcomes[0].situation, result))
        return result
    versions: dict[str, _Version] = {}
    told = ToldTexts()
    for outcome in outcomes:
        situation = outcome.situation
        if situation.supposed and told.say(outcome.rendered):
            continue
        known = told.keys_of(outcome.rendered)
        for key in known or ():
            versions[key].outcomes[situation] += 1
        if known is not None:
            continue
        documents = outcome.documents(reader)
        met: dict[str, ManifestObject] = {}
        for found in _objects(file, documents, situation, result):
            met.setdefault(_key(found, outcome, versions), found)
        for key, found in met.items():
            version = versions.setdefault(key, _Version(found, outcome.assumed))
            version.outcomes[situation] += 1
        told.add(outcome.rendered, documents, tuple(met))
    all_in = Counter(outcome.situation for outcome in outcomes)
    sure_in = [] if doubted is None else [
        each for each in all_in if each not in doubted and not each.supposed
    ]  # fmt: skip
    for version in versions.values():
        sure = any(version.outcomes[each] == all_in[each] for each in sure_in)
        exists = TRUE if sure else _perhaps(version.assumed)
        result.objects.append(replace(version.found, exists=exists))
    return result


def _key(
    found: ManifestObject, outcome: TemplateOutcome, versions: Mapping[str, _Version]
) -> str:
    """What tells an object from others, but for the version of its API. One that says nothing more than another does in
    the usual situation is that one."""
    told = repr((found.type, _told(without_version(found))))
    if told in versions or outcome.situation is USUAL:
        return told
    others = (
        key for key, version in versions.items() if brings_nothing(found, version.found)
    )
    return next(others, told)


def _objects(
    file: SourceFile,
    documents: RenderedDocuments,
    situation: Situation,
    result: RenderedObjects,
) -> Iterator[ManifestObject]:
    """The objects of an outcome. What has no name isn't one, and neither is what only ``helm test`` makes."""
    supposed = situation.supposed
    for document in documents:
        if isinstance(document, BrokenDocument):
            result.untold = result.untold or supposed
            result.broken += [] if supposed else [document]
            continue
        if isinstance(document.data, Evaluated):
            given = document.data.given
            perhaps = isinstance(given, Unknown) and may_only_be_given(given)
            result.untold = True
            result.only_perhaps = result.only_perhaps and (perhaps or supposed)
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
