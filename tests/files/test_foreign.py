"""No foreign file: whatever a repository names, nothing outside it is opened, and nothing of it is ever shown."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

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


def run(root: Path, *arguments: str) -> tuple[object, str, list[str]]:
    """Exit code, all output and what was opened outside of the repository, the package and the interpreter."""
    told = root.parent / "told.json"
    ran = subprocess.run(
        [sys.executable, str(HERE / "audited.py"), str(told), *arguments],
        cwd=root, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    found = json.loads(told.read_text("utf-8"))
    inside = (str(root), *_ALLOWED)
    foreign = [
        path
        for path in found["opened"]
        if not any(path == each or path.startswith(f"{each}/") for each in inside)
    ]
    return found["code"], ran.stdout + ran.stderr, foreign


@pytest.mark.parametrize("name", [*REPOSITORIES, "all"])
@pytest.mark.parametrize("form", ["json", "sarif", "text"])
def test_no_front_end_opens_a_file_outside(tmp_path: Path, name: str, form: str) -> None:
    every = {path: text for files in REPOSITORIES.values() for path, text in files.items()}
    root = hostile(tmp_path, REPOSITORIES.get(name, every))
    code, output, foreign = run(root, "scan", ".", "--assume", "health", "--format", form)
    assert (foreign, CANARY in output, "Traceback" in output) == ([], False, False)
    assert "root:x:0" not in output
    assert code in (0, 1, 2)


@pytest.mark.parametrize("text", re.split("---\n", OURS))
@pytest.mark.parametrize("command", ["scan", "check"])
def test_no_configuration_of_the_repository_reads_a_file_outside(
    tmp_path: Path, text: str, command: str
) -> None:
    root = hostile(tmp_path, {"main.tf": 'resource "aws_s3_bucket" "a" {}\n', "sovlint.yaml": text})
    where = ["."] if command == "scan" else []
    code, output, foreign = run(root, command, *where)
    assert (foreign, CANARY in output, "Traceback" in output) == ([], False, False)
    refused = "attestations" not in text  # one that doesn't count is a warning
    assert code in (1, 2) or not refused or (command == "check" and "roots" in text), output


@pytest.mark.parametrize("name", ["sovlint.yaml", "pyproject.toml"])
def test_a_configuration_that_is_a_link_to_outside_is_not_read(tmp_path: Path, name: str) -> None:
    root = hostile(tmp_path, {"main.tf": 'resource "aws_s3_bucket" "a" {}\n'})
    (root / name).symlink_to(tmp_path / "outside/sovlint.yaml")
    code, output, foreign = run(root, "scan", ".", "--format", "json")
    assert (foreign, CANARY in output) == ([], False)
    assert name == "sovlint.yaml" or f'"path": "{name}"' in output
    assert code == (2 if name == "sovlint.yaml" else 0), output


def test_what_the_command_line_names_may_lie_anywhere(tmp_path: Path) -> None:
    root = hostile(tmp_path, {"main.tf": 'resource "aws_s3_bucket" "a" {}\n'})
    _write(tmp_path / "house/sovlint.yaml", "waivers: [waivers.yaml]\n")
    _write(tmp_path / "house/waivers.yaml", "waivers: []\n")
    code, output, foreign = run(root, "scan", ".", "--config", str(tmp_path / "house/sovlint.yaml"))
    assert code == 0, output
    assert foreign == [str(tmp_path / "house" / name) for name in ("sovlint.yaml", "waivers.yaml")]


def test_the_hook_sees_what_is_opened(tmp_path: Path) -> None:
    """Else the tests above would pass whatever is read."""
    root = hostile(tmp_path, {"main.tf": ""})
    assert (
        str(tmp_path / "outside/policy.yaml")
        in run(root, "scan", ".", "--policy", str(tmp_path / "outside/policy.yaml"))[2]
    )
