"""States and modules of other repositories, from end to end: verdicts alone, and with what others offer."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from sovlint.model.findings.finding import Verdict
from sovlint.model.offers import Offer, OfferKind
from sovlint.report import REPORTS
from sovlint.report.pieces.style import Style
from tests.offers_house import EEA, asked, looked_at, offered, said, verdicts

# --- states

PLATFORM = """\
terraform {
  backend "s3" {
    bucket = "etats"
    key    = "net/terraform.tfstate"
    region = "eu-west-3"
  }
}
provider "aws" {
  region = "%s"
}
variable "unset" {}
resource "aws_s3_bucket" "docs" {
  bucket = "docs"
}
resource "aws_db_instance" "db" {
  identifier = "db"
}
resource "aws_eks_cluster" "main" {
  name = "main"
}
output "arn" {
  value = aws_s3_bucket.docs.arn
}
output "bucket" {
  value = aws_s3_bucket.docs
}
output "host" {
  value     = aws_db_instance.db.address
  sensitive = true
}
output "cluster" {
  value = aws_eks_cluster.main.endpoint
}
output "region" {
  value = "%s"
}
output "unset" {
  value = var.unset
}
"""
READS = """\
data "terraform_remote_state" "net" {
  backend = "s3"
  config = {
    bucket = "etats"
    key    = "net/terraform.tfstate"
    region = "eu-west-3"
  }
}
locals {
  net = data.terraform_remote_state.net.outputs
}
"""
IN_REGION = """\
provider "aws" {
  region = local.net.%s
}
resource "aws_s3_bucket" "own" {
  bucket = "own"
  tags   = { data_class = "health" }
}
"""
PARIS = 'provider "aws" {\n  region = "eu-west-3"\n}\n'
FIREHOSE = (
    PARIS
    + """\
resource "aws_kinesis_firehose_delivery_stream" "own" {
  name        = "own"
  destination = "extended_s3"
  tags        = { data_class = "health" }
  extended_s3_configuration {
    role_arn   = "x"
    bucket_arn = local.net.%s
  }
}
"""
)
TASK = (
    PARIS
    + """\
