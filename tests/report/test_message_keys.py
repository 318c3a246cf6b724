"""Every key that the code names has a template, and every template a key in the code, written out or composed.

A key is any string of the package that looks like one, whichever function it is handed to. Composed keys are f-strings:
their shapes, with what fills them, are listed here by hand.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from sovlint.catalog.load import load
from sovlint.commands.schema import SCHEMAS
from sovlint.evidence.compare import StatedPart
from sovlint.fleet.result import Status
from sovlint.model.exception import Kind, State
from sovlint.model.findings.finding import Severity, Verdict
from sovlint.model.findings.ground import Ground
from sovlint.model.findings.own_rules import RuleKind, Signed
from sovlint.model.findings.provenance import Digests
from sovlint.model.findings.rests import Rests
from sovlint.model.findings.supposed import Becomes
from sovlint.model.lookups.whereabouts import Absence
from sovlint.model.offers import OfferKind
from sovlint.model.placement import ROLES, How, Shows
from sovlint.model.value import NAMED_FACTS, Reason
from sovlint.model.watch import Phase
from sovlint.registers.cells import CellOrigin
from sovlint.registers.drafting.hds.sentences import SentenceCondition
from sovlint.registers.drafting.letters.unproven import Demand
from sovlint.registers.forms import ColumnType
from sovlint.registers.previous import ChangeKind
from sovlint.registers.writing.proof import CHANGE_COLUMNS, PROOF_COLUMNS
from sovlint.report.facts.table import COLUMNS
from sovlint.report.messages.declared import templates
from sovlint.report.pieces.contract import FACTS
from sovlint.report.pieces.lapses import LapseKind
from sovlint.report.run import provenance
from sovlint.report.scan.markdown import ATTESTATION_COLUMNS, EXCEPTION_COLUMNS
from sovlint.report.scan.markdown import COLUMNS as PAGE_COLUMNS

PACKAGE = Path(__file__).parents[2] / "sovlint"
NAMES = tuple(dict.fromkeys(key.partition(".")[0] for key in templates()))
KEY = re.compile(rf"(?:{'|'.join(NAMES)})\.[a-z0-9]+(?:[.-][a-z0-9]+)*")
COUNTED = ("-one", "-many")

NO_KEYS = {
    "drawings.css",
    "config.json",
    "saas.yaml",
    "proof.csv",
    "saas.yml",
    "terraform.tfvars",
    "terraform.tfvars.json",
    "formats.structured",
}
"""Names of files and modules that look like keys."""
NO_SHAPES = {"terraform.{}"}
"""Addresses that look like composed keys."""

EXCUSES = ["inline", "waiver"]
SEVERITIES, VERDICTS = [each.value for each in Severity], [each.value for each in Verdict]
REASONS = [reason.value for reason in Reason]
FLOWS = (
    "replication", "backup", "restore", "export", "events", "logs", "mount", "config", "call", "database",
    "sub-processing",
)  # fmt: skip
MAP_COLUMNS = (
    "verdict", "company", "compelled_by", "country", "count", "what", "unknown-company", "unknown-role",
)  # fmt: skip
TERMS = {
    "role": ROLES,
    "class": [*load().classes],
    "how": [how.value for how in How],
    "rests-on": ["law", "referential", "doctrine", "risk"],
    "fact": [*FACTS, "exists", "data"],
}
LABELS = [
    "also",
    "data",
    "placed",
    "shown-above",
    "settle",
    "attest",
    "remark",
    "rests-on",
    "sources",
    "help",
    "instead",
    "waits",
    "line-unknown",
    "line-because",
]
EXPLAINED = [
    "activities", "activities-of",
    "severity", "where-unproven", "sets", "housekeeping", "no-set", "data", "roles", "role-at-most", "role-labelled",
    "by-law", "by-law-where", "set-asks", "set-entry", "set-acts", "act-attest", "act-move", "act-waive",
    "requires", "all", "any", "not", "rests-on", "why", "remedy", "services", "services-alone", "written", "examples",
    "versions", "lasts", "offers", "offers-of", "list-whole", "list-part", "ordered", "labels", "implies", "implied-by",
    "binding", "law-orders", "law-intelligence", "law-collection",
]  # fmt: skip

ENDED = {
    "{}-in": ["policy.place.among", "policy.place.region"],
    "report.rule-detail-{}-alone": ["added", "changed", "removed"],
}
"""The shape of what is composed of a whole key and an ending -> the keys that it is put to."""

ASKED = (
    "identifier", "legal-name", "person", "headquarters", "parent-code", "parent", "storage", "at-rest", "management",
    "sensitiveness", "hds-held", "hds-offer", "hds-version", "hds-until", "hds-activities", "hds-told-country",
    "hds-remote", "hds-basis", "hds-states", "hds-laws", "hds-contract", "hds-measures", "hds-residual",
    "hds-published", "hds-address", "all-states", "secnumcloud-covers", "hds-covers", "processors", "technology", "copies",
    "keys", "reversibility",
)  # fmt: skip
"""What registers ask of a company, or of what is used of it."""
KINDS = {provider.kind for provider in load().providers.values()}
WORST = ("violation", "unproven", "unjudged", "fine", "empty", "failed")
"""What a repository of a fleet counts as."""
TEMPLATES = ("report/page/templates", "fleet/whole/page/templates")
WRITTEN_BY_TEMPLATES = {
    "whole.filter-": ("team", "company", "state", "verdict"),
    "whole.worst-": (*WORST, "companies", "teams"),
    "page.view-": ("engineer", "dpo", "auditor", "board"),
    "page.theme-": ("auto", "light", "dark"),
    "page.filter-": ("class", "root", "company", "verdict"),
}
"""How keys begin that the page's templates compose, and how these end."""
PROVIDER = json.loads((PACKAGE / "catalog/schema.json").read_text(encoding="utf-8"))["$defs"][
    "provider"
]
STATUSES = PROVIDER["properties"]["status"]["enum"]


