"""What `sovlint verify` says: who signed, of what and of which day the statement is, and what differs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from sovlint.evidence.compare import Deviation, StatedPart
from sovlint.evidence.envelope import SealedStatement
from sovlint.report.messages import phrase, say
from sovlint.report.pieces.json_text import Json
from sovlint.report.pieces.style import Style, whole

FOLLOWING: Final = frozenset({StatedPart.FACTS, StatedPart.RESULT, StatedPart.REGISTERS})
"""What follows from the code and from what it is judged by."""


def render(
    sealed: SealedStatement,
    signed_by: str | None,
    differing: Sequence[Deviation],
    language: str,
    style: Style,
) -> str:
    """The sentences; ``signed_by`` is the trusted key that signed it, ``None`` where no key was given."""
    said = [
        _signed(sealed, signed_by, language),
        _of_what(sealed.predicate, language),
        *_as_committed(sealed.predicate, language),
        _found(sealed.predicate, language),
        *_registers(sealed.predicate, language),
        *_differing(differing, language),
    ]
    return whole(style.paragraphs(said))


def _signed(sealed: SealedStatement, signed_by: str | None, language: str) -> str:
    if signed_by is not None:
        return phrase("proof.signed", language, key=signed_by)
    if sealed.signers:
        return phrase("proof.not-checked", language, keys=tuple(sealed.signers))
    return phrase("proof.unsigned", language)


def _of_what(stated: Json, language: str) -> str:
    code = stated["code"]
    return phrase(
        "proof.of-what",
        language,
        day=stated["asOf"],
        tool=stated["tool"]["version"],
        catalogue=stated["catalogue"]["date"],
        commit=code.get("commit") or phrase("proof.no-commit", language),
        files=len(code["files"]),
    )


def _as_committed(stated: Json, language: str) -> Iterator[str]:
    """Where the files that were read aren't those of the commit, or nobody could tell."""
    code = stated["code"]
    if code.get("commit") and code.get("clean") is not True:
        key = "proof.not-clean" if code.get("clean") is False else "proof.clean-unknown"
        yield phrase(key, language)


def _found(stated: Json, language: str) -> str:
    summary = stated["result"]["summary"]
    names = ("violation", "unproven", "compliant", "suppressed")
    counts = {name: summary[name] for name in names}
    return phrase("proof.found", language, set=stated["result"]["policy_set"], **counts)


def _registers(stated: Json, language: str) -> Iterator[str]:
    """Which registers it covers, with the digests of their files."""
    for name, digest in stated.get("registers", {}).items():
        yield phrase("proof.register", language, name=name, digest=digest["sha256"])


def _differing(differing: Sequence[Deviation], language: str) -> Iterator[str]:
    """StatedPart by part. Where nothing differs, that all of it was found again."""
    if not differing:
        yield phrase("proof.holds", language)
        return
    parts = dict.fromkeys(each.part for each in differing)
    named = tuple(phrase(f"proof.part-{part.value}", language) for part in parts)
    yield phrase("proof.differs", language, parts=named)
    for each in differing:
        yield say(each.note, language)
    if StatedPart.CODE not in parts and FOLLOWING & parts.keys():
        yield phrase("proof.same-code", language)
