"""What runs by an operator, in the cluster or elsewhere, its brokers and its storage: each judgement by hand."""

from __future__ import annotations

import pytest

from tests.resolve.manifests_house import CLUSTER, placed, places

NOBODY = "(no-evidence) (no-evidence)"
HERE = f"at-rest {CLUSTER}"

IN_THE_CLUSTER = [
    ("tekton.dev/v1", "PipelineRun", "compute"),
    ("serving.knative.dev/v1", "Service", "compute"),
    ("serving.kserve.io/v1beta1", "InferenceService", "ai"),
    ("kubeflow.org/v1", "Notebook", "compute"),
    ("trainer.kubeflow.org/v1alpha1", "TrainJob", "compute"),
    ("sparkoperator.k8s.io/v1beta2", "SparkApplication", "compute"),
    ("flink.apache.org/v1beta1", "FlinkDeployment", "compute"),
    ("ray.io/v1", "RayCluster", "compute"),
    ("agones.dev/v1", "Fleet", "compute"),
    ("apps.kruise.io/v1alpha1", "CloneSet", "compute"),
    ("kubevirt.io/v1", "VirtualMachine", "compute"),
    ("cdi.kubevirt.io/v1beta1", "DataVolume", "at-rest"),
    ("apps.openshift.io/v1", "DeploymentConfig", "compute"),
    ("image.openshift.io/v1", "ImageStream", "registry"),
    ("k8s.keycloak.org/v2alpha1", "Keycloak", "processor"),
    ("actions.github.com/v1alpha1", "AutoscalingRunnerSet", "compute"),
    ("kafka.strimzi.io/v1", "Kafka", "at-rest"),
    ("rabbitmq.com/v1beta1", "RabbitmqCluster", "at-rest"),
    ("ceph.rook.io/v1", "CephCluster", "at-rest"),
    ("ceph.rook.io/v1", "CephObjectStore", "at-rest"),
    ("minio.min.io/v2", "Tenant", "at-rest"),
    ("longhorn.io/v1beta2", "Volume", "at-rest"),
]


@pytest.mark.parametrize(("version", "kind", "role"), IN_THE_CLUSTER)
def test_it_is_where_its_cluster_is(version: str, kind: str, role: str) -> None:
    assert places(version, kind, "spec: {replicas: 1}\n") == [f"{role} {CLUSTER}"]


