"""What every service of an inventory is, in whichever form it is listed: a resource at the company that is named."""

from __future__ import annotations

from typing import Final

from sovlint.documents.attributes import DocumentAttributes, text_value
from sovlint.documents.cursor import Cursor
from sovlint.model.resources.resource import TRUE, Binding, Labels, Named, Resource
from sovlint.model.source import Span
from sovlint.model.value import Value

FRONT_END: Final = "saas"
"""The name of this front end, and the id of the plug-in through which it places."""

TYPE: Final = "service"
ROLE: Final = "processor"
DATA: Final = "data"
"""The key under which a service says which data it gets, and that of what its labels declare."""

DECLARER: Final = "inventory"
WRITTEN: Final = "saas.written"


def service(
    written: Cursor, address: str, where: Span, named: Named, labels: tuple[Labels, ...]
) -> Resource:
    """A service, or a company that its vendor passes data to (whose type is another one)."""
    return Resource(
        address=address,
        type=TYPE,
        front_end=FRONT_END,
        root=None,
        variant=None,
        library=False,
        exists=TRUE,
        where=where,
        attributes=DocumentAttributes(written.document, written.path, WRITTEN),
        binding=Binding(FRONT_END),
        named=named,
        labels=labels,
        role=ROLE,
    )


def text(written: Cursor, *path: str | int) -> str:
    """The text at a path without the blanks around it; empty for anything else."""
    return written.text(*path).strip()


def value(written: Cursor, note: str) -> Value | None:
    """The text here as a value; ``None`` where there is none."""
    found = text(written)
    return text_value(found, written.where, note) if found else None
