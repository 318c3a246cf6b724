"""Settings of what runs say the same wherever they are written: in a manifest, or in any type that keeps settings."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from sovlint.frontends.terraform import front_end
from sovlint.model.inputs import ReadOptions
from sovlint.model.placement import Placed
from tests.frontends.memory import MemoryReader
from tests.resolve.house import catalog, classes, place, resolved, shown
from tests.resolve.manifests_house import placed

Settings = dict[str, str]
Sends = list[tuple[str, str, object, object]]

TABLE: list[Settings] = [
    {"SENTRY_DSN": "https://0123@o1.ingest.us.sentry.io/4"},
    {"SENTRY_DSN": "https://0123@o1.ingest.de.sentry.io/4", "LOG_LEVEL": "debug"},
    {"OPENAI_API_KEY": "sk-1"},
    {"OPENAI_API_KEY": "sk-1", "OPENAI_BASE_URL": "https://llm.acme.fr/v1"},
    {"DATABASE_URL": "postgres://u:p@claims.c1a2.us-east-1.rds.amazonaws.com:5432/claims"},
    {"DB_HOST": "10.0.0.4", "SMTP_HOST": "smtp-relay.brevo.com"},
    {"SMTP_HOST": "localhost", "DD_SITE": "datadoghq.com", "DD_API_KEY": "k"},
    {"AWS_S3_ENDPOINT": "https://s3.fr-par.scw.cloud", "MAILGUN_API_KEY": "k"},
    {"MAIL_URL": "https://www.acme.fr", "NAME": "claims"},
]


def entries(settings: Settings, form: str, between: str = "\n") -> str:
    return between.join(
        form.format(name=name, value=value) for name, value in settings.items()
    )


def pairs(settings: Settings) -> str:
    return entries(settings, '    {name} = "{value}"')


def listed(settings: Settings, name: str = "name", block: str = "env") -> str:
    return entries(
        settings,
        f'    {block} {{{{\n      {name} = "{{name}}"\n      value = "{{value}}"\n    }}}}',
    )


def own(source: str) -> str:
    name = source.partition("/")[2]
    return f'terraform {{\n required_providers {{\n {name} = {{ source = "{source}" }}\n }}\n}}\n'


def nested(path: str, inner: str) -> str:
    """Blocks within blocks."""
    names = path.split(".") if path else []
    return "".join(f"{name} {{\n" for name in names) + inner + "\n" + "}\n" * len(names)


def of(kind: str, inner: str, name: str = "x") -> str:
    return f'resource "{kind}" "{name}" {{\n{inner}\n}}\n'


def in_blocks(kind: str, above: str) -> Callable[[Settings], str]:
    """Blocks of names and values in blocks within blocks."""
    return lambda settings: of(kind, nested(above, listed(settings)))


def in_map(kind: str, path: str, before: str = "") -> Callable[[Settings], str]:
    """A map, which may stand in a block."""
    above, _, name = path.rpartition(".")
    return lambda settings: (
        before + of(kind, nested(above, f"{name} = {{\n{pairs(settings)}\n}}"))
    )


def task(settings: Settings) -> str:
    return json.dumps(
        [
            {
                "name": "a",
                "environment": [{"name": n, "value": v} for n, v in settings.items()],
            }
        ],
        indent=2,
    )


def ecs(definitions: str, before: str = "") -> str:
    return f'{before}resource "aws_ecs_task_definition" "x" {{\n  container_definitions = {definitions}\n}}\n'


def encoded(settings: Settings) -> str:
    environment = entries(settings, '{{ name = "{name}", value = "{value}" }}', ", ")
    return f"jsonencode([{{ environment = [{environment}] }}])"


def values(settings: Settings) -> str:
    inner = f"yamlencode({{ env = {{\n{pairs(settings)}\n}} }})"
    return of("helm_release", f' chart = "x"\n values = [{inner}]')


def manifest(settings: Settings) -> str:
    env = entries(settings, '{{ name = "{name}", value = "{value}" }}', ", ")
    return (
        'resource "kubernetes_manifest" "x" {\n manifest = {\n apiVersion = "v1"\n kind = "Pod"\n'
        f' metadata = {{ name = "a" }}\n spec = {{ containers = [{{ env = [{env}] }}] }}\n }}\n}}\n'
    )


def in_text(settings: Settings) -> str:
    env = entries(settings, "        - {{name: {name}, value: '{value}'}}")
    return (
        'resource "kubectl_manifest" "x" {\n  yaml_body = <<-EOT\n    apiVersion: v1\n    kind: Pod\n'
        f"    metadata: {{name: a}}\n    spec:\n      containers:\n      - env:\n{env}\n  EOT\n}}\n"
    )


FORMS: dict[str, Callable[[Settings], str]] = {
    "lambda": in_map("aws_lambda_function", "environment.variables"),
    "ecs": lambda settings: ecs(encoded(settings)),
    "ecs-in-a-local": lambda settings: ecs(
        "local.a", f"locals {{\n a = {encoded(settings)}\n}}\n"
    ),
    "ecs-text": lambda settings: ecs(f"<<EOT\n{task(settings)}\nEOT"),
    "cloud-run": in_blocks("google_cloud_run_service", "template.spec.containers"),
    "cloud-run-2": in_blocks("google_cloud_run_v2_service", "template.containers"),
    "cloud-run-job": in_blocks("google_cloud_run_v2_job", "template.template.containers"),
    "functions-2": in_map(
        "google_cloudfunctions2_function", "service_config.environment_variables"
    ),
    "azure-web-app": in_map("azurerm_linux_web_app", "app_settings"),
    "azure-function": in_map("azurerm_windows_function_app", "app_settings"),
    "azure-container-app": in_blocks("azurerm_container_app", "template.container"),
    "azure-container-group": in_map(
        "azurerm_container_group", "container.secure_environment_variables"
    ),
    "scaleway-container": in_map(
        "scaleway_container", "environment_variables", own("scaleway/scaleway")
    ),
    "scaleway-function": in_map(
        "scaleway_function", "secret_environment_variables", own("scaleway/scaleway")
    ),
    "scaleway-job": in_map("scaleway_job_definition", "env", own("scaleway/scaleway")),
    "clever-cloud": in_map(
        "clevercloud_nodejs", "environment", own("CleverCloud/clevercloud")
    ),
    "scalingo": in_map("scalingo_app", "environment", own("Scalingo/scalingo")),
    "deployment": in_blocks("kubernetes_deployment_v1", "spec.template.spec.container"),
    "cron-job": in_blocks(
        "kubernetes_cron_job_v1", "spec.job_template.spec.template.spec.container"
    ),
    "manifest": manifest,
    "text-of-a-manifest": in_text,
}


def in_json(settings: Settings) -> str:
    """One block as an object, as Terraform's JSON has it."""
    env = [{"name": name, "value": value} for name, value in settings.items()]
    spec = {"template": {"spec": {"container": {"name": "a", "env": env}}}}
    return json.dumps(
        {
            "resource": {
                "kubernetes_deployment": {"x": {"metadata": {"name": "x"}, "spec": spec}}
            }
        }
    )


