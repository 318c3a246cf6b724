"""Where operators' backups land: each judgement by hand, from what the operator's documentation says of its fields."""

from __future__ import annotations

import pytest

from sovlint.model.value import Known
from tests.resolve.manifests_house import CLUSTER, METADATA, placed, places

VELERO = [
    ("provider: aws\n  config: {region: eu-west-3}", ["backup aws eu-west-3"]),
    ("provider: velero.io/aws\n  config: {region: us-east-1}", ["backup aws us-east-1"]),
    ("provider: aws", ["backup aws (no-evidence)"]),
    (
        "provider: aws\n  config: {region: fr-par, s3Url: 'https://s3.fr-par.scw.cloud'}",
        ["backup scaleway fr-par"],
    ),
    (
        "provider: aws\n  config: {s3Url: 'https://s3.gra.io.cloud.ovh.net'}",
        ["backup ovhcloud GRA"],
    ),
    # The host names no region: the one written beside it is that of the bucket.
    (
        "provider: aws\n  config: {region: eu-west-3, s3Url: 'https://s3.amazonaws.com'}",
        ["backup aws eu-west-3"],
    ),
    (
        "provider: aws\n  config: {region: minio, s3Url: 'http://minio.velero.svc:9000'}",
        [f"backup {CLUSTER}"],
    ),
    (
        "provider: aws\n  config: {s3Url: 'http://minio:9000'}",
        ["backup (no-evidence) (no-evidence)"],
    ),
    ("provider: gcp", ["backup google-cloud (no-evidence)"]),
    ("provider: azure", ["backup microsoft-azure (no-evidence)"]),
    ("provider: openebs.io/velero", ["backup (no-evidence) (no-evidence)"]),
]


@pytest.mark.parametrize(("spec", "expected"), VELERO)
def test_a_location_of_velero_is_where_its_plug_in_writes(
    spec: str, expected: list[str]
) -> None:
    assert places("velero.io/v1", "BackupStorageLocation", f"spec:\n  {spec}\n") == expected


def test_a_service_of_the_cluster_runs_on_what_the_cluster_runs_on() -> None:
    text = f"""apiVersion: velero.io/v1
kind: BackupStorageLocation
{METADATA}spec: {{provider: aws, config: {{s3Url: 'http://minio.velero.svc:9000'}}}}
---
apiVersion: apps/v1
kind: Deployment
{METADATA}spec: {{}}
"""
    backup, workload = (each.placements[0] for each in placed(text))
    assert isinstance(backup.service, Known)
    assert isinstance(workload.service, Known)
    assert backup.service.value == workload.service.value
    assert [(each.name, each.offer) for each in backup.holdings] == [
        (e.name, e.offer) for e in workload.holdings
    ]


def test_snapshots_of_the_csi_plug_in_stay_in_the_cluster() -> None:
    body = "spec:\n  provider: csi\n"
    assert places("velero.io/v1", "VolumeSnapshotLocation", body) == [f"backup {CLUSTER}"]
    body = "spec:\n  provider: aws\n  config: {region: eu-central-1}\n"
    assert places("velero.io/v1", "VolumeSnapshotLocation", body) == [
        "backup aws eu-central-1"
    ]


def test_each_location_of_a_data_protection_application_is_judged_by_itself() -> None:
    body = """spec:
  backupLocations:
    - velero: {provider: aws, config: {region: eu-west-3}}
    - velero: {provider: aws, config: {region: x, s3Url: "https://s3.fr-par.scw.cloud"}}
"""
    found = places("oadp.openshift.io/v1alpha1", "DataProtectionApplication", body)
    assert sorted(found) == ["backup aws eu-west-3", "backup scaleway fr-par"]


BARMAN = [
    ("s3Credentials: {}", []),
    (
        "destinationPath: s3://b/\n      s3Credentials: {inheritFromIAMRole: true}",
        ["backup aws (no-evidence)"],
    ),
    (
        "destinationPath: s3://b/\n      endpointURL: https://s3.fr-par.scw.cloud\n      s3Credentials: {a: {name: b}}",
        ["backup scaleway fr-par"],
    ),
    (
        "destinationPath: https://acct.blob.core.windows.net/c\n      azureCredentials: {storageAccount: {name: b}}",
        ["backup microsoft-azure (no-evidence)"],
    ),
    (
        "destinationPath: gs://b\n      googleCredentials: {gkeEnvironment: true}",
        ["backup google-cloud (no-evidence)"],
    ),
    ("destinationPath: s3://b", ["backup (no-evidence) (no-evidence)"]),
    (
        "endpointURL: http://minio.storage.svc.cluster.local:9000\n      s3Credentials: {a: b}",
        [f"backup {CLUSTER}"],
    ),
]


