"""An attestation, made of answers: names that the catalogue has, the digest of the evidence, days that count."""

from __future__ import annotations

import hashlib
import os.path
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from sovlint.commands.writing import understood
from sovlint.commands.writing.asking import Asking, Understood
from sovlint.commands.writing.trial import of_no_use
from sovlint.errors import SovlintError
from sovlint.exceptions.attestations import latest
from sovlint.exceptions.ledger import unapproved
from sovlint.files.bounds import leads_out
from sovlint.files.paths import slashes
from sovlint.model.attestation import CONTROL, COUNTRY, QUALIFICATION, Attestation
from sovlint.model.source import Span
from sovlint.model.text import Note
from sovlint.report.messages import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sovlint.catalog.load import Catalog

LARGEST = 32 * 1024 * 1024
"""Larger files are no evidence: a run doesn't read them."""
KINDS = QUALIFICATION, COUNTRY, CONTROL
_AGAIN = "Read the evidence again, and give the day of that: --issued. The approver is another role than the owner."
_MENDED = (
    "Correct its subject. Where the catalogue is wrong, `sovlint provider ID --to FOLDER` exports what it says, to be "
    "mended with a source."
)


class Answers(Struct, frozen=True):
    """What options say of an attestation, each under its own name."""

    qualification: str | None = None
    country: str | None = None
    control: str | None = None
    provider: str | None = None
    region: str | None = None
    service: tuple[str, ...] = ()
    address: tuple[str, ...] = ()
    path: tuple[str, ...] = ()
    evidence: str | None = None
    evidence_file: Path | None = None
    owner: str | None = None
    approver: str | None = None
    issued: str | None = None
    expires: str | None = None


class AnswerContext(Struct, frozen=True):
    """What answers are understood by: the catalogue, the git root, the folder of the configuration, the months that
    each kind of claim may count, and today."""

    catalog: Catalog
    root: Path
    folder: Path
    longest: Mapping[str, int]
    day: date


def attestation(given: Answers, ask: Asking, context: AnswerContext) -> dict[str, Any]:
    """The entry as the configuration has it. Raises ``SovlintError`` for what means nothing, or wouldn't count."""
    kind, claim = _claim(given, ask, context)
    subject = _subject(given, ask, context, kind)
    evidence = _evidence(given, ask, context)
    owner = ask.needed("--owner", given.owner, "ask.owner", understood.text)
    approver = ask.wanted(given.approver, "ask.approver", understood.text)
    today = context.day.isoformat()
    issued = ask.wanted(given.issued, "ask.issued", understood.day, today) or context.day
    expires = _expires(given, ask, context, kind, issued)
    ask.complete()
    language = ask.voice.language
    why = unapproved(str(owner), approver, issued, context.day)
    if why is None and expires < context.day:
        why = Note("exceptions.expired", {"until": expires.isoformat()})
    if why is not None:
        raise SovlintError(f"This attestation wouldn't count: {say(why, language)}.", _AGAIN)
    approved = {"approver": approver} if approver else {}
    entry = {
        "claim": claim,
        "subject": subject,
        "evidence": evidence,
        "owner": owner,
        **approved,
        "issued": issued.isoformat(),
        "expires": expires.isoformat(),
    }
    useless = _of_no_use(entry, context)
    if useless is not None:
        said = say(useless, language)
        raise SovlintError(f"This attestation would fill nothing: {said}.", _MENDED)
    return entry


def _of_no_use(entry: Mapping[str, Any], context: AnswerContext) -> Note | None:
    """Why an attestation would fill nothing, whatever resource is asked about; ``None`` where it may fill something."""
    claim, subject = entry["claim"], entry["subject"]
    each = Attestation(
        qualification=claim.get(QUALIFICATION, ""),
        country=claim.get(COUNTRY),
        control=tuple(claim.get(CONTROL, ())),
        provider=subject.get("provider"),
        vendor=subject.get("vendor"),
        region=subject.get("region"),
        services=tuple(subject.get("services", ())),
        evidence="",
        matches_address=None,
        matches_path=None,
        owner=entry["owner"],
        issued=date.fromisoformat(entry["issued"]),
        expires=date.fromisoformat(entry["expires"]),
        where=Span("", 1, 1, 1, 1),
    )
    return of_no_use(each, context.catalog, context.day)


def _claim(given: Answers, ask: Asking, context: AnswerContext) -> tuple[str, dict[str, Any]]:
    """Its kind, and what is claimed."""
    said = [kind for kind in KINDS if getattr(given, kind) is not None]
    if len(said) > 1:
        raise SovlintError(
            f"{', '.join(f'--{kind}' for kind in said)}: an attestation claims one thing.",
            "Write one for each.",
        )
    catalog = context.catalog
    if said or not ask.asks:
        kind = said[0] if said else QUALIFICATION
    else:
        kinds = partial(_kind, catalog=catalog)
        kind, name = ask.needed("", None, "ask.claim", kinds) or (QUALIFICATION, None)
        if name is not None:
            return kind, {kind: name}
    questions: Mapping[str, tuple[str, Understood[Any]]] = {
        QUALIFICATION: (
            "ask.qualification",
            partial(understood.qualification, catalog=catalog),
        ),
        COUNTRY: ("ask.country", partial(understood.state, catalog=catalog)),
        CONTROL: ("ask.control", partial(understood.states, catalog=catalog)),
    }
    options = f"--{kind}" if said else "--qualification|--country|--control"
    found = ask.needed(options, getattr(given, kind), *questions[kind])
    return kind, {kind: list(found) if isinstance(found, tuple) else found}


