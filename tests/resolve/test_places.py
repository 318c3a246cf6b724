"""Who runs it and where: the endpoint decides, then the provider block, then the plug-in."""

from __future__ import annotations

import pytest

from sovlint.model.value import Known, Unknown
from sovlint.resolve.endpoints import host_parts, is_local
from tests.resolve.house import holding, place, placement, resolved, shown

AWS = 'provider "aws" {\n  region = "eu-west-3"\n}\n'
BUCKET = 'resource "aws_s3_bucket" "b" {}\nresource "aws_db_instance" "d" {}\n'


def aws(settings: str) -> str:
    return f'provider "aws" {{\n  region = "eu-west-3"\n  {settings}\n}}\nvariable "x" {{}}\n{BUCKET}'


def test_an_endpoint_moves_its_service_and_no_other() -> None:
    text = aws('endpoints {\n    s3 = "https://s3.fr-par.scw.cloud"\n  }')
    assert place(placement(text, "aws_s3_bucket.b")) == ("scaleway", "fr-par")
    assert shown(placement(text, "aws_s3_bucket.b").control) == ("FR",)
    assert place(placement(text, "aws_db_instance.d")) == ("aws", "eu-west-3")


def test_an_unlisted_host_is_not_the_plug_ins_company() -> None:
    text = aws('endpoints {\n    s3 = "https://objects.example.net:9000/x"\n  }')
    found = placement(text, "aws_s3_bucket.b")
    assert shown(found.provider) == "not-in-catalogue: host objects.example.net"
    assert shown(found.control) == "not-in-catalogue: host objects.example.net"
    assert place(placement(text, "aws_db_instance.d")) == ("aws", "eu-west-3")


@pytest.mark.parametrize("host", ["http://localhost:4566", "http://10.0.0.5", "http://minio:9000", "http://[::1]:80"])
def test_private_addresses_prove_nothing(host: str) -> None:
    found = placement(aws(f'endpoints {{\n    s3 = "{host}"\n  }}'), "aws_s3_bucket.b")
    assert str(shown(found.provider)).startswith("no-evidence")


def test_a_providers_own_endpoint_changes_nothing() -> None:
    text = aws('endpoints {\n    s3 = "https://bucket.vpce-1a2b.s3.eu-west-3.vpce.amazonaws.com"\n  }')
    assert place(placement(text, "aws_s3_bucket.b")) == ("aws", "eu-west-3")


def test_an_endpoint_with_a_hole_proves_the_company_all_the_same() -> None:
    found = placement(aws('endpoints {\n    s3 = "https://s3.${var.x}.io.cloud.ovh.net"\n  }'), "aws_s3_bucket.b")
    assert place(found) == ("ovhcloud", "unset-variable: var.x")


def test_an_endpoint_that_is_not_known_leaves_the_company_open() -> None:
    found = placement(aws("endpoints {\n    s3 = var.x\n  }"), "aws_s3_bucket.b")
    assert place(found)[0] == "unset-variable: var.x"


def test_an_unlisted_type_under_moved_endpoints_may_be_moved_too() -> None:
    text = aws('endpoints {\n    s3 = "https://s3.fr-par.scw.cloud"\n  }') + 'resource "aws_unheard_of" "u" {}\n'
    found = placement(text, "aws_unheard_of.u")
    assert str(shown(found.provider)).startswith("not-in-catalogue")
    plain = placement(AWS + 'resource "aws_unheard_of" "u" {}\n', "aws_unheard_of.u")
    assert place(plain) == ("aws", "eu-west-3")
    assert shown(plain.role) == "not-in-catalogue: aws_unheard_of"


def test_empty_and_null_endpoints_fall_through() -> None:
    for value in ("null", '""'):
        found = placement(aws(f"endpoints {{\n    s3 = {value}\n  }}"), "aws_s3_bucket.b")
        assert place(found) == ("aws", "eu-west-3")


