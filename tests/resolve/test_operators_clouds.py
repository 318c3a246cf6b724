"""Custom resources that make something at a cloud: judged like the type of Terraform that they stand for."""

from __future__ import annotations

import pytest

from tests.resolve.house import catalog
from tests.resolve.manifests_house import places

CASES = [
    # Crossplane, made from Terraform's plug-ins: the same arguments in camel case.
    (
        "s3.aws.upbound.io/v1beta1",
        "Bucket",
        "forProvider: {region: eu-west-3}",
        ["at-rest aws eu-west-3"],
    ),
    (
        "s3.aws.m.upbound.io/v1beta1",
        "Bucket",
        "initProvider: {region: eu-west-3}",
        ["at-rest aws eu-west-3"],
    ),
    (
        "s3.aws.upbound.io/v1beta1",
        "Bucket",
        "forProvider: {}",
        ["at-rest aws (from-environment)"],
    ),
    (
        "s3.aws.upbound.io/v1beta1",
        "Bucket",
        "forProvider: {region: eusc-de-east-1}",
        ["at-rest aws-european-sovereign-cloud eusc-de-east-1"],
    ),
    (
        "s3.aws.upbound.io/v1beta1",
        "BucketPolicy",
        "forProvider: {region: eu-west-3}",
        ["config aws eu-west-3"],
    ),
    # `aws_db_instance`, not `aws_instance`, of which only the group tells it apart.
    (
        "rds.aws.upbound.io/v1beta1",
        "Instance",
        "forProvider: {region: us-east-1}",
        ["at-rest aws us-east-1"],
    ),
    (
        "rds.aws.upbound.io/v1beta1",
        "Instance",
        "forProvider: {region: us-east-1, replicateSourceDb: other}",
        ["replica aws us-east-1"],
    ),
    (
        "ec2.aws.upbound.io/v1beta1",
        "Instance",
        "forProvider: {region: eu-west-1}",
        ["compute aws eu-west-1"],
    ),
    (
        "dynamodb.aws.upbound.io/v1beta1",
        "Table",
        "forProvider: {region: eu-west-3, replica: [{regionName: us-east-1}]}",
        ["at-rest aws eu-west-3", "replica aws us-east-1"],
    ),
    (
        "secretsmanager.aws.upbound.io/v1beta1",
        "Secret",
        "forProvider: {region: eu-west-3, replica: [{region: eu-west-1}]}",
        ["keys aws eu-west-3", "keys aws eu-west-1"],
    ),
    (
        "aws.upbound.io/v1beta1",
        "ProviderConfig",
        "credentials: {source: IRSA}",
        ["config scaleway fr-par"],
    ),
    # A kind that nobody mapped: its company is known, what it carries isn't.
    (
        "mq.aws.upbound.io/v1beta1",
        "User",
        "forProvider: {region: eu-west-3}",
        ["(not-in-catalogue) aws eu-west-3"],
    ),
    (
        "storage.azure.upbound.io/v1beta1",
        "Account",
        "forProvider: {location: France Central, accountReplicationType: LRS}",
        ["at-rest microsoft-azure francecentral"],
    ),
    (
        "storage.azure.upbound.io/v1beta1",
        "Account",
        "forProvider: {location: France Central, accountReplicationType: GRS}",
        ["at-rest microsoft-azure francecentral", "replica microsoft-azure francesouth"],
    ),
    (
        "storage.gcp.upbound.io/v1beta1",
        "Bucket",
        "forProvider: {location: EU}",
        ["at-rest google-cloud EU"],
    ),
    (
        "sql.gcp.upbound.io/v1beta1",
        "DatabaseInstance",
        "forProvider: {region: europe-west9}",
        ["at-rest google-cloud europe-west9"],
    ),
    (
        "rds.aws.crossplane.io/v1alpha1",
        "DBInstance",
        "forProvider: {region: eu-west-3}",
        ["at-rest aws eu-west-3"],
    ),
    (
        "database.aws.crossplane.io/v1beta1",
        "RDSInstance",
        "forProvider: {region: us-east-1}",
        ["at-rest aws us-east-1"],
    ),
    (
        "s3.aws.crossplane.io/v1beta1",
        "Bucket",
        "forProvider: {locationConstraint: us-east-1}",
        ["at-rest aws us-east-1"],
    ),
    (
        "rdb.scaleway.upbound.io/v1alpha1",
        "Instance",
        "forProvider: {region: nl-ams}",
        ["at-rest scaleway nl-ams"],
    ),
    (
        "object.scaleway.upbound.io/v1alpha1",
        "Bucket",
        "forProvider: {region: fr-par}",
        ["at-rest scaleway fr-par"],
    ),
    # Config Connector
    (
        "storage.cnrm.cloud.google.com/v1beta1",
        "StorageBucket",
        "location: EU",
        ["at-rest google-cloud EU"],
    ),
    (
        "sql.cnrm.cloud.google.com/v1beta1",
        "SQLInstance",
        "region: europe-west9",
        ["at-rest google-cloud europe-west9"],
    ),
    (
        "iam.cnrm.cloud.google.com/v1beta1",
        "IAMPolicyMember",
        "role: x",
        ["config scaleway fr-par"],
    ),
    (
        "healthcare.cnrm.cloud.google.com/v1alpha1",
        "HealthcareDataset",
        "location: europe-west4",
        ["at-rest google-cloud europe-west4"],
    ),
    # AWS Controllers for Kubernetes
    ("s3.services.k8s.aws/v1alpha1", "Bucket", "name: b", ["at-rest aws (no-evidence)"]),
    (
        "s3.services.k8s.aws/v1alpha1",
        "Bucket",
        "createBucketConfiguration: {locationConstraint: eu-west-3}",
        ["at-rest aws eu-west-3"],
    ),
    (
        "dynamodb.services.k8s.aws/v1alpha1",
        "Table",
        "tableReplicas: [{regionName: us-east-1}]",
        ["at-rest aws (no-evidence)", "replica aws us-east-1"],
    ),
    (
        "lambda.services.k8s.aws/v1alpha1",
        "Function",
        "name: f",
        ["compute aws (from-environment)"],
    ),
    # Azure Service Operator
    (
        "storage.azure.com/v1api20230101",
        "StorageAccount",
        "location: westeurope\n  sku: {name: Standard_GRS}",
        ["at-rest microsoft-azure westeurope", "replica microsoft-azure northeurope"],
    ),
    (
        "dbforpostgresql.azure.com/v1api20221201",
        "FlexibleServer",
        "location: francecentral",
        ["at-rest microsoft-azure francecentral"],
    ),
    (
        "documentdb.azure.com/v1api20210515",
        "DatabaseAccount",
        "location: francecentral\n  locations: [{locationName: francecentral}, {locationName: eastus}]",
        [
            "at-rest microsoft-azure francecentral",
            "replica microsoft-azure francecentral",
            "replica microsoft-azure eastus",
        ],
    ),
    (
        "keyvault.azure.com/v1api20210401preview",
        "Vault",
        "location: uksouth",
        ["keys microsoft-azure uksouth"],
    ),
    (
        "network.azure.com/v1api20201101",
        "VirtualNetwork",
        "location: uksouth",
        ["config microsoft-azure uksouth"],
    ),
]


