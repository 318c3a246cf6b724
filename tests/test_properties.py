"""What holds for any repository: what was planted is found or unknown, what isn't known never makes a verdict better,
and names and order don't matter. Repositories are made up of every way in which Terraform passes a value along."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from sovlint.frontends.recursion import deepen_stack
from sovlint.frontends.terraform import front_end
from sovlint.model.classrules import ClassRules
from sovlint.model.findings.finding import Verdict
from sovlint.model.inputs import ReadOptions
from sovlint.model.placement import Placed
from sovlint.model.request import Request
from sovlint.model.value import Fact, Known
from sovlint.policy.evaluate import evaluate
from sovlint.policy.load import load
from sovlint.policy.policies import DATA_CLASS_KNOWN, PolicySet
from sovlint.resolve.resolver import resolve
from tests.frontends.memory import MemoryReader
from tests.resolve.house import DAY, catalog

deepen_stack()  # at once: Hypothesis minds where it happens during a test
FAST = settings(
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
    max_examples=100,
)

INSIDE = {  # type -> (provider, where it says its region, regions of that provider inside the EEA, and outside)
    "aws_s3_bucket": (
        "aws",
        "region",
        ("eu-west-3", "eu-central-1"),
        ("us-east-1", "eu-west-2"),
    ),
    "aws_db_instance": (
        "aws",
        "region",
        ("eu-west-1", "eu-north-1"),
        ("ap-southeast-2", "sa-east-1"),
    ),
    "scaleway_object_bucket": ("scaleway", "region", ("fr-par", "nl-ams"), ()),
    "google_storage_bucket": (
        "google-cloud",
        "location",
        ("europe-west9", "europe-west1"),
        ("us-central1", "europe-west6"),
    ),
    "azurerm_storage_account": (
        "microsoft-azure",
        "location",
        ("francecentral", "westeurope"),
        ("eastus", "uksouth"),
    ),
}
ENDPOINTS = {
    "https://s3.fr-par.scw.cloud": ("scaleway", "fr-par"),
    "https://s3.gra.io.cloud.ovh.net": ("ovhcloud", "GRA"),
}

Pick = Callable[[Sequence[str]], str]


@dataclass
class Repository:
    """Blocks by folder, with a mark in place of each literal; and what was planted: address -> provider and region."""

    pick: Pick
    blocks: dict[str, list[str]] = field(default_factory=lambda: {"": []})
    slots: list[str] = field(default_factory=list)
    tags: set[int] = field(default_factory=set)
    planted: dict[str, tuple[str, str]] = field(default_factory=dict)
    made: int = 0

    def name(self, prefix: str) -> str:
        """A name that is used nowhere else."""
        self.made += 1
        return f"{prefix}{self.made}"

    def slot(self, literal: str) -> str:
        """The mark of a literal that may be taken away."""
        self.slots.append(literal)
        return f"@{len(self.slots) - 1}@"

    def add(self, folder: str, text: str) -> None:
        """A block in a folder."""
        self.blocks.setdefault(folder, []).append(text)

    def files(self, unset: Iterable[int] = ()) -> dict[str, str | bytes | None]:
        """The repository's files; literals in ``unset`` are variables without a value."""
        return {
            f"{folder}/main.tf".lstrip("/"): "\n".join(blocks)
            for folder, blocks in self.shown(unset).items()
        }

    def shown(self, unset: Iterable[int] = ()) -> dict[str, list[str]]:
        """Blocks by folder, as they are written."""
        gone = set(unset)
        written: dict[str, list[str]] = {}
        for folder, blocks in self.blocks.items():
            met: set[int] = set()

            def put(match: re.Match[str], met: set[int] = met) -> str:
                number = int(match.group(1))
                met.update(gone & {number})
                return f"var.unset{number}" if number in gone else self.slots[number]

            written[folder] = [re.sub("@([0-9]+)@", put, block) for block in blocks]
            written[folder] += [f'variable "unset{number}" {{}}' for number in sorted(met)]
        return written


