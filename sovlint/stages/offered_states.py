"""The states that a repository keeps, as it offers them to others: outputs as data, with where the resources are that they
name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from msgspec import Struct

from sovlint.model.offers import Offer, OfferKind
from sovlint.model.redaction.by_keys import without_secrets
from sovlint.model.resources.kept import KeptState, KeptThing
from sovlint.model.resources.resource import Resource
from sovlint.model.text import Bilingual, Note
from sovlint.model.value import Because, Fact, Known, Step, Unknown, unroll
from sovlint.report.messages import say
from sovlint.resolve.places.known_resources import KnownResources
from sovlint.resolve.places.placer import Placer

MOST_STEPS: Final = 4
"""Steps that are told of why a resource is where it is."""
_ROOT_OF: Final = "//"
"""Between another repository and the root in it."""


def offered_states(
    states: Sequence[KeptState], known: KnownResources, placer: Placer
) -> Iterator[Offer]:
    """An offer for each root whose state others can ask for, and each of its variants."""
    things = _Things(known, placer)
    for kept in states:
        where = kept.where.span()
        yield Offer(
            OfferKind.STATE,
            kept.keys,
            where.path,
            where.line,
            kept.label,
            outputs=kept.outputs(in_both_languages, things.at),
        )


def in_both_languages(note: Note) -> Bilingual:
    """A note as it is told elsewhere."""
    return Bilingual(say(note, "en") or "-", say(note, "fr") or "-")


class _Things(Struct, eq=False):
    """What is told of resources that outputs name."""

    _known: KnownResources
    _placer: Placer
    _told: dict[int, KeptThing] = {}

    def at(self, root: str, variant: str, address: str) -> KeptThing | None:
        """What is told of the resource at an address, as seen from a root."""
        found = self._known.at(root, variant, address)
        if found is None or found.unreadable is not None:
            return None
        if found.number not in self._told:
            self._told[found.number] = self._thing(found)
        return self._told[found.number]

    def _thing(self, resource: Resource) -> KeptThing:
        place = self._placer.place_of(resource)
        span = resource.where.span()
        names = {
            path: text
            for path in self._known.names(resource)
            if (text := self._name(resource, path)) is not None
        }
        root = resource.root or ""
        told: dict[str, Any] = {
            "address": resource.address,
            "type": resource.type,
            "plugin": resource.binding.plugin if resource.binding else None,
            "repository": span.repository or None,
            "root": root.partition(_ROOT_OF)[2] if span.repository else root,
            "variant": resource.variant,
            "path": span.own_path,
            "line": span.line,
            "facts": {
                "provider": _fact(place.provider),
                "service": _fact(place.service),
                "region": _fact(place.region_code),
            },
            "names": names or None,
            "because": _steps(place.decided) or None,
        }
        return {key: each for key, each in told.items() if each is not None}

    def _name(self, resource: Resource, path: str) -> str | None:
        """What a resource is called by an attribute, where that is known and no secret."""
        found = resource.attributes.read(path)
        value = found[0].value if len(found) == 1 else None
        is_known = isinstance(value, Known) and not value.sensitive
        text = value.value if is_known and isinstance(value, Known) else None
        return text if isinstance(text, str) and without_secrets(text, path) == text else None


def _fact(fact: Fact[str]) -> Mapping[str, Any]:
    if fact.sensitive:
        return {}
    if isinstance(fact, Known):
        return {"value": fact.value}
    members = fact.among if isinstance(fact, Unknown) and fact.among else ()
    return {"among": [each.value for each in members]} if members else {}


def _steps(causes: Sequence[Because]) -> list[dict[str, Any]]:
    """The places that show where something is, the origin last."""
    found = dict.fromkeys(
        step for cause in causes for step in unroll(cause) if step.where is not None
    )
    return [_step(step) for step in list(found)[:MOST_STEPS]]


def _step(step: Step) -> dict[str, Any]:
    assert step.where is not None
    span, note = step.where.span(), in_both_languages(step.note)
    told = {"path": span.own_path, "line": span.line, "note": {"en": note.en, "fr": note.fr}}
    return {"repository": span.repository, **told} if span.repository else told