def test_user_info_of_an_endpoint_is_never_shown() -> None:
    found = placement(aws('endpoints {\n    s3 = "https://me:hunter2@objects.example.net"\n  }'), "aws_s3_bucket.b")
    assert "hunter2" not in str(shown(found.provider))


# --- region


def test_the_resource_wins_over_the_provider_block_and_null_falls_through() -> None:
    for argument, region in (('region = "eu-west-1"', "eu-west-1"), ("region = null", "eu-west-3"), ("", "eu-west-3")):
        text = AWS + f'resource "aws_s3_bucket" "b" {{\n  {argument}\n}}\n'
        assert place(placement(text, "aws_s3_bucket.b")) == ("aws", region)


def test_a_region_that_may_be_null_may_be_the_providers() -> None:
    text = AWS + 'variable "f" {}\nresource "aws_s3_bucket" "b" {\n  region = var.f ? "eu-south-1" : null\n}\n'
    assert shown(placement(text, "aws_s3_bucket.b").region) == {"eu-south-1", "eu-west-3"}
    assert shown(placement(text, "aws_s3_bucket.b").area) == ("EEA", "EU")
    assert shown(placement(text, "aws_s3_bucket.b").country) == {"IT", "FR"}


def test_a_zone_belongs_to_its_region() -> None:
    text = 'provider "outscale" {}\nresource "outscale_volume" "v" {\n  subregion_name = "cloudgouv-eu-west-1a"\n}\n'
    assert place(placement(text, "outscale_volume.v")) == ("outscale", "cloudgouv-eu-west-1")


def test_the_same_code_is_not_the_same_place_everywhere() -> None:
    assert shown(placement('provider "aws" {\n  region = "eu-west-2"\n}\n' + BUCKET, "aws_s3_bucket.b").country) == "GB"
    text = 'provider "outscale" {\n  region = "eu-west-2"\n}\nresource "outscale_volume" "v" {}\n'
    assert shown(placement(text, "outscale_volume.v").country) == "FR"


def test_a_zone_outside_of_its_region_leaves_both_possible() -> None:
    text = 'provider "outscale" {\n  region = "eu-west-2"\n}\n'
    text += 'resource "outscale_volume" "v" {\n  subregion_name = "cloudgouv-eu-west-1a"\n}\n'
    found = placement(text, "outscale_volume.v")
    assert shown(found.region) == {"eu-west-2", "cloudgouv-eu-west-1"}
    assert isinstance(holding(found, "secnumcloud").held, Unknown)


def test_where_nobody_names_a_region() -> None:
    assert place(placement('provider "aws" {}\n' + BUCKET, "aws_s3_bucket.b")) == ("aws", "from-environment: region")
    assert place(placement(BUCKET, "aws_s3_bucket.b")) == ("aws", "caller-not-in-repo: region")


def test_a_code_that_the_catalogue_lacks_is_no_guess() -> None:
    text = 'provider "aws" {\n  region = "eu-moon-1"\n}\n' + BUCKET
    assert place(placement(text, "aws_s3_bucket.b")) == ("aws", "not-in-catalogue: eu-moon-1")


def test_multi_regions_and_global_services() -> None:
    text = 'provider "google" {}\nresource "google_storage_bucket" "b" {\n  location = "EU"\n}\n'
    found = placement(text, "google_storage_bucket.b")
    assert (shown(found.region), shown(found.area), shown(found.country)) == ("EU", ("EEA", "EU"), "multi-valued: EU")
    edge = placement(AWS + 'resource "aws_cloudfront_distribution" "c" {}\n', "aws_cloudfront_distribution.c")
    assert (shown(edge.region), shown(edge.country)) == ("global", "multi-valued: global")
    assert isinstance(edge.area, Unknown)


