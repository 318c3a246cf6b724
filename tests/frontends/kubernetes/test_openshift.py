"""OpenShift's templates and its kinds: what a template lists is read as `oc process` would put it out."""

from __future__ import annotations

import pytest

from sovlint.model.resources.resource import Resource
from sovlint.model.value import Known, Unknown
from tests.frontends.kubernetes.test_links import links, read

GROUPS = ("template.openshift.io/v1", "v1")
CONTAINER = """
            containers:
              - name: app
                image: app:1
                env:
                  - {name: FHIR_URL, value: '${FHIR}'}
                  - {name: SENTRY_DSN, value: 'https://k@o1.ingest.sentry.io/1'}
                  - {name: WEBHOOK_URL, value: '${HOOK}'}
                  - {name: S3_ENDPOINT, valueFrom: {secretKeyRef: {name: '${NAME}-s3', key: endpoint}}}
                envFrom: [{configMapRef: {name: '${NAME}-settings'}}]
"""


def template(objects: str, version: str = GROUPS[0], above: str = "") -> str:
    """A template of some objects, each indented by two."""
    return f"""
apiVersion: {version}
kind: Template
metadata: {{name: app-template}}
{above}
parameters:
  - {{name: NAME, value: web}}
  - {{name: FHIR, value: 'https://fhir.partenaire-sante.fr/r4'}}
  - {{name: REPLICAS, value: 2}}
  - {{name: HOOK, value: ''}}
objects:
{objects}
"""


def workload(kind: str, version: str) -> str:
    """A workload of a template."""
    return f"""
  - kind: {kind}
    apiVersion: {version}
    metadata: {{name: '${{NAME}}'}}
    spec:
        replicas: ${{{{REPLICAS}}}}
        template:
          metadata: {{labels: {{app: '${{NAME}}'}}}}
          spec:{CONTAINER}
"""


SETTINGS = """
  - kind: ConfigMap
    apiVersion: v1
    metadata: {name: '${NAME}-settings'}
    data: {DATABASE_URL: 'postgres://db.${NAME}.acme.fr/x'}
"""


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize(
    ("kind", "version", "address"),
    [
        ("Deployment", "apps/v1", "k8s:-/Deployment/web"),
        (
            "DeploymentConfig",
            "apps.openshift.io/v1",
            "k8s:-/DeploymentConfig.apps.openshift.io/web",
        ),
        ("DeploymentConfig", "v1", "k8s:-/DeploymentConfig.apps.openshift.io/web"),
    ],
)
def test_what_a_template_lists_is_read_with_its_parameters(
    group: str, kind: str, version: str, address: str
) -> None:
    met = read(template(workload(kind, version) + SETTINGS, group))
    sent = {each.key: each.value for each in met[address].sends}
    assert known(sent["FHIR_URL"]) == "https://fhir.partenaire-sante.fr/r4"
    assert known(sent["SENTRY_DSN"]) == "https://k@o1.ingest.sentry.io/1"
    assert known(sent["DATABASE_URL"]) == "postgres://db.web.acme.fr/x"
    assert isinstance(sent["WEBHOOK_URL"], Unknown)
    assert isinstance(sent["S3_ENDPOINT"], Unknown)
    assert sent["S3_ENDPOINT"].detail == "Secret web-s3/endpoint"


def known(value: object) -> object:
    """What is known."""
    assert isinstance(value, Known)
    return value.value


def declared(resource: Resource) -> list[object]:
    """The classes that labels declare, nearest first."""
    return [
        value.value
        for each in resource.labels
        if isinstance(each.entries, Known)
        for key, value in each.entries.value.items()
        if key == "sovlint.dev/data" and isinstance(value, Known)
    ]


@pytest.mark.parametrize(
    "above",
    [
        "labels: {sovlint.dev/data: '${CLASS}'}",
        "labels: {sovlint.dev/data: health}",
    ],
)
def test_labels_of_a_template_are_those_of_its_objects(above: str) -> None:
    text = template(workload("Deployment", "apps/v1"), above=above)
    text = text.replace(
        "  - {name: NAME,", "  - {name: CLASS, value: health}\n  - {name: NAME,"
    )
    assert "health" in declared(read(text)["k8s:-/Deployment/web"])


@pytest.mark.parametrize("part", ["labels", "annotations"])
def test_a_class_of_a_template_is_that_of_all_in_it(part: str) -> None:
    text = template(workload("Deployment", "apps/v1")).replace(
        "{name: app-template}",
        f"{{name: app-template, {part}: {{sovlint.dev/data: health}}}}",
    )
    assert declared(read(text)["k8s:-/Deployment/web"]) == ["health"]
    own = text.replace(
        "{name: '${NAME}'}", "{name: '${NAME}', labels: {sovlint.dev/data: hr}}"
    )
    assert declared(read(own)["k8s:-/Deployment/web"]) == ["hr"]


def test_templates_in_lists_and_in_templates() -> None:
    inner = template(workload("Deployment", "apps/v1"))
    item = "\n".join(f"    {line}" for line in inner.splitlines() if line)
    both = f"apiVersion: v1\nkind: List\nitems:\n  -{item[3:]}\n"
    assert "k8s:-/Deployment/web" in read(both)


@pytest.mark.parametrize(
    "objects",
    ["objects: {}", "objects: [1, null, {}]", "objects: x", "parameters: 3\nobjects: []", ""],
)
def test_odd_templates_break_nothing(objects: str) -> None:
    text = f"apiVersion: v1\nkind: Template\nmetadata: {{name: x}}\nlabels: 4\n{objects}\n"
    assert list(read(text)) == ["k8s:-/Template.template.openshift.io/x"]


def test_a_route_leads_to_the_services_behind_it() -> None:
    route = """
apiVersion: v1
kind: Route
metadata: {name: web}
spec: {host: web.acme.fr, to: {kind: Service, name: web}}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}}
"""
    assert ("call", "k8s:-/Service/web") in links(
        read(route)["k8s:-/Route.route.openshift.io/web"]
    )


def test_a_build_is_given_settings() -> None:
    build = """
apiVersion: build.openshift.io/v1
kind: BuildConfig
metadata: {name: web}
spec:
  strategy:
    dockerStrategy:
      env: [{name: SENTRY_DSN, value: 'https://k@o1.ingest.sentry.io/1'}]
      buildArgs: [{name: FHIR_URL, value: 'https://fhir.partenaire-sante.fr'}]
"""
    met = read(build)["k8s:-/BuildConfig.build.openshift.io/web"]
    assert {each.key for each in met.sends} == {"SENTRY_DSN", "FHIR_URL"}
