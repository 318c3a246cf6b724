"""Policies and sets, shipped ones and the user's own, as one policy set to judge by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from sovlint.errors import SovlintError
from sovlint.model.organisation import Organisation
from sovlint.model.request import POLICY_SET
from sovlint.policy import policies as build
from sovlint.policy.changes import SetInForce, own_rules
from sovlint.policy.compile import index
from sovlint.policy.policies import (
    HOUSEKEEPING,
    Policy,
    PolicySet,
    SetDocument,
    SetEntry,
    in_law,
    lesser,
)
from sovlint.policy.read import HINT, Written, files, read

ONE = "Keep one of the two."
"""What to do about an id that stands twice."""
IN_VAIN = "Take it out, or write the id of the entry that it is about."
"""What to do about ``replaces: true`` where nothing of that id ships."""
REPLACES = (
    "Write `replaces: true` beside its `id` to judge by it in place of the shipped one (every report says so), "
    "or give it an id of its own."
)
"""What to do about an id that ships too."""


class Shelf(Struct):
    """Policies and sets by id. Mutable: it is filled file by file."""

    policies: dict[str, Policy] = field(default_factory=dict)
    sets: dict[str, SetDocument] = field(default_factory=dict)

    def add(self, written: Written) -> None:
        """Put one on the shelf. Raises ``SovlintError`` where its id stands there already."""
        if taken := self.taken(written):
            raise SovlintError(f"{written.where}: {taken}", ONE)
        if written.is_set:
            made = build.policy_set(written.data, written.where)
            self.sets[made.id] = made
        else:
            policy = build.policy(written.data, written.where)
            self.policies[policy.id] = policy

    def taken(self, written: Written) -> str:
        """That the id of one stands there already; empty where it doesn't."""
        shelf: Mapping[str, Policy] | Mapping[str, SetDocument] = (
            self.sets if written.is_set else self.policies
        )
        name = written.data["id"]
        return (
            f"`{name}` is defined already, at {shelf[name].where}." if name in shelf else ""
        )


def load(
    policy_paths: Sequence[Path], set_name: str, organisation: Organisation | None = None
) -> PolicySet:
    """The set called ``set_name`` (an id, or the path of a YAML file), with the policies at ``policy_paths``, and those
    that laws make binding which are stated to bind the ``organisation``: no policy of the user's repeals a law.

    A policy of the user's replaces the shipped one of the same id, and is judged even if the set doesn't name it; a
    shipped set's severity doesn't override what the user's policy says. Raises ``SovlintError`` for whatever is wrong.
    """
    shipped, own = shipped_shelf(), _own(policy_paths)
    chosen = _set(set_name, shipped, own)
    _check_announced(own, shipped)
    is_own = chosen is not shipped.sets.get(chosen.id)
    if is_own:
        _check_announced(Shelf(sets={chosen.id: chosen}), shipped)
    stock = {**shipped.policies, **own.policies}
    for _, problem in strange_entries(chosen.entries, stock):
        raise SovlintError(f"{chosen.where}: {problem}", HINT)
    firm = {entry.policy: entry for entry in chosen.entries}
    if chosen is shipped.sets.get(set_name):
        firm = {
            name: SetEntry(name) if name in own.policies else entry
            for name, entry in firm.items()
        }
    names = dict.fromkeys([*firm, *own.policies])
    policies = {
        name: _as_in_set(stock[name], firm.get(name)) for name in (*names, *HOUSEKEEPING)
    }
    return PolicySet(
        id=chosen.id,
        title=chosen.title,
        policies=tuple(policies[name] for name in names if name not in HOUSEKEEPING),
        housekeeping={name: policies[name] for name in HOUSEKEEPING},
        accept=chosen.accept,
        known=frozenset(stock),
        law=tuple(_law({**own.policies, **shipped.policies}, organisation)),
        body=organisation.kind if organisation else None,
        own=tuple(
            own_rules(
                SetInForce(
                    chosen.id, chosen.where if is_own else "", policies, chosen.accept
                ),
                _in_force(shipped.sets[POLICY_SET], shipped.policies),
                own.policies,
                shipped.policies,
            )
        ),
    )


def _law(stock: Mapping[str, Policy], organisation: Organisation | None) -> Iterator[Policy]:
    """The policies that law makes binding for the organisation."""
    stated = organisation.statements if organisation else ()
    for each in stock.values():
        if each.by_law is not None and each.by_law.stated in stated:
            yield in_law(each)


def _in_force(chosen: SetDocument, stock: Mapping[str, Policy]) -> SetInForce:
    """A shipped set as it is where nobody has policies of one's own."""
    policies = {
        entry.policy: _as_in_set(stock[entry.policy], entry) for entry in chosen.entries
    }
    return SetInForce(chosen.id, "", policies, chosen.accept)


def _check_announced(own: Shelf, shipped: Shelf) -> None:
    """Raise ``SovlintError`` for the first that takes the id of what ships and doesn't say so, or says so in vain."""
    listed: list[Policy | SetDocument] = [*own.policies.values(), *own.sets.values()]
    for each in listed:
        if problem := unannounced(each, shipped):
            raise SovlintError(f"{each.where}: {problem}", hint(each))


