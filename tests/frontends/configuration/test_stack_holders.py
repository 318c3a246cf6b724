"""Every holder of settings in templates of CloudFormation, with values behind each function: by the same list."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Final

import pytest

from sovlint.frontends import configuration
from sovlint.model.inputs import ReadOptions
from tests.frontends.memory import MemoryReader
from tests.frontends.terraform.test_holders import HOST, URL, nested, rules, said, told
from tests.resolve.house import catalog

PLUGINS: Final = {"awscc": "AWS", "cloudformation": "AWS"}
TOLD_APART: Final = catalog().hints()
HEAD: Final = {
    "Parameters": {
        "Host": {"Type": "String", "Default": HOST},
        "Stage": {"Type": "String", "AllowedValues": ["dev", "prod"]},
        "Password": {"Type": "String", "NoEcho": True},
    },
    "Mappings": {"Stages": {"dev": {"Host": HOST}, "prod": {"Host": HOST}}},
    "Conditions": {"IsProd": {"Fn::Equals": [{"Ref": "Stage"}, "prod"]}},
}
HOST_OF: Final = "${Host}"
WAYS: Final[Mapping[str, Callable[[str], object]]] = {
    "as it is": lambda text: text.replace(HOST_OF, HOST),
    "Sub": lambda text: {"Fn::Sub": text},
    "Sub of a mapping": lambda text: {
        "Fn::Sub": [text, {"Host": {"Fn::FindInMap": ["Stages", {"Ref": "Stage"}, "Host"]}}]
    },
    "Join": lambda text: {"Fn::Join": ["", joined(text)]},
    "If": lambda text: {"Fn::If": ["IsProd", {"Fn::Sub": text}, {"Fn::Sub": text}]},
    "beside a secret": lambda text: {"Fn::Sub": text.replace("u@", "u:${Password}@")},
}


def joined(text: str) -> list[object]:
    """The pieces of a text, with a reference at each hole."""
    pieces: list[object] = []
    for piece in text.split(HOST_OF):
        pieces += [piece, {"Ref": "Host"}]
    return pieces[:-1]


def camel(name: str) -> str:
    return "".join(part[:1].upper() + part[1:] for part in name.split("_"))


def written(value: object, way: Callable[[str], object]) -> object:
    """What a container says, as a template has it: names with humps, and texts through a function."""
    if isinstance(value, dict):
        return {
            key if key.isupper() else camel(key): written(item, way)
            for key, item in value.items()
        }
    if isinstance(value, list):
        return [written(item, way) for item in value]
    return way(value) if isinstance(value, str) and HOST_OF in value else value


def type_of(kind: str) -> str:
    """A type as templates call it: ``AWS::lambda::Function`` is as good as any."""
    known = {name: told for told, name in declared_types().items()}
    if kind in known:
        return known[kind]
    _, service, *rest = kind.split("_")
    return f"AWS::{service}::{camel('_'.join(rest))}"


def declared_types() -> Mapping[str, str]:
    claims = TOLD_APART.formats.claims(["template.json"])
    rule = next(each.format.declares for each in claims if each.format.declares is not None)
    return rule.types


@pytest.mark.parametrize("way", WAYS)
def test_every_holder_sends_what_it_is_given(way: str) -> None:
    text = URL.replace(HOST, HOST_OF)
    places = [each for each in rules() if each[0].partition("_")[0] in PLUGINS]
    assert len(places) > 25
    resources = {}
    for number, (kind, _, above, where) in enumerate(places):
        says = written(nested(above, said(where, text)), WAYS[way])
        resources[f"DatabaseUrl{number}"] = {"Type": type_of(kind), "Properties": says}
    template = {"AWSTemplateFormatVersion": "2010-09-09", **HEAD, "Resources": resources}
    reader = MemoryReader({"template.json": json.dumps(template)})
    reading = configuration.read(reader, ReadOptions(), TOLD_APART)
    found = {each.address.rpartition(".")[2]: each for each in reading.resources}
    silent = [
        (kind, where if isinstance(where, tuple) else where.paths)
        for number, (kind, _, _, where) in enumerate(places)
        if HOST not in told(found[f"DatabaseUrl{number}"])
    ]
    assert silent == []
