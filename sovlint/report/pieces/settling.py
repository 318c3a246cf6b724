"""What settles a cause: lines of ``sovlint.yaml``, or a command, with what is known of it filled in.

``???`` is what only people know. What nothing here would settle has none.
"""

from __future__ import annotations

import json
import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sovlint.model.attestation import CONTROL, COUNTRY
from sovlint.model.decoding import late_pattern
from sovlint.model.findings.cause import Cause, CauseKind
from sovlint.model.findings.finding import Finding
from sovlint.model.placement import GLOBAL_REGION
from sovlint.model.redaction.redact import mask, printable
from sovlint.model.resources.resource import Resource
from sovlint.model.source import Span
from sovlint.model.text import BLANK
from sovlint.model.value import Fact, Known, Unknown
from sovlint.report.messages import phrase
from sovlint.rules.domains import by_domain, globs_of

MOST_FOLDERS: Final = 6
"""So many folders are named in an entry; of more, those at the top."""

_OF_ENTRY: Final = 2
"""How far an entry is indented; what is indented further belongs to the entry above."""

_ATTEST: Final = "report.attest-lines"
_ATTEST_FACT: Final = "report.attest-fact-lines"

_CODE: Final = late_pattern(r"(?=.*[-0-9])[A-Za-z][A-Za-z0-9-]*")
_PLAIN: Final = late_pattern(r"[A-Za-z0-9_./-]+")
_VARIABLE: Final = late_pattern(r".*:var\.([A-Za-z_][\w-]*)")
_GLOB: Final = late_pattern(r"[\\*?\[]")


ConfigKeys = Mapping[str, Span]
"""Where the keys of the configuration stand, by the path to them."""


class Settling(Struct, frozen=True):
    """What settles a cause: ``lead`` is the key of the sentence before it, ``lines`` are what is to be written in
    ``syntax`` (``yaml`` or ``sh``)."""

    lead: str
    lines: tuple[str, ...]
    syntax: str = "yaml"
    key: str = ""
    line: int = 0
    """The key of the configuration below which ``lines`` go, and its line; none where they bring their own."""

    def said(self, language: str) -> str:
        """The sentence before the lines, which says below what they go."""
        lead = phrase(self.lead, language)
        if not self.key:
            return lead
        about = {"lead": lead.rstrip(" \u00a0:"), "key": self.key, "line": self.line}
        return phrase("report.settle-below", language, **about)

    def below(self, keys: ConfigKeys) -> Settling:
        """The same without those keys at its head that the configuration has: YAML lets none stand twice."""
        key, lines = "", self.lines
        while (
            lines
            and lines[0].endswith(":")
            and (path := f"{key}.{lines[0].strip(' :')}".lstrip(".")) in keys
        ):
            key, lines = path, lines[1:]
        return replace(self, lines=lines, key=key, line=keys[key].line) if key else self

    @property
    def attests(self) -> bool:
        """Whether somebody vouches for it."""
        return self.lead in (_ATTEST, _ATTEST_FACT)


def settling(findings: Sequence[Finding]) -> Settling | None:
    """What settles what ``findings`` of one cause wait for; ``None`` where nothing is known to."""
    cause = findings[0].cause
    if cause is None:
        return None
    if cause.claim:
        lead = _ATTEST_FACT if cause.claim in (COUNTRY, CONTROL) else _ATTEST
        return Settling(lead, tuple(_attestations(cause, findings)))
    if cause.kind == CauseKind.CREATED:
        kind, _, name = cause.name.partition(":")
        cause = replace(cause, kind=kind, name=name)
    made = _SETTLING.get(cause.kind)
    return made(cause, findings) if made is not None else None


def joined(drafts: Iterable[Settling]) -> tuple[Settling, ...]:
    """Several as one for each sentence and syntax: what stands below one key follows each other, each entry once."""
    found: dict[tuple[str, str], dict[str, dict[str, None]]] = {}
    for draft in drafts:
        keys = found.setdefault((draft.lead, draft.syntax), {})
        for head, entry in _entries(draft):
            first, _, rest = entry.partition("\n")
            if first.endswith(
                ":"
            ):  # a key of its own: what stands below it is put together too
                keys.setdefault(f"{head}\n{first}", {}).update(
                    dict.fromkeys(rest.split("\n"))
                )
            else:
                keys.setdefault(head, {})[entry] = None
    return tuple(
        Settling(lead, tuple(_lines(keys)), syntax) for (lead, syntax), keys in found.items()
    )


def _entries(draft: Settling) -> Iterator[tuple[str, str]]:
    """Each entry as one text, after the key that it stands below; commands stand below none."""
    head, entry = "", list[str]()
    for line in draft.lines:
        indent = len(line) - len(line.lstrip())
        if entry and indent <= _OF_ENTRY:
            yield head, "\n".join(entry)
            entry = []
        if draft.syntax == "yaml" and not indent:
            head = line
        else:
            entry.append(line)
    if entry:
        yield head, "\n".join(entry)


