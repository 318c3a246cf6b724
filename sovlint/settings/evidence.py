"""What the configuration files of a folder prove of where data goes: signatures of settings, and what formats prove."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sovlint.documents.dialects import BRACES, variable_pattern
from sovlint.model.resource import Sent, SentBy
from sovlint.model.source import Located
from sovlint.model.text import Note
from sovlint.model.value import Known, Reason, Step, StepKind, Unknown, Value
from sovlint.rules.by_value import without_repeats
from sovlint.rules.configuration import Entry, FilePart, FormatProof, SettingsAt
from sovlint.rules.destination import NOTHING, Setting, Signal, Told, sends
from sovlint.rules.formats import Claim, Formats
from sovlint.rules.keys import KeyPath, below, path_parts
from sovlint.rules.outlet import Outlets
from sovlint.rules.signatures import Signatures
from sovlint.settings import steps
from sovlint.settings.names import STYLES, join_keys
from sovlint.settings.outlets import outlets, reader, scopes
from sovlint.settings.steps import RUNS, StepRunner
from sovlint.settings.switches import switched_on
from sovlint.settings.values import valued

_HOST: Final = re.compile(
    r"^(?:[a-z]+:)*(?:[a-z][a-z0-9+.-]*:)?//(?:[^/?#]*@)?([^/?#;]*)", re.IGNORECASE
)
_SECRET_FIELD: Final = re.compile(
    r"(?:^|[;,])\s*[\w .-]*(?:key|password|passwd|pwd|secret|token|signature|user|user ?name|user ?id|uid)\s*=[^;,]*",
    re.IGNORECASE,
)
"""A field of a connection string that may be left out of what is committed, and says nothing of where data goes."""

_DEFAULT: Final = variable_pattern(
    BRACES, rf"(?:env:)?(?P<name>\w+){BRACES.default}(?P<text>[^${{}}]*)"
)
_WORD: Final = re.compile(r"[^\W_]+")
STORE: Final = "at-rest"
"""The role of what keeps data: two stores of one host may differ."""


class FileEvidence(Struct, frozen=True):
    """One thing that a file proves: by which signature or proof (``id``), at which key, and where data goes."""

    id: str
    key: str
    sent: Sent
    claim: Claim
    environment: str | None = None


class Read(Struct, frozen=True):
    """A file that was read, and its parts."""

    claim: Claim
    parts: tuple[FilePart, ...]


def evidence(
    reads: Sequence[Read], signatures: Signatures, formats: Formats, rules: Outlets, run: StepRunner = lambda step: ()
) -> Iterator[FileEvidence]:  # fmt: skip
    """What the files of one folder prove, each thing once. Files of one format that are for an environment add to those
    that are for all, where the format is layered; a template stands alone. ``run``: what scripts of pipelines prove."""
    once: set[object] = set()
    for read in reads:
        for part in read.parts:
            if not _for_tests(part.environment, formats):
                under = () if part.environment is None else _under(read, reads)
                found = [
                    *_of_settings(read.claim, part, under, signatures, formats),
                    *_of_outlets(read.claim, part, formats, rules),
                ]
                if not read.claim.template:
                    found += _of_format(read.claim, part)
                    found += _of_steps(read.claim, part, formats, run, once)
                yield from without_repeats(found, lambda each: each.sent, by_place=True)


def _of_steps(
    claim: Claim, part: FilePart, formats: Formats, run: StepRunner, once: set[object]
) -> Iterator[FileEvidence]:
    if not claim.format.steps:
        return
    for name, keys, sent in steps.found(part, claim.format, formats.tasks, run, once):
        yield FileEvidence(name, join_keys(keys), sent, claim, part.environment)


def _for_tests(environment: str | None, formats: Formats) -> bool:
    """Whether all environments that a part is for are tests' own (``test``, ``ci | e2e``)."""

    def test(each: str) -> bool:
        words = {word.lower() for word in re.split(r"[^A-Za-z0-9]+", each)}
        return "!" not in each and bool(words & formats.tests)

    return environment is not None and all(
        test(each) for each in re.split(r"[,|]", environment)
    )


def _under(read: Read, reads: Sequence[Read]) -> tuple[FilePart, ...]:
    """The parts that one for an environment adds to."""
    kind = read.claim.format
    if not kind.layered or read.claim.template:
        return ()
    same = (
        each for each in reads if each.claim.format.id == kind.id and not each.claim.template
    )
    return tuple(part for each in same for part in each.parts if part.environment is None)


