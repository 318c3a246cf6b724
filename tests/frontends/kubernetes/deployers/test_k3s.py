"""Charts of this repository that K3s installs."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from tests.frontends.kubernetes.deployers.house import (
    HERE,
    PARIS,
    THERE,
    VIRGINIA,
    databases,
    document,
)

GROUP = "helm.cattle.io/v1"
OWN = "https://%{KUBERNETES_API}%/static/charts/api-1.0.0.tgz"
FAR = f"database: {{host: {VIRGINIA}}}\n"
NEAR = f"database: {{host: {PARIS}}}\n"


def _chart(**spec: Any) -> str:
    return document(GROUP, "HelmChart", "api", spec={"chart": OWN, **spec})


def _config(name: str = "api", **spec: Any) -> str:
    return document(GROUP, "HelmChartConfig", name, spec=spec)


def _secret(text: str) -> str:
    return document(
        "v1", "Secret", "kept", data={"v": base64.b64encode(text.encode()).decode()}
    )


KEPT = [{"name": "kept", "keys": ["v"]}]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (_chart(), HERE),
        (_chart(valuesContent=FAR), THERE),
        (_chart(set={"database.host": VIRGINIA}), THERE),
        (_chart(valuesContent=NEAR) + _config(valuesContent=FAR), THERE),
        (_chart(valuesContent=FAR) + _config(valuesContent=NEAR), HERE),
        (_chart(set={"database.host": PARIS}) + _config(valuesContent=FAR), HERE),
        (_chart(valuesSecrets=KEPT) + _secret(FAR), THERE),
        (_chart(valuesContent=FAR, valuesSecrets=KEPT) + _secret(NEAR), HERE),
        (_chart() + _config(valuesSecrets=[{"name": "kept"}]) + _secret(FAR), THERE),
        # Of another name, or of another chart.
        (_chart() + _config("other", valuesContent=FAR), HERE),
        (_chart(chart="https://%{KUBERNETES_API}%/static/charts/web-1.0.0.tgz", valuesContent=FAR), HERE),
    ],
)  # fmt: skip
def test_a_chart_is_rendered_with_all_that_is_given(text: str, expected: str) -> None:
    assert databases({"k3s.yaml": text}) == [expected]
