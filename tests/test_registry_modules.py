"""Calls of published modules whose code isn't here: what the catalogue's entries say of them, judged by hand."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from sovlint.configuration import read_config
from sovlint.lint import lint
from sovlint.model.findings.finding import Report, Verdict
from sovlint.model.placement import Placed
from sovlint.model.request import Request
from sovlint.model.value import Known, unroll
from sovlint.report.messages import say
from sovlint.stages.run import Run
from tests.catalog.house import SOURCES, folder

ROOT = 'terraform {\n  backend "local" {}\n}\n'
PARIS = 'provider "aws" {\n  region = "eu-west-3"\n}\n'
OHIO = 'provider "aws" {\n  alias  = "us"\n  region = "us-east-2"\n}\n'
S3 = "terraform-aws-modules/s3-bucket/aws"
HEALTH = 'tags = { data-classification = "health" }'
KEPT = """
modules:
  acme/kept/aws:
    repository: github.com/acme/terraform-aws-kept
    plugins: {aws: hashicorp/aws}
    ranges:
      - versions: ">= 1.0.0, < 2.0.0"
        source: annual
        defaults: {create: true, engine: postgres}
        makes:
          module.db.aws_db_instance.this:
            when: [var.create]
            never: [replicate_source_db]
            sets: {identifier: var.name, tags: {merged: [var.tags, var.db_tags]},
                   region: {first: [var.db_region, var.region]}}
          aws_lambda_function.own:
            sets: {function_name: {fixed: own}, environment.variables: var.environment_variables, region: var.region}
          aws_sqs_queue.each:
            for_each: var.queues
            sets: {name: each.key, tags: each.value.tags, region: var.region}
          aws_efs_file_system.zonal:
            sets: {region: {when: var.regional, first: [var.region], otherwise: [var.regions.0.name]}}
          aws_sns_topic.named:
            for_each: var.topics
            of_list: true
            sets: {name: each.value, region: var.region}
          aws_dynamodb_table.one:
            when: [var.with_table]
            one: true
            sets: {name: var.name, region: var.region}
            never: [replica, global_table_witness]
        outputs: {db: module.db.aws_db_instance.this.identifier, table: aws_dynamodb_table.one.name}
      - versions: ">= 2.0.0"
        source: known
        whole: 2.1.0
        makes:
          aws_s3_bucket.this: {sets: {bucket: var.name, tags: var.tags}, never: [region, replication_configuration]}
