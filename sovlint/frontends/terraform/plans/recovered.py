"""Arguments read back from what a plug-in made of them: the region in an ARN that a state or plan knows already."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from msgspec import Struct

from sovlint.expressions.kinds import known_text
from sovlint.frontends.terraform.modules.computed import PIECE, is_template
from sovlint.model.attributes import Attributes, Found
from sovlint.model.value import Known


class Recovered(Struct, eq=False):
    """Attributes with those that are absent read back by the templates of their type (``Hints.computed``)."""

    _attributes: Attributes
    _templates: Mapping[str, str]

    def read(self, path: str) -> Sequence[Found]:
        """All values at a dotted path; of an argument that isn't there, the one that all that was made of it shows."""
        found = self._attributes.read(path)
        if any(not (isinstance(each.value, Known) and each.value.value in (None, "")) for each in found):
            return found
        templates = ((name, text) for name, text in self._templates.items() if is_template(text))
        shown = [each for name, text in templates if (each := self._in(name, text, path))]
        values = {each.value.value for each in shown if isinstance(each.value, Known)}
        return shown[:1] if len(values) == 1 else found

    def _in(self, name: str, template: str, wanted: str) -> Found | None:
        pieces = PIECE.split(template)
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
        text = known_text(found[0].value) if len(found) == 1 else None
        return None if text is None else (text, found[0])
