"""What the command line of a container says of where its data goes; what it merely mentions or fetches is nothing."""

from __future__ import annotations

import json

import pytest

from sovlint.model.value import Known, StepKind, unroll
from tests.frontends.kubernetes.test_links import held, links, read, service
from tests.resolve.house import place, shown
from tests.resolve.manifests_house import placed

Told = tuple[str, str, object, object]


def pod(
    args: list[str], command: list[str] | None = None, image: str = "acme/api", more: str = ""
) -> str:
    shell = f"          command: {json.dumps(command)}\n" if command else ""
    return (
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: api}\nspec:\n  template:\n    spec:\n"
        f"      containers:\n        - name: c\n          image: {image}\n{shell}"
        f"          args: {json.dumps(args)}\n{more}"
    )


def env(**settings: str) -> str:
    return "          env:\n" + "".join(
        f"            - {{name: {k}, value: '{v}'}}\n" for k, v in settings.items()
    )


SECRET = (
    "          env:\n            - {name: X, valueFrom: {secretKeyRef: {name: s, key: x}}}\n"
)


def sends(text: str) -> list[Told]:
    """(setting, role, provider, region) of each address that the only object sends to."""
    return [
        (each.sent, str(shown(each.role)), *place(each))
        for found in placed(text)
        for each in found.placements
        if each.sent
    ]


def script(text: str, more: str = "", image: str = "acme/api") -> list[Told]:
    return sends(pod([text], ["/bin/sh", "-ec"], image, more))


SENTRY = "https://0@o1.ingest.de.sentry.io/4"
RDS = "x.abc.eu-west-3.rds.amazonaws.com"


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        ([f"--database-url=postgres://{RDS}/claims"], ("--database-url", "at-rest", "aws", "eu-west-3")),
        (["--database-url", f"postgres://a:b@{RDS}/claims"], ("--database-url", "at-rest", "aws", "eu-west-3")),
        (["java", f"-Dspring.datasource.url=jdbc:postgresql://{RDS}:5432/x", "-jar", "app.jar"],
         ("spring.datasource.url", "at-rest", "aws", "eu-west-3")),
        (["java", "-jar", "app.jar", f"--spring.datasource.url=jdbc:postgresql://{RDS}:5432/x"],
         ("--spring.datasource.url", "at-rest", "aws", "eu-west-3")),
        (["--otlp-endpoint=https://otlp.datadoghq.eu"], ("--otlp-endpoint", "logs", "datadog", "EU")),
        (["--remote-write-url", "https://prometheus-prod-01-eu-west-0.grafana.net/api/prom/push"],
         ("--remote-write-url", "logs", "grafana-labs", "unknown")),
        (["start", f"--db-url-host={RDS}"], ("--db-url-host", "at-rest", "aws", "eu-west-3")),
        (["--s3-bucket=claims", "--s3-region=eu-west-3"], ("--s3-bucket", "at-rest", {"aws", "wasabi"}, "unknown")),
    ],
)  # fmt: skip
def test_flags_are_settings(args: list[str], expected: Told) -> None:
    (found,) = sends(pod(args))
    assert found[:3] == expected[:3]
    assert expected[3] == "unknown" or found[3] == expected[3]


@pytest.mark.parametrize(
    "args",
    [
        ["--oidc-issuer-url=https://accounts.google.com"],
        ["--image=docker.io/library/postgres:16", "--registry", "public.ecr.aws"],
        [
            "--secure-listen-address=0.0.0.0:8443",
            "--upstream=http://127.0.0.1:8080/",
            "--v=10",
        ],
        [
            "--metrics-bind-address=:8080",
            "--leader-elect",
            "--health-probe-bind-address",
            ":8081",
        ],
        ["--database-url=sqlite:///var/x.db"],
        ["--database-url", "--verbose"],
        ["server", "https://docs.aws.amazon.com/"],
        ["--provider=aws", "--aws-region=eu-west-3", "--domain-filter=acme.fr"],
    ],
)
def test_what_takes_no_data_is_nothing(args: list[str]) -> None:
    assert sends(pod(args)) == []


def test_a_variable_is_looked_up_as_the_kubelet_does() -> None:
    assert sends(pod(["--database-url=$(DB)"], more=env(DB=f"postgres://{RDS}/x"))) == [
        ("--database-url", "at-rest", "aws", "eu-west-3")
    ]


