"""Functions on texts that most charts use. What they make of a text with holes is right whatever these hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sovlint.expressions.templates.functions.arguments import (
    afford_text,
    data_of,
    holds_unknown,
    is_unknown,
    text,
    text_of,
    whole,
)
from sovlint.expressions.templates.functions.texts.cutting import (
    trim,
    trim_all,
    trim_prefix,
    trim_suffix,
    trunc,
)
from sovlint.expressions.templates.functions.texts.letters import lower, upper
from sovlint.expressions.templates.functions.texts.partial import (
    as_text,
    contains_surely,
    literal_end,
    literal_start,
    mapped,
    pieces,
)
from sovlint.expressions.templates.functions.texts.quoting import quoted
from sovlint.expressions.templates.running import Execution, TemplateError, TemplateFunction
from sovlint.expressions.templates.text import (
    TemplateHole,
    has_holes,
    indented,
    is_hole,
    joined,
    like,
)
from sovlint.expressions.templates.values import List, Map


def _changed(name: str, change: Callable[[str], str]) -> TemplateFunction:
    """A function that changes each character by itself."""

    def call(run: Execution, value: Any) -> Any:
        if isinstance(value, TemplateHole):
            return run.unknown(name, value)
        run.afford(len(text(value)))
        if has_holes(value):
            made = mapped(run, value, change, lambda hole: run.unknown(name, hole))
        else:
            made = change(value)
        return like(made, value)

    return call


def _replace(run: Execution, old: Any, new: Any, source: Any) -> Any:
    if isinstance(source, TemplateHole) or is_unknown(old) or isinstance(new, TemplateHole):
        return run.unknown("replace", old, new, source)
    sought, put, subject = text(old), text(new), text(source)
    run.afford(len(subject))
    afford_text(run, subject.count(sought) * len(put))
    if not has_holes(subject):
        return like(subject.replace(sought, put), subject)
    if _may_straddle(subject, sought):
        return run.unknown("replace", old, new, source)
    made = mapped(
        run,
        subject,
        lambda literal: literal.replace(sought, put),
        lambda hole: run.unknown("replace", old, new, hole),
    )
    return like(made, subject)


def _may_straddle(subject: str, sought: str) -> bool:
    """Whether what is sought may begin in a literal and end in a hole, or the other way round."""
    if not sought:
        return True
    literals = [piece for piece in pieces(subject) if not is_hole(piece[0])]
    return any(
        literal.endswith(sought[:size]) or literal.startswith(sought[size:])
        for literal in literals
        for size in range(1, len(sought))
    )


def _indent(run: Execution, spaces: Any, value: Any) -> Any:
    subject = as_text(run, value)
    if is_unknown(spaces):
        return run.unknown("indent", spaces, value)
    count = text(subject).count("\n") + 1
    afford_text(run, len(subject) + _count(spaces) * count)
    return indented(subject, spaces)


def _count(value: Any) -> int:
    """How often something is repeated."""
    if whole(value) < 0:
        raise TemplateError("strings: negative Repeat count")
    return whole(value)


def _nindent(run: Execution, spaces: Any, value: Any) -> Any:
    if is_unknown(spaces):
        return run.unknown("nindent", spaces, value)
    return joined(("\n", _indent(run, spaces, value)))


def string_of(run: Execution, value: Any) -> Any:
    """A value as Sprig makes a text of it."""
    if isinstance(value, TemplateHole):
        return run.unknown("toString", value)
    return run.shown(value)


def _quote(run: Execution, *values: Any) -> Any:
    if len(values) == 1 and isinstance(values[0], TemplateHole):
        return run.unknown("quote", values[0])
    if any(isinstance(value, TemplateHole) for value in values):
        return run.unknown("quote", *values)
    return joined([_quoted(run, value) for value in values if value is not None], " ")


def _quoted(run: Execution, value: Any) -> str:
    shown = run.shown(value)
    afford_text(run, len(shown))
    return like(quoted(shown), shown)


def _squote(run: Execution, *values: Any) -> Any:
    if any(isinstance(value, TemplateHole) for value in values):
        return run.unknown("squote", *values)
    shown = [run.shown(value) for value in values if value is not None]
    return joined([like(f"'{each}'", each) for each in shown], " ")


def _cat(run: Execution, *values: Any) -> Any:
    if any(isinstance(value, TemplateHole) for value in values):
        return run.unknown("cat", *values)
    return joined([run.shown(value) for value in values if value is not None], " ")


def _contains(run: Execution, sought: Any, value: Any) -> Any:
    known = isinstance(sought, str) and not is_unknown(sought)
    if known and isinstance(value, str) and contains_surely(value, sought):
        return True
    if is_unknown(sought) or is_unknown(value):
        return run.unknown("contains", sought, value)
    return text(sought) in text(value)


def _has_prefix(run: Execution, prefix: Any, value: Any) -> Any:
    if is_unknown(prefix) or isinstance(value, TemplateHole):
        return run.unknown("hasPrefix", prefix, value)
    known = value[: literal_start(text(value))]
    if len(known) < len(value) and text(prefix).startswith(known) and known != prefix:
        return run.unknown("hasPrefix", prefix, value)
    return known.startswith(text(prefix))


def _has_suffix(run: Execution, suffix: Any, value: Any) -> Any:
    if is_unknown(suffix) or isinstance(value, TemplateHole):
        return run.unknown("hasSuffix", suffix, value)
    known = value[literal_end(text(value)) :]
    if len(known) < len(value) and text(suffix).endswith(known) and known != suffix:
        return run.unknown("hasSuffix", suffix, value)
    return known.endswith(text(suffix))


def _repeat(run: Execution, count: Any, value: Any) -> Any:
    if is_unknown(count) or isinstance(value, TemplateHole):
        return run.unknown("repeat", count, value)
    afford_text(run, _count(count) * len(text(value)))
    return value * count


def strings_of(run: Execution, value: Any) -> list[Any]:
    """The items of a list as texts, without nils; of anything else, one."""
    if value is None:
        return []
    if isinstance(value, list):
        return [string_of(run, item) for item in value if item is not None]
    return [string_of(run, value)]


def _join(run: Execution, separator: Any, value: Any) -> Any:
    """A hole in a list may be nil, which is left out: it takes its separator along."""
    if is_unknown(separator) or isinstance(value, TemplateHole):
        return run.unknown("join", separator, value)
    texts = strings_of(run, value)
    run.afford(len(texts) + len(text(separator)))
    if not any(isinstance(each, TemplateHole) for each in texts):
        afford_text(run, sum(len(each) + len(separator) for each in texts))
        return joined(texts, separator)
    made: list[str] = []
    behind_known = False
    for each in texts:
        if isinstance(each, TemplateHole):
            made.append(run.holes.character(run.unknown("join", separator, each)))
            continue
        made.append(joined((separator, each)) if behind_known else each)
        behind_known = True
    return joined(made)


def _split_list(run: Execution, separator: Any, value: Any) -> Any:
    if is_unknown(separator) or is_unknown(value):
        return run.unknown("splitList", separator, value)
    return List(split_text(run, text(value), text(separator)))


def split_text(run: Execution, value: str, separator: str, most: int = -1) -> list[str]:
    """The stretches of a text between separators, as ``strings.SplitN`` has them."""
    run.afford(len(value))
    if most == 0:
        return []
    if separator:
        return value.split(separator, most - 1 if most > 0 else -1)
    characters = list(value)
    if 0 < most < len(characters):
        characters[most - 1 :] = ["".join(characters[most - 1 :])]
    return characters


def _numbered(texts: list[str]) -> Map:
    return Map({f"_{at}": each for at, each in enumerate(texts)})


def _split(run: Execution, separator: Any, value: Any) -> Any:
    if is_unknown(separator) or is_unknown(value):
        return run.unknown("split", separator, value)
    return _numbered(split_text(run, text(value), text(separator)))


def _splitn(run: Execution, separator: Any, most: Any, value: Any) -> Any:
    if is_unknown(separator) or is_unknown(most) or is_unknown(value):
        return run.unknown("splitn", separator, most, value)
    return _numbered(split_text(run, text(value), text(separator), whole(most)))


def _to_strings(run: Execution, value: Any) -> Any:
    if isinstance(value, TemplateHole):
        return run.unknown("toStrings", value)
    if isinstance(value, list) and any(isinstance(item, TemplateHole) for item in value):
        return run.unknown("toStrings", value)
    return List(strings_of(run, value))


def _substr(run: Execution, start: Any, end: Any, value: Any) -> Any:
    if any(map(holds_unknown, (start, end, value))):
        return run.unknown("substr", start, end, value)
    data = data_of(value)
    if whole(start) < 0:
        cut = data[: max(0, whole(end))]
    elif whole(end) < 0 or end > len(data):
        cut = data[start:]
    else:
        cut = data[start:end]
    return text_of(cut)


FUNCTIONS: Mapping[str, TemplateFunction] = {
    "lower": _changed("lower", lower),
    "upper": _changed("upper", upper),
    "trim": trim,
    "trimAll": trim_all,
    "trimall": trim_all,
    "trimPrefix": trim_prefix,
    "trimSuffix": trim_suffix,
    "replace": _replace,
    "trunc": trunc,
    "indent": _indent,
    "nindent": _nindent,
    "quote": _quote,
    "squote": _squote,
    "cat": _cat,
    "contains": _contains,
    "hasPrefix": _has_prefix,
    "hasSuffix": _has_suffix,
    "repeat": _repeat,
    "substr": _substr,
    "join": _join,
    "splitList": _split_list,
    "split": _split,
    "splitn": _splitn,
    "toString": string_of,
    "toStrings": _to_strings,
}
