"""Tables drawn from the catalogue that front ends need to read, handed to them by ``lint``; no front end knows more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Final, Literal

from msgspec import Struct, field

from sovlint.model.decoding import EntryKey, SomeText, SourceKey, Yes
from sovlint.model.landing import CreatorHint, EvidenceHint, EvidenceTable, Seen
from sovlint.model.unread import UnreadKinds
from sovlint.rules.cluster.charts import NO_CHARTS, ChartHints
from sovlint.rules.cluster.copying import Copying
from sovlint.rules.cluster.parameters import Parameters
from sovlint.rules.cluster.passing import Agent, HostRoutes, Passing
from sovlint.rules.cluster.proxies import Proxy
from sovlint.rules.cluster.publishing import Publishing
from sovlint.rules.commands.commands import Commands
from sovlint.rules.developers import NO_DEVELOPERS, DevelopersFiles
from sovlint.rules.files.formats import Formats
from sovlint.rules.files.outlet import Outlets
from sovlint.rules.names.signatures import Signatures
from sovlint.rules.registry_modules import NO_MODULES, RegistryModules
from sovlint.rules.workload import (
    Applied,
    HandedOn,
    InstalledChart,
    KeptAt,
    OfTypes,
    Rendered,
    Workloads,
)


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


class StateReader(Struct, frozen=True, kw_only=True):
    """A data source of another plug-in that reads a state."""

    backend: EntryKey = ""
    outputs: tuple[str, ...]
    """Its attributes that hold the outputs."""
    arguments: Mapping[str, str]
    """Which of its arguments (or settings of its provider block) is which of the backend's."""


class SetsVariable(Struct, frozen=True, kw_only=True):
    """A resource that gives a variable of some root its value, where a platform runs Terraform."""

    name: SomeText
    """The argument that is its name, or `TF_VAR_` and its name."""
    value: SomeText
    bare: Yes = False
    """The name alone will do."""
    unless: Mapping[str, SomeText] = field(default_factory=dict)
    """Arguments and what they say where the name alone won't do."""
    of: SomeText
    """The argument that refers to what runs that root."""
    folder: SomeText
    """That one's argument for the root's folder."""


class StateHints(Struct, frozen=True, kw_only=True):
    """Of a backend: which of its arguments tell one state from another, so that `terraform_remote_state` finds the root
    that keeps it; paths are dotted, as of ``Attributes``."""

    source: SourceKey
    """What says so."""
    kind: str = field(default="", name="as")
    """The backend that reads it: `remote` reads what a `cloud` block keeps."""
    at: tuple[str, ...] = ()
    """Arguments that must be known and equal."""
    apart: tuple[str, ...] = ()
    """Arguments that tell states apart where both are known."""
    path: str
    """Where the state of the default workspace lies, `{name}` being an argument."""
    workspaces: str = ""
    """Where that of another workspace lies, `{workspace}` being its name."""
    defaults: Mapping[str, str] = field(default_factory=dict)
    """What arguments are where nobody writes them."""
    read_by: Mapping[str, StateReader] = field(default_factory=dict)
    """Data sources of other plug-ins that read it."""
    beside_code: bool = False
    """Whether the path is relative to where the root is."""
    across: bool = False
    """Whether what tells its states apart does so everywhere, so that another repository means the same state by it."""


class ClusterHints(Struct, frozen=True):
    """What shows where a cluster is, by where it is written.

    ``provisioners``: those of storage classes, and CSI drivers; ``storage_classes``: names of classes that a provider
    brings; ``node_labels``; ``annotations``; ``ingress_classes``; ``kinds`` of objects; ``fields`` of objects, by kind,
    each with its path. ``reached_by``: plug-ins of other tools whose
    provider block points at a cluster. ``creators``: by type, what makes clusters.
    """

    provisioners: EvidenceTable = field(default_factory=EvidenceTable)
    storage_classes: EvidenceTable = field(default_factory=EvidenceTable)
    node_labels: EvidenceTable = field(default_factory=EvidenceTable)
    annotations: EvidenceTable = field(default_factory=EvidenceTable)
    ingress_classes: EvidenceTable = field(default_factory=EvidenceTable)
    kinds: EvidenceTable = field(default_factory=EvidenceTable)
    fields: Mapping[str, Sequence[tuple[str, EvidenceHint]]] = field(default_factory=dict)
    reached_by: frozenset[str] = frozenset()
    creators: Mapping[str, CreatorHint] = field(default_factory=dict)

    @property
    def hosts(self) -> tuple[str, ...]:
        """The providers at which something shows that a cluster may be, sorted."""
        tables = (self.provisioners, self.node_labels, self.annotations)
        return tuple(
            sorted(
                {
                    name
                    for table in tables
                    for hint in table.hints
                    if hint.nodes
                    for name in hint.providers
                }
            )
        )


