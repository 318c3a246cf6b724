"""Charts and their values: what is kept on volumes, variants, dependencies, classes, and what can't be read."""

from __future__ import annotations

import pytest

from sovlint.frontends.kubernetes.charts.files import charts, is_variant
from sovlint.model.placement import How
from sovlint.model.value import Known, Reason, Unknown
from tests.frontends.kubernetes.charts.house import (
    CHART,
    CLUSTER,
    chart,
    placed,
    places,
    reading,
)

COMPUTE = f"compute {CLUSTER}"
KEPT = f"at-rest {CLUSTER}"
PERHAPS = f"at-rest {CLUSTER} ?"

VOLUMES = [
    ("persistence: {enabled: true, size: 8Gi}", [KEPT]),
    ("persistence: {enabled: false, size: 8Gi}", []),
    ("persistence: true", [KEPT]),
    ("persistence: false", []),
    ("db:\n  primary:\n    persistence: {enabled: true}", [KEPT]),
    ("server:\n  persistentVolume: {enabled: true, size: 1Gi}", [KEPT]),
    # Only the templates, or a subchart's own values, say whether.
    ("persistence: {size: 8Gi, storageClass: fast}", [PERHAPS]),
    ("persistence: {enabled: '{{ .Values.keep }}'}", [PERHAPS]),
    ("db:\n  enabled: false\n  persistence: {enabled: true}", [PERHAPS]),
    (
        "persistence:\n  data: {existingClaim: data}\n  tmp: {type: emptyDir, size: 1Gi}",
        [PERHAPS],
    ),
    (
        "persistence:\n  tmp: {type: emptyDir, size: 1Gi}\n  conf: {type: configMap, name: a}",
        [],
    ),
    # Harbor: what is under a switch that is off is off.
    ("persistence:\n  enabled: false\n  persistentVolumeClaim: {registry: {size: 5Gi}}", []),
    (
        "prometheusSpec:\n  storageSpec:\n    volumeClaimTemplate: {spec: {storageClassName: fast}}",
        [KEPT],
    ),
    (
        "app:\n  volumeClaimTemplates:\n    - {name: data, size: 1Gi, accessMode: ReadWriteOnce}",
        [KEPT],
    ),
    ("persistence: {}", []),
    ("replicas: 2", []),
]


@pytest.mark.parametrize(("values", "expected"), VOLUMES)
def test_a_chart_runs_in_its_cluster_and_keeps_data_where_its_values_ask_for_a_volume(
    values: str, expected: list[str]
) -> None:
    assert places(chart(values)) == sorted([*expected, COMPUTE])


def test_what_asks_for_a_volume_is_shown() -> None:
    (_, kept) = chart("image: {repository: a}\npersistence:\n  enabled: true\n").placements
    shown = [
        step.where.span()
        for step in kept.because
        if step is not None and step.where is not None
    ]
    assert ("chart/values.yaml", 3) in [(span.path, span.line) for span in shown]


def test_a_chart_without_values_is_a_resource() -> None:
    (only,) = placed({"Chart.yaml": CHART, "templates/a.yaml": "{{ fail `no` }}"}).values()
    assert (only.resource.address, only.resource.root, places(only)) == (
        "helm:claims",
        "",
        [COMPUTE],
    )


def test_a_library_chart_runs_nothing() -> None:
    assert (
        placed(
            {
                "lib/Chart.yaml": CHART + "type: library\n",
                "lib/values.yaml": "persistence: true",
            }
        )
        == {}
    )


# --- variants

NAMES = {
    "values-prod.yaml": True, "values.prod.yaml": True, "prod.values.yaml": True, "prod-values.yml": True,
    "environments/prod/values.yaml": True, "environments/prod.yaml": True, "values/prod.yaml": True,
    "values.schema.yaml": False, "secrets.yaml": False, "secrets-values.yaml": False,
    "enc-prod.secret.values.yaml": False,
    "ci/test-values.yaml": False, "values.yaml.gotmpl": False, "README.md": False,
    "environments/prod/config.yaml": False,
    "files/a/values.yaml": False, "prod.yaml": False,
}  # fmt: skip


@pytest.mark.parametrize(("name", "expected"), NAMES.items())
def test_a_values_file_of_an_environment_is_told_by_its_name(
    name: str, expected: bool
) -> None:
    assert is_variant(name) is expected


