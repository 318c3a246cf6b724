"""What was wrong in types drawn by chance and read again by somebody else, and in their neighbours."""

from __future__ import annotations

import pytest

from tests.resolve.house import classes, place, resolved, shown

IBM = 'provider "ibm" {\n  region = "eu-de"\n}\n'
GOOGLE = 'provider "google" {\n  region = "europe-west9"\n}\n'
HEALTH = 'tags = { data-classification = "health" }'
GOOGLE_HEALTH = 'labels = { data-classification = "health" }'


def where(text: str, address: str) -> list[object]:
    """The region of each placement."""
    return [shown(found.region) for found in resolved(text)[0][address].placements]


@pytest.mark.parametrize(
    ("written", "regions"),
    [
        ('resource "ibm_container_cluster" "a" {\n  datacenter = "dal10"\n}\n', ["us-south"]),
        (
            'resource "ibm_container_vpc_cluster" "a" {\n  zones {\n    name = "us-south-1"\n  }\n}\n',
            ["us-south"],
        ),
        (
            'resource "ibm_container_vpc_worker_pool" "a" {\n  zones {\n    name = "us-south-1"\n  }\n}\n',
            ["us-south"],
        ),
        ('resource "ibm_container_vpc_worker_pool" "a" {}\n', ["global"]),
    ],
)
def test_an_ibm_cluster_is_where_its_machines_are_not_where_the_provider_block_says(
    written: str, regions: list[object]
) -> None:
    address = written.split('"')[1] + ".a"
    assert where(IBM + written, address) == regions


def test_an_ibm_worker_pool_is_where_its_cluster_is() -> None:
    text = IBM + (
        'resource "ibm_container_cluster" "a" {\n  datacenter = "dal10"\n}\n'
        'resource "ibm_container_worker_pool" "b" {\n  cluster = ibm_container_cluster.a.id\n}\n'
    )
    assert where(text, "ibm_container_worker_pool.b") == ["us-south"]


@pytest.mark.parametrize(
    "kind", ["google_firestore_backup_schedule", "google_firestore_document"]
)
def test_the_default_firestore_database_need_not_be_in_the_region_of_the_provider_block(
    kind: str,
) -> None:
    assert where(f'{GOOGLE}resource "{kind}" "a" {{}}\n', f"{kind}.a") == ["global"]
    text = (
        f'{GOOGLE}resource "google_firestore_database" "d" {{\n  location_id = "us-east1"\n}}\n'
        f'resource "{kind}" "a" {{\n  database = google_firestore_database.d.name\n}}\n'
    )
    assert [place(found) for found in resolved(text)[0][f"{kind}.a"].placements] == [
        ("google-cloud", "us-east1")
    ]


CARRIED = {
    "aws_sqs_queue.dead": (
        f'resource "aws_sqs_queue" "a" {{\n  {HEALTH}\n'
        "  redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.dead.arn })\n}\n"
        'resource "aws_sqs_queue" "dead" {}\n'
    ),
    "aws_sqs_queue.refused": (
        f'resource "aws_sqs_queue" "a" {{\n  {HEALTH}\n}}\n'
        'resource "aws_sqs_queue" "refused" {}\n'
        'resource "aws_sqs_queue_redrive_policy" "a" {\n  queue_url = aws_sqs_queue.a.id\n'
        "  redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.refused.arn })\n}\n"
    ),
    "alicloud_instance.a": (
        f'resource "alicloud_ecs_snapshot" "s" {{\n  {HEALTH}\n}}\n'
        'resource "alicloud_instance" "a" {\n  data_disks {\n    snapshot_id = alicloud_ecs_snapshot.s.id\n  }\n}\n'
    ),
    "oci_core_instance.a": (
        'resource "oci_core_volume" "v" {\n  freeform_tags = { data-classification = "health" }\n}\n'
        'resource "oci_core_instance" "a" {\n  launch_volume_attachments {\n    type = "iscsi"\n'
        "    volume_id = oci_core_volume.v.id\n  }\n}\n"
    ),
    "google_compute_instance.a": (
        f'resource "google_compute_snapshot" "s" {{\n  {GOOGLE_HEALTH}\n}}\n'
        'resource "google_compute_instance" "a" {\n  boot_disk {\n    initialize_params {\n'
        "      snapshot = google_compute_snapshot.s.self_link\n    }\n  }\n}\n"
    ),
    "google_compute_instance_group_manager.a": (
        f'resource "google_compute_snapshot" "s" {{\n  {GOOGLE_HEALTH}\n}}\n'
        'resource "google_compute_instance_template" "t" {\n  disk {\n'
        "    source_snapshot = google_compute_snapshot.s.self_link\n  }\n}\n"
        'resource "google_compute_instance_group_manager" "a" {\n  version {\n'
        "    instance_template = google_compute_instance_template.t.self_link_unique\n  }\n}\n"
    ),
}


@pytest.mark.parametrize("address", CARRIED)
def test_a_class_goes_along_to_what_is_filled_or_restored(address: str) -> None:
    assert classes(resolved(CARRIED[address])[0][address]) == {"health": "propagated"}


def test_a_disk_and_a_share_attached_to_an_ovhcloud_instance_are_mounted() -> None:
    text = (
        'resource "ovh_cloud_storage_block_volume" "v" {\n  region = "GRA11"\n}\n'
        'resource "ovh_cloud_storage_file_share" "s" {\n  region = "GRA11"\n}\n'
        'resource "ovh_cloud_instance" "a" {\n  region = "GRA11"\n'
        "  volume_ids = [ovh_cloud_storage_block_volume.v.id]\n"
        "  shares = [{ id = ovh_cloud_storage_file_share.s.id }]\n}\n"
    )
    placed, flows = resolved(text)
    found = {
        (flow.kind, flow.source.address)
        for flow in flows
        if flow.target is placed["ovh_cloud_instance.a"].resource
    }
    assert found == {
        ("mount", "ovh_cloud_storage_block_volume.v"),
        ("mount", "ovh_cloud_storage_file_share.s"),
    }


@pytest.mark.parametrize(
    ("node_type", "expected"),
    [
        ('"external"', [("no-evidence: provider", "no-evidence: provider")]),
        ('"PRO2-S"', [("scaleway", "fr-par")]),
        (
            "var.unset",
            [("scaleway", "fr-par"), ("no-evidence: provider", "no-evidence: provider")],
        ),
    ],
)
def test_nodes_of_other_companies_in_a_scaleway_cluster_are_not_scaleways(
    node_type: str, expected: list[object]
) -> None:
    text = (
        'variable "unset" {}\nprovider "scaleway" {\n  region = "fr-par"\n}\n'
        f'resource "scaleway_k8s_pool" "p" {{\n  node_type = {node_type}\n}}\n'
    )
    assert [
        place(found) for found in resolved(text)[0]["scaleway_k8s_pool.p"].placements
    ] == expected
