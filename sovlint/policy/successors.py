"""What came in the place of what a change takes away together with its data class: matched by what both have."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

from msgspec import Struct

from sovlint.model.offers import image_key
from sovlint.model.placement import How, Placed
from sovlint.model.value import Known

Signs = Callable[[Placed], Iterable[Hashable]]
"""What a resource has that tells it from most others."""
Fits = Callable[[Placed, Placed], bool]
"""Whether two, of which one is gone and one is new, may be the same."""


class Successor(Struct, frozen=True):
    """What is gone with a declared class, and what came in its place. ``sure``: by its name, image or volume, and not
    only since it is in the same file or state."""

    gone: Placed
    came: Placed
    sure: bool


def declares(each: Placed) -> bool:
    """Whether it carries data, and a class that somebody declared."""
    claims = each.classes.claims
    return not each.is_config and any(claim.how is How.DECLARED for claim in claims)


def successors(
    before: Sequence[Placed], after: Sequence[Placed], keeps: Fits
) -> Iterator[Successor]:
    """Pairs of what is gone with a class and what is new, each in one pair at most: by the surest sign first, and what
    ``keeps`` the class before what doesn't. Where nothing but file or state says it, what declares another class is none.
    """
    were, are = ({each.resource.identity for each in side} for side in (before, after))
    gone = [each for each in before if each.resource.identity not in are and declares(each)]
    came = [
        each for each in after if each.resource.identity not in were and not each.is_config
    ]
    states = {each.resource.root for each in before if each.resource.role == "state"}

    def bare(was: Placed, now: Placed) -> bool:
        return not declares(now) and not keeps(was, now)

    def in_state(each: Placed) -> Iterable[Hashable]:
        return [(each.resource.root, each.resource.type)] * (each.resource.root in states)

    ways: tuple[tuple[Signs, Fits, bool], ...] = (
        *(
            (signs, fits, True)
            for signs in (_name, _images, _volumes)
            for fits in (keeps, _any)
        ),
        (lambda each: [each.resource.type], keeps, False),
        (_file, bare, False),
        (in_state, bare, False),
    )
    for signs, fits, sure in ways:
        for was, now in _pairs(gone, came, signs, fits):
            yield Successor(was, now, sure)
            gone = [each for each in gone if each is not was]
            came = [each for each in came if each is not now]


def _pairs(
    gone: Iterable[Placed], came: Iterable[Placed], signs: Signs, fits: Fits
) -> Iterator[tuple[Placed, Placed]]:
    having: dict[Hashable, list[Placed]] = {}
    for each in came:
        for sign in signs(each):
            having.setdefault(sign, []).append(each)
    taken: set[int] = set()
    for was in gone:
        for now in (each for sign in signs(was) for each in having.get(sign, ())):
            if now.resource.number not in taken and fits(was, now):
                taken.add(now.resource.number)
                yield was, now
                break


def _any(was: Placed, now: Placed) -> bool:
    return True


def _name(each: Placed) -> Iterator[Hashable]:
    """Its own name, with its type or its file: kind, namespace and module aside."""
    for name in each.resource.names[:1]:
        yield name, each.resource.type
        yield name, each.resource.span.path, ""


def _images(each: Placed) -> Iterator[Hashable]:
    for image in each.resource.images:
        if isinstance(image, Known) and isinstance(image.value, str):
            yield from filter(None, [image_key(image.value)])


def _volumes(each: Placed) -> Iterator[Hashable]:
    yield from (link.address for link in each.resource.links if link.back)


def _file(each: Placed) -> Iterator[Hashable]:
    """Its file, with what it does with the data; with its type where nobody knows that."""
    for placement in each.placements:
        role = placement.role
        known = role.value if isinstance(role, Known) else each.resource.type
        yield each.resource.span.path, known
