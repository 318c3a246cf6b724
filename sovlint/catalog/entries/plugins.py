"""Entries of plug-ins, and of the resource types that they have: what a file under ``plugins`` says, key by key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, Literal

from msgspec import Struct, field

from sovlint.catalog.entries.resource_types import StandsFor, TypeEntry
from sovlint.catalog.entries.sources import WrittenSource
from sovlint.model.decoding import (
    Day,
    PluginId,
    ProviderId,
    SomeText,
    SomeTexts,
    SourceKey,
    Texts,
)
from sovlint.rules.cluster.copying import Copying
from sovlint.rules.cluster.parameters import Parameters
from sovlint.rules.cluster.passing import Agent, HostRoutes, Passing
from sovlint.rules.cluster.proxies import Proxy
from sovlint.rules.cluster.publishing import Publishing
from sovlint.rules.hints import Referring, SetsVariable, StateHints
from sovlint.rules.tagging import TagForm
from sovlint.rules.workload import (
    Applied,
    HandedOn,
    InstalledChart,
    KeptAt,
    Rendered,
    Workload,
)


class ProviderSetting(Struct, frozen=True):
    """A setting of a provider block that decides the provider: by value (`values`) or as a host (`host`)."""

    path: SomeText
    values: Mapping[str, ProviderId] = field(default_factory=dict)
    host: bool = False


class ProviderChoice(Struct, frozen=True):
    """Who may be behind a plug-in. A region that only one candidate has decides too."""

    candidates: tuple[ProviderId, ...] = ()
    default: str | None = None
    """The provider where nothing decides otherwise; none: unknown among the candidates."""
    settings: tuple[ProviderSetting, ...] = ()

    schema: ClassVar = {"required": ["candidates"], "null": ["default"]}


class RegionPaths(Struct, frozen=True):
    """Where a resource, or else the provider block, says where it sits."""

    resource: Texts = ()
    zone: Texts = ()
    settings: Texts = ()
    settings_zone: Texts = ()
    zonal: frozenset[SomeText] = frozenset()
    """Types that sit in a zone: where they name none, the zone of the provider block is theirs, and its region says
    nothing of it."""


class ServiceKeys(Struct, frozen=True):
    """What endpoints call a service."""

    keys: SomeTexts


class TypesWithTags(TagForm, frozen=True, kw_only=True):
    """A form of tags, and the resource types that have it by what the plug-in publishes; none: it is only known how
    tags of such a path are written."""

    types: frozenset[SomeText] = frozenset()


class Published(Struct, frozen=True, kw_only=True):
    """What types and arguments were compared with: a package that publishes the plug-in's schema, or its documentation;
    the plug-in's version; and the day."""

    package: SomeText | None = None
    registry: Literal["pypi", "npm"] | None = None
    docs: SomeText | None = None
    version: SomeText
    date: Day

    schema: ClassVar = {"oneOf": [{"required": ["package"]}, {"required": ["docs"]}]}


class Plugin(Struct, frozen=True, kw_only=True):
    """A way to reach providers: a Terraform plug-in, the Kubernetes API, an inventory."""

    id: SomeText
    zone_in_region: bool = False
    """A zone always lies in the region of the resource or provider block: one that isn't known costs nothing."""
    provider: ProviderChoice = ProviderChoice()
    endpoints: Texts = ()
    """Templates of setting paths (`endpoints.{key}`), filled with each key of a service under `services`."""
    places: RegionPaths = field(default=RegionPaths(), name="region")
    tags: Texts = ()
    default_tags: Texts = ()
    tag_forms: tuple[TypesWithTags, ...] = ()
    """How tags are written, for `sovlint label`: the first entry that lists a type says where a tag goes that isn't
    there yet; for a tag that is there, the entry of its path. A type that no entry lists takes no tags."""
    names: Texts = ()
    services: Mapping[str, ServiceKeys] = field(default_factory=dict)

    @property
    def candidates(self) -> Texts:
        """The providers that may be behind it."""
        return self.provider.candidates

    @property
    def default(self) -> str | None:
        """The provider where nothing decides otherwise; ``None``: unknown among ``candidates``."""
        return self.provider.default

    @property
    def settings(self) -> Sequence[ProviderSetting]:
        """Settings of the provider block that decide the provider."""
        return self.provider.settings

    @property
    def service_keys(self) -> Mapping[str, Texts]:
        """What endpoints call services."""
        return {service: entry.keys for service, entry in self.services.items()}

    @property
    def region(self) -> Texts:
        """Paths of the region of any resource."""
        return self.places.resource

    @property
    def zone(self) -> Texts:
        """Paths of the zone of any resource."""
        return self.places.zone

    @property
    def settings_region(self) -> Texts:
        """Settings of the provider block that say the region."""
        return self.places.settings

    @property
    def settings_zone(self) -> Texts:
        """Settings of the provider block that say the zone."""
        return self.places.settings_zone

    @property
    def zonal(self) -> frozenset[str]:
        """Types that sit in a zone."""
        return self.places.zonal


