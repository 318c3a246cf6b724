"""Four hundred repositories of which everything that the page counts can be worked out in one's head."""

from __future__ import annotations

from sovlint.fleet.result import Status
from sovlint.fleet.whole.view import (
    FleetView,
    FoundLine,
    LapseLine,
    Ratio,
    RepositoryFlow,
    RepositoryLine,
    RunInfo,
    TrendPoint,
    UseLine,
)
from sovlint.report.page.words import Both

COUNT = 400
TEAMS = 4
HOSTILE = "g/</script><script>alert(1)</script>&amp;"
RUN = RunInfo(
    "run-02", "2026-11-24", "2026-11-24T08:00:00Z", ("0.9",), ("2026-11-20",), ("assurance",)
)


def name(number: int) -> str:
    """What a repository is called; the last one wants to speak."""
    return f"g/r-{number:03d}" if number < COUNT - 1 else HOSTILE


def many() -> FleetView:
    """Half of all is with AWS, where it breaks a policy, half with Scaleway; every tenth couldn't be read; each uses
    something of the first one of its team."""
    numbers = [number for number in range(COUNT) if number % 10 != 9 or number == COUNT - 1]
    return FleetView(
        run=RUN,
        repositories=tuple(_repository(number) for number in range(COUNT)),
        uses=tuple(_use(number) for number in numbers),
        found=tuple(
            FoundLine(
                name(number), "health-data-in-eea", "violation", "error", "aws", "FR", ("FR", "US"), ("health",), 2,
                places=(("main.tf", number),),
            )
            for number in numbers
            if number % 2 == 0
        ),
        flows=tuple(
            RepositoryFlow(name(number), name(number % TEAMS), "host", f"h{number % TEAMS}.example")
            for number in numbers
            if number >= TEAMS
        ),
        lapses=(
            LapseLine("attestation", "2026-12-01", Both("paper", "papier"), (name(0),), 1),
            LapseLine("attestation", "2026-11-01", Both("old paper", "vieux papier"), (name(1),), 1),
            LapseLine("exception", "2028-01-01", Both("far", "loin"), (name(2),), 1),
        ),
        trend=tuple(
            TrendPoint(RunInfo(f"run-0{run}", f"2026-11-2{run}"), COUNT, 39, 400, 0, run, 0, 1, Ratio(9, 10), Ratio(1, 2))
            for run in (1, 2)
        ),
        titles={"health-data-in-eea": ("Health data stays in the EEA", "Les données de santé restent dans l'EEE")},
        names={"aws": "Amazon Web Services", "scaleway": "Scaleway"},
        new={name(0): 3},
    )  # fmt: skip


def _repository(number: int) -> RepositoryLine:
    failed = number % 10 == 9 and number != COUNT - 1
    return RepositoryLine(
        name(number),
        (f"@m/team-{number % TEAMS}",),
        Status.TIMED_OUT.value if failed else Status.READ.value,
        "600 s" if failed else "",
        f"{number:040x}",
        resources=0 if failed else 4,
        classified=0 if failed else 2,
        placements=0 if failed else 3,
        proved=0 if failed else 3,
        unread=2 if number == 0 else 0,
    )


def _use(number: int) -> UseLine:
    if number % 2 == 0:
        return UseLine(
            name(number), "aws", ("FR", "US"), False, "FR", ("health",), 3, "violation"
        )
    return UseLine(name(number), "scaleway", ("FR",), False, "FR", ("health",), 3)