def _of_settings(
    claim: Claim,
    part: FilePart,
    under: Sequence[FilePart],
    signatures: Signatures,
    formats: Formats,
) -> Iterator[FileEvidence]:
    # By objects: a place of JSON is worked out when it is asked for, and that is late here.
    own = {id(entry.where) for entry in part.entries}
    entries = [entry for each in (*under, part) for entry in each.entries]
    paths = {id(entry.where): entry.path for entry in entries}
    met: set[tuple[str, object, object]] = set()
    for rule in claim.format.settings:
        for group in _groups(rule, entries):
            if rule.written and _is_below_tests(group, formats):
                continue
            if rule.values:
                group = [each for each in group if not _is_below_tests([each], formats)]
            if part.environment is not None:
                group = switched_on(group, own, formats.switches)
            keys = {id(entry.where): key for key, entry in group}
            for signal in signatures.signals(list(_named(rule, group, formats))):
                sent = signal.sent
                once = (signal.id, _told(signal), sent.provider)
                is_new = id(sent.where) in own and once not in met
                is_nearest = sent.by is SentBy.RULE or _is_nearest(
                    rule, paths[id(sent.where)], claim
                )
                if is_new and is_nearest and _is_proof(signal, rule, claim):
                    met.add(once)
                    yield FileEvidence(
                        signal.id,
                        keys[id(sent.where)],
                        _called(sent, keys, rule),
                        claim,
                        part.environment,
                    )


def _is_nearest(rule: SettingsAt, path: KeyPath, claim: Claim) -> bool:
    """Whether no other rule of the format leads further down to a setting: what one knows of its name, that one does."""
    return not any(
        len(other.at) > len(rule.at) and _leads_to(other, path)
        for other in claim.format.settings
    )


def _leads_to(rule: SettingsAt, path: KeyPath) -> bool:
    """Whether a rule makes a setting of what stands at a path."""
    if not below(path, rule.at):
        return False
    rest = path[len(rule.at) :]
    if rule.called:
        return not rest or (len(rest) == 1 and rest[0].isdigit())
    if rule.value is not None:
        return rest == rule.value or (rule.name is None and not rest)
    return bool(rest)


def _is_below_tests(group: Sequence[tuple[str, Entry]], formats: Formats) -> bool:
    """Whether settings stand below a key that is called like tests: by the first of them."""
    above = [word for key, _ in group[:1] for word in key.split(".")[:-1]]
    return any(_for_tests(word, formats) for word in above)


def _is_proof(signal: Signal, rule: SettingsAt, claim: Claim) -> bool:
    """Whether what a signature finds at these settings is proof there: a guess at a format needs an address, and
    settings that are only taken as written need one that is known."""
    sent = signal.sent
    if signal.id in rule.but:
        return False
    if sent.by is not SentBy.RULE and _tells_outlets(claim) and not rule.values:
        return False
    if (rule.written or rule.values) and not _is_written(sent.value):
        return False
    return signal.addressed or (claim.sure and not rule.written)


def _is_written(value: Value) -> bool:
    """Whether an address is written, if only in part: where its password is filled in, it is."""
    return isinstance(value, Known) or any(
        _HOST.match(part or "") for part in value.parts or ()
    )


def _tells_outlets(claim: Claim) -> bool:
    """Whether a file says by outlets where data goes: which of its addresses are in use, they know."""
    return bool(claim.format.outlets) or claim.format.pipelines


def _groups(rule: SettingsAt, entries: Iterable[Entry]) -> Iterable[list[tuple[str, Entry]]]:
    """The settings at each place that a rule leads to, by how they are called; later ones win."""
    found: dict[KeyPath, dict[KeyPath, Entry]] = {}
    for entry in entries:
        if not below(entry.path, rule.at):
            continue
        size = len(rule.at)
        if rule.called:
            if _leads_to(rule, entry.path):
                found.setdefault((), {})[entry.path] = entry
        elif rule.value is None:
            if len(entry.path) > size:
                found.setdefault(entry.path[:size], {})[entry.path[size:]] = entry
        else:
            found.setdefault(entry.path[: size - 1], {})[entry.path[size - 1 :]] = entry
    for above, inner in found.items():
        listed = inner if rule.value is None else dict(_members(rule, inner))
        yield [
            (join_keys((*above, *rest)), Entry(rest, each.value, each.where))
            for rest, each in listed.items()
        ]


