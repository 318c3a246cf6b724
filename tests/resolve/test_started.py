"""What a labelled thing is built of or started by takes its class along, and is judged at its own line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from sovlint.cli import main
from tests.scratch import write

DOCKERFILE = """\
FROM python:3
ENV SENTRY_DSN=https://0123@o1.ingest.us.sentry.io/4
CMD ["aws", "s3", "sync", "/data", "s3://claims", "--region", "us-east-1"]
"""
SENTRY = ("api/Dockerfile", 2, "sentry")
STORE = ("api/Dockerfile", 3, "aws")
COPY = "aws s3 sync /data s3://claims --region us-east-1\n"
LABEL = "    labels: {sovlint.dev/data: health}\n"
POD = """\
apiVersion: apps/v1
kind: Deployment
metadata: {{name: api, labels: {{sovlint.dev/data: health}}}}
spec: {{template: {{spec: {{containers: [{{name: a, image: '{image}'}}]}}}}}}
"""
STEP = "on: push\njobs:\n  a:\n    steps:\n      - {}\n"


def carrying(folder: Path, files: dict[str, str]) -> dict[tuple[str, int, str], str]:
    """The file, the line and the company of each place outside that carries health data, and how the class got there."""
    write(folder, files)
    arguments = ["facts", str(folder), "--format", "json"]
    facts: dict[str, Any] = json.loads(CliRunner().invoke(main, arguments).stdout)
    return {
        (at["path"], at["line"], place["provider"]): said["how"]
        for each in facts["resources"]
        for place in each["placements"]
        for at in (place["because"] or [each])[-1:]
        for said in each["data"]
        if place["provider"] and said["class"] == "health"
    }


@pytest.mark.parametrize(
    "build", ["./api", "{context: api}", "{context: ., dockerfile: api/Dockerfile}"]
)
def test_a_service_is_built_of_its_dockerfile(tmp_path: Path, build: str) -> None:
    files = {"compose.yaml": f"services:\n  api:\n    build: {build}\n{LABEL}"}
    found = carrying(tmp_path, {**files, "api/Dockerfile": DOCKERFILE})
    assert found == {SENTRY: "propagated", STORE: "propagated"}


@pytest.mark.parametrize(
    ("service", "left"),
    [
        ("    build: ./web\n" + LABEL, set()),
        ("    build: ./api\n", set()),
        ("    build: {context: ., dockerfile_inline: FROM x}\n" + LABEL, set()),
        ("    build: https://git.acme.fr/a.git#main:api\n" + LABEL, set()),
        ("    build: ./api\n    environment: [SENTRY_DSN=]\n" + LABEL, {STORE}),
    ],
)
def test_nothing_else_takes_its_class(
    tmp_path: Path, service: str, left: set[tuple[str, int, str]]
) -> None:
    files = {"compose.yaml": f"services:\n  api:\n{service}"}
    assert carrying(tmp_path, {**files, "api/Dockerfile": DOCKERFILE}).keys() == left


SCRIPT = ("api/run.sh", 1, "aws")


@pytest.mark.parametrize(
    "image",
    [
        'COPY run.sh /run.sh\nENTRYPOINT ["/run.sh"]',
        'COPY --chmod=755 run.sh /usr/local/bin/\nCMD ["run.sh"]',
        'COPY run.sh /usr/bin/api\nCMD ["api"]',
        'WORKDIR /app\nCOPY . .\nCMD ["sh", "run.sh"]',
        "WORKDIR /app\nCOPY api ./api\nWORKDIR api\nCMD exec ./run.sh",
        'COPY ["a.txt", "run.sh", "/opt/"]\nENTRYPOINT /opt/run.sh',
        'COPY *.sh /opt/\nCMD ["/opt/run.sh"]',
        'ADD . /app\nADD conf /app\nCMD ["/app/run.sh"]',
        "COPY run.sh /tmp/\nRUN sh /tmp/run.sh",
        'COPY run.sh /run.sh\nFROM a\nCOPY --from=0 /run.sh /run.sh\nCMD ["/run.sh"]',
    ],
)
def test_a_script_that_an_image_has_copied_is_what_it_runs(
    tmp_path: Path, image: str
) -> None:
    files = {"compose.yaml": f"services:\n  api:\n    build: ./api\n{LABEL}"}
    files |= {"api/Dockerfile": f"FROM a\n{image}\n", "api/run.sh": COPY, "run.sh": "true\n"}
    assert carrying(tmp_path, files) == {SCRIPT: "propagated"}


@pytest.mark.parametrize(
    "image",
    [
        'COPY run.sh /opt/\nCMD ["/run.sh"]',
        'COPY run.sh /run.sh\nCMD ["python", "-m", "api"]',
        'COPY --from=acme/tools run.sh /run.sh\nCMD ["/run.sh"]',
        'CMD ["/run.sh"]',
        'COPY ../../outside.sh /run.sh\nCMD ["/run.sh"]',
    ],
)
def test_a_script_that_it_does_not_run_says_nothing(tmp_path: Path, image: str) -> None:
    files = {"compose.yaml": f"services:\n  api:\n    build: ./api\n{LABEL}"}
    files |= {"api/Dockerfile": f"FROM a\n{image}\n", "api/run.sh": COPY}
    assert carrying(tmp_path, files) == {}


INLINE = """\
services:
  api:
    build:
      context: .
      dockerfile_inline: |
        FROM a
        ENV SENTRY_DSN=https://0123@o1.ingest.us.sentry.io/4
        COPY run.sh /run.sh
        CMD /run.sh $$DATA $OTHER