def test_a_child_sits_where_its_parent_sits() -> None:
    text = """
    provider "azurerm" {}
    resource "azurerm_resource_group" "rg" {
      name     = "rg"
      location = "France Central"
    }
    resource "azurerm_mssql_server" "s" {
      location            = azurerm_resource_group.rg.location
      resource_group_name = azurerm_resource_group.rg.name
    }
    resource "azurerm_mssql_database" "d" {
      server_id = azurerm_mssql_server.s.id
    }
    resource "azurerm_mssql_database" "elsewhere" {
      server_id = "/subscriptions/1/servers/x"
    }
    """
    assert place(placement(text, "azurerm_mssql_server.s")) == ("microsoft-azure", "francecentral")
    assert place(placement(text, "azurerm_mssql_database.d")) == ("microsoft-azure", "francecentral")
    assert str(place(placement(text, "azurerm_mssql_database.elsewhere"))[1]).startswith("no-evidence")


# --- company


def test_a_region_that_one_candidate_alone_has_decides() -> None:
    text = 'provider "aws" {\n  region = "eusc-de-east-1"\n}\n' + BUCKET
    found = placement(text, "aws_s3_bucket.b")
    assert place(found) == ("aws-european-sovereign-cloud", "eusc-de-east-1")
    assert "US" in str(shown(found.control))
    china = 'provider "aws" {\n  region = "cn-north-1"\n}\n' + BUCKET
    assert place(placement(china, "aws_s3_bucket.b"))[0] == "aws-china"


def test_another_universe_is_another_company() -> None:
    def text(universe: str) -> str:
        return (
            f'variable "u" {{}}\nprovider "google" {{\n  universe_domain = {universe}\n'
            '  region = "u-france-east1"\n}\n'
            'resource "google_sql_database_instance" "d" {}\n'
        )

    found = placement(text('"s3nsapis.fr"'), "google_sql_database_instance.d")
    assert place(found) == ("s3ns", "u-france-east1")
    assert (shown(found.control), shown(found.technology)) == (("FR",), ("US",))
    address = "google_sql_database_instance.d"
    assert str(place(placement(text('"cloud.example"'), address))[0]).startswith("not-in-catalogue")
    assert place(placement(text("var.u"), address))[0] == "unset-variable: var.u"


def test_openstack_is_whoever_answers_at_its_address() -> None:
    def text(url: str) -> str:
        return f'provider "openstack" {{\n  auth_url = "{url}"\n  region = "GRA11"\n}}\n' + (
            "terraform {\n  required_providers {\n"
            '    openstack = { source = "terraform-provider-openstack/openstack" }\n'
            '  }\n}\nresource "openstack_blockstorage_volume_v3" "v" {}\n'
        )

    address = "openstack_blockstorage_volume_v3.v"
    assert place(placement(text("https://auth.cloud.ovh.net/v3/"), address)) == ("ovhcloud", "GRA")
    assert str(place(placement(text("https://keystone.example.org/v3"), address))[0]).startswith("not-in-catalogue")


def test_a_plug_in_that_the_catalogue_lacks() -> None:
    found = placement('resource "unheard_thing" "t" {}\n', "unheard_thing.t")
    assert shown(found.provider) == "not-in-catalogue: plug-in hashicorp/unheard"


# --- several placements


def test_replicas_are_placements_of_their_own() -> None:
    text = (
        AWS
        + """
    variable "more" {}
    resource "aws_dynamodb_table" "t" {
      replica { region_name = "eu-west-1" }
      dynamic "replica" {
        for_each = var.more
        content { region_name = replica.value }
      }
    }
    """
    )
    found = resolved(text)[0]["aws_dynamodb_table.t"].placements
    assert [(shown(p.role), shown(p.region)) for p in found] == [
        ("at-rest", "eu-west-3"),
        ("replica", "eu-west-1"),
        ("replica", "unset-variable: var.more"),
    ]
    assert [isinstance(p.sure, Known) for p in found] == [True, True, False]


