"""Settings that nobody is given as variables: those that config maps and secrets hold for whoever reads them, and those
of custom resources, by the keys that lead to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from sovlint.documents import Path
from sovlint.documents.cursor import Cursor
from sovlint.frontends.cluster.charts.made_places import MadePlaces
from sovlint.frontends.cluster.made_secrets import fetched_names
from sovlint.frontends.cluster.object_index import Objects
from sovlint.frontends.cluster.objects import ManifestObject
from sovlint.frontends.cluster.pods import (
    ENVIRONMENT,
    content,
    each_container,
    keys_of,
    references,
)
from sovlint.frontends.held_yaml import NamedSetting, settings_below, settings_in
from sovlint.model.resources.sent import SentBy
from sovlint.model.value import Known, Reason, Unknown, Value
from sovlint.rules.destination import Setting, Signal
from sovlint.rules.hints import Hints

_MAX_TEXT: Final = 20_000
"""Longer texts are read for what they are, or not at all."""
_MOST: Final = 2_000
"""So many settings of one object are looked at."""
_PARTS: Final = ("apiVersion", "kind", "metadata", "status")
"""What a custom resource says besides its settings."""
_PROGRAMS: Final = (".sh", ".bash", ".zsh", ".py", ".rb", ".pl", ".js", ".ps1", ".sql")
"""Endings of programs: what these do is told where they are run."""
_EXAMPLE: Final = "_"
"""What keys begin with that hold examples, as Knative has them."""
_ALL: Final = "*"
_ADDRESSES: Final = (SentBy.VALUE, SentBy.CLIENT, SentBy.ADDRESS)
"""What shows that an address beside is one that data is sent to."""


# --- config maps and secrets


def held_signals(
    found: ManifestObject,
    files: set[str],
    objects: Objects,
    hints: Hints,
    made: MadePlaces | None,
) -> Iterator[Signal]:
    """Where the entries send data that are settings and that no container is given as variables; ``files``: keys of
    what is read as a file. A text that is YAML stands for what it says, as far as that is an address. What stands in
    texts is placed in what was ``made``, where a template has made the object."""
    settings: list[Setting] = []
    said: list[Setting] = []
    for key, value in _left(found, files, objects):
        where = found.span(("metadata", "name") if value.sensitive else _place(found, key))
        text = str(value.value) if isinstance(value, Known) else ""
        is_line = "\n" not in text.strip()
        path, above = where.path, where.line
        if made is not None:
            path, (above, _) = made.path, made.before(_place(found, key), text)
        inside = [] if "." in key else settings_in(text, path, above - is_line)
        said += inside
        if is_line and not inside and not _is_program(key, text):
            settings.append(Setting(key, value, where))
    yield from hints.signatures.signals(settings[:_MOST])
    yield from hints.signatures.untold(settings[:_MOST])
    for signal in hints.signatures.signals(said[:_MOST]):
        if not _is_nowhere(signal.sent.value):
            yield signal


def _left(
    found: ManifestObject, files: set[str], objects: Objects
) -> Iterator[tuple[str, Value]]:
    """The entries that are neither files nor variables of a container: texts, and what is kept elsewhere."""
    given = _given(objects).get(found, frozenset())
    for key in [] if _ALL in given else [*keys_of(found), *fetched_names(found)]:
        if key in given or key in files or key.startswith(_EXAMPLE):
            continue
        value = content(found, key)
        if isinstance(value, Unknown) or isinstance(value.value, str):
            yield key, value


def _is_nowhere(value: Value) -> bool:
    return isinstance(value, Unknown) and value.reason is Reason.NO_EVIDENCE


def _is_program(key: str, text: str) -> bool:
    """Whether an entry is a program or a line of text: a key with dots is a setting's too."""
    return key.endswith(_PROGRAMS) or ("." in key and " " in text.strip())


def _place(found: ManifestObject, key: str) -> Path:
    return ("stringData", key) if key in found.get().mapping("stringData") else ("data", key)


def _given(objects: Objects) -> Mapping[ManifestObject, frozenset[str]]:
    """The keys of config maps and secrets that containers are given as variables, all of them as a star; by the
    object."""
    if objects.given is None:
        met: dict[ManifestObject, set[str]] = {}
        for named in objects.by_name.values():
            for user in named:
                for spec in user.pod_specs():
                    for holder, key in given_to(user, spec, objects):
                        met.setdefault(holder, set()).add(key)
        objects.given = {number: frozenset(keys) for number, keys in met.items()}
    return objects.given


def given_to(
    user: ManifestObject, spec: Cursor, objects: Objects
) -> Iterator[tuple[ManifestObject, str]]:
    """The config maps and secrets that containers have variables from, each with the key."""
    for container in each_container(spec):
        for entry in container.items(ENVIRONMENT[0]):
            for kind, reference in references(entry, "Ref"):
                for holder in objects.find(user, kind, reference.text("name")):
                    yield holder, _ALL
        for entry in container.items(ENVIRONMENT[1]):
            for kind, reference in references(entry.at("valueFrom"), "KeyRef"):
                for holder in objects.find(user, kind, reference.text("name")):
                    yield holder, reference.text("key")


# --- custom resources


def custom_signals(found: ManifestObject, hints: Hints) -> Iterator[Signal]:
    """Where the settings of a custom resource send data that nothing else reads. Where the catalogue has rules for its
    type, names alone say nothing more: only variables that it gives to somebody, and what a value or a host shows."""
    if "." not in found.type or found.type in hints.no_settings:
        return
    met = list(_custom_settings(found))[:_MOST]
    if found.type not in hints.ruled:
        yield from _without_addressed([each for each, _ in met], hints)
        return
    yield from hints.signatures.signals(setting for setting, given in met if given)
    for signal in hints.signatures.signals(setting for setting, given in met if not given):
        if signal.sent.by is not SentBy.RULE:
            yield signal


def _without_addressed(settings: Sequence[Setting], hints: Hints) -> Iterable[Signal]:
    """What is sent, without what is named by keys that stand beside an address (``target.bucket`` beside
    ``target.endpoint``), where nothing else says whose it is: it is there."""
    listed = list(hints.signatures.signals(settings))
    opened = [each.sent for each in listed if not each.addressed and not each.sent.provider]
    if not opened:
        return listed
    addresses = Counter(
        _above(each.sent.key) for each in listed if each.sent.by in _ADDRESSES
    )
    names = Counter(each.name for each in settings)
    there = {each.where for each in opened if names[each.key] <= addresses[_above(each.key)]}
    left = [each for each in settings if each.where not in there]
    return listed if len(left) == len(settings) else _without_addressed(left, hints)


def _above(key: str) -> str:
    return key.rpartition(".")[0]


def _custom_settings(found: ManifestObject) -> Iterator[NamedSetting]:
    pods = frozenset((*found.at, *path) for path in found.pods)
    for key in found.data:
        if key not in _PARTS:
            name = () if key == "spec" else (str(key),)
            yield from settings_below(found.get(str(key)), name, pods)
