"""Which fields Kustomize changes in which kinds, unless a kustomization's ``configurations`` add more.

These are facts of the Kubernetes API as Kustomize 5.6 knows it (its page "Transformer Configurations", and what the
binary does, which the tests compare with).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct, field

from sovlint.frontends.kubernetes.kustomize.names.fields import Spec
from sovlint.frontends.kubernetes.kustomize.names.identity import Gvk

PODS: Mapping[str, str] = {
    "Pod": "spec",
    "PodTemplate": "template/spec",
    "Deployment": "spec/template/spec",
    "ReplicaSet": "spec/template/spec",
    "DaemonSet": "spec/template/spec",
    "StatefulSet": "spec/template/spec",
    "ReplicationController": "spec/template/spec",
    "Job": "spec/template/spec",
    "CronJob": "spec/jobTemplate/spec/template/spec",
}
"""Where the specification of a workload's pods lies."""

_READ_FROM_MAPS = tuple(kind for kind in PODS if kind != "ReplicationController")
_NAMED_IN_PODS = (
    "Pod",
    "StatefulSet",
    "Deployment",
    "ReplicationController",
    "CronJob",
    "Job",
    "DaemonSet",
)
_RBAC = "rbac.authorization.k8s.io"
_ADMISSION = "admissionregistration.k8s.io"


def _in_pods(kinds: Iterable[str], *fields: str) -> Iterator[Spec]:
    for kind in kinds:
        version = "v1" if kind == "Pod" else ""
        for name in fields:
            yield Spec(f"{PODS[kind]}/{name}", Gvk("", version, kind))


def _at(
    path: str, *kinds: str, group: str = "", version: str = "", create: bool = False
) -> Iterator[Spec]:
    for kind in kinds or ("",):
        yield Spec(path, Gvk(group, version, kind), create)


def _source(reference: str, whole: str, volume: str, projected: str) -> tuple[str, ...]:
    containers = ("containers", "initContainers")
    return (
        volume,
        *(f"{each}/env/valueFrom/{reference}/name" for each in containers),
        *(f"{each}/envFrom/{whole}/name" for each in containers),
        f"volumes/projected/sources/{projected}/name",
    )


_CONFIG_MAP = (
    *_in_pods(
        _READ_FROM_MAPS, *_source("configMapKeyRef", "configMapRef", "volumes/configMap/name", "configMap")
    ),
    *_at("spec/configSource/configMap", "Node"),
    *_at("rules/resourceNames", "Role", "ClusterRole"),
    *_at(r"metadata/annotations/nginx.ingress.kubernetes.io\/fastcgi-params-configmap", "Ingress"),
)  # fmt: skip
_SECRET = (
    *_in_pods(
        _READ_FROM_MAPS, *_source("secretKeyRef", "secretRef", "volumes/secret/secretName", "secret"),
        "imagePullSecrets/name",
    ),
    *_at("spec/tls/secretName", "Ingress"),
    *_at(r"metadata/annotations/ingress.kubernetes.io\/auth-secret", "Ingress"),
    *_at(r"metadata/annotations/nginx.ingress.kubernetes.io\/auth-secret", "Ingress"),
    *_at(r"metadata/annotations/nginx.ingress.kubernetes.io\/auth-tls-secret", "Ingress"),
    *_at("imagePullSecrets/name", "ServiceAccount"),
    *_at("parameters/secretName", "StorageClass"),
    *_at("parameters/adminSecretName", "StorageClass"),
    *_at("parameters/userSecretName", "StorageClass"),
    *_at("parameters/secretRef", "StorageClass"),
    *_at("rules/resourceNames", "Role", "ClusterRole"),
    *_at(
        "spec/template/spec/containers/env/valueFrom/secretKeyRef/name", "Service",
        group="serving.knative.dev", version="v1",
    ),
    *_at("spec/azureFile/secretName", "PersistentVolume"),
)  # fmt: skip
_SERVICE = (
    *_at("spec/serviceName", "StatefulSet", group="apps"),
    *_at("spec/rules/http/paths/backend/serviceName", "Ingress"),
    *_at("spec/backend/serviceName", "Ingress"),
    *_at("spec/rules/http/paths/backend/service/name", "Ingress"),
    *_at("spec/defaultBackend/service/name", "Ingress"),
    *_at("spec/service/name", "APIService", group="apiregistration.k8s.io"),
    *_at(
        "webhooks/clientConfig/service", "ValidatingWebhookConfiguration", "MutatingWebhookConfiguration",
        group=_ADMISSION,
    ),
)  # fmt: skip

