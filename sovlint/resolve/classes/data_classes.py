"""What a resource carries: classes declared, intrinsic or inferred, with evidence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from sovlint.catalog.entries import ImageEntry, LexiconTerm, TypeEntry
from sovlint.catalog.load import Catalog
from sovlint.model.classrules import ClassRule, ClassRules
from sovlint.model.organisation import PARTICULAR_SENSITIVITY
from sovlint.model.partial.holes import HOLE, marked_text
from sovlint.model.placement import ClassClaim, Classes, How, Placed
from sovlint.model.resources.resource import Labels, Resource
from sovlint.model.text import Note
from sovlint.model.value import Known, Step, StepKind, Unknown, Value
from sovlint.resolve.classes.labelled import ANONYMOUS, MAX_SHOWN, Declarations
from sovlint.resolve.classes.lexicon import suggest

_WEAKNESS = {how: number for number, how in enumerate(How)}
_SURE = (How.DECLARED, How.INTRINSIC, How.PROPAGATED)
"""Ways in which a class is no guess, and not assumed."""
_NAME_KEYS = ("name",)
_NAMES_OF_CALLS = ("*name", "*identifier", "*bucket")
"""Arguments of a module that isn't there to read that surely name something in it."""


class Classifier:
    """Tells which classes a resource carries, by rules, labels, types and names."""

    def __init__(self, rules: ClassRules, catalog: Catalog) -> None:
        self._rules = rules
        self._declarations = Declarations(rules, catalog)
        self._lexicon: Sequence[LexiconTerm] = catalog.lexicon
        self._catalog = catalog
        self._image_entries: dict[str, tuple[ImageEntry, ...]] = {}

    def classes(self, resource: Resource, entry: TypeEntry | None) -> Classes:
        """The classes of a resource, but for what flows bring and ``--assume`` adds."""
        declared = self._declarations.of(resource)
        declared.claims.extend(self._configured(resource))
        if entry:
            step = Step(
                resource.where, Note("resolve.class-intrinsic", {"type": resource.type})
            )
            declared.claims.extend(
                ClassClaim(name, How.INTRINSIC, step) for name in entry.intrinsic
            )
        declared.claims.extend(self._by_image(resource, How.INTRINSIC))
        if not (entry and entry.config):
            guesses = strongest(self._inferred(resource, entry))
            raised = self._raised(guesses, {claim.data_class for claim in declared.claims})
            declared.lowered.extend(guesses)
            declared.claims.extend(raised)
        return Classes(
            strongest(declared.claims),
            declared.unknown,
            tuple(declared.strange),
            tuple(dict.fromkeys(declared.unmatched)),
            strongest(declared.lowered),
            tuple(declared.strange_keys),
        )

    def _configured(self, resource: Resource) -> Iterator[ClassClaim]:
        path = resource.where.span().path if self._rules.paths else ""
        others = sorted(resource.held_in - {path})
        for rule in self._rules.paths:
            if rule.matches(path):
                yield from _by_rule(rule, Note("resolve.class-configured"))
            elif holder := next(filter(rule.matches, others), None):
                note = Note("resolve.class-of-holder", {"path": holder})
                found = _by_rule(rule, note)  # others may lead here too, with other data
                yield from (each for each in found if each.data_class != ANONYMOUS)
        for rules, names in (
            (self._rules.addresses, resource.named_by),
        ):  # fmt: skip
            for rule in rules:
                if any(map(rule.matches, names)):
                    yield from _by_rule(rule, Note("resolve.class-configured"))

    def _by_image(self, resource: Resource, how: How) -> Iterator[ClassClaim]:
        """Classes that a container image stands for: by its nature, or (``inferred``) as often as not."""
        for image in resource.images:
            written = _image(image)
            for entry in self._images(written):
                if entry.intrinsic is (how is How.INTRINSIC):
                    where = resource.where if image.because is None else image.because.where
                    note = Note(
                        "resolve.class-of-image",
                        {"image": written.replace(HOLE, "*")[:MAX_SHOWN]},
                    )
                    yield ClassClaim(entry.data_class, how, Step(where, note))

    def _images(self, written: str) -> tuple[ImageEntry, ...]:
        if written not in self._image_entries:
            found = tuple(entry for entry in self._catalog.images if entry.matches(written))
            self._image_entries[written] = found
        return self._image_entries[written]

    def _raised(
        self, guesses: Iterable[ClassClaim], said: set[str]
    ) -> tuple[ClassClaim, ...]:
        """Classes that names suggest beside those ``said``, unless these answer the guess.

        Heuristics may raise, never lower: only what speaks of the same data, or says that there is
        nothing personal in it, ends the guessing.
        """
        if ANONYMOUS in said:
            return ()
        return tuple(each for each in guesses if not self._answered(each.data_class, said))

    def _answered(self, guess: str, said: set[str]) -> bool:
        """Whether a class that was said is the guess, covers it, or is one that it covers."""
        covers = {name: set(each.covers) for name, each in self._catalog.classes.items()}
        return guess in said or any(
            guess in covers[each] or each in covers[guess] for each in said
        )

    def _inferred(self, resource: Resource, entry: TypeEntry | None) -> Iterator[ClassClaim]:
        names = (
            list(resource.names)
            + list(self._named_attributes(resource, entry))
            + list(_name_tags(resource.labels))
        )
        yield from self._by_image(resource, How.INFERRED)
        for name, (source, term) in suggest(names, self._lexicon).items():
            note = Note(
                "resolve.class-inferred", {"name": source[:MAX_SHOWN], "term": term.shown}
            )
            yield ClassClaim(
                name, How.INFERRED, Step(resource.where, note, kind=StepKind.SUGGESTED)
            )

    def _named_attributes(self, resource: Resource, entry: TypeEntry | None) -> Iterator[str]:
        plugin = self._catalog.plugin(resource.binding.plugin) if resource.binding else None
        unread = () if resource.unreadable is None else _NAMES_OF_CALLS
        for path in (
            *(entry.names if entry else ()),
            *(plugin.names if plugin else ()),
            *unread,
        ):
            for found in resource.attributes.read(path):
                yield from _texts(found.value)


