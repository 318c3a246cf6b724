"""Which objects an object uses: found by kind, name and namespace, as the API server would, among what is here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct, field

from sovlint.frontends.cluster.made_secrets import made_names
from sovlint.frontends.cluster.objects import ManifestObject, ObjectScope, those_here
from sovlint.model.resources.resource import elsewhere
from sovlint.model.source import shared_folders
from sovlint.rules.cluster.passing import Agent

VOLUME, SECRET = "PersistentVolume", "Secret"
SLICE, SERVED = "EndpointSlice", "kubernetes.io/service-name"
CLASS_ANNOTATION = "volume.beta.kubernetes.io/storage-class"
"""How the class of a claim or volume was written before ``spec.storageClassName``."""


class Objects(Struct):
    """All objects, by root, kind and name; secrets by what makes them too."""

    by_name: dict[tuple[str, str], list[ManifestObject]] = field(default_factory=dict)
    by_type: dict[str, list[ManifestObject]] = field(default_factory=dict)
    """By kind, once asked for."""
    kinds: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    """By group, once asked for (``kinds_of``)."""
    by_label: dict[tuple[ObjectScope, str, str], list[ManifestObject]] = field(
        default_factory=dict
    )
    volumes: dict[str, list[ManifestObject]] = field(default_factory=dict)
    """PersistentVolumes by storage class; empty: without one."""
    reserved: dict[str, list[ManifestObject]] = field(default_factory=dict)
    """PersistentVolumes by the name of the claim that they are reserved for."""
    written: dict[ManifestObject, ManifestObject] = field(default_factory=dict)
    """Objects as they were written, by those in which parameters were put in (``parameters``)."""
    given: Mapping[ManifestObject, frozenset[str]] | None = None
    """Which keys of config maps and secrets containers are given as variables, once looked for (``held_settings``)."""
    agents: dict[str, tuple[Agent, ...]] = field(default_factory=dict)
    """What a label or an annotation switches on, once looked for, by its key (``agents``)."""
    called: dict[tuple[Agent, str], list[ManifestObject]] = field(default_factory=dict)
    """What an agent may belong to, by the agent and a kind, once looked for (``agents``)."""
    aliases: Mapping[str, str] | None = None
    """Names that the DNS of the cluster leads elsewhere, once looked for (``outward``)."""
    served: Any = None
    """What serves whom, once looked for (``served``)."""
    leading: Any = None
    """What leads names elsewhere, once looked for (``answering``)."""
    scripts: dict[bytes, Any] = field(default_factory=dict)
    """What scripts in objects were parsed to (``scripts``)."""
    without_outlets: set[str] = field(default_factory=set)
    """Texts in objects that were found to configure no pipeline (``embedded_configurations``)."""
    passed: Any = None
    """What is done with what an object gets by others, once looked for (``fronts``)."""

    @classmethod
    def of(cls, objects: Iterable[ManifestObject]) -> Objects:
        """An index of these objects; slices of endpoints are found by the service whose they are, too. What patches alone
        say of an object isn't all that it says, so that it isn't found."""
        found = cls()
        for each in those_here(objects):
            found.by_name.setdefault((each.type, each.name), []).append(each)
            if served := sliced(each):
                found.by_name.setdefault((SLICE, served), []).append(each)
            for made in made_names(each):
                found.by_name.setdefault((SECRET, made), []).append(each)
            if each.type == VOLUME:
                found.volumes.setdefault(class_of(each) or "", []).append(each)
                if claim := reserved_name(each):
                    found.reserved.setdefault(claim, []).append(each)
            for key, value in {
                (key, str(value))
                for labels in pod_labels(each)
                for key, value in labels.items()
            }:
                found.by_label.setdefault((each.scope, key, value), []).append(each)
        return found

    def find(
        self, user: ManifestObject, kind: str, name: str, namespace: str | None = None
    ) -> Sequence[ManifestObject]:
        """The objects of a kind and name that ``user`` means by them: in its own namespace, unless another is named.

        Those of its own root come first, then those that no kustomization builds, then those of the one other root that
        has any. Of several, the nearest by folder are meant. An object that names no namespace may be in any.
        """
        return self.meant(
            user,
            self.by_name.get((kind, name), ()),
            user.namespace if namespace is None else namespace,
        )

    def meant(
        self, user: ManifestObject, among: Sequence[ManifestObject], namespace: str
    ) -> Sequence[ManifestObject]:
        """Of objects that fit in all else, those that ``user`` means: see ``find``."""
        for scope in (user.scope, None):
            same = _in_namespace([each for each in among if each.scope == scope], namespace)
            if same:
                return nearest(user, same)
        others = _in_namespace(among, namespace)
        return others if len({each.scope for each in others}) == 1 else ()

    def of_type(self, kind: str) -> Sequence[ManifestObject]:
        """All objects of a kind."""
        if not self.by_type:
            for (found, _), listed in self.by_name.items():
                self.by_type.setdefault(found, []).extend(listed)
        return self.by_type.get(kind, ())

    def kinds_of(self, group: str) -> Sequence[tuple[str, str]]:
        """The kinds of a group that are here, each as keys are called after it, and whole."""
        if not self.kinds:
            for kind in {kind for kind, _ in self.by_name if "." in kind}:
                called, _, of = kind.partition(".")
                self.kinds.setdefault(of, []).append((called.lower(), kind))
        return self.kinds.get(group, ())

    def selected(
        self, user: ManifestObject, selector: Mapping[str, object]
    ) -> Iterator[ManifestObject]:
        """The workloads in the root and namespace of ``user`` whose pods a selector of labels (not empty) selects."""
        for key, value in list(selector.items())[:1]:
            for each in self.by_label.get((user.scope, key, str(value)), ()):
                near = (
                    each.namespace == user.namespace
                    or not each.namespace
                    or not user.namespace
                )
                if near and any(selects(selector, labels) for labels in pod_labels(each)):
                    yield each


def sliced(found: ManifestObject) -> str:
    """The name of the service whose endpoints a slice lists; empty for what is no slice."""
    return found.get().text("metadata", "labels", SERVED) if found.type == SLICE else ""


def reserved_name(volume: ManifestObject) -> str:
    """The name of the claim that a volume is reserved for; empty where it is for any."""
    return volume.get().text("spec", "claimRef", "name")


def class_of(found: ManifestObject) -> str | None:
    """The storage class that a claim or volume names: empty for none at all, ``None`` where nothing is written."""
    for path in (("spec", "storageClassName"), ("metadata", "annotations", CLASS_ANNOTATION)):
        name = found.get(*path).data
        if isinstance(name, str):
            return name
    return None


def address_of(other: ManifestObject, user: ManifestObject) -> str:
    """The address of an object as seen from another one."""
    return (
        other.address
        if other.scope == user.scope
        else elsewhere(other.root, other.variant, other.address)
    )


def nearest(
    user: ManifestObject, among: Sequence[ManifestObject]
) -> Sequence[ManifestObject]:
    """Those whose file shares the most folders with that of ``user``."""
    if len(among) < 2:
        return among
    depths = [shared_folders(user.file.path, each.file.path) for each in among]
    return [each for each, depth in zip(among, depths, strict=True) if depth == max(depths)]


def pod_labels(found: ManifestObject) -> list[dict[str, object]]:
    """The labels of the pods of a workload, for each of its templates."""
    return [template.mapping("metadata", "labels") for template in found.pod_templates()]


def selects(wanted: Mapping[str, object], labels: Mapping[str, object]) -> bool:
    """Whether labels have all that are wanted."""
    return all(str(labels.get(name)) == str(text) for name, text in wanted.items())


def _in_namespace(among: Sequence[ManifestObject], wanted: str) -> Sequence[ManifestObject]:
    exact = [each for each in among if each.namespace == wanted]
    if exact:
        return exact
    return [each for each in among if not each.namespace] if wanted else among
