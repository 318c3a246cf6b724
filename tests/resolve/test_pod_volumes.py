"""Volumes that a pod itself describes: where each lies, which carry data, and what the workload passes on to them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from sovlint.model.inputs import Cluster
from sovlint.model.placement import Placed
from sovlint.model.value import Known, unroll
from tests.resolve.cluster_house import placed, storage_class
from tests.resolve.house import classes, place, shown

PARIS = Cluster(lambda path: True, "scaleway", "fr-par", None)
HERE = ("scaleway", "fr-par")
EFS = "fs-1.efs.us-east-1.amazonaws.com"


def _workload(
    kind: str, *volumes: dict[str, Any], api: str = "apps/v1", around: tuple[str, ...] = ()
) -> str:
    """A workload with a health label at its pods, as text."""
    metadata = {"labels": {"app": "api", "sovlint.dev/data": "health"}}
    inner: dict[str, Any] = {
        "template": {
            "metadata": metadata,
            "spec": {"containers": [], "volumes": list(volumes)},
        }
    }
    for key in reversed(around):
        inner = {key: {"spec": inner}}
    return json.dumps(
        {"apiVersion": api, "kind": kind, "metadata": {"name": "api"}, "spec": inner}
    )


def _volumes(*volumes: dict[str, Any], **files: str) -> dict[str, Placed]:
    """What is placed of the volumes of a Deployment in Paris, by their names."""
    return _of(_workload("Deployment", *volumes), **files)


def _of(text: str, **files: str) -> dict[str, Placed]:
    named = {f"{name}.yaml": content for name, content in files.items()}
    found, _ = placed({"a.yaml": text, **named}, [PARIS])
    return {
        name.rpartition("/")[2]: each for name, each in found.items() if "/volumes/" in name
    }


def _at(source: str, inner: object, **files: str) -> list[tuple[object, object]]:
    """Provider and region of every placement of the only volume."""
    (one,) = _volumes({"name": "scans", source: inner}, **files).values()
    assert {shown(each.role) for each in one.placements} == {"at-rest"}
    return [place(each) for each in one.placements]


def _azure_files(server: str) -> dict[str, Any]:
    return {"driver": "file.csi.azure.com", "volumeAttributes": {"server": server}}


@pytest.mark.parametrize(
    ("source", "inner", "expected"),
    [
        ("nfs", {"server": EFS, "path": "/"}, ("aws", "us-east-1")),
        ("nfs", {"server": "nfs.storage.svc.cluster.local", "path": "/"}, HERE),
        ("nfs", {"server": "nfs.storage.svc", "path": "/"}, HERE),
        ("nfs", {"server": "10.0.0.7", "path": "/"}, ("no-evidence: host 10.0.0.7",) * 2),
        ("nfs", {"server": "nas.acme.fr", "path": "/"}, ("not-in-catalogue: host nas.acme.fr",) * 2),
        ("nfs", {"server": "${NAS}", "path": "/"}, ("templated: ${NAS}",) * 2),
        ("nfs", {"path": "/"}, ("no-evidence: server",) * 2),
        ("nfs", {}, ("no-evidence: server",) * 2),
        ("csi", {"driver": "csi.scaleway.com"}, HERE),
        ("csi", {"driver": "cinder.csi.openstack.org"}, HERE),
        ("csi", {"driver": "efs.csi.aws.com"}, ("aws", "no-evidence: region")),
        ("csi", {"driver": "s3.csi.aws.com"}, ("aws", "no-evidence: region")),
        ("csi", {"driver": "blob.csi.azure.com"}, ("microsoft-azure", "no-evidence: region")),
        ("csi", _azure_files(""), ("microsoft-azure", "no-evidence: region")),
        ("csi", _azure_files("nas.storage.svc"), HERE),
        ("csi", _azure_files("nas"), ("no-evidence: host nas",) * 2),
        ("csi", {"driver": "gcsfuse.csi.storage.gke.io"}, ("google-cloud", "no-evidence: region")),
        ("csi", {"driver": "nfs.csi.k8s.io", "volumeAttributes": {"server": EFS}}, ("aws", "us-east-1")),
        ("csi", {"driver": "nfs.csi.k8s.io", "volumeAttributes": {"server": "nas.storage.svc"}}, HERE),
        ("csi", {"driver": "nfs.csi.k8s.io"}, ("no-evidence: server",) * 2),
        ("csi", {"driver": "smb.csi.k8s.io", "volumeAttributes": {"source": f"//{EFS}/x"}}, ("aws", "us-east-1")),
        ("csi", {"driver": "files.acme.fr"}, ("not-in-catalogue: provisioner files.acme.fr",) * 2),
        ("csi", {}, ("no-evidence: driver",) * 2),
        ("awsElasticBlockStore", {"volumeID": "vol-1"}, ("aws", "no-evidence: region")),
        ("azureDisk", {"diskName": "a"}, ("microsoft-azure", "no-evidence: region")),
        ("azureFile", {"shareName": "a"}, ("microsoft-azure", "no-evidence: region")),
        ("gcePersistentDisk", {"pdName": "a"}, ("google-cloud", "no-evidence: region")),
        ("cinder", {"volumeID": "a"}, HERE),
        ("vsphereVolume", {"volumePath": "a"}, HERE),
        ("iscsi", {"targetPortal": "10.0.0.7:3260"}, ("no-evidence: host 10.0.0.7",) * 2),
        ("rbd", {"monitors": [f"{EFS}:6789"]}, ("aws", "us-east-1")),
        ("cephfs", {"monitors": [f"{EFS}:6789", f"{EFS}:3300"]}, ("aws", "us-east-1")),
        ("cephfs", {"monitors": ["a.storage.svc", "b.storage.svc"]}, HERE),
        ("cephfs", {"monitors": ["10.0.0.1:6789", "10.0.0.2:6789"]}, ("no-evidence: host 10.0.0.1",) * 2),
        ("cephfs", {"monitors": [EFS, "a.storage.svc"]}, ("not-in-catalogue: host a.storage.svc",) * 2),
        ("quobyte", {"registry": "10.0.0.7:7861"}, ("no-evidence: host 10.0.0.7",) * 2),
        ("scaleIO", {"gateway": "https://10.0.0.7/api"}, ("no-evidence: host 10.0.0.7",) * 2),
        ("flexVolume", {"driver": "acme/files"}, ("not-in-catalogue: provisioner acme/files",) * 2),
        *((name, {}, ("no-evidence: provider",) * 2) for name in (
            "fc", "flocker", "glusterfs", "photonPersistentDisk", "portworxVolume", "storageos", "somethingNew",
        )),
    ],
)  # fmt: skip
def test_a_volume_of_a_pod_lies_where_its_source_keeps_it(
    source: str, inner: object, expected: object
) -> None:
    assert _at(source, inner) == [expected]


@pytest.mark.parametrize(
    "source",
    [
        "emptyDir",
        "hostPath",
        "configMap",
        "secret",
        "projected",
        "downwardAPI",
        "gitRepo",
        "image",
    ],
)
def test_what_lies_on_the_node_is_no_place_of_its_own(source: str) -> None:
    assert _volumes({"name": "tmp", source: {}}, {"name": "none"}) == {}


@pytest.mark.parametrize(
    "driver", ["secrets-store.csi.k8s.io", "csi.cert-manager.io", "csi.spiffe.io"]
)
def test_a_driver_that_hands_out_secrets_or_certificates_keeps_no_data(driver: str) -> None:
    assert _volumes({"name": "a", "csi": {"driver": driver, "readOnly": True}}) == {}


def test_an_ephemeral_claim_is_judged_like_a_claim_template() -> None:
    def at(name: str | None) -> list[tuple[object, object]]:
        spec = {} if name is None else {"storageClassName": name}
        template = {"volumeClaimTemplate": {"spec": spec}}
        return _at("ephemeral", template, b=storage_class("efs.csi.aws.com"))

    assert at("fast") == [("aws", "no-evidence: region")]
    assert at("own") == [HERE]
    assert at(None) == [HERE]
    assert at("${CLASS}")[0][0] == "templated: ${CLASS}"
    assert at("")[0][0] == "no-evidence: volume"


def test_a_volume_carries_what_its_workload_does_and_a_claim_what_it_declares_besides() -> (
    None
):
    labels = {"metadata": {"labels": {"sovlint.dev/data": "iban"}}, "spec": {}}
    found = _volumes(
        {"name": "scans", "nfs": {"server": EFS, "path": "/"}},
        {"name": "work", "ephemeral": {"volumeClaimTemplate": labels}},
    )
    assert classes(found["scans"])["health"] == "propagated"
    assert classes(found["work"]) == {"health": "propagated", "iban": "declared"}


NFS = {"name": "scans", "nfs": {"server": EFS, "path": "/"}}


@pytest.mark.parametrize(
    "text",
    [
        _workload("DaemonSet", NFS),
        _workload("CronJob", NFS, api="batch/v1", around=("jobTemplate",)),
        _workload("Rollout", NFS, api="argoproj.io/v1alpha1"),
        json.dumps({
            "apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"},
            "spec": {"containers": [], "volumes": [NFS]},
        }),
    ],
)  # fmt: skip
def test_volumes_of_all_kinds_of_workloads_are_placed(text: str) -> None:
    (one,) = _of(text).values()
    assert [place(each) for each in one.placements] == [("aws", "us-east-1")]


POD = {"containers": [], "volumes": [NFS]}


@pytest.mark.parametrize(
    ("api", "kind", "spec", "count"),
    [
        ("leaderworkerset.x-k8s.io/v1", "LeaderWorkerSet", {"leaderWorkerTemplate": {
            "leaderTemplate": {"spec": POD}, "workerTemplate": {"spec": POD},
        }}, 2),
        ("ray.io/v1", "RayCluster", {"workerGroupSpecs": [{"template": {"spec": POD}}]}, 1),
        ("kubeflow.org/v1", "PyTorchJob", {"pytorchReplicaSpecs": {"Master": {"template": {"spec": POD}}}}, 1),
        ("argoproj.io/v1alpha1", "CronWorkflow", {"workflowSpec": POD}, 1),
        ("monitoring.coreos.com/v1", "Prometheus", POD, 1),
        # What KubeVirt calls volumes are disks of a machine.
        ("kubevirt.io/v1", "VirtualMachine", {"template": {"spec": {"volumes": [{"name": "a", "hostDisk": {}}]}}}, 0),
    ],
)  # fmt: skip
def test_pods_inside_custom_resources_are_found_by_the_catalogue(
    api: str, kind: str, spec: dict[str, Any], count: int
) -> None:
    text = json.dumps(
        {"apiVersion": api, "kind": kind, "metadata": {"name": "a"}, "spec": spec}
    )
    found, _ = placed({"a.yaml": text}, [PARIS])
    volumes = [each for each in found.values() if each.resource.type == "Volume"]
    assert [place(each.placements[0]) for each in volumes] == [("aws", "us-east-1")] * count
    (owner,) = [each for each in found.values() if each.resource.type.startswith(kind)]
    assert [link.kind for link in owner.resource.links] == ["mount"] * count


def test_a_volume_that_a_patch_of_kustomize_gives_is_placed_in_its_root() -> None:
    found, _ = placed(
        {
            "base/kustomization.yaml": "resources: [a.yaml]",
            "base/a.yaml": _workload("Deployment", {"name": "scans", "emptyDir": {}}),
            "prod/kustomization.yaml": "resources: [../base]\nnamePrefix: prod-\npatches: [{path: p.yaml}]",
            "prod/p.yaml": _workload("Deployment", {**NFS, "emptyDir": None}),
        },
        [PARIS],
    )
    (one,) = [each for each in found.values() if "/volumes/" in each.resource.address]
    assert one.resource.address == "k8s:-/Deployment/prod-api/volumes/scans"
    assert place(one.placements[0]) == ("aws", "us-east-1")
    steps = [step for because in one.placements[0].because for step in unroll(because)]
    assert "prod/p.yaml" in {
        step.where.span().path for step in steps if step.where is not None
    }


SOURCES = [
    {"nfs": {"server": EFS, "path": "/"}},
    {"nfs": {"server": "nas.storage.svc", "path": "/"}},
    {"csi": {"driver": "csi.scaleway.com", "volumeAttributes": {"a": "b"}}},
    {
        "csi": {
            "driver": "nfs.csi.k8s.io",
            "volumeAttributes": {"server": "nas.storage.svc", "share": "/"},
        }
    },
    {"csi": {"driver": "efs.csi.aws.com"}},
    {"awsElasticBlockStore": {"volumeID": "vol-1"}},
    {"rbd": {"monitors": [EFS, "nas.storage.svc"], "image": "a"}},
    {"rbd": {"monitors": ["nas.storage.svc"], "image": "a"}},
    {"iscsi": {"targetPortal": "nas.storage.svc:3260", "iqn": "a", "lun": 0}},
    {"cinder": {"volumeID": "a"}},
    {
        "csi": {
            "driver": "file.csi.azure.com",
            "volumeAttributes": {"server": "nas.acme.fr", "shareName": "a"},
        }
    },
    {"flexVolume": {"driver": "acme/files"}},
]


def _without(data: Any) -> Iterator[Any]:
    """The same without one of its literals, or with something still to be filled in there."""
    if isinstance(data, dict):
        for key, inner in data.items():
            rest = {other: value for other, value in data.items() if other != key}
            if isinstance(inner, (dict, list)):
                yield from ({**rest, key: less} for less in _without(inner))
            else:
                yield from (
                    rest,
                    {**rest, key: None},
                    {**rest, key: ""},
                    {**rest, key: "${X}"},
                )
    elif isinstance(data, list):
        for index in range(len(data)):
            yield [*data[:index], "${X}", *data[index + 1 :]]
            if len(data) == 1:
                yield []


def _safe(each: Placed) -> bool:
    """Whether all of a volume surely lies in Paris."""
    known = all(
        isinstance(fact, Known)
        for at in each.placements
        for fact in (at.provider, at.region, at.sure)
    )
    return bool(each.placements) and known and {place(at) for at in each.placements} == {HERE}


@pytest.mark.parametrize("source", SOURCES, ids=str)
def test_taking_a_literal_away_never_makes_a_verdict_better(source: dict[str, Any]) -> None:
    less = [each for each in _without(source) if each != source]
    found = _volumes(
        *({"name": f"v{number}", **each} for number, each in enumerate([source, *less]))
    )
    assert len(found) == len(less) + 1, "a volume that isn't there any more is no better one"
    if not _safe(found["v0"]):
        assert [
            less[int(name[1:]) - 1]
            for name, each in found.items()
            if name != "v0" and _safe(each)
        ] == []


VALUES = f"""
persistence:
  shared: {{type: custom, volumeSpec: {{nfs: {{server: {EFS}, path: /}}}}}}
