"""``replacements``: a value of one object written into fields of others."""

from __future__ import annotations

from msgspec import Struct

from sovlint.documents import DocumentError, load
from sovlint.documents.tree import (
    Node,
    copied,
    get,
    is_list,
    is_map,
    is_null,
    is_true,
    items,
    like,
    size,
    text,
)
from sovlint.frontends.kubernetes.kustomize.changes.json_patch import COPIED
from sovlint.frontends.kubernetes.kustomize.names.field_paths import (
    AbsentError,
    Matcher,
    lookup,
    parts_of,
)
from sovlint.frontends.kubernetes.kustomize.names.items import Item
from sovlint.frontends.kubernetes.kustomize.names.selectors import Selector
from sovlint.frontends.kubernetes.kustomize.problems import Account, RefusedError

CHARACTERS = 8
"""As many characters of a text that is put together count as much as one node: one may double each time."""
_NAME = "metadata.name"
"""The field that is meant where none is written."""


def replace(there: list[Item], entry: Node, open_: bool, account: Account) -> None:
    """Carries out one replacement. Raises ``RefusedError``.

    Where it may be read from what isn't known (``open_``: there may be objects that aren't known), an unknown text is
    written in its place: what stood there before would be wrong.
    """
    targets = get(entry, "targets")
    if not is_list(targets):
        raise RefusedError(entry.where, "kubernetes.kustomize.replacement")
    value = _value(there, entry, open_, account)
    for target in items(targets):
        _Target(target, value, account).write(there)


def settled(there: list[Item], entry: Node, open_: bool, account: Account) -> Node:
    """A replacement whose value stands in it, so that it can be made where its source isn't. Raises ``RefusedError``."""
    value = _value(there, entry, open_, account)
    kept = {key: each for key, each in entry.value.items() if key != "source"}
    return Node({**kept, "sourceValue": value}, entry.where, entry.end)


def _value(there: list[Item], entry: Node, open_: bool, account: Account) -> Node:
    """What is to be written; a template where it isn't known."""
    source, given = get(entry, "source"), get(entry, "sourceValue")
    if (source is None) is (given is None):
        raise RefusedError(entry.where, "kubernetes.kustomize.replacement")
    if given is not None:
        return given
    assert source is not None
    account.spend(source.where, len(there))
    found = [each for each in there if Selector(source).exactly(each)]
    name = " ".join(
        part for part in (text(get(source, "kind")), text(get(source, "name"))) if part
    )
    if len(found) > 1:
        raise RefusedError(source.where, "kubernetes.kustomize.several-targets", name=name)
    path = text(get(source, "fieldPath")) or _NAME
    try:
        value = lookup(found[0].node, parts_of(path)) if found else None
    except AbsentError:
        value = None
    if is_null(value) or value is None or value.value in ({}, []):
        if open_ if not found else found[0].open:
            account.remark(source.where, "kubernetes.kustomize.target-unknown", name=name)
            return Node(f"{{{{ {name} {path} }}}}", source.where)
        if not found:
            raise RefusedError(source.where, "kubernetes.kustomize.no-target", name=name)
        raise RefusedError(
            source.where, "kubernetes.kustomize.no-field", name=name, path=path
        )
    return _refined(value, get(source, "options"))


def _refined(value: Node, options: Node | None) -> Node:
    """The part of a text that ``delimiter`` and ``index`` mean."""
    delimiter = text(get(options, "delimiter"))
    if not delimiter or options is None:
        return value
    pieces = text(value).split(delimiter)
    index = _index(options)
    if is_map(value) or is_list(value) or not 0 <= index < len(pieces):
        raise RefusedError(options.where, "kubernetes.kustomize.delimiter", text=delimiter)
    return Node(like(value, pieces[index]), value.where)


def _index(options: Node | None) -> int:
    found = get(options, "index")
    return found.value if found is not None and isinstance(found.value, int) else 0


class _Target(Struct, frozen=True):
    """One entry of ``targets``, and what is written there."""

    entry: Node
    value: Node
    account: Account

    def write(self, there: list[Item]) -> None:
        """Writes into every object that it selects."""
        select = get(self.entry, "select")
        if not is_map(select):
            raise RefusedError(self.entry.where, "kubernetes.kustomize.no-selector")
        rejected = [Selector(each) for each in items(get(self.entry, "reject"))]
        self.account.spend(select.where, len(there) * (1 + len(rejected)))
        chosen = Selector(select).choose(there)
        for reject in rejected:
            chosen = [each for each in chosen if each not in reject.choose(chosen)]
        paths = items(get(self.entry, "fieldPaths")) or [Node(_NAME, select.where)]
        for item in chosen:
            for path in paths:
                self._field(item, path)

    def _field(self, item: Item, path: Node) -> None:
        made = self._made if is_true(self.entry, "options", "create") else None
        try:
            fields = list(Matcher(made).fields(item.node, parts_of(text(path))))
            if not fields:
                raise AbsentError
        except AbsentError as error:
            if error.within is None or not _structured(text(error.within)):
                raise RefusedError(
                    path.where,
                    "kubernetes.kustomize.no-field",
                    name=f"{item.kind.kind} {item.name}",
                    path=text(path),
                ) from None
            self._within(item, error.within, path)
            return
        self.account.spend(path.where, len(fields))
        for each in fields:
            self._set(each)

    def _made(self) -> Node:
        return Node(
            type(self.value.value)() if is_map(self.value) or is_list(self.value) else None,
            self.value.where,
        )

    def _within(self, item: Item, holder: Node, path: Node) -> None:
        """A path that leads into a text (JSON or YAML inside a field; Kustomize from 5.8 on): what becomes of that
        isn't worked out, so it isn't known."""
        self.account.remark(
            path.where, "kubernetes.kustomize.in-text", path=text(path), name=item.name
        )
        holder.value, holder.where = f"{{{{ {text(path)} }}}}", self.value.where
        holder.end, item.open = holder.where, True

    def _set(self, field: Node) -> None:
        options = get(self.entry, "options")
        delimiter = text(get(options, "delimiter"))
        if is_map(field) or is_list(field):
            if delimiter and options is not None:
                raise RefusedError(
                    options.where, "kubernetes.kustomize.delimiter", text=delimiter
                )
            self.account.load(self.entry.where, 0, size(self.value) * COPIED)
            fresh = copied(self.value)
            field.value, field.where, field.end = fresh.value, fresh.where, fresh.end
            return
        said = text(self.value)
        if delimiter:
            pieces, index = text(field).split(delimiter), _index(options)
            if 0 <= index < len(pieces):
                pieces[index] = said
            else:
                pieces.insert(0 if index < 0 else len(pieces), said)
            said = delimiter.join(pieces)
        self.account.load(self.entry.where, 0, len(said) // CHARACTERS)
        field.value = like(field, said)
        field.where = field.end = self.value.where


def _structured(written: str) -> bool:
    """Whether a text is JSON or YAML with something in it."""
    try:
        return any(isinstance(each.data, (dict, list)) for each in load(written, ""))
    except DocumentError:
        return False
