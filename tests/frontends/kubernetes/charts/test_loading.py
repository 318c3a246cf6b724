"""Charts as they are loaded: places, what isn't known, what isn't here, and hostile archives."""

from __future__ import annotations

import gzip
import io
import tarfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from sovlint.documents.go_scalars import go_scalar
from sovlint.expressions.templates.text import TemplateHole, origins_of
from sovlint.expressions.templates.values import Map
from sovlint.files.discover import discover
from sovlint.frontends.harvest import Harvest
from sovlint.frontends.kubernetes.charts.rendering import archives, loading
from sovlint.frontends.kubernetes.charts.rendering.archives import (
    ArchiveError,
    files_in_archive,
)
from sovlint.frontends.kubernetes.charts.rendering.hooks import hook_events, is_test
from sovlint.frontends.kubernetes.charts.rendering.ignoring import HelmIgnore
from sovlint.frontends.kubernetes.charts.rendering.loading import Chart, ChartLoader
from sovlint.frontends.kubernetes.charts.rendering.patterns import glob_pattern
from sovlint.frontends.kubernetes.charts.rendering.render import (
    ReleaseValues,
    RenderedChart,
    narrowed,
    rendered_chart,
)
from sovlint.frontends.kubernetes.charts.rendering.scope import Installation
from sovlint.frontends.kubernetes.charts.rendering.values import laid
from sovlint.model.value import Reason, Unknown

CHART = "apiVersion: v2\nname: a\nversion: 1.0.0\n"
NAMED = "{{ .Release.Name }}"


def loaded(
    folder: Path, files: Mapping[str, str | bytes], at: str = ""
) -> tuple[Chart, Harvest]:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(text.encode() if isinstance(text, str) else text)
    harvest = Harvest()
    chart = ChartLoader(reader=discover((folder,)), harvest=harvest).chart(at)
    assert chart is not None
    return chart, harvest


def texts(made: RenderedChart) -> dict[str, list[str]]:
    """What each file renders to, world by world."""
    return {file.name: [str(world.text) for world in file.worlds] for file in made.files}


def hole(name: str) -> TemplateHole:
    return TemplateHole(Unknown(Reason.UNSET_VARIABLE, name), name)


def archive(files: Mapping[str, bytes]) -> bytes:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w") as made:
        for path, data in files.items():
            info = tarfile.TarInfo(path)
            info.size = len(data)
            made.addfile(info, io.BytesIO(data))
    return gzip.compress(held.getvalue())


def test_a_value_keeps_the_place_where_it_is_written(tmp_path: Path) -> None:
    chart, _ = loaded(
        tmp_path,
        {
            "Chart.yaml": CHART + "dependencies: [{name: b, version: '*'}]\n",
            "values.yaml": "b:\n  host: h.example\n",
            "charts/b/Chart.yaml": CHART.replace("name: a", "name: b"),
            "charts/b/values.yaml": "host: other\nport: 80\n",
            "charts/b/templates/x.yaml": "host: {{ .Values.host }}\n",
        },
    )
    made = rendered_chart(chart)
    inner = made.values["b"]
    assert inner["host"] == "h.example"
    (_, origin) = origins_of(inner["host"])[0]
    assert origin.value is not None
    assert origin.value.position == "values.yaml:2:3"
    assert inner.places["port"].position == "charts/b/values.yaml:2:1"
    (world,) = next(made.files).worlds
    spans = [each for _, each in origins_of(world.text) if each.value is not None]
    assert [each.value.position for each in spans if each.value] == ["values.yaml:2:3"]
    assert [each.where.position for each in spans if each.where] == [
        "charts/b/templates/x.yaml:1:7"
    ]


