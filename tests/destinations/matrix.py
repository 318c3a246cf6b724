"""What the matrix of destinations is made of: names of settings, addresses, and files that hold settings.

``names.csv`` has the names that were drawn: of 1,002 that hold addresses in 129 public repositories and that no rule
knew, those that exempt nothing (774), 30 of them by ``random.seed(18)``.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct

_HERE: Final = Path(__file__).parent

THOUGHT_OF: Final = (
    "TARGET", "CLAIMS_DSN", "PARTNER_API", "UPSTREAM", "EXPORT_TO", "SINK", "ARCHIVE", "WAREHOUSE", "MIRROR_TO",
    "REMOTE_STORE", "REPORTING", "INSURED_DATA", "TIERS_PAYANT_URL", "NOEMIE_ENDPOINT", "PRESTATIONS_HOST",
    "SYNC_WITH", "DESTINATION", "OUTPUT", "FEED", "COLLECTE", "SAUVEGARDE", "ENTREPOT", "LAKE", "REPLICA_OF", "PEER",
    "BORDEREAUX", "QUEUE", "INBOX", "LEDGER", "X",
)  # fmt: skip
"""Names that somebody may give, half of them saying nothing of an address."""

ABROAD: Final = (
    "https://acme-{n}.s3.us-east-1.amazonaws.com",
    "postgres://u@c{n}.x.us-east-1.rds.amazonaws.com/claims",
    "mongodb+srv://u:p@c{n}.abcd.mongodb.net/claims",
    "https://acme{n}.blob.core.windows.net/claims",
    "amqps://u:p@b-{n}.mq.us-east-1.amazonaws.com:5671",
    "Server=tcp:acme{n}.database.windows.net,1433;Initial Catalog=claims;User ID=u;Password=p",
    "rediss://c{n}.abc.use1.cache.amazonaws.com:6379/0",
    "https://vpc-claims{n}.us-east-1.es.amazonaws.com",
    "gs://acme-claims-{n}/2026",
    "https://o{n}.ingest.us.sentry.io/1",
    "postgres://u:p@db{n}.partenaire-sante.fr/claims",
    "sftp://u@files{n}.partenaire-sante.fr/claims",
)
"""Addresses abroad, under the law of a state that isn't in the EEA, or of somebody that nobody knows."""

INSIDE_THE_EEA: Final = (
    "https://acme-{n}.s3.fr-par.scw.cloud",
    "https://acme-{n}.s3.gra.io.cloud.ovh.net/claims",
    "postgres://u:p@c{n}.pg.sdb.fr-par.scw.cloud:5432/claims",
)

SHOWN_NAMES: Final = (
    "LOGO_URL", "DOCS_URL", "HELP_URL", "HOMEPAGE_URL", "SCHEMA_URL", "SOURCE_CODE_URL", "LICENSE_URL", "ASSETS_URL",
    "CDN_URL", "STATIC_BASE_URL", "DOWNLOAD_URL", "FAVICON_URL", "CORS_ORIGINS", "REDIRECT_URI", "CALLBACK_URL",
    "ALLOWED_HOSTS", "PUBLIC_URL", "XMLNS", "CODE_SYSTEM", "FHIR_PROFILE",
)  # fmt: skip
"""Names under which an address is shown, fetched, served, or no address at all."""

SHOWN: Final = (
    "https://www.partenaire-sante.fr/page-{n}",
    "https://cdn.partenaire-sante.fr/logo-{n}.png",
    "https://interop.esante.gouv.fr/ig/{n}",
)
"""Addresses that only such a name exempts."""

STAYING: Final = (
    "http://claims-{n}:8080",
    "postgres://u@db-{n}/claims",
    "https://claims-{n}.prod.svc.cluster.local",
    "http://10.1.2.3:80{n}",
    "https://db{n}.example.com/claims",
    "redis://localhost:6379/{n}",
)
"""Addresses that don't leave, or that nobody has."""


class Cell(Struct, frozen=True):
    """A setting: its name, and its value."""

    name: str
    value: str


def names() -> list[str]:
    """All names: those that somebody thought of, and those that were drawn."""
    with (_HERE / "names.csv").open(encoding="utf-8") as stream:
        return [*THOUGHT_OF, *(row["name"] for row in csv.DictReader(stream))]


def cells(called: Sequence[str], addresses: Sequence[str]) -> Iterator[list[Cell]]:
    """For each address, one setting of each name; no two hosts are the same, where the address has one."""
    for address in addresses:
        yield [
            Cell(name, address.replace("{n}", str(n))) for n, name in enumerate(called, 10)
        ]


# --- files that hold settings: each line has one setting at most


def _deployment(number: int, lines: Sequence[str], key: str = "env") -> list[str]:
    return [
        "apiVersion: apps/v1", "kind: Deployment",
        f"metadata: {{name: w{number}, labels: {{sovlint.dev/data: health}}}}",
        "spec:", "  selector: {}", "  template:", "    metadata: {labels: {sovlint.dev/data: health}}",
        "    spec:", "      containers:", "      - name: a", "        image: acme/a", f"        {key}:", *lines, "---",
    ]  # fmt: skip


def _quoted(text: str) -> str:
    return json.dumps(text)


