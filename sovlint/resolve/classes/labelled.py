"""Classes that labels declare: whoever declares adds up, and what only may be declared leaves more possible."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from msgspec import Struct, field

from sovlint.catalog.entries import DataClass
from sovlint.catalog.load import Catalog
from sovlint.model.classrules import OWN_PREFIX, ClassRules, Redefined
from sovlint.model.lookups.names import without_accents
from sovlint.model.placement import ClassClaim, How
from sovlint.model.resources.resource import Labels, Resource
from sovlint.model.source import Located
from sovlint.model.text import Note
from sovlint.model.value import Because, Known, Step, Unknown, UnknownKind, Value
from sovlint.resolve.values import steps
from sovlint.rules.tagging import folded

ANONYMOUS = "anonymous"
"""The class of what holds nothing personal: who declares it has answered every guess."""
MAX_SHOWN = 60
"""Characters of what a repository says that a note repeats."""

_SEPARATORS = re.compile(r"__|[,;+.\s]+")


class DeclaredClasses(Struct):
    """What one or several declarers say: claims, why more can't be excluded, and words that mean nothing here.

    ``lowered``: what labels further out say, where nearer ones of the declarer end the search. ``strange_keys``: keys
    of ours that nobody knows.
    """

    claims: list[ClassClaim] = field(default_factory=list)
    unknown: Unknown | None = None
    strange: list[tuple[str, Because]] = field(default_factory=list)
    unmatched: list[str] = field(default_factory=list)
    lowered: list[ClassClaim] = field(default_factory=list)
    strange_keys: list[tuple[str, Because]] = field(default_factory=list)


class Declarations:
    """Reads labels by the keys and words that stand for classes."""

    def __init__(self, rules: ClassRules, catalog: Catalog) -> None:
        self._keys = {folded(key) for key in rules.keys}
        self._words = _vocabulary(rules.values, catalog.classes)
        named = _named(catalog.classes)
        self._own = {_word(word) for word in rules.values} - set(named)

    def meaning(self, word: str) -> tuple[str, ...]:
        """The classes that a declared value stands for."""
        return tuple(dict.fromkeys(self._read(word)[0]))

    def of(self, resource: Resource) -> DeclaredClasses:
        """What the labels of a resource declare: declarers add up; within one, the nearer wins that means something."""
        total = DeclaredClasses()
        done: set[str] = set()
        lost: set[str] = set()
        for labels in resource.labels:
            found = self._in_labels(labels)
            total.strange_keys.extend(found.strange_keys)
            if labels.declarer in done or (labels.spare and labels.declarer not in lost):
                total.lowered.extend(found.claims)
                continue
            if _ends_search(found) and not labels.spare:  # a spare one only adds
                done.add(labels.declarer)
            if found.strange:
                lost.add(labels.declarer)
            total.claims.extend(found.claims)
            if labels.foreign:
                total.unmatched += found.unmatched
            else:
                said = {word for word, _ in total.strange}
                total.strange.extend(each for each in found.strange if each[0] not in said)
            total.unknown = found.unknown if total.unknown is None else total.unknown
        known = {key for labels in resource.labels for key in labels.keys or ()}
        total.strange_keys = [each for each in total.strange_keys if each[0] not in known]
        return total

    def _in_labels(self, labels: Labels) -> DeclaredClasses:
        keys = {folded(key) for key in labels.keys} if labels.keys is not None else self._keys
        value = labels.entries
        if isinstance(value, Known):
            return self._in_map(value.value, keys, labels, value)
        if value.among:
            return self._in_any(
                [self._in_map(m.value, keys, labels, m) for m in value.among], value
            )
        found = self._in_map(value.entries or {}, keys, labels, value)
        if value.read is not None:
            read = self._in_map(value.read.value, keys, labels, _read(value, value.read))
            found.claims.extend(_not_anonymous(read))
        if found.unknown is None:
            found.unknown = value
        return found

    def _in_any(self, members: list[DeclaredClasses], value: Unknown) -> DeclaredClasses:
        """One of a few maps: what all of them declare is declared; what only some do leaves more possible. What was read
        stays declared, whatever else contradicts it."""
        names = [{claim.data_class for claim in member.claims} for member in members]
        everywhere = set.intersection(*names)
        claims = [claim for claim in members[0].claims if claim.data_class in everywhere]
        if value.kind is UnknownKind.CONTRADICTED:
            claims += (each for each in _not_anonymous(members[0]) if each not in claims)
        agree = all(each == names[0] for each in names) and all(
            member.unknown is None for member in members
        )
        strange = [each for member in members for each in member.strange]
        return DeclaredClasses(claims, None if agree else value, strange)

    def _in_map(
        self, entries: object, keys: set[str], labels: Labels, whole: Value
    ) -> DeclaredClasses:
        """What the entries of ``whole`` declare."""
        found = DeclaredClasses()
        for key, value in entries.items() if isinstance(entries, dict) else ():
            if folded(str(key)) in keys:
                self._entry(str(key), value, labels, whole, found)
            elif str(key).startswith(OWN_PREFIX):
                step = Step(_place(value) or labels.where, Note("resolve.key-strange"))
                found.strange_keys.append((str(key)[:MAX_SHOWN], step))
        return found

    def _entry(
        self, key: str, value: Value, labels: Labels, whole: Value, found: DeclaredClasses
    ) -> None:
        """What one entry of ``whole`` declares; several values of a key declare together."""
        if isinstance(value, Unknown):
            self._partly(value, labels, found)
        elif isinstance(value.value, tuple):
            for item in value.value:
                self._entry(key, item, labels, value if value.sensitive else whole, found)
        elif value.value is not None:
            note = Note("resolve.class-declared", {"key": key})
            step = Step(labels.where, note, steps(value.because, whole.because))
            self._words_in(
                Known(value.value, value.because, value.sensitive or whole.sensitive),
                step,
                found,
            )

    def _partly(self, value: Unknown, labels: Labels, found: DeclaredClasses) -> None:
        """A class that isn't known: unless all that it may be give the same classes."""
        members = []
        for member in value.among or ():
            members.append(DeclaredClasses())
            self._words_in(
                member,
                Step(labels.where, Note("resolve.class-declared-somehow")),
                members[-1],
            )
        if not members:
            self._words_around(value, labels, found)
            if value.read is not None:
                read = DeclaredClasses()
                step = Step(labels.where, Note("resolve.class-declared-somehow"))
                self._words_in(_read(value, value.read), step, read)
                found.claims.extend(_not_anonymous(read))
            found.unknown = value.bare()
            return
        joint = self._in_any(members, value)
        found.claims.extend(joint.claims)
        found.unknown = joint.unknown

    def _words_around(self, value: Unknown, labels: Labels, found: DeclaredClasses) -> None:
        """Words of a text with holes that no hole touches are there whatever fills them."""
        step = Step(
            labels.where, Note("resolve.class-declared-somehow"), steps(value.because)
        )
        parts = value.parts or ()
        for position, part in enumerate(parts):
            words = _SEPARATORS.split(part or "")
            whole = words[1 if position else 0 : len(words) - (position < len(parts) - 1)]
            for name in (
                name for word in whole for name in self._words.get(_word(word), ()) if word
            ):
                if name != ANONYMOUS:  # what fills the holes may be anything
                    found.claims.append(ClassClaim(name, How.DECLARED, step))

    def _words_in(self, value: Known[object], step: Step, found: DeclaredClasses) -> None:
        if isinstance(value.value, tuple):
            for item in value.value:
                if isinstance(item, Known):
                    self._words_in(
                        Known(item.value, item.because, item.sensitive or value.sensitive),
                        step,
                        found,
                    )
            return
        written = str(value.value)
        names, strange = self._read(written)
        if not names:
            found.unmatched.append(_shown(written, value))
        found.claims.extend(ClassClaim(name, How.DECLARED, step) for name in names)
        found.strange.extend((_shown(word, value), step) for word in strange)

    def _read(self, written: str) -> tuple[list[str], list[str]]:
        """Class ids in a declared value, and words that mean nothing here. A label may hold separators itself.

        A house's own words for several together add to what each of them means.
        """
        whole = self._words.get(_word(written))
        own = _word(written) in self._own
        if whole is not None and not own:
            return list(whole), []
        names, strange = self._in_parts(written)
        if whole is None:
            return names, strange
        return list(_joined(tuple(names), whole)), []

    def _in_parts(self, written: str) -> tuple[list[str], list[str]]:
        """What each word of a declared value means, and those that mean nothing here."""
        names: list[str] = []
        strange: list[str] = []
        for word in filter(None, _SEPARATORS.split(written)):
            found = self._words.get(_word(word))
            if found is None:
                strange.append(word)
            else:
                names.extend(found)
        return names, strange