def test_what_is_not_known_is_rendered_both_ways(tmp_path: Path) -> None:
    chart, _ = loaded(
        tmp_path,
        {
            "Chart.yaml": CHART,
            "values.yaml": "on: false\nkept: {a: 1}\n",
            "templates/x.yaml": "{{ if .Values.on }}on{{ else }}off{{ end }}",
            "templates/y.yaml": "{{ if .Values.kept.more }}more{{ else }}less{{ end }} {{ .Values.kept.a }}",
        },
    )
    known = texts(rendered_chart(chart))
    assert known == {"a/templates/y.yaml": ["less 1"], "a/templates/x.yaml": ["off"]}
    given = ReleaseValues(holes={"on": hole("on")}, rest=hole("rest"))
    found = texts(rendered_chart(chart, given))
    assert sorted(found["a/templates/x.yaml"]) == ["off", "on"]
    assert sorted(found["a/templates/y.yaml"]) == ["less 1", "more 1"]


def test_a_schema_lists_what_a_value_may_be(tmp_path: Path) -> None:
    schema = """{"$defs": {"place": {"enum": ["fr-par", "eu-west-3"]}}, "properties": {
      "region": {"$ref": "#/$defs/place"}, "loop": {"$ref": "#/properties/loop"}, "free": {"type": "string"}}}"""
    chart, _ = loaded(
        tmp_path,
        {
            "Chart.yaml": CHART,
            "charts/b/Chart.yaml": CHART.replace("name: a", "name: b"),
            "charts/b/values.schema.json": schema,
        },
    )
    paths = ("b.region", "b.loop", "b.free", "b.region.deeper", "c", "b")
    among = {path: narrowed(chart, path, hole("x")).unknown.among for path in paths}
    found = among.pop("b.region")
    assert [each.value for each in found or ()] == ["fr-par", "eu-west-3"]
    assert set(among.values()) == {None}


def test_values_files_are_laid_on_each_other() -> None:
    under = Map({"a": Map({"x": 1.0, "y": 2.0}), "b": 1.0})
    over = Map({"a": Map({"x": None}), "b": Map({"c": 1.0})})
    assert laid(under, over) == {"a": {"x": None, "y": 2.0}, "b": {"c": 1.0}}
    assert under == {"a": {"x": 1.0, "y": 2.0}, "b": 1.0}


@pytest.mark.parametrize(
    ("written", "events", "test"),
    [
        (None, None, False),
        ({}, None, False),
        (
            {"helm.sh/hook": "pre-install, Post-Upgrade"},
            ("pre-install", "post-upgrade"),
            False,
        ),
        ({"helm.sh/hook": "test"}, ("test",), True),
        ({"helm.sh/hook": "test,post-install"}, ("test", "post-install"), False),
        ({"helm.sh/hook": "crd-install"}, (), False),
    ],
)
def test_hooks(
    written: dict[str, object] | None, events: tuple[str, ...] | None, test: bool
) -> None:
    assert hook_events(written) == events
    assert is_test(events) is test


def test_a_chart_that_may_be_switched_on_is_there_perhaps(tmp_path: Path) -> None:
    dependency = """dependencies:
- {name: b, version: '*', condition: b.enabled}
- {name: c, version: '1', condition: b.enabled}
"""
    chart, _ = loaded(
        tmp_path,
        {
            "Chart.yaml": CHART + dependency,
            "values.yaml": "b: {enabled: false}\n",
            "charts/b/Chart.yaml": CHART.replace("name: a", "name: b"),
            "charts/b/templates/x.yaml": "x",
        },
    )
    off = rendered_chart(chart)
    assert (texts(off), off.missing) == ({}, ())
    made = rendered_chart(chart, ReleaseValues(holes={"b.enabled": hole("e")}))
    (file,) = made.files
    assert [each.key for each in file.perhaps] == ["e"]
    (lacking,) = made.missing
    assert lacking.dependency.name == "c"
    assert lacking.dependency.where.position == "Chart.yaml:6:3"
    assert [each.key for each in lacking.perhaps] == ["e"]


