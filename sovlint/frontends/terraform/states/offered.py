"""States that roots of other repositories keep: data as ``written`` makes it -> values, and the resources that they name.

What is offered may be hostile: anything that isn't as ``written`` makes it is unknown, nothing more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from msgspec import Struct

from sovlint.expressions.sizes import set_of
from sovlint.frontends.terraform.states.written import DEEPEST
from sovlint.model.attributes import Found
from sovlint.model.offers import Offer, OfferKind, Offers
from sovlint.model.resources.resource import TRUE, Binding, Named, Resource, elsewhere
from sovlint.model.source import Located, Span
from sovlint.model.text import Bilingual, Note
from sovlint.model.value import MAX_AMONG, Known, Reason, Step, StepKind, Unknown, Value

FRONT_END: Final = "terraform"
_REASONS: Final = {each.value: each for each in Reason}
_KINDS: Final = {each.value: each for each in StepKind}
_LONGEST: Final = 500
"""Characters of a sentence."""


class OfferedAttributes(Struct, frozen=True):
    """What a resource of another repository is called, by the attributes that say it."""

    names: Mapping[str, str]
    where: Span

    def read(self, path: str) -> Sequence[Found]:
        """The name at a path."""
        name = self.names.get(path)
        return () if name is None else (Found(Known(name), self.where),)


class OfferedState(Struct, eq=False):
    """A state that a root of another repository keeps."""

    offer: Offer
    found: dict[str, Value] = {}
    named: dict[str, Resource] = {}
    """The resources that its outputs name, by what they are called here."""

    @property
    def label(self) -> str:
        """What people call it."""
        return f"{self.offer.repository}: {self.offer.address or '.'}"

    @property
    def names(self) -> Iterable[str]:
        """Its outputs."""
        return self.offer.outputs

    def read(self, name: str, where: Located) -> Value | None:
        """An output; ``None`` where it has none of that name."""
        if name not in self.offer.outputs:
            return None
        if name not in self.found:
            self.found[name] = self._read(self.offer.outputs[name], name)
        return self.found[name]

    def read_all(self) -> None:
        """Every output."""
        for name in self.offer.outputs:
            self.read(name, Span(self.offer.path, 1, 1, 1, 1))

    def _read(self, output: Any, name: str) -> Value:
        given = output if isinstance(output, dict) else {}
        reader = _Reader(self.offer, f"{self.offer.address}: {name}")
        reader.take_things(given.get("things"))
        reader.take_steps(given.get("steps"))
        self.named.update(reader.named)
        return reader.value(given.get("value"), 0)


class OfferedStates(Struct, eq=False):
    """The states that roots of other repositories keep, as far as somebody asks for them."""

    _offers: Offers
    _found: dict[int, OfferedState] = {}

    def at(self, keys: Iterable[str]) -> Sequence[OfferedState]:
        """All that may be the state with one of these keys."""
        offers = {
            id(each): each for key in keys for each in self._offers.find(OfferKind.STATE, key)
        }
        for number, offer in offers.items():
            self._found.setdefault(number, OfferedState(offer))
        return [self._found[number] for number in offers]

    @property
    def named(self) -> Sequence[Resource]:
        """The resources that outputs name which were asked for: all of each such state."""
        for state in self._found.values():
            state.read_all()
        found = (each for state in self._found.values() for each in state.named.items())
        return list(dict(found).values())


class _Reader(Struct, eq=False):
    _offer: Offer
    _detail: str
    named: dict[str, Resource] = {}
    _called: dict[str, str] = {}
    _steps: list[Step] = []

    def value(self, given: Any, depth: int) -> Value:
        if not isinstance(given, dict) or depth > 2 * DEEPEST:
            return Unknown(Reason.COMPUTED_AT_APPLY, self._detail)
        because = self._step(given.get("by"))
        inner = given.get("is")
        if "is" in given and (inner is None or isinstance(inner, str | int | float)):
            return Known(inner, because)
        if isinstance(given.get("map"), dict):
            return Known(self._entries(given["map"], depth), because)
        for kind in ("list", "set"):
            if isinstance(given.get(kind), list):
                items = [self.value(each, depth + 1) for each in given[kind]]
                return Known(tuple(items) if kind == "list" else set_of(items), because)
        return self._unknown(given, because, depth)

    def _entries(self, given: Mapping[Any, Any], depth: int) -> dict[str, Value]:
        return {str(key): self.value(each, depth + 1) for key, each in given.items()}

    def _unknown(self, given: Mapping[str, Any], because: Step | None, depth: int) -> Unknown:
        reason = _REASONS.get(str(given.get("why")), Reason.COMPUTED_AT_APPLY)
        detail = given.get("detail")
        host, each, entries = given.get("host"), given.get("each"), given.get("entries")
        return Unknown(
            reason,
            detail[:_LONGEST] if isinstance(detail, str) else self._detail,
            because,
            among=self._among(given.get("among"), depth),
            parts=_parts(given.get("parts")),
            entries=self._entries(entries, depth) if isinstance(entries, dict) else None,
            overridable=given.get("closed") is not True,
            each=None if each is None else self.value(each, depth + 1),
            sensitive=given.get("sensitive") is True,
            host_of=self._refers(host),
        )

    def _among(self, given: Any, depth: int) -> tuple[Known[object], ...] | None:
        listed = given if isinstance(given, list) else []
        members = [self.value(each, depth + 1) for each in listed[: MAX_AMONG + 1]]
        known = tuple(each for each in members if isinstance(each, Known))
        return known if known and len(known) == len(members) <= MAX_AMONG else None

    # --- chains

    def take_steps(self, given: Any) -> None:
        """The steps of all chains, in an order in which none leads to a later one."""
        for each in given if isinstance(given, list) else ():
            said = each if isinstance(each, dict) else {}
            above = said.get("above")
            parents = [self._step(at) for at in above] if isinstance(above, list) else []
            self._steps.append(
                Step(
                    self._where(said),
                    _sentence(said.get("note")),
                    tuple(parent for parent in parents if parent is not None),
                    self._refers(said.get("refers")),
                    _KINDS.get(str(said.get("kind")), StepKind.MADE),
                    _parts(said.get("text")),
                )
            )

    def _step(self, at: Any) -> Step | None:
        is_place = (
            isinstance(at, int) and not isinstance(at, bool) and 0 <= at < len(self._steps)
        )
        return self._steps[at] if is_place else None

    def _where(self, said: Mapping[str, Any]) -> Span | None:
        path, line = said.get("path"), said.get("line")
        if not isinstance(path, str) or not isinstance(line, int):
            return None
        return Span.elsewhere(self._repository(said), path, max(line, 1))

    def _repository(self, said: Mapping[str, Any]) -> str:
        return str(said.get("repository") or self._offer.repository)

    # --- resources

    def take_things(self, given: Any) -> None:
        """The resources that are named."""
        for called, said in given.items() if isinstance(given, dict) else ():
            if isinstance(said, dict):
                thing = self._thing(said)
                address = elsewhere(thing.root, thing.variant, thing.address)
                self._called[str(called)] = address
                self.named[address] = thing

    def _refers(self, called: Any) -> str | None:
        """What something is called here; what isn't told of by a name that nothing has."""
        if not isinstance(called, str):
            return None
        known = self._called.get(called)
        return (
            elsewhere(f"{self._offer.repository}//", None, called) if known is None else known
        )

    def _thing(self, said: Mapping[str, Any]) -> Resource:
        repository = self._repository(said)
        where = self._where(said) or Span.elsewhere(repository, self._offer.path, 1)
        because = self._led(said.get("because"))
        facts = said.get("facts")
        facts = facts if isinstance(facts, dict) else {}
        names = said.get("names")
        plugin = said.get("plugin")
        return Resource(
            address=str(said.get("address", "")),
            type=str(said.get("type", "")),
            front_end=FRONT_END,
            root=f"{repository}//{said.get('root') or ''}",
            variant=str(said["variant"]) if said.get("variant") else None,
            library=False,
            exists=TRUE,
            where=where,
            attributes=OfferedAttributes(_texts(names), where),
            binding=Binding(plugin) if isinstance(plugin, str) else None,
            named=Named(
                _fact(facts.get("provider"), "provider", because),
                _fact(facts.get("region"), "region", because),
                where,
                service=_fact(facts.get("service"), "service", because),
            ),
        )

    def _led(self, given: Any) -> Step | None:
        """A chain of steps, the last of which is the origin."""
        step: Step | None = None
        for each in reversed(given if isinstance(given, list) else []):
            said = each if isinstance(each, dict) else {}
            step = Step(
                self._where(said), _sentence(said.get("note")), (step,) if step else ()
            )
        return step


def _fact(given: Any, name: str, because: Step | None) -> Value:
    said = given if isinstance(given, dict) else {}
    value, among = said.get("value"), said.get("among")
    if isinstance(value, str):
        return Known(value, because)
    members = (
        tuple(Known(str(each), because) for each in among)
        if isinstance(among, list | tuple)
        else ()
    )
    if 1 < len(members) <= MAX_AMONG:
        return Unknown(Reason.MULTI_VALUED, name, because, among=members)
    return Unknown(Reason.NO_EVIDENCE, name, because)


def _sentence(note: Any) -> Note:
    said = note if isinstance(note, dict) else {}
    english, french = (str(said.get(each) or "-")[:_LONGEST] for each in ("en", "fr"))
    return Note("resolve.offered-step", {"said": Bilingual(english, french)})


def _parts(given: Any) -> tuple[str | None, ...] | None:
    """Literals and holes of a text."""
    is_text = isinstance(given, list) and all(
        each is None or isinstance(each, str) for each in given
    )
    return tuple(given) if is_text and given else None


def _texts(given: Any) -> dict[str, str]:
    pairs = given.items() if isinstance(given, dict) else ()
    return {str(key): each for key, each in pairs if isinstance(each, str)}