def test_what_a_secret_says_that_is_not_here_is_unproven() -> None:
    ((key, role, provider, _),) = sends(pod(["--database-url=$(X)"], more=SECRET))
    assert (key, role) == ("--database-url", "at-rest")
    assert str(provider).startswith("from-environment")


def test_an_argument_that_repeats_a_variable_is_told_once() -> None:
    more = env(DATABASE_URL=f"postgres://{RDS}/x")
    assert [
        each[0] for each in sends(pod(["--database-url=$(DATABASE_URL)"], more=more))
    ] == ["DATABASE_URL"]


def test_a_variable_and_a_flag_that_differ_are_told_both() -> None:
    more = env(DATABASE_URL=f"postgres://{RDS}/x")
    found = sends(
        pod(["--database-url=postgres://abc.postgres.database.azure.com/x"], more=more)
    )
    assert {each[2] for each in found} == {"aws", "microsoft-azure"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("aws s3 cp /data s3://b --region us-east-1", [("aws s3 cp", "at-rest", "aws", "us-east-1")]),
        ("aws --endpoint-url https://s3.fr-par.scw.cloud s3 sync /data s3://b",
         [("aws s3 sync", "at-rest", "scaleway", "fr-par")]),
        ("set -e\npg_dump -h db -U app claims | gzip |\n  aws s3 cp - \"s3://b/$(date +%F).gz\" --region eu-west-3",
         [("aws s3 cp", "at-rest", "aws", "eu-west-3")]),
        ("export AWS_REGION=eu-west-3; exec aws s3 cp /data s3://b", [("aws s3 cp", "at-rest", "aws", "eu-west-3")]),
        ("AWS_REGION=eu-west-3 aws s3 cp /data s3://b", [("aws s3 cp", "at-rest", "aws", "eu-west-3")]),
        ("EP=https://s3.fr-par.scw.cloud\naws s3 cp /data s3://b --endpoint-url=${EP}",
         [("aws s3 cp", "at-rest", "scaleway", "fr-par")]),
        ("restic -r s3:https://s3.gra.io.cloud.ovh.net/b backup /data",
         [("restic backup", "backup", "ovhcloud", "GRA")]),
        (f"export SENTRY_DSN={SENTRY}\nexec app", [("SENTRY_DSN", "processor", "sentry", "EU")]),
        (f"SENTRY_DSN={SENTRY} app", [("SENTRY_DSN", "processor", "sentry", "EU")]),
        (f"exec env SENTRY_DSN={SENTRY} app", [("SENTRY_DSN", "processor", "sentry", "EU")]),
        ("promtail -client.url=https://logs-prod-eu-west-0.grafana.net/loki/api/v1/push",
         [("promtail", "logs", "grafana-labs", "unknown")]),
        ("app --loki.url https://logs-prod-eu-west-0.grafana.net", [("--loki.url", "logs", "grafana-labs", "unknown")]),
        ("curl -sS -X POST -H 'Content-Type: application/json' -d @a.json https://hooks.slack.com/services/a",
         [("curl", "processor", "slack", "unknown")]),
        ("for i in 1 2; do curl -F f=@$i https://api.openai.com/v1/files; done",
         [("curl", "processor", "openai", "unknown")]),
        ("timeout 60 nice -n 10 gsutil -m cp -r /data gs://b", [("gsutil cp", "at-rest", "google-cloud", "unknown")]),
        ("bash -c 'gcloud storage cp /data gs://b'", [("gcloud storage cp", "at-rest", "google-cloud", "unknown")]),
        ("out=$(curl -d @a https://api.openai.com/v1/x); echo `az storage blob upload --account-name acme -f a`",
         [("curl", "processor", "openai", "unknown"),
          ("az storage blob upload", "at-rest", "microsoft-azure", "unknown")]),
        ("mc alias set store https://s3.fr-par.scw.cloud k s && mc mirror /data store/b",
         [("mc alias set", "at-rest", "scaleway", "fr-par")]),
        (f"PGPASSWORD=x psql postgres://{RDS}/x -c 'select 1'", [("psql", "at-rest", "aws", "eu-west-3")]),
        ("mongodump --uri=mongodb+srv://a:b@c0.abcd.mongodb.net/x", [("mongodump", "at-rest", "mongodb", "unknown")]),
    ],
)  # fmt: skip
def test_commands_of_a_script(text: str, expected: list[Told]) -> None:
    found = script(text)
    assert [each[:2] for each in found] == [each[:2] for each in expected]
    for each, (_, _, provider, region) in zip(found, expected, strict=True):
        assert provider == "unknown" or each[2] == provider
        assert region == "unknown" or each[3] == region


