"""Terragrunt's units: which there are, of which module, with which values and which provider settings."""

from __future__ import annotations

from textwrap import dedent

from sovlint.expressions.values import plain
from sovlint.model.inputs import ReadOptions
from sovlint.model.resources.resource import Resource
from sovlint.model.value import Known, Reason, StepKind, Unknown, Value, unroll
from tests.frontends.terraform.house import read, resources

Files = dict[str, str | bytes | None]

MODULE = """
variable "region" {
  type    = string
  default = "default"
}

resource "cloud_bucket" "b" {
  bucket = var.region
}

output "region" {
  value = var.region
}

output "id" {
  value = cloud_bucket.b.arn
}
"""
PROVIDER = """
generate "provider" {
  path      = "provider.tf"
  if_exists = "overwrite_terragrunt"
  contents  = <<EOF
provider "cloud" {
  region = "${local.region}"
  zone   = "$${var.region}-a"
}
EOF
}
"""


def argument(resource: Resource, name: str) -> Value:
    """The one value of an argument."""
    (found,) = resource.attributes.read(name)
    return found.value


def setting(resource: Resource, name: str) -> Value:
    """The one value of a setting of the provider block."""
    assert resource.binding is not None
    (found,) = resource.binding.settings.read(name)
    return found.value


def given(unit: str, more: Files | None = None, folder: str = "live/a") -> Value:
    """What a unit gives to the variable ``region`` of its module."""
    files: Files = {
        "modules/m/main.tf": MODULE,
        f"{folder}/terragrunt.hcl": unit,
        **(more or {}),
    }
    return argument(resources(files)[f"{folder}:cloud_bucket.b"], "bucket")


def unit(body: str, source: str = "../../modules/m") -> str:
    """A unit of the module."""
    return f'terraform {{\n  source = "{source}"\n}}\n{dedent(body)}\n'


def known(value: Value) -> object:
    """The plain value of what must be known."""
    return plain(value)


# --- units and their modules


def test_a_unit_is_a_root_of_its_module_and_the_module_no_root_by_itself() -> None:
    found = resources({
        "modules/m/main.tf": MODULE,
        "live/a/terragrunt.hcl": unit('inputs = { region = "a" }'),
        "live/b/terragrunt.hcl": unit('inputs = { region = "b" }', "../../modules//m"),
        "live/c/terragrunt.hcl": unit('inputs = { region = "c" }', "${get_repo_root()}//modules/m"),
    })  # fmt: skip
    assert sorted(found) == [
        "live/a:cloud_bucket.b",
        "live/b:cloud_bucket.b",
        "live/c:cloud_bucket.b",
    ]
    assert [known(argument(each, "bucket")) for _, each in sorted(found.items())] == [
        "a",
        "b",
        "c",
    ]
    assert not any(each.library for each in found.values())
    assert found["live/a:cloud_bucket.b"].where.span().path == "modules/m/main.tf"


def test_a_unit_without_a_source_is_the_folder_that_it_stands_in() -> None:
    found = resources({"a/main.tf": MODULE, "a/terragrunt.hcl": 'inputs = { region = "x" }'})
    assert known(argument(found["a:cloud_bucket.b"], "bucket")) == "x"
    assert list(found) == ["a:cloud_bucket.b"]


def test_a_module_that_is_not_here_is_one_resource_with_the_inputs_for_arguments() -> None:
    for source in (
        "git::https://example.com/m.git//x?ref=v1",
        "tfr:///a/b/c?version=1.0.0",
        "../../modules/gone",
    ):
        found = resources(
            {
                "live/claims/terragrunt.hcl": unit(
                    'inputs = { tags = { a = "b" }, count = 2 }', source
                )
            }
        )
        absent = found["live/claims:module.claims"]
        assert absent.unreadable is not None
        assert absent.unreadable.reason is Reason.REMOTE_MODULE
        assert absent.unreadable.detail == source
        assert known(absent.labels[0].entries) == {"a": "b"}
        assert absent.where.span().line == 1


def test_a_file_that_others_include_and_that_runs_nothing_by_itself_is_no_unit() -> None:
    found = read({
        "terragrunt.hcl": 'terraform {\n  source = "git::https://x.org/m//${basename(get_terragrunt_dir())}"\n}',
        "live/terragrunt.hcl": "inputs = {}",
        "live/a/terragrunt.hcl": 'include {\n  path = "../../terragrunt.hcl"\n}',
    })  # fmt: skip
    assert [(each.root, each.address) for each in found.resources] == [("live/a", "module.a")]
    assert not found.failures
    assert set(found.files) == {
        "terragrunt.hcl",
        "live/terragrunt.hcl",
        "live/a/terragrunt.hcl",
    }


