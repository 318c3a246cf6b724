"""What the settings of a container say of where its data goes; what they merely mention is nothing."""

from __future__ import annotations

import base64

import pytest

from sovlint.model.placement import Placed
from tests.resolve.house import classes, place, shown
from tests.resolve.manifests_house import placed


def container(settings: dict[str, str], more: str = "") -> str:
    entries = "".join(
        f"            - {{name: {name}, value: '{value}'}}\n"
        for name, value in settings.items()
    )
    return (
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: api}\nspec:\n  template:\n    spec:\n"
        f"      containers:\n        - name: c\n          image: acme/api\n          env:\n{entries}{more}"
    )


def sends(text: str, number: int = 0) -> list[tuple[str, str, object, object]]:
    """(setting, role, provider, region) of each address that an object sends to."""
    found: Placed = placed(text)[number]
    return [
        (each.sent, str(shown(each.role)), *place(each))
        for each in found.placements
        if each.sent
    ]


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"SENTRY_DSN": "https://0123@o1.ingest.de.sentry.io/4"}, ("SENTRY_DSN", "processor", "sentry", "EU")),
        ({"DD_API_KEY": "0123", "DD_SITE": "datadoghq.eu"}, ("DD_SITE", "logs", "datadog", "EU")),
        ({"DATABASE_URL": "postgres://a:p@x.rds.eu-west-3.amazonaws.com:5432/x"},
         ("DATABASE_URL", "at-rest", "aws", "eu-west-3")),
        ({"DB_DSN": "a:p@tcp(x.eu-west-3.rds.amazonaws.com:3306)/x"}, ("DB_DSN", "at-rest", "aws", "eu-west-3")),
        ({"SPRING_DATASOURCE_URL": "jdbc:postgresql://x.rds.eu-west-3.amazonaws.com:5432/x?ssl=true"},
         ("SPRING_DATASOURCE_URL", "at-rest", "aws", "eu-west-3")),
        ({"S3_ENDPOINT": "https://s3.fr-par.scw.cloud", "S3_BUCKET": "a", "AWS_REGION": "us-east-1"},
         ("S3_ENDPOINT", "at-rest", "scaleway", "fr-par")),
        ({"BEDROCK_MODEL_ID": "m", "AWS_REGION": "eu-west-3"}, ("BEDROCK_MODEL_ID", "ai", "aws", "eu-west-3")),
    ],
)  # fmt: skip
def test_an_address_or_a_credential_is_a_placement(
    settings: dict[str, str], expected: tuple[str, str, object, object]
) -> None:
    assert sends(container(settings)) == [expected]


@pytest.mark.parametrize(
    ("settings", "company"),
    [
        ({"DD_API_KEY": "0123"}, "datadog"),
        ({"OPENAI_API_KEY": "0123"}, "openai"),
        ({"OPENAI_API_KEY": "0123", "OPENAI_BASE_URL": "https://api.mistral.ai/v1"}, "mistral-ai"),
        ({"MAILER_DSN": "smtp://a:b@in-v3.mailjet.com:587"}, "mailjet"),
        ({"AUTH0_DOMAIN": "acme.eu.auth0.com"}, "okta"),
        ({"AZURE_STORAGE_CONNECTION_STRING":
          "DefaultEndpointsProtocol=https;AccountName=acme;AccountKey=k;EndpointSuffix=core.windows.net"},
         "microsoft-azure"),
        ({"CONNECTIONSTRINGS__X": "Server=tcp:acme.database.windows.net,1433;User ID=u;Password=p"}, "microsoft-azure"),
        ({"SLACK_WEBHOOK_URL": "https://hooks.slack.com/services/a/b/c"}, "slack"),
    ],
)  # fmt: skip
def test_who_gets_it(settings: dict[str, str], company: str) -> None:
    assert [found[2] for found in sends(container(settings))] == [company]


