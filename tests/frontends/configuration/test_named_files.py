"""Files that other files name: what servers include, what pipelines include and call, and with which inputs."""

from __future__ import annotations

import pytest

from tests.frontends.configuration.house import told

STORE = "claims.abc.us-east-1.rds.amazonaws.com"
THERE = "at-rest aws us-east-1"
CALLED = """\
on:
  workflow_call:
    inputs: {host: {type: string}, region: {type: string, default: eu-west-3}}
jobs:
  dump:
    steps:
    - run: pg_dump -h ${{ inputs.host }} claims
    - uses: aws-actions/configure-aws-credentials@v4
      with: {aws-region: "${{ inputs.region }}", role-to-assume: a}
    - uses: aws-actions/amazon-ecs-deploy-task-definition@v2
      with: {service: claims}
"""


def calling(given: str) -> str:
    """A workflow that calls another one."""
    return f"on: push\njobs:\n  a:\n    uses: ./.github/workflows/called.yml\n    with: {given}\n"


def test_a_workflow_gets_what_its_caller_gives() -> None:
    files = {
        ".github/workflows/called.yml": CALLED,
        ".github/workflows/push.yml": calling(f"{{host: {STORE}}}"),
    }
    found = told(files)
    assert found[".github/workflows/called.yml#jobs.dump.steps.0.pg_dump"] == THERE
    assert "compute aws eu-west-3" in found.values()


def test_each_call_is_one_by_itself() -> None:
    other = "b.abc.eu-west-3.rds.amazonaws.com"
    files = {
        ".github/workflows/called.yml": CALLED,
        ".github/workflows/a.yml": calling(f"{{host: {STORE}, region: us-east-1}}"),
        ".github/workflows/b.yml": calling(f"{{host: {other}}}"),
    }
    assert set(told(files).values()) >= {
        THERE,
        "at-rest aws eu-west-3",
        "compute aws eu-west-3",
        "compute aws us-east-1",
    }


def test_calls_that_lead_to_the_same_are_told_once() -> None:
    files = {
        ".github/workflows/called.yml": CALLED,
        ".github/workflows/a.yml": calling(f"{{host: {STORE}, other: a}}"),
        ".github/workflows/b.yml": calling(f"{{host: {STORE}, other: b}}"),
    }
    found = told(files)
    assert [key for key in found if "pg_dump" in key] == [
        ".github/workflows/called.yml#jobs.dump.steps.0.pg_dump"
    ]


def test_what_nobody_calls_or_nothing_is_given_to_is_not_known() -> None:
    assert set(told({".github/workflows/called.yml": CALLED}).values()) >= {"at-rest ? ?"}
    files = {
        ".github/workflows/called.yml": CALLED,
        ".github/workflows/push.yml": calling("{host: '${{ vars.HOST }}'}"),
    }
    assert "at-rest ? ?" in told(files).values()


def test_an_action_of_the_repository_gets_inputs_too() -> None:
    action = "inputs: {host: {default: a}}\nruns:\n  using: composite\n  steps:\n  - run: pg_dump -h ${{ inputs.host }} x\n"
    files = {
        "action.yml": action,
        ".github/actions/dump/action.yml": action,
        ".github/workflows/push.yml": "jobs:\n  a:\n    steps:\n    - uses: ./.github/actions/dump\n"
        f"      with: {{host: {STORE}}}\n",
    }
    found = told(files)
    assert found[".github/actions/dump/action.yml#runs.steps.0.pg_dump"] == THERE
    assert found["action.yml#runs.steps.0.pg_dump"] == "at-rest ? ?"


def test_a_circle_of_calls_ends() -> None:
    workflow = (
        "on: {workflow_call: {inputs: {a: {}}}}\njobs:\n  b:\n"
        "    uses: ./.github/workflows/%s.yml\n    with: {a: '${{ inputs.a }}x'}\n"
    )
    files = {
        f".github/workflows/{name}.yml": workflow % other for name, other in ("ab", "ba")
    }
    assert told(files) == {}


def test_what_gitlab_includes_is_read_as_one() -> None:
    files = {
        ".gitlab-ci.yml": "include: [{local: /ci/dump.yml}, 'ci/more/*.yml']\n"
        f"variables: {{HOST: {STORE}}}\nown:\n  script: make\n",
        "ci/dump.yml": "include: {local: ci/base.yml}\ndump:\n  extends: .base\n",
        "ci/base.yml": ".base:\n  script: [pg_dump -h $HOST claims]\n",
        "ci/more/a.yml": "more:\n  script: pg_dump -h b.abc.eu-west-3.rds.amazonaws.com x\n",
        "other/dump.yml": "dump:\n  script: pg_dump -h c.abc.us-east-1.rds.amazonaws.com x\n",
    }
    assert set(told(files).values()) == {THERE, "at-rest aws eu-west-3"}


def test_what_a_file_has_itself_counts_before_what_it_includes() -> None:
    files = {
        ".gitlab-ci.yml": f"include: {{local: ci/a.yml}}\ndump:\n  script: [pg_dump -h {STORE} x]\n",
        "ci/a.yml": "dump:\n  script: [pg_dump -h b.abc.eu-west-3.rds.amazonaws.com x, make]\n",
    }
    assert set(told(files).values()) == {THERE}


def test_templates_of_azure_get_parameters() -> None:
    files = {
        "azure-pipelines.yml": f"steps:\n- template: ci/dump.yml\n  parameters: {{host: {STORE}}}\n",
        "ci/dump.yml": "parameters:\n- {name: host, default: a}\nsteps:\n- script: pg_dump -h ${{ parameters.host }} x\n",
    }
    assert told(files) == {"ci/dump.yml#steps.0.pg_dump": THERE}


def test_what_nginx_includes_is_read_by_any_name() -> None:
    inner = "location / { proxy_pass https://eu.i.posthog.com; }\n"
    files = {
        "web/nginx.conf": "http { include /etc/nginx/parts/*.part; include mime.types; }\n",
        "web/parts/a.part": inner + "include more/b;\n",
        "web/parts/more/b": inner.replace("eu.i", "us.i"),
        "web/parts/c.other": inner,
    }
    assert told(files) == {
        "web/parts/a.part#proxy_pass": "processor posthog EU",
        "web/parts/more/b#proxy_pass": "processor posthog US",
    }


def test_files_that_name_each_other_end() -> None:
    files = {
        "nginx.conf": "include a.inc; include nginx.conf;\n",
        "a.inc": "include nginx.conf; include a.inc;\n",
        ".gitlab-ci.yml": "include: [{local: b.yml}]\n",
        "b.yml": "include: [{local: .gitlab-ci.yml}]\na: {script: make}\n",
    }
    assert told(files) == {}


@pytest.mark.parametrize(
    "named",
    [
        "../../../etc/passwd",
        "/etc/passwd",
        "../*",
        "**/*",
        "*",
        ".",
        "",
        "a" * 5_000,
        "*" * 500 + "b",
    ],
)
def test_nothing_but_files_of_the_repository_is_read(named: str) -> None:
    files = {
        "web/nginx.conf": f"include {named};\n",
        ".gitlab-ci.yml": f"include: [{{local: '{named}'}}]\na: {{script: make}}\n",
        ".github/workflows/a.yml": f"jobs: {{a: {{uses: './{named}', with: {{b: c}}}}}}\n",
        "azure-pipelines.yml": f"steps: [{{template: '{named}'}}]\n",
        "other/a.txt": "proxy_pass https://eu.i.posthog.com;\n",
    }
    assert told(files) == {}
