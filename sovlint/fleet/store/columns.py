"""What a result is as a row: one schema as data, of which files, views and the documentation are made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct

NAME: Final = "sovlint-fleet"
VERSION: Final = 1
"""What is added is read as NULL in files that are older. What changes its meaning gets a new name."""

TEXTS: Final = "VARCHAR[]"
WORDS: Final = "MAP(VARCHAR, VARCHAR)"
DOCUMENTS: Final = ("document", "facts_document", "provenance")
"""The columns that hold texts of any length."""


class Column(Struct, frozen=True):
    """A column: its name, its type (of SQL, or the columns of what it lists), and what it says."""

    name: str
    type: str | tuple[Column, ...]
    says: str

    @property
    def sql(self) -> str:
        """Its type as DuckDB writes it."""
        return self.type if isinstance(self.type, str) else f"{struct(self.type)}[]"


class View(Struct, frozen=True):
    """A table that can be asked: its name, what a row of it is, and its columns, in order."""

    name: str
    says: str
    columns: tuple[Column, ...]


def struct(columns: Sequence[Column]) -> str:
    """The type of a row of these columns."""
    return f"STRUCT({', '.join(map(declared, columns))})"


def declared(column: Column) -> str:
    """A column as a table declares it."""
    return f"{quoted(column.name)} {column.sql}"


def quoted(name: str) -> str:
    """A name of SQL, whatever is in it."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text of SQL, whatever is in it."""
    return "'" + text.replace("'", "''") + "'"


STEP: Final = (
    Column("repository", "VARCHAR", "The repository where it was seen; NULL: this one."),
    Column("path", "VARCHAR", "The file, relative to its git root."),
    Column("line", "INTEGER", "The line."),
    Column("note", "VARCHAR", "What was seen there."),
)
HERE: Final = (
    Column("path", "VARCHAR", "The file, relative to the git root."),
    Column("line", "INTEGER", "The line; NULL: of the whole file."),
)
WHERE: Final = (
    Column(
        "provider", "VARCHAR", "Who runs it, by its id in the catalogue; NULL: not known."
    ),
    Column("service", "VARCHAR", "Which service of the provider's."),
    Column("region", "VARCHAR", "Its region, by its id in the catalogue."),
    Column("country", "VARCHAR", "The country of the region."),
    Column("area", TEXTS, "The areas that hold the country."),
    Column("control", TEXTS, "The states that can compel whoever runs it."),
    Column("technology", TEXTS, "The states whose companies make what it runs on."),
)
RESOURCE: Final = (
    Column("address", "VARCHAR", "The resource, as its own language names it."),
    Column("root", "VARCHAR", "The root of Terraform, overlay or chart that it belongs to."),
    Column("variant", "VARCHAR", "The variant of the root, such as a file of variables."),
)
LAST: Final = (
    Column("because", STEP, "The places that led there, from the use to the origin."),
)