def _lines(keys: Mapping[str, Iterable[str]]) -> Iterator[str]:
    for head, entries in keys.items():
        if head:
            yield from head.split("\n")
        for entry in entries:
            yield from entry.split("\n")


def regions(findings: Iterable[Finding]) -> list[str]:
    """The regions that ``findings`` are about, each once and sorted; an empty one where there is none to name."""
    found = {
        region
        for one in findings
        if one.placement is not None
        for region in _possible(one.placement.region)
    }
    return sorted(found) or [""]


# --- attestations


def _attestations(cause: Cause, findings: Sequence[Finding]) -> Iterable[str]:
    yield "attestations:"
    facts = (COUNTRY, CONTROL)
    provider, _, service = cause.name.partition("/")
    blank = {COUNTRY: f"{{country: {BLANK}}}", CONTROL: f"{{control: [{BLANK}]}}"}
    claim = blank.get(cause.claim, f"{{qualification: {cause.claim}}}")
    addresses = _addresses(cause, findings)
    for region in regions(findings) if cause.claim not in facts else [""]:
        where = f", region: {_scalar(region)}" if region else ""
        if cause.is_contract and service:
            where += f", services: [{_scalar(service)}]"
        yield f"  - claim: {claim}"
        yield f"    subject: {{provider: {provider}{where}{addresses}}}"
        yield from (
            f"    {key}: {BLANK}" for key in ("evidence", "owner", "issued", "expires")
        )


def _addresses(cause: Cause, findings: Sequence[Finding]) -> str:
    """Where a country is attested, what of the provider lies there: it may have services elsewhere."""
    if cause.claim != COUNTRY:
        return ""
    named = list(dict.fromkeys(_GLOB.sub("?", one.resource.address) for one in findings))
    return f", addresses: [{', '.join(map(_scalar, named[:MOST_FOLDERS]))}]"


# --- places


def _clusters(cause: Cause, findings: Sequence[Finding]) -> Settling:
    places = [one.placement for one in findings if one.placement is not None]
    hinted = all(each.proved is not None for each in places)
    is_known = hinted or cause.kind == CauseKind.CLUSTER_REGION
    provider = _agreed(each.provider for each in places) if is_known else BLANK
    region = _agreed(each.region for each in places) if hinted else BLANK
    lines = ["clusters:"]
    for destination, resources in _by_destination(findings).items():
        lines.append(f"  - paths: [{', '.join(map(_scalar, globs(resources)))}]")
        if destination:
            lines.append(f"    destinations: [{_scalar(destination)}]")
        lines += (f"    provider: {provider}", f"    region: {region}")
    return Settling("report.settle-clusters", tuple(lines))


def _agreed(facts: Iterable[Fact[str]]) -> str:
    """What all of several facts say, for people to confirm; a blank, where they don't."""
    known = {_known(each) for each in facts}
    return _scalar(known.pop() or BLANK) if len(known) == 1 else BLANK


def _by_destination(findings: Sequence[Finding]) -> Mapping[str, list[Resource]]:
    """What lands on each cluster that isn't known, by what deployers call it; all that goes by no name together."""
    found: dict[str, list[Resource]] = {}
    for each in (one.resource for one in findings):
        asked = each.named.asked if each.named is not None else ()
        called = {landing.called[0] if landing.called else "" for landing in asked}
        for name in sorted(called or {""}):
            found.setdefault(name, []).append(each)
    return found


def globs(resources: Iterable[Resource]) -> list[str]:
    """The outermost folders of ``resources``, as globs; those at the top where there are too many."""
    listed = list(resources)
    folders = {_folder(each) for each in listed}
    outermost = sorted(
        one
        for one in folders
        if not any(other != one and _within(one, other) for other in folders)
    )
    if len(outermost) > MOST_FOLDERS:
        outermost = sorted({one.partition("/")[0] for one in outermost})
    if (
        "" in outermost
    ):  # files at the top by their names: `**` would take in all that lies below
        files = {
            posixpath.basename(each.span.path) for each in listed if "/" not in each.span.path
        }
        return [_anchored(each) for each in sorted(files)] or ["**"]
    return [f"{_anchored(each)}/**" for each in outermost]


def _hosts(cause: Cause, findings: Sequence[Finding]) -> Settling | None:
    """An overlay with the hosts that were met, and no others of their domain."""
    hosts = sorted(set(_unlisted(findings)))[:MOST_FOLDERS]
    if not hosts:
        return None
    entries = (
        f"  - {{host: {_scalar(host)}, provider: {BLANK}, source: own}}" for host in hosts
    )
    source = f"  own: {{url: null, date: {BLANK}, supports: {BLANK}, basis: read}}"
    return Settling("report.settle-hosts", ("sources:", source, "endpoints:", *entries))


