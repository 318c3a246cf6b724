"""``make compare BASE=rev FOLDERS=...``: what two revisions of sovlint say of the same folders, resource by resource.

The working tree is compared with the revision ``BASE`` of its own repository. Both read each folder, by ``facts`` and
by ``scan --assume health --show compliant``, as JSON. Differences are told by kind, with how often each is met and the
first few; ``--json FILE`` has all of them. Exit code 1 where anything differs. What a revision said of a commit of a
folder is kept in ``.compare/``, so that the next run asks only one.

``benchmarks/repositories.csv`` names public repositories of all kinds that are worth comparing.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

HOUSE = Path(__file__).resolve().parent.parent
KEPT = HOUSE / ".compare"
COMMANDS = {
    "facts": ("facts", "--format", "json"),
    "scan": ("scan", "--format", "json", "--assume", "health", "--show", "compliant"),
}
ALIKE = ("--no-config", "--lang", "en", "--as-of")
SHOWN = 5
"""How many differences of one kind are told."""

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that two revisions say otherwise: of which ``kind``, at which ``key`` of it (empty where the whole is
    there for one of them alone), and what each says."""

    folder: str
    kind: str
    key: str
    subject: str
    before: object
    after: object


# --- what is compared


def entries(command: str, document: Json) -> Iterator[tuple[str, str, object]]:
    """(kind, identity, what is said) of everything in a document. What has no identity is one of its own."""
    parts = {"facts": ("resources", "flows", "failures"), "scan": ("findings", "failures")}[
        command
    ]
    for part in parts:
        met: Counter[str] = Counter()
        for entry in document.get(part, ()):
            identity = _identity(part, entry)
            met[identity] += 1
            yield (
                f"{command} {part}",
                f"{identity} #{met[identity]}" if met[identity] > 1 else identity,
                entry,
            )
    whole = {key: value for key, value in document.items() if key not in parts}
    for key, value in whole.items():
        yield f"{command} {key}", key, value


def _identity(part: str, entry: Json) -> str:
    """What stays the same of an entry when other things of it change."""
    names = {
        "resources": ("front_end", "root", "variant", "address"),
        "findings": ("policy", "root", "variant", "address", "role", "path", "line"),
        "flows": ("kind", "from", "path", "line"),
        "failures": ("path", "line"),
    }[part]
    return " ".join(json.dumps(entry.get(name), sort_keys=True) for name in names)


def differences(folder: str, command: str, before: Json, after: Json) -> Iterator[Difference]:
    """What two documents of one command say otherwise of a folder."""
    old = {(kind, identity): value for kind, identity, value in entries(command, before)}
    new = {(kind, identity): value for kind, identity, value in entries(command, after)}
    for where in sorted(old.keys() | new.keys()):
        kind, identity = where
        if where not in new:
            yield Difference(folder, f"{kind}: gone", "", identity, old[where], None)
        elif where not in old:
            yield Difference(folder, f"{kind}: new", "", identity, None, new[where])
        else:
            for key, one, other in _unequal("", old[where], new[where]):
                yield Difference(folder, f"{kind}: changed", key, identity, one, other)


def _unequal(key: str, one: object, other: object) -> Iterator[tuple[str, object, object]]:
    """(key, before, after) for the outermost keys whose values differ; numbers of list items aren't part of a key."""
    if one == other:
        return
    if isinstance(one, dict) and isinstance(other, dict):
        for name in sorted(one.keys() | other.keys()):
            yield from _unequal(f"{key}.{name}".lstrip("."), one.get(name), other.get(name))
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for left, right in zip(one, other, strict=True):
            yield from _unequal(f"{key}[]", left, right)
    else:
        yield key, one, other


# --- running


def said(code: Path, mark: str, folder: Path, command: str, day: str) -> Json:
    """What the sovlint in ``code`` says of a folder. ``mark`` tells this state of the code; empty: nothing is kept."""
    state = commit_of(folder)
    kept = (
        KEPT / f"{folder.name}-{command}-{day}-{mark[:16]}-{state[:16]}.json"
        if mark and state
        else None
    )
    if kept is not None and kept.exists():
        return dict(json.loads(kept.read_text(encoding="utf-8")))
    arguments = (
        sys.executable,
        "-m",
        "sovlint",
        *COMMANDS[command],
        *ALIKE,
        day,
        str(folder),
    )
    done = subprocess.run(
        arguments, cwd=code, capture_output=True, check=False, env=_environment()
    )
    if not done.stdout.strip():
        message = done.stderr.decode("utf-8", "replace").strip()[-2000:]
        return {
            "failures": [
                {"path": None, "line": None, "message": f"exit {done.returncode}: {message}"}
            ]
        }
    document = {**json.loads(done.stdout), "exit": done.returncode}
    if kept is not None:
        KEPT.mkdir(exist_ok=True)
        kept.write_text(json.dumps(document), encoding="utf-8")
    return document


