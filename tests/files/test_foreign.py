"""No foreign file: whatever a repository names, nothing outside it is opened, and nothing of it is ever shown."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

import sovlint

HERE = Path(__file__).parent
CANARY = "canary-7731"
OUTSIDE = {
    "secret": f"{CANARY}\n",
    "main.tf": f'resource "aws_s3_bucket" "{CANARY}" {{}}\n',
    "prod.tfvars": f'region = "{CANARY}"\n',
    "terraform.tfstate": f'{{"version": 4, "outputs": {{"region": {{"value": "{CANARY}"}}}}, "resources": []}}\n',
    "terragrunt.hcl": f'inputs = {{ region = "{CANARY}" }}\n',
    "deploy.yaml": f"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: {CANARY}}}\n",
    "kustomization.yaml": f"resources: [deploy.yaml]\nnamePrefix: {CANARY}\n",
    "compose.yaml": f"services: {{api: {{image: {CANARY}}}}}\n",
    "env": f"SENTRY_DSN=https://{CANARY}.ingest.de.sentry.io/1\n",
    "saas.yaml": f"version: 1\nservices:\n  - {{id: {CANARY}, vendor: brevo, data: [health]}}\n",
    "policy.yaml": f"{CANARY}: [\n",
    "waivers.yaml": f"waivers: [{CANARY}]\n",
    "baseline.json": f'{{"{CANARY}": 1}}\n',
    "sovlint.yaml": f"{CANARY}: 1\n",
}

TERRAFORM = """\
terraform {
  backend "local" { path = "../outside/terraform.tfstate" }
}
module "up" { source = "../../.." }
module "beside" { source = "../outside" }
module "linked" { source = "./folder" }
data "terraform_remote_state" "other" {
  backend = "local"
  config  = { path = "../outside/terraform.tfstate" }
}
resource "aws_s3_bucket" "a" {
  bucket = file("/etc/passwd")
  region = file("../outside/secret")
  acl    = templatefile("../outside/secret", {})
  tags = {
    a = filebase64("/proc/self/environ")
    b = filemd5("../outside/secret")
    c = join(",", fileset("../outside", "*"))
    d = fileexists("../outside/secret") ? "yes" : "no"
    e = file("link.txt")
    f = file("~/.profile")
    g = file(pathexpand("~/.ssh/id_rsa"))
    h = data.terraform_remote_state.other.outputs.region
    i = jsondecode(file("folder/baseline.json"))
  }
}
"""
TERRAGRUNT = """\
include "root" { path = "../outside/terragrunt.hcl" }
include "found" { path = find_in_parent_folders("passwd", "/etc/passwd") }
locals {
  a = read_terragrunt_config("../outside/terragrunt.hcl")
  b = run_cmd("cat", "/etc/passwd")
  c = sops_decrypt_file("../outside/secret")
  d = read_tfvars_file("../outside/prod.tfvars")
  e = file("/etc/passwd")
}
terraform {
  source = "../outside//"
  extra_arguments "vars" {
    commands           = ["plan"]
    required_var_files = ["../outside/prod.tfvars"]
  }
}
dependency "other" { config_path = "../outside" }
"""
KUSTOMIZATION = """\
resources: [../outside, ../outside/deploy.yaml, /etc/passwd, linked.yaml, folder, "../../.."]
bases: [../../../../etc]
components: [../outside]
crds: [../outside/deploy.yaml]
openapi: {path: ../outside/baseline.json}
patches: [{path: ../outside/deploy.yaml}]
patchesStrategicMerge: [../outside/deploy.yaml]
replacements: [{path: ../outside/deploy.yaml}]
transformers: [../outside]
generators: [../outside/deploy.yaml]
configurations: [../outside/deploy.yaml]
configMapGenerator: [{name: a, files: [/etc/passwd, x=../outside/secret], envs: [../outside/env]}]
secretGenerator: [{name: b, files: [link.txt]}]
helmCharts: [{name: a, valuesFile: ../outside/deploy.yaml}]
helmGlobals: {chartHome: ../outside}
"""
COMPOSE = """\
include: [../outside/compose.yaml, {path: ../outside/compose.yaml, env_file: ../outside/env}]
services:
  api:
    image: a
    extends: {file: ../outside/compose.yaml, service: api}
    env_file: [../outside/env, /proc/self/environ, {path: linked.env}]
    volumes: ["/etc/passwd:/etc/passwd", "../outside:/data"]
    build: {context: ../outside, dockerfile: /etc/passwd}
    label_file: ../outside/env
    secrets: [a]
    configs: [b]
