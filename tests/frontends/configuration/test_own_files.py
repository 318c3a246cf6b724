"""An application's own files: only values count, and only those that can be nothing else."""

from __future__ import annotations

import json

import pytest

from tests.frontends.configuration.house import one, read, told

STORE = "postgres://u:p@claims.abc.us-east-1.rds.amazonaws.com/claims"
BUCKET = "https://acme-exports.s3.us-east-1.amazonaws.com"
FORMS = {
    "config/claims.yaml": "any:\n  thing: '{value}'\n",
    "config/sub/claims.json": '{{"any": ["{value}"]}}',
    "conf/claims.toml": "[any]\nthing = '{value}'\n",
    "app-settings.yml": "any: {{thing: ['{value}']}}\n",
    "src/main/resources/claims.properties": "any.thing={value}\n",
    "etc/claims.conf": "thing = {value}\n",
    "claims.cfg": 'thing "{value}";\n',
    "claims.ini": "[any]\nthing={value}\n",
    "config/packages/own.yaml": "own:\n  thing: '{value}'\n",
}


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("value", [STORE, BUCKET])
def test_a_value_counts_under_any_name(name: str, value: str) -> None:
    found = one(name, FORMS[name].format(value=value))
    assert list(found.values()) == ["at-rest aws us-east-1"]


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize(
    "value",
    [
        "https://www.acme.fr",
        "https://partner.acme.fr/api",
        "db.acme.fr",
        "postgres://db/claims",
        "info@acme.com",
    ],
)
def test_an_address_that_says_nothing_by_itself_is_nothing(name: str, value: str) -> None:
    assert one(name, FORMS[name].format(value=value)) == {}


def test_names_say_nothing_there() -> None:
    assert (
        one(
            "config/claims.yaml",
            "api_url: https://partner.acme.fr\nsmtp_host: smtp.acme.fr\n",
        )
        == {}
    )


def test_a_key_beside_an_address_is_a_name_as_well() -> None:
    text = "team:\n  partner_url: https://partner.acme.fr\n  partner_key: abcd\n"
    assert one("config/locales/team.yml", text) == {}
    inside = "team:\n  thing: https://u:p@partner.acme.fr/x\n"
    assert one("config/team.yml", inside) == {"team.thing": "processor ? ?"}


def test_other_formats_of_a_name_come_first() -> None:
    text = f"database:\n  url: {STORE}\n"
    assert one("config.yaml", text) == {"database.url": "at-rest aws us-east-1"}
    manifest = f"apiVersion: v1\nkind: ConfigMap\ndata: {{a: '{STORE}'}}\n"
    assert one("config/manager.yaml", manifest) == {}


def test_what_is_for_tests_is_nothing() -> None:
    assert one("config/claims.yaml", f"test:\n  store: {STORE}\n") == {}


def test_large_files_of_such_names_are_data() -> None:
    rows = json.dumps({"rows": [STORE] * 3_000})
    assert read({"config/rows.json": rows}).resources == ()


def test_a_password_that_is_filled_in_hides_no_host() -> None:
    text = "a: 'postgres://u:${PASSWORD}@claims.abc.us-east-1.rds.amazonaws.com/x'\n"
    assert one("config/claims.yaml", text) == {"a": "at-rest aws us-east-1"}


def test_variables_of_symfony_are_those_of_its_project() -> None:
    files = {
        "app/config/packages/doctrine.yaml": "doctrine: {dbal: {url: '%env(resolve:CLAIMS)%'}}\n",
        "app/.env": f"CLAIMS={STORE}\n",
    }
    assert told(files) == {"app/.env#CLAIMS": "at-rest aws us-east-1"}
    mail = {
        "config/packages/mailer.yaml": "framework: {mailer: {dsn: '%env(MAIL)%'}}\n",
        ".env": "MAIL=ses+smtp://a:b@default?region=us-east-1\n",
    }
    assert set(told(mail).values()) == {"processor aws us-east-1"}
    alone = {"config/packages/doctrine.yaml": "doctrine: {dbal: {url: '%env(CLAIMS)%'}}\n"}
    assert told(alone) == {"config/packages/doctrine.yaml#doctrine.dbal.url": "at-rest ? ?"}
