"""Whatever kind of rule says it, the same said of the same written leads to the same place."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from sovlint.model.decoding import decode
from sovlint.model.resources.sent import Sent
from sovlint.model.source import Span
from sovlint.model.value import Known, Reason, Unknown, Value
from sovlint.rules.commands.command import CommandLine, CommandRule
from sovlint.rules.commands.commands import Commands
from sovlint.rules.destination import Setting
from sovlint.rules.files.configuration import Entry
from sovlint.rules.files.outlet import Outlet, OutletTool
from sovlint.rules.files.task import StepHere, StepInput, Task
from sovlint.rules.names.signature import Signature
from sovlint.rules.names.signatures import Signatures
from sovlint.settings.attributes import EntryAttributes
from sovlint.settings.steps import proved

WHERE = Span("a", 1, 1, 1, 2)
OPEN = Unknown(Reason.TEMPLATED, "ENDPOINT")
SAID = {"role": "logs", "source": "s"}
Rule = Mapping[str, object]
Written = Mapping[str, Value]


def by_signature(rule: Rule, written: Written) -> list[Sent]:
    whole = {
        **SAID, **rule, "id": "a", "link": "logs", "address": [{"names": ["URL"]}], "credential": ["KEY"],
        "positive": [{"KEY": "k"}], "negative": [{"NO": "n"}],
    }  # fmt: skip
    if "region" in written:
        whole["region"] = ["REGION"]
    settings = [Setting(name.upper(), value, WHERE) for name, value in written.items()]
    signals = Signatures([decode(Signature, whole)]).signals(settings)
    return [each.sent for each in signals]


def by_outlet(rule: Rule, written: Written) -> list[Sent]:
    type_ = {**rule, "address": [{"at": "url"}], "region": ["region"]}
    tool = decode(OutletTool, {**SAID, "link": "logs", "types": {"acme": type_}})
    entries = [Entry((name,), value, WHERE) for name, value in written.items()]
    outlet = Outlet("tool", "acme", "a", WHERE, EntryAttributes(entries))
    return [each.sent for each in outlet.signals({"tool": tool})]


def by_step(rule: Rule, written: Written) -> list[Sent]:
    whole = {**SAID, **rule, "id": "a", "uses": ["a/b"], "address": [{"inputs": ["url"]}], "region": ["region"]}  # fmt: skip
    inputs = {name: StepInput(value, (name,), WHERE) for name, value in written.items()}
    step = StepHere((), WHERE, "a/b", inputs)
    return [sent for _, sent in proved(step, decode(Task, whole))]


def by_command(rule: Rule, written: Written) -> list[Sent]:
    whole = {
        **SAID, **rule, "id": "a", "link": "logs", "programs": ["acme"], "target": [{"flags": ["--key"]}],
        "address": {"flags": ["--url"]}, "region": {"flags": ["--region"]}, "positive": ["acme"], "negative": ["b"],
    }  # fmt: skip
    words: list[Value] = [Known("acme")]
    for name, value in written.items():
        words += [Known(f"--{name}"), value]
    line = CommandLine(tuple(words), WHERE)
    return [each.sent for each in Commands([decode(CommandRule, whole)]).signals([line], ())]


def told(found: list[Sent]) -> list[tuple[object, ...]]:
    return [
        (
            each.role,
            each.value.value if isinstance(each.value, Known) else each.value.reason,
            each.provider,
            each.usual,
            each.default,
            each.region.value if isinstance(each.region, Known) else None,
        )
        for each in found
    ]


RULES = st.fixed_dictionaries(
    {"company": st.just("aws")},
    optional={"only": st.booleans(), "without": st.just("https://logs.acme.fr")},
)
WRITTEN = st.fixed_dictionaries(
    {"key": st.just(Known("k"))},
    optional={
        "url": st.sampled_from([Known("https://a.acme.eu"), OPEN]),
        "region": st.just(Known("eu-west-3")),
    },
)


@given(RULES, WRITTEN)
def test_all_kinds_of_rules_say_the_same(rule: Rule, written: Written) -> None:
    expected = told(by_outlet(rule, written))
    assert len(expected) == 1
    assert told(by_signature(rule, written)) == expected
    assert told(by_step(rule, written)) == expected
    assert told(by_command(rule, written)) == expected
