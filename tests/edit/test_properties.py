"""Whatever a file looks like: an edit leaves every other argument, block and comment what both readers saw before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import hcl2
from hypothesis import given, settings
from hypothesis import strategies as st

from sovlint.edit.hcl_syntax import Syntax
from sovlint.edit.labels import BlockPlace, in_block
from sovlint.edit.splice import EditError
from sovlint.expressions.nodes import Body
from sovlint.frontends.terraform.syntax import hcl
from sovlint.model.source import SourceFile
from sovlint.rules.tagging import Tag, TagForm

TAG = Tag("data_class", "health", ("data-classification", "data_class"))
FORM = TagForm("tags")

gaps = st.sampled_from(
    ["", "\n", "  # a { comment }\n", '  // data_class = "iban"\n', "  /* more\n  of it */\n"]
)
ends = st.sampled_from(["", " # why", " // }", " /* x */"])
keys = st.sampled_from(["Name", '"a b"', "(var.k)", "team", '"${var.x}"'])
values = st.sampled_from(
    ['"x"', '"a # b"', "var.x", "1", "[1, 2]", "{ a = 1 }", "<<EOT\n  tags = {\n  }\nEOT", '"${var.x}-{}"', "f(1, 2)"]
)  # fmt: skip


@st.composite
def objects(draw: st.DrawFn) -> str:
    """A literal object in some layout."""
    pairs = draw(
        st.lists(st.tuples(keys, values, ends), max_size=3, unique_by=lambda pair: pair[0])
    )
    if draw(st.booleans()) or any("EOT" in value for _, value, _ in pairs):
        comma = draw(st.sampled_from(["", ","]))
        gap = draw(gaps).replace("\n", "\n  ")
        return "{\n" + gap + "".join(
            f"    {key} = {value}{'' if 'EOT' in value else comma + end}\n" for key, value, end in pairs
        ) + "  }"  # fmt: skip
    inside = ", ".join(f"{key} = {value}" for key, value, _ in pairs)
    return draw(st.sampled_from([f"{{{inside}}}", f"{{ {inside} }}"]))


@st.composite
def tags(draw: st.DrawFn) -> str:
    """What stands behind ``tags =``."""
    one = draw(objects())
    return draw(
        st.sampled_from(
            [
                one, f"merge(local.t, {one})", f"merge({one}, var.t)", "var.tags", "null", "merge(var.all...)",
                f"var.x ? {one} : null", '{ data_class = "iban" }', 'merge(var.t, { data-classification = "nir" })',
            ]
        )
    )  # fmt: skip


@st.composite
def blocks(draw: st.DrawFn, name: str) -> str:
    """A resource block in some layout."""
    parts = [f"  a{at} = {draw(values)}" for at in range(draw(st.integers(0, 2)))]
    if draw(st.booleans()):
        parts.append(f"  tags = {draw(tags())}")
    if draw(st.booleans()):
        parts.append("  inner {\n    tags = { data_class = 1 }\n  }")
    parts = draw(st.permutations(parts))
    if not parts:
        return f'resource "kind" "{name}" {draw(st.sampled_from(["{}", "{ }", "{" + chr(10) + "}"]))}\n'
    laid = "".join(
        draw(gaps) + part + ("" if part.endswith("EOT") else draw(ends)) + "\n"
        for part in parts
    )
    return f'resource "kind" "{name}" {{\n{laid}{draw(gaps)}}}\n'


@st.composite
def files(draw: st.DrawFn) -> bytes:
    """A file of two blocks that may have tags."""
    text = draw(blocks("x")) + draw(gaps) + draw(blocks("y"))
    return text.replace("\n", draw(st.sampled_from(["\n", "\r\n"]))).encode()


def seen(data: bytes) -> tuple[dict[str, bytes], list[bytes]]:
    """Every argument of a file by its path, as it is written, and every comment; as our own reader finds them."""
    file = SourceFile("main.tf", data)
    body, failures = hcl.parse(file)
    assert failures == []
    return dict(_arguments(body, file, "")), [
        data[each.start : each.end].strip() for each in hcl.comments(file)
    ]


def _arguments(body: Body, file: SourceFile, path: str) -> Iterator[tuple[str, bytes]]:
    for name, attribute in body.attributes.items():
        where: Any = attribute.where
        yield f"{path}/{name}", file.data[where.start : where.end]
    for number, block in enumerate(body.blocks):
        yield from _arguments(
            block.body, file, f"{path}/{block.kind}.{'.'.join(block.labels)}.{number}"
        )


@given(files())
@settings(max_examples=150, deadline=None)
def test_nothing_else_changes_for_either_reader(data: bytes) -> None:
    line = data[: data.index(b'resource "kind" "y"')].count(b"\n") + 1
    before, comments = seen(data)
    try:
        after = in_block(
            data, BlockPlace(line, "resource", ("kind", "y")), TAG, (FORM,), FORM
        )
    except EditError as refused:
        assert refused.note.key in ("edit.second-reader", "edit.not-understood")  # noqa: PT017
        return
    found, kept = seen(after)
    tag = next(
        path
        for path in found
        if path.endswith("/tags") and ".y." in path and "inner" not in path
    )
    assert {path: text for path, text in found.items() if path != tag} == {
        path: text for path, text in before.items() if path != tag
    }
    assert kept == comments
    assert b'= "health"' in found[tag]
    old, new = (
        hcl2.loads(each.decode(), serialization_options=_plain()) for each in (data, after)
    )
    for each in (old, new):
        each["resource"][1]['"kind"']['"y"'].pop("tags", None)
    assert old == new
    lines = after.splitlines(keepends=True)
    assert {each.endswith(b"\r\n") for each in lines} == {
        each.endswith(b"\r\n") for each in data.splitlines(keepends=True)
    }
    again = in_block(after, BlockPlace(line, "resource", ("kind", "y")), TAG, (FORM,), FORM)
    assert again == after
    assert not Syntax(after).root.has_error


def _plain() -> Any:
    return hcl2.SerializationOptions(with_comments=False)