def test_geo_redundant_storage_has_a_replica_in_the_pair() -> None:
    def text(kind: str) -> str:
        return (
            'provider "azurerm" {}\nvariable "k" {}\nresource "azurerm_storage_account" "s" {\n'
            f'  location = "francecentral"\n  account_replication_type = {kind}\n}}\n'
        )

    address = "azurerm_storage_account.s"
    assert len(resolved(text('"LRS"'))[0][address].placements) == 1
    pair = resolved(text('"GRS"'))[0][address].placements[1]
    assert (shown(pair.role), shown(pair.region)) == ("replica", "francesouth")
    doubtful = resolved(text("var.k"))[0][address].placements[1]
    assert isinstance(doubtful.sure, Unknown)


def test_a_replica_instance_has_its_role_and_its_flow() -> None:
    text = (
        AWS
        + """
    resource "aws_db_instance" "main" {
      identifier = "claims"
    }
    resource "aws_db_instance" "copy" {
      replicate_source_db = aws_db_instance.main.identifier
    }
    """
    )
    placed, flows = resolved(text)
    assert [shown(p.role) for p in placed["aws_db_instance.copy"].placements] == ["replica"]
    assert [(f.kind, f.source.address, f.target.address if f.target else None) for f in flows] == [
        ("replication", "aws_db_instance.main", "aws_db_instance.copy")
    ]


def test_data_sent_to_an_address_lands_with_whoever_answers_there() -> None:
    text = (
        AWS
        + """
    resource "aws_sns_topic" "claims" {
      tags = { data_class = "claims" }
    }
    resource "aws_sns_topic_subscription" "hook" {
      topic_arn = aws_sns_topic.claims.arn
      protocol  = "https"
      endpoint  = "https://hooks.slack.com/services/x"
    }
    resource "aws_sns_topic_subscription" "queue" {
      topic_arn = aws_sns_topic.claims.arn
      protocol  = "sqs"
      endpoint  = "arn:aws:sqs:eu-west-3:1:q"
    }
    """
    )
    placed = resolved(text)[0]
    hook = placed["aws_sns_topic_subscription.hook"]
    assert [claim.data_class for claim in hook.classes.claims] == ["claims"]
    assert [(shown(p.role), shown(p.provider)) for p in hook.placements] == [("config", "aws"), ("processor", "slack")]
    assert [shown(p.role) for p in placed["aws_sns_topic_subscription.queue"].placements] == ["config"]


def test_a_host_in_the_settings_names_the_region_too() -> None:
    text = """
    terraform {
      required_providers {
        openstack = { source = "terraform-provider-openstack/openstack" }
      }
    }
    provider "helm" {
      kubernetes {
        host = "https://abc.c1.gra7.k8s.ovh.net"
      }
    }
    resource "helm_release" "r" {}
    """
    assert place(placement(text, "helm_release.r")) == ("ovhcloud", "GRA")


# --- hosts


@pytest.mark.parametrize(
    ("parts", "host"),
    [
        (("https://S3.fr-par.scw.cloud:443/a?b#c",), ("s3.fr-par.scw.cloud",)),
        (("user:pw@host.example.org/x",), ("host.example.org",)),
        (("https://", None, ".scw.cloud/x"), (None, ".scw.cloud")),
        (("https://host.example.org/", None), ("host.example.org",)),
        ((None,), (None,)),
        (("https://[::1]:8080/",), ("::1",)),
        (("host.example.org.",), ("host.example.org",)),
    ],
)
def test_the_host_of_an_address(parts: tuple[str | None, ...], host: tuple[str | None, ...]) -> None:
    assert host_parts(parts) == host


@pytest.mark.parametrize(
    ("host", "local"), [("127.0.0.1", True), ("8.8.8.8", False), ("a.internal", True), ("a.fr", False)]
)
def test_local_names(host: str, local: bool) -> None:
    assert is_local(host) is local
