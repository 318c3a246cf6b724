"""The parts of reading plans: addresses, positions in JSON, settings read back, and which files are looked into."""

from __future__ import annotations

import json
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sovlint.documents.json_places import JsonText
from sovlint.frontends.terraform.modules import addresses
from sovlint.frontends.terraform.plans import plans
from sovlint.frontends.terraform.plans.values import PlannedAttributes, Recovered
from sovlint.model.source import SourceFile
from sovlint.model.value import Known
from tests.frontends.memory import MemoryReader
from tests.frontends.terraform.plan_house import plan

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4)
    ),
    max_leaves=20,
)


@pytest.mark.parametrize(
    ("text", "calls", "rest", "base"),
    [
        ("a_b.c", (), ("a_b", "c", ""), "a_b.c"),
        ("a_b.c[0]", (), ("a_b", "c", "[0]"), "a_b.c"),
        ('a_b.c["x.y[\\"z\\"]"]', (), ("a_b", "c", '["x.y[\\"z\\"]"]'), "a_b.c"),
        (
            'module.m["a.b"].module.n[1].a_b.c',
            (("m", '["a.b"]'), ("n", "[1]")),
            ("a_b", "c", ""),
            "module.m.module.n.a_b.c",
        ),
        (
            "module.module.a_b.module",
            (("module", ""),),
            ("a_b", "module", ""),
            "module.module.a_b.module",
        ),
    ],
)
def test_an_address_is_taken_apart(
    text: str, calls: object, rest: tuple[str, str, str], base: str
) -> None:
    found = addresses.parse(text)
    assert found is not None
    assert (found.calls, (found.type, found.name, found.key), found.base) == (
        calls,
        rest,
        base,
    )


@pytest.mark.parametrize(
    "text", ["", "a", "data.a.b", "module.m.data.a.b", "a.b.c", 'a.b["', "a..b", "[0]"]
)
def test_what_is_no_address_of_a_managed_resource_is_none(text: str) -> None:
    assert addresses.parse(text) is None


@given(st.text())
def test_any_key_is_taken_apart_again(key: str) -> None:
    found = addresses.parse(f"module.m{addresses.suffix(key)}.a_b.c{addresses.suffix(key)}")
    assert found is not None
    assert addresses.text_key(found.key) == key
    assert found.calls == (("m", addresses.suffix(key)),)


@given(JSON, st.sampled_from([None, 0, 2]))
def test_what_stands_at_a_place_reads_as_what_is_there(data: Any, indent: int | None) -> None:
    text = json.dumps(data, indent=indent)
    document = JsonText(SourceFile("a.json", text.encode()))
    lines = text.split("\n")

    def check(inner: Any, path: tuple[str | int, ...]) -> None:
        span = document.span(path)
        if span.line == span.end_line:
            shown = lines[span.line - 1][span.column - 1 : span.end_column - 1]
        else:
            middle = lines[span.line : span.end_line - 1]
            shown = "\n".join(
                [
                    lines[span.line - 1][span.column - 1 :],
                    *middle,
                    lines[span.end_line - 1][: span.end_column - 1],
                ]
            )
        if path and isinstance(path[-1], str):
            assert json.loads("{" + shown + "}") == {path[-1]: inner}
        else:
            assert json.loads(shown) == inner
        for key, child in inner.items() if isinstance(inner, dict) else ():
            check(child, (*path, key))
        for number, child in enumerate(inner) if isinstance(inner, list) else ():
            check(child, (*path, number))

    check(data, ())


@pytest.mark.parametrize(
    ("values", "region"),
    [
        ({"arn": "arn:aws:rds:eu-west-3:123456789012:db:claims"}, "eu-west-3"),
        (
            {"arn": "arn:aws:rds:eu-west-3:123456789012:db:claims", "region": "eu-west-1"},
            "eu-west-1",
        ),
        (
            {"arn": "arn:aws:rds:eu-west-3:123456789012:db:claims", "region": None},
            "eu-west-3",
        ),
        ({"arn": "arn:aws:s3:::claims"}, None),
        ({"arn": "arn:aws:rds:eu-west-3:1:db:a", "endpoint": "a.us-east-1.rds"}, None),
        ({"arn": "eu-west-3"}, None),
        ({"arn": 1}, None),
    ],
)
def test_a_region_is_read_back_from_what_shows_it(
    values: dict[str, Any], region: str | None
) -> None:
    text = JsonText(SourceFile("a.json", json.dumps(values).encode()))
    templates = {
        "arn": "arn:{}:{}:{region}:{}:{}",
        "endpoint": "{}.{region}.rds",
        "id": "name",
    }
    found = Recovered(PlannedAttributes(text, (), "a_b.c", values), templates).read("region")
    assert [
        each.value.value
        for each in found
        if isinstance(each.value, Known) and each.value.value
    ] == ([region] if region else [])


def test_only_what_is_called_like_a_plan_is_looked_into() -> None:
    class Counting(MemoryReader):
        asked: ClassVar[list[str]] = []

        def read(self, path: str) -> Any:
            self.asked.append(path)
            return super().read(path)

    others = {f"data/{number}.json": "{}" for number in range(1_000)}
    names = (
        "plan.json",
        "tfplan.json",
        "prod-plan.json",
        "plan.prod.json",
        "x.tfstate",
        "tf-state.json",
    )
    not_named = (
        "planet.json",
        "explanation.json",
        "statement.json",
        "airplan.txt",
        "a.tfstate.backup",
    )
    reader = Counting(
        {**others, **dict.fromkeys((*names, *not_named), json.dumps(plan()))}, ()
    )
    found = plans.find(reader, [], {})
    assert sorted(reader.asked) == sorted(names)
    assert sorted(found.files) == sorted(names)
