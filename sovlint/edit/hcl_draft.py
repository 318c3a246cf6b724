"""New tags as HCL text, drafted by python-hcl2: elements, arguments and blocks, without a place yet."""

from __future__ import annotations

import re
from typing import Any, Final

from sovlint.edit.hcl_library import hcl_library
from sovlint.rules.tagging import Tag, TagForm

_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*\Z")
_BLOCK: Final = "__is_block__"
_T: Final = "t"


def element(tag: Tag, form: TagForm, *, quote: bool = False) -> tuple[str, str]:
    """The key and the value of an element of an object, as HCL."""
    key = _key(tag, form)
    _, line, _ = _written(
        {_T: {_quoted(key) if quote or not _NAME.match(key) else key: _quoted(tag.value)}}
    )
    written, _, value = line.strip().partition(" = ")
    return written, value


def item(tag: Tag, form: TagForm) -> str:
    """The item of a list of tags, as HCL."""
    key = _key(tag, form)
    if form.kind == "texts":
        return _written({_T: _quoted(f"{key}{form.sign}{tag.value}")})[0].partition(" = ")[2]
    lines = _written({_T: {"key": _quoted(key), "value": _quoted(tag.value)}})[1:-1]
    return "{ " + ", ".join(" ".join(line.split()) for line in lines) + " }"


def whole(name: str, tag: Tag, form: TagForm) -> list[str]:
    """The lines of an argument, or of a block, that holds the one tag."""
    key = _key(tag, form)
    if form.kind == "blocks":
        extra: dict[str, Any] = {each: f"${{{value}}}" for each, value in form.extra.items()}
        return _written(
            {
                name: [
                    {"key": _quoted(key), "value": _quoted(tag.value), **extra, _BLOCK: True}
                ]
            }
        )
    if form.kind == "map":
        written, value = element(tag, form)
        return [f"{name} = {{", f"  {written} = {value}", "}"]
    return [f"{name} = [{item(tag, form)}]"]


def _key(tag: Tag, form: TagForm) -> str:
    return tag.key.lower() if form.lower else tag.key


def _quoted(text: str) -> str:
    """A text in quotes, in which nothing is a template."""
    text = (
        text.replace("\\", "\\\\")
        .replace('"', '\\"')
        .replace("\n", "\\n")
        .replace("\r", "\\r")
        .replace("\t", "\\t")
    )
    return '"' + text.replace("${", "$${").replace("%{", "%%{") + '"'


def _written(data: dict[str, Any]) -> list[str]:
    library = hcl_library()
    plain = library.DeserializerOptions(object_elements_trailing_comma=False)
    written: str = library.dumps(data, deserializer_options=plain)
    return written.rstrip("\n").split("\n")
