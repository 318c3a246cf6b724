"""The statement of a run, in the form of in-toto: what it is about (a commit, and the files that were read), by which
catalogue and rules, and all that was found.

https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md
"""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from sovlint import __version__
from sovlint.catalog.releases.carried import digest_of
from sovlint.evidence.asked import ANSWERS, path_from_root, written
from sovlint.lint import Linted
from sovlint.model.request import Request
from sovlint.report.facts import json_ as facts_json
from sovlint.report.pieces.json_text import Json, filled
from sovlint.report.pieces.style import Style
from sovlint.report.scan import json_ as scan_json

STATEMENT: Final = "https://in-toto.io/Statement/v1"
PREDICATE: Final = "https://sovlint.dev/evidence/v1"
"""What kind of statement it is: docs/evidence.md, and `sovlint schema evidence`."""
FILES: Final = "files"
"""What the subject is called that stands for the files that were read: the digest is that of what ``sha256sum`` prints
of them, sorted by their paths."""


class StatedRegisters(Struct, frozen=True):
    """The registers that a statement covers: their digests by name, and the files of answers that fill them."""

    digests: Json
    answers: tuple[Path, ...]


NO_REGISTERS: Final = StatedRegisters({}, ())


def statement(
    found: Linted, given: Request, language: str, registers: StatedRegisters = NO_REGISTERS
) -> Json:
    """The statement of a run, as JSON will have it. ``given`` is the request as it was made."""
    digests = file_digests(found)
    root = Path(found.read.repository.root)
    answers = [path_from_root(each, root) for each in registers.answers]
    asked = written(given, root) | filled(**{ANSWERS: answers})
    return {
        "_type": STATEMENT,
        "subject": subjects(found, digests),
        "predicateType": PREDICATE,
        "predicate": {
            **predicate(found, digests, asked, language),
            **filled(registers=registers.digests),
        },
    }


def subjects(found: Linted, digests: dict[str, str]) -> list[Json]:
    """What the statement is about: the files, and the commit where git tells one and all of it is as there."""
    about: list[Json] = [{"name": FILES, "digest": {"sha256": listing_digest(digests)}}]
    provenance = found.report.provenance
    if provenance is not None and provenance.checkout.commit and provenance.checkout.clean:
        about.append({"name": "commit", "digest": {"gitCommit": provenance.checkout.commit}})
    return about


def predicate(found: Linted, digests: dict[str, str], asked: Json, language: str) -> Json:
    """All that is stated. Everything that a run depends on has a digest, so that what differs can be named."""
    report = found.report
    plain = Style(color=False, width=80)
    result = json.loads(scan_json.render(report, language, plain))
    return {
        "asOf": report.as_of,
        "language": language,
        "tool": {"name": "sovlint", "version": __version__},
        "catalogue": {
            "date": report.catalogue_date,
            "digest": {"sha256": digest_of(found.rulebook.catalog.written)},
        },
        "rules": {
            "policySet": report.policy_set,
            "policies": {"sha256": policies_digest(found)},
            "asked": asked,
            "configuration": result["provenance"]["digests"],
        },
        "code": {**_checkout(found), "files": digests},
        "facts": json.loads(facts_json.render(report, language, plain)),
        "result": result,
    }


def file_digests(found: Linted) -> dict[str, str]:
    """SHA-256 of every file that was read, by its path from the git root."""
    repository = found.read.repository
    digests = {}
    for path in sorted({repository.real(each) for each in found.read.reading.files}):
        digest = repository.digest(path)
        if isinstance(digest, str):
            digests[path] = digest
    return digests


def listing_digest(digests: dict[str, str]) -> str:
    """The digest of what ``sha256sum`` prints of files."""
    lines = "".join(f"{digest}  {path}\n" for path, digest in sorted(digests.items()))
    return sha256(lines.encode()).hexdigest()


def policies_digest(found: Linted) -> str:
    """The digest of the policies that are judged by."""
    encoded = msgspec.json.encode(found.rulebook.policy_set, order="deterministic")
    return sha256(encoded).hexdigest()


def _checkout(found: Linted) -> Json:
    provenance = found.report.provenance
    if provenance is None:
        return {}
    return msgspec.to_builtins(provenance.checkout)  # type: ignore[no-any-return]
