"""What the configuration files of a folder prove of where data goes: signatures of settings, and what formats prove."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from msgspec.structs import replace

from sovlint.documents.dialects import BRACES, variable_pattern
from sovlint.model.resources.sent import Sent
from sovlint.model.source import Located
from sovlint.model.text import Note
from sovlint.model.value import Known, Reason, Step, StepKind, Unknown, Value
from sovlint.rules.destination import NOTHING, Setting, Told, as_meant, sends
from sovlint.rules.files.configuration import Entry, FilePart, FormatProof
from sovlint.rules.files.formats import Claim, Formats
from sovlint.rules.files.outlet import Outlets
from sovlint.rules.keys import KeyPath, below, path_parts
from sovlint.rules.names.signatures import Signatures
from sovlint.rules.repeats import rules_before_values
from sovlint.settings import steps
from sovlint.settings.file_evidence import FileEvidence, Read
from sovlint.settings.names import join_keys
from sovlint.settings.outlets import outlets, reader, scopes
from sovlint.settings.settings_at import HOST, for_tests, known, of_settings
from sovlint.settings.steps import StepRunner
from sovlint.settings.values import valued

_DEFAULT: Final = variable_pattern(
    BRACES, rf"(?:env:)?(?P<name>\w+){BRACES.default}(?P<text>[^${{}}]*)"
)
STORE: Final = "at-rest"
"""The role of what keeps data: two stores of one host may differ."""


def evidence(
    reads: Sequence[Read], signatures: Signatures, formats: Formats, rules: Outlets, run: StepRunner = lambda step, kept: ()
) -> Iterator[FileEvidence]:  # fmt: skip
    """What the files of one folder prove, each thing once. Files of one format that are for an environment add to those
    that are for all, where the format is layered; a template stands alone. ``run``: what scripts of pipelines prove."""
    once: set[object] = set()
    for read in reads:
        for part in read.parts:
            if not for_tests(part.environment, formats):
                under = () if part.environment is None else _under(read, reads)
                found = [
                    *of_settings(read.claim, part, under, signatures, formats),
                    *_of_outlets(read.claim, part, formats, rules),
                ]
                if not read.claim.template:
                    found += _of_format(read.claim, part)
                    found += _of_steps(read.claim, part, formats, run, once)
                for each in rules_before_values(found, lambda each: each.sent, by_place=True):
                    yield _held(each, part)


def _held(found: FileEvidence, part: FilePart) -> FileEvidence:
    """A thing with all the files whose data it may send: its own, and those that name one of them."""
    own = {found.claim.path, found.sent.where.span().path, *found.held_in}
    return replace(found, held_in=own.union(*(part.named_by.get(each, ()) for each in own)))


def _of_steps(
    claim: Claim, part: FilePart, formats: Formats, run: StepRunner, once: set[object]
) -> Iterator[FileEvidence]:
    if not claim.format.steps:
        return
    for step, name, keys, sent in steps.found(part, claim.format, formats.tasks, run, once):
        held_in = frozenset(each.where.span().path for each in step.scripts)
        yield FileEvidence(name, join_keys(keys), sent, claim, part.environment, held_in)


def _under(read: Read, reads: Sequence[Read]) -> tuple[FilePart, ...]:
    """The parts that one for an environment adds to."""
    kind = read.claim.format
    if not kind.layered or read.claim.template:
        return ()
    same = (
        each for each in reads if each.claim.format.id == kind.id and not each.claim.template
    )
    return tuple(part for each in same for part in each.parts if part.environment is None)


def _of_outlets(
    claim: Claim, part: FilePart, formats: Formats, rules: Outlets
) -> Iterator[FileEvidence]:
    """What outlets send, each address once; one that has still to be filled in isn't sent to."""
    met: set[tuple[object, ...]] = set()
    for outlet in outlets(part, claim.format, formats.references):
        for signal in outlet.signals(rules):
            sent = signal.sent
            value = known(_filled(sent.value), formats)
            region = None if sent.region is None else known(_filled(sent.region), formats)
            name = f"{outlet.tool}/{outlet.type}"
            told = _text(sent.value) if sent.role == STORE else _host(sent.value)
            addressed = isinstance(sent.value, Known) and sent.value.value is not None
            kind = outlet.tool if addressed else name  # several types may have one address
            once = (
                kind,
                sent.role,
                told,
                sent.provider,
                None if sent.region is None else _text(sent.region),
            )
            if (
                value is not None
                and once not in met
                and (signal.addressed or not claim.template)
            ):
                met.add(once)
                found = replace(sent, value=value, where=_where(sent, part), region=region)
                yield FileEvidence(
                    name, sent.key.replace(" ", "."), found, claim, part.environment
                )