resource "aws_ecs_task_definition" "own" {
  family = "own"
  tags   = { data_class = "health" }
  container_definitions = jsonencode([{
    name = "a", image = "a", environment = [{ name = "DATABASE_HOST", value = local.net.%s }]
  }])
}
"""
)
IN_CLUSTER = """\
provider "kubernetes" {
  host = local.net.%s
}
resource "kubernetes_stateful_set_v1" "own" {
  metadata {
    name   = "own"
    labels = { "sovlint.dev/data" = "health" }
  }
  spec {
    template {
      spec {
        container {
          name  = "a"
          image = "postgres"
        }
      }
    }
  }
}
"""
USES = {
    "region": (IN_REGION, "region"), "arn": (FIREHOSE, "arn"), "whole": (FIREHOSE, "bucket.arn"),
    "host": (TASK, "host"), "cluster": (IN_CLUSTER, "cluster"),
}  # fmt: skip
BAD = {"violation", "unproven"}


@cache
def _platform(region: str) -> Sequence[Offer]:
    with TemporaryDirectory() as folder:
        files = {"infra/main.tf": PLATFORM % (region, region)}
        return offered(Path(folder) / "platform", files, f"org/{region}")


@pytest.mark.parametrize("use", USES)
def test_what_another_repository_keeps_is_where_it_says(tmp_path: Path, use: str) -> None:
    text, name = USES[use]
    files = {"main.tf": READS + text % name}
    paris, virginia = _platform("eu-west-3"), _platform("us-east-1")
    alone, here, there, several = (
        said(looked_at(tmp_path / str(at), files, offers))
        for at, offers in enumerate(([], paris, virginia, [*paris, *virginia]))
    )
    assert "unproven" in alone - {"violation"}
    assert here == {"compliant"}
    assert "violation" in there
    assert "unproven" in several - {"violation"}


@pytest.mark.parametrize("name", ["unset", "absent"])
def test_what_nobody_knows_there_isnt_known_here(tmp_path: Path, name: str) -> None:
    files = {"main.tf": READS + IN_REGION % name}
    assert said(looked_at(tmp_path, files, _platform("eu-west-3"))) == {"unproven"}


def test_a_chain_goes_on_in_the_other_repository(tmp_path: Path) -> None:
    found = looked_at(tmp_path, {"main.tf": READS + TASK % "host"}, _platform("us-east-1"))
    data = json.loads(REPORTS["json"](found.report, "fr", Style(False, 80)))
    (bad,) = [
        each
        for each in data["findings"]
        if (each["policy"], each["verdict"]) == (EEA, "violation")
    ]
    frames = [(each.get("repository"), each["path"], each["line"]) for each in bad["because"]]
    assert (None, "main.tf", 1) in frames
    assert ("org/us-east-1", "infra/main.tf", 9) in frames
    assert "org/us-east-1: infra/main.tf:9" in REPORTS["text"](
        found.report, "en", Style(False, 80)
    )


def test_what_is_passed_on_by_a_third_is_where_the_first_made_it(tmp_path: Path) -> None:
    own = PLATFORM[: PLATFORM.index('provider "aws"')].replace("net/", "relay/")
    relay = (
        own
        + READS
        + 'output "host" {\n  value = local.net.host\n}\noutput "all" {\n  value = local.net\n}\n'
    )
    files = {"main.tf": (READS + TASK % "host").replace("net/", "relay/")}
    for region, verdict in (("eu-west-3", "compliant"), ("us-east-1", "violation")):
        first = _platform(region)
        made = looked_at(tmp_path / f"relay{region}", {"main.tf": relay}, first).offers
        second = [replace(each, repository="org/relay") for each in made]
        assert verdict in said(looked_at(tmp_path / region, files, second))


def test_a_state_that_is_kept_here_comes_first(tmp_path: Path) -> None:
    files = {
        "net/main.tf": PLATFORM % ("eu-west-3", "eu-west-3"),
        "main.tf": READS + IN_REGION % "region",
    }
    found = looked_at(tmp_path, files, _platform("us-east-1"))
    assert said(found) == {"compliant"}
    assert asked(found, OfferKind.STATE) == []


def test_variants_of_a_root_offer_one_of_several(tmp_path: Path) -> None:
    text = PLATFORM % ("eu-west-3", "${var.region}") + 'variable "region" {}\n'
    files = {
        "infra/main.tf": text, "infra/fr.tfvars": 'region = "eu-west-3"\n', "infra/ie.tfvars": 'region = "eu-west-1"\n',
        "sovlint.yaml": "terraform:\n  roots:\n    - path: infra\n      variants: ['*.tfvars']\n",
    }  # fmt: skip
    offers = offered(tmp_path / "platform", files, "org/platform")
    assert len(offers) == 2
    reads = {"main.tf": READS + IN_REGION % "region"}
    assert said(looked_at(tmp_path / "a", reads, offers)) == {
        "compliant"
    }  # both are in the EEA
    virginia = [*offers, *_platform("us-east-1")]
    assert said(looked_at(tmp_path / "b", reads, virginia)) == {"unproven"}


def _unknown(data: Any, at: Sequence[int]) -> Any:
    """The same with one value in it that isn't known: the one that the numbers lead to."""
    inner: list[tuple[str, Any]] = []
    for key in ("map", "entries", "list", "set", "among"):
        held = data.get(key)
        inner += [
            (key, each)
            for each in (held if isinstance(held, dict) else range(len(held or ())))
        ]
    if not at or not inner:
        return {"why": "computed-at-apply"}
    key, each = inner[at[0] % len(inner)]
    if isinstance(data[key], list):
        changed = [
            _unknown(one, at[1:]) if number == each else one
            for number, one in enumerate(data[key])
        ]
        return {**data, key: changed}
    return {**data, key: {**data[key], each: _unknown(data[key][each], at[1:])}}


@settings(max_examples=25)
@given(
    st.sampled_from(sorted(USES)),
    st.sampled_from(["eu-west-3", "us-east-1"]),
    st.lists(st.integers(0, 50), max_size=3),
    st.booleans(),
)
def test_what_is_known_less_of_is_never_judged_better(
    use: str, region: str, at: list[int], without_facts: bool
) -> None:
    text, name = USES[use]
    (offer,) = _platform(region)
    output = dict(offer.outputs[name.partition(".")[0]])
    if without_facts:
        things = output.get("things", {})
        output["things"] = {key: {**each, "facts": {}} for key, each in things.items()}
    else:
        output["value"] = _unknown(output["value"], at)
    less = replace(offer, outputs={**offer.outputs, name.partition(".")[0]: output})
    files = {"main.tf": READS + text % name}
    with TemporaryDirectory() as folder:
        known = verdicts(looked_at(Path(folder) / "a", files, [offer]))
        unknown = verdicts(looked_at(Path(folder) / "b", files, [less]))
    fine = {address for _, address in known} - {
        address for verdict, address in known if verdict in BAD
    }
    still = {address for _, address in unknown} - {
        address for verdict, address in unknown if verdict in BAD
    }
    assert still <= fine


# --- modules

