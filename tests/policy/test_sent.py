"""What is said of data that a setting sends on: whose it is, and by what, in both languages."""

from __future__ import annotations

from sovlint.model.placement import ClassClaim, How
from sovlint.model.text import Note
from sovlint.model.value import Because, Step, StepKind
from sovlint.policy.phrases import sent
from sovlint.report.messages import say

LOGS = Note("policy.role.logs")


def carried(address: str, before: Because) -> Step:
    note = Note("resolve.class-propagated", {"kind": "logs", "address": address})
    parents = (
        Step(None, Note("resolve.flow-here", {"kind": "logs"})),
        *([before] if before else ()),
    )
    return Step(None, note, parents, address, StepKind.PROPAGATED)


def test_the_sender_is_whoever_had_the_data_first() -> None:
    declared = Step(None, Note("resolve.class-declared", {"key": "data"}))
    chain = carried("k8s:obs/Deployment/otel", carried("k8s:claims/Deployment/api", declared))
    said = sent(LOGS, "exporter datadog", [ClassClaim("health", How.PROPAGATED, chain)])
    assert (
        say(said, "en")
        == "of `k8s:claims/Deployment/api`, which `exporter datadog` sends on, in logs"
    )
    assert say(said, "fr").startswith(
        "de `k8s:claims/Deployment/api`, que `exporter datadog` transmet, "
    )


def test_data_of_its_own_has_no_other_sender() -> None:
    declared = Step(None, Note("resolve.class-declared", {"key": "data"}))
    said = sent(LOGS, "SENTRY_DSN", [ClassClaim("health", How.DECLARED, declared)])
    assert say(said, "en") == "which `SENTRY_DSN` sends on, in logs"
