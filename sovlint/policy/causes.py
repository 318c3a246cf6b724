"""What an unproven finding waits for: the unknown fact that left it open, as something that others may wait for too.

Facts are told apart by reason and kind. What nothing but one resource can say is a cause of that resource alone.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from sovlint.model.attestation import CONTROL, COUNTRY
from sovlint.model.findings.cause import Cause, CauseKind
from sovlint.model.placement import GLOBAL_REGION, Holding, Placement, ShownBy
from sovlint.model.redaction.redact import mask
from sovlint.model.resources.resource import Resource
from sovlint.model.text import Note
from sovlint.model.value import Fact, Known, Reason, Unknown, UnknownKind
from sovlint.policy import phrases
from sovlint.policy.requirements.leaf import CLAIMS
from sovlint.rules.domains import registrable

SAAS: Final = "saas"
"""The front end of inventories."""

OWN_DOMAINS: Final = "hosts"
"""What the one question about all domains of a repository's own is called."""

_IN_ROOT: Final = {
    Reason.UNSET_VARIABLE: CauseKind.VARIABLE,
    Reason.CALLER_NOT_IN_REPO: CauseKind.CALLER,
    Reason.COMPUTED_AT_APPLY: CauseKind.COMPUTED,
}
"""Reasons whose culprit has a name that means one thing within a root."""


def common(causes: Iterable[Cause | None]) -> Cause | None:
    """The one of ``causes`` that all of them are; ``None`` where there are several, or some isn't known."""
    found = {each.id if each else "": each for each in causes}
    return found.popitem()[1] if len(found) == 1 else None


def of_fact(
    unknown: Unknown, resource: Resource, placement: Placement | None = None
) -> Cause:
    """What a fact of a resource, or of one of its placements, waits for."""
    unknown = unknown.but(said="")
    if unknown.sensitive or any(member.sensitive for member in unknown.among or ()):
        return _of_itself(unknown, resource, placement)
    of_kind = _OF_KIND.get(unknown.kind) if unknown.kind is not None else None
    if of_kind is not None:
        return of_kind(unknown, resource, placement)
    if unknown.reason is Reason.REMOTE_MODULE and unknown.detail:
        return of_module(unknown, resource)
    in_root = _in_root(unknown, resource)
    if in_root is not None:
        return _named(in_root[0], f"{_folder(resource) or '.'}:{in_root[1]}", unknown.why())
    if resource.front_end == SAAS:
        return _named(CauseKind.INVENTORY, _entry(resource), unknown.why())
    if _is_region(unknown, placement) and unknown.reason is Reason.NOT_IN_CATALOGUE:
        return _named(
            CauseKind.REGION, f"{_provider(placement)}/{unknown.detail}", unknown.why()
        )
    return _of_itself(unknown, resource, placement)


def of_doubt(doubt: Unknown, resource: Resource, placement: Placement) -> Cause:
    """What it waits for that something exists of which it is known that it doesn't comply: told apart from what waits
    for the same thing and may comply."""
    found = of_fact(doubt, resource, placement)
    why = Note("policy.waits-for-creation", {"why": found.why})
    if not found.shared:
        return _named(found.kind, found.name, why)
    return _named(CauseKind.CREATED, found.id, why)


def of_holding(holding: Holding, resource: Resource, placement: Placement) -> Cause | None:
    """What a qualification that isn't known waits for: whoever worked it out may say so, else its place does."""
    if holding.waits_for is not None or not isinstance(holding.held, Unknown):
        return holding.waits_for
    provider, region, held = placement.provider, placement.region, holding.held
    if isinstance(provider, Unknown):
        return of_fact(provider, resource, placement)
    differs = held.reason is Reason.MULTI_VALUED  # from one region that it may be to another
    if isinstance(region, Unknown) and (differs or held.cause == region.cause):
        return of_fact(region, resource, placement)
    if _is_nowhere(placement) and isinstance(placement.service, Known):
        return _place(held, resource, placement)
    return of_fact(held, resource, placement)


def of_source(evidence: ShownBy, placement: Placement) -> Cause | None:
    """What a fact waits for of which nobody read a source, where one is required."""
    (fact,) = phrases.unsourced([evidence], placement)
    if fact.params.get("about") is None:
        return None
    claim = CLAIMS.get(evidence.shows, "")
    why = Note("policy.waits-for-source", {"fact": fact})
    provider = _provider(placement) if claim else ""
    name = f"{evidence.shows}/{evidence.about}"
    return _named(CauseKind.SOURCE, f"{provider}/{name}" if provider else name, why, claim)


