"""Clusters that Terraform only looks up by data sources: what provider blocks point at them deploys is there."""

from __future__ import annotations

import pytest

from tests.resolve.cluster_house import placed, pod, said, storage_class, where

_SCALEWAY = (
    'terraform { required_providers { scaleway = { source = "scaleway/scaleway" } } }\n'
)
_OVH = 'terraform { required_providers { ovh = { source = "ovh/ovh" } } }\n'
_DIGITALOCEAN = 'terraform { required_providers { digitalocean = { source = "digitalocean/digitalocean" } } }\n'
_NAMED = '{ name = "claims" }\n'
LOOKED_UP = {
    "eks": (
        'provider "aws" { region = "eu-west-3" }\n'
        f'data "aws_eks_cluster" "x" {_NAMED}data "aws_eks_cluster_auth" "x" {_NAMED}',
        "data.aws_eks_cluster.x.endpoint",
        ("aws", "eu-west-3"),
    ),
    "eks-anywhere-in-the-account": (
        f'provider "aws" {{}}\ndata "aws_eks_cluster" "x" {_NAMED}',
        "data.aws_eks_cluster.x.endpoint",
        ("aws", "from-environment: region"),
    ),
    "gke": (
        'data "google_container_cluster" "x" { name = "claims", location = "europe-west9" }\n'.replace(
            ",", "\n"
        ),
        '"https://${data.google_container_cluster.x.endpoint}"',
        ("google-cloud", "europe-west9"),
    ),
    "aks": (
        'provider "azurerm" { features {} }\n'
        'data "azurerm_kubernetes_cluster" "x" {\n name = "claims"\n resource_group_name = "a"\n}\n',
        "data.azurerm_kubernetes_cluster.x.kube_config[0].host",
        ("microsoft-azure", "no-evidence: region"),
    ),
    "kapsule": (
        f'{_SCALEWAY}provider "scaleway" {{ region = "nl-ams" }}\ndata "scaleway_k8s_cluster" "x" {_NAMED}',
        "data.scaleway_k8s_cluster.x.kubeconfig.0.host",
        ("scaleway", "nl-ams"),
    ),
    "kapsule-in-its-own-region": (
        f'{_SCALEWAY}data "scaleway_k8s_cluster" "x" {{\n name = "claims"\n region = "pl-waw"\n}}\n',
        "data.scaleway_k8s_cluster.x.kubeconfig[0].host",
        ("scaleway", "pl-waw"),
    ),
    "ovh": (
        f'{_OVH}provider "ovh" {{ endpoint = "ovh-eu" }}\n'
        'data "ovh_cloud_project_kube" "x" {\n service_name = "a"\n kube_id = "b"\n}\n',
        "data.ovh_cloud_project_kube.x.kubeconfig_attributes[0].host",
        ("ovhcloud", "no-evidence: region"),
    ),
    "digitalocean": (
        f'{_DIGITALOCEAN}data "digitalocean_kubernetes_cluster" "x" {_NAMED}',
        "data.digitalocean_kubernetes_cluster.x.endpoint",
        ("digitalocean", "no-evidence: region"),
    ),
}
RELEASE = 'resource "helm_release" "web" {\n name = "web"\n chart = "web"\n}\n'
JOB = 'resource "kubernetes_deployment_v1" "web" {}\n'


@pytest.mark.parametrize("name", sorted(LOOKED_UP))
def test_what_is_deployed_to_a_cluster_that_is_looked_up_is_there(name: str) -> None:
    data, host, place = LOOKED_UP[name]
    helm = f'{data}provider "helm" {{ kubernetes {{ host = {host} }} }}\n{RELEASE}'
    kubernetes = f'{data}provider "kubernetes" {{ host = {host} }}\n{JOB}'
    assert where({"infra/main.tf": helm}, "helm_release.web") == place
    assert where({"infra/main.tf": kubernetes}, "kubernetes_deployment_v1.web") == place
    assert where({"infra/main.tf": kubernetes, "k8s/pod.yaml": pod()}, "Pod/api") == place


def test_a_data_source_is_no_resource_and_alone_places_nothing() -> None:
    data, _, _ = LOOKED_UP["eks"]
    found, _ = placed({"infra/main.tf": data, "k8s/pod.yaml": pod()})
    assert [name.rpartition(" ")[2] for name in found] == ["k8s:-/Pod/api"]
    assert (
        where({"infra/main.tf": data, "k8s/pod.yaml": pod()}, "Pod/api")[0]
        == "no-evidence: clusters"
    )


def test_volumes_of_another_company_contradict_the_cluster_that_is_looked_up() -> None:
    data, host, _ = LOOKED_UP["eks"]
    infra = f'{data}provider "kubernetes" {{ host = {host} }}\n'
    files = {
        "infra/main.tf": infra,
        "k8s/a.yaml": storage_class("csi.scaleway.com"),
        "k8s/pod.yaml": pod(),
    }
    assert where(files, "Pod/api")[0] == {"aws", "scaleway"}
    assert said(files) == ["resolve.cluster-disputed"]


def test_a_module_looks_up_the_cluster_that_its_provider_block_points_at() -> None:
    data, host, _ = LOOKED_UP["kapsule"]
    files = {
        "infra/main.tf": 'module "apps" { source = "./apps" }\n',
        "infra/apps/main.tf": f'{data}provider "kubernetes" {{ host = {host} }}\n{JOB}',
    }
    assert where(files, "module.apps.kubernetes_deployment_v1.web") == ("scaleway", "nl-ams")


def test_what_else_such_a_data_source_tells_is_no_address() -> None:
    data, _, _ = LOOKED_UP["eks"]
    host = "data.aws_eks_cluster.x.arn"
    assert (
        where(
            {"infra/main.tf": f'{data}provider "kubernetes" {{ host = {host} }}\n{JOB}'},
            "v1.web",
        )[0]
        != "aws"
    )
