"""What stands in front of workloads, what copies their requests, and what watches them: told of the workloads."""

from __future__ import annotations

import pytest

from sovlint.resolve.values import value_of
from tests.resolve.manifests_house import custom, placed, places, sent_by

API, SITE, MIRROR = "Deployment/api", "Deployment/site", "Deployment/mirror"


def told(text: str) -> dict[str, set[str]]:
    """``role provider`` of what objects send."""
    return sent_by(text, "provider")


def workload(name: str, metadata: str = "") -> str:
    more = f", {metadata}" if metadata else ""
    return (
        f"apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: {name}, namespace: claims}}\nspec:\n  template:\n"
        f"    metadata: {{labels: {{app: {name}}}{more}}}\n"
        f"    spec: {{containers: [{{name: c, image: acme/{name}}}]}}\n---\n"
        f"apiVersion: v1\nkind: Service\nmetadata: {{name: {name}, namespace: claims}}\n"
        f"spec: {{selector: {{app: {name}}}}}\n---\n"
    )


def ingress(annotations: str, *services: str, more: str = "") -> str:
    paths = ", ".join(
        f"{{path: /{each}, backend: {{service: {{name: {each}}}}}}}" for each in services
    )
    return (
        "apiVersion: networking.k8s.io/v1\nkind: Ingress\n"
        f"metadata: {{name: i, namespace: claims, annotations: {{{annotations}}}}}\n"
        f"spec: {{{more}rules: [{{host: api.acme.fr, http: {{paths: [{paths}]}}}}]}}\n---\n"
    )


def tunnel(ingress_rules: str) -> str:
    return (
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: cloudflared, namespace: tunnel}\ndata:\n"
        f"  config.yaml: |\n    tunnel: acme\n    ingress:\n{ingress_rules}    - service: http_status:404\n---\n"
    )


PROXIED = '"external-dns.alpha.kubernetes.io/cloudflare-proxied": "{}"'
MIRRORED = '"nginx.ingress.kubernetes.io/mirror-target": "https://mirror.eu-west-3.elb.amazonaws.com$request_uri"'
EDGE = {"edge cloudflare"}
LB = "mirror.us-east-1.elb.amazonaws.com"
ROUTE = "gateway.networking.k8s.io/v1"

