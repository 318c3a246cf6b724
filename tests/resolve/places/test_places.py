"""Who runs it and where: the endpoint decides, then the provider block, then the plug-in; parents and replicas."""

from __future__ import annotations

import pytest

from sovlint.model.text import Note
from sovlint.model.value import Known, Reason, Step, StepKind, Unknown
from sovlint.resolve.facts.endpoints import host_parts, is_local
from sovlint.resolve.references import nearest, refers_to
from tests.catalog.known import FACTS, control_of
from tests.resolve.house import holding, place, placement, resolved, shown

AWS = 'provider "aws" {\n  region = "eu-west-3"\n}\n'
BUCKET = 'resource "aws_s3_bucket" "b" {}\nresource "aws_db_instance" "d" {}\n'


def aws(settings: str) -> str:
    return f'provider "aws" {{\n  region = "eu-west-3"\n  {settings}\n}}\nvariable "x" {{}}\n{BUCKET}'


def test_an_endpoint_moves_its_service_and_no_other() -> None:
    text = aws('endpoints {\n    s3 = "https://s3.fr-par.scw.cloud"\n  }')
    assert place(placement(text, "aws_s3_bucket.b")) == ("scaleway", "fr-par")
    assert shown(placement(text, "aws_s3_bucket.b").control) == control_of("scaleway")
    assert place(placement(text, "aws_db_instance.d")) == ("aws", "eu-west-3")


def test_an_unlisted_host_is_not_the_plug_ins_company() -> None:
    text = aws('endpoints {\n    s3 = "https://objects.example.net:9000/x"\n  }')
    found = placement(text, "aws_s3_bucket.b")
    assert shown(found.provider) == "not-in-catalogue: host objects.example.net"
    assert shown(found.control) == "not-in-catalogue: host objects.example.net"
    assert place(placement(text, "aws_db_instance.d")) == ("aws", "eu-west-3")


@pytest.mark.parametrize(
    "host",
    ["http://localhost:4566", "http://10.0.0.5", "http://minio:9000", "http://[::1]:80"],
)
def test_private_addresses_prove_nothing(host: str) -> None:
    found = placement(aws(f'endpoints {{\n    s3 = "{host}"\n  }}'), "aws_s3_bucket.b")
    assert str(shown(found.provider)).startswith("no-evidence")


def test_a_host_of_documentation_is_no_placement() -> None:
    found = placement(
        aws('endpoints {\n    s3 = "https://docs.outscale.com"\n  }'), "aws_s3_bucket.b"
    )
    assert shown(found.provider) == "no-evidence: host docs.outscale.com"


def test_a_region_in_a_host_that_the_catalogue_lacks_is_unknown_and_the_company_known() -> (
    None
):
    found = placement(
        aws('endpoints {\n    s3 = "https://s3.xx-nowhere.scw.cloud"\n  }'), "aws_s3_bucket.b"
    )
    assert place(found)[0] == "scaleway"
    assert str(place(found)[1]).startswith("not-in-catalogue")


def test_a_providers_own_endpoint_changes_nothing() -> None:
    text = aws(
        'endpoints {\n    s3 = "https://bucket.vpce-1a2b.s3.eu-west-3.vpce.amazonaws.com"\n  }'
    )
    assert place(placement(text, "aws_s3_bucket.b")) == ("aws", "eu-west-3")


def test_an_endpoint_with_a_hole_proves_the_company_all_the_same() -> None:
    found = placement(
        aws('endpoints {\n    s3 = "https://s3.${var.x}.io.cloud.ovh.net"\n  }'),
        "aws_s3_bucket.b",
    )
    assert place(found) == ("ovhcloud", "unset-variable: var.x")


def test_an_endpoint_that_is_not_known_leaves_the_company_open() -> None:
    found = placement(aws("endpoints {\n    s3 = var.x\n  }"), "aws_s3_bucket.b")
    assert place(found)[0] == "unset-variable: var.x"


def test_an_unlisted_type_under_moved_endpoints_may_be_moved_too() -> None:
    text = (
        aws('endpoints {\n    s3 = "https://s3.fr-par.scw.cloud"\n  }')
        + 'resource "aws_unheard_of" "u" {}\n'
    )
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
    found = placement(
        aws('endpoints {\n    s3 = "https://me:hunter2@objects.example.net"\n  }'),
        "aws_s3_bucket.b",
    )
    assert "hunter2" not in str(shown(found.provider))


