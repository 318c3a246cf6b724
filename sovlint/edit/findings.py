"""What a report of facts leaves open, for ``init`` to ask: guessed classes, places not named, folders not called."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Final

from msgspec import Struct

from sovlint.edit.quoting import exactly, under
from sovlint.model.findings.finding import Report
from sovlint.model.placement import How, Placement
from sovlint.model.redaction.redact import HIDDEN
from sovlint.model.resources.reading import UnlistedValues
from sovlint.model.resources.resource import Resource
from sovlint.model.value import Known, Unknown, UnknownKind, is_proved

TERRAFORM: Final = "terraform"

CALLED: Final = frozenset({"module", "modules"})
"""A folder below one of these is there to be called, whoever does."""

TRIALS: Final = frozenset({"example", "examples", "test", "tests"})
"""Folders at the top that hold samples, as a rule."""


def roots(report: Report) -> list[str]:
    """The Terraform roots that declare something, libraries left out."""
    found = {each.root or "." for each in _terraform(report) if not each.library}
    return sorted(found)


def libraries(report: Report) -> list[str]:
    """Folders taken for libraries that are probably applied: they don't lie where modules or samples do."""
    found = {each.root or "" for each in _terraform(report) if each.library}
    return sorted(
        folder
        for folder in found
        if CALLED.isdisjoint(folder.split("/")) and not _on_trial(folder)
    )


def unlisted_values(report: Report) -> list[UnlistedValues]:
    """Roots with values that nothing names: files, and those of them that pipelines hand over."""
    found = (remark for remark in report.remarks if isinstance(remark, UnlistedValues))
    named = (remark for remark in found if remark.files or remark.shown)
    return sorted(named, key=lambda remark: remark.root)


_CALLED: Final = "called"


class ClusterQuestion(Struct, frozen=True):
    """A cluster of which nothing proves where it runs: globs of the folders that land on it, what deployers call it, and
    the place that hints show, where all of them agree."""

    paths: tuple[str, ...]
    destination: str = ""
    provider: str = ""
    region: str = ""


def clusters_to_ask(report: Report) -> list[ClusterQuestion]:
    """The clusters of which nothing proves where they run, each once: what one deployer applies lands on one. Of folders
    only the outermost of each tree is named. Those of which hints show something come first."""
    found = [each.resource for each in report.placed if _without_cluster(each.resource)]
    found = [each for each in found if not _on_trial(each.span.path)]
    of_compose = {each.span.path for each in found if _is_project(each) and not each.local}
    found = [each for each in found if not _is_project(each)]
    folders = {_declared_by(each): posixpath.splitext(each.span.path)[1] for each in found}
    asked: dict[tuple[str, ...], set[str]] = {}
    hinted: dict[tuple[str, ...], set[tuple[str, str]]] = {}
    for each in found:
        folder = _outermost(_declared_by(each), folders)
        for cluster in _clusters_of(each, folders) or [(folder,)]:
            asked.setdefault(cluster, set()).add(folder)
            hinted.setdefault(cluster, set()).add(_hinted(each))
    questions = [
        ClusterQuestion(
            tuple(under(folder, folders[folder]) for folder in sorted(inside)),
            cluster[1] if cluster[0] == _CALLED else "",
            *(hinted[cluster].pop() if len(hinted[cluster]) == 1 else ()),
        )
        for cluster, inside in asked.items()
    ]
    questions += [ClusterQuestion((exactly(path),)) for path in of_compose]
    return sorted(
        questions, key=lambda each: (not each.provider, each.paths, each.destination)
    )


def _hinted(resource: Resource) -> tuple[str, str]:
    """Provider and region that mere hints show of a cluster; empty where none does."""
    facts = (resource.named.provider, resource.named.region) if resource.named else ()
    known = [
        str(value) if isinstance(fact, Known) and (value := fact.value) else ""
        for fact in facts
    ]
    return known[0], known[1]


def _declared_by(resource: Resource) -> str:
    """The folder for which a cluster is declared that something lands on: that of the kustomization, or of the chart,
    since several may be made of one file; else the file's own."""
    return posixpath.dirname(resource.span.path) if resource.root is None else resource.root


def _clusters_of(resource: Resource, folders: Collection[str]) -> list[tuple[str, ...]]:
    """What tells the clusters that something may be on: what each is called, else the folders from which they are told
    what they run."""
    landings = resource.named.asked if resource.named else ()
    called: list[tuple[str, ...]] = [
        (_CALLED, each.called[0]) for each in landings if each.called
    ]
    starts = sorted({_outermost(each.folder, folders) for each in landings})
    return called or ([tuple(starts)] if starts else [])


