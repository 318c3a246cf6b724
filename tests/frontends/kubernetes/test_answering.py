"""Names that objects of a mesh, of gateways and of the cluster lead elsewhere: the class of who names them goes along."""

from __future__ import annotations

import pytest

from sovlint.resolve.values import value_of
from tests.resolve.manifests_house import custom, placed

WORKLOAD = """\
apiVersion: apps/v1
kind: Deployment
metadata: {{name: web, namespace: claims, labels: {{sovlint.dev/data: health}}}}
spec:
  template:
    metadata: {{labels: {{app: web}}}}
    spec:
      containers:
        - {{name: c, image: acme/web, env: [{{name: DATABASE_URL, value: "{url}"}}]}}
---
"""
ISTIO, SENTRY = "networking.istio.io/v1", "ingest.sentry.io"


def service(name: str, spec: str) -> str:
    return f"apiVersion: v1\nkind: Service\nmetadata: {{name: {name}, namespace: claims}}\nspec: {spec}\n---\n"


def external(name: str, other: str) -> str:
    return service(name, f"{{type: ExternalName, externalName: {other}}}")


def entry(hosts: str, *addresses: str) -> str:
    ends = ", ".join(f"{{address: {each}}}" for each in addresses)
    return custom(ISTIO, "ServiceEntry", f"spec: {{hosts: {hosts}, endpoints: [{ends}]}}")


def hop(names: str, ends: str) -> str:
    """An object of a kind that no list has."""
    return custom("mesh.acme.dev/v1", "Hop", f"spec: {{{names}{ends}}}")


def gateway(names: str, service: str) -> str:
    ends = f"rules: [{{backendRefs: [{{name: {service}}}]}}]"
    return custom("gateway.networking.k8s.io/v1", "HTTPRoute", f"spec: {{{names}, {ends}}}")


def routes(hosts: str, *destinations: str) -> str:
    ends = ", ".join(f"{{destination: {{host: {each}}}}}" for each in destinations)
    return custom(
        ISTIO, "VirtualService", f"spec: {{hosts: {hosts}, http: [{{route: [{ends}]}}]}}"
    )


def reached(url: str, objects: str) -> set[str]:
    """The companies to which objects send that carry the class of the workload."""
    return {
        str(value_of(place.provider))
        for each in placed(WORKLOAD.format(url=url) + objects)
        if any(claim.data_class == "health" for claim in each.classes.claims)
        for place in each.placements
        if place.sent and value_of(place.provider) is not None
    }


def standing(app: str, address: str) -> str:
    """A workload that stands elsewhere, as WorkloadEntry has it, of a kind that no list has."""
    return custom(
        "mesh.acme.dev/v1", "Stand", f"spec: {{address: {address}, labels: {{app: {app}}}}}"
    )


def chosen(app: str, address: str, wanted: str) -> str:
    """An entry that says by labels who answers for ``a.internal``."""
    spec = f"spec: {{hosts: [a.internal], workloadSelector: {{labels: {{app: {wanted}}}}}}}"
    return custom(ISTIO, "ServiceEntry", spec) + standing(app, address)


RDS = "x.us-east-1.rds.amazonaws.com"
CASES = {
    "entry": ("postgres://db.internal:5432/a", entry("[db.internal]", RDS), {"aws"}),
    "entry-of-several": ("http://a.internal", entry("[a.internal]", RDS, SENTRY), {"aws", "sentry"}),
    "entry-of-a-pattern": ("http://a.corp.internal", entry('["*.corp.internal"]', RDS), {"aws"}),
    "entry-of-a-public-name": ("http://db.acme.fr", entry("[db.acme.fr]", RDS), {"aws"}),
    "route-to-an-entry": (
        "http://a.internal",
        routes("[a.internal]", "out.mesh") + hop("host: out.mesh, ", "upstream: {fqdn: ingest.sentry.io}"),
        {"sentry"},
    ),
    "route-of-a-service": (
        "http://api.claims.svc.cluster.local",
        service("api", "{selector: {app: api}}") + routes("[api]", "out") + external("out", SENTRY),
        {"sentry"},
    ),
    "chain-of-external-names": (
        "http://a.claims",
        external("a", "b.claims.svc.cluster.local") + external("b", "c.claims.svc") + external("c", SENTRY),
        {"sentry"},
    ),
    "loop-of-external-names": (
        "http://a.claims",
        external("a", "b.claims.svc") + external("b", "a.claims.svc"),
        set(),
    ),
    "external-name-of-an-entry": ("http://a", external("a", "b.internal") + entry("[b.internal]", SENTRY), {"sentry"}),
    "route-of-a-gateway-by-service": (
        "http://api",
        service("api", "{selector: {app: api}}")
        + gateway("parentRefs: [{kind: Service, name: api}]", "out")
        + external("out", SENTRY),
        {"sentry"},
    ),
    "kind-that-no-list-has": (
        "http://api.claims.svc",
        hop("service: api, ", "backends: [{service: out}]") + external("out", SENTRY),
        {"sentry"},
    ),
    "by-its-own-name": (
        "http://x.extsvc.mesh.local",
        hop("", f"endpoints: [{{address: {SENTRY}}}]"),
        {"sentry"},
    ),
    "entry-of-chosen-workloads": ("http://a.internal", chosen("db", RDS, "db"), {"aws"}),
    "service-of-chosen-workloads": (
        "http://api",
        service("api", "{selector: {app: db}}") + standing("db", SENTRY),
        {"sentry"},
    ),
    # Who names something else isn't led there.
    "workloads-that-are-not-chosen": ("http://a.internal", chosen("db", RDS, "other"), set()),
    "chosen-workloads-inside": ("http://a.internal", chosen("db", "10.0.0.3", "db"), set()),
    "chosen-by-what-answers-for-no-name": (
        "http://a.internal",
        hop("workloadSelector: {labels: {app: db}}", "") + standing("db", RDS),
        set(),
    ),
    "another-name": ("http://other.internal", entry("[db.internal]", RDS), set()),
    "another-name-of-a-pattern": ("http://a.internal", entry('["*.corp.internal"]', RDS), set()),
    "addresses-inside": ("http://db.internal", entry("[db.internal]", "10.0.0.3"), set()),
    "what-a-route-matches": (
        "http://a.internal",
        hop("host: a.internal, ", f"upstream: {{headers: {{address: {SENTRY}}}}}"),
        set(),
    ),
    "public-name-to-what-is-here": (
        "http://app.acme.fr",
        gateway("hostnames: [app.acme.fr]", "api") + service("api", "{selector: {app: api}}"),
        {"scaleway"},
    ),
    "public-name-to-an-external-name": (
        "http://app.acme.fr",
        gateway("hostnames: [app.acme.fr]", "out") + external("out", SENTRY),
        {"sentry", "scaleway"},
    ),
    "own-name-that-is-anothers-host": (
        "http://x.acme.fr",
        hop("", f"endpoints: [{{address: {SENTRY}}}]"),
        set(),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("url", "objects", "expected"), CASES.values(), ids=CASES)
def test_where_a_name_is_led(url: str, objects: str, expected: set[str]) -> None:
    assert reached(url, objects) == expected


def test_what_a_rule_tells_of_a_route_is_told_once() -> None:
    text = service("api", "{selector: {app: api}}") + routes("[api]", SENTRY)
    found = placed(WORKLOAD.format(url="http://api") + text)
    senders = [
        each.resource.type
        for each in found
        for place in each.placements
        if place.sent and value_of(place.provider) == "sentry"
    ]
    assert senders == ["Service"]
