"""Checks of what software shows: signatures, commands, steps and configuration files, each with examples."""

from __future__ import annotations

from sovlint.catalog.checks import command_lines, configuration
from sovlint.catalog.checks.written import Faults, all_listed, regex
from sovlint.catalog.compiling.written_data import Data
from sovlint.model.decoding import DecodedEntries
from sovlint.model.lookups.names import tokens
from sovlint.model.source import Span
from sovlint.model.unread import UnreadKinds
from sovlint.model.value import Known
from sovlint.rules.destination import Setting
from sovlint.rules.developers import Developers, DevelopersFiles
from sovlint.rules.names.signature import Signature
from sovlint.rules.names.signatures import Signatures
from sovlint.rules.values.value_kinds import ValueKind, ValueKinds

_NOWHERE = Span("", 1, 1, 1, 1)


def signature(name: str, data: Data, _parts: Data) -> Faults:
    """The patterns, and the examples: each positive one must be met, and no negative one."""
    broken = list(patterns(data))
    if broken:
        yield from broken
        return
    signature = Signatures(list(DecodedEntries(Signature, {name: data}).values()))
    for key, wanted in (("positive", True), ("negative", False)):
        for index, example in enumerate(data[key]):
            settings = [
                Setting(name, Known(value), _NOWHERE) for name, value in example.items()
            ]
            if any(signature.signals(settings)) is not wanted:
                said = "isn't met" if wanted else "is met, and shouldn't be"
                yield (key, index), f"the example {example} {said}."


def patterns(data: Data) -> Faults:
    """What is wrong with the patterns of a signature."""
    yield from regex(data.get("like", ""), ("like",))
    for index, rule in enumerate(data.get("address", ())):
        yield from regex(rule.get("matches", ""), ("address", index, "matches"))


def value_kind(name: str, data: Data, parts: Data) -> Faults:
    """The patterns, the signature that it stands for, and the examples: whether each is of this kind, of all there are."""
    broken = [
        problem
        for index, form in enumerate(data.get("forms", ()))
        for problem in regex(form["when"], ("forms", index, "when"))
    ]
    if broken:
        yield from broken
        return
    kinds = ValueKinds(list(DecodedEntries(ValueKind, parts["values"]).values()))
    for key, wanted in (("positive", True), ("negative", False)):
        for index, example in enumerate(data[key]):
            found = kinds.recognised(Known(example))
            if (found is not None and found.kind.id == name) is not wanted:
                said = "isn't of this kind" if wanted else "is of this kind, and shouldn't be"
                yield (key, index), f"the example `{example}` {said}."


def command(name: str, data: Data, parts: Data) -> Faults:
    """The other commands, and the examples."""
    yield from all_listed(parts, "commands", data.get("told_by", ()), ("told_by",))
    yield from command_lines.problems(name, data, parts["commands"])


def deployment(name: str, data: Data, parts: Data) -> Faults:
    """The other deployments, and the examples."""
    yield from all_listed(parts, "deployments", data.get("told_by", ()), ("told_by",))
    yield from command_lines.problems(name, data, parts["commands"])


def passed_over(key: str, data: Data, _parts: Data) -> Faults:
    """What is passed over by a pattern."""
    for index, written in enumerate(data["list"] if key in configuration.PATTERNS else ()):
        yield from regex(written, ("list", index))


def unread(name: str, data: Data, _parts: Data) -> Faults:
    """The examples of a kind of files that nobody reads."""
    kinds = UnreadKinds({name: data})
    for key, wanted in (("positive", True), ("negative", False)):
        for index, path in enumerate(data[key]):
            if kinds.is_of(path, name) is not wanted:
                said = "isn't of this kind" if wanted else "is of this kind, and shouldn't be"
                yield (key, index), f"the example `{path}` {said}."
    for number, head in enumerate(data.get("heads", ())):
        alone = UnreadKinds({name: {**data, "heads": [head]}})
        for key, begins in (("positive", True), ("negative", False)):
            for index, text in enumerate(head.get(key, ())):
                if (alone.begun(text.encode()) is not None) is not begins:
                    said = "doesn't begin so" if begins else "begins so, and shouldn't"
                    yield ("heads", number, key, index), f"the example `{text}` {said}."


def developers(name: str, data: Data, _parts: Data) -> Faults:
    """The examples of files for developers."""
    files = DevelopersFiles(list(DecodedEntries(Developers, {name: data}).values()))
    for key, wanted in (("positive", True), ("negative", False)):
        for index, path in enumerate(data[key]):
            if files.says(path) is not wanted:
                said = (
                    "isn't for developers"
                    if wanted
                    else "is for developers, and shouldn't be"
                )
                yield (key, index), f"the example `{path}` {said}."


def term(term: str, data: Data, _parts: Data) -> Faults:
    """The words of a term that suggests a class."""
    if not all(tokens(phrase) for phrase in (term, *data.get("unless", ()))):
        yield (), f"`{term}`: a term, and each phrase that cancels it, needs a word."
