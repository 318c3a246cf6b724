"""Results of repositories that nobody read: small ones by hand for tests, and thousands for measuring."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from sovlint.fleet.result import FleetRepository, RepositoryResult, Status
from sovlint.fleet.results import FleetRun
from sovlint.fleet.store.runs import RunKind
from sovlint.fleet.store.store import FleetStore
from sovlint.model.findings.identity import Identity
from sovlint.model.offers import Ask, Offer, OfferKind

POLICY: Final = "health-data-in-eea"


class Where(Struct, frozen=True):
    """A company, its region, the country, its areas, and who can compel the company."""

    provider: str | None
    region: str | None
    country: str | None
    control: tuple[str, ...]

    @property
    def area(self) -> tuple[str, ...]:
        """The areas of the country."""
        return ("EEA", "EU") if self.country in ("FR", "DE", "IE") else ()


PARIS = Where("aws", "eu-west-3", "FR", ("US",))
VIRGINIA = Where("aws", "us-east-1", "US", ("US",))
SCALEWAY = Where("scaleway", "fr-par", "FR", ("FR",))
OUTSCALE = Where("outscale", "eu-west-2", "FR", ("FR",))
GOOGLE = Where("google-cloud", "europe-west9", "FR", ("US",))
AZURE = Where("microsoft-azure", "germanywestcentral", "DE", ("US",))
OVH = Where("ovhcloud", "GRA", "FR", ("FR",))
MAILJET = Where("mailjet", None, "DE", ("SE", "US"))
NOBODY = Where(None, None, None, ())
PLACES: Final = (PARIS, VIRGINIA, SCALEWAY, OUTSCALE, GOOGLE, AZURE, OVH, MAILJET, NOBODY)


class Thing(Struct, frozen=True):
    """One placement of a resource, and what is found there: a verdict, a severity and a policy; nothing without a verdict.

    ``until``: a waiver of the finding, and its last day. ``held``: qualifications.
    """

    address: str
    where: Where
    classes: tuple[str, ...] = ("health",)
    verdict: str = ""
    severity: str = "error"
    policy: str = POLICY
    root: str | None = None
    path: str = "main.tf"
    line: int = 1
    until: str = ""
    held: tuple[str, ...] = ()
    role: str = "at-rest"
    how: str = "declared"

    @property
    def fingerprint(self) -> str:
        """That of its finding."""
        where = self.where
        return Identity(
            self.policy,
            self.root,
            None,
            self.address,
            self.role,
            where.provider,
            where.region,
        ).fingerprint

    @property
    def placement(self) -> dict[str, Any]:
        """As facts and findings have it."""
        where = self.where
        unknown = (
            {}
            if where.provider
            else dict.fromkeys(("provider", "region", "country", "control"), "no-evidence")
        )
        return {
            "role": self.role, "provider": where.provider, "service": None, "region": where.region,
            "country": where.country, "area": [*where.area], "control": [*where.control], "technology": [],
            "qualifications": [{"name": each} for each in self.held], "exists": True, "unknown": unknown, "among": {},
            "because": [],
        }  # fmt: skip


class Attested(Struct, frozen=True):
    """What somebody vouches for, until a day."""

    claim: str
    owner: str
    until: str


class Around(Struct, frozen=True):
    """What else a result says."""

    status: Status = Status.READ
    reason: str = ""
    owners: Sequence[str] = ()
    addresses: Sequence[str] = ()
    day: str = "2026-11-01"
    attested: Sequence[Attested] = ()
    offers: Sequence[Offer] = ()
    asks: Sequence[Ask] = ()
    unclassified: int = 0


def result(name: str, things: Sequence[Thing] = (), **given: Any) -> RepositoryResult:
    """The result of a repository that has these things in it; ``given`` are fields of ``Around``."""
    about = Around(**given)
    is_read = about.status is Status.READ
    document = _document(things, about) if is_read else {}
    facts = _facts(things, document, about.unclassified) if is_read else {}
    told = repr((name, things, replace(about, day="")))
    digest = sha256(told.encode()).hexdigest()
    return RepositoryResult(
        repository=FleetRepository(
            name,
            "",
            "main",
            digest[:40],
            tuple(about.addresses),
            tuple(about.owners),
            "2026-10-20T10:00:00Z",
        ),
        digest=digest,
        status=about.status,
        as_of=about.day,
        reason=about.reason,
        document=json.dumps(document, indent=2) if document else "",
        facts=facts,
        offers=tuple(about.offers),
        asks=tuple(about.asks),
        tool="0.9",
        catalogue="2026-11-28",
    )


def write_run(
    store: FleetStore,
    results: Iterable[RepositoryResult],
    day: str,
    kind: RunKind = RunKind.FLEET,
) -> str:
    """Write a run of these results that has ended; its id."""
    number = len(store.runs()) + 1
    run = FleetRun(f"run-{number:02d}", f"{day}T08:00:00Z", day, "0.9", "c0de")
    store.begin(run, kind)
    pairs = []
    repositories = []
    for each in results:
        pair = (each.repository.name, each.digest)
        if not store.has(*pair, day):
            store.write(each)
        pairs.append(pair)
        repositories.append(each.repository)
    store.finish(replace(run, repositories=tuple(repositories)), pairs)
    store.refresh()
    return run.id


def _document(things: Sequence[Thing], about: Around) -> dict[str, Any]:
    carrying = sum(1 for each in things if each.classes)
    return {
        "schema": "sovlint-report/1",
        "as_of": about.day,
        "policy_set": "assurance",
        "findings": [_finding(each) for each in things if each.verdict],
        "failures": [],
        "remarks": [],
        "coverage": {
            "files": 1, "failed": 0, "resources": len(things) + about.unclassified, "placed": len(things),
            "classified": carrying,
        },
        "exceptions": [
            {
                "kind": "waiver", "state": "used", "policies": [each.policy], "reason": "accepted", "owner": "CISO",
                "approver": None, "ticket": None, "until": each.until, "path": "waivers.yaml", "line": 1, "note": None,
                "absorbed": [{}],
            }
            for each in things
            if each.until
        ],
        "attestations": [
            {"state": "used", "claim": each.claim, "owner": each.owner, "until": each.until, "turned": [{}]}
            for each in about.attested
        ],
        "provenance": None,
    }  # fmt: skip


def _finding(each: Thing) -> dict[str, Any]:
    return {
        "policy": each.policy, "verdict": each.verdict, "severity": each.severity, "root": each.root, "variant": None,
        "address": each.address, "role": each.role, "path": each.path, "line": each.line, "end_line": each.line,
        "message": "x", "remarks": [], "data": [*each.classes], "how": dict.fromkeys(each.classes, each.how),
        "placement": each.placement, "because": [], "sources": [], "fingerprint": each.fingerprint, "basis": None,
        "rests_on": ["law"], "cause": None,
        "suppressed": {"kind": "waiver", "until": each.until} if each.until else None,
    }  # fmt: skip


def _facts(
    things: Sequence[Thing], document: dict[str, Any], unclassified: int
) -> dict[str, Any]:
    resources: list[dict[str, Any]] = [
        {
            "address": each.address, "type": "aws_s3_bucket", "front_end": "terraform", "root": each.root, "variant": None,
            "library": False, "exists": True, "path": each.path, "line": each.line, "end_line": each.line, "unknown": {},
            "data": [{"class": name, "how": each.how, "because": []} for name in each.classes],
            "placements": [each.placement],
        }
        for each in things
    ]  # fmt: skip
    bare: dict[str, Any] = {
        "address": "x", "type": "x", "front_end": "terraform", "root": None, "variant": None, "library": False,
        "exists": True, "path": "main.tf", "line": 1, "end_line": 1, "unknown": {}, "data": [], "placements": [],
    }  # fmt: skip
    return {
        "resources": resources + [bare] * unclassified,
        "flows": [],
        "failures": [],
        "coverage": document["coverage"],
    }


_CLASSES: Final = (("health",), ("claims", "health"), ("contact",), ("nir",), ("iban",), ())
_POLICIES: Final = (
    "health-data-in-eea", "health-data-on-certified-host", "transfers-have-a-basis", "control-outside-eea",
)  # fmt: skip
_WORDS: Final = (
    "claims", "portal", "contracts", "refunds", "members", "letters", "care", "billing", "network", "analytics",
    "archive", "identity",
)  # fmt: skip
_SYSTEMS: Final = (
    "platform",
    "life",
    "health",
    "data",
    "group",
    "retail",
    "partners",
    "labs",
)


def organisation(count: int, seed: int = 1, run: int = 0) -> Iterator[RepositoryResult]:
    """``count`` repositories of an organisation that nobody has, with findings, teams, failures and what they tell each
    other; of its runs, one in twenty repositories changes from each to the next."""
    for number in range(count):
        yield _generated(number, count, random.Random(f"{seed}:{number}"), run)


def _generated(number: int, count: int, luck: random.Random, run: int) -> RepositoryResult:
    name = f"{_SYSTEMS[number % 8]}/{_WORDS[number % 12]}-{number:04d}"
    owners = [] if number % 17 == 0 else [f"@mutuelle/team-{number % 40:02d}"]
    address = f"https://git.mutuelle.example/{name}.git"
    if number % 61 == 0:
        statuses = (Status.TIMED_OUT, Status.BROKEN, Status.REFUSED, Status.OUT_OF_MEMORY)
        return result(
            name,
            status=statuses[number % 4],
            reason="it took more than 600 s",
            owners=owners,
            addresses=[address],
        )
    things = [_thing(at, luck) for at in range(luck.randrange(2, 60))]
    for change in range(run):
        if number % 20 == change % 20:
            things = [*things[1:], _thing(100 + change, luck), _thing(200 + change, luck)]
    host = f"{name.rpartition('/')[2]}.internal.mutuelle.example"
    others = [luck.randrange(count) for _ in range(luck.randrange(3))]
    return result(
        name,
        things,
        owners=owners,
        addresses=[address],
        offers=[Offer(OfferKind.HOST, (host,), "ingress.yaml", 3)],
        asks=[
            Ask(OfferKind.HOST, f"{_WORDS[each % 12]}-{each:04d}.internal.mutuelle.example")
            for each in others
        ],
        attested=[Attested("hds scaleway fr-par", "DPO", "2027-03-31")]
        if number % 50 == 0
        else [],
        unclassified=luck.randrange(40),
    )


def _thing(at: int, luck: random.Random) -> Thing:
    where = luck.choices(PLACES, weights=(12, 2, 8, 5, 4, 4, 5, 3, 5))[0]
    classes = luck.choice(_CLASSES)
    verdict = ""
    if classes and luck.random() < 0.5:
        verdict = "violation" if where.control and "US" in where.control else "unproven"
    return Thing(
        f"aws_s3_bucket.b{at}",
        where,
        classes,
        verdict,
        luck.choice(("error", "error", "warning")),
        luck.choice(_POLICIES),
        root="infra/prod",
        path=f"infra/prod/bucket-{at % 7}.tf",
        line=luck.randrange(1, 300),
        until="2027-01-31" if verdict and luck.random() < 0.02 else "",
        held=("hds",) if where is SCALEWAY else (),
    )