def found(one: Placed) -> Sends:
    return [
        (each.sent, str(shown(each.role)), *place(each))
        for each in one.placements
        if each.sent
    ]


def in_pod(settings: Settings) -> Sends:
    env = entries(settings, "    - {{name: {name}, value: '{value}'}}")
    (only,) = placed(
        f"apiVersion: v1\nkind: Pod\nmetadata: {{name: a}}\nspec:\n  containers:\n  - env:\n{env}\n"
    )
    return found(only)


def in_terraform(text: str) -> Sends:
    ((_, only),) = resolved(text)[0].items()
    return found(only)


@pytest.mark.parametrize("settings", TABLE, ids=lambda each: "+".join(each))
@pytest.mark.parametrize("form", FORMS)
def test_the_same_settings_give_the_same_placements_as_in_a_pod(
    form: str, settings: Settings
) -> None:
    assert in_terraform(FORMS[form](settings)) == in_pod(settings)


def test_blocks_in_json_are_read_as_blocks() -> None:
    reader = MemoryReader({"main.tf.json": in_json(TABLE[0])})
    (only,) = front_end.read(reader, ReadOptions(), catalog().hints()).resources
    assert [sent.key for sent in only.sends] == ["SENTRY_DSN"]


@pytest.mark.parametrize("settings", TABLE, ids=lambda each: "+".join(each))
def test_values_of_a_release_lead_where_they_do_in_a_custom_resource(
    settings: Settings,
) -> None:
    """As far as addresses go: a chart may set more than its values show, so that a key alone proves less."""
    lines = entries(settings, "      {name}: '{value}'")
    head = "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: a}\nspec:\n  values:\n    env:\n"
    (release,) = placed(f"{head}{lines}\n")
    assert in_terraform(values(settings)) == found(release)