@pytest.mark.parametrize(
    "text",
    [
        "aws s3 cp s3://models/m.bin /models --region us-east-1",
        "aws s3 sync s3://b . && aws sts get-caller-identity",
        "aws s3 cp s3://models/m.bin $TARGET",
        "curl -LO https://github.com/a/b/releases/download/v1/b.tgz && tar xf b.tgz",
        "wget -O /tmp/a.zip https://github.com/a/b/archive/v1.zip && unzip /tmp/a.zip",
        "apt-get install -y curl; pip install -i https://pypi.acme.fr/simple x; npm config set registry https://a.b",
        "until curl -sf http://localhost:8080/health; do sleep 1; done",
        "curl -X POST -d x http://localhost:8080/reload",
        "# curl -d @a https://api.openai.com\necho 'aws s3 cp /data s3://b'",
        "cat <<EOF > /etc/x\naws s3 cp /data s3://b\nEOF\napp",
        "echo DATABASE_URL=postgres://x.abc.eu-west-3.rds.amazonaws.com/x",
        "git clone https://github.com/a/b && docker push ghcr.io/a/b",
        "pg_isready -h x.abc.eu-west-3.rds.amazonaws.com",
    ],
)
def test_what_a_script_fetches_tries_or_mentions_is_nothing(text: str) -> None:
    assert script(text) == []


def unproven(text: str, more: str = "") -> bool:
    ((_, _, provider, _),) = script(text, more)
    return ":" in str(provider)


def test_an_address_that_only_a_run_tells_is_unproven() -> None:
    assert unproven("aws s3 cp /data s3://b --endpoint-url $ENDPOINT")
    assert unproven('aws s3 cp /data s3://b --endpoint-url "$X"', SECRET)
    assert unproven("curl -T a $(cat /url)")
    assert unproven("aws s3 cp $FROM $TO --region eu-west-3")
    assert unproven("rclone sync /data remote:b")
    assert unproven(
        "aws s3 cp /data s3://b", "          envFrom: [{secretRef: {name: elsewhere}}]\n"
    )


def test_a_variable_that_may_be_set_in_two_ways_is_not_known() -> None:
    one = 'if [ -n "$A" ]; then E=https://s3.fr-par.scw.cloud; else E=https://s3.us-east-1.amazonaws.com; fi\n'
    assert unproven(f"{one}aws s3 cp /data s3://b --endpoint-url $E")
    other = (
        "E=https://s3.fr-par.scw.cloud\n[ -f /x ] && E=https://s3.us-east-1.amazonaws.com\n"
    )
    assert unproven(f"{other}aws s3 cp /data s3://b --endpoint-url $E")


def test_a_default_of_a_script_is_told_as_one() -> None:
    (api,) = read(
        pod(
            ["aws s3 cp /data s3://b --endpoint-url ${E:-https://s3.fr-par.scw.cloud}"],
            ["sh", "-c"],
        )
    ).values()
    ((value, other),) = [(each.value, each.region) for each in api.sends]
    assert other is None
    assert any(step.kind is StepKind.DEFAULT for step in unroll(value.because))


def test_the_environment_fills_in_scripts_and_defaults_count_without_it() -> None:
    text = "aws s3 cp /data s3://b --endpoint-url ${E:-https://s3.us-east-1.amazonaws.com}"
    assert script(text)[0][2:] == ("aws", "us-east-1")
    assert script(text, env(E="https://s3.fr-par.scw.cloud"))[0][2:] == ("scaleway", "fr-par")
    assert unproven(text, "          envFrom: [{secretRef: {name: elsewhere}}]\n")


def test_the_program_may_be_the_images_own() -> None:
    assert sends(
        pod(
            ["s3", "cp", "/data", "s3://b", "--region", "eu-west-3"], image="amazon/aws-cli:2"
        )
    ) == [("aws-cli s3 cp", "at-rest", "aws", "eu-west-3")]
    found = sends(
        pod(["--port=5432", "acme:europe-west1:claims"], image="gcr.io/x/cloud-sql-proxy:2")
    )
    assert found == [("cloud-sql-proxy", "at-rest", "google-cloud", "europe-west1")]
    assert sends(pod(["s3", "cp", "/data", "s3://b"], ["echo"], "amazon/aws-cli")) == []


