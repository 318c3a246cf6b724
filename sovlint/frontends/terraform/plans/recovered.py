"""Arguments read back from what a plug-in made of them: the region in an ARN that a state or plan knows already."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from sovlint.frontends.terraform.modules.computed import is_template
from sovlint.model.attributes import Attributes, Found
from sovlint.model.value import Known

_PIECE = re.compile(r"\{(\w*)\}")


class Recovered:
    """Attributes with those that are absent read back by the templates of their type (``Hints.computed``)."""

    __slots__ = ("_attributes", "_templates")

    def __init__(self, attributes: Attributes, templates: Mapping[str, str]) -> None:
        self._attributes = attributes
        self._templates = {name: text for name, text in templates.items() if is_template(text)}

    def read(self, path: str) -> Sequence[Found]:
        """All values at a dotted path; of an argument that isn't there, the one that all that was made of it shows."""
        found = self._attributes.read(path)
        if any(not (isinstance(each.value, Known) and each.value.value in (None, "")) for each in found):
            return found
        shown = [each for each in (self._in(name, text, path) for name, text in self._templates.items()) if each]
        values = {each.value.value for each in shown if isinstance(each.value, Known)}
        return shown[:1] if len(values) == 1 else found

    def _in(self, name: str, template: str, wanted: str) -> Found | None:
        pieces = _PIECE.split(template)
        if wanted not in pieces[1::2]:
            return None
        made = self._text(name)
        if made is None:
            return None
        match = re.fullmatch("".join(self._pattern(pieces, at, wanted) for at in range(len(pieces))), made[0])
        if match is None:
            return None
        found = made[1]
        return Found(Known(match["wanted"], found.value.because, found.value.sensitive), found.where, found.sure)

    def _pattern(self, pieces: Sequence[str], at: int, wanted: str) -> str:
        piece = pieces[at]
        if at % 2 == 0:
            return re.escape(piece)
        if piece == wanted:
            return "(?P<wanted>[^:/.]+)" if pieces[1::2].index(wanted) == at // 2 else "(?P=wanted)"
        other = self._text(piece) if piece else None
        if other is not None:
            return re.escape(other[0])
        return ".*" if at == len(pieces) - 2 and not pieces[-1] else "[^:/]*"

    def _text(self, name: str) -> tuple[str, Found] | None:
        """What stands under a name, where it is one text that is known."""
        found = self._attributes.read(name)
        value = found[0].value if len(found) == 1 else None
        return (value.value, found[0]) if isinstance(value, Known) and isinstance(value.value, str) else None
