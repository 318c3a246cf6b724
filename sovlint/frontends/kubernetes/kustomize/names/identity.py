"""What tells objects apart: group, version, kind, name and namespace; which kinds lie in no namespace."""

from __future__ import annotations

from functools import lru_cache

from msgspec import Struct

NO_NAMESPACE = "_non_namespaceable_"
"""Stands for the namespace of what lies in none."""

DEFAULT_NAMESPACE = "default"

_CLUSTER_SCOPED: dict[str, tuple[str, ...]] = {
    "MutatingWebhookConfiguration": (
        "admissionregistration.k8s.io/v1",
        "admissionregistration.k8s.io/v1beta1",
    ),
    "ValidatingWebhookConfiguration": (
        "admissionregistration.k8s.io/v1",
        "admissionregistration.k8s.io/v1beta1",
    ),
    "ValidatingAdmissionPolicy": ("admissionregistration.k8s.io/v1",),
    "ValidatingAdmissionPolicyBinding": ("admissionregistration.k8s.io/v1",),
    "CustomResourceDefinition": ("apiextensions.k8s.io/v1", "apiextensions.k8s.io/v1beta1"),
    "APIService": ("apiregistration.k8s.io/v1", "apiregistration.k8s.io/v1beta1"),
    "CertificateSigningRequest": ("certificates.k8s.io/v1", "certificates.k8s.io/v1beta1"),
    "FlowSchema": ("flowcontrol.apiserver.k8s.io/v1beta1",),
    "PriorityLevelConfiguration": ("flowcontrol.apiserver.k8s.io/v1beta1",),
    "IngressClass": ("networking.k8s.io/v1", "networking.k8s.io/v1beta1"),
    "RuntimeClass": ("node.k8s.io/v1", "node.k8s.io/v1beta1"),
    "PodSecurityPolicy": ("policy/v1beta1",),
    "ClusterRole": ("rbac.authorization.k8s.io/v1", "rbac.authorization.k8s.io/v1beta1"),
    "ClusterRoleBinding": ("rbac.authorization.k8s.io/v1", "rbac.authorization.k8s.io/v1beta1"),
    "PriorityClass": ("scheduling.k8s.io/v1", "scheduling.k8s.io/v1beta1"),
    "CSIDriver": ("storage.k8s.io/v1", "storage.k8s.io/v1beta1"),
    "CSINode": ("storage.k8s.io/v1", "storage.k8s.io/v1beta1"),
    "StorageClass": ("storage.k8s.io/v1", "storage.k8s.io/v1beta1"),
    "VolumeAttachment": ("storage.k8s.io/v1", "storage.k8s.io/v1beta1"),
    "ComponentStatus": ("v1",),
    "Namespace": ("v1",),
    "Node": ("v1",),
    "NodeProxyOptions": ("v1",),
    "PersistentVolume": ("v1",),
}
"""Kinds that lie in no namespace, by the versions in which Kustomize knows that (the API reference of Kubernetes
1.21, which it goes by): anything else gets the namespace of a kustomization, custom resources too."""


class Gvk(Struct, frozen=True):
    """Group, version and kind; in what selects, an empty one stands for any."""

    group: str = ""
    version: str = ""
    kind: str = ""

    @property
    def cluster_scoped(self) -> bool:
        """Whether such an object surely lies in no namespace."""
        known = _CLUSTER_SCOPED.get(self.kind)
        return (
            known is not None
            and (f"{self.group}/{self.version}" if self.group else self.version) in known
        )

    def selected(self, by: Gvk) -> bool:
        """Whether ``by``, whose empty fields stand for any, selects it."""
        return (
            by.group in ("", self.group) and by.version in ("", self.version) and by.kind in ("", self.kind)
        )  # fmt: skip


ANY = Gvk()
"""Selects everything."""


class Id(Struct, frozen=True):
    """What an object is called, now or earlier."""

    kind: Gvk
    name: str
    namespace: str

    @property
    def effective_namespace(self) -> str:
        """The namespace it lies in; that of objects which name none is ``default``."""
        return NO_NAMESPACE if self.kind.cluster_scoped else self.namespace or DEFAULT_NAMESPACE

    def same(self, other: Id) -> bool:
        """Whether both name the same object."""
        return (
            self.name == other.name
            and self.kind == other.kind
            and self.effective_namespace == other.effective_namespace
        )


@lru_cache(maxsize=4096)
def kind_of(api_version: str, kind: str) -> Gvk:
    """The kind of an object that says this of itself; a build asks it of every object for every field."""
    return Gvk(*split_version(api_version), kind)


def split_version(api_version: str) -> tuple[str, str]:
    """Group and version of an ``apiVersion``."""
    group, slash, version = api_version.partition("/")
    return (group, version) if slash else ("", api_version)