FAMILIES: Mapping[str, list[str]] = {
    "catalog.column-{}": [f"catalog.column-{name}" for name in ("provider", "control", "technology", "holds")],
    "catalog.share-{}": [f"catalog.share-{kind}" for kind in ("majority", "minority", "control")],
    "catalog.licensed{}": ["catalog.licensed", "catalog.licensed-since"],
    "catalog.outside-{}{}": [
        "catalog.outside-unknown", "catalog.outside-beyond-shares",
        *(f"catalog.outside-within-{by}" for by in ("shares", "qualification")),
    ],
    "policy.unsourced.{}": [f"policy.unsourced.{shows}" for shows in Shows],
    "catalog.adequate-{}": [f"catalog.adequate-{kind}" for kind in ("general", "commercial", "certified")],
    "catalog.law-{}{}": [
        f"catalog.law-{how}" for how in ("in-force", "in-force-since", "continuing", "not-yet", "ended")
    ],
    "catalog.step-{}": [f"catalog.step-{through}" for through in ("seat", "reach", "runs-on", "within")],
    "catalog.step-owner-{}": [f"catalog.step-owner-{how}" for how in ("majority", "together", "control")],
    "catalog.where-{}": [f"catalog.where-{absence.value}" for absence in Absence],
    "catalog.copied-{}": ["catalog.copied-regions", "catalog.copied-notes"],
    "catalog.changes-count-{}": [
        f"catalog.changes-count-{sort}{end}" for sort in ("added", "removed", "changed") for end in COUNTED
    ],
    "catalog.changes-{}": [
        f"catalog.changes-{each}"
        for each in ("ownership", "providers", "qualifications", "law", "hosts", "added", "removed")
    ],
    "catalog.{}-{}": [*(f"catalog.kind-{kind}" for kind in KINDS), *(f"catalog.status-{each}" for each in STATUSES)],
    "commands.explain-{}": [f"commands.explain-{label}" for label in EXPLAINED],
    "commands.progress-{}": [f"commands.progress-{phase.value}" for phase in Phase],
    "commands.schema-{}": [f"commands.schema-{name}" for name in SCHEMAS],
    "config.hosts-{}": [f"config.hosts-{how}" for how in ("known", "twice", "covered", "unused")],
    "drawings.{}": [
        *(f"drawings.{name}" for name in ("world", "eea")), *(f"drawings.verdict-{each}" for each in (*VERDICTS, "none")),
    ],
    "drawings.law-{}": [f"drawings.law-{law}" for law in ("eea", "other", "unknown")],
    "exceptions.{}-here": [f"exceptions.{kind}-here" for kind in EXCUSES],
    "exceptions.lapsed-{}": [f"exceptions.lapsed-{kind}" for kind in EXCUSES],
    "exceptions.refused-{}": [f"exceptions.refused-{kind}" for kind in EXCUSES],
    "formats.column-{}": [
        f"formats.column-{column}" for column in {*PAGE_COLUMNS, *EXCEPTION_COLUMNS, *ATTESTATION_COLUMNS}
    ],
    "formats.kind-{}": [f"formats.kind-{kind.value}" for kind in Kind],
    "formats.{}": [
        f"formats.{section}"
        for section in ("findings", "waiting", "remedies", "exceptions", "attestations", "removed")
    ],
    "model.fact.{}": [f"model.fact.{name}" for name in NAMED_FACTS],
    "model.reason.{}": [f"model.reason.{reason}" for reason in REASONS],
    "model.reason.{}.bare": [f"model.reason.{reason}.bare" for reason in REASONS],
    "exceptions.own-excused-{}": [f"exceptions.own-excused-{kind.value}" for kind in Kind],
    "formats.lapse-{}": [f"formats.lapse-{kind.value}" for kind in LapseKind],
    "proof.part-{}": [f"proof.part-{part.value}" for part in StatedPart],
    "proof.{}-{}": [
        *(f"proof.{part.value}-changed" for part in StatedPart),
        *(f"proof.{part}-{how}" for part in ("code", "facts", "result") for how in ("added", "removed")),
        "proof.registers-removed",
    ],
    "registers.ask-{}": [f"registers.ask-{what}" for what in ASKED],
    "registers.hds-if-{}": [f"registers.hds-if-{each.value}" for each in SentenceCondition],
    "registers.adequacy-{}": [f"registers.adequacy-{kind}" for kind in ("general", "commercial", "certified")],
    "registers.law-kind-{}": [f"registers.law-kind-{kind}" for kind in ("orders", "intelligence", "collection")],
    "registers.law-{}{}": [f"registers.law-{each}" for each in ("in-force", "in-force-since", "continuing")],
    "registers.tender-{}": [f"registers.tender-{each}" for each in ("clean", "changed", "unsure")],
    "registers.is-{}": ["registers.is-inside", "registers.is-outside"],
    "registers.tender-named{}": ["registers.tender-named", "registers.tender-named-more"],
    "registers.letter-{}": [f"registers.letter-{each.value}" for each in Demand],
    "registers.letter-{}-offer": ["registers.letter-hds-offer", "registers.letter-secnumcloud-offer"],
    "registers.letter-what-{}": [f"registers.letter-what-{each.value}" for each in Demand],
    "registers.change-{}": [f"registers.change-{name}" for name in CHANGE_COLUMNS],
    "registers.change-kind-{}": [f"registers.change-kind-{kind.value}" for kind in ChangeKind],
    "registers.wrong-{}": [
        f"registers.wrong-{each.value}" for each in ColumnType if each is not ColumnType.TEXT
    ],
    "registers.{}-title": [f"registers.{name}-title" for name in ("questions", "changes", "proof")],
    "registers.excused-{}": [f"registers.excused-{kind.value}" for kind in Kind],
    "registers.origin-{}": [f"registers.origin-{each.value}" for each in CellOrigin],
    "registers.proof-{}": [f"registers.proof-{name}" for name in PROOF_COLUMNS],
    "registers.question-{}": [f"registers.question-{name}" for name in ("id", "text", "fills", "answer")],
    "registers.verdict-{}": [f"registers.verdict-{verdict}" for verdict in (*VERDICTS, "none")],
    "page.figure-{}": [f"page.figure-{verdict}{end}" for verdict in VERDICTS for end in COUNTED],
    "whole.figure-{}": [f"whole.figure-{name}{end}" for name in WORST for end in COUNTED],
    "fleet.status-{}": [
        f"fleet.status-{each.value}" for each in Status if each not in (Status.READ, Status.EMPTY)
    ],
    "whole.status-{}": [f"whole.status-{each.value}" for each in Status],
    "whole.kind-{}": [f"whole.kind-{each.value}" for each in OfferKind],
    "whole.trend-{}": [f"whole.trend-{name}" for name in ("violation", "unproven", "proved", "classified")],
    "page.verdict-{}": [f"page.verdict-{verdict}" for verdict in (*VERDICTS, "none")],
    "policy.{}.{}": [
        f"policy.{kind}.{verdict}"
        for kind in ("country", "adequate", "provider", "region", "service", "kind") for verdict in VERDICTS
    ],
    "policy.seal-{}": [f"policy.seal-{how}" for how in ("compelled", "run", "located", "made")],
    "policy.area.{}": [f"policy.area.{verdict}" for verdict in VERDICTS],
    "policy.fact.{}": [f"policy.fact.{name}" for name in ("provider", "region", "country")],
    "policy.holds.{}": [f"policy.holds.{verdict}" for verdict in VERDICTS],
    "policy.role.{}": [f"policy.role.{role}" for role in ROLES],
    "policy.technology.{}": [
        *(f"policy.technology.{verdict}" for verdict in VERDICTS),
        "policy.technology.violation.among", "policy.technology.compliant.none",
    ],
    "report.commit-{}": [f"report.commit-{state}" for state in ("clean", "changed", "unsaid")],
    "report.digest-{}": [f"report.digest-{name}" for name in Digests.__struct_fields__],
    "report.row-{}": [f"report.row-{kind}" for kind in provenance.KINDS],
    "report.oldest-{}": [f"report.oldest-{kind}" for kind in provenance.KINDS],
    "report.exceptions-{}": [f"report.exceptions-{state.value}{end}" for state in State for end in COUNTED],
    "report.kind-{}": [f"report.kind-{kind.value}" for kind in Kind],
    "report.catalogue-{}": [f"report.catalogue-{name}" for name in ("signer", "signature", *Signed)],
    "report.state-{}": [f"report.state-{state.value}" for state in State],
    "report.law-{}": ["report.law-comes-in", "report.law-falls-away"],
    "report.class-{}": [f"report.class-{name}" for name in load().classes],
    "report.map-{}": [f"report.map-{name}" for name in ("excused", "none", "unproven", "compliant", *Ground, *MAP_COLUMNS)],
    "report.rests-{}": [f"report.rests-{each}" for each in (Rests.WORD, Rests.WEAK)],
    "report.ground-{}": [f"report.ground-{each}" for each in Ground],
    "report.screen-ground-{}": [f"report.screen-ground-{each}" for each in Ground],
    "report.role-{}": [f"report.role-{role}" for role in ROLES],
    "resolve.flow-{}": [f"resolve.flow-{kind}" for kind in FLOWS],
    "report.supposed-{}": [
        f"report.supposed-{kind.value}{end}" for kind in Becomes for end in COUNTED
    ],
    "report.supposed-finding-{}": [f"report.supposed-finding-{kind.value}" for kind in Becomes],
    "report.supposed-count-{}": [f"report.supposed-count-{verdict}" for verdict in VERDICTS],
    "report.supposed-held-{}": [f"report.supposed-held-{word}" for word in ("yes", "no")],
    "report.supposed-law-{}": [f"report.supposed-law-{word}" for word in ("begins", "ends")],
    "report.supposed-adequacy-{}": [
        f"report.supposed-adequacy-{word}" for word in ("begins", "ends")
    ],
    "report.rule-{}": [
        *(f"report.rule-{kind.value}" for kind in RuleKind),
        *(f"report.rule-{kind.value}-none" for kind in RuleKind if f"report.rule-{kind.value}-none" in templates()),
    ],
    "report.rule-detail-{}": [f"report.rule-detail-{change}" for change in ("changed", "added", "removed")],
    "report.severity-{}": [f"report.severity-{severity}{end}" for severity in SEVERITIES for end in COUNTED],
    "report.subject{}": [f"report.subject{kind}" for kind in ("", "-root", "-variant", "-environment")],
    "report.table-{}": [f"report.table-{column}" for column in COLUMNS],
    "report.unknown-{}": [
        f"report.unknown-{name}" for name in ("provider", "region", "country", "control", "technology")
    ],
    "report.{}": [
        *(f"report.{word}" for word in ("compliant", *SEVERITIES, *LABELS)),
        *(f"report.{verdict}{end}" for verdict in (*VERDICTS, "suppressed") for end in COUNTED),
    ],
    "report.{}-title": [
        f"report.{name}-title"
        for name in (
            "difference", "exceptions", "attestations", "not-proved", "not-placed", "not-read", "remarks", "rules",
            "scope", "suppose",
        )
    ],
    "report.{}-{}": [f"report.{group}-{word}" for group, words in TERMS.items() for word in words],
}  # fmt: skip
"""The shape of each composed key -> the keys that it can become."""


