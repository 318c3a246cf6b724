"""Policies and sets, shipped ones and the user's own, as one policy set to judge by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from sovlint.errors import SovlintError
from sovlint.policy import policies as build
from sovlint.policy.compile import index
from sovlint.policy.policies import HOUSEKEEPING, Policy, PolicySet, SetDocument, SetEntry
from sovlint.policy.read import HINT, Written, files, read


@dataclass(slots=True)
class _Shelf:
    """Policies and sets by id."""

    policies: dict[str, Policy] = field(default_factory=dict)
    sets: dict[str, SetDocument] = field(default_factory=dict)

    def add(self, written: Written) -> None:
        """Put one on the shelf. Raises ``SovlintError`` where its id stands there already."""
        if written.is_set:
            made = build.policy_set(written.data, written.where)
            _once(made.id, made.where, self.sets)
            self.sets[made.id] = made
        else:
            policy = build.policy(written.data, written.where)
            _once(policy.id, policy.where, self.policies)
            self.policies[policy.id] = policy


def load(policy_paths: Sequence[Path], set_name: str) -> PolicySet:
    """The set called ``set_name`` (an id, or the path of a YAML file), with the policies at ``policy_paths``.

    A policy of the user's replaces the shipped one of the same id, and is judged even if the set doesn't name it; a
    shipped set's severity doesn't override what the user's policy says. Raises ``SovlintError`` for whatever is wrong.
    """
    shipped, own = _shipped(), _own(policy_paths)
    chosen = _set(set_name, shipped, own)
    stock = {**shipped.policies, **own.policies}
    _check_entries(chosen, stock)
    firm = {entry.policy: entry for entry in chosen.entries}
    if chosen is shipped.sets.get(set_name):
        firm = {name: SetEntry(name) if name in own.policies else entry for name, entry in firm.items()}
    names = dict.fromkeys([*firm, *own.policies])
    return PolicySet(
        id=chosen.id,
        title=chosen.title,
        policies=tuple(_as_in_set(stock[name], firm.get(name)) for name in names if name not in HOUSEKEEPING),
        housekeeping={name: _as_in_set(stock[name], firm.get(name)) for name in HOUSEKEEPING},
        accept=chosen.accept,
        known=frozenset(stock),
    )


def known_policies(policy_paths: Sequence[Path] = ()) -> Mapping[str, Policy]:
    """Every policy by id, housekeeping ones too: the shipped ones, replaced or joined by those at ``policy_paths``."""
    return {**_shipped().policies, **_own(policy_paths).policies}


def known_sets(policy_paths: Sequence[Path] = ()) -> Mapping[str, SetDocument]:
    """Every policy set by id, as written."""
    return {**_shipped().sets, **_own(policy_paths).sets}


def _shipped() -> _Shelf:
    shelf, made = _Shelf(), index()
    for data, where in made["policies"]:
        shelf.add(Written(False, data, where))
    for data, where in made["sets"]:
        shelf.add(Written(True, data, where))
    return shelf


def _own(paths: Sequence[Path]) -> _Shelf:
    shelf, seen = _Shelf(), set()
    for path in paths:
        if not path.exists():
            raise SovlintError(f"{path}: no such policy file or folder.", HINT)
        found = files(path)
        if not found:
            raise SovlintError(f"{path}: holds no policy (a file ending in .yaml).", HINT)
        for file in found:
            if (real := file.resolve()) not in seen:
                seen.add(real)
                _add_all(shelf, read(file, str(file)))
    return shelf


def _add_all(shelf: _Shelf, written: Iterable[Written]) -> None:
    for each in written:
        shelf.add(each)


def _set(name: str, shipped: _Shelf, own: _Shelf) -> SetDocument:
    known = {**shipped.sets, **own.sets}
    if name in known:
        return known[name]
    path = Path(name)
    if not path.is_file():
        from sovlint.documents import closest

        raise SovlintError(
            f"There is no policy set `{name}`.{closest(name, list(known))}",
            f"Known sets: {', '.join(sorted(known))}; or give the path of a YAML file.",
        )
    written = read(path, name)
    sets = [each for each in written if each.is_set]
    if len(sets) != 1:
        raise SovlintError(f"{name}: must hold one policy set (a mapping with the key `policies`).", HINT)
    _add_all(own, (each for each in written if not each.is_set))
    return build.policy_set(sets[0].data, sets[0].where)


def _once(name: str, where: str, taken: Mapping[str, Policy] | Mapping[str, SetDocument]) -> None:
    if name in taken:
        raise SovlintError(f"{where}: `{name}` is defined already, at {taken[name].where}.", "Keep one of the two.")


def _check_entries(chosen: SetDocument, stock: Mapping[str, Policy]) -> None:
    from collections import Counter

    for name, times in Counter(entry.policy for entry in chosen.entries).items():
        if name not in stock:
            from sovlint.documents import closest

            raise SovlintError(f"{chosen.where}: there is no policy `{name}`.{closest(name, list(stock))}", HINT)
        if times > 1:
            raise SovlintError(f"{chosen.where}: the policy `{name}` stands twice in the set.", "Keep one of the two.")


def _as_in_set(policy: Policy, entry: SetEntry | None) -> Policy:
    """The policy as the set has it; what is unproven follows its severity where the policy makes no difference."""
    if entry is None:
        return policy
    if entry.severity is not None:
        unproven = entry.severity if policy.unproven is policy.severity else policy.unproven
        policy = replace(policy, severity=entry.severity, unproven=unproven)
    if entry.waivable is not None:
        policy = replace(policy, waivable=entry.waivable)
    if entry.longest_waiver_days is not None:
        policy = replace(policy, longest_waiver_days=entry.longest_waiver_days)
    return policy
