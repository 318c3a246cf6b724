"""Where secrets are kept that a cluster reads: each judgement by hand, from what the operators' definitions say."""

from __future__ import annotations

import pytest

from tests.resolve.manifests_house import CLUSTER, METADATA, placed, places

NOBODY = "(no-evidence) (no-evidence)"

STORES = [
    ("aws: {service: SecretsManager, region: eu-west-3}", "aws eu-west-3"),
    ("aws: {service: ParameterStore, region: us-east-1}", "aws us-east-1"),
    ("aws: {region: eusc-de-east-1}", "aws-european-sovereign-cloud eusc-de-east-1"),
    ("aws: {service: SecretsManager}", "aws (no-evidence)"),
    ("gcpsm: {projectID: p, location: europe-west9}", "google-cloud europe-west9"),
    ("azurekv: {vaultUrl: 'https://v.vault.azure.net'}", "microsoft-azure (no-evidence)"),
    (
        "vault: {server: 'https://v.vault.z1.hashicorp.cloud:8200', path: secret}",
        "hashicorp (no-evidence)",
    ),
    ("vault: {server: 'http://vault.vault.svc:8200'}", CLUSTER),
    ("oracle: {vault: ocid, region: eu-paris-1}", "oracle-cloud eu-paris-1"),
    (
        "ibm: {serviceUrl: 'https://i.eu-de.secrets-manager.appdomain.cloud'}",
        "ibm-cloud (no-evidence)",
    ),
    ("scaleway: {region: fr-par, projectId: p}", "scaleway fr-par"),
    ("gitlab: {url: 'https://gitlab.com/', projectID: '1'}", "gitlab (no-evidence)"),
    ("gitlab: {projectID: '1'}", NOBODY),
    ("kubernetes: {remoteNamespace: a}", CLUSTER),
    ("doppler: {auth: {}}", NOBODY),
    (
        "onepassword: {connectHost: 'http://connect.onepassword.svc.cluster.local:8080'}",
        CLUSTER,
    ),
]


@pytest.mark.parametrize(("provider", "expected"), STORES)
def test_a_store_of_external_secrets_is_where_its_provider_keeps_them(
    provider: str, expected: str
) -> None:
    for kind in ("SecretStore", "ClusterSecretStore"):
        body = f"spec:\n  provider:\n    {provider}\n"
        assert places("external-secrets.io/v1", kind, body) == [f"keys {expected}"]


def test_parameters_of_amazon_are_another_service_than_its_secrets() -> None:
    text = f"apiVersion: external-secrets.io/v1\nkind: SecretStore\n{METADATA}spec: {{provider: {{aws: {{region: x}}}}}}"
    (store,) = placed(text)
    assert [getattr(each.service, "value", None) for each in store.placements] == [
        "secretsmanager"
    ]


CLASSES = [
    ("provider: aws\n  parameters: {region: eu-west-3, objects: x}", ["aws eu-west-3"]),
    (
        "provider: aws\n  parameters: {region: eu-west-3, failoverRegion: us-east-1}",
        ["aws eu-west-3", "aws us-east-1"],
    ),
    ("provider: azure\n  parameters: {keyvaultName: v}", ["microsoft-azure (no-evidence)"]),
    # Another cloud of Azure's, run by somebody else perhaps.
    (
        "provider: azure\n  parameters: {keyvaultName: v, cloudName: AzureChinaCloud}",
        [NOBODY],
    ),
    ("provider: gcp\n  parameters: {secrets: x}", ["google-cloud (no-evidence)"]),
    (
        "provider: vault\n  parameters: {vaultAddress: 'http://vault.vault.svc:8200'}",
        [CLUSTER],
    ),
    ("provider: vault\n  parameters: {roleName: r}", [NOBODY]),
    ("provider: akeyless\n  parameters: {}", [NOBODY]),
]


@pytest.mark.parametrize(("spec", "expected"), CLASSES)
def test_a_secret_provider_class_is_where_its_provider_keeps_them(
    spec: str, expected: list[str]
) -> None:
    found = places(
        "secrets-store.csi.x-k8s.io/v1", "SecretProviderClass", f"spec:\n  {spec}\n"
    )
    assert found == [f"keys {each}" for each in expected]


def test_vendors_of_secrets() -> None:
    body = "spec: {address: 'https://v.vault.z1.hashicorp.cloud:8200'}\n"
    assert places("secrets.hashicorp.com/v1beta1", "VaultConnection", body) == [
        "keys hashicorp (no-evidence)"
    ]
    assert places("onepassword.com/v1", "OnePasswordItem", "spec: {itemPath: a}\n") == [
        f"keys {NOBODY}"
    ]
    body = "spec: {config: {storage: {s3: {bucket: b, region: eu-west-3}}}}\n"
    assert places("vault.banzaicloud.com/v1alpha1", "Vault", body) == [
        f"keys {CLUSTER}",
        "keys aws eu-west-3",
    ]


@pytest.mark.parametrize(
    ("version", "kind"),
    [
        ("external-secrets.io/v1", "ExternalSecret"),
        ("generators.external-secrets.io/v1alpha1", "Password"),
        ("bitnami.com/v1alpha1", "SealedSecret"),
        ("isindir.github.com/v1alpha3", "SopsSecret"),
        ("secrets.hashicorp.com/v1beta1", "VaultStaticSecret"),
        ("resources.teleport.dev/v1", "TeleportRoleV7"),
    ],
)
def test_what_names_or_seals_a_secret_carries_no_payload(version: str, kind: str) -> None:
    assert places(version, kind, "spec: {}\n") == [f"config {CLUSTER}"]
