"""What a pod template gives its containers: images, environment, commands, volumes; references are followed."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Iterator

from sovlint.documents.attributes import template_value, text_value
from sovlint.documents.cursor import Cursor
from sovlint.documents.dialects import KUBELET, variable_pattern
from sovlint.documents.scalars import scalar_text
from sovlint.frontends.cluster.made_secrets import (
    NAME,
    has_more,
    hidden,
    made_content,
    made_keys,
    makes_secrets,
)
from sovlint.frontends.cluster.object_index import SECRET, Objects
from sovlint.frontends.cluster.objects import WRITTEN, ManifestObject
from sovlint.frontends.cluster.scripts import lines_of, mounted, script_in, secret_at
from sovlint.frontends.images import short_image
from sovlint.frontends.shell.containers import Container, in_files
from sovlint.frontends.shell.files import SHELLS, Argument
from sovlint.frontends.shell.language.variables import text_of
from sovlint.model.partial.holes import HOLE, joined_pieces
from sovlint.model.source import Span
from sovlint.model.text import Note
from sovlint.model.value import Known, Reason, Step, Unknown, UnknownKind, Value
from sovlint.rules.destination import Setting

ENVIRONMENT = ("envFrom", "env")
_WHOLE = "Ref"
"""How what refers to all keys of an object ends."""
_WORDS = ("command", "args")
_HOOKS = ("postStart", "preStop")
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


def images(spec: Cursor) -> Iterator[Value]:
    """The images of all containers, as written."""
    for container in each_container(spec):
        image = container.at("image").value(WRITTEN)
        if image is not None:
            yield image


def containers(found: ManifestObject, spec: Cursor, objects: Objects) -> Iterator[Container]:
    """All containers, with their environment as the kubelet would put it together."""
    for each in each_container(spec):
        container = Container()
        _environment(found, spec.at(SHARED), objects, container)
        _environment(found, each, objects, container)
        _of_secret_files(found, spec, each, objects, container)
        _arguments(found, each, container)
        if container.arguments or container.hooks:
            container.files = mounted(found, spec, each, objects, content)
        container.image = "" if each.data.get("command") else short_image(each.text("image"))
        yield container


def each_container(spec: Cursor) -> Iterator[Cursor]:
    """The containers; and the ``spec`` itself of a custom resource that gives what its operator runs an environment, or
    that is a container."""
    for key in _CONTAINERS:
        yield from spec.mappings(key)
    for key in _SINGLE:
        if isinstance(spec.at(key).data, dict):
            yield spec.at(key)
    gives = any(isinstance(spec.at(key).data, list) for key in (*ENVIRONMENT, *_WORDS))
    if gives or isinstance(spec.at("script").data, str):
        yield spec


# --- environment


def _environment(
    found: ManifestObject, container: Cursor, objects: Objects, into: Container
) -> None:
    for source in container.mappings("envFrom"):
        _env_from(found, source, objects, into)
    for entry in container.mappings("env"):
        name = entry.data.get("name")
        value = _entry(found, entry, objects, into) if isinstance(name, str) else None
        if value is not None:
            into.settings[name] = Setting(name, value, entry.where)


def references(source: Cursor, ending: str) -> Iterator[tuple[str, Cursor]]:
    """What a setting refers to (``configMapRef``, ``secretKeyRef``): the kind, and the reference, which has a name."""
    for kind, key in (("ConfigMap", "configMap"), (SECRET, "secret")):
        reference = source.at(f"{key}{ending}")
        if reference.text("name"):
            yield kind, reference
        elif ending == _WHOLE and (name := source.text(key.lower())):
            at = source.at(key.lower())  # a custom resource names it alone
            yield kind, Cursor(at.document, at.path, {"name": name})


def _env_from(
    found: ManifestObject, source: Cursor, objects: Objects, into: Container
) -> None:
    """All keys of a config map or secret, under a prefix; one that isn't here may hold anything."""
    for kind, reference in references(source, "Ref"):
        name = reference.text("name")
        holders = objects.find(found, kind, name)
        if not holders or any(has_more(each) for each in holders):
            into.open.append(not_here(kind, name, source.where))
        for holder in holders:
            for entry in keys_of(holder):
                called = f"{source.text('prefix')}{entry}"
                value = content(holder, entry)
                if kind == SECRET:
                    into.settings[called] = Setting(called, value, source.where)
                    continue
                note = Note("kubernetes.value-of", {"kind": kind, "name": name, "key": entry})
                value = _led_to(value, source.where, note)
                into.settings[called] = Setting(called, value, holder.span(("data", entry)))