@pytest.mark.parametrize(
    "settings",
    [
        {"DOCS_URL": "https://docs.datadoghq.com"}, {"LOGO": "https://www.acme.fr/logo.png"},
        {"SENTRY_DSN": ""}, {"DATABASE_URL": "sqlite:///x.db"}, {"DB_HOST": "localhost"},
        {"SMTP_HOST": "mail.example.com"},
        {"AWS_REGION": "us-east-1"}, {"DD_AGENT_HOST": "10.0.0.1"}, {"REDIS_HOST": "redis"}, {"SMTP_HOST": "10.1.2.3"},
        {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://collector.observability.svc.cluster.local:4317"},
        {"SCHEMA": "https://json.schemastore.org/x"}, {"OPENAI_MODEL": "gpt"},
    ],
)  # fmt: skip
def test_what_says_nothing(settings: dict[str, str]) -> None:
    assert sends(container(settings)) == []


def test_a_host_that_nobody_knows_is_unproven() -> None:
    assert (
        sends(container({"DB_HOST": "db.acme-hosting.io"}))[0][2]
        == "not-in-catalogue: host db.acme-hosting.io"
    )
    assert sends(container({"S3_BUCKET": "a"}))[0][2] == "no-evidence: endpoint"


FROM_SECRET = (
    "            - {name: SENTRY_DSN, valueFrom: {secretKeyRef: {name: errors, key: dsn}}}\n"
)


def test_a_value_of_a_secret_is_followed_and_never_shown() -> None:
    head = "---\napiVersion: v1\nkind: Secret\nmetadata: {name: errors}\n"

    def secret(text: str) -> str:
        return f"{head}data: {{dsn: {base64.b64encode(text.encode()).decode()}}}\n"

    known = secret("https://0123456789@o1.ingest.de.sentry.io/4")
    assert sends(container({"A": "b"}, FROM_SECRET) + known) == [
        ("SENTRY_DSN", "processor", "sentry", "EU")
    ]
    other = secret("https://0123456789@errors.acme-secret.io/4")
    (found,) = sends(container({"A": "b"}, FROM_SECRET) + other)
    assert found[2] == "not-in-catalogue: ***"


def test_a_secret_that_is_not_here_leaves_the_placement_unknown() -> None:
    assert (
        sends(container({"A": "b"}, FROM_SECRET))[0][2]
        == "from-environment: Secret errors/dsn"
    )
    encrypted = "---\napiVersion: v1\nkind: Secret\nmetadata: {name: errors}\nstringData: {dsn: 'ENC[AES256_GCM,data:x]'}\n"
    assert str(sends(container({"A": "b"}, FROM_SECRET) + encrypted)[0][2]).startswith(
        "from-environment"
    )


@pytest.mark.parametrize(
    ("name", "provider"),
    [
        ("S3_ENDPOINT", "from-environment: Secret s/x"), ("OPENAI_BASE_URL", "from-environment: Secret s/x"),
        ("DD_DD_URL", "datadog"), ("AZURE_OPENAI_ENDPOINT", "microsoft-azure"),
    ],
)  # fmt: skip
def test_an_address_that_is_not_known_is_nobodys_default(name: str, provider: str) -> None:
    hidden = (
        f"            - {{name: {name}, valueFrom: {{secretKeyRef: {{name: s, key: x}}}}}}\n"
    )
    beside = (
        {"S3_BUCKET": "a", "AWS_REGION": "eu-west-3"} if name == "S3_ENDPOINT" else {"A": "b"}
    )
    ((_, _, found, _),) = sends(container(beside, hidden))
    assert found == provider


def test_settings_that_are_not_known_may_name_another_address() -> None:
    unknown = "          envFrom: [{secretRef: {name: all}}]\n"
    assert (
        sends(container({"OPENAI_API_KEY": "k"}, unknown))[0][2]
        == "from-environment: Secret all"
    )
    assert (
        sends(container({"S3_BUCKET": "k", "AWS_REGION": "eu-west-3"}, unknown))[0][2]
        == "from-environment: Secret all"
    )
    assert sends(container({"DD_API_KEY": "k"}, unknown))[0][2:] == (
        "datadog",
        "from-environment: Secret all",
    )


def test_a_class_goes_along_to_the_collector_and_to_the_database() -> None:
    api = container(
        {
            "OTEL_EXPORTER_OTLP_ENDPOINT": "http://collector:4317",
            "DB_HOST": "db",
            "SHOP": "http://shop",
        }
    ).replace(
        "metadata: {name: api}", "metadata: {name: api, labels: {sovlint.dev/data: health}}"
    )

    def served(name: str) -> str:
        return (
            f"---\napiVersion: v1\nkind: Service\nmetadata: {{name: {name}}}\nspec: {{selector: {{app: {name}}}}}\n"
            f"---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: {name}}}\nspec: {{template: {{metadata: "
            f"{{labels: {{app: {name}}}}}, spec: {{containers: [{{name: c, image: acme/{name}}}]}}}}}}\n"
        )

    found = {
        each.resource.address: each
        for each in placed(api + served("collector") + served("db") + served("shop"))
    }
    for name in ("collector", "db", "shop"):
        assert classes(found[f"k8s:-/Deployment/{name}"]) == {"health": "propagated"}
    kinds = {(link.kind, link.back) for link in found["k8s:-/Deployment/api"].resource.links}
    assert kinds == {("logs", False), ("database", True), ("call", False)}


def test_a_database_passes_its_class_to_who_reads_it_and_a_called_service_does_not() -> None:
    text = container({"DB_HOST": "db", "SHOP": "http://db2"})
    held = "---\napiVersion: v1\nkind: Service\nmetadata: {name: %s, labels: {sovlint.dev/data: %s}}\nspec: {}\n"
    found = placed(text + held % ("db", "health") + held % ("db2", "iban"))
    assert classes(found[0]) == {"health": "propagated"}


def test_an_agent_says_nothing_beside_the_tenant_of_its_company() -> None:
    agent = {"AWS_LAMBDA_EXEC_WRAPPER": "/opt/dynatrace"}
    assert [found[2] for found in sends(container(agent))] == ["dynatrace"]
    both = {**agent, "DT_TENANT": "abc12345"}
    assert [found[2] for found in sends(container(both))] == ["dynatrace"]
    other = {**agent, "NEW_RELIC_LICENSE_KEY": "a1b2c3d4"}
    assert sorted(str(found[2]) for found in sends(container(other))) == [
        "dynatrace",
        "new-relic",
    ]