def _environment() -> dict[str, str]:
    """Nothing of the caller's options: they'd change what is compared."""
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("SOVLINT_", "PYTHONPATH"))
    }


def _git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ("git", "-C", str(folder), *arguments), capture_output=True, text=True, check=False
    )
    return done.stdout.strip() if done.returncode == 0 else ""


def commit_of(folder: Path) -> str:
    """The commit of a clone; empty where it has none."""
    return _git(folder, "rev-parse", "HEAD")


def _mark(code: Path) -> str:
    """A digest of the sources of sovlint, as they lie there."""
    digest = hashlib.sha256()
    for top in ("sovlint", "policies"):
        for path in sorted((code / top).rglob("*")):
            if path.suffix in (".py", ".yaml", ".json") and path.is_file():
                digest.update(f"{path.relative_to(code)}\0".encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()


# --- telling


def told(found: Sequence[Difference]) -> Iterator[str]:
    """Lines for people: each kind of difference with how often it is met, and the first few."""
    kinds: defaultdict[tuple[str, str], list[Difference]] = defaultdict(list)
    for difference in found:
        kinds[(difference.kind, difference.key)].append(difference)
    for (kind, key), of_kind in sorted(kinds.items(), key=lambda item: -len(item[1])):
        folders = len({difference.folder for difference in of_kind})
        yield f"{len(of_kind):6} in {folders:2} folders  {kind} {key}"
        for difference in of_kind[:SHOWN]:
            yield f"         {difference.folder}: {difference.subject[:200]}"
            yield f"           {_short(difference.before)} -> {_short(difference.after)}"


def _short(value: object) -> str:
    text = json.dumps(value, sort_keys=True, ensure_ascii=False)
    return text if len(text) <= 300 else f"{text[:300]}..."


def parsed(arguments: Sequence[str]) -> argparse.Namespace:
    """The options of the command line."""
    parser = argparse.ArgumentParser(
        description="Compare what two revisions of sovlint say of the same folders."
    )
    parser.add_argument("base", help="a revision of this repository")
    parser.add_argument("folders", nargs="+", type=Path, help="clones to read")
    parser.add_argument("--as-of", default="2026-11-28", help="the day that both judge by")
    parser.add_argument("--json", type=Path, help="write every difference there")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    return parser.parse_args(arguments)


def main(arguments: Sequence[str]) -> int:
    """Compare, tell, and say by the exit code whether anything differs."""
    options = parsed(arguments)
    with tempfile.TemporaryDirectory(prefix="sovlint-base-") as name:
        base = Path(name) / "tree"
        subprocess.run(
            (
                "git",
                "-C",
                str(HOUSE),
                "worktree",
                "add",
                "--quiet",
                "--detach",
                str(base),
                options.base,
            ),
            check=True,
        )
        try:
            found = list(_compared(base, options))
        finally:
            subprocess.run(
                ("git", "-C", str(HOUSE), "worktree", "remove", "--force", str(base)),
                check=True,
            )
    if options.json:
        options.json.write_text(
            json.dumps([asdict(each) for each in found], indent=1), encoding="utf-8"
        )
    for line in told(found):
        print(line)
    print(f"{len(found)} differences in {len(options.folders)} folders")
    return 1 if found else 0


def _compared(base: Path, options: argparse.Namespace) -> Iterator[Difference]:
    trees = [(base, _mark(base)), (HOUSE, _mark(HOUSE))]
    jobs = [(folder.resolve(), command) for folder in options.folders for command in COMMANDS]

    def both(job: tuple[Path, str]) -> Iterable[Difference]:
        folder, command = job
        before, after = (
            said(code, mark, folder, command, options.as_of) for code, mark in trees
        )
        return list(differences(folder.name, command, before, after))

    with ThreadPoolExecutor(options.workers) as pool:
        for number, found in enumerate(pool.map(both, jobs), 1):
            print(f"\r{number}/{len(jobs)}", end="", file=sys.stderr, flush=True)
            yield from found
    print(file=sys.stderr)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
