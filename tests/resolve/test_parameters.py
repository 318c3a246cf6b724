"""Parameters of pipelines and workflows, put in where steps name them; what nobody gives is unproven."""

from __future__ import annotations

import pytest

from tests.resolve.test_held_settings import told

US, FR = (
    "https://x.s3.us-east-1.amazonaws.com/a",
    "https://x.s3.eu-west-3.amazonaws.com/a",
)
AT_US, AT_FR = "processor aws us-east-1", "processor aws eu-west-3"
TEKTON = "tekton.dev/v1"


def made(version: str, kind: str, body: str, name: str = "x") -> str:
    return f"apiVersion: {version}\nkind: {kind}\nmetadata: {{name: {name}, namespace: b}}\n{body}---\n"


def step(where: str) -> str:
    return f"{{image: a, script: 'curl --upload-file /data {where}'}}"


def task(where: str = "$(params.url)", default: str = "") -> str:
    given = f", default: '{default}'" if default else ""
    return made(
        TEKTON,
        "Task",
        f"spec:\n  params: [{{name: url{given}}}]\n  steps: [{step(where)}]\n",
        "up",
    )


def sent(text: str, name: str) -> set[str]:
    """What the steps of an object send; of a place that isn't known, the reason."""
    return {each.partition(":")[0] for each in told(text).get(name, set())}


OPEN = "processor templated"