LAMBDA = 'resource "aws_lambda_function" "x" {{\n{}  environment {{\n    variables = {{\n{}\n    }}\n  }}\n}}\n'
AWS = 'provider "aws" { region = "eu-west-3" }\n'


def test_a_database_that_is_declared_here_is_a_flow_and_no_placement() -> None:
    text = (
        AWS
        + 'resource "aws_db_instance" "db" {}\n'
        + LAMBDA.format(
            '  tags = { data-classification = "health" }\n',
            'DATABASE_URL = "postgres://u:p@${aws_db_instance.db.address}/claims"',
        )
    )
    placed_, flows = resolved(text)
    assert found(placed_["aws_lambda_function.x"]) == []
    assert classes(placed_["aws_db_instance.db"]) == {"health": "propagated"}
    assert [(flow.kind, flow.source.address) for flow in flows] == [
        ("database", "aws_lambda_function.x"), ("database", "aws_db_instance.db"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("postgres://u@$(HOST)/claims", []),
        (
            "https://api.openai.com/$(HOST)",
            [("DATABASE_URL", "at-rest", "openai", "no-evidence: region")],
        ),
        (
            "https://$(HOST).api.openai.com/x",
            [("DATABASE_URL", "at-rest", "openai", "no-evidence: region")],
        ),
    ],
)
def test_what_a_pod_puts_in_is_who_answers_only_where_it_is_the_host(
    url: str, expected: Sends
) -> None:
    host = AWS + 'resource "aws_db_instance" "db" {}\n'
    settings = {"HOST": "${aws_db_instance.db.address}", "DATABASE_URL": url}
    placed_, flows = resolved(host + manifest(settings))
    assert found(placed_["kubernetes_manifest.x"]) == expected
    assert any(flow.kind == "database" for flow in flows) == (not expected)


@pytest.mark.parametrize(
    "definitions",
    [
        'jsonencode([{ environment = [{ name = "DB_HOST", value = aws_db_instance.db.address }], image = var.i }])',
        '"[{\\"image\\": \\"${var.i}\\", \\"environment\\": [{\\"name\\": \\"DB_HOST\\", '
        '\\"value\\": \\"${aws_db_instance.db.address}\\"}]}]"',
        '<<EOT\n[{"cpu": ${var.i}, "environment": [\n'
        '{"name": "DB_HOST", "value": "${aws_db_instance.db.address}"}]}]\nEOT',
        "local.a",
    ],
)
def test_each_hole_of_a_text_keeps_what_stands_there(definitions: str) -> None:
    text = (
        AWS
        + 'variable "i" {}\nresource "aws_db_instance" "db" {}\nlocals {\n a = jsonencode([{ image = var.i, '
    )
    text += (
        'environment = [{ name = "DB_HOST", value = aws_db_instance.db.address }] }])\n}\n'
    )
    placed_, flows = resolved(text + ecs(definitions))
    assert found(placed_["aws_ecs_task_definition.x"]) == []
    assert {flow.target.address for flow in flows if flow.target} >= {"aws_db_instance.db"}


def test_an_argument_is_an_address_without_the_flag_before_it() -> None:
    container = (
        '{ command = ["app", "--database-url=postgres://u@$(HOST)/x"], '
        'env = [{ name = "HOST", value = "${aws_db_instance.db.address}" }] }'
    )
    pod = manifest({}).replace("{ env = [] }", container)
    placed_, flows = resolved(AWS + 'resource "aws_db_instance" "db" {}\n' + pod)
    assert found(placed_["kubernetes_manifest.x"]) == []
    assert ("database", "aws_db_instance.db") in {
        (flow.kind, flow.target.address) for flow in flows if flow.target
    }


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("curl -T x https://$USER:$USER@$HOST/$USER", []),
        ("curl -T x --url=https://$HOST/", []),
        (
            "curl -T x https://api.openai.com/$HOST",
            [("curl", "processor", "openai", "no-evidence: region")],
        ),
        (
            "curl -T x https://$HOST.api.openai.com/",
            [("curl", "processor", "openai", "no-evidence: region")],
        ),
        (
            "U=api.openai.com/$HOST; curl -T x https://$U",
            [("curl", "processor", "openai", "no-evidence: region")],
        ),
    ],
)
def test_what_a_shell_puts_in_is_who_answers_only_where_it_is_the_host(
    line: str, expected: Sends
) -> None:
    host = '{ name = "HOST", value = "${aws_db_instance.db.address}" }'
    container = f'{{ command = ["sh", "-c", "{line}"], env = [{host}] }}'
    pod = manifest({}).replace("{ env = [] }", container)
    placed_, flows = resolved(AWS + 'resource "aws_db_instance" "db" {}\n' + pod)
    assert found(placed_["kubernetes_manifest.x"]) == expected
    assert any(flow.target is not None for flow in flows) == (not expected)


