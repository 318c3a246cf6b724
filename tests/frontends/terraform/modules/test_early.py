"""Early evaluation: sources, versions and backends that are made of variables and locals (OpenTofu)."""

from __future__ import annotations

import pytest

from sovlint.files.globs import Base, folders
from sovlint.model.attributes import Found
from sovlint.model.inputs import ReadOptions, RootOption
from sovlint.model.value import Known, Reason
from tests.frontends.terraform.house import read, resources

CALL = 'module "m" {\n  source = %s\n}\n'
BUCKET = 'resource "cloud_bucket" "b" {}\n'
KIND = 'variable "kind" {\n  default = "a"\n}\n'
PROVIDER = 'provider "cloud" {}\n'
Files = dict[str, str | bytes | None]


def addresses(files: Files, options: ReadOptions | None = None) -> set[str]:
    """``root[variant]:address`` of each resource; libraries in brackets."""
    found = read(files, options).resources
    shown = (f"({each.root})" if each.library else f"{each.root}" for each in found)
    variants = (f"[{each.variant}]" if each.variant else "" for each in found)
    return {
        f"{root}{variant}:{r.address}"
        for root, variant, r in zip(shown, variants, found, strict=True)
    }


def test_a_source_made_of_a_default_and_a_local() -> None:
    files: Files = {
        "r/main.tf": PROVIDER
        + KIND
        + 'locals {\n  where = "../modules/${var.kind}"\n}\n'
        + CALL % "local.where",
        "modules/a/main.tf": BUCKET,
        "modules/c/main.tf": BUCKET,
    }
    assert addresses(files) == {
        "r:module.m.cloud_bucket.b",
        "(modules/c):cloud_bucket.b",
    }  # a is called: no root
    files["r/terraform.tfvars"] = 'kind = "c"\n'
    assert addresses(files) == {"r:module.m.cloud_bucket.b", "(modules/a):cloud_bucket.b"}


def test_a_source_that_differs_by_variant() -> None:
    files: Files = {
        "r/main.tf": PROVIDER + KIND + CALL % '"../modules/${var.kind}"',
        "r/one.tfvars": 'kind = "a"\n',
        "r/two.tfvars": 'kind = "b"\n',
        "modules/a/main.tf": 'resource "cloud_bucket" "in_a" {}\n',
        "modules/b/main.tf": 'resource "cloud_bucket" "in_b" {}\n',
    }
    options = ReadOptions(roots=(RootOption(folders("r", Base()), ("*.tfvars",)),))
    assert addresses(files, options) == {
        "r[one.tfvars]:module.m.cloud_bucket.in_a", "r[two.tfvars]:module.m.cloud_bucket.in_b",
    }  # fmt: skip


def test_a_source_that_a_caller_gives_and_what_is_called_with_other_values_alone_is_still_read() -> (
    None
):
    """``x`` by itself would call ``y``; called by ``r`` it calls ``z``, and ``y`` must not be lost."""
    files: Files = {
        "r/main.tf": PROVIDER
        + KIND
        + 'module "m" {\n  source = "../${var.kind == "a" ? "x" : "q"}"\n  next = "z"\n}\n',
        "x/main.tf": 'variable "next" {\n  default = "y"\n}\n' + CALL % '"../${var.next}"',
        "y/main.tf": BUCKET,
        "z/main.tf": BUCKET,
    }
    assert addresses(files) == {"r:module.m.module.m.cloud_bucket.b", "(y):cloud_bucket.b"}


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ('"../modules/${var.unset}"', "../modules/…"),
        ("var.unset", "module.m"),
        (
            'var.unset ? "../modules/a" : "git::https://example.com/a.git"',
            "../modules/a, git::https://example.com/a.git",
        ),
        (
            '"git::https://example.com/${var.kind}.git?ref=v1"',
            "git::https://example.com/a.git?ref=v1",
        ),
    ],
)
def test_a_source_that_is_not_known(source: str, shown: str) -> None:
    files: Files = {
        "r/main.tf": PROVIDER + KIND + 'variable "unset" {}\n' + CALL % source,
        "modules/a/main.tf": BUCKET,
    }
    found = resources(files)
    unreadable = found["r:module.m"].unreadable
    assert unreadable is not None
    assert (unreadable.reason, unreadable.detail) == (Reason.REMOTE_MODULE, shown)
    assert found["modules/a:cloud_bucket.b"].library  # whoever may call it: it is read


def test_a_source_made_of_itself_and_modules_that_would_never_end() -> None:
    text = (
        CALL % "module.m.out"
        + 'module "n" {\n  source = "./${local.here}"\n}\nlocals {\n  here = "."\n}\n'
        + BUCKET
    )
    found = read({"main.tf": text})
    assert {each.address for each in found.resources} == {
        "module.m",
        "module.n",
        "cloud_bucket.b",
    }
    assert [each.note.key for each in found.failures] == ["terraform.too-many-calls"]


def test_a_version_and_a_source_of_a_fetched_module() -> None:
    index = (
        '{"Modules": [{"Key": "m", "Source": "registry.terraform.io/acme/b/cloud", "Version": "1.2.0", '
        '"Dir": ".terraform/modules/m"}]}'
    )
    call = (
        'variable "v" {\n  default = "VERSION"\n}\n'
        + CALL % '"acme/${local.b}/cloud"\n  version = "~> ${var.v}"'
    )
    files: Files = {
        "main.tf": call.replace("VERSION", "1.1") + 'locals {\n  b = "b"\n}\n',
        ".terraform/modules/modules.json": index,
        ".terraform/modules/m/main.tf": BUCKET,
    }
    assert set(resources(files)) == {"module.m.cloud_bucket.b"}
    files["main.tf"] = call.replace("VERSION", "2.0") + 'locals {\n  b = "b"\n}\n'
    assert set(resources(files)) == {"module.m"}


def test_a_backend_made_of_variables_and_locals() -> None:
    backend = 'terraform {\n  backend "s3" {\n    bucket = "state-${var.kind}"\n    region = local.r\n  }\n}\n'
    state = resources({"main.tf": KIND + backend + 'locals {\n  r = "eu-west-3"\n}\n'})[
        "terraform.backend"
    ]

    def plain(found: Found) -> object:
        assert isinstance(found.value, Known)
        return found.value.value

    assert [plain(state.attributes.read(name)[0]) for name in ("bucket", "region")] == [
        "state-a",
        "eu-west-3",
    ]
