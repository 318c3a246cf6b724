"""Which files are manifests: told by their names, then by an unmistakable head, before anything is parsed."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Iterable
from posixpath import basename, dirname

from msgspec import Struct

from sovlint.frontends.kubernetes.kontinuous.projects import in_project
from sovlint.frontends.terraform_json import is_plan_or_state
from sovlint.model.decoding import late_pattern
from sovlint.model.inputs import HEAD, PEEKED, Reader
from sovlint.model.source import SourceFile
from sovlint.model.unread import UnreadKinds

FRONT_END = "kubernetes"
"""The name of this front end, and the id of the plug-in through which it places."""

YAML_ENDINGS = (".yaml", ".yml")
ENDINGS = (*YAML_ENDINGS, ".json")
KUSTOMIZATIONS = ("kustomization.yaml", "kustomization.yml", "Kustomization")

_HELMFILES = ("helmfile.yaml", "helmfile.yml", "helmfile.yaml.gotmpl", "helmfile.yml.gotmpl")
_HELMFILE_ENDINGS = (".yaml", ".yml", ".yaml.gotmpl", ".yml.gotmpl")
_HELMFILE_FOLDER = "helmfile.d"

OTHER = "other than a manifest"
"""The question what a file is that is called like a manifest and is none."""
OF_NO_KIND = "-"
TEMPLATE = "kubernetes-template"
"""What a template of manifests is called among what isn't read."""
_TEMPLATES = frozenset(
    ("template", "tmpl", "tpl", "gotmpl", "j2", "jinja", "jinja2", "erb", "mustache", "in")
)
"""How names of templates end, in lower case."""
_ODD = _TEMPLATES | {"yaml", "yml", "json", "manifest", "k8s", "cfn", "arm"}
"""How names end, in lower case, of files that may hold manifests or templates of a cloud though nothing asks for it."""
_ACTION = late_pattern(rb"\{\{|\{%|<%|\$\{|\$[A-Z_]{2}")
"""Where a template has something filled in."""
_ABOVE = (b"#", b"---", b"%YAML", b"%TAG")
"""How lines begin that may stand above the first one of a document."""
_BEGINS = (b"apiVersion", b"kind", b'"', b"'", b"{")
"""How the first line of a manifest begins, in contrast to that of a script that has one in it."""

_YAML_KEYS = tuple(
    late_pattern(rb"^( *)[\"']?" + key + rb"[\"']?[ \t]*:", re.MULTILINE)
    for key in (b"apiVersion", b"kind")
)
_FLOW_KEYS = tuple(
    late_pattern(rb"[{,\s][\"']?" + key + rb"[\"']?\s*:") for key in (b"apiVersion", b"kind")
)


class Candidates(Struct, frozen=True):
    """Files that may be manifests, the files of Helm templates and the Kustomizations; all sorted as they came."""

    files: tuple[str, ...]
    templates: tuple[str, ...]
    kustomizations: tuple[str, ...]


class OddlyNamed(Struct, frozen=True):
    """Files whose names hardly say what they hold, and which begin like manifests, or like files of a kind that nobody
    reads: ``(kind, path)``."""

    manifests: tuple[str, ...] = ()
    recognised: tuple[tuple[str, str], ...] = ()


NONE_ODD = OddlyNamed()


def oddly_named(reader: Reader, kinds: UnreadKinds) -> OddlyNamed:
    """Those of all files, by no more than how they begin; what is in a chart's ``templates`` is the chart's."""
    odd = [path for path in reader.paths if is_odd(path)]
    charts = _charts(reader.paths) if odd else set()
    manifests: list[str] = []
    recognised: list[tuple[str, str]] = []
    for path in odd:
        head = (
            b"" if charts and _in_chart_templates(path, charts) else reader.peek(path, HEAD)
        )
        if begins_as_manifest(head):
            manifests.extend(() if _is_of_a_tool(path, head) else (path,))
        elif kind := kinds.begun(head):
            recognised.append((kind, path))
    return OddlyNamed(tuple(manifests), tuple(recognised))


def candidates(paths: Iterable[str]) -> Candidates:
    """Sorts paths by name alone. Files in a chart's ``templates`` folder (``Chart.yaml`` beside it) are templates."""
    paths = tuple(paths)
    charts = _charts(paths)
    files: list[str] = []
    templates: list[str] = []
    kustomizations: list[str] = []
    for path in paths:
        if path.endswith(KUSTOMIZATIONS) and basename(path) in KUSTOMIZATIONS:
            kustomizations.append(path)
        elif path.endswith(ENDINGS):
            (templates if charts and _in_chart_templates(path, charts) else files).append(
                path
            )
    return Candidates(tuple(files), tuple(templates), tuple(kustomizations))


def may_be(path: str) -> bool:
    """Whether a file may be a manifest, a Kustomization or one of a chart, by its name."""
    return path.endswith(ENDINGS) or basename(path) in KUSTOMIZATIONS