def threaded(made: Repository, folder: str, text: str, depth: int) -> str:
    """An expression of a folder whose value is ``text``, by way of some of the things that Terraform has."""
    if depth == 0:
        return made.slot(f'"{text}"')

    def inner(of: str = text) -> str:
        return threaded(made, folder, of, depth - 1)

    def local() -> str:
        name = made.name("l")
        made.add(folder, f"locals {{\n  {name} = {inner()}\n}}")
        return f"local.{name}"

    def variable() -> str:
        name = made.name("v")
        made.add(
            folder,
            f'variable "{name}" {{\n  type    = string\n  default = {made.slot(f"{chr(34)}{text}{chr(34)}")}\n}}',
        )
        return f"var.{name}"

    def module() -> str:
        name = made.name("m")
        below = f"{folder}/{name}".lstrip("/")
        made.add(below, 'variable "in" {}')
        made.add(
            below,
            f'output "out" {{\n  value = {made.pick(["var.in", "trimspace(var.in)", "coalesce(var.in)"])}\n}}',
        )
        made.add(
            folder, f'module "{name}" {{\n  source = "./{name}"\n  in     = {inner()}\n}}'
        )
        return f"module.{name}.out"

    def resource() -> str:
        name = made.name("r")
        made.add(folder, f'resource "aws_s3_bucket" "{name}" {{\n  bucket = {inner()}\n}}')
        return f"aws_s3_bucket.{name}.bucket"

    cut = len(text) // 2
    ways: dict[str, Callable[[], str]] = {
        "local": local,
        "variable": variable,
        "module": module,
        "resource": resource,
        "template": lambda: f'"${{{inner(text[:cut])}}}${{{inner(text[cut:])}}}"',
        "condition": lambda: (
            f"({made.slot('true')} ? {inner()} : {made.slot(chr(34) + 'us-east-1' + chr(34))})"
        ),
        "false condition": lambda: f'({made.slot("false")} ? "us-east-1" : {inner()})',
        "other condition": lambda: f'("a" == "b" ? {inner("eu-west-3")} : {inner()})',
        "list": lambda: f'["us-west-1", {inner()}][{made.slot("1")}]',
        "map": lambda: (
            f'{{ a = "us-west-1", b = {inner()} }}[{made.slot(chr(34) + "b" + chr(34))}]'
        ),
        "lookup": lambda: (
            f'lookup({{ b = {inner()} }}, {made.slot(chr(34) + "b" + chr(34))}, "us-west-2")'
        ),
        "merge": lambda: f'merge({{ a = "us-west-1" }}, {{ a = {inner()} }}).a',
        "for": lambda: f"[for each in [{inner()}] : each][0]",
        "for map": lambda: f"{{ for key, each in {{ a = {inner()} }} : key => each }}.a",
        "splat": lambda: f"([{{ x = {inner()} }}][*].x)[0]",
        "join": lambda: f'join("", [{inner(text[:cut])}, {inner(text[cut:])}])',
        "split": lambda: f'split("|", "x|${{{inner()}}}")[1]',
        "format": lambda: f'format("%s%s", {inner(text[:cut])}, {inner(text[cut:])})',
        "replace": lambda: f'replace("_", "_", {inner()})',
        "regex": lambda: f'regex("x(.+)", "x${{{inner()}}}")[0]',
        "case": lambda: f"lower({inner(text.upper())})" if text == text.lower() else inner(),
        "coalesce": lambda: f"coalesce(null, {inner()})",
        "try": lambda: f"try({{}}.nothing, {inner()})",
        "element": lambda: f"element([{inner()}], 3)",
        "decode": lambda: f"jsondecode(jsonencode([{inner()}]))[0]",
        "set": lambda: f"tolist(toset([{inner()}]))[0]",
        "one": lambda: f"one([{inner()}])",
        "nested": lambda: f"{{ a = {{ b = [{inner()}] }} }}.a.b[0]",
        "heredoc": lambda: f"trimspace(<<-EOT\n    ${{{inner()}}}\n  EOT\n  )",
    }
    return ways[made.pick(sorted(ways))]()


