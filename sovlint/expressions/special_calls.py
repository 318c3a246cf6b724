"""Calls whose arguments aren't simply values: what may be refused (``try``, ``can``), and templates of their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from sovlint.expressions.environment import Env, Evaluate, NoNames
from sovlint.expressions.kinds import (
    Failed,
    Thing,
    content,
    failed,
    known_text,
    members_of,
    unsupported,
)
from sovlint.expressions.lifting import one_of, plainly_unknown
from sovlint.expressions.nodes import Call, Expression
from sovlint.model.value import Known, Unknown, Value


def _try(node: Call, env: Env, evaluate: Evaluate) -> Value:
    """The first argument that Terraform wouldn't refuse. One that isn't known may be refused or not.

    One of a few is none that is refused, and a resource surely has the address at which it answers.
    """
    work, before = env.scope.work, env.scope.work.doubts
    possible: list[Value] = []
    doubt: Unknown | None = None
    for argument in node.arguments:
        work.doubts = before
        value = evaluate(argument, env)
        if isinstance(value, Failed):
            continue
        possible.append(value)
        if isinstance(value, Unknown) and not value.among and value.host_of is None:
            doubt = value if doubt is None else doubt
        elif work.doubts == before:
            break
        else:
            doubt = work.doubt if doubt is None else doubt
    if not possible:
        return failed("try: every argument is refused")
    return possible[0] if doubt is None else one_of(possible, doubt)


def _can(node: Call, env: Env, evaluate: Evaluate) -> Value:
    work, before = env.scope.work, env.scope.work.doubts
    value = evaluate(node.arguments[0], env) if node.arguments else failed("can")
    doubt = work.doubt if work.doubts > before else None
    work.doubts = before
    if isinstance(value, Known) or value.among or value.host_of is not None:
        return Known(True, value.because) if doubt is None else plainly_unknown(doubt)
    return Known(False) if isinstance(value, Failed) else plainly_unknown(value)


def _rendered(
    node: Call,
    env: Env,
    template_of: Callable[[str], Expression | Unknown],
    evaluate: Evaluate,
) -> Value:
    """A template, with variables of its own alone."""
    if len(node.arguments) != 2 or isinstance(env.scope, NoNames):
        return failed(f"{node.name} takes a template and variables, and not in a template")
    source, variables = (
        env.scope.files.nearby(evaluate(argument, env)) for argument in node.arguments
    )
    names = content(variables)
    texts = _texts(source)
    if not texts:
        return plainly_unknown(source) if isinstance(source, Unknown) else failed(node.name)
    if isinstance(names, Thing):
        return unsupported("a whole resource or module as variables of a template")
    if not isinstance(names, dict):
        return (
            plainly_unknown(variables)
            if isinstance(variables, Unknown)
            else failed(node.name)
        )
    inner = Env(NoNames(env.scope.files, env.scope.work), names)
    templates = [template_of(text) for text in texts]
    if isinstance(source, Known):
        (template,) = templates
        return template if isinstance(template, Unknown) else evaluate(template, inner)
    return _one_of_rendered(source, templates, inner, evaluate)


def _one_of_rendered(
    source: Unknown,
    templates: Sequence[Expression | Unknown],
    env: Env,
    evaluate: Evaluate,
) -> Value:
    """What comes of one of several templates, not known which: those that are here are read."""
    rendered = [evaluate(each, env) for each in templates if not isinstance(each, Unknown)]
    whole = (
        one_of(rendered, source) if source.among and len(rendered) == len(templates) else None
    )
    if isinstance(whole, Known) or (whole is not None and whole.among):
        return whole
    return plainly_unknown(source).but(may_be=tuple(rendered))


def _texts(source: Value) -> list[str]:
    """The texts that a value is, or may be."""
    if isinstance(source, Known):
        found = [known_text(source)]
    else:
        found = [known_text(each) for each in (*members_of(source), *source.may_be)]
    return list(dict.fromkeys(each for each in found if each is not None))


SPECIAL: Mapping[str, Callable[[Call, Env, Evaluate], Value]] = {
    "try": _try,
    "can": _can,
    "templatefile": lambda node, env, evaluate: _rendered(
        node, env, env.scope.files.template, evaluate
    ),
    "templatestring": lambda node, env, evaluate: _rendered(
        node,
        env,
        lambda text: env.scope.files.parsed(text, "given to templatestring"),
        evaluate,
    ),
}
"""By name; the others are in ``functions``."""