@pytest.mark.parametrize(
    ("endpoint", "region"),
    [
        ("https://s3.us-east-1.amazonaws.com", "us-east-1"),
        ("https://s3.eu-west-3.amazonaws.com", "eu-west-3"),
        ("https://s3.${var.x}.amazonaws.com", "unset-variable: var.x"),
        ("https://bucket.vpce-1a2b.s3.us-east-1.vpce.amazonaws.com", "us-east-1"),
        ("https://s3.amazonaws.com", "eu-west-3"),
    ],
)
def test_the_region_that_a_providers_own_endpoint_names_decides(
    endpoint: str, region: str
) -> None:
    text = aws(f'endpoints {{\n    s3 = "{endpoint}"\n  }}')
    assert place(placement(text, "aws_s3_bucket.b")) == ("aws", region)
    assert shown(placement(text, "aws_s3_bucket.b").service) == "s3"
    assert place(placement(text, "aws_db_instance.d")) == ("aws", "eu-west-3")


def test_an_endpoint_in_a_block_of_settings_decides_the_region_too() -> None:
    def text(host: str) -> str:
        return (
            'variable "x" {}\nprovider "outscale" {\n  api {\n    region = "cloudgouv-eu-west-1"\n'
            f'    endpoint = "https://api.{host}.outscale.com/api/v1"\n  }}\n}}\n'
            'resource "outscale_volume" "v" {\n  subregion_name = "cloudgouv-eu-west-1a"\n}\n'
        )

    assert place(placement(text("us-east-2"), "outscale_volume.v")) == (
        "outscale",
        "us-east-2",
    )
    assert place(placement(text("cloudgouv-eu-west-1"), "outscale_volume.v")) == (
        "outscale",
        "cloudgouv-eu-west-1",
    )
    assert place(placement(text("${var.x}"), "outscale_volume.v")) == (
        "outscale",
        "unset-variable: var.x",
    )


def test_a_backends_endpoint_decides_the_region_of_its_state() -> None:
    text = 'terraform {\n  backend "s3" {\n    region = "eu-west-3"\n    endpoint = "https://s3.us-east-1.amazonaws.com"\n'
    assert place(placement(text + "  }\n}\n", "terraform.backend")) == ("aws", "us-east-1")


def test_a_replica_stays_where_it_is_sent_whatever_the_endpoint_of_its_origin() -> None:
    text = aws('endpoints {\n    dynamodb = "https://dynamodb.eu-west-3.amazonaws.com"\n  }')
    text += 'resource "aws_dynamodb_table" "t" {\n  replica {\n    region_name = "us-east-1"\n  }\n}\n'
    assert place(placement(text, "aws_dynamodb_table.t")) == ("aws", "eu-west-3")
    assert place(placement(text, "aws_dynamodb_table.t", 1)) == ("aws", "us-east-1")


def test_a_replica_that_nobody_can_place_is_not_where_the_endpoint_of_its_origin_is() -> None:
    text = aws('endpoints {\n    s3 = "https://s3.eu-west-3.amazonaws.com"\n  }')
    text += """
    resource "aws_s3_bucket_replication_configuration" "r" {
      bucket = aws_s3_bucket.b.id
      rule {
        destination {
          bucket = "arn:aws:s3:::elsewhere"
        }
      }
    }
    """
    found = placement(text, "aws_s3_bucket_replication_configuration.r")
    assert place(found) == (
        "aws",
        "no-evidence: rule.*.destination.bucket",
    )


def test_endpoints_of_openstack_move_the_service_that_they_name() -> None:
    text = """
    terraform {
      required_providers {
        openstack = { source = "terraform-provider-openstack/openstack" }
      }
    }
    provider "openstack" {
      auth_url           = "https://auth.cloud.ovh.net/v3"
      region             = "GRA"
      endpoint_overrides = { "object-store" = "https://swift.us.example.com/v1/" }
    }
    resource "openstack_objectstorage_container_v1" "c" {}
    resource "openstack_blockstorage_volume_v3" "v" {}
    resource "openstack_keymanager_secret_v1" "s" {}
    """
    elsewhere = "not-in-catalogue: host swift.us.example.com"
    assert place(placement(text, "openstack_objectstorage_container_v1.c")) == (
        elsewhere,
        elsewhere,
    )
    assert place(placement(text, "openstack_blockstorage_volume_v3.v")) == ("ovhcloud", "GRA")
    secret = placement(text, "openstack_keymanager_secret_v1.s")
    assert place(secret)[0] == elsewhere, "which key is its isn't documented"


