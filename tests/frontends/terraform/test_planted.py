"""Random modules whose region is known beforehand: the evaluator finds that region, or says that it isn't known.

A region is planted and threaded through variables, locals, modules, outputs, conditions, collections, templates and
functions, with another region as a decoy at every turn. Finding the decoy is the one thing that must never happen.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sovlint.frontends.recursion import deepen_stack
from sovlint.model.resources.resource import Resource
from sovlint.model.value import Known, Unknown, Value
from tests.frontends.terraform.house import resources

deepen_stack()  # at once: Hypothesis minds where it happens during a test
RANDOM = settings(
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
    max_examples=300,
)

PLANTED = "eu-west-3"
DECOY = "us-east-1"

SURE = (
    "true ? @ : #",
    "1 == 2 ? # : @",
    '"${@}"',
    '"${substr(@, 0, 3)}${substr(@, 3, -1)}"',
    '"%{ if true }${@}%{ else }${#}%{ endif }"',
    'join("", [for part in [@] : "%{ for x in [part] }${x}%{ endfor }"])',
    'lookup({a = @, b = #}, "a", #)',
    'lookup({b = #}, "a", @)',
    "[#, @][1]",
    '{a = #, b = @}["b"]',
    "{a = #, b = @}.b",
    "element([@, #], 2)",
    "coalesce(null, @, #)",
    'coalesce("", @)',
    "try({}.missing, @, #)",
    "can({}.missing) ? # : @",
    'one([for x in [#, @] : x if x != #])',
    "[for i, x in [#, @] : x if i == 1][0]",
    '{for k, v in {a = @, b = #} : k => v}["a"]',
    '{for k in ["a", "b"] : k => k == "a" ? @ : #}.a',
    "merge({r = #}, {r = @}).r",
    "merge({r = @}, {s = #}).r",
    "jsondecode(jsonencode({r = @, s = #})).r",
    "yamldecode(yamlencode({r = @})).r",
    'join("-", split("-", @))',
    'trimprefix("x-${@}", "x-")',
    'replace(@, "zzz", #)',
    'format("%s", @)',
    'regex("^[a-z0-9-]+$", @)',
    "flatten([[@], [#]])[0]",
    "values({a = @, b = #})[0]",
    "zipmap([\"a\", \"b\"], [#, @])[\"b\"]",
    "([{r = @}, {r = #}][*].r)[0]",
    "tolist([@])[0]",
    "reverse([#, @])[0]",
    "nonsensitive(sensitive(@))",
    "<<EOT\n${@}\nEOT\n",
    'split("/", "${@}/${var.unset}")[0]',
    'trimsuffix(substr("${@}/${var.unset}", 0, length(@) + 1), "/")',
    '"us/${var.unset}" == "eu/" ? # : @',
    'startswith("us/${var.unset}", "eu/") ? # : @',
    'try({ a = # }["b${var.unset}"], @)',
    'lookup({ a = # }, "b${var.unset}", @)',
    '{ a1 = @, a2 = @, b = # }["a${var.unset}"]',
    'coalesce("${@}", var.unset)',
    '"${@}${var.unset}" == # ? # : @',
    "merge(var.unset, { r = @ }).r",
    'reverse(split("/", "${#}/${@}"))[0]',
    '{ prod = @, dev = @ }[terraform.workspace]',
    '{ prod = { r = @ }, dev = { r = @, s = # } }[terraform.workspace].r',
    'lookup({ prod = @ }, terraform.workspace, @)',
    'terraform.workspace == "prod" ? @ : @',
    'lookup({ for k, x in { a = @, b = # } : k => x if k == "a" || var.unset }, "a", #)',
    '(formatlist("%s/%s", @, [var.unset]) == [] ? # : @)',
    'formatlist("%s", [@, var.unset])[0]',
    'setproduct([#, @], [var.unset])[1][0]',
    'zipmap(["a", "b"], [var.unset, @]).b',
    'coalescelist([], [@, var.unset])[0]',
    'regex("^(?:x)(.+)$", "x${@}")[0]',
    'flatten([[@], [[@]]])[1]',
    'one(toset([@, @]))',
)  # fmt: skip
"""What an expression may be wrapped in without being lost: ``@`` is it, ``#`` the other region."""

