"""Every front end, to read top to bottom. One that finds nothing to read, going by names, isn't imported."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from posixpath import basename

from sovlint.frontends import compose, configuration, kubernetes, saas, terraform
from sovlint.frontends.base import FrontEnd
from sovlint.frontends.compose.claims import is_compose
from sovlint.frontends.kubernetes.ansible.claims import DEPLOYS, may_deploy
from sovlint.frontends.kubernetes.claims import (
    ENDINGS,
    KUSTOMIZATIONS,
    OTHER,
    YAML_ENDINGS,
    is_manifest,
    other_than_manifest,
)
from sovlint.frontends.saas.claims import FILE_NAMES
from sovlint.frontends.terraform.claims import may_be
from sovlint.model.inputs import HEAD, Reader
from sovlint.rules.hints import Hints

FRONT_ENDS: Mapping[str, FrontEnd] = {
    "terraform": terraform.read,
    "kubernetes": kubernetes.read,
    "compose": compose.read,
    "saas": saas.read,
    "configuration": configuration.read,
}


def told_by(reader: Reader, hints: Hints) -> Mapping[str, Callable[[str], str]]:
    """What front ends ask of files without minding the rest of what they hold (``cache.asking.told``), by its name."""
    return {
        DEPLOYS: partial(may_deploy, reader),
        OTHER: partial(other_than_manifest, reader, kinds=hints.unread),
    }


_NAMES = frozenset({*KUSTOMIZATIONS, *FILE_NAMES, "Chart.yaml"})


def claimed(
    paths: Sequence[str], reader: Reader, hints: Hints, within: str = ""
) -> Iterator[str]:
    """Those of ``paths`` that a front end would read if they were listed: by their names or their heads.

    ``within``: the folder that they lie in, with a slash at its end, by whose own name none of them is passed over.
    Folders of other people's files are full of JSON: manifests there are looked for among YAML alone.
    """
    endings = YAML_ENDINGS if within else ENDINGS
    inside = [path[len(within) :] for path in paths]
    configuration = {claim.path for claim in hints.formats.claims(inside)}
    for path, name in zip(paths, inside, strict=True):
        named = (
            may_be(path)
            or is_compose(path)
            or basename(path) in _NAMES
            or name in configuration
        )
        if named or (path.endswith(endings) and _begins_so(reader.peek(path, HEAD), hints)):
            yield path


def _begins_so(head: bytes, hints: Hints) -> bool:
    return is_manifest(head) or hints.formats.has_head(hints.unread.begun(head))