def resource(made: Repository, kind: str, depth: int, outside: bool) -> None:
    """A resource of health data, with its region planted on it, or where it takes it from."""
    provider, attribute, inside, beyond = INSIDE[kind]
    region = made.pick(beyond if outside and beyond else inside)
    name = made.name("x")
    made.tags.add(len(made.slots))
    tags = f"tags = {{ data-classification = {made.slot(chr(34) + 'health' + chr(34))} }}"
    if kind.startswith("scaleway"):
        tags = tags.replace("{ data-classification = ", '["data-classification=${').replace(
            " }", '}"]'
        )
    if kind.startswith("google"):
        tags = tags.replace("tags", "labels")
    place = made.pick(["here", "block", "alias", "module", "each", "count", "inputs"])
    if kind.startswith(("google", "azurerm")) and place in ("block", "alias", "module"):
        place = "here"
    label, plain = f'resource "{kind}" "{name}"', kind.split("_", 1)[0]
    found = (provider, region)
    if place == "here":
        value = threaded(made, "", region, depth)
        made.add("", f"{label} {{\n  {attribute} = {value}\n  {tags}\n}}")
        made.planted[f"{kind}.{name}"] = found
    elif place in ("block", "alias", "module"):
        alias = made.name("p")
        settings_, at = "", provider
        if kind == "aws_s3_bucket" and made.pick(["own", "elsewhere"]) == "elsewhere":
            host = made.pick(sorted(ENDPOINTS))
            at, region = ENDPOINTS[host]
            settings_ = (
                f"endpoints {{\n    s3 = {threaded(made, '', host, min(depth, 1))}\n  }}"
            )
        value = threaded(made, "", found[1], depth)
        made.add(
            "",
            f'provider "{plain}" {{\n  alias = "{alias}"\n  region = {value}\n  {settings_}\n}}',
        )
        if place == "module":
            call = made.name("c")
            passed = f"providers = {{ {plain} = {plain}.{alias} }}"
            made.add("", f'module "{call}" {{\n  source = "./{call}"\n  {passed}\n}}')
            made.add(call, f"{label} {{\n  {tags}\n}}")
            made.planted[f"module.{call}.{kind}.{name}"] = (at, region)
        else:
            made.add(
                "", f"{label} {{\n  provider = {made.slot(f'{plain}.{alias}')}\n  {tags}\n}}"
            )
            made.planted[f"{kind}.{name}"] = (at, region)
    elif place == "each":
        value = threaded(made, "", region, depth)
        made.add(
            "",
            f"{label} {{\n  for_each = {{ k = {value} }}\n  {attribute} = each.value\n  {tags}\n}}",
        )
        made.planted[f'{kind}.{name}["k"]'] = found
    elif place == "count":
        value = threaded(made, "", region, depth)
        made.add(
            "",
            f"{label} {{\n  count = {made.slot('1')}\n  {attribute} = {value}\n  {tags}\n}}",
        )
        made.planted[f"{kind}.{name}[0]"] = found
    else:
        call = made.name("c")
        made.add(
            "",
            f'module "{call}" {{\n  source = "./{call}"\n  where = {threaded(made, "", region, depth)}\n}}',
        )
        made.add(call, 'variable "where" {\n  type = string\n}')
        made.add(call, f"{label} {{\n  {attribute} = var.where\n  {tags}\n}}")
        made.planted[f"module.{call}.{kind}.{name}"] = found


@st.composite
def repositories(draw: st.DrawFn) -> Repository:
    """A repository of one or two resources of health data."""
    made = Repository(lambda options: draw(st.sampled_from(options)))
    # An own backend makes it a root, and so what isn't set is not for a caller to set.
    made.add("", 'terraform {\n  backend "local" {}\n}')
    for _ in range(draw(st.integers(1, 2))):
        kind = draw(st.sampled_from(sorted(INSIDE)))
        resource(made, kind, draw(st.integers(0, 3)), draw(st.booleans()))
    return made


