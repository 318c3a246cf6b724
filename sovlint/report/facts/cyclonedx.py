"""``sovlint facts --format cyclonedx``: what carries data, as the services of a CycloneDX 1.6 document (ECMA-424).

A service for each placement of what carries a payload. What the standard has no place for are properties named
``sovlint:...``, of which the front end for CycloneDX reads ``region``, ``country`` and ``role`` again. There is neither
a serial number nor a time in it, so that the same repository gives the same text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from sovlint import __version__
from sovlint.model.findings.finding import Report
from sovlint.model.placement import CONFIG_ROLE, Placed, Placement
from sovlint.model.redaction.redact import mask, mask_address
from sovlint.model.resources.resource import Resource
from sovlint.model.value import Known
from sovlint.report.pieces import contract, json_text, listing
from sovlint.report.pieces.json_text import Json, filled
from sovlint.report.pieces.style import Style
from sovlint.report.run import own_rules, provenance, totals

SPEC_VERSION: Final = "1.6"
PREFIX: Final = "sovlint:"
"""What the names of our properties begin with."""

_SINGLE: Final = ("role", "provider", "service", "region", "country")
_SEVERAL: Final = ("area", "control", "technology")
_INVENTORY: Final = "saas"
_FLAGS: Final = ("authenticated", "x-trust-boundary")

_C: Final = r"(?:[A-Za-z0-9._~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})"
_REFERENCE: Final = re.compile(
    rf"""(?: [A-Za-z][A-Za-z0-9+.-]*://(?:(?:{_C}|:)*@)?[A-Za-z0-9._-]+(?::[0-9]{{1,5}})?(?:/(?:{_C}|[:@/])*)?
           | [A-Za-z][A-Za-z0-9+.-]*:(?!/)(?:{_C}|[:@/])+
           | [A-Za-z0-9._-]+(?:/(?:{_C}|[@/])*)?
         )
         (?:\?(?:{_C}|[:@/?])*)?(?:[#](?:{_C}|[:@/?])*)?""",
    re.VERBOSE,
)
"""Addresses that every reader of the standard's schemas takes for one ("iri-reference", "anyURI"): the common forms of
RFC 3986, appendix A."""


def render(report: Report, language: str, style: Style) -> str:
    """The document as JSON text; neither language nor ``style`` has a bearing on it."""
    return json_text.dump(document(report, language))


def document(report: Report, language: str) -> Json:
    """The document as data, services by root, variant and address."""
    found, refs = _services(listing.placed(report), language)
    links = _dependencies(report, refs)
    return {
        "$schema": f"http://cyclonedx.org/schema/bom-{SPEC_VERSION}.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": SPEC_VERSION,
        "version": 1,
        "metadata": {
            "tools": {
                "components": [
                    {"type": "application", "name": "sovlint", "version": __version__}
                ]
            },
            "properties": [
                _property("as-of", report.as_of),
                _property("catalogue", report.catalogue_date),
                _property("files-not-read", str(report.coverage.failed)),
                *(_property("rule", words) for words in own_rules.told(report, "en")),
                *(_property("coverage", words) for words in totals.left_out(report, "en")),
                *(
                    _property(f"provenance:{name}", value)
                    for name, value in provenance.properties(report)
                ),
            ],
        },
        "services": found,
        **filled(dependencies=links),
    }


def _services(placed: Iterable[Placed], language: str) -> tuple[list[Json], dict[int, str]]:
    """A service for each placement, and by the number of a resource the reference of its first one."""
    made: list[Json] = []
    refs: dict[int, str] = {}
    taken: set[str] = set()
    for each in placed:
        places = [one for one in contract.placements(each.placements) if not _is_config(one)]
        for place in places:
            ref = _free(_reference(each.resource), taken)
            taken.add(ref)
            refs.setdefault(each.resource.number, ref)
            made.append({"bom-ref": ref, **_service(each, place, len(places) == 1, language)})
    return made, refs


def _is_config(place: Placement) -> bool:
    return isinstance(place.role, Known) and place.role.value == CONFIG_ROLE


def _reference(resource: Resource) -> str:
    variant = f"[{resource.variant}]" if resource.variant else ""
    return mask(
        resource.address
        if resource.root is None
        else f"{resource.root}{variant}:{resource.address}"
    )


def _free(wanted: str, taken: set[str]) -> str:
    """A reference that no other service has: the first is called like its resource, further ones are numbered."""
    number, found = 1, wanted
    while found in taken:
        number += 1
        found = f"{wanted}#{number}"
    return found


def _service(placed: Placed, place: Placement, only: bool, language: str) -> Json:
    resource = placed.resource
    vendor = mask(name_of(place)) or _stated(resource)
    endpoints = [mask_address(text) for text in _answers(resource)]
    apt = [text for text in endpoints if only and _REFERENCE.fullmatch(text)]
    flags = {key: flag for key in _FLAGS if (flag := _flag(resource, key)) is not None}
    data = [
        {"flow": "inbound", "classification": name}
        for name in contract.strongest(placed.classes.claims)
    ]
    data += [
        {"flow": "unknown", "classification": mask(word)}
        for word in sorted(placed.classes.unmatched)
    ]
    return {
        **filled(
            provider={"name": vendor} if vendor else None, group=_text(resource, "group")
        ),
        "name": _text(resource, "name")
        or _text(resource, "product")
        or mask(resource.address),
        **filled(version=_text(resource, "version"), endpoints=apt),
        **flags,
        **filled(data=data),
        "properties": list(
            _properties(
                placed, place, [text for text in endpoints if text not in apt], language
            )
        ),
    }


def _properties(
    placed: Placed, place: Placement, others: Iterable[str], language: str
) -> Iterator[Json]:
    """What the standard has no place for; of several values each is a property of the same name."""
    resource, facts = placed.resource, contract.placement(place, language)
    where = resource.span
    plain: Mapping[str, str | None] = {
        **contract.fields(resource, "address", "root", "variant", "type"),
        "path": f"{mask(where.path)}:{where.line}",
        **{name: facts[name] for name in _SINGLE},
        "sent-by": mask(place.sent) or None,
    }
    if (
        plain["region"] is None
        and resource.named
        and isinstance(resource.named.region, Known)
    ):
        written = resource.named.region.value
        plain = {**plain, "region": mask(str(written)) if written else None}
    yield from (_property(name, text) for name, text in plain.items() if text is not None)
    yield from (_property(name, text) for name in _SEVERAL for text in facts[name] or ())
    yield from (_property("endpoint", text) for text in others)
    for held in facts["qualifications"]:
        until = f" until {held['until']}" if held["until"] else ""
        yield _property(
            "qualification", " ".join(filter(None, (held["name"], held["version"]))) + until
        )
    yield from (
        _property(f"data:{name}", how)
        for name, how in contract.strongest(placed.classes.claims).items()
    )
    _, unknown, _ = contract.facts_of({"exists": resource.exists})
    if placed.classes.unknown is not None:
        unknown["data"] = contract.reason(placed.classes.unknown)
    yield from (
        _property(f"unknown:{name}", why)
        for name, why in sorted({**facts["unknown"], **unknown}.items())
    )


def _property(name: str, value: str) -> Json:
    return {"name": f"{PREFIX}{name}", "value": value}


def name_of(place: Placement) -> str:
    """What the company is called that runs it; empty where that isn't known, or mustn't be shown."""
    return (
        place.provider_name
        if isinstance(place.provider, Known) and not place.provider.sensitive
        else ""
    )


def _stated(resource: Resource) -> str:
    """The vendor as an inventory names it, where the catalogue doesn't have it."""
    if (
        resource.front_end != _INVENTORY
        or resource.named is None
        or not isinstance(resource.named.provider, Known)
    ):
        return ""
    return mask(str(resource.named.provider.value))


def _answers(resource: Resource) -> Iterator[str]:
    """The addresses at which a service of an inventory answers, as far as they are known."""
    for found in resource.named.answers if resource.named else ():
        if (
            isinstance(found.value, Known)
            and isinstance(found.value.value, str)
            and not found.value.sensitive
        ):
            yield found.value.value


def _text(resource: Resource, key: str) -> str:
    """What an entry of an inventory says under a key; nothing of other resources, whose keys mean something else."""
    value = _read(resource, key)
    return mask(value) if isinstance(value, str) else ""


def _flag(resource: Resource, key: str) -> bool | None:
    value = _read(resource, key)
    return value if isinstance(value, bool) else None


def _read(resource: Resource, key: str) -> Any:
    found = resource.attributes.read(key) if resource.front_end == _INVENTORY else ()
    if len(found) != 1 or not isinstance(found[0].value, Known) or found[0].value.sensitive:
        return None
    return found[0].value.value


def _dependencies(report: Report, refs: Mapping[int, str]) -> list[Json]:
    """Which service hands data to which: the flows between those that are in the document."""
    onward: dict[str, set[str]] = {}
    for flow in report.flows:
        source = refs.get(flow.source.number)
        target = refs.get(flow.target.number) if flow.target is not None else None
        if source and target and source != target:
            onward.setdefault(source, set()).add(target)
    return [{"ref": source, "dependsOn": sorted(onward[source])} for source in sorted(onward)]
