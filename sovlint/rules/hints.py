"""Tables drawn from the catalogue that front ends need to read, handed to them by ``lint``; no front end knows more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct, field

from sovlint.model.landing import CreatorHint, EvidenceHint, EvidenceTable
from sovlint.rules.charts import NO_CHARTS, ChartHints
from sovlint.rules.commands import Commands
from sovlint.rules.formats import Formats
from sovlint.rules.outlet import Outlets
from sovlint.rules.signatures import Signatures
from sovlint.rules.workload import Applied, InstalledChart, Workload


class PluginHints(Struct, frozen=True):
    """What the Terraform front end needs to know of one plug-in.

    ``tags``: attribute paths of a resource that hold tags; ``default_tags``: paths in its provider block; ``all_tags``:
    attributes, known to plans and states alone, that hold what comes of both. ``shows``: attribute of any type -> the
    template by which a setting is told from it where a plan or state knows it (``arn:{}:{}:{region}:{}:{}``).
    ``tag_keys``: keys of its tags that declare a class whatever the configuration says (that of Kubernetes).
    """

    tags: tuple[str, ...] = ()
    default_tags: tuple[str, ...] = ()
    all_tags: tuple[str, ...] = ()
    shows: Mapping[str, str] = field(default_factory=dict)
    tag_keys: tuple[str, ...] = ()


class StateHints(Struct, frozen=True):
    """How a backend tells one state from another; paths are dotted, as of ``Attributes``.

    ``kind``: the backend that reads it. ``at``: arguments that must be known and equal; ``apart``: those that tell
    states apart where both are known. ``path``, ``workspaces``: where a state lies in the default workspace, and in
    another one (empty where there is none); ``{name}`` is an argument, ``{workspace}`` the workspace. ``defaults``:
    what arguments are where nobody writes them. ``beside_code``: whether the path is relative to the root.
    """

    kind: str
    path: str
    workspaces: str = ""
    at: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    defaults: Mapping[str, str] = field(default_factory=dict)
    beside_code: bool = False

    @staticmethod
    def of(name: str, data: Mapping[str, Any]) -> StateHints:
        """From ``state`` of the plug-in's file that describes the backend ``name``."""
        return StateHints(
            data.get("as", name),
            data["path"],
            data.get("workspaces", ""),
            tuple(data.get("at", ())),
            tuple(data.get("apart", ())),
            data.get("defaults", {}),
            data.get("beside_code", False),
        )


class StateReader(Struct, frozen=True):
    """A data source of another plug-in that reads the state of a backend: the attributes that hold the ``outputs``, and
    its argument (or setting of its provider block) for each of the backend's."""

    backend: str
    outputs: tuple[str, ...]
    arguments: Mapping[str, str]


class ClusterHints(Struct, frozen=True):
    """What shows where a cluster is, by where it is written.

    ``provisioners``: those of storage classes, and CSI drivers; ``storage_classes``: names of classes that a provider
    brings; ``node_labels``; ``annotations``; ``ingress_classes``. ``reached_by``: plug-ins of other tools whose
    provider block points at a cluster. ``creators``: by type, what makes clusters.
    """

    provisioners: EvidenceTable = field(default_factory=EvidenceTable)
    storage_classes: EvidenceTable = field(default_factory=EvidenceTable)
    node_labels: EvidenceTable = field(default_factory=EvidenceTable)
    annotations: EvidenceTable = field(default_factory=EvidenceTable)
    ingress_classes: EvidenceTable = field(default_factory=EvidenceTable)
    reached_by: frozenset[str] = frozenset()
    creators: Mapping[str, CreatorHint] = field(default_factory=dict)

    @property
    def hosts(self) -> tuple[str, ...]:
        """The providers at which something shows that a cluster may be, sorted."""
        tables = (self.provisioners, self.node_labels, self.annotations)
        return tuple(
            sorted({name for table in tables for hint in table.hints if hint.nodes for name in hint.providers})
        )

    @staticmethod
    def of(
        entries: Mapping[str, Mapping[str, Any]], reached_by: Iterable[str], creators: Mapping[str, Mapping[str, Any]]
    ) -> ClusterHints:
        """From the entries of the catalogue's ``evidence`` and ``creators``, by id."""
        tables = {seen: EvidenceTable({}, ()) for seen in SEEN}
        for name, entry in entries.items():
            hint = _evidence(name, entry)
            for written in entry["names"]:
                tables[entry["seen"]] = _with(tables[entry["seen"]], written, hint)
        return ClusterHints(
            tables["provisioner"],
            tables["storage-class"],
            tables["node-label"],
            tables["annotation"],
            tables["ingress-class"],
            frozenset(reached_by),
            {kind: CreatorHint.of(entry) for entry in creators.values() for kind in entry["kinds"]},
        )


SEEN = ("provisioner", "storage-class", "node-label", "annotation", "ingress-class")
"""Where evidence is seen."""


def _evidence(name: str, entry: Mapping[str, Any]) -> EvidenceHint:
    return EvidenceHint(
        name,
        tuple(entry.get("among") or [*([entry["provider"]] if "provider" in entry else []), *entry.get("or", ())]),
        frozenset(entry.get("on", ())),
        entry.get("value"),
        entry.get("alone"),
        tuple(entry.get("region", ())),
        entry.get("nodes", True),
        entry.get("inside", False),
        tuple(entry.get("server", ())),
        entry.get("anywhere", False),
        entry.get("payload", True),
        "among" not in entry,
        entry.get("elsewhere", False),
        tuple(entry.get("snapshots", ())),
        (entry["copied"]["path"], tuple(entry["copied"]["in"])) if "copied" in entry else None,
    )


