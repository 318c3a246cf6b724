"""One service in several places: linked, and compared with the inventory where there is one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from sovlint.cli import main

DATADOG = """
terraform {
  required_providers {
    datadog = { source = "DataDog/datadog" }
  }
}
provider "datadog" {
  api_url = "https://api.datadoghq.eu/"
}
resource "datadog_logs_index" "one" {
  name = "one"
}
resource "datadog_logs_index" "two" {
  name = "two"
}
resource "datadog_role" "readers" {
  name = "readers"
}
"""
MAIL = """
provider "aws" {
  region = "eu-west-3"
}
resource "aws_s3_bucket" "claims" {
  bucket = "claims"
}
resource "aws_ses_domain_identity" "mail" {
  domain = "mutuelle-des-quais.fr"
}
"""
DEPLOYMENT = """
apiVersion: apps/v1
kind: Deployment
metadata: {name: portal}
spec:
  selector: {matchLabels: {app: portal}}
  template:
    metadata: {labels: {app: portal}}
    spec:
      containers:
        - name: portal
          image: registry.mutuelle-des-quais.fr/portal:1
          env:
            - {name: SENTRY_DSN, value: "https://0123456789abcdef@o1.ingest.us.sentry.io/2"}
"""


def run(command: str, folder: Path, files: dict[str, str]) -> dict[str, Any]:
    (folder / ".git").mkdir(exist_ok=True)
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    arguments = [
        command,
        str(folder),
        "--format",
        "json",
        "--as-of",
        "2026-11-24",
        "--lang",
        "en",
    ]
    result = CliRunner().invoke(main, arguments, catch_exceptions=False)
    return dict(json.loads(result.stdout))


def same_as(folder: Path, files: dict[str, str]) -> dict[str, list[str]]:
    resources = run("facts", folder, files)["resources"]
    return {
        each["address"]: [other["address"] for other in each.get("same_as", [])]
        for each in resources
    }


def told(folder: Path, files: dict[str, str]) -> list[tuple[str, str]]:
    found = [
        each
        for each in run("scan", folder, files)["findings"]
        if each["policy"] == "saas-in-inventory"
    ]
    assert all(
        (each["verdict"], each["severity"]) == ("violation", "warning") for each in found
    )
    return [(each["address"], each["message"]) for each in found]


def inventory(*entries: str) -> str:
    return "services:\n" + "".join(f"  - {{{entry}}}\n" for entry in entries)


def test_an_entry_and_the_code_that_uses_it_are_the_same_service(tmp_path: Path) -> None:
    found = same_as(
        tmp_path,
        {"main.tf": DATADOG, "saas.yaml": inventory("id: logs, vendor: Datadog, region: EU")},
    )
    assert found == {
        "datadog_logs_index.one": ["saas:logs"],
        "datadog_logs_index.two": ["saas:logs"],
        "datadog_role.readers": [],  # configuration isn't the service
        "saas:logs": ["datadog_logs_index.one", "datadog_logs_index.two"],
    }


def test_code_of_several_roots_is_linked_without_an_inventory(tmp_path: Path) -> None:
    files = {"a/main.tf": DATADOG, "b/main.tf": DATADOG}
    resources = run("facts", tmp_path, files)["resources"]
    linked = [
        (
            each["root"],
            each["address"],
            [(o["root"], o["address"]) for o in each.get("same_as", [])],
        )
        for each in resources
    ]
    assert ("a", "datadog_logs_index.one", [("b", "datadog_logs_index.one")]) in linked
    assert told(tmp_path, {}) == []  # nobody keeps an inventory here


def test_what_the_inventory_lacks_is_told_once_a_root(tmp_path: Path) -> None:
    (message,) = told(
        tmp_path, {"main.tf": DATADOG, "saas.yaml": inventory("id: mail, vendor: Brevo")}
    )
    assert message == (
        "datadog_logs_index.one",
        "The inventory has no entry for Datadog, which the code uses here",
    )


def test_a_bucket_of_a_cloud_is_no_service_to_list_and_its_mail_is(tmp_path: Path) -> None:
    found = told(
        tmp_path, {"main.tf": MAIL, "saas.yaml": inventory("id: news, vendor: Brevo")}
    )
    assert found == [
        (
            "aws_ses_domain_identity.mail",
            "The inventory has no entry for Amazon Web Services (mail delivery), which the code uses here",
        )
    ]


def test_another_region_is_told_with_both(tmp_path: Path) -> None:
    entry = inventory("id: logs, vendor: Datadog, region: US")
    assert told(tmp_path, {"main.tf": DATADOG, "saas.yaml": entry}) == [
        (
            "datadog_logs_index.one",
            "The inventory has Datadog in US (saas:logs), and the code uses it in EU",
        )
    ]
    both = inventory(
        "id: us, vendor: Datadog, region: US", "id: eu, vendor: Datadog, region: EU"
    )
    assert told(tmp_path, {"saas.yaml": both}) == []
    assert (
        told(tmp_path, {"saas.yaml": inventory("id: logs, vendor: Datadog")}) == []
    )  # it doesn't say where


def test_a_setting_of_a_workload_is_compared_too(tmp_path: Path) -> None:
    files = {
        "k8s/portal.yaml": DEPLOYMENT,
        "saas.yaml": inventory("id: errors, vendor: Sentry, region: EU"),
    }
    ((address, message),) = told(tmp_path, files)
    assert (address, message) == (
        "k8s:-/Deployment/portal",
        "The inventory has Sentry in EU (saas:errors), and the code uses it in US",
    )
    own = inventory("id: errors, vendor: Sentry, self_hosted: true")
    assert told(tmp_path, {"saas.yaml": own}) == [
        (
            "k8s:-/Deployment/portal",
            "The inventory says that you run this product yourselves (saas:errors), and the code sends data to Sentry",
        )
    ]


def test_a_sub_processor_is_no_entry_for_what_code_uses_itself(tmp_path: Path) -> None:
    entry = inventory("id: desk, vendor: Zendesk, sub_processors: [Datadog]")
    assert [
        address for address, _ in told(tmp_path, {"main.tf": DATADOG, "saas.yaml": entry})
    ] == ["datadog_logs_index.one"]


def test_an_entry_that_has_ended_is_none(tmp_path: Path) -> None:
    ended = inventory("id: logs, vendor: Datadog, end: 2026-01-31", "id: mail, vendor: Brevo")
    assert len(told(tmp_path, {"main.tf": DATADOG, "saas.yaml": ended})) == 1


def test_an_inventory_is_about_the_code_below_it(tmp_path: Path) -> None:
    files = {
        "a/main.tf": DATADOG,
        "a/saas.yaml": inventory("id: logs, vendor: Datadog, region: EU"),
        "b/main.tf": DATADOG,
        "b/lists/saas.yaml": inventory("id: mail, vendor: Brevo"),
    }
    found = [
        (each["root"], each["address"])
        for each in run("scan", tmp_path, files)["findings"]
        if each["policy"] == "saas-in-inventory"
    ]
    assert found == [("b", "datadog_logs_index.one")]


def test_an_inventory_above_adds_to_one_that_is_nearer(tmp_path: Path) -> None:
    files = {
        "saas.yaml": inventory("id: logs, vendor: Datadog, region: EU"),
        "b/main.tf": DATADOG,
        "b/saas.yaml": inventory("id: mail, vendor: Brevo"),
    }
    assert told(tmp_path, files) == []


OKTA = """
terraform {
  required_providers {
    okta = { source = "okta/okta" }
  }
}
provider "okta" {
  org_name = "quais"
  base_url = "okta.com"
}
resource "okta_user" "someone" {
  first_name = "a"
  last_name  = "b"
  login      = "a@mutuelle-des-quais.fr"
  email      = "a@mutuelle-des-quais.fr"
}
"""


def test_another_product_of_the_vendor_is_told(tmp_path: Path) -> None:
    found = told(
        tmp_path, {"main.tf": OKTA, "saas.yaml": inventory("id: accounts, vendor: Auth0")}
    )
    assert found == [
        (
            "okta_user.someone",
            "The inventory has another product of Okta (auth0: saas:accounts), and the code uses okta",
        )
    ]
    assert told(tmp_path, {"saas.yaml": inventory("id: accounts, vendor: Okta")}) == []


def test_a_product_is_known_by_the_name_that_people_have_for_it(tmp_path: Path) -> None:
    files = {
        "saas.yaml": "version: 1\nservices:\n"
        "  - {id: assistant, vendor: Microsoft Azure, product: Azure OpenAI, region: francecentral, data: [claims]}\n",
        "api/.env": "AZURE_OPENAI_ENDPOINT=https://mutuelle-des-quais.openai.azure.com\n",
    }
    assert same_as(tmp_path, files)["saas:assistant"] == [
        "config:api/.env#AZURE_OPENAI_ENDPOINT"
    ]
    assert told(tmp_path, files) == []
    files["api/.env"] = (
        "SERVICE_BUS_CONNECTION_STRING=Endpoint=sb://quais.servicebus.windows.net/;SharedAccessKey=k\n"
    )
    assert same_as(tmp_path, files)["saas:assistant"] == []


def test_the_company_alone_says_nothing_of_the_product(tmp_path: Path) -> None:
    settings = "AUTH0_DOMAIN=quais.eu.auth0.com\n"
    for vendor in ("okta", "Okta", "Auth0"):
        assert (
            told(
                tmp_path,
                {".env": settings, "saas.yaml": inventory(f"id: a, vendor: {vendor}")},
            )
            == []
        )
    found = told(
        tmp_path,
        {".env": settings, "saas.yaml": inventory("id: a, vendor: Okta, product: Okta")},
    )
    assert [address for address, _ in found] == ["config:.env#AUTH0_DOMAIN"]
