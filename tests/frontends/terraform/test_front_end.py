"""Whole repositories: roots and libraries, values, modules, providers, counts, tags, state, broken input."""

from __future__ import annotations

import pytest

from sovlint.model.inputs import ReadOptions, RootOption
from sovlint.model.resources.resource import Resource
from sovlint.model.value import Known, Reason, Unknown
from tests.frontends.terraform.house import read, resources

BUCKET = 'resource "cloud_bucket" "b" {\n  region = %s\n}\n'


def region(resource: Resource) -> object:
    """The region as written: its value, or the reason why it isn't known."""
    found = resource.attributes.read("region")
    value = found[0].value
    return value.value if isinstance(value, Known) else value.reason


def setting(resource: Resource, name: str) -> object:
    """A setting of the provider block that a resource uses; ``None`` where there is none."""
    assert resource.binding is not None
    found = resource.binding.settings.read(name)
    if not found:
        return None
    value = found[0].value
    return value.value if isinstance(value, Known) else value.reason


# --- values of variables


def test_values_files_win_in_terraforms_order() -> None:
    files: dict[str, str | bytes | None] = {
        "main.tf": 'variable "r" {\n  default = "default"\n}\n' + BUCKET % "var.r",
    }
    assert region(resources(files)["cloud_bucket.b"]) == "default"
    files["terraform.tfvars"] = 'r = "tfvars"'
    assert region(resources(files)["cloud_bucket.b"]) == "tfvars"
    files["terraform.tfvars.json"] = '{"r": "json"}'
    assert region(resources(files)["cloud_bucket.b"]) == "json"
    files["a.auto.tfvars"] = 'r = "auto a"'
    assert region(resources(files)["cloud_bucket.b"]) == "auto a"
    files["b.auto.tfvars"] = 'r = "auto b"'
    assert region(resources(files)["cloud_bucket.b"]) == "auto b"
    files["named.tfvars"] = 'r = "named"'
    named = ReadOptions(variable_files=("named.tfvars",))
    assert region(resources(files, named)["cloud_bucket.b"]) == "named"
    both = ReadOptions(variable_files=("named.tfvars",), variables={"r": "option"})
    assert region(resources(files, both)["cloud_bucket.b"]) == "option"


def test_options_are_text_or_expressions_by_type() -> None:
    module = 'variable "s" {}\nvariable "l" { type = list(string) }\nvariable "n" { type = number }\n'
    files: dict[str, str | bytes | None] = {
        "main.tf": module + BUCKET % '"${var.s}-${var.l[0]}-${var.n + 1}"',
    }
    options = ReadOptions(variables={"s": "[x]", "l": '["a"]', "n": "1"})
    assert region(resources(files, options)["cloud_bucket.b"]) == "[x]-a-2"


@pytest.mark.parametrize(
    ("condition", "allowed"),
    [
        ('contains(["a", "b"], var.r)', ["a", "b"]),
        ('var.r == "a" || "b" == var.r', ["a", "b"]),
        ('contains(["a", "b"], var.r) && length(var.r) > 0', ["a", "b"]),
        ('contains(["a", "b", "c"], var.r) && contains(["b", "c"], var.r)', ["b", "c"]),
        ("length(var.r) > 0", None),
        ('var.r == "a" || length(var.r) > 3', None),
        ('var.r != "a"', None),
        ('contains(["a", var.q], var.r)', None),
    ],
)
def test_validation_proves_what_a_variable_may_be(
    condition: str, allowed: list[str] | None
) -> None:
    module = f'variable "q" {{}}\nvariable "r" {{\n  validation {{\n    condition = {condition}\n  }}\n}}\n'
    found = (
        resources({"main.tf": module + BUCKET % "var.r"})["cloud_bucket.b"]
        .attributes.read("region")[0]
        .value
    )
    assert isinstance(found, Unknown)
    members = None if found.among is None else [member.value for member in found.among]
    assert members == allowed


def test_one_allowed_value_is_known() -> None:
    module = 'variable "r" {\n  validation {\n    condition = var.r == "a"\n  }\n}\n'
    assert region(resources({"main.tf": module + BUCKET % "var.r"})["cloud_bucket.b"]) == "a"


