"""A root, and what Terraform prints of its plan and keeps as its state; written by hand after the documented format."""

from __future__ import annotations

import json
from typing import Any

AWS = "registry.terraform.io/hashicorp/aws"
HEALTH = {"data-classification": "health"}

Json = dict[str, Any]

SOURCE = {
    "infra/main.tf": """\
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

variable "region" {
  default = "us-east-1"
}

provider "aws" {
  region = var.region
  default_tags {
    tags = { data-classification = "health" }
  }
}

provider "aws" {
  alias  = "backup"
  region = "eu-central-1"
}

resource "aws_s3_bucket" "files" {
  for_each = toset(["a", "b"])
  bucket   = "files-${each.key}"
}

resource "aws_s3_bucket_object" "form" {
  bucket = aws_s3_bucket.files["a"].id
  key    = "form"
}

resource "aws_dynamodb_table" "claims" {
  name = "claims"
  replica {
    region_name = "eu-north-1"
  }
}

module "store" {
  source    = "../modules/store"
  providers = { aws = aws.backup }
}
""",
    "modules/store/main.tf": """\
variable "password" {
  default = "swordfish-swordfish"
}

resource "aws_db_instance" "main" {
  identifier = "claims"
  password   = var.password
  tags       = { data-classification = "health" }
}
""",
}
"""A default region that the plan's ``-var`` overrides, instances, a parent, a nested block, an alias in a module."""


def listed(address: str, values: Json, sensitive: Json | None = None, **more: Any) -> Json:
    """A resource of ``planned_values``."""
    kind, name = address.split(".")[-2:]
    return {
        "address": address, "mode": "managed", "type": kind, "name": name.partition("[")[0], "provider_name": AWS,
        "schema_version": 0, "values": values, "sensitive_values": sensitive or {}, **more,
    }  # fmt: skip


def change(resource: Json, unknown: Json, *actions: str) -> Json:
    """An entry of ``resource_changes``."""
    kept = {
        key: resource[key] for key in ("address", "mode", "type", "name", "provider_name")
    }
    inner = {
        "actions": list(actions or ("create",)), "before": None, "after": resource["values"], "after_unknown": unknown,
        "before_sensitive": False, "after_sensitive": resource["sensitive_values"],
    }  # fmt: skip
    return {**kept, "change": inner}


def block(address: str, key: str, expressions: Json) -> Json:
    """A resource of ``configuration``."""
    kind, name = address.split(".")
    return {
        "address": address, "mode": "managed", "type": kind, "name": name, "provider_config_key": key,
        "expressions": expressions, "schema_version": 0,
    }  # fmt: skip


def plan(region: str = "eu-west-3") -> Json:
    """The plan of ``SOURCE`` with ``-var region=...``; a bucket that the source has no more is deleted."""
    buckets = [
        listed(
            f'aws_s3_bucket.files["{key}"]',
            {"bucket": f"files-{key}", "tags": None, "tags_all": HEALTH},
            index=key,
        )
        for key in "ab"
    ]
    form = listed(
        "aws_s3_bucket_object.form", {"key": "form", "tags": None, "tags_all": HEALTH}
    )
    replica = [{"region_name": "eu-north-1", "point_in_time_recovery": False}]
    table = listed(
        "aws_dynamodb_table.claims",
        {"name": "claims", "replica": replica, "tags_all": HEALTH},
    )
    database = listed(
        "module.store.aws_db_instance.main",
        {
            "identifier": "claims",
            "password": "swordfish-swordfish",
            "tags": HEALTH,
            "tags_all": HEALTH,
        },
        {"password": True, "tags": {}, "tags_all": {}},
    )
    gone = listed("aws_s3_bucket.gone", {})
    parent = [
        'aws_s3_bucket.files["a"].id',
        'aws_s3_bucket.files["a"]',
        "aws_s3_bucket.files",
    ]
    default_tags = [{"tags": {"constant_value": HEALTH}}]
    return {
        "format_version": "1.2",
        "terraform_version": "1.9.8",
        "variables": {"region": {"value": region}},
        "planned_values": {
            "root_module": {
                "resources": [*buckets, form, table],
                "child_modules": [{"address": "module.store", "resources": [database]}],
            }
        },
        "resource_changes": [
            *(change(each, {"arn": True, "id": True, "region": True}) for each in buckets),
            change(form, {"bucket": True, "id": True}),
            change(table, {"arn": True, "replica": [{"arn": True}]}, "delete", "create"),
            change(database, {"arn": True}, "no-op"),
            {**change(gone, {}, "delete"), "change": {"actions": ["delete"], "before": {"bucket": "x"}, "after": None}},
        ],
        "configuration": {
            "provider_config": {
                "aws": {
                    "name": "aws",
                    "full_name": AWS,
                    "expressions": {"region": {"references": ["var.region"]}, "default_tags": default_tags},
                },
                "aws.backup": {
                    "name": "aws",
                    "alias": "backup",
                    "full_name": AWS,
                    "expressions": {"region": {"constant_value": "eu-central-1"}},
                },
            },
            "root_module": {
                "resources": [
                    block("aws_s3_bucket.files", "aws", {"bucket": {"references": ["each.key"]}}),
                    block("aws_s3_bucket_object.form", "aws", {"bucket": {"references": parent}, "key": {}}),
                    block("aws_dynamodb_table.claims", "aws", {"name": {"constant_value": "claims"}, "replica": [{}]}),
                ],
                "module_calls": {
                    "store": {
                        "source": "../modules/store",
                        "module": {
                            "resources": [
                                block(
                                    "aws_db_instance.main", "aws.backup",
                                    {"identifier": {}, "password": {"references": ["var.password"]}, "tags": {}},
                                )
                            ],
                            "variables": {"password": {"default": "swordfish-swordfish"}},
                        },
                    }
                },
                "variables": {"region": {"default": "us-east-1"}},
            },
        },
    }  # fmt: skip


