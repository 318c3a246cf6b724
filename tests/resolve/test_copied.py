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


def leaving(target: str) -> list[tuple[str, str]]:
    """Role and region of where failures of a mapping go, beside what carries no data."""
    text = (
        'resource "aws_sqs_queue" "q" {\n  name = "q"\n  tags = { data-classification = "health" }\n}\n'
        'resource "aws_sns_topic" "here" {\n  name = "here"\n}\n'
        'resource "aws_lambda_event_source_mapping" "m" {\n  event_source_arn = aws_sqs_queue.q.arn\n'
        '  function_name = "f"\n  destination_config {\n    on_failure {\n      destination_arn = '
        f"{target}\n    }}\n  }}\n}}\n"
    )
    address = "aws_lambda_event_source_mapping.m"
    placed = resolved(HEAD + text)[0][address]
    return [
        (str(each.role.value), getattr(each.region, "value", ""))  # type: ignore[union-attr]
        for each in placed.placements
        if each.role.value != "config"  # type: ignore[union-attr]
    ]


def test_a_flow_of_any_type_leads_where_the_name_of_its_target_says() -> None:
    assert leaving('"arn:aws:sns:us-east-1:123456789012:failed"') == [
        ("processor", "us-east-1")
    ]
    assert leaving('"arn:aws:sns:${var.there}:123456789012:failed"') == [("processor", "")]


@pytest.mark.parametrize(
    "target",
    [
        '"arn:aws:sns:eu-west-3:123456789012:failed"',  # where the mapping is itself
        '"arn:aws:s3:::failed"',  # says no region
        '"failed-us-east-1"',
        "aws_sns_topic.here.arn",
        "var.target",
    ],
)
def test_but_nothing_is_asked_of_a_target_whose_name_says_no_other_region(
    target: str,
) -> None:
    assert leaving(target) == []


def test_what_comes_to_a_flow_without_its_target_here_has_the_class() -> None:
    text = (
        'resource "aws_dynamodb_table" "t" {\n  name = "t"\n  tags = { data-classification = "health" }\n}\n'
        'resource "aws_dynamodb_kinesis_streaming_destination" "d" {\n  table_name = "t"\n'
        '  stream_arn = "arn:aws:kinesis:us-east-1:123456789012:stream/t"\n}\n'
    )
    assert carried(text, "aws_dynamodb_kinesis_streaming_destination.d") == HEALTH


def test_mail_events_have_the_class_of_their_configuration_set() -> None:
    text = (
        'resource "aws_sesv2_configuration_set" "s" {\n  configuration_set_name = "s"\n'
        '  tags = { data-classification = "health" }\n}\n'
        'resource "aws_sesv2_configuration_set_event_destination" "d" {\n'
        "  configuration_set_name = aws_sesv2_configuration_set.s.configuration_set_name\n}\n"
    )
    assert carried(text, "aws_sesv2_configuration_set_event_destination.d") == HEALTH


DISK = """
resource "google_compute_disk" "d" {
  name   = "d"
  zone   = "europe-west9-a"
  labels = { data-classification = "health" }
}
resource "google_compute_snapshot" "s" {
  name        = "d"
  source_disk = "d"
}
resource "google_filestore_snapshot" "f" {
  name     = "other"
  labels   = { data-classification = "health" }
}
resource "google_compute_disk" "copy" {
  name     = "copy"
  zone     = "us-east4-a"
  snapshot = "%s"
}
"""


def test_a_bare_name_is_of_the_type_whose_words_its_argument_has() -> None:
    assert carried(DISK % "d", "google_compute_disk.copy") == HEALTH


@pytest.mark.parametrize("name", ["copy", "another", "other"])
def test_but_not_of_another_name_or_another_service(name: str) -> None:
    assert carried(DISK % name, "google_compute_disk.copy") == set()


def test_a_global_cluster_that_two_clusters_name_takes_the_data_to_both() -> None:
    text = (
        'resource "aws_rds_cluster" "a" {\n  cluster_identifier = "a"\n  tags = { data-classification = "health" }\n}\n'
        'resource "aws_rds_global_cluster" "g" {\n  global_cluster_identifier = "g"\n'
        '  source_db_cluster_identifier = "arn:aws:rds:eu-west-3:123456789012:cluster:a"\n}\n'
        'resource "aws_rds_cluster" "b" {\n  provider = aws.us\n  global_cluster_identifier = "g"\n}\n'
        'resource "aws_rds_cluster" "c" {\n  provider = aws.us\n  global_cluster_identifier = "h"\n}\n'
    )
    assert carried(text, "aws_rds_cluster.b") == HEALTH
    assert carried(text, "aws_rds_cluster.c") == set()


