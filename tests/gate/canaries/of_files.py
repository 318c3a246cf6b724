"""Repositories of files of settings, pipelines, inventories, and of what sovlint itself is told."""

from __future__ import annotations

import json
from xml.sax.saxutils import quoteattr

from tests.gate.canaries.kinds import lines, settings
from tests.gate.canaries.writing import OWN, Repository, as_json, block


def _xml_settings(place: str) -> str:
    rows = (
        f"<add key={quoteattr(name)} value={quoteattr(value)} />"
        for name, value in settings(place)
    )
    return f"<configuration><appSettings>\n{block(rows, 2)}</appSettings></configuration>\n"


def files_of_settings() -> Repository:
    dotted = [
        (name.lower().replace("__", ".").replace("_", "."), value)
        for name, value in settings("p2")
    ]
    return Repository(
        {
            ".env": block((f"{name}={value}" for name, value in settings("p1")), 0),
            "src/main/resources/application.properties": block((f"{n}={v}" for n, v in dotted), 0),
            "src/main/resources/application.yml": block((f"{n.lower()}: {as_json(v)}" for n, v in settings("p3")), 0),
            "appsettings.json": json.dumps(dict(settings("p4")), indent=1),
            "wrangler.toml": 'name = "a"\nmain = "a.js"\n[vars]\n'
            + block((f"{n} = {as_json(v)}" for n, v in settings("p5")), 0),
            "Web.config": _xml_settings("p6"),
            "fly.toml": 'app = "a"\nprimary_region = "cdg"\n[env]\n'
            + block((f"{n} = {as_json(v)}" for n, v in settings("p7")), 0),
            "serverless.yml": "service: a\nprovider:\n  name: aws\n  region: eu-west-3\n  environment:\n"
            + block((f"{n}: {as_json(v)}" for n, v in settings("p8")), 4),
            "render.yaml": "services:\n- type: web\n  name: a\n  region: frankfurt\n  envVars:\n"
            + block((f"- {{key: {n}, value: {as_json(v)}}}" for n, v in settings("p9")), 2),
            "nginx.conf": "http {\n  server {\n    location / {\n      proxy_pass https://u:hunter950x@ng.acme.com;\n"
            '      proxy_set_header Authorization "Basic hunter951x";\n    }\n  }\n}\n',
            "fluent.conf": "<match **>\n  @type elasticsearch\n  host es.acme.com\n  user a\n"
            "  password hunter952x\n</match>\n",
            "fluent-bit.conf": "[OUTPUT]\n    Name es\n    Host eb.acme.com\n    HTTP_Passwd hunter953x\n",
            "config.alloy": 'prometheus.remote_write "a" {\n  endpoint {\n    url = "https://rw.acme.com/push"\n'
            '    basic_auth {\n      password = "hunter954x"\n    }\n  }\n}\n',
            "alertmanager.yml": "route: {receiver: t}\nreceivers:\n- name: t\n  slack_configs:\n"
            "  - api_url: https://hooks.slack.com/services/T/B/hunter955x\n",
            "config/database.yml": "production:\n  adapter: postgresql\n  url: postgres://u:hunter956x@dbr.acme.com/x\n"
            "  password: hunter957x\n",
            "datadog.yaml": "api_key: hunter958x\nsite: datadoghq.com\n",
        },
        ("p1", "p2", "p3", "p4", "p5", "p6", "p7", "p8", "p9"),
    )  # fmt: skip


def pipelines() -> Repository:
    def script(place: str, indent: int) -> str:
        return block(lines(place), indent)

    def listed(place: str, indent: int) -> str:
        return block((f"- {as_json(line)}" for line in lines(place)), indent)

    return Repository(
        {
            ".github/workflows/a.yml": "on: push\nenv:\n" + block((f"{n}: {as_json(v)}" for n, v in settings("p1")), 2)
            + "jobs:\n  a:\n    runs-on: x\n    steps:\n    - run: |\n" + script("p2", 8),
            ".gitlab-ci.yml": "variables:\n" + block((f"{n}: {as_json(v)}" for n, v in settings("p3")), 2)
            + "deploy:\n  script:\n" + listed("p4", 4),
            ".circleci/config.yml": "version: 2.1\njobs:\n  a:\n    docker: [{image: a}]\n    steps:\n"
            "    - run: |\n" + script("p5", 10),
            "azure-pipelines.yml": "steps:\n- script: |\n" + script("p6", 4),
            "bitbucket-pipelines.yml": "pipelines:\n  default:\n  - step:\n      script:\n" + listed("p7", 6),
            "cloudbuild.yaml": "steps:\n- name: a\n  entrypoint: sh\n  script: |\n    #!/bin/sh\n" + script("p8", 4),
            "buildspec.yml": "version: 0.2\nphases:\n  build:\n    commands:\n" + listed("p9", 4),
            ".drone.yml": "kind: pipeline\nsteps:\n- name: a\n  image: a\n  commands:\n" + listed("q1", 2),
            ".semaphore/semaphore.yml": "version: v1.0\nblocks:\n- task:\n    jobs:\n    - commands:\n" + listed("q2", 6),
        },
        ("p1", "p3"),
        ("p2", "p4", "p5", "p6", "p7", "p8", "p9", "q1", "q2"),
    )  # fmt: skip


def inventories() -> Repository:
    services = "".join(
        f"  - id: s{number}\n    vendor: Datadog\n    data: [health]\n    purpose: {as_json(f'{name}: {value}')}\n"
        f"    contract: {{reference: {as_json(value)}, date: 2026-02-02}}\n    owner: 'token=hunter960x'\n"
        f"    address: {as_json(value)}\n"
        for number, (name, value) in enumerate(settings("p1")) if value.startswith("https://")
    )  # fmt: skip
    bom = {
        "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
        "services": [
            {"bom-ref": f"a{number}", "name": name, "endpoints": [value],
             "data": [{"flow": "outbound", "classification": "health"}]}
            for number, (name, value) in enumerate(settings("p2")) if value.startswith("https://")
        ],
    }  # fmt: skip
    return Repository(
        {"saas.yaml": f"services:\n{services}", "bom.cdx.json": json.dumps(bom)}
    )


def own_files() -> Repository:
    return Repository(
        {
            "main.tf": 'provider "aws" {\n  region = "us-east-1"\n}\nresource "aws_s3_bucket" "a" {\n  bucket = "a"\n}\n'
            'resource "aws_s3_bucket" "b" {\n  bucket = "b"\n}\n'
            'resource "aws_s3_bucket" "c" {\n'
            '  # sovlint: ignore[health-data-in-eea] reason="password=hunter970x"\n  bucket = "c"\n}\n',
            "waivers.yaml": "waivers:\n  - policy: health-data-in-eea\n    addresses: [aws_s3_bucket.a]\n"
            "    reason: 'password=hunter971x'\n"
            "    owner: 'token=hunter972x'\n    approver: 'token=hunter978x'\n"
            "    ticket: 'https://u:hunter979x@t.acme.com/1?token=hunter980x'\n    issued: 2026-10-01\n"
            "    expires: 2027-06-01\n",
            "sovlint.yaml": OWN["sovlint.yaml"]
            + "waivers: waivers.yaml\nattestations:\n  - claim: {qualification: hds}\n    subject: {provider: aws}\n"
            "    evidence: 'https://u:hunter973x@wiki.acme.com/x?token=hunter974x'\n    owner: 'password=hunter975x'\n"
            "    issued: 2026-10-01\n    expires: 2027-10-01\n"
            "exclude: ['password=hunter976x/**']\n"
            "terraform: {vars: {db_password: hunter977x}}\n",
        }
    )
