"""Where a cluster is, as far as a repository shows it: what was seen, and what several things seen belong together."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from sovlint.model.attributes import Attributes
from sovlint.model.decoding import (
    EntryKey,
    ProviderId,
    Regex,
    SomeText,
    SomeTexts,
    SourceKey,
    Texts,
    Yes,
)
from sovlint.model.source import Located
from sovlint.model.text import Note
from sovlint.model.value import Unknown, Value

Seen = Literal[
    "provisioner", "storage-class", "node-label", "annotation", "ingress-class", "kind", "field"
]  # fmt: skip
NameStart = Annotated[str, Meta(pattern=r"^[^*].*$")]


class Level(IntEnum):
    """How much something says of where a cluster is, strongest first. Within a level nothing is averaged."""

    DECLARED = 0
    """The configuration says where a destination is."""
    CREATED = 1
    """The repository creates the cluster, and something points at it."""
    SERVER = 2
    """The address of its API server."""
    STORAGE = 3
    """What makes its volumes."""
    NODES = 4
    """Labels that its nodes must have."""
    ANNOTATIONS = 5
    """What its load balancers, ingresses and service accounts are told, and what runs on one cloud's clusters alone."""
    OFFERED = 6
    """Another repository says that it makes the cluster: it counts where nothing here tells."""


class Evidence(Struct, frozen=True):
    """Something written that shows where a cluster is.

    ``providers`` are catalogue ids: those that it may be; with ``default`` the first one where nothing else tells (a
    cloud, of its partitions); none where it names a region alone. ``region`` is what is written; ``host`` the address
    of an API server. ``alone``: whether this is a region's code in a form that only its provider writes.
    """

    level: Level
    where: Located
    note: Note
    providers: tuple[str, ...] = ()
    region: Value | None = None
    host: Value | None = None
    made: tuple[tuple[str, str], ...] = ()
    """Root and address of what makes the cluster, or says where that is: the first that does."""
    alone: bool = False
    default: bool = True
    nodes: bool = True
    """Whether it shows where the cluster's machines are, and not only where its volumes are."""
    elsewhere: bool = False
    """Whether the object itself runs on machines apart from the rest of its cluster's."""
    bound: bool = True
    """Whether it names an account, a region or a cluster, and isn't what anybody's cluster at that cloud may be told."""
    later: Unknown | None = None
    """Why it isn't known what this shows, where that is still to be filled in."""
    declared: str | None = None
    """The provider that the configuration declares for whatever shows it."""
    sure: bool = False
    """Whether it is a label of nodes that no machine of elsewhere has: of the workload that asks for it, it proves the
    place."""
    asks: tuple[str, ...] = ()
    """What the cluster goes by, so that another repository may say where it is: keys of its offers, those that say more
    first."""


class Landing(Struct, frozen=True, eq=False):
    """One cluster that objects land in, as all objects there have it: the folder from which it is told what it runs, and
    what shows where it is."""

    folder: str
    evidence: tuple[Evidence, ...] = ()
    beside: bool = True
    """Whether it may be a cluster that a root of another tool creates around the folder."""
    called: tuple[str, ...] = ()
    """What deployers call it that put something there from elsewhere."""


class ClusterReach(Struct, frozen=True):
    """How a root of another front end reaches a cluster: the settings of a provider block of one of its plug-ins."""

    root: str
    variant: str | None
    plugin: str
    settings: Attributes
    where: Located


class CarriedFile(Struct, frozen=True, eq=False):
    """A file, or a folder, of the repository that a root of another front end puts on a machine: on the resource at
    ``address``, or on the one that answers at ``host``."""

    path: str
    root: str
    variant: str | None
    where: Located
    address: str | None = None
    host: Value | None = None


class ValuesAt(Struct, frozen=True):
    """A path, and the values there."""

    path: SomeText
    values: Texts = field(name="in")


