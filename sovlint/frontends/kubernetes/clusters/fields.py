"""What an object shows by what it is, and by what its fields say: operators, identities and issuers of one cloud alone.

A field that is still to be filled in shows nothing: what fills it in is seen where that is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from sovlint.documents.attributes import text_value
from sovlint.documents.cursor import Cursor
from sovlint.frontends.cluster.objects import WRITTEN, ManifestObject
from sovlint.model.landing import Evidence, EvidenceHint, Level
from sovlint.model.source import Span
from sovlint.model.text import Note
from sovlint.model.value import Known, Value
from sovlint.rules.hints import ClusterHints


def kinds_and_fields(found: ManifestObject, hints: ClusterHints) -> Iterator[Evidence]:
    """What its kind and its fields show of the cluster that it stands on."""
    for hint in hints.kinds.of(found.type):
        if _holds(found, hint):
            note = Note("kubernetes.shows.kind", {"name": found.kind})
            yield _shown(found.get("kind").where, note, hint, None)
    for path, hint in hints.fields.get(found.type, ()):
        if hint.machine is None and _holds(found, hint):
            yield from _field(found, path, hint)


def machine_evidence(found: ManifestObject, hints: ClusterHints) -> Evidence | None:
    """What shows that an object runs on a developer's own machine: hosts of routes, and registries of images."""
    for path, hint in hints.fields.get(found.type, ()):
        if hint.machine is None:
            continue
        said = [(each, _said(each) or "") for each in found.get().every(path)]
        there = [each for each, value in said if re.fullmatch(hint.value or "", value)]
        if there and (hint.machine == "any" or len(there) == len(said)):
            note = Note("kubernetes.shows.machine", {"value": _said(there[0])})
            return _shown(there[0].where, note, hint, None)
    return None


def _field(found: ManifestObject, path: str, hint: EvidenceHint) -> Iterator[Evidence]:
    for each in found.get().every(path):
        said = _said(each)
        matched = None if said is None else re.fullmatch(hint.value or ".*", said)
        if matched is not None:
            region = matched.groupdict().get("region")
            note = Note("kubernetes.shows.field", {"name": _name(each)})
            yield _shown(each.where, note, hint, _region(region, each))


def _name(at: Cursor) -> str:
    """What a field is called: of an element of a list, that of the list."""
    return next((each for each in reversed(at.path) if isinstance(each, str)), "")


def _region(written: str | None, at: Cursor) -> Value | None:
    if written is None:
        return None
    whole = text_value(written, at.where, WRITTEN)
    return Known(written, whole.because) if isinstance(whole, Known) else whole


def _holds(found: ManifestObject, hint: EvidenceHint) -> bool:
    """Whether all else is said that it takes, and nothing that makes it another cluster's."""
    if any(_is_there(found, path) for path in hint.unless):
        return False
    if hint.when is None:
        return True
    return any(_said(each) in hint.when.values for each in found.get().every(hint.when.path))


def _is_there(found: ManifestObject, path: str) -> bool:
    return any(each.data not in (None, "", {}, []) for each in found.get().every(path))


def _said(at: Cursor) -> str | None:
    """What is written at a place, as people would say it; ``None`` for what is no single value."""
    data: Any = at.data
    if isinstance(data, bool):
        return str(data).lower()
    return str(data) if isinstance(data, (str, int)) else None


def _shown(where: Span, note: Note, hint: EvidenceHint, region: Value | None) -> Evidence:
    return Evidence(
        Level.ANNOTATIONS,
        where,
        note,
        hint.providers,
        region,
        default=hint.default,
        bound=region is not None,
    )
