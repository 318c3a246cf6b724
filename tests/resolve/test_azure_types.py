"""Azure's types that are easy to get wrong: stored data behind a modest name, copies, and where logs end up."""

from __future__ import annotations

import pytest

from tests.resolve.house import classes, place, resolved, shown

PARIS = """
provider "azurerm" {}
resource "azurerm_linux_virtual_machine" "vm" {
  location = "francecentral"
  tags     = { data-classification = "health" }
}
resource "azurerm_log_analytics_workspace" "logs" {
  location = "eastus"
}
"""


def roles(text: str, address: str) -> list[tuple[object, object]]:
    """Role and region of each placement."""
    return [
        (shown(each.role), place(each)[1]) for each in resolved(text)[0][address].placements
    ]


def carried(text: str, address: str) -> set[str]:
    """The data classes of a resource."""
    return set(classes(resolved(text)[0][address]))


def test_a_disk_that_a_machine_is_given_is_stored_data_where_the_machine_is() -> None:
    text = PARIS + (
        'resource "azurerm_virtual_machine_implicit_data_disk_from_source" "d" {\n'
        "  virtual_machine_id = azurerm_linux_virtual_machine.vm.id\n}\n"
    )
    address = "azurerm_virtual_machine_implicit_data_disk_from_source.d"
    assert roles(text, address) == [("at-rest", "francecentral")]


def test_a_follower_of_a_database_is_a_copy_in_the_cluster_that_follows() -> None:
    text = (
        'provider "azurerm" {}\nresource "azurerm_kusto_cluster" "eu" {\n  location = "francecentral"\n'
        '  tags = { data-classification = "health" }\n}\n'
        'resource "azurerm_kusto_attached_database_configuration" "us" {\n  location = "eastus"\n'
        "  cluster_id = azurerm_kusto_cluster.eu.id\n}\n"
    )
    address = "azurerm_kusto_attached_database_configuration.us"
    assert roles(text, address) == [("replica", "eastus")]
    assert carried(text, address) == {"health"}


def test_where_sap_runs_counts_beside_where_azure_keeps_the_record() -> None:
    text = (
        'provider "azurerm" {}\nresource "azurerm_workloads_sap_single_node_virtual_instance" "s" {\n'
        '  location = "francecentral"\n  app_location = "eastus"\n}\n'
    )
    found = roles(text, "azurerm_workloads_sap_single_node_virtual_instance.s")
    assert found == [("compute", "francecentral"), ("compute", "eastus")]


def test_logs_of_a_machine_reach_the_workspace_through_a_rule_and_its_association() -> None:
    text = PARIS + (
        'resource "azurerm_monitor_data_collection_rule" "rule" {\n  location = "francecentral"\n'
        "  destinations {\n    log_analytics {\n"
        "      workspace_resource_id = azurerm_log_analytics_workspace.logs.id\n    }\n  }\n}\n"
        'resource "azurerm_monitor_data_collection_rule_association" "a" {\n'
        "  target_resource_id = azurerm_linux_virtual_machine.vm.id\n"
        "  data_collection_rule_id = azurerm_monitor_data_collection_rule.rule.id\n}\n"
    )
    assert carried(text, "azurerm_log_analytics_workspace.logs") == {"health"}


@pytest.mark.parametrize(
    "block", ["", 'tls_certificate {\n    key_vault_secret_id = "x"\n    name = "n"\n  }\n']
)
def test_a_firewall_that_opens_tls_is_an_entry_point(block: str) -> None:
    text = f'resource "azurerm_firewall_policy" "p" {{\n  location = "francecentral"\n  {block}}}\n'
    found = [role for role, _ in roles(text, "azurerm_firewall_policy.p")]
    assert found == (["config", "edge"] if block else ["config"])


def test_events_sent_to_a_web_hook_land_with_whoever_answers() -> None:
    text = (
        'provider "azurerm" {}\nresource "azurerm_storage_account" "a" {\n  location = "francecentral"\n'
        '  tags = { data-classification = "health" }\n}\n'
        'resource "azurerm_eventgrid_event_subscription" "e" {\n  scope = azurerm_storage_account.a.id\n'
        '  webhook_endpoint {\n    url = "https://http-intake.logs.datadoghq.com/api/v2/logs"\n  }\n}\n'
    )
    found = resolved(text)[0]["azurerm_eventgrid_event_subscription.e"].placements
    assert [(shown(each.role), place(each)[0]) for each in found][1:] == [
        ("processor", "datadog")
    ]
    assert carried(text, "azurerm_eventgrid_event_subscription.e") == {"health"}


@pytest.mark.parametrize("endpoint", ["endpoint = [{{ {0} }}]", "endpoint {{\n    {0}\n  }}"])
@pytest.mark.parametrize(
    ("host", "company"),
    [
        ("management.azure.com", "microsoft-azure"),
        ("management.bleucloud.fr", "bleu"),
        ("management.casa.example.net", "not-in-catalogue: host management.casa.example.net"),
    ],
)
def test_whoever_answers_for_resource_manager_runs_what_azapi_declares(
    endpoint: str, host: str, company: str
) -> None:
    block = endpoint.format(f'resource_manager_endpoint = "https://{host}/"')
    text = f'provider "azapi" {{\n  {block}\n}}\nresource "azapi_resource" "r" {{\n  location = "francecentral"\n}}\n'
    (found,) = resolved(text)[0]["azapi_resource.r"].placements
    assert place(found)[0] == company


