"""Where manifests land, as kinds, fields, controllers and issuers show it that exist on one cloud alone; and what Flux
puts into the objects of a path that it applies."""

from __future__ import annotations

import json

import pytest

from tests.resolve.cluster_house import annotated, flux, pod, where

NOWHERE = ("no-evidence: clusters", "no-evidence: clusters")
AZURE = ("microsoft-azure", "no-evidence: region")
AWS = ("aws", "no-evidence: region")
ISSUER = "https://uksouth.oic.prod-aks.azure.com/tenant/cluster/"
HERE = "k8s/pod.yaml k8s:-/Pod/api"


def _object(version: str, kind: str, **more: object) -> str:
    return json.dumps(
        {"apiVersion": version, "kind": kind, "metadata": {"name": "a"}, **more}, indent=1
    )


def _secrets(provider: str, **parameters: str) -> str:
    spec = {"provider": provider, "parameters": parameters}
    return _object("secrets-store.csi.x-k8s.io/v1", "SecretProviderClass", spec=spec)


def _issued(issuer: str) -> str:
    kind = "FederatedIdentityCredential"
    return _object("managedidentity.azure.com/v1api20220131preview", kind, spec={"issuer": issuer})  # fmt: skip


def _release(chart: str, **more: object) -> str:
    spec = {"chart": {"spec": {"chart": chart}}, **more}
    return _object("helm.toolkit.fluxcd.io/v2", "HelmRelease", spec=spec)


def _installed(chart: str, server: str) -> str:
    spec = {"source": {"chart": chart}, "destination": {"server": server}}
    return _object("argoproj.io/v1alpha1", "Application", spec=spec)


def _identified(by: str) -> str:
    """A workload that takes an identity by its label."""
    pods = {"metadata": {"labels": {"aadpodidbinding": by}}, "spec": {"containers": []}}
    return _object("apps/v1", "Deployment", spec={"template": pods})


def _runs(image: str) -> str:
    spec = {"template": {"spec": {"containers": [{"name": "a", "image": image}]}}}
    return _object("apps/v1", "DaemonSet", spec=spec)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (_object("aadpodidentity.k8s.io/v1", "AzureIdentity"), AZURE),
        (_object("elbv2.k8s.aws/v1beta1", "TargetGroupBinding"), AWS),
        (
            _object("cloud.google.com/v1", "BackendConfig"),
            ("google-cloud", "no-evidence: region"),
        ),
        # Of another group: somebody else's.
        (_object("example.org/v1", "AzureIdentity"), NOWHERE),
        (_identified("reader"), AZURE),
        (_identified(""), NOWHERE),
        (_secrets("azure", usePodIdentity="true"), AZURE),
        (_secrets("azure", useVMManagedIdentity="true"), AZURE),
        # A cluster of Azure Arc runs anywhere.
        (_secrets("azure", usePodIdentity="false", clientID="a"), NOWHERE),
        (_secrets("vault", usePodIdentity="true"), NOWHERE),
        # The secrets' region isn't the cluster's.
        (_secrets("aws", region="eu-west-3"), AWS),
        (_issued(ISSUER), ("microsoft-azure", "uksouth")),
        (_issued("https://token.actions.githubusercontent.com"), NOWHERE),
        (_issued("${ISSUER_URL}"), NOWHERE),
        (_release("aws-load-balancer-controller"), AWS),
        (_release("aws-load-balancer-controller", kubeConfig={"secretRef": {"name": "b"}}), NOWHERE),
        (_release("cluster-autoscaler", values={"awsRegion": "eu-west-3"}), ("aws", "eu-west-3")),
        (_release("api", values={"awsRegion": "eu-west-3"}), NOWHERE),
        (_installed("hcloud-csi", "https://kubernetes.default.svc"), ("hetzner", "no-evidence: region")),
        (_runs("hetznercloud/hcloud-cloud-controller-manager:v1.20.0"), ("hetzner", "no-evidence: region")),
        (_runs("scaleway/scaleway-csi:v0.3.1"), ("scaleway", "no-evidence: region")),
        (_runs("example.org/hetznercloud/hcloud-cloud-controller-manager:v1"), NOWHERE),
    ],
)  # fmt: skip
def test_what_one_cloud_alone_has(text: str, place: tuple[object, object]) -> None:
    assert where({"k8s/pod.yaml": pod(), "k8s/other.yaml": text}, HERE) == place


def test_two_clouds_in_one_folder_leave_it_open() -> None:
    files = {
        "k8s/pod.yaml": pod(),
        "k8s/a.yaml": _object("aadpodidentity.k8s.io/v1", "AzureIdentity"),
        "k8s/b.yaml": annotated(
            "ServiceAccount", {"eks.amazonaws.com/role-arn": "arn:aws:iam::1:role/a"}
        ),
    }
    assert where(files, HERE)[0] == {"aws", "microsoft-azure"}


def _estate(**issuers: str) -> dict[str, str]:
    """Clusters that apply the same folder by variables, each with its own issuer and its own overlay of it."""
    files = {}
    for name, issuer in issuers.items():
        given = {"ENVIRONMENT": name, "ISSUER_URL": issuer}
        files[f"clusters/{name}/self.yaml"] = flux(
            "self", f"./clusters/{name}", postBuild={"substitute": given}
        )
        files[f"clusters/{name}/apps.yaml"] = flux("apps", "./apps/api/${ENVIRONMENT}")
        files[f"apps/api/{name}/pod.yaml"] = pod(name)
    return files


def test_paths_are_filled_with_what_flux_substitutes() -> None:
    files = _estate(
        prod=ISSUER, test="https://francecentral.oic.prod-aks.azure.com/tenant/other/"
    )
    assert where(files, "apps/api/prod/pod.yaml k8s:-/Pod/prod") == (
        "microsoft-azure",
        "uksouth",
    )
    assert where(files, "apps/api/test/pod.yaml k8s:-/Pod/test") == (
        "microsoft-azure",
        "francecentral",
    )


def test_a_variable_that_nobody_fills_leads_nowhere() -> None:
    files = {
        **_estate(prod=ISSUER),
        "clusters/prod/apps.yaml": flux("apps", "./apps/${WHAT}"),
    }
    assert where(files, "apps/api/prod/pod.yaml k8s:-/Pod/prod") == NOWHERE


def test_what_is_substituted_on_another_cluster_says_nothing_of_this_one() -> None:
    given = {"substitute": {"A": ISSUER}}
    away = flux("away", "./far", kubeConfig={"secretRef": {"name": "far"}}, postBuild=given)
    assert where({"k8s/pod.yaml": pod(), "k8s/away.yaml": away}, HERE) == NOWHERE


def test_an_issuer_of_another_cluster_says_nothing_of_this_one() -> None:
    given = {"substitute": {"EXTMON_CLUSTER_ISSUER": ISSUER}}
    itself = flux("self", "./k8s", postBuild=given)
    assert where({"k8s/pod.yaml": pod(), "k8s/self.yaml": itself}, HERE) == NOWHERE
