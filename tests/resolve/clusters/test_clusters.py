"""Where manifests land: what shows it, how strongly, what contradicts it, and what never shows anything."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sovlint.model.inputs import Cluster
from sovlint.model.source import Span
from tests.resolve.cluster_house import (
    annotated,
    argo,
    claim,
    everywhere,
    flux,
    placed,
    pod,
    said,
    storage_class,
    where,
)

NOWHERE = ("no-evidence: clusters", "no-evidence: clusters")
HERE = "k8s/pod.yaml k8s:-/Pod/api"


def _needs(key: str, *values: str, operator: str = "In") -> dict[str, Any]:
    rule: dict[str, Any] = {"key": key, "operator": operator}
    return {"matchExpressions": [{**rule, "values": list(values)} if values else rule]}


def _required(*terms: dict[str, Any]) -> dict[str, Any]:
    required = {
        "requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms": list(terms)}
    }
    return {"affinity": {"nodeAffinity": required}}


def _beside(text: str, path: str = "k8s/other.yaml") -> tuple[object, object]:
    """Where a pod is, with something else in its folder."""
    return where({"k8s/pod.yaml": pod(), path: text}, HERE)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (storage_class("csi.scaleway.com"), ("scaleway", "no-evidence: region")),
        (
            storage_class(
                "csi.scaleway.com",
                allowedTopologies=[
                    {
                        "matchLabelExpressions": [
                            {"key": "topology.csi.scaleway.com/zone", "values": ["fr-par-2"]}
                        ]
                    }
                ],
            ),
            ("scaleway", "fr-par"),
        ),
        (
            storage_class(
                "kubernetes.io/gce-pd", parameters={"zones": "europe-west9-a, europe-west9-b"}
            ),
            ("google-cloud", "europe-west9"),
        ),
        (
            storage_class("kubernetes.io/aws-ebs", parameters={"zone": "cn-north-1a"}),
            ("aws-china", "cn-north-1"),
        ),
        (storage_class("kubernetes.io/aws-ebs"), ("aws", "no-evidence: region")),
        (
            annotated(
                "Service", {"service.beta.kubernetes.io/scw-loadbalancer-zone": "nl-ams-1"}
            ),
            ("scaleway", "nl-ams"),
        ),
        (
            annotated("Service", {"load-balancer.hetzner.cloud/location": "fsn1"}),
            ("hetzner", "fsn1"),
        ),
        (
            annotated("Service", {"load-balancer.hetzner.cloud/name": "web"}),
            ("hetzner", "no-evidence: region"),
        ),
        (
            annotated(
                "ServiceAccount", {"eks.amazonaws.com/role-arn": "arn:aws-cn:iam::1:role/a"}
            ),
            ("aws-china", "no-evidence: region"),
        ),
        (
            annotated(
                "ServiceAccount",
                {"iam.gke.io/gcp-service-account": "a@b.iam.gserviceaccount.com"},
            ),
            ("google-cloud", "no-evidence: region"),
        ),
        (
            annotated(
                "Ingress",
                {
                    "alb.ingress.kubernetes.io/certificate-arn": "arn:aws:acm:eu-west-3:1:certificate/a"
                },
                "networking.k8s.io/v1",
            ),
            ("aws", "eu-west-3"),
        ),
        (
            pod("other", nodeSelector={"k8s.scaleway.com/pool-name": "a"}),
            ("scaleway", "no-evidence: region"),
        ),
        (
            pod("other", nodeSelector={"topology.kubernetes.io/zone": "europe-west9-a"}),
            ("google-cloud", "europe-west9"),
        ),
        (
            pod("other", nodeSelector={"topology.kubernetes.io/zone": "eu-west-2b"}),
            ({"aws", "outscale"}, "..."),
        ),
        (
            pod(
                "other", **_required(_needs("topology.kubernetes.io/zone", "europe-west9-c"))
            ),
            ("google-cloud", "europe-west9"),
        ),
        (
            pod(
                "other", **_required(_needs("eks.amazonaws.com/nodegroup", operator="Exists"))
            ),
            ("aws", "no-evidence: region"),
        ),
    ],
)
def test_what_shows_where_a_cluster_is(text: str, place: tuple[object, object]) -> None:
    found = _beside(text)
    if isinstance(place[0], set):
        assert isinstance(found[0], set)
        assert found[0] >= place[0]
    else:
        assert found == place


@pytest.mark.parametrize(
    "text",
    [
        annotated(
            "Service",
            {
                "docs": "https://docs.aws.amazon.com/eks/",
                "sovlint.example/console": "https://console.scaleway.com",
            },
        ),
        annotated(
            "ConfigMap", {"service.beta.kubernetes.io/scw-loadbalancer-zone": "fr-par-1"}
        ),
        annotated("ServiceAccount", {"azure.workload.identity/client-id": "1"}),
        annotated("Service", {"external-dns.alpha.kubernetes.io/aws-region": "eu-west-3"}),
        annotated("Service", {"loadbalancer.openstack.org/flavor-id": "1"}),
        annotated(
            "ConfigMap",
            {},
            data={"provisioner": "ebs.csi.aws.com", "node": "eks.amazonaws.com/nodegroup: a"},
        ),
        pod(
            "other", nodeSelector={"kubernetes.io/os": "linux", "kubernetes.io/arch": "amd64"}
        ),
        pod(
            "other",
            nodeSelector={"topology.kubernetes.io/zone": "dc1", "zone": "europe-west9-a"},
        ),
        pod(
            "other", nodeSelector={"topology.kubernetes.io/region": "us-west-1"}
        ),  # met on machines of one's own
        pod(
            "other",
            **_required(_needs("eks.amazonaws.com/nodegroup", operator="DoesNotExist")),
        ),
        pod(
            "other",
            **_required(
                _needs("topology.kubernetes.io/zone", "europe-west9-a", operator="NotIn")
            ),
        ),
        pod(
            "other",
            **_required(
                _needs("topology.kubernetes.io/zone", "europe-west9-a"),
                _needs("kubernetes.io/os", "linux"),
            ),
        ),
        pod(
            "other",
            affinity={
                "nodeAffinity": {
                    "preferredDuringSchedulingIgnoredDuringExecution": [
                        {
                            "weight": 1,
                            "preference": _needs("eks.amazonaws.com/nodegroup", "a"),
                        }
                    ]
                }
            },
        ),
        storage_class("driver.longhorn.io"),
        storage_class("efs.csi.aws.com"),
        storage_class("cinder.csi.openstack.org"),
        "# provisioner: ebs.csi.aws.com\n# $schema: https://json.scaleway.com/a.json\n"
        + pod("other"),
        '{"$schema": "https://eks.eu-west-3.amazonaws.com/s.json", '
        + pod("other").lstrip("{"),
    ],
)
def test_what_shows_nothing(text: str) -> None:
    assert _beside(text) == NOWHERE


def test_without_evidence_that_is_said_once_with_the_number_of_objects() -> None:
    files = {"k8s/pod.yaml": pod(), "k8s/other.yaml": pod("other")}
    (remark,) = placed(files)[1]
    assert (remark.note.key, remark.note.params["count"], remark.path) == (
        "kubernetes.no-cluster", 2, "k8s/other.yaml",
    )  # fmt: skip


def test_evidence_covers_its_folder_and_those_below_and_no_other() -> None:
    volumes = {"k8s/prod/storage.yaml": storage_class("csi.scaleway.com")}
    assert where({**volumes, "k8s/prod/api/pod.yaml": pod()}, "Pod/api")[0] == "scaleway"
    assert where({**volumes, "k8s/test/pod.yaml": pod()}, "Pod/api") == NOWHERE
    assert where({**volumes, "k8s/pod.yaml": pod()}, "Pod/api") == NOWHERE
    # What stands in the git root covers its own folder alone: not the whole repository.
    top = {"storage.yaml": storage_class("csi.scaleway.com"), "k8s/pod.yaml": pod()}
    assert where(top, "Pod/api") == NOWHERE
    assert (
        where(
            {"storage.yaml": storage_class("csi.scaleway.com"), "pod.yaml": pod()}, "Pod/api"
        )[0]
        == "scaleway"
    )


def test_two_folders_are_two_clusters() -> None:
    files = {
        "k8s/a/storage.yaml": storage_class("csi.scaleway.com"),
        "k8s/a/pod.yaml": pod("a"),
        "k8s/b/storage.yaml": storage_class("ebs.csi.aws.com"),
        "k8s/b/pod.yaml": pod("b"),
    }
    assert where(files, "Pod/a")[0] == "scaleway"
    assert where(files, "Pod/b")[0] == "aws"
    assert said(files) == []


def test_a_level_that_contradicts_itself_leaves_the_place_open_and_that_is_said() -> None:
    files = {
        "k8s/pod.yaml": pod(),
        "k8s/a.yaml": storage_class("csi.scaleway.com"),
        "k8s/b.yaml": storage_class("ebs.csi.aws.com"),
    }
    assert where(files, HERE)[0] == {"scaleway", "aws"}
    assert said(files) == ["resolve.cluster-disputed"]


BALANCER = annotated("Service", {"service.beta.kubernetes.io/aws-load-balancer-type": "nlb"})


def test_levels_that_contradict_each_other_may_be_two_clusters_and_neither_counts() -> None:
    files = {
        "k8s/pod.yaml": pod(),
        "k8s/a.yaml": storage_class("csi.scaleway.com"),
        "k8s/b.yaml": BALANCER,
    }
    assert where(files, HERE)[0] == {"aws", "scaleway"}
    assert said(files) == ["resolve.cluster-disputed"]


def test_the_address_of_an_api_server_wins_and_what_it_outweighs_is_said() -> None:
    app = argo("apps", server="https://1f5e2d1c.api.k8s.fr-par.scw.cloud:6443")
    files = {"argo/app.yaml": app, "apps/pod.yaml": pod(), "apps/b.yaml": BALANCER}
    assert where(files, "apps/pod.yaml k8s:-/Pod/api")[0] == "scaleway"
    (remark,) = (
        each for each in placed(files)[1] if each.note.key == "resolve.cluster-outweighed"
    )
    assert (remark.path, remark.note.params["other"]) == ("apps/b.yaml", "aws")


def test_a_weaker_level_fills_what_a_stronger_one_leaves_open() -> None:
    zone = pod("other", nodeSelector={"topology.kubernetes.io/zone": "fr-par-1"})
    assert where({"k8s/pod.yaml": pod(), "k8s/b.yaml": zone}, HERE) == NOWHERE
    files = {
        "k8s/pod.yaml": pod(),
        "k8s/a.yaml": storage_class("csi.scaleway.com"),
        "k8s/b.yaml": zone,
    }
    assert where(files, HERE) == ("scaleway", "fr-par")
    assert said(files) == []


def test_zones_of_several_regions_leave_the_region_open_among_them() -> None:
    files = {
        "k8s/pod.yaml": pod(),
        "k8s/a.yaml": storage_class("csi.scaleway.com"),
        "k8s/b.yaml": pod("b", nodeSelector={"topology.kubernetes.io/zone": "fr-par-1"}),
        "k8s/c.yaml": pod("c", nodeSelector={"topology.kubernetes.io/zone": "nl-ams-1"}),
    }
    assert where(files, HERE) == ("scaleway", {"fr-par", "nl-ams"})
    same = {
        **files,
        "k8s/c.yaml": pod("c", nodeSelector={"topology.kubernetes.io/zone": "fr-par-2"}),
    }
    assert where(same, HERE) == ("scaleway", "fr-par")


def test_a_template_in_a_label_is_not_a_region() -> None:
    text = pod("other", nodeSelector={"topology.csi.scaleway.com/zone": "${ZONE}"})
    provider, region = _beside(text)
    assert provider == "scaleway"
    assert str(region).startswith("templated")


def test_what_is_declared_stands_whatever_else_is_seen_and_a_contradiction_is_said() -> None:
    here = Cluster(
        lambda path: path.startswith("k8s/"),
        "scaleway",
        None,
        Span("sovlint.yaml", 2, 1, 2, 9),
    )
    zone = {
        "k8s/b.yaml": pod("b", nodeSelector={"topology.csi.scaleway.com/zone": "fr-par-1"})
    }
    assert where({"k8s/pod.yaml": pod(), **zone}, HERE, here) == ("scaleway", "fr-par")
    weak = {"k8s/pod.yaml": pod(), "k8s/a.yaml": BALANCER}
    assert where(weak, HERE, here) == ("scaleway", "no-evidence: region")
    (remark,) = placed(weak, [here])[1]
    assert (remark.note.key, remark.path, remark.line) == (
        "resolve.cluster-outweighed",
        "k8s/a.yaml",
        7,
    )


def test_what_is_declared_is_open_where_nodes_or_volumes_or_the_server_are_of_another_provider() -> (
    None
):
    here = Cluster(
        lambda path: path.startswith("k8s/"),
        "scaleway",
        "fr-par",
        Span("sovlint.yaml", 2, 1, 2, 9),
    )
    for text in (
        storage_class("ebs.csi.aws.com"),
        pod("other", nodeSelector={"eks.amazonaws.com/nodegroup": "x"}),
        pod("other", **_required(_needs("eks.amazonaws.com/nodegroup", operator="Exists"))),
        argo("k8s", server="https://abc.gr7.us-east-1.eks.amazonaws.com"),
    ):
        files = {
            "k8s/pod.yaml": pod(),
            "k8s/a.yaml": text,
            "k8s/b.yaml": storage_class("csi.scaleway.com", "mine"),
        }
        assert where(files, HERE, here)[0] == {"aws", "scaleway"}, text
    (remark,) = placed(files, [here])[1]
    assert (remark.note.key, remark.path) == (
        "resolve.cluster-declared-otherwise",
        "k8s/a.yaml",
    )
    assert (remark.note.params["at"], str(remark.note.params["by"])[:11]) == (
        "sovlint.yaml:2",
        "k8s/a.yaml:",
    )


def test_a_declared_region_is_open_where_nodes_have_to_be_in_another() -> None:
    zone = {"k8s/pod.yaml": pod(nodeSelector={"topology.csi.scaleway.com/zone": "fr-par-1"})}
    whole = Cluster(lambda path: True, "scaleway", "nl-ams", None)
    assert where(zone, HERE, whole) == ("scaleway", {"fr-par", "nl-ams"})
    aws = Cluster(lambda path: True, "aws", "eu-west-3", None)
    region = {
        "k8s/pod.yaml": pod(nodeSelector={"topology.kubernetes.io/region": "us-east-1"})
    }
    assert where(region, HERE, aws) == ("aws", {"eu-west-3", "us-east-1"})
    house = {"k8s/pod.yaml": pod(nodeSelector={"topology.kubernetes.io/region": "paris"})}
    assert where(house, HERE, aws) == ("aws", "eu-west-3")


def test_what_is_declared_to_be_elsewhere_says_nothing_against_what_is_declared_here() -> (
    None
):
    files = {
        "k8s/a.yaml": pod("a"),
        "k8s/b.yaml": pod("b", nodeSelector={"eks.amazonaws.com/nodegroup": "x"}),
    }
    both = (
        Cluster(lambda path: path == "k8s/a.yaml", "scaleway", "fr-par", None),
        Cluster(lambda path: path == "k8s/b.yaml", "aws", "eu-west-3", None),
    )
    assert where(files, "Pod/a", *both) == ("scaleway", "fr-par")
    assert where(files, "Pod/b", *both) == ("aws", "eu-west-3")
    assert said(files, *both) == []


def test_machines_that_join_from_elsewhere_are_nowhere_in_particular() -> None:
    files = {
        "k8s/pod.yaml": pod(nodeSelector={"eks.amazonaws.com/compute-type": "hybrid"}),
        "k8s/other.yaml": pod(
            "other", nodeSelector={"eks.amazonaws.com/compute-type": "auto"}
        ),
    }
    assert where(files, "Pod/other")[0] == "aws"
    assert where(files, HERE) == ("no-evidence: machines", "no-evidence: machines")


# --- Flux and Argo CD


def test_what_flux_applies_is_on_its_own_cluster() -> None:
    files = {
        "clusters/prod/apps.yaml": flux("apps", "./apps/prod"),
        "clusters/prod/lb.yaml": annotated(
            "Service", {"load-balancer.hetzner.cloud/location": "hel1"}
        ),
        "apps/prod/api/pod.yaml": pod(),
        "apps/test/pod.yaml": pod("test"),
    }
    assert where(files, "Pod/api") == ("hetzner", "hel1")
    assert where(files, "Pod/test") == NOWHERE
    elsewhere = {
        **files,
        "clusters/prod/apps.yaml": flux(
            "apps", "./apps/prod", kubeConfig={"secretRef": {"name": "a"}}
        ),
    }
    assert where(elsewhere, "Pod/api") == NOWHERE


def test_what_two_clusters_apply_is_on_both() -> None:
    files = {
        "clusters/a/apps.yaml": flux("apps", "./apps"),
        "clusters/a/storage.yaml": storage_class("csi.hetzner.cloud"),
        "clusters/b/apps.yaml": flux("apps", "./apps"),
        "clusters/b/storage.yaml": storage_class("csi.scaleway.com"),
        "apps/pod.yaml": pod(),
    }
    assert [place for place, _ in everywhere(files, "Pod/api")] == ["hetzner", "scaleway"]
    half = everywhere({**files, "clusters/b/storage.yaml": pod("other")}, "Pod/api")
    assert half[0][0] == "hetzner"
    assert half[1] == NOWHERE


def test_folders_that_apply_each_other_are_one_cluster() -> None:
    files = {
        "a/b.yaml": flux("b", "b"),
        "b/a.yaml": flux("a", "./a"),
        "b/c.yaml": flux("c", "c/"),
        "c/storage.yaml": storage_class("csi.hetzner.cloud"),
        "a/pod.yaml": pod(),
    }
    assert where(files, "Pod/api")[0] == "hetzner"


def test_argo_cd_says_on_which_cluster_by_its_api_server() -> None:
    server = "https://1f5e2d1c.api.k8s.fr-par.scw.cloud:6443"
    files = {"argo/app.yaml": argo("apps", server=server), "apps/pod.yaml": pod()}
    assert where(files, "Pod/api") == ("scaleway", "fr-par")
    itself = {
        "argo/app.yaml": argo("apps", server="https://kubernetes.default.svc"),
        "argo/storage.yaml": storage_class("csi.hetzner.cloud"),
        "apps/pod.yaml": pod(),
    }
    assert where(itself, "Pod/api")[0] == "hetzner"
    private = {
        "argo/app.yaml": argo("apps", server="https://10.0.0.1:6443"),
        "apps/pod.yaml": pod(),
    }
    assert where(private, "Pod/api") == NOWHERE


def test_a_kubeconfig_says_it_for_its_folder() -> None:
    config = """