@pytest.mark.parametrize(
    ("provider", "address"),
    [
        (
            '"outscale" {\n  api {\n    endpoint = "https://api.example.com"\n  }',
            "outscale_unheard_of.u",
        ),
        (
            '"google" {\n  storage_custom_endpoint = "https://x.example.com"',
            "google_unheard_of.u",
        ),
        (
            '"google" {\n  unheard_custom_endpoint = "https://x.example.com"',
            "google_unheard_of.u",
        ),
    ],
)
def test_an_unlisted_type_may_be_behind_an_endpoint_of_any_form(
    provider: str, address: str
) -> None:
    kind = address.partition(".")[0]
    found = placement(f'provider {provider}\n}}\nresource "{kind}" "u" {{}}\n', address)
    assert shown(found.provider) == f"not-in-catalogue: {kind}"


def test_an_argument_of_the_provider_is_no_endpoint_of_an_unlisted_type() -> None:
    text = 'variable "id" {}\nprovider "outscale" {\n  access_key_id = var.id\n  region = "eu-west-2"\n}\n'
    assert place(
        placement(text + 'resource "outscale_route" "r" {}\n', "outscale_route.r")
    ) == (
        "outscale",
        "eu-west-2",
    )


def test_endpoints_that_stay_where_they_are_cast_no_doubt_on_an_unlisted_type() -> None:
    own = aws(
        'endpoints {\n    sts = "https://vpce-1a2b.sts.eu-west-3.vpce.amazonaws.com"\n  }'
    )
    text = own + 'resource "aws_unheard_of" "u" {}\n'
    assert place(placement(text, "aws_unheard_of.u")) == ("aws", "eu-west-3")
    away = placement(text.replace("sts.eu-west-3", "sts.us-east-1"), "aws_unheard_of.u")
    assert str(place(away)[0]).startswith("not-in-catalogue")


# --- region


def test_the_resource_wins_over_the_provider_block_and_null_falls_through() -> None:
    for argument, region in (
        ('region = "eu-west-1"', "eu-west-1"),
        ("region = null", "eu-west-3"),
        ("", "eu-west-3"),
    ):
        text = AWS + f'resource "aws_s3_bucket" "b" {{\n  {argument}\n}}\n'
        assert place(placement(text, "aws_s3_bucket.b")) == ("aws", region)


def test_a_region_that_may_be_null_may_be_the_providers() -> None:
    text = (
        AWS
        + 'variable "f" {}\nresource "aws_s3_bucket" "b" {\n  region = var.f ? "eu-south-1" : null\n}\n'
    )
    assert shown(placement(text, "aws_s3_bucket.b").region) == {"eu-south-1", "eu-west-3"}
    assert shown(placement(text, "aws_s3_bucket.b").area) == ("EEA", "EU")
    assert shown(placement(text, "aws_s3_bucket.b").country) == {"IT", "FR"}


def test_a_zone_belongs_to_its_region() -> None:
    text = 'provider "outscale" {}\nresource "outscale_volume" "v" {\n  subregion_name = "cloudgouv-eu-west-1a"\n}\n'
    assert place(placement(text, "outscale_volume.v")) == ("outscale", "cloudgouv-eu-west-1")


def test_the_same_code_is_not_the_same_place_everywhere() -> None:
    assert (
        shown(
            placement(
                'provider "aws" {\n  region = "eu-west-2"\n}\n' + BUCKET, "aws_s3_bucket.b"
            ).country
        )
        == "GB"
    )
    text = 'provider "outscale" {\n  region = "eu-west-2"\n}\nresource "outscale_volume" "v" {}\n'
    assert shown(placement(text, "outscale_volume.v").country) == "FR"


def test_a_zone_outside_of_its_region_leaves_both_possible() -> None:
    text = 'provider "outscale" {\n  region = "eu-west-2"\n}\n'
    text += 'resource "outscale_volume" "v" {\n  subregion_name = "cloudgouv-eu-west-1a"\n}\n'
    found = placement(text, "outscale_volume.v")
    assert shown(found.region) == {"eu-west-2", "cloudgouv-eu-west-1"}
    assert isinstance(holding(found, "secnumcloud").held, Unknown)


APART = """
provider "scaleway" {
  region = "fr-par"
  zone   = "nl-ams-1"
}
provider "google" {
  region = "europe-west9"
}
resource "scaleway_instance_server" "zonal" {
  type = "DEV1-S"
}
resource "scaleway_object_bucket" "regional" {
  name = "claims"
}
resource "google_compute_disk" "zonal" {
  name = "claims"
}
resource "google_compute_disk" "written" {
  name = "claims"
  zone = "europe-west9-b"
}
resource "google_pubsub_lite_topic" "regional" {
  name = "claims"
}
"""


