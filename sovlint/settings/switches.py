"""What a file switches off, as far as names say so: ``SENTRY_ENABLED=false`` beside ``SENTRY_DSN``.

Only the program knows what a switch is for. So what is off may be sent all the same; where the file is for one
environment it is only asked, of a class that is declared.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from sovlint.model.text import Note
from sovlint.model.value import Known, Reason, Step, StepKind, Unknown, UnknownKind
from sovlint.rules.files.configuration import Entry
from sovlint.rules.names.signature import folded

SettingGroup = Sequence[tuple[str, Entry]]


def switched_off(
    group: SettingGroup, own: Collection[int], switches: re.Pattern[str], is_applied: bool
) -> Mapping[int, Unknown]:
    """Why settings of a group may not be in use, by the number in memory of their place. ``own``: what stands in the
    file; a setting that holds for all environments may be used in another one. ``is_applied``: whether the file is for
    one environment."""
    off: dict[str, Unknown] = {}
    entries = [entry for _, entry in group if id(entry.where) in own]
    for entry in entries:
        met = switches.fullmatch(f"{_name(entry)}={_text(entry)}")
        stem = next((each for each in met.groups() if each), None) if met else None
        if stem:
            off[stem] = _why(entry, is_applied)
    found: dict[int, Unknown] = {}
    for entry in entries if off else ():
        name = _name(entry)
        stems = (name[:at] for at, sign in enumerate(name) if sign == "_")
        why = next((off[stem] for stem in stems if stem in off), None)
        if why is not None:
            found[id(entry.where)] = why
    return found


def _why(switch: Entry, is_applied: bool) -> Unknown:
    name = ".".join(switch.path)
    step = switch.value.because
    is_default = step is not None and step.kind is StepKind.DEFAULT
    note = Note("settings.off", {"name": name})
    kind = UnknownKind.VALUES_UNTOLD if is_applied and not is_default else None
    because = Step(switch.where, note)
    return Unknown(Reason.FROM_ENVIRONMENT, name, because, note=note, kind=kind)


def _text(entry: Entry) -> object:
    return entry.value.value if isinstance(entry.value, Known) else None


def _name(entry: Entry) -> str:
    return folded("_".join(entry.path))