def test_types_convert_and_fill_in_optional_attributes() -> None:
    module = """
    variable "o" {
      type = object({ region = optional(string, "north"), n = optional(number) })
      default = {}
    }
    """
    assert (
        region(resources({"main.tf": module + BUCKET % "var.o.region"})["cloud_bucket.b"])
        == "north"
    )
    assert (
        region(
            resources({"main.tf": module + BUCKET % 'coalesce(var.o.n, "x")'})[
                "cloud_bucket.b"
            ]
        )
        == "x"
    )


def test_a_value_for_a_variable_that_nothing_declares_is_said() -> None:
    found = read(
        {"main.tf": 'variable "region" {}\n'},
        ReadOptions(variables={"regoin": "x", "region": "y"}),
    )
    assert [remark.note.params for remark in found.remarks] == [{"name": "regoin"}]


# --- roots and libraries


def test_a_called_folder_is_no_root_and_an_uncalled_one_is() -> None:
    files: dict[str, str | bytes | None] = {
        "env/main.tf": 'module "m" {\n  source = "../mod"\n  r = "north"\n}\nprovider "cloud" {}\n',
        "mod/main.tf": 'variable "r" {}\n' + BUCKET % "var.r",
        "lib/main.tf": 'variable "r" {}\n' + BUCKET % "var.r",
    }
    found = resources(files)
    assert sorted(found) == ["env:module.m.cloud_bucket.b", "lib:cloud_bucket.b"]
    assert region(found["env:module.m.cloud_bucket.b"]) == "north"
    assert not found["env:module.m.cloud_bucket.b"].library
    assert found["lib:cloud_bucket.b"].library
    assert region(found["lib:cloud_bucket.b"]) is Reason.CALLER_NOT_IN_REPO


@pytest.mark.parametrize(
    "extra",
    [
        {"lib/p.tf": 'provider "cloud" {}'},
        {"lib/p.tf": 'terraform {\n  backend "s3" {}\n}'},
        {"lib/p.tf": "terraform {\n  cloud {}\n}"},
        {"lib/terraform.tfvars": ""},
    ],
)
def test_what_makes_an_uncalled_folder_a_root(extra: dict[str, str | bytes | None]) -> None:
    files: dict[str, str | bytes | None] = {
        "lib/main.tf": 'variable "r" {}\n' + BUCKET % "var.r",
        **extra,
    }
    found = resources(files)["lib:cloud_bucket.b"]
    assert not found.library
    assert region(found) is Reason.UNSET_VARIABLE


def test_a_called_folder_with_a_backend_is_a_root_too() -> None:
    files: dict[str, str | bytes | None] = {
        "a/main.tf": 'module "m" {\n  source = "../b"\n}\n',
        "b/main.tf": 'terraform {\n  backend "s3" {}\n}\n' + BUCKET % '"x"',
    }
    assert sorted(resources(files)) == [
        "a:module.m.cloud_bucket.b",
        "b:cloud_bucket.b",
        "b:terraform.backend",
    ]


def test_folders_that_only_call_each_other_start_at_the_first() -> None:
    files: dict[str, str | bytes | None] = {
        "a/main.tf": 'module "m" {\n  source = "../b"\n}\n' + BUCKET % '"x"',
        "b/main.tf": 'module "m" {\n  source = "../a"\n}\n',
    }
    found = read(files)
    assert {resource.root for resource in found.resources} == {"a"}
    assert len(found.resources) < 100


def test_variants_are_read_each_and_others_are_named_not_guessed() -> None:
    files: dict[str, str | bytes | None] = {
        "main.tf": 'variable "r" {}\n' + BUCKET % "var.r",
        "env/prod.tfvars": 'r = "north"',
        "env/test.tfvars": 'r = "south"',
        "left.tfvars": 'r = "west"',
    }
    options = ReadOptions(roots=(RootOption(lambda folder: folder == "", ("env/*.tfvars",)),))
    found = read(files, options)
    assert {(r.variant, region(r)) for r in found.resources} == {
        ("env/prod.tfvars", "north"),
        ("env/test.tfvars", "south"),
    }
    assert [remark.note.params["files"] for remark in found.remarks] == [("left.tfvars",)]


# --- modules and providers


