"""What functions of CloudFormation's templates give: by hand, from its template reference."""

from __future__ import annotations

import json

import pytest

from sovlint.documents.syntaxes import yaml
from sovlint.documents.tree import Node
from sovlint.model.source import SourceFile
from sovlint.model.value import Known, StepKind, Unknown, unroll
from sovlint.settings.stacks.fill import filled

HEAD = """\
Parameters:
  Region: {Type: String, Default: eu-west-3}
  Stage: {Type: String, AllowedValues: [dev, prod]}
  Only: {Type: String, AllowedValues: [one]}
  Zones: {Type: CommaDelimitedList, Default: "a, b"}
  Kept: {Type: "AWS::SSM::Parameter::Value<String>", Default: /claims/url}
  Key: {Type: String, NoEcho: true, Default: k}
  Bare: {Type: String}
  Size: {Type: Number, Default: 3}
Mappings:
  Stages: {dev: {host: a.example, ports: [1, 2]}, prod: {host: b.example}}
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
  Here: !Equals [!Ref Region, eu-west-3]
  Both: !And [!Condition Here, !Not [!Equals [a, b]]]
  Any: {"Fn::Or": [{Condition: IsProd}, {Condition: Here}]}
  Loop: !Not [!Condition Loop]
Resources:
  Db: {Type: "AWS::RDS::DBInstance"}
"""
KNOWN = [
    ("!Ref Region", "eu-west-3"),
    ("{Ref: Region}", "eu-west-3"),
    ("!Ref Size", "3"),
    ("!Ref Only", "one"),
    (
        '!Sub "https://s3.${Region}.acme.fr/${!Region}"',
        "https://s3.eu-west-3.acme.fr/${Region}",
    ),
    ('!Sub ["${A}-${Region}", {A: !Ref Only}]', "one-eu-west-3"),
    ('{"Fn::Sub": "${ Region }"}', "eu-west-3"),
    ('!Join ["-", [a, !Ref Region, c]]', "a-eu-west-3-c"),
    ('!Join ["-", !Ref Zones]', "a-b"),
    ("!Select [1, !Ref Zones]", "b"),
    ('!Select ["0", !Split [".", a.b]]', "a"),
    ("!FindInMap [Stages, dev, host]", "a.example"),
    ("!FindInMap [Stages, !Ref Only, host, {DefaultValue: c.example}]", "c.example"),
    ("!If [Here, true, no]", "true"),
    ("!If [Both, here, there]", "here"),
    ("!If [Any, here, there]", "here"),
    ("!Base64 text", "text"),
    ('{"Fn::Base64": {"Fn::Sub": "${Region}"}}', "eu-west-3"),
    ("!Ref AWS::NoValue", None),
    ("!If [Here, !Ref AWS::NoValue, there]", None),
]


def given(written: str) -> Node:
    """What stands in place of a function."""
    text = f"{HEAD}Outputs: {{it: {{a: {written}}}}}\n"
    (tree,) = yaml.trees(SourceFile("a.yaml", text.encode()))
    return (
        filled(tree, frozenset({"Endpoint.Address"})).value["Outputs"].value["it"].value["a"]
    )


@pytest.mark.parametrize(("written", "gives"), KNOWN)
def test_what_a_template_tells_is_known(written: str, gives: str | None) -> None:
    value = given(written).value
    told = value.value if isinstance(value, Known) else value
    if isinstance(told, bool):  # as it is written, where nothing was worked out
        told = str(told).lower()
    assert told == gives


def test_a_default_says_that_it_is_one() -> None:
    value = given('!Join ["", [a, !Sub "${Region}"]]').value
    assert any(step.kind is StepKind.DEFAULT for step in unroll(value.because))


