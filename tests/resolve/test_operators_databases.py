"""Databases of operators: in the cluster, and their backups where each storage says; each judgement by hand."""

from __future__ import annotations

import pytest

from tests.resolve.manifests_house import CLUSTER, places

NOBODY = "(no-evidence) (no-evidence)"
HERE = f"at-rest {CLUSTER}"

IN_THE_CLUSTER = [
    ("k8s.mariadb.com/v1alpha1", "MariaDB"),
    ("mysql.oracle.com/v2", "InnoDBCluster"),
    ("mysql.presslabs.org/v1alpha1", "MysqlCluster"),
    ("moco.cybozu.com/v1beta2", "MySQLCluster"),
    ("mongodb.com/v1", "MongoDB"),
    ("mongodbcommunity.mongodb.com/v1", "MongoDBCommunity"),
    ("redis.redis.opstreelabs.in/v1beta2", "RedisCluster"),
    ("databases.spotahome.com/v1", "RedisFailover"),
    ("app.redislabs.com/v1alpha1", "RedisEnterpriseDatabase"),
    ("dragonflydb.io/v1alpha1", "Dragonfly"),
    ("elasticsearch.k8s.elastic.co/v1", "Elasticsearch"),
    ("opensearch.opster.io/v1", "OpenSearchCluster"),
    ("clickhouse.altinity.com/v1", "ClickHouseInstallation"),
    ("crdb.cockroachlabs.com/v1alpha1", "CrdbCluster"),
    ("scylla.scylladb.com/v1", "ScyllaCluster"),
    ("cassandra.datastax.com/v1beta1", "CassandraDatacenter"),
    ("k8ssandra.io/v1alpha1", "K8ssandraCluster"),
    ("planetscale.com/v2", "VitessCluster"),
    ("pingcap.com/v1alpha1", "TidbCluster"),
    ("solr.apache.org/v1beta1", "SolrCloud"),
    ("stackgres.io/v1", "SGCluster"),
    ("kubedb.com/v1", "Postgres"),
]


@pytest.mark.parametrize(("version", "kind"), IN_THE_CLUSTER)
def test_a_database_is_where_its_cluster_is(version: str, kind: str) -> None:
    assert places(version, kind, "spec: {replicas: 3}\n") == [HERE]


CONFIG = [
    ("k8s.mariadb.com/v1alpha1", "Grant"),
    ("mongodb.com/v1", "MongoDBUser"),
    ("opensearch.org/v1", "OpensearchRole"),
    ("planetscale.com/v2", "VitessBackupSchedule"),
    ("db.atlasgo.io/v1alpha1", "AtlasSchema"),
]


@pytest.mark.parametrize(("version", "kind"), CONFIG)
def test_users_grants_and_schemas_carry_no_payload(version: str, kind: str) -> None:
    assert places(version, kind, "spec: {}\n") == [f"config {CLUSTER}"]


