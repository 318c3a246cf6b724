"""Which labels and annotations declare the data classes of an object, nearest first (design, section 6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sovlint.documents import Path
from sovlint.documents.attributes import at_path, text_value
from sovlint.documents.dialects import TEMPLATES
from sovlint.frontends.cluster.kinds import CLAIM_TEMPLATES, ENCLOSING_TEMPLATES
from sovlint.frontends.cluster.objects import ManifestObject
from sovlint.model.resource import Labels
from sovlint.model.source import Span
from sovlint.model.text import Note
from sovlint.model.value import Known, Reason, Step, Unknown, Value

KEY = "sovlint.dev/data"
"""The one label or annotation that declares data classes."""

DECLARER = "kubernetes"
NOTE = "kubernetes.labelled"


Namespaces = Mapping[str, Sequence[ManifestObject]]
"""The Namespace objects of the repository, by name."""


def labels_of(found: ManifestObject, namespaces: Namespaces) -> tuple[Labels, ...]:
    """Labels that reach an object: pod template, job template, the object, its namespace. Claim templates add to them,
    and so do pod templates where there are several.

    Of several namespaces of a name, that of the same root counts, else one that belongs to no root.
    """
    nearest: list[tuple[ManifestObject, Path]] = []
    templates = found.pod_templates()
    for inner in (templates[0] if len(templates) == 1 else None, ENCLOSING_TEMPLATES.get(found.type)):
        if inner:
            nearest.append((found, inner))
    nearest.append((found, ()))
    namespace = _namespace_of(found.root, namespaces.get(found.namespace, ()))
    if namespace is not None and found.namespace and found is not namespace:
        nearest.append((namespace, ()))
    levels = [_level(owner, inner, DECLARER) for owner, inner in nearest]
    several = templates if len(templates) > 1 else ()
    apart = [_level(found, each, f"{DECLARER}.template.{index}") for index, each in enumerate(several)]
    return tuple(level for level in (*levels, *apart, *_claim_templates(found)) if level is not None)


def labels_of_namespace(name: str, root: str | None, namespaces: Namespaces) -> tuple[Labels, ...]:
    """What the labels of a namespace declare, as seen from a root; nothing where it isn't here."""
    namespace = _namespace_of(root, namespaces.get(name, ())) if name else None
    level = _level(namespace, (), f"{DECLARER}.namespace") if namespace is not None else None
    return () if level is None else (level,)


def _namespace_of(root: str | None, among: Sequence[ManifestObject]) -> ManifestObject | None:
    """The last one of the same root, else of none, else the only one there is."""
    for own in (root, None):
        same = [each for each in among if each.root == own]
        if same:
            return same[-1]
    return among[0] if len(among) == 1 else None


def _claim_templates(found: ManifestObject) -> list[Labels | None]:
    """Each claim template declares for itself: its classes add to the workload's."""
    inner = CLAIM_TEMPLATES.get(found.type)
    claims = at_path(found.document, (*found.at, *inner)) if inner else None
    count = len(claims) if inner and isinstance(claims, list) else 0
    return [_level(found, (*(inner or ()), index), f"{DECLARER}.claim-template.{index}") for index in range(count)]


def metadata_of(owner: ManifestObject, at: Path) -> Labels | None:
    """What the ``metadata`` of something at a path of an object's document declares."""
    return _level(owner, at[len(owner.at) :], DECLARER)


def _level(owner: ManifestObject, inner: Path, declarer: str) -> Labels | None:
    """What the labels and annotations of one ``metadata`` declare together; ``None`` where they declare nothing.

    A value that is known has no chain of its own: ``Labels.where`` says where it stands.
    """
    metadata: Path = (*owner.at, *inner, "metadata")
    values: list[tuple[Value, Span]] = []
    for part in ("labels", "annotations"):
        at: Path = (*metadata, part)
        written: Any = at_path(owner.document, at)
        if isinstance(written, str) and TEMPLATES.is_in(written):
            values.append((_templated(written, owner.document.span(at)), owner.document.span(at)))
        elif isinstance(written, dict) and _text(written.get(KEY)):
            where = owner.document.span((*at, KEY))
            value = text_value(_text(written[KEY]), where, NOTE)
            values.append((Known(value.value) if isinstance(value, Known) else value, where))
    if not values:
        return None
    return Labels(declarer, Known({KEY: _together([value for value, _ in values])}), values[0][1], keys=(KEY,))


def _together(values: list[Value]) -> Value:
    """A label and an annotation at the same place declare together."""
    return values[0] if len(values) == 1 else Known(tuple(values))


def _templated(text: str, where: Span) -> Unknown:
    return Unknown(Reason.TEMPLATED, text.strip(), Step(where, Note(NOTE)))


def _text(value: object) -> str:
    """What is declared, as text; a list, which a cluster refuses, is meant as it reads all the same."""
    if isinstance(value, list):
        return ",".join(each for each in map(_text, value) if each)
    return "" if value is None or isinstance(value, dict) else str(value).strip()
