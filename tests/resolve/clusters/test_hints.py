"""What only hints at where a cluster is: it convicts, and never acquits. What proves it loses nothing beside a hint."""

from __future__ import annotations

import json

import pytest

from sovlint.catalog.load import Catalog
from sovlint.model.inputs import Cluster, RootOption
from sovlint.model.landing import Landing, Level
from sovlint.model.offers import Offer, OfferedFact, OfferKind, Offers
from sovlint.model.placement import Placement
from sovlint.model.resources.resource import Named
from sovlint.model.source import Span
from sovlint.model.text import Note
from sovlint.model.value import Known, Step, StepKind, Unknown, UnknownKind
from sovlint.resolve.clusters.weighing import Shown, weighed
from sovlint.resolve.facts.service_place import ServicePlace, as_proved, one_of_places
from tests.resolve.cluster_house import (
    annotated,
    argo,
    claim,
    placed,
    pod,
    storage_class,
    volume,
)
from tests.resolve.house import catalog, shown

HINTED = "no-evidence: provider"
ZONE = annotated("Service", {"service.beta.kubernetes.io/scw-loadbalancer-zone": "fr-par-1"})
HERE = "k8s/pod.yaml k8s:-/Pod/api"
CLASS = storage_class(
    "csi.scaleway.com",
    allowedTopologies=[
        {"matchLabelExpressions": [{"key": "topology.csi.scaleway.com/zone", "values": ["fr-par-2"]}]}
    ],
)  # fmt: skip


def _declared(region: str | None = "fr-par") -> Cluster:
    return Cluster(lambda path: True, "scaleway", region, Span("sovlint.yaml", 1, 1, 1, 9))


def _places(
    files: dict[str, str], of: str, *clusters: Cluster, offers: Offers | None = None
) -> list[tuple[object, ...]]:
    """Provider and region of each placement of an object, then the same of what is proved."""
    found = placed(files, clusters, offers)[0]
    (one,) = [each for name, each in found.items() if name.endswith(of)]
    return [_place(each) for each in one.placements]


def _place(each: Placement) -> tuple[object, ...]:
    proved = each.proved or each
    return tuple(map(shown, (each.provider, each.region, proved.provider, proved.region)))


TO_KUBECONFIG = """apiVersion: v1
kind: Config
clusters: [{name: a, cluster: {server: "https://0b1c.api.k8s.fr-par.scw.cloud:6443"}}]
contexts: []
"""
PIPELINE = """on: push
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - run: |
          scw k8s kubeconfig install 11111111-1111-1111-1111-111111111111 region=fr-par
          kubectl apply -f k8s/
"""


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("k8s/lb.yaml", ZONE),
        ("k8s/class.yaml", CLASS),
        ("k8s/other.yaml", pod("other", nodeSelector={"topology.csi.scaleway.com/zone": "fr-par-1"})),
        ("k8s/kubeconfig.yaml", TO_KUBECONFIG),
        (".github/workflows/deploy.yml", PIPELINE),
    ],
)  # fmt: skip
def test_what_stands_beside_a_workload_proves_nothing_of_it(path: str, text: str) -> None:
    files = {"k8s/pod.yaml": pod(), path: text}
    assert _places(files, HERE) == [("scaleway", "fr-par", HINTED, HINTED)]


def test_a_destination_of_a_deployer_is_only_an_address() -> None:
    files = {
        "k8s/pod.yaml": pod(),
        "app.yaml": argo("k8s", server="https://0b1c.api.k8s.fr-par.scw.cloud:6443"),
    }
    assert _places(files, HERE) == [("scaleway", "fr-par", HINTED, HINTED)]


def test_what_is_declared_or_made_here_is_proved_whatever_hints_at_it_too() -> None:
    files = {"k8s/pod.yaml": pod(), "k8s/lb.yaml": ZONE, "k8s/kubeconfig.yaml": TO_KUBECONFIG}
    proved = [("scaleway", "fr-par", "scaleway", "fr-par")]
    assert _places(files, HERE, _declared()) == proved
    made = {**files, "main.tf": MADE % '"fr-par"'}
    assert _places(made, HERE) == proved
    del made["k8s/kubeconfig.yaml"]
    assert _places(made, HERE) == proved


def test_a_region_that_is_not_declared_is_only_hinted_at() -> None:
    files = {"k8s/pod.yaml": pod(), "k8s/lb.yaml": ZONE}
    open_ = "no-evidence: region"
    assert _places(files, HERE, _declared(None)) == [
        ("scaleway", "fr-par", "scaleway", open_)
    ]


