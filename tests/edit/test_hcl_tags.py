"""Where a tag goes in a Terraform block: every layout by hand, before and after, and what is refused."""

from __future__ import annotations

import re

import pytest

from sovlint.edit.labels import BlockPlace, in_block
from sovlint.edit.splice import EditError
from sovlint.rules.tagging import Tag, TagForm

TAG = Tag("data_class", "health", ("data-classification", "data_class"))
MAP = TagForm("tags")


def block(inner: str) -> bytes:
    return f'resource "a" "b" {inner}\n'.encode()


def edited(data: bytes, *forms: TagForm, tag: Tag = TAG, add: bool = True) -> bytes:
    forms = forms or (MAP,)
    return in_block(
        data, BlockPlace(1, "resource", ("a", "b")), tag, forms, forms[0] if add else None
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("{}", '{\n  tags = {\n    data_class = "health"\n  }\n}'),
        ("{\n}", '{\n  tags = {\n    data_class = "health"\n  }\n}'),
        ("{ x = 1 }", '{\n  x = 1\n  tags = {\n    data_class = "health"\n  }\n}'),
        ("{\n  x = 1 # why\n}", '{\n  x = 1 # why\n  tags = {\n    data_class = "health"\n  }\n}'),
        ("{\n\tx = 1\n}", '{\n\tx = 1\n\ttags = {\n\t  data_class = "health"\n\t}\n}'),
        ("{\n  x = 1\n  y {}\n}", '{\n  x = 1\n  tags = {\n    data_class = "health"\n  }\n  y {}\n}'),
        ("{\n  x {}\n}", '{\n  x {}\n\n  tags = {\n    data_class = "health"\n  }\n}'),
        ("{\n  # x = 1\n}", '{\n  # x = 1\n  tags = {\n    data_class = "health"\n  }\n}'),
        ("{\n  x = <<E\n }\nE\n}", '{\n  x = <<E\n }\nE\n  tags = {\n    data_class = "health"\n  }\n}'),
        ("{\n  x = 1 /* a\n  b */\n}", '{\n  x = 1 /* a\n  b */\n  tags = {\n    data_class = "health"\n  }\n}'),
        ("{\r\n  x = 1\r\n}", '{\r\n  x = 1\r\n  tags = {\r\n    data_class = "health"\r\n  }\r\n}'),
        ("{\r\n  x = 1 # y\r\n}", '{\r\n  x = 1 # y\r\n  tags = {\r\n    data_class = "health"\r\n  }\r\n}'),
        ("{\n  tags = null\n}", '{\n  tags = {\n    data_class = "health"\n  }\n}'),
    ],
)  # fmt: skip
def test_an_argument_is_added(before: str, after: str) -> None:
    assert edited(block(before)) == block(after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("{}", '{ data_class = "health" }'),
        ("{ }", '{ data_class = "health" }'),
        ("{\n  }", '{\n    data_class = "health"\n  }'),
        ("{\n    # none\n  }", '{\n    # none\n    data_class = "health"\n  }'),
        ("{ /* none */ }", '{ /* none */ data_class = "health" }'),
        ('{ Name = "x" }', '{ Name = "x", data_class = "health" }'),
        ('{ Name = "x", }', '{ Name = "x", data_class = "health", }'),
        ('{ Name = "x" /* y */ }', '{ Name = "x", data_class = "health" /* y */ }'),
        ('{\n    Name = "x"\n  }', '{\n    Name = "x"\n    data_class = "health"\n  }'),
        ('{\n    Name = "x", # y\n  }', '{\n    Name = "x", # y\n    data_class = "health",\n  }'),
        ('{\n    Name = "x" # }\n  }', '{\n    Name = "x" # }\n    data_class = "health"\n  }'),
        ('{\n    Name          = "x"\n  }', '{\n    Name          = "x"\n    data_class    = "health"\n  }'),
        ('{\n    "Name" : "x"\n  }', '{\n    "Name" : "x"\n    "data_class": "health"\n  }'),
        ('{\n    Name = "x" }', '{\n    Name = "x", data_class = "health" }'),
        ('{ Name = "x" # y\n  }', '{ Name = "x" # y\n    data_class = "health"\n  }'),
        ("{\n    Name = <<E\n x\nE\n  }", '{\n    Name = <<E\n x\nE\n    data_class = "health"\n  }'),
        ("{\n    (var.k) = 1\n  }", '{\n    (var.k) = 1\n    data_class = "health"\n  }'),
        ("{\n    é = 1\n  }".replace("é", '"é"'), '{\n    "é" = 1\n    "data_class" = "health"\n  }'),
    ],
)  # fmt: skip
def test_an_element_as_its_neighbours_are(before: str, after: str) -> None:
    assert edited(block(f"{{\n  tags = {before}\n}}")) == block(f"{{\n  tags = {after}\n}}")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("var.tags", 'merge(var.tags, { data_class = "health" })'),
        ("merge(local.t, { a = 1 })", 'merge(local.t, { a = 1, data_class = "health" })'),
        ("merge({ a = 1 }, var.t)", 'merge({ a = 1 }, var.t, { data_class = "health" })'),
        ("merge(local.t,\n    { a = 1 },\n  )", 'merge(local.t,\n    { a = 1, data_class = "health" },\n  )'),
        ("merge(local.all...)", 'merge(merge(local.all...), { data_class = "health" })'),
        ("merge(a({ b = 1 }))", 'merge(a({ b = 1 }), { data_class = "health" })'),
        ("var.x ? { a = 1 } : {}", 'merge(var.x ? { a = 1 } : {}, { data_class = "health" })'),
        ("{ for k, v in var.t : k => v }", 'merge({ for k, v in var.t : k => v }, { data_class = "health" })'),
        ("{ a = var.t }.a", 'merge({ a = var.t }.a, { data_class = "health" })'),
        ("(local.t)", 'merge((local.t), { data_class = "health" })'),
    ],
)  # fmt: skip
def test_what_is_not_written_out_is_merged(before: str, after: str) -> None:
    assert edited(block(f"{{\n  tags = {before}\n}}")) == block(f"{{\n  tags = {after}\n}}")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('{ data_class = "iban" }', '{ data_class = "health" }'),
        ('{ "Data-Classification" = "iban", b = 1 }', '{ "Data-Classification" = "health", b = 1 }'),
        ('merge({ data_class = "iban" }, { b = 1 })', 'merge({ data_class = "health" }, { b = 1 })'),
    ],
)  # fmt: skip
def test_another_class_in_its_place(before: str, after: str) -> None:
    assert edited(block(f"{{\n  tags = {before}\n}}")) == block(f"{{\n  tags = {after}\n}}")


