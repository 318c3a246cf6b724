"""What a company is used under: an entry of an inventory, or all that code places with one company. Registers of contracts
and suppliers begin here."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sovlint.model.placement import Placement, Source
from sovlint.model.resources.resource import Resource
from sovlint.model.text import Note
from sovlint.model.value import Because, Known, Step
from sovlint.registers.cells import Cell, fact
from sovlint.registers.drafting.gathered import declared, known_values
from sovlint.registers.drafting.material import Material
from sovlint.report.pieces.landings import Landed

INVENTORY: Final = "saas"
"""The front end of inventories."""
PASSED_ON: Final = "sub-processor"
"""The type of a company to which a vendor of an inventory passes data: it has no arrangement of its own."""
MOST: Final = 5
"""Resources that are named of one company."""
REFERENCE: Final = "contract.reference"
AGREEMENT: Final = "dpa.reference"


class UsedCompany(Struct, frozen=True):
    """A company that is used. ``id`` is that of the catalogue, or empty; ``called`` what people call it, empty where nobody
    knows. ``key`` tells legal entities apart: products of one company have the same. ``because`` leads to where it is
    named, ``sources`` show that it is used. ``reached_by`` is the resource that leads to it where nobody knows who it is."""

    id: str
    called: str
    key: str
    because: tuple[Because, ...] = ()
    sources: tuple[Source, ...] = ()
    reached_by: str = ""

    @property
    def named(self) -> str | Note:
        """What it is called in a question; where nobody knows, by what leads there."""
        if self.called:
            return self.called
        if self.reached_by:
            return Note("registers.company-of", {"address": self.reached_by})
        return Note("registers.unknown-company")


class Arrangement(Struct, frozen=True):
    """What one company is used under.

    ``entry`` is that of an inventory, if it is one. ``name`` tells it from others in rows and questions.
    ``passed_on`` are the sub-processors that the entry names.
    """

    name: str
    company: UsedCompany
    landed: tuple[Landed, ...]
    entry: Resource | None = None
    passed_on: tuple[Landed, ...] = ()

    def stated(self, path: str) -> tuple[str, Because] | None:
        """A text of the inventory's entry, and where it stands."""
        found = self.entry.attributes.read(path) if self.entry is not None else ()
        for each in found:
            if isinstance(each.value, Known) and not each.value.sensitive:
                step = Step(each.where, Note("registers.stated-here"))
                return str(each.value.value), each.value.because or step
        return None


def arrangements(material: Material) -> tuple[Arrangement, ...]:
    """All of them: entries of inventories by their addresses, then companies that code uses, worst first."""
    entries: dict[tuple[str, str], list[Landed]] = {}
    declared: dict[str, Resource] = {}
    companies: dict[str, list[Landed]] = {}
    used: dict[tuple[str, str], UsedCompany] = {}
    for one in material.landed:
        resource = one.placed.resource
        if resource.front_end == INVENTORY and resource.type == PASSED_ON:
            continue
        entry = _entry_of(one)
        address = entry.address if entry else ""
        company = used_company(one.placement, material, address)
        if not company.called:
            company = replace(company, reached_by=resource.address)
        used.setdefault((address, company.key), company)
        if entry is None:
            companies.setdefault(company.key, []).append(one)
            continue
        declared[entry.address] = entry
        entries.setdefault((entry.address, company.key), []).append(one)
    passed = _passed_on(material)
    of_entries = (
        Arrangement(
            material.local(slug(address.partition(":")[2])),
            used[address, key],
            tuple(entries[address, key]),
            declared[address],
            tuple(passed.get(address, ())),
        )
        for address, key in sorted(entries)
    )
    of_code = (
        Arrangement(key, used["", key], tuple(found)) for key, found in companies.items()
    )
    return (*of_entries, *of_code)


def used_company(
    placement: Placement, material: Material, otherwise: str = ""
) -> UsedCompany:
    """The company of a placement; ``otherwise`` tells those apart of which nobody knows more."""
    id = next(iter(known_values([placement.provider])), "")
    found = company_of(id, placement.provider_name or id, material, otherwise)
    chain = placement.provider.because or next(iter(placement.because), None)
    return replace(found, because=(chain,) if chain is not None else (), reached_by=otherwise)


def company_of(id: str, called: str, material: Material, otherwise: str = "") -> UsedCompany:
    """A company by its id in the catalogue, or by what it is called."""
    profile = material.profiles.get(id)
    legal = profile.company.name if profile is not None else id or called
    if not legal:
        return UsedCompany(id, called, material.local(slug(f"unknown-{otherwise}")))
    return UsedCompany(id, called, slug(legal))


