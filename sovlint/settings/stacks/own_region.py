"""Files that say themselves in which region they are deployed, where a pipeline says otherwise: it is one of both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from sovlint.model.value import Known, Value, known_of
from sovlint.rules.files.configuration import Entry
from sovlint.rules.keys import KeyPath, below
from sovlint.settings.declared import StackGiven, says_itself
from sovlint.settings.file_evidence import Read
from sovlint.settings.names import join_keys
from sovlint.settings.stacks.overrides import against


def against_deployed(read: Read, deployed: Mapping[str, StackGiven]) -> Read:
    """A file as it may be deployed. ``deployed``: by path, what pipelines give those that they deploy."""
    rule, given = read.claim.format.declares, deployed.get(read.claim.path)
    if rule is None or rule.region is None or given is None:
        return read
    if not given.regions or not says_itself(rule, read.claim):
        return read
    regions = [each.value for each in given.regions]
    parts = tuple(
        replace(
            part,
            entries=tuple(_against(each, rule.region.at, regions) for each in part.entries),
        )
        for part in read.parts
    )
    return replace(read, parts=parts)


def _against(entry: Entry, at: Sequence[KeyPath], regions: Sequence[Value]) -> Entry:
    """An entry; the region is one of both where a pipeline gives another one."""
    if not isinstance(entry.value, Known) or not any(below(entry.path, each) for each in at):
        return entry
    others = [each for each in regions if known_of(each) != known_of(entry.value)]
    if not others:
        return entry
    value = against(entry.value, others, join_keys(entry.path), is_whole=True)
    return replace(entry, value=value)
