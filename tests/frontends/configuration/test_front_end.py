"""What configuration files prove: by hand, for each format, with what must not be taken for evidence."""

from __future__ import annotations

import pytest

from sovlint.model.value import Known, Reason, StepKind, Unknown, unroll
from tests.frontends.configuration.house import one, placed, read, told

SENTRY = "https://0123456789abcdef@o1.ingest.de.sentry.io/4"


def test_a_file_of_variables() -> None:
    text = (
        f"# where errors go\nexport SENTRY_DSN='{SENTRY}'\nNEXT_PUBLIC_SENTRY_DSN={SENTRY}\n"
        "DATABASE_URL=postgres://u:p@abc.eu-west-3.rds.amazonaws.com:5432/claims\nPORT=80\nOPENAI_API_KEY=sk-0123\n"
    )
    assert one(".env", text) == {
        "SENTRY_DSN": "processor sentry EU",
        "DATABASE_URL": "at-rest aws eu-west-3",
        "OPENAI_API_KEY": "ai openai ?",
    }


def test_where_it_stands_and_what_it_is_called() -> None:
    (found,) = read({"api/.env": f"A=1\nSENTRY_DSN={SENTRY}\n"}).resources
    assert (found.address, found.front_end, found.type) == (
        "config:api/.env#SENTRY_DSN",
        "configuration",
        "setting",
    )
    assert (found.where.span().path, found.where.span().line) == ("api/.env", 2)


def test_a_file_for_an_environment_adds_to_the_one_for_all() -> None:
    files: dict[str, str | bytes | None] = {
        ".env": "OPENAI_API_KEY=k\nS3_BUCKET=a\n",
        ".env.production": "OPENAI_BASE_URL=https://api.mistral.ai/v1\nAWS_REGION=eu-west-3\n",
    }
    assert told(files) == {
        ".env#OPENAI_API_KEY": "ai openai ?",
        ".env#S3_BUCKET": "at-rest ? ?",
        ".env.production#OPENAI_BASE_URL": "ai mistral-ai ?",
    }


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (".env", "#SENTRY_DSN={}"),
        (".env.test", "SENTRY_DSN={}"),
        ("tests/.env", "SENTRY_DSN={}"),
        ("docs/.env", "SENTRY_DSN={}"),
        ("node_modules/a/.env", "SENTRY_DSN={}"),
        ("vendor/a/application.yml", "sentry.dsn: {}"),
        ("src/test/resources/application.yml", "sentry.dsn: {}"),
        ("application-test.yml", "sentry.dsn: {}"),
        ("application.yml", "spring.config.activate.on-profile: test\nsentry.dsn: {}"),
        ("README.md", "SENTRY_DSN={}"),
        ("CHANGELOG.md", "SENTRY_DSN={}"),
        ("settings.py", "SENTRY_DSN='{}'"),
        ("package-lock.json", '{{"SENTRY_DSN": "{}"}}'),
    ],
)
def test_what_is_no_evidence_by_where_it_stands(name: str, text: str) -> None:
    assert told({name: text.format(SENTRY)}) == {}
    assert told({".env": f"SENTRY_DSN={SENTRY}"}) != {}  # the same elsewhere is


@pytest.mark.parametrize(
    "line",
    [
        "SENTRY_DSN=", "SENTRY_DSN=https://key@sentry.example.com/1", "SENTRY_DSN=http://localhost:9000/1",
        "DATABASE_URL=postgres://u:p@10.0.0.4/x", "DATABASE_URL=postgres://u:p@db:5432/x", "DATABASE_URL=sqlite:///x.db",
        "OPENAI_API_KEY=your-key", "OPENAI_API_KEY=changeme", "OPENAI_API_KEY=<key>", "OPENAI_API_KEY=xxxxxx",
        "SENTRY_DSN=https://xxx@xxx.ingest.sentry.io/xxx", "SENDGRID_API_KEY=...",
        "OPENAI_API_KEY=sk-...", "MISTRAL_API_KEY=abc…", "STRIPE_SECRET_KEY=null",
        "TWILIO_ACCOUNT_SID=0123-fake", "SMTP_HOST=smtp.your-company.fr", "ALGOLIA_APP_ID=\"\"",
        "DATABASE_URL=postgres://u:p@192.168.1.4/x", "DATABASE_URL=postgres://u:p@db.internal/x",
    ],
)  # fmt: skip
def test_what_is_no_evidence_by_what_it_says(line: str) -> None:
    assert one(".env", f"{line}\n") == {}