REFERENCES: tuple[tuple[Gvk, tuple[Spec, ...]], ...] = (
    *(
        (Gvk(kind=kind), tuple(_at("spec/scaleTargetRef/name", "HorizontalPodAutoscaler")))
        for kind in ("Deployment", "ReplicationController", "ReplicaSet", "StatefulSet")
    ),
    (Gvk("", "v1", "ConfigMap"), _CONFIG_MAP),
    (Gvk("", "v1", "Secret"), _SECRET),
    (Gvk("", "v1", "Service"), _SERVICE),
    (Gvk(_RBAC, "", "Role"), tuple(_at("roleRef/name", "RoleBinding", group=_RBAC))),
    (
        Gvk(_RBAC, "", "ClusterRole"),
        tuple(_at("roleRef/name", "RoleBinding", "ClusterRoleBinding", group=_RBAC)),
    ),
    (
        Gvk("", "v1", "ServiceAccount"),
        (
            *_at("subjects", "RoleBinding", "ClusterRoleBinding", group=_RBAC),
            *(Spec(each.path, Gvk(kind=each.kind.kind)) for each in _in_pods(_NAMED_IN_PODS, "serviceAccountName")),
        ),
    ),
    (
        Gvk("", "v1", "PersistentVolumeClaim"),
        tuple(
            Spec(each.path, Gvk(kind=each.kind.kind))
            for each in _in_pods(_NAMED_IN_PODS, "volumes/persistentVolumeClaim/claimName")
        ),
    ),
    (
        Gvk("", "v1", "PersistentVolume"),
        (*_at("spec/volumeName", "PersistentVolumeClaim"), *_at("rules/resourceNames", "ClusterRole")),
    ),
    (
        Gvk("storage.k8s.io", "v1", "StorageClass"),
        (
            *_at("spec/storageClassName", "PersistentVolume", "PersistentVolumeClaim"),
            *_at("spec/volumeClaimTemplates/spec/storageClassName", "StatefulSet"),
        ),
    ),
    (
        Gvk("scheduling.k8s.io", "v1", "PriorityClass"),
        tuple(Spec(each.path, Gvk(kind=each.kind.kind)) for each in _in_pods(_NAMED_IN_PODS, "priorityClassName")),
    ),
    (
        Gvk(_ADMISSION, "", "ValidatingAdmissionPolicy"),
        tuple(_at("spec/policyName", "ValidatingAdmissionPolicyBinding", group=_ADMISSION)),
    ),
)  # fmt: skip
"""What objects of a kind are named in: their names are followed there."""

_TEMPLATE_LABELS = (
    *_at("metadata/labels", create=True),
    *_at("spec/template/metadata/labels", "ReplicationController", version="v1", create=True),
    *_at("spec/template/metadata/labels", "Deployment", "ReplicaSet", "DaemonSet", create=True),
    *_at("spec/template/metadata/labels", "StatefulSet", group="apps", create=True),
    *_at("spec/volumeClaimTemplates[]/metadata/labels", "StatefulSet", group="apps", create=True),
    *_at("spec/template/metadata/labels", "Job", group="batch", create=True),
    *_at("spec/jobTemplate/metadata/labels", "CronJob", group="batch", create=True),
    *_at("spec/jobTemplate/spec/template/metadata/labels", "CronJob", group="batch", create=True),
)
_AFFINITIES = tuple(
    f"spec/template/spec/affinity/{side}/{rule}/labelSelector/matchLabels"
    for side in ("podAffinity", "podAntiAffinity")
    for rule in (
        "preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm",
        "requiredDuringSchedulingIgnoredDuringExecution",
    )
)
_SELECTORS = (
    *_at("spec/selector", "Service", "ReplicationController", version="v1", create=True),
    *_at("spec/selector/matchLabels", "Deployment", "ReplicaSet", "DaemonSet", create=True),
    *_at("spec/selector/matchLabels", "StatefulSet", group="apps", create=True),
    *(
        each
        for path in (
            *_AFFINITIES,
            "spec/template/spec/topologySpreadConstraints/labelSelector/matchLabels",
        )
        for each in _at(path, "Deployment", "StatefulSet", group="apps")
    ),
    *_at("spec/selector/matchLabels", "Job", group="batch"),
    *_at("spec/jobTemplate/spec/selector/matchLabels", "CronJob", group="batch"),
    *_at("spec/selector/matchLabels", "PodDisruptionBudget", group="policy"),
    *_at("spec/podSelector/matchLabels", "NetworkPolicy", group="networking.k8s.io"),
    *_at("spec/ingress/from/podSelector/matchLabels", "NetworkPolicy", group="networking.k8s.io"),
    *_at("spec/egress/to/podSelector/matchLabels", "NetworkPolicy", group="networking.k8s.io"),
)
_ANNOTATIONS = (
    *_at("metadata/annotations", create=True),
    *_at("spec/template/metadata/annotations", "ReplicationController", version="v1", create=True),
    *_at(
        "spec/template/metadata/annotations",
        "Deployment",
        "ReplicaSet",
        "DaemonSet",
        "StatefulSet",
        create=True,
    ),
    *_at("spec/template/metadata/annotations", "Job", group="batch", create=True),
    *_at("spec/jobTemplate/metadata/annotations", "CronJob", group="batch", create=True),
    *_at(
        "spec/jobTemplate/spec/template/metadata/annotations", "CronJob", group="batch", create=True
    ),
)


