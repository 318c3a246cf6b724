"""``sovlint facts --format cyclonedx-xml``: the document of ``cyclonedx.py`` in XML, elements in the schema's order."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree.ElementTree import Element, indent, tostring

from sovlint.model.findings.finding import Report
from sovlint.model.redaction.redact import inert, printable
from sovlint.report.facts.cyclonedx import SPEC_VERSION, document
from sovlint.report.pieces.json_text import Json
from sovlint.report.pieces.style import Style


def render(report: Report, language: str, style: Style) -> str:
    """The document as XML text; neither language nor ``style`` has a bearing on it."""
    root = _bom(document(report, language))
    indent(root)
    return inert(
        f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'
    )


def _bom(data: Json) -> Element:
    components = _element(
        "components", map(_component, data["metadata"]["tools"]["components"])
    )
    metadata = _element(
        "metadata",
        [_element("tools", [components]), _properties(data["metadata"]["properties"])],
    )
    parts = [metadata, _element("services", map(_service, data["services"]))]
    if "dependencies" in data:
        parts.append(_element("dependencies", map(_dependency, data["dependencies"])))
    namespace = f"http://cyclonedx.org/schema/bom/{SPEC_VERSION}"
    return _element("bom", parts, xmlns=namespace, version=str(data["version"]))


def _component(data: Json) -> Element:
    return _element(
        "component", [_leaf(key, data[key]) for key in ("name", "version")], type=data["type"]
    )


def _service(data: Json) -> Element:
    parts = []
    if "provider" in data:
        parts.append(_element("provider", [_leaf("name", data["provider"]["name"])]))
    parts += [_leaf(key, data[key]) for key in ("group", "name", "version") if key in data]
    if "endpoints" in data:
        parts.append(
            _element("endpoints", [_leaf("endpoint", text) for text in data["endpoints"]])
        )
    parts += [
        _leaf(key, str(data[key]).lower())
        for key in ("authenticated", "x-trust-boundary")
        if key in data
    ]
    if "data" in data:
        parts.append(_element("data", map(_flow, data["data"])))
    parts.append(_properties(data["properties"]))
    return _element("service", parts, **{"bom-ref": data["bom-ref"]})


def _flow(data: Json) -> Element:
    return _element(
        "dataflow", [_leaf("classification", data["classification"], flow=data["flow"])]
    )


def _properties(listed: list[Json]) -> Element:
    return _element(
        "properties", [_leaf("property", each["value"], name=each["name"]) for each in listed]
    )


def _dependency(data: Json) -> Element:
    return _element(
        "dependency",
        [_leaf("dependency", "", ref=to) for to in data["dependsOn"]],
        ref=data["ref"],
    )


def _leaf(tag: str, text: str, /, **attributes: str) -> Element:
    made = _element(tag, (), **attributes)
    made.text = printable(text)
    return made


def _element(tag: str, parts: Iterable[Element], /, **attributes: str) -> Element:
    made = Element(tag, {key: printable(text) for key, text in attributes.items()})
    made.extend(parts)
    return made
