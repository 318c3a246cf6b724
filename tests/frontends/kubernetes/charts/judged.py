"""Charts of a small repository, judged by the shipped policies that ask most, in a cluster at Scaleway Paris."""

from __future__ import annotations

from functools import cache

from sovlint.frontends.kubernetes import manifests
from sovlint.model.classrules import ClassRules
from sovlint.model.findings.finding import Finding
from sovlint.model.inputs import Cluster, Reader, ReadOptions
from sovlint.model.request import Request
from sovlint.model.source import Span
from sovlint.policy.evaluate import evaluate
from sovlint.policy.load import load
from sovlint.policy.policies import PolicySet
from sovlint.resolve.resolver import resolve, settle
from tests.resolve.house import DAY, catalog

PARIS = Cluster(lambda path: True, "scaleway", "fr-par", Span("sovlint.yaml", 1, 1, 1, 9))


@cache
def policies() -> PolicySet:
    return load((), "strict")


def findings(reader: Reader) -> tuple[Finding, ...]:
    """What is found of a repository; every file must be readable."""
    reading = manifests.read(reader, ReadOptions(clusters=(PARIS,)), catalog().hints())
    assert reading.failures == ()
    settled, _ = settle(reading, catalog(), DAY)
    resolved, _ = resolve(settled, catalog(), ClassRules(), (), DAY)
    return evaluate(resolved, policies(), catalog().world(DAY), Request(as_of=DAY)).findings
