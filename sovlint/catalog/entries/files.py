"""The keys of the catalogue's files, by their kind: entries by id, or the one thing that a file is about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Final

from msgspec import Meta, Struct, defstruct, field

from sovlint.catalog.entries.companies import (
    EntitiesFile,
    JurisdictionsFile,
    ProviderFile,
    SaidBy,
)
from sovlint.catalog.entries.data_classes import DataClass, ImageEntry, KindEntry, WrittenTerm
from sovlint.catalog.entries.plugins import PluginFile
from sovlint.catalog.entries.qualifications import SchemeFile
from sovlint.catalog.entries.sources import FileKeys
from sovlint.catalog.hosts import TAKES_NOTHING
from sovlint.catalog.instances import Instances
from sovlint.model.decoding import Day, EntryId, ProviderId, SomeText, SourceKey, Texts, Yes
from sovlint.model.landing import CreatorHint, EvidenceHint
from sovlint.model.placement import ROLES
from sovlint.model.text import Bilingual
from sovlint.rules.cluster.charts import Keeping, KeptElsewhere, KnownChart, Sending
from sovlint.rules.commands.command import CommandRule
from sovlint.rules.developers import Developers
from sovlint.rules.files.configuration import Format
from sovlint.rules.files.outlet import OutletTool
from sovlint.rules.files.task import Task
from sovlint.rules.names.signature import Signature
from sovlint.rules.own_hosts import OwnHostsRule
from sovlint.rules.registry_modules import RegistryModule
from sovlint.rules.values.value_kinds import ValueKind

WrittenHost = Annotated[
    SomeText,
    Meta(
        description="Labels; `*` is exactly one, `**` (first only) one or more, `{region}` a label or a part of one."
    ),
]

Takes = Annotated[str, Meta(extra_json_schema={"enum": [*ROLES, TAKES_NOTHING]})]


ModuleAddress = Annotated[
    str,
    Meta(
        pattern=r"^[A-Za-z0-9_-]+/[A-Za-z0-9_-]+/[a-z0-9]+(//[A-Za-z0-9_./-]+)?$",
        description="As a call names it, without the registry: `<namespace>/<name>/<system>//modules/<folder>`.",
    ),
]


class WrittenEndpoint(Struct, frozen=True, kw_only=True):
    """Hosts, and who answers there."""

    host: WrittenHost
    provider: ProviderId
    service: SomeText = ""
    region: SomeText = ""
    """The region that all of these hosts lie in, where no label names it; `global` for none."""
    takes: Takes = ""
    """Which part data plays that is sent there, where the kind of the service doesn't say so; `nothing`: what is
    reached there only manages the service."""
    source: SourceKey


class WrittenNoPlacement(Struct, frozen=True, kw_only=True):
    """Hosts where no data lands."""

    host: WrittenHost
    source: SourceKey


class WrittenNamespace(Struct, frozen=True):
    """The namespace of an address that names none."""

    name: SomeText
    source: SourceKey


class WrittenList(Struct, frozen=True):
    """Words, or patterns."""

    list: Texts
    source: SourceKey


PassedOver = Annotated[
    str,
    Meta(
        extra_json_schema={
            "enum": [
                "folders",
                "templates",
                "tests",
                "placeholders",
                "references",
                "switches",
                "starters",
                "of_tests",
                "environments",
                "published",
                "source_sets",
                "keys",
                "cluster_words",
            ]
        },
    ),
]


AddressNameList = Annotated[str, Meta(extra_json_schema={"enum": [
    "address", "form", "shown", "served", "own", "identifier", "tests", "results", "credential",
    "house", "begins", "watching", "data", "data_over", "sends", "sends_over",
    "site", "frameworks", "callback", "login", "received", "zone", "machine", "pages", "services", "switches",
    "open_data", "public_data", "public_bodies", "placeholders", "mocks",
    "canonical", "canonical_paths", "identified_below",
    "else_above", "else_begins", "else_but", "else_ends", "else_names", "else_within",
]})]  # fmt: skip


class WrittenHead(Struct, frozen=True, kw_only=True):
    """How files of a kind begin: all of it stands there."""

    texts: Texts = ()
    """Texts, wherever they stand."""
    keys: Texts = ()
    """Outermost keys of YAML or JSON."""
    line: SomeText = ""
    """A pattern of how one of its lines begins, besides."""
    yaml: Yes = False
    """It is never JSON, nor YAML in braces."""
    positive: Texts
    """Beginnings of files that are of the kind."""
    negative: Texts = ()
    """Beginnings of files that aren't."""


