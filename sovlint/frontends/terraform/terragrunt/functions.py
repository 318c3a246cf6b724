"""Terragrunt's own functions. Nothing is run, nothing is decrypted, and nothing above the git root is looked at.

Names and meanings follow Terragrunt's reference of built-in functions.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from sovlint.expressions.functions import checkout
from sovlint.expressions.kinds import failed, unsupported
from sovlint.expressions.lifting import hop, one_of, plainly_unknown
from sovlint.frontends.terraform.terragrunt.context import ConfigFile
from sovlint.frontends.terraform.terragrunt.values_elsewhere import ConfigThing
from sovlint.model.source import SourceFile
from sovlint.model.text import Note
from sovlint.model.value import Known, Reason, StepKind, Unknown, Value

_MACHINE = frozenset({
    "get_aws_account_id", "get_aws_account_alias", "get_aws_caller_identity_arn",
    "get_aws_caller_identity_user_id", "get_default_retryable_errors", "get_platform", "get_terraform_cli_args",
    "get_terraform_command", "get_working_dir", "run_cmd",
})  # fmt: skip
"""Functions whose answer depends on the machine, the account or the command that is run."""
_VARS = ("apply", "console", "destroy", "import", "plan", "push", "refresh")
_LISTS: Mapping[str, tuple[str, ...]] = {
    "get_terraform_commands_that_need_vars": _VARS,
    "get_terraform_commands_that_need_input": ("apply", "import", "init", "plan", "refresh"),
    "get_terraform_commands_that_need_locking": (
        "apply", "destroy", "import", "init", "plan", "refresh", "taint", "untaint",
    ),
    "get_terraform_commands_that_need_parallelism": ("apply", "plan", "destroy"),
}  # fmt: skip
OUTERMOST_NAMES = ("terragrunt.hcl", "terragrunt.hcl.json")
"""What ``find_in_parent_folders()`` without a name looks for."""

Function = Callable[[list[Value]], Value]


def functions_of(config: ConfigFile) -> Mapping[str, Function]:
    """The functions as they are in one file."""
    return {
        **{name: _always(Unknown(Reason.FROM_ENVIRONMENT, f"{name}()")) for name in _MACHINE},
        **{name: _always(Known(tuple(map(Known, words)))) for name, words in _LISTS.items()},
        "get_terragrunt_dir": _always(checkout.at(config.folder)),
        "get_original_terragrunt_dir": _always(checkout.at(config.context.original)),
        "get_parent_terragrunt_dir": lambda arguments: _of_include(
            config, arguments, checkout.at
        ),
        "get_repo_root": _always(checkout.at("")),
        "get_path_from_repo_root": _always(Known(config.folder or ".")),
        "get_path_to_repo_root": _always(_path_from("", config.folder)),
        "path_relative_to_include": lambda arguments: _of_include(
            config, arguments, lambda other: _path_from(config.folder, other)
        ),
        "path_relative_from_include": lambda arguments: _of_include(
            config, arguments, lambda other: _path_from(other, config.folder)
        ),
        "find_in_parent_folders": partial(_find_in_parent_folders, config),
        "read_terragrunt_config": partial(_read_terragrunt_config, config),
        "read_tfvars_file": partial(_read_tfvars_file, config),
        "get_env": partial(_get_env, config.context.environment),
        "mark_as_read": lambda arguments: (
            arguments[0] if arguments else failed("mark_as_read")
        ),
        "mark_glob_as_read": _always(unsupported("mark_glob_as_read()")),
        "sops_decrypt_file": _always(
            Unknown(Reason.FROM_ENVIRONMENT, "sops_decrypt_file()", sensitive=True)
        ),
        "get_terragrunt_source_cli_flag": _always(Known("")),
        "constraint_check": _always(unsupported("constraint_check()")),
    }


def _always(value: Value) -> Function:
    return lambda arguments: value


def _path_from(path: str, folder: str) -> Value:
    return Known(posixpath.relpath(path or ".", folder or "."))


def _first(arguments: list[Value]) -> str | Unknown | None:
    """A text as the first argument; ``None`` where there is none."""
    found = arguments[0] if arguments else None
    if found is None or isinstance(found, Unknown):
        return found
    return found.value if isinstance(found.value, str) else failed("a text expected")


def _get_env(environment: Mapping[str, str], arguments: list[Value]) -> Value:
    """A variable of the environment: as it is given, else its default, which holds unless somebody sets it."""
    name = _first(arguments)
    if not isinstance(name, str):
        return failed("get_env needs a name") if name is None else plainly_unknown(name)
    if name in environment:
        note = Note("terraform.environment-given", {"name": name})
        return hop(Known(environment[name]), None, note)
    if len(arguments) > 1:
        return hop(
            arguments[1], None, Note("terraform.get-env", {"name": name}), StepKind.DEFAULT
        )
    return Unknown(Reason.FROM_ENVIRONMENT, f"env.{name}")


def _of_include(
    config: ConfigFile, arguments: list[Value], make: Callable[[str], Value]
) -> Value:
    """What ``make`` gives for the folder of the file that is included; of a file by itself, for its own."""
    if config.child is not None:
        return make(config.own)
    label = _first(arguments)
    if isinstance(label, Unknown):
        return plainly_unknown(label)
    found = config.includes()
    if not found:
        return make(config.folder)
    if label is None and len(found) > 1:
        return failed("several files are included: a name is needed")
    other = next(iter(found.values())) if label is None else found.get(label)
    return unsupported("an include that can't be read") if other is None else make(other.own)


def _above(folder: str) -> Iterator[str]:
    while folder:
        folder = posixpath.dirname(folder)
        yield folder


def _find_in_parent_folders(config: ConfigFile, arguments: list[Value]) -> Value:
    """The nearest file or folder of a name in the folders above, else the fallback."""
    name = _first(arguments)
    if isinstance(name, Unknown):
        return plainly_unknown(name)
    reader = config.context.recorder
    doubt: Unknown | None = None
    for folder in _above(config.folder):
        for each in OUTERMOST_NAMES if name is None else (name,):
            path = posixpath.normpath(posixpath.join(folder, each))
            if path.startswith(".."):
                continue
            there = _there(config, path)
            if there is True:
                found = checkout.at(path)
                return found if doubt is None else one_of([found], doubt)
            if there is None and doubt is None:
                doubt = unsupported(f"{path}, which may be there in another checkout")
    reader.mark(f"{config.folder}/")
    if len(arguments) > 1:
        return arguments[1] if doubt is None else plainly_unknown(doubt)
    return (
        failed(f"no {name or OUTERMOST_NAMES[0]} in the folders above")
        if doubt is None
        else doubt
    )


def _there(config: ConfigFile, path: str) -> bool | None:
    """Whether something is at a path; ``None`` where git ignores what may be there."""
    reader = config.context.recorder
    reader.mark(path)
    if path in config.context.bodies.read or reader.has_below(path):
        return True
    if isinstance(reader.read(path), SourceFile):
        return True
    return False if reader.absent(path) else None


def _read_terragrunt_config(config: ConfigFile, arguments: list[Value]) -> Value:
    """Another file: its locals and inputs. One that isn't there is the fallback, where one is given."""
    if not arguments:
        return failed("read_terragrunt_config needs a path")
    named = arguments[0]
    path = config.local_path(named)
    if path is None:
        return (
            plainly_unknown(named)
            if isinstance(named, Unknown)
            else unsupported("a file outside the repository")
        )
    there = _there(config, path)
    if there is None:
        return unsupported(f"{path}, which isn't here")
    if not there:
        return arguments[1] if len(arguments) > 1 else failed(f"no file {path}")
    other = config.read_other(path)
    return (
        unsupported(f"{path}, which can't be read")
        if other is None
        else Known(ConfigThing(other))
    )


def _read_tfvars_file(config: ConfigFile, arguments: list[Value]) -> Value:
    # Imported late: few read one.
    from sovlint.frontends.terraform.terragrunt.tfvars import read_tfvars_file

    return read_tfvars_file(config, arguments)
