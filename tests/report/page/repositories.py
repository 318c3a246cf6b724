"""Repositories to make pages of: the insurer of the fixtures, one with 2,000 resources, and one that wants to speak."""

from __future__ import annotations

from pathlib import Path

from tests import scratch

ROOTS = 10
PER_ROOT = 100
WORKLOADS = 1000
RESOURCES = ROOTS * PER_ROOT + WORKLOADS

_PROVIDERS = """\
provider "aws" {{
  region = "{region}"
}}
provider "aws" {{
  alias  = "far"
  region = "us-east-1"
}}
provider "google" {{
  region = "europe-west9"
}}
provider "scaleway" {{
  region = "fr-par"
}}
provider "outscale" {{
  region = "eu-west-2"
}}
"""
_REGIONS = (
    "eu-west-3",
    "eu-west-1",
    "eu-west-2",
    "eu-central-1",
    "ca-central-1",
    "ap-northeast-1",
)
_CLASSES = ("health", "claims", "contact", "health-pseudonymised", "insured-identity", "iban")
_STORES = (
    'resource "aws_s3_bucket" "store_{at}" {{\n  bucket = "store-{root}-{at}"\n  tags = {{ data_class = "{of}" }}\n}}\n',
    'resource "aws_s3_bucket" "copy_{at}" {{\n  provider = aws.far\n  tags = {{ data_class = "{of}" }}\n}}\n',
    'resource "google_storage_bucket" "store_{at}" {{\n  name = "s{root}{at}"\n  location = "EU"\n'
    '  labels = {{ data-classification = "{of}" }}\n}}\n',
    'resource "scaleway_object_bucket" "store_{at}" {{\n  name = "s-{root}-{at}"\n  tags = {{ data_class = "{of}" }}\n}}\n',
    'resource "outscale_volume" "store_{at}" {{\n  subregion_name = "eu-west-2a"\n  size = 10\n'
    '  tags {{\n    key = "data-classification"\n    value = "{of}"\n  }}\n}}\n',
)
_WORKLOAD = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: service-{at}
  namespace: team-{team}
  labels: {{sovlint.dev/data: {of}}}
spec:
  selector: {{matchLabels: {{app: service-{at}}}}}
  template:
    metadata: {{labels: {{app: service-{at}, sovlint.dev/data: {of}}}}}
    spec:
      containers:
        - name: main
          image: registry.example.org/service:{at}
          env:
            - {{name: {name}, value: "{value}"}}
            - {{name: UPSTREAM_URL, value: "https://api.partner-{partner}.example"}}
"""
_SETTINGS = (
    ("SENTRY_DSN", "https://public@o{at}.ingest.sentry.io/{at}"),
    ("BUCKET_URL", "s3://store-0-0/{at}"),
    ("SMTP_HOST", "smtp-relay.brevo.com"),
    ("DD_SITE", "datadoghq.com"),
    ("DATABASE_URL", "postgres://db-{at}.rdb.fr-par.scw.cloud:5432/a"),
)
_CONFIGURATION = """\
clusters:
  - {paths: ["k8s/team-0/**", "k8s/team-1/**"], provider: scaleway, region: fr-par}
  - {paths: ["k8s/team-2/**"], provider: aws, region: eu-west-3}
"""


def large(folder: Path) -> Path:
    """2,000 resources: stores of five companies in ten roots, and workloads that send to others."""
    files = {"sovlint.yaml": _CONFIGURATION}
    for root in range(ROOTS):
        stores = [
            _STORES[at % len(_STORES)].format(
                root=root, at=at, of=_CLASSES[(root + at) % len(_CLASSES)]
            )
            for at in range(PER_ROOT)
        ]
        head = _PROVIDERS.format(region=_REGIONS[root % len(_REGIONS)])
        files[f"infra/root-{root}/main.tf"] = head + "".join(stores)
    for at in range(WORKLOADS):
        name, value = _SETTINGS[at % len(_SETTINGS)]
        files[f"k8s/team-{at % 10}/service-{at}.yaml"] = _WORKLOAD.format(
            at=at,
            team=at % 10,
            of=_CLASSES[at % 4],
            name=name,
            value=value.format(at=at),
            partner=at % 7,
        )
    scratch.write(folder, files)
    return folder
