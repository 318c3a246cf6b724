"""Outlets by rules that say what all rules can say."""

from __future__ import annotations

from collections.abc import Mapping

from sovlint.model.decoding import decode
from sovlint.model.resources.sent import Sent
from sovlint.model.source import Span
from sovlint.model.text import Note
from sovlint.model.value import Known, Step
from sovlint.rules.files.configuration import Entry
from sovlint.rules.files.outlet import Outlet, OutletTool
from sovlint.settings.attributes import EntryAttributes

WHERE = Span("a.yaml", 1, 1, 1, 2)


def sent(rule: Mapping[str, object], **settings: object) -> list[Sent]:
    """What an outlet of that rule sends."""
    tool = {"source": "s", "role": "logs", "link": "logs", "types": {"acme": rule}}
    entries = [
        Entry(tuple(path.split("__")), Known(value, Step(WHERE, Note("x"))), WHERE)
        for path, value in settings.items()
    ]
    outlet = Outlet("tool", "acme", "exporter acme", WHERE, EntryAttributes(entries))
    return [each.sent for each in outlet.signals({"tool": decode(OutletTool, tool)})]


def told(found: list[Sent]) -> list[tuple[object, str | None, object]]:
    return [
        (
            each.value.value if isinstance(each.value, Known) else None,
            each.provider,
            each.region.value if isinstance(each.region, Known) else None,
        )
        for each in found
    ]


def test_each_region_of_an_outlet_is_a_place() -> None:
    rule = {"company": "aws", "region": ["regions.*", "region"]}
    settings = {
        "regions__0": "eu-west-3",
        "regions__1": "us-east-1",
        "regions__2": "eu-west-3",
    }
    assert told(sent(rule, **settings, region="eu-north-1")) == [
        (None, "aws", "eu-west-3"),
        (None, "aws", "us-east-1"),
    ]
    assert told(sent(rule, region="eu-north-1")) == [(None, "aws", "eu-north-1")]


def test_an_outlet_may_have_conditions() -> None:
    rule = {
        "company": "datadog",
        "when": [{"any": [{"path": "key"}, {"path": "key_from"}]}],
        "unless": [{"path": "mode", "matches": "^(off|dry)"}],
    }
    assert told(sent(rule, key_from="secret")) == [(None, "datadog", None)]
    assert sent(rule, host="a") == []
    assert sent(rule, key="k", mode="DRY-RUN") == []


def test_an_outlet_may_be_like_something_only() -> None:
    rule = {"address": [{"at": "url"}], "like": r"\.acme\.fr"}
    assert told(sent(rule, url="https://logs.acme.fr")) == [
        ("https://logs.acme.fr", None, None)
    ]
    (unknown,) = sent(rule, url="https://other.fr")
    assert not isinstance(unknown.value, Known)