SEEN: Final[Mapping[Seen, str]] = {
    "provisioner": "provisioners",
    "storage-class": "storage_classes",
    "node-label": "node_labels",
    "annotation": "annotations",
    "ingress-class": "ingress_classes",
    "kind": "kinds",
}
"""Where evidence is seen, and the table of what is seen there; fields are told by kind."""


def cluster_hints(
    evidence: Iterable[EvidenceHint],
    creators: Iterable[CreatorHint],
    reached_by: Iterable[str],
) -> ClusterHints:
    """The tables of all that shows where clusters are."""
    tables = {name: EvidenceTable() for name in SEEN.values()}
    fields: dict[str, list[tuple[str, EvidenceHint]]] = {}
    for hint in evidence:
        for written in hint.names:
            if hint.seen == "field":
                for kind in hint.on:
                    fields.setdefault(kind, []).append((written, hint))
            else:
                name = SEEN[hint.seen]
                tables[name] = _with(tables[name], written, hint)
    made = {kind: creator for creator in creators for kind in creator.kinds}
    return ClusterHints(
        **tables, fields=fields, reached_by=frozenset(reached_by), creators=made
    )


def _with(table: EvidenceTable, written: str, hint: EvidenceHint) -> EvidenceTable:
    if written.endswith("*"):
        return EvidenceTable(table.exact, (*table.prefixes, (written[:-1], hint)))
    return EvidenceTable(
        {**table.exact, written: (*table.exact.get(written, ()), hint)}, table.prefixes
    )


class Referring(OfTypes, frozen=True, kw_only=True):
    """Where custom resources name other ones that what they carry goes to, in their own namespace unless `anywhere`."""

    path: SomeText
    """Where the name stands; `*`: any index or key."""
    to: SomeText
    """The type of what is named."""
    flow: Literal["backup", "call", "logs"]
    anywhere: bool = False
    back: Yes = False
    """It is a copy of what it names: each carries what the other does."""
    tells: Yes = False
    """What it names, where that is here, is where it is: it has no place of its own."""


