"""The types of catalogue entries. What the YAML files say, checked, resolved and ready to ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fnmatch import fnmatchcase

from sovlint.model.placement import Source
from sovlint.model.profile import ControlStep, Maker
from sovlint.model.tagging import TagForm
from sovlint.model.text import Bilingual


@dataclass(frozen=True, slots=True)
class Region:
    """A region of one provider. ``country`` is ``None`` for a multi-region or a global one.

    ``pair``: the region that the provider's geo-redundant storage copies to, if the catalogue knows it.
    """

    code: str
    country: str | None
    areas: tuple[str, ...]
    pair: str | None = None
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Provider:
    """A company that runs services. Who controls it, on a day, is ``Catalog.control``, what it runs on
    ``Catalog.technology``.

    ``aliases``, ``kind``, ``status``, ``makers``, ``runs_on`` and ``notes`` are for people who look a provider up:
    nothing is judged by them. ``run_apart``: codes of the regions that have an operator of their own.
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    kind: str
    status: str
    operator: str
    makers: tuple[Maker, ...]
    """Companies that make or license what it runs on, on any day."""
    regions: Mapping[str, Region]
    sources: tuple[Source, ...]
    notes: Bilingual | None = None
    runs_on: tuple[str, ...] | None = ()
    """Providers whose cloud is always underneath; ``None``: nobody found what is."""
    run_apart: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Technology:
    """States whose companies make or license what a provider runs on, on a day; ``None``: not known.

    Open source adds none. ``services``: those of single services that differ from the rest, by service id.
    """

    codes: tuple[str, ...] | None
    services: Mapping[str, tuple[str, ...]]

    def made_by(self, service: str | None) -> tuple[str, ...] | None:
        """The technology of one service; ``None``: not known. A service that isn't known may be one that differs."""
        if service is None:
            return None if self.services else self.codes
        return self.services.get(service, self.codes)


@dataclass(frozen=True, slots=True)
class Control:
    """Who can compel a provider on a day, in a region: derived from the entity graph when the catalogue is compiled.

    ``operator``: the id of the company that runs it there. ``background``: all of it rests on background knowledge, the
    seat too. ``open``: what nobody found, or read, of it (``control.OWNERS`` or ``HOST``, and of whom), so that a state
    outside the EU can't be excluded; empty where one controls it anyway.
    """

    operator: str
    states: tuple[str, ...]
    steps: tuple[ControlStep, ...]
    background: bool
    open: tuple[tuple[str, str], ...] = ()
    held_from_outside: Mapping[str, HeldFromOutside] = field(default_factory=dict)
    """What parties from outside an area hold of the operator, for each area that a referential asks about."""


@dataclass(frozen=True, slots=True)
class HeldFromOutside:
    """Per cent of a company, directly or through others: ``single`` is the least that one party surely holds,
    ``least`` and ``most`` bound what all hold together."""

    single: float
    least: float
    most: float


