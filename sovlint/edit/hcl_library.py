"""python-hcl2, an extra: it drafts tags, and reads an edited file a second time. No scan needs it."""

from __future__ import annotations

from types import ModuleType

from sovlint.errors import SovlintError
from sovlint.installation import bringing


def hcl_library() -> ModuleType:
    """The library, imported now. Raises ``SovlintError`` where it isn't there."""
    try:
        import hcl2
    except ModuleNotFoundError:
        raise SovlintError(
            "Labels in Terraform need the library python-hcl2, which isn't installed.",
            bringing("edit"),
        ) from None
    return hcl2
