"""What a pod template gives its containers: images, environment, commands, volumes; references are followed."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator, Mapping
from typing import Any

from sovlint.documents import Path
from sovlint.documents.attributes import at_path, template_value, text_value
from sovlint.documents.dialects import KUBELET, variable_pattern
from sovlint.frontends.cluster.made_secrets import has_more, made_content, made_keys, made_name
from sovlint.frontends.cluster.objects import WRITTEN, ManifestObject
from sovlint.frontends.cluster.scripts import lines_of, mounted
from sovlint.frontends.cluster.uses import Objects
from sovlint.frontends.images import short_image
from sovlint.frontends.shell.containers import Container
from sovlint.frontends.shell.files import SHELLS, Argument
from sovlint.frontends.shell.variables import text_of
from sovlint.model.holes import HOLE, joined_pieces
from sovlint.model.source import Span
from sovlint.model.text import Note
from sovlint.model.value import Known, Reason, Step, Unknown, Value
from sovlint.rules.signature import Setting

ENVIRONMENT = ("envFrom", "env")
_WORDS = ("command", "args")
_CONTAINERS = ("initContainers", "containers", "ephemeralContainers", "steps", "sidecars")
"""Lists of containers; the last two are those of workflows, which custom resources describe."""
_SINGLE = ("container", "script")
"""Where a custom resource has one container alone."""
SHARED = "stepTemplate"
"""What all containers of a custom resource have."""
_SCRIPTS = ("script", "source")
"""Where a container of a custom resource has the text of what it runs."""
_OTHER_PROGRAM = re.compile(r"#!(?!.*?\b(?:sh|bash|ash|dash|zsh|ksh)\b)")
"""The first line of a script that no shell runs."""

_EXPANDED = variable_pattern(KUBELET)
_OWN_ADDRESSES = ("status.hostIP", "status.hostIPs", "status.podIP", "status.podIPs")
_LOOPBACK = "127.0.0.1"
"""What stands for the address of the pod's own node: data that goes there doesn't leave it."""
ENCRYPTED = "ENC["
"""What the value of a secret begins with that SOPS encrypted."""


def pod_specs(found: ManifestObject) -> tuple[Path, ...]:
    """The paths, in an object's document, of what its pods are made of."""
    return tuple((*found.at, *spec) for spec in found.pod_specs())


def images(found: ManifestObject, spec: Path) -> Iterator[Value]:
    """The images of all containers, as written."""
    for at, container in each_container(found, spec):
        image = container.get("image")
        if isinstance(image, str):
            yield text_value(image, found.document.span((*at, "image")), WRITTEN)


def containers(found: ManifestObject, spec: Path, objects: Objects) -> Iterator[Container]:
    """All containers, with their environment as the kubelet would put it together."""
    shared = at_path(found.document, (*spec, SHARED))
    for at, data in each_container(found, spec):
        container = Container()
        if isinstance(shared, dict):
            _environment(found, (*spec, SHARED), shared, objects, container)
        _environment(found, at, data, objects, container)
        _arguments(found, at, data, container)
        if container.arguments:
            container.files = mounted(found, spec, data, objects)
        image = data.get("image")
        container.image = short_image(image) if isinstance(image, str) and not data.get("command") else ""
        yield container


