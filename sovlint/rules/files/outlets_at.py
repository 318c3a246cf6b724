"""Where outlets stand in configuration files of tools that send data on, as the catalogue describes them."""

from __future__ import annotations

from typing import Final

from msgspec import Struct, field

from sovlint.model.decoding import PipelineId, SomeText, Yes
from sovlint.rules.keys import ANY, HERE, Conditions, DottedPath, KeyPath

TYPE: Final = "<type>"
"""What stands in a path for the key that is the type of an outlet."""


class OutletsAt(Struct, frozen=True, kw_only=True):
    """Each thing at `at` is an outlet of a tool, with what is below it as its settings."""

    tool: PipelineId
    """A key of `pipelines`."""
    written_at: DottedPath = field(default=HERE, name="at")
    """Keys; `*` is any one key or index, `<type>` the key that is the type. All of the file where nothing is said."""
    type: DottedPath | None = None
    """Keys at which its type stands; `.` is the thing itself."""
    until: SomeText = ""
    """What ends the type (`azure/gpt-4o`)."""
    always: SomeText = ""
    """The only type that there is."""
    listed: Yes = False
    """Other things stand there too: only types that the tool has are outlets."""
    when: Conditions = ()
    """All that makes it one."""
    unless: Conditions = ()
    """What makes it none, such as `enabled: false`."""

    @property
    def at(self) -> KeyPath:
        """Where outlets stand."""
        return tuple(ANY if key == TYPE else key for key in self.written_at)

    @property
    def by_key(self) -> int | None:
        """The number of the key that is the type."""
        return self.written_at.index(TYPE) if TYPE in self.written_at else None
