"""Values that helmfiles give charts of this repository: of secrets, as texts, by templates."""

from __future__ import annotations

import pytest

from tests.frontends.kubernetes.charts.house import Files
from tests.frontends.kubernetes.deployers.house import (
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
    ],
)
def test_values_are_those_that_the_release_gives(said: str, expected: str) -> None:
    assert databases({**FILES, "helmfile.yaml.gotmpl": _release(said)}) == [expected]


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
