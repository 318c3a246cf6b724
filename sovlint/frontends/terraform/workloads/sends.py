"""Where resources send data by the settings of what they run: functions and apps, objects of clusters, charts, and what
runs where they are made."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from msgspec.structs import replace

from sovlint.expressions.environment import Env
from sovlint.expressions.evaluate import evaluate
from sovlint.expressions.nodes import Body, Call, Literal, ObjectOf, Traversal, written_text
from sovlint.frontends.terraform.modules.attributes import BodyAttributes
from sovlint.frontends.terraform.workloads.kept import KeptValue, kept_values
from sovlint.frontends.terraform.workloads.structure import tree, written_texts
from sovlint.model.partial.holes import HOLE
from sovlint.model.redaction.secret_names import is_secret
from sovlint.model.resources.resource import Resource
from sovlint.model.resources.sent import Link
from sovlint.rules.hints import Hints
from sovlint.rules.names.copied import is_copied, without_form
from sovlint.rules.values.value_kinds import texts_of

_PART = "config"
PROVISIONER = "provisioner"
"""The block of what runs where a resource is made."""


def sending(
    resources: Iterable[Resource], hints: Hints, paths: Sequence[str] = ()
) -> Iterator[Resource]:
    """Resources with where they send data, and what of the repository they use. Those of all roots may be given.
    ``paths``: the files of the repository, among which charts may be."""
    waiting: list[Resource] = []
    listed = list(resources)
    kept = kept_values(listed, hints)
    for resource in listed:
        each = _with_secrets(_with_provisioners(resource, hints))
        if each.is_elsewhere:
            yield _with_arguments(each, hints, kept(each))
        elif each.type in hints.workloads:
            made = _with_settings(each, hints, kept(each))
            yield _with_definitions(made, hints, hints.workloads[each.type].names)
        elif each.type in hints.applied or each.type in hints.installs:
            waiting.append(each)
        else:
            yield _with_definitions(each, hints)
    if waiting:
        from sovlint.frontends.terraform.workloads.applied import applied
        from sovlint.frontends.terraform.workloads.releases import charts_in

        yield from applied(waiting, hints, charts_in(paths))


def _with_settings(resource: Resource, hints: Hints, kept: KeptValue) -> Resource:
    from sovlint.frontends.workloads.read import signals, unsaid

    runs = hints.workloads[resource.type]
    found = tree(resource.attributes, runs.names, runs.encoded)
    if found is None:
        return resource
    sent = tuple(
        signal.sent for signal in signals(found, runs, hints, _own_name(resource), kept)
    )
    doubt = unsaid(found, runs, hints)
    if not sent and doubt is None:
        return resource
    return replace(resource, sends=(*resource.sends, *sent), unsaid=doubt)


def _with_secrets(resource: Resource) -> Resource:
    """A resource with its secrets that are written elsewhere: those whose value is no literal beside the name."""
    if not isinstance(resource.attributes, BodyAttributes):
        return resource
    body, env, _ = resource.attributes.written
    found = dict.fromkeys(_assembled(body, env))
    return replace(resource, secrets=tuple(found)) if found else resource


def _assembled(body: Body, env: Env) -> Iterator[str]:
    """The texts of what is named like a secret, in a block, the blocks in it, and the maps there."""
    for name, attribute in body.attributes.items():
        told = [(name, attribute.expression)]
        while told:
            called, expression = told.pop()
            if isinstance(expression, ObjectOf):
                told += [(written_text(key) or "", each) for key, each in expression.pairs]
            elif isinstance(expression, Call) and not is_secret(called):
                told += [("", each) for each in expression.arguments]
            elif not isinstance(expression, Literal) and is_secret(called):
                value = evaluate(expression, env)
                yield from (part for part in texts_of(value) if HOLE not in part)
    for block in body.blocks:
        for inner in block.body.of("content") or (block,):
            yield from _assembled(inner.body, env)


def _with_definitions(
    resource: Resource, hints: Hints, but: Collection[str] = ()
) -> Resource:
    """A resource with where the texts that it keeps send data, what it is a part of where it does, and the arguments that
    name what is copied. ``but``: what rules of its type read."""
    attributes = resource.attributes
    if not isinstance(attributes, BodyAttributes):
        return resource
    body, env, _ = attributes.written
    copies = tuple(dict.fromkeys(_copies(body, "")))
    texts = list(written_texts(attributes, but))
    if not texts:
        return replace(resource, copies=copies) if copies else resource
    from sovlint.frontends.workloads.definitions import definition_sends

    sends, links = definition_sends(texts, hints)
    wholes = _wholes(resource, body, env) if sends or links else ()
    return replace(
        resource,
        sends=(*resource.sends, *sends),
        links=(*resource.links, *links, *wholes),
        copies=copies,
    )


def _copies(body: Body, above: str) -> Iterator[str]:
    """The paths of arguments that name what is copied, or where to."""
    for name in body.attributes:
        if is_copied(f"{above}{name}"):
            yield f"{above}{name}"
    for block in body.blocks:
        if block.kind != PROVISIONER:
            for inner in block.body.of("content") or (block,):
                yield from _copies(inner.body, f"{above}{block.makes}.")


def _wholes(resource: Resource, body: Body, env: Env) -> Iterator[Link]:
    """What a resource with such texts is a part of: what it refers to, and whose type its own begins with; or whose
    type and its own both have the words of the argument (``logic_app_id``), and its own has more."""
    from sovlint.frontends.workloads.definitions import referred

    for name, attribute in body.attributes.items():
        told = attribute.expression
        if not isinstance(told, Traversal):
            continue
        words = f"_{without_form(name)}_"
        named = words in f"{resource.type}_" and words in f"{told.root}_"
        if resource.type.startswith(f"{told.root}_") or (
            named and not resource.type.endswith(words[:-1])
        ):
            for address in referred(evaluate(told, env).because):
                yield Link(_PART, address, attribute.where, back=True)


def _with_arguments(resource: Resource, hints: Hints, kept: KeptValue) -> Resource:
    from sovlint.frontends.terraform.workloads.handed_on import handed_on

    sent = handed_on(resource, hints, kept)
    return replace(resource, sends=(*resource.sends, *sent)) if sent else resource


def _own_name(resource: Resource) -> str:
    """What people call a resource: its label."""
    return resource.address.partition("[")[0].rpartition(".")[2]


def _with_provisioners(resource: Resource, hints: Hints) -> Resource:
    attributes = resource.attributes
    if not isinstance(attributes, BodyAttributes):
        return resource
    body, env, _ = attributes.written
    blocks = body.of(PROVISIONER)
    if not blocks:
        return resource
    from sovlint.frontends.terraform.workloads.provisioners import provisioned

    sent = tuple(signal.sent for block in blocks for signal in provisioned(block, env, hints))
    return replace(resource, sends=(*resource.sends, *sent)) if sent else resource