def test_a_secret_in_an_argument_is_never_shown() -> None:
    secret = held(
        "Secret",
        "s",
        "stringData: {x: 'postgres://u:hidden@x.abc.eu-west-3.rds.amazonaws.com/x'}\n",
    )
    (api,) = (
        each
        for each in read(secret + pod(["--database-url=$(X)"], more=SECRET)).values()
        if each.sends
    )
    assert api.sends[0].value.sensitive
    assert "hidden" not in repr(api.sends)


def test_services_of_the_cluster_are_links() -> None:
    text = (
        service("db", app="db")
        + service("otel", app="otel")
        + pod(["--database-url=postgres://db/x", "--otlp-endpoint=http://otel:4317"])
    )
    api = read(text)["k8s:-/Deployment/api"]
    assert api.sends == ()
    assert links(api) == {("database", "k8s:-/Service/db"), ("logs", "k8s:-/Service/otel")}


def test_a_configuration_in_an_argument_is_read() -> None:
    text = (
        "--objstore.config=type: S3\nconfig:\n  bucket: a\n  endpoint: s3.fr-par.scw.cloud\n"
    )
    ((_, role, provider, _),) = sends(pod(["sidecar", text]))
    assert (role, provider) == ("at-rest", "scaleway")
    ((_, _, hidden, _),) = sends(pod(["sidecar", "--objstore.config=$(X)"], more=SECRET))
    assert str(hidden).startswith("from-environment")


UPLOAD = "#!/bin/sh\n. /opt/common.sh\naws s3 cp /data s3://b --endpoint-url ${EP}\n"


def mounting(args: list[str], mount: str) -> str:
    body = "".join(f"    {line}\n" for line in UPLOAD.splitlines())
    scripts = f"data:\n  upload.sh: |\n{body}  common.sh: EP=https://s3.fr-par.scw.cloud\n"
    scripts += "  other.sh: curl -d @a https://api.openai.com\n"
    volumes = "      volumes:\n        - {name: s, configMap: {name: scripts}}\n"
    mounts = f"          volumeMounts: [{{name: s, mountPath: {mount}}}]\n"
    return pod(args, more=mounts + volumes) + "---\n" + held("ConfigMap", "scripts", scripts)


@pytest.mark.parametrize(
    ("args", "mount"),
    [
        (["/opt/upload.sh"], "/opt"),
        (["/bin/sh", "-e", "/opt/upload.sh", "x"], "/opt/"),
        (["sh", "-c", "cd /data && exec /opt/upload.sh"], "/opt"),
    ],
)
def test_a_script_of_a_config_map_that_is_run_is_read(args: list[str], mount: str) -> None:
    assert sends(mounting(args, mount)) == [("aws s3 cp", "at-rest", "scaleway", "fr-par")]


def test_a_script_that_is_mounted_by_itself_is_read() -> None:
    ((key, _, provider, _),) = sends(
        mounting(["/usr/bin/up"], "/usr/bin/up, subPath: upload.sh")
    )
    assert key == "aws s3 cp"
    assert ":" in str(provider)  # what it reads isn't mounted


def test_a_script_that_nothing_runs_is_nothing() -> None:
    assert sends(mounting(["cat", "/opt/upload.sh"], "/opt")) == []
    assert sends(mounting(["/opt/upload.sh"], "/srv")) == []


def test_a_command_of_a_script_is_told_at_its_line() -> None:
    script = "          args:\n            - |\n              set -e\n\n              aws s3 cp /data s3://b\n"
    text = pod([], ["sh", "-c"]).replace("          args: []\n", script)
    (sent,) = read(text)["k8s:-/Deployment/api"].sends
    assert text.splitlines()[sent.where.span().line - 1].strip() == "aws s3 cp /data s3://b"
    text = mounting(["/opt/upload.sh"], "/opt")
    (mounted,) = (each for found in read(text).values() for each in found.sends)
    assert text.splitlines()[mounted.where.span().line - 1].strip().startswith("aws s3 cp")


