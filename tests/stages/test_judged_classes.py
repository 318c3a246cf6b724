"""A declared class that nothing which is read carries has a verdict, and what isn't told of it is named."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from sovlint.cli import main

SERVERLESS = """service: claims
provider: {{name: aws, region: us-east-1, runtime: python3.12{provider}}}
functions:
  api:
    handler: a.b{function}
    environment: {{SENTRY_DSN: 'https://0123@o1.ingest.us.sentry.io/4'}}
"""
TAGS = "{data-classification: health}"
CHART = {
    "Chart.yaml": "apiVersion: v2\nname: claims\nversion: 0.1.0\n",
    "templates/a.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec:\n  template:\n"
    "    metadata:\n      labels:\n        {{- toYaml .Values.podLabels | nindent 8 }}\n"
    "    spec: {containers: [{name: a, image: b}]}\n",
}
STACK = "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n  Q: {Type: 'AWS::SQS::Queue'}\n"
BUCKET = """  B:
    Type: AWS::S3::Bucket
    Properties:
      Tags:
        - Key: data-classification
          Value: health
"""
LABEL = "{sovlint.dev/data: health}"


def scan(root: Path, files: Mapping[str, str], *options: str) -> dict[str, Any]:
    (root / ".git").mkdir(exist_ok=True)
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    given = ["scan", *(options or [str(root)]), "-f", "json", "--as-of", "2026-11-24"]
    report: dict[str, Any] = json.loads(CliRunner().invoke(main, given).stdout)
    return report


def unjudged(report: dict[str, Any]) -> list[tuple[str, int, str]]:
    return [
        (each["path"], each["line"], each["severity"])
        for each in report["findings"]
        if each["policy"] == "data-class-judged"
    ]


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("serverless.yml", SERVERLESS.format(provider=f", tags: {TAGS}", function=""), 2),
        (
            "serverless.yml",
            SERVERLESS.format(provider=f", stackTags: {TAGS}", function=""),
            2,
        ),
        ("serverless.yml", SERVERLESS.format(provider="", function=f"\n    tags: {TAGS}"), 6),
        # A template's own defaults, what a deployment gives, what a build is called, what nobody has a reader for.
        ("template.yaml", f"{STACK}Globals: {{Function: {{Tags: {TAGS}}}}}\n", 4),
        (
            "samconfig.toml",
            '[default.deploy.parameters]\ntags = "data-class=\\"health\\""\n',
            2,
        ),
        (
            "compose.yaml",
            f"services: {{a: {{image: b, build: {{context: ., labels: {LABEL}}}}}}}\n",
            1,
        ),
        ("helmfile.yaml", f"releases:\n- name: a\n  chart: b/c\n  labels: {LABEL}\n", 4),
        (
            "kustomization.yaml",
            f"resources: ['https://x.fr/a//b']\ncommonLabels: {LABEL}\n",
            2,
        ),
        ("fly.toml", 'app = "a"\n[metadata]\ndata-classification = "health"\n', 3),
        ("models/claims.yml", "models:\n- {name: a, meta: {data_class: health}}\n", 2),
        (".github/workflows/a.yml", "on: push\nenv: {data_class: health}\njobs: {}\n", 2),
    ],
)
def test_a_class_that_nothing_carries_is_an_error(
    tmp_path: Path, name: str, text: str, line: int
) -> None:
    assert unjudged(scan(tmp_path, {name: text})) == [(name, line, "error")]


@pytest.mark.parametrize(
    "files",
    [
        {"template.yaml": STACK + BUCKET},
        {**CHART, "values.yaml": f"podLabels: {LABEL}\n"},
        {
            "compose.yaml": f"services: {{a: {{image: b, labels: {LABEL}}}}}\nnetworks: {{n: {{labels: {LABEL}}}}}\n"
        },
        {
            "a.yaml": f"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: a, labels: {LABEL}}}\n"
        },
        # No declaration: a comment, another class that no policy binds, a word that means nothing, tests, prose.
        {"fly.toml": '# data_class = "health"\napp = "a"\n'},
        {"fly.toml": '[metadata]\ndata_class = "anonymous"\n'},
        {"fly.toml": '[metadata]\ndata_class = "internal"\n'},
        {"tests/models.yml": "meta: {data_class: health}\n"},
        {"README.md": "data_class: health\n"},
        # Whoever says so of the whole file has it judged.
        {
            "serverless.yml": SERVERLESS.format(provider=f", tags: {TAGS}", function=""),
            "sovlint.yaml": "data: {paths: {serverless.yml: health}}\n",
        },
    ],
)
def test_what_is_carried_or_declares_nothing_is_not_asked(
    tmp_path: Path, files: dict[str, str]
) -> None:
    assert unjudged(scan(tmp_path, files)) == []


CRON = "MAILTO=a@b.fr\n0 3 * * * root pg_dump claims | aws s3 cp - s3://claims/a.sql\n"


@pytest.mark.parametrize(
    ("glob", "name", "text", "found"),
    [
        ("ops/crontab", "ops/crontab", CRON, True),
        ("ops/**", "ops/claims", CRON, True),
        ("ops/**", "ops/jobs", "@daily /opt/send\n", True),
        (
            "ops/**",
            "ops/prod.vars",
            "# those\nexport DATABASE_URL=postgres://a.fr/b\nA=\n",
            True,
        ),
        ("ops/odd", "ops/odd", "whatever\n", True),  # named by its own name
        ("*.tfvars", "prod.tfvars", 'a = "b"\n', False),
        ("prod.tfvars", "prod.tfvars", 'a = "b"\n', True),
        ("ops/**", "ops/odd", "whatever\n", False),
        ("**", "ops/crontab", CRON, False),  # names nothing
        ("**", "ops/claims", CRON, False),
        ("ops/**", "ops/README.md", "# Read\n", False),
        ("ops/**", "ops/Makefile", "ENV=prod\nall:\n\techo\n", False),
        ("ops/a.sh", "ops/a.sh", "A=b\n", False),  # source code
        ("ops/.env", "ops/.env", "A=b\n", False),  # is read
        ("ops/**", "ops/tests/crontab", CRON, False),
    ],
)
def test_what_data_paths_names_and_nobody_reads(
    tmp_path: Path, glob: str, name: str, text: str, found: bool
) -> None:
    config = f"data: {{paths: {{'{glob}': health}}}}\n"
    expected = [("sovlint.yaml", 1, "error")] if found else []
    assert unjudged(scan(tmp_path, {name: text, "sovlint.yaml": config})) == expected


LABELLED = 'provider "aws" { region = "eu-west-3" }\nresource "aws_s3_bucket" "a" { tags = { data_class = "%s" } }\n'
CLAIM = (
    f"apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {{name: a, labels: {LABEL}}}\n"
)


def named(report: dict[str, Any]) -> dict[str, list[str]]:
    return {
        each["kind"]: each["names"]
        for each in report["rules"]
        if each["kind"].startswith("declared-")
    }


def test_what_a_run_leaves_out_of_declared_things_is_named(tmp_path: Path) -> None:
    files = {
        "infra/main.tf": LABELLED % "health",
        "open/main.tf": LABELLED % "anonymous",
        "old/main.tf": LABELLED % "health",
        "old/open.tf": LABELLED % "anonymous",
        "k8s/a.yaml": CLAIM,
        "sovlint.yaml": "exclude: [old]\n",
    }
    excluded = {"declared-left-out": ["old/main.tf"]}
    assert named(scan(tmp_path, files)) == excluded
    elsewhere = {"declared-elsewhere": ["infra/main.tf (1)"]}
    given = str(tmp_path / "k8s")
    assert (
        named(scan(tmp_path, {}, given)) == elsewhere
    )  # what is excluded elsewhere isn't asked for
    changed = str(tmp_path / "k8s/a.yaml")
    report = scan(tmp_path, {}, "--affected", changed)
    assert named(report) == elsewhere
    assert "infra/main.tf" not in {each["path"] for each in report["findings"]}


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "resources with a declared class in infra/main.tf (1)"),
        ("fr", "non rapporté ici"),
    ],
)
def test_it_is_told_in_words(tmp_path: Path, language: str, words: str) -> None:
    files = {"infra/main.tf": LABELLED % "health", "k8s/a.yaml": CLAIM}
    scan(tmp_path, files)
    given = ["scan", str(tmp_path / "k8s"), "--lang", language, "--as-of", "2026-11-24"]
    text = " ".join(CliRunner().invoke(main, given).stdout.split())
    assert words.lower() in text.lower()
