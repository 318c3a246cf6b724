"""A unit's settings: its own and those of the files that it includes, merged as each ``include`` says."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from sovlint.expressions.kinds import SetOf, content, unsupported
from sovlint.expressions.lifting import one_of, plainly_unknown
from sovlint.expressions.nodes import Attribute, Block
from sovlint.frontends.terraform.terragrunt.context import ConfigFile
from sovlint.model.source import Located
from sovlint.model.value import Known, Unknown, Value

_EMPTY: tuple[object, ...] = ("", 0, False, None, ())


class Piece(Struct, frozen=True):
    """A block of one of a unit's files, with the file that says what its names mean."""

    config: ConfigFile
    block: Block

    def value(self, name: str) -> Value | None:
        """The value of an argument; ``None`` where it isn't written."""
        return self.config.argument(self.block, name)

    def attribute(self, name: str) -> Attribute | None:
        """An argument as it is written."""
        return self.block.attribute(name)

    @property
    def where(self) -> Located:
        """Where the block begins."""
        return self.block.head


def inputs(config: ConfigFile) -> Value:
    """What a unit gives to the variables of its module, as a map; the file's own win over those included."""
    from sovlint.expressions.functions.calls import call  # imported late, as evaluate.py does

    found: Value | None = None
    doubt: Unknown | None = None
    for layer, strategy in config.layers():
        value = layer.own_inputs()
        if value is not None:
            if strategy not in ("shallow", "deep"):
                doubt = unsupported(f"merge_strategy {strategy}")
            is_deep = (
                strategy == "deep" and isinstance(value, Known) and isinstance(found, Known)
            )
            if found is not None:
                value = (
                    deeply(value, found)
                    if is_deep
                    else call("merge", [value, found], config.files)
                )
            found = value
    is_lost = any(each is None for each in config.includes().values())
    if is_lost:
        doubt = unsupported("an include that can't be read")
    if doubt is None:
        return Known({}) if found is None else found
    known = content(found)
    # Where a file isn't read, those of the file itself stand, and others may be given there.
    return doubt.but(
        entries=known if isinstance(known, dict) else {}, overridable=not is_lost
    )


def deeply(parent: Value, child: Value) -> Value:
    """``deep``: maps are merged at every level, lists are put together, and of all else the child's counts."""
    if isinstance(parent, Known) and isinstance(child, Known):
        one, other = parent.value, child.value
        if isinstance(one, dict) and isinstance(other, dict):
            both = {key: deeply(one[key], other[key]) for key in one if key in other}
            return Known(
                {**one, **other, **both}, child.because, parent.sensitive or child.sensitive
            )
        if isinstance(one, tuple) and isinstance(other, tuple) and not isinstance(one, SetOf):
            return Known((*one, *other), child.because, parent.sensitive or child.sensitive)
        if (
            not isinstance(other, dict) and other in _EMPTY
        ):  # whether an empty one counts depends on the version
            return one_of([parent, child], unsupported("a deep merge with an empty value"))
        return child
    if isinstance(child, Unknown):
        return plainly_unknown(child)
    assert isinstance(parent, Unknown)
    return plainly_unknown(parent) if isinstance(child.value, (dict, tuple)) else child


def label_of(block: Block) -> str:
    """What a block is called; nothing where it has no label."""
    return block.labels[0] if block.labels else ""


def pieces(config: ConfigFile, kind: str) -> Iterator[Piece]:
    """All blocks of a kind, of the file and those that it includes, what counts most first."""
    for layer, _ in config.layers():
        for block in layer.body.of(kind):
            yield Piece(layer, block)


def named(config: ConfigFile, kind: str) -> dict[str, Piece]:
    """The blocks of a kind by label: of two with the same, the one that counts more."""
    found: dict[str, Piece] = {}
    for piece in pieces(config, kind):
        found.setdefault(label_of(piece.block), piece)
    return found


def source(config: ConfigFile) -> tuple[Piece, Value] | None:
    """The source of the module that a unit uses, and the block that says so."""
    for piece in pieces(config, "terraform"):
        value = piece.value("source")
        if value is not None and (
            isinstance(value, Unknown) or value.value not in (None, "")
        ):
            return piece, value
    return None


def extra_arguments(config: ConfigFile) -> Iterator[Piece]:
    """The ``extra_arguments`` of all ``terraform`` blocks, in the order in which they are given: the last one wins."""
    found: dict[str, Piece] = {}
    for piece in pieces(config, "terraform"):
        for block in piece.block.body.of("extra_arguments"):
            found.setdefault(label_of(block), Piece(piece.config, block))
    yield from reversed(list(found.values()))