def test_providers_are_passed_inherited_and_aliased() -> None:
    files: dict[str, str | bytes | None] = {
        "main.tf": """
        provider "cloud" {
          region = "north"
        }
        provider "cloud" {
          alias  = "dr"
          region = "south"
        }
        resource "cloud_bucket" "default" {}
        resource "cloud_bucket" "dr" {
          provider = cloud.dr
        }
        module "inherits" {
          source = "./m"
        }
        module "passed" {
          source    = "./m"
          providers = { cloud = cloud.dr }
        }
        module "renamed" {
          source    = "./renamed"
          providers = { nimbus = cloud.dr }
        }
        """,
        "m/main.tf": 'resource "cloud_bucket" "b" {}\n',
        "renamed/main.tf": """
        terraform {
          required_providers {
            nimbus = { source = "acme/cloud", configuration_aliases = [nimbus] }
          }
        }
        resource "cloud_bucket" "b" {
          provider = nimbus
        }
        """,
    }
    found = {
        address: setting(resource, "region") for address, resource in resources(files).items()
    }
    assert found == {
        "cloud_bucket.default": "north",
        "cloud_bucket.dr": "south",
        "module.inherits.cloud_bucket.b": "north",
        "module.passed.cloud_bucket.b": "south",
        "module.renamed.cloud_bucket.b": "south",
    }
    assert {r.binding.plugin for r in resources(files).values() if r.binding} == {
        "acme/cloud"
    }


def test_local_names_mean_what_required_providers_says() -> None:
    files: dict[str, str | bytes | None] = {
        "main.tf": """
        terraform {
          required_providers {
            cloud = { source = "registry.terraform.io/Elsewhere/Cloud" }
            legacy = "~> 1.0"
          }
        }
        resource "cloud_bucket" "b" {}
        resource "legacy_thing" "b" {}
        resource "unheard_thing" "b" {}
        """
    }
    plugins = {
        address: r.binding.plugin for address, r in resources(files).items() if r.binding
    }
    assert plugins == {
        "cloud_bucket.b": "elsewhere/cloud",
        "legacy_thing.b": "hashicorp/legacy",
        "unheard_thing.b": "hashicorp/unheard",
    }


def test_outputs_and_inputs_thread_through_modules() -> None:
    files: dict[str, str | bytes | None] = {
        "main.tf": """
        provider "cloud" {}
        module "a" {
          source = "./a"
        }
        module "b" {
          source   = "./b"
          for_each = { x = module.a.region }
          region   = each.value
        }
        """,
        "a/main.tf": 'output "region" {\n  value = "north"\n}\n',
        "b/main.tf": 'variable "region" {}\n' + BUCKET % "var.region",
    }
    found = resources(files)['module.b["x"].cloud_bucket.b']
    assert region(found) == "north"
    assert [where.span().path for where in found.chain] == ["main.tf"]


def test_a_module_that_is_not_there_stands_for_what_it_may_hold() -> None:
    files: dict[str, str | bytes | None] = {
        "main.tf": """
        provider "cloud" {}
        module "far" {
          source = "terraform-aws-modules/rds/aws"
          tags   = { data_class = "health" }
        }
        resource "cloud_bucket" "b" {
          region = module.far.region
        }
        """
    }
    found = resources(files)
    assert found["module.far"].unreadable is not None
    assert (
        found["module.far"].unreadable.text()
        == "remote-module: terraform-aws-modules/rds/aws"
    )
    assert region(found["cloud_bucket.b"]) is Reason.REMOTE_MODULE
    assert found["module.far"].labels


def test_a_call_out_of_the_repository_is_not_followed() -> None:
    found = resources({"main.tf": 'module "m" {\n  source = "../../elsewhere"\n}\n'})
    assert found["module.m"].unreadable is not None


# --- count, for_each, dynamic blocks


