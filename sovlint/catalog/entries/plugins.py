"""Entries of plug-ins, and of the resource types that they have."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from sovlint.rules.tagging import TagForm


class ProviderSetting(Struct, frozen=True):
    """A setting of a provider block that decides the provider: by value (``values``) or as a host (``host``)."""

    path: str
    values: Mapping[str, str] = field(default_factory=dict)
    host: bool = False


class When(Struct, frozen=True):
    """A condition on an attribute: present and not null, or one of ``values`` (compared as lower-case text)."""

    path: str
    values: tuple[str, ...] = ()


NOBODY = ""
"""In place of a plug-in: nothing says whose it is."""


class PlacementRule(Struct, frozen=True):
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
    elsewhere: bool = False
    """Whether ``each_region`` holds names of resources that data goes to (an ARN): one of this repository has its own
    placement, any other is one here, in the region that its name tells."""
    each_endpoint: str | None = None
    """A path of addresses; each is a placement of its own, at whoever answers there."""
    through: str | None = None
    """The plug-in whose providers may be behind it, wherever the resource itself is; ``NOBODY``: nothing says whose it
    is."""
    storage: tuple[str, ...] | None = None
    """Paths of the name of the storage class whose provisioner keeps these volumes; none written: the default one."""
    classes: str | None = None
    """The type of these classes, where they aren't storage classes: what makes snapshots."""
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


class FlowRule(Struct, frozen=True):
    """Data going from the resource at ``source`` to the resource at ``target``: attribute paths, or ``self``."""

    kind: str
    source: str
    target: str


class TypeEntry(Struct, frozen=True):
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


class StandsFor(Struct, frozen=True):
    """What a custom resource stands for: the type of another plug-in (``None``: none that is known), the paths below
    which its arguments lie, and paths of its region."""

    plugin: str
    type: str | None
    arguments: tuple[str, ...]
    region: tuple[str, ...]


class TypesWithTags(Struct, frozen=True):
    """A form of tags, and the resource types that have it by what the plug-in publishes; empty: it is only known how
    tags of such a path are written."""

    form: TagForm
    types: frozenset[str]


class Plugin(Struct, frozen=True):
    """A way to reach providers: a Terraform plug-in, the Kubernetes API, an inventory.

    ``default`` is the provider where nothing decides otherwise (``None``: unknown among ``candidates``). A region that
    only one candidate has decides too. ``endpoints`` are templates of setting paths (``endpoints.{key}``), filled with
    each of ``service_keys[service]``.
    """

    id: str
    candidates: tuple[str, ...]
    default: str | None
    settings: tuple[ProviderSetting, ...] = ()
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
