"""What settles a cause: lines of ``sovlint.yaml``, or a command, with what is known of it filled in.

``???`` is what only people know. What nothing here would settle has none.
"""

from __future__ import annotations

import json
import posixpath
import re
import shlex
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from msgspec import Struct

from sovlint.model.attestation import CONTROL, COUNTRY
from sovlint.model.findings.cause import Cause, CauseKind
from sovlint.model.findings.finding import Finding
from sovlint.model.placement import GLOBAL_REGION
from sovlint.model.redaction.redact import mask, printable
from sovlint.model.resource import Resource
from sovlint.model.text import BLANK
from sovlint.model.value import Fact, Known

MOST_FOLDERS: Final = 6
"""So many folders are named in an entry; of more, those at the top."""

_ATTEST: Final = "report.attest-lines"

_CODE: Final = re.compile(r"(?=.*[-0-9])[A-Za-z][A-Za-z0-9-]*")
_PLAIN: Final = re.compile(r"[A-Za-z0-9_./-]+")
_VARIABLE: Final = re.compile(r".*:var\.([A-Za-z_][\w-]*)")
_GLOB: Final = re.compile(r"[\\*?\[]")


class Settling(Struct, frozen=True):
    """What settles a cause: ``lead`` is the key of the sentence before it, ``lines`` are what is to be written in
    ``syntax`` (``yaml`` or ``sh``)."""

    lead: str
    lines: tuple[str, ...]
    syntax: str = "yaml"

    @property
    def attests(self) -> bool:
        """Whether somebody vouches for it."""
        return self.lead == _ATTEST


def settling(findings: Sequence[Finding]) -> Settling | None:
    """What settles what ``findings`` of one cause wait for; ``None`` where nothing is known to."""
    cause = findings[0].cause
    if cause is None:
        return None
    if cause.claim:
        return Settling(_ATTEST, tuple(_attestations(cause, findings)))
    made = _SETTLING.get(cause.kind)
    return made(cause, findings) if made is not None else None


def joined(drafts: Iterable[Settling]) -> tuple[Settling, ...]:
    """Several as one for each sentence and syntax, each entry once: lists of one key follow each other."""
    found: dict[tuple[str, str], dict[str, dict[str, None]]] = {}
    for draft in drafts:
        keys = found.setdefault((draft.lead, draft.syntax), {})
        head, entries = (
            (draft.lines[0], _entries(draft.lines[1:]))
            if draft.syntax == "yaml"
            else ("", draft.lines)
        )
        keys.setdefault(head, {}).update(dict.fromkeys(entries))
    return tuple(
        Settling(
            lead,
            tuple(
                line
                for head, entries in keys.items()
                for line in (*([head] if head else ()), *"\n".join(entries).split("\n"))
            ),
            syntax,
        )
        for (lead, syntax), keys in found.items()
    )


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
    provider = cause.name.partition("/")[0]
    blank = {COUNTRY: f"{{country: {BLANK}}}", CONTROL: f"{{control: [{BLANK}]}}"}
    claim = blank.get(cause.claim, f"{{qualification: {cause.claim}}}")
    addresses = _addresses(cause, findings)
    for region in regions(findings) if cause.claim not in facts else [""]:
        where = f", region: {_scalar(region)}" if region else ""
        yield f"  - claim: {claim}"
        yield f"    subject: {{provider: {provider}{where}{addresses}}}"
        yield from (f"    {key}: {BLANK}" for key in ("evidence", "owner", "issued", "expires"))


def _addresses(cause: Cause, findings: Sequence[Finding]) -> str:
    """Where a country is attested, what of the provider lies there: it may have services elsewhere."""
    if cause.claim != COUNTRY:
        return ""
    named = list(dict.fromkeys(_GLOB.sub("?", one.resource.address) for one in findings))
    return f", addresses: [{', '.join(map(_scalar, named[:MOST_FOLDERS]))}]"


# --- places


def _clusters(cause: Cause, findings: Sequence[Finding]) -> Settling:
    provider = BLANK
    if cause.kind == CauseKind.CLUSTER_REGION:
        known = {_known(one.placement.provider) for one in findings if one.placement is not None}
        provider = _scalar(known.pop() or BLANK) if len(known) == 1 else BLANK
    lines = (
        "clusters:",
        f"  - paths: [{', '.join(map(_scalar, globs(one.resource for one in findings)))}]",
        f"    provider: {provider}",
        f"    region: {BLANK}",
    )
    return Settling("report.settle-clusters", lines)


def globs(resources: Iterable[Resource]) -> list[str]:
    """The outermost folders of ``resources``, as globs; those at the top where there are too many."""
    listed = list(resources)
    folders = {_folder(each) for each in listed}
    outermost = sorted(
        one for one in folders if not any(other != one and _within(one, other) for other in folders)
    )
    if len(outermost) > MOST_FOLDERS:
        outermost = sorted({one.partition("/")[0] for one in outermost})
    if "" in outermost:  # files at the top by their names: `**` would take in all that lies below
        files = {posixpath.basename(each.span.path) for each in listed if "/" not in each.span.path}
        return [_anchored(each) for each in sorted(files)] or ["**"]
    return [f"{_anchored(each)}/**" for each in outermost]


def _anchored(path: str) -> str:
    """A path as a glob of itself alone."""
    return "/" + _GLOB.sub(r"\\\g<0>", path)


# --- Terraform


def _variable(cause: Cause, findings: Sequence[Finding]) -> Settling | None:
    found = _VARIABLE.fullmatch(cause.name)
    if found is None:
        return None
    lines = ("terraform:", f"  vars: {{{found[1]}: {BLANK}}}")
    return Settling("report.settle-variable", lines)


def _plan(cause: Cause, findings: Sequence[Finding]) -> Settling | None:
    if findings[0].resource.front_end != "terraform":
        return None
    root = _folder(findings[0].resource) or "."
    quoted = shlex.quote(printable(mask(root)))
    command = (
        f"terraform -chdir={quoted} plan -out tfplan && terraform -chdir={quoted} show -json tfplan"
    )
    plan = shlex.quote(printable(mask(posixpath.normpath(posixpath.join(root, "plan.json")))))
    return Settling("report.settle-plan", (f"{command} > {plan}", f"sovlint scan {plan}"), "sh")


def _module(cause: Cause, findings: Sequence[Finding]) -> Settling | None:
    if findings[0].resource.is_missing:
        return None  # a path at which there is no module: nothing fetches it
    roots = sorted({_folder(one.resource) or "." for one in findings})[:MOST_FOLDERS]
    lines = tuple(
        f"terraform -chdir={shlex.quote(printable(mask(root)))} init -backend=false"
        for root in roots
    )
    return Settling("report.settle-module", lines, "sh")


_SETTLING: Final[Mapping[str, Callable[[Cause, Sequence[Finding]], Settling | None]]] = {
    CauseKind.CLUSTER: _clusters,
    CauseKind.CLUSTER_REGION: _clusters,
    CauseKind.PROJECT: _clusters,
    CauseKind.VARIABLE: _variable,
    CauseKind.COMPUTED: _plan,
    CauseKind.MODULE: _module,
}


def _entries(lines: Sequence[str]) -> list[str]:
    """The entries of a list in block style, or what stands below a key, each as one text."""
    found: list[list[str]] = []
    for line in lines:
        if not found or not line.startswith("    "):
            found.append([])
        found[-1].append(line)
    return ["\n".join(each) for each in found]


def _folder(resource: Resource) -> str:
    return resource.root if resource.root is not None else posixpath.dirname(resource.span.path)


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