"""


@pytest.mark.parametrize(
    ("more", "found"),
    [
        (
            LABEL,
            {("compose.yaml", 7, "sentry"): "declared", ("run.sh", 1, "aws"): "declared"},
        ),
        (LABEL + "    environment: [SENTRY_DSN=]\n", {("run.sh", 1, "aws"): "declared"}),
        ("", {}),
    ],
)
def test_a_dockerfile_inline_is_what_the_service_says(
    tmp_path: Path, more: str, found: dict[tuple[str, int, str], str]
) -> None:
    assert carrying(tmp_path, {"compose.yaml": INLINE + more, "run.sh": COPY}) == found


RUN = "run: docker build -t {} api"
BY_ACTION = "{{uses: docker/build-push-action@v6, with: {{context: {}, tags: '{}'}}}}"
SKAFFOLD = "apiVersion: skaffold/v4\nkind: Config\nbuild: {artifacts: [{image: acme/api, context: api}]}\n"
BUILDX = "run: cd api && docker buildx build --push -t acme/api ."
KANIKO = "run: /kaniko/executor --context $CI_PROJECT_DIR/api --destination acme/api:1"
BUILT = [
    ("ghcr.io/acme/api:1", {"ci.yml": STEP.format(RUN.format("ghcr.io/acme/api:${{ github.sha }}"))}),
    ("ghcr.io/acme/api:1", {"ci.yml": STEP.format(BUILDX)}),
    ("registry.acme.fr/api", {"ci.yml": STEP.format("run: buildah bud -f api/Dockerfile -t $REGISTRY/api .")}),
    ("acme/api@sha256:0", {"ci.yml": STEP.format(BY_ACTION.format("., file: api/Dockerfile", "acme/api:1,acme/api:2"))}),
    ("acme/api", {"ci.yml": STEP.format(KANIKO)}),
    ("acme/api", {"ci.yml": STEP.format(BY_ACTION.format("'${{ matrix.part }}'", "acme/${{ matrix.part }}"))}),
    ("acme/api", {"Makefile": "image:\n\tdocker build -t acme/api api\n"}),
    ("acme/api", {"skaffold.yaml": SKAFFOLD}),
    ("acme/api", {"compose.yaml": "services:\n  x:\n    image: acme/api\n    build: ./api\n"}),
]  # fmt: skip


def _in_workflows(files: dict[str, str]) -> dict[str, str]:
    return {name.replace("ci.yml", ".github/workflows/ci.yml"): files[name] for name in files}


@pytest.mark.parametrize(("image", "files"), BUILT)
def test_a_workload_runs_what_a_pipeline_builds(
    tmp_path: Path, image: str, files: dict[str, str]
) -> None:
    held = {"k8s.yaml": POD.format(image=image), "api/Dockerfile": DOCKERFILE}
    found = carrying(tmp_path, {**held, **_in_workflows(files)})
    assert found == {SENTRY: "propagated", STORE: "propagated"}


@pytest.mark.parametrize(
    ("image", "step"),
    [
        ("acme/other", RUN.format("acme/api")),
        ("other/api", RUN.format("acme/api")),
        ("acme/api", "run: docker build -t acme/api web"),
        ("acme/api", "run: docker push acme/api"),
        ("$IMAGE", RUN.format("acme/api")),
    ],
)
def test_another_image_is_none(tmp_path: Path, image: str, step: str) -> None:
    files = {"ci.yml": STEP.format(step)}
    held = {"k8s.yaml": POD.format(image=image), "api/Dockerfile": DOCKERFILE}
    assert carrying(tmp_path, {**held, **_in_workflows(files)}) == {}


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ("    entrypoint: /entry.sh\n    volumes: ['./entry.sh:/entry.sh:ro']\n", "entry.sh"),
        ("    command: sh /x/run.sh\n    volumes: ['./s:/x']\n", "s/run.sh"),
        ("    command: [bash, ./run.sh]\n    working_dir: /x\n    volumes: ['./s:/x']\n", "s/run.sh"),
        ("    command: /go\n    configs: [{source: a, target: /go}]\n", "entry.sh"),
    ],
)  # fmt: skip
def test_a_script_that_a_service_mounts_and_runs(
    tmp_path: Path, body: str, path: str
) -> None:
    compose = f"services:\n  api:\n    image: acme/tool\n{LABEL}{body}"
    compose += "configs: {a: {file: ./entry.sh}}\n"
    files = {"entry.sh": f"#!/bin/sh\n{COPY}", "s/run.sh": f"\n{COPY}", "s/other.sh": COPY}
    found = carrying(tmp_path, {"compose.yaml": compose, **files})
    assert found == {(path, 2, "aws"): "declared"}


@pytest.mark.parametrize(
    "body",
    [
        "    command: /other.sh\n    volumes: ['./entry.sh:/entry.sh:ro']\n",
        "    command: /entry.sh\n",
        "    command: /entry.py\n    volumes: ['./entry.py:/entry.py']\n",
        "    command: /entry.sh\n    volumes: ['../entry.sh:/entry.sh', '/entry.sh:/entry.sh']\n",
    ],
)
def test_a_script_that_it_does_not_run(tmp_path: Path, body: str) -> None:
    compose = f"services:\n  api:\n    image: acme/tool\n{LABEL}{body}"
    files = {"entry.sh": COPY, "entry.py": COPY}
    assert carrying(tmp_path, {"compose.yaml": compose, **files}) == {}


TAGS = 'tags = { data-classification = "health" }'
MACHINE = (
    f'resource "aws_instance" "app" {{\n  {TAGS}\n}}\nresource "aws_instance" "other" {{}}\n'
)
COMMAND = f'inline = ["{COPY.strip()}"]'
TASK = f'resource "aws_ecs_task_definition" "t" {{\n  family = "t"\n  {TAGS}\n}}\n'
GIVEN = (
    'environment = [{ name = "SENTRY_DSN", value = "https://0123@o1.ingest.us.sentry.io/4" }]'
)
OVERRIDES = f'input = jsonencode({{ containerOverrides = [{{ name = "a", {GIVEN} }}] }})'


HOST = "connection {{ host = aws_instance.app.{} }}"
ON_MACHINE = f"""\
"null_resource" "x" {{
  {HOST.format("public_ip")}
  provisioner "remote-exec" {{
    {COMMAND}
  }}
}}"""
IN_PROVISIONER = f"""\
"terraform_data" "x" {{
  provisioner "remote-exec" {{
    {HOST.format("private_ip")}
    {COMMAND}
  }}
}}"""
BY_EVENT = f"""\
"aws_cloudwatch_event_target" "x" {{
  rule = "r"
  ecs_target {{ task_definition_arn = aws_ecs_task_definition.t.arn }}
  {OVERRIDES}
}}"""
BY_SCHEDULE = f"""\
"aws_scheduler_schedule" "x" {{
  target {{
    ecs_parameters {{ task_definition_arn = aws_ecs_task_definition.t.arn }}
    {OVERRIDES}
  }}
}}"""


@pytest.mark.parametrize(
    ("body", "company"),
    [
        (ON_MACHINE, "aws"),
        (IN_PROVISIONER, "aws"),
        (BY_EVENT, "sentry"),
        (BY_SCHEDULE, "sentry"),
    ],
)
def test_what_is_run_on_a_machine_or_given_to_a_task(
    tmp_path: Path, body: str, company: str
) -> None:
    def companies(text: str, folder: str) -> set[str]:
        found = carrying(tmp_path / folder, {"main.tf": f"{MACHINE}{TASK}resource {text}\n"})
        return {
            company
            for (_, line, company), how in found.items()
            if how == "propagated" and line
        }

    assert company in companies(body, "labelled")
    other = body.replace("aws_instance.app", "aws_instance.other").replace(
        "definition.t.", "definition.o."
    )
    assert companies(other, "other") == set()


SETTING = "SENTRY_DSN=https://0123@o1.ingest.us.sentry.io/4"
GIVEN_TO_TASK = '{"containerOverrides":[{"name":"a","environment":[{"name":"SENTRY_DSN","value":"https://0123@o1.ingest.us.sentry.io/4"}]}]}'
FAMILY = f'resource "aws_ecs_task_definition" "t" {{\n  family = "claims"\n  {TAGS}\n}}\n'


@pytest.mark.parametrize(
    ("run", "is_met"),
    [
        (f"kubectl set env deploy/api {SETTING}", True),
        (f"kubectl set env deployment api {SETTING}", True),
        (f"kubectl set env deploy/other {SETTING}", False),
        (f"aws ecs run-task --task-definition claims:3 --overrides '{GIVEN_TO_TASK}'", True),
        (f"aws ecs run-task --task-definition other --overrides '{GIVEN_TO_TASK}'", False),
    ],
)
def test_what_a_command_gives_a_workload_is_of_that(
    tmp_path: Path, run: str, is_met: bool
) -> None:
    script = json.dumps(run)
    files = {".github/workflows/a.yml": STEP.format(f"{{run: {script}}}")}
    found = carrying(tmp_path, {**files, "main.tf": FAMILY, "k.yaml": POD.format(image="x")})
    assert any(company == "sentry" for _, _, company in found) is is_met