UNDECIDED = """
variable "undecided" {{}}
data "aws_region" "here" {{
  provider = aws.{0}
}}
provider "aws" {{
  alias  = "{0}"
  region = "eu-west-3"
  default_tags {{
    tags = {{ data-classification = @tag@ }}
  }}
  endpoints {{
    s3 = "https://s3.${{@"fr-par"@}}.scw.cloud"
  }}
}}
provider "openstack" {{
  alias    = "{0}"
  auth_url = @"https://auth.cloud.ovh.net/v3"@
  region   = @"GRA"@
}}
"""
HARD = (
    'aws_s3_bucket|region = var.undecided ? @"eu-west-3"@ : @"us-east-1"@',
    'aws_s3_bucket|region = var.undecided ? @"eu-west-3"@ : @"eu-west-1"@',
    "aws_s3_bucket|region = @null@",
    'aws_db_instance|provider = aws.{0}\n region = @true@ ? null : "us-east-1"',
    "aws_s3_bucket|provider = @aws.{0}@",
    "aws_s3_bucket|region = data.aws_region.here.name",
    'aws_s3_bucket|region = {{ a = @"us-east-1"@, b = "eu-west-3" }}[@"b"@]',
    'aws_s3_bucket|region = coalesce(@""@, @"us-east-1"@)',
    'aws_s3_bucket|region = [for each in [@"us-east-1"@, "eu-west-3"] : each if each != @"us-east-1"@][0]',
    'aws_s3_bucket|region = try([@"us-east-1"@][@1@], "eu-west-3")',
    'aws_s3_bucket|region = contains([@"a"@], @"a"@) ? "us-east-1" : "eu-west-3"',
    'aws_s3_bucket|region = can(regex(@"^a"@, @"ab"@)) ? "us-east-1" : "eu-west-3"',
    'aws_s3_bucket|region = one([for each in [@"us-east-1"@] : each if @true@])',
    'aws_s3_bucket|region = element(sort([@"us-east-1"@, "eu-west-3"]), @1@)',
    'aws_s3_bucket|count = @true@ ? 1 : 0\n region = "us-east-1"',
    'aws_s3_bucket|for_each = toset([@"us-east-1"@, "eu-west-3"])\n region = each.key',
    'aws_s3_bucket|for_each = {{ for each in [@"us-east-1"@] : each => each if each != @"x"@ }}\n region = each.value',
    'aws_dynamodb_table|region = "eu-west-3"\n dynamic "replica" {{\n for_each = [@"us-east-1"@]\n content {{\n '
    "region_name = replica.value\n }}\n }}",
    'aws_dynamodb_table|region = "eu-west-3"\n dynamic "replica" {{\n for_each = @true@ ? ["us-east-1"] : []\n '
    'content {{\n region_name = @"us-east-1"@\n }}\n }}',
    'aws_s3_bucket|region = split("/", "${{@"us-east-1"@}}/x")[0]',
    'aws_s3_bucket|region = startswith("us-${{@"a"@}}", @"us-"@) ? "us-east-1" : "eu-west-3"',
    'aws_s3_bucket|region = {{ eu-a = "eu-west-3", us-a = "us-east-1" }}["${{@"us"@}}-a"]',
    'aws_s3_bucket|region = lookup({{ eu-a = "eu-west-3" }}, "${{@"us"@}}-a", "us-east-1")',
    'aws_s3_bucket|region = replace("${{@"us"@}}-east-1", @"eu"@, "us")',
    'aws_s3_bucket|region = trimsuffix("us-east-1${{@"/"@}}", @"/"@)',
    'aws_s3_bucket|region = join("-", [@"us"@, "east", @"1"@])',
    'aws_s3_bucket|region = "eu-${{@"west"@}}-3" == "eu-west-3" ? "us-east-1" : "eu-west-3"',
    'aws_s3_bucket|region = var.undecided ? "us-${{@"east"@}}-1" : @"us-west-2"@',
    'aws_s3_bucket|region = [for each in ["us-east-1", "eu-west-3"] : each if @true@][0]',
    'aws_s3_bucket|region = lookup({{ for each in ["us-east-1"] : "k" => each if @true@ }}, "k", "eu-west-3")',
    'aws_s3_bucket|region = try({{ for each in [@"us-east-1"@] : "k" => each if @true@ }}["k"], "eu-west-3")',
    'aws_s3_bucket|region = values({{ for each in [@"us-east-1"@, "eu-west-3"] : each => each if @true@ }})[0]',
    'aws_s3_bucket|for_each = {{ for one in ["us-east-1", "eu-west-3"] : one => one if @true@ }}\n region = each.value',
    'aws_s3_bucket|region = coalescelist(@true@ ? ["us-east-1"] : [], ["eu-west-3"])[0]',
    'aws_s3_bucket|region = {{ a = {{ r = "us-east-1" }}, b = {{ r = "eu-west-3" }} }}[@"a"@][@"r"@]',
    'aws_s3_bucket|region = formatlist("%s-%s", @"us"@, [@"east-1"@])[0]',
    'aws_s3_bucket|region = slice(["us-east-1", "eu-west-3"], 0, @1@)[0]',
    'aws_s3_bucket|region = can(regex("^a", @"a"@)) ? @"us-east-1"@ : "eu-west-3"',
    'aws_s3_bucket|region = setproduct([@"us-east-1"@], [@"eu-west-3"@])[0][0]',
    'aws_s3_bucket|region = zipmap([@"a"@, "b"], [@"us-east-1"@, "eu-west-3"])[@"a"@]',
    'aws_s3_bucket|region = one(@true@ ? ["us-east-1"] : []) == null ? "eu-west-3" : "us-east-1"',
    'aws_s3_bucket|for_each = toset(compact([@"us-east-1"@, ""]))\n region = each.key',
    'aws_s3_bucket|region = coalesce("${{@"us-east-1"@}}", "eu-west-3")',
    "aws_sqs_queue|provider = @aws.{0}@",
    "openstack_objectstorage_container_v1|provider = openstack.{0}",
    'google_storage_bucket|location = @"EU"@',
    "azurerm_storage_account|location = azurerm_resource_group.{0}.location\n resource_group_name = "
    'azurerm_resource_group.{0}.name\n account_replication_type = @"GRS"@',
)
"""Resources where much hangs by what isn't known, as type and what stands in the block."""


