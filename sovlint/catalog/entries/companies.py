"""What files about companies and states say: entities, providers and jurisdictions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from msgspec import Meta, Struct, field

from sovlint.catalog.entries.sources import FileKeys
from sovlint.model.decoding import (
    AreaId,
    EntityId,
    EntryId,
    Period,
    ProviderId,
    SomeText,
    SomeTexts,
    SourceKey,
    StateCode,
    Texts,
    Yes,
)
from sovlint.model.text import Bilingual
from sovlint.model.world import Jurisdiction


class Sourced(Struct, frozen=True, kw_only=True):
    """What a source says, for a time."""

    since: Period | None = None
    until: Period | None = None
    source: SourceKey


class WrittenHolding(Sourced, frozen=True, kw_only=True):
    """Who holds a company: somebody, or several together."""

    entity: EntityId | None = None
    group: Annotated[tuple[EntityId, ...], Meta(min_length=2)] | None = None
    majority: bool | None = None
    """More than half of capital or votes. Absent: what `share` says."""
    share: Annotated[float, Meta(gt=0, le=100)] | None = None
    """Per cent of the capital."""
    control: Yes = False
    """A right of control that isn't a majority: special votes, a statute, a contract."""

    schema: ClassVar = {
        "oneOf": [{"required": ["entity"]}, {"required": ["group"]}],
        "anyOf": [
            {"required": ["majority"]},
            {"required": ["share"]},
            {"required": ["control"]},
        ],
    }


class SaidBy(Struct, frozen=True):
    """What says so."""

    source: SourceKey


class WrittenWithin(Sourced, frozen=True, kw_only=True):
    """That all capital of a company, or all control of it, is in an area, whoever has the majority.

    It is proved by a source of high confidence (the company's register), or by two of medium confidence. It counts for
    twelve months after its sources were read, and never takes a state away that is known to control the company."""

    area: AreaId
    seconded_by: SaidBy | None = None
    """A second source that says the same, of another site."""


class WrittenReach(Sourced, frozen=True, kw_only=True):
    """What else reaches a company."""

    jurisdiction: StateCode
    because: Bilingual


class WrittenEntity(Struct, frozen=True, kw_only=True):
    """A company, a person or a state."""

    name: SomeText
    seat: StateCode
    source: SourceKey
    kind: Literal["person", "state"] | None = None
    """Whom nobody can hold: a person, a family or a foundation, or a state. Absent: a company, which says who holds it,
    or that nobody found who does (`owners`), or that nobody has a majority (`no_majority`)."""
    owners: tuple[WrittenHolding, ...] | None = ()
    """Who holds it, from when until when. null: nobody found who does, so that a holder elsewhere can't be excluded and
    its seat alone proves nothing."""
    no_majority: Sourced | None = None
    """What says that nobody holds a majority of it: a free float, a statute."""
    held_within: WrittenWithin | None = None
    """What says that all of it is held in an area: beside `owners`, where these name no majority."""
    reach: tuple[WrittenReach, ...] = ()


class HostOf(Struct, frozen=True):
    """A provider whose cloud is underneath."""

    provider: ProviderId
    source: SourceKey


class OperatorOf(Struct, frozen=True):
    """The company that runs a region."""

    entity: EntityId
    source: SourceKey


class WrittenTechnology(Sourced, frozen=True, kw_only=True):
    """Whose technology a provider runs on."""

    entity: EntityId
    jurisdiction: StateCode
    services: Annotated[tuple[SomeText, ...], Meta(min_length=1)] = ()
    """Only these services run on it; else all do."""
    licensed: Yes = False
    """A company that isn't the operator's licenses the whole cloud to it. It gives no control."""


class WrittenRegion(Struct, frozen=True, kw_only=True):
    """A region of a provider."""

    country: StateCode | None
    areas: tuple[AreaId, ...] = ()
    spread: Yes = False
    """It is made of several regions, all in one state: a multi-region, a geography."""
    names: Texts = ()
    zones: Texts = ()
    pair: SomeText | None = None
    """The region that geo-redundant storage copies to. null: the provider says that it has none."""
    operator: OperatorOf | None = None
    """The company that runs this region, where that isn't the provider's operator."""
    runs_on: HostOf | None = None
    """The provider whose cloud this region runs on, where that depends on the region."""
    source: SourceKey

    schema: ClassVar = {"null": ["pair"]}


class ProviderFile(FileKeys, frozen=True, kw_only=True):
    """A file about a provider."""

    told: ClassVar = ("kind", "status", "notes")
    """Keys that are for people alone: an overlay changes every other one only where whoever runs sovlint trusts it."""

    id: EntryId
    name: SomeText
    aliases: Texts = ()
    kind: SomeText
    status: Literal["active", "defunct", "in-qualification", "migrating"]
    operator: EntityId
    runs_on: tuple[HostOf, ...] | None = ()
    """Providers whose cloud is always underneath. null: nobody found what it runs on."""
    technology: Annotated[tuple[WrittenTechnology, ...], Meta(min_length=1)] = ()
    """Whose technology it runs on. Neither this nor own_technology: not known."""
    own_technology: SaidBy | None = None
    """What says that it runs on its own and on open-source software, but for what technology lists."""
    notes: Bilingual | None = None
    region_suffixes: Texts = ()
    """Regular expressions of what may follow a code: the letter of a zone, a number."""
    region_forms: Texts = ()
    """Regular expressions, each of the whole of a longer form (an ARN, a path) with one group, the region; lower case,
    no spaces."""
    region_spans: Mapping[SomeText, SomeTexts] = field(default_factory=dict)
    """Names of things that run in any of several regions, as patterns with `*` of the whole name, and these regions."""
    regions: Mapping[str, WrittenRegion] = field(default_factory=dict)

    schema: ClassVar = {"required": ["sources"]}


class JurisdictionsFile(FileKeys, frozen=True, kw_only=True):
    """States and areas."""

    areas: Mapping[str, Bilingual] = field(default_factory=dict)
    jurisdictions: Mapping[StateCode, Jurisdiction]


class EntitiesFile(FileKeys, frozen=True, kw_only=True):
    """Companies, and who holds them."""

    entities: Mapping[EntryId, WrittenEntity]

    schema: ClassVar = {"required": ["sources"]}
