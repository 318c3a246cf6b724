"""Secrets that objects make: what keys they have, and what the repository says of their content.

Sources: Sealed Secrets, "Sealed Secrets"; External Secrets Operator, "ExternalSecret" and "Advanced Templating". Where
a template has ``data``, its keys are all that the secret has, unless ``mergePolicy`` is ``Merge``.
"""

from __future__ import annotations

from typing import Any

from sovlint.documents.attributes import text_value
from sovlint.documents.paths import data_at
from sovlint.frontends.cluster.objects import WRITTEN, ManifestObject
from sovlint.model.text import Note
from sovlint.model.value import Known, Reason, Step, Unknown, Value

SEALED = "SealedSecret.bitnami.com"
EXTERNAL = "ExternalSecret.external-secrets.io"


def made_name(found: ManifestObject) -> str:
    """The name of the secret that an object makes; empty for one that makes none."""
    if found.type == SEALED:
        return found.name
    name = data_at(found.data, ("spec", "target", "name")) if found.type == EXTERNAL else ""
    return name if isinstance(name, str) else found.name


def made_keys(maker: ManifestObject) -> list[str]:
    """The keys of the secret that an object makes, as far as the repository tells them."""
    template = _template(maker)
    if maker.type == SEALED:
        return list(dict.fromkeys((*_mapping(maker, "encryptedData"), *template)))
    policy = data_at(maker.data, ("spec", "target", "template", "mergePolicy"))
    fetched = () if template and policy != "Merge" else _fetched(maker)
    return list(dict.fromkeys((*fetched, *template)))


def has_more(maker: ManifestObject) -> bool:
    """Whether the secret may have keys that only the store tells."""
    if maker.type != EXTERNAL:
        return False
    template = data_at(maker.data, ("spec", "target", "template"))
    if isinstance(template, dict) and template.get("templateFrom"):
        return True
    return bool(data_at(maker.data, ("spec", "dataFrom"))) and not _template(maker)


def made_content(maker: ManifestObject, key: str) -> Value:
    """What the secret holds under a key: what a template says, which is never shown, or nothing that is known here."""
    where = maker.span(("metadata", "name"))
    written = _template(maker).get(key)
    if isinstance(written, str):
        step = Step(where, Note("kubernetes.in-secret"))
        value = text_value(written, where, WRITTEN)
        return Known(written, step, True) if isinstance(value, Known) else value.but(because=step, sensitive=True)
    key = "kubernetes.value-encrypted" if maker.type == SEALED else "kubernetes.value-in-store"
    name = made_name(maker)
    return Unknown(
        Reason.FROM_ENVIRONMENT, f"Secret {name}", Step(where, Note(WRITTEN)), note=Note(key, {"name": name})
    )


def _template(maker: ManifestObject) -> dict[str, Any]:
    """What a template says of the secret's content."""
    return _mapping(maker, *(("template",) if maker.type == SEALED else ("target", "template")), "data")


def _fetched(maker: ManifestObject) -> list[str]:
    entries = data_at(maker.data, ("spec", "data"))
    keys = [each.get("secretKey") for each in entries if isinstance(each, dict)] if isinstance(entries, list) else []
    return [key for key in keys if isinstance(key, str)]


def _mapping(maker: ManifestObject, *path: str) -> dict[str, Any]:
    found = data_at(maker.data, ("spec", *path))
    return {str(key): value for key, value in found.items()} if isinstance(found, dict) else {}