@st.composite
def undecided(draw: st.DrawFn) -> Repository:
    """A repository where some things aren't known from the first."""
    made = draw(repositories())
    name = made.name("u")

    def mark(match: re.Match[str]) -> str:
        if match.group(1) != "tag":
            return made.slot(match.group(1))
        made.tags.add(len(made.slots))
        return made.slot('"health"')

    def marked(text: str) -> str:
        return re.sub("@([^@]+)@", mark, text)

    made.add("", marked(UNDECIDED.format(name)))
    location = draw(st.sampled_from(["eastus", "westeurope"]))
    made.add(
        "",
        f'resource "azurerm_resource_group" "{name}" {{\n  location = {made.slot(chr(34) + location + chr(34))}\n}}',
    )
    for kind, body in (
        each.format(name).split("|")
        for each in draw(st.lists(st.sampled_from(HARD), max_size=4))
    ):
        declared = "{ data-classification = @tag@ }"
        tags = draw(st.sampled_from([declared, f"merge({declared}, var.undecided)"]))
        key = {"google": "labels", "openstack": "metadata"}.get(kind.split("_", 1)[0], "tags")
        made.add(
            "",
            marked(
                f'resource "{kind}" "{made.name("h")}" {{\n  {body}\n  {key} = {tags}\n}}'
            ),
        )
    return made


@cache
def policies() -> PolicySet:
    """The shipped policies that ask most."""
    return load((), "strict")


def placed(files: Mapping[str, str | bytes | None]) -> tuple[Placed, ...]:
    """What a repository declares, placed; every file must be readable."""
    reading = front_end.read(MemoryReader(dict(files)), ReadOptions(), catalog().hints())
    assert reading.failures == ()
    return resolve(reading.resources, catalog(), ClassRules(), (), DAY)[0]


Verdicts = dict[tuple[str, str, str], set[Verdict]]


def verdicts(files: Mapping[str, str | bytes | None]) -> Verdicts:
    """Verdicts by policy, address without the keys of instances, and role."""
    found: Verdicts = {}
    for finding in evaluate(
        placed(files), policies(), catalog().world(DAY), Request(as_of=DAY)
    ).findings:
        role = finding.placement.role if finding.placement else None
        key = (
            finding.policy,
            re.sub(r"\[[^]]*\]", "", finding.resource.address),
            role.value if isinstance(role, Known) else "",
        )
        found.setdefault(key, set()).add(finding.verdict)
    return found


@FAST
@given(repositories())
def test_what_was_planted_is_found(made: Repository) -> None:
    found = {each.resource.address: each for each in placed(made.files())}
    for address, (provider, region) in made.planted.items():
        (placement,) = found[address].placements
        assert isinstance(placement.provider, Known)
        assert isinstance(placement.region, Known)
        assert (placement.provider.value, placement.region.value) == (provider, region)
        assert [claim.data_class for claim in found[address].classes.claims] == ["health"]


@FAST
@given(repositories(), st.data())
def test_what_is_not_known_is_never_another_place(
    made: Repository, data: st.DataObject
) -> None:
    gone = data.draw(st.sets(st.sampled_from(range(len(made.slots))), min_size=1, max_size=3))
    found = {
        re.sub(r"\[[^]]*\]", "", each.resource.address): each
        for each in placed(made.files(gone))
    }
    aliases = {
        number
        for number in gone
        if "." in made.slots[number] and '"' not in made.slots[number]
    }
    assume(not aliases)  # with no provider block named, the provider is another question
    for address, (provider, region) in made.planted.items():
        every = found[re.sub(r"\[[^]]*\]", "", address)].placements
        for placement in (each for each in every if isinstance(each.sure, Known)):
            for fact, value in ((placement.provider, provider), (placement.region, region)):
                among = possible(fact)
                assert among is None or value in among


