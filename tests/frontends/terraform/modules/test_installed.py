"""Modules that ``terraform init`` has fetched: read as far as they are what the calls ask for."""

from __future__ import annotations

import json

import pytest

from sovlint.frontends.terraform.modules.installed import _satisfies
from sovlint.model.value import Known, Reason
from tests.frontends.terraform.house import read, resources

Files = dict[str, str | bytes | None]
STORE = 'variable "region" {}\nresource "cloud_bucket" "b" {\n  region = var.region\n}\n'


def repository(call: str, *entries: tuple[str, str, str, str], **files: str) -> Files:
    """A root ``live`` whose call ``store`` is as given, with an index of (key, source, version, folder)."""
    index = {
        "Modules": [
            dict(zip(("Key", "Source", "Version", "Dir"), entry, strict=True))
            for entry in entries
        ]
    }
    return {
        "live/main.tf": f'provider "cloud" {{}}\nmodule "store" {{\n  {call}\n  region = "eu-1"\n}}\n',
        "live/.terraform/modules/modules.json": json.dumps(index),
        "live/.terraform/modules/store/main.tf": STORE,
        **files,
    }


REGISTRY = (
    "store",
    "registry.terraform.io/acme/store/cloud",
    "2.4.1",
    ".terraform/modules/store",
)


def test_a_fetched_module_is_read_with_its_arguments() -> None:
    files = repository('source = "acme/store/cloud"\n  version = "~> 2.4"', REGISTRY)
    found = resources(files)
    assert list(found) == ["live:module.store.cloud_bucket.b"]
    value = found["live:module.store.cloud_bucket.b"].attributes.read("region")[0].value
    assert isinstance(value, Known)
    assert value.value == "eu-1"
    assert not read(files).failures
    assert not read(files).remarks


@pytest.mark.parametrize(
    "call",
    [
        'source = "acme/store/cloud"\n  version = "~> 3.0"',
        'source = "acme/other/cloud"\n  version = "2.4.1"',
        'source = "acme/store/cloud"\n  version = var.version',
    ],
)
def test_what_is_not_what_the_call_asks_for_is_not_read(call: str) -> None:
    files = repository(call, REGISTRY)
    (absent,) = read(files).resources
    assert absent.address == "module.store"
    assert absent.unreadable is not None
    assert absent.unreadable.reason is Reason.REMOTE_MODULE
    assert [remark.note.key for remark in read(files).remarks] == ["terraform.module-stale"]


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("github.com/acme/store", "git::https://github.com/acme/store.git"),
        ("git@github.com:acme/store.git", "git::ssh://git@github.com/acme/store.git"),
        ("git::https://x.test/store.git?ref=v1", "git::https://x.test/store.git?ref=v1"),
    ],
)
def test_sources_in_git(written: str, kept: str) -> None:
    files = repository(
        f'source = "{written}"', ("store", kept, "", ".terraform/modules/store")
    )
    assert list(resources(files)) == ["live:module.store.cloud_bucket.b"]
    other = repository(
        'source = "git::https://x.test/store.git?ref=v2"',
        ("store", kept, "", ".terraform/modules/store"),
    )
    assert list(resources(other)) == ["live:module.store"]


def test_modules_within_fetched_ones() -> None:
    files = repository('source = "acme/store/cloud"', REGISTRY)
    inner = '\nmodule "inner" {\n  source = "./inner"\n  region = var.region\n}\n'
    inner += 'module "far" {\n  source = "acme/far/cloud"\n}\n'
    files["live/.terraform/modules/store/main.tf"] = STORE + inner
    files["live/.terraform/modules/store/inner/main.tf"] = STORE
    assert sorted(resources(files)) == [
        "live:module.store.cloud_bucket.b",
        "live:module.store.module.far",
        "live:module.store.module.inner.cloud_bucket.b",
    ]


@pytest.mark.parametrize(
    "folder",
    ["../../secret", "/etc", ".terraform/modules/../../../x", "..", ".terraform/modules"],
)
def test_folders_elsewhere_are_not_read(folder: str) -> None:
    files = repository('source = "acme/store/cloud"', (*REGISTRY[:3], folder))
    files["x/main.tf"] = files["secret/main.tf"] = STORE
    assert "live:module.store" in resources(files)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"Modules": 3}',
        '{"Modules": [1]}',
        '{"Modules": [{"Key": []}]}',
        "[" * 9000,
    ],
)
def test_an_index_that_is_none_is_said(text: str) -> None:
    files = repository('source = "acme/store/cloud"', REGISTRY)
    files["live/.terraform/modules/modules.json"] = text
    reading = read(files)
    assert [failure.note.key for failure in reading.failures] == ["terraform.not-an-index"]
    assert [resource.address for resource in reading.resources] == ["module.store"]


def test_a_module_that_calls_itself_ends() -> None:
    files = repository('source = "acme/store/cloud"', REGISTRY)
    files["live/.terraform/modules/store/main.tf"] = (
        'module "again" {\n  source = "../store"\n}\n'
    )
    assert list(resources(files)) == ["live:module.store.module.again"]


def test_failures_within_are_told() -> None:
    files = repository('source = "acme/store/cloud"', REGISTRY)
    files["live/.terraform/modules/store/main.tf"] = STORE + "resource {{{\n"
    assert {failure.path for failure in read(files).failures} == {
        "live/.terraform/modules/store/main.tf"
    }


@pytest.mark.parametrize(
    ("version", "constraint", "is_met"),
    [
        ("2.4.1", "~> 2.4", True), ("2.9.0", "~> 2.4", True), ("3.0.0", "~> 2.4", False), ("2.4.9", "~> 2.4.1", True),
        ("2.5.0", "~> 2.4.1", False), ("2.4.0", "~> 2.4.1", False), ("9.0.0", "~> 2", False), ("2.9.0", "~> 2", True),
        ("2.4.1", ">= 2.0, < 3.0", True), ("3.0.0", ">= 2.0, < 3.0", False), ("2.4.1", "2.4.1", True),
        ("2.4.1", "= 2.4.0", False), ("2.4.1", "!= 2.4.1", False), ("2.4.1", "", True), ("2.4.1", None, False),
        ("2.4.1-beta", ">= 2.0", False), ("2.4.1-beta", "2.4.1-beta", True), ("2.4.1", "latest", False),
    ],
)  # fmt: skip
def test_constraints(version: str, constraint: str | None, is_met: bool) -> None:
    assert _satisfies(version, constraint) is is_met
