"""What commands set for those that come after them: endpoints of profiles, remotes and aliases. Judged by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from sovlint.cli import main
from tests.scratch import write

SYNC = "aws s3 sync /data s3://claims"
SCW = "https://s3.fr-par.scw.cloud"
SCALEWAY = ("scaleway", "fr-par")
NOBODY = (None, None)

Place = tuple[str | None, str | None]

JUDGED: list[dict[str, Any]] = yaml.load(
    Path(__file__).with_name("kept.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader
)


def placed(folder: Path) -> list[Place]:
    """The company and the region of all stores that something is sent to."""
    arguments = ["facts", str(folder), "--format", "json"]
    facts: dict[str, Any] = json.loads(CliRunner().invoke(main, arguments).stdout)
    return [
        (each["provider"], each["region"])
        for resource in facts["resources"]
        for each in resource["placements"]
        if each["role"] in ("at-rest", "registry")
    ]


@pytest.mark.parametrize("case", JUDGED, ids=lambda case: case["script"].splitlines()[0])
def test_what_is_set_counts_for_what_comes_later(
    tmp_path: Path, case: dict[str, Any]
) -> None:
    container = {"name": "c", "image": "acme/tool", "command": ["bash", "-c", case["script"]]}
    pod = {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": "backup"},
        "spec": {"containers": [container]},
    }
    write(tmp_path, {"pod.yaml": json.dumps(pod)})
    company, region = (None if each == "?" else each for each in case["goes"])
    assert placed(tmp_path) == [(company, region)]


def steps(*written: str) -> str:
    """A workflow of one job."""
    return "on: push\njobs:\n  backup:\n    steps:\n" + "".join(
        f"      - {each}\n" for each in written
    )


SET = f"{{run: 'aws configure set s3.endpoint_url {SCW}'}}"
RUN = "{run: 'aws s3 cp dump.sql s3://claims --region us-east-1'}"


@pytest.mark.parametrize(
    ("written", "places"),
    [
        ([SET, RUN], [SCALEWAY]),
        ([RUN, SET], [("aws", "us-east-1")]),
        (["{run: 'aws configure set s3.endpoint_url ${{ secrets.E }}'}", RUN], [NOBODY]),
        ([SET.replace("{", "{if: inputs.prod, ", 1), RUN], [NOBODY]),
        ([SET.replace("{", "{if: inputs.prod, ", 1), RUN.replace("{", "{if: inputs.prod, ", 1)], [SCALEWAY]),
        ([SET.replace("{", "{if: inputs.prod, ", 1), RUN.replace("{", "{if: inputs.test, ", 1)], [NOBODY]),
    ],
)  # fmt: skip
def test_in_a_later_step_of_the_same_job(
    tmp_path: Path, written: list[str], places: list[Place]
) -> None:
    write(tmp_path, {".github/workflows/backup.yml": steps(*written)})
    assert placed(tmp_path) == places


def test_not_in_another_job(tmp_path: Path) -> None:
    other = f"  other:\n    steps:\n      - {RUN}\n"
    write(tmp_path, {".github/workflows/backup.yml": steps(SET) + other})
    assert placed(tmp_path) == [("aws", "us-east-1")]


MACHINE = """\
resource "scaleway_instance_server" "app" {{
  type  = "DEV1-S"
  image = "debian"
  user_data = {{
    cloud-init = <<-EOF
{text}
    EOF
  }}
}}
"""
CLOUD = f"""\
      #cloud-config
      write_files:
        - path: /root/.aws/config
          content: |
            [default]
            endpoint_url = {SCW}
      runcmd:
        - {SYNC}"""
COMMANDS = f"""\
      #cloud-config
      runcmd:
        - aws configure set endpoint_url {SCW}
        - [aws, s3, sync, /data, "s3://claims"]"""


@pytest.mark.parametrize("text", [CLOUD, COMMANDS])
def test_on_a_machine(tmp_path: Path, text: str) -> None:
    write(tmp_path, {"main.tf": MACHINE.format(text=text)})
    assert SCALEWAY in placed(tmp_path)
    assert not any(provider == "aws" for provider, _ in placed(tmp_path))


POD = f"""\
apiVersion: v1
kind: ConfigMap
metadata: {{name: aws}}
data:
  config: |
    [default]
    endpoint_url = {SCW}
---
apiVersion: v1
kind: Pod
metadata: {{name: sync}}
spec:
  containers:
    - name: c
      image: acme/tool
      command: [aws, s3, sync, /data, "s3://claims"]
      volumeMounts: [{{name: aws, mountPath: /root/.aws}}]
  volumes: [{{name: aws, configMap: {{name: aws}}}}]
