"""Secrets that Sealed Secrets and External Secrets make: their keys are settings of the pods that take them."""

from __future__ import annotations

import pytest

from sovlint.model.resource import Sent
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
