"""Forms of tags: a type has one at most, the plug-in knows the type, and what is written there is read as a tag."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
import yaml

from sovlint.catalog.compiling.shared import CONFIG, DATA
from sovlint.catalog.load import load
from tests.catalog.house import SHIPPED


@pytest.fixture(scope="module")
def formed() -> dict[str, dict[str, Any]]:
    """The plug-ins that say how tags are written."""
    loaded = {
        path.stem: yaml.load(text, yaml.CSafeLoader)
        for path in (SHIPPED / "plugins").glob("*.yaml")
        if "tag_forms:" in (text := path.read_text(encoding="utf-8"))
    }
    return {name: data for name, data in loaded.items() if "tag_forms" in data}


def test_each_type_is_known_and_has_one_form(formed: dict[str, dict[str, Any]]) -> None:
    twice, unknown = [], []
    for name, data in formed.items():
        types = Counter(each for form in data["tag_forms"] for each in form.get("types", ()))
        twice += [(name, each) for each, times in types.items() if times > 1]
        known = {*data.get(DATA, ()), *data.get(CONFIG, ())}
        unknown += [(name, each) for each in types if each not in known]
    assert (twice, unknown) == ([], [])


def test_what_is_written_there_is_read(formed: dict[str, dict[str, Any]]) -> None:
    unread = [
        (name, form["path"])
        for name, data in formed.items()
        for form in data["tag_forms"]
        if form["path"] not in data["tags"]
    ]
    assert unread == []


def test_a_plug_in_that_shares_types_shares_their_forms() -> None:
    catalog = load()
    one, other = catalog.plugin("hashicorp/google"), catalog.plugin("hashicorp/google-beta")
    assert one is not None
    assert other is not None
    assert one.tag_forms == other.tag_forms != ()


@pytest.mark.parametrize(
    ("plugin", "type_", "path", "kind"),
    [
        ("hashicorp/aws", "aws_s3_bucket", "tags", "map"),
        ("hashicorp/aws", "aws_autoscaling_group", "tag", "blocks"),
        ("hashicorp/azurerm", "azurerm_storage_account", "tags", "map"),
        ("hashicorp/google", "google_storage_bucket", "labels", "map"),
        ("hashicorp/google", "google_sql_database_instance", "settings.user_labels", "map"),
        ("oracle/oci", "oci_objectstorage_bucket", "freeform_tags", "map"),
        ("scaleway/scaleway", "scaleway_object_bucket", "tags", "map"),
        ("scaleway/scaleway", "scaleway_rdb_instance", "tags", "texts"),
        ("outscale/outscale", "outscale_vm", "tags", "blocks"),
        ("ovh/ovh", "ovh_cloud_project_storage", "tags", "map"),
        ("aiven/aiven", "aiven_pg", "tag", "blocks"),
        ("digitalocean/digitalocean", "digitalocean_droplet", "tags", "texts"),
        ("mongodb/mongodbatlas", "mongodbatlas_cluster", "tags", "blocks"),
        ("mongodb/mongodbatlas", "mongodbatlas_advanced_cluster", "tags", "map"),
        ("databricks/databricks", "databricks_sql_endpoint", "tags.custom_tags", "blocks"),
        ("ionos-cloud/ionoscloud", "ionoscloud_server", "label", "blocks"),
    ],
)  # fmt: skip
def test_some_that_were_looked_up_by_hand(
    plugin: str, type_: str, path: str, kind: str
) -> None:
    found = load().plugin(plugin)
    assert found is not None
    forms = [each for each in found.tag_forms if type_ in each.types]
    assert [(form.path, form.kind) for form in forms] == [(path, kind)]


@pytest.mark.parametrize(
    ("plugin", "type_"),
    [("hashicorp/aws", "aws_iam_role_policy"), ("hashicorp/aws", "aws_cloudwatch_log_stream"), ("oracle/oci", "oci_x"),
     ("linode/linode", "linode_object_storage_bucket")],
)  # fmt: skip
def test_some_that_take_none(plugin: str, type_: str) -> None:
    found = load().plugin(plugin)
    assert found is not None
    assert not any(type_ in each.types for each in found.tag_forms)


def test_files_are_where_this_looks(formed: dict[str, dict[str, Any]]) -> None:
    assert len(formed) > 10
