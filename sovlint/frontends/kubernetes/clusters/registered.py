"""What clusters go by in a repository: names, secrets with their kubeconfigs, addresses; and what shows where each is.

What makes a cluster is data (``catalog/creators.yaml``); Argo CD keeps one in a secret with a label of its own
("Declarative Setup", https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from sovlint.frontends.cluster.kinds import group_of
from sovlint.frontends.cluster.object_index import Objects
from sovlint.frontends.cluster.objects import ManifestObject
from sovlint.frontends.cluster.pods import decoded
from sovlint.frontends.kubernetes.clusters.evidence import later_at
from sovlint.frontends.kubernetes.clusters.generator_files import GeneratorFiles
from sovlint.model.landing import CreatorHint, Evidence, Level
from sovlint.model.source import Span
from sovlint.model.text import Note
from sovlint.rules.hints import ClusterHints
from sovlint.rules.keys import path_parts

ITSELF = "https://kubernetes.default.svc"
ITS_NAME = "in-cluster"
"""What Argo CD calls the cluster that it stands on."""

ARGO_LABEL = "argocd.argoproj.io/secret-type"


class ArgoCluster(Struct, frozen=True):
    """A cluster that Argo CD is told of by a secret: its name, the address of its API server, the secret's labels."""

    name: str
    server: str
    labels: Mapping[str, str]
    where: Span


class _Creator(Struct, frozen=True):
    object: ManifestObject
    hint: CreatorHint


class Registered:
    """The clusters that objects make or know, by what others call them."""

    def __init__(
        self,
        objects: Sequence[ManifestObject],
        index: Objects,
        hints: ClusterHints,
        files: GeneratorFiles,
    ) -> None:
        self.index = index
        self.files = files
        """What generators find in the repository."""
        self._types = tuple(hints.creators)
        self._named: dict[str, list[_Creator]] = {}
        self._secrets: dict[str, list[tuple[str, _Creator]]] = {}
        self.known = argo_clusters(objects)
        for each in objects:
            if each.type in hints.creators:
                self._add(_Creator(each, hints.creators[each.type]))

    def by_name(self, name: str, where: Span) -> Iterator[Evidence]:
        """What shows where the clusters of a name are."""
        yield from later_at(Level.CREATED, name, where)
        for each in self._named.get(name, ()):
            yield self._created(each, where)

    def by_secret(self, name: str, namespace: str, where: Span) -> Iterator[Evidence]:
        """What shows where the cluster is whose kubeconfig a secret holds."""
        yield from later_at(Level.CREATED, name, where)
        for other, each in self._secrets.get(name, ()):
            if not namespace or not other or namespace == other:
                yield self._created(each, where)

    def _add(self, creator: _Creator) -> None:
        found, hint = creator.object, creator.hint
        for path in hint.names:
            name = found.get().text(*path_parts(path))
            if name and creator not in self._named.get(name, ()):
                self._named.setdefault(name, []).append(creator)
        for path in hint.secrets:
            reference = found.get(*path_parts(path))
            name = reference.text("name")
            if name:
                namespace = str(reference.data.get("namespace") or found.namespace)
                self._secrets.setdefault(name, []).append((namespace, creator))
        if hint.secret_named:
            name = hint.secret_named.replace("{name}", found.name)
            self._secrets.setdefault(name, []).append((found.namespace, creator))

    def _created(self, creator: _Creator, where: Span) -> Evidence:
        found = creator.object
        makers = list(self._makers(creator)) if creator.hint.made_by else [found]
        made = tuple(dict.fromkeys((each.root or "", each.address) for each in makers))
        note = Note("kubernetes.shows.created", {"address": found.address})
        return Evidence(Level.CREATED, where, note, made=made)

    def _makers(self, creator: _Creator) -> Iterator[ManifestObject]:
        """The objects that a creator refers to for where its cluster is."""
        found = creator.object
        for path in creator.hint.made_by:
            reference = found.get(*path_parts(path))
            yield from (
                each.object
                for each in self._named.get(reference.text(), ())
                if each is not creator
            )
            name = reference.text("name")
            for kind in self._kinds(reference.mapping(), found) if name else ():
                yield from self.index.find(found, kind, name, reference.data.get("namespace"))

    def _kinds(self, reference: Mapping[str, Any], found: ManifestObject) -> Sequence[str]:
        """The types that a reference may mean: the one that it names, else those of its group that make clusters."""
        kind, group = (
            reference.get("kind"),
            reference.get("apiGroup") or group_of(str(reference.get("apiVersion", ""))),
        )
        if isinstance(kind, str):
            return (f"{kind}.{group}",)
        own = found.type.partition(".")[2]
        return [
            each
            for each in self._types
            if each.partition(".")[2] == own and each != found.type
        ]


def argo_clusters(objects: Iterable[ManifestObject]) -> list[ArgoCluster]:
    """The clusters that Argo CD is told of by these objects."""
    secrets = (each for each in objects if each.type == "Secret")
    return [known for each in secrets if (known := _known(each)) is not None]


def _known(secret: ManifestObject) -> ArgoCluster | None:
    labels = secret.get().mapping("metadata", "labels")
    if labels.get(ARGO_LABEL) != "cluster":
        return None
    server = _entry(secret, "server")
    if not server:
        return None
    section = "stringData" if "server" in secret.get().mapping("stringData") else "data"
    where = secret.span((section, "server"))
    texts = {str(key): str(value) for key, value in labels.items()}
    return ArgoCluster(_entry(secret, "name") or secret.name, server, texts, where)


def _entry(secret: ManifestObject, key: str) -> str:
    """A text in a secret that is no secret itself: what a cluster is called, and where it answers."""
    plain = secret.get("stringData", key).data
    if isinstance(plain, str):
        return plain
    return decoded(secret.get().text("data", key)) or ""