@pytest.mark.parametrize(
    ("meta", "expected"),
    [
        ("count = 0", {}),
        ("count = 2", {"[0]": True, "[1]": True}),
        ("count = var.dr ? 1 : 0", {"[0]": None}),
        ("count = var.dr ? 3 : 1", {"[0]": True, "[1]": None, "[2]": None}),
        ("count = var.n", {"[*]": None}),
        ("for_each = {}", {}),
        ('for_each = { a = 1, "b.c" = 2 }', {'["a"]': True, '["b.c"]': True}),
        ('for_each = toset(["x"])', {'["x"]': True}),
        ("for_each = var.m", {'["*"]': None}),
        ("for_each = merge({ a = 1 }, var.m)", {'["a"]': True, '["*"]': None}),
        ("for_each = toset([var.m])", {'["*"]': True}),
        ("for_each = var.dr ? { a = 1, b = 2 } : { a = 1 }", {'["a"]': True, '["b"]': None}),
    ],
)
def test_instances_and_whether_they_exist(
    meta: str, expected: dict[str, bool | None]
) -> None:
    module = 'provider "cloud" {}\nvariable "dr" {}\nvariable "n" {}\nvariable "m" {}\n'
    found = resources({"main.tf": module + f'resource "cloud_bucket" "b" {{\n  {meta}\n}}\n'})
    exists = {
        a.removeprefix("cloud_bucket.b"): r.exists.value
        if isinstance(r.exists, Known)
        else None
        for a, r in found.items()
    }
    assert exists == expected


def test_millions_of_instances_are_one_with_an_unknown_key() -> None:
    found = resources(
        {
            "main.tf": 'provider "cloud" {}\nresource "cloud_bucket" "b" {\n  count = 5000000\n}\n'
        }
    )
    assert list(found) == ["cloud_bucket.b[*]"]


def test_existence_of_a_module_is_that_of_all_in_it() -> None:
    files: dict[str, str | bytes | None] = {
        "p.tf": 'provider "cloud" {}\nvariable "dr" {}\n',
        "main.tf": 'module "m" {\n  source = "./m"\n  count = var.dr ? 1 : 0\n}\n',
        "m/main.tf": BUCKET % '"x"',
    }
    assert isinstance(resources(files)["module.m[0].cloud_bucket.b"].exists, Unknown)


def test_nested_and_dynamic_blocks_are_read_by_path() -> None:
    files: dict[str, str | bytes | None] = {
        "main.tf": """
        variable "more" {}
        provider "cloud" {}
        resource "cloud_table" "t" {
          replica { region = "a" }
          dynamic "replica" {
            for_each = toset(["b", "c"])
            content { region = replica.value }
          }
          dynamic "replica" {
            for_each = var.more
            iterator = it
            content { region = it.value }
          }
          settings { ip { zone = "z" } }
        }
        """
    }
    attributes = resources(files)["cloud_table.t"].attributes
    found = [
        (f.value.value if isinstance(f.value, Known) else None, f.sure)
        for f in attributes.read("replica.*.region")
    ]
    assert found == [("a", True), ("b", True), ("c", True), (None, False)]
    assert [
        f.value.value
        for f in attributes.read("settings.ip.zone")
        if isinstance(f.value, Known)
    ] == ["z"]
    assert attributes.read("nothing.here") == ()


# --- tags


def labels(files: dict[str, str | bytes | None], address: str) -> list[dict[str, object]]:
    """The labels of a resource, nearest first: plain values, ``?`` for what isn't known."""
    found = []
    for each in resources(files)[address].labels:
        entries = (
            each.entries.value if isinstance(each.entries, Known) else each.entries.entries
        )
        assert isinstance(entries, dict)
        found.append(
            {
                key: value.value if isinstance(value, Known) else "?"
                for key, value in entries.items()
            }
        )
    return found


def test_tags_in_all_their_forms() -> None:
    module = 'provider "cloud" {\n  default_tags {\n    tags = { data_class = "contact" }\n  }\n}\nvariable "v" {}\n'
    forms = {
        "map": "tags = { data_class = var.v, a = 1 }",
        "list": 'tags = ["data_class=health", "env:prod", "plain"]',
        "blocks": 'tag {\n key = "data_class"\n value = "health"\n }\n tag {\n key = "b"\n value = "c"\n }',
        "null": "tags = null",
    }
    files: dict[str, str | bytes | None] = {
        "main.tf": module
        + "".join(
            f'resource "cloud_bucket" "{name}" {{\n  {form}\n}}\n'
            for name, form in forms.items()
        )
    }
    default: dict[str, object] = {"data_class": "contact"}
    assert labels(files, "cloud_bucket.map") == [{"data_class": "?", "a": 1}, default]
    assert labels(files, "cloud_bucket.list") == [
        {"data_class": "health", "env": "prod"},
        default,
    ]
    assert labels(files, "cloud_bucket.blocks") == [
        {"data_class": "health", "b": "c"},
        default,
    ]
    assert labels(files, "cloud_bucket.null") == [default]


