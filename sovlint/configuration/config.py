"""What a configuration says, whoever reads it: ``Config``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field

from sovlint.configuration.class_rules import UNUSED_ADDRESS, UNUSED_PATH
from sovlint.files import globs
from sovlint.files.globs import InUse, Subject
from sovlint.files.walk import Exclude, nothing_excluded
from sovlint.model.attestation import Attestation
from sovlint.model.classrules import ClassRules
from sovlint.model.exception import Waiver
from sovlint.model.house import OwnHosts
from sovlint.model.inputs import Cluster, ReadOptions, RootOption
from sovlint.model.organisation import Organisation
from sovlint.model.request import POLICY_SET as POLICY_SET
from sovlint.model.resources.reading import Remark
from sovlint.model.source import Span

if TYPE_CHECKING:
    pass


class Config(Struct, frozen=True):
    """What the configuration says; ``None`` or empty where it doesn't.

    ``policy_set``: a name, or the absolute path of a file. ``policies``, ``catalog``: absolute paths that exist.
    ``exclude`` is told paths relative to the git root, folders with a ``/`` at their end. ``saas``: inventories,
    relative to the git root. ``waivers`` are those written in it and in the ``waiver_files`` (absolute) that it names;
    ``baseline`` is an absolute path. ``class_words``: every data class named, and where: only the catalogue knows which
    exist. ``globs_in_use``: the globs that are there to match something.
    """

    path: Path | None = None
    policy_set: str | None = None
    policies: tuple[Path, ...] = ()
    catalog: tuple[Path, ...] = ()
    hds_scope: str | None = None
    require_sources: bool = False
    min_classified: int | str | None = None
    """A share in percent, or ``RATCHET``."""
    data: ClassRules = field(default_factory=ClassRules)
    clusters: tuple[Cluster, ...] = ()
    hosts: tuple[OwnHosts, ...] = ()
    variables: Mapping[str, str] = field(default_factory=dict)
    roots: tuple[RootOption, ...] = ()
    attestations: tuple[Attestation, ...] = ()
    exclude: Exclude = nothing_excluded
    saas: tuple[str, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    waiver_files: tuple[Path, ...] = ()
    baseline: Path | None = None
    class_words: tuple[tuple[str, Span], ...] = ()
    globs_in_use: tuple[InUse, ...] = ()
    variables_at: Span | None = None
    """Where ``variables`` stand."""
    environment: Mapping[str, str] = field(default_factory=dict)
    """Variables of the environment in which Terragrunt is run."""
    environment_at: Span | None = None
    """Where they stand."""
    organisation: Organisation | None = None
    """What it states of whose repository this is."""
    keys: Mapping[str, Span] = field(default_factory=dict)
    """Where its keys stand, by the path to them (``terraform.vars``): its first ones, and those below."""
    exclude_local: Span | None = None
    """Where it says that files for developers alone are left out; ``None`` where it doesn't."""

    def read_options(
        self,
        variables: Mapping[str, str],
        variable_files: tuple[str, ...],
        exclude_local: bool = False,
        environment: Mapping[str, str] | None = None,
    ) -> ReadOptions:
        """What bears on reading; ``variables`` (``--var``) and the ``environment`` (``--env``) win over those of the
        configuration."""
        return ReadOptions(
            {**self.variables, **variables},
            variable_files,
            self.roots,
            self.clusters,
            self.saas,
            self.data.keys,
            self._naming(UNUSED_PATH),
            self._naming(UNUSED_ADDRESS),
            exclude_local,
            environment={**self.environment, **(environment or {})},
        )

    def _naming(self, key: str) -> tuple[globs.Matches, ...]:
        """What the globs match that are told by ``key`` where they match nothing, but for those that name nothing."""
        return tuple(
            each.matches
            for each in self.globs_in_use
            if each.key == key and globs.names_something(each.glob)
        )

    def unused(
        self,
        paths: Sequence[str],
        addresses: Sequence[str] = (),
        excluded: Sequence[str] = (),
    ) -> Iterator[Remark]:
        """A remark for each glob that matches nothing.

        ``paths``: all files, relative to the git root; ``addresses``: those of all resources; ``excluded``: files and
        folders that were left out.
        """
        there = {
            Subject.FILES: paths,
            Subject.FOLDERS: sorted({path.rpartition("/")[0] for path in paths}),
            Subject.ADDRESSES: addresses,
            Subject.EXCLUDED: excluded,
            Subject.FILES_OR_ADDRESSES: (*paths, *addresses),
        }
        yield from globs.unused(self.globs_in_use, there)
