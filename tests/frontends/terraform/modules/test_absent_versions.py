"""Which module a source names, and whether the version that a call gets is in a range."""

from __future__ import annotations

import pytest

from sovlint.frontends.terraform.modules.absent.addresses import wanted
from sovlint.frontends.terraform.modules.absent.versions import stretch

REGISTRIES = ("registry.terraform.io/", "registry.opentofu.org/")
SHOP = "acme/shop/cloud"
CODE = "github.com/acme/terraform-cloud-shop"
RANGE = ">= 3.2.0, < 5.0.0"


@pytest.mark.parametrize(
    ("source", "address"),
    [
        ("acme/shop/cloud", SHOP),
        ("Acme/Shop/cloud", SHOP),
        ("registry.terraform.io/acme/shop/cloud", SHOP),
        ("registry.opentofu.org/acme/shop/cloud//modules/till", f"{SHOP}//modules/till"),
        ("tfr:///acme/shop/cloud?version=3.3.0", SHOP),
        ("tfr:///acme/shop/cloud//modules/till?version=3.3.0", f"{SHOP}//modules/till"),
        ("tfr://registry.terraform.io/acme/shop/cloud?version=3.3.0", SHOP),
        ("github.com/acme/terraform-cloud-shop?ref=v3.3.0", CODE),
        ("git::https://github.com/acme/terraform-cloud-shop.git?ref=v3.3.0", CODE),
        ("git::ssh://git@github.com/acme/terraform-cloud-shop.git?ref=v3.3.0", CODE),
        (
            "git@github.com:acme/terraform-cloud-shop.git//modules/till",
            f"{CODE}//modules/till",
        ),
        ("git::git@github.com:acme/terraform-cloud-shop.git?ref=v3.3.0&depth=1", CODE),
        ("app.terraform.io/acme/shop/cloud", None),  # a private registry: another module
        ("s3::https://s3-eu-west-1.amazonaws.com/acme/shop.zip", None),
        ("./modules/shop", None),
        ("https://example.org/shop.zip?archive=zip", None),
    ],
)
def test_the_address_that_a_source_names(source: str, address: str | None) -> None:
    found = wanted(source, "3.3.0", REGISTRIES)
    assert (None if found is None else found.address) == address


@pytest.mark.parametrize(
    ("constraint", "known"),
    [
        ("3.2.0", True),
        ("= 4.9.1", True),
        ("v4.0.0", True),
        ("3.1.9", False),
        ("5.0.0", False),
        ("~> 3.0", True),  # the newest of version 3 is no older than 3.2.0, which is there
        ("~> 4.1", True),
        ("~> 4.1.2", True),
        ("~> 3.1.0", False),
        ("~> 5.0", False),
        (">= 4.0, < 5.0", True),
        (">= 4.0, < 5.1", False),
        (">= 4.0", False),  # the newest that there is
        ("", False),
        ("> 3.2.0, <= 4.9.9", True),
        ("<= 5.0.0", False),
        ("~> 3.0, != 3.2.0", False),  # what is left of version 3 may be older
        ("~> 4.1, != 4.2.0", True),
        ("4.0.0-beta1", False),
        (None, False),
    ],
)
def test_the_newest_that_a_call_may_get_must_be_in_the_range(
    constraint: str | None, known: bool
) -> None:
    found, covered = wanted(SHOP, constraint, REGISTRIES), stretch(RANGE)
    assert found is not None
    assert covered is not None
    versions = found.versions
    assert (versions is not None and versions.newest_is_in(covered)) is known


@pytest.mark.parametrize(
    ("ref", "known"),
    [
        ("?ref=v3.3.0", True),
        ("?ref=3.3.0", True),
        ("?ref=refs/tags/v3.3.0", True),
        ("?ref=v5.0.0", False),
        ("?ref=main", False),
        ("?ref=v3", False),
        ("?ref=0123456789abcdef0123456789abcdef01234567", False),
        ("", False),
    ],
)
def test_a_tag_says_the_version_and_nothing_else_does(ref: str, known: bool) -> None:
    found, covered = wanted(f"github.com/acme/shop{ref}", "", REGISTRIES), stretch(RANGE)
    assert found is not None
    assert covered is not None
    assert (found.versions is not None and found.versions.newest_is_in(covered)) is known


@pytest.mark.parametrize("written", ["", ">= 4.0", ">= 9.1, != 9.2"])
def test_a_range_without_an_upper_end_has_the_newest(written: str) -> None:
    found, covered = wanted(SHOP, written, REGISTRIES), stretch(">= 3.2.0")
    assert found is not None
    assert found.versions is not None
    assert covered is not None
    assert found.versions.newest_is_in(covered)