@dataclass(frozen=True, slots=True)
class HostMatch:
    """What a host proves: a provider and perhaps its service and region (``region`` as written in the host).

    ``region_hole``: the label that would name the region isn't known.
    """

    provider: str
    service: str | None
    region: str | None
    region_hole: bool = False
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting of a provider block that decides the provider: by value (``values``) or as a host (``host``)."""

    path: str
    values: Mapping[str, str] = field(default_factory=dict)
    host: bool = False


@dataclass(frozen=True, slots=True)
class When:
    """A condition on an attribute: present and not null, or one of ``values`` (compared as lower-case text)."""

    path: str
    values: tuple[str, ...] = ()


NOBODY = ""
"""In place of a plug-in: nothing says whose it is."""


@dataclass(frozen=True, slots=True)
class PlacementRule:
    """Where one placement of a resource type sits.

    ``region`` and ``zone`` are attribute paths tried in order, before the plug-in's settings; ``via`` are attributes
    that refer to a parent resource whose place this one shares; ``each_region`` is a path whose every value is a
    placement of its own; ``paired`` takes the pair of the resource's own region; ``fixed`` is a region code
    (``global``). ``when`` all must hold for the placement to exist.
    """

    role: str | None
    service: str | None = None
    region: tuple[str, ...] | None = None
    zone: tuple[str, ...] | None = None
    via: tuple[str, ...] = ()
    each: str | None = None
    """A path of elements (of a list or a map); each is looked at by itself, and the rule's other paths that begin with
    a dot lead on from it."""
    each_region: str | None = None
    each_endpoint: str | None = None
    """A path of addresses; each is a placement of its own, at whoever answers there."""
    through: str | None = None
    """The plug-in whose providers may be behind it, wherever the resource itself is; ``NOBODY``: nothing says whose it
    is."""
    storage: tuple[str, ...] | None = None
    """Paths of the name of the storage class whose provisioner keeps these volumes; none written: the default one."""
    driver: str | None = None
    """The path of the CSI driver that keeps them."""
    kept_by: str | None = None
    """The provisioner that keeps them, by its name."""
    required: bool = False
    """Whether an address that isn't there is one that isn't known, and not none."""
    paired: bool = False
    fixed: str | None = None
    when: tuple[When, ...] = ()
    unless: tuple[When, ...] = ()


@dataclass(frozen=True, slots=True)
class FlowRule:
    """Data going from the resource at ``source`` to the resource at ``target``: attribute paths, or ``self``."""

    kind: str
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class TypeEntry:
    """A resource type of a plug-in, with its placement rules (one of role ``config`` where it carries no payload)."""

    name: str
    rules: tuple[PlacementRule, ...]
    intrinsic: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    flows: tuple[FlowRule, ...] = ()

    @property
    def config(self) -> bool:
        """Whether the type carries no payload."""
        return all(rule.role == "config" for rule in self.rules)


@dataclass(frozen=True, slots=True)
class StandsFor:
    """What a custom resource stands for: the type of another plug-in (``None``: none that is known), the paths below
    which its arguments lie, and paths of its region."""

    plugin: str
    type: str | None
    arguments: tuple[str, ...]
    region: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TypesWithTags:
    """A form of tags, and the resource types that have it by what the plug-in publishes; empty: it is only known how
    tags of such a path are written."""

    form: TagForm
    types: frozenset[str]


@dataclass(frozen=True, slots=True)
class Plugin:
    """A way to reach providers: a Terraform plug-in, the Kubernetes API, an inventory.

    ``default`` is the provider where nothing decides otherwise (``None``: unknown among ``candidates``). A region that
    only one candidate has decides too. ``endpoints`` are templates of setting paths (``endpoints.{key}``), filled with
    each of ``service_keys[service]``.
    """

    id: str
    candidates: tuple[str, ...]
    default: str | None
    settings: tuple[Setting, ...] = ()
    endpoints: tuple[str, ...] = ()
    service_keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    region: tuple[str, ...] = ()
    zone: tuple[str, ...] = ()
    settings_region: tuple[str, ...] = ()
    settings_zone: tuple[str, ...] = ()
    zonal: frozenset[str] = frozenset()
    """Types that sit in a zone: where they name none, the zone of the provider block is theirs, and its
    region says nothing of it."""
    tags: tuple[str, ...] = ()
    default_tags: tuple[str, ...] = ()
    tag_forms: tuple[TypesWithTags, ...] = ()
    names: tuple[str, ...] = ()
    zone_in_region: bool = False
    """A zone always lies in the region of the resource or provider block: one that isn't known costs nothing."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a ``clause`` of a referential allows parties from outside an area to hold: per cent each, and together."""

    area: str
    single: float
    together: float
    clause: str


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a referential, and the days on which it counts (inclusive; ``None``: open)."""

    id: str
    since: date | None
    until: date | None
    limits_owners: Limits | None = None
    """Whoever holds it has been shown to keep to these limits, and so to be free of control from outside the area."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What one qualification covers.

    ``regions``: codes, or ``None`` where the scope isn't known; ``area``: all the provider's regions in that area.
    ``services``: ids covered (``*``: all), ``excluded``: ids surely not covered; ``services_complete``: what isn't
    listed isn't covered (else it is unknown). ``indistinct``: code can't tell this offer from the provider's others.
    ``requires``: what must be ordered for the qualification to apply. ``since`` is ``None`` where not found.
    """

    provider: str
    offer: str
    version: str | None
    since: date | None
    until: date | None
    regions: tuple[str, ...] | None
    area: str | None
    services: tuple[str, ...]
    excluded: tuple[str, ...]
    services_complete: bool
    indistinct: bool
    requires: Bilingual | None
    source: Source
    note: Bilingual | None = None
    assumable: bool = False
    """A source that was read, of medium confidence or better, dates it under the version in force."""


@dataclass(frozen=True, slots=True)
class Scheme:
    """A qualification: its versions, and whether the list that was read names every holder."""

    name: str
    title: Bilingual
    versions: tuple[Version, ...]
    complete: bool
    read: date
    source: Source
    offers: Mapping[str, tuple[Offer, ...]]
    years: int = 3
    """How long it lasts; an end that isn't known is assumed at most this long after ``since``."""


@dataclass(frozen=True, slots=True)
class DataClass:
    """A data class: its labels, what else counts as it, and what a policy on it binds too (``covers``)."""

    id: str
    name: Bilingual
    labels: tuple[str, ...]
    covers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of services, which can take each other's place. ``roles``: the only ones that data has there, where one
    service is of several kinds (``None``: any). ``inventoried``: whether an inventory of SaaS has it, whoever runs
    it."""

    id: str
    name: Bilingual
    roles: tuple[str, ...] | None = None
    inventoried: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the lexicon: its words in order (``names.tokens``), and the class it suggests.

    ``unless``: words of longer phrases; a match that lies inside one of them doesn't count (``health_check``).
    """

    tokens: tuple[str, ...]
    data_class: str
    shown: str
    unless: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class ImageEntry:
    """Container images whose software keeps a data class: the last ``parts`` of a repository's path, each a glob."""

    parts: tuple[str, ...]
    data_class: str
    intrinsic: bool = True

    def matches(self, image: str) -> bool:
        """Whether an image as it is written is one of these: its registry, tag and digest don't matter."""
        path = image.partition("@")[0].lower().split("/")
        path[-1] = path[-1].partition(":")[0]
        own = path[-len(self.parts) :]
        return len(own) == len(self.parts) and all(map(fnmatchcase, own, self.parts))