class WrittenUnread(Struct, frozen=True, kw_only=True):
    """A kind of files that nobody reads."""

    title: Bilingual
    """What people call the kind."""
    files: tuple[Annotated[str, Meta(pattern="^([^*]+/|[*]{2}/)*([*][.])?[^*/]+$")], ...]
    """Globs: a name, or `*.` and an ending, perhaps below folders (`/**/`: any). None where a front end tells the kind
    by what stands in a file."""
    only_named: Yes = False
    """Whether such files count only where `data.paths` names them: most of them are no infrastructure."""
    counted: Yes = False
    """Whether only their number is told, by the ends of their names: application code, of which there is much."""
    declares: Yes = False
    """Whether such files declare infrastructure: a run that places and judges nothing beside them isn't clean."""
    form: SomeText = ""
    """A pattern in the first kilobyte, by which a file of any name is of the kind where `data.paths` names it."""
    in_folder: SomeText = ""
    """A pattern of a line by which one runs the folder of Terraform's that it lies in."""
    heads: tuple[WrittenHead, ...] = ()
    """How files of YAML and JSON begin that are of the kind, whatever they are called."""
    source: SourceKey
    positive: Texts
    """Paths of files that are of the kind."""
    negative: Texts
    """Paths of files that aren't."""


class EndpointsFile(FileKeys, frozen=True, kw_only=True):
    """Hosts."""

    endpoints: tuple[WrittenEndpoint, ...]
    shown: WrittenList | None = None
    """Labels under which companies show themselves, right below their domain: a host there takes no data by itself.
    An overlay says nothing of it."""
    not_placements: tuple[WrittenNoPlacement, ...] = ()
    """Hosts where no data lands: documentation, schemas, issue trackers, pages of packages."""


class RegistriesFile(FileKeys, frozen=True, kw_only=True):
    """Registries of plug-ins."""

    registries: Mapping[Annotated[str, Meta(pattern=r"^[a-z0-9-]+(\.[a-z0-9-]+)+$")], SaidBy]
    """Hosts that may stand before the address of a plug-in without changing which one is meant."""
    namespace: WrittenNamespace | None = None


Services = Annotated[
    tuple[SomeText, ...],
    Meta(min_length=1, description="Ids of services; `*`: all that aren't listed."),
]


class Ended(Struct, frozen=True, kw_only=True):
    """That a provider has ended a service."""

    on: Day
    """The day from which nobody can use it."""
    source: SourceKey


class ServicesFile(FileKeys, frozen=True, kw_only=True):
    """Which services there are, and of which kinds."""

    source: SourceKey
    like: Mapping[str, ProviderId] = field(default_factory=dict)
    """Provider -> the one whose services go by the same names and are of the same kinds."""
    called: Mapping[str, Mapping[str, SomeText]] = field(default_factory=dict)
    """By provider, names by which people know services -> their ids."""
    ended: Mapping[ProviderId, Annotated[Mapping[EntryId, Ended], Meta(min_length=1)]] = (
        field(default_factory=dict)
    )
    """By provider, services that it has ended: no finding names them as what could take another's place."""
    services: Mapping[str, Annotated[Mapping[EntryId, Services], Meta(min_length=1)]]
    """By provider (`*`: whoever it is), the services of each kind; `none`: those whose place no other takes."""


