"""What the catalogue says of a qualification, a law or a data class, as ``explain`` tells it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain
from pathlib import Path

from msgspec import Struct

from sovlint.catalog.entries import Scheme
from sovlint.catalog.entries.qualifications import Version
from sovlint.catalog.load import Catalog
from sovlint.commands.parts import settled
from sovlint.commands.parts.explain_lines import labelled_line, word
from sovlint.commands.parts.output import Voice
from sovlint.configuration.config import POLICY_SET
from sovlint.files.scan_place import locate
from sovlint.model.lookups.names import fold, tokens
from sovlint.model.request import Request
from sovlint.model.world import Jurisdiction, Law, Standing
from sovlint.policy.binding.bind import covered, reach
from sovlint.policy.load import load
from sovlint.report.lookup.control_lines import law_words
from sovlint.report.lookup.qualification_lines import VALID
from sovlint.report.messages import phrase
from sovlint.report.pieces.sources import Footnotes
from sovlint.report.pieces.style import Style
from sovlint.resolve.facts.offers import valid


class _StateLaw(Struct, frozen=True):
    """A law with its state; ``id`` is that of its source."""

    id: str
    state: Jurisdiction
    law: Law

    def is_meant(self, written: str) -> bool:
        """Whether it is called so: by its id, or by words that stand in its name, in either language."""
        words = tokens(written)
        names = (tokens(self.law.name.en), tokens(self.law.name.fr))
        return fold(written) == self.id or any(_holds(name, words) for name in names)


def _holds(name: Sequence[str], words: Sequence[str]) -> bool:
    """Whether a name has these words, one after the other."""
    size = len(words)
    return size > 0 and any(words == name[at : at + size] for at in range(len(name)))


def _laws(catalog: Catalog) -> Iterator[_StateLaw]:
    for code, written in catalog.written["jurisdictions"].items():
        if "laws" in written:
            state = catalog.jurisdictions[code]
            for law, data in zip(state.laws, written["laws"], strict=True):
                yield _StateLaw(data["source"].rpartition("#")[2], state, law)


def names(catalog: Catalog) -> Iterator[str]:
    """Every word that has a page, as it may be misspelt."""
    yield from catalog.schemes
    yield from catalog.classes
    for each in _laws(catalog):
        yield from (each.id, each.law.name.en, each.law.name.fr)


def pages(
    written: str, catalog: Catalog, request: Request, voice: Voice
) -> Iterator[str] | None:
    """All that is known of what is called so, whatever the case; of each law where several are. ``None`` where nothing
    is."""
    name = fold(written)
    laws = [each for each in _laws(catalog) if each.is_meant(written)]
    notes = Footnotes(voice.language)
    if name in catalog.schemes:
        lines = _scheme_lines(catalog.schemes[name], request.as_of, notes, voice)
    elif name in catalog.classes:
        lines = _class_lines(name, catalog, request, voice)
    elif laws:
        lines = _law_lines(laws, request.as_of, notes, voice)
    else:
        return None
    return chain(lines, _listed(notes, voice.style()))


def _listed(notes: Footnotes, style: Style) -> Iterator[str]:
    """The sources, once all is said that cites them."""
    yield from notes.listed(style)


def _scheme_lines(scheme: Scheme, day: date, notes: Footnotes, voice: Voice) -> Iterator[str]:
    """A qualification: what it is called, which versions count, and how many hold it on a day."""
    language, style = voice.language, voice.style()
    cited = notes.cite(scheme.source)
    yield from labelled_line(
        scheme.name, f"{scheme.title[language]} {cited}", language, style
    )
    yield ""
    counting = [_version(each, language) for each in scheme.versions if each.counts(day)]
    said = ", ".join(counting) or phrase("report.none-word", language)
    yield from labelled_line(word("versions", language, day=day), said, language, style)
    yield from labelled_line(word("lasts", language), f"{scheme.years}", language, style)
    yield from labelled_line(word("offers", language, day=day), "", language, style)
    held: dict[bool | None, list[str]] = {True: [], None: [], False: []}
    for provider, offers in scheme.offers.items():
        for offer in offers:
            held[valid(offer, scheme, day).held].append(provider)
    for stands, found in held.items():
        standing = phrase(VALID[stands], language)
        params = {"offers": len(found), "companies": len(set(found))}
        yield f"  {word('offers-of', language, standing=standing, **params)}"
    key = "list-whole" if scheme.complete else "list-part"
    further = [word(key, language, read=scheme.read)]
    further += [word("ordered", language)] if scheme.always_ordered else []
    yield from style.paragraphs(further, "", "")


def _version(version: Version, language: str) -> str:
    """A version, and the days on which it counts."""
    said = []
    if version.since:
        said.append(phrase("catalog.since", language, since=version.since))
    if version.until:
        said.append(phrase("catalog.until", language, until=version.until))
    return f"{version.id} ({', '.join(said)})" if said else version.id


def _law_lines(
    laws: Iterable[_StateLaw], day: date, notes: Footnotes, voice: Voice
) -> Iterator[str]:
    """Laws: of which state, how each stands on a day, and what it lets the state do."""
    language, style = voice.language, voice.style()
    for number, each in enumerate(laws):
        yield from [""] if number else []
        state = phrase("catalog.state", language, name=each.state.name, code=each.state.code)
        yield from labelled_line(each.id, state, language, style)
        stands = law_words(each.law, day, language)
        if each.law.until and each.law.standing(day) is Standing.IN_FORCE:
            stands += f" ({phrase('catalog.until', language, until=each.law.until)})"
        yield from style.paragraphs([f"{stands} {notes.cite(each.law.source)}"], "  ")
        yield from style.paragraphs([word(f"law-{each.law.kind}", language)], "  ")


def _class_lines(
    name: str, catalog: Catalog, request: Request, voice: Voice
) -> Iterator[str]:
    """A data class: what it is called, which others it counts as or counts for, and what binds it."""
    language, style, classes = voice.language, voice.style(), catalog.classes
    entry, covers = classes[name], {each: one.covers for each, one in classes.items()}
    yield from labelled_line(name, f"{entry.en} / {entry.fr}", language, style)
    yield ""
    above = [each for each in classes if each != name and name in covered((each,), covers)]
    lists = {
        "labels": entry.labels,
        "implies": sorted(covered((name,), covers) - {name}),
        "implied-by": above,
    }
    for label, found in lists.items():
        if found:
            yield from labelled_line(word(label, language), ", ".join(found), language, style)
    config = settled.configuration(request, locate([Path()]))
    chosen = load(
        (*config.policies, *request.policy),
        request.policy_set or config.policy_set or POLICY_SET,
        config.organisation,
    )
    scope = request.hds_scope or config.hds_scope
    binding = {
        each.id: f"{each.id} ({each.severity.value})"
        for each in (*chosen.law, *chosen.policies)
        if name in reach(each, covers, scope, None).classes
    }
    said = ", ".join(binding.values()) or phrase("report.none-word", language)
    head = word("binding", language, set=chosen.id)
    yield from labelled_line(head, said, language, style)
