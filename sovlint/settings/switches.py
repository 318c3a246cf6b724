"""What a file for one environment switches off there sends nothing: ``SENTRY_ENABLED=false`` beside ``SENTRY_DSN``."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from sovlint.model.value import Known, StepKind
from sovlint.rules.files.configuration import Entry
from sovlint.rules.names.signature import folded

SettingGroup = Sequence[tuple[str, Entry]]


def switched_on(
    group: SettingGroup, own: Collection[int], switches: re.Pattern[str]
) -> list[tuple[str, Entry]]:
    """The settings of a group without those that it switches off itself. ``own``: what stands in the file; a setting
    that holds for all environments may be used in another one."""
    off = tuple(
        f"{stem}_"
        for _, entry in group
        if id(entry.where) in own and (stem := _off(entry, switches))
    )
    return [
        each
        for each in group
        if not (id(each[1].where) in own and _name(each[1]).startswith(off))
    ]


def _off(entry: Entry, switches: re.Pattern[str]) -> str | None:
    step = entry.value.because
    if not isinstance(entry.value, Known) or (
        step is not None and step.kind is StepKind.DEFAULT
    ):  # whoever runs it may say otherwise
        return None
    met = switches.fullmatch(f"{_name(entry)}={entry.value.value}")
    return next((each for each in met.groups() if each), None) if met else None


def _name(entry: Entry) -> str:
    return folded("_".join(entry.path))