BACKUPS = [
    (
        "k8s.mariadb.com/v1alpha1",
        "Backup",
        "storage: {s3: {bucket: b, endpoint: s3.fr-par.scw.cloud, region: fr-par}}",
        ["backup scaleway fr-par"],
    ),
    (
        "k8s.mariadb.com/v1alpha1",
        "Backup",
        "storage: {s3: {bucket: b, region: us-east-1}}",
        ["backup aws us-east-1"],
    ),
    (
        "k8s.mariadb.com/v1alpha1",
        "PhysicalBackup",
        "storage: {azureBlob: {containerName: c, serviceURL: 'https://acct.blob.core.windows.net'}}",
        ["backup microsoft-azure (no-evidence)"],
    ),
    (
        "k8s.mariadb.com/v1alpha1",
        "PhysicalBackup",
        "storage: {persistentVolumeClaim: {accessModes: [ReadWriteOnce]}}",
        [f"backup {CLUSTER}"],
    ),
    (
        "k8s.mariadb.com/v1alpha1",
        "Backup",
        "storage: {volume: {nfs: {server: fs-1.efs.eu-west-3.amazonaws.com, path: /}}}",
        ["backup aws eu-west-3"],
    ),
    (
        "k8s.mariadb.com/v1alpha1",
        "ExternalMariaDB",
        "host: a.b.eu-west-3.rds.amazonaws.com",
        ["at-rest aws eu-west-3"],
    ),
    ("mysql.oracle.com/v2", "MySQLBackup", "clusterName: a", [f"backup {NOBODY}"]),
    (
        "moco.cybozu.com/v1beta2",
        "BackupPolicy",
        "jobConfig: {bucketConfig: {bucketName: b, endpointURL: 'https://s3.gra.io.cloud.ovh.net'}}",
        ["backup ovhcloud GRA"],
    ),
    (
        "moco.cybozu.com/v1beta2",
        "BackupPolicy",
        "jobConfig: {bucketConfig: {bucketName: b, backendType: gcs}}",
        ["backup google-cloud (no-evidence)"],
    ),
    (
        "moco.cybozu.com/v1beta2",
        "BackupPolicy",
        "jobConfig: {bucketConfig: {bucketName: b, region: eu-west-3}}",
        ["backup aws eu-west-3"],
    ),
    (
        "pingcap.com/v1alpha1",
        "Backup",
        "s3: {bucket: b, region: us-west-2, provider: aws}",
        ["backup aws us-west-2"],
    ),
    (
        "pingcap.com/v1alpha1",
        "BackupSchedule",
        "backupTemplate: {gcs: {bucket: b, location: europe-west9}}",
        ["backup google-cloud europe-west9"],
    ),
    (
        "medusa.k8ssandra.io/v1alpha1",
        "MedusaConfiguration",
        "storageProperties: {storageProvider: s3_compatible, host: s3.fr-par.scw.cloud, region: fr-par}",
        ["backup scaleway fr-par"],
    ),
    (
        "medusa.k8ssandra.io/v1alpha1",
        "MedusaConfiguration",
        "storageProperties: {storageProvider: s3, region: us-east-1}",
        ["backup aws us-east-1"],
    ),
    (
        "medusa.k8ssandra.io/v1alpha1",
        "MedusaConfiguration",
        "storageProperties: {storageProvider: ibm_storage, bucketName: b}",
        [f"backup {NOBODY}"],
    ),
    (
        "everest.percona.com/v1alpha1",
        "BackupStorage",
        "type: s3\n  region: us-east-1\n  bucket: b",
        ["backup aws us-east-1"],
    ),
    (
        "stackgres.io/v1beta1",
        "SGObjectStorage",
        "type: s3Compatible\n  s3Compatible: {bucket: b, endpoint: 'https://fsn1.your-objectstorage.com'}",
        ["backup hetzner fsn1"],
    ),
    (
        "stackgres.io/v1beta1",
        "SGObjectStorage",
        "s3: {bucket: b, region: eu-west-3}",
        ["backup aws eu-west-3"],
    ),
]


@pytest.mark.parametrize(("version", "kind", "spec", "expected"), BACKUPS)
def test_a_backup_is_where_its_storage_is(
    version: str, kind: str, spec: str, expected: list[str]
) -> None:
    assert places(version, kind, f"spec:\n  {spec}\n") == expected