def possible(fact: Fact[str]) -> list[str] | None:
    """What a fact may be; ``None``: anything."""
    if isinstance(fact, Known):
        return [fact.value]
    return [str(each.value) for each in fact.among] if fact.among else None


def ways() -> list[str]:
    """The names of all ways in which ``threaded`` passes a value along."""
    asked: list[Sequence[str]] = []

    def first(options: Sequence[str]) -> str:
        asked.append(options)
        return options[0]

    threaded(Repository(first), "", "eu-west-3", 1)
    return list(asked[0])


@pytest.mark.parametrize("way", ways())
def test_each_way_loses_the_place_rather_than_find_another(way: str) -> None:
    made = Repository(lambda options: way if way in options else options[0])
    made.add("", 'terraform {\n  backend "local" {}\n}')
    value = threaded(made, "", "eu-west-3", 2)
    made.add("", f'resource "aws_sqs_queue" "q" {{\n  region = {value}\n}}')
    for gone in ((), *((number,) for number in range(len(made.slots)))):
        found = {each.resource.address: each for each in placed(made.files(gone))}
        (placement,) = found["aws_sqs_queue.q"].placements
        regions = possible(placement.region)
        assert (
            regions == ["eu-west-3"]
            if not gone
            else regions is None or "eu-west-3" in regions
        )


def worse(before: Verdicts, after: Verdicts, tags: bool) -> None:
    """Assert that nothing got better, and nothing went away; where a tag is gone, its resource is still spoken of."""
    spoken = {address for policy, address, _ in after if policy == DATA_CLASS_KNOWN}
    for key, old in before.items():
        if key in after:
            assert after[key] <= old | {Verdict.UNPROVEN}, key
        elif (*key[:2], "") in after:  # not even the role is known any more
            assert after[(*key[:2], "")] == {Verdict.UNPROVEN}, key
        else:
            assert tags, key
            assert key[1] in spoken, key
    for key in after.keys() - before.keys():
        assert Verdict.COMPLIANT not in after[key], key


@FAST
@given(undecided(), st.data())
def test_what_is_not_known_makes_no_verdict_better(
    made: Repository, data: st.DataObject
) -> None:
    gone = data.draw(st.sets(st.sampled_from(range(len(made.slots))), min_size=1, max_size=3))
    worse(verdicts(made.files()), verdicts(made.files(gone)), bool(gone & made.tags))


@settings(FAST, max_examples=15)
@given(undecided())
def test_no_single_literal_makes_a_verdict_better_by_its_absence(made: Repository) -> None:
    before = verdicts(made.files())
    for number in range(min(len(made.slots), 12)):
        worse(before, verdicts(made.files({number})), number in made.tags)


@FAST
@given(undecided(), st.data())
def test_names_of_files_and_order_change_no_verdict(
    made: Repository, data: st.DataObject
) -> None:
    files: dict[str, str | bytes | None] = {}
    for folder, blocks in made.shown().items():
        shuffled = data.draw(st.permutations(blocks))
        cut = data.draw(st.integers(0, len(shuffled)))
        for name, part in (
            ("z", shuffled[:cut]),
            (data.draw(st.sampled_from(["a", "main", "Z"])), shuffled[cut:]),
        ):
            files[f"{folder}/{name}.tf".lstrip("/")] = "\n".join(part)
    assert verdicts(files) == verdicts(made.files())


@FAST
@given(undecided(), st.randoms(use_true_random=False))
def test_where_modules_lie_changes_no_verdict(made: Repository, random: object) -> None:
    """Module folders get other names, in another order."""
    names = sorted({part for folder in made.blocks for part in folder.split("/") if part})
    order = list(names)
    random.shuffle(order)  # type: ignore[attr-defined]
    renamed = {name: f"d{order.index(name):03}" for name in names}
    files: dict[str, str | bytes | None] = {}
    for path, text in made.files().items():
        assert isinstance(text, str)
        moved = "/".join(renamed.get(part, part) for part in path.split("/"))
        files[moved] = re.sub(
            r'source = "\./(\w+)"',
            lambda match: f'source = "./{renamed[match.group(1)]}"',
            text,
        )
    assert verdicts(files) == verdicts(made.files())


