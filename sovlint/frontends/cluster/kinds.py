"""What the Kubernetes API itself says of kinds: built-in groups, files that are no objects, where pod templates lie."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from sovlint.files.package_data import decoded

Way = tuple[str, ...]


class ApiKinds(Struct, frozen=True, forbid_unknown_fields=True):
    """What ships (``kinds.json``)."""

    source: str
    date: str
    built_in_groups: frozenset[str]
    """API groups served by Kubernetes itself; any other group holds custom resources."""
    file_only_groups: frozenset[str]
    """Groups whose documents configure a command or a component from a file: no object of a cluster."""
    once_core: Mapping[str, str]
    """Kinds that OpenShift had in the core group before it had groups, by the one that they are in now."""
    pod_templates: Mapping[str, Way]
    """Where the pod template of a built-in workload lies; a Pod is its own. Of custom resources the catalogue tells."""
    enclosing_templates: Mapping[str, Way]
    """Templates between a workload and its pod template, whose labels also reach the pods' owner."""
    claim_templates: Mapping[str, Way]
    """Where a workload lists the volume claims that are made for it."""
    sources_on_node: frozenset[str]
    """Sources of a pod's volume that lie on its node, or are objects of their own."""
    sources_elsewhere: frozenset[str]
    """All its other sources, by which a volume is told in what may hold anything."""
    pod_volume_settings: frozenset[str]
    """Keys of a pod's volume that are no source."""
    persistent_settings: frozenset[str]
    """Keys of a PersistentVolume's ``spec`` that are no source."""
    secret_keys: Mapping[str, Way]
    """Keys that attributes never show: secret values, and annotations that may repeat them (the last configuration)."""


KINDS: Final = decoded("frontends/cluster/kinds.json", ApiKinds)


def group_of(api_version: str) -> str:
    """The group of an ``apiVersion``: empty for the core group (``v1``)."""
    group, slash, _ = api_version.rpartition("/")
    return group if slash else ""


def is_object(api_version: str, kind: str) -> bool:
    """Whether such a document describes an object of a cluster: a kubeconfig or a Kustomization does not."""
    group = group_of(api_version)
    return group not in KINDS.file_only_groups and (group, kind) != ("", "Config")


def type_of(api_version: str, kind: str) -> str:
    """The type that the catalogue knows: the kind; with its group (``Backup.velero.io``) for a custom resource."""
    group = group_of(api_version) or KINDS.once_core.get(kind, "")
    return kind if group in KINDS.built_in_groups else f"{kind}.{group}"
