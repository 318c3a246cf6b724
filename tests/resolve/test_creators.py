"""Clusters that custom resources make, and what points at them: what is deployed there is there, the rest isn't."""

from __future__ import annotations

import base64

import pytest

from tests.resolve.cluster_house import annotated, everywhere, placed, pod, said, where

NOBODY = ("no-evidence: cluster", "no-evidence: cluster")

EKS = """
apiVersion: eks.aws.upbound.io/v1beta1
kind: Cluster
metadata: {name: claims}
spec: {forProvider: {region: eu-west-3}}
---
apiVersion: eks.aws.upbound.io/v1beta1
kind: ClusterAuth
metadata: {name: claims}
spec:
  forProvider: {region: eu-west-3, clusterNameRef: {name: claims}}
  writeConnectionSecretToRef: {name: claims-conn, namespace: flux-system}
"""
CAPI = """
apiVersion: cluster.x-k8s.io/v1beta1
kind: Cluster
metadata: {name: claims, namespace: flux-system}
spec:
  controlPlaneRef: {apiVersion: controlplane.cluster.x-k8s.io/v1beta1, kind: KubeadmControlPlane, name: cp}
  infrastructureRef: {apiVersion: infrastructure.cluster.x-k8s.io/v1beta1, kind: ScalewayCluster, name: infra}
---
apiVersion: controlplane.cluster.x-k8s.io/v1beta1
kind: KubeadmControlPlane
metadata: {name: cp, namespace: flux-system}
---
apiVersion: infrastructure.cluster.x-k8s.io/v1alpha1
kind: ScalewayCluster
metadata: {name: infra, namespace: flux-system}
spec: {region: fr-par}
"""
MADE = {
    "crossplane": (EKS, "claims-conn", ("aws", "eu-west-3")),
    "cluster-api": (CAPI, "claims-kubeconfig", ("scaleway", "fr-par")),
    "classic": (
        "apiVersion: eks.aws.crossplane.io/v1beta1\nkind: Cluster\nmetadata: {name: claims}\n"
        "spec: {forProvider: {region: eu-central-1}, writeConnectionSecretToRef: {name: c, namespace: flux-system}}\n",
        "c",
        ("aws", "eu-central-1"),
    ),
    "gke": (
        "apiVersion: container.gcp.upbound.io/v1beta1\nkind: Cluster\nmetadata: {name: claims}\n"
        "spec: {forProvider: {location: europe-west9}, writeConnectionSecretToRef: {name: c, namespace: flux-system}}",
        "c",
        ("google-cloud", "europe-west9"),
    ),
    "aks": (
        "apiVersion: containerservice.azure.upbound.io/v1beta1\nkind: KubernetesCluster\nmetadata: {name: claims}\n"
        "spec: {forProvider: {location: francecentral}, writeConnectionSecretToRef: {name: c, namespace: flux-system}}",
        "c",
        ("microsoft-azure", "francecentral"),
    ),
    "scaleway": (
        "apiVersion: k8s.scaleway.upbound.io/v1alpha1\nkind: Cluster\nmetadata: {name: claims}\n"
        "spec: {forProvider: {region: nl-ams}, writeConnectionSecretToRef: {name: c, namespace: flux-system}}\n",
        "c",
        ("scaleway", "nl-ams"),
    ),
    "ovh": (
        "apiVersion: kube.ovh.edixos.io/v1alpha1\nkind: ProjectKube\nmetadata: {name: claims}\n"
        "spec: {forProvider: {region: GRA9}, writeConnectionSecretToRef: {name: c, namespace: flux-system}}\n",
        "c",
        ("ovhcloud", "GRA"),
    ),
    "aso": (
        "apiVersion: containerservice.azure.com/v1api20240901\nkind: ManagedCluster\n"
        "metadata: {name: claims, namespace: flux-system}\n"
        "spec: {location: westeurope, operatorSpec: {secrets: {adminCredentials: {name: c, key: value}}}}\n",
        "c",
        ("microsoft-azure", "westeurope"),
    ),
}


