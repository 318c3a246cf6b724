"""No secret of a scanned file comes out, in whatever format: a repository full of them, on lines that reports show."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from sovlint.report import REPORTS
from tests.test_hostile import run, tree

SENDS = "https://files.acme.com/x"
LINES = (
    f"curl -H 'Authorization: Bearer @' -d @f {SENDS}",
    f'curl -H "X-Api-Key: @" -d @f {SENDS}',
    f"curl --header 'PRIVATE-TOKEN: @' --data a {SENDS}",
    f"curl --header 'X-Acme: @' --data a {SENDS}",
    f"curl -H 'Cookie: session=@' --data a {SENDS}",
    f"curl -u admin:@ -T dump {SENDS}",
    f"curl --user 'admin:@' -T dump {SENDS}",
    f"curl -uadmin:@ -T dump {SENDS}",
    f"curl --oauth2-bearer x --proxy-user a:@ -T dump {SENDS}",
    f"curl -F token=@ {SENDS}",
    f'curl -d "password=@&user=a" {SENDS}',
    f'curl -d \'{{"password": "@"}}\' {SENDS}',
    f"curl -T dump '{SENDS}?code=@&x=1'",
    f"curl -T dump '{SENDS}?sig=@'",
    f"curl -T dump '{SENDS}?t=@'",
    f"curl -T dump '{SENDS}?a=b&token=@'",
    f"curl -T dump '{SENDS}?a=b&key=@'",
    f"curl -T dump '{SENDS}?X-Amz-Signature=@&X-Amz-Credential=@'",
    "curl -T dump https://user:@@files.acme.com/x",
    f"SOME_SECRET_THING=@ curl -T dump {SENDS}",
    f"export ACME_TOKEN='@'; curl -T dump {SENDS}",
    f'MY_PASSWORD="@" curl -T dump {SENDS}',
    f"ACME_KEY=@ curl -T dump {SENDS}",
    f"ACME_CREDENTIALS=@ curl -T dump {SENDS}",
    "PGPASSWORD=@ pg_dump -h db.acme.com claims | aws s3 cp - s3://backup/x",
    "mysqldump -u root -p@ -h db.acme.com claims | aws s3 cp - s3://backup/x",
    "sshpass -p @ scp dump.gz backup@files.acme.com:/srv",
    f"wget --post-file=a --password @ {SENDS}",
    f"wget --post-file=a --password=@ {SENDS}",
    "AWS_SECRET_ACCESS_KEY=@ aws s3 cp /data s3://backup/x",
    "mc alias set b https://s3.acme.com AK@ @ && mc cp /data b/x",
    f"kubectl create secret generic x --from-literal=a=@; curl -T dump {SENDS}",
    f"echo @ | base64 -d; curl -T dump {SENDS}",
    f"tool --token @; curl -T dump {SENDS}",
    f"tool --api-key @; curl -T dump {SENDS}",
    f"tool --secret @; curl -T dump {SENDS}",
    "docker login -u a -p @ r.acme.com; aws s3 cp /data s3://backup/x",
)
"""Command lines, with ``@`` for the secret."""

TOKENS = {
    "an access key": "AKIA" + "ABCDEFGHIJKL0123",
    "of GitHub": "ghp_" + "abcdefghijklmnopqrst0123456789",
    "of GitLab": "glpat-" + "abcdefghij0123456789",
    "of Slack": "xoxb-" + "1234567890-abcdefghij",
    "of Stripe": "sk_live_" + "abcdefghij0123456789abcd",
    "of a model": "sk-proj-" + "abcdefghij0123456789",
    "a web token": "eyJhbGciOiJI.eyJzdWIiOiIx.SflKxwRJSM",
}
"""Told by their form, wherever they stand."""


def canary(number: int) -> str:
    return f"hunter{number:03}x"


def lines() -> list[str]:
    """Command lines, each with a secret of its own."""
    placed = [line.replace("@@", "@\0").replace("-d @f", "-d \0f") for line in LINES]
    told = [
        each.replace("@\0", "%\0").replace("@", canary(number))
        for number, each in enumerate(placed)
    ]
    return [
        *(
            each.replace("%\0", f"{canary(number)}@").replace("\0", "@")
            for number, each in enumerate(told)
        ),
        *(f"tool {token} && curl -T dump {SENDS}" for token in TOKENS.values()),
    ]


def apart(number: int, line: str) -> str:
    """A line that sends to a place of its own: of what goes to the same one only the first line is told."""
    return line.replace("files.acme.com", f"files{number}.acme{number}.com")


SCRIPT = [apart(number, line) for number, line in enumerate(lines())]
LISTED = """
        - curl
        - -d
        - x
        - --password
        - hunter900x
        - -H
        - "X-Acme: hunter901x"
        - -u
        - admin:hunter902x
        - https://files.acme.com/x
