"""What the Kubernetes API itself says of kinds: built-in groups, files that are no objects, where pod templates lie."""

from __future__ import annotations

BUILT_IN_GROUPS = frozenset({
    "", "admissionregistration.k8s.io", "apiextensions.k8s.io", "apiregistration.k8s.io", "apps",
    "authentication.k8s.io", "authorization.k8s.io", "autoscaling", "batch", "certificates.k8s.io",
    "coordination.k8s.io", "discovery.k8s.io", "events.k8s.io", "extensions", "flowcontrol.apiserver.k8s.io",
    "internal.apiserver.k8s.io", "networking.k8s.io", "node.k8s.io", "policy", "rbac.authorization.k8s.io",
    "resource.k8s.io", "scheduling.k8s.io", "storage.k8s.io", "storagemigration.k8s.io",
})  # fmt: skip
"""API groups served by Kubernetes itself (its API reference); any other group holds custom resources."""

FILE_ONLY_GROUPS = frozenset({
    "apiserver.config.k8s.io", "apiserver.k8s.io", "audit.k8s.io", "backstage.io", "client.authentication.k8s.io",
    "k3d.io", "kind.x-k8s.io", "kubeadm.k8s.io", "kubelet.config.k8s.io", "kubeproxy.config.k8s.io",
    "kubescheduler.config.k8s.io", "kustomize.config.k8s.io", "skaffold",
})  # fmt: skip
"""Groups whose documents configure a command or a component from a file: no object of a cluster."""

POD_TEMPLATES: dict[str, tuple[str, ...]] = {
    "Pod": (),
    "PodTemplate": ("template",),
    "Deployment": ("spec", "template"),
    "StatefulSet": ("spec", "template"),
    "DaemonSet": ("spec", "template"),
    "ReplicaSet": ("spec", "template"),
    "ReplicationController": ("spec", "template"),
    "Job": ("spec", "template"),
    "CronJob": ("spec", "jobTemplate", "spec", "template"),
}
"""Where the pod template of a built-in workload lies; a Pod is its own. Of custom resources the catalogue tells it."""

ENCLOSING_TEMPLATES: dict[str, tuple[str, ...]] = {"CronJob": ("spec", "jobTemplate")}
"""Templates between a workload and its pod template, whose labels also reach the pods' owner."""

CLAIM_TEMPLATES: dict[str, tuple[str, ...]] = {"StatefulSet": ("spec", "volumeClaimTemplates")}
"""Where a workload lists the volume claims that are made for it."""

SOURCES_ON_NODE = frozenset({
    "configMap", "downwardAPI", "emptyDir", "gitRepo", "hostPath", "image", "persistentVolumeClaim", "projected",
    "secret",
})  # fmt: skip
"""Sources of a pod's volume that lie on its node, or are objects of their own (Kubernetes API, ``Volume``)."""

SOURCES_ELSEWHERE = frozenset({
    "awsElasticBlockStore", "azureDisk", "azureFile", "cephfs", "cinder", "csi", "ephemeral", "fc", "flexVolume",
    "flocker", "gcePersistentDisk", "glusterfs", "iscsi", "nfs", "photonPersistentDisk", "portworxVolume", "quobyte",
    "rbd", "scaleIO", "storageos", "vsphereVolume",
})  # fmt: skip
"""All its other sources, by which a volume is told in what may hold anything."""

POD_VOLUME_SETTINGS = frozenset({"name"})
"""Keys of a pod's volume that are no source."""

PERSISTENT_SETTINGS = frozenset({
    "accessModes", "capacity", "claimRef", "mountOptions", "nodeAffinity", "persistentVolumeReclaimPolicy",
    "storageClassName", "volumeAttributesClassName", "volumeMode",
})  # fmt: skip
"""Keys of a PersistentVolume's ``spec`` that are no source (Kubernetes API, ``PersistentVolumeSpec``)."""

SECRET_KEYS: dict[str, tuple[str, ...]] = {"Secret": ("data", "stringData", "metadata")}
"""Keys that attributes never show: secret values, and annotations that may repeat them (the last configuration)."""


def group_of(api_version: str) -> str:
    """The group of an ``apiVersion``: empty for the core group (``v1``)."""
    group, slash, _ = api_version.rpartition("/")
    return group if slash else ""


def is_object(api_version: str, kind: str) -> bool:
    """Whether such a document describes an object of a cluster: a kubeconfig or a Kustomization does not."""
    group = group_of(api_version)
    return group not in FILE_ONLY_GROUPS and (group, kind) != ("", "Config")


def type_of(api_version: str, kind: str) -> str:
    """The type that the catalogue knows: the kind; with its group (``Backup.velero.io``) for a custom resource."""
    group = group_of(api_version)
    return kind if group in BUILT_IN_GROUPS else f"{kind}.{group}"
