"""Inventories -> resources, and what is wrong in them."""

from __future__ import annotations

import pytest

from sovlint.frontends.saas import read
from sovlint.model.inputs import ReadOptions
from sovlint.model.resources.reading import Reading
from sovlint.model.resources.resource import Resource
from sovlint.model.source import Span
from sovlint.model.text import Bilingual
from sovlint.model.value import Known, Reason, Unknown
from sovlint.rules.hints import Hints
from tests.frontends.memory import MemoryReader

INVENTORY = """
    services:
      - id: assistant
        vendor: microsoft-365
        product: Copilot
        plan: E5
        region: france
        data: [claims, iban]
        purpose: answers for the back office
        owner: head of operations
        contract: {reference: C-2026-014, date: 2026-01-31}
        dpa: {reference: DPA-7}
        sub_processors: [Example GmbH, {name: Other, country: US, purpose: support}]
        start: 2026-02-01
        end: 2027-01-31
      - id: tickets
        vendor: Zendesk
"""


def _reading(text: str, path: str = "saas.yaml", **options: tuple[str, ...]) -> Reading:
    return read(MemoryReader({path: text}), ReadOptions(**options), Hints())


def _services(text: str) -> list[Resource]:
    """The services without what their vendors pass data to."""
    return [each for each in _reading(text).resources if "/" not in each.address]


def _failures(text: str) -> list[tuple[int | None, str]]:
    return [
        (line, said["en"] if isinstance(said, Bilingual) else str(said))
        for line, said in _problems(text)
    ]


def _problems(text: str) -> list[tuple[int | None, object]]:
    return [
        (each.line, each.note.params.get("problem", each.note.key))
        for each in _reading(text).failures
    ]


def test_an_entry_becomes_a_resource() -> None:
    reading = _reading(INVENTORY)
    assert reading.failures == ()
    assistant, _, _, tickets = reading.resources
    assert (assistant.address, assistant.type, assistant.front_end, assistant.role) == (
        "saas:assistant", "service", "saas", "processor",
    )  # fmt: skip
    assert assistant.where.span() == Span("saas.yaml", 2, 5, 14, 20)
    assert assistant.names == ()
    assert assistant.binding is not None
    assert assistant.binding.plugin == "saas"
    assert tickets.where.span() == Span("saas.yaml", 15, 5, 16, 20)
    assert reading.files == ("saas.yaml",)


def test_a_region_that_is_still_to_be_filled_in_is_unknown() -> None:
    text = """
    services:
      - id: tickets
        vendor: Zendesk
        region: ${REGION}
        sub_processors: [{name: Other, region: "{{ region }}"}]
    """
    for each in _reading(text).resources:
        assert each.named is not None
        assert isinstance(each.named.region, Unknown)
        assert each.named.region.reason is Reason.TEMPLATED


def test_the_vendor_and_region_are_what_was_written() -> None:
    assistant, tickets = _services(INVENTORY)
    assert assistant.named is not None
    assert isinstance(assistant.named.provider, Known)
    assert isinstance(assistant.named.region, Known)
    assert (assistant.named.provider.value, assistant.named.region.value) == (
        "microsoft-365",
        "france",
    )
    assert assistant.named.where is not None
    assert assistant.named.where.span().line == 3
    assert tickets.named is not None
    assert isinstance(tickets.named.region, Unknown)
    assert tickets.named.region.reason is Reason.NO_EVIDENCE


def test_data_is_declared_by_the_inventory() -> None:
    assistant, tickets = _services(INVENTORY)
    (labels,) = assistant.labels
    assert (labels.declarer, labels.keys, labels.where.span().line) == (
        "inventory",
        ("data",),
        7,
    )
    assert isinstance(labels.entries, Known)
    assert [item.value for item in labels.entries.value["data"].value] == ["claims", "iban"]
    assert tickets.labels == ()


def test_attributes_are_those_of_the_entry() -> None:
    assistant, _ = _services(INVENTORY)
    (found,) = assistant.attributes.read("sub_processors.*.country")
    assert isinstance(found.value, Known)
    assert found.value.value == "US"


@pytest.mark.parametrize("path", ["saas.yaml", "saas.yml", "deep/er/saas.yaml"])
def test_an_inventory_is_known_by_its_name(path: str) -> None:
    assert len(_reading(INVENTORY, path).resources) == 4


def test_another_name_needs_the_configuration() -> None:
    assert _reading(INVENTORY, "vendors.yaml").resources == ()
    assert (
        len(_reading(INVENTORY, "vendors.yaml", inventories=("vendors.yaml",)).resources) == 4
    )


def test_a_configured_inventory_that_is_not_there_is_a_failure() -> None:
    (failure,) = _reading("services: []\n", inventories=("gone.yaml",)).failures
    assert failure.path == "gone.yaml"


def test_a_wrong_key_is_named_with_its_line_and_the_right_one_and_the_rest_is_read() -> None:
    text = """
        services:
          - id: a
            vendr: datadog
          - {id: b, vendor: datadog, datas: [health]}
          - {id: c, vendor: sentry}
        """
    found = _failures(text)
    assert (3, "unknown key `vendr` in `services.0`. Did you mean `vendor`?") in found
    assert (4, "unknown key `datas` in `services.1`. Did you mean `data`?") in found
    assert "`services.0` lacks the key `vendor`." in [sentence for _, sentence in found]
    assert [each.address for each in _reading(text).resources] == ["saas:b", "saas:c"]


