"""Entries of plug-ins, and of the resource types that they have: what a file under ``plugins`` says, key by key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, ClassVar, Literal

from msgspec import UNSET, Meta, Struct, UnsetType, field

from sovlint.catalog.entries.sources import WrittenSource
from sovlint.catalog.names import flat
from sovlint.model.decoding import (
    ClassId,
    Day,
    EntryKey,
    LowerText,
    PluginId,
    ProviderId,
    Role,
    SomeText,
    SomeTexts,
    SourceKey,
    Texts,
    Yes,
)
from sovlint.rules.hints import Copying, Referring, SetsVariable, StateHints
from sovlint.rules.tagging import TagForm
from sovlint.rules.workload import Applied, InstalledChart, Workload


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


class When(Struct, frozen=True):
    """A condition on an attribute: present and not null, or one of the values (compared as lower-case text)."""

    path: SomeText
    values: Annotated[tuple[LowerText, ...], Meta(min_length=1)] = field(default=(), name="in")


NOBODY = ""
"""In place of a plug-in: nothing says whose it is."""


class PlacementRule(Struct, frozen=True, kw_only=True):
    """Where one placement of a resource type sits. Paths of attributes are tried in order, before the plug-in's
    settings."""

    role: Role | None = None
    service: SomeText | None = None
    written_region: SomeText | Texts | None = field(default=None, name="region")
    """Paths of the region; or the code of the only one that it is ever in (`global`)."""
    zone: Texts | None = None
    via: Texts = ()
    """Attributes that refer to a parent resource whose place this one shares."""
    each: SomeText | None = None
    """A path of elements (of a list or a map); each is looked at by itself: paths of this rule that begin with a dot
    lead on from it."""
    each_region: SomeText | None = None
    """A path whose every value is a placement of its own."""
    elsewhere: Yes = False
    """What `each_region` holds are names of resources that data goes to (an ARN): one that is declared here has its own
    placement; another's region is told by its name."""
    each_endpoint: SomeText | None = None
    """A path of addresses; each is a placement of its own, at whoever answers there."""
    behind: PluginId | UnsetType | None = field(default=UNSET, name="through")
    """The plug-in whose providers may be behind this placement, wherever the resource itself is: its provider is chosen
    by the region, else its default; null: nothing says whose it is."""
    storage: Texts | None = None
    """Paths of the name of the storage class whose provisioner keeps these volumes, wherever the resource itself runs;
    none written: the default one."""
    classes: SomeText | None = None
    """The type of the classes that `storage` names, where they aren't storage classes: what makes snapshots."""
    driver: SomeText | None = None
    """The path of the CSI driver that keeps them."""
    kept_by: SomeText | None = None
    """The provisioner that keeps them, by its name."""
    required: Yes = False
    """The address must be there: without it nobody is known to answer, which is a placement too."""
    paired: bool = False
    """It is in the pair of the resource's own region."""
    when: tuple[When, ...] = ()
    """All of these must hold for the placement to exist."""
    unless: tuple[When, ...] = ()

    schema: ClassVar[Mapping[str, object]] = {"required": ["role"]}

    @property
    def region(self) -> Texts | None:
        """Paths of the region, where the rule has its own."""
        return None if isinstance(self.written_region, str) else self.written_region

    @property
    def fixed(self) -> str | None:
        """The code of the only region that it is ever in."""
        return self.written_region if isinstance(self.written_region, str) else None

    @property
    def through(self) -> str | None:
        """The plug-in whose providers may be behind it; ``NOBODY``: nothing says whose it is."""
        return None if self.behind is UNSET else self.behind or NOBODY


class FlowRule(Struct, frozen=True):
    """Data going from the resource at `source` to the resource at `target`: attribute paths, or `self`."""

    kind: Literal[
        "replication", "backup", "restore", "export", "events", "logs", "mount", "config", "call", "database",
        "sub-processing",
    ]  # fmt: skip
    source: SomeText
    target: SomeText


class TypeEntry(PlacementRule, frozen=True, kw_only=True):
    """A resource type of a plug-in: one placement rule, or several under `placements`."""

    name: EntryKey
    placements: tuple[PlacementRule, ...] = ()
    """None: it is only where it sends data."""
    flows: tuple[FlowRule, ...] = ()
    intrinsic: tuple[ClassId, ...] = ()
    names: Texts = ()

    schema: ClassVar[Mapping[str, object]] = {
        "oneOf": [{"required": ["role"]}, {"required": ["placements"]}]
    }

    @property
    def rules(self) -> Sequence[PlacementRule]:
        """Its placement rules; one of role ``config`` where it carries no payload."""
        return self.placements if self.role is None else (self,)

    @property
    def config(self) -> bool:
        """Whether the type carries no payload."""
        return all(rule.role == "config" for rule in self.rules)


class StandsFor(Struct, frozen=True, kw_only=True):
    """Custom resources that each stand for a resource of another plug-in: which type it is, and where its arguments
    lie."""

    plugin: PluginId
    type: EntryKey | None = None
    prefix: str
    """What every type of the other plug-in starts with: aws."""
    arguments: Texts = ()
    """Paths below which the arguments lie, the strongest first; their names are those of the other plug-in in camel
    case. None: they go by other names, and only `region` is read."""
    region: Texts = ()
    """Paths of the region, before that among the arguments."""
    starts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By first label of the group: what a type's name starts with between prefix and kind, tried in order; that of `*`,
    else the label itself, where it isn't listed."""
    kind_has_start: bool = False
    """The kind begins with all that follows the prefix: no start is put before it."""
    kinds: Mapping[str, SomeText] = field(default_factory=dict)
    """Kinds (Kind.label) that no rule leads to, with their type of the other plug-in."""

    def spellings(self, name: str) -> Iterator[str]:
        """What a custom resource may be called at the other plug-in, without case and underscores."""
        kind, _, group = name.partition(".")
        label = group.partition(".")[0]
        exact = self.kinds.get(f"{kind}.{label}")
        starts = (
            [""]
            if self.kind_has_start
            else self.starts.get(label) or self.starts.get("*") or (label,)
        )
        yield from map(
            flat,
            [exact] if exact is not None else (f"{self.prefix}{start}{kind}" for start in starts),
        )


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

    governed: ClassVar = ("provider",)

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
    objects: tuple[Applied, ...] = ()
    """Types that declare an object of a cluster."""
    block_lists: Mapping[str, SomeText] = field(default_factory=dict)
    """Nested blocks of those types of which each is one of a list in the object: the name of that list."""
    installs: tuple[InstalledChart, ...] = ()
    """Types that install a Helm chart."""
    own_volumes: Texts = ()
    """Types whose `volumes` there aren't those of a pod, although they are called so."""
    stands_for: StandsFor | None = None
    refers: tuple[Referring, ...] = ()
    copies: tuple[Copying, ...] = ()
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
