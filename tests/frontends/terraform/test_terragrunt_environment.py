"""Terragrunt's units where only the environment decides: what is given, and what may be one of a few."""

from __future__ import annotations

import pytest

from sovlint.model.inputs import ReadOptions
from sovlint.model.resources.resource import Resource
from sovlint.model.value import Known, Unknown, unroll
from tests.frontends.terraform.house import read

MODULE = """
variable "region" { default = "none" }
resource "cloud_bucket" "b" { bucket = var.region }
resource "cloud_bucket" "far" { provider = cloud.far }
"""
OTHER = 'variable "region" { default = "none" }\nresource "cloud_queue" "q" { name = var.region }\n'
VALUES = {
    "live/a/dev.tfvars": 'region = "eu-west-1"\n',
    "live/a/prod.tfvars": 'region = "us-east-1"\n',
    "live/a/notes.txt": 'region = "nowhere"\n',
    "live/a/deep/test.tfvars": 'region = "eu-north-1"\n',
}


def found(
    unit: str, environment: dict[str, str] | None = None
) -> dict[tuple[str, str | None], Resource]:
    """The resources of a unit by address and variant."""
    files: dict[str, str | bytes | None] = {
        "modules/m/main.tf": MODULE,
        "modules/n/main.tf": OTHER,
        "live/a/terragrunt.hcl": unit,
        **VALUES,
    }
    reading = read(files, ReadOptions(environment=environment or {}))
    return {
        (each.address, each.variant): each
        for each in reading.resources
        if each.root == "live/a"
    }


def argument(resource: Resource, name: str = "bucket") -> object:
    """The value of an argument, or all that it may be; `?`: nobody knows."""
    (one,) = resource.attributes.read(name)
    if isinstance(one.value, Known):
        return one.value.value
    members = one.value.among or ()
    return tuple(each.value for each in members) or "?"


def region(resource: Resource) -> object:
    """The region of a resource's provider block, if it is known."""
    assert resource.binding is not None
    values = [each.value for each in resource.binding.settings.read("region")]
    return values[0].value if values and isinstance(values[0], Known) else "?"


def unit(inputs: str, source: str = '"../../modules/m"', rest: str = "") -> str:
    return f"terraform {{\n  source = {source}\n}}\ninputs = {{ region = {inputs} }}\n{rest}"


@pytest.mark.parametrize(
    ("call", "environment", "value"),
    [
        ('get_env("R")', {}, "?"),
        ('get_env("R")', {"R": "eu-west-3"}, "eu-west-3"),
        ('get_env("R", "us-east-1")', {}, "us-east-1"),
        ('get_env("R", "us-east-1")', {"R": "eu-west-3"}, "eu-west-3"),
        ('get_env("R")', {"S": "eu-west-3"}, "?"),
        ('get_env("R") == "" ? "none" : "some"', {"R": ""}, "none"),
    ],
)
def test_a_variable_of_the_environment_is_what_is_given(
    call: str, environment: dict[str, str], value: object
) -> None:
    bucket = found(unit(call), environment)["cloud_bucket.b", None]
    assert argument(bucket) == value


def test_what_is_given_says_so() -> None:
    bucket = found(unit('get_env("R", "x")'), {"R": "y"})["cloud_bucket.b", None]
    (one,) = bucket.attributes.read("bucket")
    keys = [step.note.key for step in unroll(one.value.because)]
    assert "terraform.environment-given" in keys
    assert "terraform.get-env" not in keys


@pytest.mark.parametrize(
    "source",
    [
        'get_env("E") == "x" ? "../../modules/m" : "../../modules/n"',
        '"../../modules/${get_env("E") == "x" ? "m" : "n"}"',
        '"${get_repo_root()}/modules/${get_env("E") == "x" ? "m" : "n"}"',
        '"${get_repo_root()}//modules/${get_env("E") == "x" ? "m" : "n"}?ref=v1"',
    ],
)
def test_both_arms_of_a_source_are_read_and_may_be_there(source: str) -> None:
    resources = found(unit('"eu-west-1"', source))
    addresses = {address for address, _ in resources}
    assert addresses == {"cloud_bucket.b", "cloud_bucket.far", "cloud_queue.q"}
    assert len({variant for _, variant in resources}) == 2
    for each in resources.values():
        assert isinstance(each.exists, Unknown)
        assert each.exists.text() == "from-environment: env.E"
    (queue,) = (each for each in resources.values() if each.type == "cloud_queue")
    assert argument(queue, "name") == "eu-west-1"