TASKS = [
    (task(default=US), {AT_US}),
    (task("$(params[\"url\"])", US), {AT_US}),
    (task("$(inputs.params.url)", US), {AT_US}),
    (task(), {OPEN}),
    (task("$(params.other)", US), {OPEN}),
    (task(FR, US), {AT_FR}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TASKS)
def test_a_task_has_its_defaults(text: str, expected: set[str]) -> None:
    assert sent(text, "Task.tekton.dev/up") == expected


PIPELINE = "Pipeline.tekton.dev/x"


def pipeline(tasks: str, params: str = "") -> str:
    return made(TEKTON, "Pipeline", f"spec:\n  params: [{params}]\n  tasks: [{tasks}]\n")


BY_REFERENCE = "{{name: t, taskRef: {{name: up}}, params: [{{name: url, value: '{}'}}]}}"
INLINE = "{{name: t, params: [{{name: url, value: '{}'}}], taskSpec: {{params: [{{name: url}}], steps: [{}]}}}}"

PIPELINES = [
    (pipeline(BY_REFERENCE.format(FR)), {AT_FR}),
    (pipeline(BY_REFERENCE.format("$(params.to)"), f"{{name: to, default: '{FR}'}}"), {AT_FR}),
    (pipeline(INLINE.format(FR, step("$(params.url)"))), {AT_FR}),
    # The innermost parameter of a name counts.
    (pipeline(INLINE.format(FR, step("$(params.url)")), f"{{name: url, default: '{US}'}}"), {AT_FR}),
    (pipeline(INLINE.format("$(params.url)", step("$(params.url)")), f"{{name: url, default: '{FR}'}}"), {AT_FR}),
    (pipeline(BY_REFERENCE.format("$(params.to)"), "{name: to}"), {OPEN}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), PIPELINES)
def test_a_pipeline_gives_its_tasks_their_parameters(text: str, expected: set[str]) -> None:
    found = {each for each in sent(task(default=US) + text, PIPELINE) if "processor" in each}
    assert found == expected


def test_a_run_gives_a_pipeline_its_parameters() -> None:
    run = made(
        TEKTON,
        "PipelineRun",
        f"spec:\n  pipelineRef: {{name: x}}\n  params: [{{name: to, value: '{FR}'}}]\n",
        "r",
    )
    middle = pipeline(BY_REFERENCE.format("$(params.to)"), "{name: to}")
    assert AT_FR in sent(task() + middle + run, "PipelineRun.tekton.dev/r")


def test_what_runs_itself_ends() -> None:
    circle = pipeline(
        "{name: t, taskRef: {name: up}, params: [{name: url, value: $(params.url)}]}"
    )
    assert sent(circle + circle.replace("name: x", "name: up"), PIPELINE) == set()


ARGO = "argoproj.io/v1alpha1"


def workflow(template: str, more: str = "", kind: str = "Workflow") -> str:
    return made(ARGO, kind, f"spec:\n  entrypoint: a\n{more}  templates: [{template}]\n")


def container(where: str, inputs: str = "", name: str = "a") -> str:
    return (
        f"{{name: {name}, inputs: {{parameters: [{inputs}]}}, "
        f"container: {{image: a, command: [sh, -c], args: ['curl --upload-file /data {where}']}}}}"
    )


ARGUMENTS = "  arguments: {{parameters: [{{name: url, value: '{}'}}]}}\n"
CALLER = (
    "{{name: m, steps: [[{{name: s, template: a, arguments: {{parameters: "
    "[{{name: url, value: '{}'}}]}}}}]]}}"
)
INPUT = "{name: url}"

WORKFLOWS = [
    (workflow(container("{{workflow.parameters.url}}"), ARGUMENTS.format(FR)), {AT_FR}),
    (workflow(container("{{ workflow.parameters.url }}"), ARGUMENTS.format(FR)), {AT_FR}),
    (workflow(container("{{workflow.parameters.url}}")), {OPEN}),
    (workflow(container("{{inputs.parameters.url}}", f"{{name: url, default: '{FR}'}}")), {AT_FR}),
    (workflow(container("{{inputs.parameters.url}}", INPUT) + ", " + CALLER.format(FR)), {AT_FR}),
    (
        workflow(
            container("{{inputs.parameters.url}}", INPUT) + ", " + CALLER.format("{{workflow.parameters.url}}"),
            ARGUMENTS.format(FR),
        ),
        {AT_FR},
    ),
    # Two callers that don't agree.
    (
        workflow(", ".join((
            container("{{inputs.parameters.url}}", INPUT), CALLER.format(FR),
            CALLER.format(US).replace("name: m", "name: n"),
        ))),
        {OPEN},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), WORKFLOWS)
def test_a_workflow_gives_its_templates_their_parameters(
    text: str, expected: set[str]
) -> None:
    found = {each for each in sent(text, f"Workflow.{ARGO[:11]}/x") if "processor" in each}
    assert found == expected


def test_a_workflow_of_a_template_gives_it_its_arguments() -> None:
    template = workflow(
        container("{{workflow.parameters.url}}"), ARGUMENTS.format(US), "WorkflowTemplate"
    )
    run = made(
        ARGO,
        "Workflow",
        f"spec:\n  workflowTemplateRef: {{name: x}}\n{ARGUMENTS.format(FR)}",
        "r",
    )
    assert AT_FR in sent(template + run, "Workflow.argoproj.io/r")


def test_artifacts_go_where_the_repository_that_is_named_says() -> None:
    text = made(
        ARGO, "Workflow", "spec: {artifactRepositoryRef: {configMap: artifacts, key: eu}}\n"
    ) + made(
        "v1",
        "ConfigMap",
        "data:\n  eu: |\n    s3: {bucket: b, endpoint: s3.us-east-1.amazonaws.com}\n",
        "artifacts",
    )
    assert sent(text, "ConfigMap/artifacts") == {"at-rest aws us-east-1"}


SENSOR = [
    ("{http: {url: 'https://hooks.acme-sante.fr/x'}}", "processor not-in-catalogue"),
    ("{http: {url: 'http://api.b.svc/x'}}", None),
    ("{kafka: {url: 'pkc-1.eu-west-3.aws.confluent.cloud:9092'}}", "processor confluent eu-west-3"),
    ("{slack: {channel: c}}", "processor slack no-evidence"),
    ("{log: {}}", None),
]  # fmt: skip


@pytest.mark.parametrize(("template", "expected"), SENSOR)
def test_a_sensor_hands_on_what_happens(template: str, expected: str | None) -> None:
    text = made(ARGO, "Sensor", f"spec: {{triggers: [{{template: {template}}}]}}\n")
    found = sent(text, "Sensor.argoproj.io/x")
    assert found == ({expected} if expected else set())
