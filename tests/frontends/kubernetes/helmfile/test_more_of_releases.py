"""What a release of a helmfile has besides its chart: charts that it adds, what changes it, and the bound."""

from __future__ import annotations

import pytest

from sovlint.frontends.kubernetes.helmfile import wanted
from sovlint.model.findings.finding import Verdict
from tests.frontends.kubernetes.charts.house import Files, placed, places
from tests.frontends.kubernetes.charts.judged import findings
from tests.frontends.kubernetes.deployers.house import CHART, HERE, PARIS, THERE, VIRGINIA
from tests.frontends.memory import MemoryReader

RELEASE = "releases:\n  - name: api\n    namespace: care\n    chart: ./charts/api\n"
EXTRA: Files = {
    path.replace("/api/", "/extra/"): str(text).replace("name: api", "name: extra")
    for path, text in CHART.items()
}
NAMESPACE = "apiVersion: v1\nkind: Namespace\nmetadata: {name: care, labels: {sovlint.dev/data: health}}\n"


def _pods(files: Files) -> dict[str, list[str]]:
    found = placed(files)
    return {
        address: [each for each in places(one) if each.startswith("at-rest")]
        for (address, _), one in found.items()
        if "/Pod/" in address
    }


@pytest.mark.parametrize(
    ("dependency", "values", "expected"),
    [
        ("chart: ./charts/extra", f"extra: {{database: {{host: {VIRGINIA}}}}}", THERE),
        (
            "chart: ./charts/extra, alias: more",
            f"more: {{database: {{host: {VIRGINIA}}}}}",
            THERE,
        ),
        # What stands at the top is for the release's own chart.
        ("chart: ./charts/extra", f"other: {{database: {{host: {VIRGINIA}}}}}", HERE),
    ],
)
def test_a_chart_that_is_added_is_given_what_stands_under_its_name(
    dependency: str, values: str, expected: str
) -> None:
    said = f"{RELEASE}    dependencies: [{{{dependency}}}]\n    values: [{{{values}}}]\n"
    found = _pods({**CHART, **EXTRA, "helmfile.yaml": said})
    assert found == {"k8s:care/Pod/api": [HERE], "k8s:care/Pod/extra": [expected]}


def test_a_chart_from_elsewhere_that_is_added_is_read_for_its_values() -> None:
    values = f"{{more: {{database: {{host: {VIRGINIA}}}}}}}"
    said = f"{RELEASE}    dependencies: [{{chart: far/extra, alias: more}}]\n    values: [{values}]\n"
    found = placed({**CHART, "helmfile.yaml": said})
    assert THERE in places(found["helm:care/api", "default/care/api"])


@pytest.mark.parametrize(
    "said",
    [
        f"{RELEASE}    transformers: [{{apiVersion: x/v1, kind: Y, metadata: {{name: z}}}}]\n",
        f"{RELEASE}    postRenderer: ./change.sh\n",
        f"helmDefaults: {{postRenderer: ./change.sh}}\n{RELEASE}",
    ],
)
def test_what_a_program_changes_is_unproven(said: str) -> None:
    found = findings(
        MemoryReader({**CHART, "namespace.yaml": NAMESPACE, "helmfile.yaml": said})
    )
    (told,) = [each for each in found if each.policy == "data-class-judged"]
    assert told.verdict is Verdict.UNPROVEN
    (line,) = [
        number
        for number, text in enumerate(said.split("\n"), 1)
        if "postRenderer" in text or "transformers" in text
    ]
    why = told.resource.unsaid
    assert why is not None
    assert why.because is not None
    assert why.because.where is not None
    assert why.because.where.span().line == line


def test_a_release_that_nothing_changes_is_judged_as_before() -> None:
    files: Files = {**CHART, "namespace.yaml": NAMESPACE, "helmfile.yaml": RELEASE}
    assert not [
        each for each in findings(MemoryReader(files)) if each.policy == "data-class-judged"
    ]


def test_a_kustomization_that_is_installed_as_a_chart_with_patches() -> None:
    container = f"{{name: api, env: [{{name: DATABASE_HOST, value: {VIRGINIA}}}]}}"
    patch = f"{{apiVersion: v1, kind: Pod, metadata: {{name: api}}, spec: {{containers: [{container}]}}}}"
    files: Files = {
        "k/kustomization.yaml": "resources: [pod.yaml]\n",
        "k/pod.yaml": patch.replace(VIRGINIA, PARIS),
        "helmfile.yaml": RELEASE.replace("charts/api", "k")
        + f"    strategicMergePatches: [{patch}]\n",
    }
    assert _pods(files) == {"k8s:-/Pod/api": [HERE], "k8s:care/Pod/api": [THERE]}


def test_releases_past_the_bound_are_unproven(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wanted, "MOST", 2)
    said = "releases:\n" + "".join(
        f"  - {{name: r{number}, namespace: care, chart: ./charts/api}}\n"
        for number in range(4)
    )
    files: Files = {**CHART, "namespace.yaml": NAMESPACE, "helmfile.yaml": said}
    told = [
        each for each in findings(MemoryReader(files)) if each.policy == "data-class-judged"
    ]
    assert {each.resource.address: each.resource.span.line for each in told} == {
        "helm:care/r2": 4,
        "helm:care/r3": 5,
    }