@pytest.mark.parametrize(
    "form",
    [
        'tags = { data_class = "health" }',
        'labels = { data_class = "health" }',
        'labels {\n label = "data_class"\n value = "health"\n }',
        'labels {\n name = "data_class"\n value = "health"\n }',
    ],
)
def test_tags_under_a_plug_in_of_which_nobody_described_any(form: str) -> None:
    text = f'provider "bare" {{\n host = "a"\n}}\nresource "bare_box" "a" {{\n  {form}\n}}\n'
    assert labels({"main.tf": text}, "bare_box.a") == [{"data_class": "health"}]


def test_a_map_with_a_name_and_a_value_is_tags() -> None:
    tags = 'tags = { name = "a", value = "b", data_class = "health" }'
    found = labels(
        {"main.tf": f'resource "cloud_bucket" "a" {{\n  {tags}\n}}\n'}, "cloud_bucket.a"
    )
    assert found == [{"name": "a", "value": "b", "data_class": "health"}]


# --- state, files, broken input


def test_state_is_a_resource() -> None:
    found = resources(
        {"main.tf": 'terraform {\n  backend "s3" {\n    region = "eu-west-3"\n  }\n}\n'}
    )["terraform.backend"]
    assert found.binding is not None
    assert (found.binding.plugin, found.role, region(found)) == (
        "backend/s3",
        "state",
        "eu-west-3",
    )
    cloud = resources({"main.tf": "terraform {\n  cloud {}\n}\n"})["terraform.cloud"]
    assert cloud.binding is not None
    assert cloud.binding.plugin == "backend/cloud"


def test_overrides_are_merged_last() -> None:
    files: dict[str, str | bytes | None] = {
        "main.tf": 'provider "cloud" {}\n'
        + 'resource "cloud_bucket" "b" {\n  region = "a"\n  replica { region = "x" }\n}\n',
        "a_override.tf": 'resource "cloud_bucket" "b" {\n  region = "b"\n}\n',
        "override.tf": 'resource "cloud_bucket" "b" {\n  replica { region = "y" }\n}\n',
    }
    found = resources(files)["cloud_bucket.b"]
    assert region(found) == "b"
    assert [
        f.value.value
        for f in found.attributes.read("replica.*.region")
        if isinstance(f.value, Known)
    ] == ["y"]


def test_an_override_replaces_nested_blocks_of_a_kind_dynamic_or_not() -> None:
    def block(kind: str, place: str) -> str:
        return f'  dynamic "{kind}" {{\n    for_each = ["{place}"]\n    content {{ region = {kind}.value }}\n  }}\n'

    files: dict[str, str | bytes | None] = {
        "main.tf": 'provider "cloud" {}\nresource "cloud_bucket" "b" {\n'
        + block("replica", "a")
        + block("copy", "b")
        + '  log { region = "c" }\n}\n',
        "override.tf": 'resource "cloud_bucket" "b" {\n  replica { region = "d" }\n'
        + block("log", "e")
        + "}\n",
    }
    found = resources(files)["cloud_bucket.b"]
    kinds = {
        kind: found.attributes.read(f"{kind}.*.region") for kind in ("replica", "copy", "log")
    }
    known = {
        kind: [each.value.value for each in read if isinstance(each.value, Known)]
        for kind, read in kinds.items()
    }
    assert known == {"replica": ["d"], "copy": ["b"], "log": ["e"]}


def test_tofu_files_win_over_tf_files_of_the_same_name() -> None:
    files: dict[str, str | bytes | None] = {
        "main.tf": BUCKET % '"tf"',
        "main.tofu": BUCKET % '"tofu"',
        "other.tf": 'provider "cloud" {}',
    }
    assert region(resources(files)["cloud_bucket.b"]) == "tofu"