def _own_hosts(cause: Cause, findings: Sequence[Finding]) -> Settling | None:
    """Entries of the configuration, a domain each, the commonest first."""
    lines: list[str] = []
    for domain, met in list(by_domain(_unlisted(findings)).items())[:MOST_FOLDERS]:
        lines.append(f"  - hosts: [{', '.join(map(_scalar, globs_of(domain, met)))}]")
        lines += [f"    {key}: {BLANK}" for key in ("provider", "region")]
    return Settling("report.settle-house", ("hosts:", *lines)) if lines else None


def _unlisted(findings: Iterable[Finding]) -> list[str]:
    """The hosts at which nobody knows who answers, one for each finding."""
    facts = [one.placement.provider for one in findings if one.placement is not None]
    return [fact.host for fact in facts if isinstance(fact, Unknown) and fact.host]


def _anchored(path: str) -> str:
    """A path as a glob of itself alone."""
    return "/" + _GLOB.sub(r"\\\g<0>", path)


# --- inventories


def _company(cause: Cause, findings: Sequence[Finding]) -> Settling | None:
    """The commands that ask for what nobody knows of companies that the catalogue doesn't have."""
    named = [
        one.placement.provider_name
        for one in findings
        if one.placement is not None and isinstance(one.placement.provider, Unknown)
    ]
    names = [name for name in dict.fromkeys(named) if name][:MOST_FOLDERS]
    lines = tuple(
        line
        for name in names
        for line in (
            f"sovlint attest --provider {_argument(name)}",
            f"sovlint provider new --name {_argument(name)}",
        )
    )
    return Settling("report.settle-company", lines, "sh") if lines else None


# --- Terraform


def _variable(cause: Cause, findings: Sequence[Finding]) -> Settling | None:
    found = _VARIABLE.fullmatch(cause.name)
    if found is None:
        return None
    lines = ("terraform:", "  vars:", f"    {found[1]}: {BLANK}")
    return Settling("report.settle-variable", lines)


def _plan(cause: Cause, findings: Sequence[Finding]) -> Settling | None:
    if findings[0].resource.front_end != "terraform":
        return None
    root = _folder(findings[0].resource) or "."
    quoted = _argument(root)
    command = f"terraform -chdir={quoted} plan -out tfplan && terraform -chdir={quoted} show -json tfplan"
    plan = _argument(posixpath.normpath(posixpath.join(root, "plan.json")))
    return Settling(
        "report.settle-plan", (f"{command} > {plan}", f"sovlint scan {plan}"), "sh"
    )


def _module(cause: Cause, findings: Sequence[Finding]) -> Settling | None:
    if findings[0].resource.is_missing:
        return None  # a path at which there is no module: nothing fetches it
    roots = sorted({_folder(one.resource) or "." for one in findings})[:MOST_FOLDERS]
    lines = tuple(f"terraform -chdir={_argument(root)} init -backend=false" for root in roots)
    return Settling("report.settle-module", lines, "sh")


def _argument(path: str) -> str:
    """A path as one argument of a command, and as no option."""
    import shlex  # imported late: few reports propose commands

    shown = printable(mask(path))
    return shlex.quote(f"./{shown}" if shown.startswith("-") else shown)


_SETTLING: Final[Mapping[str, Callable[[Cause, Sequence[Finding]], Settling | None]]] = {
    CauseKind.CLUSTER: _clusters,
    CauseKind.CLUSTER_REGION: _clusters,
    CauseKind.PROJECT: _clusters,
    CauseKind.HOST: _hosts,
    CauseKind.HOUSE: _own_hosts,
    CauseKind.VARIABLE: _variable,
    CauseKind.COMPUTED: _plan,
    CauseKind.MODULE: _module,
    CauseKind.INVENTORY: _company,
}


def _folder(resource: Resource) -> str:
    return (
        resource.root if resource.root is not None else posixpath.dirname(resource.span.path)
    )


def _within(folder: str, above: str) -> bool:
    return not above or folder.startswith(f"{above}/")


def _known(fact: Fact[str]) -> str:
    return str(fact.value) if isinstance(fact, Known) and not fact.sensitive else ""


def _scalar(text: str) -> str:
    """A text as YAML has it: as it is where nothing but a text reads like that, without secrets."""
    return (
        text
        if _CODE.fullmatch(text) or text == BLANK
        else printable(json.dumps(mask(text), ensure_ascii=False))
    )


def _possible(region: Fact[str]) -> list[str]:
    members = (region,) if isinstance(region, Known) else region.among or ()
    return [
        str(member.value)
        for member in members
        if not member.sensitive and member.value != GLOBAL_REGION
    ]
