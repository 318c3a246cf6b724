"""Values of a root's variables: files in Terraform's precedence, ``--var``, defaults, and what validation proves."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct

from sovlint.expressions.conditions.validation import narrowed
from sovlint.expressions.environment import Env
from sovlint.expressions.evaluate import evaluate
from sovlint.expressions.kinds import Failed, unsupported
from sovlint.expressions.lifting import hidden, hop
from sovlint.expressions.nodes import Attribute, Block, Expression, Literal, Unsupported
from sovlint.expressions.types import convert
from sovlint.expressions.values import attribute as attribute_of
from sovlint.frontends.terraform.modules.given.doubts import doubted, from_option
from sovlint.frontends.terraform.modules.given.rows import OtherValue
from sovlint.frontends.terraform.syntax.hcl import parse, parse_expression
from sovlint.model.inputs import Reader
from sovlint.model.resources.reading import Failure
from sovlint.model.source import Located, SourceFile, Span
from sovlint.model.text import Note
from sovlint.model.value import Known, Reason, Step, StepKind, Unknown, Value, is_null


class GivenValues(Struct):
    """Values given to a root from outside its files, by variable; and the files that gave them."""

    expressions: dict[str, tuple[Expression, Located]] = {}
    raw: dict[str, str] = {}
    files: list[str] = []
    failures: list[Failure] = []
    absent: tuple[str, ...] = ()
    """Files that should have given some, and aren't there."""
    inputs: Value | None = None
    """A map of what the environment gives (``TF_VAR_*``): files of values win over it."""
    elsewhere: Callable[[str], Sequence[OtherValue]] | None = None
    """What else a variable may get: values that stand where Terraform doesn't look by itself."""
    doubt: Unknown | None = None
    """Why any variable may have got another value, save those of the command line."""

    @property
    def lost(self) -> list[str]:
        """Values files that couldn't be read, wholly or in part: any variable may have got a value there."""
        return [*(failure.path for failure in self.failures), *self.absent]


def automatic(folder: str, siblings: Sequence[str]) -> list[str]:
    """The values files that Terraform reads by itself, in its order: later ones win."""
    names = {
        posixpath.basename(path): path
        for path in siblings
        if posixpath.dirname(path) == folder
    }
    first = [
        names[name] for name in ("terraform.tfvars", "terraform.tfvars.json") if name in names
    ]
    auto = [
        path
        for name, path in sorted(names.items())
        if name.endswith((".auto.tfvars", ".auto.tfvars.json"))
    ]
    return first + auto


def gather(files: Sequence[str], raw: Mapping[str, str], reader: Reader) -> GivenValues:
    """Read values files in order, then the values of the command line (which always win)."""
    given = GivenValues(raw=dict(raw))
    for path in files:
        found = reader.read(path)
        given.files.append(path)
        if not isinstance(found, SourceFile):
            given.failures.append(Failure(path, None, None, found))
        elif path.endswith(".json"):
            _read_json(found, given)
        else:
            body, failures = parse(found)
            given.failures.extend(failures)
            for name, attribute in body.attributes.items():
                given.expressions[name] = (attribute.expression, attribute.where)
    return given


def _read_json(file: SourceFile, given: GivenValues) -> None:
    import json

    line, column = 1, 1
    try:
        values = json.loads(file.data)
    except (ValueError, RecursionError) as error:
        values = None
        line, column = getattr(error, "lineno", 1), getattr(error, "colno", 1)
    if not isinstance(values, dict):
        given.failures.append(Failure(file.path, line, column, Note("terraform.not-json")))
        return
    for name, value in values.items():
        given.expressions[name] = (expression_of(value), Span(file.path, 1, 1, 1, 1))


def expression_of(value: object) -> Expression:
    """A value of JSON as the expression that stands for it; text is text, whatever stands in it."""
    import json

    try:
        text = json.dumps(value)
    except RecursionError:
        return Unsupported("nested too deeply")
    found = parse_expression(text.replace("${", "$${").replace("%{", "%%{"), "values.json")
    return found or Unsupported("a value of a JSON values file")


