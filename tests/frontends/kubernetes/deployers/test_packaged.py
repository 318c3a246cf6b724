"""A chart in an archive of this repository, which a release names by its path: it is rendered like one in a folder."""

from __future__ import annotations

import io
import tarfile

import pytest

from tests.frontends.kubernetes.charts.house import Files, placed, places, reading
from tests.frontends.kubernetes.deployers.house import CHART, HERE, THERE, VIRGINIA, document

ARCHIVE = "charts/api-1.0.0.tgz"
TEMPLATE = "charts/api/templates/pod.yaml"
POD = f"{ARCHIVE}!templates/pod.yaml"
VALUES = f"{{database: {{host: {VIRGINIA}}}}}"


def _packed(files: Files) -> bytes:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w:gz") as made:
        for path, text in files.items():
            data = str(text).encode()
            info = tarfile.TarInfo(path.removeprefix("charts/"))
            info.size = len(data)
            made.addfile(info, io.BytesIO(data))
    return held.getvalue()


def _flux(**more: object) -> str:
    source = {"chart": f"./{ARCHIVE}", "sourceRef": {"kind": "GitRepository", "name": "x"}}
    spec = {"chart": {"spec": source}, **more}
    return document("helm.toolkit.fluxcd.io/v2", "HelmRelease", "api", spec=spec)


def _helmfile(more: str = "") -> str:
    release = f"releases:\n  - name: api\n    namespace: care\n    chart: ./{ARCHIVE}\n"
    return f"{release}    values: [{more}]\n" if more else release


def _skaffold(more: str = "{}") -> str:
    release = f"{{name: api, chartPath: {ARCHIVE}, overrides: {more}}}"
    return f"apiVersion: skaffold/v4beta6\nkind: Config\ndeploy: {{helm: {{releases: [{release}]}}}}\n"


def _playbook(more: str) -> str:
    task = f"{{name: api, release_namespace: care, chart_ref: ./{ARCHIVE}, values: {more}}}"
    return f"- hosts: localhost\n  tasks:\n    - kubernetes.core.helm: {task}\n"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"helmfile.yaml": _helmfile()}, HERE),
        ({"helmfile.yaml": _helmfile(VALUES)}, THERE),
        ({"r.yaml": _flux()}, HERE),
        ({"r.yaml": _flux(values={"database": {"host": VIRGINIA}})}, THERE),
        ({"skaffold.yaml": _skaffold(VALUES)}, THERE),
        ({"site.yml": _playbook(VALUES)}, THERE),
    ],
)
def test_its_pod_is_handed_what_the_release_says(files: Files, expected: str) -> None:
    found = placed({ARCHIVE: _packed(CHART), **files})
    (pod,) = [each for each in found.values() if each.resource.type == "Pod"]
    assert expected in places(pod)
    assert pod.resource.where.span().path == POD


def test_the_class_that_the_chart_in_it_declares_is_that_of_its_pod() -> None:
    chart = f"{CHART['charts/api/Chart.yaml']}annotations: {{sovlint.dev/data: health}}\n"
    pod_alone = str(CHART[TEMPLATE]).replace(", labels: {sovlint.dev/data: health}", "")
    files: Files = {
        ARCHIVE: _packed({**CHART, "charts/api/Chart.yaml": chart, TEMPLATE: pod_alone}),
        "helmfile.yaml": _helmfile(),
    }
    (pod,) = [each for each in placed(files).values() if each.resource.type == "Pod"]
    assert {each.data_class for each in pod.classes.claims} == {"health"}


def test_what_is_no_archive_is_a_failure() -> None:
    found = reading(
        {ARCHIVE: b"version https://git-lfs.github.com", "helmfile.yaml": _helmfile()}
    )
    assert [(each.note.key, each.path) for each in found.failures] == [
        ("kubernetes.charts.archive", ARCHIVE)
    ]


def test_an_archive_that_nothing_names_is_left_alone() -> None:
    assert placed({ARCHIVE: _packed(CHART)}) == {}