def _entry(
    found: ManifestObject, entry: Cursor, objects: Objects, into: Container
) -> Value | None:
    """The value of one entry; ``None`` for what says nothing of where data goes."""
    if "value" in entry.data:
        written = entry.at("value")
        return expanded(text_value(scalar_text(written.data), written.where, WRITTEN), into)
    source = entry.at("valueFrom")
    if not isinstance(source.data, dict):
        return None
    for kind, reference in references(source, "KeyRef"):
        return _referred(found, kind, reference, objects)
    path = source.at("fieldRef", "fieldPath").data
    step = Step(source.where, Note(WRITTEN))
    if path in _OWN_ADDRESSES:
        return Known(_LOOPBACK, step)
    if path == "metadata.namespace" and found.namespace:
        return Known(found.namespace, step)
    return Unknown(Reason.COMPUTED_AT_APPLY, str(path or "resourceFieldRef"), step)


def _of_secret_files(
    found: ManifestObject, spec: Cursor, each: Cursor, objects: Objects, into: Container
) -> None:
    """Variables that name a file of a secret that is mounted (``DATABASE_URL_FILE``): what it holds is the setting."""
    for name, path, setting in in_files(into.settings):
        for reference in secret_at(spec, each, path):
            value = _referred(found, SECRET, reference, objects)
            into.settings[name] = Setting(name, value, setting.where)


def _referred(found: ManifestObject, kind: str, reference: Cursor, objects: Objects) -> Value:
    name, key = reference.text("name"), str(reference.data.get("key", ""))
    where = reference.parent.where
    for holder in objects.find(found, kind, name):
        if key in keys_of(holder):
            value = content(holder, key)
            note = Note("kubernetes.value-of", {"kind": kind, "name": name, "key": key})
            return _led_to(value, where, note)
    return not_here(kind, name, where, key)


def _led_to(value: Value, where: Span, note: Note) -> Value:
    """A value, with the place that leads to it."""
    step = Step(where, note, () if value.because is None else (value.because,))
    if isinstance(value, Known):
        return Known(value.value, step, value.sensitive)
    return value.but(because=step)


def not_here(kind: str, name: str, where: Span, key: str = "") -> Unknown:
    """Why a value isn't known that an object holds which isn't in this repository: that of a key, or of all."""
    step = Step(where, Note(WRITTEN))
    note = Note("kubernetes.value-elsewhere", {"kind": kind, "name": name})
    called = f"{kind} {name}/{key}" if key else f"{kind} {name}"
    kind_of_unknown = UnknownKind.OBJECT_ELSEWHERE
    return Unknown(Reason.FROM_ENVIRONMENT, called, step, note=note, kind=kind_of_unknown)


def expanded(value: Value, given: Container) -> Value:
    """A text with ``$(NAME)`` replaced by what the settings before it say; a hole where that isn't known."""
    if (
        not isinstance(value, Known)
        or not isinstance(value.value, str)
        or "$" not in value.value
    ):
        return value
    return joined_pieces(list(_pieces(value.value, value.sensitive, given)), value.because)


