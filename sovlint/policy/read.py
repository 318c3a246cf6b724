"""One file of policies and sets, read and checked against the schema; problems are told with file, line and key."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from sovlint.errors import SovlintError
from sovlint.model.findings.finding import Severity
from sovlint.policy.policies import (
    ATTESTATION_ENDS_SOON,
    ATTESTATION_IN_ORDER,
    HOUSEKEEPING,
    OWNERSHIP_AGES_SOON,
    QUALIFICATION_ENDS_SOON,
    SAAS_PROCESSOR_CONTRACT,
    lesser,
)

if TYPE_CHECKING:
    from sovlint.documents import Document
    from sovlint.model.source import Span

SCHEMA = Path(__file__).with_name("schema.json")
ASKING = ("data", "roles", "require")
"""Keys that every policy needs but the housekeeping ones, which can't have them."""
_BELONGING = {
    "within_days": (QUALIFICATION_ENDS_SOON, ATTESTATION_ENDS_SOON, OWNERSHIP_AGES_SOON),
    "longest_months": (ATTESTATION_IN_ORDER,),
    "classes": (SAAS_PROCESSOR_CONTRACT,),
}
"""Keys that some housekeeping policies need, and no other policy can have."""
HINT = "`sovlint explain` lists the policies that exist; each is a file that shows every key."


class Written(Struct, frozen=True):
    """A policy or a set as written: its plain data, and ``path:line`` where it starts; the document where it was read
    from a file, not from the index."""

    is_set: bool
    data: Mapping[str, Any]
    where: str
    document: Document | None = None


def read(path: Path, shown: str) -> list[Written]:
    """The policies and sets of a YAML file, each document one; a mapping with the key ``policies`` is a set.

    ``shown`` is the path as messages give it. Raises ``SovlintError`` naming every problem with its place.
    """
    written, problems = examine(path, shown)
    if problems:
        raise SovlintError(
            "\n".join(problem.message for problem in problems), problems[0].hint
        )
    return written


def examine(path: Path, shown: str) -> tuple[list[Written], list[SovlintError]]:
    """The policies and sets of a YAML file that have their form, and everything that is wrong with the others."""
    from sovlint.documents import DocumentError, load  # imported late: brings in yaml

    try:
        found = [
            document
            for document in load(path.read_bytes(), shown)
            if document.data is not None
        ]
    except OSError as error:
        return [], [SovlintError(f"{shown}: can't be read: {error.strerror}.", HINT)]
    except DocumentError as error:
        return [], [
            SovlintError(f"{shown}:{error.line}:{error.column}: {error.problem}.", HINT)
        ]
    if not found:
        return [], [SovlintError(f"{shown}: holds no policy.", HINT)]
    written, problems = [], []
    for each in found:
        wrong = [f"{span.position}: {sentence}" for span, sentence in _problems(each)]
        problems += [SovlintError(line, HINT) for line in wrong]
        if not wrong:
            written.append(
                Written(_is_set(each.data), each.data, f"{shown}:{each.span().line}", each)
            )
    return written, problems


def files(path: Path) -> Sequence[Path]:
    """The YAML files that ``path`` (a file or a folder, read with its subfolders) stands for, sorted."""
    if not path.is_dir():
        return [path]
    return sorted(
        each
        for each in path.rglob("*")
        if each.suffix in (".yaml", ".yml") and each.is_file()
    )


def _is_set(data: object) -> bool:
    return isinstance(data, dict) and "policies" in data


def _problems(document: Document) -> Iterator[tuple[Span, str]]:
    from sovlint.documents import problems

    schema = json.loads(SCHEMA.read_text("utf-8"))
    kind = "set" if _is_set(document.data) else "policy"
    found = problems(document, {"$defs": schema["$defs"], **schema["$defs"][kind]})
    yield from found
    for key, span, _ in document.duplicates:
        yield span, f"the key `{key}` stands twice."
    if not found and kind == "policy":
        yield from _shape(document)


def _shape(document: Document) -> Iterator[tuple[Span, str]]:
    """What the schema can't say: a violation is never milder than what isn't proved; housekeeping policies are known by
    id, and ask nothing of a placement."""
    from sovlint.documents import closest

    data = document.data
    yield from _unproven_above(document)
    if data["id"] not in HOUSEKEEPING:
        suggestion = (
            closest(data["id"], HOUSEKEEPING)
            if not any(key in data for key in ASKING)
            else ""
        )
        for key in (key for key in ASKING if key not in data):
            yield document.span(("id",)), f"`{data['id']}` lacks the key `{key}`.{suggestion}"
        yield from _misplaced(document)
        return
    for key in (key for key in ASKING if key in data):
        yield (
            document.span((key,)),
            f"`{data['id']}` is a housekeeping policy: it can't have `{key}`.",
        )
    yield from _misplaced(document)
    for key in (
        key for key, ids in _BELONGING.items() if data["id"] in ids and key not in data
    ):
        yield document.span(("id",)), f"`{data['id']}` lacks the key `{key}`."


def _unproven_above(document: Document) -> Iterator[tuple[Span, str]]:
    """That what isn't proved would cost more than what is violated."""
    severity, unproven = Severity(document.data["severity"]), document.data.get("unproven")
    if unproven is not None and lesser(severity, Severity(unproven)) is not Severity(
        unproven
    ):
        yield (
            document.span(("unproven",)),
            f"`unproven` can't be above `severity`, which is {severity.value} here.",
        )


def _misplaced(document: Document) -> Iterator[tuple[Span, str]]:
    """Keys that mean something in other policies alone."""
    for key, ids in _BELONGING.items():
        if key in document.data and document.data["id"] not in ids:
            yield (
                document.span((key,)),
                f"`{key}` belongs to {' and '.join(f'`{each}`' for each in ids)} alone.",
            )