GIVEN = {
    "terraform.tfvars": 'r = "{0}"\n',
    "some.auto.tfvars": 'r = "{0}"\n',
    "terraform.tfvars.json": '{{"r": "{0}"}}',
    "prod.tf": 'module "m" {{\n  source = "./m"\n  r = "{0}"\n}}\n',
}


@pytest.mark.parametrize("path", GIVEN)
@pytest.mark.parametrize("region", ["eu-west-3", "us-east-1"])
@pytest.mark.parametrize(
    "use",
    [
        "var.r",
        '{ a = var.r }["a"]',
        'try(var.r, "eu-west-3")',
        "data.aws_region.here.name",
        "local.r",
    ],
)
def test_a_value_that_is_not_given_makes_no_verdict_better(
    path: str, region: str, use: str
) -> None:
    """Values of files and inputs of modules, by themselves and by way of the provider block and a data source."""
    text = f"""
    variable "r" {{
    }}
    locals {{
      r = var.r
    }}
    provider "aws" {{
      region = var.r
    }}
    data "aws_region" "here" {{
    }}
    resource "aws_s3_bucket" "b" {{
      region = {use}
      tags   = {{ data-classification = "health" }}
    }}
    """
    root = 'terraform {\n  backend "local" {}\n}\n'
    inside = path == "prod.tf"
    here: dict[str, str | bytes | None] = {
        "m/main.tf" if inside else "main.tf": text if inside else root + text
    }
    if inside:
        here["main.tf"] = root
    given_here = {**here, path: GIVEN[path].format(region)}
    without = {
        **here,
        path: GIVEN[path].replace('"{0}"', "var.unset").format() + 'variable "unset" {}\n',
    }
    worse(verdicts(given_here), verdicts(without if inside else here), tags=False)
    (before,) = (
        each
        for key, each in verdicts(given_here).items()
        if key[0] == "health-data-in-eea" and key[2]
    )
    assert before == {Verdict.COMPLIANT if region.startswith("eu") else Verdict.VIOLATION}


# --- what validation proves

EEA = ("eu-west-3", "eu-central-1", "eu-west-1", "eu-north-1", "eu-south-1")
BEYOND = ("us-east-1", "eu-west-2", "eu-central-2", "ap-south-1")


def validated(regions: Sequence[str], form: str) -> Verdict:
    """The verdict on a bucket whose region is a variable without a value that validation restricts."""
    listed = ", ".join(f'"{region}"' for region in regions)
    either = " || ".join(f'var.r == "{region}"' for region in regions)
    condition = {
        "contains": f"contains([{listed}], var.r)",
        "local": "contains(local.allowed, var.r)",
        "either": either,
        "both": f'contains([{listed}], var.r) && var.r != ""',
        "twice": f'contains([{listed}, "us-west-2"], var.r)',
    }[form]
    second = (
        f'validation {{\n    condition = contains([{listed}, "ca-west-1"], var.r)\n  }}'
        if form == "twice"
        else ""
    )
    text = f"""
    locals {{
      allowed = [{listed}]
    }}
    variable "r" {{
      validation {{
        condition = {condition}
      }}
      {second}
    }}
    provider "aws" {{
      region = var.r
    }}
    resource "aws_s3_bucket" "b" {{
      tags = {{ data-classification = "health" }}
    }}
    """
    (found,) = verdicts({"main.tf": text})[
        ("health-data-in-eea", "aws_s3_bucket.b", "at-rest")
    ]
    return found


FORMS = st.sampled_from(["contains", "local", "either", "both", "twice"])


@FAST
@given(st.lists(st.sampled_from(EEA), min_size=1, unique=True), FORMS)
def test_validation_by_regions_of_the_eea_proves_the_area(
    regions: list[str], form: str
) -> None:
    assert validated(regions, form) is Verdict.COMPLIANT


@FAST
@given(
    st.lists(st.sampled_from(EEA), min_size=1, unique=True),
    st.sampled_from(BEYOND),
    st.integers(0, len(EEA)),
    FORMS,
)
def test_one_region_outside_proves_nothing(
    regions: list[str], other: str, position: int, form: str
) -> None:
    allowed = [*regions[:position], other, *regions[position:]]
    assert validated(allowed, form) is Verdict.UNPROVEN


@FAST
@given(st.lists(st.sampled_from(BEYOND), min_size=1, unique=True), FORMS)
def test_only_regions_outside_prove_the_violation(regions: list[str], form: str) -> None:
    assert validated(regions, form) is Verdict.VIOLATION
