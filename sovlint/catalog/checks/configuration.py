"""Checks of formats of configuration files: patterns, companies, and the examples, each of which is read and tried."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any, Final

from sovlint.catalog.checks.written import all_listed
from sovlint.documents import Path, closest
from sovlint.model.decoding import DecodedEntries
from sovlint.model.resources.sent import SentBy
from sovlint.model.source import SourceFile
from sovlint.model.unread import UnreadKinds
from sovlint.rules.files.formats import Formats
from sovlint.rules.files.outlet import Outlets, OutletTool
from sovlint.rules.names.signatures import Signatures
from sovlint.settings.declared import declared
from sovlint.settings.evidence import evidence
from sovlint.settings.file_evidence import Read
from sovlint.settings.readers import UnreadableError, parts

PATTERNS: Final = (
    "placeholders",
    "references",
    "switches",
    "starters",
    "source_sets",
    "keys",
)
"""What is passed over by a pattern, and not by a word."""

_SURE: Final = (SentBy.RULE, SentBy.VALUE)
"""What shows that something is sent, wherever that is; of all else the host decides."""
_GROUPS: Final = {
    "line": {"name", "value"},
    "includes": {"path"},
    "environment": set[str](),
    "expression": None,
}
"""The groups that a pattern must have; none in particular where it is to have one, ``None`` where any will do."""

_ONE_GROUP: Final = "it must have one group."


def problems(
    name: str,
    data: Mapping[str, Any],
    catalogue: Mapping[str, Any],
    signatures: Signatures | None,
) -> Iterator[tuple[Path, str]]:
    """What is wrong with one format, and where in it. Without signatures no example is tried."""
    heads = all_listed(catalogue, "unread", data.get("heads", ()), ("heads",))
    found = [*_patterns(data), *_declares(data, catalogue), *heads]
    yield from found
    if not found and signatures is not None:
        yield from _examples(name, data, catalogue, signatures)


def _patterns(data: Mapping[str, Any]) -> Iterator[tuple[Path, str]]:
    for key, groups in _GROUPS.items():
        if key not in data:
            continue
        try:
            pattern = re.compile(data[key])
        except re.error as error:
            yield (key,), f"not a regular expression: {error}."
            continue
        if groups is None:
            continue
        has = {name.removesuffix("s") for name in pattern.groupindex}  # `values`: each word
        if groups - has or (not groups and pattern.groups != 1):
            wanted = ", ".join(f"`{each}`" for each in sorted(groups))
            missing = f"it must have the groups {wanted}." if groups else _ONE_GROUP
            yield (key,), missing


def _declares(
    data: Mapping[str, Any], catalogue: Mapping[str, Any]
) -> Iterator[tuple[Path, str]]:
    rule = data.get("declares")
    if rule is None:
        return
    for told, name in rule.get("types", {}).items():
        plugin = rule["plugins"].get(name.partition("_")[0])
        data_of = catalogue["plugins"].get(plugin, {})
        if not any(
            fnmatchcase(name, known)
            for known in (*data_of.get("types", ()), *data_of.get("config", ()))
        ):
            meant = closest(name, list(data_of.get("types", ())))
            yield (
                ("declares", "types", told),
                f"`{name}` is no type of these plug-ins.{meant}",
            )


def _examples(
    name: str, data: Mapping[str, Any], catalogue: Mapping[str, Any], signatures: Signatures
) -> Iterator[tuple[Path, str]]:
    formats = Formats({name: data}, catalogue["passed_over"], catalogue["tasks"])
    rules = DecodedEntries(OutletTool, catalogue["pipelines"])
    kinds = UnreadKinds(catalogue["unread"])
    for key in ("positive", "negative"):
        for index, example in enumerate(data[key]):
            head = kinds.begun(example["text"].encode()) or ""
            met = _met(example, formats, signatures, rules, head)
            if met is None:
                yield (
                    (key, index),
                    f"no file called `{example['file']}` is read by this format.",
                )
            elif sorted(met) != sorted(example.get("meets", ())):
                wanted = ", ".join(example.get("meets", ())) or "nothing"
                yield (
                    (key, index),
                    f"the example meets {', '.join(sorted(met)) or 'nothing'}, and should {wanted}.",
                )
            elif bool(met) is (key == "negative"):
                yield (
                    (key, index),
                    "a positive example says what it `meets`, a negative one meets nothing.",
                )


def _met(
    example: Mapping[str, Any], formats: Formats, signatures: Signatures, rules: Outlets, head: str
) -> set[str] | None:  # fmt: skip
    """The ids that an example meets; ``None`` where no format has the name of its file, or its ``head``."""
    if not formats.has_name(example["file"]) and not formats.has_head(head):
        return None
    file = SourceFile(example["file"], example["text"].encode())
    found: set[str] = set()
    for claim in formats.claims([example["file"]], begun={example["file"]: head}):
        try:
            read = Read(claim, tuple(parts(file, claim)))
        except UnreadableError:
            continue
        proved = evidence([read], signatures, formats, rules)
        found.update(each.id for each in proved if each.sent.by in _SURE)
        found.update(each.type for each in declared([read]))
    return found