def _with(table: EvidenceTable, written: str, hint: EvidenceHint) -> EvidenceTable:
    if written.endswith("*"):
        return EvidenceTable(table.exact, (*table.prefixes, (written[:-1], hint)))
    return EvidenceTable({**table.exact, written: (*table.exact.get(written, ()), hint)}, table.prefixes)


class Referring(Struct, frozen=True):
    """Where a custom resource names another one of type ``to``, that what it carries goes to as ``flow``; ``anywhere``:
    in any namespace, else in its own. ``back``: it is a copy of what it names, and each carries what the other
    does."""

    path: str
    to: str
    flow: str
    anywhere: bool = False
    back: bool = False


class Store(Struct, frozen=True):
    """Where a copier names a store of type ``to``. ``default``: what in a store makes it that of those that name none;
    ``volumes``: only volumes go there."""

    path: str
    to: str
    default: str = ""
    volumes: bool = False


class Copying(Struct, frozen=True):
    """What a custom resource copies, and where to: what lies in the ``namespaces`` that it lists (all where it lists
    none) but those under ``but``, with ``labels``, as far as a driver makes it (``provisioner``, or claims of
    ``classes`` by name). Paths lead on from ``within``. Without ``stores`` it is the store itself."""

    within: str = ""
    namespaces: str = ""
    but: str = ""
    labels: tuple[str, ...] = ()
    provisioner: str = ""
    classes: tuple[str, ...] = ()
    stores: tuple[Store, ...] = ()

    @staticmethod
    def of(data: Mapping[str, Any]) -> Copying:
        """From an entry of the catalogue."""
        return Copying(
            data.get("within", ""),
            data.get("namespaces", ""),
            data.get("but", ""),
            tuple(data.get("labels", ())),
            data.get("provisioner", ""),
            tuple(data.get("classes", ())),
            tuple(Store(**each) for each in data.get("stores", ())),
        )


class Hints(Struct, frozen=True):
    """``plugins``: by plug-in id; ``local_names``: implied plug-in id by local name (``aws`` -> ``hashicorp/aws``);
    ``computed``: by resource type, attribute -> the attribute whose value it repeats once applied, or a template of
    arguments and settings of the provider block (``{bucket}.s3.{region}.{}``; ``{}`` isn't known before);
    ``answers_at``: by resource type, the attributes (``status.*.url``) that are addresses at which it answers itself;
    ``looks_up``: data sources that look up one resource of the type that they are called as, with the attributes at
    which that answers;
    ``settings_of``: data source type -> attribute -> setting of the provider block that it repeats; or, for one that is
    a list (``names.*``), the template of each of its elements;
    ``registries``: public registries, as the prefix that the address of a plug-in may carry without meaning another one
    (``registry.terraform.io/``); ``namespace``: the namespace of an address that names none (``aws``, or a local name
    that nothing declares), empty where the catalogue has none; ``states``: by backend, how it tells states apart;
    ``state_readers``: by type of data source, what reads one besides Terraform's own;
    ``groups``: plug-in by API group of Kubernetes; ``*.`` first stands for any group that ends so;
    ``pods``: by type of custom resource, the paths at which it holds what a pod's ``spec`` does; ``own_volumes``: those
    whose volumes there aren't a pod's; ``refers``: which others they name, that what they carry goes to;
    ``charts``: what values of Helm charts mean;
    ``signatures``: what settings by their names say of where data goes; ``commands``: what command lines of programs
    do, ``deployments``: what those do that put software where it runs; ``outlets``: by tool and type, what the outlets
    of pipelines do with data; ``clusters``: what shows where a cluster is; ``formats``: configuration files and what
    they prove.
    """

    plugins: Mapping[str, PluginHints] = field(default_factory=dict)
    local_names: Mapping[str, str] = field(default_factory=dict)
    computed: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    answers_at: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    looks_up: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    settings_of: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    registries: tuple[str, ...] = ()
    namespace: str = ""
    states: Mapping[str, StateHints] = field(default_factory=dict)
    state_readers: Mapping[str, StateReader] = field(default_factory=dict)
    groups: Mapping[str, str] = field(default_factory=dict)
    pods: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    own_volumes: frozenset[str] = frozenset()
    refers: Mapping[str, tuple[Referring, ...]] = field(default_factory=dict)
    copies: Mapping[str, tuple[Copying, ...]] = field(default_factory=dict)
    """How custom resources copy what lies in whole namespaces, by their type."""
    charts: ChartHints = NO_CHARTS
    signatures: Signatures = field(default_factory=lambda: Signatures(()))
    commands: Commands = field(default_factory=Commands)
    deployments: Commands = field(default_factory=Commands)
    outlets: Outlets = field(default_factory=dict)
    clusters: ClusterHints = field(default_factory=ClusterHints)
    formats: Formats = field(default_factory=Formats)
    workloads: Mapping[str, Workload] = field(default_factory=dict)
    """By resource type, where it keeps the settings and the command lines of what runs."""
    applied: Mapping[str, Applied] = field(default_factory=dict)
    """By resource type, how it declares an object of a cluster."""
    block_lists: Mapping[str, str] = field(default_factory=dict)
    """Nested blocks of those that a list of the object stands for: its name by theirs."""
    installs: Mapping[str, InstalledChart] = field(default_factory=dict)
    """By resource type, how it installs a chart."""

    def plugin_of(self, kind: str) -> str | None:
        """The plug-in whose type a custom resource is (``Kind.group``), by its group; ``None`` where none has it."""
        group = kind.partition(".")[2]
        if not group:
            return None
        found = self.groups.get(group)
        while found is None and "." in group:
            group = group.partition(".")[2]
            found = self.groups.get(f"*.{group}")
        return found