FORMS = {
    "texts": TagForm("tags", "texts"),
    "colons": TagForm("tags", "texts", sign=":"),
    "objects": TagForm("tags", "objects"),
    "blocks": TagForm("tag", "blocks", extra={"propagate_at_launch": "true"}),
    "nested": TagForm("settings.user_labels", lower=True),
}


@pytest.mark.parametrize(
    ("form", "before", "after"),
    [
        ("texts", "{\n}", '{\n  tags = ["data_class=health"]\n}'),
        ("texts", '{\n  tags = ["a"]\n}', '{\n  tags = ["a", "data_class=health"]\n}'),
        ("texts", '{\n  tags = [\n    "a" # b\n  ]\n}', '{\n  tags = [\n    "a", # b\n    "data_class=health"\n  ]\n}'),
        ("texts", '{\n  tags = [\n    "a",\n  ]\n}', '{\n  tags = [\n    "a",\n    "data_class=health",\n  ]\n}'),
        ("texts", '{\n  tags = ["data_class=iban"]\n}', '{\n  tags = ["data_class=health"]\n}'),
        ("texts", "{\n  tags = concat(var.t, [])\n}", '{\n  tags = concat(var.t, ["data_class=health"])\n}'),
        ("texts", "{\n  tags = concat([], var.t)\n}", '{\n  tags = concat([], var.t, ["data_class=health"])\n}'),
        ("texts", "{\n  tags = local.t # why\n}", '{\n  tags = concat(local.t, ["data_class=health"]) # why\n}'),
        ("texts", "{\n  tags = toset(local.t)\n}", '{\n  tags = toset(concat(local.t, ["data_class=health"]))\n}'),
        ("texts", "{\n  tags = x ? a : b\n}", '{\n  tags = concat(x ? a : b, ["data_class=health"])\n}'),
        ("colons", '{\n  tags = ["a"]\n}', '{\n  tags = ["a", "data_class:health"]\n}'),
        ("objects", "{\n}", '{\n  tags = [{ key = "data_class", value = "health" }]\n}'),
        (
            "objects",
            '{\n  tags = [{ key = "data_class", value = "iban" }]\n}',
            '{\n  tags = [{ key = "data_class", value = "health" }]\n}',
        ),
        (
            "blocks",
            '{\n  tag {\n    key = "a"\n  }\n  x = 1\n}',
            '{\n  tag {\n    key = "a"\n  }\n  tag {\n    key                 = "data_class"\n'
            '    value               = "health"\n    propagate_at_launch = true\n  }\n  x = 1\n}',
        ),
        (
            "blocks",
            '{\n  tag {\n    key   = "data-classification"\n    value = "iban"\n  }\n}',
            '{\n  tag {\n    key   = "data-classification"\n    value = "health"\n  }\n}',
        ),
        (
            "nested",
            "{\n  settings {\n    tier = 1\n  }\n}",
            '{\n  settings {\n    tier = 1\n    user_labels = {\n      data_class = "health"\n    }\n  }\n}',
        ),
    ],
)  # fmt: skip
def test_the_other_forms_of_tags(form: str, before: str, after: str) -> None:
    assert edited(block(before), FORMS[form]) == block(after)