def test_what_sits_in_a_zone_is_where_the_zone_of_the_provider_block_is() -> None:
    assert place(placement(APART, "scaleway_instance_server.zonal")) == ("scaleway", "nl-ams")
    assert place(placement(APART, "scaleway_object_bucket.regional")) == (
        "scaleway",
        "fr-par",
    )


def test_the_region_of_a_provider_block_says_nothing_of_its_zone() -> None:
    assert place(placement(APART, "google_compute_disk.zonal")) == (
        "google-cloud",
        "from-environment: region",
    )
    assert place(placement(APART, "google_compute_disk.written")) == (
        "google-cloud",
        "europe-west9",
    )
    assert place(placement(APART, "google_pubsub_lite_topic.regional")) == (
        "google-cloud",
        "europe-west9",
    )


def test_where_nobody_names_a_region() -> None:
    assert place(placement('provider "aws" {}\n' + BUCKET, "aws_s3_bucket.b")) == (
        "aws",
        "from-environment: region",
    )
    assert place(placement(BUCKET, "aws_s3_bucket.b")) == (
        "aws",
        "caller-not-in-repo: region",
    )


def test_a_code_that_the_catalogue_lacks_is_no_guess() -> None:
    text = 'provider "aws" {\n  region = "eu-moon-1"\n}\n' + BUCKET
    assert place(placement(text, "aws_s3_bucket.b")) == ("aws", "not-in-catalogue: eu-moon-1")


def test_multi_regions_and_global_services() -> None:
    text = (
        'provider "google" {}\nresource "google_storage_bucket" "b" {\n  location = "EU"\n}\n'
    )
    found = placement(text, "google_storage_bucket.b")
    assert (shown(found.region), shown(found.area), shown(found.country)) == (
        "EU",
        ("EEA", "EU"),
        "multi-valued: EU",
    )
    edge = placement(
        AWS + 'resource "aws_cloudfront_distribution" "c" {}\n',
        "aws_cloudfront_distribution.c",
    )
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
    assert place(placement(text, "azurerm_mssql_server.s")) == (
        "microsoft-azure",
        "francecentral",
    )
    assert place(placement(text, "azurerm_mssql_database.d")) == (
        "microsoft-azure",
        "francecentral",
    )
    assert str(place(placement(text, "azurerm_mssql_database.elsewhere"))[1]).startswith(
        "no-evidence"
    )


SERVERS = """
provider "azurerm" {}
variable "x" {}
resource "azurerm_mssql_server" "eu" {
  name     = "eu"
  location = "francecentral"
}
resource "azurerm_mssql_server" "us" {
  name     = "us"
  location = "eastus"
}
resource "azurerm_mssql_server" "each" {
  for_each = { eu = "francecentral", us = "eastus" }
  location = each.value
}
"""


def database(server: str) -> object:
    """The region of a database of this server."""
    text = SERVERS + f'resource "azurerm_mssql_database" "d" {{\n  server_id = {server}\n}}\n'
    return shown(placement(text, "azurerm_mssql_database.d").region)


@pytest.mark.parametrize(
    "server",
    [
        "var.x ? azurerm_mssql_server.eu.id : azurerm_mssql_server.us.id",
        "[azurerm_mssql_server.eu.id, azurerm_mssql_server.us.id][var.x]",
        "lookup({ a = azurerm_mssql_server.eu.id, b = azurerm_mssql_server.us.id }, var.x)",
        "azurerm_mssql_server.each[var.x].id",
        "var.x ? null : azurerm_mssql_server.eu.id",
        '"${azurerm_mssql_server.eu.resource_group_name}/servers/other"',
        '"${azurerm_mssql_server.eu.id}-${azurerm_mssql_server.us.id}"',
    ],
)
def test_a_parent_that_is_not_surely_one_is_not_the_first_of_its_names(server: str) -> None:
    assert database(server) not in ("francecentral", "eastus")


@pytest.mark.parametrize(
    "server",
    [
        "azurerm_mssql_server.eu.id",
        'azurerm_mssql_server.each["eu"].id',
        "azurerm_mssql_server.eu.name",
        "local.id",
    ],
)
def test_a_plain_reference_names_the_parent(server: str) -> None:
    text = "locals {\n  id = azurerm_mssql_server.eu.id\n}\n"
    text += (
        SERVERS + f'resource "azurerm_mssql_database" "d" {{\n  server_id = {server}\n}}\n'
    )
    assert shown(placement(text, "azurerm_mssql_database.d").region) == "francecentral"


