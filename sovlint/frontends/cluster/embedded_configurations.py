"""Configurations inside objects: those of pipelines that config maps, secrets and custom resources hold as text."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from sovlint.documents import Path
from sovlint.frontends.cluster.charts.made_places import MadePlaces, made_places
from sovlint.frontends.cluster.held_settings import custom_signals, held_signals
from sovlint.frontends.cluster.made_secrets import NAME, hidden, makes_secrets
from sovlint.frontends.cluster.object_index import SECRET, Objects
from sovlint.frontends.cluster.objects import ManifestObject
from sovlint.frontends.cluster.pods import content, keys_of
from sovlint.frontends.held_files import HeldFiles
from sovlint.model.value import Known, Value
from sovlint.rules.destination import Signal
from sovlint.rules.hints import Hints
from sovlint.settings.pipelines.readers import in_document, in_text

HOLDERS = ("ConfigMap", SECRET)
CONFIGURED_AT: dict[str, Path] = {
    "OpenTelemetryCollector.opentelemetry.io": ("spec", "config")
}
"""Where custom resources hold a configuration, as text or as what it says."""


def configured(found: ManifestObject, objects: Objects, hints: Hints) -> Iterator[Signal]:
    """Where the configurations that an object holds, and its settings, send data to."""
    made = made_places(found.document)
    for signal in _configured(found, objects, hints, made):
        own = signal if made is None else made.moved(signal)
        yield _hidden(own, found) if found.type == SECRET else own


def _configured(
    found: ManifestObject, objects: Objects, hints: Hints, made: MadePlaces | None
) -> Iterator[Signal]:
    """The same, with the places of texts that a template has made as those of what it made."""
    if found.type in HOLDERS or makes_secrets(found):
        files = HeldFiles(hints)
        for key in keys_of(found):
            yield from _held(found, key, objects, hints, files, made)
        yield from files.signals()
        yield from held_signals(found, files.keys, objects, hints, made)
    if found.type in HOLDERS:
        return
    yield from custom_signals(found, hints)
    if found.type in CONFIGURED_AT:
        written = found.get(*CONFIGURED_AT[found.type])
        if isinstance(written.data, str):
            path, above, left = found.file.path, written.where.line, 0
            if made is not None:
                path, (above, left) = made.path, made.before(written.path, written.data)
            outlets = in_text(written.data, path, above, left)
        else:
            outlets = in_document(found.document, written.path)
        for outlet in outlets:
            yield from outlet.signals(hints.outlets)


def _held(
    found: ManifestObject,
    key: str,
    objects: Objects,
    hints: Hints,
    files: HeldFiles,
    made: MadePlaces | None,
) -> Iterator[Signal]:
    value = content(found, key)
    text = value.value if isinstance(value, Known) else _with_holes(value)
    if not isinstance(text, str):
        return
    path, above, left = _place(found, key, text, made)
    known = text in objects.without_outlets
    outlets = [] if known else list(in_text(text, path, above, left))
    if (
        not outlets
    ):  # what a pipeline has is in use or not: its keys are no settings of an application
        objects.without_outlets.add(text)
        written = found.get().text("data", key) if found.type != SECRET else ""
        files.add(key, written or text, path, above, left)
    else:
        files.keys.add(key)
    for outlet in outlets:
        for signal in outlet.signals(hints.outlets):
            is_plain = not value.sensitive or found.type == SECRET
            yield signal if is_plain else _hidden(signal, found)


def _with_holes(value: Value) -> str | None:
    """A text in which something is still to be filled in, as it was written as far as that matters."""
    parts = None if isinstance(value, Known) else value.parts
    return (
        None if parts is None else "".join("${}" if part is None else part for part in parts)
    )


def _place(
    found: ManifestObject, key: str, text: str, made: MadePlaces | None
) -> tuple[str, int, int]:
    """The file in which the text of a key stands, and how many lines and columns stand before it: in a manifest it
    begins below its key; what a generator of Kustomize read is a file of its own."""
    for section in ("stringData", "data"):
        at = (*found.at, section, key)
        if at not in found.document.spans:
            continue
        if made is not None:
            return made.path, *made.before(at, text)
        span = found.document.span(at)
        above = span.line - 1 if span.end_line > span.line else span.line
        return span.path, above, _indent(found, span.path, above, text)
    return found.file.path, 0, _indent(found, found.file.path, 0, text)


def _indent(found: ManifestObject, path: str, above: int, text: str) -> int:
    """How far the text stands from the left in its file; 0 where that can't be told from its first line."""
    if path != found.file.path:
        return 0
    first, line = text.partition("\n")[0], found.file.line(above + 1)
    return line.find(first) if first.strip() and first in line else 0


def _hidden(signal: Signal, found: ManifestObject) -> Signal:
    """The same from a secret: neither what it says nor its lines are shown."""
    sent = signal.sent
    region = None if sent.region is None else hidden(sent.region, found)
    where, value = found.span(NAME), hidden(sent.value, found)
    return replace(
        signal,
        sent=replace(sent, where=where, value=value, region=region, written=sent.where),
    )
