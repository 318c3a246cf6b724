"""What front ends need to know of the catalogue, drawn from its index."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeVar

from msgspec.structs import asdict

from sovlint.catalog.compiling.written_data import Data
from sovlint.model.decoding import DecodedEntries, LateEntries, decode
from sovlint.model.landing import CreatorHint, EvidenceHint
from sovlint.model.unread import UnreadKinds
from sovlint.rules.cluster.charts import (
    ChartHints,
    Keeping,
    KeptElsewhere,
    KnownChart,
    Sending,
)
from sovlint.rules.commands.command import CommandRule
from sovlint.rules.commands.commands import Commands
from sovlint.rules.developers import Developers, DevelopersFiles
from sovlint.rules.files.formats import Formats
from sovlint.rules.files.outlet import OutletTool
from sovlint.rules.hints import ClusterHints, Hints, PluginTables, cluster_hints
from sovlint.rules.names.passed_over import PassedOverValues
from sovlint.rules.names.signature import Signature
from sovlint.rules.names.signatures import Signatures
from sovlint.rules.registry_modules import RegistryModule, RegistryModules
from sovlint.rules.workload import Applied, InstalledChart, Workloads

if TYPE_CHECKING:
    from sovlint.rules.values.by_value import ByValue

T = TypeVar("T")


def hints(
    index: Data, registries: Sequence[str], clusters: ClusterHints, unread: UnreadKinds
) -> Hints:
    """All of it; ``registries``: public ones, as prefixes of addresses."""
    tables = index["hints"]
    signatures = _recogniser(index)
    commands = Commands(LateEntries(CommandRule, index, "commands"), signatures)
    return Hints(
        **asdict(decode(PluginTables, tables)),
        charts=ChartHints(
            LateEntries(Keeping, index, "keeps"),
            LateEntries(KnownChart, index, "charts"),
            LateEntries(Sending, index, "sends"),
            LateEntries(KeptElsewhere, index, "elsewhere"),
        ),
        modules=RegistryModules(
            DecodedEntries(RegistryModule, index["modules"]), index["module_names"]
        ),
        signatures=signatures,
        commands=commands,
        deployments=Commands(
            LateEntries(CommandRule, index, "deployments"), signatures, commands
        ),
        outlets=DecodedEntries(OutletTool, index["pipelines"]),
        clusters=clusters,
        formats=Formats(index["formats"], index["passed_over"], index["tasks"]),
        unread=unread,
        developers=DevelopersFiles(LateEntries(Developers, index, "developers")),
        workloads=DecodedEntries(Workloads, index["workloads"]),
        applied=DecodedEntries(Applied, tables["objects"]),
        installs=DecodedEntries(InstalledChart, tables["installs"]),
        registries=tuple(registries),
        namespace=index["namespace"].get("name", ""),
    )


def _recogniser(index: Data) -> Signatures:
    """What settings say of where data goes, by their names and by their values."""

    def by_value() -> ByValue:
        # Imported late: 0.005 s.
        from sovlint.rules.values.address_names import AddressNames
        from sovlint.rules.values.by_value import ByValue
        from sovlint.rules.values.value_kinds import ValueKind, ValueKinds

        kinds = ValueKinds(LateEntries(ValueKind, index, "values"))
        return ByValue(kinds, AddressNames(index["address_names"]))

    listed = index["passed_over"]
    passed_over = PassedOverValues(
        "|".join(
            each
            for key in ("placeholders", "keys")
            for each in listed.get(key, {}).get("list", ())
        ),
        "|".join(listed.get("references", {}).get("list", ())),
    )
    return Signatures(LateEntries(Signature, index, "signatures"), by_value, passed_over)


def clusters(index: Data) -> ClusterHints:
    """What shows where a cluster is."""
    evidence, creators = (
        entries(index, EvidenceHint, "evidence"),
        entries(index, CreatorHint, "creators"),
    )
    return cluster_hints(evidence, creators, index["hints"]["reached_by"])


def entries(index: Data, kind: type[T], section: str) -> list[T]:
    """All entries of a section that name no sources to people."""
    return list(DecodedEntries(kind, index[section]).values())