class SharedKeys(Plugin, frozen=True, kw_only=True):
    """What a plug-in takes from the one named by `same_types_as`, where it doesn't say it itself."""

    prefixes: Texts = ()
    picks: Texts = ()
    """Attributes that pick what a resource copies by its tags: the copies carry what these declare. Read as tags, never
    written."""
    tag_keys: Texts = ()
    """Keys of tags that declare a class besides those of the configuration."""
    all_tags: Texts = ()
    """Attributes of plans and states that hold a resource's tags together with the default ones."""
    shows: Mapping[str, str] = field(default_factory=dict)
    """Attributes of any type that show settings once a plan or state knows them, as templates:
    {arn: "arn:{}:{}:{region}:{}:{}"}."""
    computed: Mapping[str, Mapping[str, SomeText]] = field(default_factory=dict)
    """By type: attributes that the plug-in makes of arguments. Each repeats an argument (`id: bucket`), or is a
    template: `{name}` is an argument of the resource or else a setting of the provider block, `{}` what isn't known
    before it is applied (`arn: 'arn:{}:s3:::{bucket}'`)."""
    known_as: Mapping[str, Texts] = field(default_factory=dict)
    """By type: more texts by which others name such a resource, as templates like those of `computed`: a path, a URI, or
    a host (`{name}.blob.example`). Each has the argument that is its name."""
    named_at: Mapping[str, Texts] = field(default_factory=dict)
    """What flows and parents name without more: by the end of an attribute's path (`log_group_name`), or by type and
    path (`casa_copy.from`), the types that a bare name there may be of."""
    answers_at: Mapping[str, Texts] = field(default_factory=dict)
    """By type: attributes (`dns_name`, `status.*.url`) that are addresses at which the resource itself answers: where
    one is met as an endpoint, data goes where that resource is. Not those of what only points elsewhere, such as a DNS
    record."""
    looks_up: Mapping[str, Texts] = field(default_factory=dict)
    """Data sources that look up one resource of the type that they are called as: their attributes that are addresses
    at which it answers."""
    settings_of: Mapping[str, Mapping[str, SomeText]] = field(default_factory=dict)
    sets_variables: Mapping[str, SetsVariable] = field(default_factory=dict)
    """Resources that give variables of roots their values, where a platform runs Terraform."""
    reaches_clusters: bool = False
    """Its provider block points at a Kubernetes cluster: where the repository creates that one, its manifests land
    there."""
    state: StateHints | None = None


class PluginFile(SharedKeys, frozen=True, kw_only=True):
    """A file about a plug-in, with its types, and all that tells it from other plug-ins."""

    sources_of: Texts = ()
    local_name: SomeText = ""
    same_types_as: PluginId = ""
    groups: Texts = ()
    """API groups of Kubernetes whose custom resources are types of this plug-in, named Kind.group; `*.` first stands
    for any group that ends so."""
    pods: Mapping[str, Texts] = field(default_factory=dict)
    """Where custom resources hold what a pod's `spec` does, by path (`*`: any index or key): the types that do."""
    workloads: tuple[Workload, ...] = ()
    """Where types keep the settings and the command lines of what runs: they are read as those of a pod are."""
    kept: tuple[KeptAt, ...] = ()
    """Types that keep a secret, and where they say what it is."""
    handed_on: HandedOn | None = None
    """What arguments of modules are for that aren't here to read."""
    renders: Mapping[str, Mapping[str, Rendered]] = field(default_factory=dict)
    """By type, attributes that are a text filled in, or texts put together."""
    objects: tuple[Applied, ...] = ()
    """Types that declare an object of a cluster."""
    block_lists: Mapping[str, SomeText] = field(default_factory=dict)
    """Nested blocks of those types of which each is one of a list in the object: the name of that list."""
    installs: tuple[InstalledChart, ...] = ()
    """Types that install a Helm chart."""
    own_volumes: Texts = ()
    """Types whose `volumes` there aren't those of a pod, although they are called so."""
    definitions_alone: Texts = ()
    """Names of charts, as globs, that bring definitions of custom resources alone: such a release keeps nothing."""
    read_apart: Texts = ()
    """Types of custom resources whose settings are read in a way of their own, as releases of charts are."""
    stands_for: StandsFor | None = None
    refers: tuple[Referring, ...] = ()
    copies: tuple[Copying, ...] = ()
    passing: tuple[Passing, ...] = ()
    serving: tuple[HostRoutes, ...] = ()
    parameters: tuple[Parameters, ...] = ()
    agents: tuple[Agent, ...] = ()
    publishing: tuple[Publishing, ...] = ()
    proxies: tuple[Proxy, ...] = ()
    """Of containers that stand side by side, those in front of others."""
    retired: Texts = ()
    """What only earlier versions of the plug-in have: types listed above, and arguments (type.path, or *.path)."""
    published: Published | None = None
    types: Mapping[str, TypeEntry] = field(default_factory=dict)
    config: Texts = ()
    """Types, or patterns that begin or end with *, that carry no payload."""
    undecided: Texts = ()
    """Types, or patterns that begin or end with *, of which nobody decided whether they carry payload: as good as not
    listed."""
    sources: Mapping[str, WrittenSource]
    checked: Day = ""
    source: SourceKey
