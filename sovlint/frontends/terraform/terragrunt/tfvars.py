"""``read_tfvars_file``: a file of values as a JSON text of all of them; one of several, where only part of its path is
known."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Sequence

from sovlint.expressions.environment import NOWHERE
from sovlint.expressions.evaluate import evaluate
from sovlint.expressions.functions import checkout
from sovlint.expressions.kinds import NotKnown, unsupported
from sovlint.expressions.lifting import one_of, plainly_unknown
from sovlint.expressions.values import plain
from sovlint.frontends.terraform.modules.variables import gather
from sovlint.frontends.terraform.terragrunt.context import ConfigFile
from sovlint.model.value import Known, Unknown, Value

MOST = 20
"""So many files are read for one call; of more, nothing is known."""
_ENDINGS = (".tfvars", ".tfvars.json")
_ANY = "sovlint-any"
"""In place of what isn't known of a path: what git ignores there may be the file that is meant."""


def read_tfvars_file(config: ConfigFile, arguments: list[Value]) -> Value:
    """What a file of values says (``jsondecode`` takes it from there). Of a path that is known in part, what each file
    that fits says: nobody knows which."""
    if not arguments:
        return unsupported("read_tfvars_file without a path")
    (path, *_) = arguments
    found = config.local_path(path)
    if found is not None:
        return _values(found, config)
    several = [] if isinstance(path, Known) else _several(path, config)
    if not several or isinstance(path, Known):
        return unsupported("read_tfvars_file of a path that isn't known")
    return one_of([_values(each, config) for each in several], plainly_unknown(path))


def _several(path: Unknown, config: ConfigFile) -> Sequence[str]:
    """The files that a path may name; none where it may name others."""
    if path.among:
        found = [config.local_path(each) for each in path.among]
        return [each for each in found if each is not None] if all(found) else ()
    parts = path.parts or ()
    if not parts or (parts[0] or "").startswith("/") or _begins_anywhere(parts):
        return ()
    probe = checkout.below_root(
        config.folder, "".join(_ANY if each is None else each for each in parts)
    )
    reader = config.context.recorder
    if probe is None or not reader.absent(probe):
        return ()
    pattern = re.compile(re.escape(probe).replace(re.escape(_ANY), "[^/]*"))
    fitting = [
        each
        for each in reader.listing(posixpath.dirname(probe.partition(_ANY)[0]))
        if each.endswith(_ENDINGS) and pattern.fullmatch(each)
    ]
    return sorted(fitting) if len(fitting) <= MOST else ()


def _begins_anywhere(parts: Sequence[str | None]) -> bool:
    """Whether a folder that nobody knows stands first."""
    return parts[0] is None and "/" in (parts[1] if len(parts) > 1 and parts[1] else "/")


def _values(path: str, config: ConfigFile) -> Value:
    given = gather([path], {}, config.context.recorder)
    if given.failures:
        return unsupported(f"{path}, which can't be read")
    try:
        values = {
            name: plain(evaluate(each, NOWHERE))
            for name, (each, _) in given.expressions.items()
        }
    except NotKnown as stop:
        return plainly_unknown(stop.unknown)
    return Known(json.dumps(values))
