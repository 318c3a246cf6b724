"""What stands below the frames of a block: data, placement, remarks, what the policies rest on, evidence, remedy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sovlint.model.finding import Finding, PolicyText
from sovlint.model.placement import Placement, Source
from sovlint.model.redact import printable, shown
from sovlint.model.text import Note
from sovlint.model.value import Fact, Known, Unknown
from sovlint.report import contract
from sovlint.report.blocks import Block
from sovlint.report.json_ import strongest
from sovlint.report.messages import TEMPLATES, say, word
from sovlint.report.style import Style, wrap

MOST_OTHERS: Final = 5
"""Further instances that are listed by name; the rest are counted."""


@dataclass(slots=True)
class Told:
    """What has been said already, so that it is said once a report: sources by number, policies explained."""

    sources: dict[Source, int] = field(default_factory=dict)
    policies: set[str] = field(default_factory=set)

    def references(self, sources: Iterable[Source]) -> str:
        """``[1] [4]``: the numbers of ``sources`` in the list at the end, which grows as needed."""
        numbers = [self.sources.setdefault(source, len(self.sources) + 1) for source in dict.fromkeys(sources)]
        return " ".join(f"[{number}]" for number in numbers)


def below(
    block: Block, policies: Mapping[str, PolicyText], told: Told, language: str, style: Style, gutter: int
) -> list[str]:
    """The ``= name: text`` lines of a block."""
    said: list[tuple[str, str]] = [
        *(("also", other) for other in _others(block.others)),
        *_facts(block.findings, language),
        *_remarks(block.findings, language),
        *_rests_on(block.findings, policies, told, language),
        *_evidence(block.findings, told),
        *_help(block.findings, policies, told, language),
    ]
    lines: list[str] = []
    for name, text in said:
        label = say(Note(f"report.{name}"), language)
        colon = " :" if language == "fr" else ":"
        first = f"{' ' * gutter} = {label}{colon} "
        wrapped = wrap(text, style.columns, first, " " * (gutter + 5))
        wrapped[0] = wrapped[0].replace(label, style.paint(label, "strong"), 1)
        lines += wrapped
    return lines


def placement_line(placed: Placement, language: str) -> str:
    """A placement in a line: role, provider, region, country, control, technology; unknown ones said to be so."""
    provider = fact_text(placed.provider, language)
    if isinstance(placed.provider, Known) and placed.provider_name:
        provider = f"{shown(placed.provider_name)} ({provider})"
    pieces = (
        ("role-at", {"role": role_name(placed.role, language), "provider": provider}),
        ("in-region", {"region": fact_text(placed.region, language)}),
        ("in-country", {"country": fact_text(placed.country, language)}),
        ("under-control", {"control": fact_text(placed.control, language)}),
        ("on-technology", {"technology": fact_text(placed.technology, language)}),
    )
    return ", ".join(say(Note(f"report.{key}", params), language) for key, params in pieces)


def fact_text(fact: Fact[Any], language: str, missing: str = "") -> str:
    """A fact for people: its value, its possible values, or that it isn't known (``missing``, or else a word)."""
    match fact:
        case Known():
            return _value_text(contract.plain(fact.value, fact.sensitive), language)
        case Unknown():
            members = [_value_text(member, language) for member in contract.possible(fact)]
            either = say(Note("report.or"), language).join(members)
            return either or missing or say(Note("report.unknown-word"), language)


def role_name(role: Fact[str], language: str, missing: str = "") -> str:
    """A role in words; ``missing`` as for ``fact_text``."""
    return term("role", role.value, language) if isinstance(role, Known) else fact_text(role, language, missing)


def class_words(ways: Mapping[str, str], language: str) -> list[str]:
    """Data classes, each with how it got there."""
    return [
        say(Note("report.class-how", {"name": name, "how": term("how", how, language)}), language)
        for name, how in ways.items()
    ]


def term(group: str, name: str, language: str) -> str:
    """A word of the contract (a role, a reason, a fact) for people; as it is where there is no better one."""
    key = f"report.{group}-{name}"
    return say(Note(key), language) if key in TEMPLATES else word(name, language)


def _value_text(value: object, language: str) -> str:
    if isinstance(value, list):
        return "+".join(map(str, value)) or say(Note("report.none-word"), language)
    return printable(str(value)) if value is not None else say(Note("report.unknown-word"), language)


def _others(others: Sequence[str]) -> list[str]:
    listed = list(others[:MOST_OTHERS])
    return [*listed, f"+ {len(others) - MOST_OTHERS}"] if len(others) > MOST_OTHERS else listed


def _facts(findings: Sequence[Finding], language: str) -> list[tuple[str, str]]:
    ways = strongest(claim for finding in findings for claim in finding.claims)
    said = [("data", ", ".join(class_words(ways, language)))] if ways else []
    placed = findings[0].placement
    return [*said, ("placed", placement_line(placed, language))] if placed else said


def _remarks(findings: Sequence[Finding], language: str) -> list[tuple[str, str]]:
    said = dict.fromkeys(say(remark, language) for finding in findings for remark in finding.remarks)
    return [("remark", text) for text in said]


def _rests_on(
    findings: Sequence[Finding], policies: Mapping[str, PolicyText], told: Told, language: str
) -> list[tuple[str, str]]:
    said = []
    for policy in _policies(findings, policies):
        kinds = tuple(term("rests-on", kind, language) for kind in policy.rests_on)
        line = say(Note("report.policy-rests-on", {"policy": policy.id, "kinds": kinds}), language)
        said.append(("rests-on", f"{line} {told.references(policy.cites)}".rstrip()))
    return said if any(policy.rests_on for policy in _policies(findings, policies)) else []


def _evidence(findings: Sequence[Finding], told: Told) -> list[tuple[str, str]]:
    sources = [source for finding in findings for source in finding.sources]
    return [("sources", told.references(sources))] if sources else []


def _help(
    findings: Sequence[Finding], policies: Mapping[str, PolicyText], told: Told, language: str
) -> list[tuple[str, str]]:
    """Why and what to do: in full where a policy is met for the first time, by reference after that."""
    named = _policies(findings, policies)
    new = [policy for policy in named if policy.id not in told.policies]
    told.policies.update(policy.id for policy in new)
    said = dict.fromkeys(printable(policy.remedy[language]) for policy in new if policy.remedy[language])
    known = tuple(policy.id for policy in named if policy not in new)
    above = [say(Note("report.help-above", {"policies": known}), language)] if known else []
    return [("help", text) for text in (*said, *above)]


def _policies(findings: Sequence[Finding], policies: Mapping[str, PolicyText]) -> list[PolicyText]:
    return [policies[name] for name in dict.fromkeys(one.policy for one in findings) if name in policies]