def hint(each: Policy | SetDocument) -> str:
    """What to do about a problem that ``unannounced`` tells."""
    return IN_VAIN if each.replaces else REPLACES


def unannounced(each: Policy | SetDocument, shipped: Shelf) -> str:
    """Why what is one's own can't be called as it is: it takes the id of what ships and doesn't say so, or says so and
    nothing of that id ships; empty where it can."""
    at = _shipped_at(each, shipped)
    sort = "policy" if isinstance(each, Policy) else "policy set"
    if at and not each.replaces:
        return f"`{each.id}` is the id of a {sort} that ships, at {at}: `replaces: true` is missing."
    if each.replaces and not at:
        from sovlint.documents import closest  # imported late: brings in yaml

        known = shipped.policies if isinstance(each, Policy) else shipped.sets
        return f"`replaces: true`, but no {sort} `{each.id}` ships.{closest(each.id, list(known))}"
    return ""


def _shipped_at(each: Policy | SetDocument, shipped: Shelf) -> str:
    """Where what ships under the same id stands."""
    shelf: Mapping[str, Policy | SetDocument] = (
        shipped.policies if isinstance(each, Policy) else shipped.sets
    )
    return shelf[each.id].where if each.id in shelf else ""


def known_policies(policy_paths: Sequence[Path] = ()) -> Mapping[str, Policy]:
    """Every policy by id, housekeeping ones too: the shipped ones, replaced or joined by those at ``policy_paths``."""
    return {**shipped_shelf().policies, **_own(policy_paths).policies}


def known_sets(policy_paths: Sequence[Path] = ()) -> Mapping[str, SetDocument]:
    """Every policy set by id, as written."""
    return {**shipped_shelf().sets, **_own(policy_paths).sets}


def shipped_shelf() -> Shelf:
    """What ships."""
    shelf, made = Shelf(), index()
    _add_all(shelf, (Written(False, data, where) for data, where in made["policies"]))
    _add_all(shelf, (Written(True, data, where) for data, where in made["sets"]))
    return shelf


def own_files(paths: Sequence[Path]) -> Iterator[Path | SovlintError]:
    """The files that ``paths`` (files and folders) stand for, each once; an error for a path without any."""
    seen = set()
    for path in paths:
        found = files(path) if path.exists() else []
        if not path.exists():
            yield SovlintError(f"{path}: no such policy file or folder.", HINT)
        elif not found:
            yield SovlintError(f"{path}: holds no policy (a file ending in .yaml).", HINT)
        for file in found:
            if (real := file.resolve()) not in seen:
                seen.add(real)
                yield file


def _own(paths: Sequence[Path]) -> Shelf:
    shelf = Shelf()
    for file in own_files(paths):
        if isinstance(file, SovlintError):
            raise file
        _add_all(shelf, read(file, str(file)))
    return shelf


def _add_all(shelf: Shelf, written: Iterable[Written]) -> None:
    for each in written:
        shelf.add(each)


def _set(name: str, shipped: Shelf, own: Shelf) -> SetDocument:
    known = {**shipped.sets, **own.sets}
    if name in known:
        return known[name]
    path = Path(name)
    if not path.is_file():
        raise unknown_set(name, list(known))
    written = read(path, name)
    sets = [each for each in written if each.is_set]
    if len(sets) != 1:
        raise SovlintError(
            f"{name}: must hold one policy set (a mapping with the key `policies`).", HINT
        )
    _add_all(own, (each for each in written if not each.is_set))
    return build.policy_set(sets[0].data, sets[0].where)


def unknown_set(name: str, known: Sequence[str]) -> SovlintError:
    """That there is no such policy set, and which there are."""
    from sovlint.documents import closest

    return SovlintError(
        f"There is no policy set `{name}`.{closest(name, known)}",
        f"Known sets: {', '.join(sorted(known))}; or give the path of a YAML file.",
    )


def strange_entries(
    entries: Sequence[SetEntry], stock: Mapping[str, Policy]
) -> Iterator[tuple[int, str]]:
    """The entries of a set that name no policy of ``stock``, or one for the second time: their index and a sentence."""
    seen = set()
    for number, entry in enumerate(entries):
        if entry.policy not in stock:
            from sovlint.documents import closest  # imported late: brings in yaml

            yield (
                number,
                f"there is no policy `{entry.policy}`.{closest(entry.policy, list(stock))}",
            )
        elif entry.policy in seen:
            yield number, f"the policy `{entry.policy}` stands twice in the set."
        seen.add(entry.policy)


def _as_in_set(policy: Policy, entry: SetEntry | None) -> Policy:
    """The policy as the set has it; what is unproven follows its severity where the policy makes no difference,
    and never costs more."""
    if entry is None:
        return policy
    if entry.severity is not None:
        apart = policy.unproven is not policy.severity
        unproven = lesser(policy.unproven, entry.severity) if apart else entry.severity
        policy = replace(policy, severity=entry.severity, unproven=unproven)
    changed = {name: getattr(entry, name) for name in ("waivable", "longest_waiver_days")}
    return replace(
        policy, **{name: value for name, value in changed.items() if value is not None}
    )
