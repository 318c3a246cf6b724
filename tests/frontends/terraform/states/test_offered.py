"""Outputs as data and back: what is known stays known, what is secret stays here, and what is hostile is unknown."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from sovlint.frontends.terraform.states.offered import OfferedState
from sovlint.frontends.terraform.states.written import MOST_STEPS, MOST_VALUES
from sovlint.model.offers import Offer, OfferKind
from sovlint.model.source import Span
from sovlint.model.value import Known, Reason, Unknown, Value, unroll
from tests.offers_house import looked_at, offered

ROOT = """\
terraform {
  backend "s3" {
    bucket = "etats"
    key    = "net"
  }
}
provider "aws" {
  region = "eu-west-3"
}
variable "unset" {}
variable "choice" {
  type = bool
}
resource "aws_s3_bucket" "docs" {
  bucket = "docs"
}
resource "aws_db_instance" "db" {
  identifier = "db"
}
"""
HERE = Span("main.tf", 1, 1, 1, 1)


def _output(folder: Path, value: str, more: str = "") -> tuple[Any, Value]:
    """An output as data, and as another repository has it."""
    text = f'{ROOT}output "a" {{\n  value = {value}\n  {more}\n}}\n'
    (offer,) = offered(folder / "keeps", {"net/main.tf": text}, "org/net")
    found = OfferedState(offer).read("a", HERE)
    assert found is not None
    return offer.outputs["a"], found


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        ('"eu-west-3"', "eu-west-3"), ("null", None), ("3", 3), ("true", True),
        ('["a", 1]', ["a", 1]), ('{ a = { b = "c" } }', {"a": {"b": "c"}}), ('toset(["b", "a"])', ["a", "b"]),
    ],
)  # fmt: skip
def test_what_is_known_stays_known(tmp_path: Path, value: str, plain: object) -> None:
    _, found = _output(tmp_path, value)
    assert _plain(found) == plain
    origins = [each.where for each in unroll(found.because) if each.where is not None]
    assert [(each.span().repository, each.span().own_path) for each in origins] == [
        ("org/net", "net/main.tf")
    ]


def _plain(value: Value) -> object:
    assert isinstance(value, Known), value
    inner: Any = value.value
    if isinstance(inner, dict):
        return {key: _plain(each) for key, each in inner.items()}
    return [_plain(each) for each in inner] if isinstance(inner, tuple) else inner


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("var.unset", Reason.UNSET_VARIABLE),
        ("aws_db_instance.db.resource_id", Reason.COMPUTED_AT_APPLY),
    ],
)
def test_what_isnt_known_stays_unknown(tmp_path: Path, value: str, reason: Reason) -> None:
    _, found = _output(tmp_path, value)
    assert isinstance(found, Unknown)
    assert found.reason is reason
    assert (found.among, found.parts, found.entries) == (None, None, None)


def test_what_is_known_all_the_same_stays(tmp_path: Path) -> None:
    _, text = _output(tmp_path / "a", '"https://${var.unset}.example"')
    _, choice = _output(tmp_path / "b", 'var.choice ? "eu-west-1" : "eu-west-3"')
    assert isinstance(text, Unknown)
    assert isinstance(choice, Unknown)
    assert text.parts == ("https://", None, ".example")
    assert {each.value for each in choice.among or ()} == {"eu-west-1", "eu-west-3"}


def test_an_attribute_of_a_resource_leads_to_it(tmp_path: Path) -> None:
    data, found = _output(tmp_path, "aws_db_instance.db.address")
    assert isinstance(found, Unknown)
    assert found.host_of == "/org/net//net:aws_db_instance.db"
    facts = data["things"]["aws_db_instance.db"]["facts"]
    assert facts == {
        "provider": {"value": "aws"},
        "service": {"value": "rds"},
        "region": {"value": "eu-west-3"},
    }


@pytest.mark.parametrize(
    ("value", "more"),
    [
        ('"hunter2 is mine"', "sensitive = true"),
        ('{ password = "hunter2 is mine" }', ""),
        ('"postgres://me:hunter2@db.example/x"', ""),
        ('"postgres://me:hunter2@${var.unset}/x"', ""),
        ('sensitive(["hunter2"])', ""),
        ('[sensitive("hunter2")]', ""),
    ],
)
def test_secrets_are_never_offered(tmp_path: Path, value: str, more: str) -> None:
    data, _ = _output(tmp_path, value, more)
    assert "hunter2" not in json.dumps(data)


def test_a_sensitive_address_tells_where_it_is_alone(tmp_path: Path) -> None:
    data, found = _output(tmp_path, "aws_db_instance.db.address", "sensitive = true")
    assert found.sensitive
    assert isinstance(found, Unknown)
    assert found.host_of == "/org/net//net:aws_db_instance.db"
    assert data["value"] == {
        "why": "computed-at-apply",
        "sensitive": True,
        "host": "aws_db_instance.db",
    }


def test_what_is_too_much_is_cut(tmp_path: Path) -> None:
    data, found = _output(tmp_path / "a", '[for i in range(3000) : "x${i}"]')
    assert isinstance(found, Known | Unknown)
    assert len(json.dumps(data)) < MOST_VALUES * 100
    nested = "[" * 40 + '"x"' + "]" * 40
    assert len(json.dumps(_output(tmp_path / "b", nested)[0])) < 2000
    steps = _output(
        tmp_path / "c", "[" + ", ".join(f"aws_db_instance.db.a{i}" for i in range(99)) + "]"
    )[0]["steps"]
    assert len(steps) <= MOST_STEPS


_JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(
        st.sampled_from(
            ["value", "steps", "things", "is", "map", "list", "set", "why", "among", "entries", "each", "host", "by",
             "above", "refers", "note", "text", "parts", "facts", "provider", "names", "path", "line", "because"]
        ),
        inner,
        max_size=6,
    ),
    max_leaves=25,
)  # fmt: skip


@given(_JUNK)
def test_what_is_hostile_is_unknown_and_nothing_more(junk: object) -> None:
    given_ = junk if isinstance(junk, dict) else {"value": junk}
    state = OfferedState(
        Offer(OfferKind.STATE, ("k",), "main.tf", 1, repository="o/n", outputs={"a": given_})
    )
    found = state.read("a", HERE)
    assert isinstance(found, Known | Unknown)
    repr(found)
    list(unroll(found.because))


def test_a_deep_value_ends(tmp_path: Path) -> None:
    deep: Any = {"is": 1}
    for _ in range(500):
        deep = {"list": [deep]}
    state = OfferedState(
        Offer(
            OfferKind.STATE,
            ("k",),
            "main.tf",
            1,
            repository="o/n",
            outputs={"a": {"value": deep}},
        )
    )
    assert isinstance(state.read("a", HERE), Known)


READER = """\
terraform {
  backend "s3" {
    bucket = "b"
    key    = "%s"
  }
}
data "terraform_remote_state" "o" {
  backend = "s3"
  config = {
    bucket = "b"
    key    = "%s"
  }
}
output "a" {
  value = data.terraform_remote_state.o.outputs.a
}
"""


def test_roots_that_read_each_other_come_to_rest(tmp_path: Path) -> None:
    texts = {"one": READER % ("one", "two"), "two": READER % ("two", "one")}
    made: dict[str, Sequence[Offer]] = {"one": (), "two": ()}
    seen = []
    for turn in range(4):
        made = {
            name: [
                replace(each, repository=name)
                for each in looked_at(
                    tmp_path / f"{name}{turn}", {"main.tf": text}, made[other]
                ).offers
            ]
            for (name, text), other in zip(texts.items(), ("two", "one"), strict=True)
        }
        seen.append(made)
    assert seen[-1] == seen[-2]
