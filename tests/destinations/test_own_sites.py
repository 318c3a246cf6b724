"""Addresses at which a repository answers itself are inside, wherever in it they stand; a partner's never are."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner

from sovlint.cli import main

SITE: Final = "https://claims.acme.fr"
CALLED: Final = ("app.env", f"PARTNER_BACKEND_URL={SITE}/api\n")
VARIABLES: Final = 'variable "env" {}\nvariable "zone" {}\n'
TASK: Final = """\
resource "aws_ecs_task_definition" "t" {
  container_definitions = jsonencode([{
    name = "c", image = "acme/claims"
    environment = [{ name = "FRONT_API_URL", value = "https://claims-${var.env}.acme.fr" }]
    dockerLabels = { "traefik.http.routers.c.rule" = "Host(`claims-${var.env}.acme.fr`)" }
  }])
}
"""
APP: Final = 'resource "azurerm_linux_web_app" "a" {\n  name = "acme-${var.env}-claims"\n}\n'
ZONE: Final = """\
resource "scaleway_domain_record" "r" {
  dns_zone = var.zone
  name     = "x"
}
resource "aws_lambda_function" "f" {
  environment {
    variables = { FLOW_HOSTNAME = "flow.${var.zone}" }
  }
}
"""


def sent_to(folder: Path, *files: tuple[str, str]) -> set[str]:
    """The names of the settings by which something is sent somewhere."""
    for name, text in files:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    options = ["facts", str(folder), "--assume", "health", "--no-config", "--format", "json"]
    told = json.loads(CliRunner().invoke(main, options, catch_exceptions=False).stdout)
    notes = [
        step["note"]
        for resource in told["resources"]
        for placement in resource["placements"]
        for step in placement["because"]
        if "sent there by" in step["note"]
    ]
    return {note.split("`")[1] for note in notes}


@pytest.mark.parametrize(
    "own",
    [
        ("web/.env", f"REACT_APP_BASE_URL={SITE}/\n"),
        ("meta/.env", f"MB_SITE_URL={SITE}\n"),
        ("main.tf", 'resource "aws_ssm_parameter" "d" {\n  name = "x"\n  value = "y"\n}\n'
         'resource "aws_lambda_function" "f" {\n  environment {\n'
         '    variables = { DOMAIN = "claims.acme.fr" }\n  }\n}\n'),
        ("cert.tf", 'resource "aws_acm_certificate" "c" {\n  domain_name = "claims.acme.fr"\n}\n'),
    ],
)  # fmt: skip
def test_a_site_of_the_software_is_inside_everywhere(
    tmp_path: Path, own: tuple[str, str]
) -> None:
    assert sent_to(tmp_path, CALLED) == {"PARTNER_BACKEND_URL"}
    assert sent_to(tmp_path, own) == set()


@pytest.mark.parametrize(
    "other",
    [
        "PARTNER_SITE_URL=https://claims.acme.fr",  # called after the same partner
        "LOGO_URL=https://claims.acme.fr/a",  # only shown
        "SITE_URL=https://www.acme.fr",  # another host
    ],
)
def test_what_may_be_a_partners_is_told(tmp_path: Path, other: str) -> None:
    assert sent_to(tmp_path, CALLED, ("web/.env", f"{other}\n")) == {"PARTNER_BACKEND_URL"}


def test_a_site_at_a_company_that_takes_data_is_told(tmp_path: Path) -> None:
    shop = "https://acme.my.salesforce.com"
    files = (("a/.env", f"SITE_URL={shop}\n"), ("b/.env", f"ORDERS_URL={shop}/services\n"))
    assert "ORDERS_URL" in sent_to(tmp_path, *files)


def test_a_key_beside_an_own_address_tells_it(tmp_path: Path) -> None:
    called = ("app.env", f"ORDERS_URL={SITE}/api\nORDERS_API_KEY=a1b2c3d4e5\n")
    assert sent_to(tmp_path, called, ("web/.env", f"SITE_URL={SITE}\n")) == {"ORDERS_URL"}


def test_hosts_with_holes_are_the_same_where_the_same_fills_them(tmp_path: Path) -> None:
    assert sent_to(tmp_path, ("main.tf", VARIABLES + TASK)) == set()
    other = TASK.replace("Host(`claims-${var.env}", "Host(`claims-${var.zone}")
    assert sent_to(tmp_path, ("main.tf", VARIABLES + other)) == {"FRONT_API_URL"}


def test_what_lies_in_a_zone_that_is_managed_here_is_inside(tmp_path: Path) -> None:
    assert sent_to(tmp_path, ("main.tf", VARIABLES + ZONE)) == set()
    other = ZONE.replace("dns_zone = var.zone", "dns_zone = var.env")
    assert sent_to(tmp_path, ("main.tf", VARIABLES + other)) == {"FLOW_HOSTNAME"}


def test_a_platforms_host_is_that_of_the_app_with_its_name(tmp_path: Path) -> None:
    app = ("main.tf", VARIABLES + APP)
    own = "https://acme-stg-claims.azurewebsites.net"
    assert sent_to(tmp_path, app, ("x.env", f"CLAIMS_API_URL={own}\n")) == set()
    other = own.replace("acme", "partner")
    assert sent_to(tmp_path, app, ("x.env", f"CLAIMS_API_URL={other}\n")) == {
        "CLAIMS_API_URL"
    }


def test_a_setting_called_after_a_chart_is_its_own(tmp_path: Path) -> None:
    chart = ("chart/Chart.yaml", "apiVersion: v2\nname: claims-service\nversion: 1.0.0\n")
    values = ("chart/values.yaml", "replicas: 1\n")
    own = (
        "config/app.env",
        "CLAIMS_SERVICE_URL=https://www.acme.fr\nCLAIMS_URL=https://x.fr\n",
    )
    assert sent_to(tmp_path, chart, values, own) == {"CLAIMS_URL"}


def test_the_ingress_of_a_charts_values_with_a_hole(tmp_path: Path) -> None:
    chart = ("chart/Chart.yaml", "apiVersion: v2\nname: c\nversion: 1.0.0\n")
    host = "c.{{ .Values.env }}.acme.fr"
    text = f"web:\n  ingressHost: {host}\n  environment:\n    FRONT_API_URL: https://{host}\n"
    assert sent_to(tmp_path, chart, ("chart/values.yaml", text)) == set()
    other = text.replace("https://c.{{ .Values.env }}", "https://c.{{ .Values.partner }}")
    assert sent_to(tmp_path, chart, ("chart/values.yaml", other)) == {"FRONT_API_URL"}


@pytest.mark.parametrize(
    ("address", "is_told"),
    [
        ("http://gateway-${SERVICE_FQDN}/health", False),  # of the same release
        ("https://${SERVICE_FQDN}", False),
        ("http://gateway.${SERVICE_FQDN}", True),
        ("http://gateway-${PARTNER_FQDN}", True),
        ("http://gateway-${SERVICE_FQDN}.partenaire-sante.fr", True),
    ],
)
def test_a_part_of_the_release_by_what_fills_the_ingress(
    tmp_path: Path, address: str, is_told: bool
) -> None:
    chart = ("chart/Chart.yaml", "apiVersion: v2\nname: c\nversion: 1.0.0\n")
    text = f"web:\n  ingressHost: web-${{SERVICE_FQDN}}\n  environment:\n    GATEWAY_API_URL: {address}\n"
    told = sent_to(tmp_path, chart, ("chart/values.yaml", text))
    assert told == ({"GATEWAY_API_URL"} if is_told else set())


def test_an_entry_of_a_list_is_told_once_by_its_name(tmp_path: Path) -> None:
    chart = ("chart/Chart.yaml", "apiVersion: v2\nname: c\nversion: 1.0.0\n")
    text = "extraEnvs:\n  - name: DATA_STORE_URL\n    value: jdbc:postgresql://c.postgres.database.azure.com/x\n"
    told = sent_to(tmp_path, chart, ("chart/values.yaml", text))
    assert told == {"DATA_STORE_URL"}


@pytest.mark.parametrize(
    ("name", "address", "is_told"),
    [
        ("EVENTS_CALLBACK_URL", "https://collecte.partenaire-sante.fr/v1/post", True),
        ("ORDERS_CALLBACK_URL", "https://collecte.partenaire-sante.fr/v1/post", True),
        ("ORDERS_CALLBACK_URL", "https://api.acme.fr/orders", False),
        ("OAUTH_CALLBACK_URL", "https://rooms.partenaire-sante.fr/x", False),
        ("GOOGLE_CALLBACK_URL", "https://rooms.partenaire-sante.fr/auth/google", False),
        ("SENDER_CB_URL", "https://api.acme.fr/orders", False),
    ],
)
def test_a_callback_is_the_houses_own_or_of_a_login(
    tmp_path: Path, name: str, address: str, is_told: bool
) -> None:
    files = (("web/.env", f"SITE_URL={SITE}\n"), ("app.env", f"{name}={address}\n"))
    assert sent_to(tmp_path, *files) == ({name} if is_told else set())


def test_a_name_below_the_domain_of_all_that_is_here(tmp_path: Path) -> None:
    text = """\
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: search, namespace: tools}
spec:
  chart: {spec: {chart: app-template, sourceRef: {kind: HelmRepository, name: b}}}
  values:
    controllers: {search: {containers: {app: {env: {CLIENT_ENDPOINT: "https://@.${SECRET_DOMAIN}"}}}}}
"""
    assert sent_to(tmp_path, ("a.yaml", text.replace("@", "search"))) == set()
    assert sent_to(tmp_path, ("a.yaml", text.replace("@", "claims"))) == {"CLIENT_ENDPOINT"}
