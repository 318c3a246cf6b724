"""The Serverless Framework: settings that stand in other files, and the resources that it declares."""

from __future__ import annotations

import pytest

from tests.frontends.configuration.house import placed, read, told

HEAD = "service: claims\nprovider:\n  name: aws\n  region: us-east-1\n"
STAGES = """\
dev: {DUMMY: ''}
staging:
  SMTP_HOST: smtp-relay.brevo.com
prod:
  SMTP_HOST: email-smtp.us-east-1.amazonaws.com
  SENTRY_DSN: https://0123@o1.ingest.de.sentry.io/4
"""


def keys(text: str, files: dict[str, str] | None = None) -> dict[str, str]:
    found = told({"serverless.yml": HEAD + text, **(files or {})})
    prefix = "serverless.yml#"
    return {
        name.removeprefix(prefix): facts
        for name, facts in found.items()
        if name != "serverless.yml#provider.region"
    }


@pytest.mark.parametrize(
    "written",
    [
        "${file(env.yml):${self:provider.stage}, ''}",
        "${file(./env.yml):${opt:stage, 'dev'}}",
        "${file( env.yml ):${sls:stage}}",
    ],
)
def test_settings_of_every_stage_where_the_stage_isnt_known(written: str) -> None:
    files = {"serverless.yml": f"{HEAD}  environment: {written}\n", "env.yml": STAGES}
    found = {
        (
            each.resource.variant,
            each.resource.sends[0].key.rpartition(".")[2],
        ): each.resource.span
        for each in placed(dict(files))
        if each.resource.variant
    }
    assert {key: (span.path, span.line) for key, span in found.items()} == {
        ("staging", "SMTP_HOST"): ("env.yml", 3),
        ("prod", "SMTP_HOST"): ("env.yml", 5),
        ("prod", "SENTRY_DSN"): ("env.yml", 6),
    }


def test_settings_of_a_stage_that_is_written() -> None:
    found = keys("  environment: ${file(env.yml):staging}\n", {"env.yml": STAGES})
    assert found == {"provider.environment.SMTP_HOST": "processor brevo ?"}


def test_a_file_for_each_stage() -> None:
    found = keys(
        "  environment: ${file(config/${opt:stage}.yml):env}\n",
        {
            "config/prod.yml": "env: {SENTRY_DSN: https://0123@o1.ingest.de.sentry.io/4}\n",
            "config/dev.yml": "env: {SMTP_HOST: smtp-relay.brevo.com}\n",
        },
    )
    assert set(found) == {"provider.environment.SENTRY_DSN", "provider.environment.SMTP_HOST"}


def test_functions_of_other_files() -> None:
    function = "claims:\n  handler: a.b\n  environment: {SMTP_HOST: smtp-relay.brevo.com}\n"
    for text in ("functions:\n  - ${file(src/f.yml)}\n", "functions: ${file(src/f.yml)}\n"):
        assert list(keys(text, {"src/f.yml": function}).values()) == ["processor brevo ?"]


RESOURCES = """\
  Resources:
    Claims: {Type: AWS::DynamoDB::Table}
    Letters:
      Type: AWS::S3::Bucket
      Properties: {BucketName: letters}
"""


@pytest.mark.parametrize(
    ("text", "files"),
    [
        (f"resources:\n{RESOURCES}", {}),
        (
            "resources: ${file(r.yml)}\n",
            {"r.yml": RESOURCES.replace("\n  ", "\n").strip(" ")},
        ),
        (
            "resources:\n  - ${file(r.yml)}\n",
            {"r.yml": RESOURCES.replace("\n  ", "\n").strip(" ")},
        ),
    ],
)
def test_resources_are_declared(text: str, files: dict[str, str]) -> None:
    found = {name.rpartition(".")[2]: facts for name, facts in keys(text, files).items()}
    assert found == {"Claims": "at-rest aws us-east-1", "Letters": "at-rest aws us-east-1"}


@pytest.mark.parametrize(
    ("text", "files"),
    [
        ("  environment: ${file(env.js):prod}\n", {"env.js": "module.exports = {}"}),
        ("  environment: ${file(elsewhere.yml):prod}\n", {}),
        ("resources:\n  Resources: ${ssm:/claims}\n", {}),
    ],
)
def test_what_cant_be_read_is_named(text: str, files: dict[str, str]) -> None:
    assert "serverless.yml" not in read({"serverless.yml": HEAD + text, **files}).files


def test_a_file_that_declares_nothing_is_read() -> None:
    assert "serverless.yml" in read({"serverless.yml": HEAD}).files


def test_files_that_name_each_other_end() -> None:
    itself = "".join(f"b{number}: ${{file(a.yml)}}\n" for number in range(50))
    files = {"a.yml": f"{itself}SMTP_HOST: smtp-relay.brevo.com\n"}
    found = keys("  environment: ${file(a.yml)}\n", files)
    assert any(name.endswith("SMTP_HOST") for name in found)