@pytest.mark.parametrize(("store", "expected"), BARMAN)
def test_a_database_of_cloudnative_pg_is_in_the_cluster_and_its_backups_are_not(
    store: str, expected: list[str]
) -> None:
    body = f"spec:\n  backup:\n    barmanObjectStore:\n      {store}\n"
    assert places("postgresql.cnpg.io/v1", "Cluster", body) == [
        f"at-rest {CLUSTER}",
        *expected,
    ]


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ("barmanObjectStore: {endpointURL: 'https://s3.fr-par.scw.cloud'}", ["backup scaleway fr-par"]),
        (
            "barmanObjectStore: {destinationPath: 's3://b', s3Credentials: {inheritFromIAMRole: true}}",
            ["backup aws (no-evidence)"],
        ),
        (
            "barmanObjectStore: {destinationPath: 'https://a.blob.core.windows.net/b', azureCredentials: {a: b}}",
            ["backup microsoft-azure (no-evidence)"],
        ),
        (
            "barmanObjectStore: {destinationPath: 'gs://b', googleCredentials: {gkeEnvironment: true}}",
            ["backup google-cloud (no-evidence)"],
        ),
        ("connectionParameters: {host: db.x.us-east-1.rds.amazonaws.com}", ["replica aws us-east-1"]),
        ("connectionParameters: {host: old-rw.databases.svc}", [f"replica {CLUSTER}"]),
        ("connectionParameters: {user: a}", []),
    ],
)  # fmt: skip
def test_the_same_data_lies_where_an_external_cluster_of_cloudnative_pg_is(
    other: str, expected: list[str]
) -> None:
    body = f"spec:\n  externalClusters:\n    - name: other\n      {other}\n"
    assert places("postgresql.cnpg.io/v1", "Cluster", body) == [
        f"at-rest {CLUSTER}",
        *expected,
    ]


def test_snapshots_of_cloudnative_pg_stay_in_the_cluster() -> None:
    body = "spec:\n  backup: {volumeSnapshot: {className: csi}}\n"
    assert places("postgresql.cnpg.io/v1", "Cluster", body) == [
        f"at-rest {CLUSTER}",
        f"backup {CLUSTER}",
    ]


def test_an_object_store_of_the_barman_plug_in() -> None:
    body = "spec:\n  configuration: {destinationPath: 's3://b', endpointURL: 'https://fsn1.your-objectstorage.com'}\n"
    assert places("barmancloud.cnpg.io/v1", "ObjectStore", body) == ["backup hetzner fsn1"]


def test_each_storage_of_percona_is_judged_by_itself() -> None:
    body = """spec:
  backup:
    storages:
      amazon: {type: s3, s3: {bucket: b, region: us-west-2}}
      paris: {type: s3, s3: {bucket: b, region: fr-par, endpointUrl: "https://s3.fr-par.scw.cloud"}}
      blob: {type: azure, azure: {container: c}}
"""
    for version, kind in (
        ("pxc.percona.com/v1", "PerconaXtraDBCluster"),
        ("psmdb.percona.com/v1", "PerconaServerMongoDB"),
        ("ps.percona.com/v1alpha1", "PerconaServerMySQL"),
    ):
        assert sorted(places(version, kind, body)) == [
            f"at-rest {CLUSTER}", "backup aws us-west-2", "backup microsoft-azure (no-evidence)",
            "backup scaleway fr-par",
        ]  # fmt: skip


def test_repositories_of_pgbackrest() -> None:
    body = """spec:
  backups:
    pgbackrest:
      repos:
        - {name: repo1, volume: {volumeClaimSpec: {}}}
        - {name: repo2, s3: {bucket: b, endpoint: s3.eu-west-3.amazonaws.com, region: eu-west-3}}
        - {name: repo3, gcs: {bucket: b}}
        - {name: repo4, s3: {bucket: b, endpoint: "{{ endpoint }}", region: x}}
"""
    for version, kind in (
        ("postgres-operator.crunchydata.com/v1beta1", "PostgresCluster"),
        ("pgv2.percona.com/v2", "PerconaPGCluster"),
    ):
        assert sorted(places(version, kind, body)) == [
            f"at-rest {CLUSTER}", "backup (templated) (templated)", "backup aws eu-west-3",
            "backup google-cloud (no-evidence)", f"backup {CLUSTER}",
        ]  # fmt: skip


def test_logical_backups_of_zalandos_operator() -> None:
    body = """configuration:
  logical_backup: {logical_backup_s3_bucket: b, logical_backup_s3_endpoint: "https://s3.fr-par.scw.cloud"}
  aws_or_gcp: {wal_s3_bucket: w, aws_region: eu-central-1}
"""
    assert places("acid.zalan.do/v1", "OperatorConfiguration", body) == [
        "backup scaleway fr-par",
        "backup (no-evidence) (no-evidence)",
    ]
