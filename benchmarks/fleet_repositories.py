"""Bare repositories of a made-up organisation: ``python benchmarks/fleet_repositories.py FOLDER COUNT``.

Of ten, one is a platform (a cluster, a state, a host), one has modules, one deploys by Argo CD, and seven are
applications of several kinds. They ask each other for clusters, states, modules and hosts, as those of a real
organisation do. The same number makes the same commits.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

REGIONS = ("eu-west-3", "eu-central-1", "eu-west-2", "us-east-1")
TEAMS = ("claims", "care", "billing", "identity", "data", "platform")
GROUP = 10
"""Repositories that belong together: each group has one platform, one of modules and one of manifests."""

Files = Mapping[str, str]


def platform(number: int) -> Files:
    """What makes a cluster, keeps a state with outputs and answers at a host."""
    group, region = number // GROUP, REGIONS[number // GROUP % len(REGIONS)]
    return {
        "infra/main.tf": f'''\
terraform {{
  backend "s3" {{
    bucket = "states-{group}"
    key    = "platform/terraform.tfstate"
    region = "eu-west-3"
  }}
}}

provider "aws" {{
  region = "{region}"
}}

resource "aws_eks_cluster" "main" {{
  name     = "valceziere-{group}"
  role_arn = "arn:aws:iam::123456789012:role/eks"
  vpc_config {{
    subnet_ids = ["subnet-1", "subnet-2"]
  }}
}}

resource "aws_s3_bucket" "shared" {{
  bucket = "shared-{group}"
  tags   = {{ data_class = "health" }}
}}

output "bucket" {{
  value = aws_s3_bucket.shared.bucket
}}

output "region" {{
  value = "{region}"
}}
''',
    }


def modules(number: int) -> Files:
    """A module of a database and one of a bucket."""
    return {
        "db/main.tf": """\
variable "name" { type = string }
variable "tags" { default = {} }

resource "aws_db_instance" "this" {
  identifier     = var.name
  engine         = "postgres"
  instance_class = "db.t3.medium"
  tags           = var.tags
}
""",
        "bucket/main.tf": """\
variable "name" { type = string }

resource "aws_s3_bucket" "this" {
  bucket = var.name
}
""",
    }


def manifests(number: int) -> Files:
    """What Argo CD puts on the cluster of the group's platform."""
    group = number // GROUP
    return {
        "apps/claims.yaml": f"""\
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: claims
  namespace: argocd
spec:
  source:
    repoURL: https://git.mutuelle.example/group-{group}/r{number:06d}.git
    path: claims
  destination:
    name: valceziere-{group}
    namespace: claims
""",
        "claims/deployment.yaml": f"""\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: claims
  namespace: claims
  labels:
    data-classification: health
spec:
  selector: {{matchLabels: {{app: claims}}}}
  template:
    metadata: {{labels: {{app: claims}}}}
    spec:
      containers:
        - name: claims
          image: registry.mutuelle.example/group-{group}/claims:1.0
          env:
            - name: ARCHIVE_BUCKET
              value: s3://shared-{group}/claims
""",
    }


def terraform_application(number: int) -> Files:
    """A root that reads the platform's state and calls a module of the group."""
    group = number // GROUP
    return {
        "main.tf": f"""\
provider "aws" {{
  region = data.terraform_remote_state.platform.outputs.region
}}

data "terraform_remote_state" "platform" {{
  backend = "s3"
  config = {{
    bucket = "states-{group}"
    key    = "platform/terraform.tfstate"
    region = "eu-west-3"
  }}
}}

module "db" {{
  source = "git::ssh://git@git.mutuelle.example/group-{group}/r{group * GROUP + 1:06d}.git//db?ref=main"
  name   = "app-{number}"
  tags   = {{ data_class = "health" }}
}}

resource "aws_s3_bucket" "files" {{
  bucket = "files-{number}"
  tags   = {{ data_class = "health" }}
}}
""",
    }


def compose_application(number: int) -> Files:
    """A service of Compose with its database elsewhere."""
    region = REGIONS[number % len(REGIONS)]
    return {
        "docker-compose.yml": f"""\
services:
  api:
    image: registry.mutuelle.example/app-{number}:latest
    environment:
      DATABASE_URL: postgres://app@app-{number}.abc123.{region}.rds.amazonaws.com/app
  cache:
    image: redis:7
""",
        "src/app.py": "print('hello')\n",
    }


def scaleway_application(number: int) -> Files:
    """A root on a European cloud."""
    return {
        "main.tf": f"""\
provider "scaleway" {{
  region = "fr-par"
}}

resource "scaleway_object_bucket" "archive" {{
  name = "archive-{number}"
  tags = {{ data_class = "health" }}
}}

resource "scaleway_rdb_instance" "main" {{
  name      = "main-{number}"
  engine    = "PostgreSQL-15"
  node_type = "DB-DEV-S"
}}
""",
    }


def inventory(number: int) -> Files:
    """Services that are bought."""
    return {
        "saas.yaml": f"""\
services:
  - id: support-{number}
    vendor: Zendesk
    data: [contact]
  - id: mail-{number}
    vendor: Brevo
    data: [contact]
""",
    }


def only_code(number: int) -> Files:
    """What declares nothing."""
    return {"src/main.py": f"NUMBER = {number}\n", "README.md": f"# r{number}\n"}


KINDS: tuple[Callable[[int], Files], ...] = (
    platform,
    modules,
    manifests,
    terraform_application,
    terraform_application,
    compose_application,
    compose_application,
    scaleway_application,
    inventory,
    only_code,
)


def files_of(number: int) -> Files:
    """The files of a repository, by path."""
    own = KINDS[number % GROUP](number)
    return {**own, "CODEOWNERS": f"* @mutuelle/{TEAMS[number // GROUP % len(TEAMS)]}\n"}


def commit(files: Files, message: str = "made") -> bytes:
    """A stream for ``git fast-import`` that makes one commit of ``main``."""
    pieces = [
        b"commit refs/heads/main\n",
        b"committer sovlint <sovlint@mutuelle.example> 1764000000 +0000\n",
        f"data {len(message)}\n{message}\n".encode(),
    ]
    for path, text in sorted(files.items()):
        data = text.encode()
        pieces.append(f"M 100644 inline {path}\ndata {len(data)}\n".encode() + data + b"\n")
    return b"".join(pieces)


def make(folder: Path, number: int, template: Path) -> Path:
    """One repository, whose origin is ``https://git.mutuelle.example/group-N/rN.git``."""
    name = f"group-{number // GROUP}/r{number:06d}.git"
    place = folder / name
    shutil.copytree(template, place)
    address = f"https://git.mutuelle.example/{name}"
    with (place / "config").open("a") as config:
        config.write(f'[remote "origin"]\n\turl = {address}\n')
    subprocess.run(
        ["git", "fast-import", "--quiet"],
        cwd=place,
        input=commit(files_of(number)),
        check=True,
    )
    return place


def make_all(folder: Path, count: int) -> None:
    """Repositories from 0 on, those left out that are there already."""
    folder.mkdir(parents=True, exist_ok=True)
    template = folder / ".template"
    shutil.rmtree(template, ignore_errors=True)
    command = ["git", "init", "--quiet", "--bare", "--template=", "-b", "main", str(template)]
    subprocess.run(command, check=True)
    for number in range(count):
        name = f"group-{number // GROUP}/r{number:06d}.git"
        if not (folder / name).exists():
            make(folder, number, template)
    shutil.rmtree(template)


if __name__ == "__main__":
    make_all(Path(sys.argv[1]), int(sys.argv[2]))
