"""What a plug-in makes of arguments: texts by template, known as far as the arguments are."""

from __future__ import annotations

from sovlint.frontends.terraform import front_end
from sovlint.model.inputs import ReadOptions
from sovlint.model.value import Known, Unknown, Value, unroll
from sovlint.rules.hints import Hints
from tests.frontends.memory import MemoryReader

HINTS = Hints(
    local_names={"cloud": "acme/cloud"},
    computed={
        "cloud_bucket": {
            "arn": "arn:{}:store:{region}:{bucket}",
            "host": "{bucket}.{region}.cloud",
        }
    },
    answers_at={"cloud_bucket": ("host", "nodes.*.at")},
)


def seen(
    bucket: str, expression: str, more: str = 'provider "cloud" {\n region = "north"\n}\n'
) -> Value:
    text = f'{more}resource "cloud_bucket" "b" {{\n{bucket}\n}}\nresource "cloud_rule" "r" {{\n seen = {expression}\n}}\n'
    reading = front_end.read(MemoryReader({"main.tf": text}), ReadOptions(), HINTS)
    rule = next(each for each in reading.resources if each.type == "cloud_rule")
    return rule.attributes.read("seen")[0].value


def unknown(value: Value) -> Unknown:
    assert isinstance(value, Unknown)
    return value


def test_all_known_is_known() -> None:
    found = seen('bucket = "acts"', "cloud_bucket.b.host")
    assert isinstance(found, Known)
    assert found.value == "acts.north.cloud"
    assert "cloud_bucket.b" in {step.refers for step in unroll(found.because)}


def test_an_argument_beats_the_provider_block() -> None:
    assert unknown(seen('bucket = "a"\nregion = "south"', "cloud_bucket.b.arn")).parts == (
        "arn:",
        None,
        ":store:south:a",
    )


def test_what_nobody_writes_is_a_hole() -> None:
    found = unknown(seen("", "cloud_bucket.b.arn", ""))
    assert found.parts == ("arn:", None, ":store:", None, ":", None)
    assert found.text() == "computed-at-apply: cloud_bucket.b.arn"


def test_null_and_empty_are_as_good_as_not_written() -> None:
    assert unknown(seen('bucket = null\nregion = ""', "cloud_bucket.b.arn")).parts == (
        "arn:", None, ":store:north:", None,
    )  # fmt: skip


def test_text_that_is_an_own_address_says_so_where_it_is_not_known() -> None:
    found = unknown(seen("", "cloud_bucket.b.host"))
    assert (found.parts, found.host_of) == ((None, ".north.cloud"), "cloud_bucket.b")
    assert unknown(seen("", '"https://${cloud_bucket.b.host}/x"')).host_of == "cloud_bucket.b"
    assert unknown(seen("", '"https://x.${cloud_bucket.b.host}/x"')).host_of is None


def test_an_unlisted_element_is_computed() -> None:
    assert unknown(seen("", "cloud_bucket.b.nodes[0].at")).host_of == "cloud_bucket.b"
    other = unknown(seen("", "cloud_bucket.b.nodes[0].size"))
    assert (other.text(), other.host_of) == (
        "computed-at-apply: cloud_bucket.b.nodes[*].size",
        None,
    )
    assert unknown(seen("", "cloud_bucket.b.nodes[*].at")).host_of is None
    assert unknown(seen("", 'try(cloud_bucket.b.nodes[0].at, "x")')).host_of is None


def test_what_a_written_block_does_not_say_is_known_once_applied() -> None:
    bucket = 'rule {\n place = "north"\n}\nrule {\n place = "south"\n}'
    assert seen(bucket, "cloud_bucket.b.rule[1].place").value == "south"  # type: ignore[union-attr]
    absent = unknown(seen(bucket, "try(cloud_bucket.b.rule[0].size, 7)"))
    assert absent.text() == "computed-at-apply: cloud_bucket.b.rule.size"
    assert (
        unknown(seen(bucket, "can(cloud_bucket.b.rule[0].size)")).reason.value
        == "computed-at-apply"
    )
    assert (
        unknown(seen(bucket, "[for key, each in cloud_bucket.b.rule[0] : key]")).reason.value
        == "computed-at-apply"
    )
    assert (
        unknown(seen(bucket, 'lookup(cloud_bucket.b.rule[0], "size", 7)')).reason.value
        == "computed-at-apply"
    )
    assert (
        unknown(seen(bucket, "cloud_bucket.b.rule[0] == cloud_bucket.b.rule[1]")).among
        is None
    )
    assert seen(bucket, "cloud_bucket.b.rule[0] == null").value is False  # type: ignore[union-attr]
    assert seen(bucket, "length(cloud_bucket.b.rule)").value == 2  # type: ignore[union-attr]


def test_an_address_at_which_a_resource_answers_is_never_refused() -> None:
    """No fallback then: the resource surely has it. What nobody knows of (a name that may be mistyped) may be."""
    assert (
        unknown(seen("", 'try(cloud_bucket.b.host, "elsewhere")', "")).host_of
        == "cloud_bucket.b"
    )
    assert (
        unknown(seen("count = 1", "try(cloud_bucket.b[0].host, null)", "")).host_of
        == "cloud_bucket.b[0]"
    )
    assert (
        unknown(
            seen("count = 2 > var.n ? 1 : 0", "try(cloud_bucket.b[0].host, null)", "")
        ).host_of
        is None
    )
    assert unknown(seen("", 'try(cloud_bucket.b.name, "elsewhere")', "")).host_of is None
