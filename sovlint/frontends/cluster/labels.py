"""Which labels and annotations declare the data classes of an object, nearest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sovlint.documents.attributes import Evaluated, text_value
from sovlint.documents.cursor import Cursor
from sovlint.documents.dialects import TEMPLATES
from sovlint.frontends.cluster.kinds import KINDS
from sovlint.frontends.cluster.objects import ManifestObject, ObjectScope, all_of_scope
from sovlint.model.classrules import BEFORE, OWN_KEY, OWN_PREFIX
from sovlint.model.resources.resource import Labels
from sovlint.model.source import Span
from sovlint.model.text import Note
from sovlint.model.value import Known, Reason, Step, Unknown, Value

KEY = OWN_KEY
"""The one label or annotation that declares data classes."""

DECLARER = "kubernetes"
NOTE = "kubernetes.labelled"


Namespaces = Mapping[str, Sequence[ManifestObject]]
"""The Namespace objects of the repository, by name."""


def labels_of(found: ManifestObject, namespaces: Namespaces) -> tuple[Labels, ...]:
    """Labels that reach an object: pod template, job template, the object, its namespace. Claim templates add to them,
    and so do pod templates where there are several.

    Of several namespaces of a name, that of the same root counts, else one that belongs to no root; of several of these
    the last one is the nearest.
    """
    templates = [each for each in found.pod_templates() if each.path != found.at]
    nearest = templates if len(templates) == 1 else []
    if found.type in KINDS.enclosing_templates:
        nearest = [*nearest, found.get(*KINDS.enclosing_templates[found.type])]
    nearest = [*nearest, found.get()]
    spaces = all_of_scope(found.scope, namespaces.get(found.namespace, ()))
    if found.namespace and all(each is not found for each in spaces):
        nearest += [each.get() for each in spaces]
    declared = [(each, DECLARER) for each in nearest]
    if len(templates) > 1:
        declared += [
            (each, f"{DECLARER}.template.{index}") for index, each in enumerate(templates)
        ]
    declared += [
        (each, f"{DECLARER}.claim-template.{index}")
        for index, each in enumerate(found.claim_templates())
    ]
    levels = (
        level
        for each, declarer in declared
        for level in (metadata_of(each, declarer), laid_over(each, declarer))
    )
    return tuple(level for level in levels if level is not None)


def labels_of_namespace(
    name: str, scope: ObjectScope, namespaces: Namespaces
) -> tuple[Labels, ...]:
    """What the labels of a namespace declare, as seen from a scope; nothing where it isn't here."""
    spaces = all_of_scope(scope, namespaces.get(name, ())) if name else ()
    levels = (metadata_of(each.get(), f"{DECLARER}.namespace") for each in spaces)
    return tuple(level for level in levels if level is not None)


def metadata_of(owner: Cursor, declarer: str = DECLARER) -> Labels | None:
    """What the labels and annotations of its ``metadata`` declare together; ``None`` where they declare nothing.

    A value that is known has no chain of its own but where a template put it in from: ``Labels.where`` says where it
    stands.
    """
    values: list[tuple[Value, Span]] = []
    others: dict[str, Value] = {}
    for part in ("labels", "annotations"):
        written = owner.at("metadata", part)
        text = _text(written.at(KEY).data)
        if TEMPLATES.is_in(written.text()):
            values.append((_templated(written.data, written.where), written.where))
        elif text:
            values.append(_as_written(written.at(KEY), text))
        for key in strange_keys(written.data):
            at = written.at(key)
            others[key] = text_value(_text(at.data), at.where, NOTE)
    if not values and not others:
        return None
    said = {KEY: _together([value for value, _ in values])} if values else {}
    where = values[0][1] if values else owner.at("metadata").where
    return Labels(declarer, Known({**said, **others}), where, keys=(KEY,))


def laid_over(owner: Cursor, declarer: str = DECLARER) -> Labels | None:
    """What its ``metadata`` declared before something else was laid over it, as further out."""
    for part in ("labels", "annotations"):
        written = owner.at("metadata", part, f"{KEY}{BEFORE}")
        if said := _text(written.data):
            return declared(declarer, said, written.where)
    return None


def strange_keys(entries: object) -> list[str]:
    """The keys among labels that are ours and that nobody knows."""
    if not isinstance(entries, dict):
        return []
    ours = (str(key) for key in entries if str(key).startswith(OWN_PREFIX))
    return [key for key in ours if key not in (KEY, f"{KEY}{BEFORE}")]


def undeclaring(declarer: str, keys: Mapping[str, Span]) -> Labels:
    """Labels that declare nothing: their keys are ours, and nobody knows them."""
    entries: dict[str, Value] = {
        key: Known("", Step(where, Note(NOTE))) for key, where in keys.items()
    }
    return Labels(declarer, Known(entries), next(iter(keys.values())), keys=(KEY,))


def declared(declarer: str, text: str, where: Span) -> Labels:
    """What one label declares."""
    return Labels(declarer, Known({KEY: _declared(text, where)}), where, keys=(KEY,))


def _declared(text: str, where: Span) -> Value:
    value = text_value(text, where, NOTE)
    return Known(value.value) if isinstance(value, Known) else value


def _as_written(entry: Cursor, text: str) -> tuple[Value, Span]:
    """What one label declares, and where. Where a template puts it in, its value leads to where it is written; a template
    that is but a line of that file has no place of its own."""
    value, where = _declared(text, entry.where), entry.where
    given = entry.data.given if isinstance(entry.data, Evaluated) else None
    written = None if given is None else given.because
    if not isinstance(value, Known) or written is None or written.where is None:
        return value, where
    at = written.where.span()
    return (value, at) if at.path == where.path else (Known(value.value, written), where)


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
