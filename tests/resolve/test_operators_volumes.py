"""Where backups of volumes and snapshots land: each judgement by hand, from what the operators' definitions say."""

from __future__ import annotations

import pytest

from tests.resolve.manifests_house import CLUSTER, places

NOBODY = "(no-evidence) (no-evidence)"

K8UP = [
    ("s3: {endpoint: 'https://s3.fr-par.scw.cloud', bucket: b}", ["backup scaleway fr-par"]),
    ("s3: {endpoint: 'http://minio.backup.svc:9000', bucket: b}", [f"backup {CLUSTER}"]),
    # Without an address it is the one that the operator was given.
    ("s3: {bucket: b}", [f"backup {NOBODY}"]),
    ("azure: {container: c}", ["backup microsoft-azure (no-evidence)"]),
    ("gcs: {bucket: b}", ["backup google-cloud (no-evidence)"]),
    ("b2: {bucket: b}", ["backup backblaze (no-evidence)"]),
    (
        "rest: {url: 'https://restic.elsewhere.example/'}",
        ["backup (not-in-catalogue) (not-in-catalogue)"],
    ),
    ("swift: {container: c}", [f"backup {NOBODY}"]),
    ("local: {mountPath: /mnt}", [f"backup {CLUSTER}"]),
    ("repoPasswordSecretRef: {name: a, key: b}", [f"backup {NOBODY}"]),
]


@pytest.mark.parametrize(("backend", "expected"), K8UP)
def test_a_backup_of_k8up_goes_where_its_backend_is(
    backend: str, expected: list[str]
) -> None:
    assert places("k8up.io/v1", "Backup", f"spec:\n  backend:\n    {backend}\n") == expected


def test_each_job_of_a_schedule_of_k8up_may_have_a_backend_of_its_own() -> None:
    body = """spec:
  backend: {s3: {endpoint: "https://s3.gra.io.cloud.ovh.net", bucket: b}}
  backup: {schedule: "@daily"}
  archive: {restoreMethod: {s3: {endpoint: "https://s3.eu-west-3.amazonaws.com", bucket: c}}}
"""
    assert places("k8up.io/v1", "Schedule", body) == [
        "backup ovhcloud GRA",
        "backup aws eu-west-3",
    ]


def test_a_schedule_of_k8up_without_a_backend_goes_where_the_operator_was_told() -> None:
    assert places("k8up.io/v1", "Schedule", "spec: {backup: {schedule: '@daily'}}\n") == [
        f"backup {NOBODY}"
    ]


VOLSYNC = [
    ("restic: {repository: a-secret, copyMethod: Snapshot}", [f"backup {NOBODY}"]),
    ("rclone: {rcloneConfig: a-secret, rcloneDestPath: x}", [f"backup {NOBODY}"]),
    ("rsync: {address: 10.0.0.7}", [f"replica {NOBODY}"]),
    ("rsyncTLS: {address: a-1.elb.eu-west-3.amazonaws.com}", ["replica aws eu-west-3"]),
    ("rsyncTLS: {copyMethod: Snapshot}", [f"replica {NOBODY}"]),
    ("syncthing: {serviceType: ClusterIP}", [f"replica {NOBODY}"]),
]


@pytest.mark.parametrize(("mover", "expected"), VOLSYNC)
def test_a_secret_of_volsync_doesnt_show_where_copies_go(
    mover: str, expected: list[str]
) -> None:
    assert (
        places(
            "volsync.backube/v1alpha1",
            "ReplicationSource",
            f"spec:\n  sourcePVC: a\n  {mover}\n",
        )
        == expected
    )


def test_what_volsync_restores_is_a_volume_here() -> None:
    body = "spec: {trigger: {manual: once}, restic: {repository: a-secret, capacity: 5Gi}}\n"
    assert places("volsync.backube/v1alpha1", "ReplicationDestination", body) == [
        f"at-rest {CLUSTER}", f"backup {NOBODY}",
    ]  # fmt: skip


def test_storages_of_stash_and_kubestash() -> None:
    body = "spec: {backend: {s3: {endpoint: 's3.amazonaws.com', bucket: b, region: us-east-1}}}\n"
    assert places("stash.appscode.com/v1alpha1", "Repository", body) == [
        "backup aws us-east-1"
    ]
    body = "spec: {backend: {local: {mountPath: /x, nfs: {server: 'fs-1.efs.eu-west-3.amazonaws.com', path: /}}}}\n"
    assert places("stash.appscode.com/v1alpha1", "Repository", body) == [
        "backup aws eu-west-3"
    ]
    body = "spec: {storage: {provider: s3, s3: {endpoint: 'https://s3.fr-par.scw.cloud', bucket: b, region: fr-par}}}\n"
    assert places("storage.kubestash.com/v1alpha1", "BackupStorage", body) == [
        "backup scaleway fr-par"
    ]
    body = "spec: {storage: {provider: gcs, gcs: {bucket: b}}}\n"
    assert places("storage.kubestash.com/v1alpha1", "BackupStorage", body) == [
        "backup google-cloud (no-evidence)"
    ]


KASTEN = [
    ("objectStoreType: S3, region: us-east-2", ["backup aws us-east-2"]),
    (
        "objectStoreType: S3, region: fr-par, endpoint: 'https://s3.fr-par.scw.cloud'",
        ["backup scaleway fr-par"],
    ),
    ("objectStoreType: GCS, region: europe-west9", ["backup google-cloud europe-west9"]),
    ("objectStoreType: Azure", ["backup microsoft-azure (no-evidence)"]),
]


@pytest.mark.parametrize(("store", "expected"), KASTEN)
def test_a_location_profile_of_kasten(store: str, expected: list[str]) -> None:
    body = f"spec:\n  type: Location\n  locationSpec: {{type: ObjectStore, objectStore: {{name: b, {store}}}}}\n"
    assert places("config.kio.kasten.io/v1alpha1", "Profile", body) == expected


def test_a_file_store_of_kasten_says_nothing_of_who_keeps_it() -> None:
    body = "spec:\n  type: Location\n  locationSpec: {type: FileStore, fileStore: {claimName: nfs}}\n"
    assert places("config.kio.kasten.io/v1alpha1", "Profile", body) == [f"backup {NOBODY}"]


def test_a_profile_of_kanister() -> None:
    body = "location: {type: s3Compliant, bucket: b, endpoint: 'https://s3.fr-par.scw.cloud', region: fr-par}\n"
    assert places("cr.kanister.io/v1alpha1", "Profile", body) == ["backup scaleway fr-par"]
    body = "location: {type: s3Compliant, bucket: b, endpoint: '', region: eu-west-3}\n"
    assert places("cr.kanister.io/v1alpha1", "Profile", body)[-1] == "backup aws eu-west-3"


def test_snapshots_of_csi_stay_with_their_cluster() -> None:
    body = "spec: {volumeSnapshotClassName: csi, source: {persistentVolumeClaimName: a}}\n"
    assert places("snapshot.storage.k8s.io/v1", "VolumeSnapshot", body) == [
        f"backup {CLUSTER}"
    ]
    assert places("snapshot.storage.k8s.io/v1", "VolumeSnapshotClass", "driver: csi\n") == [
        f"config {CLUSTER}"
    ]