def test_a_tag_that_is_there_is_found_under_any_name_that_the_plug_in_has() -> None:
    before = block('{\n  labels = {\n    a = "b"\n  }\n}')
    assert b'a = "b"\n    data_class = "health"' in edited(before, MAP, TagForm("labels"))


@pytest.mark.parametrize(
    ("key", "written"),
    [("sovlint-data", "sovlint-data ="), ("our data", '"our data" ='), ('a"b', r'"a\"b" =')],
)  # fmt: skip
def test_keys_that_are_no_names_are_quoted(key: str, written: str) -> None:
    assert written in edited(block("{\n}"), tag=Tag(key, "health", (key,))).decode()


def test_keys_in_lower_case_where_they_must_be() -> None:
    tag = Tag("Data_Class", "health", ("Data_Class",))
    assert b"    data_class = " in edited(
        block("{\n}"), TagForm("labels", lower=True), tag=tag
    )


def test_a_byte_order_mark_stays() -> None:
    assert edited(b"\xef\xbb\xbf" + block("{\n}")).startswith(b'\xef\xbb\xbfresource "a"')


@pytest.mark.parametrize(
    ("inner", "why"),
    [
        ("{\n  tags = { data_class = var.x }\n}", "edit.tag-not-literal"),
        ('{\n  tags = { data_class = "a${var.x}" }\n}', "edit.tag-not-literal"),
        ('{\n  tags = { data_class = "iban", Data-Classification = "nir" }\n}', "edit.two-tags"),
        ('{\n  tags = ["a"]\n}', "edit.not-a-map"),
        ('{\n  tags = "a"\n}', "edit.not-a-map"),
        ("{\n  tags {\n    a = 1\n  }\n}", "edit.not-a-map"),
        ("{\n  tags = <<E\nx\nE\n}", "edit.not-a-map"),
        ("{\n  tags = {\n}", "edit.not-understood"),
        ('{\n  x = "${~ 1 ~}"\n}', "edit.second-reader"),
        ("{\n  é = 1\n}", "edit.second-reader"),
        (f"{{\n  tags = {'merge(' * 3000}{{ a = 1 }}{')' * 3000}\n}}", None),
        (f"{{\n  x = {'[' * 3000}{']' * 3000}\n}}", None),
    ],
)  # fmt: skip
def test_what_is_not_safe_is_refused(inner: str, why: str | None) -> None:
    with pytest.raises(EditError) as refused:
        edited(block(inner))
    assert why is None or refused.value.note.key == why


def test_a_file_that_is_too_large_is_refused() -> None:
    with pytest.raises(EditError, match=r"edit\.too-large"):
        edited(block("{\n}") + b"#" * 1_000_000)


def test_a_type_that_takes_no_tags() -> None:
    with pytest.raises(EditError, match=r"edit\.takes-no-tags"):
        edited(block("{\n}"), add=False)


def test_settings_that_are_not_there() -> None:
    with pytest.raises(EditError, match=r"edit\.no-holder"):
        edited(block("{\n}"), FORMS["nested"])


def test_only_the_block_that_was_meant() -> None:
    two = block("{\n  tags = {}\n}") + block("{\n  tags = {}\n}").replace(b'"b"', b'"c"')
    place = BlockPlace(4, "resource", ("a", "c"))
    after = in_block(two, place, TAG, (MAP,), MAP)
    assert re.findall(rb'"(\w)" \{\n  tags = \{(.)', after) == [(b"b", b"}"), (b"c", b" ")]
