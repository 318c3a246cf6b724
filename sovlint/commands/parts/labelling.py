"""One label: which resources it is for, the edit of their file, and the proof by another reading that it does what was
asked and nothing else."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from msgspec.structs import replace

from sovlint.catalog.load import Catalog
from sovlint.edit.labels import BlockPlace, in_block, sets, variables_of
from sovlint.edit.splice import EditError
from sovlint.edit.yaml_labels import in_inventory, in_manifest, in_values
from sovlint.errors import SovlintError
from sovlint.model.findings.finding import Report
from sovlint.model.placement import How, Placed
from sovlint.model.resources.resource import LabelPlace, Resource
from sovlint.model.source import Span
from sovlint.report.pieces.contract import placement
from sovlint.resolve.classes.labelled import ANONYMOUS
from sovlint.rules.tagging import BETWEEN, Tag, TagForm, folded

if TYPE_CHECKING:
    from sovlint.stages.run import Run

TERRAFORM, KUBERNETES, SAAS = "terraform", "kubernetes", "saas"
PREFERRED: Final = "data_class"
"""The key that is written where several may be: every cloud allows it."""
DOWNLOADED: Final = ".terraform"
"""A folder whose files come from elsewhere: the next download would undo an edit."""
_INSTANCE: Final = re.compile(r"\[(?:\*|\d+|\"(?:[^\"\\]|\\.)*\")\]\Z")

Key = tuple[str, str, str, str, int]
"""An identity, the file, and which of those it is: an address may stand at several places of manifests."""
Lint = Callable[["Run"], Report]
LabelAsked = tuple[Sequence[Placed], tuple[str, ...]]
"""Resources of one block, and the classes to declare for them."""


class Outcome(Struct, frozen=True):
    """An edit that was proved: the file, what it held and would hold, and who else gets the class.

    ``instances`` come from the same block as what was asked for; ``others`` don't.
    """

    path: str
    file: Path
    before: bytes
    after: bytes
    report: Report
    instances: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    """Classes that were declared for what was asked for, and no longer are."""


class SharedError(Exception):
    """The edit would give the class to others that nobody asked about: their addresses."""

    def __init__(self, others: Sequence[str]) -> None:
        super().__init__(", ".join(others))
        self.others = tuple(others)


class Labeller:
    """Plans and proves edits in one repository, as it is on disk with the edits that were kept."""

    def __init__(
        self,
        run: Run,
        root: Path,
        catalog: Catalog,
        lint: Lint,
        report: Report | None = None,
    ) -> None:
        self.run = run
        self.root = root
        self.catalog = catalog
        self.lint = lint
        self.edited: dict[str, bytes] = {}
        self.report = report or lint(run)
        if (
            run.cache is not None
        ):  # what was read is taken as far as a draft leaves it as it is
            run.cache.save()

    def keep(self, outcome: Outcome) -> None:
        """Count an edit as made."""
        self.edited[str(outcome.file)] = outcome.after
        self.report = outcome.report

    def label(
        self, targets: Sequence[Placed], classes: tuple[str, ...], shared: bool
    ) -> Outcome:
        """The edit that declares the classes. ``targets`` come from one block.

        Raises ``EditError`` where it can't be done safely, ``SharedError`` where others get it too and that isn't
        allowed.
        """
        resource = targets[0].resource
        try:
            outcome = self._proved(targets, classes, *self._edit(resource, classes))
        except EditError:
            outcome = None
            if not self._calls(resource):
                raise
        if outcome is not None and (shared or not outcome.others):
            return outcome
        for path, place, name in self._calls(resource):
            try:
                edited = self._edit_call(path, place, name, classes)
                found = self._proved(targets, classes, *edited)
            except EditError:
                continue
            if shared or not found.others:
                return found
        if outcome is None:
            return self._proved(
                targets, classes, *self._edit(resource, classes)
            )  # raises as it did
        raise SharedError(outcome.others)

    # --- edits

    def _edit(
        self, resource: Resource, classes: tuple[str, ...]
    ) -> tuple[Path, bytes, bytes]:
        """The file of a resource with the class in it, and its bytes before and after."""
        if resource.front_end not in (TERRAFORM, KUBERNETES, SAAS):
            raise EditError("edit.takes-no-class")
        span = edited_at(resource)
        file, data = self._file(span.path)
        if span.path.endswith(".json"):
            raise EditError("edit.json-syntax")
        if resource.front_end == KUBERNETES:
            return file, data, self._manifest(resource, span, data, classes)
        if resource.front_end == SAAS:
            return (
                file,
                data,
                in_inventory(data, resource.address.removeprefix("saas:"), classes),
            )
        forms, added = self._forms(resource)
        return file, data, in_block(data, _place(resource), self._tag(classes), forms, added)

    def _manifest(
        self, resource: Resource, span: Span, data: bytes, classes: tuple[str, ...]
    ) -> bytes:
        if (there := resource.labelled_at) is not None:
            at = (there.where.line, there.where.column)
            return in_values(data, at, there.path, BETWEEN.join(classes))
        own = next(
            (each.where.span() for each in resource.labels if each.declarer == KUBERNETES),
            None,
        )
        inside = (
            own is not None
            and own.path == span.path
            and span.line <= own.line <= span.end_line
        )
        declared = (own.line, own.column) if own is not None and inside else None
        return in_manifest(data, (span.line, span.column), declared, BETWEEN.join(classes))

    def _edit_call(
        self, path: str, place: BlockPlace, name: str, classes: tuple[str, ...]
    ) -> tuple[Path, bytes, bytes]:  # fmt: skip
        file, data = self._file(path)
        return file, data, in_block(data, place, self._tag(classes), (TagForm(name),), None)

    def _calls(self, resource: Resource) -> list[tuple[str, BlockPlace, str]]:
        """Arguments of the module call above a resource from which its tags are made: file, call, argument."""
        if (
            resource.front_end != TERRAFORM
            or not resource.chain
            or resource.unreadable is not None
        ):
            return []
        head = resource.chain[-1].span()
        try:
            _, data = self._file(resource.span.path)
            _, calling = self._file(head.path)
            name = _called(resource.address)
            place = BlockPlace(head.line, "module", (name,))
            used = variables_of(data, _place(resource), self._forms(resource)[0])
            return [(head.path, place, each) for each in used if sets(calling, place, each)]
        except EditError:
            return []

    def _file(self, path: str) -> tuple[Path, bytes]:
        real = os.path.realpath(self.root / path)
        if not real.startswith(f"{str(self.root).rstrip(os.sep)}{os.sep}"):
            raise EditError("edit.outside", path=path)
        if DOWNLOADED in Path(real).parts:
            raise EditError("edit.downloaded")
        return Path(real), self.edited.get(real) or Path(real).read_bytes()

    def _tag(self, classes: tuple[str, ...]) -> Tag:
        rules = self.run.config.data
        among = rules.own_keys or rules.keys
        key = next((each for each in among if folded(each) == PREFERRED), among[0])
        return Tag(key, BETWEEN.join(classes), rules.keys)

    def _forms(self, resource: Resource) -> tuple[list[TagForm], TagForm | None]:
        """The forms that the tags of a resource may have, and the one that its type takes, as far as that is known."""
        plugin = self.catalog.plugin(resource.binding.plugin) if resource.binding else None
        if plugin is None:
            return [TagForm("tags"), TagForm("labels")], None
        own = next((each for each in plugin.tag_forms if resource.type in each.types), None)
        if own is not None:
            return [own], own
        known = {each.path: each for each in reversed(plugin.tag_forms)}
        return [
            known.get(path, TagForm(path)) for path in plugin.tags if "*" not in path
        ], None

    # --- proof

    def _proved(
        self,
        targets: Sequence[Placed],
        classes: tuple[str, ...],
        file: Path,
        before: bytes,
        after: bytes,
    ) -> Outcome:
        edited = {**self.edited, str(file): after}
        report, changed = self._read_again(edited, [(targets, classes)])
        old, new = keyed(self.report.placed), keyed(report.placed)
        meant = {each.resource.number for each in targets}
        asked = [key for key, each in old.items() if each.resource.number in meant]
        own = {_block(each.resource) for each in targets}
        return Outcome(
            str(file.relative_to(self.root).as_posix()), file, before, after, report,
            instances=_addresses(each for each in changed if _block(each) in own),
            others=_addresses(each for each in changed if _block(each) not in own),
            dropped=tuple(sorted({name for key in asked for name in declared(old[key]) - declared(new[key])})),
        )  # fmt: skip

    def _read_again(
        self, edited: dict[str, bytes], asked: Sequence[LabelAsked]
    ) -> tuple[Report, list[Resource]]:
        """What is read of edited files, and which others have other classes then. Raises ``EditError`` where a class that
        is ``asked`` for isn't declared, or anything else is otherwise."""
        kept = (
            self.run.cache and self.run.cache.for_drafts()
        )  # each draft has answers of its own
        report = self.lint(replace(self.run, edited=edited, cache=kept))
        failed = {(each.path, each.note) for each in report.failures}
        old, new = keyed(self.report.placed), keyed(report.placed)
        if (
            failed - {(each.path, each.note) for each in self.report.failures}
            or old.keys() != new.keys()
            or any(_places(old[key]) != _places(new[key]) for key in old)
        ):
            raise EditError("edit.changes-more")
        wanted = {
            each.resource.number: set(names) for found, names in asked for each in found
        }
        changed = []
        for key, each in old.items():
            names = wanted.get(each.resource.number)
            if names is not None and not names <= declared(new[key]):
                raise EditError("edit.not-declared")
            if names is None and declared(each) != declared(new[key]):
                changed.append(each.resource)
        return report, changed

    # --- dry runs

    def work(self, asked: Sequence[LabelAsked]) -> list[bool]:
        """Whether each of several labels would be written: by one reading of all that can be drafted, else by one for
        each. Where a library is missing they are taken to: the command says what brings it."""
        try:
            together = self._work_together(asked)
            return [
                any(each is one for one in together) or self._works(*each) for each in asked
            ]
        except SovlintError:
            return [True] * len(asked)

    def drafts(self, target: Placed) -> bool:
        """Whether a label can be drafted where something is declared: not into files of every kind."""
        try:
            return bool(self._edit(target.resource, (ANONYMOUS,)))
        except EditError:
            return False
        except SovlintError:  # a library is missing: the command says what brings it
            return True

    def _works(self, targets: Sequence[Placed], classes: tuple[str, ...]) -> bool:
        try:
            return bool(self.label(targets, classes, shared=False))
        except (EditError, SharedError):
            return False

    def _work_together(self, asked: Sequence[LabelAsked]) -> Sequence[LabelAsked]:
        """Those that can be drafted, if all of them at once do what they should. The ends of files come first, so that no
        line moves at which another edit begins."""
        drafted: list[LabelAsked] = []
        kept, self.edited = self.edited, dict(self.edited)
        try:
            for each in sorted(asked, key=lambda one: edited_at(one[0][0].resource))[::-1]:
                with suppress(EditError):
                    file, _, after = self._edit(each[0][0].resource, each[1])
                    self.edited[str(file)] = after
                    drafted.append(each)
            _, changed = self._read_again(self.edited, drafted)
        except EditError:
            return ()
        finally:
            self.edited = kept
        own = {_block(each.resource) for found, _ in drafted for each in found}
        return drafted if all(_block(each) in own for each in changed) else ()


