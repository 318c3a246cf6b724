"""Results and runs that tests of a store write."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from sovlint.fleet.result import FleetRepository, RepositoryResult, Status
from sovlint.fleet.results import FleetRun
from sovlint.fleet.store.asking import ask
from sovlint.fleet.store.store import FleetStore
from sovlint.model.offers import Ask, Offer, OfferedFact, OfferedStep, OfferKind
from sovlint.model.text import Bilingual

DAY = "2026-11-24"
PLACEMENT: dict[str, Any] = {
    "role": "at-rest", "provider": "aws", "service": "s3", "region": None, "country": "GB", "area": [],
    "control": ["US"], "technology": ["US"], "qualifications": [{"name": "hds", "version": "2"}], "exists": True,
    "unknown": {"region": "multi-valued: two"}, "among": {"region": ["eu-west-1", "eu-west-2"], "control": [["US"], ["FR"]]},
    "because": [{"path": "a.tf", "line": 2, "note": "said here"}],
}  # fmt: skip
RESOURCE: dict[str, Any] = {
    "address": "aws_s3_bucket.a", "type": "aws_s3_bucket", "front_end": "terraform", "root": "", "variant": None,
    "library": False, "exists": None, "path": "a.tf", "line": 1, "end_line": 4, "unknown": {},
    "data": [{"class": "health", "how": "declared", "because": []}], "placements": [PLACEMENT],
}  # fmt: skip
FACTS: dict[str, Any] = {
    "resources": [RESOURCE, {**RESOURCE, "address": "x.y", "data": None, "placements": []}],
    "flows": [{
        "kind": "logs", "from": {"root": "", "variant": None, "address": "aws_s3_bucket.a"},
        "to": {"provider": "datadog"}, "path": "a.tf", "line": 3,
    }],
}  # fmt: skip
FINDING: dict[str, Any] = {
    "policy": "health-data-in-eea", "verdict": "violation", "severity": "error", "root": "", "variant": None,
    "address": "aws_s3_bucket.a", "role": "at-rest", "path": "a.tf", "line": 1, "end_line": 4, "message": "é “outside”",
    "data": ["health"], "how": {"health": "declared"}, "placement": PLACEMENT, "because": [], "fingerprint": "f" * 32,
    "basis": "sourced", "rests_on": ["law"], "cause": None,
    "suppressed": {"kind": "waiver", "reason": "", "until": "2026-12-01", "path": "b", "line": 1},
}  # fmt: skip
OFFER = Offer(
    OfferKind.STATE,
    ("s3/claims", "s3/claims/env"),
    "a.tf",
    3,
    facts={"region": OfferedFact(None, ("a", "b")), "provider": OfferedFact("aws")},
    outputs={"bucket": {"known": [1, None, "x"]}},
    files={"main.tf": "resource\n"},
    because=(OfferedStep("a.tf", 1, Bilingual("said here", "dit ici")),),
)


def document(*findings: dict[str, Any]) -> str:
    """What a scan prints."""
    report = {
        "policy_set": "sovereign-health",
        "findings": findings,
        "failures": [{"path": "b.tf", "line": 1, "column": 2, "message": "no"}],
        "remarks": [{"path": None, "line": None, "message": "so"}],
        "coverage": {"files": 2, "resources": 2},
        "provenance": {"tool": "1"},
    }
    return json.dumps(report, ensure_ascii=False, indent=1) + "\n"


def repository(name: str) -> FleetRepository:
    """A repository of this name."""
    return FleetRepository(
        name, "", "main", "a" * 40, ("https://git.example/x.git",), ("@team",)
    )


def result(name: str, digest: str = "d1", **changed: Any) -> RepositoryResult:
    """What came of reading it."""
    told: dict[str, Any] = {
        "status": Status.READ,
        "as_of": DAY,
        "document": document(FINDING, {**FINDING, "suppressed": None}),
        "facts": FACTS,
        "offers": (OFFER,),
        "asks": (Ask(OfferKind.HOST, "claims.internal.example"),),
        "made": {"register:dora": '{"rows": []}'},
        **changed,
    }
    return RepositoryResult(repository(name), digest, **told)


def failed(name: str, digest: str = "d1") -> RepositoryResult:
    """What came of a reading that took too long."""
    return RepositoryResult(
        repository(name), digest, Status.TIMED_OUT, DAY, "too long", holds_until="0001-01-01"
    )


def run(name: str, *repositories: str, **changed: Any) -> FleetRun:
    """A run over repositories of these names."""
    told: dict[str, Any] = {
        "began": "2026-11-24T08:00:00Z",
        "as_of": DAY,
        "tool": "1",
        "code": "c",
        **changed,
    }
    return FleetRun(name, repositories=tuple(map(repository, repositories)), **told)


def done(store: FleetStore, name: str, results: Iterable[RepositoryResult]) -> None:
    """A run from begin to end, which writes what isn't there."""
    listed = list(results)
    told = run(name, *(each.repository.name for each in listed))
    store.begin(told)
    for each in listed:
        if not store.has(each.repository.name, each.digest, DAY):
            store.write(each)
    store.finish(told, [(each.repository.name, each.digest) for each in listed])


def asked(store: FleetStore, question: str, run: str | None = None) -> list[Any]:
    """The rows that a question comes to; a row of one as itself."""
    store.refresh()
    rows = ask(store, question, run).rows
    return [row[0] if len(row) == 1 else tuple(row) for row in rows]
