"""Variables that name a file of a secret (``DATABASE_URL_FILE``): what the file holds is the setting."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner

from sovlint.cli import main

CLUSTER = {
    "sovlint.yaml": "clusters: [{paths: ['**'], provider: scaleway, region: fr-par}]\n"
}
URL = "mongodb+srv://u:hunter2hunter2@c0.abcd.mongodb.net/claims\n"
COMPOSE = """services:
  api:
    image: acme/api
    labels: {{sovlint.dev/data: health}}
    environment: {{{name}: {path}}}
    secrets: [{use}]
secrets: {{db: {{{db}}}}}
"""
POD = """apiVersion: apps/v1
kind: Deployment
metadata: {{name: api}}
spec:
  template:
    metadata: {{labels: {{sovlint.dev/data: health}}}}
    spec:
      containers:
      - name: api
        image: acme/api
        env: [{{name: {name}, value: {path}}}]
        volumeMounts: [{{name: s, mountPath: /etc/db}}]
      volumes: [{{name: s, {volume}}}]
"""
SECRET = (
    "apiVersion: v1\nkind: Secret\nmetadata: {name: db}\n"
    f"stringData: {{url: '{URL.strip()}'}}\n"
)
FOLDER = "secret: {secretName: db}"
ITEM = "projected: {sources: [{secret: {name: db, items: [{key: url, path: a/b}]}}]}"


def sent(root: Path, files: Mapping[str, str]) -> set[tuple[str | None, str]]:
    """What is sent by the variable: each provider, with the verdict on control."""
    (root / ".git").mkdir(parents=True)
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    given = ["scan", str(root), "-f", "json", "--as-of", "2026-11-24"]
    output = CliRunner().invoke(main, given).stdout
    assert "hunter2" not in output
    return {
        (each["placement"]["provider"], each["verdict"])
        for each in json.loads(output)["findings"]
        if each["policy"] == "health-data-under-eu-control" and "sends on" in each["message"]
    }


def compose(
    name: str = "DATABASE_URL_FILE",
    path: str = "/run/secrets/db",
    use: str = "db",
    db: str = "file: ./db.txt",
) -> dict[str, str]:
    return {**CLUSTER, "compose.yaml": COMPOSE.format(name=name, path=path, use=use, db=db)}


@pytest.mark.parametrize(
    "files",
    [
        compose(),
        compose(use="{source: db, target: url}", path="/run/secrets/url"),
        compose(use="{source: db, target: /etc/url}", path="/etc/url"),
    ],
)
def test_compose_reads_a_secret_that_is_here(tmp_path: Path, files: dict[str, str]) -> None:
    assert sent(tmp_path, {**files, "db.txt": URL}) == {("mongodb", "violation")}


@pytest.mark.parametrize(
    "files",
    [
        compose(),  # its file isn't here
        compose(db="external: true"),
        compose(db="environment: DB"),
        compose(path="/run/secrets/other"),
    ],
)
def test_compose_asks_for_a_secret_that_is_not_here(
    tmp_path: Path, files: dict[str, str]
) -> None:
    assert sent(tmp_path, files) == {(None, "unproven")}


@pytest.mark.parametrize(
    "files",
    [
        compose(name="POSTGRES_PASSWORD_FILE"),  # no address
        compose(name="DATABASE_URL_FILE", path="/etc/api/url"),  # no secret
        compose(name="LOG_CONFIG_FILE"),
        {
            **CLUSTER,
            "a.yaml": POD.format(name="DATABASE_URL_FILE", path="/etc/x", volume=FOLDER),
        },
    ],
)
def test_other_files_ask_nothing(tmp_path: Path, files: dict[str, str]) -> None:
    assert sent(tmp_path, files) == set()


@pytest.mark.parametrize(("path", "volume"), [("/etc/db/url", FOLDER), ("/etc/db/a/b", ITEM)])
def test_a_pod_finds_it_where_it_is_mounted(tmp_path: Path, path: str, volume: str) -> None:
    pod = POD.format(name="DATABASE_URL_FILE", path=path, volume=volume)
    assert sent(tmp_path / "a", {**CLUSTER, "a.yaml": pod}) == {(None, "unproven")}
    found = sent(tmp_path / "b", {**CLUSTER, "a.yaml": pod, "s.yaml": SECRET})
    assert found == {("mongodb", "violation")}
