"""Pages by typst: data handed to a template, so that nothing that is scanned is ever markup.

The same bytes for the same data: no time of the making, and no font of the machine, is in it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from sovlint.errors import SovlintError
from sovlint.installation import bringing

SHARED: Final = Path(__file__).parent / "shared.typ"
"""What templates share: it stands before each."""


def typeset(template: Path, data: Any) -> bytes:
    """The PDF that a template makes of ``data``. Raises ``SovlintError`` where typst isn't there."""
    try:
        import typst  # an extra
    except ModuleNotFoundError:
        raise SovlintError(
            "This format needs the library typst, which isn't installed.",
            bringing("registers"),
        ) from None
    written = typst.compile(
        SHARED.read_bytes() + template.read_bytes(),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )
    assert isinstance(written, bytes)
    return written