@pytest.mark.parametrize(
    ("labels", "proved"),
    [
        ({"topology.csi.scaleway.com/zone": "fr-par-1"}, ("scaleway", "fr-par")),
        ({"k8s.scaleway.com/managed": "true"}, ("scaleway", HINTED)),
        ({"k8s.scaleway.com/pool-name": "a"}, (HINTED, HINTED)),
        ({"topology.kubernetes.io/region": "fr-par"}, (HINTED, HINTED)),
    ],
)
def test_a_workload_s_own_nodes_prove_where_it_is(
    labels: dict[str, str], proved: tuple[str, str]
) -> None:
    """By labels that no machine of elsewhere has which joins the cluster."""
    files = {"k8s/pod.yaml": pod(nodeSelector=labels), "k8s/lb.yaml": ZONE}
    region = (
        proved[1] if proved[1] == "fr-par" or proved[0] == HINTED else "no-evidence: region"
    )
    assert _places(files, HERE) == [("scaleway", "fr-par", proved[0], region)]
    beside = {
        "k8s/pod.yaml": pod(),
        "k8s/lb.yaml": ZONE,
        "k8s/x.yaml": files["k8s/pod.yaml"].replace('"api"', '"x"'),
    }
    assert _places(beside, HERE) == [("scaleway", "fr-par", HINTED, HINTED)]


def test_machines_of_elsewhere_in_a_cluster_are_nowhere_that_is_known() -> None:
    files = {"k8s/pod.yaml": pod(nodeSelector={"k8s.scaleway.com/managed": "false"})}
    nowhere = "no-evidence: machines"
    for clusters in ((), (_declared(),)):
        assert _places(files, HERE, *clusters) == [(nowhere,) * 4]


@pytest.mark.parametrize("text", [claim("scw-bssd"), claim("fast")])
def test_a_storage_class_proves_where_volumes_are_on_a_cluster_that_is_proved(
    text: str,
) -> None:
    files = {"k8s/claim.yaml": text, "k8s/class.yaml": CLASS}
    of = "PersistentVolumeClaim/files"
    assert _places(files, of) == [("scaleway", "fr-par", HINTED, HINTED)]
    assert _places(files, of, _declared()) == [("scaleway", "fr-par", "scaleway", "fr-par")]


def test_a_driver_is_evidence_of_the_volume_itself() -> None:
    files = {"k8s/volume.yaml": volume("csi.scaleway.com")}
    assert [each[2] for each in _places(files, "PersistentVolume/kept")] == ["scaleway"]


def test_what_another_repository_only_hints_at_it_does_not_prove_here() -> None:
    files = {"k8s/pod.yaml": pod(), "app.yaml": argo("k8s", name="care-prod-paris")}

    def offers(hinted: bool) -> Offers:
        facts = {"provider": "scaleway", "region": "fr-par"}
        said = {name: OfferedFact(value, hinted=hinted) for name, value in facts.items()}
        keys = ("care-prod-paris",)
        offer = Offer(OfferKind.CLUSTER, keys, "main.tf", 1, "a.b", "house/infra", "c", said)
        return Offers([offer])

    at = ("scaleway", "fr-par")
    assert _places(files, HERE, offers=offers(False)) == [(*at, *at)]
    assert _places(files, HERE, offers=offers(True)) == [(*at, HINTED, HINTED)]
    files["k8s/lb.yaml"] = ZONE
    assert _places(files, HERE, offers=offers(False)) == [(*at, *at)]


def test_several_clusters_are_proved_only_together() -> None:
    """An object on a declared cluster and on another one that only its address shows."""
    files = {
        "k8s/pod.yaml": pod(),
        "app.yaml": argo("k8s", name="one"),
        "other.yaml": argo(
            "k8s", server="https://0b1c.api.k8s.fr-par.scw.cloud:6443"
        ).replace('"app"', '"b"'),
    }
    one = Cluster(
        lambda path: True, "scaleway", "fr-par", Span("sovlint.yaml", 1, 1, 1, 9), (), ("one",)
    )  # fmt: skip
    assert _places(files, HERE, one) == [("scaleway", "fr-par", HINTED, HINTED)]


