"""``sovlint explain``: what a policy asks, why, what it rests on, and how to comply."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Final

import click

from sovlint.commands.parts import options, output, settled, suggest
from sovlint.commands.parts.complying import activities, complying
from sovlint.commands.parts.explain_lines import labelled_line, word
from sovlint.commands.parts.output import Voice
from sovlint.commands.parts.source_line import source_line, told
from sovlint.errors import SovlintError, did_you_mean
from sovlint.model.findings.remedy import Remedies
from sovlint.model.request import Request
from sovlint.policy.load import known_policies, known_sets
from sovlint.policy.policies import HOUSEKEEPING, Need, Policy, Requirement, SetDocument
from sovlint.report.messages import labelled, phrase
from sovlint.report.pieces import remedies
from sovlint.report.pieces.fact_words import term
from sovlint.report.pieces.style import Style, pad, whole, wrap

# --- The page of a policy set: for whom it is, what it asks at which severity, and by which acts one complies.


def set_page(
    found: SetDocument, policies: Mapping[str, Policy], language: str, style: Style
) -> Iterator[str]:
    """Everything that there is to know of a set; ``policies`` are all by id."""
    yield from labelled_line(found.id, found.title[language], language, style)
    if found.why is not None:
        yield ""
        yield from style.paragraphs([found.why[language].strip()], "")
    yield ""
    yield style.paint(word("set-asks", language), "strong")
    for entry in found.entries:
        policy = policies[entry.policy]
        severity = (entry.severity or policy.severity).value
        line = word("set-entry", language, policy=policy.id, severity=severity)
        yield from wrap(
            f"{labelled(line, language)} {policy.title[language]}", style.columns, "- ", "  "
        )
    if found.acts:
        yield ""
        yield style.paint(word("set-acts", language), "strong")
    for number, each in enumerate(found.acts, 1):
        head = labelled(word(f"act-{each.act}", language), language)
        text = f"{head} {each.text[language].strip()}"
        yield from wrap(text, style.columns, f"{number}. ", "   ")
    yield ""
    yield from labelled_line(word("written", language), found.where, language, style)


SHIPPED: Final = "policies/"
"""How the places of shipped policies begin."""

NARROW: Final = 30
"""Titles stand beside the ids of policies where this many columns are left for them, else below."""


@click.command()
@click.argument(
    "about",
    metavar="[POLICY|SET|WORD|PATH:LINE]",
    required=False,
    shell_complete=suggest.policies_and_sets,
)
@options.judging
@options.reading
@options.cache
@options.speaking
@options.into(request=Request, voice=Voice)
def explain(about: str | None, request: Request, voice: Voice) -> int:
    """Say what POLICY asks, why, what it rests on, and how to comply; of a SET, for whom it is, what it asks, and by
    which acts one complies; without either, list all policies.

    WORD is a qualification (hds), a law ("CLOUD Act") or a data class (nir): what the catalogue says of it.

    PATH:LINE is a line of a file, as a scan writes it: every finding that it has a part in, in full, what else stands
    there, and why. It is judged as `sovlint scan` judges the folder of the nearest configuration.

    Exit code: 0, or 2 where there is no such thing, file or line.
    """
    own = settled.own_policies(request)
    known, known_set = known_policies(own), known_sets(own)
    sets = {
        name: [entry.policy for entry in each.entries] for name, each in known_set.items()
    }
    language, style = voice.language, voice.style()
    if about is None:
        lines = list(listing(known, sets, language, style))
    elif about in known:
        policy, catalog = known[about], settled.known_world(request)
        there = (
            *services(
                complying(policy, catalog, request.as_of), request.as_of, language, style
            ),
            *certified(activities(policy, catalog), language, style),
        )
        lines = list(page(policy, sets, language, style, there))
    elif about in known_set:
        lines = list(set_page(known_set[about], known, language, style))
    elif (meant := source_line(about)) is not None:
        output.emit(told(meant, request, voice))
        return 0
    else:
        lines = list(_of_the_world(about, [*known, *known_set], request, voice))
    output.emit(whole(lines))
    return 0


def _of_the_world(
    written: str, others: Iterable[str], request: Request, voice: Voice
) -> Iterator[str]:
    """The page of a qualification, a law or a data class; raises ``SovlintError`` with the name that was meant, of these
    or ``others``."""
    from sovlint.commands.parts import explain_world

    catalog = settled.known_world(request)
    found = explain_world.pages(written, catalog, request, voice)
    if found is None:
        hint = (
            f"Give a line of the file: `{written}:1`."
            if Path(written).is_file()
            else did_you_mean(written, [*others, *explain_world.names(catalog)])
            or "`sovlint explain` lists them all."
        )
        raise SovlintError(f"There is no policy `{written}`.", hint)
    return found


def listing(
    known: Mapping[str, Policy], sets: Mapping[str, list[str]], language: str, style: Style
) -> Iterator[str]:
    """Every policy with its title and the sets that it is in."""
    width = max(map(len, known)) + 2
    beside = style.columns - width >= NARROW
    indent = " " * (width if beside else 2)
    for name, policy in known.items():
        head = pad(name, width) if beside else name
        first, *rest = wrap(
            policy.title[language], style.columns, head if beside else indent, indent
        )
        if beside:
            yield style.paint(name, "strong") + first[len(name) :]
        else:
            yield from (style.paint(name, "strong"), first)
        yield from rest
        for line in style.paragraphs([_sets(policy, sets, language)], indent, indent):
            yield style.paint(line, "dim")


def services(
    found: Iterable[Remedies], day: date, language: str, style: Style
) -> Iterator[str]:
    """The services that comply on a day, a line a kind; nothing where there are none."""
    for number, each in enumerate(found):
        if not number:
            yield ""
            yield from labelled_line(
                word("services", language, day=day),
                word("services-alone", language),
                language,
                style,
            )
        yield from style.paragraphs([remedies.of_kind(each, language)], "- ")


def certified(
    offers: Iterable[tuple[str, str, tuple[int, ...]]], language: str, style: Style
) -> Iterator[str]:
    """Which activities the offers are certified for, a line an offer; nothing where no source says it."""
    for number, (provider, offer, found) in enumerate(offers):
        if not number:
            yield ""
            yield style.paint(labelled(word("activities", language), language), "strong")
        line = word(
            "activities-of", language, provider=provider, offer=offer, activities=found
        )
        yield from style.paragraphs([line], "- ")


def page(
    policy: Policy,
    sets: Mapping[str, list[str]],
    language: str,
    style: Style,
    complying: Iterable[str],
) -> Iterator[str]:
    """Everything that there is to know of a policy; ``complying`` are lines on what complies with it."""
    yield from labelled_line(policy.id, policy.title[language], language, style)
    yield ""
    for label, text in facts(policy, sets, language):
        yield from labelled_line(word(label, language), text, language, style)
    if policy.require is not None:
        yield from labelled_line(word("requires", language), "", language, style)
        yield from _tree(policy.require, language, "  ")
    for label, text in (("why", policy.why[language]), ("remedy", policy.remedy[language])):
        if text:
            yield ""
            yield style.paint(word(label, language), "strong")
            yield from style.paragraphs(text.strip().splitlines(), "  ")
    yield from complying
    if cited := policy.all_cites:
        yield ""
        yield style.paint(phrase("report.sources-title", language), "strong")
        for source in cited:
            yield from style.paragraphs([f"{source.said(language)} ({source.date})"], "- ")
            if source.url:
                yield f"  {style.link(source.url)}"
    yield ""
    yield from labelled_line(word("written", language), policy.where, language, style)
    if policy.where.startswith(SHIPPED):
        yield from labelled_line(
            word("examples", language), f"fixtures/policies/{policy.id}/", language, style
        )


def facts(
    policy: Policy, sets: Mapping[str, list[str]], language: str
) -> Iterator[tuple[str, str]]:
    """What a policy binds and at which severity: the key of a label (see ``word``) and a text."""
    severity = policy.severity.value
    if policy.unproven is not policy.severity:
        severity = word(
            "where-unproven", language, severity=severity, unproven=policy.unproven
        )
    yield "severity", severity
    yield "sets", _sets(policy, sets, language)
    if policy.data:
        yield "data", ", ".join(policy.data)
    if policy.roles or policy.labelled_roles or policy.lighter_roles:
        yield "roles", _roles(policy, language)
    if policy.rests_on:
        yield (
            "rests-on",
            ", ".join(term("rests-on", each, language) for each in policy.rests_on),
        )
    if policy.by_law is not None:
        law = policy.by_law
        params = {"stated": law.stated, "data": ", ".join(law.data)}
        yield "by-law", word("by-law-where", language, **params)


def _sets(policy: Policy, sets: Mapping[str, list[str]], language: str) -> str:
    if policy.id in HOUSEKEEPING:
        return word("housekeeping", language)
    return ", ".join(name for name, ids in sets.items() if policy.id in ids) or word(
        "no-set", language
    )


def _roles(policy: Policy, language: str) -> str:
    roles = [role for role in policy.roles if role not in policy.lighter_roles]
    for role, level in policy.lighter_roles.items():
        roles.append(word("role-at-most", language, role=role, severity=level))
    roles += [word("role-labelled", language, role=role) for role in policy.labelled_roles]
    return ", ".join(roles)


def _tree(tree: Requirement, language: str, indent: str) -> Iterator[str]:
    """A requirement, one line a question, as the policy's file writes it."""
    if isinstance(tree, Need):
        yield f"{indent}{tree.kind}: {tree.value}"
        return
    yield f"{indent}{labelled(word(tree.kind, language), language)}"
    for member in tree.members:
        yield from _tree(member, language, f"{indent}  ")