def assumed(placed: Placed, name: str | None) -> Placed:
    """The same, with the class that ``--assume`` gives to whatever may carry data and has none that is declared or
    intrinsic.

    A guess from names, or what flows in, doesn't show what else is there. What surely carries no payload gets none:
    neither configuration, nor what would send data somewhere and doesn't say where.
    """
    classes = placed.classes
    payload = bool(placed.placements) and not placed.is_config
    if name is None or not payload:
        return placed
    claim = ClassClaim(
        name, How.DEFAULT, Step(None, Note("resolve.class-assumed", {"name": name}))
    )
    if any(
        claim.how in (How.DECLARED, How.INTRINSIC)
        and claim.data_class != PARTICULAR_SENSITIVITY
        for claim in classes.claims
    ):
        return replace(placed, classes=replace(classes, lowered=(*classes.lowered, claim)))
    return replace(
        placed, classes=replace(classes, claims=strongest((*classes.claims, claim)))
    )


def lowered(placed: Placed, covers: Mapping[str, Sequence[str]]) -> tuple[ClassClaim, ...]:
    """What a resource would carry if nothing nearer were declared, and doesn't: neither the class, nor one that covers
    it, as surely. ``covers``: by class, those that it covers.

    What fails a run is answered by what fails one too: not by a guess.
    """

    def answers(claim: ClassClaim, lost: ClassClaim) -> bool:
        within = {claim.data_class, *covers.get(claim.data_class, ())}
        return lost.data_class in within and (claim.how in _SURE or lost.how not in _SURE)

    claims = placed.classes.claims
    return tuple(
        lost
        for lost in placed.classes.lowered
        if not any(answers(each, lost) for each in claims)
    )


def strongest(claims: Iterable[ClassClaim]) -> tuple[ClassClaim, ...]:
    """One claim for each class: the first of the strongest way that it got there."""
    best: dict[str, ClassClaim] = {}
    for claim in sorted(claims, key=lambda claim: _WEAKNESS[claim.how]):
        best.setdefault(claim.data_class, claim)
    return tuple(best[name] for name in sorted(best))


def _by_rule(rule: ClassRule, note: Note) -> Iterator[ClassClaim]:
    step = Step(rule.where, note)
    yield from (ClassClaim(name, How.DECLARED, step) for name in rule.classes)


def _texts(value: Value) -> Iterator[str]:
    """Text of a value; of one with holes, its literals cut back to whole words."""
    if value.sensitive:
        return
    if isinstance(value, Unknown):
        for member in value.among or ():
            yield from _texts(member)
        yield from _whole_words(value.parts or ())
    elif isinstance(value.value, tuple):
        for item in value.value:
            yield from _texts(item)
    elif isinstance(value.value, str):
        yield value.value


def _image(value: Value) -> str:
    """An image as it is written, with holes; empty where nothing is known of it, or nobody may see it."""
    if value.sensitive:
        return ""
    if isinstance(value, Known):
        return value.value if isinstance(value.value, str) else ""
    return marked_text(value.parts or ())


def _whole_words(parts: Sequence[str | None]) -> Iterator[str]:
    """Literals of a name with holes; a word that touches a hole may be part of a longer one, so it doesn't count."""
    for position, part in enumerate(parts):
        if part is None:
            continue
        text = part
        if position > 0:
            text = re.sub(r"^[^\W_]+", "", text)
        if position < len(parts) - 1:
            text = re.sub(r"[^\W_]+$", "", text)
        yield text


def _name_tags(labels: Iterable[Labels]) -> Iterator[str]:
    for each in labels:
        if each.entries.sensitive:
            continue
        entries = (
            each.entries.value if isinstance(each.entries, Known) else each.entries.entries
        )
        for key, value in entries.items() if isinstance(entries, dict) else ():
            if str(key).lower() in _NAME_KEYS:
                yield from _texts(value)
