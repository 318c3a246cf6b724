"""Resources by what others name them: every template of the catalogue, and what keeps two apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sovlint.model.attributes import Found
from sovlint.model.resources.resource import TRUE, Binding, Resource
from sovlint.model.source import Span
from sovlint.model.value import Known, Reason, Unknown, Value
from sovlint.resolve.names.here import NamesHere
from tests.resolve.house import catalog

WHERE = Span("main.tf", 1, 1, 1, 2)
PIECE = re.compile(r"\{(\w*)\}")


class Given:
    """Attributes that are given as a map."""

    def __init__(self, values: Mapping[str, Value]) -> None:
        self._values = values

    def read(self, path: str) -> Sequence[Found]:
        return (Found(self._values[path], WHERE),) if path in self._values else ()


def resource(
    kind: str, plugin: str, values: Mapping[str, Value], root: str = "a", region: str = "here"
) -> Resource:
    settings = Given({"region": Known(region), "project": Known("project")})
    binding = Binding(plugin, settings, WHERE)
    return Resource(
        f"{kind}.x", kind, "terraform", root, None, False, TRUE, WHERE, Given(values), binding
    )


def templates() -> Iterator[tuple[str, str, str]]:
    for plugin in catalog().plugin_ids:
        naming = catalog().naming(plugin)
        if naming is None or not (naming.known_as or naming.computed):
            continue
        for kind in naming.kinds:
            for template in naming.templates(kind):
                if PIECE.sub(
                    lambda piece: "" if piece[1] in ("", "region") else "x", template
                ):
                    yield plugin, kind, template


ALL = [
    each for each in templates() if set(PIECE.findall(each[2])) - {"", "region", "project"}
]


@pytest.mark.parametrize(("plugin", "kind", "template"), ALL, ids=lambda part: part)
def test_what_others_write_of_a_resource_names_it(
    plugin: str, kind: str, template: str
) -> None:
    arguments = set(PIECE.findall(template)) - {""}
    values = {each: f"my{each.replace('_', '')}" for each in arguments}
    values = {**values, "region": "here", "project": "project"}
    one = resource(kind, plugin, {each: Known(text) for each, text in values.items()})
    other = resource(kind, plugin, {each: Known("another") for each in values})
    asking = resource("asking", plugin, {})
    here = NamesHere([one, other, asking], catalog())
    text = PIECE.sub(
        lambda piece: values.get(piece[1], "123") if piece[1] else "123", template
    )
    assert [match.resource for match in here.named(asking, "at", Known(text))] == [one]
    assert [match.sure for match in here.named(asking, "at", Known(text))] == [True]


def arn(name: str, region: str = "here") -> str:
    return f"arn:aws:sqs:{region}:123456789012:{name}"


def queue(name: str, root: str = "a", region: str = "here") -> Resource:
    return resource("aws_sqs_queue", "hashicorp/aws", {"name": Known(name)}, root, region)


def found(text: Value, *resources: Resource, path: str = "at") -> list[tuple[int, bool]]:
    asking = resource("asking", "hashicorp/aws", {})
    here = NamesHere([*resources, asking], catalog())
    named = here.named(asking, path, text)
    return [(resources.index(match.resource), match.sure) for match in named]


def test_another_region_is_another_thing() -> None:
    assert found(Known(arn("a", "there")), queue("a")) == []
    assert found(Known(arn("a", "there")), queue("a"), queue("a", region="there")) == [
        (1, True)
    ]


def test_a_whole_name_counts_in_other_roots_and_its_own_comes_first() -> None:
    assert found(Known(arn("a")), queue("a", "b")) == [(0, True)]
    assert found(Known(arn("a")), queue("a", "b"), queue("a")) == [(1, True)]


def test_a_bare_name_counts_in_its_own_root_alone() -> None:
    group = resource("aws_cloudwatch_log_group", "hashicorp/aws", {"name": Known("g")}, "b")
    assert found(Known("g"), group, path="log_group_name") == []
    own = resource("aws_cloudwatch_log_group", "hashicorp/aws", {"name": Known("g")})
    assert found(Known("g"), own, path="log_group_name") == [(0, True)]
    assert found(Known("g"), own, path="description") == []


def test_two_of_one_name_are_both_named_and_neither_for_sure() -> None:
    assert found(Known(arn("a")), queue("a"), queue("a")) == [(0, False), (1, False)]


def variable(name: str, reason: Reason = Reason.UNSET_VARIABLE) -> Unknown:
    return Unknown(reason, f"var.{name}")


def bucket(name: Value, root: str = "a") -> Resource:
    return resource("aws_s3_bucket", "hashicorp/aws", {"bucket": name}, root)


def test_what_is_called_by_the_same_variable_is_meant() -> None:
    one, path = bucket(variable("a")), "s3_bucket_name"
    assert found(variable("a"), one, path=path) == [(0, True)]
    assert found(variable("b"), one, path=path) == []
    assert found(variable("a"), one, path="description") == []
    assert found(variable("a"), bucket(variable("a"), "b"), path=path) == []
    assert found(variable("a"), one, bucket(variable("a")), path=path) == [
        (0, False),
        (1, False),
    ]
    several = variable("a", Reason.MULTI_VALUED)
    assert found(several, bucket(several), path=path) == [(0, True)]
    assert found(variable("a", Reason.COMPUTED_AT_APPLY), one, path=path) == []


def test_what_may_be_said_behind_a_name_doesnt_count() -> None:
    group = resource("aws_cloudwatch_log_group", "hashicorp/aws", {"name": Known("/x/y")})
    text = "arn:aws:logs:here:123456789012:log-group:/x/y:*"
    assert found(Known(text), group) == [(0, True)]
    bucket = resource("aws_s3_bucket", "hashicorp/aws", {"bucket": Known("b")})
    for text in (
        "arn:aws:s3:::b/reports/*",
        "s3://b/reports",
        "https://b.s3.here.amazonaws.com/x",
    ):
        assert found(Known(text), bucket) == [(0, True)], text


def hole(why: str) -> Unknown:
    return Unknown(Reason.UNSET_VARIABLE, why)


def made(why: str, region: str | None = "here") -> Unknown:
    parts = ("arn:aws:sqs:", region, ":", None, ":q-", None)
    return hole(why).but(parts=parts, holes=(hole("account"), hole(why)))


def test_a_name_with_a_hole_is_the_same_where_the_hole_is() -> None:
    name = hole("var.env").but(parts=("q-", None), holes=(hole("var.env"),))
    one = resource("aws_sqs_queue", "hashicorp/aws", {"name": name})
    assert found(made("var.env"), one) == [(0, True)]
    assert found(made("var.other"), one) == [(0, False)]
    assert found(made("var.env", None), one) == [(0, False)]


@given(st.text(max_size=80), st.sampled_from(["at", "bucket", "log_group_name", "topic"]))
def test_any_text_names_at_most_what_has_it(text: str, path: str) -> None:
    bucket = resource("aws_s3_bucket", "hashicorp/aws", {"bucket": Known("zzz-bucket")})
    assert found(Known(text), bucket, path=path) == [] or "zzz-bucket" in text


def test_a_long_text_names_nothing() -> None:
    assert found(Known("arn:aws:sqs:here:1:" + "a:/" * 4000), queue("a")) == []


@pytest.mark.timed
def test_a_text_made_to_be_slow_ends() -> None:
    one = resource("aws_lb", "hashicorp/aws", {"name": Known("a")})
    for text in ("a-." * 680, "internal-" + "a-." * 80, "arn:" * 500, "s3://" + "a/" * 1000):
        assert found(Known(text), one) == []