def test_values_of_an_environment_are_laid_on_the_charts_own_as_helm_does() -> None:
    found = placed(
        {
            "chart/Chart.yaml": CHART,
            "chart/values.yaml": "persistence: {enabled: false, size: 1Gi}\ndb: {persistence: {enabled: true}}\n",
            "chart/values-prod.yaml": "persistence: {enabled: true}\ndb: null\n",
            "chart/values-dev.yaml": "db: {persistence: {enabled: false}}\n",
            "chart/values-enc.yaml": "persistence: ENC[AES256_GCM,data:x]\nsops: {version: 3}\n",
        }
    )
    assert {key[1]: places(each) for key, each in found.items()} == {
        None: [KEPT, COMPUTE],
        "values-prod.yaml": [KEPT, COMPUTE],
        "values-dev.yaml": [COMPUTE],
    }
    prod = found["helm:claims", "values-prod.yaml"]
    assert prod.resource.where.span().path == "chart/values-prod.yaml"
    kept = [
        each
        for each in prod.placements
        if isinstance(each.role, Known) and each.role.value == "at-rest"
    ]
    lines = [
        step.where.span()
        for step in kept[0].because
        if step is not None and step.where is not None
    ]
    assert "chart/values-prod.yaml" in [span.path for span in lines]


def test_a_change_to_values_bears_on_the_variants_that_are_made_of_them() -> None:
    files: dict[str, str | bytes | None] = {
        "a/Chart.yaml": CHART, "a/values.yaml": "b: 1", "a/values-prod.yaml": "b: 2", "a/values-dev.yaml": "b: 3",
    }  # fmt: skip
    units = {each.variant: each for each in reading(files).units}
    assert [name for name, unit in units.items() if unit.bears("a/values-prod.yaml")] == [
        "values-prod.yaml"
    ]
    assert len([unit for unit in units.values() if unit.bears("a/values.yaml")]) == 3
    assert not any(unit.bears("a/templates/x.yaml") for unit in units.values())


# --- dependencies

UMBRELLA = f"""{CHART}dependencies:
  - name: postgresql
    repository: oci://registry-1.docker.io/bitnamicharts
    condition: postgresql.enabled
"""


def test_a_published_database_keeps_data_unless_told_otherwise() -> None:
    assert places(chart("", UMBRELLA)) == [KEPT, COMPUTE]
    assert places(chart("postgresql: {enabled: true}", UMBRELLA)) == [KEPT, COMPUTE]
    assert places(
        chart(
            "postgresql: {enabled: false, primary: {persistence: {enabled: true}}}", UMBRELLA
        )
    ) == [COMPUTE]
    assert places(
        chart("postgresql: {primary: {persistence: {enabled: false}}}", UMBRELLA)
    ) == [COMPUTE]


def test_a_chart_of_the_same_name_elsewhere_may_be_another() -> None:
    elsewhere = UMBRELLA.replace(
        "registry-1.docker.io/bitnamicharts", "registry.example/charts"
    )
    assert places(chart("", elsewhere)) == [COMPUTE]


def test_dependencies_of_the_first_version_are_read() -> None:
    files = {
        "c/Chart.yaml": "apiVersion: v1\nname: claims\n",
        "c/requirements.yaml": """
            dependencies:
              - {name: mongodb, alias: store, repository: https://charts.bitnami.com/bitnami/, tags: [data]}
        """,
    }
    assert places(placed({**files})["helm:claims", None]) == [KEPT, COMPUTE]
    off = placed({**files, "c/values.yaml": "tags: {data: false}"})
    assert places(off["helm:claims", None]) == [COMPUTE]


def test_a_chart_unpacked_in_another_is_part_of_it() -> None:
    found = placed(
        {
            "c/Chart.yaml": CHART,
            "c/values.yaml": "store: {persistence: {size: 2Gi}}",
            "c/charts/store/Chart.yaml": "apiVersion: v2\nname: store\n",
            "c/charts/store/values.yaml": "persistence: {enabled: true}",
        }
    )
    assert list(found) == [("helm:claims", None)]
    assert places(found["helm:claims", None]) == [KEPT, COMPUTE]


def test_a_chart_beside_it_gives_its_values_too() -> None:
    found = placed(
        {
            "c/Chart.yaml": CHART
            + "dependencies: [{name: store, repository: 'file://../store'}]\n",
            "store/Chart.yaml": "apiVersion: v2\nname: store\n",
            "store/values.yaml": "persistence: {enabled: true}",
        }
    )
    assert places(found["helm:claims", None]) == [KEPT, COMPUTE]


def test_charts_that_depend_on_each_other_come_to_an_end() -> None:
    found = placed(
        {
            "a/Chart.yaml": "name: a\ndependencies: [{name: b, repository: 'file://../b'}]\n",
            "b/Chart.yaml": "name: b\ndependencies: [{name: a, repository: 'file://../a'}]\n",
        }
    )
    assert set(found) == {("helm:a", None), ("helm:b", None)}