def test_files_of_other_tools_are_not_claimed() -> None:
    found = read({
        "packer.pkr.hcl": "!!", ".terraform.lock.hcl": "!!", ".tflint.hcl": "!!", "job.nomad.hcl": "!!",
        "docker-bake.hcl": "!!", "a/.boilerplate/terragrunt.hcl": "{{ .source }}",
    })  # fmt: skip
    assert (found.files, found.failures) == ((), ())


def test_a_broken_unit_is_told_with_its_line_and_the_rest_is_read() -> None:
    found = read({
        "modules/m/main.tf": MODULE,
        "a/terragrunt.hcl": "inputs = {\n  a = [\n}\n",
        "b/terragrunt.hcl": unit("", "../modules/m"),
    })  # fmt: skip
    assert {(each.path, each.line is not None) for each in found.failures} == {
        ("a/terragrunt.hcl", True)
    }
    assert [each.root for each in found.resources] == ["b"]


def test_the_json_syntax_reads_alike() -> None:
    text = '{"terraform": {"source": "../../modules/m"}, "locals": {"r": "x"}, "inputs": {"region": "${local.r}"}}'
    found = resources({"modules/m/main.tf": MODULE, "live/a/terragrunt.hcl.json": text})
    assert known(argument(found["live/a:cloud_bucket.b"], "bucket")) == "x"


# --- values


def test_inputs_lead_back_to_their_line() -> None:
    value = given(unit('inputs = {\n  other  = { region = "no" }\n  region = "x"\n}'))
    assert isinstance(value, Known)
    steps = [
        (each.where.span().path, each.where.span().line)
        for each in unroll(value.because)
        if each.where
    ]
    assert ("live/a/terragrunt.hcl", 6) in steps


def test_precedence_is_terraforms_and_inputs_are_its_environment() -> None:
    values: Files = {"modules/m/terraform.tfvars": 'region = "tfvars"'}
    inputs = 'inputs = { region = "inputs" }'
    assert known(given(unit("inputs = {}"))) == "default"
    assert known(given(unit(inputs))) == "inputs"
    assert known(given(unit(inputs), values)) == "tfvars"
    assert (
        known(given(unit(inputs), {**values, "live/a/terraform.tfvars": 'region = "own"'}))
        == "own"
    )
    arguments = """
      terraform {
        source = "../../modules/m"
        extra_arguments "vars" {
          commands  = %s
          %s
        }
      }
    """
    common: Files = {**values, "live/common.tfvars": 'region = "common"'}
    needs = "get_terraform_commands_that_need_vars()"
    for written in (
        'arguments = ["-var-file=${get_terragrunt_dir()}/../common.tfvars"]',
        'arguments = ["-lock=false", "-var-file", "../common.tfvars"]',
        'required_var_files = ["${get_parent_terragrunt_dir()}/../common.tfvars"]',
        'optional_var_files = [find_in_parent_folders("common.tfvars"), "${get_terragrunt_dir()}/gone.tfvars"]',
        'arguments = ["-var", "region=common"]',
    ):
        assert known(given(arguments % (needs, written), common)) == "common", written
    assert (
        known(given(arguments % ('["init"]', 'arguments = ["-var=region=x"]'), common))
        == "tfvars"
    )
    assert (
        known(given(arguments % (needs, 'env_vars = { TF_VAR_region = "x" }') + inputs))
        == "x"
    )
    missing = given(
        arguments % (needs, 'required_var_files = ["secret.tfvars"]') + inputs, common
    )
    assert isinstance(missing, Unknown)
    assert "secret.tfvars" in missing.detail


def test_inputs_that_are_not_known_leave_no_variable_to_its_default() -> None:
    value = given(unit('inputs = merge(jsondecode(run_cmd("x")), {})'))
    assert isinstance(value, Unknown)
    assert value.text() == "from-environment: run_cmd()"
    surely = given(unit('inputs = merge(jsondecode(run_cmd("x")), { region = "x" })'))
    assert known(surely) == "x"


