"""Google's types that are easy to get wrong: copies and exports, what only looks like a setting, and endpoints."""

from __future__ import annotations

import pytest

from tests.resolve.house import classes, place, placement, resolved, shown

PARIS = 'provider "google" {\n  region = "europe-west9"\n}\n'
HEALTH = '  labels = { data-classification = "health" }\n'


def roles(text: str, address: str) -> list[tuple[object, object]]:
    """Role and region of each placement."""
    return [
        (shown(each.role), place(each)[1]) for each in resolved(text)[0][address].placements
    ]


def carried(text: str, address: str) -> set[str]:
    """The data classes of a resource."""
    return set(classes(resolved(text)[0][address]))


def test_backups_of_a_cluster_may_lie_elsewhere() -> None:
    text = PARIS + (
        'resource "google_alloydb_cluster" "c" {\n  location = "europe-west9"\n'
        '  automated_backup_policy {\n    location = "us-central1"\n  }\n}\n'
    )
    assert roles(text, "google_alloydb_cluster.c") == [
        ("at-rest", "europe-west9"),
        ("backup", "us-central1"),
    ]


def test_datasets_that_a_stream_makes_lie_where_it_says() -> None:
    text = PARIS + (
        'resource "google_datastream_stream" "s" {\n  location = "europe-west9"\n  destination_config {\n'
        "    bigquery_destination_config {\n      source_hierarchy_datasets {\n        dataset_template {\n"
        '          location = "us-central1"\n        }\n      }\n    }\n  }\n}\n'
    )
    assert roles(text, "google_datastream_stream.s") == [
        ("compute", "europe-west9"),
        ("replica", "us-central1"),
    ]


def test_a_schedule_of_backups_holds_them_where_the_database_is() -> None:
    text = PARIS + (
        'resource "google_spanner_instance" "i" {\n  name = "i"\n  config = "regional-europe-west9"\n}\n'
        'resource "google_spanner_database" "d" {\n  name = "d"\n  instance = google_spanner_instance.i.name\n}\n'
        'resource "google_spanner_backup_schedule" "b" {\n  database = google_spanner_database.d.name\n'
        "  instance = google_spanner_instance.i.name\n}\n"
    )
    assert roles(text, "google_spanner_backup_schedule.b") == [("backup", "europe-west9")]


@pytest.mark.parametrize(
    ("parent", "region"),
    [
        ("projects/p/locations/europe-west9", "europe-west9"),
        ("projects/p", "not-in-catalogue: projects/p"),
    ],
)
def test_an_inspection_runs_where_its_parent_says(parent: str, region: str) -> None:
    text = (
        PARIS
        + f'resource "google_data_loss_prevention_job_trigger" "t" {{\n  parent = "{parent}"\n}}\n'
    )
    assert roles(text, "google_data_loss_prevention_job_trigger.t") == [("compute", region)]


def test_messages_that_are_pushed_land_with_whoever_answers() -> None:
    text = PARIS + (
        f'resource "google_pubsub_topic" "t" {{\n{HEALTH}  message_storage_policy {{\n'
        '    allowed_persistence_regions = ["europe-west9"]\n  }\n}\n'
        'resource "google_pubsub_subscription" "s" {\n  topic = google_pubsub_topic.t.id\n'
        '  push_config {\n    push_endpoint = "https://http-intake.logs.datadoghq.com/api/v2/logs"\n  }\n}\n'
    )
    found = resolved(text)[0]["google_pubsub_subscription.s"].placements
    assert [(shown(each.role), place(each)[0]) for each in found] == [
        ("at-rest", "google-cloud"),
        ("processor", "datadog"),
    ]
    assert carried(text, "google_pubsub_subscription.s") == {"health"}


def test_a_table_over_files_holds_what_they_hold() -> None:
    text = PARIS + (
        f'resource "google_storage_bucket" "b" {{\n  name = "files"\n  location = "europe-west9"\n{HEALTH}}}\n'
        'resource "google_bigquery_dataset" "d" {\n  dataset_id = "d"\n  location = "europe-west9"\n}\n'
        'resource "google_bigquery_table" "t" {\n  dataset_id = google_bigquery_dataset.d.dataset_id\n'
        '  external_data_configuration {\n    source_uris = ["gs://${google_storage_bucket.b.name}/*.csv"]\n  }\n}\n'
    )
    assert carried(text, "google_bigquery_table.t") == {"health"}


@pytest.mark.parametrize(
    ("endpoint", "resource"),
    [
        ("backup_dr", "google_backup_dr_backup_vault"),
        ("dataproc_metastore", "google_dataproc_metastore_service"),
        ("secret_manager_regional", "google_secret_manager_regional_secret"),
        ("oracle_database", "google_oracle_database_db_system"),
    ],
)
def test_a_moved_endpoint_moves_types_whose_service_is_called_otherwise(
    endpoint: str, resource: str
) -> None:
    moved = f'provider "google" {{\n  {endpoint}_custom_endpoint = "https://casa.example.net/v1/"\n}}\n'
    found = placement(
        moved + f'resource "{resource}" "r" {{\n  location = "europe-west9"\n}}\n',
        f"{resource}.r",
    )
    assert place(found)[0] == "not-in-catalogue: host casa.example.net"


