"""The words that the page filters by: data classes, roots, companies and verdicts of findings and placements."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from msgspec import Struct

from sovlint.model.findings.finding import Finding, Verdict
from sovlint.model.placement import Placement
from sovlint.model.redaction.redact import mask, safe_text
from sovlint.model.resources.resource import Resource
from sovlint.model.value import Fact, Known
from sovlint.report.page.words import Both, named, said, token
from sovlint.report.pieces.landings import Landed

NOBODY: Final = "-"
"""The word for a company, a root or a class that isn't known, or that there is none of."""

WORST: Final = (Verdict.VIOLATION, Verdict.UNPROVEN, Verdict.COMPLIANT)


class Tags(Struct, frozen=True):
    """What the page filters by: words of each kind, parted by blanks."""

    classes: str
    root: str
    company: str
    verdict: str

    def __html__(self) -> str:
        """The attributes of an element; every word is written so that nothing in it needs an escape."""
        return (
            f'data-class="{self.classes}" data-root="{self.root}"'
            f' data-company="{self.company}" data-verdict="{self.verdict}"'
        )


def worst_of(verdicts: Iterable[str]) -> str:
    """The worst of verdicts, or ``-``."""
    found = set(verdicts)
    return next((each.value for each in WORST if each in found), NOBODY)


def known(fact: Fact[str] | None) -> str:
    """A value that may be shown, without secrets; empty where it isn't known."""
    if not isinstance(fact, Known) or fact.sensitive:
        return ""
    return mask(str(fact.value))


def verdict_words(verdict: str) -> Both:
    """A verdict in plain words; ``-`` where no policy binds."""
    return said(f"page.verdict-{'none' if verdict == NOBODY else verdict}")


def company_id(placement: Placement | None) -> str:
    """The company that a placement is at."""
    return token(known(placement.provider) if placement else "")


def company_name(placement: Placement | None) -> Both:
    """What it is called."""
    if placement is None or not known(placement.provider):
        return said("page.no-company")
    return named(safe_text(mask(placement.provider_name or known(placement.provider))))


def root_id(resource: Resource) -> str:
    """The root that a resource is read from."""
    return token(resource.root or "")


def root_name(resource: Resource) -> Both:
    """What it is called: its folder."""
    return said("report.no-root") if not resource.root else named(safe_text(resource.root))


def tags(findings: Iterable[Finding]) -> Tags:
    """What findings that are told together are filtered by."""
    listed = list(findings)
    return Tags(
        words(claim.data_class for one in listed for claim in one.claims),
        _joined(root_id(one.resource) for one in listed),
        _joined(company_id(one.placement) for one in listed),
        _joined(one.verdict.value for one in listed),
    )


def tags_of(found: Iterable[Landed]) -> Tags:
    """What placements that are told together are filtered by."""
    listed = list(found)
    return Tags(
        words(name for one in listed for name in classes_of(one)),
        _joined(root_id(one.placed.resource) for one in listed),
        _joined(company_id(one.placement) for one in listed),
        _joined(one.verdict or NOBODY for one in listed),
    )


def words(ids: Iterable[str]) -> str:
    """Ids as words of an attribute."""
    return _joined(map(token, ids)) or NOBODY


def classes_of(one: Landed) -> tuple[str, ...]:
    """Ids of the data classes of what is placed."""
    return tuple(dict.fromkeys(claim.data_class for claim in one.placed.classes.claims))


def _joined(ids: Iterable[str]) -> str:
    return " ".join(sorted(set(ids)))