def of_module(unknown: Unknown, resource: Resource) -> Cause:
    """A module that isn't here: by its source, or by the path at which there is none."""
    name = unknown.detail
    if unknown.note is not None:  # a path: what it means depends on where it stands
        name = posixpath.normpath(posixpath.join(posixpath.dirname(resource.span.path), name))
    return _named(CauseKind.MODULE, name, unknown.why())


def of_type(unknown: Unknown, resource: Resource) -> Cause:
    """A type of which nobody knows what it does with data."""
    if unknown.sensitive or unknown.reason is not Reason.NOT_IN_CATALOGUE:
        return _of_itself(unknown, resource, None)
    return _named(CauseKind.TYPE, resource.type, unknown.why())


def of_charts(resource: Resource) -> Cause:
    """The charts of a resource that aren't here: one by its name, several as what that resource lacks."""
    why = Note("policy.waits-for-charts", {"charts": tuple(resource.lacks)})
    if len(resource.lacks) == 1:
        return _named(CauseKind.CHART, resource.lacks[0], why)
    return _named(CauseKind.SETTING, f"{_subject(resource)}#charts", why)


def _named(kind: str, name: str, why: Note, claim: str = "") -> Cause:
    return Cause(kind, mask(name), why, claim)


def _of_itself(unknown: Unknown, resource: Resource, placement: Placement | None) -> Cause:
    sent = f" {placement.sent}" if placement is not None and placement.sent else ""
    what = "" if unknown.sensitive else unknown.detail
    name = f"{_subject(resource)}{sent}#{what or unknown.reason.value}"
    return _named(CauseKind.SETTING, name, unknown.why())


def _cluster(unknown: Unknown, resource: Resource, placement: Placement | None) -> Cause:
    return _named(CauseKind.CLUSTER, _cluster_of(resource), unknown.why())


def _hinted(unknown: Unknown, resource: Resource, placement: Placement | None) -> Cause:
    doubted = resource.named is not None and resource.named.doubt is not None
    why = unknown.why() if doubted else Note("policy.waits-for-hinted-cluster")
    return _named(CauseKind.CLUSTER, _cluster_of(resource), why)


def _overlap(unknown: Unknown, resource: Resource, placement: Placement | None) -> Cause:
    return _named(CauseKind.OVERLAP, _folder(resource) or ".", unknown.why())


def _cluster_region(
    unknown: Unknown, resource: Resource, placement: Placement | None
) -> Cause:
    if placement is not None and placement.proved is not None:
        return _hinted(unknown, resource, placement)
    name = f"{_cluster_of(resource)}/{_provider(placement)}".removesuffix("/")
    return _named(CauseKind.CLUSTER_REGION, name, Note("policy.waits-for-cluster-region"))


def _project(unknown: Unknown, resource: Resource, placement: Placement | None) -> Cause:
    return _named(CauseKind.PROJECT, _folder(resource) or ".", unknown.why())


def _host(unknown: Unknown, resource: Resource, placement: Placement | None) -> Cause:
    domain = registrable(unknown.host or "")
    return _named(
        CauseKind.HOST, domain, Note("policy.waits-for-host", {"domain": mask(domain)})
    )


def _house(unknown: Unknown, resource: Resource, placement: Placement | None) -> Cause:
    return _named(CauseKind.HOUSE, OWN_DOMAINS, Note("policy.waits-for-house"))


def _owners(unknown: Unknown, resource: Resource, placement: Placement | None) -> Cause:
    if not _provider(placement):
        return _of_itself(unknown, resource, placement)
    return _named(CauseKind.OWNERS, _provider(placement), unknown.why(), CONTROL)


def _place(unknown: Unknown, resource: Resource, placement: Placement | None) -> Cause:
    service = placement.service if placement is not None else None
    if not _provider(placement) or not isinstance(service, Known):
        return _of_itself(unknown, resource, placement)
    name = f"{_provider(placement)}/{service.value}"
    return _named(CauseKind.PLACE, name, Note("policy.no-region"), COUNTRY)