def keyed(placed: Iterable[Placed]) -> dict[Key, Placed]:
    """Resources by what tells them apart in this reading and in one of the edited files; lines may have moved."""
    found: dict[Key, Placed] = {}
    times: Counter[tuple[str, str, str, str]] = Counter()
    for each in placed:
        which = (*each.resource.identity, each.resource.span.path)
        found[(*which, times[which])] = each
        times[which] += 1
    return found


def declared(placed: Placed) -> set[str]:
    """The classes that are declared for a resource."""
    return {claim.data_class for claim in placed.classes.claims if claim.how is How.DECLARED}


def without_instance(address: str) -> str:
    """An address without the key of its last instance."""
    return _INSTANCE.sub("", address)


def _base(resource: Resource) -> tuple[str, str]:
    return resource.root or "", without_instance(resource.address)


def _block(resource: Resource) -> tuple[str, str] | LabelPlace:
    """What stands for all that an edit reaches by itself: the address without instances, or where labels go."""
    return resource.labelled_at or _base(resource)


def edited_at(resource: Resource) -> Span:
    """Where a label of a resource goes."""
    return resource.labelled_at.where if resource.labelled_at else resource.span


def _places(placed: Placed) -> list[str]:
    found = [placement(each, "en") for each in placed.placements]
    return sorted(
        str({key: value for key, value in each.items() if key != "because"}) for each in found
    )


def _place(resource: Resource) -> BlockPlace:
    line = resource.span.line
    if resource.unreadable is not None:
        return BlockPlace(line, "module", (resource.names[0],))
    if not resource.names:
        raise EditError("edit.takes-no-tags")
    return BlockPlace(line, "resource", (resource.type, resource.names[0]))


def _called(address: str) -> str:
    """The name of the innermost module call in an address."""
    steps = re.findall(r"(?:^|\.)module\.([\w-]+)", address)
    return steps[-1] if steps else ""


def _addresses(resources: Iterable[Resource]) -> tuple[str, ...]:
    return tuple(sorted({_named(each) for each in resources}))


def _named(resource: Resource) -> str:
    """An address, with its root where it has one that isn't the git root."""
    return f"{resource.root}: {resource.address}" if resource.root else resource.address


def matching(placed: Sequence[Placed], address: str) -> list[Placed]:
    """The resources of an address; of one without a key, all instances."""
    exact = [each for each in placed if each.resource.address == address]
    return exact or [
        each for each in placed if without_instance(each.resource.address) == address
    ]
