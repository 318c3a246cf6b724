"""What another front end judges by the same line isn't told again; the same service elsewhere is linked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from sovlint.cli import main
from tests.scratch import write

SENTRY = "SENTRY_DSN=https://0123@o1.ingest.de.sentry.io/4\n"


def facts(folder: Path, files: dict[str, str]) -> dict[str, dict[str, Any]]:
    """The resources of a repository by address."""
    write(folder, files)
    (folder / ".git").mkdir()
    done = CliRunner().invoke(main, ["facts", str(folder), "--format", "json", "--no-config"])
    assert done.exit_code == 0, done.output
    return {each["address"]: each for each in json.loads(done.stdout)["resources"]}


def test_a_file_that_compose_gives_a_service_is_told_with_the_service(tmp_path: Path) -> None:
    compose = "services:\n  api: {image: a, env_file: api.env}\n"
    found = facts(tmp_path, {"compose.yaml": compose, "api.env": SENTRY, "other.env": SENTRY})
    assert sorted(found) == ["compose:api", "config:other.env#SENTRY_DSN"]
    assert [place["provider"] for place in found["compose:api"]["placements"]] == [
        None,
        "sentry",
    ]


def test_a_file_that_a_generator_of_kustomize_reads_is_told_with_the_workload(
    tmp_path: Path,
) -> None:
    pod = "{containers: [{name: c, image: i, envFrom: [{configMapRef: {name: s}}]}]}"
    found = facts(
        tmp_path,
        {
            "kustomization.yaml": "resources: [job.yaml]\nconfigMapGenerator:\n- {name: s, envs: [app.env]}\n",
            "job.yaml": "apiVersion: batch/v1\nkind: Job\n"
            f"metadata: {{name: a}}\nspec: {{template: {{spec: {pod}}}}}\n",
            "app.env": SENTRY,
        },
    )
    assert [place["provider"] for place in found["k8s:-/Job/a"]["placements"]] == [
        None,
        "sentry",
    ]
    assert not [address for address in found if address.startswith("config:")]


def test_what_compose_does_not_pass_on_is_told(tmp_path: Path) -> None:
    """``.env`` fills Compose's own files in; a service gets of it what is written there."""
    text = f"{SENTRY}SMTP_HOST=smtp-relay.brevo.com\n"
    compose = "services:\n  api:\n    image: a\n    environment: {SENTRY_DSN: $SENTRY_DSN}\n"
    found = facts(tmp_path, {"compose.yaml": compose, ".env": text})
    assert sorted(found) == ["compose:api", "config:.env#SMTP_HOST"]


def test_one_service_in_two_files_is_linked(tmp_path: Path) -> None:
    found = facts(
        tmp_path,
        {
            "compose.yaml": f"services: {{api: {{image: a, environment: [{SENTRY.strip()}]}}}}",
            ".env": SENTRY,
        },
    )
    (same,) = found["config:.env#SENTRY_DSN"]["same_as"]
    assert same["address"] == "compose:api"


def test_what_stays_inside_is_no_resource(tmp_path: Path) -> None:
    assert facts(
        tmp_path,
        {".env": "DATABASE_URL=postgres://a@localhost/x\n", "fly.toml": "app = 'a'\n"},
    ).keys() == {"config:fly.toml#fly"}


def test_an_unknown_is_never_better_than_what_it_stands_for(tmp_path: Path) -> None:
    """Each value of a file made a variable: something is still said of each setting that says where data goes."""
    lines = {
        "DATABASE_URL": "postgres://a@db.acme.fr/x", "SENTRY_DSN": "https://0@o1.ingest.de.sentry.io/4",
        "SMTP_HOST": "smtp-relay.brevo.com", "S3_ENDPOINT": "https://s3.fr-par.scw.cloud",
        "OPENAI_API_KEY": "sk-0", "KAFKA_BROKERS": "pkc-1.eu-west-3.aws.confluent.cloud:9092",
    }  # fmt: skip
    known = "".join(f"{name}={value}\n" for name, value in lines.items())
    unknown = "".join(f"{name}=${{FROM_ELSEWHERE}}\n" for name in lines)
    found = facts(tmp_path, {"known.env": known, "unknown.env": unknown})
    assert {address.partition("#")[2] for address in found if "unknown" in address} == set(
        lines
    )
    assert len(found) == 2 * len(lines)