apiVersion: v1
kind: Config
current-context: prod
contexts:
  - {name: prod, context: {cluster: paris, user: a}}
clusters:
  - {name: paris, cluster: {server: "https://1f5e2d1c.api.k8s.fr-par.scw.cloud:6443"}}
  - {name: virginia, cluster: {server: "https://abc.gr7.us-east-1.eks.amazonaws.com"}}
users: [{name: a, user: {token: hidden}}]
"""
    files = {"k8s/kubeconfig.yaml": config, "k8s/pod.yaml": pod()}
    assert where(files, HERE) == ("scaleway", "fr-par")
    anyone = {
        **files,
        "k8s/kubeconfig.yaml": config.replace(
            "current-context: prod", "current-context: gone"
        ),
    }
    assert where(anyone, HERE)[0] == {"scaleway", "aws"}


# --- clusters that Terraform creates

KAPSULE = """
terraform { required_providers { scaleway = { source = "scaleway/scaleway" } } }
provider "scaleway" { region = "%s" }
resource "scaleway_k8s_cluster" "main" { name = "claims" }
provider "kubernetes" { host = scaleway_k8s_cluster.main.kubeconfig[0].host }
"""
EKS = """
provider "aws" { region = "us-east-1" }
resource "aws_eks_cluster" "main" { name = "claims" }
provider "helm" { kubernetes { host = aws_eks_cluster.main.endpoint } }
"""


def test_the_only_cluster_that_terraform_creates_and_points_at_is_where_manifests_land() -> (
    None
):
    files = {"infra/main.tf": KAPSULE % "fr-par", "k8s/pod.yaml": pod()}
    assert where(files, HERE) == ("scaleway", "fr-par")
    assert said(files) == []
    unpointed = "\n".join((KAPSULE % "fr-par").strip().splitlines()[:3])
    assert where({**files, "infra/main.tf": unpointed}, HERE) == NOWHERE


def test_of_several_that_whose_root_is_called_like_the_folder() -> None:
    files = {
        "infra/prod/main.tf": KAPSULE % "fr-par",
        "infra/test/main.tf": EKS,
        "k8s/prod/pod.yaml": pod(),
        "k8s/test/pod.yaml": pod("test"),
        "k8s/pod.yaml": pod("any"),
    }
    assert where(files, "Pod/api") == ("scaleway", "fr-par")
    assert where(files, "Pod/test") == ("aws", "us-east-1")
    assert where(files, "Pod/any")[0] == {"scaleway", "aws"}


def test_several_in_one_place_leave_nothing_open() -> None:
    files = {
        "infra/a/main.tf": KAPSULE % "fr-par",
        "infra/b/main.tf": KAPSULE % "fr-par",
        "k8s/pod.yaml": pod(),
    }
    assert where(files, HERE) == ("scaleway", "fr-par")
    assert where({**files, "infra/b/main.tf": KAPSULE % "nl-ams"}, HERE) == (
        "scaleway",
        {"fr-par", "nl-ams"},
    )


def test_other_evidence_chooses_among_clusters_or_contradicts_all() -> None:
    volumes = {"k8s/a.yaml": storage_class("ebs.csi.aws.com"), "k8s/pod.yaml": pod()}
    both = {"infra/a/main.tf": KAPSULE % "fr-par", "infra/b/main.tf": EKS}
    assert where({**both, **volumes}, HERE) == ("aws", "us-east-1")
    one = {"infra/a/main.tf": KAPSULE % "fr-par", **volumes}
    assert where(one, HERE)[0] == {"scaleway", "aws"}
    assert said(one) == ["resolve.cluster-disputed"]


def test_a_second_cluster_that_is_not_known_leaves_the_place_open() -> None:
    unknown = 'variable "host" {}\nprovider "kubernetes" { host = var.host }\n'
    files = {
        "infra/a/main.tf": KAPSULE % "fr-par",
        "infra/b/main.tf": unknown,
        "k8s/pod.yaml": pod(),
    }
    assert where(files, HERE)[0] == "multi-valued: clusters"
    assert where({"infra/b/main.tf": unknown, "k8s/pod.yaml": pod()}, HERE) == NOWHERE


# --- unknown never makes it better

_SIGNS = (
    storage_class("csi.scaleway.com", "a"), storage_class("ebs.csi.aws.com", "b"),
    storage_class("driver.longhorn.io", "c"),
    annotated("Service", {"service.beta.kubernetes.io/scw-loadbalancer-zone": "fr-par-1"}),
    annotated("Service", {"service.beta.kubernetes.io/aws-load-balancer-type": "nlb"}),
    pod("d", nodeSelector={"topology.kubernetes.io/zone": "fr-par-1"}),
    pod("e", nodeSelector={"topology.kubernetes.io/zone": "eu-west-3a"}),
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.sets(st.sampled_from(range(len(_SIGNS))), max_size=5), st.booleans())
def test_whatever_order_files_are_in_they_show_the_same(
    chosen: set[int], created: bool
) -> None:
    signs = [_SIGNS[index] for index in sorted(chosen)]
    infra = {"infra/main.tf": KAPSULE % "fr-par"} if created else {}
    one = {f"k8s/{index}.yaml": sign for index, sign in enumerate(signs)}
    other = {f"k8s/{9 - index}.yaml": sign for index, sign in enumerate(signs)}
    places = [
        where({**infra, **files, "k8s/pod.yaml": pod()}, HERE) for files in (one, other)
    ]
    assert places[0] == places[1]


_STRENGTH = (3, 3, 9, 5, 5, 4, 4)
"""How strong each sign is, as in ``Level``; 9 where it shows nothing."""

_CHOSEN = st.sets(st.sampled_from(range(len(_SIGNS))), min_size=1, max_size=5)


def _told(
    chosen: set[int], templated: int | None = None
) -> tuple[tuple[object, object], list[str]]:
    """Where a pod is beside some signs, of which one names a zone that is still to be filled in; and what is said."""
    files = {f"k8s/{index}.yaml": _SIGNS[index] for index in chosen}
    if templated is not None:
        filled = files[f"k8s/{templated}.yaml"]
        files[f"k8s/{templated}.yaml"] = filled.replace("fr-par-1", "${ZONE}").replace(
            "eu-west-3a", "${ZONE}"
        )
    files["k8s/pod.yaml"] = pod()
    return where(files, HERE), [key for key in said(files) if key.startswith("resolve.")]


_SERVER = "https://abc.gr7.us-east-1.eks.amazonaws.com"
_STRONGER: tuple[tuple[Callable[[bool], str], int], ...] = (
    (lambda hidden: argo("k8s", server="${SERVER}" if hidden else _SERVER), 2),
    (lambda hidden: storage_class("${MADE_BY}" if hidden else "ebs.csi.aws.com", "z"), 3),
    (lambda hidden: claim("${CLASS}" if hidden else "scw-bssd"), 3),
    (
        lambda hidden: pod(
            "z", nodeSelector={"${LABEL}" if hidden else "eks.amazonaws.com/nodegroup": "x"}
        ),
        4,
    ),
    (
        lambda hidden: pod(
            "z",
            nodeSelector={
                "topology.kubernetes.io/zone": "${ZONE}" if hidden else "eu-west-3a"
            },
        ),
        4,
    ),
)
"""Signs that are known or still to be filled in, each with how strong it is."""


@settings(max_examples=40, deadline=None)
@given(_CHOSEN, st.sampled_from(_STRONGER))
def test_what_is_still_to_be_filled_in_leaves_nothing_to_weaker_signs(
    chosen: set[int], sign: tuple[Callable[[bool], str], int]
) -> None:
    written, level = sign
    weaker = {
        f"k8s/{index}.yaml": _SIGNS[index] for index in chosen if _STRENGTH[index] >= level
    }
    found = where({**weaker, "k8s/pod.yaml": pod(), "k8s/z.yaml": written(True)}, HERE)
    assert all(map(_open, found)), found


def _open(fact: object) -> bool:
    """Whether a fact is shown as one that isn't known."""
    return not isinstance(fact, str) or ":" in fact


@settings(max_examples=60, deadline=None)
@given(_CHOSEN, st.data())
def test_a_zone_that_is_not_known_is_never_another_place(
    chosen: set[int], data: st.DataObject
) -> None:
    templated = data.draw(st.sampled_from(sorted(chosen)))
    before, disputes = _told(chosen)
    after, _ = _told(chosen, templated)
    if not disputes:  # else what was outweighed may be all that is left
        for was, now in zip(before, after, strict=True):
            assert now == was or _open(now), (before, after)


@settings(max_examples=60, deadline=None)
@given(_CHOSEN, st.data())
def test_what_contradicts_as_strongly_or_less_never_moves_a_cluster(
    chosen: set[int], data: st.DataObject
) -> None:
    strongest = min(_STRENGTH[index] for index in chosen)
    added = data.draw(
        st.sampled_from(
            [index for index, level in enumerate(_STRENGTH) if level >= strongest]
        )
    )
    (before, _), (after, _) = _told(chosen), _told(chosen | {added})
    if not _open(before[0]):
        assert after[0] == before[0] or _open(after[0]), (before, after)
        if not _open(before[1]):
            assert after[1] == before[1] or _open(after[1]), (before, after)
