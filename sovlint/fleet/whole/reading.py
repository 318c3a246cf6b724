"""A run of a store as plain data; all SQL of the page and of the gate is here."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct
from msgspec.structs import replace

from sovlint.errors import SovlintError, did_you_mean
from sovlint.fleet.store import runs
from sovlint.fleet.store.duck import told
from sovlint.fleet.store.runs import EndedRun, ListedEntry, RunEntry, RunKind
from sovlint.fleet.store.views import connect_to
from sovlint.fleet.whole.companies import worst_verdict
from sovlint.fleet.whole.compare import NOTHING, Compared, compare_runs
from sovlint.fleet.whole.view import (
    FINE,
    UNPROVEN,
    VIOLATION,
    FleetFinding,
    FleetView,
    FoundLine,
    FoundTotal,
    LapseLine,
    Ratio,
    RepositoryFlow,
    RepositoryLine,
    RunInfo,
    RunSide,
    TrendPoint,
    UseLine,
)
from sovlint.fleet.whole.world_on_day import WorldOnDay
from sovlint.model.placement import CONFIG_ROLE, NOBODY_KNOWS, How
from sovlint.report.page.words import Both, said

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from sovlint.fleet.store.store import FleetStore

ResultKey = tuple[str, str]
"""A repository, and which of its results."""
LATEST: Final = "latest"
"""What the newest state is called where it isn't that of one run alone: pipelines have read repositories since."""
MOST_RUNS: Final = 12
"""Runs of the trend."""
MOST_PLACES: Final = 3
"""Places of findings that are alike, as far as they are kept."""

_PLACEMENT: Final = f"""(role IS NULL OR role <> '{CONFIG_ROLE}')
  AND (role IS NOT NULL OR map_contains(unknown, 'role')) AND exists IS NOT false"""
_PROVED: Final = """provider IS NOT NULL AND NOT coalesce(map_contains(unknown, 'control'), false)
  AND (country IS NOT NULL OR len(coalesce(area, [])) > 0)"""
_DOCUMENT: Final = r"""CASE WHEN json_valid(document) THEN document
  ELSE regexp_replace(document, '\\(u[dD][89a-fA-F])', '\\\\\1', 'g') END"""
"""A report as JSON that DuckDB takes: a name of a file that is no text is half a character there."""
_AT: Final = "country, coalesce(area, []) AS area, coalesce(control, []) AS control"

_LINES: Final = """SELECT repository, owners, status, coalesce(reason, ''), coalesce("commit", ''),
  coalesce(committed_at, ''), run, coalesce(addresses, []), coalesce(coverage.resources, 0),
  coalesce(coverage.classified, 0), coalesce(coverage.failed, 0), coalesce(tool, ''), coalesce(catalogue, ''),
  coalesce(policy_set, '') FROM repositories"""
_USES: Final = f"""SELECT run, repository, coalesce(provider, ''), {_AT},
  coalesce(map_contains(unknown, 'control'), false) AS others, list_sort(coalesce(classes, [])) AS classes, count(*),
  count(*) FILTER ({_PROVED}),
  list_distinct(flatten(list(list_transform(
    list_filter(coalesce(map_entries(how), []), lambda each: each.value <> '{How.INFERRED}'), lambda each: each.key
  )))) AS stated FROM facts WHERE {_PLACEMENT} GROUP BY ALL ORDER BY ALL"""
_FOUND: Final = f"""SELECT repository, policy, verdict, severity, provider, role, {_AT},
  list_sort(coalesce(data, [])) AS classes, suppressed IS NOT NULL AS excused, count(*),
  (list({{'path': path, 'line': line}} ORDER BY path, line))[:{MOST_PLACES}]
  FROM findings WHERE verdict <> 'compliant' GROUP BY ALL ORDER BY ALL"""
_TOTALS: Final = """SELECT run, repository, verdict, severity, count(*) FROM findings
  WHERE verdict <> 'compliant' AND suppressed IS NULL GROUP BY ALL ORDER BY ALL"""
