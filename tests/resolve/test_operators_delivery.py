"""What deploys the rest, and what only says who reaches whom: each judgement by hand."""

from __future__ import annotations

import pytest

from tests.resolve.manifests_house import CLUSTER, places

NOBODY = "(no-evidence) (no-evidence)"

APPLICATIONS = [
    ("{server: 'https://kubernetes.default.svc', namespace: a}", f"compute {CLUSTER}"),
    ("{name: in-cluster, namespace: a}", f"compute {CLUSTER}"),
    ("{server: 'https://ABC.gr7.eu-west-3.eks.amazonaws.com'}", "compute aws eu-west-3"),
    # Nothing here says where a cluster is that Argo CD knows by a name of its own.
    ("{name: production, namespace: a}", f"compute {NOBODY}"),
    ("{server: 'https://10.0.0.1:6443'}", f"compute {NOBODY}"),
]


@pytest.mark.parametrize(("destination", "expected"), APPLICATIONS)
def test_an_application_runs_at_its_destination(destination: str, expected: str) -> None:
    body = f"spec:\n  destination: {destination}\n"
    assert places("argoproj.io/v1alpha1", "Application", body) == [expected]


def test_the_destination_of_an_application_set_may_be_a_template_and_then_isnt_known() -> (
    None
):
    body = "spec: {template: {spec: {destination: {server: '{{ server }}'}}}}\n"
    assert places("argoproj.io/v1alpha1", "ApplicationSet", body) == [
        "compute (templated) (templated)"
    ]
    listed = body.replace(
        "template", "generators: [{list: {elements: [{server: '%s'}]}}], template", 1
    )
    on = "https://ABC.gr7.eu-west-3.eks.amazonaws.com"
    assert places("argoproj.io/v1alpha1", "ApplicationSet", listed % on) == [
        "compute aws eu-west-3"
    ]
    assert places("argoproj.io/v1alpha1", "ApplicationSet", listed % "${SERVER}") == [
        "compute (templated) (templated)"
    ]


WORKFLOWS = [
    ("raw: {data: a}", []),
    (
        "s3: {bucket: b, endpoint: s3.fr-par.scw.cloud, region: fr-par}",
        ["at-rest scaleway fr-par"],
    ),
    ("s3: {key: a}", [f"at-rest {NOBODY}"]),
    ("gcs: {bucket: b}", ["at-rest google-cloud (no-evidence)"]),
    (
        "azure: {endpoint: 'https://acct.blob.core.windows.net', container: c}",
        ["at-rest microsoft-azure (no-evidence)"],
    ),
]


@pytest.mark.parametrize(("artifact", "expected"), WORKFLOWS)
def test_artifacts_of_a_workflow_go_to_their_storage(
    artifact: str, expected: list[str]
) -> None:
    body = f"templates: [{{name: a, outputs: {{artifacts: [{{name: a, path: /a, {artifact}}}]}}}}]"
    for kind in ("Workflow", "WorkflowTemplate", "ClusterWorkflowTemplate"):
        found = places("argoproj.io/v1alpha1", kind, f"spec: {{{body}}}\n")
        assert found == [f"compute {CLUSTER}", *expected]
    found = places(
        "argoproj.io/v1alpha1", "CronWorkflow", f"spec: {{workflowSpec: {{{body}}}}}\n"
    )
    assert found == [f"compute {CLUSTER}", *expected]


RELEASES = [
    (
        "helm.toolkit.fluxcd.io/v2",
        "HelmRelease",
        "chart: {spec: {chart: a}}",
        f"compute {CLUSTER}",
    ),
    (
        "helm.toolkit.fluxcd.io/v2",
        "HelmRelease",
        "kubeConfig: {secretRef: {name: a}}",
        f"compute {NOBODY}",
    ),
    ("helm.cattle.io/v1", "HelmChart", "chart: a", f"compute {CLUSTER}"),
    ("argoproj.io/v1alpha1", "Rollout", "replicas: 1", f"compute {CLUSTER}"),
    ("keda.sh/v1alpha1", "ScaledJob", "jobTargetRef: {}", f"compute {CLUSTER}"),
    # Which cluster it is made in, its ProviderConfig says by a secret.
    ("helm.crossplane.io/v1beta1", "Release", "forProvider: {}", f"compute {NOBODY}"),
]


@pytest.mark.parametrize(("version", "kind", "spec", "expected"), RELEASES)
def test_a_release_runs_workloads(version: str, kind: str, spec: str, expected: str) -> None:
    assert places(version, kind, f"spec: {{{spec}}}\n") == [expected]


CONFIG = [
    ("argoproj.io/v1alpha1", "AppProject"),
    ("source.toolkit.fluxcd.io/v1", "OCIRepository"),
    ("kustomize.toolkit.fluxcd.io/v1", "Kustomization"),
    ("notification.toolkit.fluxcd.io/v1beta3", "Provider"),
    ("apiextensions.crossplane.io/v1", "Composition"),
    ("operators.coreos.com/v1alpha1", "Subscription"),
    ("gateway.networking.k8s.io/v1", "HTTPRoute"),
    ("cilium.io/v2", "CiliumNetworkPolicy"),
    ("projectcalico.org/v3", "GlobalNetworkPolicy"),
    ("traefik.io/v1alpha1", "IngressRoute"),
    ("metallb.io/v1beta1", "IPAddressPool"),
    ("externaldns.k8s.io/v1alpha1", "DNSEndpoint"),
    ("cert-manager.io/v1", "ClusterIssuer"),
    ("kyverno.io/v1", "ClusterPolicy"),
    ("templates.gatekeeper.sh/v1", "ConstraintTemplate"),
    ("keda.sh/v1alpha1", "ScaledObject"),
    ("autoscaling.k8s.io/v1", "VerticalPodAutoscaler"),
]


@pytest.mark.parametrize(("version", "kind"), CONFIG)
def test_routes_policies_and_sources_carry_no_payload(version: str, kind: str) -> None:
    body = "spec: {url: 'https://somewhere.example', hosts: [api.elsewhere.com]}\n"
    assert places(version, kind, body) == [f"config {CLUSTER}"]