def test_an_include_that_is_not_here_may_give_any_variable() -> None:
    assert isinstance(given(unit('include "root" {\n  path = "../gone.hcl"\n}')), Unknown)
    assert (
        known(
            given(
                unit('include "root" {\n  path = "../gone.hcl"\n}\ninputs = { region = "x" }')
            )
        )
        == "x"
    )


# --- other files


def test_files_in_the_folders_above_are_those_of_the_unit_even_where_an_included_file_asks() -> (
    None
):
    files: Files = {
        "root.hcl": """
            locals {
              place = read_terragrunt_config(find_in_parent_folders("place.hcl"))
            }
            inputs = { region = local.place.locals.region }
        """,
        "place.hcl": 'locals { region = "top" }'.replace("{ ", "{\n").replace(" }", "\n}"),
        "live/place.hcl": 'locals {\n  region = "live"\n}',
    }
    included = unit('include "root" {\n  path = find_in_parent_folders("root.hcl")\n}')
    assert known(given(included, files)) == "live"
    assert (
        known(given(included, {**files, "live/a/place.hcl": 'locals {\n  region = "own"\n}'}))
        == "live"
    )


def test_includes_are_merged_as_they_say() -> None:
    parent: Files = {
        "live/one.hcl": 'inputs = {\n  region = "one"\n  m = { a = "1", b = "1" }\n}\nlocals {\n  x = "exposed"\n}',
        "live/two.hcl": 'inputs = {\n  region = "two"\n}',
    }
    one, two = (
        'include "one" {\n  path = "../one.hcl"\n%s}\n',
        'include "two" {\n  path = "../two.hcl"\n}\n',
    )
    assert known(given(unit(one % "" + two), parent)) == "two"
    assert known(given(unit(two + one % ""), parent)) == "one"
    assert known(given(unit(one % '  merge_strategy = "no_merge"\n'), parent)) == "default"
    deep = one % '  merge_strategy = "deep"\n'
    assert known(given(unit(deep + 'inputs = { region = "own" }'), parent)) == "own"
    assert known(
        given(
            unit(one % "  expose = true\n" + "inputs = { region = include.one.locals.x }"),
            parent,
        )
    ) == ("exposed")
    bare = 'include {\n  path = "../one.hcl"\n}\ninputs = { region = include.locals.x }'
    assert known(given(unit(bare), parent)) == "exposed"
    assert (
        known(given(unit(one % "" + "inputs = { region = include.one.inputs.m.a }"), parent))
        == "1"
    )


def test_deep_merges_put_maps_and_lists_together() -> None:
    module = 'variable "v" {}\nresource "cloud_bucket" "b" {\n  bucket = var.v\n}'
    found = resources({
        "m/main.tf": module,
        "root.hcl": 'inputs = { v = { a = { x = "1", y = "1" }, l = ["1"], s = "1", e = "1" } }',
        "u/terragrunt.hcl": unit(
            'include "r" {\n  path = "../root.hcl"\n  merge_strategy = "deep"\n}\n'
            'inputs = { v = { a = { x = "2" }, l = ["2"], s = "2" } }',
            "../m",
        ),
    })  # fmt: skip
    value = known(argument(found["u:cloud_bucket.b"], "bucket"))
    assert value == {"a": {"x": "2", "y": "1"}, "l": ["1", "2"], "s": "2", "e": "1"}


# --- functions


def test_functions_have_the_values_of_the_reference() -> None:
    for text, wanted in {
        'path_relative_to_include("r")': "a",
        'path_relative_from_include("r")': "..",
        "get_path_from_repo_root()": "live/a",
        "get_path_to_repo_root()": "../..",
        "basename(get_terragrunt_dir())": "a",
        "basename(dirname(get_terragrunt_dir()))": "live",
        "basename(get_parent_terragrunt_dir(\"r\"))": "live",
        "basename(get_original_terragrunt_dir())": "a",
        'basename(find_in_parent_folders("root.hcl"))': "root.hcl",
        'find_in_parent_folders("gone.hcl", "fallback")': "fallback",
        'get_env("NAME", "default")': "default",
        'trimspace(file("note.txt"))': "hello",
        'trimspace(file("${get_terragrunt_dir()}/note.txt"))': "hello",
        'trimspace(file("${get_repo_root()}/live/a/note.txt"))': "hello",
        'yamldecode(file(find_in_parent_folders("place.yaml"))).region': "x",
        'templatefile("${get_terragrunt_dir()}/t.tftpl", { a = "1" })': "<1>",
        'jsondecode(read_tfvars_file("${get_terragrunt_dir()}/x.tfvars.txt")).region': "tf",
        'read_terragrunt_config("gone.hcl", { locals = { a = "b" } }).locals.a': "b",
        'try(read_terragrunt_config("gone.hcl").locals.a, "none")': "none",
        'mark_as_read("a")': "a",
        "upper(local.name)": "NAME",
    }.items():  # fmt: skip
        include = 'include "r" {\n  path = "../root.hcl"\n}\nlocals {\n  name = "name"\n}\n'
        body = f"{include}inputs = {{ region = {text} }}"
        more: Files = {
            "live/root.hcl": "", "live/a/note.txt": "hello\n", "live/place.yaml": "region: x",
            "live/a/t.tftpl": "<${a}>", "live/a/x.tfvars.txt": 'region = "tf"',
        }  # fmt: skip
        assert known(given(unit(body), more)) == wanted, text