_FINDINGS: Final = """SELECT run, repository, policy, verdict, severity, fingerprint, coalesce(root, ''),
  coalesce(variant, ''), address, coalesce(role, ''), coalesce(provider, ''), coalesce(region, ''),
  list_sort(coalesce(data, [])), path, coalesce(line, 0), suppressed IS NOT NULL
  FROM findings WHERE verdict <> 'compliant' AND list_contains(?, repository)
  ORDER BY repository, fingerprint, path, line, address, verdict, severity"""
_HELD: Final = f"""SELECT provider, qualification, repository, count(*) FROM (
    SELECT provider, repository, unnest(qualifications) AS qualification FROM facts
    WHERE {_PLACEMENT} AND provider IS NOT NULL AND len(coalesce(classes, [])) > 0
  ) GROUP BY ALL ORDER BY ALL"""
_VOUCHED: Final = f"""SELECT repository, each->>'claim', each->>'owner', each->>'until',
  json_array_length(each, '$.turned') FROM (
    SELECT repository, unnest(CAST(json_extract({_DOCUMENT}, '$.attestations') AS JSON[])) AS each FROM repositories
    WHERE document <> '' AND NOT contains(document, '"attestations": []')
  ) ORDER BY ALL"""
_EXCUSED: Final = f"""SELECT repository, each->>'kind', each->>'policies', each->>'path', each->>'line',
  each->>'until', json_array_length(each, '$.absorbed') FROM (
    SELECT repository, unnest(CAST(json_extract({_DOCUMENT}, '$.exceptions') AS JSON[])) AS each FROM repositories
    WHERE document <> '' AND NOT contains(document, '"exceptions": []')
  ) WHERE each->>'until' IS NOT NULL AND each->>'state' <> 'invalid' ORDER BY ALL"""
_COMPLIANT: Final = r"""SELECT repository,
  TRY_CAST(regexp_extract(document, '"summary": ?\{[^}]*"compliant": ?(\d+)', 1) AS INTEGER) AS count
  FROM repositories WHERE count > 0"""
_FLOWS: Final = """SELECT DISTINCT asks.repository, offered.repository, asks.kind, asks.key FROM asks JOIN (
    SELECT repository, kind, unnest(keys) AS key FROM offers
  ) AS offered ON asks.kind = offered.kind AND asks.key = offered.key AND asks.repository <> offered.repository
  ORDER BY ALL"""


class Snapshot(Struct, frozen=True):
    """What is told of: a run by its id, or the newest state (``run`` is ``None``), under a name."""

    run: str | None
    name: str
    day: str
    started: str = ""


def chosen(store: FleetStore, run: str | None) -> Snapshot:
    """The run of an id, or without one the newest state. Raises ``SovlintError`` where there is none."""
    ended = store.runs()
    if not ended:
        raise runs.none_ended(store.place)
    if run is not None:
        return _chosen(_run(ended, run))
    last = ended[-1]
    if last.begun.kind is RunKind.FLEET:
        return _chosen(last)
    return Snapshot(None, LATEST, _day(last), last.begun.began)


def before(store: FleetStore, after: Snapshot, against: str | None = None) -> Snapshot | None:
    """The run to hold another against: the one that was named, else the last one of the fleet before it; ``None`` where
    there is none. Raises ``SovlintError`` where none has that name, or where it is the same."""
    ended = store.runs()
    if against is not None:
        found = _chosen(_run(ended, against))
        if found.run == after.run:
            raise SovlintError(f"The run `{against}` can't be held against itself.")
        return found
    earlier = _earlier(ended, after)
    return _chosen(earlier[-1]) if earlier else None


def entries(ended: Sequence[EndedRun], what: Snapshot) -> dict[str, RunEntry]:
    """What is listed of each repository."""
    if what.run is None:
        return {each.entry.repository: each.entry for each in runs.latest(ended)}
    return {each.repository: each for each in _run(ended, what.run).entries}


def _earlier(ended: Sequence[EndedRun], after: Snapshot) -> list[EndedRun]:
    """The runs of the fleet before a state."""
    ids = [each.id for each in ended]
    last = len(ids) if after.run is None else ids.index(after.run)
    return [each for each in ended[:last] if each.begun.kind is RunKind.FLEET]


