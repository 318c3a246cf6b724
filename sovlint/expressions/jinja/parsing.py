"""Texts of Jinja -> its syntax trees, by Jinja's own parser. Nothing of a template is compiled or run."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Final

from jinja2 import Environment, TemplateSyntaxError, nodes

from sovlint.expressions.templates.running import TemplateError, TooCostlyError

MAX_SOURCE: Final = 1024 * 1024
"""Longer templates are not read."""
_HEADER: Final = re.compile(r"#jinja2:([^\n]*)\n")
"""A first line in which a template of Ansible says how it is to be read."""
_MARKS: Final = ("{{", "{%", "{#")


def is_template(text: str) -> bool:
    """Whether there is anything in a text that Jinja would look at."""
    return any(mark in text for mark in _MARKS)


@lru_cache(maxsize=2_000)
def parsed(text: str) -> nodes.Template:
    """The tree of a template, whose lines count from 1. Raises ``TemplateError``."""
    if len(text) > MAX_SOURCE:
        raise TooCostlyError(f"longer than {MAX_SOURCE:,} characters", 1)
    header = _HEADER.match(text)
    options = _options(header[1]) if header else frozenset()
    # What the header stood on stays a line, so that all others keep their numbers.
    source = (
        text
        if header is None
        else f"{{#{' ' * (len(header[0]) - 5)}#}}\n{text[header.end() :]}"
    )
    return _parse(source, options)


@lru_cache(maxsize=2_000)
def expression(text: str) -> nodes.Expr:
    """The tree of an expression that stands by itself, as conditions do. Raises ``TemplateError``."""
    template = _parse("{{" + text + "\n}}", frozenset())
    output = template.body[0] if len(template.body) == 1 else None
    if not isinstance(output, nodes.Output) or len(output.nodes) != 1:
        raise TemplateError("not one expression", 1)
    return output.nodes[0]


def _parse(source: str, options: frozenset[tuple[str, bool]]) -> nodes.Template:
    try:
        return _environment(options).parse(source)
    except TemplateSyntaxError as error:
        raise TemplateError(error.message or "not Jinja", error.lineno) from None
    except RecursionError:
        raise TooCostlyError("too much within each other", 1) from None
    except (ValueError, OverflowError) as error:
        raise TemplateError(str(error), 1) from None


@lru_cache(maxsize=8)
def _environment(options: frozenset[tuple[str, bool]]) -> Environment:
    """Jinja as Ansible sets it up."""
    given: dict[str, Any] = {
        "trim_blocks": True,
        "keep_trailing_newline": True,
        **dict(options),
    }
    # Nothing is rendered by it: what comes of a template is read as YAML, and written nowhere.
    return Environment(extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"], **given)


def _options(header: str) -> frozenset[tuple[str, bool]]:
    pairs = (each.partition(":")[::2] for each in header.split(","))
    return frozenset(
        (name.strip(), value.strip().lower() == "true")
        for name, value in pairs
        if name.strip() in ("trim_blocks", "lstrip_blocks")
    )