extraVolumes:
  - {{name: tmp, emptyDir: {{}}}}
  - {{name: keys, csi: {{driver: secrets-store.csi.k8s.io}}}}
  - {{name: scans, nfs: {{server: {EFS}, path: /}}}}
  - name: blobs
    csi: {{driver: blob.csi.azure.com}}
worker:
  enabled: false
  extraVolumes: [{{name: off, csi: {{driver: blob.csi.azure.com}}}}]
extraVolumeMounts: [{{name: scans, mountPath: /scans}}]
sovlint: {{labels: {{sovlint.dev/data: health}}}}
"""
RELEASED = {
    "scans": ("aws", "us-east-1"),
    "shared": ("aws", "us-east-1"),
    "blobs": ("microsoft-azure", "no-evidence: region"),
}


def _released(files: dict[str, str]) -> dict[str, Placed]:
    found, _ = placed(files, [PARIS])
    (owner,) = [each for each in found.values() if each.resource.type != "Volume"]
    assert owner.resource.sends == (), "an address is told once, by the volume"
    volumes = {
        each.resource.address: each
        for each in found.values()
        if each.resource.type == "Volume"
    }
    assert {classes(each).get("health") for each in volumes.values()} == {"propagated"}
    return {
        address.removeprefix(f"{owner.resource.address}/volumes/"): each
        for address, each in volumes.items()
    }


def test_volumes_in_the_values_of_a_chart_are_placed() -> None:
    found = _released(
        {"c/Chart.yaml": "apiVersion: v2\nname: a\nversion: 1.0.0\n", "c/values.yaml": VALUES}
    )
    assert {name: place(each.placements[0]) for name, each in found.items()} == RELEASED


def test_volumes_in_the_values_of_a_release_are_placed() -> None:
    release = "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: a}\nspec:\n  values:\n"
    found = _released(
        {"a.yaml": release + "".join(f"    {line}\n" for line in VALUES.splitlines())}
    )
    assert {name: place(each.placements[0]) for name, each in found.items()} == RELEASED


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ([], ("aws", "no-evidence: region")),
        (["allow-delete", "region eu-west-3"], ("aws", "eu-west-3")),
        (["--region=${REGION}"], ("aws", "templated: ${REGION}")),
        (["region fr-par", "endpoint-url https://s3.fr-par.scw.cloud"], HERE),
        (
            ["endpoint-url https://files.acme.fr"],
            ("not-in-catalogue: host files.acme.fr",) * 2,
        ),
    ],
)
def test_mount_options_tell_where_a_bucket_is(options: list[str], expected: object) -> None:
    spec = {"csi": {"driver": "s3.csi.aws.com", "volumeHandle": "a"}, "mountOptions": options}
    text = json.dumps(
        {
            "apiVersion": "v1",
            "kind": "PersistentVolume",
            "metadata": {"name": "a"},
            "spec": spec,
        }
    )
    found, _ = placed({"a.yaml": text}, [PARIS])
    (one,) = found.values()
    assert [place(each) for each in one.placements] == [expected]


def test_claim_templates_of_custom_resources_lie_by_their_class() -> None:
    spec = {
        "volumeClaimTemplates": [
            {"metadata": {"name": "work"}, "spec": {"storageClassName": "fast"}}
        ]
    }
    for api, kind in (
        ("argoproj.io/v1alpha1", "Workflow"),
        ("apps.kruise.io/v1beta1", "StatefulSet"),
    ):
        text = json.dumps(
            {"apiVersion": api, "kind": kind, "metadata": {"name": "a"}, "spec": spec}
        )
        found, _ = placed(
            {"a.yaml": text, "b.yaml": storage_class("efs.csi.aws.com")}, [PARIS]
        )
        (one,) = [each for name, each in found.items() if name.startswith("a.yaml")]
        at_rest = [place(each) for each in one.placements if shown(each.role) == "at-rest"]
        assert at_rest == [("aws", "no-evidence: region")]


@pytest.mark.parametrize(
    "volume",
    [
        {"ephemeral": {"volumeClaimTemplate": {"spec": {"storageClassName": "scw-bssd"}}}},
        {"csi": {"driver": "csi.scaleway.com"}},
    ],
)
def test_what_makes_volumes_of_a_pod_shows_where_its_cluster_is(
    volume: dict[str, Any],
) -> None:
    found, _ = placed({"a.yaml": _workload("Deployment", {"name": "work", **volume})})
    assert {shown(each.provider) for one in found.values() for each in one.placements} == {
        "scaleway"
    }


@pytest.mark.parametrize(
    "source",
    [
        {"nfs": {"server": "nas.storage.svc.cluster.local", "path": "/"}},
        {
            "csi": {
                "driver": "smb.csi.k8s.io",
                "volumeAttributes": {"source": "//nas.storage.svc/scans"},
            }
        },
    ],
)
def test_what_a_volume_holds_is_at_the_service_that_serves_it_and_where_that_leads(
    source: dict[str, Any],
) -> None:
    service = {
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": {"name": "nas", "namespace": "storage"},
    }
    away = json.dumps({**service, "spec": {"type": "ExternalName", "externalName": EFS}})
    found, _ = placed(
        {"a.yaml": _workload("Deployment", {"name": "scans", **source}), "b.yaml": away},
        [PARIS],
    )
    (one,) = [each for name, each in found.items() if name.startswith("b.yaml")]
    assert classes(one)["health"] == "propagated"
    assert place(one.placements[-1]) == ("aws", "us-east-1")
    volume = {"apiVersion": "v1", "kind": "PersistentVolume", "metadata": {"name": "a"}}
    labelled = {**volume["metadata"], "labels": {"sovlint.dev/data": "iban"}}  # type: ignore[dict-item]
    found, _ = placed(
        {
            "a.yaml": json.dumps({**volume, "metadata": labelled, "spec": source}),
            "b.yaml": away,
        },
        [PARIS],
    )
    (one,) = [each for name, each in found.items() if name.startswith("b.yaml")]
    assert classes(one) == {"iban": "propagated"}