def is_helmfile(path: str) -> bool:
    """Whether a file is Helmfile's, by its name or by the folder that it is in."""
    if path.endswith(_HELMFILES) and basename(path) in _HELMFILES:
        return True
    return path.endswith(_HELMFILE_ENDINGS) and basename(dirname(path)) == _HELMFILE_FOLDER


def is_skaffold(path: str) -> bool:
    """Whether a file may be Skaffold's, by its name."""
    return path.endswith(YAML_ENDINGS) and basename(path).startswith("skaffold")


def is_odd(path: str) -> bool:
    """Whether a file may hold a manifest though its name hardly says so: it has no ending, or another one."""
    ending = path.rpartition(".")[2]
    if ending == path or "/" in ending:
        return basename(path) not in KUSTOMIZATIONS
    return ending.lower() in _ODD and not path.endswith(ENDINGS)


def is_template(path: str, data: bytes) -> bool:
    """Whether an oddly named file is a template by its name, and has something filled in."""
    return path.rpartition(".")[2].lower() in _TEMPLATES and _ACTION.search(data) is not None


def begins_as_manifest(head: bytes) -> bool:
    """Whether a file whose name says nothing begins as manifests do: comments apart, with one of their keys."""
    lines = (line.strip() for line in head.removeprefix(BOM_UTF8).split(b"\n"))
    first = next((line for line in lines if line and not line.startswith(_ABOVE)), b"")
    return first.startswith(_BEGINS) and not head.startswith(b"#!") and is_manifest(head)


def _is_of_a_tool(path: str, head: bytes) -> bool:
    """Whether a file is a tool's own, as ``Kustomization`` is: called by its kind, which is none of the built-in ones."""
    name = re.escape(basename(path)).encode()
    kind = rb"^kind:[ \t]*" + name + rb"\s*$"
    return bool(
        re.search(kind, head, re.MULTILINE)
        and re.search(rb"^apiVersion:.*\.", head, re.MULTILINE)
    )


def chart_of(template: str) -> str:
    """The folder of the chart that a template belongs to."""
    folder = dirname(template)
    while folder and basename(folder) != "templates":
        folder = dirname(folder)
    return dirname(folder)


def is_manifest(data: bytes) -> bool:
    """Whether a text has ``apiVersion`` and ``kind`` as outermost keys, as far as can be told without parsing it."""
    if b"apiVersion" not in data or b"kind" not in data or is_plan_or_state(data):
        return False
    data = data.removeprefix(BOM_UTF8)
    if data.lstrip()[:1] in (b"{", b"["):
        return _has_flow_keys(data)
    return _outermost(data) or _is_below_in_flow(data)


def other_than_manifest(reader: Reader, path: str, kinds: UnreadKinds) -> str:
    """What a file is that is no manifest, as far as its beginning tells (answers ``OTHER``): the kind of those that nobody
    reads, or ``OF_NO_KIND``. Empty where it may be a manifest, or can't be read."""
    file = reader.read(path)
    if not isinstance(file, SourceFile) or is_manifest(file.data):
        return ""
    return kinds.begun(file.data[:PEEKED]) or OF_NO_KIND


def _has_flow_keys(data: bytes, start: int = 0) -> bool:
    return all(key.search(data, start) for key in _FLOW_KEYS)


def _is_below_in_flow(data: bytes) -> bool:
    """Whether a document in braces, below a comment or another document, has both keys."""
    begins = True
    start = 0
    for line in data.split(b"\n"):
        text = line.strip()
        if text.startswith(b"---"):
            begins = True
            text = text[3:].lstrip()
        if begins and text and not text.startswith(_ABOVE):
            begins = False
            is_template = text.startswith((b"{{", b"{%"))
            if text.startswith((b"{", b"[")) and not is_template:
                return _has_flow_keys(data, start)
        start += len(line) + 1
    return False


def _outermost(data: bytes) -> bool:
    """Whether both keys stand as far out as the document they are in, which may be indented as a whole."""
    depths = [{len(found[1]) for found in key.finditer(data)} for key in _YAML_KEYS]
    shared = depths[0] & depths[1]
    return 0 in shared or bool(shared and _indent(data) in shared)


def _indent(data: bytes) -> int:
    """How far the first line of a text is indented that is neither empty nor above the document."""
    lines = (line for line in data.split(b"\n") if not line.lstrip().startswith(_ABOVE))
    first = next((line for line in lines if line.strip()), b"")
    return len(first) - len(first.lstrip(b" "))


def is_yaml(path: str) -> bool:
    """Whether a file is YAML by its name."""
    return path.endswith(YAML_ENDINGS)


def _charts(paths: Iterable[str]) -> set[str]:
    """The folders of charts."""
    return {
        dirname(path)
        for path in paths
        if path.endswith("Chart.yaml") and basename(path) == "Chart.yaml"
        if not in_project(dirname(path))
    }


def _in_chart_templates(path: str, charts: set[str]) -> bool:
    folder = dirname(path)
    while folder:
        if basename(folder) == "templates" and dirname(folder) in charts:
            return True
        folder = dirname(folder)
    return False
