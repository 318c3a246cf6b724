"""Random edits of real repositories: what a run says that takes readings from the cache is, byte for byte, what one says
that reads everything.

``python -m benchmarks.edits --count 300 --seed 1 FOLDER...``: each folder, a git repository, is copied, edited and scanned
twice after every edit. Exits with 1 where two runs differ, and keeps that copy.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from msgspec import Struct

_READ = (".tf", ".tfvars", ".yaml", ".yml", ".json", ".env", ".toml", ".tpl", ".sh", ".conf")
_WORDS = (
    ("europe-west1", "us-east1"), ("eu-west-1", "us-east-1"), ("true", "false"), ("name", "nom"), ("3", "4"),
    ("location", "region"), ("image", "imago"), ("var.", "local."),
)  # fmt: skip


class _Copy(Struct):
    """A repository that is edited, with what runs in it are given besides."""

    root: Path
    chance: random.Random
    files: list[str]
    environment: dict[str, str] = {}
    options: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()

    def any_file(self) -> str:
        """One of its files, those that are read rather than others."""
        read = [each for each in self.files if each.endswith(_READ)]
        return self.chance.choice(
            read if read and self.chance.random() < 0.85 else self.files
        )


def _write(copy: _Copy, path: str, data: bytes) -> None:
    file = copy.root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    copy.changed = (path,)


def _append(copy: _Copy) -> None:
    path = copy.any_file()
    data = (copy.root / path).read_bytes()
    _write(copy, path, data + f"# {copy.chance.random()}\n".encode())


def _replace(copy: _Copy) -> None:
    path = copy.any_file()
    data = (copy.root / path).read_bytes()
    old, new = copy.chance.choice(_WORDS)
    _write(copy, path, data.replace(old.encode(), new.encode(), copy.chance.randint(1, 3)))


def _drop_line(copy: _Copy) -> None:
    path = copy.any_file()
    lines = (copy.root / path).read_bytes().splitlines(keepends=True)
    if lines:
        del lines[copy.chance.randrange(len(lines))]
    _write(copy, path, b"".join(lines))


def _cut(copy: _Copy) -> None:
    path = copy.any_file()
    data = (copy.root / path).read_bytes()
    _write(copy, path, data[: len(data) * 2 // 3])


def _add(copy: _Copy) -> None:
    path = copy.any_file()
    folder, _, name = copy.any_file().rpartition("/")
    made = f"{folder}/new_{name}".lstrip("/")
    _write(copy, made, (copy.root / path).read_bytes())


def _delete(copy: _Copy) -> None:
    path = copy.any_file()
    (copy.root / path).unlink()
    copy.changed = (path,)


def _rename(copy: _Copy) -> None:
    path = copy.any_file()
    made = copy.chance.choice(
        (f"{path}.bak", f"moved_{path.replace('/', '_')}", f"renamed/{path}")
    )
    data = (copy.root / path).read_bytes()
    (copy.root / path).unlink()
    _write(copy, made, data)
    copy.changed = (path, made)


def _ignore(copy: _Copy) -> None:
    path = copy.any_file()
    line = copy.chance.choice((path, path.rpartition("/")[0] + "/", f"*{Path(path).suffix}"))
    with (copy.root / ".gitignore").open("a") as stream:
        stream.write(f"\n{line}\n")
    copy.changed = (".gitignore",)


def _link(copy: _Copy) -> None:
    path = copy.any_file()
    made = copy.root / f"{path}.link{Path(path).suffix}"
    if not made.exists():
        made.symlink_to(copy.root / copy.any_file())
    copy.changed = (f"{path}.link{Path(path).suffix}",)


def _mode(copy: _Copy) -> None:
    path = copy.any_file()
    (copy.root / path).chmod(copy.chance.choice((0o644, 0o755, 0o600)))
    copy.changed = (path,)


def _variable(copy: _Copy) -> None:
    copy.environment = copy.chance.choice(
        (
            {},
            {"SOVLINT_ASSUME": "claims"},
            {"SOVLINT_VAR": "region=us-east-1"},
            {"TF_VAR_region": "us-west-2"},
        )
    )


def _day(copy: _Copy) -> None:
    copy.options = ("--as-of", copy.chance.choice(("2026-11-29", "2026-12-02", "2027-03-01")))


def _configuration(copy: _Copy) -> None:
    folder = copy.any_file().rpartition("/")[0]
    said = copy.chance.choice(
        (
            "", f"data: {{paths: {{'{folder}/**': [health]}}}}\n", "policy_set: cloud-au-centre\n",
            f"exclude: ['{folder}/**']\n", "terraform: {vars: {region: eu-west-3}}\n",
            "clusters: [{paths: ['**'], provider: scaleway, region: fr-par}]\n",
            "attestations: [{id: a, provider: aws, qualification: hds, by: dpo, date: 2026-06-01, until: 2027-01-31,"
            " reason: contract}]\n",
        )
    )  # fmt: skip
    _write(copy, "sovlint.yaml", said.encode())


EDITS: Sequence[Callable[[_Copy], None]] = (
    _append, _replace, _replace, _drop_line, _cut, _add, _delete, _rename, _ignore, _link, _mode, _variable, _day,
    _configuration,
)  # fmt: skip


def _said(
    copy: _Copy, arguments: Sequence[str], cache: str, more: Sequence[str]
) -> tuple[int, bytes, bytes]:
    environment = {**os.environ, **copy.environment, "SOVLINT_CACHE_DIR": cache}
    command = [
        sys.executable,
        "-m",
        "sovlint",
        "scan",
        *arguments,
        *copy.options,
        "-f",
        "json",
        *more,
    ]
    done = subprocess.run(
        command, cwd=copy.root, env=environment, capture_output=True, check=False
    )
    return done.returncode, done.stdout, done.stderr


def _copied(folder: Path, into: Path, chance: random.Random) -> _Copy:
    shutil.copytree(folder, into, symlinks=True)
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=into, capture_output=True, check=True
    )
    names = listed.stdout.decode("utf-8", "surrogateescape").split("\0")
    return _Copy(into, chance, [each for each in names if each and (into / each).is_file()])


def tried(folder: Path, count: int, seed: int) -> int:
    """How many of so many edits of one repository make a difference."""
    chance = random.Random(f"{seed} {folder.name}")
    place = Path(tempfile.mkdtemp(prefix="edits-"))
    copy, cache = _copied(folder, place / folder.name, chance), str(place / "cache")
    met: Counter[str] = Counter()
    wrong = 0
    for number in range(count):
        if chance.random() < 0.15:
            subprocess.run(["git", "checkout", "-q", "."], cwd=copy.root, check=False)
            subprocess.run(["git", "clean", "-qfd"], cwd=copy.root, check=False)
            copy.files = _copied_names(copy)
        edit = chance.choice(EDITS)
        try:
            edit(copy)
        except OSError:
            continue
        copy.files = _copied_names(copy)
        met[edit.__name__] += 1
        affected = bool(copy.changed) and chance.random() < 0.5
        arguments = ("--affected", *copy.changed) if affected else (".", "--assume", "health")
        cold, warm = (
            _said(copy, arguments, cache, (each,)) for each in ("--no-cache", "--cache")
        )
        if cold != warm:
            wrong += 1
            print(
                f"{folder.name}: edit {number}, {edit.__name__} of {copy.changed}: two runs differ",
                file=sys.stderr,
            )
            for name, each in (("cold", cold), ("warm", warm)):
                (place / f"{number}.{name}").write_bytes(
                    b"\n".join((str(each[0]).encode(), *each[1:]))
                )
    print(f"{folder.name}: {sum(met.values())} edits, {wrong} with a difference: {dict(met)}")
    if wrong:
        print(f"  kept in {place}")
    else:
        shutil.rmtree(place)
    return wrong


def _copied_names(copy: _Copy) -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=copy.root, capture_output=True, check=True,
    )  # fmt: skip
    names = listed.stdout.decode("utf-8", "surrogateescape").split("\0")
    return sorted({each for each in names if each and (copy.root / each).is_file()})


def main() -> int:
    """Edit each repository that is named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    return 1 if sum(tried(each, given.count, given.seed) for each in given.folders) else 0


if __name__ == "__main__":
    sys.exit(main())