def _members(
    rule: SettingsAt, inner: Mapping[KeyPath, Entry]
) -> Iterator[tuple[KeyPath, Entry]]:
    """Things with a name and a value in them -> settings of that name."""
    assert rule.value is not None
    for path, entry in inner.items():
        if path[1:] != rule.value and not (rule.name is None and path[1:] == ()):
            continue
        name = path[0]
        if rule.name is not None:
            called = inner.get((path[0], *rule.name))
            if called is None or not isinstance(called.value, Known):
                continue
            name = str(called.value.value)
        yield (name,), entry


def _named(
    rule: SettingsAt, group: Iterable[tuple[str, Entry]], formats: Formats
) -> Iterator[Setting]:
    """Settings by every name that signatures may know them by; placeholders are none."""
    for _, entry in group:
        value = _known(entry.value, formats)
        if value is not None:
            for name in _names(rule, entry.path):
                yield Setting(name, value, entry.where)


def _names(rule: SettingsAt, path: KeyPath) -> Iterable[str]:
    if rule.called:
        return (rule.called,)
    if rule.values:  # words that no signature has
        return (" ".join(_WORD.findall(join_keys(path))),)
    return dict.fromkeys(f"{rule.prefix}{STYLES[style](path)}" for style in rule.styles)


def _known(value: Value, formats: Formats) -> Value | None:
    """A value; unknown where it only says where a secret is kept, ``None`` where it has still to be filled in."""
    if not isinstance(value, Known) or not isinstance(value.value, str):
        return value
    if formats.references.match(value.value):
        return Unknown(Reason.TEMPLATED, "secret", value.because, note=Note("settings.kept"))
    return None if formats.placeholders.search(_telling(value.value)) else value


def _telling(text: str) -> str:
    """The part of a value that says where data goes, if one does: the host of an address, the rest of a connection
    string without its secrets. Else all of it."""
    host = _HOST.match(text)
    return host[1] if host else _SECRET_FIELD.sub("", text).strip(";, ") or text


def _of_outlets(
    claim: Claim, part: FilePart, formats: Formats, rules: Outlets
) -> Iterator[FileEvidence]:
    """What outlets send, each address once; one that has still to be filled in isn't sent to."""
    met: set[tuple[object, ...]] = set()
    for outlet in outlets(part, claim.format, formats.references):
        for signal in outlet.signals(rules):
            sent = signal.sent
            value = _known(_filled(sent.value), formats)
            region = None if sent.region is None else _known(_filled(sent.region), formats)
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
                found = Sent(
                    value, _where(sent, part), sent.role, sent.key, sent.provider, region
                )
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


def _called(sent: Sent, keys: Mapping[int, str], rule: SettingsAt) -> Sent:
    """What is sent, under the key of its file; that of a machine on which the thing itself runs is none."""
    by_host = rule.values and sent.by is SentBy.ADDRESS
    return replace(
        sent,
        key="" if sent.role == RUNS else keys[id(sent.where)],
        by=SentBy.HOST if by_host else sent.by,
    )


def _told(signal: Signal) -> object:
    """What tells one address from another: those of which nothing is known may differ, and stores of one host too."""
    value, names = signal.sent.value, signal.sent.names
    if not isinstance(value, Known):
        return id(value)
    if signal.sent.by is SentBy.VALUE and isinstance(names, Known):
        return names.value
    host = None if signal.back else _HOST.match(str(value.value))
    return host[1] if host else value.value


def _host(value: Value) -> object:
    """The host of an address, as far as it has one."""
    met = _HOST.match(str(value.value)) if isinstance(value, Known) else None
    return met[1] if met else _text(value)


def _text(value: Value) -> object:
    """What tells one value of an outlet from another; those of which nothing is known may differ, but for the same
    variable, or where nothing is written at all."""
    if isinstance(value, Known):
        return value.value
    told = value.reason is not Reason.TEMPLATED or (
        value.parts and value.parts.count(None) == 1
    )
    return (value.detail, value.parts) if told else id(value)


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
    ]
    whole = Told(holder=None if places else Setting(key, NOTHING, where), regions=places)
    for sent in sends(replace(proof, company=company), whole):
        yield FileEvidence(proof.id, sent.key, replace(sent, key=""), claim, part.environment)


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