def _entry_of(one: Landed) -> Resource | None:
    """The entry of an inventory that a placement is of: its own, or the one that declares the same service at the same
    company."""
    resource = one.placed.resource
    if resource.front_end == INVENTORY:
        return resource
    same = [each for each in one.placed.same_as if each.front_end == INVENTORY]
    return same[0] if len(same) == 1 else None


def _passed_on(material: Material) -> dict[str, list[Landed]]:
    """The sub-processors of each entry, by its address."""
    found: dict[str, list[Landed]] = {}
    for one in material.landed:
        resource = one.placed.resource
        if resource.front_end == INVENTORY and resource.type == PASSED_ON:
            entry, _, _ = resource.address.rpartition("/")
            found.setdefault(entry, []).append(one)
    return found


# --- cells


def reference(of: Arrangement, material: Material) -> Cell:
    """The reference of its contract: what the inventory says, else the answer to a question."""
    stated = of.stated(REFERENCE)
    if stated is not None:
        return fact(stated[0], because=(stated[1],))
    text = Note("registers.ask-reference", {"company": named(of)})
    return material.answers.ask(f"arrangement.{of.name}.reference", text)


def start(of: Arrangement, material: Material) -> Cell:
    """When it began."""
    term = of.entry.term if of.entry is not None else None
    day = term.start if term is not None else None
    text = Note("registers.ask-start", {"company": named(of)})
    return _day(of, day, "start") or material.answers.ask(
        f"arrangement.{of.name}.start", text
    )


def end(of: Arrangement, material: Material) -> Cell:
    """When it ends."""
    term = of.entry.term if of.entry is not None else None
    day = term.end if term is not None else None
    text = Note("registers.ask-end", {"company": named(of)})
    return _day(of, day, "end") or material.answers.ask(f"arrangement.{of.name}.end", text)


def _day(of: Arrangement, day: date | None, path: str) -> Cell | None:
    if day is None:
        return None
    stated = of.stated(path)
    return fact(day, because=(stated[1],) if stated is not None else ())


def identifier(company: UsedCompany, material: Material) -> Cell:
    """The code that identifies a company: never looked up, since no text that was read gives it."""
    return ask_company(company, "identifier", material)


def ask_company(company: UsedCompany, what: str, material: Material) -> Cell:
    """The answer to a question about a company, which is asked once."""
    text = Note(f"registers.ask-{what}", {"company": company.named})
    return material.answers.ask(f"company.{company.key}.{what}", text)


def company_question(company: UsedCompany, material: Material) -> Cell:
    """Who a company is of which nobody knows more than what leads to it."""
    entry = company.reached_by or company.key
    text = Note("registers.ask-company", {"entry": entry})
    note = Note("registers.used-by", {"resources": (entry,)})
    return material.answers.ask(f"company.{company.key}.name", text, note)


def named(of: Arrangement) -> str | Note:
    """What its company is called in a question: with the inventory's entry, where it has one."""
    if of.entry is None or not of.company.called:
        return of.company.named
    params = {"company": of.company.called, "entry": of.entry.address}
    return Note("registers.company-of-entry", params)


def called(of: Arrangement, material: Material) -> Cell:
    """What the company of an arrangement is called, with the inventory's entry: there may be several of one company."""
    steps = [one.placement.provider.because for one in of.landed]
    chain = tuple(dict.fromkeys(step for step in steps if step is not None))
    if of.company.called:
        entry = f" ({of.entry.address})" if of.entry is not None else ""
        name = f"{of.company.called}{entry}"
        return fact(name, because=chain) if chain else declared(of.landed, name)
    text = Note("registers.ask-company", {"entry": of.name})
    return material.answers.ask(f"arrangement.{of.name}.company", text, used_by(of.landed))


def used_by(found: Iterable[Landed]) -> Note:
    """Which resources lead to a company that nobody knows."""
    addresses = dict.fromkeys(one.placed.resource.address for one in found)
    return Note("registers.used-by", {"resources": tuple(addresses)[:MOST]})


def shared_references(found: Iterable[Arrangement]) -> Iterator[Note]:
    """Contracts that several companies are said to be used under: a reference names one arrangement with one of them."""
    by_reference: dict[str, dict[str, None]] = {}
    for each in found:
        stated = each.stated(REFERENCE)
        if stated is not None:
            by_reference.setdefault(stated[0], {})[
                each.company.called or each.company.key
            ] = None
    for written, companies in by_reference.items():
        if len(companies) > 1:
            params = {"reference": written, "companies": tuple(companies)}
            yield Note("registers.shared-reference", params)


def slug(name: str) -> str:
    """A name as part of an id."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode() or name
    return re.sub(r"[^\w.]+", "-", plain.casefold()).strip("-.") or "-"
