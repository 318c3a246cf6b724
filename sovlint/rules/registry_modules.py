"""Published modules of Terraform: what a call makes whose code isn't here to read, as the catalogue describes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Final

from msgspec import Meta, Struct, field

from sovlint.model.decoding import EntryKey, PluginId, SomeText, SourceKey, Yes

ModulePath = Annotated[
    str,
    Meta(
        pattern=r"^(var\.[a-z][a-z0-9_]*|each\.(key|value))(\.[a-z0-9_]+)*$",
        description="What a module is given: `var.<argument>`, a key or an index below it, or what `for_each` goes over.",
    ),
]
ModulePaths = Annotated[tuple[ModulePath, ...], Meta(min_length=1)]
MadeName = Annotated[
    str,
    Meta(
        pattern=r"^(module\.[a-z0-9_-]+\.)*[a-z0-9_]+\.[a-z0-9_-]+$",
        description="As the module calls it, after the calls in it that lead there: `module.db.aws_db_instance.this`.",
    ),
]
VersionRange = Annotated[
    str,
    Meta(
        pattern=r"^(>=|>|<=|<|=|~>) ?\d+(\.\d+){0,2}(, ?(>=|>|<=|<|~>) ?\d+(\.\d+){0,2})*$",
        description="As Terraform writes it: `>= 4.0, < 6.0`. Without an upper end it holds of versions to come.",
    ),
]


VersionNumber = Annotated[str, Meta(pattern=r"^\d+\.\d+\.\d+$", description="1.2.3.")]


class MadeValue(Struct, frozen=True, kw_only=True):
    """What an attribute or a condition is made of, where that isn't one argument as it is."""

    first: ModulePaths | None = None
    """The first of these that is said."""
    fixed: str | bool | int | None = None
    """The module always writes this; with `first`, where none of those is said."""
    merged: ModulePaths | None = None
    """Maps, of which later ones win."""
    values: Annotated[tuple[str, ...], Meta(min_length=1)] | None = field(
        default=None, name="in"
    )
    """As a condition: what `first` finds is one of these."""
    when: ModulePath | None = None
    """The value is what `first` finds where this is true, else what `otherwise` finds."""
    otherwise: ModulePaths | None = None

    schema: ClassVar = {
        "anyOf": [{"required": [key]} for key in ("fixed", "first", "merged")],
        "dependentRequired": {
            "in": ["first"],
            "when": ["first", "otherwise"],
            "otherwise": ["when"],
        },
        "not": {"required": ["merged", "first"]},
    }


ModuleTests = Annotated[tuple[ModulePath | MadeValue, ...], Meta(min_length=1)]


class MadeResource(Struct, frozen=True, kw_only=True):
    """A resource that a module makes."""

    provider: SomeText | None = None
    """The plug-in that makes it, by the name that the module calls it, where its type doesn't begin so: google-beta."""
    when: ModuleTests | None = None
    """Made where all of these are true."""
    unless: ModuleTests | None = None
    """Not made where one of these is true."""
    one: Yes = False
    """It has no number, though there are conditions: those of the call that leads to it within the module."""
    for_each: ModulePath | None = None
    """One is made for each element."""
    of_list: Yes = False
    """Those elements are a list of texts, of which each is a key."""
    sets: Mapping[SomeText, ModulePath | MadeValue]
    """By path of its attributes, what the module writes there."""
    never: tuple[SomeText, ...] = ()
    """Paths that decide where such a resource is, and that the module writes nothing to."""


class ModuleVersions(Struct, frozen=True, kw_only=True):
    """What a module makes in a range of versions."""

    versions: VersionRange
    defaults: Mapping[SomeText, str | bool | int | None] = field(default_factory=dict)
    """What arguments are that a call doesn't give; those that stand nowhere here are null."""
    makes: Mapping[MadeName, MadeResource]
    outputs: Mapping[SomeText, SomeText] = field(default_factory=dict)
    """Outputs that repeat an attribute of what it makes: `arn: aws_s3_bucket.this.arn`."""
    whole: VersionNumber | None = None
    """Up to this version it makes nothing else that data lands on: all of its code up to there was read. A call that may
    get a later one has something unproven left."""
    source: SourceKey


class RegistryModule(Struct, frozen=True, kw_only=True):
    """A published module."""

    governed: ClassVar = ("repository", "plugins", "ranges")

    id: EntryKey = ""
    repository: SomeText
    """Where its code is: `github.com/<owner>/<name>`."""
    plugins: Mapping[SomeText, PluginId] = field(default_factory=dict)
    """The plug-ins that it needs, by the names that it calls them."""
    ranges: Annotated[tuple[ModuleVersions, ...], Meta(min_length=1)]


class RegistryModules(Struct, frozen=True):
    """All of them, looked up by address."""

    entries: Mapping[str, RegistryModule]
    names: Mapping[str, str]
    """Their ids by the addresses that calls may give, in lower case."""

    def find(self, address: str) -> RegistryModule | None:
        """The module at an address."""
        name = self.names.get(address.casefold())
        return None if name is None else self.entries[name]


NO_MODULES: Final = RegistryModules({}, {})


def addresses(module: str, repository: str) -> tuple[str, str]:
    """All addresses that calls of a module may give: that of the registry, and that of its repository."""
    address, _, folder = module.partition("//")
    return address_in_repository(address, folder), address_in_repository(repository, folder)


def address_in_repository(repository: str, folder: str) -> str:
    """How a module is found by its repository: one spelling for the compiler and for who looks it up."""
    return f"{repository}//{folder}".removesuffix("//").casefold()