STORAGES = [
    (
        "mysql.oracle.com/v2",
        "InnoDBCluster",
        """backupProfiles:
    - name: amazon
      dumpInstance: {storage: {s3: {bucketName: b, endpoint: "https://s3.eu-west-3.amazonaws.com"}}}
    - name: oracle
      dumpInstance: {storage: {ociObjectStorage: {bucketName: b, credentials: c}}}
    - name: volume
      dumpInstance: {storage: {persistentVolumeClaim: {claimName: a}}}""",
        ["backup aws eu-west-3", "backup oracle-cloud (no-evidence)", f"backup {CLUSTER}"],
    ),
    (
        "planetscale.com/v2",
        "VitessCluster",
        """backup:
    locations:
      - {s3: {bucket: b, region: us-east-1}}
      - {s3: {bucket: b, region: fr-par, endpoint: "https://s3.fr-par.scw.cloud"}}
      - {gcs: {bucket: b}}
      - {ceph: {authSecret: {name: a}}}""",
        [
            "backup aws us-east-1", "backup google-cloud (no-evidence)", f"backup {NOBODY}", "backup scaleway fr-par",
        ],
    ),
    (
        "opensearch.opster.io/v1",
        "OpenSearchCluster",
        """general:
    snapshotRepositories:
      - {name: a, type: s3, settings: {bucket: b, region: us-east-1}}
      - {name: b, type: s3, settings: {bucket: b, endpoint: "https://s3.fr-par.scw.cloud"}}
      - {name: c, type: fs, settings: {location: /mnt}}
      - {name: d, type: hdfs, settings: {uri: "hdfs://n"}}""",
        ["backup aws us-east-1", f"backup {NOBODY}", "backup scaleway fr-par", f"backup {CLUSTER}"],
    ),
    (
        "solr.apache.org/v1beta1",
        "SolrCloud",
        """backupRepositories:
    - {name: a, s3: {region: eu-west-3, bucket: b}}
    - {name: b, volume: {source: {persistentVolumeClaim: {claimName: a}}}}""",
        ["backup aws eu-west-3", f"backup {CLUSTER}"],
    ),
    (
        "app.redislabs.com/v1alpha1",
        "RedisEnterpriseDatabase",
        "backup: {s3: {bucketName: b, awsSecretName: c}}",
        ["backup aws (no-evidence)"],
    ),
    ("scylla.scylladb.com/v1", "ScyllaCluster", "backups: [{location: ['s3:b']}]", [f"backup {NOBODY}"]),
    ("mysql.presslabs.org/v1alpha1", "MysqlCluster", "backupURL: s3://b/", [f"backup {NOBODY}"]),
]  # fmt: skip


@pytest.mark.parametrize(("version", "kind", "spec", "expected"), STORAGES)
def test_each_storage_of_a_database_is_judged_by_itself(
    version: str, kind: str, spec: str, expected: list[str]
) -> None:
    found = places(version, kind, f"spec:\n  {spec}\n")
    assert found[0] == HERE
    assert sorted(found[1:]) == sorted(expected)


BEATS = [
    ("elasticsearchRef: {name: quickstart}", []),
    (
        "config: {output: {elasticsearch: {hosts: ['https://a.b.eu-west-3.aws.elastic-cloud.com:443']}}}",
        ["elastic"],
    ),
    (
        "config: {output.elasticsearch: {hosts: ['https://search.eu-west-3.es.amazonaws.com']}}",
        ["aws"],
    ),
    ("config: {cloud.id: 'a:b'}", ["elastic"]),
    ("config: {output: {kafka: {hosts: ['kafka:9092']}}}", ["(no-evidence)"]),
]


@pytest.mark.parametrize(("spec", "providers"), BEATS)
def test_a_beat_sends_to_the_outputs_of_its_own_configuration(
    spec: str, providers: list[str]
) -> None:
    found = places(
        "beat.k8s.elastic.co/v1beta1", "Beat", f"spec:\n  type: filebeat\n  {spec}\n"
    )
    assert found[0] == f"logs {CLUSTER}"
    assert [each.split(" ")[1] for each in found[1:]] == providers


def test_the_text_of_a_pipeline_of_logstash_isnt_read() -> None:
    body = "spec: {pipelines: [{pipeline.id: main, config.string: 'output { stdout {} }'}]}\n"
    assert places("logstash.k8s.elastic.co/v1alpha1", "Logstash", body) == [
        f"logs {CLUSTER}",
        f"logs {NOBODY}",
    ]


def test_a_cluster_of_temporal_keeps_its_state_in_its_databases() -> None:
    body = """spec:
  persistence:
    defaultStore: {sql: {connectAddr: "a.b.eu-west-3.rds.amazonaws.com:5432"}}
    visibilityStore: {elasticsearch: {url: "https://es.search.svc:9200"}}
  archival: {provider: {s3: {region: us-east-1}}}
"""
    assert places("temporal.io/v1beta1", "TemporalCluster", body) == [
        f"compute {CLUSTER}", "at-rest aws eu-west-3", HERE, "at-rest aws us-east-1",
    ]  # fmt: skip
