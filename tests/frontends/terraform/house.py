"""Reading Terraform texts in tests: whole repositories, and single expressions."""

from __future__ import annotations

from sovlint.expressions.evaluate import evaluate
from sovlint.expressions.kinds import NotKnown
from sovlint.expressions.values import plain
from sovlint.frontends.terraform import front_end
from sovlint.frontends.terraform.modules.module import load
from sovlint.frontends.terraform.modules.module_instance import RootContext
from sovlint.frontends.terraform.modules.scope import ModuleScope
from sovlint.frontends.terraform.modules.variables import gather
from sovlint.frontends.terraform.syntax.hcl import parse_expression
from sovlint.model.inputs import ReadOptions
from sovlint.model.resources.reading import Reading
from sovlint.model.resources.resource import Resource
from sovlint.model.value import Unknown, Value
from sovlint.rules.hints import Hints, PluginHints
from tests.frontends.memory import MemoryReader

HINTS = Hints(
    plugins={
        "acme/cloud": PluginHints(tags=("tags", "tag"), default_tags=("default_tags.tags",)),
        "hashicorp/other": PluginHints(tags=("labels",)),
        "hashicorp/bare": PluginHints(),
    },
    local_names={"cloud": "acme/cloud"},
    computed={"cloud_bucket": {"id": "bucket"}},
    settings_of={"cloud_region": {"name": "region"}},
    registries=("registry.terraform.io/", "registry.opentofu.org/"),
    namespace="hashicorp",
)


def read(files: dict[str, str | bytes | None], options: ReadOptions | None = None) -> Reading:
    """What the front end reads of a repository."""
    return front_end.read(MemoryReader(files), options or ReadOptions(), HINTS)


def resources(
    files: dict[str, str | bytes | None], options: ReadOptions | None = None
) -> dict[str, Resource]:
    """Resources by ``root:address`` (``address`` alone for the top folder)."""
    return {
        f"{r.root}:{r.address}" if r.root else r.address: r
        for r in read(files, options).resources
    }


def value(
    text: str,
    module: str = "",
    files: dict[str, str | bytes | None] | None = None,
    **raw: str,
) -> Value:
    """The value of an expression in a module, whose variables ``raw`` gives."""
    reader = MemoryReader({"main.tf": module, **(files or {})})
    loaded = load("", ["main.tf"], reader)
    assert not loaded.failures, loaded.failures
    world = RootContext({"": loaded}, reader, HINTS)
    scope = ModuleScope(world, loaded, given=gather((), raw, reader))
    expression = parse_expression(text, "test")
    assert expression is not None, f"not an expression: {text}"
    return evaluate(expression, scope.env)


def known(
    text: str,
    module: str = "",
    files: dict[str, str | bytes | None] | None = None,
    **raw: str,
) -> object:
    """The plain value of an expression that must be known all the way down."""
    return plain(value(text, module, files, **raw))


def unknown(text: str, module: str = "", **raw: str) -> Unknown:
    """The unknown that an expression must be."""
    found = value(text, module, **raw)
    assert isinstance(found, Unknown), found
    return found


def among(text: str, module: str = "", **raw: str) -> list[object]:
    """The members of an expression's ``among``."""
    found = unknown(text, module, **raw)
    assert found.among is not None, found
    return [plain(member) for member in found.among]


def is_known(found: Value) -> bool:
    """Whether a value is known all the way down."""
    try:
        plain(found)
    except NotKnown:
        return False
    return True
