"""At which cluster tasks are pointed."""

from __future__ import annotations

from textwrap import dedent

import pytest

from sovlint.model.landing import Evidence
from sovlint.model.value import Known, Value
from tests.frontends.kubernetes.ansible.test_ansible import found_in

MACHINE = "ec2-1-2-3-4.eu-west-3.compute.amazonaws.com"
K8S = "- k8s: {api_version: v1, kind: Namespace, name: a}"


def plain(value: Value | None) -> object:
    """A value that is known, the members of one that is one of a few, or why it isn't known."""
    if value is None or isinstance(value, Known):
        return None if value is None else value.value
    return [each.value for each in value.among] if value.among else value.text()


def told(evidence: Evidence) -> tuple[object, ...]:
    """What a piece of evidence says."""
    if evidence.host is not None:
        return (plain(evidence.host),)
    return (*evidence.providers, plain(evidence.region))


@pytest.mark.parametrize(
    ("tasks", "shown"),
    [
        (K8S, []),
        ("- command: aws eks update-kubeconfig --name a --region eu-west-3\n" + K8S, [("aws", "eu-west-3")]),
        (
            "- shell: aws eks update-kubeconfig --name a\n  environment: {AWS_REGION: '{{ where }}'}\n" + K8S,
            [("aws", "eu-west-3")],
        ),
        ("- amazon.aws.eks_cluster: {name: a, region: '{{ where }}'}\n" + K8S, [("aws", "eu-west-3")]),
        ("- azure_rm_aks: {name: a, location: francecentral}\n" + K8S, [("microsoft-azure", "francecentral")]),
        ("- gcp_container_cluster: {name: a, location: '{{ unset }}'}\n" + K8S, [("google-cloud", "unset-variable: unset")]),
        ("- amazon.aws.eks_cluster: {name: a, region: eu-west-3, state: absent}\n" + K8S, []),
        (K8S + "\n- command: aws eks update-kubeconfig --name a --region eu-west-3", []),
        ("- k8s: {api_version: v1, kind: Namespace, name: a, host: 'https://a.example.org:6443'}", [("https://a.example.org:6443",)]),
        ("- k8s: {api_version: v1, kind: Namespace, name: a, kubeconfig: kube.yml}", [("https://b.example.org",)]),
    ],
)  # fmt: skip
def test_what_comes_before_a_task_points_it_at_a_cluster(
    tasks: str, shown: list[tuple[object, ...]]
) -> None:
    """By commands and modules that pipelines have too, or by what the task says itself."""
    lines = "".join(f"    {line}\n" for line in tasks.split("\n"))
    files = {
        "site.yml": f"- hosts: localhost\n  vars: {{where: eu-west-3}}\n  tasks:\n{lines}",
        "files/kube.yml": "apiVersion: v1\nkind: Config\nclusters:\n- {name: b, cluster: {server: https://b.example.org}}\n",
    }
    (resource,) = [each for each in found_in(files) if each.type == "Namespace"]
    assert resource.named is not None
    assert [told(each) for each in resource.named.deployed] == shown


@pytest.mark.parametrize(
    ("files", "shown"),
    [
        ({"hosts": "[k3s]\nsrv1 ansible_host=10.0.0.1\n"}, []),
        ({"hosts": f"[k3s]\nsrv1 ansible_host={MACHINE}\n"}, [(MACHINE,)]),
        ({"hosts.yml": "k3s: {hosts: {a.example.org: , b.example.org: }}"}, [("a.example.org",), ("b.example.org",)]),
        (
            {"inventory/aws_ec2.yml": "plugin: amazon.aws.aws_ec2\nregions: [eu-west-3, eu-central-1]\n"},
            [("aws", ["eu-west-3", "eu-central-1"])],
        ),
        ({"inventory/hcloud.yml": "plugin: hetzner.hcloud.hcloud\n"}, [("hetzner", None)]),
    ],
)  # fmt: skip
def test_a_play_is_for_machines_that_the_inventory_shows(
    files: dict[str, str], shown: list[tuple[object, ...]]
) -> None:
    """What runs where Ansible does isn't there."""
    play = dedent(
        """
        - hosts: k3s
          tasks:
            - k8s: {api_version: v1, kind: Namespace, name: there}
            - k8s: {api_version: v1, kind: Namespace, name: here}
              delegate_to: localhost
        - hosts: localhost
          tasks:
            - k8s: {api_version: v1, kind: Namespace, name: local}
        """
    )
    made = {each.address: each.named for each in found_in({"site.yml": play, **files})}
    evidence = {
        address: [told(each) for each in named.deployed]
        for address, named in made.items()
        if named
    }
    assert evidence == {
        "k8s:-/Namespace/there": shown,
        "k8s:-/Namespace/here": [],
        "k8s:-/Namespace/local": [],
    }