def _pieces(text: str, sensitive: bool, given: Container) -> Iterator[Value]:
    """Literals and settings of a text, in order. What the kubelet can't find it leaves as it is: where there may be
    settings that aren't known, it may find it."""
    last = 0
    for met in _EXPANDED.finditer(text):
        yield Known(text[last : met.start()], sensitive=sensitive)
        setting = given.settings.get(met[1]) if met[1] else None
        if setting is not None:
            yield setting.value
        elif met[1] and given.open:
            whole = given.open[0]
            yield whole.but(detail=f"{whole.detail}/{met[1]}")
        else:
            yield Known(met[0] if met[1] else "$")
        last = met.end()
    yield Known(text[last:], sensitive=sensitive)


def _arguments(found: ManifestObject, container: Cursor, into: Container) -> None:
    """The words of the command line."""
    for key in _WORDS:
        into.arguments += _words(found, container.items(key), into)
    for key in _HOOKS:
        hook = list(
            _words(found, container.at("lifecycle", key, "exec").items("command"), into)
        )
        into.hooks += [hook] if hook else []
    for key in _SCRIPTS:
        if isinstance(container.at(key).data, str):
            _script(found, container.at(key), into)


def _words(
    found: ManifestObject, words: Iterable[Cursor], container: Container
) -> Iterator[Argument]:
    for word in words:
        value = word.value(WRITTEN)
        if value is not None:
            script = template_value(word.data, word.where, WRITTEN)
            shown, run = expanded(value, container), expanded(script, container)
            yield Argument(shown, run, word.where, lines_of(found.file, word.where))


def _script(found: ManifestObject, written: Cursor, into: Container) -> None:
    """A script that the container gets as a file, for the shell that its command is, or that its first line names."""
    first = text_of(into.arguments[0].value).text.rpartition("/")[2] if into.arguments else ""
    by_command = written.path[-1] == "source"  # what the command is besides only it knows
    if _OTHER_PROGRAM.match(written.data) or (by_command and first not in SHELLS):
        return
    words = [Argument(word, word, written.where) for word in (Known("sh"), Known("-c"))]
    into.arguments = [*words, script_in(written, found.file)]


# --- config maps and secrets


def keys_of(holder: ManifestObject) -> list[str]:
    """The keys of a config map or secret, or of the secret that an object makes, whose content is text."""
    if makes_secrets(holder):
        return made_keys(holder)
    return list({**holder.get().mapping("data"), **holder.get().mapping("stringData")})


def content(holder: ManifestObject, key: str) -> Value:
    """What a config map or secret holds under a key. A secret's content is never shown, and neither is its line."""
    if makes_secrets(holder):
        return made_content(holder, key)
    for section in ("stringData", "data"):
        if key in holder.get().mapping(section):
            text = scalar_text(holder.get(section, key).data)
            if holder.kind == SECRET:
                return _secret(holder, key, text, section == "data")
            if text.startswith(ENCRYPTED):
                return _encrypted(holder, key)
            return text_value(text, holder.span((section, key)), WRITTEN)
    return Known(None)


def _secret(holder: ManifestObject, key: str, text: str, encoded: bool) -> Value:
    plain = text if not encoded else decoded(text)
    if plain is None or text.startswith(ENCRYPTED):
        return _encrypted(holder, key)
    return hidden(text_value(plain, holder.span(NAME), WRITTEN), holder)


def _encrypted(holder: ManifestObject, key: str) -> Value:
    note = Note("kubernetes.value-encrypted", {"name": holder.name})
    detail = f"{holder.kind} {holder.name}/{key}"
    return hidden(Unknown(Reason.FROM_ENVIRONMENT, detail, note=note), holder)


def decoded(text: str) -> str | None:
    """The text that an entry of a secret's ``data`` holds; ``None`` where it holds none."""
    try:
        return (
            base64.b64decode("".join(text.split()), validate=True)
            .decode("utf-8")
            .replace(HOLE, "")
        )
    except (binascii.Error, ValueError):
        return None