JSON = """
{
  "//": "a comment",
  "terraform": {"backend": {"s3": {"region": "eu-west-3"}}, "required_providers": {"cloud": {"source": "acme/cloud"}}},
  "provider": {"cloud": [{"region": "north"}, {"alias": "dr", "region": "south"}]},
  "variable": {"r": {"type": "string", "validation": {"condition": "${contains([\\"a\\", \\"b\\"], var.r)}"}},
               "d": {"default": "${not a template}"}},
  "locals": {"name": "x-${var.d}", "n": [1, {"a": "${1 + 1}"}]},
  "resource": {
    "cloud_bucket": {
      "b": {"provider": "cloud.dr", "region": "${var.r}", "bucket": "${local.name}", "tags": {"data_class": "health"},
            "count": "${local.n[1].a}"},
      "c": {"replica": [{"region": "p"}, {"region": "q"}]}
    }
  },
  "module": {"m": {"source": "./m", "providers": {"cloud": "cloud.dr"}}}
}
"""


def test_json_syntax_reads_like_hcl() -> None:
    found = resources({"main.tf.json": JSON, "m/main.tf": BUCKET % '"x"'})
    assert sorted(found) == [
        "cloud_bucket.b[0]", "cloud_bucket.b[1]", "cloud_bucket.c", "module.m.cloud_bucket.b", "terraform.backend",
    ]  # fmt: skip
    b = found["cloud_bucket.b[0]"]
    region_of_b = b.attributes.read("region")[0].value
    assert isinstance(region_of_b, Unknown)
    assert [member.value for member in region_of_b.among or ()] == ["a", "b"]
    assert setting(b, "region") == "south"
    assert [
        f.value.value for f in b.attributes.read("bucket") if isinstance(f.value, Known)
    ] == ["x-${not a template}"]
    assert len(b.labels) == 1
    replicas = found["cloud_bucket.c"].attributes.read("replica.*.region")
    assert [f.value.value for f in replicas if isinstance(f.value, Known)] == ["p", "q"]
    assert setting(found["module.m.cloud_bucket.b"], "region") == "south"
    assert region(found["terraform.backend"]) == "eu-west-3"
    assert b.where.span().line == 10


def test_json_overrides_hcl_and_broken_json_is_a_failure() -> None:
    files: dict[str, str | bytes | None] = {
        "main.tf": 'provider "cloud" {}\n' + BUCKET % '"a"',
        "override.tf.json": '{"resource": {"cloud_bucket": {"b": {"region": "b"}}}}',
        "broken.tf.json": '{"resource": \n  [}',
        "list.tf.json": '"x"',
    }
    assert region(resources(files)["cloud_bucket.b"]) == "b"
    failures = {failure.path: failure.line for failure in read(files).failures}
    assert failures == {"broken.tf.json": 2, "list.tf.json": 1}


BROKEN = (
    'provider "cloud" {}\nlocals {\n  x =\n}\n\n'
    + BUCKET % '"a"'
    + 'variable "v" {\n  default = }\n'
)


def test_a_broken_file_is_reported_where_it_breaks_and_the_rest_is_read() -> None:
    found = read(
        {"main.tf": BROKEN, "fine.tf": BUCKET.replace('"b"', '"c"') % '"c"', "gone.tf": None}
    )
    assert {r.address: region(r) for r in found.resources} == {
        "cloud_bucket.b": "a",
        "cloud_bucket.c": "c",
    }
    places = [(f.path, f.line) for f in found.failures]
    assert ("gone.tf", None) in places
    assert [place for place in places if place[0] == "main.tf"] == [
        ("main.tf", 3),
        ("main.tf", 10),
    ]


@pytest.mark.parametrize(
    "text",
    [
        b"\xef\xbb\xbf",
        b"",
        b"\r\n",
        b"}}}}{{{{",
        b"\x01\x02",
        b'a = "' + b"x" * 100_000,
        b"[" * 3000,
    ],
)
def test_odd_input_is_survived(text: bytes) -> None:
    block = b'\r\nresource "cloud_bucket" "b" {\r\n  region = "x"\r\n}\r\n'
    found = read({"main.tf": text + block})
    assert [(each.address, region(each)) for each in found.resources] == [
        ("cloud_bucket.b", "x")
    ]
    assert read({"main.tf": text}).resources == ()


