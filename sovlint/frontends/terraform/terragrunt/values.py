"""What gives a unit's variables their values: files of values, ``extra_arguments``, and ``inputs``."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping, Sequence

from msgspec import Struct

from sovlint.expressions.evaluate import evaluate
from sovlint.expressions.kinds import content, known_text, unsupported
from sovlint.expressions.lifting import plainly_unknown
from sovlint.expressions.nodes import Expression, ListOf, Literal, Template, written_text
from sovlint.frontends.terraform.modules.variables import GivenValues, automatic, gather
from sovlint.frontends.terraform.terragrunt import merge
from sovlint.frontends.terraform.terragrunt.config import TerragruntConfig
from sovlint.model.inputs import Reader, ReadOptions
from sovlint.model.source import SourceFile
from sovlint.model.value import Known, Unknown, Value, is_null

_OPTION = "-var-file="
_COMMANDS = frozenset({"apply", "plan"})


def given_to(
    config: TerragruntConfig, folders: Sequence[str], options: ReadOptions, reader: Reader
) -> GivenValues:
    """The values of a unit. ``folders``: whose files are the module's; of two files of one name the last counts.

    Precedence is Terraform's: ``inputs`` are variables of its environment, files of values win over these.
    """
    own: dict[str, str] = {}
    for folder in folders:
        names = [path for path in reader.listing(folder) if posixpath.dirname(path) == folder]
        own.update({posixpath.basename(path): path for path in automatic(folder, names)})
    ordered = [own[posixpath.basename(path)] for path in automatic("", list(own))]
    extra = _Extra(config, folders)
    for piece in merge.extra_arguments(config):
        extra.read(piece)
    given = gather(
        [*ordered, *extra.files, *options.variable_files],
        {**extra.raw, **options.variables},
        reader,
    )
    given.doubt = extra.doubt
    given.inputs = _with(merge.inputs(config), extra.environment)
    return given


def _with(inputs: Value, environment: Mapping[str, Value]) -> Value:
    """Inputs, and variables of the environment that ``extra_arguments`` set: these are there first, and stay."""
    if isinstance(inputs, Known) and isinstance(inputs.value, dict) and environment:
        return Known({**inputs.value, **environment}, inputs.because, inputs.sensitive)
    return inputs


class _Extra(Struct, eq=False):
    """What ``extra_arguments`` give to the commands that plan and apply."""

    _config: TerragruntConfig
    _folders: Sequence[str]
    files: list[str] = []
    raw: dict[str, str] = {}
    environment: dict[str, Value] = {}
    doubt: Unknown | None = None

    def read(self, piece: merge.Piece) -> None:
        """Take up one block."""
        if not _concerns(piece.value("commands")):
            return
        for name in ("required_var_files", "optional_var_files"):
            for path in _items(piece.value(name)):
                self._file(path, name.startswith("optional"))
        variables = content(piece.value("env_vars"))
        for name, value in variables.items() if isinstance(variables, dict) else ():
            if name.startswith("TF_VAR_"):
                self.environment[name.removeprefix("TF_VAR_")] = value
        self._arguments(piece)

    def _arguments(self, piece: merge.Piece) -> None:
        expression = piece.block.expression("arguments")
        written = expression.items if isinstance(expression, ListOf) else ()
        after = ""
        for item in written:
            rest = _after_option(item)
            value = evaluate(item, piece.config.env)
            text = known_text(value) or ""
            if rest is not None:
                self._file(evaluate(rest, piece.config.env), False)
            elif after == "-var-file":
                self._file(value, False)
            elif text.startswith("-var=") or after == "-var":
                name, equals, given = text.removeprefix("-var=").partition("=")
                self.raw.update({name.strip(): given} if equals else {})
            elif isinstance(value, Unknown):
                self.doubt = plainly_unknown(value)
            after = text
        if expression is not None and not isinstance(expression, ListOf):
            value = evaluate(expression, piece.config.env)
            if _mentions_values(value):
                self.doubt = unsupported("extra_arguments")

    def _file(self, path: Value, optional: bool) -> None:
        config = self._config
        found = config.local_path(path)
        candidates = [found] if found is not None else []
        text = known_text(path)
        if text is not None:
            candidates += [
                posixpath.normpath(posixpath.join(folder, text)) for folder in self._folders
            ]
        reader = config.context.recorder
        there = next(
            (each for each in candidates if isinstance(reader.read(each), SourceFile)), None
        )
        if there is not None:
            self.files.append(there)
        elif isinstance(path, Unknown) and found is None:
            self.doubt = plainly_unknown(path)
        elif not (optional and candidates and all(map(reader.absent, candidates))):
            self.doubt = unsupported(
                f"{candidates[0] if candidates else 'a file of values'}, which isn't here"
            )


def _concerns(commands: Value | None) -> bool:
    """Whether arguments are given to the commands that tell what there will be; where that isn't known, they are."""
    listed = content(commands)
    if not isinstance(listed, tuple):
        return commands is not None
    words = (each.value if isinstance(each, Known) else "plan" for each in listed)
    return bool(_COMMANDS.intersection(map(str, words)))


def _items(value: Value | None) -> Sequence[Value]:
    inner = content(value)
    if isinstance(inner, tuple):
        return inner
    return (value,) if isinstance(value, Unknown) else ()


def _after_option(item: Expression) -> Expression | None:
    """The path in ``-var-file=PATH``."""
    pieces = item.pieces if isinstance(item, Template) else (item,)
    first = written_text(pieces[0]) if pieces else None
    if first is None or not first.startswith(_OPTION):
        return None
    rest = first.removeprefix(_OPTION)
    return Template(((Literal(rest),) if rest else ()) + tuple(pieces[1:]))


def _mentions_values(value: Value) -> bool:
    """Whether arguments that aren't written as a list may give values."""
    inner = content(value)
    if not isinstance(inner, tuple):
        return not is_null(value)
    return any(
        isinstance(each, Unknown) or str(each.value).startswith("-var") for each in inner
    )
