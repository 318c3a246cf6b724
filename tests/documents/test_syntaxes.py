"""Each syntax is read into a tree whose nodes know where they stand, in the order of the file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from sovlint.documents.syntaxes import (
    braces,
    dotenv,
    fluentd,
    ini,
    json,
    properties,
    toml,
    xml,
    yaml,
)
from sovlint.documents.tree import Node, Pairs
from sovlint.model.source import SourceFile
from sovlint.model.value import Known

Trees = Callable[[SourceFile], list[Node]]


def leaves(node: Node, path: str = "") -> Iterator[tuple[str, Any, int]]:
    """Path, plain value and line of all that holds nothing else."""
    if isinstance(node.value, (dict, Pairs)):
        for key, child in node.value.items():
            yield from leaves(child, f"{path}/{key}")
    elif isinstance(node.value, list):
        for index, child in enumerate(node.value):
            yield from leaves(child, f"{path}/{index}")
    else:
        yield (
            path,
            node.value.value if isinstance(node.value, Known) else node.value,
            node.where.line,
        )


@pytest.mark.parametrize(
    ("trees", "text"),
    [
        (yaml.trees, "a:\n  b: x\nc: [y]\n"),
        (yaml.erb, "a:\n  b: x\nc: [y]\n"),
        (json.trees, '{"a": {\n"b": "x"}, // z\n"c": ["y"]}'),
        (toml.trees, '[a]\nb = "x"\n[[c]]\n"" = "y"\n'),
        (xml.trees, "<a>\n<b>x</b>\n</a>"),
        (ini.trees, "[a]\nb = x\n"),
        (properties.trees, "# z\na.b=x\n"),
        (braces.trees, "a = {\nb = 'x' }\n"),
        (fluentd.trees, "<a>\nb x\n</a>\n"),
        (dotenv.trees, "\na=x\n"),
    ],
    ids=lambda each: each.__module__.rpartition(".")[2] if callable(each) else "",
)
def test_what_is_written_stands_where_it_is_written(trees: Trees, text: str) -> None:
    (tree,) = trees(SourceFile("a", text.encode()))
    path, value, line = next(leaves(tree))
    assert (path.replace("/0", ""), value, line) in (("/a/b", "x", 2), ("/a", "x", 2))


@pytest.mark.parametrize(
    ("trees", "text"),
    [
        (xml.trees, "<r><a>1</a><b>2</b><a>3</a></r>"),
        (ini.trees, "[r]\na=1\nb=2\na=3\n"),
        (properties.trees, "r.a=1\nr.b=2\nr.a=3\n"),
        (braces.trees, "r = { a = '1' b = '2' a = '3' }"),
    ],
)
def test_a_key_may_stand_twice_and_order_is_kept(trees: Trees, text: str) -> None:
    (tree,) = trees(SourceFile("a", text.encode()))
    assert [(path, value) for path, value, _ in leaves(tree)] == [
        ("/r/a", "1"),
        ("/r/b", "2"),
        ("/r/a", "3"),
    ]


def test_a_key_may_have_a_value_and_others_below_it() -> None:
    (tree,) = properties.trees(SourceFile("a", b"a=1\na.b=2\n.=3\na=4\n"))
    assert list(leaves(tree)) == [("/a", "1", 1), ("/a/b", "2", 2), ("/a", "4", 4)]


def test_a_local_tag_is_kept() -> None:
    (tree,) = yaml.trees(SourceFile("a", b"a: !Ref b\nc: !Join [d]\n"))
    assert (tree.tag, tree.value["a"].tag, tree.value["c"].tag) == ("", "!Ref", "!Join")


def test_a_property_of_too_many_keys_is_read_by_its_last_ones() -> None:
    (tree,) = properties.trees(SourceFile("a", b"x." * 500 + b"url=1\n"))
    ((path, value, _),) = leaves(tree)
    assert path.endswith("/x/url")
    assert value == "1"