def test_a_record_carries_nothing_so_that_whoever_answers_behind_it_stays_unknown() -> None:
    text = (
        AWS
        + 'resource "aws_route53_record" "db" {}\n'
        + LAMBDA.format("", "DB_HOST = aws_route53_record.db.fqdn")
    )
    ((_, role, provider, _),) = found(resolved(text)[0]["aws_lambda_function.x"])
    assert (role, provider) == ("at-rest", "computed-at-apply: aws_route53_record.db.fqdn")


@pytest.mark.parametrize(
    ("declared", "setting", "kind"),
    [
        (
            'resource "aws_dynamodb_table" "t" {}\n',
            "DYNAMODB_TABLE_NAME = aws_dynamodb_table.t.name",
            "database",
        ),
        (
            'resource "aws_cognito_user_pool" "t" {}\n',
            "COGNITO_USER_POOL_ID = aws_cognito_user_pool.t.id",
            "call",
        ),
    ],
)
def test_what_is_named_and_declared_here_gets_it(
    declared: str, setting: str, kind: str
) -> None:
    placed_, flows = resolved(AWS + declared + LAMBDA.format("", setting))
    assert found(placed_["aws_lambda_function.x"]) == []
    assert flows[0].kind == kind


@pytest.mark.parametrize(
    "value",
    [
        "aws_ssm_parameter.k.value",
        "aws_secretsmanager_secret_version.k.secret_string",
        "random_password.k.result",
    ],
)
def test_a_key_that_is_kept_here_leads_to_whom_it_is_for(value: str) -> None:
    """A store of secrets isn't who gets the data."""
    declared = f'resource "{value.partition(".")[0]}" "k" {{}}\n'
    ((key, role, provider, _),) = found(
        resolved(AWS + declared + LAMBDA.format("", f"OPENAI_API_KEY = {value}"))[0][
            "aws_lambda_function.x"
        ]
    )
    assert (key, role, provider) == ("OPENAI_API_KEY", "ai", "openai")


def test_a_variable_without_a_value_says_why_nothing_is_known() -> None:
    text = AWS + 'variable "db" {}\n' + LAMBDA.format("", "DATABASE_URL = var.db")
    assert in_terraform(text) == [
        ("DATABASE_URL", "at-rest", "unset-variable: var.db", "unset-variable: var.db")
    ]


def test_a_map_that_is_open_may_hold_the_address_of_a_key() -> None:
    """With a key alone it is the company; where the address may be among what isn't known, nobody knows."""
    opened = (
        AWS + 'variable "more" {}\nresource "aws_lambda_function" "x" {\n environment {\n'
    )
    opened += ' variables = merge(var.more, { SENTRY_AUTH_TOKEN = "k", MAILGUN_API_KEY = "k" })\n }\n}\n'
    regions = {each[0]: each[3] for each in in_terraform(opened)}
    assert regions["MAILGUN_API_KEY"] == "unset-variable: var.more"


@pytest.mark.parametrize("test_value", ["true", "var.eu"])
def test_either_arm_of_a_condition_may_be_where_it_goes(test_value: str) -> None:
    text = 'variable "eu" {}\n' + LAMBDA.format(
        "",
        f'SENTRY_DSN = {test_value} ? "https://0@o1.ingest.de.sentry.io/4" : "https://0@o1.ingest.us.sentry.io/4"',
    )
    ((_, _, provider, region),) = in_terraform(text)
    assert (provider, region) == ("sentry", "EU" if test_value == "true" else {"EU", "US"})


