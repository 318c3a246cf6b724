"""Who owns a company that the catalogue lacks, made of answers: a chain from the bottom up, each an entity of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from sovlint.commands.writing import understood
from sovlint.errors import SovlintError
from sovlint.model.lookups.names import fold, tokens, without_stops

if TYPE_CHECKING:
    from sovlint.catalog.load import Catalog
    from sovlint.commands.writing.asking import Asking
from functools import cache

from sovlint.files.package_data import decoded

# --- Words in the names of companies that only companies have: legal forms, and words for what holds others.


class LegalForms(Struct, frozen=True):
    """Those that are known, as they are written."""

    forms: frozenset[str]


@cache
def _forms() -> frozenset[str]:
    return decoded("commands/writing/legal_forms.json", LegalForms).forms


def legal_form(name: str) -> str | None:
    """The word of a name by which it is a company's; ``None`` where no word of it is one. Letter by letter, since short
    forms are words of other languages, too."""
    words = without_stops(name).split()
    return next((word for word in reversed(words) if word in _forms()), None)


NOBODY, UNKNOWN, PERSON, STATE = "nobody", "unknown", "person", "state"
TOPS: Final = NOBODY, UNKNOWN, PERSON, STATE
"""What is said of the last of a chain of owners: nobody holds a majority of it, nobody found who does, or it is itself a
person or a family, or a state."""
_TAKEN_FOR: Final = {PERSON: "ask.taken-for-person", STATE: "ask.taken-for-state"}

Holder = tuple[str, str] | str
"""One who holds a company: a name and a seat, or an id where the catalogue has it."""


class OwnersNamed(Struct, frozen=True):
    """The owners from the bottom up, of which only the last may be an id; and what is said of that last one (``TOPS``),
    which the catalogue says where it is an id."""

    holders: tuple[Holder, ...] = ()
    top: str | None = None


def slug(name: str) -> str:
    """A name as an id: ``Réseau Optique`` -> ``reseau-optique``."""
    return "-".join(tokens(name))


def chain(
    given: tuple[str, ...], top: str | None, ask: Asking, catalog: Catalog
) -> OwnersNamed:
    """The owners, as options say or as somebody answers. Raises ``SovlintError`` for what means nothing."""
    read = partial(_holder, catalog=catalog)
    holders = [read(each) for each in given]
    if not holders and ask.asks and top is None:
        holders = _asked(ask, read)
    if any(isinstance(each, str) for each in holders[:-1]):
        raise SovlintError(
            "The catalogue knows who owns one of these holders.",
            "Name the chain up to that one.",
        )
    last = holders[-1] if holders else None
    if isinstance(last, str) and top is not None:
        raise SovlintError(
            f"The catalogue knows who holds `{given[-1]}`: --top says nothing of it.",
            "Leave --top out.",
        )
    if isinstance(last, str):
        return OwnersNamed(tuple(holders))
    end = ask.wanted(top, "ask.top", partial(_top, held=bool(holders) or ask.asks), UNKNOWN)
    if end in _TAKEN_FOR and ask.asks and top is None:
        return _ended(holders, end, ask, read)
    if end in _TAKEN_FOR and last is None:
        raise _no_person()
    if end in _TAKEN_FOR and last is not None:
        name, seat = last
        _no_company(name)
        ask.voice.say(_TAKEN_FOR[end], name=name, state=seat)
    return OwnersNamed(tuple(holders), end or UNKNOWN)


def entities(
    name: str, seat: str, owners: OwnersNamed, catalog: Catalog, source: str
) -> dict[str, Any]:
    """The company, which comes first, and its owners. Raises ``SovlintError`` where two of them are called alike, as each
    of them is an entity of its own. ``source`` is the id of the provider, too."""
    named = [(name, seat), *(each for each in owners.holders if isinstance(each, tuple))]
    known = [each for each in owners.holders if isinstance(each, str)]
    _all_different(
        *(called for called, _ in named),
        *(catalog.written["entities"][each]["name"] for each in known),
    )
    ids = _ids((called for called, _ in named), source, catalog)
    ends: Mapping[str | None, dict[str, Any]] = {
        NOBODY: {"no_majority": {"source": source}},
        PERSON: {"kind": PERSON},
        STATE: {"kind": STATE},
    }
    found = {}
    for each, (called, state), holder in zip_longest(ids, named, [*ids, *known][1:]):
        held = [{"entity": holder, "majority": True, "source": source}]
        above = {"owners": held} if holder else ends.get(owners.top, {"owners": None})
        found[each] = {"name": called, "seat": state, "source": source, **above}
    return found


def _asked(ask: Asking, read: partial[Holder]) -> list[Holder]:
    found: list[Holder] = []
    while not (found and isinstance(found[-1], str)):
        answer = ask.wanted(None, "ask.holder-next" if found else "ask.holder", read)
        if answer is None:
            break
        found.append(answer)
    return found


def _ended(
    holders: list[Holder], top: str, ask: Asking, read: partial[Holder]
) -> OwnersNamed:
    """The owners, with the person or the state at their end: the last one that was named only where it is named again."""
    last = ask.needed("--holder", None, "ask.who", read)
    if isinstance(last, tuple):
        _no_company(last[0])
    if last is None or last in holders[-1:]:
        return OwnersNamed(tuple(holders), top)
    return OwnersNamed((*holders, last), None if isinstance(last, str) else top)


def _holder(written: str, catalog: Catalog) -> Holder:
    """A name with a seat (``Casa Group=FR``), or the id of a company that the catalogue has."""
    name, sign, seat = written.rpartition("=")
    known = catalog.entity_named(name if sign else written)
    if known is not None:
        return known
    if not sign or not name.strip():
        raise SovlintError(
            f"The catalogue has no company `{written}`.",
            "Say where it sits: NAME=STATE, such as `Casa Group=FR`.",
        )
    return understood.text(name), understood.state(seat, catalog)


def _top(written: str, held: bool) -> str:
    word = written.strip().casefold()
    if word not in TOPS:
        raise SovlintError(
            f"`{written}` isn't among these: {', '.join(TOPS)}.", "Say one of them."
        )
    if word in _TAKEN_FOR and not held:
        raise _no_person()
    return word


def _no_company(name: str) -> None:
    """Raise ``SovlintError`` where a name says that it is a company's, which is no person and no state."""
    form = legal_form(name)
    if form is not None:
        raise SovlintError(
            f"`{name}` is a company ({form}): --top speaks of who is at the end of the chain.",
            "Name who holds it, --holder NAME=STATE, or say that nobody has a majority: --top nobody.",
        )


