"""``python -m release build|version``: the files of a release, and the one place of its version."""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from release import building, mentions, notes, provenance, sbom, verdicts
from release.building import Built, Commit
from sovlint.errors import SovlintError
from sovlint.evidence.envelope import sealed

ROOT: Final = Path(__file__).resolve().parents[1]
CHECKSUMS: Final = "SHA256SUMS"
NOTES: Final = "RELEASE-NOTES.md"
DONE, FAILED = 0, 2


def main(arguments: Sequence[str]) -> int:
    """Do what is asked; 0, or 2 with a message where it can't be done."""
    given = _parser().parse_args(arguments)
    try:
        given.does(given)
    except subprocess.CalledProcessError as error:
        said = error.stderr if isinstance(error.stderr, str) else ""
        print(f"release: `{' '.join(map(str, error.cmd))}` failed. {said}", file=sys.stderr)
    except (SovlintError, ValueError, LookupError, OSError) as error:
        print(f"release: {error}", file=sys.stderr)
    else:
        return DONE
    return FAILED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m release", description=__doc__)
    commands = parser.add_subparsers(required=True)
    build = commands.add_parser("build", help="make all files of a release of HEAD")
    build.add_argument("--out", type=Path, default=ROOT / "dist", help="the folder for them")
    build.add_argument(
        "--base", help="the revision to compare verdicts with; else the last tag"
    )
    build.add_argument(
        "--folders", nargs="*", type=Path, default=[], help="clones to compare on"
    )
    build.add_argument(
        "--tag", help="the tag that is released: it has to be that of the version"
    )
    build.add_argument("--builder", default=provenance.BY_HAND, help="who builds, as a URI")
    build.add_argument("--key", type=Path, help="sign the provenance by this private key")
    build.set_defaults(does=_build)
    version = commands.add_parser("version", help="write a new version wherever it stands")
    version.add_argument("version")
    version.set_defaults(does=_version)
    return parser


def _build(given: argparse.Namespace) -> None:
    commit = building.commit(ROOT)
    _empty(given.out)
    with TemporaryDirectory(prefix="sovlint-release-") as name:
        source = Path(name) / "source"
        building.export(ROOT, commit.id, source)
        version = _agreed(mentions.current(source), given.tag)
        changelog = (source / "CHANGELOG.md").read_text(encoding="utf-8")
        notes.part(changelog, version)  # told before anything is built
        built = building.build(source, commit.epoch, given.out)
        bill = given.out / f"sovlint-{version}.cdx.json"
        bill.write_text(sbom.bill(built.wheel, commit.epoch), encoding="utf-8", newline="\n")
        stated = provenance.statement(
            [built.wheel, built.sdist, bill], commit, version, source, given.builder
        )
        envelope = given.out / f"sovlint-{version}.intoto.json"
        envelope.write_bytes(sealed(stated, given.key))
        compared = _compared(given, source, commit)
        (given.out / NOTES).write_text(
            notes.written(version, changelog, compared), encoding="utf-8", newline="\n"
        )
    _add_checksums(given.out)
    print(_told(built, given.out))


def _agreed(version: str, tag: str | None) -> str:
    """The version, where the tag is its own. Raises ``ValueError`` where it is another's."""
    if tag is not None and tag != f"v{version}":
        raise ValueError(
            f"the tag is `{tag}`, and the version {version}: it has to be v{version}"
        )
    return version


def _empty(out: Path) -> None:
    """Remove what an earlier release left: its checksums would be of other files."""
    out.mkdir(parents=True, exist_ok=True)
    for each in (*_released(out), *out.glob(CHECKSUMS)):
        each.unlink()


def _released(out: Path) -> list[Path]:
    """The files of a release, but for their checksums."""
    return sorted([*out.glob("sovlint-*"), *out.glob(NOTES)])


def _compared(given: argparse.Namespace, source: Path, commit: Commit) -> notes.Comparison:
    base = given.base or building.last_tag(ROOT)
    if base is None:
        return notes.Comparison(None, [], [])
    before = source.with_name("base")
    building.export(ROOT, base, before)
    day = datetime.fromtimestamp(commit.epoch, UTC).date().isoformat()
    folders = [*verdicts.fixtures(source), *given.folders]
    found = verdicts.changed(before, source, folders, day)
    named = f"{base} ({building.commit(ROOT, base).id[:12]})"
    return notes.Comparison(named, [verdicts.named(each) for each in folders], found)


def _add_checksums(out: Path) -> None:
    """Write the digests of all files, as ``sha256sum --check`` takes them."""
    lines = [f"{provenance.digest(each)}  {each.name}\n" for each in _released(out)]
    (out / CHECKSUMS).write_text("".join(lines), encoding="utf-8", newline="\n")


def _told(built: Built, out: Path) -> str:
    return f"{out}: {built.wheel.name}, {built.sdist.name}, and what says how they were made"


def _version(given: argparse.Namespace) -> None:
    for path in mentions.write(ROOT, given.version):
        print(path)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
