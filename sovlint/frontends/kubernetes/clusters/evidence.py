"""What an object shows of where its cluster is, by the catalogue's tables: no more than is said to nodes and clouds.

What is preferred, labels of the object itself, links and comments show nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from sovlint.documents.attributes import text_value
from sovlint.documents.cursor import Cursor
from sovlint.frontends.cluster.objects import WRITTEN, ManifestObject
from sovlint.frontends.kubernetes.clusters.fields import kinds_and_fields
from sovlint.model.landing import Evidence, EvidenceHint, Level
from sovlint.model.source import Span
from sovlint.model.text import Note
from sovlint.model.value import Known, Reason, Unknown, Value, either
from sovlint.rules.hints import ClusterHints
from sovlint.rules.keys import path_parts

CLASS_ANNOTATION = "kubernetes.io/ingress.class"
"""How the class of an ingress was written before ``spec.ingressClassName``."""


def evidence_of(
    found: ManifestObject, hints: ClusterHints, own: Collection[str] = ()
) -> Iterator[Evidence]:
    """Everything that one object shows, of volumes too (``Evidence.nodes`` tells). ``own``: names of the storage classes
    that are here, which say themselves what makes their volumes."""
    if found.type == "StorageClass":
        yield from _storage_class(found, hints)
    elif found.type == "PersistentVolumeClaim":
        yield from _claim(found.get("spec"), hints, own)
    for template in found.claim_templates():
        yield from _claim(template.at("spec"), hints, own)
    if found.type == "PersistentVolume":
        yield from _made_by(found, found.get("spec", "csi", "driver"), hints)
        yield from _terms(found.get("spec", "nodeAffinity", "required"), hints)
    for spec in found.pod_specs():
        yield from of_pods(spec, hints)
        yield from _volumes(found, spec, hints, own)
    annotations = found.get().entries("metadata", "annotations")
    yield from of_annotations(annotations, hints, found.type)
    if found.type == "Ingress":
        yield from _ingress_class(found, hints)
    yield from kinds_and_fields(found, hints)


# --- volumes


def _storage_class(found: ManifestObject, hints: ClusterHints) -> Iterator[Evidence]:
    for seen in _made_by(found, found.get("provisioner"), hints):
        yield seen
        for stands, region in _topologies(found, hints):
            yield replace(seen, where=stands, region=region)


def _made_by(found: ManifestObject, maker: Cursor, hints: ClusterHints) -> Iterator[Evidence]:
    """What a provisioner or a driver shows, and the regions in which it is told to make volumes."""
    name, where = maker.text(), maker.where
    if not name:
        return
    note = Note("kubernetes.shows.provisioner", {"name": name})
    yield from later_at(Level.STORAGE, name, where)
    for hint in hints.provisioners.of(name):
        if hint.providers:
            yield _seen(Level.STORAGE, where, note, hint)
            for region in _regions_at(found, hint):
                yield _seen(Level.STORAGE, where, note, hint, region)


def _regions_at(found: ManifestObject, hint: EvidenceHint) -> Iterator[Value]:
    for path in hint.region:
        written = found.get(*path_parts(path))
        several = [each.strip() for each in written.text().split(",") if each.strip()]
        if several:
            yield _one_of([text_value(each, written.where, WRITTEN) for each in several])


def _topologies(found: ManifestObject, hints: ClusterHints) -> Iterator[tuple[Span, Value]]:
    """The regions in which a class lets volumes be made (``allowedTopologies``): one of all that it lists."""
    regions = [
        (term.where, each.region)
        for term in found.get("allowedTopologies").items()
        for rule in term.mappings("matchLabelExpressions")
        for each in _label(rule.data, rule.where, hints)
        if each.region is not None
    ]
    if regions:
        yield regions[0][0], _one_of([region for _, region in regions])


def _claim(spec: Cursor, hints: ClusterHints, own: Collection[str]) -> Iterator[Evidence]:
    named = spec.at("storageClassName")
    if isinstance(named.data, str) and named.data not in own:
        yield from later_at(Level.STORAGE, named.data, named.where)
        yield from of_storage_class(named, hints)


def of_storage_class(named: Cursor, hints: ClusterHints) -> Iterator[Evidence]:
    """What the name of a storage class shows."""
    note = Note("kubernetes.shows.storage-class", {"name": named.text()})
    for hint in hints.storage_classes.of(named.text()):
        yield _seen(Level.STORAGE, named.where, note, hint)


def _volumes(
    found: ManifestObject, spec: Cursor, hints: ClusterHints, own: Collection[str]
) -> Iterator[Evidence]:
    """What volumes show that pods themselves describe: their drivers, and classes of claims that are made for them."""
    for volume in spec.items("volumes"):
        yield from _made_by(found, volume.at("csi", "driver"), hints)
        claim = volume.at("ephemeral", "volumeClaimTemplate", "spec")
        yield from _claim(claim, hints, own)


# --- nodes


def of_pods(spec: Cursor, hints: ClusterHints) -> Iterator[Evidence]:
    """Labels that nodes must have for pods to run there: selectors and required affinity, never what is preferred."""
    for key, value in spec.entries("nodeSelector"):
        yield from _label({"key": key, "values": [value.data]}, value.where, hints)
    yield from _terms(
        spec.at("affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution"),
        hints,
    )


def _terms(required: Cursor, hints: ClusterHints) -> Iterator[Evidence]:
    """What every one of the terms demands: a node has to fit one of them only."""
    terms = [
        [
            each
            for rule in term.mappings("matchExpressions")
            for each in _label(rule.data, rule.where, hints)
        ]
        for term in required.items("nodeSelectorTerms")
    ]
    yield from (each for term in terms for each in term if each.later is not None)
    for each in terms[0] if terms else ():
        if each.later is not None:
            continue
        same = [[other for other in term if other.note == each.note] for term in terms]
        if not all(same):
            continue
        regions = [other[0].region for other in same if other[0].region is not None]
        region = _one_of(regions) if regions else None
        yield replace(each, region=region)


def _label(rule: Mapping[str, Any], where: Span, hints: ClusterHints) -> Iterator[Evidence]:
    key, listed = rule.get("key"), rule.get("values")
    if not isinstance(key, str) or rule.get("operator", "In") not in ("In", "Exists"):
        return
    values = [str(value) for value in listed] if isinstance(listed, list) else []
    yield from later_at(Level.NODES, key, where)
    for hint in hints.node_labels.of(key):
        if hint.alone is not None:  # the value alone tells whose it is
            yield from (
                each for value in values for each in later_at(Level.NODES, value, where)
            )
        note = Note("kubernetes.shows.node-label", {"name": key})
        regions = [_region(hint, value, where) for value in values]
        told = [region for region in regions if region is not None]
        if hint.value is not None and not (
            values and all(re.fullmatch(hint.value, value) for value in values)
        ):
            continue
        if told and len(told) < len(regions):
            continue
        alone = hint.alone is not None and all(
            re.fullmatch(hint.alone, value) for value in values
        )
        region = _one_of(told) if told else None
        yield replace(_seen(Level.NODES, where, note, hint, region), alone=alone)


# --- annotations


def of_annotations(
    annotations: Iterable[tuple[str, Cursor]], hints: ClusterHints, kind: str | None
) -> Iterator[Evidence]:
    """What annotations of an object of a type show; of an object of which that isn't known, with ``None``."""
    for key, written in annotations:
        value = str(written.data)
        for hint in (*hints.annotations.of(key), *(_prefixed(hints, key))):
            if kind is not None and hint.on and kind not in hint.on:
                continue
            if hint.value is None or re.fullmatch(hint.value, value):
                region = _region(hint, value, written.where)
                note = Note("kubernetes.shows.annotation", {"name": key})
                yield _seen(Level.ANNOTATIONS, written.where, note, hint, region)


