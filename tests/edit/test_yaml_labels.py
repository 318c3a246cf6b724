"""Classes in YAML: where the label of an object goes, and ``data`` of an entry; anchors and comments are respected."""

from __future__ import annotations

import pytest

from sovlint.edit.splice import EditError
from sovlint.edit.yaml_labels import in_inventory, in_manifest, in_values

HEAD = "apiVersion: v1\nkind: Pod\n"


def manifest(
    text: str, at: tuple[int, int] = (1, 1), declared: tuple[int, int] | None = None
) -> str:
    return in_manifest(text.encode(), at, declared, "health").decode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("metadata:\n  name: x # y\n", "metadata:\n  name: x # y\n  labels:\n    sovlint.dev/data: health\n"),
        ("metadata: {name: x}\n", "metadata: {name: x, labels: {sovlint.dev/data: health}}\n"),
        (
            "metadata:\n  labels:\n    app: é # y\n    # z\n  name: x\n",
            "metadata:\n  labels:\n    app: é # y\n    sovlint.dev/data: health\n    # z\n  name: x\n",
        ),
        ("metadata:\n  name: x\n  labels: {}\n", "metadata:\n  name: x\n  labels: {sovlint.dev/data: health}\n"),
        ("metadata:\n  name: x\n  labels:\n", "metadata:\n  name: x\n  labels:\n    sovlint.dev/data: health\n"),
        (
            "metadata:\n  name: x\n  labels: {a: b}\n",
            "metadata:\n  name: x\n  labels: {a: b, sovlint.dev/data: health}\n",
        ),
        (
            "metadata:\r\n  name: x\r\n  labels:\r\n    a: b\r\n",
            "metadata:\r\n  name: x\r\n  labels:\r\n    a: b\r\n    sovlint.dev/data: health\r\n",
        ),
        (
            "metadata:\n  name: x\n  labels:\n    a: |\n      b\n",
            "metadata:\n  name: x\n  labels:\n    sovlint.dev/data: health\n    a: |\n      b\n",
        ),
        ("metadata:\n  name: x", "metadata:\n  name: x\n  labels:\n    sovlint.dev/data: health"),
    ],
)  # fmt: skip
def test_the_label_of_an_object(before: str, after: str) -> None:
    head = HEAD.replace("\n", "\r\n") if "\r" in before else HEAD
    assert manifest(head + before) == head + after


def test_a_directive_is_refused_rather_than_a_fault() -> None:
    with pytest.raises(EditError, match="not-understood"):
        manifest("%YAML 1.1\n---\n" + HEAD + "metadata:\n  name: x\n", (3, 1))


def test_an_object_in_a_list_and_in_a_later_document() -> None:
    text = f"{HEAD}metadata: {{name: a}}\n---\nkind: List\nitems:\n"
    text += "- apiVersion: v1\n  kind: Pod\n  metadata:\n    name: b\n"
    after = manifest(text, (7, 3))
    assert after == text + "    labels:\n      sovlint.dev/data: health\n"


