"""Variables in the values of charts that the kubelet fills in, of a container that templates give them to."""

from __future__ import annotations

import re
from typing import Final

from sovlint.model.partial.holes import joined_pieces
from sovlint.model.value import Known, Reason, Unknown, Value

_VARIABLE: Final = re.compile(r"\$\([A-Z][A-Z0-9_]*\)")


def with_variables(value: Value) -> Value:
    """A text with holes where it names variables as the kubelet fills them in: templates give it to a container."""
    if not isinstance(value, Known) or "$(" not in str(value.value):
        return value
    last, pieces = 0, list[Value]()
    written = str(value.value)
    for met in _VARIABLE.finditer(written):
        pieces.append(Known(written[last : met.start()]))
        pieces.append(Unknown(Reason.FROM_ENVIRONMENT, met[0], value.because))
        last = met.end()
    return joined_pieces([*pieces, Known(written[last:])], value.because) if pieces else value