class EvidenceHint(Struct, frozen=True, kw_only=True):
    """What one thing seen proves of where a cluster is."""

    id: EntryKey
    seen: Seen
    """Where it is written: a storage class's provisioner or a CSI driver, the name of a storage class, a label that
    nodes must have, an annotation, the class of an ingress, an object's kind, a field of one."""
    names: Annotated[tuple[NameStart, ...], Meta(min_length=1)]
    """Exact names, or what they begin with, up to a `*`; of a field its dotted paths, in which `*` is any key or index."""
    on: Annotated[frozenset[SomeText], Meta(min_length=1)] = frozenset()
    """Kinds that an annotation is looked for on, or a field; none: any."""
    when: ValuesAt | None = None
    """What else has to be said for it to mean anything."""
    unless: Texts = ()
    """Paths at which something stands where it is about another cluster than the object's own."""
    provider: ProviderId | None = None
    """Whose it is where nothing else tells."""
    others: Annotated[tuple[ProviderId, ...], Meta(min_length=1)] = field(
        default=(), name="or"
    )
    """Others that it may be, if a region tells."""
    service: SomeText = ""
    """Which of its services keeps the volumes."""
    among: Annotated[tuple[ProviderId, ...], Meta(min_length=2)] = ()
    """Whose it may be, where none is likelier."""
    value: Regex | None = None
    """A pattern of the whole value; its group `region` is the region as written."""
    alone: Regex | None = None
    """A pattern of regions' codes that tell their provider, where only one has such a region."""
    region: Texts = ()
    """Paths of the object at which the region stands."""
    nodes: bool = True
    """False: it shows where volumes are, not where the cluster's machines are."""
    inside: bool = False
    """The volumes lie on the cluster's own machines, or beside them."""
    elsewhere: bool = False
    """Pods with this label run on machines that aren't the provider's."""
    joined: Yes = False
    """Machines of elsewhere that join such a cluster have this label too."""
    server: Texts = ()
    """Paths of the address of whoever keeps the volumes."""
    anywhere: Yes = False
    """A volume that is there already may be in any region."""
    snapshots: Texts = ()
    """Paths of a class of snapshots at which their region stands."""
    copied: ValuesAt | None = None
    """What in a class of snapshots says that they are copied to a store of backups, named elsewhere."""
    machine: Literal["any", "every"] | None = None
    """It runs on a developer's own machine where any of the values at a path says so, or every one."""
    payload: Annotated[bool, Meta(extra_json_schema={"const": False})] = True
    """False: the volumes are secrets, certificates or images, handed to pods: no data is kept in them."""
    source: SourceKey

    @property
    def providers(self) -> tuple[str, ...]:
        """All that it may be."""
        return self.among or (*([self.provider] if self.provider else ()), *self.others)

    @property
    def default(self) -> bool:
        """Whether it is the first of them where nothing else tells."""
        return not self.among


class CreatorHint(Struct, frozen=True, kw_only=True):
    """How what makes clusters is pointed at: custom resources, and resources of Terraform."""

    kinds: SomeTexts
    """Its types, those of Kubernetes with their groups."""
    names: Texts = ()
    """Paths of names that the cluster goes by."""
    secrets: Texts = ()
    """Paths of references to the secret that gets its kubeconfig."""
    secret_named: Annotated[
        str,
        Meta(
            pattern=r"\{name\}",
            description="What that secret is called, made of the object's `{name}`.",
        ),
    ] = ""
    made_by: Texts = ()
    """Paths of references to the object that says where the cluster is; none: it is the object itself."""
    servers: Texts = ()
    """Paths of the address of its API server, where that is written."""
    joined: ValuesAt | None = None
    """What in it says that machines of elsewhere join the cluster."""
    source: SourceKey


class EvidenceTable(Struct, frozen=True):
    """All of one thing that may be seen (labels of nodes, annotations, ...), by exact name or by what names begin with
    (up to a ``*``)."""

    exact: Mapping[str, tuple[EvidenceHint, ...]] = field(default_factory=dict)
    prefixes: tuple[tuple[str, EvidenceHint], ...] = ()

    @property
    def hints(self) -> tuple[EvidenceHint, ...]:
        """All entries, by exact name first."""
        return (
            *(hint for hints in self.exact.values() for hint in hints),
            *(hint for _, hint in self.prefixes),
        )

    def of(self, name: str) -> tuple[EvidenceHint, ...]:
        """What is known of a name; what has it exactly says more than what it begins with."""
        found = self.exact.get(name)
        if found is not None:
            return found
        return tuple(hint for prefix, hint in self.prefixes if name.startswith(prefix))