def test_what_depends_on_the_machine_is_unknown_by_name() -> None:
    for text, wanted in {
        'get_env("NAME")': "from-environment: env.NAME",
        'run_cmd("echo", "x")': "from-environment: run_cmd()",
        "get_aws_account_id()": "from-environment: get_aws_account_id()",
        "get_platform()": "from-environment: get_platform()",
        "get_repo_root()": "from-environment: the folder of the checkout",
        "split(\"/\", get_terragrunt_dir())[1]": "from-environment: the folder of the checkout",
        "strlen(get_repo_root())": "unsupported-expression: function strlen",
    }.items():  # fmt: skip
        value = given(unit(f"inputs = {{ region = {text} }}"))
        assert isinstance(value, Unknown)
        assert value.text() == wanted, text
    secret = given(unit('inputs = { region = sops_decrypt_file("x") }'))
    assert isinstance(secret, Unknown)
    assert secret.sensitive
    assert secret.reason is Reason.FROM_ENVIRONMENT


def test_a_default_for_the_environment_is_told_as_one() -> None:
    value = given(unit('inputs = { region = get_env("NAME", "x") }'))
    assert any(step.kind is StepKind.DEFAULT for step in unroll(value.because))


def test_one_of_two_paths_is_not_taken_for_another_file() -> None:
    more: Files = {
        "env.hcl": 'locals {\n  r = "wrong"\n}',
        "a/env.hcl": "locals {}",
        "b/env.hcl": "locals {}",
    }
    choice = 'run_cmd("x") == "y" ? "${get_repo_root()}/a/env.hcl" : "${get_repo_root()}/b/env.hcl"'
    assert isinstance(
        given(
            unit(f"inputs = {{ region = read_terragrunt_config({choice}).locals.r }}"), more
        ),
        Unknown,
    )


# --- what Terragrunt writes


def test_a_generated_provider_block_counts_and_leads_back_to_its_line() -> None:
    found = resources({
        "modules/m/main.tf": MODULE,
        "live/a/terragrunt.hcl": unit('inputs = { region = "v" }\nlocals {\n  region = "x"\n}' + PROVIDER),
    })["live/a:cloud_bucket.b"]  # fmt: skip
    assert (known(setting(found, "region")), known(setting(found, "zone"))) == ("x", "v-a")
    assert found.binding is not None
    assert found.binding.where is not None
    span = found.binding.where.span()
    assert (span.path, span.line) == ("live/a/terragrunt.hcl", 12)
    value = setting(found, "region")
    assert [each.where.span().line for each in unroll(value.because) if each.where] == [6]


def test_of_a_generated_file_that_is_known_in_part_the_rest_counts() -> None:
    local = 'locals {\n  region = get_env("REGION")\n}'
    found = resources(
        {"m/main.tf": MODULE, "u/terragrunt.hcl": unit(local + PROVIDER, "../m")}
    )["u:cloud_bucket.b"]
    assert isinstance(region := setting(found, "region"), Unknown)
    assert region.text() == "from-environment: env.REGION"
    assert known(setting(found, "zone")) == "default-a"


def test_a_generated_file_that_is_not_known_leaves_no_provider_block_to_defaults() -> None:
    for contents in (
        'run_cmd("x")',
        '"${run_cmd("x")}"',
        '<<EOF\n${run_cmd("x")}\nEOF\n',
        'file("gone.tf")',
    ):
        text = f'generate "provider" {{\n  path = "provider.tf"\n  contents = {contents}\n}}'
        found = read({"m/main.tf": MODULE, "u/terragrunt.hcl": unit(text, "../m")})
        assert not found.failures, found.failures
        assert isinstance(setting(found.resources[0], "region"), Unknown), contents