def state() -> Json:
    """The state file of ``SOURCE``, applied in Paris; without what a plug-in shows of where a bucket is."""

    def resource(kind: str, name: str, instances: list[Json], module: str = "") -> Json:
        return {
            **({"module": module} if module else {}), "mode": "managed", "type": kind, "name": name,
            "provider": f'provider["{AWS}"]', "instances": instances,
        }  # fmt: skip

    def instance(attributes: Json, **more: Any) -> Json:
        return {
            "schema_version": 0,
            "attributes": attributes,
            "sensitive_attributes": [],
            **more,
        }

    arn = "arn:aws:dynamodb:eu-west-3:123456789012:table/claims"
    hidden = [[{"type": "get_attr", "value": "password"}]]
    database = instance(
        {
            "arn": "arn:aws:rds:eu-central-1:123456789012:db:claims",
            "password": "swordfish-swordfish",
            "tags": HEALTH,
        }
    )
    return {
        "version": 4,
        "terraform_version": "1.9.8",
        "serial": 3,
        "lineage": "0f4f4c4e-0000-0000-0000-000000000000",
        "outputs": {},
        "resources": [
            {"mode": "data", "type": "aws_region", "name": "current", "provider": "", "instances": [instance({})]},
            resource(
                "aws_s3_bucket", "files",
                [instance({"bucket": f"files-{key}", "id": f"files-{key}", "tags_all": HEALTH}, index_key=key)
                 for key in "ab"],
            ),
            resource("aws_dynamodb_table", "claims", [
                instance({"name": "claims", "arn": arn, "tags_all": HEALTH}),
                instance({"name": "old"}, deposed="abcd1234"),
            ]),
            resource("aws_db_instance", "main", [{**database, "sensitive_attributes": hidden}], "module.store"),
        ],
        "check_results": None,
    }  # fmt: skip


def shown(state_file: Json) -> Json:
    """A state file as ``terraform show -json`` prints it."""
    modules: dict[str, list[Json]] = {}
    for each in state_file["resources"]:
        module = each.get("module", "")
        for one in each["instances"] if each["mode"] == "managed" else ():
            key = one.get("index_key")
            suffix = "" if key is None else f"[{json.dumps(key)}]"
            address = f"{module}.{each['type']}.{each['name']}{suffix}".lstrip(".")
            deposed = {"deposed_key": one["deposed"]} if "deposed" in one else {}
            modules.setdefault(module, []).append(
                listed(address, one["attributes"], {"password": True}, **deposed)
            )
    children = [
        {"address": name, "resources": found} for name, found in modules.items() if name
    ]
    root = {"resources": modules.get("", []), "child_modules": children}
    return {
        "format_version": "1.0",
        "terraform_version": "1.9.8",
        "values": {"root_module": root},
    }