def _read(value: Unknown, read: Known[object]) -> Known[object]:
    """What was read of a value, with what keeps it from being shown."""
    return Known(read.value, read.because, read.sensitive or value.sensitive)


def _not_anonymous(read: DeclaredClasses) -> Iterator[ClassClaim]:
    """What stays declared of a value that another one contradicts: not that there is nothing personal."""
    return (claim for claim in read.claims if claim.data_class != ANONYMOUS)


def _place(value: Value) -> Located | None:
    """Where a value was written, as far as that is known."""
    return value.because.where if value.because is not None else None


def _shown(text: str, value: Known[object]) -> str:
    """What a note repeats of a value."""
    return "***" if value.sensitive else text[:MAX_SHOWN]


def _vocabulary(
    values: Mapping[str, tuple[str, ...]], classes: Mapping[str, DataClass]
) -> dict[str, tuple[str, ...]]:
    """Folded word -> class ids: ids and labels of the catalogue, and a house's own words, which add to these."""
    words = _named(classes)
    for word, names in values.items():
        if names:  # a word for nothing stays one that means nothing
            words[_word(word)] = _joined(words.get(_word(word), ()), names)
    return words


def _joined(there: tuple[str, ...], names: Iterable[str]) -> tuple[str, ...]:
    """Classes, and others beside them: ``anonymous`` isn't added to any."""
    more = (name for name in names if name not in there and (not there or name != ANONYMOUS))
    return (*there, *more)


def redefined(rules: ClassRules, catalog: Catalog) -> Iterator[Redefined]:
    """The house's own words that name a class and are given others alone: the whole, or one of several in it."""
    shipped = Declarations(ClassRules(), catalog)
    for word, names in rules.values.items():
        for own in shipped.meaning(word):
            if own not in names:
                yield Redefined(word, own, rules.places[word])


def _named(classes: Mapping[str, DataClass]) -> dict[str, tuple[str, ...]]:
    """Folded id or label -> the classes that it names: more than one where an overlay gives it to another too."""
    found: dict[str, tuple[str, ...]] = {}
    for entry in classes.values():
        for label in (entry.id, *entry.labels):
            found[_word(label)] = _joined(found.get(_word(label), ()), (entry.id,))
    return found


@lru_cache(maxsize=4096)
def _word(text: str) -> str:
    return re.sub(r"[\s_-]+", "-", without_accents(text).casefold().strip())


def _ends_search(found: DeclaredClasses) -> bool:
    """Whether labels of the same declarer further out count no more. ``anonymous`` beside a word that means nothing may
    not be all that was meant."""
    names = {claim.data_class for claim in found.claims}
    return bool(names) and not (found.strange and names == {ANONYMOUS})