def test_a_parent_passed_to_a_module_as_a_whole_is_still_plainly_named() -> None:
    parent = read("azurerm_mssql_server.eu")
    local = Step(None, Note("terraform.local"), kind=StepKind.PASSED_ON)
    passed = Step(None, Note("terraform.module-input"), (local,), kind=StepKind.PASSED_ON)
    unset = Step(None, Note("terraform.variable-unset"))

    def computed(*causes: Step) -> Unknown:
        return Unknown(
            Reason.COMPUTED_AT_APPLY,
            "x",
            Step(None, Note("terraform.combined"), causes, kind=StepKind.COMBINED),
        )

    assert refers_to(computed(parent, passed)) == "azurerm_mssql_server.eu"
    assert refers_to(computed(parent, unset)) is None
    assert refers_to(computed(parent, read("azurerm_mssql_server.us"))) is None
    assert (
        refers_to(
            Known(
                "x", Step(None, Note("terraform.output"), (parent,), kind=StepKind.PASSED_ON)
            )
        )
        == "azurerm_mssql_server.eu"
    )
    assert refers_to(Known("x", Step(None, Note("terraform.other"), (parent,)))) is None
    assert refers_to(Known("x")) is None


def test_the_nearest_of_what_a_value_was_read_from_is_found_on_every_branch() -> None:
    there = {"a": "A", "b": "B", "c": "C"}
    chain = Step(
        None,
        Note("terraform.combined"),
        (read("data.d", read("a", read("b"))), read("c"), read("c")),
    )
    assert nearest(Known("x", chain), there.get) == ["C", "A"]
    chosen = Unknown(
        Reason.UNSET_VARIABLE, among=(Known("x", read("a")), Known("y", read("b")))
    )
    assert nearest(chosen, there.get) == ["A", "B"]
    assert nearest(Known("x"), there.get) == []


def read(address: str, *parents: Step) -> Step:
    """A step that read a resource."""
    return Step(None, Note("terraform.reference"), parents, address)


def test_text_made_from_a_parents_name_is_another_name() -> None:
    assert database('replace(azurerm_mssql_server.eu.name, "eu", "us")') == (
        "computed-at-apply: server_id"
    )
    chosen = database("var.x ? azurerm_mssql_server.eu.name : azurerm_mssql_server.us.name")
    assert chosen == {"francecentral", "eastus"}


def test_a_replica_in_several_places_is_in_one_of_them() -> None:
    text = (
        AWS
        + """
    resource "aws_s3_bucket" "a" {}
    resource "aws_s3_bucket" "one" {
      region = "eu-west-1"
    }
    resource "aws_s3_bucket" "two" {
      region = "us-east-1"
    }
    resource "aws_s3_bucket_replication_configuration" "r" {
      bucket = aws_s3_bucket.a.id
      rule {
        destination {
          bucket = aws_s3_bucket.one.arn
        }
      }
      rule {
        destination {
          bucket = aws_s3_bucket.two.arn
        }
      }
    }
    """
    )
    found = placement(text, "aws_s3_bucket_replication_configuration.r")
    assert (shown(found.role), shown(found.region)) == ("replica", {"eu-west-1", "us-east-1"})


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
    assert shown(found.control) == control_of("s3ns")
    assert shown(found.technology) == tuple(FACTS["providers"]["s3ns"]["technology"])
    address = "google_sql_database_instance.d"
    assert str(place(placement(text('"cloud.example"'), address))[0]).startswith(
        "not-in-catalogue"
    )
    assert place(placement(text("var.u"), address))[0] == "unset-variable: var.u"


