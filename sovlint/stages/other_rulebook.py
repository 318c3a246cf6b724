"""The rules of another revision, applied to the files of this one: what a change says of itself doesn't decide.

What judges comes from the revision: policies, sets, overlays, waivers, baseline, attestations, `exclude`, and what
says which data class something has: any of it can lower, as whatever is declared isn't assumed. A class that the change
assumes counts where the revision assumes none. What says where things are counts for folders that only the change has.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from msgspec.structs import replace

from sovlint.configuration.config import Config
from sovlint.exceptions.renames import covering
from sovlint.files.globs import Matches
from sovlint.files.paths import upwards
from sovlint.model.inputs import Cluster, RootOption
from sovlint.stages.run import Run


def by_rules_of(
    theirs: Run, own: Run, root: Path, there: Collection[str], renames: Mapping[str, str]
) -> Run:
    """The run of the files at ``root`` by the rules of ``theirs``.

    ``own`` is the run by what the change says, on the same files; ``there`` are the paths of the revision compared
    with, ``renames`` those that have another name since.
    """
    config = _joined(theirs.config, own.config, _only_here(there))
    inventories = (
        path for path in (*theirs.config.saas, *own.config.saas) if (root / path).is_file()
    )
    config = replace(
        config,
        saas=tuple(dict.fromkeys(inventories)),
        path=own.config.path,
        waivers=covering(config.waivers, renames),
        attestations=covering(config.attestations, renames),
    )
    request = replace(
        theirs.request,
        paths=own.request.paths,
        var_file=own.request.var_file,
        no_config=own.request.no_config,
        assume=theirs.request.assume or own.request.assume,
        diff_base=None,
        rules_from=None,
    )
    return Run(request, config, theirs.baseline, offers=own.offers)


def _only_here(there: Collection[str]) -> Matches:
    """Whether a folder is one that the revision doesn't have."""
    folders = {folder for path in there for folder in upwards(path.rpartition("/")[0])}
    return lambda folder: bool(folder) and folder not in folders


def _joined(theirs: Config, own: Config, only_here: Matches) -> Config:
    return replace(
        theirs,
        data=replace(theirs.data, assume=theirs.data.assume or own.data.assume),
        clusters=(*theirs.clusters, *(_cluster(each, only_here) for each in own.clusters)),
        roots=(*theirs.roots, *(_root(each, only_here) for each in own.roots)),
    )


def _cluster(each: Cluster, only_here: Matches) -> Cluster:
    matches = each.matches
    return replace(
        each, matches=lambda path: only_here(path.rpartition("/")[0]) and matches(path)
    )


def _root(each: RootOption, only_here: Matches) -> RootOption:
    matches = each.matches
    return replace(each, matches=lambda folder: only_here(folder) and matches(folder))