def _run(ended: Sequence[EndedRun], name: str) -> EndedRun:
    found = next((each for each in ended if each.id == name), None)
    if found is None:
        known = [each.id for each in ended]
        hint = did_you_mean(name, known) or (
            f"The last one is `{known[-1]}`." if known else ""
        )
        raise SovlintError(f"There is no run `{name}` that ended.", hint)
    return found


def _chosen(run: EndedRun) -> Snapshot:
    return Snapshot(run.id, run.id, _day(run), run.begun.began)


def _day(run: EndedRun) -> str:
    """The day of a run: as it says, else the last on which one of its results was read."""
    return run.begun.as_of or max((each.day for each in run.entries), default=run.ended[:10])


def _key(entry: RunEntry) -> str:
    """What tells a result from others of its repository."""
    return f"{entry.digest}@{entry.day}"


class _Batch(Struct):
    """Results that were read together, by repository and key: lines, totals, what lands where, what they were made with."""

    database: DuckDBPyConnection
    lines: dict[ResultKey, RepositoryLine]
    totals: dict[ResultKey, list[FoundTotal]]
    uses: list[tuple[Any, ...]]
    made_with: dict[ResultKey, tuple[str, str, str]]


class SnapshotReader:
    """What reads runs of a store. Each result is read once, however many runs list it."""

    def __init__(self, store: FleetStore) -> None:
        self.store = store
        self._ended = store.runs()
        self._batches: list[_Batch] = []
        self._where: dict[ResultKey, _Batch] = {}

    def __enter__(self) -> SnapshotReader:
        return self

    def __exit__(self, *_: object) -> None:
        for each in self._batches:
            each.database.close()

    def view(self, what: Snapshot, known: WorldOnDay) -> FleetView:
        """All that the page tells of a run."""
        batch = self._batch(self._entries(what).values())
        trend, last = self._trend(what)
        side = self._side(what, self._entries(what), set())
        found = tuple(map(_found, self._rows(batch, _FOUND)))
        flows = tuple(RepositoryFlow(*each) for each in _only(self._rows(batch, _FLOWS)))
        complying = dict(self._rows(batch, _COMPLIANT))
        return FleetView(
            run=side.run,
            repositories=tuple(
                replace(each, compliant=complying.get(each.name, 0))
                for each in side.repositories
            ),
            uses=tuple(_uses(batch.uses, found)),
            found=found,
            flows=flows,
            lapses=tuple(self._lapses(batch, known)),
            trend=trend,
            titles=known.titles,
            names=known.world.providers,
            new=Counter(
                each.repository for each in (*last.new, *(one.after for one in last.moved))
            ),
        )

    def sides(
        self, after: Snapshot, against: Snapshot | None
    ) -> tuple[RunSide, RunSide | None]:
        """Two runs, to be compared. Of a repository that the earlier one couldn't read, it has what the last run before
        found that could."""
        here = self._entries(after)
        if against is None:
            return self._side(after, here, set()), None
        there = self._entries(against)
        there |= self._before(against, [
            name for name, each in there.items() if each.status.value not in FINE
        ])  # fmt: skip
        differ = {
            name
            for name in {**here, **there}
            if name not in here or name not in there or _key(here[name]) != _key(there[name])
        }
        return self._side(after, here, differ), self._side(against, there, differ)

    def _entries(self, what: Snapshot) -> dict[str, RunEntry]:
        return entries(self._ended, what)

    def _before(self, against: Snapshot, unread: Sequence[str]) -> dict[str, RunEntry]:
        """Repositories as the last run read them that could."""
        found: dict[str, RunEntry] = {}
        for run in _earlier(self._ended, against):
            read = {
                each.repository: each for each in run.entries if each.status.value in FINE
            }
            found |= {name: read[name] for name in unread if name in read}
        return found

    def _side(
        self, what: Snapshot, listed: Mapping[str, RunEntry], differ: set[str]
    ) -> RunSide:
        """A run with the findings of some repositories."""
        self._load(listed.values())
        places = [(name, _key(listed[name])) for name in sorted(listed)]
        told = [(each, self._where[each]) for each in places if each in self._where]
        made_with = zip(*(batch.made_with[each] for each, batch in told), strict=True)
        lines = (
            replace(
                batch.lines[place],
                owners=listed[place[0]].owners or batch.lines[place].owners,
            )
            for place, batch in told
        )
        return RunSide(
            RunInfo(
                what.name,
                what.day,
                what.started,
                *(tuple(sorted(set(each) - {""})) for each in made_with),
            ),
            tuple(lines),
            tuple(total for place, batch in told for total in batch.totals.get(place, ())),
            tuple(self._findings([each for each in told if each[0][0] in differ])),
        )

    def _load(self, listed: Iterable[RunEntry]) -> None:
        """Read results that weren't read yet, all at once."""
        missing = [
            each for each in listed if (each.repository, _key(each)) not in self._where
        ]
        if missing:
            self._batch(missing)

    def _batch(self, listed: Iterable[RunEntry]) -> _Batch:
        """Read results together."""
        asked = [ListedEntry(_key(each), each) for each in listed]
        batch = _Batch(connect_to(self.store, asked), {}, {}, [], {})
        self._batches.append(batch)
        batch.uses = self._rows(batch, _USES)
        placements: Counter[ResultKey] = Counter()
        proved: Counter[ResultKey] = Counter()
        for key, repository, *_, count, sure, _stated in batch.uses:
            placements[repository, key] += count
            proved[repository, key] += sure
        for row in self._rows(batch, _LINES):
            place = (row[0], row[6])
            batch.lines[place] = _line(row, placements[place], proved[place])
            batch.made_with[place] = row[-3:]
            self._where[place] = batch
        for key, repository, verdict, severity, count in self._rows(batch, _TOTALS):
            total = FoundTotal(repository, verdict, severity, count)
            batch.totals.setdefault((repository, key), []).append(total)
        return batch

    def _findings(self, told: Sequence[tuple[ResultKey, _Batch]]) -> Iterator[FleetFinding]:
        """The findings of some results."""
        places = {place for place, _ in told}
        for batch in self._batches:
            names = [place[0] for place, where in told if where is batch]
            for key, *row in self._rows(batch, _FINDINGS, [names]) if names else ():
                if (row[0], key) in places:
                    yield _finding(row)

    def _trend(self, what: Snapshot) -> tuple[tuple[TrendPoint, ...], Compared]:
        """The last runs, and what became of findings in the last one."""
        earlier = _earlier(self._ended, what)[-MOST_RUNS + 1 :]
        self._load({
            (each.repository, _key(each)): each for run in earlier for each in run.entries
        }.values())  # fmt: skip
        listed = [*map(_chosen, earlier), what]
        points: list[TrendPoint] = []
        compared = NOTHING
        for number, each in enumerate(listed):
            after, then = self.sides(each, listed[number - 1] if number else None)
            compared = compare_runs(then, after)
            points.append(_point(after, compared))
        return tuple(points), compared

    def _lapses(self, batch: _Batch, known: WorldOnDay) -> Iterator[LapseLine]:
        """What ends, the first first."""
        found = [
            *_qualifications(self._rows(batch, _HELD), known),
            *map(_attestation, self._rows(batch, _VOUCHED)),
            *map(_exception, self._rows(batch, _EXCUSED)),
        ]
        yield from sorted(found, key=lambda each: (each.day, each.kind, each.text.en))

    def _rows(
        self, batch: _Batch, query: str, given: Sequence[Any] = ()
    ) -> list[tuple[Any, ...]]:
        with told(self.store.place):
            return batch.database.execute(query, given).fetchall()


