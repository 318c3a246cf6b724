"""Secrets that Sealed Secrets and External Secrets make: their keys are settings of the pods that take them."""

from __future__ import annotations

import pytest

from sovlint.model.resources.sent import Sent
from sovlint.model.value import Known
from tests.frontends.kubernetes.test_links import read, workload

ALL = "          envFrom: [{secretRef: {name: db}}]\n"
ONE = (
    "          env: [{name: DATABASE_URL, valueFrom: {secretKeyRef: {name: db, key: url}}}]\n"
)
SEALED = "apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: {name: db}\n"
EXTERNAL = (
    "apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: fetched}\n"
)
AMAZON = "postgres://{{ .user }}:{{ .key }}@db.abc.eu-west-3.rds.amazonaws.com/x"


def sent(container: str, maker: str) -> dict[str, Sent]:
    """What the workload sends, by the setting."""
    return {
        each.key: each
        for each in read(workload("api", container) + maker)["k8s:-/Deployment/api"].sends
    }


def why(found: Sent) -> str | None:
    """The note of why the address isn't known."""
    return (
        None
        if isinstance(found.value, Known) or found.value.note is None
        else found.value.note.key
    )


@pytest.mark.parametrize(
    ("container", "maker", "note"),
    [
        (
            ALL,
            f"{SEALED}spec: {{encryptedData: {{DATABASE_URL: AgBy3i4O}}}}\n",
            "kubernetes.value-encrypted",
        ),
        (
            ONE,
            f"{SEALED}spec: {{encryptedData: {{url: AgBy3i4O}}}}\n",
            "kubernetes.value-encrypted",
        ),
        (
            ALL,
            f"{EXTERNAL}spec: {{target: {{name: db}}, data: [{{secretKey: DATABASE_URL}}]}}\n",
            "kubernetes.value-in-store",
        ),
        (
            ONE,
            f"{EXTERNAL}spec: {{target: {{name: db}}, data: [{{secretKey: url}}]}}\n",
            "kubernetes.value-in-store",
        ),
    ],
)
def test_a_key_without_a_content_that_is_known_is_an_address_that_is_not(
    container: str, maker: str, note: str
) -> None:
    assert why(sent(container, maker)["DATABASE_URL"]) == note


@pytest.mark.parametrize(
    "maker",
    [
        f"{SEALED}spec: {{encryptedData: {{user: Ag}}, template: {{data: {{DATABASE_URL: '{AMAZON}'}}}}}}\n",
        f"{EXTERNAL}spec: {{target: {{name: db, template: {{data: {{DATABASE_URL: '{AMAZON}'}}}}}}}}\n",
    ],
)
def test_what_a_template_says_around_its_holes_tells_the_host_and_is_not_shown(
    maker: str,
) -> None:
    found = sent(ALL, maker)["DATABASE_URL"].value
    assert not isinstance(found, Known)
    assert found.sensitive
    assert any("eu-west-3.rds.amazonaws.com" in (part or "") for part in found.parts or ())


def test_the_keys_of_a_template_are_all_that_the_secret_has_unless_it_merges() -> None:
    data = "data: [{secretKey: SENTRY_DSN}]"
    template = f"{EXTERNAL}spec: {{target: {{name: db, template: {{POLICYdata: {{A: x}}}}}}, {data}}}\n"
    assert sent(ALL, template.replace("POLICY", "")) == {}
    assert list(sent(ALL, template.replace("POLICY", "mergePolicy: Merge, "))) == [
        "SENTRY_DSN"
    ]


def test_a_secret_of_its_own_name_or_another_is_found_by_what_it_is_called() -> None:
    fetched = "spec: {data: [{secretKey: DATABASE_URL}]}\n"
    named = EXTERNAL.replace("fetched", "db")
    assert list(sent(ALL, named + fetched)) == ["DATABASE_URL"]
    assert sent(ALL, EXTERNAL + fetched) == {}


def held(maker: str) -> dict[str, Sent]:
    """What an object that makes a secret sends by itself, by the setting."""
    (found,) = read(maker).values()
    return {each.key: each for each in found.sends}


CLASS = """
apiVersion: secrets-store.csi.x-k8s.io/v1
kind: SecretProviderClass
metadata: {name: vault}
spec:
"""