def _kind(written: str, catalog: Catalog) -> tuple[str, str | None]:
    """A kind of claim, or the qualification that is claimed."""
    name = written.strip().casefold()
    if name in (COUNTRY, CONTROL):
        return name, None
    return QUALIFICATION, understood.qualification(written, catalog)


def _subject(
    given: Answers, ask: Asking, context: AnswerContext, kind: str
) -> dict[str, Any]:
    subject: dict[str, Any] = {}
    if given.provider is not None or not (given.address or given.path):
        name = ask.needed("--provider", given.provider, "ask.provider", understood.text)
        found = context.catalog.find_provider(name or "")
        if name and found is None:
            subject["vendor"] = name
            ask.voice.say("ask.unlisted", name=name)
        if given.region is not None and found is None and name:
            raise SovlintError(
                f"The catalogue has no provider `{name}`, so that no region of it is known.",
                "Leave --region out, and attest the country by itself.",
            )
        if found is not None:
            subject["provider"] = found.id
            in_it = partial(understood.region, provider=found.id, catalog=context.catalog)
            asked = bool(found.regions) and kind != CONTROL
            code = (
                ask.wanted(given.region, "ask.region", in_it)
                if asked or given.region
                else None
            )
            subject |= {"region": code} if code else {}
            subject |= _services(given, ask, context, kind, found.id)
        elif given.service:
            raise SovlintError(
                f"The catalogue has no provider `{name}`, so that no service of it is known.",
                "Leave --service out, or name the entry of the inventory: --address.",
            )
    elif given.region is not None or given.service:
        raise SovlintError(
            "A region or a service is one of a company: --provider is missing.",
            "Say whose it is.",
        )
    globs = {"addresses": given.address, "paths": given.path}
    return subject | {key: list(each) for key, each in globs.items() if each}


def _services(
    given: Answers, ask: Asking, context: AnswerContext, kind: str, provider: str
) -> dict[str, list[str]]:
    """The services of a provider that are meant; of a qualification they are asked for."""
    meant = partial(understood.services, provider=provider, catalog=context.catalog)
    written = ",".join(given.service) or None
    is_asked = written is not None or kind == QUALIFICATION
    found = ask.wanted(written, "ask.services", meant) if is_asked else None
    return {"services": list(found)} if found else {}


def _evidence(given: Answers, ask: Asking, context: AnswerContext) -> Any:
    """A file with its digest, or a text."""
    if given.evidence is not None and given.evidence_file is None:
        return understood.text(given.evidence)
    file = partial(_document, context=context)
    written = None if given.evidence_file is None else str(given.evidence_file)
    found = ask.wanted(written, "ask.evidence-file", file)
    if found is None:
        return ask.needed("--evidence|--evidence-file", None, "ask.evidence", understood.text)
    about = understood.text(given.evidence) if given.evidence else None
    return {**found, **({"reference": about} if about else {})}


def _document(written: str, context: AnswerContext) -> dict[str, str]:
    """A file of the repository as it is read now, relative to the configuration."""
    path = Path(written)
    if not path.is_file():
        raise SovlintError(
            f"There is no file `{written}`.", "Paths are relative to where you are."
        )
    if leads_out(path, context.root):
        raise SovlintError(
            f"`{written}` lies outside the repository.",
            "Copy it in, or say in words where it is kept: --evidence.",
        )
    if path.stat().st_size > LARGEST:
        raise SovlintError(f"`{written}` is larger than 32 MiB: no run would read it.")
    try:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise SovlintError(f"{written} can't be read: {error.strerror}.") from None
    near = os.path.relpath(path.resolve(), context.folder.resolve())
    return {"path": slashes(near), "sha256": digest}


def _expires(
    given: Answers, ask: Asking, context: AnswerContext, kind: str, issued: date
) -> date:
    """The last day that it counts: what is said, else the last that may be."""
    months = context.longest.get(kind)
    last = latest(issued, months) if months else date.max
    usual = (last - timedelta(days=1)).isoformat() if months else ""

    def end(written: str) -> date:
        found = understood.day(written)
        if found < issued:
            raise SovlintError("`expires` comes before `issued`.")
        if found > last:
            raise SovlintError(
                f"{found}: that is longer than an attestation of this kind counts ({months} months).",
                f"The last day is {last}.",
            )
        return found

    found = ask.wanted(given.expires, "ask.expires", end, usual)
    return found or end(usual or issued.isoformat())
