"""Texts that set a machine up: scripts, what cloud-init is told, and files that are written -> where they send data.

Source: cloud-init's documentation of its formats of user data.
"""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from msgspec.structs import replace

from sovlint.documents.attributes import template_value
from sovlint.documents.tree import Node, get, is_list, is_map, text
from sovlint.expressions.texts import joined
from sovlint.frontends.held_files import HeldFiles
from sovlint.frontends.held_yaml import settings_in
from sovlint.frontends.shell.containers import Container
from sovlint.frontends.shell.files import Argument
from sovlint.frontends.shell.lines import written_file
from sovlint.frontends.workloads.encoded import held
from sovlint.frontends.workloads.nodes import NOTE, first, leading, value_of
from sovlint.model.decoding import late_pattern
from sovlint.model.partial.holes import joined_pieces, parts_between
from sovlint.model.resources.sent import Sent
from sovlint.model.source import Span
from sovlint.model.text import Note
from sovlint.model.value import Known, Step, Unknown, Value
from sovlint.rules.commands.kept import SetBefore
from sovlint.rules.destination import Setting, Signal
from sovlint.rules.hints import Hints
from sovlint.rules.keys import KeyPath
from sovlint.rules.workload import FileAt
from sovlint.settings.pipelines.readers import in_text

MAX_TEXT: Final = 1_000_000
"""Longer texts aren't read."""

_CLOUD_CONFIG: Final = late_pattern(r"\A\s*(?:## template: jinja\s*\n)?#cloud-config\b")
_OTHER_SHELL: Final = late_pattern(r"\A\s*<(?:powershell|script)\b", re.IGNORECASE)
_BASE64: Final = late_pattern(r"[A-Za-z0-9+/\s]{24,}={0,2}\s*")
_BOUNDARY: Final = late_pattern(r"\bboundary=\"?([^\"\s;]+)\"?", re.IGNORECASE)
_HEADERS: Final = late_pattern(r"\A(?:[A-Za-z-]+:[^\n]*\n)+(?:[ \t\r]*\n)?")
_HOLE: Final = "${_}"
"""The same in a text that is only looked at."""
_NUMBERED: Final = late_pattern(r"\$\{_(\d+)\}")
"""The same in a text that is read as a file: which hole it is."""
_MARK: Final = "\ue0fe"
"""What stands for a hole: a character for private use."""
_CRON_FILE: Final = late_pattern(r"(?:^|/)(?:cron\.d/[^/]+|crontab)\Z")
_TIMES: Final = late_pattern(
    r"(?m)^[ \t]*(?:@\w+|[\d*/,-]+(?:[ \t]+[\w*/,-]+){4})[ \t]+[a-z_][\w-]*[ \t]+"
)
"""When a line of a table of the system runs, and as whom."""
_YAML: Final = (".yml", ".yaml")
_RUN: Final = ("bootcmd", "runcmd")
"""Keys of lists of commands."""


def of_script(node: Node, settings: Mapping[str, Setting], hints: Hints) -> Iterator[Signal]:
    """Where a text, or a list of its lines, sends data that a shell or cloud-init gets. ``settings``: the variables
    that it is run with."""
    value = _lines(node) if is_list(node) else _unpacked(_script(node))
    for part in _parted(value):
        shown = _shown(part)
        if shown is None or _OTHER_SHELL.match(shown):
            continue
        if not _CLOUD_CONFIG.match(shown):
            yield from _run(part, node.where, settings, hints)
            continue
        told = held(part, node.where)
        if told is not None:
            yield from _of_cloud_config(told, settings, hints)