def test_a_generated_file_that_is_wrong_is_told_in_terragrunts_file() -> None:
    text = 'generate "provider" {\n  path = "provider.tf"\n  contents = <<EOF\nprovider "cloud" {\n  x = [\n}\nEOF\n}'
    found = read({"m/main.tf": MODULE, "u/terragrunt.hcl": unit(text, "../m")})
    assert {each.path for each in found.failures} == {"u/terragrunt.hcl"}
    assert all(each.line is not None and 4 <= each.line <= 10 for each in found.failures)


def test_a_generated_file_stands_in_for_that_of_the_module_unless_it_is_skipped() -> None:
    for exists, wanted in (("overwrite", "new"), ("skip", "old")):
        text = f"""
            generate "p" {{
              path      = "provider.tf"
              if_exists = "{exists}"
              contents  = "provider \\"cloud\\" {{\\n region = \\"new\\"\\n}}"
            }}
        """
        found = resources({
            "m/main.tf": MODULE, "m/provider.tf": 'provider "cloud" {\n  region = "old"\n}',
            "u/terragrunt.hcl": unit(text, "../m"),
        })  # fmt: skip
        assert known(setting(found["u:cloud_bucket.b"], "region")) == wanted


def test_remote_state_is_a_resource_of_the_unit() -> None:
    state = (
        'remote_state {\n  backend = "s3"\n'
        '  config = {\n    region = "%s"\n    key = path_relative_to_include()\n  }\n}'
    )
    found = resources({
        "m/main.tf": MODULE + 'terraform {\n  backend "s3" {}\n}',
        "root.hcl": state % "x",
        "u/terragrunt.hcl": unit('include "r" {\n  path = "../root.hcl"\n}', "../m"),
    })  # fmt: skip
    backend = found["u:terraform.backend"]
    assert backend.role == "state"
    assert backend.binding is not None
    assert backend.binding.plugin == "backend/s3"
    assert (known(argument(backend, "region")), known(argument(backend, "key"))) == ("x", "u")
    unknown = resources({
        "m/main.tf": MODULE,
        "u/terragrunt.hcl": unit('remote_state {\n  backend = "s3"\n  config = jsondecode(run_cmd("x"))\n}', "../m"),
    })  # fmt: skip
    assert isinstance(argument(unknown["u:terraform.backend"], "region"), Unknown)


# --- other units


def test_outputs_of_other_units_are_known_where_they_are_and_mocks_never_count() -> None:
    other: Files = {"live/other/terragrunt.hcl": unit('inputs = { region = "other" }')}
    dependency = 'dependency "o" {\n  config_path = "../other"\n  mock_outputs = { id = "mock", region = "mock" }\n}\n'
    assert (
        known(
            given(
                unit(dependency + "inputs = { region = dependency.o.outputs.region }"), other
            )
        )
        == "other"
    )
    made = given(unit(dependency + "inputs = { region = dependency.o.outputs.id }"), other)
    assert isinstance(made, Unknown)
    assert made.text() == "computed-at-apply: cloud_bucket.b.arn"
    assert [step.refers for step in unroll(made.because) if step.refers] == [
        "/live/other:cloud_bucket.b"
    ]
    gone = given(unit(dependency + "inputs = { region = dependency.o.outputs.region }"))
    assert isinstance(gone, Unknown)
    assert gone.text() == "computed-at-apply: dependency.o.outputs.region"


def test_units_that_depend_on_each_other_end() -> None:
    text = 'dependency "o" {\n  config_path = "../%s"\n}\ninputs = { region = dependency.o.outputs.region }'
    assert isinstance(
        given(unit(text % "b"), {"live/b/terragrunt.hcl": unit(text % "a")}), Unknown
    )


def test_the_command_line_wins_over_everything() -> None:
    found = resources(
        {"m/main.tf": MODULE, "u/terragrunt.hcl": unit('inputs = { region = "a" }', "../m")},
        ReadOptions(variables={"region": "given"}),
    )
    assert known(argument(found["u:cloud_bucket.b"], "bucket")) == "given"


# --- what bears on a unit