def test_clusters_apart_are_each_proved_by_a_workload_s_own_nodes() -> None:
    files = {
        "k8s/pod.yaml": pod(nodeSelector={"topology.csi.scaleway.com/zone": "fr-par-1"}),
        "app.yaml": argo("k8s", server="https://0b1c.api.k8s.fr-par.scw.cloud:6443"),
        "other.yaml": argo(
            "k8s", server="https://2a3d.api.k8s.nl-ams.scw.cloud:6443"
        ).replace('"app"', '"b"'),
    }
    found = _places(files, HERE)
    assert len(found) == 2
    assert {each[2] for each in found} == {"scaleway"}, "of both"
    assert ("scaleway", "fr-par", "scaleway", "fr-par") in found


def test_what_contradicts_itself_is_not_one_of_both() -> None:
    """Both are in the EEA, and neither is more than a hint."""
    hetzner = annotated("Service", {"load-balancer.hetzner.cloud/location": "fsn1"})
    files = {"k8s/pod.yaml": pod(), "k8s/lb.yaml": ZONE, "k8s/b.yaml": hetzner}
    ((provider, _, proved, region),) = _places(files, HERE)
    assert provider == {"hetzner", "scaleway"}
    assert proved == region == "multi-valued: hetzner, scaleway"


def test_a_volume_is_where_its_driver_keeps_it_whatever_nodes_may_use_it() -> None:
    zone = {
        "key": "topology.kubernetes.io/zone",
        "operator": "In",
        "values": ["europe-west9-a"],
    }
    required = {"required": {"nodeSelectorTerms": [{"matchExpressions": [zone]}]}}
    kept = json.loads(volume("csi.scaleway.com"))
    kept["spec"]["nodeAffinity"] = required
    files = {"k8s/volume.yaml": json.dumps(kept)}
    assert [each[0] for each in _places(files, "PersistentVolume/kept")] == ["scaleway"]


def test_of_several_places_the_weakest_stands_for_all() -> None:
    hint = Step(None, Note("a"), kind=StepKind.HINTED)

    def at(because: Step | None, of_region: Step | None = None) -> ServicePlace:
        region = catalog().find_region("scaleway", "fr-par")
        assert region is not None
        return ServicePlace(
            Known("scaleway", because), Known("x"), Known(region, of_region or because)
        )

    for places in ([at(None), at(hint)], [at(hint), at(None)]):
        one = one_of_places(places, "storage class")
        assert isinstance(one.provider, Known)
        assert isinstance(one.region, Known)
        proved = as_proved(one)
        assert proved is not None
        assert (shown(proved.provider), shown(proved.region_code)) == (HINTED, HINTED)
    for places in ([at(None), at(None, hint)], [at(None, hint), at(None)]):
        proved = as_proved(one_of_places(places, "storage class"))
        assert proved is not None
        assert (shown(proved.provider), shown(proved.region)) == (
            "scaleway",
            "no-evidence: region",
        )
    assert as_proved(one_of_places([at(None), at(None)], "storage class")) is None


def test_a_cluster_that_is_only_hinted_at_is_still_asked_for() -> None:
    hint = Step(None, Note("a"), kind=StepKind.HINTED)
    each = tuple(
        Named(Known("scaleway", because), Known("fr-par"), landings=(Landing(name),))
        for name, because in (("one", hint), ("two", None))
    )
    assert [landing.folder for landing in Named(*[Known("x")] * 2, each=each).asked] == [
        "one"
    ]


def test_why_it_is_not_proved_is_said_with_the_hint() -> None:
    found = placed({"k8s/pod.yaml": pod(), "k8s/lb.yaml": ZONE})[0]
    (at,) = found[HERE].placements
    assert at.proved is not None
    why = at.proved.control
    assert isinstance(why, Unknown)
    assert why.kind is UnknownKind.CLUSTER_HINTED
    assert why.note is not None
    assert why.note.params["at"] == "k8s/lb.yaml:7"


# --- evidence that agrees

MADE = """
variable "region" {}
resource "scaleway_k8s_cluster" "main" {
  name   = "main"
  region = %s
}
provider "kubernetes" { host = scaleway_k8s_cluster.main.apiserver_url }
"""


@pytest.mark.parametrize(
    ("type_", "proved"),
    [('"kapsule"', "scaleway"), ("null", "scaleway"), ('"multicloud"', HINTED), ("var.region", HINTED)],
)  # fmt: skip
def test_what_makes_a_cluster_that_others_machines_join_is_a_hint(
    type_: str, proved: str
) -> None:
    made = (MADE % '"fr-par"').replace("name   =", f"type = {type_}\n  name =")
    found = _places({"k8s/pod.yaml": pod(), "main.tf": made}, HERE)
    assert [each[:3] for each in found] == [("scaleway", "fr-par", proved)]


