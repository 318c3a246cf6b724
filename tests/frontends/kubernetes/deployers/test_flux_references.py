"""What a HelmRelease takes from config maps and secrets of this repository."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from sovlint.model.value import unroll
from tests.frontends.kubernetes.charts.house import placed
from tests.frontends.kubernetes.deployers.house import (
    CHART,
    HERE,
    THERE,
    VIRGINIA,
    databases,
    document,
    said,
)

VALUES = f"database:\n  host: {VIRGINIA}\n"
OPEN = "at-rest (from-environment) (from-environment)"


def _encoded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def _release(*references: dict[str, Any], values: dict[str, Any] | None = None) -> str:
    spec = {
        "chart": {
            "spec": {
                "chart": "charts/api",
                "sourceRef": {"kind": "GitRepository", "name": "r"},
            }
        },
        "valuesFrom": list(references),
        "values": values or {},
    }
    return document("helm.toolkit.fluxcd.io/v2", "HelmRelease", "api", spec=spec)


def _secret(**more: object) -> str:
    return document("v1", "Secret", "kept", **more)


KEPT = {"kind": "Secret", "name": "kept"}


@pytest.mark.parametrize(
    ("reference", "held"),
    [
        (KEPT, {"data": {"values.yaml": _encoded(VALUES)}}),
        (KEPT, {"stringData": {"values.yaml": VALUES}}),
        # What is said as text wins, as it does at the API server.
        (KEPT, {"stringData": {"values.yaml": VALUES}, "data": {"values.yaml": "e30="}}),
        ({**KEPT, "valuesKey": "prod.yaml"}, {"data": {"prod.yaml": _encoded(VALUES)}}),
        (
            {**KEPT, "valuesKey": "host", "targetPath": "database.host"},
            {"data": {"host": _encoded(VIRGINIA)}},
        ),
        (
            {**KEPT, "valuesKey": "host", "targetPath": "database.host", "optional": True},
            {"stringData": {"host": VIRGINIA}},
        ),
    ],
)
def test_what_a_secret_of_the_repository_says_is_read(
    reference: dict[str, Any], held: dict[str, Any]
) -> None:
    files = {"a.yaml": _release(reference) + _secret(**held)}
    assert databases(files) == [THERE]
    assert "kubernetes.charts.values-elsewhere" not in said(files)


@pytest.mark.parametrize(
    ("references", "values", "expected"),
    [
        ([KEPT], {"database": {"host": "db.x.eu-west-3.rds.amazonaws.com"}}, [HERE]),
        ([{**KEPT, "valuesKey": "other.yaml", "optional": True}], {}, [HERE]),
        ([{**KEPT, "name": "another"}], {}, [HERE]),
    ],
)
def test_another_value_or_another_secret_changes_nothing(
    references: list[dict[str, Any]], values: dict[str, Any], expected: list[str]
) -> None:
    secret = _secret(stringData={"values.yaml": VALUES})
    assert databases({"a.yaml": _release(*references, values=values) + secret}) == expected


@pytest.mark.parametrize(
    "held",
    [
        {"stringData": {"host": "ENC[AES256_GCM,data:x,type:str]"}, "sops": {"mac": "x"}},
        {"data": {"host": "ENC[AES256_GCM,data:x,type:str]"}, "sops": {"mac": "x"}},
    ],
)
def test_what_is_encrypted_is_not_known_where_it_is_put(held: dict[str, Any]) -> None:
    reference = {**KEPT, "valuesKey": "host", "targetPath": "database.host"}
    files = {"a.yaml": _release(reference) + _secret(**held)}
    assert databases(files) == [OPEN]
    assert "kubernetes.charts.values-elsewhere" in said(files)


def test_of_values_that_are_encrypted_the_keys_are_known() -> None:
    values = f"database: {{host: 'ENC[AES256_GCM,data:x,type:str]'}}\nextra: {{host: {VIRGINIA}}}\n"
    release = _release({"kind": "ConfigMap", "name": "kept"})
    held = document("v1", "ConfigMap", "kept", data={"values.yaml": values})
    assert databases({"a.yaml": release + held}) == [OPEN]


def test_the_lines_of_a_secret_are_not_shown() -> None:
    text = _release(KEPT) + _secret(stringData={"values.yaml": VALUES})
    found = placed({**CHART, "a.yaml": text})["k8s:apps/Pod/api", "apps/api"]
    shown = {
        step.where.span().line
        for placement in found.placements
        for cause in placement.because
        for step in unroll(cause)
        if step.where is not None and step.where.span().path == "a.yaml"
    }
    lines = text.split("\n")
    assert not [lines[line - 1] for line in shown if "values.yaml" in lines[line - 1]]