def pods(number: int, group: Sequence[Cell]) -> list[str]:
    """Environments of containers."""
    env = (f"        - {{name: {each.name}, value: {_quoted(each.value)}}}" for each in group)
    return _deployment(number, list(env))


def config_maps(number: int, group: Sequence[Cell]) -> list[str]:
    """Config maps that containers read whole."""
    data = (f"  {each.name}: {_quoted(each.value)}" for each in group)
    reader = [f"        - configMapRef: {{name: m{number}}}"]
    head = ["apiVersion: v1", "kind: ConfigMap", f"metadata: {{name: m{number}}}", "data:"]
    return [*head, *data, "---", *_deployment(number, reader, "envFrom")]


def secrets(number: int, group: Sequence[Cell]) -> list[str]:
    """Secrets that containers read whole."""
    data = (f"  {each.name}: {_quoted(each.value)}" for each in group)
    reader = [f"        - secretRef: {{name: m{number}}}"]
    head = ["apiVersion: v1", "kind: Secret", f"metadata: {{name: m{number}}}", "stringData:"]
    return [*head, *data, "---", *_deployment(number, reader, "envFrom")]


def arguments(number: int, group: Sequence[Cell]) -> list[str]:
    """Flags of command lines."""
    flags = (
        f"        - {_quoted('--' + each.name.lower().replace('_', '-') + '=' + each.value)}"
        for each in group
    )
    return _deployment(number, list(flags), "args")


def compose(number: int, group: Sequence[Cell]) -> list[str]:
    """Environments of services; the head of the file is that of the first."""
    head = ["services:"] if number == 0 else []
    env = (f"      {each.name}: {_quoted(each.value)}" for each in group)
    labels = "    labels: {sovlint.dev/data: health}"
    return [*head, f"  s{number}:", "    image: acme/a", labels, "    environment:", *env]


def terraform(number: int, group: Sequence[Cell]) -> list[str]:
    """Environments of functions."""
    env = (f"    {each.name} = {_quoted(each.value)}" for each in group)
    return [
        f'resource "scaleway_container" "c{number}" {{', '  region = "fr-par"', '  tags = ["data-classification=health"]',
        "  environment_variables = {", *env, "  }", "}",
    ]  # fmt: skip


def defaults(number: int, group: Sequence[Cell]) -> list[str]:
    """Environments of functions, by variables that have a default."""
    variables = (
        f'variable "v{number}_{each.name}" {{ default = {_quoted(each.value)} }}'
        for each in group
    )
    env = [Cell(each.name, f"var.v{number}_{each.name}") for each in group]
    text = [line.replace('"var.', "var.") for line in terraform(number, env)]
    return [*variables, *(line.rstrip('"') if "var.v" in line else line for line in text)]


def dotenv(number: int, group: Sequence[Cell]) -> list[str]:
    """Variables of a file; each name has the number of its group, so that none takes another's place."""
    return [
        f"{each.name}{'' if number == 0 else f'_{number}'}='{each.value}'" for each in group
    ]


def properties(number: int, group: Sequence[Cell]) -> list[str]:
    """Keys of an application's file."""
    return [
        f"acme.g{number}.{each.name.lower().replace('_', '.')}={each.value}" for each in group
    ]


def appsettings(number: int, group: Sequence[Cell]) -> list[str]:
    """Keys of an application's JSON; the braces around all are the test's."""
    lines = [f"    {_quoted(each.name)}: {_quoted(each.value)}," for each in group]
    lines[-1] = lines[-1].rstrip(",")
    return [f'  "G{number}": {{', *lines, "  },"]


def cloudformation(number: int, group: Sequence[Cell]) -> list[str]:
    """Environments of functions of CloudFormation."""
    head = ["AWSTemplateFormatVersion: '2010-09-09'", "Resources:"] if number == 0 else []
    env = (f"          {each.name}: {_quoted(each.value)}" for each in group)
    return [
        *head, f"  F{number}:", "    Type: AWS::Lambda::Function", "    Properties:",
        "      Tags: [{Key: data-classification, Value: health}]", "      Environment:", "        Variables:", *env,
    ]  # fmt: skip


HOLDERS: Final[dict[str, tuple[str, Callable[[int, Sequence[Cell]], list[str]]]]] = {
    "pods": ("k8s/pods.yaml", pods),
    "config maps": ("k8s/maps.yaml", config_maps),
    "secrets": ("k8s/secrets.yaml", secrets),
    "arguments": ("k8s/arguments.yaml", arguments),
    "compose": ("compose.yaml", compose),
    "terraform": ("infra/main.tf", terraform),
    "variables with defaults": ("infra/main.tf", defaults),
    "dotenv": ("services/a/.env.production", dotenv),
    "properties": ("services/a/src/main/resources/application.properties", properties),
    "appsettings": ("services/a/appsettings.json", appsettings),
    "cloudformation": ("stacks/template.yaml", cloudformation),
}
"""Kinds of files that hold settings: the file, and the lines for one group of settings."""


def text(kind: str, groups: Sequence[Sequence[Cell]]) -> str:
    """A file of that kind that holds all settings."""
    path, lines_of = HOLDERS[kind]
    lines = [line for number, group in enumerate(groups) for line in lines_of(number, group)]
    if path.endswith(".json"):
        lines = ["{", *lines[:-1], "  }", "}"]
    return "\n".join(lines) + "\n"
