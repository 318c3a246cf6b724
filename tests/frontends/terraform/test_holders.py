"""Every holder of settings that the catalogue names, one after the other: what is moved from one to the next, or put
behind a variable, is still sent to the same place."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from sovlint.frontends.terraform import front_end
from sovlint.model.inputs import ReadOptions
from sovlint.model.resources.resource import Resource
from sovlint.model.value import Known, Value
from sovlint.rules.keys import KeyPath, path_parts
from sovlint.rules.workload import EnvironmentAt, FileAt, Workload
from tests.frontends.memory import MemoryReader
from tests.resolve.house import catalog

HOST = "claims.x.us-east-1.rds.amazonaws.com"
URL = f"postgres://u@{HOST}/claims"
WAYS = {
    "as it is": (URL, ""),
    "a variable with a default": ("${var.url}", f'variable "url" {{ default = "{URL}" }}\n'),
    "a part of it in a variable": (
        "postgres://u@${var.host}/claims",
        f'variable "host" {{ default = "{HOST}" }}\n',
    ),
    "a local": ("${local.url}", f'locals {{ url = "{URL}" }}\n'),
    "a condition that isn't known": (
        "${var.a ? local.url : local.url}",
        f'variable "a" {{}}\nlocals {{ url = "{URL}" }}\n',
    ),
    "beside a part that isn't known": (
        URL.replace("u@", "${var.password}@"),
        'variable "password" {}\n',
    ),
}
NAME = "DATABASE_URL"


def rules() -> Iterator[tuple[str, Workload, KeyPath, EnvironmentAt | FileAt | KeyPath]]:
    """Each place at which the catalogue says that something holds settings."""
    workloads = catalog().hints().workloads
    for kind in sorted(workloads):
        for rule in workloads[kind].rules:
            for above in rule.each:
                for environment in rule.environment:
                    is_kept = environment.kept or (environment.name and not environment.value)
                    is_a_key = environment.called.endswith("KEY")
                    if not is_kept and not is_a_key:
                        yield kind, rule, above, environment
                for file in rule.files:
                    yield kind, rule, above, file
                for script in rule.scripts:
                    yield kind, rule, above, script


def nested(path: KeyPath, inner: object) -> object:
    """Something at a path of keys."""
    for key in reversed(path):
        inner = {("x" if key == "*" else key): inner}
    return inner


def united(*parts: object) -> object:
    """Things that say different keys of one."""
    found: dict[str, object] = {}
    for part in parts:
        assert isinstance(part, dict)
        for key, inner in part.items():
            found[key] = united(found[key], inner) if key in found else inner
    return found


def said(where: EnvironmentAt | FileAt | KeyPath, text: str) -> object:
    """What a container says that has the setting there."""
    if isinstance(where, tuple):
        return nested(where, f"#!/bin/sh\nexport {NAME}={text}\n./app\n")
    if isinstance(where, FileAt):
        named = {} if where.name is None else nested(where.name, "conf/.env")
        sign = ": " if where.called else "="
        name = NAME.lower() if where.called else NAME
        return nested(where.at, united(named, nested(where.text, f"{name}{sign}{text}\n")))
    return nested(where.at, set_there(where, text))


def set_there(where: EnvironmentAt, text: str) -> object:
    """What stands where the settings do."""
    if where.called.startswith("APPLICATIONINSIGHTS"):
        return f"IngestionEndpoint=https://{HOST}/;InstrumentationKey={text}"
    if where.called.endswith(("_CONNECTION_STRING", "IOTHUB_ENDPOINT", "_STORE", "_HUB")):
        key = "${var.password}" if "var.password" in text else "k"
        return f"Endpoint=sb://{HOST}/;SharedAccessKeyName=a;SharedAccessKey={key}"
    if where.own or where.called:
        return text
    if where.assigned:
        return [f"{NAME}={text}"]
    if where.name is not None:
        assert where.value is not None
        when = [
            nested(path_parts(each.path), sorted(each.values)[0] if each.values else "x")
            for each in where.when
        ]
        return united(nested(where.name, NAME), nested(where.value, text), *when)
    return {NAME: text if where.value is None else nested(where.value, text)}


def written(value: object) -> str:
    """A value in HCL, with interpolations as they are."""
    if isinstance(value, dict):
        return (
            "{" + ", ".join(f'"{key}" = {written(item)}' for key, item in value.items()) + "}"
        )
    if isinstance(value, list):
        return "[" + ", ".join(map(written, value)) + "]"
    return json.dumps(value)


def resource(number: int, kind: str, rule: Workload, says: object) -> str:
    """A resource of a type that says something."""
    assert isinstance(says, dict)
    lines = [f'resource "{kind}" "database_url_{number}" {{']
    for key, item in says.items():
        text = written(item)
        lines.append(f"  {key} = " + (f"jsonencode({text})" if key in rule.encoded else text))
    return "\n".join([*lines, "}\n"])


def told(resource: Resource) -> str:
    """All that is known of the addresses to which a resource sends data."""
    return " ".join(shown(each.value) for each in resource.sends)


def shown(value: Value) -> str:
    if isinstance(value, Known):
        return str(value.value)
    among = [str(each.value) for each in value.among or ()]
    return " ".join([*among, "".join(part or "?" for part in value.parts or ())])


@pytest.mark.parametrize("way", WAYS)
def test_every_holder_sends_what_it_is_given(way: str) -> None:
    text, beside = WAYS[way]
    places = list(rules())
    assert len(places) > 250
    made = [
        resource(number, kind, rule, nested(above, said(where, text)))
        for number, (kind, rule, above, where) in enumerate(places)
    ]
    reader = MemoryReader({"main.tf": beside + "".join(made)})
    reading = front_end.read(reader, ReadOptions(), catalog().hints())
    assert not reading.failures
    found = {each.address.rpartition("_")[2]: each for each in reading.resources}
    silent = [
        (kind, where if isinstance(where, tuple) else where.paths)
        for number, (kind, _, _, where) in enumerate(places)
        if HOST not in told(found[str(number)])
    ]
    assert silent == []