def test_an_arm_that_is_not_here_is_a_module_that_is_not_here() -> None:
    source = 'get_env("E") == "x" ? "../../modules/m" : "git::https://example.org/acme/n.git"'
    resources = found(unit('"eu-west-1"', source))
    (call,) = (each for each in resources.values() if each.is_elsewhere)
    assert call.unreadable is not None
    assert call.unreadable.detail == "git::https://example.org/acme/n.git"
    assert isinstance(call.exists, Unknown)


def test_a_condition_that_is_known_chooses() -> None:
    source = 'get_env("E") == "x" ? "../../modules/m" : "../../modules/n"'
    resources = found(unit('"eu-west-1"', source), {"E": "x"})
    assert set(resources) == {("cloud_bucket.b", None), ("cloud_bucket.far", None)}
    assert all(isinstance(each.exists, Known) for each in resources.values())


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ('"dev.tfvars"', "eu-west-1"),
        ('"${get_env("E")}.tfvars"', ("eu-west-1", "us-east-1")),
        ('"./${get_env("E")}.tfvars"', ("eu-west-1", "us-east-1")),
        ('"../a/${get_env("E")}.tfvars"', ("eu-west-1", "us-east-1")),
        ('"${get_env("E")}/test.tfvars"', "?"),  # the folder may be any
        ('"p${get_env("E")}.tfvars"', "us-east-1"),
        ('"${get_env("E")}.json"', "?"),  # none fits
        ('"${get_env("E") == "x" ? "dev" : "prod"}.tfvars"', ("eu-west-1", "us-east-1")),
    ],
)
def test_a_file_of_values_is_one_of_those_that_fit(path: str, value: object) -> None:
    text = unit(f"jsondecode(read_tfvars_file({path})).region")
    assert argument(found(text)["cloud_bucket.b", None]) == value


GENERATED = """
generate "p" {
  path      = "p.tf"
  if_exists = "overwrite"
  contents  = <<EOF
WRITTEN
EOF
}
"""
NEAR = 'provider "cloud" {\n  region = "eu-west-3"\n}\n'
FAR = 'provider "cloud" {\n  alias  = "far"\n  region = "us-east-2"\n}\n'
UNKNOWN = '${get_env("E")}\n'
LOOP = '%{ for each in split(",", get_env("E")) }\n# ${each}\n%{ endfor }\n'
IN_LOOP = '%{ for each in ["far"] }\nprovider "cloud" {\n  alias  = "${each}"\n  region = "${get_env("E")}"\n}\n%{ endfor }'
ANY_ALIAS = FAR.replace('"far"', '"${get_env("E")}"')


@pytest.mark.parametrize(
    ("written", "near", "far"),
    [
        (NEAR + FAR, "eu-west-3", "us-east-2"),
        # What isn't known may write further blocks, and no second one of these.
        (NEAR + UNKNOWN + FAR, "eu-west-3", "us-east-2"),
        (NEAR + FAR + LOOP, "eu-west-3", "us-east-2"),
        # Within a block it may say anything.
        (NEAR + FAR.replace("}", UNKNOWN + "}"), "?", "?"),
        # A loop writes the alias; the region alone isn't known.
        (NEAR + IN_LOOP, "eu-west-3", "?"),
        # An alias that isn't known may be the one that is asked for, and is no default.
        (ANY_ALIAS, "?", "?"),
        (NEAR + ANY_ALIAS, "eu-west-3", "?"),
    ],
)
def test_aliases_of_generated_provider_blocks(
    written: str, near: object, far: object
) -> None:
    resources = found(unit('"x"', rest=GENERATED.replace("WRITTEN", written)))
    assert region(resources["cloud_bucket.b", None]) == near
    assert region(resources["cloud_bucket.far", None]) == far