class ChartsFile(FileKeys, frozen=True, kw_only=True):
    """What values of Helm charts mean."""

    keeps: Mapping[EntryId, Keeping] = field(default_factory=dict)
    sends: Mapping[EntryId, Sending] = field(default_factory=dict)
    elsewhere: Mapping[EntryId, KeptElsewhere] = field(default_factory=dict)
    charts: Mapping[EntryId, KnownChart] = field(default_factory=dict)
    """Published charts, by an id of their own."""


_OF_ONE_SECTION: Final[Mapping[str, tuple[Any, str]]] = {
    "classes": (Mapping[EntryId, DataClass], "Data classes."),
    "lexicon": (tuple[WrittenTerm, ...], "Terms that suggest a data class."),
    "images": (tuple[ImageEntry, ...], "Container images of which is known what they keep."),
    "signatures": (
        Mapping[EntryId, Signature],
        "What settings by their names prove of where data goes.",
    ),
    "values": (
        Mapping[EntryId, ValueKind],
        "What values of settings can only be, whatever they are called.",
    ),
    "address_names": (
        Mapping[AddressNameList, WrittenList],
        "Words of names that say what an address in a setting is there for.",
    ),
    "commands": (
        Mapping[EntryId, CommandRule],
        "What commands of programs say of where data goes.",
    ),
    "deployments": (
        Mapping[EntryId, CommandRule],
        "Command lines that put software where it runs or is kept, for the scripts of pipelines.",
    ),
    "tasks": (
        Mapping[EntryId, Task],
        "Actions that steps of pipelines use, and what they prove of where software is deployed.",
    ),
    "pipelines": (
        Mapping[EntryId, OutletTool],
        "Where outlets of pipelines send data to, by tool and type.",
    ),
    "formats": (
        Mapping[EntryId, Format],
        "Configuration files that say where data goes: which are read, how, and what they prove.",
    ),
    "instances": (
        Mapping[EntryId, Instances],
        "How instances of a service are called otherwise than by a host.",
    ),
    "own_hosts": (
        Mapping[EntryId, OwnHostsRule],
        "Where a repository says at which hosts it answers itself, and which domains it manages.",
    ),
    "passed_over": (
        Mapping[PassedOver, WrittenList],
        "What is no evidence wherever it stands in a configuration file.",
    ),
    "unread": (
        Mapping[EntryId, WrittenUnread],
        "Kinds of files that say where software runs or data goes and that nobody reads; counted by name or head.",
    ),
    "developers": (
        Mapping[EntryId, Developers],
        "Which files are there for developers, by their names, and what puts one on a server.",
    ),
    "kinds": (
        Mapping[
            Annotated[EntryId, Meta(extra_json_schema={"not": {"const": "none"}})], KindEntry
        ],
        "Kinds of services: those of one kind can take each other's place.",
    ),
    "modules": (
        Mapping[ModuleAddress, RegistryModule],
        "Published modules of Terraform: what they make, for calls of those whose code isn't here.",
    ),
    "evidence": (
        Mapping[EntryId, EvidenceHint],
        "What shows where a Kubernetes cluster is, by id.",
    ),
    "creators": (
        Mapping[EntryId, CreatorHint],
        "Custom resources that make clusters, by id.",
    ),
}
"""Kinds of files that have one section, and what it holds. It is called like them unless ``_CALLED`` says otherwise."""
_CALLED: Final = {"lexicon": "terms"}


def _file(kind: str, entries: Any, text: str) -> type[Struct]:
    """The type of files that have one section."""
    section = _CALLED.get(kind, kind)
    return defstruct(
        kind,
        [(section, entries)],
        bases=(FileKeys,),
        kw_only=True,
        namespace={"__doc__": text},
    )


FILES: Final[Mapping[str, type[Struct]]] = {
    "jurisdictions": JurisdictionsFile,
    "entities": EntitiesFile,
    "endpoints": EndpointsFile,
    "registries": RegistriesFile,
    **{kind: _file(kind, *told) for kind, told in _OF_ONE_SECTION.items()},
    "services": ServicesFile,
    "charts": ChartsFile,
    "provider": ProviderFile,
    "scheme": SchemeFile,
    "plugin": PluginFile,
}
"""The keys of files by their kind."""
