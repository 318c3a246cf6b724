"""Two repositories judged: what only looks different is judged alike, and what is less known is judged no better."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tests.fuzz.seeds import Files
from tests.fuzz.trial import Fault, judged

ASSUMED = ("--assume", "health")
PLACED = ("role", "provider", "service", "region", "country", "area", "control", "technology")


def _about(finding: Mapping[str, Any]) -> str:
    """What a finding says, without where it stands."""
    place = finding["placement"] or {}
    data = "+".join(sorted(finding["data"]))
    return " ".join(
        map(str, (
            finding["policy"], finding["verdict"], finding["severity"], _address(finding["address"]), data,
            *(place.get(each) for each in PLACED), "suppressed" if finding["suppressed"] else "",
        ))
    )  # fmt: skip


def _address(address: str) -> str:
    """An address without the file in which it was found."""
    return re.sub(r"config:[^#]*#", "config:#", address)


def alike(place: Path, files: Files, other: Files) -> Iterator[Fault]:
    """What is judged otherwise of the same repository written otherwise."""
    one, two = judged(place, files, *ASSUMED), judged(place, other, *ASSUMED)
    if one is None or two is None:
        if one is not two:
            yield Fault("same: only one can be scanned", "")
        return
    before, after = (Counter(map(_about, each["findings"])) for each in (one, two))
    lost, more = before - after, after - before
    if lost or more:
        kind = (
            "other findings"
            if lost and more
            else "fewer findings"
            if lost
            else "more findings"
        )
        policies = sorted({each.split()[0] for each in (lost or more)})
        yield Fault(f"same: {kind}: {policies[0]}", _difference(lost, more))
    if len(one["failures"]) != len(two["failures"]):
        failed = [each["message"] for each in (*one["failures"], *two["failures"])]
        yield Fault("same: other failures", "\n".join(failed))


def _difference(lost: Counter[str], more: Counter[str]) -> str:
    return "\n".join((*(f"- {each}" for each in lost), *(f"+ {each}" for each in more)))


HOUSEKEEPING = ("ignore-", "attestation-", "data-class-", "qualification-", "saas-")
"""How policies begin that judge no placement."""
Key = tuple[str, str, str]


def _verdicts(report: Mapping[str, Any]) -> Mapping[Key, set[str]]:
    """Verdicts by policy, address without its instance, and role."""
    found: dict[Key, set[str]] = defaultdict(set)
    for each in report["findings"]:
        if each["role"] is None and each["policy"].startswith(HOUSEKEEPING):
            continue
        address = re.sub(r"\[[^]]*\]", "", _address(each["address"]))
        found[each["policy"], address, each["role"] or ""].add(each["verdict"])
    return found


def no_better(place: Path, files: Files, less: Files) -> Iterator[Fault]:
    """What is judged better where less is known."""
    one, two = judged(place, files, *ASSUMED), judged(place, less, *ASSUMED)
    if one is None or two is None:
        return
    before, after = _verdicts(one), _verdicts(two)
    spoken = {address for _, address, _ in after}
    for key, old in before.items():
        new = after.get(key, set())
        if new == {"compliant"} and old != new:
            yield Fault(f"unknown: better: {key[0]}", f"{key}: {old} then {new}")
        told_by_value = key[1].startswith(
            ("config:", "compose:")
        )  # a name alone may say nothing
        if "violation" in old and not new and key[1] not in spoken and not told_by_value:
            yield Fault(f"unknown: gone: {key[0]}", f"{key}: {old} then nothing")
