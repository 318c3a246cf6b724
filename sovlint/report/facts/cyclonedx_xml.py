"""``sovlint facts --format cyclonedx-xml``: the document of ``cyclonedx.py`` in XML, elements in the schema's order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

from sovlint.model.findings.finding import Report
from sovlint.model.redaction.redact import inert, printable
from sovlint.report.facts.cyclonedx import SPEC_VERSION, document
from sovlint.report.pieces.json_text import Json
from sovlint.report.pieces.style import Style

_INDENT: Final = "  "


def render(report: Report, language: str, style: Style) -> str:
    """The document as XML text; neither language nor ``style`` has a bearing on it."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', *_bom(document(report, language))]
    return inert("\n".join(lines) + "\n")


def _bom(data: Json) -> Iterator[str]:
    components = _element("components", {}, map(_component, data["metadata"]["tools"]["components"]))
    parts = [
        _element(
            "metadata", {}, [_element("tools", {}, [components]), _properties(data["metadata"]["properties"])]
        ),
        _element("services", {}, map(_service, data["services"])),
    ]  # fmt: skip
    if "dependencies" in data:
        parts.append(_element("dependencies", {}, map(_dependency, data["dependencies"])))
    namespace = f"http://cyclonedx.org/schema/bom/{SPEC_VERSION}"
    yield from _element("bom", {"xmlns": namespace, "version": str(data["version"])}, parts)


def _component(data: Json) -> Iterator[str]:
    return _element("component", {"type": data["type"]}, [_leaf(key, data[key]) for key in ("name", "version")])


def _service(data: Json) -> Iterator[str]:
    parts = []
    if "provider" in data:
        parts.append(_element("provider", {}, [_leaf("name", data["provider"]["name"])]))
    parts += [_leaf(key, data[key]) for key in ("group", "name", "version") if key in data]
    if "endpoints" in data:
        parts.append(_element("endpoints", {}, [_leaf("endpoint", text) for text in data["endpoints"]]))
    parts += [_leaf(key, str(data[key]).lower()) for key in ("authenticated", "x-trust-boundary") if key in data]
    if "data" in data:
        parts.append(_element("data", {}, map(_flow, data["data"])))
    parts.append(_properties(data["properties"]))
    return _element("service", {"bom-ref": data["bom-ref"]}, parts)


def _flow(data: Json) -> Iterator[str]:
    return _element("dataflow", {}, [_leaf("classification", data["classification"], {"flow": data["flow"]})])


def _properties(listed: list[Json]) -> Iterator[str]:
    return _element("properties", {}, [_leaf("property", each["value"], {"name": each["name"]}) for each in listed])


def _dependency(data: Json) -> Iterator[str]:
    return _element(
        "dependency", {"ref": data["ref"]}, [_leaf("dependency", "", {"ref": to}) for to in data["dependsOn"]]
    )


def _leaf(name: str, text: str, attributes: Mapping[str, str] | None = None) -> Iterator[str]:
    head = _head(name, attributes or {})
    yield f"<{head}>{escape(printable(text))}</{name}>" if text else f"<{head}/>"


def _element(name: str, attributes: Mapping[str, str], parts: Any) -> Iterator[str]:
    yield f"<{_head(name, attributes)}>"
    for part in parts:
        yield from (f"{_INDENT}{line}" for line in part)
    yield f"</{name}>"


def _head(name: str, attributes: Mapping[str, str]) -> str:
    return "".join((name, *(f" {key}={quoteattr(printable(text))}" for key, text in attributes.items())))