def _contradicted(unknown: Unknown, resource: Resource, placement: Placement | None) -> Cause:
    name = f"{_folder(resource) or '.'}:{unknown.detail}"
    return _named(CauseKind.VARIABLE, name, unknown.why())


def _object(unknown: Unknown, resource: Resource, placement: Placement | None) -> Cause:
    name = unknown.detail.replace(" ", "/", 1)  # a word behind "Secret" would be masked
    return _named(CauseKind.OBJECT, name, unknown.why())


def _untold(unknown: Unknown, resource: Resource, placement: Placement | None) -> Cause:
    name = _folder(resource) or "."
    return _named(CauseKind.VALUES, name, Note("policy.waits-for-values"))


_OF_KIND: Final[
    Mapping[UnknownKind, Callable[[Unknown, Resource, Placement | None], Cause]]
] = {
    UnknownKind.CLUSTER_UNDECLARED: _cluster,
    UnknownKind.CLUSTERS_OVERLAP: _overlap,
    UnknownKind.CLUSTER_LATER: _cluster,
    UnknownKind.CLUSTER_ONE_OF: _cluster,
    UnknownKind.CLUSTER_REGION: _cluster_region,
    UnknownKind.CLUSTER_HINTED: _hinted,
    UnknownKind.PROJECT_UNDECLARED: _project,
    UnknownKind.PROJECTS_OVERLAP: _overlap,
    UnknownKind.HOST_UNLISTED: _host,
    UnknownKind.HOST_OF_HOUSE: _house,
    UnknownKind.OWNERS_UNFOUND: _owners,
    UnknownKind.NO_REGION: _place,
    UnknownKind.CONTRADICTED: _contradicted,
    UnknownKind.VALUES_UNTOLD: _untold,
    UnknownKind.OBJECT_ELSEWHERE: _object,
}  # fmt: skip


def _cluster_of(resource: Resource) -> str:
    """Which cluster manifests land on, as far as a repository tells clusters apart: the folder from which it is told
    what it runs, where something else deploys them; else the folder at the top that they lie in."""
    own = _folder(resource)
    landings = resource.named.landings if resource.named is not None else ()
    starts = {each.folder for each in landings if not _within(own, each.folder)}
    if len(starts) == 1 and len(landings) == 1:
        return starts.pop()
    return own.partition("/")[0] or "."


def _folder(resource: Resource) -> str:
    """The folder of what is rendered as one, or of the file."""
    return (
        resource.root if resource.root is not None else posixpath.dirname(resource.span.path)
    )


def _within(folder: str, above: str) -> bool:
    return folder == above or folder.startswith(f"{above}/") or not above


def _in_root(unknown: Unknown, resource: Resource) -> tuple[CauseKind, str] | None:
    """What it waits for where the culprit has a name that means one thing within a root: its kind, and that name."""
    detail = unknown.detail
    if unknown.reason is Reason.FROM_ENVIRONMENT:
        if detail == "region" and resource.binding is not None:  # that of a provider block
            return CauseKind.ENVIRONMENT, f"{resource.binding.plugin} region"
        return (CauseKind.ENVIRONMENT, detail) if detail.startswith(("$", "env.")) else None
    # What is computed and has a note names a part of the resource itself.
    if unknown.reason is Reason.COMPUTED_AT_APPLY and unknown.note is not None:
        return None
    kind = _IN_ROOT.get(unknown.reason)
    return (kind, detail) if kind is not None and detail else None


def _subject(resource: Resource) -> str:
    return f"{resource.root or resource.span.path}:{resource.address}"


def _entry(resource: Resource) -> str:
    return resource.address.removeprefix(f"{SAAS}:")


def _provider(placement: Placement | None) -> str:
    fact: Fact[str] | None = placement.provider if placement is not None else None
    return str(fact.value) if isinstance(fact, Known) and not fact.sensitive else ""


def _is_region(unknown: Unknown, placement: Placement | None) -> bool:
    """Whether it is the region of a known provider that is open."""
    region = placement.region if placement is not None else None
    open_region = isinstance(region, Unknown) and region.cause == unknown.cause
    return open_region and bool(_provider(placement))


def _is_nowhere(placement: Placement) -> bool:
    return isinstance(placement.region, Known) and placement.region.value == GLOBAL_REGION
