"""Where a cluster is, as far as a repository shows it: what was seen, and what several things seen belong together."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from typing import Any

from msgspec import Struct, field

from sovlint.model.attributes import Attributes
from sovlint.model.source import Located
from sovlint.model.text import Note
from sovlint.model.value import Unknown, Value


class Level(IntEnum):
    """How much something says of where a cluster is, strongest first. Within a level nothing is averaged."""

    CREATED = 1
    """The repository creates the cluster, and something points at it."""
    SERVER = 2
    """The address of its API server."""
    STORAGE = 3
    """What makes its volumes."""
    NODES = 4
    """Labels that its nodes must have."""
    ANNOTATIONS = 5
    """What its load balancers, ingresses and service accounts are told."""


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
    later: Unknown | None = None
    """Why it isn't known what this shows, where that is still to be filled in."""
    declared: str | None = None
    """The provider that the configuration declares for whatever shows it."""


class Landing(Struct, frozen=True):
    """One cluster that objects land in: the folder from which it is told what it runs, and what shows where it is."""

    folder: str
    evidence: tuple[Evidence, ...] = ()
    beside: bool = True
    """Whether it may be a cluster that a root of another tool creates around the folder."""


class ClusterReach(Struct, frozen=True):
    """How a root of another front end reaches a cluster: the settings of a provider block of one of its plug-ins."""

    root: str
    variant: str | None
    plugin: str
    settings: Attributes
    where: Located


class EvidenceHint(Struct, frozen=True):
    """What one thing seen proves, from ``catalog/evidence.yaml``.

    ``on``: the kinds that it is looked for on (empty: any). ``value``: the pattern that all of the value must match;
    its group ``region``, if it has one, is the region as written. ``region``: paths of an object at which the region
    stands instead. ``nodes``: whether it shows where the cluster's machines are, and not only where its volumes are.
    ``inside``: whether the volumes lie on the cluster's own machines. ``server``: paths of the address of whoever keeps
    them. ``anywhere``: whether a volume that is there already may be in any region, whatever the cluster's is.
    ``payload``: whether volumes hold data, and not secrets, certificates or images that are handed to pods.
    ``snapshots``: paths of a class of snapshots at which their region stands. ``copied``: a path and the values
    there by which its snapshots are copied to a store of backups that such a class doesn't name.
    """

    id: str
    providers: tuple[str, ...] = ()
    on: frozenset[str] = frozenset()
    value: str | None = None
    alone: str | None = None
    region: tuple[str, ...] = ()
    nodes: bool = True
    inside: bool = False
    server: tuple[str, ...] = ()
    anywhere: bool = False
    payload: bool = True
    default: bool = True
    elsewhere: bool = False
    snapshots: tuple[str, ...] = ()
    copied: tuple[str, tuple[str, ...]] | None = None


class CreatorHint(Struct, frozen=True):
    """How a custom resource that makes a cluster is pointed at, from ``catalog/creators.yaml``; paths are dotted.

    ``names``: of names that the cluster goes by. ``secrets``: of references to the secret with its kubeconfig;
    ``secret_named``: that secret's name, made of the object's (``{name}``). ``made_by``: of references to the object
    that says where it is; none where that is the object itself.
    """

    names: tuple[str, ...] = ()
    secrets: tuple[str, ...] = ()
    secret_named: str = ""
    made_by: tuple[str, ...] = ()

    @staticmethod
    def of(data: Mapping[str, Any]) -> CreatorHint:
        """From an entry of the catalogue."""
        names, secrets, made_by = (tuple(data.get(key, ())) for key in ("names", "secrets", "made_by"))
        return CreatorHint(names, secrets, data.get("secret_named", ""), made_by)


class EvidenceTable(Struct, frozen=True):
    """All of one thing that may be seen (labels of nodes, annotations, ...), by exact name or by what names begin with
    (up to a ``*``)."""

    exact: Mapping[str, tuple[EvidenceHint, ...]] = field(default_factory=dict)
    prefixes: tuple[tuple[str, EvidenceHint], ...] = ()

    @property
    def hints(self) -> tuple[EvidenceHint, ...]:
        """All entries, by exact name first."""
        return (*(hint for hints in self.exact.values() for hint in hints), *(hint for _, hint in self.prefixes))

    def of(self, name: str) -> tuple[EvidenceHint, ...]:
        """What is known of a name; what has it exactly says more than what it begins with."""
        found = self.exact.get(name)
        if found is not None:
            return found
        return tuple(hint for prefix, hint in self.prefixes if name.startswith(prefix))