UNSURE = (
    "var.unset ? @ : #",
    "var.unset ? # : @",
    "coalesce(var.unset, @)",
    "merge({r = @}, var.unset).r",
    'lookup({a = @, b = #}, var.unset, #)',
    "[@, #][var.unset]",
    'lookup(merge({b = #}, var.unset), "a", @)',
    "try(var.unset.region, @)",
    "try([#][var.unset], @)",
    "element([@, #], var.unset)",
    '"${@}${var.unset}"',
    "concat([@], var.unset)[0]",
    'one([for x in [#, @] : x if x == var.unset])',
    '{ a1 = @, a2 = #, b = # }["a${var.unset}"]',
    'try({ a = # }["a${var.unset}"], @)',
    'lookup({ a = # }, "a${var.unset}", @)',
    'replace("${@}${var.unset}", "1", "2")',
    'trimprefix("${var.unset}${@}", "us")',
    'trimspace("${var.unset}${@}")',
    'split("/", "${var.unset}/${@}")[1]',
    '[for x in [@, #] : x if var.unset][0]',
    "var.unset ? merge(var.unset, { r = @ }).r : #",
    '[for x in [@, #] : x if x == var.unset][0]',
    '{ for k, x in { a = @, b = # } : k => x if var.unset }["a"]',
    'values({ for k, x in { a = @, b = # } : k => x if var.unset })[0]',
    'lookup({ for k, x in { a = @ } : k => x if var.unset }, "a", #)',
    'try({ for k, x in { a = # } : k => x if var.unset }["a"], @)',
    '{ p = { eu = @ }, d = { eu = #, us = # } }[terraform.workspace][var.unset]',
    'coalescelist(var.unset ? [] : [#], [@])[0]',
    'slice([@, #], 0, var.unset)[0]',
    'tolist(setsubtract([@, #], [var.unset]))[0]',
    'can(var.unset) ? @ : #',
    'one(var.unset ? [@] : [])',
)  # fmt: skip
"""Wraps of which the outcome depends on what nobody gave: the planted region is still possible."""


@dataclass
class Module:
    """The files of a repository as they grow, and the module that is being written."""

    files: dict[str, list[str]] = field(default_factory=lambda: {"": ['variable "unset" {}']})
    folder: str = ""
    made: int = 0

    def name(self) -> str:
        self.made += 1
        return f"n{self.made}"

    def add(self, text: str, folder: str | None = None) -> None:
        self.files.setdefault(self.folder if folder is None else folder, []).append(text)


def through_local(module: Module, expression: str) -> str:
    name = module.name()
    module.add(f"locals {{\n  {name} = {expression}\n}}")
    return f"local.{name}"


def through_object(module: Module, expression: str) -> str:
    name = module.name()
    module.add(f'locals {{\n  {name} = {{ here = {expression}, there = "{DECOY}" }}\n}}')
    return f"local.{name}.here"


def into_module(module: Module, expression: str) -> str:
    """The rest is written in a module that is called with the region; a sibling gets the decoy."""
    name = module.name()
    child = f"{module.folder}/{name}".lstrip("/")
    module.add(
        f'module "{name}" {{\n  source = "./{name}"\n  region = {expression}\n  unset = var.unset\n}}'
    )
    module.add(
        f'module "{name}_other" {{\n  source = "./{name}"\n  region = "{DECOY}"\n  unset = var.unset\n}}'
    )
    module.add('variable "region" {\n  type = string\n}\nvariable "unset" {}', child)
    module.folder = child
    return "var.region"


def through_output(module: Module, expression: str) -> str:
    """Into a module and out again, beside a sibling that hands out the decoy."""
    name = module.name()
    child = f"{module.folder}/{name}".lstrip("/")
    for call, value in ((name, expression), (f"{name}_other", f'"{DECOY}"')):
        module.add(f'module "{call}" {{\n  source = "./{name}"\n  region = {value}\n}}')
    module.add(
        'variable "region" {}\nlocals {\n  kept = var.region\n}\noutput "region" {\n  value = local.kept\n}',
        child,
    )
    return f"module.{name}.region"


def through_for_each_module(module: Module, expression: str) -> str:
    name = module.name()
    child = f"{module.folder}/{name}".lstrip("/")
    module.add(
        f'module "{name}" {{\n  source = "./{name}"\n'
        f'  for_each = {{ here = {expression}, there = "{DECOY}" }}\n  region = each.value\n}}'
    )
    module.add('variable "region" {}\noutput "region" {\n  value = var.region\n}', child)
    return f'module.{name}["here"].region'


