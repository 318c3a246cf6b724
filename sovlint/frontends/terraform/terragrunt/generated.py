"""``generate`` blocks: the Terraform files that Terragrunt writes into a module, read as what they say.

What is interpolated is planted as a value: it keeps its chain, and where it isn't known the rest is still read. Places
are those of the text in Terragrunt's file.
"""

from __future__ import annotations

from collections.abc import Sequence

from sovlint.expressions.evaluate import evaluate
from sovlint.expressions.kinds import first_unknown, unsupported
from sovlint.expressions.lifting import plainly_unknown
from sovlint.expressions.nodes import Attribute, Expression, Template
from sovlint.expressions.texts import text_of
from sovlint.frontends.terraform.modules.module import Module, add
from sovlint.frontends.terraform.modules.shared import Shared
from sovlint.frontends.terraform.terragrunt.context import ConfigFile
from sovlint.model.decoding import late_pattern
from sovlint.model.source import Located, SourceFile
from sovlint.model.value import Known, Unknown, Value

_NAME = "sovlint_planted_"
_ARGUMENT = late_pattern(r'^\s*([\w-]+)\s*=\s*"[^"\n]*$')
_LITERAL_ONLY = frozenset({"source", "version", "alias", "path", "key"})
"""Arguments that are read as they are written."""


class GeneratedFile(SourceFile):
    """A text that Terragrunt writes; places in it are those of the heredoc that it is made of."""

    __slots__ = ("_first", "_matches", "_where")

    def __init__(self, text: str, where: Located) -> None:
        span = where.span()
        super().__init__(span.path, text.encode())
        self._where = span
        lines = self.data.count(b"\n")
        self._matches = lines > 0 and span.end_line - span.line == lines + 1
        self._first = span.line + 1

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column in Terragrunt's file."""
        if not self._matches:
            return self._where.line, self._where.column
        line, column = super().position(offset)
        return min(self._first + line - 1, self._where.end_line), column

    def line(self, number: int) -> str:
        """The text of a line by its number in Terragrunt's file."""
        return super().line(number - self._first + 1) if self._matches else ""


def write(module: Module, path: str, contents: Attribute, config: ConfigFile) -> None:
    """Add what a ``generate`` block writes at ``path`` to a module (one of its own: ``Module.copied``)."""
    shared = config.context.bodies.shared
    pieces = _pieces(contents.expression, config)
    text, planted = _text(pieces, len(module.planted))
    if planted and _refused(
        text, contents, shared
    ):  # what is interpolated is text that is more than a value
        text, planted = _flat(pieces), {}
    doubt = first_unknown(pieces)
    if doubt is not None and (not planted or _refused(text, contents, shared)):
        module.unsettled = plainly_unknown(doubt), contents.where
        text, planted = _around(pieces, contents, shared), {}
    if path.endswith(".json"):
        module.unsettled = unsupported(f"{path}, which isn't read"), contents.where
        return
    module.planted.update(planted)
    before = len(module.failures)
    add(module, GeneratedFile(text, contents.where), path, shared)
    if len(module.failures) > before:
        module.lost = True
        module.unsettled = unsupported(f"{path}, which can't be read"), contents.where


def _refused(text: str, contents: Attribute, shared: Shared) -> bool:
    trial = Module("")
    add(trial, GeneratedFile(text, contents.where), "", shared)
    return bool(trial.failures)


def _pieces(expression: Expression, config: ConfigFile) -> list[Value]:
    """The text piece by piece, as far as it is a template; what isn't known is a piece of its own."""
    written = expression.pieces if isinstance(expression, Template) else (expression,)
    return [part for each in written for part in _parts(evaluate(each, config.env))]


def _parts(value: Value) -> list[Value]:
    """A piece as its literals and what isn't known between them, as of a loop over what is known in part."""
    if not (isinstance(value, Unknown) and value.parts):
        return [value]
    hole = plainly_unknown(value)
    return [hole if part is None else Known(part) for part in value.parts]


def _text(pieces: Sequence[Value], start: int) -> tuple[str, dict[str, Value]]:
    """The text with names in place of what is interpolated, and what these stand for."""
    text = ""
    planted: dict[str, Value] = {}
    for piece in pieces:
        known = text_of(piece.value) if isinstance(piece, Known) else None
        line = text[text.rfind("\n") + 1 :]
        argument = _ARGUMENT.match(line)
        plain = argument is None or argument.group(1) in _LITERAL_ONLY
        if known is not None and (plain or piece.because is None):
            text += known
            continue
        name = f"{_NAME}{start + len(planted)}"
        planted[name] = piece
        text += f"${{{name}}}" if line.count('"') % 2 else name
    return text, planted


def _around(pieces: Sequence[Value], contents: Attribute, shared: Shared) -> str:
    """The blocks that stand between pieces which aren't known: whatever these are, they change none that is whole. Empty
    where one of these may stand within a block."""
    texts = [""]
    for piece in pieces:
        known = text_of(piece.value) if isinstance(piece, Known) else None
        if known is None:
            texts.append("")
        else:
            texts[-1] += known
    if any(_refused(text, contents, shared) for text in texts):
        return ""
    return "\n".join(texts)


def _flat(pieces: Sequence[Value]) -> str:
    """The text with all that is known in it."""
    return "".join(text_of(piece.value) or "" for piece in pieces if isinstance(piece, Known))