def _flux(secret: str, path: str = "./apps") -> str:
    return (
        "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\n"
        "metadata: {name: apps, namespace: flux-system}\n"
        f"spec: {{path: {path}, kubeConfig: {{secretRef: {{name: '{secret}'}}}}}}\n"
    )


@pytest.mark.parametrize("name", sorted(MADE))
def test_what_flux_applies_with_the_kubeconfig_of_a_cluster_that_is_made_here_is_there(
    name: str,
) -> None:
    text, secret, place = MADE[name]
    files = {
        "management/cluster.yaml": text,
        "management/apps.yaml": _flux(secret),
        "apps/pod.yaml": pod(),
    }
    assert where(files, "Pod/api") == place
    other = {**files, "management/apps.yaml": _flux("another")}
    assert where(other, "Pod/api")[0] == "no-evidence: clusters"


def test_what_stands_beside_a_cluster_that_is_made_runs_on_the_one_that_manages_it() -> None:
    for text, _, _ in MADE.values():
        files = {
            "management/cluster.yaml": text,
            "management/pod.yaml": pod(),
            "management/apps/pod.yaml": pod("b"),
        }
        assert (
            where(files, "Pod/api")[0] == where(files, "Pod/b")[0] == "no-evidence: clusters"
        )


def test_a_kubeconfig_that_is_filled_in_later_leaves_nothing_to_weaker_signs() -> None:
    files = {
        "management/apps.yaml": _flux("${CLUSTER}-kubeconfig"),
        "apps/pod.yaml": pod(nodeSelector={"k8s.scaleway.com/pool-name": "a"}),
    }
    assert str(where(files, "Pod/api")[0]).startswith("templated")
    assert "kubernetes.later-clusters" in said(files)


def test_weaker_signs_against_the_cluster_that_is_pointed_at_are_said() -> None:
    balancer = annotated("Service", {"load-balancer.hetzner.cloud/location": "hel1"})
    files = {
        "m/cluster.yaml": EKS,
        "m/apps.yaml": _flux("claims-conn"),
        "apps/pod.yaml": pod(),
        "apps/b.yaml": balancer,
    }
    assert where(files, "Pod/api") == ("aws", "eu-west-3")
    assert "resolve.cluster-outweighed" in said(files)


def test_nodes_and_volumes_of_another_company_leave_the_cluster_that_is_pointed_at_open() -> (
    None
):
    files = {
        "m/cluster.yaml": EKS,
        "m/apps.yaml": _flux("claims-conn"),
        "apps/pod.yaml": pod(),
    }
    nodes = pod("b", nodeSelector={"k8s.scaleway.com/pool-name": "a"})
    assert where({**files, "apps/b.yaml": nodes}, "Pod/api")[0] == {"aws", "scaleway"}
    zone = pod("b", nodeSelector={"topology.ebs.csi.aws.com/zone": "eu-west-1a"})
    assert where({**files, "apps/b.yaml": zone}, "Pod/api") == (
        "aws",
        {"eu-west-3", "eu-west-1"},
    )
    same = pod("b", nodeSelector={"topology.ebs.csi.aws.com/zone": "eu-west-3a"})
    assert where({**files, "apps/b.yaml": same}, "Pod/api") == ("aws", "eu-west-3")


def _local(path: str) -> str:
    return (
        "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\n"
        f"metadata: {{name: local, namespace: flux-system}}\nspec: {{path: {path}}}\n"
    )


def test_what_is_deployed_on_its_own_cluster_too_moves_nothing_else_there() -> None:
    balancer = annotated("Service", {"load-balancer.hetzner.cloud/location": "hel1"})
    files = {
        "m/cluster.yaml": EKS,
        "m/there.yaml": _flux("claims-conn", "./shared"),
        "m/here.yaml": _local("./shared"),
        "m/lb.yaml": balancer,
        "m/pod.yaml": pod("own"),
        "shared/pod.yaml": pod(),
        "shared/more.yaml": _local("./more"),
        "more/pod.yaml": pod("more"),
    }
    assert where(files, "Pod/own") == ("hetzner", "hel1")
    for each in ("Pod/api", "Pod/more"):
        assert {provider for provider, _ in everywhere(files, each)} == {"hetzner", "aws"}
    elsewhere = {**files, "m/there.yaml": _flux("unheard-of", "./shared")}
    assert where(elsewhere, "Pod/own") == ("hetzner", "hel1")
    unknown = ("no-evidence: clusters", "no-evidence: clusters")
    assert everywhere(elsewhere, "Pod/api") == [("hetzner", "hel1"), unknown]


