"""Values of charts that name settings whose values are kept elsewhere, or that the kubelet fills in."""

from __future__ import annotations

import pytest

from sovlint.frontends.kubernetes import manifests
from sovlint.model.inputs import ReadOptions
from sovlint.model.resources.sent import Sent
from sovlint.model.value import Known, Unknown
from tests.frontends.memory import MemoryReader
from tests.resolve.house import catalog

CHART = "apiVersion: v2\nname: web\nversion: 1.0.0\n"


def sent(values: str, **more: str) -> dict[str, Sent]:
    """What a chart with these values sends, by the setting."""
    files = {"web/Chart.yaml": CHART, "web/values.yaml": values, **more}
    found = manifests.read(MemoryReader(files), ReadOptions(), catalog().hints()).resources
    return {sent.key: sent for each in found if each.variant is None for sent in each.sends}


@pytest.mark.parametrize(
    ("values", "keys"),
    [
        # the charts of hmpps: by secret, names of variables with the keys in it
        ("generic-service: {namespace_secrets: {rds: {DB_HOST: address, DB_USER: user}}}", "DB_HOST"),
        ("web: {namespace_secrets: {config: {Sentry__Dsn: SentryDsn}}}", "Sentry__Dsn"),
        # those of hmcts: by vault, names of secrets, some with an alias
        ("nodejs: {keyVaults: {kv: {secrets: [sentry-dsn, {name: a, alias: DATABASE_URL}]}}}", "sentry-dsn DATABASE_URL"),
        ("java: {secrets: {POSTGRES_HOST: {secretRef: pg, key: host}}}", "POSTGRES_HOST"),
        ("java: {secrets: {POSTGRES_HOST: {secretRef: pg, key: host, disabled: true}}}", ""),
        ("java: {env: {POSTGRES_HOST: {secretName: pg, secretKey: host}}}", "POSTGRES_HOST"),
        ("nodejs: {keyVaults: {kv: {secrets: 3}}}", ""),
        ("nodejs: {keyVaults: {kv: {secrets: [[], {a: b}, 4]}}, namespace_secrets: [DB_HOST]}", ""),
    ],
)  # fmt: skip
def test_names_of_settings_that_are_kept_elsewhere(values: str, keys: str) -> None:
    found = sent(values)
    assert set(found) == set(keys.split())
    assert all(isinstance(each.value, Unknown) for each in found.values())


def test_a_key_of_somebody_whose_value_is_kept_elsewhere_names_who_it_is() -> None:
    found = sent(
        "nodejs: {keyVaults: {kv: {secrets: [{name: a, alias: GOVUK_NOTIFY_API_KEY}]}}}"
    )
    assert [each.usual or each.provider for each in found.values()] == ["govuk-notify"]


@pytest.mark.parametrize(
    "value",
    [
        "Server=$(DATABASE_ADDRESS);Database=claims;User Id=u;Password=$(P)",
        "$(REDIS_PRIMARY_ENDPOINT):6379,password=$(P),ssl=True",
        "https://$(HOST)/api",
    ],
)
def test_what_the_kubelet_fills_in_is_not_known(value: str) -> None:
    found = sent(f"web: {{env: {{PARTNER_URL: '{value}'}}}}")
    assert [type(each.value) for each in found.values()] == [Unknown]


def test_a_command_in_a_text_is_no_variable() -> None:
    found = sent("web: {env: {PARTNER_URL: 'https://fhir.acme.fr/$(date)'}}")
    assert [type(each.value) for each in found.values()] == [Known]
