"""Clusters that other repositories make: they fill what nothing here shows, and override nothing."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from sovlint.model.offers import Ask, Offer, OfferedFact, OfferKind, Offers
from tests.resolve.cluster_house import annotated, argo, flux, pod, where

HERE = "apps/api/pod.yaml k8s:-/Pod/api"
NOWHERE = ("no-evidence: clusters", "no-evidence: clusters")


def _offer(*keys: str, repository: str = "platform/infra", **facts: str) -> Offer:
    known = {name: OfferedFact(value) for name, value in facts.items()}
    return Offer(OfferKind.CLUSTER, keys, "main.tf", 3, "scaleway_k8s_cluster.a", repository, facts=known)  # fmt: skip


PARIS = _offer(
    "sante-prod", "https://k8s.mutuelle.example", provider="scaleway", region="fr-par"
)
IRELAND = _offer("sante-prod", repository="other/infra", provider="aws", region="eu-west-1")
LONDON = _offer("sante-prod", repository="other/infra", provider="aws", region="eu-west-2")
SOMEWHERE = _offer("sante-prod", repository="other/infra")
ON_AWS = annotated("Service", {"service.beta.kubernetes.io/aws-load-balancer-type": "nlb"})


@pytest.mark.parametrize(
    ("deployer", "offers", "place"),
    [
        (argo("apps/api", name="sante-prod"), [PARIS], ("scaleway", "fr-par")),
        (argo("apps/api", server="https://K8S.mutuelle.example:6443"), [PARIS], ("scaleway", "fr-par")),
        (argo("apps/api", name="sante-test"), [PARIS], NOWHERE),
        (argo("apps/api", name="sante-prod"), [], NOWHERE),
        # Several make one of that name.
        (argo("apps/api", name="sante-prod"), [PARIS, IRELAND], ({"aws", "scaleway"}, "multi-valued: platform/infra")),
        (argo("apps/api", name="sante-prod"), [IRELAND, LONDON], ("aws", {"eu-west-1", "eu-west-2"})),
        (argo("apps/api", name="sante-prod"), [PARIS, SOMEWHERE], NOWHERE),
        # Every house has one that is called so.
        (argo("apps/api", name="prod-1"), [replace(PARIS, keys=("prod-1",))], NOWHERE),
        (
            flux("api", "./apps/api", kubeConfig={"secretRef": {"name": "sante-kubeconfig"}}),
            [replace(PARIS, keys=("secret/sante-kubeconfig",))],
            ("scaleway", "fr-par"),
        ),
    ],
)  # fmt: skip
def test_a_cluster_that_another_repository_makes_is_known_by_what_it_is_called(
    deployer: str, offers: list[Offer], place: tuple[object, object]
) -> None:
    files = {"apps/api/pod.yaml": pod(), "argo/app.yaml": deployer}
    for order in (offers, offers[::-1]):
        provider, region = where(files, HERE, offers=Offers(order))
        assert provider == place[0]
        if not isinstance(provider, set):
            assert region == place[1]


def test_what_is_seen_here_stays() -> None:
    """Another company's offer changes nothing; the same company's gives the region."""
    files = {
        "apps/api/pod.yaml": pod(),
        "apps/api/service.yaml": ON_AWS,
        "argo/app.yaml": argo("apps/api", name="sante-prod"),
    }
    unsaid = where(files, HERE)
    assert unsaid[0] == "aws"
    assert where(files, HERE, offers=Offers([PARIS])) == unsaid
    assert where(files, HERE, offers=Offers([IRELAND])) == ("aws", "eu-west-1")


def test_what_is_asked_for_is_kept_in_mind() -> None:
    offers = Offers()
    files = {
        "apps/api/pod.yaml": pod(),
        "argo/app.yaml": argo("apps/api", name="sante-prod"),
    }
    where(files, HERE, offers=offers)
    assert offers.asked == {Ask(OfferKind.CLUSTER, "sante-prod")}


KUBECONFIG = """apiVersion: v1
kind: Config
clusters: [{name: any, cluster: {server: "https://k8s.mutuelle.example:6443"}}]
"""


def test_a_kubeconfig_leads_to_the_cluster_at_that_address() -> None:
    files = {"apps/api/pod.yaml": pod(), "apps/api/kubeconfig.yaml": KUBECONFIG}
    assert where(files, HERE)[0] != "scaleway"
    assert where(files, HERE, offers=Offers([PARIS])) == ("scaleway", "fr-par")


def test_two_names_that_lead_to_different_clusters_prove_neither() -> None:
    files = {
        "apps/api/pod.yaml": pod(),
        "apps/api/kubeconfig.yaml": KUBECONFIG,
        "argo/app.yaml": argo("apps/api", name="sante-prod"),
    }
    other = replace(IRELAND, keys=("https://k8s.mutuelle.example",))
    by_name = replace(PARIS, keys=("sante-prod",))
    assert where(files, HERE, offers=Offers([PARIS])) == ("scaleway", "fr-par")
    provider, _ = where(files, HERE, offers=Offers([by_name, other]))
    assert provider == {"aws", "scaleway"}
