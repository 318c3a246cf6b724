"""The resources of a repository by what others name them without a reference: names, ARNs, paths and addresses.

A name or an ARN that a resource here has is that resource. Whether it surely is, the match says: an account isn't
known here, and a region may not be.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final

from msgspec import Struct

from sovlint.catalog.entries import Plugin
from sovlint.catalog.entries.naming import Naming
from sovlint.catalog.load import Catalog
from sovlint.model.partial.holes import HOLE
from sovlint.model.resources.resource import Resource
from sovlint.model.value import Known, Reason, Unknown, Value, is_null
from sovlint.resolve.names.forms import (
    Form,
    ReadName,
    as_text,
    fits,
    forms,
    holes_of,
    host_in,
    is_host,
    members_of,
    read_by,
)
from sovlint.resolve.references import repeats
from sovlint.rules.names.copied import thing_copied, without_form

_UNGIVEN: Final = (
    Reason.UNSET_VARIABLE,
    Reason.CALLER_NOT_IN_REPO,
    Reason.MULTI_VALUED,
)
"""Why the value of a variable isn't known here: it has one, the same wherever it is used in its root."""


class NameMatch(Struct, frozen=True):
    """A resource that a text names, and whether it surely does."""

    resource: Resource
    sure: bool


class NamesHere:
    """The resources by their names. Nothing is listed before it is asked for: most names are references."""

    def __init__(self, resources: Sequence[Resource], catalog: Catalog) -> None:
        self._resources = resources
        self._catalog = catalog
        self._by_name: dict[tuple[str, str], Mapping[str, Sequence[Resource]]] = {}
        self._called: dict[tuple[str, str], Sequence[str]] = {}

    def named(self, resource: Resource, path: str, value: Value) -> Sequence[NameMatch]:
        """The resources that a value at a path of another resource names; several: it isn't known which."""
        same = list(self._by_source(resource, path, value))
        if same:
            return [NameMatch(each.resource, len(same) == 1) for each in same]
        found: dict[int, NameMatch] = {}
        members = members_of(value)
        for member in members:
            text = as_text(member)
            for match in self._by_text(resource, path, text, member) if text else ():
                before = found.get(match.resource.number)
                if match.resource is not resource and not (before and before.sure):
                    found[match.resource.number] = match
        sure = len(found) == 1 and len(members) == 1
        return [NameMatch(each.resource, each.sure and sure) for each in found.values()]

    def kind(self, value: Value) -> tuple[str, str] | None:
        """The plug-in and type of what a text names, whether that is here or not."""
        text = as_text(value)
        found = next(iter(self._read(text)), None) if text else None
        return None if found is None else (found.form.plugin, found.form.kind)

    def place_in(self, text: str) -> str | None:
        """The place that a text says by its form."""
        for named in self._read(text):
            places = _places(self._catalog.plugin(named.form.plugin))
            said = next((named.said[each] for each in places if each in named.said), None)
            if said:
                return said
        return None

    def is_local(self, resource: Resource, path: str, value: Value) -> bool:
        """Whether a value is a bare name of what always lies in the region of whatever names it."""
        text = as_text(value)
        kinds = self._kinds_at(resource, path) if text and not self._read(text) else ()
        return bool(kinds) and all(map(self._regional, kinds))

    def is_called(self, resource: Resource, value: Value) -> bool:
        """Whether a value that comes from a resource is its name or ARN as it stands, and no text that is made with it."""
        return repeats(value, resource.attributes, (self._name_of(resource.type),))

    def bare_name(self, resource: Resource) -> str:
        """The name of a resource of its type, as it is written; empty where that isn't known."""
        return self._argument(resource, self._name_of(resource.type))

    def fits(self, resource: Resource, pattern: str) -> bool:
        """Whether a resource may have a name that a pattern with ``*`` has; of what isn't known here, any part may."""
        listed = [form for form in self._forms if form.kind == resource.type]
        if pattern == "*":
            return True
        return any(
            fits(
                form,
                {each: self._argument(resource, each) for each in form.arguments},
                pattern,
            )
            for form in listed
            if not form.is_host
        )

    # --- what other repositories may have

    def offered_as(self, resource: Resource) -> Iterator[str]:
        """What others call a resource by that nothing else has, wherever it is: its type and all that tells it from those
        of its type. None where its names are those of one region or account, or where one of them isn't known."""
        for form in self._unique(resource.type):
            said = {each: self._argument(resource, each) for each in form.arguments}
            if all(said.values()) and not any(HOLE in each for each in said.values()):
                yield _called(form, said, said[form.name])

    def hosts_of(self, resource: Resource) -> Iterator[str]:
        """The hosts that a resource has by its name, wherever it is."""
        for form in self._unique(resource.type):
            said = {each: self._argument(resource, each) for each in form.arguments}
            if form.is_host and all(said.values()):
                host = form.template.format_map(said).lower()
                if HOLE not in host:
                    yield host

    def asked_as(self, resource: Resource, path: str, value: Value) -> Sequence[str]:
        """What a value at a path of a resource calls something that isn't here, in the same words; what says more comes
        first. None where the text says its place itself."""
        text = value.value if isinstance(value, Known) else None
        if not isinstance(text, str) or not text or self.place_in(text):
            return ()
        read = self._read(text)
        found = [
            _called(form, named.said, name)
            for named in read
            for form in self._unique(named.form.kind)
            if form.name == named.form.name and named.said.keys() >= {*form.arguments}
            for name in named.names()
        ]
        alone = (
            _called(form, {}, text)
            for kind in (() if read else self._kinds_at(resource, path))
            for form in self._unique(kind)
            if len(form.arguments) == 1
        )
        return tuple(dict.fromkeys((*found, *alone)))

    def _unique(self, kind: str) -> Sequence[Form]:
        """The forms of a type that say no place, and have no part that isn't known before it is made: what they name is
        one thing, whoever names it."""
        return [
            form
            for form in self._forms
            if form.kind == kind
            and "{}" not in form.template
            and self._all_places.isdisjoint(form.arguments)
        ]

    @cached_property
    def _all_places(self) -> frozenset[str]:
        """Arguments and settings that say where a resource sits, zones among them."""
        plugins = (self._catalog.plugin(each) for each in self._namings)
        return frozenset(
            name
            for each in plugins
            if each is not None
            for name in (*_places(each), *each.zone, *each.settings_zone)
        )

    # --- a text

    def _by_text(
        self, resource: Resource, path: str, text: str, value: Value
    ) -> Iterator[NameMatch]:
        read = self._read(text)
        for named in read:
            yield from self._having(resource, named, value)
        if read:
            return
        for kind in self._kinds_at(resource, path):
            argument = self._name_of(kind)
            is_regional = self._regional(kind)
            listed = self._all_named(kind, argument)
            for each in listed.get(text) or listed.get(text.partition("/")[0], ()):
                near = self.same_region(resource, each) if is_regional else True
                if _same_root(resource, each) and near is not False:
                    yield NameMatch(each, near is True and _same_holes(each, argument, value))

    def _by_source(self, resource: Resource, path: str, value: Value) -> Iterator[NameMatch]:
        """The resources that are called by the same variable as a value is made of, of which nothing else is known."""
        source = _source(value)
        for kind in self._kinds_at(resource, path) if source else ():
            argument = self._name_of(kind)
            for each in self._of_kind.get(kind, ()):
                names = [found.value for found in each.attributes.read(argument)]
                is_other = each is not resource and _same_root(resource, each)
                if is_other and source in map(_source, names):
                    yield NameMatch(each, True)

    def _read(self, text: str) -> Sequence[ReadName]:
        """What a text says by its form: the forms that begin with more literals say more."""
        if "/" not in text and ":" not in text and "." not in text:
            return ()
        return list(read_by((text, host_in(text)), self._forms))

    def _having(
        self, resource: Resource, named: ReadName, value: Value
    ) -> Iterator[NameMatch]:
        """The resources that have all that a text says: of the same root, else of any other."""
        argument = named.form.name
        listed = self._all_named(named.form.kind, argument)
        for name in named.names():
            having = [
                (each, sure)
                for each in listed.get(name, ())
                if (sure := self._agrees(each, named)) is not None
            ]
            own = [pair for pair in having if _same_root(resource, pair[0])]
            others = [] if HOLE in name else having
            for each, sure in own or others:
                yield NameMatch(each, sure and _same_holes(each, argument, value))
            if own or others:
                return

    def _agrees(self, resource: Resource, named: ReadName) -> bool | None:
        """Whether a resource is surely where a text says; ``None`` where it surely isn't."""
        sure = True
        for argument, said in named.said.items():
            if argument == named.form.name:
                continue
            own = self._argument(resource, argument)
            if HOLE in said or not own or HOLE in own:
                sure = sure and own == said  # what isn't known is the same in both
            elif own.casefold() != said.casefold():
                return None
        return sure

    # --- the catalogue's part

    @cached_property
    def _namings(self) -> Mapping[str, Naming]:
        plugins = {each.binding.plugin for each in self._resources if each.binding}
        found = ((each, self._catalog.naming(each)) for each in sorted(plugins))
        return {each: naming for each, naming in found if naming is not None}

    @cached_property
    def _forms(self) -> Sequence[Form]:
        found: dict[tuple[str, str], Form] = {}
        for source, naming in self._namings.items():
            for form in forms(naming, _places(self._catalog.plugin(source))):
                found.setdefault((form.kind, form.template), form)
        return list(found.values())

    def _naming_of(self, kind: str) -> Naming | None:
        """The naming of the plug-in that says something of a type."""
        return next((each for each in self._namings.values() if kind in each.kinds), None)

    def _name_of(self, kind: str) -> str:
        """The argument that is the bare name of a resource of a type."""
        naming = self._naming_of(kind)
        if naming is None:
            return "name"
        return naming.name_of(kind, _places(self._catalog.plugin(naming.id)))

    def _kinds_at(self, resource: Resource, path: str) -> Sequence[str]:
        """The types that a bare name at a path may be of."""
        own = self._namings.get(resource.binding.plugin) if resource.binding else None
        is_copied = path in resource.copies
        end = path.removesuffix(".*").rpartition(".")[2]
        bare = thing_copied(end) if is_copied else end
        for naming in self._namings.values() if own is None and is_copied else (own,):
            listed = {} if naming is None else naming.named_at
            found = (
                listed.get(f"{resource.type}.{path}") or listed.get(end) or listed.get(bare)
            )
            if found:
                return found
        return self._kinds_called(resource.type, bare)

    def _kinds_called(self, kind: str, argument: str) -> Sequence[str]:
        """The types here whose last words an argument of a type has, and whose first words are that type's own: the
        service's. ``snapshot`` of ``google_compute_disk`` is a ``google_compute_snapshot``."""
        key = kind, argument
        if key not in self._called:
            end = f"_{without_form(argument)}"
            start = "_".join(kind.split("_")[:2])
            self._called[key] = [
                each
                for each in self._of_kind
                if each.startswith(f"{start}_") and each.endswith(end)
            ]
        return self._called[key]

    def _regional(self, kind: str) -> bool:
        """Whether a name of a type is one of a region: its whole names (no hosts) all say the region too."""
        naming = self._naming_of(kind)
        plugin = self._catalog.plugin(naming.id) if naming else None
        places = [f"{{{name}}}" for name in _places(plugin)]
        whole = (
            [text for text in naming.templates(kind) if not is_host(text)] if naming else []
        )
        return bool(whole) and all(any(place in text for place in places) for text in whole)

    # --- the resources' part

    @cached_property
    def _of_kind(self) -> Mapping[str, Sequence[Resource]]:
        found = defaultdict(list)
        for each in self._resources:
            found[each.type].append(each)
        return found

    def _all_named(self, kind: str, argument: str) -> Mapping[str, Sequence[Resource]]:
        """The resources of a type by an argument."""
        key = kind, argument
        if key not in self._by_name:
            found = defaultdict(list)
            for each in self._of_kind.get(kind, ()):
                for text in filter(None, _texts(each.attributes.read, argument)):
                    found[text].append(each)
            self._by_name[key] = found
        return self._by_name[key]

    def _argument(self, resource: Resource, argument: str) -> str:
        """An argument of a resource, or else a setting of its provider block."""
        own = next(iter(_texts(resource.attributes.read, argument)), "")
        if own or resource.binding is None:
            return own
        return next(iter(_texts(resource.binding.settings.read, argument)), "")

    def same_region(self, one: Resource, other: Resource) -> bool | None:
        """Whether two resources lie in one region; ``None`` where that isn't known."""
        here, there = self._region(one), self._region(other)
        if here == there and here:
            return True
        return None if HOLE in here + there or not (here and there) else False

    def _region(self, resource: Resource) -> str:
        plugin = self._catalog.plugin(resource.binding.plugin) if resource.binding else None
        return next(
            filter(None, (self._argument(resource, each) for each in _places(plugin))), ""
        )