def test_two_clusters_that_agree_with_what_is_seen_prove_what_one_of_them_does() -> None:
    seen = {"k8s/pod.yaml": pod(), "k8s/class.yaml": storage_class("csi.scaleway.com")}
    at = ("scaleway", "fr-par")
    one = {**seen, "infra/a/main.tf": MADE % '"fr-par"'}
    assert _places(one, HERE) == [(*at, *at)]
    two = {**one, "infra/b/main.tf": MADE % '"fr-par"'}
    assert _places(two, HERE) == [(*at, *at)]


LITERAL = 'provider "kubernetes" { host = "https://0b1c.api.k8s.fr-par.scw.cloud:6443" }'


def test_an_address_in_a_provider_block_hints_too() -> None:
    files = {"k8s/pod.yaml": pod(), "infra/a/main.tf": LITERAL}
    assert _places(files, HERE) == [("scaleway", "fr-par", HINTED, HINTED)]
    for beside in ("infra/0/main.tf", "infra/b/main.tf"):
        both = {**files, beside: MADE % '"fr-par"'}
        assert _places(both, HERE) == [("scaleway", "fr-par", HINTED, HINTED)], (
            "either is meant"
        )


def test_an_address_that_names_a_region_stays_beside_one_of_several() -> None:
    among = MADE % 'var.region == "x" ? "fr-par" : "nl-ams"'
    files = {"k8s/pod.yaml": pod(), "k8s/kubeconfig.yaml": TO_KUBECONFIG, "main.tf": among}
    assert [each[:3] for each in _places(files, HERE)] == [("scaleway", "fr-par", "scaleway")]


RELEASE = """
variable "region" {}
resource "scaleway_k8s_cluster" "c" {
  name   = "c"
  region = var.region
}
provider "helm" {
  kubernetes { host = scaleway_k8s_cluster.c.kubeconfig[0].host }
}
resource "helm_release" "r" {
  name  = "r"
  chart = "./chart"
}
"""


@pytest.mark.parametrize(
    ("other", "region"), [("fr-par", "fr-par"), ("nl-ams", {"fr-par", "nl-ams"})]
)
def test_a_release_is_where_the_variants_of_its_root_agree(
    other: str, region: object
) -> None:
    files = {
        "main.tf": RELEASE,
        "a.tfvars": 'region = "fr-par"',
        "b.tfvars": f'region = "{other}"',
        "chart/Chart.yaml": "apiVersion: v2\nname: chart\nversion: 0.1.0\n",
        "chart/templates/pod.yaml": pod(),
    }
    roots = [RootOption(lambda path: True, ("*.tfvars",))]
    found = placed(files, roots=roots)[0]
    (one,) = [
        each
        for name, each in found.items()
        if name.endswith("templates/pod.yaml k8s:-/Pod/api")
    ]
    assert [_place(each) for each in one.placements] == [("scaleway", region) * 2]


def test_two_clusters_that_differ_leave_open_which_it_is() -> None:
    files = {
        "k8s/pod.yaml": pod(),
        "k8s/class.yaml": storage_class("csi.scaleway.com"),
        "infra/a/main.tf": MADE % '"fr-par"',
        "infra/b/main.tf": MADE % '"nl-ams"',
    }
    assert _places(files, HERE)[0][:2] == ("scaleway", {"fr-par", "nl-ams"})
    unset = {**files, "infra/b/main.tf": MADE % "var.region"}
    assert _places(unset, HERE)[0][:2] == ("scaleway", "unset-variable: var.region")


@pytest.mark.parametrize("defaults", [(True, False), (False, True)])
def test_a_default_is_not_forgotten_when_evidence_is_joined(
    defaults: tuple[bool, bool],
) -> None:
    """Whichever level has it: what one of them alone tells by default, both tell together."""
    house: Catalog = catalog()
    names = ("aws", "aws-china")
    levels = (Level.STORAGE, Level.ANNOTATIONS)
    both = [
        Shown(level, Step(None, Note("a")), names, default=default)
        for level, default in zip(levels, defaults, strict=True)
    ]
    assert shown(weighed(both, house).provider) == "aws"  # type: ignore[arg-type]
    neither = [Shown(level, Step(None, Note("a")), names, default=False) for level in levels]
    assert shown(weighed(neither, house).provider) == set(names)  # type: ignore[arg-type]
