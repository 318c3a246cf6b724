"""Settings that are handed to a module which isn't here: they are written here, and lead where they lead."""

from __future__ import annotations

import pytest

from sovlint.frontends.terraform import front_end
from sovlint.model.inputs import ReadOptions
from sovlint.model.resources.sent import Sent
from sovlint.model.value import Known
from tests.frontends.memory import MemoryReader
from tests.resolve.house import catalog

URL = "postgres://u@claims.x.us-east-1.rds.amazonaws.com/claims"
CALL = """module "app" {{
  source = "{source}"
  {body}
}}
"""


def sent(
    body: str, source: str = "terraform-aws-modules/lambda/aws", beside: str = ""
) -> dict[str, Sent]:
    """What the module is said to send on, by the name of the setting."""
    files = {"main.tf": CALL.format(source=source, body=body) + beside}
    found = front_end.read(MemoryReader(files), ReadOptions(), catalog().hints())
    resource = next(each for each in found.resources if each.address.startswith("module.app"))
    assert resource.is_elsewhere
    return {each.key: each for each in resource.sends}


@pytest.mark.parametrize(
    "argument",
    [
        "environment_variables", "map_environment", "container_environment", "environment", "app_settings", "env",
        "env_vars", "lambda_environment_variables", "whatever_it_is",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "form", ['{{ DATABASE_URL = "{url}" }}', '[{{ name = "DATABASE_URL", value = "{url}" }}]']
)
def test_a_map_and_a_list_of_settings_are_read_whatever_they_are_called(
    argument: str, form: str
) -> None:
    found = sent(f"{argument} = {form.format(url=URL)}")
    value = found["DATABASE_URL"].value
    assert isinstance(value, Known)
    assert value.value == URL


@pytest.mark.parametrize(
    "source", ["git::https://example.org/m.git", "app.terraform.io/a/b/c"]
)
def test_whatever_the_source(source: str) -> None:
    assert "DATABASE_URL" in sent(f'env = {{ DATABASE_URL = "{URL}" }}', source)


@pytest.mark.parametrize(
    "body",
    [
        'container_secrets = [{ name = "SENDGRID_API_KEY", valueFrom = aws_ssm_parameter.a.arn }]',
        "map_secrets = { SENDGRID_API_KEY = aws_ssm_parameter.a.arn }",
        "secrets = local.secrets",
        'container_definitions = { app = { secrets = [{ name = "SENDGRID_API_KEY", valueFrom = var.a }] } }',
        'container_definitions = jsonencode([{ secrets = [{ name = "SENDGRID_API_KEY", valueFrom = "a" }] }])',
    ],
)
def test_secrets_are_settings_whose_values_are_kept_elsewhere(body: str) -> None:
    beside = 'locals { secrets = [{ name = "SENDGRID_API_KEY", valueFrom = var.a }] }\nvariable "a" {}\n'
    assert sent(body, beside=beside)["SENDGRID_API_KEY"].provider == "sendgrid"


def test_part_of_an_address_that_is_looked_up_stays_a_store() -> None:
    body = 'environment_variables = { DB_HOST = "postgres://${data.aws_rds_cluster.x.endpoint}:5432/a" }'
    assert sent(body)["DB_HOST"].role == "at-rest"


@pytest.mark.parametrize(
    "body",
    [
        f'tags = {{ DATABASE_URL = "{URL}" }}',
        f'resource_tags = {{ DATABASE_URL = "{URL}" }}',
        f'service_labels = {{ DATABASE_URL = "{URL}" }}',
        'environment = "prod"',
        'principal = "s3.amazonaws.com"',
        'trusted_role_services = ["s3.amazonaws.com"]',
        'bucket_arn = "arn:aws:s3:::claims"',
        f'methods = {{ GET = "{"a"}", POST = "b" }}',
    ],
)
def test_tags_and_permissions_send_nothing(body: str) -> None:
    assert sent(body) == {}


def test_an_address_as_an_argument_of_its_own() -> None:
    found = sent('sierra_base_url = "https://libsys.acme-library.org/iii"')
    assert list(found) == ["sierra_base_url"]


def test_a_whole_resource_of_another_root_as_an_argument_hides_nothing() -> None:
    beside = 'resource "aws_lb" "a" {\n  name = "a"\n}\n'
    found = sent(f'env = {{ DATABASE_URL = "{URL}" }}\n  balancer = aws_lb.a', beside=beside)
    assert list(found) == ["DATABASE_URL"]
