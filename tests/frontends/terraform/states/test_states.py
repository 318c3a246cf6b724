"""``terraform_remote_state``: joined to the root that keeps the state, or unknown; never another's."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from sovlint.catalog.load import load
from sovlint.expressions.values import plain
from sovlint.files.globs import Base, folders
from sovlint.frontends.terraform import front_end
from sovlint.model.inputs import ReadOptions, RootOption
from sovlint.model.resources.reading import Reading
from sovlint.model.value import Known, Unknown, Value, unroll
from tests.frontends.memory import MemoryReader
from tests.frontends.terraform.house import HINTS

Files = dict[str, str | bytes | None]
_REAL = load().hints()
STATES = replace(HINTS, states=_REAL.states, state_readers=_REAL.state_readers)
BACKEND = 'terraform {\n  backend "%s" {\n%s\n  }\n}\n'
OUTPUT = 'output "place" {\n  value = %s\n}\n'
BUCKET = 'resource "cloud_bucket" "b" {\n  region = data.terraform_remote_state.net.outputs.place\n}\n'
PROVIDER = 'provider "cloud" {}\n'
S3 = 'bucket = "st"\nkey = "net.tfstate"\nregion = "eu-west-3"'


def data(backend: str, config: str, more: str = "") -> str:
    return f'data "terraform_remote_state" "net" {{\n  backend = "{backend}"\n{more}\n  config = {{\n{config}\n  }}\n}}\n'


def read(files: Files, options: ReadOptions | None = None) -> Reading:
    return front_end.read(MemoryReader(files), options or ReadOptions(), STATES)


def region(files: Files, options: ReadOptions | None = None) -> Value:
    """The region of the bucket in the root ``app``."""
    found = [
        each
        for each in read(files, options).resources
        if each.root == "app" and each.address.endswith("cloud_bucket.b")
    ]
    return found[0].attributes.read("region")[0].value


def joined(backend: str, kept: str, config: str, more: str = "") -> bool:
    files: Files = {
        "net/main.tf": BACKEND % (backend, kept) + OUTPUT % '"eu-west-3"',
        "app/main.tf": PROVIDER
        + data("remote" if backend == "cloud" else backend, config, more)
        + BUCKET,
    }
    if backend == "cloud":
        files["net/main.tf"] = (
            "terraform {\n  cloud {\n" + kept + "\n  }\n}\n" + OUTPUT % '"eu-west-3"'
        )
    found = region(files)
    assert isinstance(found, Unknown) or plain(found) == "eu-west-3"
    return isinstance(found, Known)


AZURE = 'storage_account_name = "a"\ncontainer_name = "c"\nkey = "%s"'
REMOTE = 'organization = "o"\n%s'


@pytest.mark.parametrize(
    ("backend", "kept", "config", "more"),
    [
        ("s3", S3, S3, ""),
        ("s3", S3, 'bucket = "st"\nkey = "net.tfstate"', ""),  # the region is from the environment
        ("s3", S3, 'bucket = "st"\nkey = "net.tfstate"', 'workspace = "prod"'),
        ("s3", S3, 'bucket = "st"\nkey = "env:/prod/net.tfstate"', ""),
        ("s3", S3, 'bucket = "st"\nkey = "env:/${terraform.workspace}/net.tfstate"', ""),
        ("s3", S3 + '\nworkspace_key_prefix = "x/y"', 'bucket = "st"\nkey = "x/y/prod/net.tfstate"', ""),
        ("s3", S3, S3, "workspace = terraform.workspace"),
        ("azurerm", AZURE % "k", AZURE % "k", ""),
        ("azurerm", AZURE % "k", AZURE % "kenv:prod", ""),
        ("gcs", 'bucket = "b"\nprefix = "p/q"', 'bucket = "b"\nprefix = "p/q/"', ""),
        ("gcs", 'bucket = "b"', 'bucket = "b"', 'workspace = "prod"'),
        ("http", 'address = "https://example.fr/s"', 'address = "https://example.fr/s"', ""),
        ("local", "", 'path = "../net/terraform.tfstate"', ""),
        ("local", "", 'path = "${path.module}/../net/terraform.tfstate"', ""),
        ("local", "", 'path = "${path.cwd}/../net/terraform.tfstate"', ""),
        ("local", 'path = "../states/net.tfstate"', 'path = "../states/net.tfstate"', ""),
        ("local", "", 'path = "../net/terraform.tfstate.d/prod/terraform.tfstate"', ""),
        ("remote", REMOTE % 'workspaces {\nname = "net"\n}', REMOTE % 'workspaces = {\nname = "net"\n}', ""),
        ("remote", REMOTE % 'workspaces {\nprefix = "net-"\n}', REMOTE % 'workspaces = {\nname = "net-prod"\n}', ""),
        ("cloud", REMOTE % 'workspaces {\nname = "net"\n}', REMOTE % 'workspaces = {\nname = "net"\n}', ""),
        ("consul", 'address = "c"\npath = "p"', 'address = "c"\npath = "p"', ""),
        ("oss", 'bucket = "b"', 'bucket = "b"', ""),
        ("cos", 'bucket = "b"\nprefix = "p"', 'bucket = "b"\nprefix = "p"\nkey = "terraform.tfstate"', ""),
        ("kubernetes", 'secret_suffix = "s"', 'secret_suffix = "s"', ""),
        ("pg", 'conn_str = "postgres://db"', 'conn_str = "postgres://db"', ""),
    ],
)  # fmt: skip
def test_what_is_the_same_state(backend: str, kept: str, config: str, more: str) -> None:
    assert joined(backend, kept, config, more)


@pytest.mark.parametrize(
    ("backend", "kept", "config", "more"),
    [
        ("s3", S3, S3.replace('"st"', '"other"'), ""),
        ("s3", S3, S3.replace("net.tfstate", "app.tfstate"), ""),
        ("s3", S3, S3.replace("eu-west-3", "us-east-1"), ""),
        ("s3", S3, S3 + '\nendpoint = "https://s3.example.fr"', ""),  # another cloud
        ("s3", "", S3, ""),  # given when it is initialised
        ("s3", 'bucket = "st"', S3, ""),
        ("s3", S3.replace('"st"', "var.unset") + '\n}\n}\nvariable "unset" {}\nlocals {\nx = {', S3, ""),
        ("s3", S3, S3.replace('"st"', 'terraform.workspace'), ""),
        ("s3", S3, 'bucket = "st"\nkey = "${terraform.workspace}.tfstate"', ""),
        ("s3", S3, 'bucket = "st"\nkey = "env:/a/b/net.tfstate"', ""),  # no workspace is called a/b
        ("s3", S3.replace("net.", "n-${path.cwd}."), S3.replace("net.", "n-${path.cwd}."), ""),  # two that aren't known
        ("azurerm", AZURE % "k", AZURE % "kenv:", ""),
        ("gcs", 'bucket = "b"\nprefix = "p"', 'bucket = "b"', ""),
        ("local", "", 'path = "../other/terraform.tfstate"', ""),
        ("local", "", 'path = "/net/terraform.tfstate"', ""),
        ("remote", REMOTE % 'workspaces {\nname = "net"\n}', 'organization = "p"\nworkspaces = {\nname = "net"\n}', ""),
        ("cloud", REMOTE % 'workspaces {\ntags = ["net"]\n}', REMOTE % 'workspaces = {\nname = "net"\n}', ""),
        ("nothing-known", 'bucket = "st"', 'bucket = "st"', ""),
    ],
)  # fmt: skip
def test_what_may_be_another_state(backend: str, kept: str, config: str, more: str) -> None:
    assert not joined(backend, kept, config, more)


@pytest.mark.parametrize(
    ("kept", "data_block", "provider", "joins"),
    [
        ('organization = "o"', 'organization = "o"', "", True),
        ('organization = "o"', "", 'organization = "o"', True),
        ('organization = "o"', 'organization = "p"', "", False),
        ('organization = "o"', "", "", False),  # from the environment
        ('organization = "o"', 'organization = "o"', 'hostname = "tfe.example.fr"', False),
        (
            'organization = "o"\nhostname = "tfe.example.fr"',
            'organization = "o"',
            'hostname = "tfe.example.fr"',
            True,
        ),
    ],
)
def test_outputs_of_hcp_terraform(
    kept: str, data_block: str, provider: str, joins: bool
) -> None:
    read_it = f'data "tfe_outputs" "net" {{\nworkspace = "net"\n{data_block}\n}}\nprovider "tfe" {{\n{provider}\n}}\n'
    net = (
        "terraform {\ncloud {\n"
        + kept
        + '\nworkspaces {\nname = "net"\n}\n}\n}\n'
        + OUTPUT % '"a"'
    )
    for attribute in ("values", "nonsensitive_values"):
        bucket = BUCKET.replace(
            "terraform_remote_state.net.outputs", f"tfe_outputs.net.{attribute}"
        )
        found = region({"net/main.tf": net, "app/main.tf": read_it + bucket})
        assert isinstance(found, Known) is joins
    other = region(
        {
            "net/main.tf": net,
            "app/main.tf": read_it + bucket.replace("nonsensitive_values", "id"),
        }
    )
    assert isinstance(other, Unknown)


def test_a_library_reads_beside_whoever_calls_it() -> None:
    app = data("local", 'path = "../net/terraform.tfstate"') + BUCKET
    files: Files = {"net/main.tf": OUTPUT % '"a"', "app/main.tf": app}
    assert isinstance(region(files), Unknown)
    assert plain(region({**files, "app/main.tf": PROVIDER + app})) == "a"


def test_the_chain_shows_the_data_block_and_the_output_of_the_other_root() -> None:
    net = BACKEND % ("s3", S3) + 'locals {\n  r = "eu-west-3"\n}\n' + OUTPUT % "local.r"
    found = region({"net/main.tf": net, "app/main.tf": data("s3", S3) + BUCKET})
    steps = [
        (each.note.key, each.where.span().path)
        for each in unroll(found.because)
        if each.where
    ]
    assert steps == [
        ("terraform.state-read", "app/main.tf"),
        ("terraform.output", "net/main.tf"),
        ("terraform.local", "net/main.tf"),
    ]


def test_a_resource_of_the_other_root_is_never_one_of_the_same_address_here() -> None:
    """Both roots have a ``cloud_bucket.twin``; the value that is read is that of the other one."""
    net = (
        BACKEND % ("s3", S3)
        + OUTPUT % "cloud_bucket.twin.bucket"
        + 'resource "cloud_bucket" "twin" {\n  bucket = "n"\n}\n'
    )
    app = data("s3", S3) + 'resource "cloud_bucket" "twin" {}\n' + BUCKET
    for output in (
        "cloud_bucket.twin.bucket",
        "cloud_bucket.twin.other",
        "cloud_bucket.twin",
        "[cloud_bucket.twin.arn]",
    ):
        steps = BUCKET.replace(
            "place", {"cloud_bucket.twin": "place.bucket"}.get(output, "place")
        )
        files: Files = {
            "net/main.tf": net.replace("cloud_bucket.twin.bucket", output),
            "app/main.tf": app.replace(BUCKET, steps),
        }
        value = region(files)
        inner = (
            value.value[0]
            if isinstance(value, Known) and isinstance(value.value, tuple)
            else value
        )
        refers = [each.refers for each in unroll(inner.because) if each.refers]
        assert set(refers) == {"/net:cloud_bucket.twin"}, output


def test_outputs_that_are_whole_resources_lists_and_maps() -> None:
    net = (
        BACKEND % ("s3", S3)
        + 'resource "cloud_bucket" "x" {\n  bucket = "n"\n}\noutput "all" {\n  value = {\n'
    )
    net += '    x = cloud_bucket.x\n    zones = ["a", "b"]\n  }\n}\n'
    out = "data.terraform_remote_state.net.outputs"
    for written, wanted in (
        (f"{out}.all.x.bucket", "n"),
        (f'{out}["all"].zones[1]', "b"),
        (f"[for z in {out}.all.zones : upper(z)][0]", "A"),
        (f'try({out}.all.region, "z")', "z"),
    ):
        app = (
            data("s3", S3) + 'resource "cloud_bucket" "b" {\n  region = ' + written + "\n}\n"
        )
        assert plain(region({"net/main.tf": net, "app/main.tf": app})) == wanted


def test_an_output_that_is_missing_has_its_default() -> None:
    files: Files = {
        "net/main.tf": BACKEND % ("s3", S3)
        + 'output "nil" {\n  value = null\n}\n'
        + OUTPUT % '"a"',
        "app/main.tf": data(
            "s3", S3, 'defaults = {\n  other = "d"\n  place = "d"\n  nil = "n"\n}'
        )
        + BUCKET,
    }
    assert plain(region(files)) == "a"
    for name, wanted in (("other", "d"), ("nil", "n")):
        assert (
            plain(
                region(
                    {
                        **files,
                        "app/main.tf": str(files["app/main.tf"]).replace(
                            "outputs.place", f"outputs.{name}"
                        ),
                    }
                )
            )
            == wanted
        )
    found = region(
        {
            **files,
            "app/main.tf": data("s3", S3) + BUCKET.replace("outputs.place", "outputs.other"),
        }
    )
    assert isinstance(found, Unknown)
    assert found.note is not None
    assert found.note.key == "terraform.state-without"


def test_an_output_that_may_be_null_may_be_its_default() -> None:
    files: Files = {
        "net/main.tf": BACKEND % ("s3", S3)
        + 'variable "x" {}\n'
        + OUTPUT % 'var.x == "y" ? "a" : null',
        "app/main.tf": data("s3", S3, 'defaults = {\n  place = "d"\n}') + BUCKET,
    }
    found = region(files)
    assert isinstance(found, Unknown)
    assert {member.value for member in found.among or ()} == {"a", "d"}
    assert (
        getattr(region({**files, "app/main.tf": data("s3", S3) + BUCKET}), "among", None)
        is None
    )


def test_a_state_of_several() -> None:
    files: Files = {
        "net/main.tf": BACKEND % ("s3", S3) + 'variable "r" {}\n' + OUTPUT % "var.r",
        "net/one.tfvars": 'r = "eu-west-3"\n',
        "net/two.tfvars": 'r = "eu-central-1"\n',
        "app/main.tf": data("s3", S3) + BUCKET,
    }
    options = ReadOptions(roots=(RootOption(folders("net", Base()), ("*.tfvars",)),))
    found = region(files, options)
    assert isinstance(found, Unknown)
    assert [plain(each) for each in found.among or ()] == ["eu-west-3", "eu-central-1"]
    assert found.note is not None
    assert found.note.params["roots"] == ("`net [one.tfvars]`", "`net [two.tfvars]`")


def test_a_state_that_may_be_one_of_this_repository_names_it() -> None:
    files: Files = {
        "net/main.tf": BACKEND % ("s3", "") + OUTPUT % '"a"',
        "app/main.tf": data("s3", S3) + BUCKET,
    }
    found = region(files)
    assert isinstance(found, Unknown)
    assert found.note is not None
    assert (found.note.key, found.note.params["roots"]) == (
        "terraform.state-perhaps",
        ("`net`",),
    )


def test_for_each_and_modules() -> None:
    each = data(
        "s3",
        'bucket = "st"\nkey = "${each.key}.tfstate"',
        'for_each = toset(["net", "other"])',
    )
    app = each + BUCKET.replace("net.outputs", 'net["net"].outputs')
    net = BACKEND % ("s3", S3) + OUTPUT % '"eu-west-3"'
    assert plain(region({"net/main.tf": net, "app/main.tf": app})) == "eu-west-3"
    module = data("s3", S3) + BUCKET
    assert (
        plain(
            region(
                {
                    "net/main.tf": net,
                    "app/main.tf": 'module "m" {\n  source = "../m"\n}\n',
                    "m/main.tf": module,
                }
            )
        )
        == "eu-west-3"
    )


def test_roots_that_read_each_others_state_in_a_circle() -> None:
    def root(own: str, other: str, output: str) -> str:
        at = 'bucket = "st"\nkey = "%s"'
        text = BACKEND % ("s3", at % own) + data("s3", at % other) + OUTPUT % output
        return text + 'output "fine" {\n  value = "eu-west-3"\n}\n'

    out = "data.terraform_remote_state.net.outputs"
    files: Files = {
        "app/main.tf": root("app", "net", f"{out}.place") + BUCKET,
        "net/main.tf": root("net", "app", f"{out}.place"),
    }
    found = read(files)
    assert [(each.note.key, each.path, each.line) for each in found.remarks] == [
        ("terraform.state-cycle", "app/main.tf", 7)
    ]
    assert found.remarks[0].note.params["names"] in ("net: place → app: place → net: place",)
    assert isinstance(region(files), Unknown)
    files["net/main.tf"] = root(
        "net", "app", f"{out}.fine"
    )  # each other's, but of different outputs
    assert read(files).remarks == ()
    assert plain(region(files)) == "eu-west-3"
