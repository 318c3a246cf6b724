"""Programs that send: each line of ``programs.tsv`` is where a person who read it would say that its data goes."""

from __future__ import annotations

import json
import textwrap
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from sovlint.cli import main

TABLE = Path(__file__).with_name("programs.tsv")
ROWS = [
    line.split("\t")
    for line in TABLE.read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
JOB = """\
apiVersion: batch/v1
kind: CronJob
metadata:
  name: job-{number}
  labels: {{data-classification: health}}
spec:
  schedule: "0 0 * * *"
  jobTemplate:
    spec:
      template:
        metadata:
          labels: {{data-classification: health}}
        spec:
          containers:
            - name: c
              image: acme/tool
              env:
                - {{name: BUCKET, value: claims}}
                - {{name: UNNAMED, value: "{dsn}"}}
              command: [bash, -c]
              args:
                - |
{script}
"""
DSN = "postgres://app@claims.x.us-east-1.rds.amazonaws.com/claims"

FETCHES = (
    "curl -fsSLO https://claims.s3.us-east-1.amazonaws.com/x.tgz",
    "wget -O /tmp/a.zip https://github.com/acme/tool/archive/v1.zip",
    "git clone https://github.com/acme/tool && pip install -i https://pypi.org/simple x",
    "aws s3 cp s3://claims/x . --endpoint-url https://s3.us-east-1.amazonaws.com",
    "gsutil -m rsync gs://claims /data; s5cmd cp s3://claims/x .",
    "docker pull ghcr.io/acme/tool:1; helm repo add a https://charts.acme.fr",
    "apt-get update; npm ci --registry https://registry.npmjs.org; go get github.com/acme/x",
    "sftp u@s-1.server.transfer.us-east-1.amazonaws.com:/out/x .",
    "lftp -e 'mirror /out /data; quit' sftp://s-1.server.transfer.us-east-1.amazonaws.com",
    "nc -z s-1.server.transfer.us-east-1.amazonaws.com 22; kcat -C -b kafka.acme.fr:9092 -t x",
    "kubectl cp claims/pod-0:/out/x /data/x; echo s3://claims/x",
    "duplicity restore s3://claims/x /data --s3-region-name us-east-1",
)


def job(number: int, script: str) -> str:
    lines = textwrap.indent(script.replace("\\n", "\n").replace("\\\\", "\\"), " " * 18)
    dsn = DSN if "$UNNAMED" in script else "x"
    return JOB.format(number=number, dsn=dsn, script=lines)


@cache
def placed(folder: Path, *scripts: str) -> dict[str, list[tuple[str | None, str | None]]]:
    """By job, the company and the region of all that it sends data to."""
    jobs = "---\n".join(job(number, script) for number, script in enumerate(scripts))
    (folder / "jobs.yaml").write_text(jobs, encoding="utf-8")
    arguments = ["facts", str(folder), "--format", "json"]
    facts: dict[str, Any] = json.loads(CliRunner().invoke(main, arguments).stdout)
    return {
        each["address"].rpartition("/")[2]: [
            (placement["provider"], placement["region"])
            for placement in each["placements"]
            if placement["service"] != "kubernetes"
        ]
        for each in facts["resources"]
    }


@pytest.fixture(scope="module")
def all_placed(
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, list[tuple[str | None, str | None]]]:
    return placed(tmp_path_factory.mktemp("programs"), *(row[0] for row in ROWS))


def test_there_are_enough() -> None:
    assert len(ROWS) >= 61


@pytest.mark.parametrize("number", range(len(ROWS)), ids=[row[0][:60] for row in ROWS])
def test_programs_that_send(
    number: int, all_placed: dict[str, list[tuple[str | None, str | None]]]
) -> None:
    _, company, region = ROWS[number]
    found = all_placed[f"job-{number}"]
    assert [provider or "?" for provider, _ in found] == [company]
    assert region in ("?", found[0][1])


def test_what_only_fetches_is_no_destination(tmp_path: Path) -> None:
    found = placed(tmp_path, *FETCHES)
    assert {FETCHES[int(name[4:])]: sends for name, sends in found.items() if sends} == {}