def _point(side: RunSide, compared: Compared) -> TrendPoint:
    lines = side.repositories
    return TrendPoint(
        side.run,
        repositories=len(lines),
        failed=sum(not each.is_read for each in lines),
        violations=sum(each.count for each in side.totals if each.verdict == VIOLATION),
        unproven=sum(each.count for each in side.totals if each.verdict == UNPROVEN),
        new=len(compared.new),
        gone=len(compared.gone),
        moved=len(compared.moved),
        proved=Ratio(
            sum(each.proved for each in lines), sum(each.placements for each in lines)
        ),
        classified=Ratio(
            sum(each.classified for each in lines), sum(each.resources for each in lines)
        ),
    )


def _line(row: Sequence[Any], placements: int, proved: int) -> RepositoryLine:
    name, owners, status, reason, commit, committed, result, addresses, *counts = row[:-3]
    resources, classified, failed = counts
    return RepositoryLine(
        name, tuple(owners or ()), status, reason, commit, committed, result, tuple(addresses), resources,
        classified, placements, proved, failed,
    )  # fmt: skip


def _place(
    country: str | None, area: Sequence[str], control: Sequence[str]
) -> tuple[str, tuple[str, ...]]:
    """The country, or the first area where that is all that is known; and the states that can compel: those of the company
    and the one where it stands, as on the map."""
    where = country or (sorted(area)[0] if area else "")
    states = {*control, *([where] if where else [])} - {NOBODY_KNOWS}
    return where, tuple(sorted(states))