def test_files_that_bear_on_a_unit() -> None:
    found = read({
        "m/main.tf": MODULE,
        "root.hcl": 'locals {\n  p = read_terragrunt_config(find_in_parent_folders("place.hcl"))\n}\n'
        "inputs = local.p.locals",
        "live/place.hcl": "locals {}",
        "live/a/terragrunt.hcl": unit('include "r" {\n  path = find_in_parent_folders("root.hcl")\n}', "../../m"),
        "live/b/terragrunt.hcl": unit(
            'dependency "a" {\n  config_path = "../a"\n}\ninputs = { region = dependency.a.outputs.region }', "../../m"
        ),
        "live/c/terragrunt.hcl": unit("", "../../m"),
    })  # fmt: skip
    units = {each.root: each for each in found.units}
    [argument(each, "bucket") for each in found.resources]
    for path in ("root.hcl", "live/place.hcl", "live/a/terragrunt.hcl"):
        assert (units["live/a"].bears(path), units["live/b"].bears(path), units["live/c"].bears(path)) == (
            True, True, False,
        ), path  # fmt: skip
    assert all(each.bears("m/main.tf") for each in units.values())
    assert not units["live/a"].bears("live/b/terragrunt.hcl")


def test_ignore_comments_of_a_unit_are_handed_on() -> None:
    comment = '# sovlint: ignore[health-data-in-eea] reason="moves"\n'
    found = read({"m/main.tf": MODULE, "u/terragrunt.hcl": comment + unit("", "../m")})
    assert [each.where.span().path for each in found.ignores] == ["u/terragrunt.hcl"]
    assert [each.span().line for each in found.resources[0].chain] == [2]


def test_the_units_of_a_stack_are_read_with_its_values() -> None:
    found = resources({
        "modules/m/main.tf": MODULE,
        "units/u/terragrunt.hcl": unit("inputs = { region = values.region }", "${get_repo_root()}//modules/m"),
        "live/terragrunt.stack.hcl": """
            unit "one" {
              source = "../units/u"
              path   = "one"
              values = { region = "x" }
            }
            unit "two" {
              source = "git::https://example.com/catalog.git//units/u?ref=v1"
              path   = "two"
            }
        """,
    })  # fmt: skip
    assert sorted(found) == [
        "live/.terragrunt-stack/one:cloud_bucket.b",
        "live/.terragrunt-stack/two:module.two",
    ]
    assert (
        known(argument(found["live/.terragrunt-stack/one:cloud_bucket.b"], "bucket")) == "x"
    )


def test_a_unit_of_a_stack_with_a_module_beside_it_and_a_stack_that_is_not_here() -> None:
    found = resources({
        "units/u/terragrunt.hcl": unit("inputs = { region = values.region }", "."),
        "units/u/main.tf": MODULE,
        "units/v/terragrunt.hcl": unit("", "${get_terragrunt_dir()}/deep"),
        "units/v/deep/main.tf": MODULE,
        "stacks/s/terragrunt.stack.hcl": 'unit "v" {\n  source = "../../units/v"\n  path   = "v"\n}\n',
        "live/terragrunt.stack.hcl": """
            unit "u" {
              source = "../units/u"
              path   = "u"
              values = { region = "x" }
            }
            stack "here" {
              source = "../stacks/s"
              path   = "s"
            }
            stack "away" {
              source = "git::https://example.com/catalog.git//stacks/s"
              path   = "away"
            }
        """,
    })  # fmt: skip
    assert sorted(found) == [
        "live/.terragrunt-stack/away:module.away",
        "live/.terragrunt-stack/u:cloud_bucket.b",
        "stacks/s/.terragrunt-stack/v:cloud_bucket.b",
    ]


def test_values_that_no_stack_here_gives_are_those_of_a_caller_that_is_not_here() -> None:
    value = given(unit("inputs = { region = values.region }"))
    assert isinstance(value, Unknown)
    assert value.reason is Reason.CALLER_NOT_IN_REPO


def test_of_a_module_that_is_not_here_inputs_that_are_not_known_may_be_tags() -> None:
    body = unit(
        'inputs = merge(jsondecode(run_cmd("x")), { name = "n" })',
        "git::https://example.com/m.git",
    )
    absent = resources({"u/terragrunt.hcl": body})["u:module.u"]
    assert known(argument(absent, "name")) == "n"
    assert isinstance(argument(absent, "tags"), Unknown)
    assert isinstance(absent.labels[0].entries, Unknown)