def test_charts_that_hold_each_other_many_times_end(tmp_path: Path) -> None:
    """Each of twelve charts asks for the next one under ten names."""
    files = {}
    for number in range(12):
        own = CHART.replace("name: a", f"name: c{number}")
        below = f"name: c{number + 1}, version: '*', repository: 'file://../{number + 1}'"
        names = "".join(f"- {{{below}, alias: x{each}}}\n" for each in range(10))
        files[f"{number}/Chart.yaml"] = f"{own}dependencies:\n{names}"
        files[f"{number}/templates/x.yaml"] = NAMED
        files[f"{number}/values.yaml"] = "a: {b: [1, 2, 3]}\n"
    chart, _ = loaded(tmp_path, files, "0")
    made = rendered_chart(chart)
    assert len(list(made.files)) <= 401
    assert len(made.missing) > 100


def test_archives_have_a_bound_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "MAX_ALL_UNPACKED", 250_000)
    held = archive({"b/Chart.yaml": CHART.encode()})
    charts = {f"charts/b{number}.tgz": held for number in range(5)}
    chart, harvest = loaded(tmp_path, {"Chart.yaml": CHART, **charts})
    assert len(chart.subcharts) == 3
    assert [each.path for each in harvest.failures] == ["charts/b3.tgz", "charts/b4.tgz"]


@pytest.mark.parametrize(
    ("tags", "names"),
    [
        ("front: true", ["b"]),
        ("front: false", []),
        ("front: false, back: true", ["b"]),
        ("front: 1", ["b"]),
        ("front: 0", ["b"]),
        ("other: false", ["b"]),
    ],
)
def test_tags(tmp_path: Path, tags: str, names: list[str]) -> None:
    chart, _ = loaded(
        tmp_path,
        {
            "Chart.yaml": CHART
            + "dependencies: [{name: b, version: '*', tags: [front, back]}]\n",
            "values.yaml": f"tags: {{{tags}}}\n",
            "charts/b/Chart.yaml": CHART.replace("name: a", "name: b"),
            "charts/b/templates/x.yaml": "{{ .Chart.Name }}",
        },
    )
    made = texts(rendered_chart(chart))
    assert [text for file in made.values() for text in file] == names


def test_charts_of_the_repository_are_what_a_build_would_copy(tmp_path: Path) -> None:
    local = "dependencies: [{name: b, version: 1.x, repository: 'file://../b'}]\n"
    back = "dependencies: [{name: a, version: 1.x, repository: 'file://../a'}]\n"
    chart, _ = loaded(
        tmp_path,
        {
            "a/Chart.yaml": CHART + local,
            "b/Chart.yaml": CHART.replace("name: a", "name: b") + back,
            "b/templates/x.yaml": NAMED,
        },
        "a",
    )
    made = rendered_chart(chart, installed=Installation(name="r"))
    assert texts(made) == {"a/charts/b/templates/x.yaml": ["r"]}
    assert [each.dependency.name for each in made.missing] == ["a"]  # in a circle


def test_a_template_that_fails_loses_only_itself(tmp_path: Path) -> None:
    chart, _ = loaded(
        tmp_path,
        {
            "Chart.yaml": CHART,
            "templates/broken.yaml": "{{ if }}",
            "templates/needs.yaml": '\n{{ required "say which" .Values.x }}',
            "templates/sound.yaml": "{{ .Chart.Name }} {{ .Template.Name }}",
            "templates/_partial.tpl": "never",
            "templates/NOTES.txt": "never",
        },
    )
    made = rendered_chart(chart)
    assert list(made.failures) == ["templates/broken.yaml"]
    worlds = {file.path: next(file.worlds) for file in made.files}
    assert worlds.keys() == {"templates/sound.yaml", "templates/needs.yaml"}
    assert worlds["templates/sound.yaml"].text == "a a/templates/sound.yaml"
    error = worlds["templates/needs.yaml"].error
    assert error is not None
    assert (error.message, error.line) == ("say which", 2)


def test_broken_values_are_a_failure(tmp_path: Path) -> None:
    chart, harvest = loaded(tmp_path, {"Chart.yaml": CHART, "values.yaml": "a: [\n"})
    assert chart.values == Map()
    assert [(each.path, each.line) for each in harvest.failures] == [("values.yaml", 2)]