def test_a_setting_that_lies_nowhere_by_default_is_not_where_the_provider_block_says() -> (
    None
):
    text = PARIS + 'resource "google_firebase_ai_logic_config" "c" {}\n'
    assert roles(text, "google_firebase_ai_logic_config.c") == [("ai", "global")]


def test_a_dataset_linked_to_logs_lies_where_their_bucket_does() -> None:
    text = PARIS + (
        'resource "google_logging_project_bucket_config" "b" {\n  location = "us-central1"\n}\n'
        'resource "google_logging_linked_dataset" "d" {\n  bucket = google_logging_project_bucket_config.b.id\n}\n'
    )
    assert roles(text, "google_logging_linked_dataset.d") == [("logs", "us-central1")]


def test_messages_that_a_model_transforms_are_processed_where_the_model_is() -> None:
    text = PARIS + (
        'resource "google_pubsub_topic" "t" {\n  message_storage_policy {\n'
        '    allowed_persistence_regions = ["europe-west9"]\n  }\n  message_transforms {\n    ai_inference {\n'
        '      endpoint = "projects/p/locations/us-central1/publishers/google/models/m"\n    }\n  }\n}\n'
    )
    assert roles(text, "google_pubsub_topic.t") == [
        ("at-rest", "europe-west9"),
        ("ai", "us-central1"),
    ]


def test_a_dataset_copied_from_another_region_holds_what_that_held() -> None:
    text = PARIS + (
        f'resource "google_bigquery_dataset" "eu" {{\n  dataset_id = "eu"\n  location = "europe-west9"\n{HEALTH}}}\n'
        'resource "google_bigquery_dataset" "us" {\n  dataset_id = "us"\n  location = "US"\n}\n'
        'resource "google_bigquery_data_transfer_config" "copy" {\n  data_source_id = "cross_region_copy"\n'
        "  destination_dataset_id = google_bigquery_dataset.us.dataset_id\n"
        "  params = { source_dataset_id = google_bigquery_dataset.eu.dataset_id }\n}\n"
    )
    assert carried(text, "google_bigquery_dataset.us") == {"health"}


def test_a_class_that_a_template_declares_is_that_of_the_machines_made_from_it() -> None:
    text = PARIS + (
        f'resource "google_compute_instance_template" "t" {{\n  name = "t"\n{HEALTH}}}\n'
        'resource "google_compute_region_instance_group_manager" "g" {\n  region = "us-central1"\n'
        "  version {\n    instance_template = google_compute_instance_template.t.id\n  }\n}\n"
    )
    assert carried(text, "google_compute_region_instance_group_manager.g") == {"health"}


def test_a_configuration_of_ones_own_says_where_replicas_are() -> None:
    text = PARIS + (
        'resource "google_spanner_instance_config" "c" {\n  name = "custom"\n'
        '  replicas {\n    location = "europe-west9"\n  }\n  replicas {\n    location = "us-central1"\n  }\n}\n'
        f'resource "google_spanner_instance" "i" {{\n  config = google_spanner_instance_config.c.name\n{HEALTH}}}\n'
    )
    address = "google_spanner_instance_config.c"
    assert roles(text, address)[1:] == [
        ("replica", "europe-west9"),
        ("replica", "us-central1"),
    ]
    assert carried(text, address) == {"health"}


def test_a_service_may_be_labelled_in_its_template() -> None:
    text = PARIS + (
        'resource "google_cloud_run_v2_service" "s" {\n  template {\n'
        '    labels = { data-classification = "health" }\n  }\n}\n'
    )
    assert carried(text, "google_cloud_run_v2_service.s") == {"health"}


def test_recordings_of_conversations_go_where_the_security_settings_say() -> None:
    text = PARIS + (
        'resource "google_dialogflow_cx_agent" "a" {\n  location = "europe-west9"\n'
        "  security_settings = google_dialogflow_cx_security_settings.s.id\n}\n"
        'resource "google_dialogflow_cx_security_settings" "s" {\n  location = "europe-west9"\n'
        "  audio_export_settings {\n    gcs_bucket = google_storage_bucket.b.id\n  }\n}\n"
        'resource "google_storage_bucket" "b" {\n  name = "b"\n  location = "US"\n}\n'
    )
    flows = resolved(text)[1]
    assert [
        (flow.source.address, flow.target.address if flow.target else None) for flow in flows
    ] == [
        ("google_dialogflow_cx_agent.a", "google_dialogflow_cx_security_settings.s"),
        ("google_dialogflow_cx_security_settings.s", "google_storage_bucket.b"),
    ]