@pytest.mark.parametrize(
    ("written", "region", "country"),
    [
        ("France", "france", "FR"),
        ("United States", "unitedstates", "US"),
        ("Europe", "not-in-catalogue: Europe", "not-in-catalogue: Europe"),
    ],
)
def test_a_state_may_be_named_instead_of_a_region(
    written: str, region: str, country: str
) -> None:
    text = f'resource "azurerm_communication_service" "c" {{\n  data_location = "{written}"\n}}\n'
    (found,) = resolved(text)[0]["azurerm_communication_service.c"].placements
    assert (place(found)[1], shown(found.country)) == (region, country)


def test_what_a_factory_reads_reaches_the_warehouse_that_it_is_linked_to() -> None:
    text = (
        'resource "azurerm_storage_account" "a" {\n  location = "francecentral"\n'
        '  tags = { data-classification = "health" }\n}\n'
        'resource "azurerm_data_factory" "f" {\n  location = "francecentral"\n}\n'
        'resource "azurerm_data_factory_linked_service_azure_blob_storage" "in" {\n'
        "  data_factory_id = azurerm_data_factory.f.id\n"
        "  connection_string = azurerm_storage_account.a.primary_connection_string\n}\n"
        'resource "azurerm_data_factory_linked_service_snowflake" "out" {\n'
        "  data_factory_id = azurerm_data_factory.f.id\n"
        '  connection_string = "jdbc:snowflake://acme.snowflakecomputing.com/?db=x"\n}\n'
    )
    address = "azurerm_data_factory_linked_service_snowflake.out"
    found = resolved(text)[0][address].placements
    assert [(shown(each.role), place(each)[0]) for each in found][1:] == [
        ("processor", "snowflake")
    ]
    assert carried(text, address) == {"health"}


def test_telemetry_of_an_application_reaches_where_it_is_kept() -> None:
    text = (
        'resource "azurerm_linux_web_app" "w" {\n  location = "francecentral"\n'
        '  tags = { data-classification = "health" }\n  app_settings = {\n'
        "    APPLICATIONINSIGHTS_CONNECTION_STRING = azurerm_application_insights.i.connection_string\n  }\n}\n"
        'resource "azurerm_application_insights" "i" {\n  location = "eastus"\n}\n'
    )
    assert carried(text, "azurerm_application_insights.i") == {"health"}


def test_what_has_no_place_of_its_own_passes_its_parents_on() -> None:
    text = (
        'resource "azurerm_virtual_network" "n" {\n  name = "n"\n  location = "francecentral"\n}\n'
        'resource "azurerm_subnet" "s" {\n  virtual_network_name = azurerm_virtual_network.n.name\n}\n'
        'resource "azurerm_app_service_environment_v3" "e" {\n  subnet_id = azurerm_subnet.s.id\n}\n'
        'resource "azurerm_storage_sync" "y" {\n  location = "francecentral"\n}\n'
        'resource "azurerm_storage_sync_group" "g" {\n  storage_sync_id = azurerm_storage_sync.y.id\n}\n'
        'resource "azurerm_storage_sync_cloud_endpoint" "c" {\n'
        "  storage_sync_group_id = azurerm_storage_sync_group.g.id\n}\n"
    )
    assert roles(text, "azurerm_app_service_environment_v3.e") == [
        ("compute", "francecentral")
    ]
    assert roles(text, "azurerm_storage_sync_cloud_endpoint.c") == [
        ("compute", "francecentral")
    ]


def test_a_container_declares_its_class_in_its_metadata() -> None:
    text = 'resource "azurerm_storage_container" "c" {\n  metadata = { data_classification = "health" }\n}\n'
    assert carried(text, "azurerm_storage_container.c") == {"health"}


def test_events_of_twins_reach_the_topic_whose_connection_string_is_given() -> None:
    text = (
        'resource "azurerm_digital_twins_instance" "t" {\n  location = "francecentral"\n'
        '  tags = { data-classification = "health" }\n}\n'
        'resource "azurerm_servicebus_topic" "s" {\n  namespace_id = "x"\n}\n'
        'resource "azurerm_servicebus_topic_authorization_rule" "r" {\n  topic_id = azurerm_servicebus_topic.s.id\n}\n'
        'resource "azurerm_digital_twins_endpoint_servicebus" "e" {\n'
        "  digital_twins_id = azurerm_digital_twins_instance.t.id\n"
        "  servicebus_primary_connection_string ="
        " azurerm_servicebus_topic_authorization_rule.r.primary_connection_string\n}\n"
    )
    assert carried(text, "azurerm_servicebus_topic.s") == {"health"}