def test_openstack_is_whoever_answers_at_its_address() -> None:
    def text(url: str) -> str:
        return f'provider "openstack" {{\n  auth_url = "{url}"\n  region = "GRA11"\n}}\n' + (
            "terraform {\n  required_providers {\n"
            '    openstack = { source = "terraform-provider-openstack/openstack" }\n'
            '  }\n}\nresource "openstack_blockstorage_volume_v3" "v" {}\n'
        )

    address = "openstack_blockstorage_volume_v3.v"
    assert place(placement(text("https://auth.cloud.ovh.net/v3/"), address)) == (
        "ovhcloud",
        "GRA",
    )
    assert str(
        place(placement(text("https://keystone.example.org/v3"), address))[0]
    ).startswith("not-in-catalogue")


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
    assert [
        (f.kind, f.source.address, f.target.address if f.target else None) for f in flows
    ] == [("replication", "aws_db_instance.main", "aws_db_instance.copy")]


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
    assert [(shown(p.role), shown(p.provider)) for p in hook.placements] == [
        ("config", "aws"),
        ("processor", "slack"),
    ]
    queue = placed["aws_sns_topic_subscription.queue"]
    assert [(shown(p.role), shown(p.region)) for p in queue.placements] == [
        ("config", "eu-west-3"),
        ("processor", "eu-west-3"),
    ]


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
        (("jdbc:snowflake://a.example.org/?db=x",), ("a.example.org",)),
        (("https://user:a/b?c#d@host.example.org/x",), ("host.example.org",)),
        (("https://host.example.org/a b:c/d@e",), ("host.example.org",)),
        (("a:b" * 200_000,), ("a:b" * 200_000,)),
    ],
)
def test_the_host_of_an_address(
    parts: tuple[str | None, ...], host: tuple[str | None, ...]
) -> None:
    assert host_parts(parts) == host


@pytest.mark.parametrize(
    ("host", "local"),
    [("127.0.0.1", True), ("8.8.8.8", False), ("a.internal", True), ("a.fr", False)],
)
def test_local_names(host: str, local: bool) -> None:
    assert is_local(host) is local


def test_what_a_function_makes_of_a_reference_names_no_parent() -> None:
    text = """
    provider "azurerm" {}
    resource "azurerm_mssql_server" "eu" {
      location = "francecentral"
    }
    resource "azurerm_mssql_database" "d" {
      server_id = replace(azurerm_mssql_server.eu.id, "eu", "us")
    }
    """
    assert isinstance(placement(text, "azurerm_mssql_database.d").region, Unknown)


def test_a_copy_to_one_of_two_places_flows_to_both() -> None:
    text = (
        AWS
        + """
    variable "x" {}
    resource "aws_s3_bucket" "s" {
      tags = { data_class = "health" }
    }
    resource "aws_s3_bucket" "one" {}
    resource "aws_s3_bucket" "two" {
      region = "us-east-1"
    }
    resource "aws_s3_bucket_replication_configuration" "r" {
      bucket = aws_s3_bucket.s.id
      rule {
        destination { bucket = var.x ? aws_s3_bucket.one.arn : aws_s3_bucket.two.arn }
      }
    }
    """
    )
    placed = resolved(text)[0]
    for name in ("one", "two"):
        assert [c.data_class for c in placed[f"aws_s3_bucket.{name}"].classes.claims] == [
            "health"
        ]


def zoned(block: str, data: str, zone: str) -> tuple[object, object]:
    text = f"""
provider "google" {{
  {block}
}}
data "google_compute_zones" "z" {{
  {data}
}}
resource "google_compute_instance" "i" {{
  zone = {zone}
}}
"""
    return place(placement(text, "google_compute_instance.i"))


@pytest.mark.parametrize(
    "zone",
    [
        "data.google_compute_zones.z.names[0]",
        "data.google_compute_zones.z.names[var.which]",
        "element(data.google_compute_zones.z.names, 2)",
        "slice(data.google_compute_zones.z.names, 0, 2)[1]",
        "sort(data.google_compute_zones.z.names)[0]",
        "[for each in data.google_compute_zones.z.names : each][0]",
        '"europe-west9-${var.letter}"',
    ],
)
def test_whichever_zone_of_a_region_is_in_that_region(zone: str) -> None:
    assert zoned('region = "europe-west9"', "", zone) == ("google-cloud", "europe-west9")


def test_zones_are_those_of_the_region_that_the_data_source_asks_for() -> None:
    asked = zoned(
        'region = "europe-west9"',
        'region = "us-central1"',
        "data.google_compute_zones.z.names[0]",
    )
    assert asked == ("google-cloud", "us-central1")
    nowhere = zoned("", "", "data.google_compute_zones.z.names[0]")[1]
    assert str(nowhere).startswith("computed-at-apply")


def test_what_may_go_on_to_another_region_is_not_a_zone() -> None:
    """``europe-west1`` and something may be ``europe-west12``; nor does a zone of nothing listed say where it is."""
    for zone in (
        '"europe-west1${var.rest}"',
        '"europe-west99-${var.rest}"',
        '"europe-west9-${var.a}x"',
    ):
        assert str(zoned('region = "europe-west9"', "", zone)[1]).startswith(
            "unsupported-expression"
        )