def test_secrets_of_a_task_are_kept_elsewhere() -> None:
    text = ecs('jsonencode([{ secrets = [{ name = "DATABASE_URL", valueFrom = "arn:x" }] }])')
    assert in_terraform(text)[0][:3] == (
        "DATABASE_URL",
        "at-rest",
        "from-environment: secret",
    )


@pytest.mark.parametrize(
    ("logs", "expected"),
    [
        ('{ logDriver = "awslogs", options = { awslogs-region = "us-east-1" } }', [("logs", "aws", "us-east-1")]),
        ('{ logDriver = "splunk", options = { splunk-url = "https://acme.splunkcloud.com:8088" } }',
         [("logs", "splunk", "no-evidence: region")]),
        ('{ logDriver = "gelf", options = { gelf-address = "udp://10.0.0.3:12201" } }', []),
        ('{ logDriver = "json-file" }', []),
        ('{ logDriver = "awsfirelens", options = { Name = "datadog", Host = "http-intake.logs.datadoghq.eu" } }',
         [("logs", "datadog", "EU")]),
        ('{ logDriver = "awslogs", options = { awslogs-group = aws_cloudwatch_log_group.g.name } }',
         []),
    ],
)  # fmt: skip
def test_logs_of_a_task_go_where_its_driver_sends_them(
    logs: str, expected: list[tuple[str, str, str]]
) -> None:
    text = AWS + 'resource "aws_cloudwatch_log_group" "g" {\n name = "claims"\n}\n'
    text += ecs(f"jsonencode([{{ logConfiguration = {logs} }}])")
    assert [
        each[1:] for each in found(resolved(text)[0]["aws_ecs_task_definition.x"])
    ] == expected


def test_a_command_line_is_read_as_a_shell_would() -> None:
    text = ecs(
        'jsonencode([{ command = ["sh", "-c", "aws s3 cp /claims s3://claims --region us-east-1"] }])'
    )
    assert in_terraform(text)[0][2:] == ("aws", "us-east-1")


def test_a_connection_string_of_an_app_is_a_setting() -> None:
    text = (
        'resource "azurerm_linux_web_app" "x" {\n  connection_string {\n    name = "Claims"\n    type = "PostgreSQL"\n'
        '    value = "Host=claims.abcd.eu-west-3.rds.amazonaws.com;Database=x"\n  }\n}\n'
    )
    assert in_terraform(text)[0][1:] == ("at-rest", "aws", "eu-west-3")


def test_what_a_key_vault_keeps_is_not_known() -> None:
    text = 'resource "azurerm_linux_web_app" "x" {\n  app_settings = {\n'
    text += '    DATABASE_URL = "@Microsoft.KeyVault(SecretUri=https://a.vault.azure.net/secrets/b/)"\n  }\n}\n'
    assert in_terraform(text)[0][2] == "from-environment: secret"


def test_only_variables_of_the_application_are_settings_of_an_environment() -> None:
    text = 'resource "aws_elastic_beanstalk_environment" "x" {\n'
    for namespace in ("aws:autoscaling:asg", "aws:elasticbeanstalk:application:environment"):
        told = f'namespace = "{namespace}"\n name = "SMTP_HOST"\n value = "smtp.{len(namespace)}.fr"'
        text += nested("setting", told)
    assert [each[2] for each in in_terraform(text + "}\n")] == [
        "not-in-catalogue: host smtp.44.fr"
    ]


POD = "spec.template.spec.container"


def test_pods_get_what_a_config_map_of_the_same_root_holds() -> None:
    named = "name = kubernetes_config_map.c.metadata[0].name"
    labelled = 'name = "x"\n labels = { "sovlint.dev/data" = "health" }'
    text = of(
        "kubernetes_config_map",
        nested("metadata", 'name = "env"')
        + 'data = {\n SENTRY_DSN = "https://0@o1.ingest.us.sentry.io/4"\n}',
        "c",
    )
    text += of(
        "kubernetes_deployment",
        nested("metadata", labelled) + nested(f"{POD}.env_from.config_map_ref", named),
    )
    placed_, flows = resolved(text)
    assert found(placed_["kubernetes_deployment.x"]) == [
        ("SENTRY_DSN", "processor", "sentry", "US")
    ]
    assert ("config", "kubernetes_config_map.c") in {
        (each.kind, each.target.address) for each in flows if each.target
    }