FACTS: Final = (
    *RESOURCE,
    Column("type", "VARCHAR", "The type of the resource."),
    Column(
        "front_end",
        "VARCHAR",
        "Who read it: terraform, kubernetes, compose, saas, configuration.",
    ),
    *HERE,
    Column("library", "BOOLEAN", "Whether it stands in a module that no root here calls."),
    Column("exists", "BOOLEAN", "Whether it is made at all; NULL: not known."),
    Column("classes", TEXTS, "The data classes that it carries; NULL: not known."),
    Column("how", WORDS, "By class, how it got there: declared, inferred, ..."),
    Column(
        "role", "VARCHAR", "What it does with the data; NULL: not known, or nobody placed it."
    ),
    *WHERE,
    Column("qualifications", TEXTS, "What the service holds there on the day."),
    Column("unknown", WORDS, "By what isn't known, why."),
    Column(
        "among",
        "MAP(VARCHAR, VARCHAR[])",
        "By what isn't known, the values that it is one of.",
    ),
    *LAST,
)
FLOWS: Final = (
    Column("kind", "VARCHAR", "What goes along it: replication, backup, logs, export, ..."),
    Column("from_address", "VARCHAR", "The resource that it comes from."),
    Column("from_root", "VARCHAR", "That resource's root."),
    Column("from_variant", "VARCHAR", "That resource's variant."),
    Column("to_address", "VARCHAR", "The resource that it goes to; NULL: it goes outside."),
    Column("to_root", "VARCHAR", "That resource's root."),
    Column("to_variant", "VARCHAR", "That resource's variant."),
    Column("to_provider", "VARCHAR", "The company outside that it goes to."),
    *HERE,
)
FINDINGS: Final = (
    Column("policy", "VARCHAR", "The policy that was asked."),
    Column("verdict", "VARCHAR", "violation, unproven or compliant."),
    Column("severity", "VARCHAR", "error, warning or note."),
    Column(
        "fingerprint", "VARCHAR", "What tells it from others of its repository, over time."
    ),
    *RESOURCE,
    *HERE,
    Column("end_line", "INTEGER", "The last line of the resource."),
    Column("message", "VARCHAR", "What is wrong."),
    Column("data", TEXTS, "The data classes that it is about."),
    Column("how", WORDS, "By class, how it got there."),
    Column("role", "VARCHAR", "What the placement does with the data."),
    *WHERE,
    Column("basis", "VARCHAR", "What the answer rests on: sourced, soil, background."),
    Column("rests_on", TEXTS, "What the policy rests on: law, referential, doctrine, risk."),
    Column("cause", "VARCHAR", "What an unproven one waits for."),
    Column("suppressed", "VARCHAR", "inline, waiver or baseline; NULL: it counts."),
    Column("suppressed_until", "VARCHAR", "The last day on which it is suppressed."),
    *LAST,
)
FAILURES: Final = (
    *HERE,
    Column("at_column", "INTEGER", "The column of the line."),
    Column("message", "VARCHAR", "Why the file, or a part of it, couldn't be read."),
)
REMARKS: Final = (*HERE, Column("message", "VARCHAR", "What is worth knowing."))
NOTE: Final = (
    Column("path", "VARCHAR", "The file, relative to its git root."),
    Column("line", "INTEGER", "The line."),
    Column(
        "note", "STRUCT(en VARCHAR, fr VARCHAR)", "What was seen there, in both languages."
    ),
)
OFFERS: Final = (
    Column("kind", "VARCHAR", "What is offered: cluster, state, store, host, image, module."),
    Column("keys", TEXTS, "The names that others call it."),
    Column("path", "VARCHAR", "The file that makes it."),
    Column("line", "INTEGER", "The line."),
    Column("address", "VARCHAR", "The resource."),
    Column("repository", "VARCHAR", "Who offers it; empty: this repository."),
    Column("commit", "VARCHAR", "Its commit; empty: that of this result."),
    Column(
        "facts",
        'MAP(VARCHAR, STRUCT("value" VARCHAR, among VARCHAR[]))',
        "Provider, service and region.",
    ),
    Column("outputs", WORDS, "Of a state, what is known of each output, as JSON."),
    Column("files", WORDS, "Of a module, the text of each file."),
    Column("because", NOTE, "What led to it."),
)
ASKS: Final = (
    Column("kind", "VARCHAR", "What is looked for."),
    Column("key", "VARCHAR", "The name that it is called."),
)
COUNTED: Final = (
    "files", "failed", "skipped", "resources", "placed", "config", "unplaced", "classified", "assumed",
    "class_unknown", "ignored", "left_out", "shown", "doubtful",
)  # fmt: skip
COVERAGE: Final = f"STRUCT({', '.join(f'{each} INTEGER' for each in COUNTED)})"