def through_typed_variable(module: Module, expression: str) -> str:
    """An object with a default for what isn't given."""
    name = module.name()
    child = f"{module.folder}/{name}".lstrip("/")
    module.add(
        f'module "{name}" {{\n  source = "./{name}"\n  settings = {{ region = {expression} }}\n}}'
    )  # fmt: skip
    module.add(
        'variable "settings" {\n  type = object({ region = string, copy = optional(string, "'
        + DECOY
        + '") })\n}\n'
        'output "region" {\n  value = var.settings.region\n}',
        child,
    )
    return f"module.{name}.region"


WAYS = (
    through_local, through_object, into_module, through_output, through_for_each_module, through_typed_variable,
)  # fmt: skip

steps = st.one_of(st.sampled_from(SURE), st.sampled_from(WAYS))
unsure_steps = st.one_of(steps, st.sampled_from(UNSURE))
ends = st.sampled_from(("argument", "alias", "for_each", "dynamic"))


def wrapped(template: str, expression: str) -> str:
    made = template.replace("#", f'"{DECOY}"').replace("@", expression)
    return f"chomp({made})" if template.startswith("<<") else made


def written(path: list[object], end: str) -> tuple[dict[str, str | bytes | None], str]:
    """The files of a repository, and the folder where the region ends up."""
    module, expression = Module(), f'"{PLANTED}"'
    for step in path:
        expression = (
            wrapped(step, expression) if isinstance(step, str) else step(module, expression)
        )  # type: ignore[operator]
        if (
            len(expression) > 200
        ):  # expressions that stand in others several times double at each turn
            expression = through_local(module, expression)
    if end == "argument":
        module.add(f'resource "cloud_bucket" "x" {{\n  region = {expression}\n}}')
    elif end == "alias":
        module.add(f'provider "cloud" {{\n  region = "{DECOY}"\n}}')
        module.add(f'provider "cloud" {{\n  alias = "far"\n  region = {expression}\n}}')
        module.add('resource "cloud_bucket" "x" {\n  provider = cloud.far\n}')
    elif end == "for_each":
        module.add(
            f'resource "cloud_bucket" "x" {{\n  for_each = {{ a = {expression} }}\n  region = each.value\n}}'
        )  # fmt: skip
    else:
        module.add(
            f'resource "cloud_bucket" "x" {{\n  dynamic "place" {{\n    for_each = [{expression}]\n'
            "    content {\n      region = place.value\n    }\n  }\n}"
        )
    files = {
        f"{folder}/main.tf".lstrip("/"): "\n".join(texts) + "\n"
        for folder, texts in module.files.items()
    }
    return dict(files), module.folder


def region(resource: Resource, end: str) -> Value:
    if end == "alias":
        assert resource.binding is not None
        (found,) = resource.binding.settings.read("region")
    else:
        (found,) = resource.attributes.read(
            "place.*.region" if end == "dynamic" else "region"
        )
    return found.value


def planted(path: list[object], end: str) -> Value:
    """The region of the resource that was given the planted one (its siblings have ``_other`` in their address)."""
    files, _ = written(path, end)
    found = [each for address, each in resources(files).items() if "_other" not in address]
    assert len(found) == 1, sorted(resources(files))
    return region(found[0], end)


@RANDOM
@given(st.lists(steps, max_size=6), ends)
def test_what_can_be_known_is_found(path: list[object], end: str) -> None:
    found = planted(path, end)
    assert isinstance(found, Known), found
    assert found.value == PLANTED


def test_each_way_by_itself() -> None:
    for step in (*SURE, *WAYS):
        found = planted([step], "argument")
        assert isinstance(found, Known), (step, found)
        assert found.value == PLANTED, step


@RANDOM
@given(st.lists(unsure_steps, max_size=6), ends)
def test_another_region_is_never_found(path: list[object], end: str) -> None:
    found = planted(path, end)
    if isinstance(found, Known):
        assert found.value == PLANTED
        return
    assert isinstance(found, Unknown)
    if found.among is not None:
        assert any(
            (isinstance(each, Known) and each.value == PLANTED) or isinstance(each, Unknown)
            for each in found.among
        )


def test_each_unsure_way_by_itself() -> None:
    for step in UNSURE:
        assert isinstance(planted([step], "argument"), Unknown), step
