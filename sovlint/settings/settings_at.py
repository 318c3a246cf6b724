"""Settings of files -> where they send data: where a format says that they stand, by the names that it gives them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Final

from msgspec.structs import replace

from sovlint.model.decoding import late_pattern
from sovlint.model.partial.holes import HOLE, cut_text, marked_text, parts_of
from sovlint.model.resources.sent import Sent, SentBy
from sovlint.model.text import Note
from sovlint.model.value import Known, Reason, Unknown, Value, unroll
from sovlint.rules.destination import Setting, Signal
from sovlint.rules.files.configuration import Entry, FilePart, SettingsAt
from sovlint.rules.files.formats import Claim, Formats
from sovlint.rules.keys import KeyPath, below
from sovlint.rules.names.signatures import Signatures
from sovlint.rules.values.value_hosts import is_named_by_address
from sovlint.rules.values.value_kinds import texts_of
from sovlint.settings.file_evidence import FileEvidence
from sovlint.settings.names import STYLES, join_keys
from sovlint.settings.steps import RUNS
from sovlint.settings.switches import switched_off
from sovlint.settings.untold_variables import untold

HOST: Final = late_pattern(
    r"^(?:[a-z]+:)*(?:[a-z][a-z0-9+.-]*:)?//(?:[^/?#]*@)?([^/?#;]*)", re.IGNORECASE
)
_SECRET_FIELD: Final = late_pattern(
    r"(?:^|[;,])\s*[\w .-]*(?:key|password|passwd|pwd|secret|token|signature|user|user ?name|user ?id|uid)\s*=[^;,]*",
    re.IGNORECASE,
)
"""A field of a connection string that may be left out of what is committed, and says nothing of where data goes."""

_KEY: Final = late_pattern(r"//[^/?#@\s]+@|[?&]\w+=")
"""A password, or a parameter that may be a key, in an address."""
_WORD: Final = late_pattern(r"[^\W_]+")


def of_settings(
    claim: Claim,
    part: FilePart,
    under: Sequence[FilePart],
    signatures: Signatures,
    formats: Formats,
) -> Iterator[FileEvidence]:
    """What the settings of one part of a file prove, each thing once. ``under``: the parts that it adds to."""
    # By objects: a place of JSON is worked out when it is asked for, and that is late here.
    own = {id(entry.where) for entry in part.entries}
    entries = [entry for each in (*under, part) for entry in each.entries]
    paths = {id(entry.where): entry.path for entry in entries}
    met: set[tuple[str, object, str | None, bool]] = set()
    asked: set[int] = set()
    for rule in claim.format.settings:
        for group in _groups(rule, entries):
            if rule.written and _is_below_tests(group, formats):
                continue
            if rule.values:
                group = [each for each in group if not _is_below_tests([each], formats)]
            off = switched_off(group, own, formats.switches, part.environment is not None)
            keys = {id(entry.where): key for key, entry in group}
            named = list(_named(rule, group, formats))
            of_stores = _of_stores(rule, named, part, claim, signatures)
            signals = [] if rule.kept else signatures.signals(named)
            for signal in sorted(signals, key=lambda each: each.sent.may_be_shown):
                sent = replace(signal.sent, off=off.get(id(signal.sent.where)))
                once = (signal.id, _told(signal), sent.provider, sent.off is None)
                is_new = id(sent.where) in own and once not in met
                is_nearest = sent.by is SentBy.RULE or _is_nearest(
                    rule, paths[id(sent.where)], claim
                )
                is_meant = signal.id not in rule.but or signal.id in of_stores
                if is_new and is_nearest and is_meant and _is_proof(signal, rule, claim):
                    met.add(once)
                    yield FileEvidence(
                        signal.id,
                        keys[id(sent.where)],
                        _called(sent, keys, rule),
                        claim,
                        part.environment,
                    )
            for signal in untold(rule, named, entries, claim, signatures):
                at = id(signal.sent.where)
                if at in own and at not in asked:
                    asked.add(at)
                    key = keys.get(id(signal.sent.where), signal.sent.key)
                    sent = replace(signal.sent, key=key)
                    yield FileEvidence(signal.id, key, sent, claim, part.environment)


def _of_stores(
    rule: SettingsAt,
    settings: Iterable[Setting],
    part: FilePart,
    claim: Claim,
    signatures: Signatures,
) -> frozenset[str]:
    """Signatures that count in spite of `but`: those of values that can only name a store. A script that is told such a
    value says by its commands what is done with it."""
    if not rule.but:
        return frozenset()
    stores = [each for each in settings if signatures.names_store(each)]
    scripts = _scripts(part, claim) if stores else ()
    return frozenset(
        signal.id
        for each in stores
        if not _is_told(scripts, each)
        for signal in signatures.signals([each])
    )


def _scripts(part: FilePart, claim: Claim) -> Sequence[str]:
    """The texts of a file's scripts."""
    return [
        marked_text(parts_of(entry.value))
        for entry in part.entries
        if claim.format.is_script(entry.path)
    ]


def _is_told(scripts: Iterable[str], setting: Setting) -> bool:
    """Whether one of the scripts is told a setting, by its name or its value."""
    name, address = re.escape(setting.name), re.escape(marked_text(parts_of(setting.value)))
    used = re.compile(rf"{address}|(?:\$\{{?|\benv\.|\bvariables\.){name}\b")
    return any(used.search(script) for script in scripts)


def _is_nearest(rule: SettingsAt, path: KeyPath, claim: Claim) -> bool:
    """Whether no other rule of the format leads further down to a setting: what one knows of its name, that one does."""
    return not any(
        len(other.at) > len(rule.at) and other.leads_to(path)
        for other in claim.format.settings
    )