def _variables() -> Iterator[Spec]:
    for kind in ("CronJob", "DaemonSet", "Deployment", "Job", "Pod", "ReplicaSet", "StatefulSet"):
        for group in ("containers", "initContainers"):
            for name in ("args", "command", "env/value", "volumeMounts/mountPath"):
                yield from _at(f"{PODS[kind]}/{group}/{name}", kind)
    yield from _at("spec/jobTemplate/spec/template/volumes/nfs/server", "CronJob")
    for kind in ("DaemonSet", "Deployment", "Job", "Pod", "ReplicaSet"):
        yield from _at(f"{PODS[kind]}/volumes/nfs/server", kind)
    yield from _at("spec/template/metadata/annotations", "Deployment")
    for path in ("spec/rules/host", "spec/tls/hosts", "spec/tls/secretName"):
        yield from _at(path, "Ingress")
    yield from _at("spec/ports/port", "Service")
    yield from _at("spec/ports/targetPort", "Service")
    yield from _at("spec/volumeClaimTemplates/spec/nfs/server", "StatefulSet")
    yield from _at("spec/nfs/server", "PersistentVolume")
    yield from _at("metadata/labels")
    yield from _at("metadata/annotations")


DEFAULTS: Mapping[str, tuple[Spec, ...]] = {
    "nameprefix": tuple(_at("metadata/name")),
    "namesuffix": tuple(_at("metadata/name")),
    "namespace": (
        *_at("metadata/name", "Namespace", create=True),
        *_at("spec/service/namespace", "APIService", group="apiregistration.k8s.io", create=True),
        *_at(
            "spec/conversion/webhook/clientConfig/service/namespace", "CustomResourceDefinition",
            group="apiextensions.k8s.io",
        ),
    ),
    "commonlabels": (*_SELECTORS, *_TEMPLATE_LABELS),
    "labels": (),
    "templatelabels": _TEMPLATE_LABELS,
    "commonannotations": _ANNOTATIONS,
    "varreference": tuple(_variables()),
    "images": tuple(
        each
        for pods in ("spec", "spec/template/spec")
        for group in ("containers", "initContainers")
        for each in _at(f"{pods}/{group}[]/image", create=True)
    ),
    "replicas": tuple(
        _at("spec/replicas", "Deployment", "ReplicationController", "ReplicaSet", "StatefulSet", create=True)
    ),
}  # fmt: skip
"""By the key of a configuration in lower case: the fields that it speaks of."""


class Specs(Struct):
    """What the kustomizations read so far say besides: fields by key, and names that are followed."""

    fields: dict[str, tuple[Spec, ...]] = field(default_factory=lambda: dict(DEFAULTS))
    references: tuple[tuple[Gvk, tuple[Spec, ...]], ...] = REFERENCES

    def add(self, key: str, specs: Iterable[Spec]) -> None:
        """More fields for a key; what is there already stays."""
        have = self.fields.get(key, ())
        self.fields[key] = (*have, *(each for each in specs if each not in have))

    def follow(self, kind: Gvk, specs: Iterable[Spec]) -> None:
        """More fields that name objects of a kind."""
        known = dict(self.references)
        have = known.get(kind, ())
        known[kind] = (*have, *(each for each in specs if each not in have))
        self.references = tuple(known.items())

    def merge(self, other: Specs) -> None:
        """All that another one says."""
        if other is self:
            return
        for key, specs in other.fields.items():
            if specs is not DEFAULTS.get(key):
                self.add(key, specs)
        if other.references is not REFERENCES:
            for kind, specs in other.references:
                self.follow(kind, specs)