def test_a_packaged_chart_is_read_in_its_archive(tmp_path: Path) -> None:
    files = {
        "b/Chart.yaml": CHART.replace("name: a", "name: b").encode(),
        "b/values.yaml": b"x: 1\n",
        "b/templates/x.yaml": b"x: {{ .Values.x }}",
        "b/../../evil.yaml": b"x",
        "/etc/passwd": b"x",
        "beside.yaml": b"x",
    }
    chart, harvest = loaded(
        tmp_path,
        {
            "Chart.yaml": CHART,
            "charts/b-1.0.0.tgz": archive(files),
            "charts/c.tgz": b"no archive",
        },
    )
    (file,) = rendered_chart(chart).files
    assert file.path == "charts/b-1.0.0.tgz!templates/x.yaml"
    assert next(file.worlds).text == "x: 1"
    assert sorted(chart.subcharts[0].files) == [
        "Chart.yaml",
        "templates/x.yaml",
        "values.yaml",
    ]
    assert [(each.path, each.note.params["problem"]) for each in harvest.failures] == [
        ("charts/c.tgz", "not a readable archive")
    ]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "not a readable archive"),
        (gzip.compress(b"no tar" * 1000), "not a readable archive"),
        (archive({"a/x": b"x" * 2000})[:-20], "not a readable archive"),
        (gzip.compress(bytes(archives.MAX_UNPACKED + 10)), "unpacks to more than 60 MB"),
        (archive({"a/x": bytes(archives.MAX_FILE + 1)}), "a file of more than 5 MB"),
        (bytes(archives.MAX_ARCHIVE + 1), "larger than 20 MB"),
    ],
)
def test_hostile_archives_are_refused(data: bytes, problem: str) -> None:
    with pytest.raises(ArchiveError, match=problem):
        files_in_archive(data, "x.tgz")


@pytest.mark.parametrize(
    ("rules", "path", "ignored"),
    [
        ("*.bak", "a/b.bak", True),
        ("*.bak", "a/b.bak.yaml", False),
        ("a/", "a/b", True),
        ("a/", "c/a/b", True),
        ("b/", "a/b", False),
        ("/a", "c/a", False),
        ("a/*.txt", "a/b.txt", True),
        ("a/*.txt", "a/c/b.txt", False),
        ("# a", "# a", False),
        ("**/x", "a/x", False),
        ("!keep", "other", True),
        ("!keep", "keep", False),
        ("", "templates/.x.yaml", True),
        ("[a-c]?", "bz", True),
        ("[^a-c]?", "bz", False),
    ],
)
def test_ignored_files(rules: str, path: str, ignored: bool) -> None:
    assert HelmIgnore(rules).ignores(path) is ignored


@pytest.mark.parametrize(
    ("pattern", "path", "fits"),
    [
        ("conf/*", "conf/a/b", False),
        ("conf/**", "conf/a/b", True),
        ("**.ini", "conf/a.ini", True),
        ("{a,b*}/x.[jt]s", "bcd/x.ts", True),
        ("{a,b*}/x.[!jt]s", "bcd/x.ts", False),
        ("a\\*", "a*", True),
        ("a{b", "a{b", True),
    ],
)
def test_globs_of_files(pattern: str, path: str, fits: bool) -> None:
    assert bool(glob_pattern(pattern).fullmatch(path)) is fits


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("yes", True), ("off", False), ("Y", True), ("nO", "nO"), ("0777", 511), ("0o17", 15), ("08", 8.0),
        ("1_000", 1000), ("0b11", 3), ("0x1f", 31), ("-0x1f", -31), ("1e3", 1000.0), (".5", 0.5), ("5.", 5.0),
        ("+5", 5), ("1:20", "1:20"), ("2020-01-01", "2020-01-01"), ("~", None), ("1e999", "1e999"), ("-", "-"),
        ("18446744073709551616", 18446744073709551616.0), ("1.2.3", "1.2.3"), ("9" * 5000, "9" * 5000),
    ],
)  # fmt: skip
def test_scalars_as_go_reads_them(written: str, value: object) -> None:
    found = go_scalar(written)
    assert (found, type(found)) == (value, type(value))
