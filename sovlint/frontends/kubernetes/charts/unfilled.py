"""Values of a release that are filled in later: where nobody knows with what, nothing is decided by them."""

from __future__ import annotations

import re
from typing import Any, Final

from sovlint.documents.attributes import Evaluated
from sovlint.documents.dialects import GO
from sovlint.documents.tree import Node
from sovlint.expressions.templates.text import TemplateHole
from sovlint.expressions.templates.values import Map
from sovlint.frontends.cluster.charts.values import ENCRYPTED
from sovlint.frontends.cluster.objects import ManifestObject
from sovlint.frontends.kubernetes.deployers.kinds import ARGO_SET
from sovlint.model.text import Note
from sovlint.model.value import Reason, Step, Unknown

_VARIABLE: Final = re.compile(r"\s*\$\{[A-Za-z_]\w*(?::?[-=][^${}]*)?\}\s*")
"""A text that is nothing but a variable, as Flux and ``envsubst`` fill it in."""


def with_unfilled(
    values: Any, written: Node | None, by: ManifestObject | None, path: str = ".Values"
) -> Any:
    """Values in which each text is unknown that somebody fills in later: a variable alone, what is encrypted or known in
    part, and what is still a template where ``by``, which installs the chart, makes others of templates (``None``: nothing
    installs it). ``written``: the same values as they are written. The values themselves are changed."""
    if written is None:
        return values
    inner = written.value
    if isinstance(values, Map) and isinstance(inner, dict) and len(values) == len(inner):
        for key, node in zip(values, inner.values(), strict=True):
            values[key] = with_unfilled(values[key], node, by, f"{path}.{key}")
    elif isinstance(values, list) and isinstance(inner, list):
        for at, node in enumerate(inner):
            values[at] = with_unfilled(values[at], node, by, f"{path}[{at}]")
    elif isinstance(inner, str):
        unknown = _unfilled(inner, written, by, path)
        return values if unknown is None else TemplateHole(unknown, path)
    return values


def _unfilled(
    text: str, written: Node, by: ManifestObject | None, path: str
) -> Unknown | None:
    """Why a text isn't known; ``None`` for one that is. In another file than the object's a template is the chart's."""
    if isinstance(text, Evaluated) and isinstance(text.given, Unknown):
        return text.given
    if text.startswith(ENCRYPTED):
        note = Note("kubernetes.charts.encrypted")
        step = Step(written.where, Note("kubernetes.written"))
        return Unknown(Reason.FROM_ENVIRONMENT, path, step, note=note)
    own = by is not None and by.type == ARGO_SET and written.where.path == by.file.path
    if _VARIABLE.fullmatch(text) or (own and GO.open in text):
        return Unknown(
            Reason.TEMPLATED, path, Step(written.where, Note("kubernetes.written"))
        )
    return None
