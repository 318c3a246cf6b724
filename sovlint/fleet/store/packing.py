"""Many small files are made few large ones, and what nobody lists goes. Interrupted anywhere, nothing is lost: a pack is
there before what it holds is removed, and readers take a result once."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sovlint.errors import SovlintError
from sovlint.fleet.store import names, runs
from sovlint.fleet.store.columns import literal
from sovlint.fleet.store.contents import Contents, read_parquet
from sovlint.fleet.store.duck import ASKING, connection, told
from sovlint.fleet.store.index import KeptResult
from sovlint.fleet.store.runs import EndedRun, RunEntry, RunKind

MOST: Final = 256
"""How many results go into one pack: it is made in memory."""
BYTES: Final = 16_000_000
"""And how many bytes, as they are compressed."""
FEW: Final = 64
"""A pack with fewer results than this is put together with others."""


class Compacted(Struct, frozen=True):
    """What became of a store: how many runs and results went, how many results stay, and how many runs that hadn't ended
    kept results from going."""

    runs: int
    dropped: int
    kept: int
    unfinished: int = 0


def pack(store: Contents, run: str) -> None:
    """Pack the loose results of a run. What a pack has already is only removed."""
    sizes = {
        name: size
        for name, size in store.place.sizes(f"{names.RESULTS}/run={run}").items()
        if names.loose(name)
    }
    store.refresh()
    twice = [name for name in sizes if (told := names.loose(name)) and store.index.has(told)]
    store.place.remove(twice)
    left = {name: [0] for name in sizes if name not in set(twice)}
    _together(store, left, sizes, run)
    store.refresh()


def _together(
    store: Contents, rows: Mapping[str, Sequence[int]], sizes: Mapping[str, int], called: str
) -> None:
    """Put rows of files into packs, and remove those files; a file that is broken stays, and is told."""
    there = store.place.sizes(names.PACKS)
    number = sum(name.startswith(f"{names.PACKS}/{called}.") for name in there)
    for some in _chunks(rows, sizes):
        while (target := names.pack(called, number)) in there:
            number += 1
        number += 1
        store.place.remove(_whole(store, some, target))


def _whole(store: Contents, rows: Mapping[str, Sequence[int]], target: str) -> Iterable[str]:
    """Write rows of files into a pack; the files that were whole."""
    try:
        write_pack(store, rows, target)
    except SovlintError:
        good = {name: rows[name] for name in rows if store.readable(name)}
        if len(good) == len(rows):
            raise
        if good:
            write_pack(store, good, target)
        return good
    return rows


def _chunks(
    rows: Mapping[str, Sequence[int]], sizes: Mapping[str, int]
) -> Iterator[dict[str, Sequence[int]]]:
    """Files, as many at a time as one pack takes."""
    some: dict[str, Sequence[int]] = {}
    count = size = 0
    for name, wanted in rows.items():
        if some and (count + len(wanted) > MOST or size + sizes[name] > BYTES):
            yield some
            some, count, size = {}, 0, 0
        some[name] = wanted
        count, size = count + len(wanted), size + sizes[name]
    if some:
        yield some


def write_pack(
    store: Contents, rows: Mapping[str, Sequence[int]], target: str, also: str = ""
) -> None:
    """Write rows of files, and what ``also`` reads, into one file."""
    parts = [also] if also else []
    if rows:
        union = "union_by_name" if store.old else ""
        source = read_parquet(store.place, [*rows], bool(union))
        chosen = " OR ".join(
            f"(filename = {literal(store.place.path(name))} AND file_row_number IN ({_listed(wanted)}))"
            for name, wanted in rows.items()
        )
        parts.append(
            f"SELECT * EXCLUDE (filename, file_row_number) FROM {source} WHERE {chosen}"
        )
    database = connection(store.place, ASKING, threads=1)
    with store.place.scratch() as file, told(store.place):
        database.execute(
            f"COPY ({' UNION ALL BY NAME '.join(parts)}) TO {literal(f'{file}')} (FORMAT parquet, COMPRESSION zstd)"
        )
        store.place.put(file, target)
    database.close()


def _listed(numbers: Iterable[int]) -> str:
    return ", ".join(map(str, numbers))


def compact(
    store: Contents, keep: int | None = None, *, unfinished: bool = False
) -> Compacted:
    """Keep the last runs of the fleet (``keep``: how many from now on), and the results that they list; pack what is
    left. Results go only where no run is unfinished, or where those are given up (``unfinished``).

    Raises ``SovlintError`` where one is to be given up that a process of this machine is at.
    """
    if keep is not None and keep != store.mark.keep:
        store.remark(replace(store.mark, keep=keep))
    begun = runs.listing(store.place).unfinished
    if unfinished:
        give_up(store)
        begun = ()
    ended = store.runs()
    kept = kept_runs(ended, store.mark.keep)
    gone = [each for each in ended if each not in kept]
    store.place.remove([names.manifest(each.begun.numbered) for each in gone])
    dropped, left = _compacted(store, kept, everything=bool(begun))
    return Compacted(len(gone), dropped, left, len(begun))


def give_up(store: Contents) -> None:
    """Take away what says that runs haven't ended; raises ``SovlintError`` where somebody is at one."""
    marks = [names.begun(each) for each in runs.listing(store.place).unfinished]
    held = [each for each in marks if store.place.held(each)]
    if held:
        raise SovlintError(
            f"A run is under way in the store at {store.place.address}.",
            "Wait until it has ended, or end it.",
        )
    store.place.remove(marks)
    store.place.remove(store.place.sizes(names.SCRATCH))


def kept_runs(ended: Sequence[EndedRun], keep: int) -> Sequence[EndedRun]:
    """The last runs of the fleet, and of what pipelines wrote that which the latest state needs."""
    fleets = [each for each in ended if each.begun.kind is RunKind.FLEET]
    needed = {each.id for each in fleets[-keep:]} | {each.run for each in runs.latest(ended)}
    return [each for each in ended if each.id in needed]


def _compacted(
    store: Contents, kept: Sequence[EndedRun], everything: bool
) -> tuple[int, int]:
    """Pack what kept runs need, or everything, and remove the rest; how many results went and stay."""
    store.refresh()
    entries: set[RunEntry] = {each for run in kept for each in (*run.entries, *run.used)}
    found = store.index
    there = {**store.place.sizes(names.PACKS), **store.place.sizes(names.RESULTS)}
    # What was written since the index was made is nobody's to touch.
    sizes = {name: size for name, size in there.items() if name in found.files}
    wanted = set(found) if everything else _wanted(store, entries)
    rows: dict[str, list[int]] = {}
    counts: dict[str, int] = {}
    for each in wanted:
        rows.setdefault(each.file, []).append(each.row)
    for each in found:
        counts[each.file] = counts.get(each.file, 0) + 1
    small = {
        name: sorted(numbers)
        for name, numbers in sorted(rows.items())
        if name in sizes and len(numbers) < max(counts[name], FEW) and sizes[name] < BYTES
    }
    alone = len(small) == 1 and all(
        name.startswith(names.PACKS) and len(numbers) == counts[name]
        for name, numbers in small.items()
    )
    if small and not alone:
        _together(store, small, sizes, f"compact-{secrets.token_hex(4)}")
    store.place.remove(
        each for each in sizes if each not in rows and each not in found.broken
    )
    store.refresh()
    return len(set(found) - wanted), len(wanted)


def _wanted(store: Contents, entries: Iterable[RunEntry]) -> set[KeptResult]:
    return {kept for each in entries if (kept := store.index.entry(each)) is not None}