CASES = [
    # A record that is proxied, in front of what an ingress, a route or a service leads to; not of its neighbour.
    (ingress(PROXIED.format("true"), "api"), {API: EDGE}),
    (ingress(PROXIED.format("true"), "api", "site"), {API: EDGE, SITE: EDGE}),
    (ingress(PROXIED.format("false"), "api"), {}),
    (ingress("", "api"), {}),
    # What it leads to isn't here: the ingress says it itself.
    (ingress(PROXIED.format("true"), "elsewhere"), {"Ingress/i": EDGE}),
    (ingress(PROXIED.format("true"), "api", "elsewhere"), {API: EDGE, "Ingress/i": EDGE}),
    (
        "apiVersion: v1\nkind: Service\nmetadata:\n  name: lb\n  namespace: claims\n"
        f"  annotations: {{{PROXIED.format('true')}}}\nspec: {{type: LoadBalancer, selector: {{app: api}}}}\n",
        {API: EDGE},
    ),
    (
        custom(
            ROUTE,
            "HTTPRoute",
            "spec: {rules: [{backendRefs: [{name: api}]}]}",
            f"annotations: {{{PROXIED.format('true')}}}",
        ),
        {API: EDGE},
    ),
    (ingress("", "api", more="ingressClassName: cloudflare-tunnel, "), {API: EDGE}),
    (ingress("", "api", more="ingressClassName: nginx, "), {}),
    # A tunnel, by the services of its configuration, else by the hosts that ingresses serve.
    (tunnel("    - {hostname: a.acme.fr, service: 'http://api.claims.svc.cluster.local:80'}\n"), {API: EDGE}),
    (tunnel("    - {hostname: a.acme.fr, service: 'http://api.claims:80'}\n"), {API: EDGE}),
    (
        ingress("", "site") + tunnel("    - {hostname: '*.acme.fr', service: 'https://nginx.ingress.svc:443'}\n"),
        {SITE: EDGE},
    ),
    (
        ingress("", "site") + tunnel("    - {hostname: '*.acme.com', service: 'https://nginx.ingress.svc:443'}\n"),
        {"ConfigMap/cloudflared": EDGE},
    ),
    (
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, namespace: claims}\n"
        "data: {a.yaml: \"tunnel: off\\ningress: none\\n\", b.yaml: \"{tunnel: ingress:\"}\n",
        {},
    ),
    (
        custom("networking.cfargotunnel.com/v1alpha1", "TunnelBinding", "spec: {}")
        .replace("spec: {}", "subjects: [{kind: Service, name: api}]\ntunnelRef: {name: t}"),
        {API: EDGE},
    ),
    # Without the tunnel's name, by the answer that ends such a list; a list of another kind is none.
    (
        tunnel("    - {hostname: a.acme.fr, service: 'http://api.claims.svc:80'}\n").replace("    tunnel: acme\n", ""),
        {API: EDGE},
    ),
    (
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, namespace: claims}\ndata:\n  a.yaml: |\n"
        "    ingress:\n      - {host: a.acme.fr, service: 'http://api.claims.svc:80'}\n",
        {},
    ),
    # Mirrors: a host outside is placed, a service here carries what the original carries.
    (ingress(MIRRORED, "api"), {API: {"processor aws"}}),
    (
        custom(
            "networking.istio.io/v1", "VirtualService",
            f"spec: {{hosts: [api], http: [{{route: [{{destination: {{host: api}}}}], mirror: {{host: {LB}}}}}]}}",
        ),
        {API: {"processor aws"}},
    ),
    (
        custom(
            "networking.istio.io/v1", "VirtualService",
            f"spec: {{hosts: [api], http: [{{route: [{{destination: {{host: {LB}}}}}]}}]}}",
        ),
        {API: {"processor aws"}},
    ),
    (
        custom(
            "networking.istio.io/v1", "VirtualService",
            "spec: {hosts: [api], http: [{route: [{destination: {host: api}}], mirror: {host: mirror}}]}",
        ),
        {},
    ),
    # Whom a mesh tells of what it sees.
    (
        custom(
            "install.istio.io/v1alpha1", "IstioOperator",
            "spec: {meshConfig: {extensionProviders: [{name: z, zipkin: {service: collector.newrelic.com, port: 443}}]}}",
        ),
        {"IstioOperator.install.istio.io/x": {"logs new-relic"}},
    ),
    (
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: istio, namespace: istio-system}\ndata:\n  mesh: |\n"
        "    defaultConfig:\n      tracing: {zipkin: {address: 'collector.newrelic.com:443'}}\n",
        {"ConfigMap/istio": {"logs new-relic"}},
    ),
    # What is only named by the mesh, in an entry of its own.
    (
        custom("networking.istio.io/v1", "ServiceEntry", f"spec: {{hosts: [{LB}, api.claims.svc.cluster.local]}}"),
        {"ServiceEntry.networking.istio.io/x": {"edge aws"}},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_what_stands_in_front_or_copies(text: str, expected: dict[str, set[str]]) -> None:
    assert told(workload("api") + workload("site") + workload("mirror") + text) == expected


MIRRORS = [
    custom(
        "networking.istio.io/v1", "VirtualService",
        "spec: {hosts: [api], http: [{route: [{destination: {host: api}}], mirror: {host: mirror}}]}",
    ),
    custom(
        "networking.istio.io/v1beta1", "VirtualService",
        "spec: {http: [{route: [{destination: {host: api}}], "
        "mirrors: [{destination: {host: mirror.claims.svc.cluster.local}}]}]}",
    ),
    custom(
        ROUTE, "HTTPRoute",
        "spec: {rules: [{backendRefs: [{name: api}], "
        "filters: [{type: RequestMirror, requestMirror: {backendRef: {name: mirror}}}]}]}",
    ),
    custom(
        "traefik.io/v1alpha1", "TraefikService",
        "spec: {mirroring: {name: api, mirrors: [{name: mirror, percent: 10}]}}",
    ),
    custom(
        "projectcontour.io/v1", "HTTPProxy",
        "spec: {routes: [{services: [{name: api, port: 80}, {name: mirror, port: 80, mirror: true}]}]}",
    ),
]  # fmt: skip


@pytest.mark.parametrize("text", MIRRORS)
def test_a_mirror_here_is_called_by_what_it_copies(text: str) -> None:
    found = {
        each.resource.address: each
        for each in placed(workload("api") + workload("mirror") + text)
    }
    links = {
        (link.kind, link.address)
        for link in found["k8s:claims/Deployment/api"].resource.links
    }
    assert ("call", "k8s:claims/Service/mirror") in links
    other = found["k8s:claims/Deployment/mirror"].resource.links
    assert [link for link in other if "Service/api" in link.address] == []


DATADOG = custom(
    "datadoghq.com/v2alpha1", "DatadogAgent", "spec: {global: {site: datadoghq.eu}}"
)
INJECT = 'annotations: {"instrumentation.opentelemetry.io/inject-java": "%s"}'
INSTRUMENTATION = custom(
    "opentelemetry.io/v1alpha1", "Instrumentation", "spec: {exporter: {endpoint: http://otel.monitoring.svc:4317}}"
)  # fmt: skip

AGENTS = [
    ('annotations: {"ad.datadoghq.com/c.logs": "[{}]"}', "", {"logs datadog"}),
    ('annotations: {"admission.datadoghq.com/java-lib.version": "v1.38.0"}', "", {"logs datadog"}),
    ('annotations: {"admission.datadoghq.com/enabled": "false"}', "", set()),
    ('annotations: {"oneagent.dynatrace.com/inject": "true"}', "", {"logs dynatrace"}),
    ('annotations: {"oneagent.dynatrace.com/inject": "false"}', "", set()),
    ('annotations: {"instrumentation.newrelic.com/inject-java": "true"}', "", {"logs new-relic"}),
    ('annotations: {"co.elastic.apm/attach": "java"}', "", {"logs no-evidence: endpoint"}),
    ('annotations: {"prometheus.io/scrape": "true"}', "", set()),
    (INJECT % "true", "", {"logs no-evidence: endpoint"}),
    (INJECT % "false", "", set()),
    # What it belongs to is here: that says where it goes.
    (INJECT % "true", INSTRUMENTATION, set()),
    (INJECT % "x", INSTRUMENTATION, set()),
    (INJECT % "claims/x", INSTRUMENTATION, set()),
    (INJECT % "monitoring/other", INSTRUMENTATION, {"logs no-evidence: endpoint"}),
    ('annotations: {"ad.datadoghq.com/c.logs": "[{}]"}', DATADOG, set()),
]  # fmt: skip


@pytest.mark.parametrize(("metadata", "more", "expected"), AGENTS)
def test_labels_and_annotations_switch_agents_on(
    metadata: str, more: str, expected: set[str]
) -> None:
    found = told(f"{workload('api', metadata)}{more}")
    assert found.get(API, set()) == expected


def test_an_agent_here_gets_what_the_pods_have() -> None:
    text = workload("api", INJECT % "true") + INSTRUMENTATION
    (api,) = (each for each in placed(text) if each.resource.address.endswith(API))
    assert ("logs", "k8s:claims/Instrumentation.opentelemetry.io/x") in {
        (link.kind, link.address) for link in api.resource.links
    }


def test_a_namespace_switches_an_agent_on_for_all_in_it() -> None:
    space = (
        "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: claims\n"
        '  annotations: {"instrumentation.opentelemetry.io/inject-python": "true"}\n---\n'
    )
    assert told(space + workload("api")) == {API: {"logs no-evidence: endpoint"}}


def test_a_mesh_that_is_traced_gets_what_is_in_it() -> None:
    space = "apiVersion: v1\nkind: Namespace\nmetadata: {name: claims, labels: {istio-injection: enabled}}\n---\n"
    mesh = custom(
        "install.istio.io/v1alpha1", "IstioOperator",
        "spec: {meshConfig: {extensionProviders: [{name: z, zipkin: {service: collector.newrelic.com}}]}}",
    ).replace("namespace: claims", "namespace: istio-system")  # fmt: skip
    (api,) = (
        each
        for each in placed(space + workload("api") + mesh)
        if each.resource.address.endswith(API)
    )
    assert ("logs", "k8s:istio-system/IstioOperator.install.istio.io/x") in {
        (link.kind, link.address) for link in api.resource.links
    }


def test_a_tunnel_is_told_at_its_line() -> None:
    text = workload("api") + tunnel(
        "    - {hostname: a.acme.fr, service: 'http://api.claims:80'}\n"
    )
    (api,) = (each for each in placed(text) if each.resource.address.endswith(API))
    (line,) = {each.where.span().line for each in api.resource.sends}
    assert "api.claims:80" in text.splitlines()[line - 1]


RELEASE = """apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: x, namespace: claims}
spec:
  chart: {spec: {chart: %s, sourceRef: {kind: HelmRepository, name: r}}}
  values: %s
"""


def test_a_release_whose_chart_makes_a_proxied_ingress() -> None:
    values = f"{{ingress: {{main: {{annotations: {{{PROXIED.format('true')}}}}}}}}}"
    name = "HelmRelease.helm.toolkit.fluxcd.io/x"
    assert told(RELEASE % ("app-template", values)) == {name: EDGE}
    assert told(RELEASE % ("app-template", values.replace("true", "false"))) == {}


@pytest.mark.parametrize(
    ("chart", "roles"),
    [
        ("prometheus-operator-crds", {"config"}),
        ("crds", {"config"}),
        ("prometheus", {"compute"}),
        ("crds-exporter", {"compute"}),
    ],
)
def test_a_chart_of_definitions_alone_keeps_nothing(chart: str, roles: set[str]) -> None:
    (release,) = placed(RELEASE % (chart, "{}"))
    assert {value_of(each.role) for each in release.placements} == roles


def test_a_contact_point_is_told_what_alerts_say() -> None:
    body = "spec: {type: webhook, settings: {url: '%s'}}\n"
    kind = ("grafana.integreatly.org/v1beta1", "GrafanaContactPoint")
    assert places(*kind, body % "https://hooks.slack.com/services/a") == [
        "processor slack (no-evidence)"
    ]
    assert places(*kind, "spec: {type: pagerduty}\n") == [
        "processor (no-evidence) (no-evidence)"
    ]