secrets: {a: {file: /etc/passwd}}
configs: {b: {file: ../outside/secret}}
"""
REPOSITORIES: dict[str, dict[str, str]] = {
    "terraform": {
        "main.tf": TERRAFORM,
        ".terraform/modules/modules.json": json.dumps(
            {
                "Modules": [
                    {"Key": key, "Source": "a/b/c", "Dir": "../outside"} for key in ("", "up")
                ]
            }
        ),
    },
    "terragrunt": {"live/terragrunt.hcl": TERRAGRUNT, "terragrunt.hcl": TERRAGRUNT},
    "kubernetes": {
        "kustomization.yaml": KUSTOMIZATION,
        "chart/Chart.yaml": "name: a\ndependencies: [{name: b, repository: 'file://../../outside'}]\n",
        "chart/templates/a.yaml": '{{ .Files.Get "../../outside/secret" }}\n',
        "argo.yaml": "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: a}\n"
        "spec: {source: {repoURL: '.', path: ../outside, helm: {valueFiles: [../../outside/env]}}}\n",
        "flux.yaml": "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\n"
        "metadata: {name: a}\nspec: {path: ../outside}\n",
    },
    "compose": {"compose.yaml": COMPOSE, ".env": "COMPOSE_FILE=../outside/compose.yaml\n"},
    "saas": {
        "bom.json": '{"bomFormat": "CycloneDX", "services": [{"bom-ref": "../outside/secret"}]}'
    },
    "configuration": {
        "application.yml": "spring: {config: {import: 'file:../outside/env'}}\n",
        ".gitlab-ci.yml": "include: [{local: /../outside/deploy.yaml}, {local: ../outside/env}]\n",
        ".github/workflows/a.yml": "jobs: {a: {uses: ../../../outside/deploy.yaml}}\n",
        ".envrc": "dotenv ../outside/env\nsource_env ../outside/env\n",
        "samconfig.toml": '[default.deploy.parameters]\ntemplate_file = "../outside/deploy.yaml"\n',
    },
}
LINKS = {
    "link.txt": "secret", "linked.tf": "main.tf", "linked.auto.tfvars": "prod.tfvars", "linked.yaml": "deploy.yaml",
    "linked.env": "env", "saas.yaml": "saas.yaml", "linked.tfstate": "terraform.tfstate",
    "docker-compose.yml": "compose.yaml",
    "chart/values.yaml": "deploy.yaml", "folder": "", "sub/kustomization.yaml": "kustomization.yaml",
    ".env.production": "env", "application.properties": "env", "manifest": "deploy.yaml", "stack.template": "deploy.yaml",
    "node_modules": "", ".terraform/environment": "secret", ".gitignore": "secret",
}  # fmt: skip
"""Links of the repository, each to a file outside."""
ALSO = {
    "environ.yaml": "/proc/self/environ", "passwd.env": "/etc/passwd", "zero.tf": "/dev/zero", "proc": "/proc/self",
    "environ": "/proc/self/environ",
}  # fmt: skip
OURS = """\
policies: [../outside/policy.yaml]
---
policies: [../outside]
---
policies: [linked.yaml]
---
policies: [own]
---
policy_set: ../outside/policy.yaml
---
catalog: [../outside]
---
catalog: [own]
---
waivers: ../outside/waivers.yaml
---
waivers: [linked.yaml]
---
baseline: ../outside/baseline.json
---
baseline: link.txt
---
baseline: pipe
---
waivers: [pipe]
---
policies: [pipe]
---
saas: [../outside/saas.yaml]
---
saas: [linked.yaml]
---
policies: [/proc/self/environ]
---
terraform: {roots: [{path: ".", var_files: [../outside/prod.tfvars]}]}
---
terraform: {roots: [{path: ".", variants: [../outside/*.tfvars]}]}
---
attestations:
- &a
  claim: {qualification: hds}
  subject: {provider: scaleway}
  owner: dpo
  issued: 2026-01-01
  expires: 2026-12-31
  evidence: {path: ../outside/secret, reference: a}
- {<<: *a, evidence: {path: link.txt, reference: a}}
"""
"""Configurations that name something foreign, or what is no file."""

_ALLOWED = (
    sys.prefix, sys.base_prefix, str(Path(sovlint.__file__).parent), *filter(os.path.isabs, sys.path), "/dev/null",
)  # fmt: skip


def hostile(folder: Path, files: dict[str, str]) -> Path:
    """A repository with these files and all links, beside a folder that nothing of may be read."""
    for name, text in OUTSIDE.items():
        _write(folder / "outside" / name, text)
    root = folder / "repository"
    for name, text in files.items():
        _write(root / name, text)
    links = {name: str(folder / "outside" / to) for name, to in LINKS.items()} | ALSO
    for name, to in links.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        if not (root / name).exists():
            (root / name).symlink_to(to)
    _write(root / "own/fine.yaml", "")
    (root / "own/foreign.yaml").symlink_to(folder / "outside/policy.yaml")
    os.mkfifo(root / "pipe")
    os.mkfifo(root / "pipe.yaml")
    (root / ".git").mkdir()
    return root


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


class Ran(NamedTuple):
    """A run: exit code, all output, and what was opened outside of the repository, the package and the interpreter."""

    code: int
    output: str
    foreign: list[str]


def run_each(folder: Path, *runs: tuple[Path, list[str]]) -> list[Ran]:
    """What comes of sovlint with these arguments, each in a repository."""
    told = folder / "told.json"
    told.write_text(json.dumps([(str(root), arguments) for root, arguments in runs]), "utf-8")
    subprocess.run(
        [sys.executable, str(HERE / "audited.py"), str(told)], timeout=300, check=True
    )
    found = json.loads(told.read_text("utf-8"))
    return [
        Ran(
            each["code"],
            each["output"],
            [path for path in each["opened"] if _is_foreign(path, root)],
        )
        for (root, _), each in zip(runs, found, strict=True)
    ]


def _is_foreign(path: str, root: Path) -> bool:
    return not any(
        path == each or path.startswith(f"{each}/") for each in (str(root), *_ALLOWED)
    )


def shows(output: str) -> list[str]:
    """What of a foreign file stands in an output, or that the run broke."""
    return [each for each in (CANARY, "root:x:0", "Traceback", "PATH=") if each in output]


def test_no_front_end_opens_a_file_outside(tmp_path: Path) -> None:
    every = {path: text for files in REPOSITORIES.values() for path, text in files.items()}
    roots = {
        name: hostile(tmp_path / name, files)
        for name, files in {**REPOSITORIES, "all": every}.items()
    }
    command = ["scan", ".", "--assume", "health", "--format"]
    runs = [
        (root, [*command, form])
        for root in roots.values()
        for form in ("json", "sarif", "text")
    ]
    for (root, arguments), ran in zip(runs, run_each(tmp_path, *runs), strict=True):
        assert (ran.foreign, shows(ran.output)) == ([], []), (root, arguments)
        assert ran.code in (0, 1, 2)
        if arguments[-1] == "json":
            assert (
                json.loads(ran.output[: ran.output.rindex("}") + 1])["coverage"]["files"] > 0
            )


def test_no_configuration_of_the_repository_reads_a_file_outside(tmp_path: Path) -> None:
    runs = []
    for number, text in enumerate(re.split("---\n", OURS)):
        files = {"main.tf": 'resource "aws_s3_bucket" "a" {}\n', "sovlint.yaml": text}
        root = hostile(tmp_path / str(number), files)
        runs += [(root, ["scan", "."]), (root, ["check"])]
    for (root, (command, *_)), ran in zip(runs, run_each(tmp_path, *runs), strict=True):
        text = (root / "sovlint.yaml").read_text("utf-8")
        assert (ran.foreign, shows(ran.output)) == ([], []), (command, text)
        warned = "attestations" in text  # one that doesn't count is a warning
        found_in_scan = "roots" in text and command == "check"
        assert ran.code in (1, 2) or warned or found_in_scan, (command, text)


@pytest.mark.parametrize("name", ["sovlint.yaml", "pyproject.toml"])
def test_a_configuration_that_is_a_link_to_outside_is_not_read(
    tmp_path: Path, name: str
) -> None:
    root = hostile(tmp_path, {"main.tf": 'resource "aws_s3_bucket" "a" {}\n'})
    (root / name).symlink_to(tmp_path / "outside/sovlint.yaml")
    (ran,) = run_each(tmp_path, (root, ["scan", ".", "--format", "json"]))
    assert (ran.foreign, shows(ran.output)) == ([], [])
    assert name == "sovlint.yaml" or f'"path": "{name}"' in ran.output
    assert ran.code == (2 if name == "sovlint.yaml" else 0), ran.output


def test_what_the_command_line_names_may_lie_anywhere(tmp_path: Path) -> None:
    """And a test that sees nothing opened would pass whatever is read."""
    root = hostile(tmp_path, {"main.tf": 'resource "aws_s3_bucket" "a" {}\n'})
    house = tmp_path / "house"
    _write(house / "sovlint.yaml", "waivers: [waivers.yaml]\n")
    _write(house / "waivers.yaml", "waivers: []\n")
    configured, policy = run_each(
        tmp_path,
        (root, ["scan", ".", "--config", str(house / "sovlint.yaml")]),
        (root, ["scan", ".", "--policy", str(tmp_path / "outside/policy.yaml")]),
    )
    assert configured.code == 0, configured.output
    assert configured.foreign == [
        str(house / name) for name in ("sovlint.yaml", "waivers.yaml")
    ]
    assert policy.foreign == [str(tmp_path / "outside/policy.yaml")]