def test_a_service_that_is_declared_here_is_called() -> None:
    named = nested("metadata", 'name = "redis"')
    text = of(
        "kubernetes_service", named + nested("spec", 'selector = { app = "redis" }'), "redis"
    )
    labelled = nested("spec.template.metadata", 'labels = { app = "redis" }')
    text += of("kubernetes_stateful_set", named + labelled, "redis")
    calling = nested(f"{POD}.env", 'name = "REDIS_URL"\n value = "redis://redis:6379"')
    text += of("kubernetes_deployment", nested("metadata", 'name = "x"') + calling)
    placed_, flows = resolved(text)
    assert found(placed_["kubernetes_deployment.x"]) == []
    ends = {(each.source.address, each.target.address) for each in flows if each.target}
    assert ("kubernetes_deployment.x", "kubernetes_service.redis") in ends
    assert ("kubernetes_service.redis", "kubernetes_stateful_set.redis") in ends


def test_what_sets_one_value_of_a_release_wins_over_its_values() -> None:
    text = (
        'resource "helm_release" "x" {\n  chart = "x"\n  values = ["env: {SMTP_HOST: smtp-relay.brevo.com}"]\n'
        '  set {\n    name = "env.SMTP_HOST"\n    value = "smtp.sendgrid.net"\n  }\n}\n'
    )
    assert [each[2] for each in in_terraform(text)] == ["sendgrid"]


@pytest.mark.parametrize(
    "text",
    [
        'resource "aws_lambda_function" "x" {\n environment {\n variables = "no map"\n }\n}\n',
        of(
            "aws_lambda_function",
            nested("environment", "variables = { A = [1], B = null, C = { D = 1 } }"),
        ),
        ecs('"not json {"'),
        ecs('"{}"'),
        ecs('"[1, null, []]"'),
        ecs('jsonencode("text")'),
        'resource "kubernetes_manifest" "x" {\n manifest = null\n}\n',
        'resource "kubernetes_manifest" "x" {\n manifest = { kind = "Pod", apiVersion = 1 }\n}\n',
        'resource "kubernetes_deployment" "x" {\n metadata {}\n spec = 1\n}\n',
        'resource "kubectl_manifest" "x" {\n yaml_body = "{{"\n}\n',
        of(
            "helm_release",
            'values = [1, null, ["a"]]\n' + nested("set", 'name = "a[99999].b"\n value = 1'),
        ),
    ],
)
def test_what_makes_no_sense_is_no_setting(text: str) -> None:
    assert in_terraform(text) == []


TWO: list[tuple[Settings, Settings]] = [
    ({"SES_REGION": "eu-west-3"}, {"SES_REGION": "us-east-1"}),
    (
        {"AWS_S3_BUCKET": "x", "AWS_REGION": "gra"},
        {"AWS_S3_BUCKET": "x", "AWS_REGION": "us-east-2"},
    ),
    (
        {"SENTRY_DSN": "https://k@${x}.de.sentry.io/1"},
        {"SENTRY_DSN": "https://k@${x}.glitchtip.com/1"},
    ),
]
"""What the containers of one thing say under the same names."""


def of_pods(*all_settings: Settings) -> Sends:
    head = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n"
    form = "    - {{name: {name}, value: '{value}'}}"
    env = [entries(settings, form).replace("${x}", "$(X)") for settings in all_settings]
    hole = "    - {name: X, valueFrom: {secretKeyRef: {name: s, key: k}}}"
    (only,) = placed(head + "\n".join(f"  - env:\n{each}\n{hole}" for each in env))
    return sorted(found(only), key=repr)


def of_tasks(*all_settings: Settings) -> Sends:
    env = [
        entries(settings, '{{ name = "{name}", value = "{value}" }}', ", ")
        for settings in all_settings
    ]
    containers = ", ".join(f"{{ environment = [{each}] }}" for each in env).replace(
        "${x}", "${var.x}"
    )
    return sorted(
        in_terraform(ecs(f"jsonencode([{containers}])", 'variable "x" {}\n')), key=repr
    )