def test_a_template_proves_a_known_company_by_an_address_alone() -> None:
    text = f"SENTRY_DSN={SENTRY}\nSENDGRID_API_KEY=SG.0\nDATABASE_URL=postgres://u:p@db.acme.fr/x\nOPENAI_API_KEY=\n"
    for name in (
        ".env.example",
        ".env.dist",
        ".env.sample",
        "env.template",
        ".env.production.example",
        "example.env",
    ):
        assert one(name, text) == {"SENTRY_DSN": "processor sentry EU if used"}


def test_a_secret_reference_is_unknown() -> None:
    assert one("application.yml", "sentry.dsn: ENC(abc)\n") == {"sentry.dsn": "processor ? ?"}
    assert one("application.yml", "sentry.dsn: ${SENTRY_DSN}\nother: ${X}\n") == {
        "sentry.dsn": "processor ? ?"
    }
    assert one(".env", "DATABASE_URL=op://vault/db/url\n") == {"DATABASE_URL": "at-rest ? ?"}
    assert one(".env", "SENTRY_DSN={{ sentry_dsn }}\n") == {"SENTRY_DSN": "processor ? ?"}


def test_a_hole_in_an_address_hides_no_company() -> None:
    text = "spring.mail.host: ${REGION}.smtp.acme.fr\nsentry.dsn: https://${KEY}@o1.ingest.de.sentry.io/4\n"
    assert one("application.yml", text) == {
        "spring.mail.host": "processor ? ?",
        "sentry.dsn": "processor sentry EU",
    }


def test_ones_own_sentry_is_the_product_and_not_the_company() -> None:
    (found,) = placed({".env": "SENTRY_DSN=https://0@sentry.mutuelle-du-ponant.fr/4\n"})
    (place,) = found.placements
    assert isinstance(place.provider, Unknown)
    assert place.provider.reason is Reason.NOT_IN_CATALOGUE
    assert isinstance(place.control, Unknown)


def test_spring_in_yaml() -> None:
    text = """\
        spring:
          application.name: claims
          datasource:
            url: jdbc:postgresql://claims.eu-west-3.rds.amazonaws.com:5432/claims
          kafka:
            bootstrapServers: ${KAFKA:pkc-1.eu-west-3.aws.confluent.cloud:9092}
          mail: {host: localhost}
        ---
        spring:
          config.activate.on-profile: prod
          mail: {host: smtp-relay.brevo.com}
        """
    assert told({"src/main/resources/application.yml": text}) == {
        "src/main/resources/application.yml#spring.datasource.url": "at-rest aws eu-west-3",
        "src/main/resources/application.yml#spring.kafka.bootstrapServers": "processor confluent eu-west-3",
        "src/main/resources/application.yml#spring.mail.host": "processor brevo ?",
    }
    found = {each.address: each for each in read({"application.yml": text}).resources}
    assert found["config:application.yml#spring.mail.host"].variant == "prod"
    assert found["config:application.yml#spring.datasource.url"].variant is None


def test_groups_of_profiles_are_for_all() -> None:
    text = "spring.profiles.group.test: a\nspring.profiles.active: test\nspring.mail.host: smtp-relay.brevo.com\n"
    assert one("application.yml", text) == {"spring.mail.host": "processor brevo ?"}
    text = "spring.profiles: [{}]\nspring.mail.host: smtp-relay.brevo.com\n"
    assert one("application.yml", text.format("e2e, test")) == {}
    assert one("application.yml", text.format("'!test'")) == {
        "spring.mail.host": "processor brevo ?"
    }
    (found,) = read({"application.yml": text.format("prod, test")}).resources
    assert found.variant == "prod,test"


