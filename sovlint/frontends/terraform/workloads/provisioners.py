"""What runs where a resource is made or destroyed: commands here and there, and files that are copied there.

Source: the language reference of Terraform, on provisioners.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from sovlint.expressions.environment import Env
from sovlint.expressions.evaluate import evaluate
from sovlint.expressions.kinds import content, known_text
from sovlint.expressions.nodes import Block
from sovlint.frontends.shell.files import SHELLS
from sovlint.frontends.terraform.modules.attributes import BodyAttributes
from sovlint.frontends.terraform.workloads.structure import tree
from sovlint.frontends.workloads.read import signals
from sovlint.model.decoding import decode
from sovlint.rules.destination import Signal
from sovlint.rules.hints import Hints
from sovlint.rules.workload import Workload, Workloads

_RULES: Final[Mapping[str, dict[str, object]]] = {
    "local-exec": {"environment": [{"at": "environment"}], "scripts": ["command"]},
    "remote-exec": {"scripts": ["inline"]},
    "file": {"files": [{"text": "content", "name": "destination"}]},
}


def provisioned(block: Block, env: Env, hints: Hints) -> Iterator[Signal]:
    """Where a provisioner sends data."""
    rule = _RULES.get(block.name)
    if rule is None or not _is_for_shell(block, env):
        return
    read = Workloads((decode(Workload, {"types": [block.name], **rule}),))
    found = tree(BodyAttributes(block.body, env, block.where), read.names)
    if found is not None:
        yield from signals(found, read, hints)


def _is_for_shell(block: Block, env: Env) -> bool:
    """Whether a command is one of a shell: another program may be named that gets it."""
    attribute = block.attribute("interpreter")
    named = None if attribute is None else content(evaluate(attribute.expression, env))
    first = known_text(named[0]) if isinstance(named, tuple) and named else None
    return first is None or first.rpartition("/")[2] in SHELLS