@pytest.mark.parametrize(("one", "other"), TWO)
@pytest.mark.parametrize("several", [of_pods, of_tasks])
def test_what_two_containers_say_counts_for_each(
    several: Callable[..., Sends], one: Settings, other: Settings
) -> None:
    assert several(one) != several(other)
    assert several(one, other) == sorted((*several(one), *several(other)), key=repr)
    assert several(one, one) == several(one)


US, EU = "https://0@o1.ingest.us.sentry.io/4", "https://0@o1.ingest.de.sentry.io/4"
EITHER = [("SENTRY_DSN", "processor", "sentry", {"EU", "US"})]
BOTH = [
    ("SENTRY_DSN", "processor", "sentry", "EU"),
    ("SENTRY_DSN", "processor", "sentry", "US"),
]


def map_of(address: str) -> str:
    return f'{{ SENTRY_DSN = "{address}" }}'


def list_of(address: str) -> str:
    return f'[{{ name = "SENTRY_DSN", value = "{address}" }}]'


def text_of(address: str) -> str:
    return f"jsonencode([{{ environment = {list_of(address)} }}])"


def variables(value: str) -> str:
    return f"environment {{\n variables = {value}\n }}"


def mounted(data: str) -> str:
    map_ = of(
        "kubernetes_config_map", nested("metadata", 'name = "m"') + f"data = {data}\n", "m"
    )
    return map_ + of(
        "kubernetes_deployment", nested(f"{POD}.env_from.config_map_ref", 'name = "m"')
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (of("aws_lambda_function", variables(f"var.e ? {map_of(US)} : {map_of(EU)}")), EITHER),
        (mounted(f"var.e ? {map_of(US)} : {map_of(EU)}"), EITHER),
        (of("helm_release", f"chart = \"x\"\n values = [yamlencode(var.e ? {map_of(US)} : {map_of(EU)})]"), EITHER),
        (ecs(f"jsonencode([{{ environment = var.e ? {list_of(US)} : {list_of(EU)} }}])"), EITHER),
        (ecs(f"var.e ? {text_of(US)} : {text_of(EU)}"), BOTH),
        (ecs("local.a", f"locals {{\n a = var.e ? {text_of(US)} : {text_of(EU)}\n}}\n"), BOTH),
        (ecs(f"jsonencode(concat([{{ environment = {list_of(US)} }}], var.e))"), BOTH[1:]),
        (ecs(f"jsonencode([{{ environment = concat({list_of(US)}, var.e) }}])"), BOTH[1:]),
    ],
)  # fmt: skip
def test_each_of_several_maps_lists_and_texts_may_be_what_counts(
    text: str, expected: Sends
) -> None:
    placed_ = resolved(AWS + 'variable "e" {}\n' + text)[0]
    sent = sorted(
        (each for one in placed_.values() for each in found(one)),
        key=lambda each: str(each[3]),
    )
    assert sent == expected


@pytest.mark.parametrize(
    "text",
    [
        of("aws_lambda_function", variables(f"var.e ? {map_of(US)} : {{}}")),
        of("aws_lambda_function", variables(f'{{ SENTRY_DSN = var.e ? "{US}" : null }}')),
        of("aws_lambda_function", f'dynamic "environment" {{\n for_each = var.e\n content {{\n'
           f" variables = {map_of(US)}\n}}\n}}"),
        ecs(f"jsonencode([{{ environment = var.e ? {list_of(US)} : [] }}])"),
    ],
)  # fmt: skip
def test_what_may_not_be_there_is_sent_only_if_it_is(text: str) -> None:
    (only,) = resolved(AWS + 'variable "e" {}\n' + text)[0].values()
    (sent,) = [each for each in only.placements if each.sent]
    assert (sent.provider.value, sent.region.value, shown(sent.sure)) == (
        "sentry",
        "US",
        "unset-variable: var.e",
    )


def test_values_under_a_layer_that_isnt_known_may_be_others() -> None:
    known = f"yamlencode({{ env = {map_of(EU)} }})"
    head = 'variable "e" {}\nresource "helm_release" "x" {\n chart = "x"\n values = '
    assert [each[2:] for each in in_terraform(f"{head}[{known}, var.e]\n}}\n")] == [
        ("caller-not-in-repo: var.e",) * 2
    ]
    assert [each[2:] for each in in_terraform(f"{head}[var.e, {known}]\n}}\n")] == [
        ("sentry", "EU")
    ]