def test_a_default_says_that_it_is_one() -> None:
    (found,) = read(
        {"application.properties": "spring.mail.host=${SMTP:smtp-relay.brevo.com}\n"}
    ).resources
    (sent,) = found.sends
    assert isinstance(sent.value, Known)
    assert sent.value.value == "smtp-relay.brevo.com"
    assert any(step.kind is StepKind.DEFAULT for step in unroll(sent.value.because))
    assert (
        one(
            "application.properties",
            "spring.mail.host=${SMTP:localhost}\nsentry.dsn=${DSN:}\n",
        )
        == {}
    )


def test_spring_in_properties() -> None:
    text = (
        "! comment\n# spring.mail.host=smtp.acme.fr\nspring.datasource.url = jdbc:postgresql://db.acme.fr\\\n"
        "   :5432/claims\nsentry.dsn:" + SENTRY + "\n"
    )
    assert one("application-prod.properties", text) == {
        "spring.datasource.url": "at-rest ? ?",
        "sentry.dsn": "processor sentry EU",
    }
    (database,) = [
        each
        for each in read({"application.properties": text}).resources
        if "url" in each.address
    ]
    assert database.where.span().line == 3
    (sent,) = database.sends
    assert isinstance(sent.value, Known)
    assert "db.acme.fr:5432" in str(sent.value.value)


def test_settings_of_dotnet() -> None:
    text = """\
        {
          // comments are allowed
          "ConnectionStrings": {
            "Claims": "Server=tcp:acme.database.windows.net,1433;Database=claims;User ID=u;Password=p;",
            "Local": "Server=localhost;Database=claims"
          },
          "Sentry": {"Dsn": "%s"}, /* and so
          are these */
          "Smtp": {"Host": "smtp-relay.brevo.com"},
        }
        """
    assert one("appsettings.Production.json", text % SENTRY) == {
        "ConnectionStrings.Claims": "at-rest microsoft-azure ?",
        "Sentry.Dsn": "processor sentry EU",
        "Smtp.Host": "processor brevo ?",
    }
    lines = {
        each.address: each.where.span().line
        for each in read({"appsettings.json": text % SENTRY}).resources
    }
    assert lines["config:appsettings.json#Smtp.Host"] == 9


def test_a_file_that_cannot_be_read_is_skipped_and_the_rest_is_read() -> None:
    reading = read({
        "application.yml": "a: [", "appsettings.json": "{", "b/.env": None, ".env": f"SENTRY_DSN={SENTRY}\n",
        "c/.env": "A=1\n" * 400_000,
    })  # fmt: skip
    assert reading.failures == ()
    assert sorted(reading.skipped) == [
        "application.yml",
        "appsettings.json",
        "b/.env",
        "c/.env",
    ]
    assert reading.files == (".env",)
    assert len(reading.resources) == 1


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1", "utf-16"])
def test_an_older_encoding_hides_nothing(encoding: str) -> None:
    files: dict[str, str | bytes | None] = {
        "application.properties": "# réglages\nspring.mail.host=smtp-relay.brevo.com\n".encode(
            encoding
        ),
        ".env": f"# clés d'accès\r\nSENTRY_DSN={SENTRY}\r\n".encode(encoding),
        "big/.env": f"SENTRY_DSN={SENTRY}\n".encode(encoding)
        + "é\n".encode(encoding) * 40_000,
    }
    reading = read(files)
    assert reading.skipped == ()
    assert told(files) == {
        "application.properties#spring.mail.host": "processor brevo ?",
        ".env#SENTRY_DSN": "processor sentry EU",
        "big/.env#SENTRY_DSN": "processor sentry EU",
    }
    lines = {each.address: each.where.span().line for each in reading.resources}
    assert lines["config:.env#SENTRY_DSN"] == 2
    assert read({".env": b"SENTRY_DSN=\0\1"}).skipped == (".env",)