def _no_person() -> SovlintError:
    return SovlintError(
        "A company is no person and no state.", "Name who holds it: --holder NAME=STATE."
    )


def _all_different(*names: str) -> None:
    met: dict[str, str] = {}
    for name in names:
        plain = fold(without_stops(name))
        if plain in met:
            raise SovlintError(
                f"Two of these are called alike: `{met[plain]}` and `{name}`.",
                "No company holds itself: give each its whole name.",
            )
        met[plain] = name


def _ids(names: Iterable[str], otherwise: str, catalog: Catalog) -> list[str]:
    """An id for each that no company has yet, nor another one of them. The first one may have no letters to make one of:
    it takes that of its provider."""
    found: list[str] = []
    for name in names:
        wanted = slug(name)
        if not found and not (wanted and wanted.isascii()):
            wanted = otherwise
        if not wanted or not wanted.isascii():
            raise SovlintError(
                f"No id can be made of `{name}`.", "Write that name in Latin letters."
            )
        found.append(_free(wanted, found, catalog))
    return found


def _free(wanted: str, taken: list[str], catalog: Catalog) -> str:
    found, number = wanted, 1
    while found in taken or catalog.entity_named(found) is not None:
        number += 1
        found = f"{wanted}-company" if number == 2 else f"{wanted}-company-{number}"
    return found