"""


def report(at: Path, text: str, entries: str = "") -> Report:
    (at / "main.tf").write_text(ROOT + text)
    if entries:
        folder(at / "own", modules__acme=entries + SOURCES)
    own = (at / "own",) if entries else ()
    request = Request((at,), as_of=date(2026, 11, 28), catalog=own, trust_overlay=bool(own))
    return lint(Run(request))


def call(source: str, version: str, body: str = HEALTH) -> str:
    said = f'\n  version = "{version}"' if version else ""
    return f'module "m" {{\n  source = "{source}"{said}\n  {body}\n}}\n'


def placed(found: Report) -> Mapping[str, Placed]:
    """What the module makes, by address."""
    return {
        each.resource.address: each
        for each in found.placed
        if each.resource.address.startswith("module.m")
    }


def regions(found: Report) -> dict[str, str]:
    """The regions of what it makes, but for what stands for the rest of it; `?`: not known."""
    return {
        address.removeprefix("module.m."): str(place.region.value)
        if isinstance(place.region, Known)
        else "?"
        for address, each in placed(found).items()
        for place in each.placements
        if not each.resource.is_elsewhere
    }


@pytest.mark.parametrize(
    ("source", "version"),
    [
        (S3, "~> 4.1"),
        (S3, "5.2.0"),
        (f"registry.terraform.io/{S3}", "4.1.2"),
        ("github.com/terraform-aws-modules/terraform-aws-s3-bucket?ref=v4.1.2", ""),
        ("git::https://github.com/terraform-aws-modules/terraform-aws-s3-bucket.git?ref=v5.0.0", ""),
    ],
)  # fmt: skip
def test_a_version_in_range_is_a_placement_and_the_rest_stays_unproven(
    tmp_path: Path, source: str, version: str
) -> None:
    found = report(tmp_path, PARIS + call(source, version))
    assert regions(found) == {"aws_s3_bucket.this[0]": "eu-west-3"}
    bucket, rest = placed(found)["module.m.aws_s3_bucket.this[0]"], placed(found)["module.m"]
    assert [each.data_class for each in bucket.classes.claims] == ["health"]
    assert rest.resource.is_elsewhere
    verdicts = {
        (each.resource.address, each.verdict)
        for each in found.findings
        if each.policy == "health-data-in-eea"
    }
    assert verdicts == {
        ("module.m.aws_s3_bucket.this[0]", Verdict.COMPLIANT),
        ("module.m", Verdict.UNPROVEN),
    }


@pytest.mark.parametrize(
    ("source", "version"),
    [
        (S3, ""),  # the newest, which is none that was read
        (S3, ">= 4.0"),
        (S3, "2.9.0"),
        (S3, "99.0.0"),
        (f"{S3}//modules/unread", "4.1.2"),
        ("github.com/terraform-aws-modules/terraform-aws-s3-bucket?ref=main", ""),
        ("github.com/somebody/terraform-aws-s3-bucket?ref=v4.1.2", ""),
    ],
)
def test_any_other_version_or_source_is_not_known_at_all(
    tmp_path: Path, source: str, version: str
) -> None:
    found = report(tmp_path, PARIS + call(source, version))
    assert list(placed(found)) == ["module.m"]
    assert placed(found)["module.m"].resource.entry is None


def test_an_argument_that_no_version_has_which_was_read(tmp_path: Path) -> None:
    """Version 4 takes no region: whoever gives one gets another."""
    found = report(tmp_path, PARIS + call(S3, "~> 4.1", 'region = "us-east-1"'))
    assert list(placed(found)) == ["module.m"]


def test_because_names_the_entry_and_evidence_its_source(tmp_path: Path) -> None:
    found = placed(report(tmp_path, PARIS + call(S3, "4.1.2")))
    (place,) = found["module.m.aws_s3_bucket.this[0]"].placements
    said = [say(step.note, "en") for each in place.because for step in unroll(each)]
    assert (
        "the code of this module isn't here; by the catalogue's entry of terraform-aws-modules/s3-bucket/aws, "
        "versions >= 3.0.0, < 5.0.0, it makes aws_s3_bucket" in said
    )
    shown = [each for each in place.evidence if each.shows == "module"]
    assert [(each.about, each.source.url) for each in shown] == [
        (S3, "https://github.com/terraform-aws-modules/terraform-aws-s3-bucket")
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("providers = { aws = aws.us }", {"aws_s3_bucket.this[0]": "us-east-2"}),
        ('region = "us-west-1"', {"aws_s3_bucket.this[0]": "us-west-1"}),
        ("region = var.somewhere", {"aws_s3_bucket.this[0]": "?"}),
        ("create_bucket = false", {}),
        ("is_directory_bucket = true", {}),
        (
            'for_each = toset(["a", "b"])\n  bucket = each.key',
            {'a"].aws_s3_bucket.this[0]': "eu-west-3", 'b"].aws_s3_bucket.this[0]': "eu-west-3"},
        ),
    ],
)  # fmt: skip
def test_arguments_mean_what_they_do_in_the_module(
    tmp_path: Path, body: str, expected: dict[str, str]
) -> None:
    found = report(
        tmp_path, PARIS + OHIO + 'variable "somewhere" {}\n' + call(S3, "5.1.0", body)
    )
    said = {key.removeprefix('module.m["'): value for key, value in regions(found).items()}
    assert said == expected


def test_what_may_not_be_made_is_there_perhaps(tmp_path: Path) -> None:
    text = (
        PARIS
        + 'variable "some" {}\n'
        + call(S3, "5.1.0", "create_bucket = var.some == 1 + 1")
    )
    (bucket,) = [
        each
        for address, each in placed(report(tmp_path, text)).items()
        if address != "module.m"
    ]
    assert not isinstance(bucket.resource.exists, Known)


def test_every_form_of_an_entry(tmp_path: Path) -> None:
    """Nested addresses, what is merged, first or fixed, one for each element, and a region for some of it."""
    body = """
  name = "claims"
  db_tags = { data-classification = "health" }
  db_region = "eu-central-1"
  region = "eu-north-1"
  queues = { in = { tags = {} }, out = { tags = { data-classification = "claims" } } }
  topics = ["a", "b"]
  with_table = true
  regional = false
  regions = [{ name = "eu-south-1" }, { name = "us-east-1" }]
  environment_variables = { SENTRY_DSN = "https://k@o1.ingest.us.sentry.io/1" }