def _prefixed(hints: ClusterHints, key: str) -> Sequence[EvidenceHint]:
    """What an annotation shows whatever its value, where it has an entry of its own for some values."""
    if key not in hints.annotations.exact:
        return ()
    return [hint for prefix, hint in hints.annotations.prefixes if key.startswith(prefix)]


def _ingress_class(found: ManifestObject, hints: ClusterHints) -> Iterator[Evidence]:
    for named in (
        found.get("spec", "ingressClassName"),
        found.get("metadata", "annotations", CLASS_ANNOTATION),
    ):
        yield from of_ingress_class(named, hints)


def of_ingress_class(named: Cursor, hints: ClusterHints) -> Iterator[Evidence]:
    """What the name of a class of ingresses shows."""
    note = Note("kubernetes.shows.ingress-class", {"name": named.text()})
    for hint in hints.ingress_classes.of(named.text()) if named.text() else ():
        yield _seen(Level.ANNOTATIONS, named.where, note, hint)


# --- reading


def _seen(
    level: Level, where: Span, note: Note, hint: EvidenceHint, region: Value | None = None
) -> Evidence:
    nodes = hint.nodes and not hint.elsewhere
    return Evidence(
        level,
        where,
        note,
        hint.providers,
        region,
        default=hint.default,
        nodes=nodes,
        elsewhere=hint.elsewhere,
        bound=region is not None or (hint.seen == "annotation" and hint.value is not None),
        sure=hint.seen == "node-label" and not hint.joined,
    )


def later_at(level: Level, text: str, where: Span) -> Iterator[Evidence]:
    """That something would show more, were it not a template."""
    if isinstance(value := text_value(text, where, WRITTEN), Unknown):
        yield Evidence(
            level, where, Note("kubernetes.shows.later", {"text": value.detail}), later=value
        )


def _region(hint: EvidenceHint, value: str, where: Span) -> Value | None:
    """The region in a value, as it is written there; unknown where that is a template."""
    if hint.value is None:
        return None
    whole = text_value(value, where, WRITTEN)
    matched = re.fullmatch(hint.value, value)
    inside = matched.groupdict().get("region") if matched else None
    if inside is None:
        return None
    return Known(inside, whole.because) if isinstance(whole, Known) else whole


def _one_of(values: Sequence[Value]) -> Value:
    first = values[0]
    return either(values, Unknown(Reason.MULTI_VALUED, "region", first.because))
