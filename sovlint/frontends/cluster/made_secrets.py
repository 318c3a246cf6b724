"""Secrets that objects make: what keys they have, and what the repository says of their content.

Sources: Sealed Secrets, "Sealed Secrets"; External Secrets Operator, "ExternalSecret" and "Advanced Templating"; Secrets
Store CSI Driver, "Sync as Kubernetes Secret". Where a template has ``data``, its keys are all that the secret has,
unless ``mergePolicy`` is ``Merge``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from msgspec import Struct

from sovlint.documents import DocumentError, load
from sovlint.documents.attributes import text_value
from sovlint.documents.cursor import Cursor
from sovlint.frontends.cluster.objects import WRITTEN, ManifestObject
from sovlint.model.text import Note
from sovlint.model.value import Known, Reason, Step, Unknown, Value

NAME = ("metadata", "name")


class _Maker(Struct, frozen=True):
    """How an object of a type says what secret it makes; paths lead on from the object."""

    called: str = ""
    """Where the name of the secret stands, or of several; the object's own where nothing does."""
    keys: str = ""
    """Where a mapping stands whose keys are the secret's."""
    entries: str = ""
    """Where things stand whose name at ``key`` is a key."""
    key: str = "secretKey"
    template: str = ""
    """Where a template stands that says what the secret holds."""
    more: str = ""
    """Where it says that a store tells further keys."""
    always: bool = True
    """Whether it makes a secret at all where it names none."""
    note: str = "kubernetes.value-in-store"
    """Why the content isn't known."""


def _external(at: str) -> _Maker:
    return _Maker(
        called=f"{at}.target.name",
        entries=f"{at}.data.*",
        template=f"{at}.target.template",
        more=f"{at}.dataFrom",
    )


SECRET_CLASS: Final = "SecretProviderClass.secrets-store.csi.x-k8s.io"
"""What a volume of the driver of secret stores names, which may make secrets besides."""
_MAKERS: Final[Mapping[str, _Maker]] = {
    "SealedSecret.bitnami.com": _Maker(
        called="spec.template.metadata.name",
        keys="spec.encryptedData",
        template="spec.template",
        note="kubernetes.value-encrypted",
    ),
    "ExternalSecret.external-secrets.io": _external("spec"),
    "ClusterExternalSecret.external-secrets.io": _external("spec.externalSecretSpec"),
    "ExternalSecret.kubernetes-client.io": _Maker(
        entries="spec.data.*", key="name", more="spec.dataFrom"
    ),
    SECRET_CLASS: _Maker(
        called="spec.secretObjects.*.secretName",
        entries="spec.secretObjects.*.data.*",
        key="key",
        always=False,
    ),
}
_MAX_TEXT: Final = 100_000
_ALIASES: Final = ("objectAlias", "fileName", "path", "objectName")
"""What a thing that is mounted is called, by provider; the first that is there counts."""


def made_names(found: ManifestObject) -> tuple[str, ...]:
    """The names of the secrets that an object makes; empty for one that makes none."""
    maker = _MAKERS.get(found.type)
    if maker is None:
        return ()
    written = (
        each.text() for each in (found.get().every(maker.called) if maker.called else ())
    )
    named = tuple(dict.fromkeys(filter(None, written)))
    return named or ((found.name,) if maker.always else ())


def makes_secrets(found: ManifestObject) -> bool:
    """Whether an object makes a secret, or has values fetched that are kept elsewhere."""
    return found.type in _MAKERS


def made_keys(maker: ManifestObject) -> list[str]:
    """The keys of the secrets that an object makes, as far as the repository tells them."""
    rule = _MAKERS[maker.type]
    template = _template(maker)
    sealed = _mapping(maker, rule.keys)
    if rule.keys:
        return list({**sealed, **template})
    policy = next(maker.get().every(f"{rule.template}.mergePolicy"), None)
    alone = bool(template) and (policy is None or policy.text() != "Merge")
    entries = () if alone else maker.get().every(rule.entries)
    fetched = (key for each in entries if (key := each.text(rule.key)))
    return list(dict.fromkeys((*fetched, *template)))


def fetched_names(maker: ManifestObject) -> list[str]:
    """What things are called that an object has mounted as files, and in no secret that it makes."""
    if maker.type != SECRET_CLASS:
        return []
    used = {
        each.text("objectName") for each in maker.get().every("spec.secretObjects.*.data.*")
    }
    named = ([each.text(key) for key in _ALIASES] for each in _mounted(maker))
    names = ([name for name in each if name] for each in named)
    return list(dict.fromkeys(each[0] for each in names if each and used.isdisjoint(each)))


def _mounted(maker: ManifestObject) -> Iterator[Cursor]:
    """What parameters list of that, which are texts of YAML, and lists of such texts in them."""
    for key in ("objects", "secrets"):
        for entry in _inner(maker.get("spec", "parameters", key)):
            if isinstance(entry.data, str):
                yield from _inner(entry)
            else:
                yield entry
            yield from entry.mappings("jmesPath")


def _inner(held: Cursor) -> Iterator[Cursor]:
    """The things that a text lists."""
    text = held.text()
    if not text or len(text) > _MAX_TEXT:
        return
    try:
        documents = list(load(text.encode(), held.where.path))
    except (DocumentError, UnicodeError):
        return
    for document in documents:
        whole = Cursor.of(document)
        yield from whole.items() if isinstance(whole.data, list) else whole.items("array")
        if isinstance(whole.data, dict) and "array" not in whole.data:
            yield whole


def has_more(maker: ManifestObject) -> bool:
    """Whether the secret may have keys that only the store tells."""
    rule = _MAKERS.get(maker.type)
    if rule is None or not rule.more:
        return False
    if any(each.data for each in maker.get().every(f"{rule.template}.templateFrom")):
        return True
    return any(each.data for each in maker.get().every(rule.more)) and not _template(maker)


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
    name = ", ".join(made_names(maker)) or maker.name
    return Unknown(
        Reason.FROM_ENVIRONMENT,
        f"Secret {name}/{key}",
        Step(where, Note(WRITTEN)),
        note=Note(_MAKERS[maker.type].note, {"name": name}),
    )


def _template(maker: ManifestObject) -> dict[str, Any]:
    """What a template says of the secret's content."""
    at = _MAKERS[maker.type].template
    return _mapping(maker, f"{at}.data") if at else {}


def _mapping(found: ManifestObject, path: str) -> dict[str, Any]:
    met = next(found.get().every(path), None) if path else None
    return met.mapping() if met is not None else {}
