"""Which labels and annotations declare the data classes of an object, nearest first (design, section 6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sovlint.documents.attributes import text_value
from sovlint.documents.cursor import Cursor
from sovlint.documents.dialects import TEMPLATES
from sovlint.frontends.cluster.kinds import KINDS
from sovlint.frontends.cluster.objects import ManifestObject, of_root
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
    templates = [each for each in found.pod_templates() if each.path != found.at]
    nearest = templates if len(templates) == 1 else []
    if found.type in KINDS.enclosing_templates:
        nearest = [*nearest, found.get(*KINDS.enclosing_templates[found.type])]
    nearest = [*nearest, found.get()]
    namespace = of_root(found.root, namespaces.get(found.namespace, ()))
    if namespace is not None and found.namespace and found is not namespace:
        nearest.append(namespace.get())
    declared = [(each, DECLARER) for each in nearest]
    if len(templates) > 1:
        declared += [(each, f"{DECLARER}.template.{index}") for index, each in enumerate(templates)]
    declared += [
        (each, f"{DECLARER}.claim-template.{index}")
        for index, each in enumerate(found.claim_templates())
    ]
    levels = (metadata_of(each, declarer) for each, declarer in declared)
    return tuple(level for level in levels if level is not None)


def labels_of_namespace(name: str, root: str | None, namespaces: Namespaces) -> tuple[Labels, ...]:
    """What the labels of a namespace declare, as seen from a root; nothing where it isn't here."""
    namespace = of_root(root, namespaces.get(name, ())) if name else None
    level = metadata_of(namespace.get(), f"{DECLARER}.namespace") if namespace is not None else None
    return () if level is None else (level,)


def metadata_of(owner: Cursor, declarer: str = DECLARER) -> Labels | None:
    """What the labels and annotations of its ``metadata`` declare together; ``None`` where they declare nothing.

    A value that is known has no chain of its own: ``Labels.where`` says where it stands.
    """
    values: list[tuple[Value, Span]] = []
    for part in ("labels", "annotations"):
        written = owner.at("metadata", part)
        text = _text(written.at(KEY).data)
        if TEMPLATES.is_in(written.text()):
            values.append((_templated(written.data, written.where), written.where))
        elif text:
            where = written.at(KEY).where
            values.append((_declared(text, where), where))
    if not values:
        return None
    return Labels(
        declarer, Known({KEY: _together([value for value, _ in values])}), values[0][1], keys=(KEY,)
    )


def declared(declarer: str, text: str, where: Span) -> Labels:
    """What one label declares."""
    return Labels(declarer, Known({KEY: _declared(text, where)}), where, keys=(KEY,))


def _declared(text: str, where: Span) -> Value:
    value = text_value(text, where, NOTE)
    return Known(value.value) if isinstance(value, Known) else value


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
