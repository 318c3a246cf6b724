"""One engine makes of what is told where data goes, whatever kind of rule asks it."""

from __future__ import annotations

import pytest
from msgspec.structs import fields

from sovlint.model.resources.sent import Sent
from sovlint.model.source import Span
from sovlint.model.value import Known, Reason, Unknown, Value
from sovlint.rules.cluster.charts import Sending
from sovlint.rules.cluster.passing import Agent, Passing
from sovlint.rules.commands.command import CommandRule
from sovlint.rules.destination import (
    NOTHING,
    AddressText,
    Destination,
    Setting,
    Told,
    ToldAddress,
    sends,
)
from sovlint.rules.files.configuration import FormatProof
from sovlint.rules.files.outlet import OutletRule
from sovlint.rules.files.task import Task
from sovlint.rules.names.signature import Signature

OPEN = Unknown(Reason.TEMPLATED, "ENDPOINT")


def setting(name: str, value: Value = NOTHING) -> Setting:
    return Setting(name, value, Span("a.env", 1, 1, 1, 2))


def address(value: Value) -> ToldAddress:
    return ToldAddress(setting("URL", value), value)


def plain(value: Value | None) -> object:
    """What a value says, as what can be compared."""
    return value.value if isinstance(value, Known) else value


HOLDER = setting("KEY")


def only(rule: Destination, told: Told) -> Sent:
    (sent,) = sends(rule, told)
    return sent


@pytest.mark.parametrize("value", [Known("https://logs.acme.fr"), OPEN])
def test_an_address_that_is_written_is_not_the_companys(value: Value) -> None:
    sent = only(Destination(role="logs", company="aws"), Told(addresses=[address(value)]))
    assert (sent.value, sent.provider, sent.default) == (value, None, False)


@pytest.mark.parametrize("value", [Known("https://logs.acme.fr"), OPEN])
def test_nobody_else_answers_to_what_only_the_company_runs(value: Value) -> None:
    rule = Destination(role="logs", company="aws", only=True)
    assert only(rule, Told(addresses=[address(value)])).provider == "aws"


def test_without_an_address_the_company_gets_it() -> None:
    sent = only(Destination(role="logs", company="aws"), Told(holder=HOLDER))
    assert (plain(sent.value), sent.provider, sent.key) == (None, "aws", "KEY")


def test_an_address_that_nobody_writes_is_a_default() -> None:
    sent = only(Destination(role="logs", without="https://a.fr"), Told(holder=HOLDER))
    assert (plain(sent.value), sent.provider, sent.default) == ("https://a.fr", None, True)


def test_a_doubt_leaves_open_who_gets_it() -> None:
    told = Told(holder=HOLDER, doubt=OPEN)
    assert only(Destination(role="logs", company="aws"), told).provider is None
    assert only(Destination(role="logs", company="aws", only=True), told).provider == "aws"
    assert only(Destination(role="logs", without="https://a.fr"), told).value is OPEN


def test_where_nothing_says_who_gets_it_that_is_said() -> None:
    value = only(Destination(role="logs"), Told(holder=HOLDER)).value
    assert isinstance(value, Unknown)
    assert value.reason is Reason.NO_EVIDENCE


def test_each_region_is_a_place_of_its_own() -> None:
    regions = [setting("REGION_1", Known("eu-west-3")), setting("REGION_2", OPEN)]
    rule = Destination(role="compute", company="aws")
    found = list(sends(rule, Told(regions=regions)))
    assert [(each.key, plain(each.region)) for each in found] == [
        ("REGION_1", "eu-west-3"),
        ("REGION_2", OPEN),
    ]
    held = list(sends(rule, Told(holder=HOLDER, regions=regions)))
    assert [each.key for each in held] == ["KEY", "KEY"]


def test_a_protocol_that_several_speak_is_told_by_its_region_alone() -> None:
    rule = Destination(
        role="at-rest", company="aws", kind="objects", anyones=frozenset({"us-east-1"})
    )
    theirs = Told(holder=HOLDER, regions=[setting("REGION", Known("eu-west-3"))])
    assert only(rule, theirs).kind == "objects"
    anybodys = Told(holder=HOLDER, regions=[setting("REGION", Known(" US-East-1 "))])
    sent = only(rule, anybodys)
    assert isinstance(sent.value, Unknown)
    assert (sent.kind, sent.provider) == (None, None)


def test_what_is_named_is_of_the_company() -> None:
    told = Told(holder=HOLDER, names=Known("table"))
    sent = only(Destination(role="at-rest", company="aws"), told)
    assert (plain(sent.names), sent.company) == ("table", "aws")


def test_nothing_told_sends_nothing() -> None:
    assert list(sends(Destination(role="logs", company="aws"), Told())) == []


def test_a_company_has_one_address_and_others_may_have_more() -> None:
    written = [
        (AddressText(matches="^no"), [setting("A", Known("https://a.fr"))]),
        (AddressText(), [setting("B", Known("https://b.fr"))]),
        (AddressText(text="https://{}"), [setting("C", Known("c.fr")), setting("D", OPEN)]),
    ]
    many = Destination(role="logs").addresses(written)
    assert [(each.at.name, plain(each.value)) for each in many] == [
        ("B", "https://b.fr"),
        ("C", "https://c.fr"),
        ("D", OPEN),
    ]
    one = Destination(role="logs", company="aws").addresses(written)
    assert [each.at.name for each in one] == ["B"]
    alike = Destination(role="logs", like="c.fr").addresses(written)
    assert [each.at.name for each in alike] == ["C", "D"]  # what isn't known may be one


@pytest.mark.parametrize(
    "kind", [Signature, OutletRule, Task, FormatProof, Sending, CommandRule, Agent, Passing]
)
def test_all_kinds_of_rules_answer_with_the_same(kind: type[Destination]) -> None:
    whole = {each.name for each in fields(Destination)}
    assert whole <= {each.name for each in fields(kind)}
