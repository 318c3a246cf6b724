"""Charts that a kustomization installs: what their values say of volumes and addresses counts, as a release's does."""

from __future__ import annotations

import pytest

from sovlint.frontends.kubernetes import manifests
from sovlint.model.classrules import ClassRules
from sovlint.model.inputs import Cluster, ReadOptions
from sovlint.model.placement import Placed
from sovlint.model.source import Span
from sovlint.resolve.resolver import resolve, settle
from tests.frontends.memory import MemoryReader
from tests.resolve.house import DAY, catalog, shown

FILE = """primary:
  persistence: {enabled: true}
  extraEnvVars: [{name: SENTRY_DSN, value: "https://abc@o1.ingest.sentry.io/1"}]
"""
BASE = """namespace: care
commonLabels: {sovlint.dev/data: health}
helmCharts:
  - {name: postgresql, repo: "https://charts.example.org", releaseName: records, %s}
"""
KEPT = "valuesInline: {primary: {persistence: {enabled: true}}}"
NOTHING = "valuesFile: values.yaml, valuesInline: {primary: {persistence: {enabled: false}}}"
HERE, SENT, AT_REST = (
    ("compute", "scaleway"),
    ("processor", "sentry"),
    ("at-rest", "scaleway"),
)


def placed(entry: str, **more: str) -> Placed:
    """The one chart of a base and what is built on it."""
    files = {"base/kustomization.yaml": BASE % entry, "base/values.yaml": FILE, **more}
    clusters = (
        Cluster(lambda path: True, "scaleway", "fr-par", Span("sovlint.yaml", 1, 1, 1, 9)),
    )
    reading = manifests.read(
        MemoryReader(files), ReadOptions(clusters=clusters), catalog().hints()
    )
    assert reading.failures == ()
    resources, _ = settle(reading, catalog(), DAY)
    found = resolve(resources, catalog(), ClassRules(), (), DAY)[0]
    (only,) = [each for each in found if each.resource.type == "HelmChartInflationGenerator"]
    return only


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("version: 1.0.0", [HERE]),
        ("valuesFile: values.yaml", [AT_REST, HERE, SENT]),
        ("additionalValuesFiles: [values.yaml]", [AT_REST, HERE, SENT]),
        (KEPT, [AT_REST, HERE]),
        # What stands in the kustomization wins over the file, unless it says otherwise.
        (NOTHING, [HERE, SENT]),
        (f"valuesMerge: merge, {NOTHING}", [AT_REST, HERE, SENT]),
        ("valuesFile: values.yaml, valuesMerge: replace, valuesInline: {a: 1}", [HERE]),
    ],
)
def test_values_tell_of_volumes_and_addresses(
    entry: str, expected: list[tuple[str, str]]
) -> None:
    chart = placed(entry)
    assert chart.resource.address == "k8s:care/HelmChartInflationGenerator/records"
    assert [claim.data_class for claim in chart.classes.claims] == ["health"]
    assert (
        sorted(
            (str(shown(each.role)), str(shown(each.provider))) for each in chart.placements
        )
        == expected
    )


def test_what_is_built_on_it_leaves_a_chart_alone_but_for_its_namespace() -> None:
    change = """resources: [../base]
namespace: prod
patches: [{target: {name: "rec.*"}, patch: '[{"op": "replace", "path": "/spec/replicas", "value": 2}]'}]
"""
    chart = placed("valuesFile: values.yaml", **{"prod/kustomization.yaml": change})
    assert chart.resource.address == "k8s:prod/HelmChartInflationGenerator/records"