KEY = "gitlab.mutuelle.example/org/modules//db?ref=v3"
SOURCE = "git::ssh://git@gitlab.mutuelle.example:2222/org/modules.git//db?ref=v3"
CALL = """\
provider "aws" {
  region = "%s"
}
module "db" {
  source = "%s"
  region = "%s"
  tags   = { data_class = "health" }
}
"""
MODULE = {
    "main.tf": """\
variable "region" {}
variable "tags" {}
provider "aws" {
  alias  = "there"
  region = var.region
}
resource "aws_db_instance" "this" {
  provider   = aws.there
  identifier = "db"
  tags       = var.tags # sovlint:ignore[health-data-in-eea] we said so
}
module "other" {
  source = "../other"
  tags   = var.tags
}
output "arn" {
  value = aws_db_instance.this.arn
}
""",
    "../other/main.tf": 'variable "tags" {}\nresource "aws_s3_bucket" "b" {\n  tags = var.tags\n}\n',
}


def _module(files: dict[str, str], key: str = KEY, repository: str = "org/modules") -> Offer:
    return Offer(
        OfferKind.MODULE, (key,), "db", 1, repository=repository, commit="c0ffee", files=files
    )


def test_a_module_is_read_where_another_repository_offers_it(tmp_path: Path) -> None:
    files = {"main.tf": CALL % ("eu-west-3", SOURCE, "us-east-1")}
    alone = looked_at(tmp_path / "a", files)
    assert verdicts(alone) == {("unproven", "module.db")}
    assert asked(alone, OfferKind.MODULE) == [KEY]
    found = looked_at(tmp_path / "b", files, [_module(MODULE)])
    assert verdicts(found) == {
        ("violation", "module.db.aws_db_instance.this"),
        ("compliant", "module.db.module.other.aws_s3_bucket.b"),
    }
    moved = {"main.tf": CALL % ("eu-west-3", SOURCE, "eu-west-1")}
    assert said(looked_at(tmp_path / "c", moved, [_module(MODULE)])) == {"compliant"}
    assert found.report.failures == ()
    assert found.read.reading.files == ("main.tf",)


def test_it_is_told_at_the_call_with_what_stands_in_the_other_repository(
    tmp_path: Path,
) -> None:
    found = looked_at(
        tmp_path, {"main.tf": CALL % ("eu-west-3", SOURCE, "us-east-1")}, [_module(MODULE)]
    )
    (bad,) = [
        each
        for each in found.report.findings
        if (each.policy, each.verdict) == (EEA, Verdict.VIOLATION)
    ]
    assert bad.span.position == "main.tf:4:1"
    assert bad.suppressed is None  # what another repository excuses isn't excused here
    text = REPORTS["text"](found.report, "en", Style(False, 100, full=True))
    assert "::: org/modules@v3:/db/main.tf:" in text
    assert 'resource "aws_db_instance" "this"' in text
    forms = {"json": '"repository": "org/modules"', "sarif": "org/modules@v3:/db/main.tf:"}
    for form, named in forms.items():
        assert named in REPORTS[form](found.report, "fr", Style(False, 100))


def test_only_the_revision_that_is_asked_for_will_do(tmp_path: Path) -> None:
    files = {"main.tf": CALL % ("eu-west-3", SOURCE.replace("v3", "v4"), "us-east-1")}
    assert verdicts(looked_at(tmp_path, files, [_module(MODULE)])) == {
        ("unproven", "module.db")
    }


def test_of_several_that_are_cloned_from_there_none_is_read(tmp_path: Path) -> None:
    files = {"main.tf": CALL % ("eu-west-3", SOURCE, "eu-west-3")}
    several = [_module(MODULE), _module(MODULE, repository="org/fork")]
    found = looked_at(tmp_path, files, several)
    assert verdicts(found) == {("unproven", "module.db")}
    assert [each.note.key for each in found.report.remarks] == ["terraform.module-of-several"]


def test_modules_that_call_each_other_across_repositories_end(tmp_path: Path) -> None:
    other = "git::https://gitlab.mutuelle.example/org/others//x"
    one = {
        "main.tf": f'variable "region" {{}}\nvariable "tags" {{}}\nmodule "x" {{\n  source = "{other}"\n}}\n'
    }
    two = {"main.tf": CALL % ("eu-west-3", SOURCE, "eu-west-3")}
    offers = [
        _module(one),
        _module(two, "gitlab.mutuelle.example/org/others//x", "org/others"),
    ]
    found = looked_at(
        tmp_path, {"main.tf": CALL % ("eu-west-3", SOURCE, "eu-west-3")}, offers
    )
    assert ("unproven", "module.db.module.x.module.db") in verdicts(found)


