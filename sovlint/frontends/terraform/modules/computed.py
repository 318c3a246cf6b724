"""What a plug-in makes of arguments once applied: texts by template, addresses at which a resource answers, and what
it fills into nested blocks.

Which attributes those are is data (``model.hints``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from sovlint.expressions.kinds import Thing, content, known_text, members_of
from sovlint.expressions.texts import joined, text_of
from sovlint.model.value import Because, Known, Reason, Step, Unknown, Value

PIECE = re.compile(r"\{(\w*)\}")
"""A hole of such a template, with the name of the argument that stands there."""
PARTED = "==parts=="
"""The line between texts that are put together."""
_ANY = "*"


def is_template(written: str) -> bool:
    """Whether what the catalogue says of an attribute is a template, not the name of another attribute."""
    return "{" in written


def made(template: str, argument: Callable[[str], Value | None], otherwise: Unknown) -> Value:
    """The text that a template makes of arguments. What isn't known of it becomes a hole; ``otherwise`` says why.

    ``argument`` gives an argument, or a setting of the provider block; ``None`` where nobody writes it. ``otherwise``
    is what the attribute would be without the template; its chain begins with the resource.
    """
    hole = Unknown(otherwise.reason, otherwise.detail)
    pieces: list[Value] = []
    for position, written in enumerate(PIECE.split(template)):
        value = (
            Known(written) if position % 2 == 0 else argument(written) if written else None
        )
        pieces.append(hole if value is None or not _is_text(value) else value)
    found = joined(pieces)
    if isinstance(found, Known):
        text = (str(found.value),)
        return Known(
            found.value, _with(otherwise.because, text, found.because), found.sensitive
        )
    parts = found.parts if any(found.parts or ()) else None
    cause = _with(otherwise.because, parts, found.because)
    return otherwise.but(
        because=cause, among=found.among, parts=parts, sensitive=found.sensitive
    )


def put_together(texts: Sequence[Value]) -> Value:
    """Texts in the form in which a machine is told several things at once, each after a line that parts them."""
    pieces: list[Value] = [Known(f'boundary="{PARTED}"\n')]
    for each in texts:
        pieces += [Known(f"--{PARTED}\n"), each, Known("\n")]
    return joined(pieces)


def _is_text(value: Value) -> bool:
    """Whether a value surely is text; what may be null may give way to something else."""
    return all(text_of(member.value) is not None for member in members_of(value))


def _with(origin: Because, text: tuple[str | None, ...] | None, cause: Because) -> Because:
    """The step that says which resource it is, with the text that it gives and where that comes from."""
    if origin is None:
        return cause
    return Step(
        origin.where, origin.note, (cause,) if cause else (), origin.refers, text=text
    )


def own_address(
    address: str, name: str, paths: Sequence[str], because: Because
) -> Value | None:
    """An attribute that is an address at which the resource itself answers, or that holds one further inside.

    ``paths``: those of all such attributes of its type. ``None``: it isn't.
    """
    inside = [tuple(path.split(".")[1:]) for path in paths if path.partition(".")[0] == name]
    return _inside(f"{address}.{name}", address, inside, because) if inside else None


def _inside(
    detail: str, address: str, paths: Sequence[tuple[str, ...]], because: Because
) -> Value:
    if () in paths:
        return Unknown(Reason.COMPUTED_AT_APPLY, detail, because, host_of=address)
    return Known(OwnAddress(detail, address, paths, because), because)


class OwnAddress(Thing, eq=False):
    """A list or object, known only once applied, that holds addresses at which its resource answers."""

    _detail: str
    _address: str
    _paths: Sequence[tuple[str, ...]]
    _because: Because

    def _next(self, step: str, shown: str) -> Value:
        rest = [path[1:] for path in self._paths if path[0] == step]
        if not rest:
            return Unknown(Reason.COMPUTED_AT_APPLY, f"{self._detail}{shown}", self._because)
        return _inside(f"{self._detail}{shown}", self._address, rest, self._because)

    def attribute(self, name: str) -> Value:
        """What stands there under a name; old configurations write an index like one."""
        return self._next(_ANY if name.isdigit() else name, f".{name}")

    def element(self, key: Value) -> Value:
        """An element of the list; all are alike."""
        name = known_text(key)
        return (
            self._next(_ANY, "[*]")
            if name is None or name.isdigit()
            else self._next(name, f".{name}")
        )

    def missing(self, key: Value) -> Unknown | None:
        """Why it may not be there: how many there are is known once applied."""
        return Unknown(Reason.COMPUTED_AT_APPLY, self._detail, self._because)

    def elements(self) -> Value:
        """All elements: unknown."""
        return Unknown(Reason.COMPUTED_AT_APPLY, self._detail, self._because)


class BlockThing(Thing, eq=False):
    """A nested block as it is written: what it doesn't say, the plug-in may fill in once applied."""

    _written: dict[str, Value]
    _detail: str
    _because: Because

    def attribute(self, name: str) -> Value:
        """What is written under a name."""
        return self._written[name] if name in self._written else self._at_apply(f".{name}")

    def element(self, key: Value) -> Value:
        """The same, by index."""
        name = known_text(key)
        return self._at_apply("[*]") if name is None else self.attribute(name)

    def missing(self, key: Value) -> Unknown | None:
        """Why there may be nothing under a key: which attributes there are isn't known here."""
        return None if content(key) in self._written else self._at_apply("[*]")

    def elements(self) -> Value:
        """All attributes: not only those that are written."""
        return self._at_apply("")

    def _at_apply(self, rest: str) -> Unknown:
        return Unknown(Reason.COMPUTED_AT_APPLY, f"{self._detail}{rest}", self._because)


def written_block(value: Value, detail: str, because: Because) -> Value:
    """A nested block as a thing; what isn't known stays that."""
    if not (isinstance(value, Known) and isinstance(value.value, dict)):
        return value
    return Known(BlockThing(value.value, detail, because), value.because, value.sensitive)
