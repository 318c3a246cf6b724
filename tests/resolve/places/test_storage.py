"""Where volumes lie: by the provisioner of the class that a claim names, of the default one, else with the cluster."""

from __future__ import annotations

import pytest

from sovlint.model.inputs import Cluster
from sovlint.model.value import unroll
from tests.resolve.cluster_house import claim, placed, stateful, storage_class, volume, where
from tests.resolve.house import place, shown

PARIS = Cluster(lambda path: True, "scaleway", "fr-par", None)
CLAIM = "PersistentVolumeClaim/files"


def _kept(files: dict[str, str], *clusters: Cluster) -> tuple[object, object]:
    return where(files, CLAIM, *clusters, role="at-rest")


def test_a_class_that_keeps_volumes_elsewhere_than_the_cluster_is_where_its_claims_lie() -> (
    None
):
    files = {"k8s/a.yaml": storage_class("efs.csi.aws.com"), "k8s/b.yaml": claim("fast")}
    assert _kept(files, PARIS) == ("aws", "no-evidence: region")
    zoned = storage_class("kubernetes.io/aws-ebs", parameters={"zone": "us-east-1a"})
    assert _kept({**files, "k8s/a.yaml": zoned}, PARIS) == ("aws", "us-east-1")


def test_a_class_of_the_clusters_provider_lies_in_the_clusters_region_unless_it_names_another() -> (
    None
):
    files = {"k8s/a.yaml": storage_class("csi.scaleway.com"), "k8s/b.yaml": claim("fast")}
    assert _kept(files, PARIS) == ("scaleway", "fr-par")
    zones = [
        {
            "matchLabelExpressions": [
                {"key": "topology.csi.scaleway.com/zone", "values": ["nl-ams-1"]}
            ]
        }
    ]
    other = storage_class("csi.scaleway.com", allowedTopologies=zones)
    assert _kept({**files, "k8s/a.yaml": other}, PARIS) == ("scaleway", "nl-ams")


@pytest.mark.parametrize(
    "provisioner", ["rancher.io/local-path", "driver.longhorn.io", "cinder.csi.openstack.org"]
)
def test_volumes_on_the_clusters_own_machines_are_where_it_is(provisioner: str) -> None:
    files = {"k8s/a.yaml": storage_class(provisioner), "k8s/b.yaml": claim("fast")}
    assert _kept(files, PARIS) == ("scaleway", "fr-par")


def test_a_provisioner_that_is_not_listed_may_keep_volumes_anywhere() -> None:
    files = {
        "k8s/a.yaml": storage_class("files.example.net/nas"),
        "k8s/b.yaml": claim("fast"),
    }
    assert _kept(files, PARIS)[0] == "not-in-catalogue: provisioner files.example.net/nas"


def test_a_server_that_keeps_volumes_is_looked_up_and_a_private_one_may_be_anywhere() -> None:
    def at(server: str) -> tuple[object, object]:
        made = storage_class("nfs.csi.k8s.io", parameters={"server": server})
        return _kept({"k8s/a.yaml": made, "k8s/b.yaml": claim("fast")}, PARIS)

    assert at("fs-1.efs.us-east-1.amazonaws.com") == ("aws", "us-east-1")
    assert str(at("10.0.0.7")[0]).startswith("no-evidence")


def test_the_default_class_is_that_of_claims_that_name_none() -> None:
    default = storage_class("efs.csi.aws.com").replace(
        '"name": "fast"',
        '"name": "fast", "annotations": {"storageclass.kubernetes.io/is-default-class": "true"}',
    )
    files = {"k8s/a.yaml": default, "k8s/b.yaml": claim(None)}
    assert _kept(files, PARIS)[0] == "aws"
    assert _kept({**files, "k8s/a.yaml": storage_class("efs.csi.aws.com")}, PARIS) == (
        "scaleway",
        "fr-par",
    )