def test_two_clusters_of_one_name_are_either() -> None:
    there = CAPI.replace("fr-par", "nl-ams")
    files = {
        "a/c.yaml": CAPI,
        "b/c.yaml": there,
        "m/apps.yaml": _flux("claims-kubeconfig"),
        "apps/pod.yaml": pod(),
    }
    assert where(files, "Pod/api") == ("scaleway", {"fr-par", "nl-ams"})


def _release(kind: str) -> str:
    return (
        f"apiVersion: {kind}.crossplane.io/v1beta1\nkind: {'Release' if kind == 'helm' else 'Object'}\n"
        "metadata: {name: web}\nspec: {providerConfigRef: {name: claims}}\n---\n"
        f"apiVersion: {kind}.crossplane.io/v1beta1\nkind: ProviderConfig\nmetadata: {{name: claims}}\nspec:\n"
        "  credentials: {source: Secret, secretRef: {namespace: flux-system, name: claims-conn, key: kubeconfig}}\n"
    )


@pytest.mark.parametrize(
    ("kind", "address"), [("helm", "Release.helm"), ("kubernetes", "Object.kubernetes")]
)
def test_what_crossplane_makes_in_a_cluster_is_where_its_provider_configuration_says(
    kind: str, address: str
) -> None:
    files = {"m/cluster.yaml": EKS, "m/web.yaml": _release(kind)}
    assert where(files, f"{address}.crossplane.io/web") == ("aws", "eu-west-3")
    gone = {
        **files,
        "m/web.yaml": _release(kind).replace("name: claims-conn", "name: another"),
    }
    assert where(gone, f"{address}.crossplane.io/web") == NOBODY


ARGO = "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: web}\nspec:\n  source: {path: apps}\n"


def _argo_secret(name: str, server: str, **labels: str) -> str:
    more = "".join(f", {key}: {value}" for key, value in labels.items())
    return (
        f"apiVersion: v1\nkind: Secret\nmetadata:\n  name: {name}-secret\n"
        f"  labels: {{argocd.argoproj.io/secret-type: cluster{more}}}\n"
        f"stringData: {{name: {name}, server: '{server}', config: '{{}}'}}\n"
    )


EKSCTL = "apiVersion: eksctl.io/v1alpha5\nkind: ClusterConfig\nmetadata: {name: claims, region: eu-west-1}\n"
PARIS = "https://1f5e2d1c.api.k8s.fr-par.scw.cloud:6443"


def test_argo_cd_finds_a_cluster_by_its_name() -> None:
    named = {
        "argo/app.yaml": ARGO + "  destination: {name: claims}\n",
        "apps/pod.yaml": pod(),
    }
    for more, place in (
        ({"argo/eks.yaml": EKS}, ("aws", "eu-west-3")),
        ({"argo/c.yaml": EKSCTL}, ("aws", "eu-west-1")),
        ({"argo/s.yaml": _argo_secret("claims", PARIS)}, ("scaleway", "fr-par")),
    ):  # fmt: skip
        assert where({**named, **more}, "Pod/api") == place
        assert where({**named, **more}, "Application.argoproj.io/web") == place
    assert where(named, "Pod/api")[0] == "no-evidence: clusters"
    assert where(named, "Application.argoproj.io/web") == NOBODY