def _called(form: Form, said: Mapping[str, str], name: str) -> str:
    """What a form calls a thing: its type, what stands in the form, and its name last."""
    others = (said[each] for each in form.arguments if each != form.name)
    return f"{form.kind} {'/'.join((*others, name))}"


def _places(plugin: Plugin | None) -> Sequence[str]:
    """Arguments and settings that say where a resource sits."""
    return () if plugin is None else (*plugin.region, *plugin.settings_region)


def _texts(read: Callable[[str], Sequence[object]], path: str) -> Iterator[str]:
    for found in read(path):
        value = found.value  # type: ignore[attr-defined]
        if not is_null(value):
            yield as_text(value)


def _source(value: Value) -> tuple[str, tuple[str | None, ...] | None] | None:
    """The variable of which a text is made, where that has no value or several, with the literals beside it."""
    if not isinstance(value, Unknown) or value.reason not in _UNGIVEN or not value.detail:
        return None
    if len(value.holes) > 1:
        return None
    return value.detail, value.parts


def _same_root(one: Resource, other: Resource) -> bool:
    """Whether two resources stand in one root and variant; what is of no root, in one file."""
    if (one.root, one.variant) != (other.root, other.variant):
        return False
    return one.root is not None or one.span.path == other.span.path


def _same_holes(resource: Resource, argument: str, value: Value) -> bool:
    """Whether what isn't known of a name is the same in the resource and in the text that names it."""
    if isinstance(value, Known):
        return True
    return any(
        holes_of(found.value) <= holes_of(value)
        for found in resource.attributes.read(argument)
    )
