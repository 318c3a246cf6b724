"""Values that helmfiles give charts of this repository: of secrets, as texts, by templates."""

from __future__ import annotations

import pytest

from tests.frontends.kubernetes.charts.house import Files, placed
from tests.frontends.kubernetes.deployers.house import (
    CHART,
    HERE,
    PARIS,
    THERE,
    VIRGINIA,
    databases,
)

OPEN = "at-rest (from-environment) (from-environment)"
FILES: Files = {
    "secrets.yaml": "database: {host: 'ENC[AES256_GCM,data:x]', password: 'ENC[AES256_GCM,data:y]'}\nsops: {mac: x}\n",
    "password.yaml": "database: {password: 'ENC[AES256_GCM,data:y]'}\n",
    "looked-up.yaml": "database: {host: ref+vault://secret/db#host}\n",
    "api.yaml": f"database: {{host: {VIRGINIA}}}\n",
    "host.txt": f"{VIRGINIA}\n",
    "far.yaml": f"database: {{host: {VIRGINIA}}}\n",
}


def _release(said: str) -> str:
    return f"releases:\n  - name: api\n    namespace: care\n    chart: ./charts/api\n    {said}\n"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("secrets: [secrets.yaml]", OPEN),
        ("secrets: [looked-up.yaml]", OPEN),
        # Only what it has a key for isn't known.
        ("secrets: [password.yaml]", HERE),
        (
            f"values: [{{database: {{host: {VIRGINIA}}}}}]\n    secrets: [password.yaml]",
            THERE,
        ),
        (f"values: [{{database: {{host: {VIRGINIA}}}}}]\n    secrets: [secrets.yaml]", OPEN),
        ("secrets: [far.yaml]", THERE),
        (f"setString: [{{name: database.host, value: {VIRGINIA}}}]", THERE),
        (f"setString: [{{name: another.host, value: {VIRGINIA}}}]", HERE),
        (
            f"needs: [care/other]\n    set: [{{name: database.host, value: {VIRGINIA}}}]",
            THERE,
        ),
        (f"setTemplate: [{{name: database.host, value: '{{{{`{VIRGINIA}`}}}}'}}]", THERE),
        (f"valuesTemplate: [{{database: {{host: '{{{{`{VIRGINIA}`}}}}'}}}}]", THERE),
        ("valuesTemplate: ['{{`{{ .Release.Name }}`}}.yaml']", THERE),
        (f"valuesTemplate: [{{another: {{host: {VIRGINIA}}}}}]", HERE),
        ("needs: [care/other]", HERE),
        ("set: [{name: database.host, file: host.txt}]", THERE),
        ("set: [{name: database.host, file: none.txt}]", OPEN),
        (f"set: [{{name: extra.list, values: [{VIRGINIA}]}}]", HERE),
    ],
)
def test_values_are_those_that_the_release_gives(said: str, expected: str) -> None:
    assert databases({**FILES, "helmfile.yaml.gotmpl": _release(said)}) == [expected]


CONTAINER = f"{{name: api, env: [{{name: DATABASE_HOST, value: {VIRGINIA}}}]}}"
PATCH = f"{{apiVersion: v1, kind: Pod, metadata: {{name: api}}, spec: {{containers: [{CONTAINER}]}}}}"
OPERATION = f"{{op: replace, path: /spec/containers/0/env/0/value, value: {VIRGINIA}}}"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (f"strategicMergePatches: [{PATCH}]", THERE),
        ("strategicMergePatches: [patch.yaml]", THERE),
        (
            f"strategicMergePatches: [{PATCH.replace('name: api}, spec', 'name: web}, spec')}]",
            HERE,
        ),
        (f"jsonPatches: [{{target: {{kind: Pod, name: api}}, patch: [{OPERATION}]}}]", THERE),
        (f"jsonPatches: [{{target: {{kind: Job, name: api}}, patch: [{OPERATION}]}}]", HERE),
    ],
)
def test_patches_are_laid_on_what_the_chart_renders_to(said: str, expected: str) -> None:
    patch: Files = {"patch.yaml": PATCH} if "patch.yaml" in said else {}
    assert databases({**patch, "helmfile.yaml": _release(said)}) == [expected]


def test_a_namespace_that_is_forced_is_that_of_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(
        CHART,
        "charts/api/templates/pod.yaml",
        str(CHART["charts/api/templates/pod.yaml"]).replace(
            "name: api,", "name: api, namespace: own,"
        ),
    )
    found = placed({**CHART, "helmfile.yaml": _release("forceNamespace: forced")})
    assert [name for name, _ in found if "Pod" in name] == ["k8s:forced/Pod/api"]


@pytest.mark.parametrize(
    ("file", "expected"),
    [("secrets.yaml", OPEN), ("password.yaml", HERE), ("far.yaml", THERE)],
)
def test_of_secrets_of_an_environment_the_keys_are_known(file: str, expected: str) -> None:
    head = f"environments: {{prod: {{values: [{{database: {{host: {PARIS}}}}}], secrets: [{file}]}}}}\n---\n"
    text = head + _release(
        "set: [{name: database.host, value: {{ .Values.database.host | quote }}}]"
    )
    assert databases({**FILES, "helmfile.yaml.gotmpl": text}) == [expected]


INNER = _release("values: [{database: {host: '{{ .Values.host }}'}}]").replace(
    "./charts", "../charts"
)
ITS_OWN = f"environments: {{default: {{values: [{{host: {PARIS}}}]}}}}\n---\n"
GIVES = f"path: inner/helmfile.yaml, values: [{{host: {VIRGINIA}}}]"


@pytest.mark.parametrize(
    ("outer", "inner", "expected"),
    [
        (f"helmfiles: [{{{GIVES}}}]", INNER, [THERE]),
        # What is given wins over what the environment says.
        (f"helmfiles: [{{{GIVES}}}]", ITS_OWN + INNER, [THERE]),
        ("helmfiles: [inner/helmfile.yaml]", ITS_OWN + INNER, [HERE]),
        (f"helmfiles: [{{{GIVES.replace('inner/', 'inn*/')}}}]", ITS_OWN + INNER, [THERE]),
        (
            f"helmfiles: [{{{GIVES}}}, {{{GIVES.replace(VIRGINIA, PARIS)}}}]",
            INNER,
            [THERE, HERE],
        ),
        # Two that name each other: each is read all the same.
        (
            "helmfiles: [inner/helmfile.yaml]",
            f"helmfiles: [../helmfile.yaml]\n---\n{ITS_OWN}{INNER}",
            [HERE],
        ),
    ],
)
def test_values_are_those_that_another_helmfile_gives(
    outer: str, inner: str, expected: list[str]
) -> None:
    assert databases({"helmfile.yaml": outer, "inner/helmfile.yaml": inner}) == expected