def test_values_given_for_what_nothing_declares_are_told() -> None:
    files: dict[str, str | bytes | None] = {
        "main.tf": 'variable "region" {}\n',
        "given.tfvars": 'region = "a"\nregoin = "b"\n',
        "beside.tfvars": "whatever = 1\n",
    }
    found = read(
        files, ReadOptions(variables={"zone": "c"}, variable_files=("given.tfvars",))
    )
    told = [(remark.note.params["name"], remark.path, remark.line) for remark in found.remarks if remark.note.key == (
        "terraform.variable-undeclared"
    )]  # fmt: skip
    assert told == [("zone", None, None), ("regoin", "given.tfvars", 2)]


def test_crlf_changes_nothing() -> None:
    text = ('provider "cloud" {}\n' + BUCKET % '"x"').replace("\n", "\r\n")
    assert region(resources({"main.tf": text.encode()})["cloud_bucket.b"]) == "x"


def test_a_value_leads_back_to_where_it_was_set() -> None:
    module = (
        'provider "cloud" {}\nvariable "r" {\n  default = "north"\n}\nlocals {\n  r = var.r\n}\n'
        + BUCKET % "local.r"
    )
    value = (
        resources({"main.tf": module})["cloud_bucket.b"].attributes.read("region")[0].value
    )
    step, lines = value.because, []
    while step is not None:
        assert step.where is not None
        lines.append((step.where.span().line, step.note.key))
        step = step.parents[0] if step.parents else None
    assert lines == [(6, "terraform.local"), (3, "terraform.variable-default")]


def test_an_instance_of_one_of_several_collections_has_one_of_their_values() -> None:
    module = 'provider "cloud" {}\nvariable "x" {}\n'
    either_one = 'for_each = var.x ? { a = { r = "n" } } : { a = { r = "s" } }\n  region = each.value.r'
    found = resources(
        {"main.tf": module + f'resource "cloud_bucket" "b" {{\n  {either_one}\n}}\n'}
    )
    value = found['cloud_bucket.b["a"]'].attributes.read("region")[0].value
    assert isinstance(value, Unknown)
    assert [member.value for member in value.among or ()] == ["n", "s"]
    assert isinstance(found['cloud_bucket.b["a"]'].exists, Known)


def test_a_null_from_a_values_file_falls_back_where_null_is_refused() -> None:
    module = (
        'provider "cloud" {}\nvariable "r" {\n  default  = "north"\n  nullable = false\n}\n'
        + BUCKET % "var.r"
    )
    assert (
        region(
            resources({"main.tf": module, "terraform.tfvars": "r = null"})["cloud_bucket.b"]
        )
        == "north"
    )


def test_a_data_source_that_names_its_region_does_not_repeat_the_providers() -> None:
    module = 'provider "cloud" {\n  region = "north"\n}\ndata "cloud_region" "d" {\n  region = "south"\n}\n'
    assert (
        region(
            resources({"main.tf": module + BUCKET % "data.cloud_region.d.name"})[
                "cloud_bucket.b"
            ]
        )
        == "south"
    )


def test_a_modules_validation_narrows_what_its_caller_does_not_know() -> None:
    files: dict[str, str | bytes | None] = {
        "main.tf": 'provider "cloud" {}\nvariable "r" {}\nmodule "m" {\n  source = "./m"\n  r = var.r\n}\n',
        "m/main.tf": 'variable "r" {\n  validation {\n    condition = contains(["a", "b"], var.r)\n  }\n}\n'
        + BUCKET % "var.r",
    }
    value = resources(files)["module.m.cloud_bucket.b"].attributes.read("region")[0].value
    assert isinstance(value, Unknown)
    assert [member.value for member in value.among or ()] == ["a", "b"]


def test_dynamic_blocks_over_a_set_have_its_elements_as_keys() -> None:
    module = 'provider "cloud" {}\nresource "cloud_bucket" "b" {\n  dynamic "replica" {\n    for_each = toset(["s"])\n'
    module += "    content { region = replica.key }\n  }\n}\n"
    found = resources({"main.tf": module})["cloud_bucket.b"].attributes.read(
        "replica.*.region"
    )
    assert [f.value.value for f in found if isinstance(f.value, Known)] == ["s"]