@pytest.mark.parametrize(
    "files",
    [
        {f"{number}.tf": "" for number in range(10_000)},
        {"main.tf": "#" * (21 << 20)},
        {"../../main.tf": 'resource "aws_s3_bucket" "b" {}\n', "/etc/main.tf": ""},
        {},
    ],
)
def test_what_is_hostile_is_not_taken(tmp_path: Path, files: dict[str, str]) -> None:
    call = {"main.tf": CALL % ("eu-west-3", SOURCE, "eu-west-3")}
    assert verdicts(looked_at(tmp_path, call, [_module(files)])) == {
        ("unproven", "module.db")
    }


def test_a_module_reads_and_calls_nothing_of_this_repository(tmp_path: Path) -> None:
    call = 'module "%s" {\n  source = "%s"\n  tags = var.tags\n}\n'
    leads_out = {
        "main.tf": 'variable "region" {}\nvariable "tags" {}\n'
        + call % ("out", "../../../infra")
        + call % ("deep", "../../../../../infra")
    }
    files = {
        "main.tf": CALL % ("eu-west-3", SOURCE, "eu-west-3"),
        "infra/main.tf": 'resource "aws_s3_bucket" "b" {\n  tags = { data_class = "health" }\n}\n',
    }
    found = verdicts(looked_at(tmp_path, files, [_module(leads_out)]))
    assert found == {
        ("unproven", "module.db.module.out"),
        ("unproven", "module.db.module.deep"),
    }


def test_nothing_is_laid_over_a_file_that_is_here(tmp_path: Path) -> None:
    files = {
        "main.tf": CALL % ("eu-west-3", SOURCE, "eu-west-3"),
        "org/modules@v3:/db/main.tf": 'resource "aws_s3_bucket" "b" {\n  tags = { data_class = "health" }\n}\n',
    }
    found = looked_at(tmp_path, files, [_module(MODULE)])
    assert {each.resource.address for each in found.report.placed} == {
        "module.db",
        "aws_s3_bucket.b",
    }


UNIT = """\
terraform {
  source = "%s"
}
inputs = {
  region = "%s"
  tags   = { data_class = "health" }
}
generate "provider" {
  path      = "provider.tf"
  if_exists = "overwrite"
  contents  = <<EOT
provider "aws" {
  region = "eu-west-3"
}
EOT
}
"""
DEPENDS = """\
terraform {
  source = "../../app"
}
dependency "db" {
  config_path = "../db"
}
inputs = {
  arn = dependency.db.outputs.arn
}
"""


def test_a_unit_of_terragrunt_is_of_a_module_that_is_offered(tmp_path: Path) -> None:
    files = {
        "live/db/terragrunt.hcl": UNIT % (SOURCE, "us-east-1"), "live/app/terragrunt.hcl": DEPENDS,
        "app/main.tf": 'variable "arn" {}\n' + FIREHOSE % "x",
    }  # fmt: skip
    alone = looked_at(tmp_path / "a", files)
    assert asked(alone, OfferKind.MODULE) == [KEY]
    assert ("unproven", "module.db") in verdicts(alone)
    found = verdicts(looked_at(tmp_path / "b", files, [_module(MODULE)]))
    assert ("violation", "aws_db_instance.this") in found
    assert ("compliant", "module.other.aws_s3_bucket.b") in found


# --- bases of Kustomize

POD = """\
apiVersion: v1
kind: Pod
metadata: {name: %s, labels: {sovlint.dev/data: health}}
spec: {containers: [{name: a, image: postgres}]}
"""


@pytest.mark.parametrize(
    "written",
    [
        "https://github.com/org/bases//over?ref=v1",
        "github.com/org/bases/over?ref=v1",
        "git@github.com:org/bases.git//over?ref=v1",
    ],
)
def test_a_base_of_another_repository_is_built(tmp_path: Path, written: str) -> None:
    files = {
        "live/kustomization.yaml": f"namespace: prod\nresources:\n- {written}\n",
        "sovlint.yaml": "clusters:\n- {paths: ['live/**'], provider: aws, region: us-east-1}\n",
    }
    base = {
        "kustomization.yaml": "namePrefix: x-\nresources: [pod.yaml, ../base, ../../../../live/secret.yaml]\n",
        "pod.yaml": POD % "a",
        "../base/kustomization.yaml": "resources: [pod.yaml]\n",
        "../base/pod.yaml": POD % "b",
    }
    assert verdicts(looked_at(tmp_path / "a", files)) == set()
    offer = _module(base, "github.com/org/bases//over?ref=v1", "org/bases")
    found = looked_at(tmp_path / "b", files, [offer])
    assert verdicts(found) == {
        ("violation", "k8s:prod/Pod/x-a"),
        ("violation", "k8s:prod/Pod/x-b"),
    }
    assert {each.span.position for each in found.report.findings} == {
        "live/kustomization.yaml:3:3"
    }