STREAMS = [
    (
        "kafka.strimzi.io/v1", "KafkaConnect", "bootstrapServers: 'a.eu-west-3.aws.confluent.cloud:9092'",
        [f"compute {CLUSTER}", "at-rest confluent eu-west-3"],
    ),
    (
        "kafka.strimzi.io/v1", "KafkaConnect", "bootstrapServers: 'a-kafka-bootstrap.kafka.svc:9092'",
        [f"compute {CLUSTER}", HERE],
    ),
    (
        "kafka.strimzi.io/v1beta2", "KafkaMirrorMaker2",
        "clusters: [{alias: a, bootstrapServers: 'a.kafka.svc:9092'}, "
        "{alias: b, bootstrapServers: 'b.c1.kafka.eu-west-3.amazonaws.com:9098'}]",
        [f"compute {CLUSTER}", f"replica {CLUSTER}", "replica aws eu-west-3"],
    ),
    (
        "kafka.strimzi.io/v1", "KafkaConnector", "config: {s3.bucket.name: b, s3.region: us-east-1}",
        [f"compute {CLUSTER}", "at-rest aws us-east-1"],
    ),
    (
        "kafka.strimzi.io/v1", "KafkaConnector", "class: some.Sink\n  config: {topics: a}",
        [f"compute {CLUSTER}", f"processor {NOBODY}"],
    ),
    ("kafka.strimzi.io/v1", "Kafka", "kafka: {tieredStorage: {type: custom}}", [HERE, f"at-rest {NOBODY}"]),
    ("rabbitmq.com/v1beta1", "Shovel", "uriSecret: {name: a}", [f"replica {NOBODY}"]),
    (
        "jetstream.nats.io/v1beta2", "Stream", "servers: ['nats://nats.nats.svc:4222']",
        [HERE],
    ),
    ("jetstream.nats.io/v1beta2", "Stream", "name: a", [f"at-rest {NOBODY}"]),
    ("platform.confluent.io/v1beta1", "Connector", "class: a", [f"processor {NOBODY}"]),
    (
        "eventing.knative.dev/v1", "Trigger", "subscriber: {uri: 'https://a.execute-api.us-east-1.amazonaws.com/x'}",
        [f"config {CLUSTER}", "processor aws us-east-1"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("version", "kind", "spec", "expected"), STREAMS)
def test_mirrors_connectors_and_triggers_carry_it_on(
    version: str, kind: str, spec: str, expected: list[str]
) -> None:
    assert places(version, kind, f"spec:\n  {spec}\n") == expected


STORAGE = [
    ("ceph.rook.io/v1", "CephCluster", "external: {enable: true}", [f"at-rest {NOBODY}"]),
    ("ceph.rook.io/v1", "CephBlockPool", "mirroring: {peers: {secretNames: [a]}}", [HERE, f"replica {NOBODY}"]),
    (
        "ceph.rook.io/v1", "CephBucketTopic", "endpoint: {kafka: {uri: 'kafka://k.kafka.svc:9092'}}",
        [f"processor {CLUSTER}"],
    ),
    # Whose buckets they are, the storage class says.
    ("objectbucket.io/v1alpha1", "ObjectBucketClaim", "storageClassName: a", [f"at-rest {NOBODY}"]),
    ("longhorn.io/v1beta2", "BackupTarget", "backupTargetURL: ''", []),
    ("longhorn.io/v1beta2", "BackupTarget", "backupTargetURL: 's3://b@eu-west-3/'", [f"backup {NOBODY}"]),
    (
        "longhorn.io/v1beta2", "BackupTarget", "backupTargetURL: 'nfs://fs-1.efs.eu-west-3.amazonaws.com:/x'",
        ["backup aws eu-west-3"],
    ),
    (
        "seaweed.seaweedfs.com/v1", "Seaweed",
        "backup: {storages: {a: {s3: {endpoint: 'https://s3.fr-par.scw.cloud', bucket: b}}, b: {gcs: {bucket: c}}}}",
        [HERE, "backup scaleway fr-par", "backup google-cloud (no-evidence)"],
    ),
    (
        "imageregistry.operator.openshift.io/v1", "Config", "storage: {s3: {bucket: b, region: eu-west-3}}",
        ["registry aws eu-west-3"],
    ),
    ("imageregistry.operator.openshift.io/v1", "Config", "storage: {pvc: {claim: a}}", [f"registry {CLUSTER}"]),
]  # fmt: skip


@pytest.mark.parametrize(("version", "kind", "spec", "expected"), STORAGE)
def test_storage_that_is_elsewhere_says_so(
    version: str, kind: str, spec: str, expected: list[str]
) -> None:
    assert places(version, kind, f"spec:\n  {spec}\n") == expected


VALUE = "template: {spec: {providerSpec: {value: {kind: AWSMachineProviderConfig, placement: {region: eu-west-3}}}}}"
CLUSTERS = [
    ("infrastructure.cluster.x-k8s.io/v1beta2", "AWSCluster", "region: eu-west-3", ["compute aws eu-west-3"]),
    ("infrastructure.cluster.x-k8s.io/v1beta2", "AWSCluster", "region: cn-north-1", ["compute aws-china cn-north-1"]),
    (
        "infrastructure.cluster.x-k8s.io/v1beta1", "AzureCluster", "location: francecentral",
        ["compute microsoft-azure francecentral"],
    ),
    (
        "infrastructure.cluster.x-k8s.io/v1beta1", "AzureCluster",
        "location: chinaeast\n  azureEnvironment: AzureChinaCloud", [f"compute {NOBODY}"],
    ),
    (
        "infrastructure.cluster.x-k8s.io/v1beta1", "HetznerCluster", "controlPlaneRegions: [fsn1, nbg1]",
        ["compute hetzner fsn1", "compute hetzner nbg1"],
    ),
    ("infrastructure.cluster.x-k8s.io/v1beta1", "OpenStackCluster", "identityRef: {region: GRA9}",
     [f"compute {NOBODY}"]),
    ("controlplane.cluster.x-k8s.io/v1beta2", "AWSManagedControlPlane", "region: us-east-1", ["compute aws us-east-1"]),
    ("machine.openshift.io/v1beta1", "MachineSet", VALUE, ["compute aws eu-west-3"]),
    ("machine.openshift.io/v1beta1", "MachineSet", "template: {}", [f"compute {NOBODY}"]),
    (
        "provisioning.cattle.io/v1", "Cluster",
        "rkeConfig: {etcd: {s3: {bucket: b, endpoint: s3.fr-par.scw.cloud, region: fr-par}}}",
        [f"compute {NOBODY}", "backup scaleway fr-par"],
    ),
    ("work.open-cluster-management.io/v1", "ManifestWork", "workload: {}", [f"compute {NOBODY}"]),
    ("aiven.io/v1alpha1", "PostgreSQL", "cloudName: x", ["at-rest aiven (not-in-catalogue)"]),
    (
        "atlas.mongodb.com/v1", "AtlasDeployment",
        "deploymentSpec: {replicationSpecs: [{regionConfigs: [{providerName: AWS, regionName: EU_WEST_3}]}]}",
        ["at-rest mongodb EU_WEST_3"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("version", "kind", "spec", "expected"), CLUSTERS)
def test_what_an_operator_makes_elsewhere_is_there(
    version: str, kind: str, spec: str, expected: list[str]
) -> None:
    assert places(version, kind, f"spec:\n  {spec}\n") == expected


@pytest.mark.parametrize(
    ("version", "kind"),
    [
        ("tekton.dev/v1beta1", "VerificationPolicy"),
        ("kafka.strimzi.io/v1", "KafkaTopic"),
        ("kafka.strimzi.io/v1", "KafkaUser"),
        ("ceph.rook.io/v1", "CephObjectStoreUser"),
        ("longhorn.io/v1beta2", "RecurringJob"),
        ("cluster.x-k8s.io/v1beta1", "MachineDeployment"),
        ("karpenter.sh/v1", "NodePool"),
        ("route.openshift.io/v1", "Route"),
        ("config.openshift.io/v1", "OAuth"),
        ("dapr.io/v1alpha1", "Resiliency"),
    ],
)
def test_topics_users_and_settings_carry_no_payload(version: str, kind: str) -> None:
    assert places(version, kind, "spec: {}\n") == [f"config {CLUSTER}"]


def test_a_cluster_of_eksctl_is_in_its_region() -> None:
    metadata = "metadata: {name: a, region: eu-west-3}\n"
    assert places("eksctl.io/v1alpha5", "ClusterConfig", "", metadata) == [
        "compute aws eu-west-3"
    ]


def test_the_pod_template_of_a_rollout_declares_its_class() -> None:
    text = """apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: {name: api, namespace: claims}
spec: {template: {metadata: {labels: {sovlint.dev/data: health}}, spec: {containers: []}}}
"""
    (rollout,) = placed(text)
    assert [claim.data_class for claim in rollout.classes.claims] == ["health"]
