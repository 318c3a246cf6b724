"""Entries of resource types: where what a type makes sits, what it sends where, and what it stands for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar, Final, Literal

from msgspec import UNSET, Struct, UnsetType, field
from msgspec.structs import replace

from sovlint.model.decoding import ClassId, EntryKey, PluginId, Role, SomeText, Texts, Yes
from sovlint.model.lookups.names import flat
from sovlint.rules.keys import Condition

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
    handed_on: SomeText | None = None
    """A path that names what data comes from."""
    silent: tuple[Condition, ...] = ()
    """Where one of these surely holds of that, it has no data to hand on: a timer, say."""
    each_endpoint: SomeText | None = None
    """A path of addresses; each is a placement of its own, at whoever answers there."""
    host: SomeText | None = None
    """The host at which it always answers, whatever is written: that of an identity provider's own sign-in, say."""
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
    when: tuple[Condition, ...] = ()
    """All of these must hold for the placement to exist."""
    unless: tuple[Condition, ...] = ()

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


_OUTSIDE: Final[Mapping[str, Role]] = {
    "events": "processor", "export": "processor", "logs": "logs", "replication": "replica", "backup": "backup",
}  # fmt: skip
"""Kinds of flows that take data to another place, with the role that its target has there."""


class FlowRule(Struct, frozen=True):
    """Data going from the resource at `source` to the resource at `target`: attribute paths, or `self`."""

    kind: Literal[
        "replication", "backup", "restore", "export", "events", "logs", "mount", "config", "call", "database",
        "sub-processing",
    ]  # fmt: skip
    source: SomeText
    target: SomeText
    outside: Role | None = None
    """The role that a target has which isn't of this repository: it is a placement of its own, of whatever declares the
    flow, and placed by what its name says."""
    unless: tuple[Condition, ...] = ()
    """Where one of these holds for certain, nothing of the source goes along: a text that is written is sent instead."""

    @property
    def goes_out(self) -> bool:
        """Whether the target may be something that isn't here, of which no more is known than what its name says."""
        return self.outside is None and self.kind in _OUTSIDE and self.target != "self"

    def to_outside(self, rules: Sequence[PlacementRule]) -> PlacementRule:
        """The rule for a target that isn't of this repository. ``rules``: those of the type that declares the flow."""
        return PlacementRule(
            role=self.outside or _OUTSIDE[self.kind],
            service=rules[0].service if rules else None,
            each_region=self.target,
            elsewhere=True,
        )


class SelectionRule(Struct, frozen=True, kw_only=True):
    """What a resource does something with by tags, or by patterns of names: the chosen ones' data comes to it."""

    kind: Literal["backup", "logs"] = "backup"
    at: SomeText
    """A map of tags; or blocks or things, each of a `key` and a `value`; or texts: `key:value`, or patterns of names."""
    key: SomeText | None = None
    value: SomeText | None = None
    prefix: str = ""
    """What stands before the key of a tag: aws:ResourceTag/."""
    names: Yes = False
    """They are patterns of names (ARNs), with `*`."""
    every: Yes = False
    """All things of the services are chosen, as by a rule of a whole account; `at` says what of."""
    services: Texts
    """The services whose things may be chosen."""
    unless: tuple[Condition, ...] = ()
    """Where one of these holds for certain, other rules choose."""


class TypeEntry(PlacementRule, frozen=True, kw_only=True):
    """A resource type of a plug-in: one placement rule, or several under `placements`."""

    name: EntryKey
    placements: tuple[PlacementRule, ...] = ()
    """None: it is only where it sends data."""
    flows: tuple[FlowRule, ...] = ()
    intrinsic: tuple[ClassId, ...] = ()
    names: Texts = ()
    chooses: tuple[SelectionRule, ...] = ()

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

    def with_outside(self) -> TypeEntry:
        """The same, with a rule for each target that may lie outside the repository."""
        rules = tuple(flow.to_outside(self.rules) for flow in self.flows if flow.outside)
        return replace(self, role=None, placements=(*self.rules, *rules)) if rules else self


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
            [exact]
            if exact is not None
            else (f"{self.prefix}{start}{kind}" for start in starts),
        )
