"""What copies by ARN, name or call, in types that a list has and in types that none has: judged by hand."""

from __future__ import annotations

import pytest

from sovlint.model.placement import How
from tests.resolve.house import resolved

HEAD = """
provider "aws" {
  region = "eu-west-3"
}
provider "aws" {
  alias  = "us"
  region = "us-east-1"
}
resource "aws_s3_bucket" "claims" {
  bucket = "acme-claims"
  tags   = { data-classification = "health" }
}
resource "aws_s3_bucket" "copy" {
  provider = aws.us
  bucket   = "acme-copy"
}
"""


def carried(text: str, address: str) -> set[tuple[str, How]]:
    placed = resolved(HEAD + text)[0][address]
    return {
        (each.data_class, each.how)
        for each in placed.classes.claims
        if each.how is not How.INFERRED
    }


HEALTH = {("health", How.PROPAGATED)}


@pytest.mark.parametrize(
    "arguments",
    [
        'source_arn = "arn:aws:s3:::acme-claims"',
        'source_bucket = "acme-claims"',
        "source_bucket = aws_s3_bucket.claims.id",
        'source {\n    location = "arn:aws:s3:::acme-claims"\n  }',
    ],
)
@pytest.mark.parametrize("kind", ["acme_replica", "zeta_import"])
def test_a_copy_of_a_type_that_nobody_lists_has_the_class_of_its_source(
    kind: str, arguments: str
) -> None:
    assert carried(f'resource "{kind}" "r" {{\n  {arguments}\n}}\n', f"{kind}.r") == HEALTH


def test_and_hands_it_on_to_its_target() -> None:
    text = (
        'resource "acme_mirror" "m" {\n  source_bucket = aws_s3_bucket.claims.id\n'
        "  destination {\n    bucket = aws_s3_bucket.copy.bucket\n  }\n}\n"
    )
    assert carried(text, "aws_s3_bucket.copy") == HEALTH


@pytest.mark.parametrize(
    "arguments",
    [
        "target_bucket = aws_s3_bucket.claims.id",
        "bucket = aws_s3_bucket.claims.id",
        'source_bucket = "acme-claim"',
        "source_code_hash = aws_s3_bucket.copy.id",
    ],
)
def test_a_target_a_mere_mention_and_another_name_give_no_class(arguments: str) -> None:
    assert (
        carried(f'resource "acme_replica" "r" {{\n  {arguments}\n}}\n', "acme_replica.r")
        == set()
    )


def test_a_key_gets_no_class_by_being_a_target() -> None:
    text = (
        'resource "aws_kms_key" "k" {}\nresource "acme_mirror" "m" {\n'
        "  source_bucket = aws_s3_bucket.claims.id\n  target_key = aws_kms_key.k.arn\n}\n"
    )
    assert carried(text, "aws_kms_key.k") == set()


def test_an_object_is_copied_from_a_bucket_that_is_named() -> None:
    text = (
        'resource "aws_s3_object_copy" "o" {\n  bucket = aws_s3_bucket.copy.id\n  key = "a"\n'
        '  source = "acme-claims/a"\n}\n'
    )
    assert carried(text, "aws_s3_object_copy.o") == HEALTH
    assert carried(text, "aws_s3_bucket.copy") == HEALTH


def test_a_rule_of_an_account_sends_what_all_groups_of_logs_hold() -> None:
    text = (
        'resource "aws_cloudwatch_log_group" "g" {{\n  name = "a"\n  tags = {{ data-classification = "health" }}\n}}\n'
        'resource "aws_cloudwatch_log_account_policy" "p" {{\n  policy_type = "{0}"\n  policy_document = jsonencode('
        '{{ DestinationArn = "arn:aws:firehose:us-east-1:123456789012:deliverystream/a" }})\n}}\n'
    )
    address = "aws_cloudwatch_log_account_policy.p"
    assert carried(text.format("SUBSCRIPTION_FILTER_POLICY"), address) == HEALTH
    assert carried(text.format("DATA_PROTECTION_POLICY"), address) == set()


def test_a_destination_of_asynchronous_calls_that_isnt_here_is_a_place() -> None:
    text = (
        'resource "aws_lambda_function" "f" {\n  function_name = "f"\n  tags = { data-classification = "health" }\n}\n'
        'resource "aws_lambda_function_event_invoke_config" "c" {\n  function_name = "f"\n  destination_config {\n'
        '    on_success {\n      destination = "arn:aws:sqs:us-east-1:123456789012:done"\n    }\n  }\n}\n'
    )
    address = "aws_lambda_function_event_invoke_config.c"
    assert carried(text, address) == HEALTH
    assert [
        each.role.value
        for each in resolved(HEAD + text)[0][address].placements
        if each.role.value != "config"
    ] == ["processor"]  # type: ignore[union-attr]


def test_what_a_definition_names_is_called() -> None:
    text = (
        'resource "aws_sqs_queue" "q" {\n  provider = aws.us\n  name = "q"\n}\n'
        'resource "aws_kms_key" "k" {}\n'
        'resource "aws_sfn_state_machine" "m" {\n  name = "m"\n  tags = { data-classification = "health" }\n'
        "  definition = jsonencode({ States = { A = { Parameters = { QueueUrl = aws_sqs_queue.q.arn,"
        " KeyId = aws_kms_key.k.arn } } } })\n}\n"
    )
    assert carried(text, "aws_sqs_queue.q") == HEALTH
    assert carried(text, "aws_kms_key.k") == set()


def test_a_part_that_sends_has_the_class_of_its_whole() -> None:
    text = (
        'resource "aws_ssm_maintenance_window" "w" {\n  tags = { data-classification = "health" }\n}\n'
        'resource "aws_ssm_maintenance_window_task" "t" {\n  window_id = aws_ssm_maintenance_window.w.id\n'
        '  values = ["curl -d @a https://api.partenaire-sante.fr/v1"]\n}\n'
        'resource "aws_ssm_maintenance_window_task" "u" {\n  window_id = aws_ssm_maintenance_window.w.id\n}\n'
    )
    assert carried(text, "aws_ssm_maintenance_window_task.t") == HEALTH
    assert carried(text, "aws_ssm_maintenance_window_task.u") == set()
