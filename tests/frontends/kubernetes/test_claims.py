"""Which files are manifests."""

from __future__ import annotations

import pytest

from sovlint.frontends.kubernetes.claims import (
    begins_as_manifest,
    candidates,
    chart_of,
    is_manifest,
)


@pytest.mark.parametrize(
    "text",
    [
        "apiVersion: v1\nkind: Pod\n",
        "# first a comment\r\nkind: Pod\r\napiVersion: v1\r\n",
        "a: 1\n---\napiVersion: v1\nkind: Pod\n",
        '"apiVersion": v1\n"kind": Pod\n',
        "\ufeffapiVersion: v1\nkind: Pod\n",
        '\ufeff{"apiVersion": "v1", "kind": "Pod"}',
        "\n# indented as a whole\n---\n    apiVersion: v1\n    kind: Pod\n",
        '{"apiVersion": "v1", "items": [], "kind": "List"}',
        '\n{\n\t"kind": "Pod",\n\t"apiVersion": "v1"\n}',
        '# a comment\n\n{"apiVersion": "v1", "kind": "Pod"}\n# another\n',
        'a: 1\n--- # next\n{"apiVersion": "v1", "kind": "Pod"}\n',
        "a: 1\n--- {apiVersion: v1, kind: Pod}\n",
    ],
)
def test_a_manifest_is_known_by_its_outermost_keys(text: str) -> None:
    assert is_manifest(text.encode())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "kind: Pod\n",
        "# a template\n{{ if x }}\n  apiVersion: v1\n  kind: Pod\n{{ end }}\n",
        "a: 1\n---\nb: {apiVersion: v1, kind: Pod}\n",
        "apiVersion: v2\nname: a-chart\nversion: 1.0.0\n",
        "spec:\n  apiVersion: v1\n  kind: Pod\n",
        "  spec:\n    apiVersion: v1\n    kind: Pod\n",
        "# apiVersion: v1\n# kind: Pod\n",
        "text: apiVersion and kind are words here\n",
        '{"schema": "apiVersion, kind"}',
        "services:\n  web:\n    image: nginx\n",
    ],
)
def test_other_yaml_is_not_claimed(text: str) -> None:
    assert not is_manifest(text.encode())


def test_paths_are_sorted_by_name_alone() -> None:
    found = candidates([
        "a/kustomization.yaml", "b.json", "charts/x/Chart.yaml", "charts/x/templates/d.yaml",
        "charts/x/templates/tests/t.yaml", "charts/x/values.yaml", "main.tf", "other/templates/c.yml",
    ])  # fmt: skip
    assert found.files == (
        "b.json",
        "charts/x/Chart.yaml",
        "charts/x/values.yaml",
        "other/templates/c.yml",
    )
    assert found.templates == ("charts/x/templates/d.yaml", "charts/x/templates/tests/t.yaml")
    assert found.kustomizations == ("a/kustomization.yaml",)


@pytest.mark.parametrize(
    ("template", "chart"),
    [("charts/x/templates/tests/t.yaml", "charts/x"), ("templates/d.yaml", "")],
)
def test_the_chart_of_a_template(template: str, chart: str) -> None:
    assert chart_of(template) == chart


def test_a_chart_at_the_top_has_templates_too() -> None:
    assert candidates(["Chart.yaml", "templates/d.yaml"]).templates == ("templates/d.yaml",)


def test_a_mark_of_byte_order_is_no_part_of_how_a_file_begins() -> None:
    assert begins_as_manifest("\ufeffapiVersion: v1\nkind: Pod\n".encode())