@pytest.mark.parametrize(
    ("entry", "word"),
    [
        ("id: a b\n    vendor: x", "services.0.id"),
        ("id: a\n    vendor: 3", "services.0.vendor"),
        ("id: a\n    vendor: x\n    start: yesterday", "services.0.start"),
        ("id: a\n    vendor: x\n    dpa: {date: 2026-01-01}", "reference"),
        ("id: a\n    vendor: x\n    sub_processors: [{name: a, country: France}]", "country"),
        ("id: a\n    vendor: x\n    data: {health: yes}", "services.0.data"),
    ],
)
def test_a_wrong_value_is_a_failure(entry: str, word: str) -> None:
    found = _failures(f"services:\n  - {entry}\n")
    assert found
    assert any(word in sentence for _, sentence in found)


@pytest.mark.parametrize(
    "text",
    ["services: nothing\n", "[1, 2]\n", "just text\n", "service:\n  - {id: a, vendor: b}\n"],
)
def test_what_is_no_inventory_is_a_failure(text: str) -> None:
    reading = _reading(text)
    assert reading.failures
    assert reading.resources == ()


def test_a_broken_inventory_is_a_failure_with_line_and_column() -> None:
    (failure,) = _reading("services:\n  - {id: a\n").failures
    assert (failure.note.key, failure.line, failure.column) == ("saas.unreadable", 3, 1)


def test_an_empty_inventory_is_said() -> None:
    reading = _reading("# nothing yet\n")
    assert (reading.failures, [each.note.key for each in reading.remarks]) == (
        (),
        ["saas.empty"],
    )


def test_an_id_or_a_key_that_stands_twice_is_a_failure() -> None:
    text = "services:\n  - {id: a, vendor: x}\n  - {id: a, vendor: y}\n  - {id: b, vendor: x, vendor: y}\n"
    keys = [(each.line, each.note.key) for each in _reading(text).failures]
    assert keys == [(4, "saas.duplicate-key"), (3, "saas.duplicate-id")]
    assert [each.address for each in _reading(text).resources] == ["saas:a", "saas:b"]


def test_sub_processors_follow_their_service_and_are_linked_to_it() -> None:
    service, example, other, _ = _reading(INVENTORY).resources
    assert [each.address for each in (example, other)] == [
        "saas:assistant/example-gmbh",
        "saas:assistant/other",
    ]
    assert [(link.kind, link.address) for link in service.links] == [
        ("sub-processing", "saas:assistant/example-gmbh"), ("sub-processing", "saas:assistant/other"),
    ]  # fmt: skip
    assert service.term is not None
    assert (str(service.term.start), str(service.term.end)) == ("2026-02-01", "2027-01-31")
    assert other.term == service.term
    assert other.named is not None
    assert other.named.stated is not None
    assert isinstance(other.named.stated.country, Known)
    assert other.named.stated.country.value == "US"


@pytest.mark.parametrize(
    ("rest", "line", "key"),
    [
        ("start: 2026-02-31", 3, "saas.no-such-day"),
        ("dpa: {reference: a, date: 2025-02-29}", 3, "saas.no-such-day"),
        ("start: 2026-03-01\n    end: 2026-02-01", 4, "saas.ends-before-start"),
        (
            "sub_processors:\n      - AWS\n      - {name: aws}",
            5,
            "saas.duplicate-sub-processor",
        ),
    ],
)
def test_what_no_schema_can_say_is_wrong_is_said_and_the_rest_read(
    rest: str, line: int, key: str
) -> None:
    reading = _reading(
        f"services:\n  - {{id: a, vendor: x}}\n  - id: b\n    vendor: y\n    {rest}\n"
    )
    assert [(each.line, each.note.key) for each in reading.failures] == [(line + 2, key)]
    assert [each.address for each in reading.resources][:2] == ["saas:a", "saas:b"]


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        ("facts: {seat: France}", "Expected: An ISO 3166-1 alpha-2 code."),
        ("start: yesterday", "Expected: A day, as YYYY-MM-DD."),
    ],
)
def test_what_is_wrong_says_what_was_expected(rest: str, expected: str) -> None:
    ((line, sentence),) = _failures(f"services:\n  - id: a\n    vendor: x\n    {rest}\n")
    assert line == 4
    assert sentence.endswith(expected)


@pytest.mark.parametrize(
    ("line", "english", "french"),
    [
        ("regoin: x", "unknown key `regoin` in `services.0`. Did you mean `region`?",
         "clé inconnue `regoin` dans `services.0`. Vouliez-vous dire `region` ?"),
        ("self_hosted: oui", "`services.0.self_hosted` must be of type boolean, not 'oui'.",
         "`services.0.self_hosted` doit être true ou false, et non 'oui'."),
        ("address: {password: hunter2}", "`services.0.address` must be of type string, not a mapping.",
         "`services.0.address` doit être un texte, et non un ensemble de clés."),
        ("contract: ", "`services.0.contract` must be of type object, not empty.",
         "`services.0.contract` doit être un ensemble de clés, et non vide."),
        ("contract: {date: 2026-01-01}", "`services.0.contract` lacks the key `reference`.",
         "il manque à `services.0.contract` la clé `reference`."),
        ("end: 31/12/2026", None,
         "`services.0.end` : '31/12/2026' n'a pas la forme voulue. Attendu : un jour, sous la forme AAAA-MM-JJ."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_both_languages(
    line: str, english: str | None, french: str
) -> None:
    ((number, said),) = _problems(f"services:\n  - id: a\n    vendor: AWS\n    {line}\n")
    assert isinstance(said, Bilingual)
    assert number == 4
    assert said.en == english or english is None
    assert said.fr == french