def mounted(listed: str, key: str = "objects") -> str:
    """A class that has things mounted as files."""
    text = "\n".join(f"      {line}" for line in listed.splitlines())
    return f"{CLASS}  parameters:\n    {key}: |\n{text}\n"


WHOLE = "external-secrets.io/v1\nkind: ClusterExternalSecret\nmetadata: {name: x}\n"
FORMER = "kubernetes-client.io/v1\nkind: ExternalSecret\nmetadata: {name: x}\n"
FILLED = f"{{data: {{DATABASE_URL: '{AMAZON}', GREETING: 'hello'}}}}"
AZURE = """array:
  - |
    objectName: a
    objectAlias: OPENAI_API_KEY
  - |
    objectName: sentry-dsn
"""


@pytest.mark.parametrize(
    ("maker", "keys"),
    [
        (
            f"{SEALED}spec: {{encryptedData: {{A_SENTRY_DSN: Ag, tls.crt: Ag}}}}\n",
            "A_SENTRY_DSN",
        ),
        (f"{SEALED}spec: {{encryptedData: {{B_BREVO_API_KEY: Ag}}}}\n", "B_BREVO_API_KEY"),
        (f"{EXTERNAL}spec: {{data: [{{secretKey: DATABASE_URL}}]}}\n", "DATABASE_URL"),
        (f"{EXTERNAL}spec: {{data: [{{secretKey: password}}]}}\n", ""),
        (f"{EXTERNAL}spec: {{target: {{template: {FILLED}}}}}\n", "DATABASE_URL"),
        (
            f"apiVersion: {WHOLE}spec: {{externalSecretSpec: {{data: [{{secretKey: SENTRY_DSN}}]}}}}\n",
            "SENTRY_DSN",
        ),
        (
            f"apiVersion: {FORMER}spec: {{data: [{{key: a, name: SENTRY_DSN}}]}}\n",
            "SENTRY_DSN",
        ),
        (
            f"{CLASS}  secretObjects: [{{secretName: db, data: [{{objectName: a, key: DATABASE_URL}}]}}]\n",
            "DATABASE_URL",
        ),
        (mounted(AZURE), "OPENAI_API_KEY sentry-dsn"),
        (
            mounted("- objectName: a\n  jmesPath: [{path: key, objectAlias: BREVO_API_KEY}]"),
            "BREVO_API_KEY a",
        ),
        (mounted("- {objectName: SENTRY_DSN, secretPath: secret/data/x}"), "SENTRY_DSN"),
        (
            mounted("- {resourceName: projects/1/x, path: SENTRY_DSN}", "secrets"),
            "SENTRY_DSN",
        ),
    ],
)
def test_keys_that_nobody_is_given_are_settings_that_are_kept_elsewhere(
    maker: str, keys: str
) -> None:
    assert set(held(maker)) == set(keys.split())


@pytest.mark.parametrize(
    "objects", ["'- |'", "3", "'a: b: c'", "[1]", "'array: 3'", "'array: [1, null, {a: b}]'"]
)
def test_odd_lists_of_what_is_fetched_break_nothing(objects: str) -> None:
    assert held(f"{CLASS}  parameters: {{objects: {objects}}}\n") == {}


def test_what_an_object_has_mounted_goes_by_the_class_of_the_pod() -> None:
    source = (
        "{driver: secrets-store.csi.k8s.io, volumeAttributes: {secretProviderClass: vault}}"
    )
    volume = f"      volumes: [{{name: v, csi: {source}}}]\n"
    found = read(f"{workload('api', volume)}---\n{CLASS}  provider: azure\n")
    assert ("config", "k8s:-/SecretProviderClass.secrets-store.csi.x-k8s.io/vault") in {
        (each.kind, each.address) for each in found["k8s:-/Deployment/api"].links
    }


def test_a_secret_that_is_encrypted_here_has_the_names_of_its_settings() -> None:
    secret = "apiVersion: v1\nkind: Secret\nmetadata: {name: db}\nstringData: {SENTRY_DSN: 'ENC[AES256_GCM,data:x]'}\n"
    assert why(held(secret)["SENTRY_DSN"]) == "kubernetes.value-encrypted"
