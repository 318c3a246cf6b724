"""Which service keeps a volume: by its driver or class, and by the endpoint that a plug-in is pointed at."""

from __future__ import annotations

import json

import pytest

from sovlint.model.inputs import Cluster
from tests.resolve.cluster_house import placed, storage_class
from tests.resolve.house import placement, shown

PARIS = Cluster(lambda path: True, "scaleway", "fr-par", None)


def _claim(storage: str) -> str:
    return json.dumps(
        {
            "apiVersion": "v1",
            "kind": "PersistentVolumeClaim",
            "metadata": {"name": "files"},
            "spec": {"storageClassName": storage},
        }
    )


def _kept(files: dict[str, str], *clusters: Cluster) -> tuple[object, object]:
    found, _ = placed(files, clusters)
    (one,) = [each for name, each in found.items() if name.endswith("/files")]
    (at,) = [each for each in one.placements if shown(each.role) == "at-rest"]
    return shown(at.provider), shown(at.service)


@pytest.mark.parametrize(
    ("driver", "expected"),
    [
        ("bsu.csi.outscale.com", ("outscale", "volume")),
        ("csi.scaleway.com", ("scaleway", "block-storage")),
        ("csi.hetzner.cloud", ("hetzner", "volume")),
        ("ebs.csi.aws.com", ("aws", "ebs")),
        ("efs.csi.aws.com", ("aws", "efs")),
        ("pd.csi.storage.gke.io", ("google-cloud", "compute")),
        ("disk.csi.azure.com", ("microsoft-azure", "disks")),
    ],
)
def test_a_volume_is_of_the_service_that_its_driver_is_for(
    driver: str, expected: tuple[str, str]
) -> None:
    files = {"k8s/a.yaml": _claim("fast"), "k8s/b.yaml": storage_class(driver)}
    assert _kept(files) == expected


def test_a_volume_on_the_machines_of_the_cluster_is_the_clusters() -> None:
    files = {"k8s/a.yaml": _claim("fast"), "k8s/b.yaml": storage_class("driver.longhorn.io")}
    assert _kept(files, PARIS) == ("scaleway", "kubernetes")


def test_a_class_that_clusters_come_with_shows_the_service_too() -> None:
    assert _kept({"k8s/a.yaml": _claim("scw-bssd")}) == ("scaleway", "block-storage")


def test_a_class_that_is_here_says_more_than_its_name() -> None:
    name = "csi-cinder-high-speed"
    own = storage_class("driver.longhorn.io", name)
    assert _kept({"k8s/a.yaml": _claim(name)}) == ("ovhcloud", "public-cloud")
    provider, _ = _kept({"k8s/a.yaml": _claim(name), "k8s/b.yaml": own})
    assert provider != "ovhcloud"


@pytest.mark.parametrize(
    ("resource", "service"), [("aws_ebs_volume", "volume"), ("aws_instance", "vm")]
)
def test_what_stands_at_outscales_api_is_one_of_its_services(
    resource: str, service: str
) -> None:
    text = (
        'provider "aws" {\n  region = "eu-west-2"\n  endpoints {\n'
        '    ec2 = "https://fcu.eu-west-2.outscale.com"\n  }\n}\n'
        f'resource "{resource}" "a" {{\n  availability_zone = "eu-west-2a"\n}}\n'
    )
    found = placement(text, f"{resource}.a")
    assert (shown(found.provider), shown(found.service)) == ("outscale", service)
    assert shown(found.country) == "FR"