def _is_below_tests(group: Sequence[tuple[str, Entry]], formats: Formats) -> bool:
    """Whether settings stand below a key that is called like tests: by the first of them."""
    above = [word for key, _ in group[:1] for word in key.split(".")[:-1]]
    return any(for_tests(word, formats) for word in above)


def _is_proof(signal: Signal, rule: SettingsAt, claim: Claim) -> bool:
    """Whether what a signature finds at these settings is proof there: a guess at a format needs an address, and
    settings that are only taken as written need one that is known."""
    sent = signal.sent
    if sent.by is not SentBy.RULE and _tells_outlets(claim) and not rule.values:
        return False
    if is_named_by_address(sent):
        return True
    if (rule.written or rule.values) and not is_written(sent.value):
        return False
    return signal.addressed or (claim.sure and not rule.written)


def is_written(value: Value) -> bool:
    """Whether an address is written, if only in part: where its password is filled in, it is."""
    return isinstance(value, Known) or any(
        HOST.match(part or "") for part in value.parts or ()
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
            if rule.leads_to(entry.path):
                found.setdefault((), {})[entry.path] = entry
        elif rule.value is None:
            if len(entry.path) > size:
                each = _assigned(entry, size) if rule.assigned else entry
                found.setdefault(entry.path[:size], {})[each.path[size:]] = each
        else:
            found.setdefault(entry.path[: size - 1], {})[entry.path[size - 1 :]] = entry
    for above, inner in found.items():
        listed = inner if rule.value is None else dict(_members(rule, inner))
        yield [
            (join_keys((*above, *rest)), Entry(rest, each.value, each.where))
            for rest, each in listed.items()
        ]


def _assigned(entry: Entry, size: int) -> Entry:
    """A text ``NAME=value`` as a setting of that name; any other stays what it is."""
    value = entry.value
    text = marked_text(parts_of(value))
    name, sign, _ = text.partition("=")
    if not sign or HOLE in name:
        return entry
    count = len(name) + 1
    if isinstance(value, Known):
        held: Value = Known(text[count:], value.because, value.sensitive)
    else:
        held = cut_text(value, lambda whole: whole[count:])
    return Entry((*entry.path[:size], name), held, entry.where)


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
        value = known(entry.value, formats)
        if value is not None:
            for name in _names(rule, entry.path):
                yield Setting(name, value, entry.where)


def _names(rule: SettingsAt, path: KeyPath) -> Iterable[str]:
    if rule.called:
        return (rule.called,)
    if rule.values:  # words that no signature has
        return (" ".join(_WORD.findall(join_keys(path))),)
    return dict.fromkeys(f"{rule.prefix}{STYLES[style](path)}" for style in rule.styles)


def known(value: Value, formats: Formats) -> Value | None:
    """A value; unknown where it only says where a secret is kept, ``None`` where it has still to be filled in."""
    if not isinstance(value, Known) or not isinstance(value.value, str):
        return value
    if formats.references.match(value.value):
        return Unknown(Reason.TEMPLATED, "secret", value.because, note=Note("settings.kept"))
    return None if formats.placeholders.search(_telling(value.value)) else value


def _telling(text: str) -> str:
    """The part of a value that says where data goes, if one does: the host of an address, the rest of a connection
    string without its secrets. Else all of it."""
    host = HOST.match(text)
    return host[1] if host else _SECRET_FIELD.sub("", text).strip(";, ") or text


def _called(sent: Sent, keys: Mapping[int, str], rule: SettingsAt) -> Sent:
    """What is sent, under the key of its file; that of a machine on which the thing itself runs is none."""
    key = "" if sent.role == RUNS else keys[id(sent.where)]
    return replace(
        sent,
        key=key,
        by=SentBy.HOST if (rule.values or rule.ruled) and by_name(sent) else sent.by,
    )


def by_name(sent: Sent) -> bool:
    """Whether only names show that something is sent: that of a setting, or that of a key beside it."""
    if sent.by is SentBy.CLIENT:
        return not any(_KEY.search(text) for text in texts_of(sent.value))
    return sent.by in (SentBy.ADDRESS, SentBy.URL)


def _told(signal: Signal) -> object:
    """What tells one address from another: those of which nothing is known may differ, but for one that is what another
    setting says, and stores of one host too."""
    value, names = signal.sent.value, signal.sent.names
    if not isinstance(value, Known):
        own = signal.sent.where.span()
        behind = (step.where.span() for step in unroll(value.because) if step.where)
        others = dict.fromkeys(where for where in behind if where != own)
        where = next(iter(others)) if len(others) == 1 else own
        return where, marked_text(parts_of(value))
    if signal.sent.by is SentBy.VALUE and isinstance(names, Known):
        return names.value
    host = None if signal.back else HOST.match(str(value.value))
    return host[1] if host else value.value


@cache
def _words_of_each(environment: str) -> Sequence[frozenset[str]]:
    """The words of each environment of a list (``ci | e2e``); none of all but one (``!test``)."""
    return [
        frozenset() if "!" in each else frozenset(re.split(r"[^a-z0-9]+", each.lower()))
        for each in re.split(r"[,|]", environment)
    ]


def for_tests(environment: str | None, formats: Formats) -> bool:
    """Whether all environments that a part is for are tests' own (``test``, ``ci | e2e``)."""
    if environment is None:
        return False
    return all(not formats.tests.isdisjoint(words) for words in _words_of_each(environment))
