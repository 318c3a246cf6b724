"""Committed values of variables that another value wins over, which the run is given: told among its rules."""

from __future__ import annotations

from collections.abc import Iterator

from sovlint.expressions.kinds import NotKnown
from sovlint.expressions.values import plain
from sovlint.frontends.terraform.modules.variables import automatic, gather, value_of
from sovlint.frontends.terraform.states.estate import Opened
from sovlint.model.inputs import Reader, ReadOptions
from sovlint.model.redaction.by_keys import as_text, without_secrets
from sovlint.model.redaction.redact import HIDDEN
from sovlint.model.resources.reading import BeatenValue
from sovlint.model.value import Known, Value, same


def beaten(opened: Opened, options: ReadOptions, reader: Reader) -> Iterator[BeatenValue]:
    """The variables of a root whose default, or value of a file that Terraform reads by itself, is won over by the
    configuration or the command line."""
    root, scope = opened.root, opened.scope
    own = automatic(root.folder, root.values)
    listed = [
        path for path in root.values if path not in own and not _is_variant(path, opened)
    ]
    names = {*options.variables, *(gather(listed, {}, reader).expressions if listed else ())}
    committed = gather(own, {}, reader) if names else None
    for name in sorted(names & scope.module.variables.keys()):
        block = scope.module.variables[name]
        before = value_of(block, committed, root.library, scope.env)
        after = scope.variable(name)
        if isinstance(before, Known) and not (
            isinstance(after, Known) and same(before.value, after.value)
        ):
            yield BeatenValue(root.folder, name, _text(name, before), _text(name, after))


def _is_variant(path: str, opened: Opened) -> bool:
    """Whether a file of values is that of the variant: it is read because it is committed, and beats nothing."""
    variant = opened.root.variant
    return variant is not None and path.endswith(variant.rpartition("../")[2])


def _text(name: str, value: Value) -> str:
    """A value as it may be printed."""
    if value.sensitive:
        return HIDDEN
    try:
        found = plain(value)
    except NotKnown:
        return "?"
    return as_text(without_secrets(found, name))