def test_a_secret_of_argo_cd_is_read_encoded_too_and_may_name_its_own_cluster() -> None:
    coded = base64.b64encode(PARIS.encode()).decode()
    secret = _argo_secret("claims", PARIS).partition("stringData")[0]
    secret += f"data: {{name: {base64.b64encode(b'claims').decode()}, server: {coded}}}\n"
    files = {
        "argo/app.yaml": ARGO + "  destination: {name: claims}\n",
        "apps/pod.yaml": pod(),
        "argo/s.yaml": secret,
    }
    assert where(files, "Pod/api") == ("scaleway", "fr-par")
    balancer = annotated("Service", {"load-balancer.hetzner.cloud/location": "hel1"})
    own = {
        **files,
        "argo/s.yaml": _argo_secret("claims", "https://kubernetes.default.svc"),
        "argo/b.yaml": balancer,
    }
    assert where(own, "Pod/api") == ("hetzner", "hel1")


def test_a_server_that_a_secret_hides_may_be_anywhere() -> None:
    hidden = _argo_secret("claims", "ENC[AES256_GCM,data:x]")
    files = {
        "argo/app.yaml": ARGO + "  destination: {name: claims}\n",
        "argo/s.yaml": hidden,
        "apps/pod.yaml": pod(nodeSelector={"k8s.scaleway.com/pool-name": "a"}),
    }
    assert str(where(files, "Pod/api")[0]).startswith("from-environment")


SET = """
apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: web}
spec:
  generators: [%s]
  template:
    spec:
      source: {path: 'apps/{{ cluster }}'}
      destination: {%s}
"""
LISTED = "{list: {elements: [{cluster: claims, url: '%s'}, {cluster: other, url: 'https://10.0.0.1'}]}}"


def test_an_application_set_deploys_each_element_of_a_list() -> None:
    pods = {"apps/claims/pod.yaml": pod(), "apps/other/pod.yaml": pod("b")}
    files = {"argo/set.yaml": SET % (LISTED % PARIS, "server: '{{url}}'"), **pods}
    assert where(files, "Pod/api") == ("scaleway", "fr-par")
    assert where(files, "Pod/b")[0] == "no-evidence: clusters"
    named = {
        "argo/set.yaml": SET % (LISTED % "", "name: '{{.cluster}}'"),
        **pods,
        "argo/eks.yaml": EKS,
    }
    assert where(named, "Pod/api") == ("aws", "eu-west-3")


def test_an_application_set_deploys_to_the_clusters_that_its_labels_select() -> None:
    chosen = "{clusters: {selector: {matchLabels: {tier: prod}}}}"
    template = (SET % (chosen, "server: '{{server}}'")).replace("apps/{{ cluster }}", "apps")
    files = {"argo/set.yaml": template, "apps/pod.yaml": pod()}
    paris, other = (
        _argo_secret("a", PARIS, tier="prod"),
        _argo_secret("b", "https://x.gr7.us-east-1.eks.amazonaws.com"),
    )
    assert where({**files, "argo/a.yaml": paris, "argo/b.yaml": other}, "Pod/api") == (
        "scaleway",
        "fr-par",
    )
    # None of those here is selected: it may be any other.
    weaker = {
        **files,
        "argo/b.yaml": other,
        "apps/pod.yaml": pod(nodeSelector={"k8s.scaleway.com/pool-name": "a"}),
    }
    assert str(where(weaker, "Pod/api")[0]).startswith("templated")


def test_a_kubeconfig_that_calls_a_cluster_as_one_made_here_shows_it() -> None:
    config = (
        "apiVersion: v1\nkind: Config\nclusters: [{name: claims, cluster: {server: 'https://10.0.0.1:6443'}}]\n"
        "contexts: []\nusers: []\n"
    )
    files = {"k8s/kubeconfig.yaml": config, "k8s/pod.yaml": pod(), "made/eks.yaml": EKS}
    assert where(files, "Pod/api") == ("aws", "eu-west-3")
    assert (
        where({**files, "made/eks.yaml": pod("b")}, "Pod/api")[0] == "no-evidence: clusters"
    )


def test_each_is_placed_itself() -> None:
    found, _ = placed({f"{name}.yaml": text for name, (text, _, _) in MADE.items()})
    for name, (_, _, place) in MADE.items():
        at = [each for key, each in found.items() if key.startswith(f"{name}.yaml")]
        providers = {
            str(getattr(one.provider, "value", "")) for each in at for one in each.placements
        }
        assert place[0] in providers, name