def test_a_class_that_one_providers_clusters_come_with_is_known_by_its_name() -> None:
    assert _kept({"k8s/b.yaml": claim("scw-bssd")}) == ("scaleway", "no-evidence: region")
    assert _kept({"k8s/b.yaml": claim("scw-bssd")}, PARIS) == ("scaleway", "fr-par")
    assert _kept({"k8s/b.yaml": claim("standard-rwo")}) == (
        "no-evidence: clusters",
        "no-evidence: clusters",
    )


def test_a_class_of_another_cluster_is_not_taken_for_one_of_this() -> None:
    files = {"aws/a.yaml": storage_class("ebs.csi.aws.com"), "scw/b.yaml": claim("fast")}
    assert _kept(files, PARIS) == ("scaleway", "fr-par")


def test_a_class_that_is_named_by_a_template_may_be_any() -> None:
    provider, region = _kept({"k8s/b.yaml": claim("${STORAGE_CLASS}")}, PARIS)
    assert str(provider).startswith("templated")
    assert str(region).startswith("templated")


def test_claim_templates_are_placed_by_class_each_place_once() -> None:
    files = {
        "k8s/a.yaml": storage_class("efs.csi.aws.com"),
        "k8s/b.yaml": stateful("fast", None, "fast", "own"),
    }
    found, _ = placed(files, [PARIS])
    (workload,) = [each for name, each in found.items() if name.endswith("StatefulSet/db")]
    at_rest = [place(each) for each in workload.placements if shown(each.role) == "at-rest"]
    assert at_rest == [("aws", "no-evidence: region"), ("scaleway", "fr-par")]


def test_a_volume_declared_by_hand_is_where_its_driver_keeps_it() -> None:
    def at(driver: str) -> tuple[object, object]:
        return where(
            {"k8s/v.yaml": volume(driver)}, "PersistentVolume/kept", PARIS, role="at-rest"
        )

    assert at("ebs.csi.aws.com") == ("aws", "no-evidence: region")
    assert at("csi.scaleway.com") == ("scaleway", "fr-par")
    assert str(at("files.example.net")[0]).startswith("not-in-catalogue")


def test_no_class_at_all_is_not_the_default_one_but_a_volume_declared_by_hand() -> None:
    default = storage_class("csi.scaleway.com").replace(
        '"name": "fast"',
        '"name": "fast", "annotations": {"storageclass.kubernetes.io/is-default-class": "true"}',
    )
    for files in ({}, {"k8s/a.yaml": default}):
        assert _kept({**files, "k8s/b.yaml": claim("")}, PARIS) == (
            "no-evidence: volume",
            "no-evidence: volume",
        )


@pytest.mark.parametrize("storage", ["", "fast", None])
def test_a_claim_that_names_its_volume_lies_where_that_does_whatever_its_class(
    storage: str | None,
) -> None:
    names = claim(storage).replace(
        '"spec": {', '"spec": {"volumeName": "kept"' + (", " if storage is not None else "")
    )
    files = {"k8s/a.yaml": storage_class("csi.scaleway.com"), "k8s/b.yaml": names}
    assert _kept({**files, "k8s/v.yaml": volume("ebs.csi.aws.com")}, PARIS) == (
        "aws",
        "no-evidence: region",
    )
    assert _kept({**files, "k8s/v.yaml": volume("csi.scaleway.com")}, PARIS) == (
        "scaleway",
        "fr-par",
    )


@pytest.mark.parametrize(
    ("storage", "key"),
    [("own", "resolve.storage-class-absent"), (None, "resolve.storage-class-unnamed")],
)
def test_that_a_class_which_is_not_here_is_the_clusters_own_is_said_to_be_taken_for_granted(
    storage: str | None, key: str
) -> None:
    found, _ = placed({"k8s/b.yaml": claim(storage)}, [PARIS])
    (one,) = found.values()
    steps = [
        step.note.key
        for because in one.placements[0].because
        for step in unroll(because)
        if step.note
    ]
    assert key in steps
