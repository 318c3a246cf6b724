"""``attestations`` of the configuration: what people vouch for -> ``Attestation``."""

from __future__ import annotations

import os.path
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from sovlint.configuration.entries import EntryData, EntryReader
from sovlint.files.paths import slashes
from sovlint.model.attestation import Attestation, Proof
from sovlint.model.source import EntryPlace

_TWO_SUBJECTS: Final = (
    "a subject is a `provider` of the catalogue or a `vendor` that it lacks, not both."
)


def attestations(
    within: EntryReader, entries: Sequence[EntryData], root: Path
) -> Iterator[Attestation]:
    """Each entry that is right; what isn't is among the ``problems`` of ``within``. ``root`` is the git root."""
    for index, entry in enumerate(entries):
        at, subject = ("attestations", index), entry["subject"]
        unused = "config.unused-attestation"
        term = within.term(entry, *at)
        if {"provider", "vendor"} <= subject.keys():
            within.wrong(_TWO_SUBJECTS, *at, "subject", "vendor")
            continue
        if term is None:
            continue
        yield Attestation(
            qualification=entry["claim"].get("qualification", ""),
            provider=subject.get("provider"),
            region=subject.get("region"),
            matches_address=within.about(
                within.addresses, subject, "addresses", unused, *at, "subject"
            ),
            matches_path=within.about(within.paths, subject, "paths", unused, *at, "subject"),
            evidence=_evidence(entry["evidence"]),
            owner=entry["owner"],
            issued=term[0],
            expires=term[1],
            where=EntryPlace(within.document.span(at)),
            approver=entry.get("approver"),
            proof=_proof(within, entry["evidence"], root, *at, "evidence"),
            country=entry["claim"].get("country"),
            control=tuple(entry["claim"].get("control", ())),
            derogation=entry["claim"].get("derogation", ""),
            seal=entry["claim"].get("seal", ""),
            vendor=subject.get("vendor"),
            services=tuple(subject.get("services") or ()),
        )


def _evidence(evidence: str | EntryData) -> str:
    """What an attestation says of its evidence: a text, or where it is kept."""
    if isinstance(evidence, str):
        return evidence
    return ", ".join(evidence[key] for key in ("reference", "path") if key in evidence)


def _proof(
    within: EntryReader, evidence: str | EntryData, root: Path, *at: str | int
) -> Proof | None:
    """The document behind an attestation, where more is said of it than a text; whether it is there, and is that
    one, is looked into when it is weighed."""
    if isinstance(evidence, str):
        return None
    path, sha256 = evidence.get("path"), evidence.get("sha256")
    return Proof(
        _in_repository(path, within.path, root) if path else None,
        sha256.lower() if sha256 else None,
        within.document.span(at),
    )


def _in_repository(name: str, path: Path, root: Path) -> str:
    """A path written in the configuration, relative to the git root; no link is followed to work that out."""
    return slashes(os.path.relpath(path.parent.resolve() / name, root))
