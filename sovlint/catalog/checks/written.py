"""What entries of every sort say: ids of others, days, patterns and hosts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from sovlint.catalog.compiling.written_data import Data
from sovlint.catalog.states import meant
from sovlint.documents import Path, closest
from sovlint.model import dates

At = Path
Faults = Iterator[tuple[At, str]]
"""What is wrong with an entry: where in it, and a sentence."""

_HOST = re.compile(r"(\*\*\.)?((\*|[a-z0-9-]*(\{region\})?[a-z0-9-]*)\.)*[a-z0-9-]+")


def listed(parts: Data, section: str, name: str, at: At) -> Faults:
    """Whether an entry of that name is in a section."""
    there = parts[section]
    if name in there:
        return
    close = (
        f" {meant(there, name)}" if section == "jurisdictions" else closest(name, list(there))
    )
    yield at, f"`{name}` isn't among {section}.{close.rstrip()}"


def all_listed(parts: Data, section: str, names: Iterable[str], at: At) -> Faults:
    """Whether entries of these names are, told by their places in a list."""
    for index, name in enumerate(names):
        yield from listed(parts, section, name, (*at, index))


def host_form(host: str) -> Faults:
    """Whether it is a host, or a pattern of hosts."""
    if not _HOST.fullmatch(host) or host.count("{region}") > 1:
        yield (
            ("host",),
            f"`{host}` is no host: labels, `*` for one, `**` first for several, `{{region}}` once.",
        )


def days(data: Data, keys: tuple[str, ...], at: At) -> Faults:
    """Days that the calendar doesn't have, and an end before its start."""
    written = {key: data[key] for key in keys if data.get(key)}
    for key, day in written.items():
        try:
            date.fromisoformat(day)
        except ValueError:
            yield (*at, key), f"`{day}` is no day of the calendar (YYYY-MM-DD)."
    if written.get("until", "9999") < written.get("since", ""):
        yield (*at, "until"), "it ends before it starts."


def period(data: Data, at: At) -> Faults:
    """Days, months and years that the calendar doesn't have, and an end before its start."""
    written = {key: data[key] for key in ("since", "until") if data.get(key)}
    for key, day in written.items():
        try:
            dates.first_day(day)
        except ValueError:
            yield (*at, key), f"`{day}` is no day, month or year (YYYY, YYYY-MM, YYYY-MM-DD)."
            return
    if len(written) > 1 and dates.last_day(written["until"]) < dates.first_day(
        written["since"]
    ):
        yield (*at, "until"), "it ends before it starts."


def regex(written: str, at: At, groups: int = 0) -> Faults:
    """What is wrong with a regular expression that must have that many groups (0: any number)."""
    try:
        found = re.compile(written).groups
    except re.error as error:
        yield at, f"not a regular expression: {error}."
        return
    if groups and found != groups:
        yield at, f"it must have {groups} group, the region, not {found}."