US = "aws s3 cp /dump s3://backups/x --region us-east-1"
OF_A_WORKFLOW = {
    "Task": "spec: {{steps: [{}]}}",
    "ClusterTask": "spec: {{steps: [{}]}}",
    "TaskRun": "spec: {{taskSpec: {{steps: [{}]}}}}",
    "StepAction": "spec: {}",
    "Pipeline": "spec: {{tasks: [{{name: t, taskSpec: {{sidecars: [{}]}}}}]}}",
    "PipelineRun": "spec: {{pipelineSpec: {{finally: [{{name: t, taskSpec: {{steps: [{}]}}}}]}}}}",
    "Workflow": "spec: {{templates: [{{name: t, script: {}}}]}}",
    "WorkflowTemplate": "spec: {{templates: [{{name: t, containerSet: {{containers: [{}]}}}}]}}",
    "ClusterWorkflowTemplate": "spec: {{templates: [{{name: t, initContainers: [{}]}}]}}",
    "CronWorkflow": "spec: {{workflowSpec: {{templates: [{{name: t, sidecars: [{}]}}]}}}}",
}


def of_a_workflow(kind: str, container: object) -> str:
    group = "argoproj.io/v1alpha1" if "Workflow" in kind else "tekton.dev/v1"
    spec = OF_A_WORKFLOW[kind].format(json.dumps(container))
    return (
        f"apiVersion: {group}\nkind: {kind}\nmetadata: {{name: w, namespace: care}}\n{spec}\n"
    )


@pytest.mark.parametrize("kind", OF_A_WORKFLOW)
def test_workflows_run_what_a_deployment_would(kind: str) -> None:
    expected = script(US)
    assert expected == [("aws s3 cp", "at-rest", "aws", "us-east-1")]
    key = "source" if "Workflow" in kind else "script"
    assert (
        sends(of_a_workflow(kind, {"image": "x", "command": ["bash", "-e"], key: US}))
        == expected
    )
    assert (
        sends(of_a_workflow(kind, {"image": "x", "command": ["sh", "-c"], "args": [US]}))
        == expected
    )
    environment = [{"name": "DATABASE_URL", "value": f"postgres://{RDS}/claims"}]
    assert sends(of_a_workflow(kind, {"image": "x", "env": environment})) == [
        ("DATABASE_URL", "at-rest", "aws", "eu-west-3")
    ]


def test_the_one_container_of_a_template() -> None:
    text = of_a_workflow("Workflow", {"image": "x", "command": ["sh", "-c"], "args": [US]})
    assert sends(text.replace("script:", "container:")) == [
        ("aws s3 cp", "at-rest", "aws", "us-east-1")
    ]


def test_what_all_steps_have_is_there_for_their_scripts() -> None:
    text = (
        "apiVersion: tekton.dev/v1\nkind: Task\nmetadata: {name: t}\nspec:\n"
        "  stepTemplate: {env: [{name: AWS_REGION, value: us-east-1}]}\n"
        "  steps: [{image: x, script: 'aws s3 cp /dump s3://backups/x'}]\n"
    )
    assert sends(text) == [("aws s3 cp", "at-rest", "aws", "us-east-1")]


@pytest.mark.parametrize("first", ["#!/usr/bin/env python3", "#!/usr/bin/node"])
def test_a_script_of_another_language_is_no_shells(first: str) -> None:
    assert sends(of_a_workflow("Task", {"image": "x", "script": f"{first}\n{US}"})) == []


def test_a_parameter_of_a_task_isnt_known() -> None:
    step = {
        "image": "x",
        "script": "#!/usr/bin/env bash\naws s3 cp /dump s3://b/x --region $(params.region)",
    }
    assert sends(of_a_workflow("Task", step)) == [
        ("aws s3 cp", "at-rest", "aws", "templated: {{params.region}}")
    ]


def test_a_script_that_two_containers_mount_is_run_with_the_variables_of_each() -> None:
    script = "curl -d @claims https://$HOST/upload"
    mounted = (
        "          volumeMounts: [{name: v, mountPath: /opt}]\n"
        "      volumes: [{name: v, configMap: {name: scripts}}]\n"
    )
    pods = [
        pod([], ["sh", "/opt/run.sh"], more=env(HOST=host) + mounted)
        for host in ("a.clinique-inconnue.fr", "b.clinique-inconnue.fr")
    ]
    held_script = held("ConfigMap", "scripts", f"data: {{run.sh: '{script}'}}\n")
    found = placed(
        "---\n".join([pods[0], pods[1].replace("name: api", "name: b"), held_script])
    )
    hosts = [
        str(sent.value.value)
        for one in found
        for sent in one.resource.sends
        if isinstance(sent.value, Known)
    ]
    assert [host.split(".")[0] for host in hosts] == ["https://a", "https://b"]