def test_the_nearest_label_that_declares_is_changed() -> None:
    text = "kind: Deployment\nmetadata:\n  name: a\nspec:\n  template:\n    metadata:\n      annotations:\n"
    text += "        sovlint.dev/data: 'iban' # y\n"
    assert manifest(text, (1, 1), (8, 9)) == text.replace("'iban'", "health")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (f"{HEAD}metadata:\n  name: x\n  labels: &l\n    a: b\n---\nc: d\n", "edit.shared-node"),
        (f"{HEAD}spec: &s {{a: b}}\nmetadata:\n  name: x\n  labels: *s\n", "edit.shared-node"),
        (f"{HEAD}metadata: &m\n  name: x\n", "edit.shared-node"),
        (f"{HEAD}metadata:\n  name: x\n  labels: [a]\n", "edit.not-understood"),
        (f"{HEAD}metadata:\n  name: x\n  labels: {{{{ .labels }}}}\n", "edit.second-reader"),
        (f"{HEAD}metadata: {{name: x\n", "edit.not-understood"),
        (f"{HEAD}metadata:\n  name: x\n  labels:\n    a: 1\n    a: 2\n", "edit.second-reader"),
        (f"{HEAD}metadata:\n  name: x\n  labels: {{ # y\n  }}\n", "edit.comment-inside"),
        (f"{HEAD}metadata: {{name: x}}\nspec: &s\n  again: *s\n", "edit.not-understood"),
        ("#" * 1_000_001, "edit.too-large"),
    ],
)  # fmt: skip
def test_what_is_not_safe_is_refused(text: str, why: str) -> None:
    with pytest.raises(EditError) as refused:
        manifest(text)
    assert refused.value.note.key == why


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "- id: a\n  vendor: z # y\n  region: eu\n",
            "- id: a\n  vendor: z # y\n  data: [health, iban]\n  region: eu\n",
        ),
        ("- {id: a, vendor: z}\n", "- {id: a, vendor: z, data: [health, iban]}\n"),
        ("- id: a\n  data: contact # y\n  vendor: z\n", "- id: a\n  data: [health, iban] # y\n  vendor: z\n"),
        ("- {id: a, data: [contact], vendor: z}\n", "- {id: a, data: [health, iban], vendor: z}\n"),
        ("- id: a\n  data:\n    - contact\n    - nir\n  vendor: z\n", "- id: a\n  data: [health, iban]\n  vendor: z\n"),
        ("- id: a\n  data:\n  vendor: z\n", "- id: a\n  data: [health, iban]\n  vendor: z\n"),
    ],
)  # fmt: skip
def test_data_of_an_entry(before: str, after: str) -> None:
    head = "services:\n- {id: b, vendor: y}\n"
    assert (
        in_inventory((head + before).encode(), "a", ("health", "iban")).decode()
        == head + after
    )


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        ("- id: a\n  data: # y\n    - contact # z\n  vendor: z\n", "edit.comment-inside"),
        ("- id: a\n  data: &d [contact]\n  vendor: z\n", "edit.shared-node"),
        ("- &e {id: a, vendor: z}\n", "edit.shared-node"),
        ("- id: b\n  vendor: z\n", "edit.not-understood"),
    ],
)  # fmt: skip
def test_an_entry_that_is_not_edited(entry: str, why: str) -> None:
    with pytest.raises(EditError) as refused:
        in_inventory(f"services:\n{entry}".encode(), "a", ("health",))
    assert refused.value.note.key == why


PART = "a:\n  b: c\n  # z\n  d: {e: f}\n"


@pytest.mark.parametrize(
    ("text", "at", "path", "after"),
    [
        (PART, (1, 1), "labels", PART.replace("  b:", "  labels:\n    sovlint.dev/data: health\n  b:")),
        (PART, (2, 3), "labels", PART.replace("  b:", "  labels:\n    sovlint.dev/data: health\n  b:")),
        (PART, (1, 1), "d.g.h", PART.replace("f}", "f, g: {h: {sovlint.dev/data: health}}}")),
        ("a: {b: {sovlint.dev/data: nir}}\n", (1, 1), "b", "a: {b: {sovlint.dev/data: health}}\n"),
    ],
)  # fmt: skip
def test_a_label_in_values(text: str, at: tuple[int, int], path: str, after: str) -> None:
    assert in_values(text.encode(), at, tuple(path.split(".")), "health").decode() == after


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("x: &x {b: c}\na: *x\n", "edit.shared-node"),
        ("a:\n  labels: &l {b: c}\n", "edit.shared-node"),
        ("a:\n  labels:\n", "edit.not-understood"),
        ("a: [b]\n", "edit.not-understood"),
        ("b: c\n", "edit.not-understood"),
    ],
)
def test_what_is_refused_in_values(text: str, why: str) -> None:
    line = text[: text.find("a:")].count("\n") + 1
    with pytest.raises(EditError, match=why):
        in_values(text.encode(), (line, 1 if "a:" in text else 9), ("labels",), "health")