@pytest.mark.parametrize(
    ("written", "among"),
    [
        ("!Ref Stage", {"dev", "prod"}),
        ("!FindInMap [Stages, !Ref Stage, host]", {"a.example", "b.example"}),
        ("!If [IsProd, a, b]", {"a", "b"}),
        ("!If [IsProd, a, !Ref AWS::NoValue]", {"a", None}),
        ('!Sub "x.${Stage}"', {"x.dev", "x.prod"}),
    ],
)
def test_what_may_be_several_is_one_of_these(written: str, among: set[str | None]) -> None:
    value = given(written).value
    assert isinstance(value, Unknown)
    assert {each.value for each in value.among or ()} == among


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("!Ref Bare", None),
        ("!Ref Kept", None),
        ("!Ref AWS::Region", None),
        ("!Ref Nobody", None),
        ("!ImportValue shared", None),
        ('!GetAZs ""', None),
        ("!If [Nobody, a, b]", None),
        ("!If [Loop, a, b]", None),
        ("!Select [9, !Ref Zones]", None),
        ('{"Fn::Transform": {Name: X}}', None),
        ("!Own a", None),
        ('!Sub "https://${AWS::Region}.acme.fr"', ("https://", None, ".acme.fr")),
        ('!Join [".", [a, !ImportValue b, c]]', ("a.", None, ".c")),
    ],
)
def test_what_a_template_does_not_tell_stays_unknown(
    written: str, parts: tuple[str | None, ...] | None
) -> None:
    value = given(written).value
    assert isinstance(value, Unknown), value
    if not (value.among and parts is None):
        assert value.parts == parts


def test_who_answers_at_an_attribute_is_kept() -> None:
    value = given('!Sub "postgres://${Db.Endpoint.Address}/a"').value
    assert isinstance(value, Unknown)
    assert value.host_of == "config:a.yaml#Resources.Db"
    other = given("!GetAtt Db.MasterUserSecret.SecretArn").value
    assert isinstance(other, Unknown)
    assert other.host_of is None


def test_a_secret_parameter_stays_one() -> None:
    assert given("!Ref Key").value.sensitive
    assert given('!Sub "https://${Key}@acme.fr"').value.sensitive


def test_what_holds_others_is_put_in_whole() -> None:
    found = given("!If [IsProd, {b: x, c: !Ref Region}, {b: y}]").value
    assert set(found) == {"b", "c"}
    assert {each.value for each in found["b"].value.among} == {"x", "y"}
    assert {each.value for each in found["c"].value.among} == {"eu-west-3", None}
    chosen = given("!If [Here, {b: x}, {b: y}]").value
    assert chosen["b"].value == "x"
    listed = given("[!Ref Region, !If [IsProd, {n: 1}, !Ref AWS::NoValue]]").value
    assert listed[0].value.value == "eu-west-3"
    assert "n" in listed[1].value


@pytest.mark.parametrize(
    "odd",
    [
        "!Ref {a: b}", "!Ref ''", "!Sub ''", "!Sub [1]", "!Sub {a: b}", "!Join ''", "!Join [a]", "!Join [a, b]",
        "!Select [x, [a]]", "!Split [a]", "!FindInMap [a]", "!If [a]", "!If ''", "!Equals [a]", "!Not []", "!And []",
        "!GetAtt ''", "!GetAtt [a]", "!GetAtt [a, !Ref b]", "!GetAtt [[a], {b: c}]", "!Sub [\"${A}\", {A: {b: c}}]",
        "!If [[a], b, c]", "!Condition [x]", '!Sub "${"', '!Sub "${}"', "!Join [!Ref Bare, [a, b]]",
        "!FindInMap [Nobody, b, c]", "!FindInMap [!Ref Zones, b, c]", "!ToJsonString {a: !Ref Bare}",
    ],
)  # fmt: skip
def test_odd_arguments_end_as_unknowns(odd: str) -> None:
    value = given(odd).value
    assert (
        isinstance(value, (Known, Unknown))
        or value is None
        or isinstance(value, (dict, list, str))
    )


def test_a_template_that_refers_to_itself_ends() -> None:
    deep = {"Fn::Sub": "${A}"}
    for _ in range(30):
        deep = {"Fn::Join": ["", [deep, "x"]]}  # type: ignore[dict-item]
    tree = {
        "Resources": {"A": {"Type": "T", "B": deep}},
        "Conditions": {"C": {"Condition": "C"}},
    }
    (node,) = yaml.trees(SourceFile("a.json", json.dumps(tree).encode()))
    assert filled(node).value["Resources"] is not None