@pytest.mark.endless
def test_charts_that_multiply_each_other_are_cut_short_and_that_is_a_failure() -> None:
    files: dict[str, str | bytes | None] = {
        "c9/Chart.yaml": "name: c9\n",
        "c9/values.yaml": "a: {b: 1}\n",
    }
    for number in range(9):
        below = f"c{number + 1}"
        listed = ", ".join(
            f"{{name: {below}, alias: a{index}, repository: 'file://../{below}'}}"
            for index in range(20)
        )
        files[f"c{number}/Chart.yaml"] = f"name: c{number}\ndependencies: [{listed}]\n"
    found = reading(files)
    assert len(found.resources) == 10
    assert {each.note.key for each in found.failures} == {"kubernetes.charts.too-large"}


def test_a_chart_whose_name_is_still_to_be_filled_in_goes_by_its_folder() -> None:
    assert list(
        placed(
            {
                "skeleton/Chart.yaml": "name: ${{ values.name }}\n",
                "skeleton/values.yaml": "a: 1",
            }
        )
    ) == [("helm:skeleton", None)]


# --- classes and names


@pytest.mark.parametrize(
    "values",
    [
        "commonLabels: {sovlint.dev/data: health}",
        "api:\n  podAnnotations: {sovlint.dev/data: health}",
        "api:\n  podLabels:\n    sovlint.dev/data: health\n",
    ],
)
def test_labels_in_values_declare_the_class(values: str) -> None:
    claims = chart(values).classes.claims
    assert [(each.data_class, each.how) for each in claims if each.how is How.DECLARED] == [
        ("health", How.DECLARED)
    ]


def test_an_annotation_of_the_chart_declares_the_class_of_all_variants() -> None:
    own = CHART + "annotations: {sovlint.dev/data: health}\n"
    found = placed(
        {"c/Chart.yaml": own, "c/values-prod.yaml": "podLabels: {sovlint.dev/data: nir}"}
    )
    assert [
        each.data_class
        for each in found["helm:claims", None].classes.claims
        if each.how is How.DECLARED
    ] == ["health"]
    both = found["helm:claims", "values-prod.yaml"].classes.claims
    assert sorted(each.data_class for each in both if each.how is How.DECLARED) == [
        "health",
        "nir",
    ]


def test_a_class_that_is_still_to_be_filled_in_is_not_known() -> None:
    unknown = chart("podLabels: {sovlint.dev/data: '${DATA}'}").classes.unknown
    assert isinstance(unknown, Unknown)
    assert unknown.reason is Reason.TEMPLATED


def test_names_are_those_of_the_chart_its_parts_and_its_images() -> None:
    values = "api: {image: {registry: r.example, repository: org/dossiers, tag: v1}}\nsidecarImage: org/relais:2\n"
    found = chart(values, UMBRELLA).resource
    assert set(found.names) == {"claims", "postgresql", "dossiers", "relais"}


# --- what can't be read


def test_a_chart_that_is_broken_is_a_failure_and_hides_no_other() -> None:
    found = reading(
        {
            "a/Chart.yaml": "name: [",
            "b/Chart.yaml": CHART,
            "b/values.yaml": "a: 1\n b: 2\n",
            "c/Chart.yaml": CHART,
            "c/values.yaml": "a: 1\n",
        }
    )
    assert [(each.path, each.line) for each in found.failures] == [
        ("a/Chart.yaml", 2),
        ("b/values.yaml", 2),
    ]
    assert [each.root for each in found.resources] == ["b", "c"]


def test_a_chart_that_is_a_template_itself_is_skipped() -> None:
    found = reading(
        {"a/Chart.yaml": "name: {{ cookiecutter.name }}\n{% if x %}\n", "b.yaml": "kind: x"}
    )
    assert found.failures == ()
    assert [each.note.key for each in found.remarks] == ["kubernetes.charts.templated"]
    assert "a/Chart.yaml" in found.skipped


def test_values_are_no_manifests_and_not_counted_as_skipped() -> None:
    found = reading(
        {
            "a/Chart.yaml": CHART,
            "a/values.yaml": "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n",
        }
    )
    assert [each.address for each in found.resources] == ["helm:claims"]
    assert (found.files, found.skipped) == (("a/Chart.yaml", "a/values.yaml"), ())


def test_values_beside_the_only_chart_of_a_folder_are_those_of_its_environments() -> None:
    found = charts([
        "deploy/claims/Chart.yaml", "deploy/claims/values.yaml", "deploy/claims/values-test.yaml",
        "deploy/values-prod.yaml", "deploy/notes.yaml", "values-other.yaml",
    ])  # fmt: skip
    assert found["deploy/claims"].variants == (
        ("values-test.yaml", "deploy/claims/values-test.yaml"),
        ("values-prod.yaml", "deploy/values-prod.yaml"),
    )


def test_of_several_charts_nobody_knows_whose_values_lie_beside() -> None:
    found = charts(["deploy/a/Chart.yaml", "deploy/b/Chart.yaml", "deploy/values-prod.yaml"])
    assert [each.variants for each in found.values()] == [(), ()]