"""
    text = (
        PARIS
        + call("acme/kept/aws", "1.0.0", body)
        + 'resource "aws_s3_bucket" "x" {\n  bucket = module.m.db\n  tags = { a = module.m.other }\n}\n'
    )
    found = report(tmp_path, text, KEPT)
    all_placed = placed(found)
    assert {key: value for key, value in regions(found).items() if "own" not in key} == {
        "module.db.aws_db_instance.this[0]": "eu-central-1",
        'aws_sqs_queue.each["in"]': "eu-north-1",
        'aws_sqs_queue.each["out"]': "eu-north-1",
        'aws_sns_topic.named["a"]': "eu-north-1",
        'aws_sns_topic.named["b"]': "eu-north-1",
        "aws_dynamodb_table.one": "eu-north-1",
        "aws_efs_file_system.zonal": "eu-south-1",
    }
    classes = {
        address: [each.data_class for each in one.classes.claims if each.how == "declared"]
        for address, one in all_placed.items()
    }
    assert classes["module.m.module.db.aws_db_instance.this[0]"] == ["health"]
    assert classes['module.m.aws_sqs_queue.each["out"]'] == ["claims"]
    function = all_placed["module.m.aws_lambda_function.own"].placements
    assert ("sentry", "SENTRY_DSN") in {
        (str(each.provider.value), each.sent)
        for each in function
        if isinstance(each.provider, Known)
    }
    # What the function is given is told there, and not again of the rest of the module.
    assert [each.sent for each in all_placed["module.m"].placements] == [""]
    (bucket,) = [each for each in found.placed if each.resource.address == "aws_s3_bucket.x"]
    assert [str(each.value.value) for each in bucket.resource.attributes.read("bucket")] == [
        "claims"
    ]  # type: ignore[union-attr]
    (other,) = bucket.resource.attributes.read("tags.a")
    assert other.value.text() == "remote-module: acme/kept/aws"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("version", "rest"),
    [("2.1.0", []), ("2.0.0", []), ("2.1.1", ["module.m"]), ("", ["module.m"])],
)
def test_an_entry_that_is_whole_leaves_nothing_unproven(
    tmp_path: Path, version: str, rest: list[str]
) -> None:
    found = report(
        tmp_path, PARIS + call("acme/kept/aws", version, f'name = "a"\n  {HEALTH}'), KEPT
    )
    assert regions(found) == {"aws_s3_bucket.this": "eu-west-3"}
    assert sorted(placed(found)) == [*rest, "module.m.aws_s3_bucket.this"]


@pytest.mark.parametrize("glob", ["module.m", "module.m.*", "module.m.module.db.*", "**"])
def test_what_is_said_of_the_call_is_said_of_what_it_makes(tmp_path: Path, glob: str) -> None:
    """Before the module was known, a class could only be declared of all of it."""
    (tmp_path / "main.tf").write_text(
        ROOT + PARIS + call("acme/kept/aws", "1.0.0", 'name = "a"')
    )
    folder(tmp_path / "own", modules__acme=KEPT + SOURCES)
    (tmp_path / "sovlint.yaml").write_text(f'data: {{addresses: {{"{glob}": [health]}}}}\n')
    read = read_config.load(tmp_path / "sovlint.yaml", tmp_path)
    own = (tmp_path / "own",)
    request = Request((tmp_path,), as_of=date(2026, 11, 28), catalog=own, trust_overlay=True)
    database = placed(lint(Run(request, read)))["module.m.module.db.aws_db_instance.this[0]"]
    assert [each.data_class for each in database.classes.claims] == ["health"]


def test_code_that_is_here_wins_over_the_entry(tmp_path: Path) -> None:
    fetched = tmp_path / ".terraform/modules"
    (fetched / "m").mkdir(parents=True)
    (fetched / "m/main.tf").write_text('resource "aws_efs_file_system" "own" {}\n')
    entry = {"Key": "m", "Source": f"registry.terraform.io/{S3}", "Version": "4.1.2"}
    index = {"Modules": [{**entry, "Dir": ".terraform/modules/m"}]}
    (fetched / "modules.json").write_text(json.dumps(index))
    found = report(tmp_path, PARIS + call(S3, "4.1.2", ""))
    assert list(placed(found)) == ["module.m.aws_efs_file_system.own"]


def test_the_note_on_what_is_not_here_says_that_part_of_it_is_known(tmp_path: Path) -> None:
    for language, words in (("en", "(1, in part)"), ("fr", "(1, en partie)")):
        found = report(tmp_path, PARIS + call(S3, "4.1.2", ""))
        assert [True for each in found.remarks if words in say(each.note, language)] == [True]


def test_a_unit_of_terragrunt_names_a_module_and_its_version(tmp_path: Path) -> None:
    """Its provider block is one that Terragrunt writes, and its inputs are the arguments."""
    unit = f"""
terraform {{
  source = "tfr:///{S3}?version=4.1.2"
}}
inputs = {{ tags = {{ data-classification = "health" }} }}
generate "provider" {{
  path      = "provider.tf"
  if_exists = "overwrite"
  contents  = <<EOT
provider "aws" {{
  region = "eu-west-3"
}}
EOT
}}
"""
    (tmp_path / "m").mkdir()
    (tmp_path / "m/terragrunt.hcl").write_text(unit)
    found = lint(Run(Request(paths=(tmp_path,), as_of=date(2026, 11, 28))))
    assert regions(found) == {"aws_s3_bucket.this[0]": "eu-west-3"}
    bucket = placed(found)["module.m.aws_s3_bucket.this[0]"]
    assert [each.data_class for each in bucket.classes.claims] == ["health"]
