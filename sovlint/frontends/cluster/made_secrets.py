"""Secrets that objects make: what keys they have, and what the repository says of their content.

Sources: Sealed Secrets, "Sealed Secrets"; External Secrets Operator, "ExternalSecret" and "Advanced Templating". Where
a template has ``data``, its keys are all that the secret has, unless ``mergePolicy`` is ``Merge``.
"""

from __future__ import annotations

from typing import Any

from sovlint.documents.attributes import text_value
from sovlint.frontends.cluster.objects import WRITTEN, ManifestObject
from sovlint.model.text import Note
from sovlint.model.value import Known, Reason, Step, Unknown, Value

SEALED = "SealedSecret.bitnami.com"
EXTERNAL = "ExternalSecret.external-secrets.io"
NAME = ("metadata", "name")


def made_name(found: ManifestObject) -> str:
    """The name of the secret that an object makes; empty for one that makes none."""
    if found.type == SEALED:
        return found.name
    name = found.get("spec", "target", "name").data if found.type == EXTERNAL else ""
    return name if isinstance(name, str) else found.name


def made_keys(maker: ManifestObject) -> list[str]:
    """The keys of the secret that an object makes, as far as the repository tells them."""
    template = _template(maker)
    if maker.type == SEALED:
        return list({**maker.get().mapping("spec", "encryptedData"), **template})
    policy = maker.get().text("spec", "target", "template", "mergePolicy")
    entries = (
        maker.get().mappings("spec", "data") if not template or policy == "Merge" else ()
    )
    fetched = (key for each in entries if (key := each.text("secretKey")))
    return list(dict.fromkeys((*fetched, *template)))


def has_more(maker: ManifestObject) -> bool:
    """Whether the secret may have keys that only the store tells."""
    if maker.type != EXTERNAL:
        return False
    if maker.get("spec", "target", "template", "templateFrom").data:
        return True
    return bool(maker.get("spec", "dataFrom").data) and not _template(maker)


def hidden(value: Value, holder: ManifestObject) -> Value:
    """A value from a secret: neither what it says nor its line is shown, but the secret's name."""
    step = Step(holder.span(NAME), Note("kubernetes.in-secret"))
    return (
        Known(value.value, step, True)
        if isinstance(value, Known)
        else value.but(because=step, sensitive=True)
    )


def made_content(maker: ManifestObject, key: str) -> Value:
    """What the secret holds under a key: what a template says, which is never shown, or nothing that is known here."""
    where = maker.span(NAME)
    written = _template(maker).get(key)
    if isinstance(written, str):
        return hidden(text_value(written, where, WRITTEN), maker)
    key = (
        "kubernetes.value-encrypted" if maker.type == SEALED else "kubernetes.value-in-store"
    )
    name = made_name(maker)
    return Unknown(
        Reason.FROM_ENVIRONMENT,
        f"Secret {name}",
        Step(where, Note(WRITTEN)),
        note=Note(key, {"name": name}),
    )


def _template(maker: ManifestObject) -> dict[str, Any]:
    """What a template says of the secret's content."""
    return maker.get().mapping(
        "spec", *(() if maker.type == SEALED else ("target",)), "template", "data"
    )
