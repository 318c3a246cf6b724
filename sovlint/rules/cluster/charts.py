"""What the values of Helm charts are known to mean, as tables drawn from the catalogue (``catalog/charts.yaml``)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Annotated, Any, ClassVar

from msgspec import Meta, Struct

from sovlint.model.decoding import Role, SomeText, SomeTexts, SourceKey, Texts, grouped
from sovlint.rules.destination import HeldDestination
from sovlint.rules.keys import Conditions


class Keeping(Struct, frozen=True, kw_only=True):
    """Mappings of values by which a chart is asked for a volume, at whatever depth they stand."""

    keys: SomeTexts
    """What they are called; case doesn't matter."""
    switch: SomeText | None = None
    """Their key that says whether."""
    marks: Texts = ()
    """Keys of which one is there where a volume is meant."""
    each: bool = False
    """Whether several may stand in it, each under a name."""
    unless: Conditions = ()
    """What they say where it is no volume claim (`type: emptyDir`)."""
    sure: bool = False
    """Whether it needs no switch."""
    source: SourceKey

    schema: ClassVar = {"x-was": {"other": "unless"}}


ANY_KEY = "*"
"""What stands for any element of a list in the path of a rule."""


@lru_cache(maxsize=8192)
def key_of(written: str) -> str:
    """A key of values as rules compare it: ``s3Url`` and ``s3_url`` are one."""
    return written.replace("_", "").replace("-", "").casefold()


def leads(keys: Sequence[str], path: Sequence[str]) -> bool:
    """Whether keys end as a path does; ``*`` stands for any of them."""
    last = keys[-len(path) :]
    return len(last) == len(path) and all(
        part in (ANY_KEY, key) for key, part in zip(last, path, strict=True)
    )


class ValuePath(tuple[str, ...]):
    """Keys of values as rules compare them, written with dots between them."""

    schema: ClassVar = {"type": "string", "minLength": 1}

    @classmethod
    def from_written(cls, written: str) -> ValuePath:
        """Of what is written."""
        return cls(map(key_of, written.split(".")))


class Sending(HeldDestination, frozen=True, kw_only=True):
    """Keys of values that say where data is sent, at whatever depth they stand."""

    paths: Annotated[tuple[ValuePath, ...], Meta(min_length=1)]
    """The last keys that lead to an address, or with `company` to a mapping; `*` is any element of a list. Case, `_`
    and `-` don't matter."""
    role: Role
    region: Texts = ()
    """Where its region may stand: dotted paths beside the address, or in the mapping."""
    text: SomeText = "{}"
    """What is made of the address: `{}` is the value."""
    unless_beside: Conditions = ()
    """What must not be said beside the mapping; `when` and `unless` are of what is in it, or beside the address."""
    chosen_by: Texts = ()
    """Keys beside the mapping by which one of several is chosen, by name."""
    must_be_chosen: bool = False
    """Whether one of them must choose it."""
    source: SourceKey

    schema: ClassVar = {
        "x-was": {
            "provider": "company",
            "marks": "when",
            "absent": "unless",
            "absent_above": "unless_beside",
        }
    }


class KeptElsewhere(Struct, frozen=True, kw_only=True):
    """Keys of values that name settings whose values are kept elsewhere: in secrets, in a vault."""

    paths: Annotated[tuple[ValuePath, ...], Meta(min_length=1)]
    """The last keys that lead to a mapping whose keys are the names, or to entries; `*` is any key, or any element of a
    list."""
    name: Texts = ()
    """Of entries: keys at which the name stands; the first that is there counts. A plain text is one itself."""
    source: SourceKey


class KnownChart(Struct, frozen=True, kw_only=True):
    """A published chart."""

    name: SomeText
    places: SomeTexts
    """What the address of the repository ends in."""
    values: Mapping[str, Any]
    """Values where nobody writes any, as far as they matter."""
    source: SourceKey


class ChartHints:
    """The tables of all rules on charts, each made where a chart is met that asks for it."""

    def __init__(
        self,
        keeps: Sequence[Keeping] = (),
        charts: Sequence[KnownChart] = (),
        sends: Sequence[Sending] = (),
        elsewhere: Sequence[KeptElsewhere] = (),
    ) -> None:
        self._keeps = keeps
        self._charts = charts
        self._sends = sends
        self._elsewhere = elsewhere

    @cached_property
    def keeps(self) -> Mapping[str, Sequence[Keeping]]:
        """What asks for a volume, by its key without case."""
        return grouped((key.casefold(), each) for each in self._keeps for key in each.keys)

    @cached_property
    def charts(self) -> Mapping[str, Sequence[KnownChart]]:
        """Published charts by name."""
        return grouped((chart.name, chart) for chart in self._charts)

    @cached_property
    def sends(self) -> Mapping[str, Sequence[tuple[ValuePath, Sending]]]:
        """What says where data goes, by its last key, each with the path that has it."""
        return grouped(
            (path[-1], (path, each)) for each in self._sends for path in each.paths
        )

    @cached_property
    def elsewhere(self) -> Mapping[str, Sequence[tuple[ValuePath, KeptElsewhere]]]:
        """What names settings that are kept elsewhere, by the last of its keys that is none of any."""
        return grouped(
            (next(key for key in reversed(path) if key != ANY_KEY), (path, each))
            for each in self._elsewhere
            for path in each.paths
        )

    def kept_at(self, keys: Sequence[str]) -> KeptElsewhere | None:
        """The rule by which what stands at keys names settings that are kept elsewhere."""
        last = {key for key in keys[-2:] if key != ANY_KEY}
        for path, rule in (each for key in last for each in self.elsewhere.get(key, ())):
            if leads(keys, path[:-1] if rule.name else path):
                return rule
        return None

    def published(self, name: str, repository: str) -> Mapping[str, Any] | None:
        """The values that a chart has by itself; ``None`` where it isn't surely one that is known."""
        at = repository.rstrip("/")
        for each in self.charts.get(name, ()):
            if any(at.endswith(place) for place in each.places):
                return each.values
        return None


NO_CHARTS = ChartHints()
"""Tables of a catalogue that knows nothing of charts."""