@pytest.mark.parametrize(("version", "kind", "spec", "expected"), CASES)
def test_it_is_where_the_cloud_makes_it_not_where_the_cluster_is(
    version: str, kind: str, spec: str, expected: list[str]
) -> None:
    assert places(version, kind, f"spec:\n  {spec}\n") == expected


def test_the_region_may_be_an_annotation_with_dots_in_its_key() -> None:
    body = "spec: {name: q}\n"
    version = "sqs.services.k8s.aws/v1alpha1"
    annotated = "metadata: {name: a, namespace: b, annotations: {services.k8s.aws/region: eu-west-3}}\n"
    assert places(version, "Queue", body) == ["at-rest aws (from-environment)"]
    assert places(version, "Queue", body, annotated) == ["at-rest aws eu-west-3"]


NAMES = [
    ("crossplane-aws", "Cluster.kafka.aws.upbound.io", "aws_msk_cluster"),
    ("crossplane-aws", "Group.cloudwatchlogs.aws.upbound.io", "aws_cloudwatch_log_group"),
    ("crossplane-aws", "LB.elbv2.aws.upbound.io", "aws_lb"),
    ("crossplane-aws", "UserPool.cognitoidp.aws.upbound.io", "aws_cognito_user_pool"),
    ("crossplane-aws", "AWSConfigurationRecorderStatus.configservice.aws.upbound.io",
     "aws_config_configuration_recorder_status"),
    ("crossplane-azure", "LoadBalancer.network.azure.upbound.io", "azurerm_lb"),
    ("crossplane-azure", "FlexibleServer.dbforpostgresql.azure.upbound.io", "azurerm_postgresql_flexible_server"),
    ("crossplane-gcp", "Dataset.healthcare.gcp.upbound.io", "google_healthcare_dataset"),
    ("config-connector", "SQLDatabase.sql.cnrm.cloud.google.com", "google_sql_database"),
    ("azure-service-operator", "SqlDatabase.documentdb.azure.com", "azurerm_cosmosdb_sql_database"),
    ("azure-service-operator", "Route.cdn.azure.com", "azurerm_cdn_frontdoor_route"),
    ("crossplane-ovh", "ProjectDatabase.databases.ovh.edixos.io", "ovh_cloud_project_database"),
]  # fmt: skip


@pytest.mark.parametrize(("plugin", "kind", "terraform"), NAMES)
def test_a_kind_is_the_type_that_its_operator_makes_it_from(
    plugin: str, kind: str, terraform: str
) -> None:
    found = catalog().stands_for(f"kubernetes/{plugin}", kind)
    assert found is not None
    assert found.type == terraform