"""


def test_a_file_that_a_pod_mounts(tmp_path: Path) -> None:
    write(tmp_path, {"pod.yaml": POD})
    assert SCALEWAY in placed(tmp_path)
    assert not any(provider == "aws" for provider, _ in placed(tmp_path))


S3CFG = "[default]\nhost_base = s3.fr-par.scw.cloud\n"
READ = "s3cmd --config /etc/s3cfg put dump.gz s3://claims"
SECRET_POD = """\
apiVersion: v1
kind: Pod
metadata: {{name: sync}}
spec:
  containers:
    - name: c
      image: acme/tool
      command: [s3cmd, --config, {path}, put, dump.gz, 's3://claims']
      volumeMounts: [{{name: s3, mountPath: /etc/s3}}]
  volumes: [{{name: s3, secret: {{secretName: s3}}}}]
---
apiVersion: v1
kind: Secret
metadata: {{name: {name}}}
stringData: {{s3cfg: "{text}"}}
"""


@pytest.mark.parametrize(
    ("path", "name", "text", "place"),
    [
        ("/etc/s3/s3cfg", "s3", S3CFG, SCALEWAY),
        ("/etc/s3/other", "s3", S3CFG, NOBODY),
        ("/etc/s3/s3cfg", "other", S3CFG, NOBODY),
        ("/etc/s3/s3cfg", "s3", "ENC[AES256_GCM,data:a=,iv:b]", NOBODY),
        ("/etc/s3/s3cfg", "s3", "[default]\nbucket_location = x\n", ("aws", None)),
    ],
)
def test_a_program_reads_the_file_of_a_secret(
    tmp_path: Path, path: str, name: str, text: str, place: Place
) -> None:
    text = text.replace("\n", "\\n")
    write(tmp_path, {"pod.yaml": SECRET_POD.format(path=path, name=name, text=text)})
    assert placed(tmp_path) == [place]


@pytest.mark.parametrize(
    ("run", "files", "place"),
    [
        ("s3cmd -c ci/s3cfg put dump.gz s3://claims", {"ci/s3cfg": S3CFG}, SCALEWAY),
        ("cd ci && s3cmd -c ./s3cfg put dump.gz s3://claims", {"ci/s3cfg": S3CFG}, SCALEWAY),
        ("s3cmd -c $GITHUB_WORKSPACE/ci/s3cfg put d s3://claims", {"ci/s3cfg": S3CFG}, SCALEWAY),
        ("AWS_CONFIG_FILE=ci/aws aws s3 cp d s3://claims", {"ci/aws": f"[default]\nendpoint_url={SCW}\n"}, SCALEWAY),
        ("s3cmd -c ci/s3cfg put dump.gz s3://claims", {"ci/other": S3CFG}, NOBODY),
    ],
)  # fmt: skip
def test_a_program_reads_a_file_of_the_repository(
    tmp_path: Path, run: str, files: dict[str, str], place: Place
) -> None:
    write(tmp_path, {".github/workflows/backup.yml": steps(f"{{run: '{run}'}}"), **files})
    assert placed(tmp_path) == [place]


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ("volumes: ['./s3cfg:/etc/s3cfg']", SCALEWAY),
        ("volumes: ['./other:/etc/s3cfg']", NOBODY),
        ("configs: [{source: a, target: /etc/s3cfg}]", SCALEWAY),
        ("environment: {A: b}", NOBODY),
    ],
)
def test_a_program_reads_a_file_that_a_service_is_given(
    tmp_path: Path, given: str, place: Place
) -> None:
    compose = f"services:\n  a:\n    image: acme/tool\n    command: {READ}\n    {given}\n"
    compose += "configs: {a: {content: 'host_base = s3.fr-par.scw.cloud'}}\n"
    write(tmp_path, {"compose.yaml": compose, "s3cfg": S3CFG})
    assert placed(tmp_path) == [place]


def test_what_restic_reads_its_repository_from(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            ".github/workflows/backup.yml": steps(
                "{run: 'restic --repository-file ci/repo backup /data'}",
                "{run: 'restic --repository-file /etc/repo backup /other'}",
            ),
            "ci/repo": "s3:https://s3.fr-par.scw.cloud/claims\n",
        },
    )
    arguments = ["facts", str(tmp_path), "--format", "json"]
    facts: dict[str, Any] = json.loads(CliRunner().invoke(main, arguments).stdout)
    backups = [each["placements"][0]["provider"] for each in facts["resources"]]
    assert sorted(map(str, backups)) == ["None", "scaleway"]