def _finding(row: Sequence[Any]) -> FleetFinding:
    *about, classes, path, line, excused = row
    names = FleetFinding.__struct_fields__[: len(about)]
    return FleetFinding(
        **dict(zip(names, about, strict=True)),
        classes=tuple(classes),
        path=path,
        line=line,
        excused=excused,
    )


def _found(row: Sequence[Any]) -> FoundLine:
    repository, policy, verdict, severity, provider, role, country, area, control, *rest = row
    classes, excused, count, places = rest
    where, states = _place(country, area, control)
    company = None if provider is None and role is None else provider or ""
    at = tuple((each["path"], each["line"] or 0) for each in places)
    return FoundLine(
        repository,
        policy,
        verdict,
        severity,
        company,
        where,
        states,
        tuple(classes),
        count,
        excused,
        at,
    )


def _uses(rows: Iterable[Sequence[Any]], found: Iterable[FoundLine]) -> Iterator[UseLine]:
    """What lands where, each with the worst that is found there and counts."""
    worst: dict[tuple[str, str | None, str], list[FoundLine]] = {}
    for each in found:
        if not each.excused:
            worst.setdefault((each.repository, each.company, each.country), []).append(each)
    for (
        _,
        repository,
        company,
        country,
        area,
        control,
        others,
        classes,
        count,
        _,
        stated,
    ) in rows:
        where, states = _place(country, area, control)
        against = [
            each.verdict
            for each in worst.get((repository, company, where), ())
            if not each.classes or set(each.classes) & set(classes)
        ]
        yield UseLine(
            repository,
            company,
            states,
            others or not control or NOBODY_KNOWS in control,
            where,
            tuple(classes),
            count,
            worst_verdict(against),
            tuple(each for each in classes if each not in stated),
        )


def _only(rows: Iterable[Sequence[str]]) -> Iterator[Sequence[str]]:
    """What one repository alone offers: of what several do, it isn't known which one is meant."""
    found: dict[tuple[str, str, str], list[Sequence[str]]] = {}
    for each in rows:
        source, _, kind, key = each
        found.setdefault((source, kind, key), []).append(each)
    yield from (each[0] for each in found.values() if len(each) == 1)


def _qualifications(rows: Iterable[Sequence[Any]], known: WorldOnDay) -> Iterator[LapseLine]:
    """Qualifications in use whose end is known."""
    found: dict[tuple[str, str], list[tuple[str, int]]] = {}
    for provider, name, repository, count in rows:
        found.setdefault((provider, name), []).append((repository, count))
    for (provider, name), where in found.items():
        ending = known.ends(provider, name)
        if ending is not None:
            day, offer = ending
            title = Both(*known.qualification(name))
            text = said(
                "page.lapse-qualification",
                title=title,
                company=known.name(provider),
                offer=offer,
            )
            names = tuple(each for each, _ in where)
            yield LapseLine(
                "qualification",
                day.isoformat(),
                text,
                names,
                sum(count for _, count in where),
            )


def _attestation(row: Sequence[Any]) -> LapseLine:
    repository, claim, owner, until, turned = row
    text = said("page.lapse-attestation", claim=claim, owner=owner)
    return LapseLine("attestation", until, text, (repository,), turned or 0)


def _exception(row: Sequence[Any]) -> LapseLine:
    repository, kind, policies, path, line, until, absorbed = row
    text = said(
        "page.lapse-exception",
        kind=said(f"formats.kind-{kind}"),
        policies=", ".join(json.loads(policies)),
        place=f"{path}:{line}",
    )
    return LapseLine("exception", until, text, (repository,), absorbed or 0)
