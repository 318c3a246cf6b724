"""What a state is called among repositories: one text for each state, so that whoever keeps it and whoever reads it say
the same.

``s3:bucket=etats&path=net/terraform.tfstate&region=eu-west-3``. All that must be known and equal (``at``) stands in it; what
tells states apart only where both sides say it (``apart``: the region of a bucket) may be missing on either side: who keeps
a state offers it with and without, and who reads one asks for what it knows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from urllib.parse import quote, urlsplit

from sovlint.frontends.terraform.states.places import WORKSPACE, StatePlace
from sovlint.model.decoding import late_pattern
from sovlint.model.partial.holes import HOLE
from sovlint.model.redaction.redact import mask
from sovlint.rules.hints import StateHints

LONGEST = 1_000
"""Characters of a key: no longer one is offered or asked for."""
_PLAIN = "/:@*.-_~"
_ANY = "*"
"""What stands for the name of any workspace."""
_UNSAID = "-"
"""What stands for what whoever keeps a state doesn't say."""
_MACHINE = late_pattern(
    r"(?:[a-z+.-]+://)?(?:localhost|127\.[\d.]+|\[::1\]|0\.0\.0\.0)(?:[:/].*)?", 0
)
"""An address that means another place on each machine."""


def offered_keys(hint: StateHints, kept: StatePlace) -> tuple[str, ...]:
    """What a state is called that a root keeps: in its default workspace, and in any other; nothing where it isn't surely
    one, or not known to the last."""
    if len(kept.paths) > 1 or len(kept.workspaces) > 1:
        return ()
    known = tuple(("", value or _UNSAID) for value in kept.apart)
    paths = (*kept.paths, *(path.replace(WORKSPACE, _ANY) for path in kept.workspaces))
    return tuple(_keys(hint, kept, paths, known))


def asked_keys(hint: StateHints, asked: StatePlace) -> tuple[str, ...]:
    """What a state may be called that is read, at one path."""
    known = tuple((value, _UNSAID) if value else ("",) for value in asked.apart)
    paths = [*asked.paths, *(path.replace(WORKSPACE, _ANY) for path in asked.workspaces)]
    paths += [other for path in asked.paths for other in _in_a_workspace(hint, path)]
    return tuple(_keys(hint, asked, paths, known))


def _keys(
    hint: StateHints,
    place: StatePlace,
    paths: Sequence[str],
    apart: Sequence[tuple[str, ...]],
) -> Iterator[str]:
    if not hint.across:
        return
    at = dict(zip(hint.at, place.at, strict=True))
    for path in dict.fromkeys(paths):
        if any(value is None for value in at.values()) or not path or HOLE in path:
            continue
        said = {
            **{
                name: value
                for name, value in at.items()
                if value and value != hint.defaults.get(name)
            },
            "path": path,
        }
        if any(_is_private(value) for value in said.values()):
            continue
        for values in product(*apart):
            told = {
                name: value for name, value in zip(hint.apart, values, strict=True) if value
            }
            pairs = (
                f"{name}={quote(value, safe=_PLAIN)}" for name, value in (said | told).items()
            )
            key = f"{hint.kind}:{'&'.join(pairs)}"
            if len(key) <= LONGEST and mask(key) == key:
                yield key


def _is_private(text: str) -> bool:
    """Whether a text means another place elsewhere, or has a secret in it."""
    if _MACHINE.fullmatch(text.lower()):
        return True
    if "://" not in text:
        return False
    try:
        found = urlsplit(text)
        return "@" in found.netloc or bool(found.query)
    except ValueError:
        return True


def _in_a_workspace(hint: StateHints, path: str) -> Iterator[str]:
    """A path that is written out and is that of a workspace by the rules of its backend, as that of any workspace."""
    template = hint.workspaces
    if not template.startswith("{workspace_key_prefix}/"):
        return
    prefix = hint.defaults.get("workspace_key_prefix", "")
    head, _, rest = path.removeprefix(f"{prefix}/").partition("/")
    if prefix and path.startswith(f"{prefix}/") and head and rest:
        yield f"{prefix}/{_ANY}/{rest}"
