"""Every text that a report holds is known to be scanned or not, and what is scanned loses its secrets in every format.

A field that is new is in neither table below: this test asks which it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any, Final

import pytest
from msgspec import Struct

from sovlint.model.findings.finding import Report
from sovlint.report.page.page import render as page
from tests.gate.canaries.leaks import leaks
from tests.gate.canaries.test_canaries import STYLE, TABLES, report

SCANNED: Final = {
    "Source.overlay",
    "Absorbed.path", "Audited.approver", "Audited.owner", "Audited.reason", "Audited.ticket", "Cause.name",
    "Classes.strange", "Failure.path", "Identity.address", "Identity.root", "Landing.folder", "Link.address", "Named.called",
    "Note.params[]", "OwnRule.names", "OwnRule.path", "Placement.sent", "Remark.path",
    "Report.config_keys[key]", "Resource.address", "Resource.names", "Resource.root", "Resource.variant",
    "RuleDetail.after", "RuleDetail.before", "RuleDetail.name", "Sent.key", "Span.path", "Span.repository",
    "Suppression.path", "Suppression.reason", "Unknown.detail", "Unknown.said",
    "Vouched.evidence", "Vouched.owner",
}  # fmt: skip
"""What files say."""

OURS: Final = {
    "Attribute.name", "Audited.policies", "Bilingual.en", "Bilingual.fr", "Binding.plugin", "Cause.claim",
    "Cause.kind", "ClassClaim.data_class", "Digests.attestations", "Digests.configuration", "Digests.exceptions",
    "Digests.policies", "Report.root_from_here", "ShownBy.about", "ShownBy.state",
    "Finding.policy", "Finding.rests_on", "Flow.kind", "Flow.target_provider", "Holding.name", "Holding.offer",
    "Holding.version", "Identity.policy", "Identity.provider", "Identity.region", "Identity.role",
    "Labels.declarer", "Labels.keys", "Link.kind", "Note.key", "Note.params[key]", "Placement.provider_name",
    "PolicyText.data", "PolicyText.id", "PolicyText.rests_on", "Provenance.catalogue", "Provenance.tool",
    "ProviderConfig.plugin", "Remedy.country", "Remedy.name", "Remedy.provider", "Remedy.region",
    "Remedy.service", "Report.as_of", "Report.catalogue_date", "Report.hds_scope", "Report.policies[key]",
    "Report.policy_set", "Resource.front_end", "Resource.lacks", "Resource.role", "Resource.type", "Sent.company",
    "Sent.link", "Sent.provider", "Sent.role", "ServiceKind.id", "Soil.areas", "Soil.state", "Source.confidence",
    "Source.date", "Source.read_by", "Source.read_on", "Source.reviewed_by", "Source.reviewed_on", "Source.words",
    "Source.supports", "Source.supports_fr", "Source.url", "SourceDates.read_again", "SourceDates.undated",
    "StateOnDay.areas", "StateOnDay.code", "Vouched.claim", "Vouched.kind", "World.classes[key]",
    "World.covers[]", "World.covers[key]", "World.kinds[key]", "World.providers[]", "World.providers[key]",
    "World.qualifications[key]", "World.states[key]",
}  # fmt: skip
"""What we or the catalogue say, or an id of it."""

INNER: Final = {
    "Block.kind", "Block.labels", "Body.attributes[key]", "BodyAttributes._read[key]", "Call.name",
    "Env.bound[key]", "Known.value", "Known.value[key]", "Literal.value", "Report.excerpts[]",
    "Report.excerpts[key]", "Traversal.root", "Traversal.steps",
}  # fmt: skip
"""Values before they are looked up in the catalogue, and lines that were masked when they were read."""

SECRET: Final = " password=hunter999x"


class _Seeding:
    """Copies a report with a secret in every field that is scanned, and remembers which fields hold text."""

    def __init__(self) -> None:
        self.met: set[str] = set()
        self._done: dict[int, tuple[Any, Any]] = {}

    def copy(self, value: Any, where: str = "") -> Any:
        if isinstance(value, str) and not isinstance(value, Enum):
            self.met.add(where)
            return value + SECRET if where in SCANNED else value
        if id(value) in self._done:
            return self._done[id(value)][1]
        if isinstance(value, Struct):
            copied = self._struct(value)
        elif isinstance(value, tuple | list | frozenset | set):
            copied = type(value)(self.copy(each, where) for each in value)
        elif isinstance(value, Mapping) and isinstance(value, dict):
            copied = {
                self._key(key, where): self.copy(each, f"{where}[]")
                for key, each in value.items()
            }
        else:
            copied = value
        self._done[id(value)] = (value, copied)
        return copied

    def _key(self, key: Any, where: str) -> Any:
        return self.copy(key, f"{where}[key]")

    def _struct(self, value: Struct) -> Any:
        kind = type(value).__name__
        given = {name: getattr(value, name) for name in value.__struct_fields__}
        copied = {name: self.copy(each, f"{kind}.{name}") for name, each in given.items()}
        if all(copied[name] is each for name, each in given.items()):
            return value
        return type(value)(**copied)


def seeded(front_end: str) -> tuple[Report, set[str]]:
    seeding = _Seeding()
    copied: Report = seeding.copy(report(front_end))
    return copied, seeding.met


def outputs(found: Report) -> Iterator[tuple[str, str]]:
    for command, table in TABLES.items():
        for name, render in table.items():
            yield f"{command} {name}", render(found, "en", STYLE)
    yield "page", page(found, "en", {})


FRONT_ENDS: Final = ("own", "terraform-json", "inventories", "compose")


@pytest.mark.parametrize("front_end", FRONT_ENDS)
def test_every_field_that_is_scanned_loses_its_secrets(front_end: str) -> None:
    found, _ = seeded(front_end)
    leaked = {name: leaks(text)[:3] for name, text in outputs(found)}
    assert {name: each for name, each in leaked.items() if each} == {}


@pytest.mark.parametrize("front_end", FRONT_ENDS)
def test_it_is_known_of_every_field_whether_it_is_scanned(front_end: str) -> None:
    _, met = seeded(front_end)
    assert met - SCANNED - OURS - INNER == set()