def _where(sent: Sent, part: FilePart) -> Located:
    """Where something is sent: at the address; an outlet of a pipeline is where the like in an object would be."""
    step = sent.value.because
    return sent.where if part.outlets or step is None or step.where is None else step.where


def _filled(value: Value) -> Value:
    """A value as the tools have it that fill in what its own doesn't; with the default of the only variable in it."""
    step = value.because
    if step is None or step.where is None:
        return value
    if isinstance(value, Known):
        filled = valued(value.value, step.where) if isinstance(value.value, str) else value
        return filled if isinstance(filled, Unknown) else value
    default = (
        _DEFAULT.fullmatch(value.detail)
        if value.parts and value.parts.count(None) == 1
        else None
    )
    if default is None or value.parts is None:
        return value
    text = "".join(default["text"] if part is None else part for part in value.parts)
    return Known(
        text,
        Step(
            step.where,
            Note("settings.default", {"name": default["name"]}),
            kind=StepKind.DEFAULT,
        ),
    )


def _host(value: Value) -> object:
    """The host of an address, as far as it has one."""
    met = HOST.match(str(value.value)) if isinstance(value, Known) else None
    return met[1] if met else _text(value)


def _text(value: Value) -> object:
    """What tells one value of an outlet from another; those of which nothing is known may differ, but for the same
    variable, or where nothing is written at all."""
    if isinstance(value, Known):
        return value.value
    told = value.reason is not Reason.TEMPLATED or (
        value.parts and value.parts.count(None) == 1
    )
    return (value.detail, value.parts) if told else value


def _of_format(claim: Claim, part: FilePart) -> Iterator[FileEvidence]:
    for proof in claim.format.proves:
        for above, inner in scopes(proof.each, part.entries).items():
            if proof.is_meant(reader(inner)):
                yield from _proved(
                    claim, proof, above, FilePart(tuple(inner), part.environment)
                )


def _proved(
    claim: Claim, proof: FormatProof, above: KeyPath, part: FilePart
) -> Iterator[FileEvidence]:
    """One for each region that is written; none where the company isn't known."""
    company, where, key = proof.company, _first(proof, part), join_keys(above) or proof.id
    if proof.company_at is not None:
        told = next(iter(_at(proof.company_at, part)), None)
        if told is None or not isinstance(told.value, Known):
            return
        company = proof.companies.get(str(told.value.value).lower(), proof.company)
        where, key = told.where, join_keys((*above, *told.path))
    if company is None or where is None:
        return
    regions = next((found for at in proof.region if (found := _at(at, part))), [])
    places = [
        Setting(join_keys((*above, *each.path)), each.value, each.where) for each in regions
    ] or _unwritten(proof, company, key, where)
    whole = Told(holder=None if places else Setting(key, NOTHING, where), regions=places)
    for sent in sends(replace(proof, company=company), whole):
        meant = as_meant(proof, replace(sent, key=key if proof.declared else ""))
        yield FileEvidence(proof.id, sent.key, meant, claim, part.environment)


def _unwritten(proof: FormatProof, company: str, key: str, where: Located) -> list[Setting]:
    """The region that a tool takes at a company where none is written."""
    region = proof.region_without.get(company)
    if region is None:
        return []
    note = Note("settings.default-region", {"region": region})
    return [Setting(key, Known(region, Step(where, note, kind=StepKind.DEFAULT)), where)]


def _at(at: KeyPath, part: FilePart) -> list[Entry]:
    return [entry for entry in part.entries if below(entry.path, at)]


def _first(proof: FormatProof, part: FilePart) -> Located | None:
    """Where the first thing stands that a proof goes by; else the first of the file."""
    met = (
        entry.where
        for each in proof.when
        for path in each.paths
        for entry in _at(path_parts(path), part)
    )
    return next(met, part.entries[0].where if part.entries else None)