def test_instances_of_a_module_are_reached_by_key() -> None:
    files: dict[str, str | bytes | None] = {
        "main.tf": 'provider "cloud" {}\nmodule "m" {\n  source = "./m"\n'
        '  for_each = { a = "n", b = "s" }\n  r = each.value\n}\n'
        + BUCKET
        % 'module.m["b"].out',
        "m/main.tf": 'variable "r" {}\noutput "out" {\n  value = var.r\n}\n',
    }
    assert region(resources(files)["cloud_bucket.b"]) == "s"


@pytest.mark.parametrize("lost", ["r = \n", None])
def test_a_values_file_that_is_lost_may_have_set_any_variable(
    lost: str | bytes | None,
) -> None:
    module = (
        'provider "cloud" {}\nvariable "r" {\n  default = "north"\n}\n' + BUCKET % "var.r"
    )
    found = read({"main.tf": module, "terraform.tfvars": lost})
    assert found.failures
    assert region(found.resources[0]) is Reason.UNSUPPORTED_EXPRESSION


@pytest.mark.parametrize("number", ["1e3", "1e9", "1.5E+2", "1e-2"])
def test_numbers_with_exponents_take_nothing_along(number: str) -> None:
    module = f'provider "cloud" {{}}\nresource "cloud_bucket" "b" {{\n  size = {number}\n  region = "north"\n}}\n'
    found = read({"main.tf": module})
    assert found.failures == ()
    assert region(found.resources[0]) == "north"
    size = found.resources[0].attributes.read("size")[0].value
    assert isinstance(size, Known)
    assert size.value == float(number)


def test_a_child_inherits_by_plug_in_whatever_the_name() -> None:
    files: dict[str, str | bytes | None] = {
        "main.tf": 'provider "cloud" {\n  region = "north"\n}\nmodule "m" {\n  source = "./m"\n}\n',
        "m/main.tf": "terraform {\n  required_providers {\n"
        '    nimbus = { source = "registry.opentofu.org/acme/cloud" }\n  }\n}\n'
        'resource "nimbus_bucket" "b" {}\n',
    }
    found = resources(files)["module.m.nimbus_bucket.b"]
    assert found.binding is not None
    assert (found.binding.plugin, setting(found, "region")) == ("acme/cloud", "north")


def test_what_is_declared_twice_is_said() -> None:
    found = read({"a.tf": 'provider "cloud" {}\n' + BUCKET % '"a"', "b.tf": BUCKET % '"b"'})
    assert [(r.path, r.line, r.note.key) for r in found.remarks] == [
        ("b.tf", 1, "terraform.declared-twice")
    ]


def test_a_folder_with_a_lost_file_is_no_library() -> None:
    found = read({"main.tf": 'variable "r" {}\n' + BUCKET % "var.r", "p.tf": None})
    assert not found.resources[0].library


def test_globs_of_variants_that_match_nothing_are_said() -> None:
    files: dict[str, str | bytes | None] = {
        "env/a/main.tf": 'variable "r" {\n  default = "d"\n}\n' + BUCKET % "var.r",
        "env/a/vars/prod.tfvars": 'r = "p"',
        "env/a/common.tfvars": 'r = "c"',
    }

    def option(*variants: str, files: tuple[str, ...] = ()) -> ReadOptions:
        return ReadOptions(
            roots=(RootOption(lambda folder: folder == "env/a", variants, files),)
        )

    assert [r.note.key for r in read(files, option("vars/typo*")).remarks][:1] == [
        "terraform.variants-unmatched"
    ]
    one = read(files, option("vars/*.tfvars"))
    assert [(r.variant, region(r)) for r in one.resources] == [("vars/prod.tfvars", "p")]
    always = read(files, option(files=("common.tfvars",)))
    assert [(r.variant, region(r)) for r in always.resources] == [(None, "c")]
    assert not always.remarks


def test_a_lost_override_may_have_set_any_attribute_but_the_labels_stay() -> None:
    bucket = 'resource "cloud_bucket" "b" {\n  region = "a"\n  tags   = { data_class = "health" }\n}\n'
    found = read(
        {"main.tf": 'provider "cloud" {}\n' + bucket, "override.tf": None}
    ).resources[0]
    assert region(found) is Reason.UNSUPPORTED_EXPRESSION
    assert len(found.labels) == 1
