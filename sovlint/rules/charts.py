"""What the values of Helm charts are known to mean, as tables drawn from the catalogue (``catalog/charts.yaml``)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import repeat
from typing import Any

from msgspec import Struct, field


class Keeping(Struct, frozen=True):
    """A mapping of values by which a chart is asked for a volume that outlives its pods.

    ``key``: the key that it stands at, anywhere. ``switch``: its key that says whether; ``marks``: keys of which one is
    there where a volume is meant. ``each``: whether it may hold several, each under a name of its own. ``other``: what
    its keys say where it is something else (``type: emptyDir``). ``sure``: whether it needs no switch.
    """

    key: str
    switch: str | None = None
    marks: tuple[str, ...] = ()
    each: bool = False
    other: Mapping[str, tuple[str, ...]] | None = None
    sure: bool = False


ANY_KEY = "*"
"""What stands for any element of a list in the path of a rule."""


def key_of(written: str) -> str:
    """A key of values as rules compare it: ``s3Url`` and ``s3_url`` are one."""
    return written.replace("_", "").replace("-", "").casefold()


class Sending(Struct, frozen=True):
    """A key of values that says where data is sent.

    ``path``: the last keys that lead to it. It is an address; or, where ``provider`` says whose, a mapping. One of
    ``marks`` is said beside the address, or in the mapping. ``role`` is that of what is sent there, ``region`` dotted
    paths beside the address where its region may stand. It counts only where nothing stands at ``absent``, nor at
    ``absent_above``, beside the mapping; where ``when`` has what stands there; and where none of ``chosen_by``, beside
    the mapping that it is in, chooses another one (``must_be_chosen``: one of them chooses this).
    """

    path: tuple[str, ...]
    role: str
    provider: str | None = None
    region: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    absent_above: tuple[str, ...] = ()
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    chosen_by: tuple[str, ...] = ()
    must_be_chosen: bool = False


class KnownChart(Struct, frozen=True):
    """A published chart: ``places`` are what the address of its repository ends in; ``values`` those that it has where
    nobody writes any, as far as they matter."""

    places: tuple[str, ...]
    values: Mapping[str, Any]


class ChartHints(Struct, frozen=True):
    """``keeps``: by key, without case; ``charts``: by name; ``sends``: by last key, as ``key_of`` has it."""

    keeps: Mapping[str, tuple[Keeping, ...]]
    charts: Mapping[str, tuple[KnownChart, ...]]
    sends: Mapping[str, tuple[Sending, ...]]

    def published(self, name: str, repository: str) -> Mapping[str, Any] | None:
        """The values that a chart has by itself; ``None`` where it isn't surely one that is known."""
        at = repository.rstrip("/")
        for each in self.charts.get(name, ()):
            if any(at.endswith(place) for place in each.places):
                return each.values
        return None

    @staticmethod
    def of(
        keeps: Mapping[str, Mapping[str, Any]],
        charts: Mapping[str, Mapping[str, Any]],
        sends: Mapping[str, Mapping[str, Any]],
    ) -> ChartHints:
        """From the sections of the catalogue's file."""
        by_key: dict[str, tuple[Keeping, ...]] = {}
        for entry in keeps.values():
            for key in entry["keys"]:
                by_key[key.casefold()] = (*by_key.get(key.casefold(), ()), _keeping(key, entry))
        by_name: dict[str, tuple[KnownChart, ...]] = {}
        for entry in charts.values():
            known = KnownChart(tuple(entry["places"]), entry["values"])
            by_name[entry["name"]] = (*by_name.get(entry["name"], ()), known)
        by_last: dict[str, tuple[Sending, ...]] = {}
        for entry in sends.values():
            for each in map(_sending, entry["paths"], repeat(entry)):
                by_last[each.path[-1]] = (*by_last.get(each.path[-1], ()), each)
        return ChartHints(by_key, by_name, by_last)


def _keeping(key: str, entry: Mapping[str, Any]) -> Keeping:
    other: Mapping[str, Sequence[str]] = entry.get("other", {})
    return Keeping(
        key,
        entry.get("switch"),
        tuple(entry.get("marks", ())),
        entry.get("each", False),
        {name: tuple(values) for name, values in other.items()},
        entry.get("sure", False),
    )


def _sending(path: str, entry: Mapping[str, Any]) -> Sending:
    return Sending(
        tuple(map(key_of, path.split("."))),
        entry["role"],
        entry.get("provider"),
        tuple(entry.get("region", ())),
        tuple(entry.get("marks", ())),
        tuple(entry.get("absent", ())),
        tuple(entry.get("absent_above", ())),
        {name: tuple(values) for name, values in entry.get("when", {}).items()},
        tuple(entry.get("chosen_by", ())),
        entry.get("must_be_chosen", False),
    )


NO_CHARTS = ChartHints({}, {}, {})
"""Tables of a catalogue that knows nothing of charts."""
