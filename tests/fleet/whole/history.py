"""A small organisation in four runs, of which everything that is told can be worked out on paper."""

from __future__ import annotations

from pathlib import Path

from benchmarks.fleet_results import (
    GOOGLE,
    MAILJET,
    NOBODY,
    PARIS,
    SCALEWAY,
    VIRGINIA,
    Attested,
    Thing,
    result,
    write_run,
)
from sovlint.fleet.result import RepositoryResult, Status
from sovlint.fleet.store.store import FleetStore, open_store
from sovlint.model.offers import Ask, Offer, OfferKind

CERTIFIED = "health-data-on-certified-host"
CLAIMS, PORTAL = "@m/claims", "@m/portal"
HOST = "api.internal.example"
DAYS = ("2026-09-01", "2026-10-01", "2026-11-01", "2026-11-20")


def claims(day: str, *things: Thing) -> RepositoryResult:
    """The repository of the claims, which uses the portal's host."""
    return result(
        "g/claims", things, owners=[CLAIMS], day=day, asks=[Ask(OfferKind.HOST, HOST)]
    )


def portal(day: str, root: str) -> RepositoryResult:
    """The portal, whose only root is a folder; it has an attestation."""
    things = [
        Thing("scaleway_object_bucket.b", SCALEWAY, held=("hds",), root=root),
        Thing("aws_sqs_queue.q", NOBODY, ("contact",), "unproven", "warning", root=root, path=f"{root}/q.tf"),
    ]  # fmt: skip
    return result(
        "g/portal",
        things,
        owners=[PORTAL],
        day=day,
        unclassified=2,
        attested=[Attested("hds scaleway fr-par", "DPO", "2027-03-31")],
        offers=[Offer(OfferKind.HOST, (HOST,), "ingress.yaml", 3)],
    )


def letters(day: str, name: str, *more: Thing) -> RepositoryResult:
    """What sends letters; nobody owns it, and it is called otherwise since the second run."""
    mail = Thing("mail", MAILJET, ("contact",), "violation", "warning", "control-outside-eea")
    return result(name, [mail, *more], addresses=["https://git.example/letters.git"], day=day)


def runs() -> tuple[tuple[RepositoryResult, ...], ...]:
    """The results of each run."""
    away = Thing("aws_s3_bucket.a", VIRGINIA, verdict="violation")
    doubted = Thing("aws_s3_bucket.b", PARIS, verdict="unproven", policy=CERTIFIED)
    broken = Thing("aws_s3_bucket.b", PARIS, verdict="violation", policy=CERTIFIED)
    moved = Thing("aws_s3_bucket.b", GOOGLE, verdict="violation", policy=CERTIFIED)
    excused = Thing("aws_s3_bucket.c", PARIS, verdict="violation", until="2026-12-31")
    lost = Thing("aws_sqs_queue.l", NOBODY, verdict="unproven")
    one, two, three, four = DAYS
    timed_out = result(
        "g/portal", status=Status.TIMED_OUT, reason="600 s", owners=[PORTAL], day=three
    )
    return (
        (claims(one, away, doubted), portal(one, "infra/a"), letters(one, "g/letters")),
        (claims(two, broken, excused), portal(two, "infra/b"), letters(two, "g/mail")),
        (claims(three, moved, excused), timed_out, letters(three, "g/mail", lost)),
        (
            claims(four, moved, excused),
            portal(four, "infra/b"),
            letters(four, "g/mail", lost),
        ),
    )


def store(folder: Path, count: int = 4) -> tuple[FleetStore, list[str]]:
    """The store of the first runs, and their names."""
    made = open_store(f"{folder / 'store'}", create=True)
    pairs = zip(runs()[:count], DAYS, strict=False)
    return made, [write_run(made, results, day) for results, day in pairs]