class PluginTables(Struct, frozen=True, kw_only=True):
    """What all plug-ins say together, by plug-in or resource type; the catalogue's index has it under ``hints``."""

    plugins: Mapping[str, PluginHints] = field(default_factory=dict)
    """By plug-in id."""
    local_names: Mapping[str, str] = field(default_factory=dict)
    """Implied plug-in id by local name (``aws`` -> ``hashicorp/aws``)."""
    computed: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By resource type, attribute -> the attribute whose value it repeats once applied, or a template of arguments and
    settings of the provider block (``{bucket}.s3.{region}.{}``; ``{}`` isn't known before)."""
    answers_at: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By resource type, the attributes (``status.*.url``) that are addresses at which it answers itself."""
    looks_up: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Data sources that look up one resource of the type that they are called as, with the attributes at which that
    answers."""
    settings_of: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Data source type -> attribute -> setting of the provider block that it repeats; or, for one that is a list
    (``names.*``), the template of each of its elements."""
    sets_variables: Mapping[str, SetsVariable] = field(default_factory=dict)
    """By resource type, how it gives variables of other roots their values."""
    states: Mapping[str, StateHints] = field(default_factory=dict)
    """By backend, how it tells states apart."""
    state_readers: Mapping[str, StateReader] = field(default_factory=dict)
    """By type of data source, what reads one besides Terraform's own."""
    groups: Mapping[str, str] = field(default_factory=dict)
    """Plug-in by API group of Kubernetes; ``*.`` first stands for any group that ends so."""
    renders: Mapping[str, Mapping[str, Rendered]] = field(default_factory=dict)
    """By type, attributes that are a text filled in, or texts put together."""
    pods: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By type of custom resource, the paths at which it holds what a pod's ``spec`` does."""
    own_volumes: frozenset[str] = frozenset()
    """Those whose volumes there aren't a pod's."""
    refers: Mapping[str, tuple[Referring, ...]] = field(default_factory=dict)
    """Which others they name, that what they carry goes to."""
    copies: Mapping[str, tuple[Copying, ...]] = field(default_factory=dict)
    """How custom resources copy what lies in whole namespaces, by their type."""
    passing: Mapping[str, tuple[Passing, ...]] = field(default_factory=dict)
    """What stands in front of services, or copies what they are sent, by its type."""
    serving: Mapping[str, tuple[HostRoutes, ...]] = field(default_factory=dict)
    """What routes host names to services, by its type."""
    parameters: Mapping[str, tuple[Parameters, ...]] = field(default_factory=dict)
    """The parameters of steps, by type of custom resource."""
    agents: tuple[Agent, ...] = ()
    """What labels and annotations of pods switch on."""
    publishing: tuple[Publishing, ...] = ()
    """Programs that make records for what others serve."""
    proxies: tuple[Proxy, ...] = ()
    """Of containers that stand side by side, those in front of others."""
    definitions_alone: tuple[str, ...] = ()
    """Names of charts, as globs, that bring definitions of custom resources alone."""
    no_settings: frozenset[str] = frozenset()
    """Custom resources whose settings say nothing of where data goes, or are read in a way of their own."""
    ruled: frozenset[str] = frozenset()
    """Custom resources of which rules say where they are, and where they send data."""
    kept: Mapping[str, KeptAt] = field(default_factory=dict)
    """By type, where what keeps a secret says what it is."""
    handed_on: HandedOn = field(default_factory=HandedOn)
    """What arguments of modules are for that aren't here to read."""
    block_lists: Mapping[str, str] = field(default_factory=dict)
    """Nested blocks of those that a list of the object stands for: its name by theirs."""


class Hints(PluginTables, frozen=True, kw_only=True):
    """What front ends need to know."""

    registries: tuple[str, ...] = ()
    """Public registries, as the prefix that the address of a plug-in may carry without meaning another one
    (``registry.terraform.io/``)."""
    namespace: str = ""
    """The namespace of an address that names none (``aws``, or a local name that nothing declares), empty where the
    catalogue has none."""
    modules: RegistryModules = NO_MODULES
    """What published modules make whose code isn't here."""
    charts: ChartHints = NO_CHARTS
    """What values of Helm charts mean."""
    signatures: Signatures = field(default_factory=lambda: Signatures(()))
    """What settings by their names say of where data goes."""
    commands: Commands = field(default_factory=Commands)
    """What command lines of programs do."""
    deployments: Commands = field(default_factory=Commands)
    """What those do that put software where it runs."""
    outlets: Outlets = field(default_factory=dict)
    """By tool, what the outlets of pipelines do with data."""
    clusters: ClusterHints = field(default_factory=ClusterHints)
    """What shows where a cluster is."""
    formats: Formats = field(default_factory=Formats)
    """Configuration files and what they prove."""
    unread: UnreadKinds = field(default_factory=lambda: UnreadKinds({}))
    """Kinds of files that nobody reads."""
    developers: DevelopersFiles = NO_DEVELOPERS
    """Which files are there for developers."""
    workloads: Mapping[str, Workloads] = field(default_factory=dict)
    """By resource type, where it keeps the settings and the command lines of what runs."""
    applied: Mapping[str, Applied] = field(default_factory=dict)
    """By resource type, how it declares an object of a cluster."""
    installs: Mapping[str, InstalledChart] = field(default_factory=dict)
    """By resource type, how it installs a chart."""

    def brings_definitions_alone(self, charts: Sequence[str]) -> bool:
        """Whether charts are there, and each brings definitions of custom resources alone."""
        return bool(charts) and all(
            any(fnmatchcase(chart, each) for each in self.definitions_alone)
            for chart in charts
        )

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