def value_of(block: Block, given: GivenValues | None, library: bool, env: Env) -> Value:
    """The value of a root's variable: given, else its default, else unknown among what validation allows."""
    value = _assigned(block, given, env)
    by_default = value is None
    if value is None:
        value = _default(block, env)
        if given is not None and given.lost:
            value = unsupported(given.lost[0])
    else:
        value = default_if_null(block, value, env)
    if value is None:
        value = _unset(block, library, env)
    value = convert(value, block.expression("type"), env)
    return as_marked(doubted(block, value, _others(block, given, by_default), env), block)


def _others(
    block: Block, given: GivenValues | None, by_default: bool
) -> Sequence[OtherValue]:
    """The other values that may win over the one that was found: nothing does over one of the command line."""
    if given is None or given.elsewhere is None or block.name in given.raw:
        return ()
    return [each for each in given.elsewhere(block.name) if by_default or each.wins]


def value_from_call(block: Block, argument: Attribute, outer: Env, env: Env) -> Value:
    """The value of a variable that a call gives it; ``outer`` is what names mean where that is written."""
    value = default_if_null(block, evaluate(argument.expression, outer), env)
    kind = block.expression("type")
    value = convert(narrowed(block, convert(value, kind, env), env), kind, env)
    where = _place(block, argument.where)
    return as_marked(
        hop(value, where, Note("terraform.module-input", {"name": block.name})), block
    )


def as_marked(value: Value, block: Block) -> Value:
    """The value of a variable or output, sensitive where that is marked so."""
    return hidden(value) if is_sensitive(block) else value


def is_sensitive(block: Block) -> bool:
    """Whether a variable or output is marked ``sensitive``."""
    return block.expression("sensitive") == Literal(True)


def default_if_null(block: Block, value: Value, env: Env) -> Value:
    """The default in place of a null that a caller gives to a variable with ``nullable = false``."""
    default = (
        _default(block, env)
        if is_null(value) and block.expression("nullable") == Literal(False)
        else None
    )
    return value if default is None else default


def _assigned(block: Block, given: GivenValues | None, env: Env) -> Value | None:
    name = block.name
    if given is None:
        return None
    if name in given.raw:
        return hop(
            from_option(given.raw[name], block),
            None,
            Note("terraform.variable-option", {"name": name}),
        )
    if given.doubt is not None:
        return given.doubt
    if name in given.expressions:
        expression, where = given.expressions[name]
        return hop(
            evaluate(expression, env),
            _place(block, where),
            Note("terraform.variable-file", {"name": name}),
        )
    found = None if given.inputs is None else attribute_of(given.inputs, name)
    if found is None or isinstance(found, Failed):
        return None
    if is_sensitive(block):  # a report shows the line
        bare = (
            Known(found.value, None, True)
            if isinstance(found, Known)
            else found.but(because=None)
        )
        return hop(bare, block.head, Note("terraform.variable-environment", {"name": name}))
    return found


def _default(block: Block, env: Env) -> Value | None:
    attribute = block.attribute("default")
    if attribute is None:
        return None
    note = Note("terraform.variable-default", {"name": block.name})
    return hop(
        evaluate(attribute.expression, env),
        _place(block, attribute.where),
        note,
        StepKind.DEFAULT,
    )


def _place(block: Block, where: Located) -> Located:
    """Where a value is told: not where a sensitive one is written, since a report shows the line."""
    return block.head if is_sensitive(block) else where


def _unset(block: Block, library: bool, env: Env) -> Value:
    reason = Reason.CALLER_NOT_IN_REPO if library else Reason.UNSET_VARIABLE
    step = Step(block.head, Note("terraform.variable-unset", {"name": block.name}))
    return narrowed(block, Unknown(reason, f"var.{block.name}", step), env)