def test_no_line_of_such_a_file_is_shown() -> None:
    files: dict[str, str | bytes | None] = {
        ".env": "A=1\n",
        "application.yml": "a: 1\n",
        "appsettings.json": '{"a": 1}',
    }
    reading = read(files)
    assert sorted(reading.unquoted) == sorted(files)


def test_ignore_comments() -> None:
    reading = read({
        ".env": f'# sovlint: ignore[health-data-in-eea] reason="a"\nSENTRY_DSN={SENTRY}\n',
        "application.properties": f'sentry.dsn={SENTRY}\n! sovlint: ignore[x] reason="b"\nspring.mail.host=a.acme.fr\n',
        "appsettings.json": f'{{"Sentry": {{\n  "Dsn": "{SENTRY}" // sovlint: ignore[y] reason="c"\n}}}}',
    })  # fmt: skip
    assert {(each.where.path, each.line, each.reason) for each in reading.ignores} == {
        (".env", 2, "a"),
        ("application.properties", 3, "b"),
        ("appsettings.json", 2, "c"),
    }


@pytest.mark.parametrize("odd", ["\f", "\v", "\u2028", "\x85"])
def test_ignore_comments_stand_where_lines_are_counted(odd: str) -> None:
    comment = '# sovlint: ignore[health-data-in-eea] reason="a"'
    reading = read({".env": f"A=1{odd}\nB=2\n{comment}\nSENTRY_DSN={SENTRY}\n"})
    assert [(each.where.line, each.line) for each in reading.ignores] == [(3, 4)]


def test_a_table_below_an_array_of_tables_in_toml() -> None:
    comment = '# sovlint: ignore[health-data-in-eea] reason="x" until=2027-01-01'
    url = "postgres://u:p@claims.abc.us-east-1.rds.amazonaws.com/c"
    reading = read({
        "settings.toml": f"[[stores]]\nname = \"a\"\n[stores.env]\n{comment}\nDATABASE_URL = '{url}'\n",
        "settings.yaml": f"stores:\n  - name: a\n    env:\n      {comment}\n      DATABASE_URL: '{url}'\n",
    })  # fmt: skip
    expected = {("settings.toml", 5), ("settings.yaml", 5)}
    assert {
        (each.where.path, each.where.span().line) for each in reading.resources
    } == expected
    assert {(each.where.path, each.line) for each in reading.ignores} == expected


def test_one_service_of_several_settings_is_told_once() -> None:
    text = "okta.oauth2.issuer: https://acme.okta.com/oauth2/default\nokta.client.org-url: https://acme.okta.com\n"
    assert one("application.yml", text) == {"okta.oauth2.issuer": "processor okta ?"}
    text = "CLAIMS_DATABASE_URL=postgres://a@db.acme.fr/claims\nMAILS_DATABASE_URL=postgres://a@db.acme.fr/mails\n"
    assert len(one(".env", text)) == 2


def test_two_things_of_one_key_have_addresses_of_their_own() -> None:
    text = "KAFKA_BROKERS=a.acme.fr:9092\n"
    found = [each.address for each in read({"a/.env": text, "b/.env": text}).resources]
    assert len(found) == len(set(found)) == 2


def test_what_is_shown_hides_nothing_that_is_sent_to() -> None:
    logo, events = (
        f"{name}: https://x.partenaire-sante.fr/v1\n"
        for name in ("a_logo_url", "b_events_url")
    )
    for text in (logo + events, events + logo):
        assert "b_events_url" in one("config/settings.yml", text)


def test_a_file_that_is_one_value() -> None:
    """It has no key that could be asked for."""
    assert placed({".kontinuous/config.yaml": "3\n"}) == []
