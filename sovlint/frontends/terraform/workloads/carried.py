"""Files of the repository that a root puts on machines: by a provisioner that copies them, or in what a machine is told
to run when it starts.

Source: the language reference of Terraform, "Provisioner Connection Settings" and "File Provisioner".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from posixpath import join, normpath
from typing import Final

from sovlint.expressions.environment import Env
from sovlint.expressions.evaluate import evaluate
from sovlint.expressions.kinds import known_text
from sovlint.expressions.nodes import Block, Body, Call, Expression, Traversal, within
from sovlint.frontends.terraform.modules.attributes import BodyAttributes
from sovlint.model.landing import CarriedFile
from sovlint.model.resources.resource import Resource
from sovlint.model.source import Located
from sovlint.model.value import Value
from sovlint.rules.hints import Hints

PROVISIONER: Final = "provisioner"
_CONNECTION: Final = "connection"
_COPIES: Final = "file"
_READING: Final = ("file", "templatefile", "filebase64")
"""Functions that read a file of the repository."""


def carried(resources: Iterable[Resource], hints: Hints) -> Iterator[CarriedFile]:
    """All files, each with the machine that it is put on."""
    for each in resources:
        if isinstance(each.attributes, BodyAttributes):
            body, env, _ = each.attributes.written
            for block in body.of(PROVISIONER):
                if block.name == _COPIES:
                    yield from _copied(each, block, body, env)
            yield from _started(each, body, env, hints)


def _copied(resource: Resource, block: Block, body: Body, env: Env) -> Iterator[CarriedFile]:
    blocks = block.body.of(_CONNECTION) or body.of(_CONNECTION)
    host = blocks[0].attribute("host") if blocks else None
    if host is None:
        return
    is_itself = _is_own(host.expression)
    value = None if is_itself else evaluate(host.expression, env)
    source, content = block.attribute("source"), block.attribute("content")
    if source is not None:
        path = known_text(evaluate(source.expression, env))
        yield from _files(resource, [path], source.where, value)
    elif content is not None:
        yield from _files(resource, _read(content.expression, env), content.where, value)


def _started(resource: Resource, body: Body, env: Env, hints: Hints) -> Iterator[CarriedFile]:
    """What a machine is told to run, by the rules on its type."""
    rules = hints.workloads.get(resource.type)
    for rule in rules.rules if rules is not None else ():
        for path in rule.scripts:
            attribute = body.attributes.get(path[0])
            if attribute is not None:
                read = _read(attribute.expression, env)
                yield from _files(resource, read, attribute.where, None)


def _files(
    resource: Resource, paths: Iterable[str | None], where: Located, host: Value | None
) -> Iterator[CarriedFile]:
    for path in filter(None, paths):
        place = normpath(join(resource.root or "", path))
        if not place.startswith(("..", "/")):
            folder = "" if place == "." else place
            address = resource.address if host is None else None
            yield CarriedFile(
                folder, resource.root or "", resource.variant, where, address, host
            )


def _read(expression: Expression, env: Env) -> Sequence[str | None]:
    """The paths of the files that an expression reads."""
    calls = (each for each in within(expression) if isinstance(each, Call))
    return [
        known_text(evaluate(each.arguments[0], env))
        for each in calls
        if each.name in _READING and each.arguments
    ]


def _is_own(expression: Expression) -> bool:
    return isinstance(expression, Traversal) and expression.root == "self"