def _parted(value: Value) -> Iterator[Value]:
    """The parts of what is sent as several, without their headers; else the text as it is."""
    marked = _shown(value, _MARK) or ""
    bound = _BOUNDARY.search(marked)
    if bound is None or len(marked) > MAX_TEXT:
        yield value
        return
    before = 0
    first, *parts = re.split(rf"(?m)^--{re.escape(bound[1])}(?:--)?[ \t\r]*$", marked)
    for part in (first, *parts):
        body = _HEADERS.sub("", part.lstrip("\r\n"), count=1).lstrip()
        if part is not first and body:
            skipped = part.count(_MARK) - body.count(_MARK)
            yield _with_holes(body, value, before + skipped)
        before += part.count(_MARK)


def _with_holes(marked: str, value: Value, before: int) -> Value:
    """A piece of a text, with its holes. ``before``: how many stand before it."""
    pieces = marked.split(_MARK)
    if isinstance(value, Known) or len(pieces) == 1:
        return Known(marked, value.because, value.sensitive)
    holes = value.holes[before : before + len(pieces) - 1]
    return value.bare().but(parts=parts_between(pieces), holes=holes)


def of_files(holder: Node, rules: Sequence[FileAt], hints: Hints) -> Iterator[Signal]:
    """Where the files of a thing say that data goes: each is read by its name, as one of a repository."""
    for rule in rules:
        for thing in leading(holder, rule.at):
            name = rule.called or _name(thing, rule.name)
            for node in leading(thing, rule.text):
                if isinstance(node.value, str):
                    yield from _of_file(name, _unpacked(_script(node)), node.where, hints)


def _name(thing: Node, path: KeyPath | None) -> str:
    """The path of a file, without what isn't known of its folders."""
    value = None if path is None else first(thing, path)
    written = None if value is None else _shown(value)
    return _path(written or "")


def _path(written: str) -> str:
    """A path as one below a repository: from the last folder on that isn't known."""
    folder, sign, name = written.rpartition("/")
    return f"{folder.rpartition(_HOLE)[2].lstrip('/')}{sign}{name}".lstrip("/")


def _of_file(name: str, value: Value, where: Span, hints: Hints) -> Iterator[Signal]:
    shown = _numbered(value)
    if shown is None or len(shown) > MAX_TEXT:
        return
    if name.endswith(".sh") or shown.startswith("#!"):
        yield from _run(value, where, {}, hints)
        return
    if _CRON_FILE.search(name):
        yield from _run(_without_times(value), where, {}, hints)
        return
    files = HeldFiles(hints)
    found = [
        each
        for outlet in in_text(shown, where.path)
        for each in outlet.signals(hints.outlets)
    ]
    if not found and name:
        files.add(name, shown, where.path, 0, 0)
        found = list(files.signals())
    if not found and not files.keys and name.endswith(_YAML):
        found = list(hints.signatures.signals(settings_in(shown, where.path, 0)))
    for signal in found:
        yield replace(signal, sent=_at(signal.sent, value, where))


def _without_times(value: Value) -> Value:
    """The commands of a table of cron, without when they run and as whom."""
    if isinstance(value, Known):
        return Known(_TIMES.sub("", str(value.value)), value.because, value.sensitive)
    parts = tuple(part and _TIMES.sub("", part) for part in value.parts or ())
    return value.but(parts=parts)


def _at(sent: Sent, text: Value, where: Span) -> Sent:
    """The same, where the text stands: of lines that something else makes nobody knows where they are."""
    cause = () if text.because is None else (text.because,)
    step = Step(where, Note(NOTE), cause)

    def here(value: Value) -> Value:
        secret = value.sensitive or text.sensitive
        if isinstance(value, Known):
            return Known(value.value, step, secret)
        filled = _filled(value, text, step) if isinstance(text, Unknown) else value
        return filled.but(because=step, sensitive=secret)

    region = None if sent.region is None else here(sent.region)
    return replace(sent, value=here(sent.value), region=region, where=where)