def test_a_replica_names_its_master_in_another_region() -> None:
    text = (
        'resource "google_sql_database_instance" "a" {\n  name = "a"\n  region = "europe-west9"\n'
        '  settings {\n    user_labels = { data-classification = "health" }\n  }\n}\n'
        'resource "google_sql_database_instance" "b" {\n  name = "b"\n  region = "us-east4"\n'
        '  master_instance_name = "a"\n}\n'
    )
    assert carried(text, "google_sql_database_instance.b") == HEALTH


@pytest.mark.parametrize(
    ("kind", "argument", "expected"),
    [
        ("azurerm_logic_app_action_custom", "logic_app_id", HEALTH),
        ("azurerm_logic_app_action_custom", "workspace_id", set()),
        ("azurerm_logic_app_workflow", "workflow_id", set()),  # one beside it
    ],
)
def test_a_part_is_told_by_the_words_of_the_argument_that_both_types_have(
    kind: str, argument: str, expected: set[tuple[str, How]]
) -> None:
    text = (
        'resource "azurerm_logic_app_workflow" "w" {\n  name = "w"\n  tags = { data-classification = "health" }\n}\n'
        f'resource "{kind}" "a" {{\n  name = "a"\n  {argument} = azurerm_logic_app_workflow.w.id\n'
        '  body = jsonencode({ type = "Http", inputs = { uri = "https://a.s3.us-east-1.amazonaws.com/b" } })\n}\n'
    )
    assert carried(text, f"{kind}.a") == expected


def machine(steps: str) -> str:
    return (
        'resource "aws_sqs_queue" "q" {\n  provider = aws.us\n  name = "q"\n}\n'
        'resource "aws_dynamodb_table" "t" {\n  name = "done"\n}\n'
        'resource "aws_sfn_state_machine" "m" {\n  name = "m"\n  tags = { data-classification = "health" }\n'
        f"  definition = jsonencode({{ States = {{ A = {{ Parameters = {steps} }} }} }})\n}}\n"
    )


@pytest.mark.parametrize(
    ("steps", "address"),
    [
        ('{ Bucket = "acme-copy", CopySource = "acme-claims/a" }', "aws_s3_bucket.copy"),
        ('{ TableName = "done" }', "aws_dynamodb_table.t"),
        ('{ QueueArn = "arn:aws:sqs:us-east-1:123456789012:q" }', "aws_sqs_queue.q"),
    ],
)
def test_what_a_definition_calls_by_its_name_is_called(steps: str, address: str) -> None:
    assert carried(machine(steps), address) == HEALTH


@pytest.mark.parametrize(
    "steps",
    [
        '{ Bucket = "acme-copies" }',
        '{ Comment = "acme-copy" }',
        '{ TableName = "acme-copy" }',
    ],
)
def test_but_not_by_another_name_nor_under_another_key(steps: str) -> None:
    assert carried(machine(steps), "aws_s3_bucket.copy") == set()


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ('event_pattern = "{}"', ["processor"]),
        ('schedule_expression = "rate(1 day)"', []),  # a timer has nothing to hand on
    ],
)
def test_a_target_that_a_rule_of_the_type_goes_by_is_told_by_that_alone(
    when: str, expected: list[str]
) -> None:
    text = (
        f'resource "aws_cloudwatch_event_rule" "r" {{\n  name = "r"\n  {when}\n'
        '  tags = { data-classification = "health" }\n}\n'
        'resource "aws_cloudwatch_event_target" "t" {\n  rule = aws_cloudwatch_event_rule.r.name\n'
        '  arn = "arn:aws:events:us-east-1:123456789012:event-bus/b"\n}\n'
    )
    placed = resolved(HEAD + text)[0]["aws_cloudwatch_event_target.t"]
    roles = [each.role.value for each in placed.placements]  # type: ignore[union-attr]
    assert [each for each in roles if each != "config"] == expected
