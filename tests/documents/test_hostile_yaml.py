"""Hostile YAML and JSON manifests: refused, or read, in bounded time and memory, with file and line, hiding nothing.

Each run is a process of its own with limits of time and memory (``contained``): what takes longer is killed, and that
fails the test.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from sovlint.documents import MAX_DEPTH, MAX_DOCUMENTS, DocumentError, TooLargeError, load
from sovlint.documents.loading import reuses_anchors
from tests.test_hostile import PLAIN, assert_plain, contained, tree

pytestmark = pytest.mark.timed

HEAD = "apiVersion: v1\nkind: Secret\nmetadata: {name: odd}\n"
GOOD = "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: good, labels: {sovlint.dev/data: health}}\n"


def letters(count: int, width: int) -> str:
    """Anchors of which each repeats the one before it ``width`` times."""
    lines = ["a0: &a0 [x]"]
    lines += [
        f"a{at}: &a{at} [{', '.join([f'*a{at - 1}'] * width)}]" for at in range(1, count)
    ]
    return "\n".join(lines) + "\n"


REFUSED: dict[str, tuple[Callable[[], str], int]] = {
    "a bomb of aliases": (lambda: HEAD + letters(30, 10), 1),
    "a bomb of maps": (
        lambda: HEAD + "a0: &a0 {x: 1}\n"
        + "".join(f"a{at}: &a{at} {{l: *a{at - 1}, r: *a{at - 1}}}\n" for at in range(1, 64)), 1,
    ),
    "a bomb of merge keys": (
        lambda: HEAD + "a0: &a0 {x: 1}\n"
        + "".join(f"a{at}: &a{at} {{<<: [*a{at - 1}, *a{at - 1}], k{at}: 1}}\n" for at in range(1, 64)), 1,
    ),
    "a large map merged a thousand times": (
        lambda: HEAD + "a: &a {" + ", ".join(f"k{at}: {at}" for at in range(2_000)) + "}\n"
        + "b: {<<: [" + ", ".join(["*a"] * 1_000) + "]}\n", 1,
    ),
    "an alias to itself": (lambda: HEAD + "a: &a\n  b: [*a]\n", 4),
    "a merge of itself": (lambda: HEAD + "a: &a\n  <<: *a\n", 4),
    "brackets": (lambda: HEAD + "a: " + "[" * 200_000 + "\n", 4),
    "brackets that close": (lambda: HEAD + "a: " + "[" * 200 + "]" * 200 + "\n", 4),
    "braces": (lambda: HEAD + "a: " + "{a: " * 100_000 + "\n", 4),
    "dashes on one line": (lambda: HEAD + "a:\n  " + "- " * 200_000 + "x\n", 5),
    "levels by indentation": (lambda: HEAD + "".join(" " * at + "a:\n" for at in range(3_000)), 1_003),
    "a tag that runs a command": (
        lambda: HEAD + 'a: 1\nb: !!python/object/apply:os.system ["touch pwned"]\n', 5,
    ),
    "a tag that makes a name": (lambda: HEAD + "a: !!python/name:os.system\n", 4),
    "a tag in full that makes an object": (
        lambda: HEAD + "a: !<tag:yaml.org,2002:python/object/new:subprocess.Popen> [[id]]\n", 4,
    ),
    "half of a pair": (lambda: HEAD + 'a: "\\ud83d"\n', 4),
    "an unknown anchor": (lambda: HEAD + "a: *nothing\n", 4),
    "half a million nodes": (lambda: HEAD + "a:\n" + "- a\n" * 600_000, 499_994),
    "a million documents": (lambda: HEAD + "---\n" * 1_000_000, MAX_DOCUMENTS + 4),
}  # fmt: skip


@pytest.mark.endless
@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_with_file_and_line_and_its_neighbours_are_read(
    tmp_path: Path, name: str
) -> None:
    make, line = REFUSED[name]
    code, report = contained(
        tree(tmp_path / "r", {"a.tf": PLAIN, "good.yaml": GOOD, "k8s/odd.yaml": make()})
    )
    assert code == 2
    assert_plain(report)
    assert {each["address"] for each in report["findings"]} >= {
        "k8s:-/PersistentVolumeClaim/good"
    }
    (failure,) = report["failures"]
    assert failure["path"] == "k8s/odd.yaml"
    assert failure["line"] == line
    assert not (tmp_path / "r/pwned").exists()
    assert not Path("pwned").exists()


READ: dict[str, Callable[[], str]] = {
    "a scalar of seven megabytes": lambda: HEAD + "a: " + "x" * 7_000_000 + "\n",
    "a quoted one": lambda: HEAD + 'a: "' + "\\u00e9" * 1_000_000 + '"\n',
    "a block of a million lines": lambda: HEAD + "a: |\n" + "  x\n" * 1_000_000,
    "fifty thousand anchors": lambda: HEAD + "a:\n" + "".join(f"- &a{at} x\n" for at in range(50_000)),
    "an anchor set fifty thousand times": lambda: HEAD + "a:\n" + "- [&a x, *a]\n" * 25_000,
    "as many aliases": lambda: HEAD + "a: &a x\nb: [" + ", ".join(["*a"] * 50_000) + "]\n",
    "holes left open": lambda: HEAD.replace("odd", '"odd", labels: {sovlint.dev/data: "' + "{{${" * 500_000 + '"}')
    .replace('"odd"', "odd"),
    "marks of comments in text": lambda: HEAD + "# sovlint: ignore[x]\na: [" + '"a #b", ' * 40_000 + "]\n",
    "comments by the hundred thousand": lambda: HEAD + "# sovlint: ignore[x]\n" * 20_000 + "# x\n" * 200_000,
    "a key of a megabyte": lambda: HEAD + '? "' + "k" * 1_000_000 + '"\n: 1\n',
    "a tag that nobody knows": lambda: HEAD + "a: !vault x\nb: !!binary aGk=\n",
    "blank lines": lambda: HEAD + "\n" * 2_000_000,
}  # fmt: skip


@pytest.mark.endless
@pytest.mark.parametrize("name", READ)
def test_it_is_read(tmp_path: Path, name: str) -> None:
    _, report = contained(
        tree(tmp_path / "r", {"a.tf": PLAIN, "good.yaml": GOOD, "k8s/odd.yaml": READ[name]()})
    )
    assert_plain(report)
    assert report["failures"] == []
    assert report["coverage"]["resources"] == 3


def test_a_line_with_ten_thousand_objects(tmp_path: Path) -> None:
    items = [
        {
            "apiVersion": "v1",
            "kind": "PersistentVolumeClaim",
            "metadata": {"name": f"c{at}"},
            "spec": {"x": "y" * 400},
        }
        for at in range(10_000)
    ]
    text = json.dumps({"apiVersion": "v1", "kind": "List", "items": items})
    _, report = contained(tree(tmp_path / "r", {"a.tf": PLAIN, "k8s/odd.json": text}))
    assert report["failures"] == []
    assert report["coverage"]["resources"] == 10_001


def test_one_broken_document_among_fifty_thousand(tmp_path: Path) -> None:
    text = (
        GOOD
        + "---\n"
        + HEAD
        + "a: [\n---\n"
        + "---\na: 1\n" * 40_000
        + "---\n"
        + GOOD.replace("good", "last")
    )
    code, report = contained(tree(tmp_path / "r", {"a.tf": PLAIN, "k8s/odd.yaml": text}))
    assert code == 2
    assert_plain(report)
    assert [(each["path"], each["line"]) for each in report["failures"]] == [
        ("k8s/odd.yaml", 9)
    ]
    lines = {
        each["address"]: each["line"]
        for each in report["findings"]
        if each["path"] == "k8s/odd.yaml"
    }
    assert lines == {
        "k8s:-/PersistentVolumeClaim/good": 1,
        "k8s:-/PersistentVolumeClaim/last": text.count("\n") - 2,
    }


@pytest.mark.parametrize(
    "data",
    [b"\0", b"\xff\xfe", b"\xed\xa0\x80", b"\xc0\x80"],
    ids=["NUL", "UTF-16", "a surrogate", "overlong"],
)
def test_bytes_that_are_no_text(tmp_path: Path, data: bytes) -> None:
    """The file is claimed by its head; whatever stands in it, it is a failure of its own and nothing else."""
    text = HEAD.encode() + b"a: '" + data + b"'\n"
    code, report = contained(tree(tmp_path / "r", {"a.tf": PLAIN, "k8s/odd.yaml": text}))
    assert code == 2
    assert_plain(report)
    assert [each["path"] for each in report["failures"]] == ["k8s/odd.yaml"]


class TestDocuments:
    """The same without the rest: what is refused, and where."""

    def test_the_deepest_that_is_read(self) -> None:
        (document,) = load("[" * MAX_DEPTH + "]" * MAX_DEPTH, "a.yaml")
        assert document.span((0,) * (MAX_DEPTH - 1)).column == MAX_DEPTH
        with pytest.raises(TooLargeError):
            list(load("[" * (MAX_DEPTH + 2) + "]" * (MAX_DEPTH + 2), "a.yaml"))

    def test_words_of_a_country_stay_text_and_text_that_is_marked_too(self) -> None:
        text = "a: [NO, no, yes, on, off, y, n, Off]\nb: !!str 5\nc: !!str true\nd: 0o17\ne: 1e3\n"
        text += "f: 08\ng: 1_000\nh: 12:30:45\n"
        (document,) = load(text, "a.yaml")
        assert document.data == {
            "a": ["NO", "no", "yes", "on", "off", "y", "n", "Off"],
            "b": "5", "c": "true", "d": 15, "e": 1000.0, "f": 8, "g": "1_000", "h": "12:30:45",
        }  # fmt: skip

    def test_what_is_merged_stands_where_it_was_written(self) -> None:
        text = "base: &base\n  x: 1\n  deep: {y: 2}\nuse:\n  <<: *base\n  x: 3\n"
        (document,) = load(text, "a.yaml")
        assert document.data["use"] == {"x": 3, "deep": {"y": 2}}
        assert document.span(("use", "x")).line == 6
        assert document.span(("use", "deep", "y")).line == 3
        assert document.span(("use", "deep", "absent")).line == 3

    def test_of_several_merged_the_first_wins_and_duplicates_are_told_once(self) -> None:
        (document,) = load(
            "a: &a {x: 1, x: 2}\nb: &b {x: 3, z: 4}\nc: {<<: [*a, *b]}\n", "a.yaml"
        )
        assert document.data["c"] == {"x": 2, "z": 4}
        assert [
            (key, span.line, span.column, first) for key, span, first in document.duplicates
        ] == [("x", 1, 14, 1)]

    def test_an_anchor_may_be_set_again(self) -> None:
        """As Go reads it: an alias means the nearest one above. A real HelmRelease names each variable ``&name``."""
        text = "env:\n- {name: &name A, key: *name}\n- {name: &name B, key: *name}\n---\na: &name C\nb: *name\n"
        first, second = load(text, "a.yaml")
        assert first.data == {"env": [{"name": "A", "key": "A"}, {"name": "B", "key": "B"}]}
        assert first.span(("env", 1, "key")).line == 3
        assert second.data == {"a": "C", "b": "C"}
        (document,) = load(
            "a: &x {k: 1}\nb: &x [*x]\nc: d\n".replace("[*x]", "{<<: {k: 2}}"), "a.yaml"
        )
        assert document.data["b"] == {"k": 2}
        for deep in ("a: &x 1\nb: &x " + "[" * 100_000, "a: &x 1\nb: &x [*x]\n"):
            with pytest.raises(TooLargeError) as caught:
                list(load(deep, "a.yaml"))
            assert caught.value.line == 2

    @pytest.mark.parametrize(
        "twice",
        [
            "- &x 1\n", "- - &x 1\n", "- {a: &x 1}\n", '- {"a":&x 1}\n', "- [&x 1, 2]\n", "- [2,&x 1]\n",
            "- !!int &x 1\n", "-\n  &x 1\n", "- ? &x a\n  : b\n", "- a: !!int\n     &x 1\n",
        ],
    )  # fmt: skip
    def test_an_anchor_may_be_set_again_wherever_it_stands(self, twice: str) -> None:
        (document,) = load(twice * 2, "a.yaml")
        assert len(document.data) == 2

    def test_ampersands_in_prose_are_no_anchors(self) -> None:
        """Definitions of custom resources are full of them, and would take three times as long to read."""
        assert not reuses_anchors(
            "a: >-\n  x && y && z\n  && w\n  R&D, R&D\nb: salt &pepper &pepper\n"
        )

    def test_spans_can_be_listed(self) -> None:
        (document,) = load("a:\n  - b: 1\n", "a.yaml")
        assert list(document.spans) == [(), ("a",), ("a", 0), ("a", 0, "b")]
        assert len(document.ends) == 4
        assert ("a", 1) not in document.spans
        assert ("a", 0, "b", "c") not in document.spans
        with pytest.raises(KeyError):
            document.spans["x",]

    def test_lines_above_count(self) -> None:
        (document,) = load("a: {b: 1, b: 2}\n", "a.yaml", above=9)
        assert document.span(("a",)).line == document.ends[("a",)].end_line == 10
        assert document.duplicates[0][1].line == 10
        with pytest.raises(DocumentError) as caught:
            list(load("a: [", "a.yaml", above=9))
        assert caught.value.line >= 10
