"""Configuration files of applications that config maps and secrets hold are read as the same files elsewhere are."""

from __future__ import annotations

import base64

import pytest

from sovlint.model.resources.sent import Sent
from sovlint.model.value import Known
from tests.frontends.kubernetes.test_links import links, read, service

HEAD = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata:\n"
SPRING = "  application-prod.yaml: |\n    spring:\n      datasource:\n        url: jdbc:postgresql://HOST:5432/claims\n"
NET = '  appsettings.json: |\n    {"Sentry": {"Dsn": "https://a@o1.ingest.us.sentry.io/1"}}\n'


def sent(text: str) -> dict[str, Sent]:
    """What the config map or secret sends, by the key in the file."""
    (holder,) = (
        each for address, each in read(text).items() if address.endswith("/settings")
    )
    return {each.key: each for each in holder.sends}


@pytest.mark.parametrize(
    ("held", "key", "line", "column"),
    [
        (SPRING.replace("HOST", "db.acme.fr"), "spring.datasource.url", 8, 9),
        (NET, "Sentry.Dsn", 6, 17),
        (
            "  .env: |\n    # errors\n    SENTRY_DSN=https://a@o1.ingest.us.sentry.io/1\n",
            "SENTRY_DSN",
            7,
            1,
        ),
        (
            '  web.config: |\n    <?xml version="1.0"?>\n    <configuration><connectionStrings>\n'
            '    <add name="Claims" connectionString="Server=tcp:x.database.windows.net,1433"/>\n'
            "    </connectionStrings></configuration>\n",
            "configuration.connectionStrings.Claims",
            8,
            5,
        ),
        (
            "  application.properties: |\n    spring.mail.host=smtp.acme.fr\n",
            "spring.mail.host",
            6,
            1,
        ),
    ],
)
def test_a_file_is_read_by_its_name_and_told_where_it_stands(
    held: str, key: str, line: int, column: int
) -> None:
    where = sent(HEAD + held)[key].where.span()
    assert (where.path, where.line, where.column) == ("a.yaml", line, column)


@pytest.mark.parametrize(
    "held",
    [
        SPRING.replace("HOST", "db.acme.fr").replace("application-prod.yaml", "notes.yaml"),
        SPRING.replace("HOST", "db.acme.fr").replace("prod", "test"),
        "  app.yaml: |\n    runtime: python312\n    env: flex\n",
        "  appsettings.json: |\n    {broken\n",
    ],
)
def test_what_is_no_such_file_or_says_nothing_is_nothing(held: str) -> None:
    assert sent(HEAD + held) == {}


def test_a_host_of_the_cluster_is_a_link() -> None:
    found = read(HEAD + SPRING.replace("HOST", "db") + "---\n" + service("db", app="db"))[
        "k8s:-/ConfigMap/settings"
    ]
    assert links(found) == {("database", "k8s:-/Service/db")}
    assert found.sends == ()


def test_what_a_secret_holds_is_not_shown() -> None:
    inner = base64.b64encode(b"SENTRY_DSN=https://key@o1.ingest.us.sentry.io/1\n").decode()
    text = f"apiVersion: v1\nkind: Secret\nmetadata: {{name: settings}}\ndata: {{.env: {inner}}}\n"
    found = sent(text)["SENTRY_DSN"]
    assert isinstance(found.value, Known)
    assert found.value.sensitive
    assert found.where.span().line == 3