SCALARS: Final = (
    Column("repository", "VARCHAR", "The repository's name in the fleet."),
    Column("commit", "VARCHAR", "The commit that was read."),
    Column("revision", "VARCHAR", "The revision that was asked for."),
    Column("committed_at", "VARCHAR", "When the commit was made, ISO 8601 in UTC."),
    Column("owners", TEXTS, "The team that owns the repository as a whole."),
    Column("addresses", TEXTS, "The addresses that it is cloned from."),
    Column("digest", "VARCHAR", "What tells this reading from any other that could end otherwise; not the day."),
    Column("status", "VARCHAR", "How the reading ended: read, empty, refused, timed-out, out-of-memory, broken."),
    Column("reason", "VARCHAR", "Why it wasn't read."),
    Column("as_of", "DATE", "The day that it was read for."),
    Column("holds_until", "DATE", "The last day on which the result is the same; NULL: for ever."),
    Column("tool", "VARCHAR", "The version of sovlint."),
    Column("catalogue", "VARCHAR", "The date of the catalogue."),
    Column("policy_set", "VARCHAR", "The policy set that judged."),
    Column("answers", "VARCHAR", "The digest of what other repositories answered; empty: nothing."),
    Column("seconds", "DOUBLE", "How long the reading took."),
    Column("peak", "BIGINT", "The most memory that it took, in bytes."),
    Column("coverage", COVERAGE, "How many files and resources were met, and what became of them."),
)  # fmt: skip
TEXT: Final = (
    Column("provenance", "VARCHAR", "What the report was made of, as JSON."),
    Column("document", "VARCHAR", "What `sovlint scan --format json` prints, byte for byte."),
    Column("facts_document", "VARCHAR", "What `sovlint facts --format json` says, as JSON."),
    Column("made", WORDS, "What else was made of the reading, as JSON, by its name."),
)
LISTED: Final = (
    Column("facts", FACTS, "One for each placement, and one for each resource without any."),
    Column("flows", FLOWS, "Where data goes."),
    Column("findings", FINDINGS, "What the policies said."),
    Column("failures", FAILURES, "What couldn't be read."),
    Column("remarks", REMARKS, "What is worth knowing."),
    Column("offers", OFFERS, "What it makes, by the names that others call it."),
    Column("asks", ASKS, "What it looked for among what others offer."),
)
RESULT: Final = (*SCALARS, *TEXT, *LISTED)
"""The columns of a file of results."""

RUN: Final = Column("run", "VARCHAR", "The run whose list has it.")
OF: Final = (
    RUN,
    Column("repository", "VARCHAR", "The repository's name in the fleet."),
)
RUNS: Final = (
    Column("run", "VARCHAR", "Its name."),
    Column(
        "number",
        "INTEGER",
        "Its place among the runs of the store; a later run has a higher one.",
    ),
    Column("kind", "VARCHAR", "fleet, or scan: one repository that its own pipeline read."),
    Column("finished", "BOOLEAN", "Whether it came to its end."),
    Column("began", "VARCHAR", "When it began, by the clock of its machine."),
    Column("ended", "VARCHAR", "When it ended, by that clock."),
    Column("as_of", "DATE", "The day that it judged for."),
    Column("tool", "VARCHAR", "The version of sovlint."),
    Column("code", "VARCHAR", "The digest of its code and catalogue."),
    Column("options", "VARCHAR", "Its options, as JSON."),
    Column("rounds", "INTEGER", "How often repositories were given answers of others."),
    Column("settled", "BOOLEAN", "Whether answers had stopped changing."),
    Column(
        "repositories", "INTEGER", "How many repositories it lists; NULL: it isn't finished."
    ),
    Column("unread", "INTEGER", "How many of them couldn't be read."),
)


def inner(column: Column) -> tuple[Column, ...]:
    """The columns of what a column lists, but for the repository's name, which every table has."""
    listed = () if isinstance(column.type, str) else column.type
    return tuple(each for each in listed if each.name != "repository")


ENTRIES: Final = (
    *OF,
    Column("commit", "VARCHAR", "The commit that was read."),
    Column("digest", "VARCHAR", "Which of the repository's results it is."),
    Column("status", "VARCHAR", "How the reading ended."),
    Column("day", "DATE", "The day that the result was read for."),
    Column("owners", TEXTS, "The team that owned the repository when the run began."),
)
VIEWS: Final = (
    View(
        "repositories",
        "A repository of a run.",
        (RUN, *SCALARS, Column("read_in", "VARCHAR", "The run in which it was read."), *TEXT),
    ),
    *(View(each.name, each.says, (*OF, *inner(each))) for each in LISTED),
    View("entries", "What a run lists, without opening any result.", ENTRIES),
    View("runs", "A run, whichever one is asked about.", RUNS),
)  # fmt: skip
"""The tables that can be asked."""


def described() -> Iterator[tuple[str, str, str, str]]:
    """The table of the documentation: view, column, type and what it says."""
    for view in VIEWS:
        for each in view.columns:
            yield view.name, each.name, _short(each), each.says


def _short(column: Column) -> str:
    if isinstance(column.type, str):
        return column.type
    return f"STRUCT({', '.join(each.name for each in column.type)})[]"
