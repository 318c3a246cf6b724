"""What would be otherwise over all repositories where something is supposed: companies, states, findings by repository
and team, the worst first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from sovlint.errors import SovlintError
from sovlint.files.regular_files import regular_bytes
from sovlint.fleet.again import Again, MadeText, made, newest
from sovlint.fleet.core import check_suppositions
from sovlint.fleet.options import of_data
from sovlint.fleet.wanted import SUPPOSE
from sovlint.model.findings.supposed import Becomes
from sovlint.model.text import Note

if TYPE_CHECKING:
    from sovlint.fleet.store.store import FleetStore

_GRAVE: Final = (Becomes.NEW, Becomes.WORSE)
_ERROR: Final = "error"


class RepositoryFinding(Struct, frozen=True):
    """A finding as it is told: what becomes of it, as it is or as it would be."""

    becomes: Becomes
    policy: str
    verdict: str
    severity: str
    address: str
    path: str
    line: int
    message: str = ""

    @property
    def is_grave(self) -> bool:
        """Whether it would be an error that isn't one now."""
        return self.becomes in _GRAVE and self.severity == _ERROR


class StateLine(Struct, frozen=True):
    """A state whose laws or adequacy would be otherwise, and in how many repositories something is in its reach."""

    state: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    repositories: int


class RepositoryOutcome(Struct, frozen=True):
    """What would be otherwise in one repository; ``placements``: how many would have another fact."""

    repository: str
    owners: tuple[str, ...]
    findings: tuple[RepositoryFinding, ...]
    placements: int

    @property
    def badness(self) -> tuple[int, int, int, int, str]:
        """The worst first: by errors that would be new or worse, then by all of these, by others, by placements."""
        grave = sum(each.is_grave for each in self.findings)
        more = sum(each.becomes in _GRAVE for each in self.findings)
        return -grave, -more, -len(self.findings), -self.placements, self.repository


class FleetOutcome(Struct, frozen=True):
    """What one supposition (or all at once) would change on a day. ``companies`` and ``states`` say in how many
    repositories; ``before`` and ``after`` count the findings of all by verdict."""

    titles: tuple[str, ...]
    as_of: str
    before: Mapping[str, int]
    after: Mapping[str, int]
    companies: Mapping[str, int]
    states: tuple[StateLine, ...]
    repositories: tuple[RepositoryOutcome, ...]

    @property
    def changes(self) -> bool:
        """Whether anything would be otherwise anywhere."""
        return bool(self.repositories or self.states)

    def teams(self) -> list[tuple[str, Counter[Becomes]]]:
        """What becomes of findings by team, the worst first; of what nobody owns under an empty name."""
        found: dict[str, list[RepositoryFinding]] = {}
        for each in self.repositories:
            for team in each.owners or ("",):
                found.setdefault(team, []).extend(each.findings)
        order = sorted(
            found,
            key=lambda team: (
                -sum(each.is_grave for each in found[team]),
                -len(found[team]),
                team,
            ),
        )
        return [(team, Counter(each.becomes for each in found[team])) for team in order]


class FleetSupposed(Struct, frozen=True):
    """All outcomes, the day that they are held against, how many repositories were judged, and those that weren't, each
    with why."""

    day: str
    judged: int
    outcomes: tuple[FleetOutcome, ...]
    missing: Mapping[str, str]


class _Finding(Struct):
    policy: str
    verdict: str
    severity: str
    address: str
    path: str
    line: int = 0
    message: str = ""


class _Becoming(Struct):
    becomes: Becomes
    before: _Finding | None
    after: _Finding | None


class _State(Struct):
    state: str
    before: dict[str, Any]
    after: dict[str, Any]


class _Outcome(Struct):
    """The part of a repository's outcome, as its JSON has it, that is told of the whole."""

    titles: tuple[str, ...]
    as_of: str
    companies: tuple[str, ...]
    before: dict[str, int]
    after: dict[str, int]
    findings: tuple[_Becoming, ...]
    placements: tuple[Any, ...]
    states: tuple[_State, ...]


def fleet_supposed(file: Path, store: FleetStore, how: Again, language: str) -> FleetSupposed:
    """What a file of suppositions would change in the repositories of a store's newest state.

    Raises ``SovlintError`` where the file is wrong, the store has no run or can't be read or written, or the workers are
    gone.
    """
    state = newest(store)
    text = _text(file)
    options = of_data(state.last.begun.options)
    check_suppositions(file, options, date.fromisoformat(state.day))
    want = f"{SUPPOSE}:{sha256(text.encode()).hexdigest()}"
    found = made(store, state, want, replace(how, text=text))
    parts = [
        (each, msgspec.json.decode(each.text, type=dict[str, tuple[_Outcome, ...]])[language])
        for each in found
        if each.text
    ]
    return FleetSupposed(
        day=state.day,
        judged=len(parts),
        outcomes=tuple(_outcomes(parts)),
        missing={each.repository.name: each.reason for each in found if not each.text},
    )


def _text(file: Path) -> str:
    try:
        data = regular_bytes(str(file))
    except OSError as error:
        raise SovlintError(f"{file} can't be read: {error.strerror}.") from None
    if isinstance(data, Note):
        raise SovlintError(f"{file} is no file, or too large to hold suppositions.")
    return data.decode("utf-8", "replace")


def _outcomes(
    parts: Sequence[tuple[MadeText, tuple[_Outcome, ...]]],
) -> Iterator[FleetOutcome]:
    """Each supposition over all repositories: they are in one order everywhere."""
    for same in zip(*(outcomes for _, outcomes in parts), strict=True):
        yield _outcome([made for made, _ in parts], same)


def _outcome(found: Sequence[MadeText], same: Sequence[_Outcome]) -> FleetOutcome:
    changed = [
        _repository(each, one)
        for each, one in zip(found, same, strict=True)
        if one.findings or one.placements
    ]
    concerned = (
        company
        for one in same
        if one.findings or one.placements or one.states
        for company in one.companies
    )
    return FleetOutcome(
        titles=same[0].titles,
        as_of=same[0].as_of,
        before=_sum(one.before for one in same),
        after=_sum(one.after for one in same),
        companies=dict(
            sorted(Counter(concerned).items(), key=lambda each: (-each[1], each[0]))
        ),
        states=tuple(_states(same)),
        repositories=tuple(sorted(changed, key=lambda each: each.badness)),
    )


def _repository(found: MadeText, one: _Outcome) -> RepositoryOutcome:
    findings = [
        RepositoryFinding(
            each.becomes, told.policy, told.verdict, told.severity, told.address, told.path, told.line, told.message
        )
        for each in one.findings
        if (told := each.after or each.before) is not None
    ]  # fmt: skip
    findings.sort(key=lambda each: not each.is_grave)
    repository = found.repository
    return RepositoryOutcome(
        repository.name, repository.owners, tuple(findings), len(one.placements)
    )


def _states(same: Iterable[_Outcome]) -> Iterator[StateLine]:
    found: dict[str, list[_State]] = {}
    for one in same:
        for state in one.states:
            found.setdefault(state.state, []).append(state)
    for code in sorted(found):
        first = found[code][0]
        yield StateLine(code, first.before, first.after, len(found[code]))


def _sum(counts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    total: dict[str, int] = {}
    for each in counts:
        for verdict, count in each.items():
            total[verdict] = total.get(verdict, 0) + count
    return total
