"""What the values of Helm charts are known to mean, as tables drawn from the catalogue (``catalog/charts.yaml``)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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


class ChartHints(Struct, frozen=True):
    """``keeps``: by key, without case; ``charts``: by name; ``sends``: by last key, each with the path that has it;
    ``elsewhere``: so by the last of their keys that is none of any."""

    keeps: Mapping[str, Sequence[Keeping]]
    charts: Mapping[str, Sequence[KnownChart]]
    sends: Mapping[str, Sequence[tuple[ValuePath, Sending]]]
    elsewhere: Mapping[str, Sequence[tuple[ValuePath, KeptElsewhere]]] = {}

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


NO_CHARTS = ChartHints({}, {}, {})
"""Tables of a catalogue that knows nothing of charts."""


def chart_hints(
    keeps: Iterable[Keeping],
    charts: Iterable[KnownChart],
    sends: Iterable[Sending],
    elsewhere: Iterable[KeptElsewhere] = (),
) -> ChartHints:
    """The tables of all rules on charts."""
    return ChartHints(
        grouped((key.casefold(), keeping) for keeping in keeps for key in keeping.keys),
        grouped((chart.name, chart) for chart in charts),
        grouped((path[-1], (path, sending)) for sending in sends for path in sending.paths),
        grouped((_last(path), (path, kept)) for kept in elsewhere for path in kept.paths),
    )


def _last(path: ValuePath) -> str:
    return next((each for each in reversed(path) if each != ANY_KEY), ANY_KEY)
