"""``make docs``: all that is made of the code: schemas, a page a policy in ``docs/policies``, the tables of a fleet's store.

A page of a policy is made from ``policies/``, the policy's fixtures and what sovlint says.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

from msgspec.structs import replace

from docs import schemas
from sovlint.catalog import schema
from sovlint.commands import explain
from sovlint.commands.parts import explain_lines, options, settled
from sovlint.commands.parts.revisions import held_against
from sovlint.fleet.store.columns import VIEWS, described
from sovlint.lint import lint, linted
from sovlint.model.findings.finding import Finding, Report, Verdict
from sovlint.model.request import Request
from sovlint.policy.load import known_policies, known_sets
from sovlint.policy.policies import (
    ASSUMED_CLASS_JUDGED,
    ATTESTATIONS,
    DATA_CLASS_JUDGED,
    HOUSEKEEPING,
    IGNORE_COMMENTS,
    Need,
    Policy,
    Requirement,
    SetDocument,
    SetEntry,
    needs,
)
from sovlint.policy.seal.asked import POLICY as MINIMUM
from sovlint.report.messages import say

ROOT: Final = Path(__file__).parent.parent
PAGES: Final = ROOT / "docs" / "policies"
STORE: Final = ROOT / "docs" / "fleet-store.md"
FIXTURES: Final = ROOT / "fixtures" / "policies"
EXAMPLES: Final = ROOT / "fixtures" / "own-policies"
INDEX: Final = "README.md"
OWN: Final = "own.md"
BEFORE: Final = "before"
"""The folder of a fixture that has the files that a change found."""

AS_OF: Final = date(2026, 11, 24)
"""The day that examples are judged on, which is that of the fixtures."""
UNTIL: Final = date(2027, 1, 31)
"""The end of waivers in examples."""
LANGUAGES: Final = {".tf": "hcl", ".txt": "text", ".yaml": "yaml"}
MADE: Final = "<!-- Made by docs/build.py; `make docs` writes it anew. -->"

WAIVER: Final[Mapping[str, object]] = {
    "reason": "moves with contract 2026-114",
    "owner": "head of platform engineering",
    "approver": "data protection officer",
    "ticket": "SEC-412",
    "issued": AS_OF,
    "expires": UNTIL,
}
"""What a waiver says besides its policy and what it covers."""

Sets = Mapping[str, SetDocument]


def main() -> None:
    """Write all pages, remove those of policies that are gone, and write the schemas of the catalogue and of answers."""
    STORE.write_text(_text(store_tables()), encoding="utf-8")
    schema.FILE.write_text(schema.written(schema.described()) + "\n", encoding="utf-8")
    for file, text in schemas.files().items():
        file.write_text(text, encoding="utf-8")
    made = pages()
    PAGES.mkdir(exist_ok=True)
    for path in PAGES.iterdir():
        if path.name not in made:
            path.unlink()
    for name, text in made.items():
        (PAGES / name).write_text(text, encoding="utf-8")


def pages() -> dict[str, str]:
    """File names in ``docs/policies`` and what must stand there."""
    policies, sets = known_policies(), default_first(known_sets())
    made = {f"{name}.md": page(policy, sets) for name, policy in policies.items()}
    return {INDEX: _text(index(policies, sets)), OWN: _text(own_policies()), **made}


def store_tables() -> Iterator[str]:
    """The tables that a store of a fleet is asked by, with every column."""
    yield from (MADE, "# The tables of a fleet's store", "")
    yield "[How to ask them](fleet.md#ask-it). `run` and `repository` tell in every table whose a row is."
    for view in VIEWS:
        yield from (
            "",
            f"## {view.name}",
            "",
            view.says,
            "",
            "| column | type | |",
            "|---|---|---|",
        )
        for name, column, kind, says in described():
            if name == view.name:
                yield f"| `{column}` | `{kind}` | {says} |"


def own_policies() -> Iterator[str]:
    """Policies such as a house writes itself, each with an example of every verdict."""
    yield from (MADE, "# Policies of your own", "", f"[All policies]({INDEX}).", "")
    yield "A policy is a file that your configuration names (`policies: [policy.yaml]`). What its `require` may ask:"
    yield ""
    for name, each in _predicates().items():
        if "description" in each:
            yield f"- `{name}`: {each['description']}"
    yield "- `all`, `any`, `not`: of others."
    yield ""
    yield (
        "Each has three answers: it is so, it isn't, or nothing proves it. What isn't proved counts as the policy's "
        "`unproven` says (its severity, where it says nothing)."
    )
    for folder in sorted(path.parent for path in EXAMPLES.glob("*/policy.yaml")):
        yield from ("", f"## {folder.name}", "", *_files(folder))
        yield from (f"On {AS_OF} sovlint says:", "", "```text")
        yield from map(_verdict_said, _of_example(folder))
        yield "```"


def _of_example(folder: Path) -> list[Finding]:
    """What the policy of an example says, compliant or not, by line."""
    with tempfile.TemporaryDirectory(prefix="sovlint-docs-") as scratch:
        copy = Path(scratch) / "repository"
        shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("expected.yaml"))
        (copy / ".git").mkdir()
        report = lint(settled.run(Request(paths=(copy,), as_of=AS_OF)))
    found = [each for each in report.findings if each.policy == folder.name]
    return sorted(
        found, key=lambda each: (each.resource.span.line, each.verdict, _said(each))
    )


def _verdict_said(finding: Finding) -> str:
    span = finding.resource.span
    return f"{span.path}:{span.line}: {finding.verdict}: {say(finding.headline, 'en')}"


def default_first(sets: Sets) -> Sets:
    """All sets, that which is judged by where none is named before the others."""
    return dict(sorted(sets.items(), key=lambda item: item[0] != options.POLICY_SET))


def index(policies: Mapping[str, Policy], sets: Sets) -> Iterator[str]:
    """All policies, set by set."""
    yield from (MADE, "# Policies", "")
    yield "What each policy asks, why, an example that breaks it and one that doesn't, how to fix and how to waive it."
    yield f"[Policies of your own]({OWN}): in one country only, at two hosts alone, and others."
    for each in sets.values():
        yield from ("", f"## {each.id}", "", f"{each.title['en']}.", "")
        yield from _for_whom(each)
        yield from _table(_as_in(policies[entry.policy], entry) for entry in each.entries)
    alone = [
        name
        for name, policy in policies.items()
        if name not in HOUSEKEEPING
        and not any(_entry(policy, each) for each in sets.values())
    ]
    yield from (
        "",
        "## In no set",
        "",
        "Asked for by an option, or by a set of your own.",
        "",
    )
    yield from _table(_as_in(policies[name], SetEntry(name)) for name in alone)
    yield from (
        "",
        "## In force under every set",
        "",
        "Housekeeping: whether the evidence itself is in order.",
        "",
    )
    yield from _table(_as_in(policies[name], SetEntry(name)) for name in HOUSEKEEPING)


def _for_whom(found: SetDocument) -> Iterator[str]:
    """Why a set is as it is, and by which acts one complies with it."""
    if found.why is not None:
        yield from (found.why["en"].strip(), "")
    if found.acts:
        yield from ("By these acts an ordinary repository complies:", "")
        for number, each in enumerate(found.acts, 1):
            name = explain_lines.word(f"act-{each.act}", "en")
            yield f"{number}. {name}: {each.text['en'].strip()}"
        yield ""


def page(policy: Policy, sets: Sets) -> str:
    """All that there is to know of one policy."""
    bad = FIXTURES / policy.id / worst(policy).value
    findings = judged(policy, bad, sets)
    lines = [
        *(MADE, f"# {policy.title['en']}", ""),
        f"`{policy.id}`, written in [{policy.where.partition(':')[0]}](../../{policy.where.partition(':')[0]}).",
        f"[All policies]({INDEX}).",
        *("", "## What it asks", "", *_asks(policy, sets)),
        *("", "## Why", "", policy.why["en"].strip()),
        *("", "## An example that breaks it", "", *_files(bad)),
        *(f"On {AS_OF} sovlint says:", "", "```text", *map(_said, findings), "```"),
        *(
            "",
            "## An example that doesn't",
            "",
            *_files(FIXTURES / policy.id / Verdict.COMPLIANT.value),
        ),
        *("## How to fix", "", policy.remedy["en"].strip()),
        *("", "## How to waive", "", *waiving(policy, sets, findings[0])),
    ]
    if policy.cites:
        lines += ["", "## What it rests on", "", *_citations(policy)]
    return _text(lines)


def worst(policy: Policy) -> Verdict:
    """The worst that a policy says: two ask whether something can be judged, and nothing violates that."""
    unproven = policy.id in (ASSUMED_CLASS_JUDGED, DATA_CLASS_JUDGED)
    return Verdict.UNPROVEN if unproven else Verdict.VIOLATION


def judged(policy: Policy, folder: Path, sets: Sets) -> list[Finding]:
    """What breaks a policy in a fixture, by the first set that has it; the fixture is a repository of its own."""
    chosen = next(
        (each.id for each in sets.values() if _entry(policy, each)), options.POLICY_SET
    )
    with tempfile.TemporaryDirectory(prefix="sovlint-docs-") as scratch:
        copy = Path(scratch) / "repository"
        shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("expected.yaml", BEFORE))
        request = Request(paths=(copy,), as_of=AS_OF, policy_set=chosen)
        if policy.id == MINIMUM:  # no set has it: an option asks for it
            request = replace(request, min_seal=(_only(policy.require),))
        report = _report(copy, folder / BEFORE, request)
    verdict = worst(policy)
    found = [
        each
        for each in report.findings
        if (each.policy, each.verdict) == (policy.id, verdict)
    ]
    if not found:
        raise ValueError(f"{folder.relative_to(ROOT)} has no {verdict.value} of {policy.id}")
    return found


def _only(tree: Requirement | None) -> str:
    """What the one need of a requirement asks for."""
    (need,) = needs(tree)
    return need.value


def _report(copy: Path, before: Path, request: Request) -> Report:
    """What is said of a fixture, compared with what was ``before`` where it has that."""
    if not before.is_dir():
        (copy / ".git").mkdir()
        return lint(settled.run(request))
    who = ("-c", "user.name=docs", "-c", "user.email=docs@example.org")
    inside = (f"--git-dir={copy / '.git'}", f"--work-tree={before}")
    for given in (
        ("init", "--quiet"),
        ("add", "--all"),
        (*who, "commit", "--quiet", "-m", "before"),
    ):
        subprocess.run(["git", *inside, *given], cwd=before, check=True)
    run = settled.run(request)
    return held_against(linted(run), replace(request, diff_base="HEAD"))


def waiving(policy: Policy, sets: Sets, finding: Finding) -> Iterator[str]:
    """Whether a policy may be waived, for how long, and by what; the waiver is one of ``finding``."""
    if not policy.waivable:
        yield "It can't be waived: no ignore comment, waiver or baseline excuses its findings."
        return
    yield from _terms(policy, sets)
    yield ""
    if policy.id in IGNORE_COMMENTS:
        yield "It is about ignore comments, so it is the comment that wants mending; no comment excuses another."
    elif policy.id in ATTESTATIONS:
        yield "It is about the configuration, where ignore comments aren't read."
    else:
        yield "An ignore comment, on the line above what it is about or on its first line:"
        yield from (
            "",
            "```text",
            f'# sovlint: ignore[{policy.id}] until={UNTIL} reason="..."',
            "```",
        )
    yield from (
        "",
        "A waiver in `sovlint.yaml`, approved by somebody else than its owner:",
        "",
        "```yaml",
        "waivers:",
    )
    yield f"  - policy: {policy.id}"
    yield f"    addresses: [{json.dumps(finding.resource.address)}]"
    for key, value in WAIVER.items():
        yield f"    {key}: {value}"
    yield from ("```", "", "[Exceptions](../exceptions.md) says which to use when.")


def _terms(policy: Policy, sets: Sets) -> Iterator[str]:
    """For how long a policy may be waived, and what sets change of that."""
    yield f"It may be waived, {_bound(policy.longest_waiver_days)}."
    for each in sets.values():
        entry = _entry(policy, each)
        if entry is not None and entry.waivable is False:
            yield f"Under `{each.id}` it can't be."
        elif entry is not None and entry.longest_waiver_days is not None:
            yield f"Under `{each.id}`: {_bound(entry.longest_waiver_days)}."


def _bound(days: int | None) -> str:
    return "for as long as the waiver says" if days is None else f"for {days} days at most"


def _asks(policy: Policy, sets: Sets) -> Iterator[str]:
    names = {each.id: [entry.policy for entry in each.entries] for each in sets.values()}
    for label, text in explain.facts(policy, names, "en"):
        yield f"- {explain_lines.word(label, 'en')}: {text}"
    for each in sets.values():
        entry = _entry(policy, each)
        if entry is not None and entry.severity is not None:
            yield f"- Severity in `{each.id}`: {entry.severity}"
    if policy.require is not None:
        yield f"- {explain_lines.word('requires', 'en')}:"
        yield from _requirement(policy.require, _predicates(), "  ")


def _requirement(tree: Requirement, meaning: Mapping[str, Any], indent: str) -> Iterator[str]:
    """A requirement as nested items, in the words of the schema of policies."""
    if isinstance(tree, Need):
        yield f"{indent}- `{tree.kind}: {tree.value}`. {meaning[tree.kind]['description']}"
        return
    yield f"{indent}- {explain_lines.word(tree.kind, 'en')}:"
    for member in tree.members:
        yield from _requirement(member, meaning, f"{indent}  ")


def _predicates() -> Mapping[str, Any]:
    schema = json.loads(
        (ROOT / "sovlint" / "policy" / "schema.json").read_text(encoding="utf-8")
    )
    found: Mapping[str, Any] = schema["$defs"]["require"]["properties"]
    return found


def _files(folder: Path) -> Iterator[str]:
    """The files of a fixture, as they are."""
    found = (
        path for path in folder.rglob("*") if path.is_file() and path.name != "expected.yaml"
    )
    for path in sorted(found, key=lambda each: (BEFORE not in each.parts, each)):
        before = " before" if path.parent.name == BEFORE else ""
        yield from (f"`{path.name}`{before}", "", f"```{LANGUAGES[path.suffix]}")
        yield from (path.read_text(encoding="utf-8").rstrip("\n"), "```", "")


def _said(finding: Finding) -> str:
    span = finding.resource.where.span()
    return f"{span.path}:{span.line}: {finding.severity}: {finding.resource.address}: {say(finding.headline, 'en')}"


def _citations(policy: Policy) -> Iterator[str]:
    for source in policy.all_cites:
        words = f"[{source.supports}]({source.url})" if source.url else source.supports
        yield f"- {words} ({source.date})"


def _table(rows: Iterator[tuple[str, str, str]]) -> Iterator[str]:
    yield from ("| policy | asks that | severity |", "|---|---|---|")
    for name, title, severity in rows:
        yield f"| [{name}]({name}.md) | {title} | {severity} |"


def _as_in(policy: Policy, entry: SetEntry) -> tuple[str, str, str]:
    """Id, title and severity of a policy as a set has it."""
    return policy.id, policy.title["en"], entry.severity or policy.severity


def _entry(policy: Policy, within: SetDocument) -> SetEntry | None:
    return next((entry for entry in within.entries if entry.policy == policy.id), None)


def _text(lines: Iterator[str] | list[str]) -> str:
    return "\n".join(lines).rstrip("\n") + "\n"


if __name__ == "__main__":
    main()