"""


def cron_job(name: str, container: Mapping[str, object]) -> str:
    spec = {"containers": [{"name": "a", "image": "acme/a", **container}], "restartPolicy": "Never"}
    template = {"metadata": {"labels": {"sovlint.dev/data": "health"}}, "spec": spec}
    job = {"schedule": "@daily", "jobTemplate": {"spec": {"template": template}}}
    return json.dumps(
        {"apiVersion": "batch/v1", "kind": "CronJob", "metadata": {"name": name}, "spec": job},
        indent=1,
    )


def files() -> dict[str, str]:
    script = "".join(f"          {line}\n" for line in SCRIPT)
    return {
        "sovlint.yaml": "data: {paths: {'**': [health]}}\n",
        "k8s/one-line.yaml": "---\n".join(
            f"{cron_job(f'c{number}', {'command': ['sh', '-c', line]})}\n"
            for number, line in enumerate(SCRIPT)
        ),
        "k8s/listed.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d}\nspec:\n  template:\n"
        "    metadata: {labels: {sovlint.dev/data: health}}\n    spec:\n      containers:\n      - name: a\n"
        f"        image: acme/a\n        command:{LISTED}"
        "        env:\n        - name: SMTP_PASSWORD\n          value: hunter903x\n        - name: SMTP_HOST\n"
        "          value: smtp-relay.brevo.com\n",
        "k8s/script.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: s}\ndata:\n  run.sh: |\n    #!/bin/sh\n"
        + "".join(f"    {line}\n" for line in SCRIPT)
        + "---\n"
        + cron_job(
            "scripted",
            {"command": ["sh", "/s/run.sh"], "volumeMounts": [{"name": "s", "mountPath": "/s"}]},
        ).replace(
            '"restartPolicy"',
            '"volumes": [{"name": "s", "configMap": {"name": "s"}}], "restartPolicy"',
        ),
        "compose.yaml": "services:\n  a:\n    image: acme/a\n    labels: {sovlint.dev/data: health}\n    environment:\n"
        "      - OPENAI_API_KEY=hunter904x\n      DATADOG: x\n".replace(
            "      DATADOG: x\n", "      - DD_API_KEY=hunter905x\n"
        )
        + "    command:\n      - sh\n      - -c\n      - |\n"
        + script,
        "main.tf": 'variable "k" {\n  default = sensitive("hunter906x")\n}\n'
        'resource "aws_instance" "a" {\n  tags = { data-classification = "health" }\n  user_data = <<-EOT\n'
        + "".join(f"    {line}\n" for line in SCRIPT)
        + "  EOT\n}\n"
        'resource "aws_s3_bucket" "b" {\n  bucket = sensitive("hunter907x")\n'
        '  tags = { data-classification = "health" }\n}\n'
        'resource "null_resource" "n" {\n  provisioner "local-exec" {\n'
        '    command = "mysqldump -phunter908x db"\n  }\n}\n',
        ".gitlab-ci.yml": "deploy:\n  script:\n"
        + "".join(f"    - {json.dumps(line)}\n" for line in SCRIPT),
        ".github/workflows/a.yml": "on: push\njobs:\n  a:\n    steps:\n    - run: |\n"
        + script.replace("${{", "$"),
        ".env": "DATABASE_URL=postgres://a:hunter909x@db.acme.com/x\nDD_API_KEY=hunter910x\n"
        "SENTRY_DSN=https://hunter911x@o1.ingest.us.sentry.io/1\nOPENAI_API_KEY=hunter912x\n",
        "nginx.conf": "http {\n  server {\n    location / {\n"
        '      proxy_pass https://files.acme.com; proxy_set_header Authorization "Basic hunter913x";\n    }\n  }\n}\n',
        "broken.tf": 'resource "aws_s3_bucket" "password=hunter914x" {\n  token = "hunter915x"\n',
    }


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tree(tmp_path_factory.mktemp("canaries") / "r", files())


def leaked(text: str) -> list[str]:
    return sorted(
        {word for line in text.splitlines() for word in [line] if "hunter" in word or _token(word)}
    )


def _token(text: str) -> bool:
    return any(token in text for token in TOKENS.values())


@pytest.mark.parametrize("format", sorted(REPORTS))
@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_report_of_findings_has_one(planted: Path, format: str, language: str) -> None:
    usual = ("--format", format, "--lang", language, "--show", "compliant", "--allow-failures")
    result = run(planted, *usual, "--full")
    assert leaked(result.stdout + result.stderr) == []
    assert format == "concise" or "acme3.com" in result.stdout


@pytest.mark.parametrize("format", ["text", "json"])
def test_no_map_has_one(planted: Path, format: str) -> None:
    result = run(planted, "--format", format, "--allow-failures", command="map")
    assert leaked(result.stdout + result.stderr) == []
    assert "Datadog" in result.stdout


@pytest.mark.parametrize("format", ["json", "table", "csv"])
def test_no_listing_of_facts_has_one(planted: Path, format: str) -> None:
    result = run(planted, "--format", format, "--full", command="facts")
    assert leaked(result.stdout + result.stderr) == []
    assert result.stdout


def test_lines_with_secrets_are_among_those_that_are_shown_and_the_page_has_none(
    planted: Path,
) -> None:
    """Else the tests above would show nothing. The page shows the lines behind every placement."""
    result = run(planted, "-o", "-", command="report")
    assert leaked(result.stdout + result.stderr) == []
    assert result.stdout.count("***") > 15
