"""Custom resources that say whom they serve take the class of these, by field and whatever their kind."""

from __future__ import annotations

import pytest

from sovlint.resolve.values import value_of
from tests.resolve.manifests_house import custom, placed

HELD = """\
apiVersion: v1
kind: Namespace
metadata: {name: claims, labels: {team: care}}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: files, namespace: claims, labels: {sovlint.dev/data: health, app: files}}
spec: {resources: {requests: {storage: 1Gi}}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: claims, labels: {sovlint.dev/data: health}}
spec:
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: c, image: acme/web}]}
---
"""
SENTRY = 'sink: {url: "https://o1.ingest.sentry.io/api"}'
KINDS = (("ship.acme.dev/v1", "Ship"), ("ferry.example/v2", "Crossing"))
"""Kinds that no list has."""
TAKEN = [
    "sourcePVC: files",
    "persistentVolumeClaim: {claimName: files}",
    "sources: [{pvcName: files}]",
    "targetRef: {apiVersion: v1, kind: PersistentVolumeClaim, name: files}",
    "sourceRef: {apiVersion: apps/v1, kind: Deployment, name: web}",
    "scopes: [{kind: Deployment, apiVersion: apps/v1, name: web}]",
    "scopes: [claims]",
    "scopes: [{namespace: claims}]",
    "namespaces: [claims]",
    "selector: {matchLabels: {app: web}}",
    "podSelector: {app: web}",
    "match: {resources: {selector: {matchLabels: {app: files}}}}",
    "namespaceSelector: {matchLabels: {team: care}}",
    "namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: claims}}",
    "source: {claimName: files}",  # alone in its mapping, as labels may be
    "match: [{select: {labels: {app: web}}}]",
    "workloadSelector: {labels: {app: web}}",
]
LEFT = [
    "sourcePVC: other",
    "selector: {matchLabels: {app: other}}",
    "podSelector: {app: web, tier: other}",
    "scopes: [other]",
    "targetRef: {apiVersion: apps/v1, kind: Deployment, name: other}",
    "nodeSelector: {app: web}",
    "affinity: {podAffinity: {labelSelector: {matchLabels: {app: web}}}}",
    "template: {selector: {matchLabels: {app: web}}}",
    "match: [{exclude: {labels: {app: web}}}]",
    "exclude: {resources: {namespaces: [claims]}}",
    "exclude: {selector: {labels: {app: web}}}",
    "labels: {app: web}",  # its own, of what it makes
    "namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: other}}",
]


def carried(version: str, kind: str, spec: str) -> tuple[bool, set[str]]:
    """Whether the custom resource carries the class, and the companies that it sends to."""
    (found,) = (
        each
        for each in placed(HELD + custom(version, kind, f"spec: {{{spec}}}"))
        if each.resource.type.startswith(f"{kind}.")
    )
    carries = any(claim.data_class == "health" for claim in found.classes.claims)
    told = (value_of(place.provider) for place in found.placements if place.sent)
    return carries, {str(each) for each in told}


@pytest.mark.parametrize(("version", "kind"), KINDS)
@pytest.mark.parametrize("field", TAKEN)
def test_whom_it_serves(version: str, kind: str, field: str) -> None:
    assert carried(version, kind, f"{field}, {SENTRY}") == (True, {"sentry"})


@pytest.mark.parametrize("field", LEFT)
def test_whom_it_does_not_serve(field: str) -> None:
    assert carried(*KINDS[0], f"{field}, {SENTRY}") == (False, {"sentry"})


@pytest.mark.parametrize(
    ("field", "carries"),
    [
        ("sourcePVC: files", True),  # what names a claim does something with its data
        ("persistentVolumeClaim: {claimName: files}", True),
        ("selector: {matchLabels: {app: web}}", False),
        ("targetRef: {apiVersion: apps/v1, kind: Deployment, name: web}", False),
        ("namespaces: [claims]", False),
    ],
)
def test_where_no_destination_is_shown(field: str, carries: bool) -> None:
    assert carried(*KINDS[0], f"{field}, rate: 5") == (carries, set())


def test_a_claim_counts_for_kinds_that_are_known() -> None:
    spec = "sourcePVC: files, rclone: {rcloneConfig: a}"
    assert carried("volsync.backube/v1alpha1", "ReplicationSource", spec)[0]


def test_what_only_watches_is_left() -> None:
    spec = "selector: {matchLabels: {app: web}}, endpoints: [{port: http, path: /metrics}]"
    assert carried("monitoring.coreos.com/v1", "ServiceMonitor", spec) == (False, set())