def each_container(found: ManifestObject, spec: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """The containers; and the ``spec`` itself of a custom resource that gives what its operator runs an environment, or
    that is a container."""
    data = at_path(found.document, spec)
    if not isinstance(data, dict):
        return
    for key in _CONTAINERS:
        for index, container in _items(data.get(key)):
            yield (*spec, key, index), container
    for key in _SINGLE:
        if isinstance(data.get(key), dict):
            yield (*spec, key), data[key]
    if any(isinstance(data.get(key), list) for key in (*ENVIRONMENT, *_WORDS)) or isinstance(data.get("script"), str):
        yield spec, data


def _items(value: object) -> Iterator[tuple[int, dict[str, Any]]]:
    """The mappings in a list, each with its position."""
    for index, item in enumerate(value if isinstance(value, list) else ()):
        if isinstance(item, dict):
            yield index, item


# --- environment


def _environment(
    found: ManifestObject, at: Path, data: Mapping[str, Any], objects: Objects, into: Container
) -> None:  # fmt: skip
    for index, source in _items(data.get("envFrom")):
        _env_from(found, (*at, "envFrom", index), source, objects, into)
    for index, entry in _items(data.get("env")):
        name = entry.get("name")
        if isinstance(name, str):
            value = _entry(found, (*at, "env", index), entry, objects, into)
            if value is not None:
                into.settings[name] = Setting(name, value, found.document.span((*at, "env", index)))


def _env_from(found: ManifestObject, at: Path, source: Mapping[str, Any], objects: Objects, into: Container) -> None:
    """All keys of a config map or secret, under a prefix; one that isn't here may hold anything."""
    where, prefix = found.document.span(at), source.get("prefix")
    for key, kind in (("configMapRef", "ConfigMap"), ("secretRef", "Secret")):
        name = _name(source.get(key))
        if not name:
            continue
        holders = objects.find(found, kind, name)
        if not holders or any(has_more(each) for each in holders):
            into.open.append(_elsewhere(kind, name, where))
        for holder in holders:
            for entry in keys_of(holder):
                called = f"{prefix if isinstance(prefix, str) else ''}{entry}"
                into.settings[called] = Setting(called, content(holder, entry), where)


def _entry(
    found: ManifestObject, at: Path, entry: Mapping[str, Any], objects: Objects, into: Container
) -> Value | None:
    """The value of one entry; ``None`` for what says nothing of where data goes."""
    if "value" in entry:
        value = entry["value"]
        text = "" if value is None or isinstance(value, (dict, list)) else str(value)
        return expanded(text_value(text, found.document.span((*at, "value")), WRITTEN), into.settings)
    source = entry.get("valueFrom")
    if not isinstance(source, dict):
        return None
    where = found.document.span((*at, "valueFrom"))
    for key, kind in (("configMapKeyRef", "ConfigMap"), ("secretKeyRef", "Secret")):
        reference = source.get(key)
        name = _name(reference)
        if isinstance(reference, dict) and name:
            return _referred(found, kind, name, str(reference.get("key", "")), where, objects)
    path = (source.get("fieldRef") or {}).get("fieldPath") if isinstance(source.get("fieldRef"), dict) else None
    if path in _OWN_ADDRESSES:
        return Known(_LOOPBACK, Step(where, Note(WRITTEN)))
    if path == "metadata.namespace" and found.namespace:
        return Known(found.namespace, Step(where, Note(WRITTEN)))
    return Unknown(Reason.COMPUTED_AT_APPLY, str(path or "resourceFieldRef"), Step(where, Note(WRITTEN)))


def _referred(found: ManifestObject, kind: str, name: str, key: str, where: Span, objects: Objects) -> Value:
    for holder in objects.find(found, kind, name):
        if key in keys_of(holder):
            value = content(holder, key)
            steps = () if value.because is None else (value.because,)
            step = Step(where, Note("kubernetes.value-of", {"kind": kind, "name": name, "key": key}), steps)
            return Known(value.value, step, value.sensitive) if isinstance(value, Known) else value.but(because=step)
    return _elsewhere(kind, name, where)


def _elsewhere(kind: str, name: str, where: Span) -> Unknown:
    """Why a value isn't known that an object holds which isn't in this repository."""
    step = Step(where, Note(WRITTEN))
    note = Note("kubernetes.value-elsewhere", {"kind": kind, "name": name})
    return Unknown(Reason.FROM_ENVIRONMENT, f"{kind} {name}", step, note=note)


def expanded(value: Value, settings: Mapping[str, Setting]) -> Value:
    """A text with ``$(NAME)`` replaced by what the settings before it say; a hole where that isn't known."""
    if not isinstance(value, Known) or not isinstance(value.value, str) or "$" not in value.value:
        return value
    return joined_pieces(list(_pieces(value.value, value.sensitive, settings)), value.because)


def _pieces(text: str, sensitive: bool, settings: Mapping[str, Setting]) -> Iterator[Value]:
    """Literals and settings of a text, in order. What the kubelet can't find it leaves as it is."""
    last = 0
    for met in _EXPANDED.finditer(text):
        yield Known(text[last : met.start()], sensitive=sensitive)
        setting = settings.get(met[1]) if met[1] else None
        yield setting.value if setting is not None else Known(met[0] if met[1] else "$")
        last = met.end()
    yield Known(text[last:], sensitive=sensitive)


def _arguments(found: ManifestObject, holder: Path, data: Mapping[str, Any], into: Container) -> None:
    """The words of the command line."""
    for key in _WORDS:
        words = data.get(key)
        for index, word in enumerate(words if isinstance(words, list) else ()):
            if isinstance(word, str):
                at = (*holder, key, index)
                where = found.document.span(at)
                value, script = text_value(word, where, WRITTEN), template_value(word, where, WRITTEN)
                shown, run = expanded(value, into.settings), expanded(script, into.settings)
                into.arguments.append(Argument(shown, run, where, lines_of(found, at)))
    for key in _SCRIPTS:
        if isinstance(data.get(key), str):
            _script(found, (*holder, key), data[key], into)


def _script(found: ManifestObject, at: Path, text: str, into: Container) -> None:
    """A script that the container gets as a file, for the shell that its command is, or that its first line names."""
    first = text_of(into.arguments[0].value).text.rpartition("/")[2] if into.arguments else ""
    by_command = at[-1] == "source"  # what the command is besides only it knows
    if _OTHER_PROGRAM.match(text) or (by_command and first not in SHELLS):
        return
    where = found.document.span(at)
    words = [Argument(word, word, where) for word in (Known("sh"), Known("-c"))]
    script = template_value(text, where, WRITTEN)
    into.arguments = [*words, Argument(script, script, where, lines_of(found, at))]


# --- config maps and secrets


def keys_of(holder: ManifestObject) -> list[str]:
    """The keys of a config map or secret, or of the secret that an object makes, whose content is text."""
    if made_name(holder):
        return made_keys(holder)
    found: dict[str, None] = {}
    for section in ("data", "stringData"):
        inner = holder.data.get(section)
        found.update(dict.fromkeys(str(key) for key in inner) if isinstance(inner, dict) else {})
    return list(found)


def content(holder: ManifestObject, key: str) -> Value:
    """What a config map or secret holds under a key. A secret's content is never shown, and neither is its line."""
    if made_name(holder):
        return made_content(holder, key)
    secret = holder.kind == "Secret"
    for section in ("stringData", "data"):
        inner = holder.data.get(section)
        if not isinstance(inner, dict) or key not in inner:
            continue
        written = inner[key]
        text = "" if written is None or isinstance(written, (dict, list)) else str(written)
        if not secret:
            return text_value(text, holder.span((section, key)), WRITTEN)
        return _secret(holder, text, section == "data")
    return Known(None)


def _secret(holder: ManifestObject, text: str, encoded: bool) -> Value:
    where = holder.span(("metadata", "name"))
    step = Step(where, Note("kubernetes.in-secret"))
    plain = text if not encoded else decoded(text)
    if plain is None or text.startswith(ENCRYPTED):
        note = Note("kubernetes.value-encrypted", {"name": holder.name})
        return Unknown(Reason.FROM_ENVIRONMENT, f"Secret {holder.name}", step, sensitive=True, note=note)
    value = text_value(plain, where, WRITTEN)
    if isinstance(value, Known):
        return Known(plain, step, True)
    return value.but(because=step, sensitive=True)


def decoded(text: str) -> str | None:
    """The text that an entry of a secret's ``data`` holds; ``None`` where it holds none."""
    try:
        return base64.b64decode("".join(text.split()), validate=True).decode("utf-8").replace(HOLE, "")
    except (binascii.Error, ValueError):
        return None


def _name(reference: object) -> str:
    name = reference.get("name") if isinstance(reference, dict) else None
    return name if isinstance(name, str) else ""