def _filled(value: Unknown, text: Unknown, step: Step) -> Unknown:
    """A value of a file, of which isn't known what isn't of the text; its only hole is that of the text."""
    parts = value.parts or (None,)
    holes = text.holes
    told = " ".join((value.detail, *(hole.detail for hole in value.holes)))
    numbers = {int(each) for each in _NUMBERED.findall(told)} or set(range(len(holes)))
    if parts.count(None) == 1 and len(numbers) == 1 and max(numbers) < len(holes):
        hole = holes[numbers.pop()]
        made = joined_pieces([hole if part is None else Known(part) for part in parts], step)
        if isinstance(made, Unknown):
            return made
    return value.but(reason=text.reason, detail=text.detail, note=text.note)


# --- scripts


def _run(
    value: Value,
    where: Span,
    settings: Mapping[str, Setting],
    hints: Hints,
    kept: SetBefore | None = None,
) -> Iterator[Signal]:
    words = [Known("sh"), Known("-c"), value]
    run = Container(dict(settings), [Argument(each, each, where) for each in words])
    if kept is not None:
        run.kept = kept
    yield from run.signals(hints)


def _of_cloud_config(
    node: Node, settings: Mapping[str, Setting], hints: Hints
) -> Iterator[Signal]:
    """What cloud-init runs, and the files that it writes, which are there before."""
    kept = SetBefore()
    files = list(_written(node))
    for path, content, where in files:
        hints.commands.keep(written_file(Known(path), content, where), (), kept)
    for key in _RUN:
        listed = get(node, key)
        for each in listed.value if is_list(listed) else ():
            command = _words(each)
            if command is not None:
                yield from _run(command, each.where, settings, hints, kept)
    for path, content, where in files:
        yield from _of_file(_path(path), content, where, hints)


def _written(node: Node) -> Iterator[tuple[str, Value, Span]]:
    """The files that cloud-init writes: where to, and what."""
    written = get(node, "write_files")
    for each in written.value if is_list(written) else ():
        content = get(each, "content") if is_map(each) else None
        if content is not None and isinstance(content.value, str):
            yield text(get(each, "path")), _unpacked(_script(content)), content.where


def _lines(node: Node) -> Value:
    """Lines of a script as one text."""
    pieces: list[Value] = []
    for each in node.value:
        pieces += [_script(each), Known("\n")]
    return joined(pieces)


def _words(node: Node) -> Value | None:
    """A command, a text or a list of words, as a line of a shell."""
    if not is_list(node):
        return _script(node) if isinstance(node.value, str) else None
    quoted = [Known("'"), Known("' ")]
    pieces: list[Value] = []
    for each in node.value:
        word = value_of(each)
        pieces += [] if word is None else [quoted[0], word, quoted[1]]
    return joined(pieces) if pieces else None


# --- texts


def _script(node: Node) -> Value:
    """A text in which ``${x}`` is for a shell."""
    if isinstance(node.value, str):
        return template_value(node.value, node.where, NOTE)
    return Known("")


def _shown(value: Value, hole: str = _HOLE) -> str | None:
    """A text with a sign for each hole; ``None`` where nothing of it is known."""
    if isinstance(value, Known):
        return value.value if isinstance(value.value, str) else None
    if not any(value.parts or ()):
        return None
    return "".join(hole if part is None else part for part in value.parts or ())


def _numbered(value: Value) -> str | None:
    """The same with the number of each hole."""
    if isinstance(value, Known) or not any(value.parts or ()):
        return _shown(value)
    texts, number = [], 0
    for part in value.parts or ():
        texts.append(f"${{_{number}}}" if part is None else part)
        number += part is None
    return "".join(texts)


def _unpacked(value: Value) -> Value:
    """A text that is written in base64, as what it holds."""
    packed = value.value if isinstance(value, Known) else None
    if not isinstance(packed, str) or len(packed) > MAX_TEXT or not _BASE64.fullmatch(packed):
        return value
    try:
        plain = b64decode(packed).decode("utf-8")
    except ValueError:
        return value
    return Known(plain, value.because, value.sensitive)