def _outermost(folder: str, folders: Collection[str]) -> str:
    """The outermost of several folders that one lies in; itself, where it lies in none."""
    above = [each for each in folders if each and f"{folder}/".startswith(f"{each}/")]
    return min(above, key=len, default=folder)


def unlisted_hosts(report: Report, kind: UnknownKind) -> list[str]:
    """The hosts at which nobody knows who answers, those of the repository's own domains or the others, one for each
    placement there; samples left out."""
    facts = (
        placement.provider
        for each in report.placed
        if not _on_trial(each.resource.span.path)
        for placement in each.placements
    )
    unknown = (fact for fact in facts if isinstance(fact, Unknown) and fact.kind is kind)
    return [fact.host for fact in unknown if fact.host]


class ClassQuestion(Struct, frozen=True):
    """A guess to confirm: a glob, the data class that names in it suggest, and these names. ``is_declared_beside``:
    whether something else there declares it."""

    glob: str
    data_class: str
    names: tuple[str, ...]
    is_declared_beside: bool = False


def questions(report: Report) -> list[ClassQuestion]:
    """Guesses to confirm."""
    found: dict[tuple[str, str], dict[str, None]] = {}
    declared: set[tuple[str, str]] = set()
    for each in report.placed:
        path = each.resource.span.path
        glob = under(posixpath.dirname(path), posixpath.splitext(path)[1])
        for claim in each.classes.claims:
            key = (glob, claim.data_class)
            if claim.how is How.DECLARED:
                declared.add(key)
            elif claim.how is How.INFERRED and claim.because and not _on_trial(path):
                name = claim.because.note.params.get("name", each.resource.address)
                found.setdefault(key, {})[str(name)] = None
    return [
        ClassQuestion(*key, tuple(names), key in declared)
        for key, names in sorted(found.items())
    ]


def strange_words(report: Report) -> list[str]:
    """Words in the tags that declare a class, and that mean nothing here."""
    return sorted(
        {word for each in report.placed for word, _ in each.classes.strange} - {HIDDEN}
    )


def attestable(report: Report) -> Mapping[tuple[str, str], list[str]]:
    """Qualification and provider -> regions where an attestation would fill what isn't known, the most frequent first.

    A qualification that the provider isn't known to offer at all is left out: there may be nothing to attest.
    """
    counts: Counter[tuple[str, str]] = Counter()
    places: dict[tuple[str, str], set[str]] = {}
    for placement in (
        placement
        for each in report.placed
        if not each.is_config
        for placement in each.placements
    ):
        for name in _to_attest(placement):
            assert isinstance(placement.provider, Known)
            key = (name, placement.provider.value)
            counts[key] += 1
            region = placement.region
            places.setdefault(key, set()).update(
                [region.value] if isinstance(region, Known) else ()
            )
    return {key: sorted(places[key]) for key, _ in counts.most_common()}


def trial_folders(report: Report) -> list[str]:
    """Folders at the top that hold samples or tests, and something that is declared."""
    return sorted({path.split("/")[0] for path in _paths(report) if _on_trial(path)})


def _paths(report: Report) -> Iterable[str]:
    return (each.resource.span.path for each in report.placed)


def _on_trial(path: str) -> bool:
    """Whether it lies among samples: about these the one question is whether to leave them out."""
    return path.split("/")[0] in TRIALS


def _terraform(report: Report) -> Iterable[Resource]:
    return (each.resource for each in report.placed if each.resource.front_end == TERRAFORM)


def _without_cluster(resource: Resource) -> bool:
    """Whether the cluster of a manifest isn't declared, and nothing else proves where it is."""
    provider = resource.named.provider if resource.named else None
    if isinstance(provider, Unknown):
        return provider.kind is UnknownKind.CLUSTER_UNDECLARED or _is_project(resource)
    return provider is not None and not is_proved(provider)


def _is_project(resource: Resource) -> bool:
    """Whether it is a service of Compose of which nothing says where it runs."""
    provider = resource.named.provider if resource.named else None
    return isinstance(provider, Unknown) and provider.kind is UnknownKind.PROJECT_UNDECLARED


def _to_attest(placement: Placement) -> Iterable[str]:
    """The qualifications that wait for a contract alone."""
    for holding in placement.holdings if isinstance(placement.provider, Known) else ():
        if holding.waits_for is not None and holding.waits_for.is_contract:
            yield holding.name
