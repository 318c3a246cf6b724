"""The types of policies and policy sets, built from plain data that the schema has passed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from msgspec import Struct, field
from msgspec.structs import replace

from sovlint.model.findings.finding import PolicyText, Severity
from sovlint.model.findings.own_rules import OwnRule
from sovlint.model.placement import Source
from sovlint.model.text import Bilingual

DATA_CLASS_KNOWN = "data-class-known"
DATA_CLASS_JUDGED = "data-class-judged"
DATA_CLASS_REMOVED = "data-class-removed"
ASSUMED_CLASS_JUDGED = "assumed-class-judged"
ATTESTATION_EXPIRED = "attestation-expired"
QUALIFICATION_ENDS_SOON = "qualification-ends-soon"
OWNERSHIP_AGES_SOON = "ownership-ages-soon"
IGNORE_COMMENTS = ("ignore-without-reason", "ignore-expired", "ignore-unused")
"""Policies on ignore comments; the room that knows these comments judges by them."""
ATTESTATION_IN_ORDER = "attestation-in-order"
ATTESTATION_ENDS_SOON = "attestation-ends-soon"
ATTESTATIONS = (ATTESTATION_IN_ORDER, "attestation-unused", ATTESTATION_ENDS_SOON)
"""Policies on attestations themselves; the same room judges by them."""
SAAS_IN_INVENTORY = "saas-in-inventory"
SAAS_PROCESSOR_CONTRACT = "saas-processor-contract"
HOUSEKEEPING = (
    DATA_CLASS_KNOWN, DATA_CLASS_JUDGED, DATA_CLASS_REMOVED, ASSUMED_CLASS_JUDGED, ATTESTATION_EXPIRED, *ATTESTATIONS,
    QUALIFICATION_ENDS_SOON, OWNERSHIP_AGES_SOON, SAAS_IN_INVENTORY, SAAS_PROCESSOR_CONTRACT,
    *IGNORE_COMMENTS,
)  # fmt: skip
"""Policies about the evidence itself, in force under every set. They have no ``require``."""

GROUPS = ("all", "any", "not")

LAW = "law"
"""What a policy rests on that law makes binding."""

_LEVELS = (Severity.NOTE, Severity.WARNING, Severity.ERROR)


def lesser(one: Severity, other: Severity) -> Severity:
    """The milder of two severities."""
    return min(one, other, key=_LEVELS.index)


def greatest(levels: Iterable[Severity]) -> Severity:
    """The gravest of several severities; there is at least one."""
    return max(levels, key=_LEVELS.index)


QUALIFIED: Final = "holds"
"""The predicate that asks for a qualification."""


class Need(Struct, frozen=True):
    """One thing asked of a placement: ``kind`` names the predicate, ``value`` what it asks for (``area``, ``EEA``)."""

    kind: str
    value: str


class Group(Struct, frozen=True):
    """Requirements taken together: ``all`` or ``any`` of ``members``, or ``not`` its only one."""

    kind: str
    members: tuple[Requirement, ...]


Requirement = Need | Group


class ByLaw(Struct, frozen=True):
    """The law that makes a policy binding where the configuration says that it binds the organisation (``stated``): for
    the classes of ``data`` and no other. ``remark`` is said with every finding that rests on it, ``derogation`` where
    somebody attests one."""

    stated: str
    data: tuple[str, ...]
    cites: tuple[Source, ...]
    remark: Bilingual
    derogation: Bilingual


class Policy(Struct, frozen=True):
    """One policy. ``data`` names classes (and so those that they cover); ``contested`` those of them that a reading
    by care alone leaves out. ``roles`` are bound outright, ``labelled_roles`` only where the class is declared on the
    resource itself, ``lighter_roles`` at no more than the severity given. ``unproven`` is what an unproven fact
    costs. ``classes`` are those that a housekeeping policy is about. ``longest_months`` bounds attestations by kind
    of claim. ``remark`` is said with every finding. ``require`` is ``None`` for housekeeping. ``waivable``: whether
    it may be waived at all, ``longest_waiver_days`` for how long (``None``: no bound). ``where`` is ``path:line``.
    ``replaces``: it says that it takes the place of a shipped one."""

    id: str
    title: Bilingual
    severity: Severity
    unproven: Severity
    data: tuple[str, ...] = ()
    contested: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    labelled_roles: tuple[str, ...] = ()
    lighter_roles: Mapping[str, Severity] = field(default_factory=dict)
    require: Requirement | None = None
    within_days: int = 0
    classes: tuple[str, ...] = ()
    longest_months: Mapping[str, int] = field(default_factory=dict)
    waivable: bool = True
    longest_waiver_days: int | None = None
    remark: Bilingual | None = None
    rests_on: tuple[str, ...] = ()
    applies: Bilingual | None = None
    """Where the law that it rests on applies, in a few words; ``None`` where it rests on none."""
    cites: tuple[Source, ...] = ()
    why: Bilingual = field(default_factory=lambda: Bilingual("", ""))
    remedy: Bilingual = field(default_factory=lambda: Bilingual("", ""))
    where: str = ""
    replaces: bool = False
    by_law: ByLaw | None = None
    bodies: Mapping[str, Bilingual] = field(default_factory=dict)
    """What is said with every finding, by the kind of body that the organisation is."""
    in_law: bool = False
    """Whether this is the policy as its law has it, and no set."""

    @property
    def all_cites(self) -> tuple[Source, ...]:
        """What it cites, and then what the law that may make it binding rests on."""
        return (*self.cites, *(self.by_law.cites if self.by_law is not None else ()))


class PolicySet(Struct, frozen=True):
    """What a run judges by: the policies in order, the housekeeping ones by id, and the states that
    ``control`` accepts besides those of the area asked for (``under_eu_control: {accept: [...]}``). ``known`` are the
    ids of all policies that there are, in this set or not. ``own`` is what it makes otherwise than the default set and
    shipped policies, with paths as they were given."""

    id: str
    title: Bilingual
    policies: tuple[Policy, ...]
    housekeeping: Mapping[str, Policy]
    accept: tuple[str, ...] = ()
    known: frozenset[str] = frozenset()
    own: tuple[OwnRule, ...] = ()
    law: tuple[Policy, ...] = ()
    """Policies that law makes binding for the organisation, in this set or not, as that law has them."""
    body: str | None = None
    """What kind of body the organisation is said to be."""


class SetEntry(Struct, frozen=True):
    """One line of a set: a policy, and what the set changes of it: its severity, whether it may be waived, and for how
    long (``None``: its own)."""

    policy: str
    severity: Severity | None = None
    waivable: bool | None = None
    longest_waiver_days: int | None = None


class Act(Struct, frozen=True):
    """What one does so that an ordinary repository complies: ``attest``, ``move`` or ``waive``, and in which words."""

    act: str
    text: Bilingual


class SetDocument(Struct, frozen=True):
    """A policy set as written; ``where`` is ``path:line``. ``replaces``: it says that it takes the place of a shipped
    one. ``why`` says for whom it is, ``bodies`` are the kinds that it is proposed to, ``acts`` lead to it."""

    id: str
    title: Bilingual
    entries: tuple[SetEntry, ...]
    accept: tuple[str, ...] = ()
    where: str = ""
    replaces: bool = False
    why: Bilingual | None = None
    bodies: tuple[str, ...] = ()
    acts: tuple[Act, ...] = ()


def policy(data: Mapping[str, Any], where: str) -> Policy:
    """The policy that ``data`` (valid under the schema) describes: each key is a field."""
    told = {name: _READ.get(name, _plain)(value) for name, value in data.items()}
    told.setdefault("unproven", told["severity"])
    return Policy(**told, where=where)


def policy_set(data: Mapping[str, Any], where: str) -> SetDocument:
    """The policy set that ``data`` (valid under the schema) describes."""
    return SetDocument(
        id=data["id"],
        title=_bilingual(data["title"]),
        entries=tuple(_entry(item) for item in data["policies"]),
        accept=tuple(data.get("under_eu_control", {}).get("accept", ())),
        where=where,
        replaces=data.get("replaces", False),
        why=_bilingual(data["why"]) if "why" in data else None,
        bodies=tuple(data.get("bodies", ())),
        acts=tuple(
            Act(each["act"], _bilingual(each["text"])) for each in data.get("acts", ())
        ),
    )


def requirement(data: Mapping[str, Any]) -> Requirement:
    """The tree of a ``require``: a mapping with one key, a predicate or ``all``, ``any``, ``not``."""
    ((kind, value),) = data.items()
    if kind not in GROUPS:
        return Need(kind, value)
    return Group(
        kind, tuple(requirement(member) for member in ([value] if kind == "not" else value))
    )


def needs(tree: Requirement | None) -> Iterator[Need]:
    """The leaves of a requirement, in order."""
    if isinstance(tree, Need):
        yield tree
    elif tree is not None:
        for member in tree.members:
            yield from needs(member)


def qualifications(judged_by: PolicySet) -> frozenset[str]:
    """The qualifications that the policies of a set ask about."""
    return frozenset(
        need.value
        for policy in (*judged_by.law, *judged_by.policies)
        for need in needs(policy.require)
        if need.kind == QUALIFIED
    )


def policy_texts(judged_by: PolicySet) -> Mapping[str, PolicyText]:
    """What a report says of each policy of a set, housekeeping ones included, by id."""
    return {
        each.id: PolicyText(
            **{name: getattr(each, name) for name in PolicyText.__struct_fields__}
        )
        for each in (*judged_by.law, *judged_by.policies, *judged_by.housekeeping.values())
    }


def in_law(policy: Policy) -> Policy:
    """A policy as its law has it: an error for the data that this binds, whatever a set says of it."""
    law = policy.by_law
    if law is None:
        raise ValueError(f"no law makes {policy.id} binding")
    return replace(
        policy,
        severity=Severity.ERROR,
        unproven=Severity.ERROR,
        data=law.data,
        contested=(),
        remark=law.remark,
        rests_on=(LAW,),
        applies=None,
        cites=law.cites,
        bodies={},
        in_law=True,
    )


def _entry(item: str | Mapping[str, Any]) -> SetEntry:
    if isinstance(item, str):
        return SetEntry(item)
    severity = Severity(item["severity"]) if "severity" in item else None
    return SetEntry(
        item["id"], severity, item.get("waivable"), item.get("longest_waiver_days")
    )


def _cited(data: Mapping[str, Any]) -> Source:
    supports = _bilingual(data["supports"])
    return Source(
        data.get("url", ""),
        str(data["date"]),
        supports.en,
        supports_fr=supports.fr,
        confidence=data.get("confidence"),
    )


def _by_law(data: Mapping[str, Any]) -> ByLaw:
    return ByLaw(
        stated=data["stated"],
        data=tuple(data["data"]),
        cites=tuple(map(_cited, data["cites"])),
        remark=_bilingual(data["remark"]),
        derogation=_bilingual(data["derogation"]),
    )


def _bilingual(data: str | Mapping[str, str]) -> Bilingual:
    return (
        Bilingual(data, data) if isinstance(data, str) else Bilingual(data["en"], data["fr"])
    )


def _plain(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


_READ: Mapping[str, Callable[[Any], Any]] = {
    "title": _bilingual,
    "severity": Severity,
    "unproven": Severity,
    "lighter_roles": lambda levels: {role: Severity(level) for role, level in levels.items()},
    "require": requirement,
    "remark": _bilingual,
    "cites": lambda cites: tuple(map(_cited, cites)),
    "by_law": _by_law,
    "applies": _bilingual,
    "bodies": lambda bodies: {kind: _bilingual(text) for kind, text in bodies.items()},
    "why": _bilingual,
    "remedy": _bilingual,
}
"""How the keys of a policy are read that aren't taken as they are."""
