"""What an object has applied, and on which cluster: objects of Flux, Argo CD and Crossplane that deploy others.

Sources: Flux, "Kustomization" and "Helm Releases" (``spec.kubeConfig``); Argo CD, "Declarative Setup" and "Generators";
Crossplane's providers for Helm and Kubernetes (``spec.providerConfigRef``).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct, field

from sovlint.documents.attributes import text_value
from sovlint.documents.cursor import Cursor
from sovlint.frontends.cluster.object_index import Objects
from sovlint.frontends.cluster.objects import WRITTEN, ManifestObject
from sovlint.frontends.cluster.pods import ENCRYPTED
from sovlint.frontends.kubernetes.clusters.application_sets import (
    filled,
    laid_over,
    patch_in,
)
from sovlint.frontends.kubernetes.clusters.asked import asked
from sovlint.frontends.kubernetes.clusters.generators import GeneratorSources, parameters
from sovlint.frontends.kubernetes.clusters.registered import ITS_NAME, ITSELF, Registered
from sovlint.frontends.kubernetes.clusters.substituted import Substitutes, substitutes_of
from sovlint.frontends.kubernetes.deployers.kinds import ARGO, ARGO_SET, FLUX, FLUX_RELEASE
from sovlint.model.landing import Evidence, Level
from sovlint.model.source import Span
from sovlint.model.text import Note
from sovlint.model.value import Reason, Unknown, Value

CROSSPLANE = frozenset(
    f"{kind}.{tool}{scope}.crossplane.io"
    for kind, tool in (("Release", "helm"), ("Object", "kubernetes"))
    for scope in ("", ".m")
)
DEPLOYING = CROSSPLANE | {FLUX, FLUX_RELEASE, ARGO, ARGO_SET}
"""Types whose objects deploy others."""

INJECTED = "InjectedIdentity"
"""How a ProviderConfig of Crossplane says that the cluster is the one that it stands on."""


class Deployment(Struct, frozen=True):
    """What is applied on one cluster: ``paths`` of a repository; ``itself``: on the cluster that the object stands on;
    else ``evidence`` is all that shows which one it is."""

    paths: tuple[Any, ...]
    itself: bool
    evidence: tuple[Evidence, ...] = ()
    substitutes: Substitutes = field(default_factory=dict)
    """What is put into the objects there."""
    called: tuple[str, ...] = ()
    """What the cluster goes by where it isn't its own: names, the address of its API server, a secret."""
    destination: tuple[str, str] = ("", "")
    """Address and name of the cluster, as an application says them."""


def deployments(
    found: ManifestObject, registered: Registered, index: Objects
) -> list[Deployment]:
    """All that an object has applied; empty for one that deploys nothing."""
    if found.type not in DEPLOYING:
        return []
    spec = found.get("spec")
    if found.type in (FLUX, FLUX_RELEASE):
        return [_flux(found, spec, registered)]
    if found.type == ARGO:
        return [_argo(spec, spec.data, registered)]
    if found.type == ARGO_SET:
        return list(_argo_set(spec, registered))
    return [_crossplane(found, spec, registered, index)]


def _flux(found: ManifestObject, spec: Cursor, registered: Registered) -> Deployment:
    paths = (spec.at("path").data,) if found.type == FLUX else ()
    if "kubeConfig" not in spec.mapping():
        given = substitutes_of(spec.at("postBuild", "substitute").data)
        return Deployment(paths, True, substitutes=given)
    name = spec.text("kubeConfig", "secretRef", "name")
    where = spec.at("kubeConfig").where
    by_secret = registered.by_secret(name, found.namespace, where) if name else ()
    return Deployment(
        paths,
        False,
        (*by_secret, *asked(where, secrets=(name,))),
        called=(name,) if name else (),
    )


def _crossplane(
    found: ManifestObject, spec: Cursor, registered: Registered, index: Objects
) -> Deployment:
    kind = spec.text("providerConfigRef", "kind") or "ProviderConfig"
    name = spec.text("providerConfigRef", "name") or "default"
    configs = index.find(found, f"{kind}.{found.type.partition('.')[2]}", name)
    if len(configs) != 1:
        return Deployment((), False)
    credentials = configs[0].get("spec", "credentials")
    if credentials.text("source") == INJECTED:
        return Deployment((), True)
    secret, namespace = (credentials.text("secretRef", key) for key in ("name", "namespace"))
    evidence = (
        registered.by_secret(secret, namespace or configs[0].namespace, credentials.where)
        if secret
        else ()
    )
    return Deployment(
        (),
        False,
        (*evidence, *asked(credentials.where, secrets=(secret,))),
        called=(name, secret) if secret else (name,),
    )


def _argo(written: Cursor, filled_in: Any, registered: Registered) -> Deployment:
    """What the ``spec`` of an application says once it is ``filled_in``."""
    spec = Cursor(written.document, written.path, filled_in)
    every = (spec.at("source"), *spec.items("sources"))
    paths = tuple(each.at("path").data for each in every)
    server, name = (spec.text("destination", key) for key in ("server", "name"))
    known = [
        each
        for each in registered.known
        if (each.server == server if server else each.name == name)
    ]
    if _is_own(server, name) or any(each.server == ITSELF for each in known):
        return Deployment(paths, True, destination=(server, name))
    where = spec.at("destination").where
    evidence = [_served(server, spec.at("destination", "server").where)] if server else []
    evidence += [_served(each.server, each.where) for each in known if not server]
    names = tuple(dict.fromkeys((*((name,) if name else ()), *(each.name for each in known))))
    for called in names:
        evidence += registered.by_name(called, where)
    servers = (server,) if server else tuple(each.server for each in known)
    evidence += asked(where, names, servers)
    return Deployment(
        paths, False, tuple(evidence), called=(*names, *servers), destination=(server, name)
    )


def _is_own(server: str, name: str) -> bool:
    """Whether a destination is the cluster that the application stands on."""
    return server == ITSELF or (not server and name == ITS_NAME)


def _argo_set(spec: Cursor, registered: Registered) -> Iterator[Deployment]:
    template = spec.at("template", "spec")
    sources = GeneratorSources(registered.known, registered.files)
    go = bool(spec.at("goTemplate").data)
    patch = spec.at("templatePatch").data
    for given in parameters(spec, sources):
        made = filled(template.mapping(), given, go)
        over = patch_in(filled(patch, given, go)).get("spec")
        whole = laid_over(made, over) if isinstance(over, dict) else made
        yield _argo(template, whole, registered)


def _served(server: str, where: Span) -> Evidence:
    return Evidence(
        Level.SERVER, where, Note("kubernetes.shows.destination"), host=_host(server, where)
    )


def _host(server: str, where: Span) -> Value:
    if server.startswith(ENCRYPTED):
        return Unknown(Reason.FROM_ENVIRONMENT, "server")
    return text_value(server, where, WRITTEN)
