"""How files and services override each other: the table of the Compose specification ("Merge")."""

from __future__ import annotations

from typing import Any

import pytest

from sovlint.documents import load
from sovlint.documents.tree import Node
from sovlint.frontends.compose.canonical import canonical
from sovlint.frontends.compose.merge import merged, without_resets
from sovlint.frontends.compose.tree import tree, value_of
from sovlint.model.value import Known, Unknown, Value


def _node(text: str) -> Node:
    (document,) = load(f"services:\n  a: {text}\n", "compose.yaml")
    found = tree(document, lambda _: None)
    canonical(found)
    return found


def _plain(value: Value) -> Any:
    if isinstance(value, Unknown):
        return value
    if isinstance(value.value, dict):
        return {key: _plain(item) for key, item in value.value.items()}
    if isinstance(value.value, tuple):
        return [_plain(item) for item in value.value]
    return value.value


def _merged(base: str, other: str) -> Any:
    wrong: list[Any] = []
    found = merged(_node(base), _node(other), lambda node, at: wrong.append(at))
    plain = _plain(value_of(without_resets(found)))["services"]["a"]
    return wrong or plain


@pytest.mark.parametrize(
    ("base", "other", "expected"),
    [
        ("{image: x}", "{image: y}", {"image": "y"}),
        ("{image: x}", "{image: null}", {"image": "x"}),
        ("{image: x}", "{user: me}", {"image": "x", "user": "me"}),
        # variables and labels: by key, in either form
        ("{environment: {A: 1, B: 2}}", "{environment: [B=3, C=4]}", {"environment": {"A": 1, "B": "3", "C": "4"}}),
        ("{environment: [A=1]}", "{environment: [A]}", {"environment": {"A": None}}),
        ("{labels: [a.b=1]}", "{labels: {a.b: 2}}", {"labels": {"a.b": 2, "a.b (before)": ["1"]}}),
        # replaced as a whole
        ("{command: [a, b]}", "{command: [c]}", {"command": ["c"]}),
        ("{command: a}", "{command: [c]}", {"command": ["c"]}),
        ("{entrypoint: [a]}", "{entrypoint: b}", {"entrypoint": "b"}),
        (
            "{healthcheck: {test: [a], retries: 3}}", "{healthcheck: {test: [b]}}",
            {"healthcheck": {"test": ["b"], "retries": 3}},
        ),
        # appended
        ("{ports: ['80:80']}", "{ports: ['81:81']}", {"ports": ["80:80", "81:81"]}),
        ("{cap_add: [A]}", "{cap_add: [A, B]}", {"cap_add": ["A", "B"]}),
        ("{dns: 1.1.1.1}", "{dns: [9.9.9.9]}", {"dns": ["1.1.1.1", "9.9.9.9"]}),
        # options of one driver mean nothing to another
        (
            "{logging: {driver: x, options: {a: 1}}}", "{logging: {driver: y, options: {b: 2}}}",
            {"logging": {"driver": "y", "options": {"b": 2}}},
        ),
        (
            "{logging: {driver: x, options: {a: 1}}}", "{logging: {options: {b: 2}}}",
            {"logging": {"driver": "x", "options": {"a": 1, "b": 2}}},
        ),
        # short and long forms
        (
            "{depends_on: [b]}", "{depends_on: {c: {condition: healthy}}}",
            {"depends_on": {"b": None, "c": {"condition": "healthy"}}},
        ),
        ("{build: ./x}", "{build: {target: t}}", {"build": {"context": "./x", "target": "t"}}),
        ("{networks: [x]}", "{networks: {x: {aliases: [y]}}}", {"networks": {"x": {"aliases": ["y"]}}}),
        ("{extends: b}", "{image: x}", {"extends": {"service": "b"}, "image": "x"}),
        # tags
        ("{ports: ['80:80'], image: x}", "{ports: !reset []}", {"image": "x"}),
        ("{ports: ['80:80']}", "{ports: !override ['81:81']}", {"ports": ["81:81"]}),
        ("{environment: {A: 1, B: 2}}", "{environment: {A: !reset null}}", {"environment": {"B": 2}}),
        ("{logging: {driver: x, options: {a: 1}}}", "{logging: !override {driver: x}}", {"logging": {"driver": "x"}}),
    ],
)  # fmt: skip
def test_what_overrides_what(base: str, other: str, expected: dict[str, Any]) -> None:
    assert _merged(base, other) == expected


def test_of_two_mounts_at_one_place_the_later_counts() -> None:
    found = _merged(
        "{volumes: ['data:/var', './x:/etc:ro']}",
        "{volumes: [{type: volume, source: other, target: /var}]}",
    )
    assert [(each["type"], each["source"], each["target"]) for each in found["volumes"]] == [
        ("volume", "other", "/var"),
        ("bind", "./x", "/etc"),
    ]


def test_files_of_variables_stand_once() -> None:
    found = _merged(
        "{env_file: a.env}", "{env_file: [b.env, {path: a.env, required: false}]}"
    )
    assert [each["path"] for each in found["env_file"]] == ["a.env", "b.env"]


def test_what_is_of_another_kind_is_told() -> None:
    assert _merged("{ports: ['80:80']}", "{ports: {a: b}}") == [("services", "a", "ports")]


def test_merging_changes_neither() -> None:
    base, other = _node("{environment: {A: 1}}"), _node("{environment: {B: 2}}")
    merged(base, other, lambda node, at: None)
    assert _plain(value_of(base)) == {"services": {"a": {"environment": {"A": 1}}}}
    assert _plain(value_of(other)) == {"services": {"a": {"environment": {"B": 2}}}}


def test_a_short_mount_is_told_from_a_path() -> None:
    written = [
        "data:/a",
        "./data:/b",
        "/data:/c:ro",
        "~/data:/d",
        "/e",
        "${UNSET}:/f",
        "${UNSET:-./x}:/g",
        "C:\\x:/h",
    ]
    (document,) = load(f"services: {{a: {{volumes: {written!r}}}}}", "compose.yaml")
    found = tree(document, lambda _: None)
    canonical(found)
    mounts = _plain(value_of(found))["services"]["a"]["volumes"]
    kinds = {each["target"]: each.get("type") for each in mounts}
    assert kinds == {
        "/a": "volume", "/b": "bind", "/c": "bind", "/d": "bind", "/e": "volume", "/f": None, "/g": "bind",
        "/h": "bind",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("options", "server"),
    [
        ("{type: nfs, o: 'addr=nas.example.com,rw', device: ':/x'}", "nas.example.com"),
        ("{type: nfs4, device: 'nas.example.com:/x'}", "nas.example.com"),
        (
            "{type: cifs, device: '//files.example.com/share', o: 'username=x'}",
            "files.example.com",
        ),
        ("{type: none, device: /srv/data, o: bind}", None),
        ("{type: tmpfs, device: tmpfs}", None),
    ],
)
def test_the_server_of_a_share_is_found(options: str, server: str | None) -> None:
    (document,) = load(f"volumes: {{v: {{driver_opts: {options}}}}}", "compose.yaml")
    found = tree(document, lambda _: None)
    canonical(found)
    read = _plain(value_of(found))["volumes"]["v"]["driver_opts"]
    assert read.get("server") == server
    assert isinstance(found, Node)
    assert isinstance(value_of(found), Known)