@pytest.mark.parametrize(
    ("version", "kind", "carries"),
    [
        ("networking.istio.io/v1", "ServiceEntry", False),
        ("networking.istio.io/v1", "ShipsNobodyKnows", True),
    ],
)
def test_a_selector_of_a_known_kind_is_left_to_its_rules(
    version: str, kind: str, carries: bool
) -> None:
    spec = "selector: {matchLabels: {app: web}}, hosts: [o1.ingest.sentry.io], endpoints: [{address: ingest.sentry.io}]"
    assert carried(version, kind, spec) == (carries, {"sentry"})


EXPORTER = "EnvoyFilter"


@pytest.mark.parametrize(
    ("spec", "carries"),
    [
        ("workloadSelector: {labels: {app: web}}", True),
        ("workloadSelector: {labels: {app: other}}", False),
        ("namespaces: [claims]", False),  # of what is known, only pods that are selected
        ("targetRef: {apiVersion: apps/v1, kind: Deployment, name: web}", False),
        (
            "workloadSelector: {labels: {app: web}}, hosts: [x.internal]",
            False,
        ),  # those answer
    ],
)
def test_pods_that_a_known_kind_selects_and_sends_elsewhere(spec: str, carries: bool) -> None:
    whole = f"{spec}, patches: [{{socket_address: {{address: ingest.sentry.io}}}}]"
    version = "networking.istio.io/v1alpha3"
    assert carried(version, EXPORTER, whole) == (carries, {"sentry"})


LOGGING = "logging.banzaicloud.io/v1beta1"


def handed_on(version: str, kind: str, spec: str, to: str) -> bool:
    """Whether what an object serves reaches the other one of its group."""
    other = custom(version, to, "spec: {http: {endpoint: 'https://ingest.sentry.io/api'}}")
    text = HELD + custom(version, kind, f"spec: {{{spec}}}") + other
    (found,) = (each for each in placed(text) if each.resource.type.startswith(f"{to}."))
    return any(claim.data_class == "health" for claim in found.classes.claims)


@pytest.mark.parametrize(
    ("version", "kind", "to", "spec", "expected"),
    [
        # kinds that are known, by what the catalogue says that they refer to
        (LOGGING, "Flow", "Output", "match: [{select: {labels: {app: web}}}], localOutputRefs: [x]", True),
        (LOGGING, "Flow", "Output", "match: [{exclude: {labels: {app: web}}}], localOutputRefs: [x]", False),
        ("stash.appscode.com/v1beta1", "BackupConfiguration", "Repository",
         "target: {ref: {apiVersion: apps/v1, kind: Deployment, name: web}}, repository: {name: x}", True),
        # kinds that nobody knows, by a key that is called as the other
        ("ship.acme.dev/v1", "Ship", "Harbour", "sourcePVC: files, harbour: x", True),
        ("ship.acme.dev/v1", "Ship", "Harbour", "selector: {matchLabels: {app: web}}, harbourRef: {name: x}", True),
        ("ship.acme.dev/v1", "Ship", "Harbour", "selector: {matchLabels: {app: web}}, targetHarbourRefs: [{name: x}]", True),
        ("ship.acme.dev/v1", "Ship", "Harbour", "selector: {matchLabels: {app: other}}, harbourRef: {name: x}", False),
        ("ship.acme.dev/v1", "Ship", "Harbour", "selector: {matchLabels: {app: web}}, harbourRef: {name: y}", False),
        ("ship.acme.dev/v1", "Ship", "Harbour", "selector: {matchLabels: {app: web}}, note: x", False),
    ],
)  # fmt: skip
def test_what_is_served_is_handed_on(
    version: str, kind: str, to: str, spec: str, expected: bool
) -> None:
    assert handed_on(version, kind, spec, to) is expected


@pytest.mark.parametrize(
    ("metadata", "spec", "role"),
    [
        ("", "sink: {endpoint: 'https://s3.fr-par.scw.cloud'}", "config"),
        ("", "rate: 5", None),  # where its data goes isn't said
        ("", "sink: {bucket: claims-of-ours}", "config"),  # asked where it is sent
        ("labels: {sovlint.dev/data: health}", "sink: {endpoint: 'https://s3.fr-par.scw.cloud'}", None),
    ],
)  # fmt: skip
def test_what_says_where_it_sends_is_not_asked_for_its_own_role(
    metadata: str, spec: str, role: str | None
) -> None:
    text = HELD + custom(*KINDS[0], f"spec: {{sourcePVC: files, {spec}}}", metadata)
    (found,) = (each for each in placed(text) if each.resource.type.startswith("Ship."))
    assert value_of(found.placements[0].role) == role
