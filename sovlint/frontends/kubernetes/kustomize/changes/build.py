"""A kustomization and all that it uses -> its objects, in the order in which Kustomize does things."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator

from sovlint.documents import MAX_DEPTH
from sovlint.documents.tree import (
    Node,
    children,
    deeper,
    get,
    is_list,
    is_map,
    is_null,
    size,
    text,
)
from sovlint.frontends.kubernetes.kustomize.changes import changes, extras, variables
from sovlint.frontends.kubernetes.kustomize.changes.declared import declared, keep
from sovlint.frontends.kubernetes.kustomize.changes.gathered import (
    Gathered,
    ItemKey,
    key_of,
)
from sovlint.frontends.kubernetes.kustomize.changes.generators import Generator, merged
from sovlint.frontends.kubernetes.kustomize.changes.helm_charts import chart, folder_of
from sovlint.frontends.kubernetes.kustomize.files import (
    KustomizeFiles,
    inner_nodes,
    is_remote,
    resolved,
)
from sovlint.frontends.kubernetes.kustomize.kustomization import Kustomization, read
from sovlint.frontends.kubernetes.kustomize.names.hashes import name_hash
from sovlint.frontends.kubernetes.kustomize.names.items import Item, matching
from sovlint.frontends.kubernetes.kustomize.names.references import follow
from sovlint.frontends.kubernetes.kustomize.problems import (
    Account,
    RefusedError,
    TooMuchError,
)
from sovlint.model.source import SourceFile, Span
from sovlint.model.text import Note

LOCAL = "config.kubernetes.io/local-config"
"""An annotation of objects that are for Kustomize alone: they are left out."""


TopChange = Callable[[Kustomization | None], Kustomization]
"""What is changed in the kustomization of a root, or made where it has none."""


class RootBuilder:
    """Builds one root (implements ``building.Build``); ``files`` remembers what it read, ``account`` what is wrong;
    ``top`` changes the kustomization that it begins with."""

    def __init__(
        self, files: KustomizeFiles, account: Account, top: TopChange | None = None
    ) -> None:
        self._files = files
        self._change = top
        self.account = account
        self._chain: list[str] = []
        self._top = ""

    def build(self, folder: str) -> list[Item]:
        """The objects of the kustomization in a folder, all that can be built of them."""
        gathered = Gathered()
        where = Span(folder, 1, 1, 1, 1)
        self._top = folder
        try:
            found = self._target(folder, where, gathered, component=None)
            where = found.where if found is not None else where
            for item in gathered.items:
                if item.hashed:
                    _rename(item)
            with self.step():
                known = [*gathered.items, *gathered.patched]
                follow(known, gathered.specs, self.account)
            with self.step():
                fields = gathered.specs.fields["varreference"]
                variables.resolve(
                    gathered.items, gathered.variables, fields, gathered.open, self.account
                )
        except RefusedError as error:
            self.account.refuse(error.where, error.note)
        for items in (gathered.items, gathered.patched):
            self._check(items)
        kept = [
            each
            for each in gathered.items
            if each.labels("annotations").get(LOCAL, "false") == "false"
        ]
        return [*kept, *gathered.charts, *gathered.patched]

    def _check(self, items: list[Item]) -> None:
        """Takes away what is too deep; of the rest, annotations become texts."""
        for item in list(items):
            if deeper(item.node, MAX_DEPTH):
                items.remove(item)
                self.account.fail(self._place(), "kubernetes.kustomize.too-large")
            _annotations_as_text(item)

    @contextlib.contextmanager
    def step(self) -> Iterator[None]:
        """What is refused in a step is kept; the next step follows all the same."""
        try:
            yield
        except TooMuchError:
            raise
        except RefusedError as error:
            self.account.refuse(error.where, error.note)
        except RecursionError:
            raise TooMuchError(self._place(), "kubernetes.kustomize.too-large") from None

    def _place(self) -> Span:
        """Where the kustomization begins that is read now."""
        file = self._files.kustomization(self._chain[-1] if self._chain else self._top)
        return Span(file.path if isinstance(file, SourceFile) else self._top, 1, 1, 1, 1)

    def _target(
        self, folder: str, used: Span, into: Gathered, component: bool | None
    ) -> Kustomization | None:
        """Reads the kustomization of a folder ``into`` what there is; ``None`` where that can't be read.

        ``component``: whether it must be one; ``None``: either.
        """
        self.account.visit(used)
        file = self._files.kustomization(folder)
        change = self._change if folder == self._top else None
        if not isinstance(file, SourceFile) and (change is None or file is not None):
            key = (
                "kubernetes.kustomize.no-kustomization"
                if file is None
                else "kubernetes.kustomize.file-unreadable"
            )
            raise RefusedError(used, key, path=folder or ".")
        if folder in self._chain:
            chain = [*self._chain[self._chain.index(folder) :], folder]
            raise RefusedError(
                used,
                "kubernetes.kustomize.cycle",
                chain=" -> ".join(each or "." for each in chain),
            )
        self._chain.append(folder)
        try:
            found = self._read(folder, file, change)
            if component is None and found.component:
                into.opened()  # what it changes is elsewhere
            if component and not found.component:
                raise RefusedError(used, "kubernetes.kustomize.component", path=folder or ".")
            if component is False and found.component:
                raise RefusedError(
                    used, "kubernetes.kustomize.no-component", path=folder or "."
                )
            self._gather(found, into)
        finally:
            self._chain.pop()
        return found

    def _read(
        self, folder: str, file: SourceFile | Note | None, change: TopChange | None
    ) -> Kustomization:
        """The kustomization in a file, with what is changed in it from outside."""
        found = (
            read(folder, file, self._files, self.account)
            if isinstance(file, SourceFile)
            else None
        )
        made = found if change is None else change(found)
        assert made is not None, "there is one, or one is made"
        return made

    def _gather(self, found: Kustomization, into: Gathered) -> None:
        have = {key_of(each) for each in into.items}
        with self.step():
            for entry in found.listed("resources", "bases"):
                with self.step():
                    self._resource(found, entry, into, have)
        with self.step():
            extras.configure(found, into.specs, self._files, self.account)
        with self.step():
            into.schema = extras.schema(found, self._files, self.account) or into.schema
        self._generate(found, into)
        with self.step():
            for entry in found.listed("components"):
                with self.step():
                    self._folder(found, entry, into, component=True)
        before = declared([*into.items, *into.charts, *into.patched])
        changes.change(self, found, into)
        keep(before, into.items)
        with self.step():
            new = [variables.Variable.of(each) for each in found.listed("vars")]
            variables.attach(into.items, new, self.account)
            into.variables.extend(new)

    def _resource(
        self, found: Kustomization, entry: Node, into: Gathered, have: set[ItemKey]
    ) -> None:
        path = resolved(found.folder, text(entry))
        file = self._files.file(path) if path else None
        if isinstance(file, SourceFile):
            into.append(self.items(file, entry.where), have)
        else:
            self._folder(found, entry, into, False, have)

    def _folder(
        self,
        found: Kustomization,
        entry: Node,
        into: Gathered,
        component: bool,
        have: set[ItemKey] | None = None,
    ) -> None:
        path = resolved(found.folder, text(entry))
        offered = self._offered(entry)
        if offered is not None:
            path = offered
        if path is not None:
            real = self._files.cache.reader.real(path)
            if self._files.is_folder(real):
                other = into if component else Gathered()
                self._target(real, entry.where, other, component)
                if offered is not None and not found.file.repository:
                    _named_at(entry.where, other.items)
                if not component:
                    into.absorb(other, have)
                return
        into.opened()
        self._not_here(entry, path)

    def _offered(self, entry: Node) -> str | None:
        """The folder of another repository that an entry names, where that offers it."""
        written = text(entry)
        return self._files.cache.reader.elsewhere(written) if is_remote(written) else None

    def _not_here(self, entry: Node, path: str | None) -> None:
        """Tells why what an entry names can't be read. Raises ``RefusedError`` where nothing is there at all."""
        written = text(entry)
        if is_remote(written):
            self.account.remark(entry.where, "kubernetes.kustomize.remote", path=written)
        elif path is None:
            self.account.remark(entry.where, "kubernetes.kustomize.outside", path=written)
        elif self._files.absent(path):
            raise RefusedError(entry.where, "kubernetes.kustomize.missing", path=written)
        else:
            self.account.remark(entry.where, "kubernetes.kustomize.absent", path=written)

    def items(self, file: SourceFile, used: Span) -> list[Item]:
        """The objects of a file, those inside lists too. Raises ``RefusedError``."""
        items: list[Item] = []
        waiting = list(self._files.nodes(file))
        nodes = sum(map(size, waiting))
        while waiting:
            node = waiting.pop(0)
            kind = text(get(node, "kind"))
            listed = get(node, "items")
            if kind.endswith("List") and listed is not None:
                waiting.extend(children(listed))
            elif kind and _is_object(node):
                items.append(Item(node, file))
            elif node.value not in ({}, None):
                self.account.fail(node.where, "kubernetes.kustomize.no-object")
        self.account.load(used, len(items), nodes)
        return items

    def _generate(self, found: Kustomization, into: Gathered) -> None:
        for key, kind in (("configmapgenerator", "ConfigMap"), ("secretgenerator", "Secret")):
            with self.step():
                for entry in found.listed(key):
                    with self.step():
                        self.make(found, kind, entry, into)
        for key in ("helmcharts", "helmchartinflationgenerator"):
            for entry in found.listed(key):
                into.open = True
                name = text(get(entry, "name")) or text(get(entry, "chartName"))
                if not self.is_folder(folder_of(found, name)):
                    into.opened()
                    self.account.remark(entry.where, "kubernetes.kustomize.helm", name=name)
                if key == "helmcharts" and name:
                    with self.step():
                        into.charts.append(
                            chart(found, entry, lambda node: self.named(found, node))
                        )
        with self.step():
            extras.generate(self, found, into)

    def make(self, found: Kustomization, kind: str, entry: Node, into: Gathered) -> None:
        """Adds the object of an entry of a generator. Raises ``RefusedError``."""
        options = found.get("generatoroptions")
        item = Generator(found.folder, found.file, self._files, self.account, options).make(
            kind, entry
        )
        self.account.load(entry.where, 1, size(item.node))
        self._absorb(item, into, entry.where)

    def source(self, path: str) -> SourceFile | None:
        """The file at a path; ``None`` where it can't be read."""
        found = self._files.file(path)
        return found if isinstance(found, SourceFile) else None

    def is_folder(self, path: str) -> bool:
        """Whether there is a folder at a path."""
        return self._files.is_folder(self._files.cache.reader.real(path))

    def inner(self, path: str, used: Node) -> list[Item]:
        """What the kustomization of a folder comes to, apart from everything else. Raises ``RefusedError``."""
        gathered = Gathered()
        self._target(
            self._files.cache.reader.real(path), used.where, gathered, component=False
        )
        return gathered.items

    def _absorb(self, item: Item, into: Gathered, where: Span) -> None:
        """Adds a generated object, or merges it into the one that it names."""
        self.account.spend(where, len(into.items))
        found = list(matching(into.items, item.id))
        if item.behaviour in ("merge", "replace"):
            if len(found) != 1:
                if into.open and not found:
                    item.open = True
                    self.account.remark(
                        where, "kubernetes.kustomize.target-unknown", name=item.name
                    )
                    into.append([item])
                    return
                if found:
                    raise RefusedError(
                        where, "kubernetes.kustomize.several-targets", name=item.name
                    )
                raise RefusedError(where, "kubernetes.kustomize.no-target", name=item.name)
            into.items[into.items.index(found[0])] = item
            merged(item, found[0], where)
        elif found:
            raise RefusedError(
                where, "kubernetes.kustomize.twice", kind=item.kind.kind, name=item.name
            )
        else:
            into.append([item])

    def replacement(self, found: Kustomization, entry: Node) -> Iterator[Node]:
        """The replacement that an entry is, or those in the file that it names."""
        if get(entry, "path") is None:
            yield entry
            return
        with self.step():
            for tree in self.trees(found, entry, "path"):
                yield from children(tree) if is_list(tree) else (tree,)

    def trees(
        self, found: Kustomization, entry: Node, at: str, inline: str = ""
    ) -> list[Node]:
        """The documents that an entry names under ``at``, or holds under ``inline``. Raises ``RefusedError``."""
        held = get(entry, inline) if inline else None
        named = get(entry, at)
        if held is not None and text(held).strip():
            return inner_nodes(held, found.file)
        if named is None or not text(named):
            raise RefusedError(entry.where, "kubernetes.kustomize.empty")
        return self.named(found, named)

    def named(self, found: Kustomization, entry: Node) -> list[Node]:
        """The documents of the file that ``entry`` names; none where it isn't known what that holds, which is told."""
        path = resolved(found.folder, text(entry))
        file = self._files.file(path) if path is not None else None
        if isinstance(file, SourceFile):
            trees = list(self._files.nodes(file))
            self.account.load(entry.where, 0, sum(map(size, trees)))
            return trees
        self._not_here(entry, path)
        return []


def _named_at(where: Span, items: Iterable[Item]) -> None:
    """Keep in mind where the repository is named that objects are of."""
    for item in items:
        if item.file.repository and item.used_at is None:
            item.used_at = where


def _is_object(node: Node) -> bool:
    metadata = get(node, "metadata")
    return is_map(node) and (is_null(metadata) or is_map(metadata))


def _rename(item: Item) -> None:
    """Puts the hash of its content behind a name; ``*`` where not all of the content is known."""
    name = get(item.node, "metadata", "name")
    ending = "*" if item.open else name_hash(item.node)
    item.remember()
    where = name.where if name is not None else item.node.where
    item.metadata(where).value["name"] = Node(f"{item.name}-{ending}", where)


def _annotations_as_text(item: Item) -> None:
    """Kustomize writes annotations as texts, whatever was written."""
    for each in children(get(item.node, "metadata", "annotations")):
        if not isinstance(each.value, (str, dict, list)):
            each.value = text(each)