def strings(node: ast.AST) -> Iterator[ast.Constant | ast.JoinedStr]:
    """Strings below a node; of an f-string, itself and what stands in its holes."""
    for inner in ast.iter_child_nodes(node):
        if isinstance(inner, (ast.JoinedStr, ast.Constant)):
            yield inner
        for hole in inner.values if isinstance(inner, ast.JoinedStr) else (inner,):
            if not isinstance(hole, ast.Constant):
                yield from strings(hole)


@cache
def in_the_code() -> tuple[frozenset[str], frozenset[str]]:
    """Literal keys, and shapes of composed ones, of every module."""
    literal, shapes = set(), set()
    for path in PACKAGE.rglob("*.py"):
        for node in strings(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant):
                if isinstance(node.value, str) and KEY.fullmatch(node.value):
                    literal.add(node.value)
                continue
            shape = "".join(
                str(part.value) if isinstance(part, ast.Constant) else "{}"
                for part in node.values
            )
            if shape.startswith(tuple(f"{name}." for name in NAMES)):
                shapes.add(shape)
    return frozenset(literal - NO_KEYS), frozenset(shapes - NO_SHAPES)


@cache
def in_templates() -> frozenset[str]:
    """Literal keys of the page's templates, and those that they compose."""
    paths = (each for folder in TEMPLATES for each in (PACKAGE / folder).glob("*.html"))
    text = "\n".join(path.read_text(encoding="utf-8") for path in paths)
    found = set(re.findall(rf'"({KEY.pattern}-?)"', text))
    rooms = re.findall(r'set room = "(\w+)"', text)
    found |= {
        room + end for room in rooms for end in re.findall(r'room ~ "(\.[a-z-]+)"', text)
    }
    composed = {key for key in found if key.endswith("-")}
    assert composed == WRITTEN_BY_TEMPLATES.keys()
    ends = {f"{begin}{end}" for begin, words in WRITTEN_BY_TEMPLATES.items() for end in words}
    return frozenset(found - composed | ends)


def test_every_shape_of_a_composed_key_is_listed() -> None:
    assert in_the_code()[1] == FAMILIES.keys()


def test_keys_and_templates_are_the_same() -> None:
    literal = in_the_code()[0] | in_templates()
    known = templates().keys() - {"test.said"}
    plurals = {key for key in literal if key not in known and f"{key}-one" in known}
    used = (literal - plurals) | {f"{key}{end}" for key in plurals for end in COUNTED}
    used |= {key for keys in FAMILIES.values() for key in keys}
    used |= {shape.format(key) for shape, keys in ENDED.items() for key in keys}
    assert (sorted(used - known), sorted(known - used)) == ([], [])
