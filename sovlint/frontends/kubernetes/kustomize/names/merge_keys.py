"""By which keys the elements of a list are told apart when a strategic merge patch is laid over it.

Facts of the Kubernetes API (``x-kubernetes-patch-merge-key`` and ``x-kubernetes-list-map-keys`` of its OpenAPI
description, version 1.21, which Kustomize 5 goes by). A list that isn't here is replaced as a whole.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from sovlint.frontends.kubernetes.kustomize.names.identity import Gvk


class Shape(Struct, frozen=True):
    """``fields``: the shape of what stands at a key, or of each element of the list there. ``keys``: by the key of a
    list, what tells its elements apart (empty: they are plain values)."""

    fields: Mapping[str, Shape] = field(default_factory=dict)
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


_METADATA = Shape(keys={"finalizers": (), "ownerReferences": ("uid",)})
_CONDITIONS = Shape(keys={"conditions": ("type",)})
_CONTAINER = Shape(
    keys={
        "env": ("name",),
        "ports": ("containerPort", "protocol"),
        "volumeDevices": ("devicePath",),
        "volumeMounts": ("mountPath",),
    }
)
_EPHEMERAL = Shape(
    keys={"env": ("name",), "volumeDevices": ("devicePath",), "volumeMounts": ("mountPath",)}
)
_CLAIM = Shape(fields={"metadata": _METADATA, "status": _CONDITIONS})
_VOLUME = Shape(fields={"ephemeral": Shape(fields={"volumeClaimTemplate": _CLAIM})})
_POD = Shape(
    fields={
        "containers": _CONTAINER,
        "initContainers": _CONTAINER,
        "ephemeralContainers": _EPHEMERAL,
        "volumes": _VOLUME,
    },
    keys={
        "containers": ("name",),
        "initContainers": ("name",),
        "ephemeralContainers": ("name",),
        "volumes": ("name",),
        "hostAliases": ("ip",),
        "imagePullSecrets": ("name",),
        "topologySpreadConstraints": ("topologyKey", "whenUnsatisfiable"),
    },
)
_TEMPLATE = Shape(fields={"metadata": _METADATA, "spec": _POD})
_PLAIN = Shape(fields={"metadata": _METADATA})
_WORKLOAD = Shape(
    fields={
        "metadata": _METADATA,
        "spec": Shape(fields={"template": _TEMPLATE, "volumeClaimTemplates": _CLAIM}),
        "status": _CONDITIONS,
    }
)
_JOBS = Shape(
    fields={
        "metadata": _METADATA,
        "spec": Shape(
            fields={
                "jobTemplate": Shape(
                    fields={"metadata": _METADATA, "spec": Shape({"template": _TEMPLATE})}
                )
            }
        ),
    }
)
_WITH_CONDITIONS = Shape(fields={"metadata": _METADATA, "status": _CONDITIONS})
_WEBHOOKS = Shape(fields={"metadata": _METADATA}, keys={"webhooks": ("name",)})
_SERVICE = Shape(
    fields={
        "metadata": _METADATA,
        "spec": Shape(keys={"ports": ("port", "protocol")}),
        "status": _CONDITIONS,
    }
)
_ACCOUNT = Shape(fields={"metadata": _METADATA}, keys={"secrets": ("name",)})
_NODE = Shape(
    fields={
        "metadata": _METADATA,
        "spec": Shape(keys={"podCIDRs": ()}),
        "status": Shape(keys={"addresses": ("type",), "conditions": ("type",)}),
    }
)
_DRIVERS = Shape(fields={"metadata": _METADATA, "spec": Shape(keys={"drivers": ("name",)})})

_SHAPES: Mapping[str, Mapping[str, Shape]] = {
    "v1": {
        "Pod": Shape(fields={"metadata": _METADATA, "spec": _POD, "status": _CONDITIONS}),
        "PodTemplate": Shape(fields={"metadata": _METADATA, "template": _TEMPLATE}),
        "ReplicationController": _WORKLOAD,
        "Service": _SERVICE,
        "ServiceAccount": _ACCOUNT,
        "PersistentVolumeClaim": _CLAIM,
        "Namespace": _WITH_CONDITIONS,
        "Node": _NODE,
        "ComponentStatus": Shape(fields={"metadata": _METADATA}, keys={"conditions": ("type",)}),
    },
    "apps/v1": dict.fromkeys(("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"), _WORKLOAD),
    "batch/v1": {"Job": _WORKLOAD, "CronJob": _JOBS},
    "batch/v1beta1": {"CronJob": _JOBS},
    "policy/v1": {"PodDisruptionBudget": _WITH_CONDITIONS},
    "policy/v1beta1": {"PodDisruptionBudget": _WITH_CONDITIONS},
    "apiregistration.k8s.io/v1": {"APIService": _WITH_CONDITIONS},
    "apiregistration.k8s.io/v1beta1": {"APIService": _WITH_CONDITIONS},
    "storage.k8s.io/v1": {"CSINode": _DRIVERS},
    "storage.k8s.io/v1beta1": {"CSINode": _DRIVERS},
    **{
        f"admissionregistration.k8s.io/{version}": dict.fromkeys(
            ("MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"), _WEBHOOKS
        )
        for version in ("v1", "v1beta1")
    },
}
_DESCRIBED: Mapping[str, tuple[str, ...]] = {
    "v1": (
        "Binding", "ConfigMap", "Endpoints", "Event", "LimitRange", "PersistentVolume", "ResourceQuota", "Secret",
    ),
    "apps/v1": ("ControllerRevision",),
    "autoscaling/v1": ("HorizontalPodAutoscaler",),
    "autoscaling/v2beta1": ("HorizontalPodAutoscaler",),
    "autoscaling/v2beta2": ("HorizontalPodAutoscaler",),
    "apiextensions.k8s.io/v1": ("CustomResourceDefinition",),
    "apiextensions.k8s.io/v1beta1": ("CustomResourceDefinition",),
    "certificates.k8s.io/v1": ("CertificateSigningRequest",),
    "coordination.k8s.io/v1": ("Lease",),
    "discovery.k8s.io/v1": ("EndpointSlice",),
    "extensions/v1beta1": ("Ingress",),
    "networking.k8s.io/v1": ("Ingress", "IngressClass", "NetworkPolicy"),
    "networking.k8s.io/v1beta1": ("Ingress", "IngressClass"),
    "node.k8s.io/v1": ("RuntimeClass",),
    "policy/v1beta1": ("PodSecurityPolicy",),
    "rbac.authorization.k8s.io/v1": ("ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding"),
    "rbac.authorization.k8s.io/v1beta1": ("ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding"),
    "scheduling.k8s.io/v1": ("PriorityClass",),
    "storage.k8s.io/v1": ("CSIDriver", "StorageClass", "VolumeAttachment"),
    "storage.k8s.io/v1beta1": ("CSIDriver", "CSIStorageCapacity", "StorageClass", "VolumeAttachment"),
}  # fmt: skip
"""Kinds of which nothing but the metadata has such lists."""


def shape_of(kind: Gvk) -> Shape | None:
    """The shape of an object; ``None`` for a kind that isn't known, such as a custom resource."""
    version = f"{kind.group}/{kind.version}" if kind.group else kind.version
    found = _SHAPES.get(version, {}).get(kind.kind)
    return _PLAIN if found is None and kind.kind in _DESCRIBED.get(version, ()) else found
