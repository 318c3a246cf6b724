"""The diagram of flows: groups first, nodes where one is opened, and what shapes, titles and attributes say."""

from __future__ import annotations

import random
import re
import time
import xml.etree.ElementTree as ET

import pytest

from sovlint.model.text import LANGUAGES
from sovlint.report.page.drawing.diagram import OVERVIEW, diagram
from sovlint.report.page.drawing.flow_shapes import DASHES, SHAPES
from sovlint.report.page.drawing.flows import FlowEdge, FlowNode
from sovlint.report.page.drawing.svg import fitted, width_of
from tests.report.page.drawings import HOSTILE, SPACE, having, read, text_of, title_of

NODES = (
    FlowNode("api", "Deployment/api", "Acme", ("health",), "compliant", "k8s/prod", "acme"),
    FlowNode(
        "db", "StatefulSet/db", "Acme", ("health", "nir"), "unproven", "k8s/prod", "acme"
    ),
    FlowNode("logs", "logs", "Zeta", ("health",), "violation", "", "zeta"),
    FlowNode("alone", "bucket", "Beta", (), None, "infra/a b", "beta"),
)
EDGES = (
    FlowEdge("api", "db", "call", ("health",), "unproven"),
    FlowEdge("api", "logs", "logs", ("health",), "violation"),
    FlowEdge("db", "logs", "export", ("nir",), "unproven"),
    FlowEdge("db", "who", "export"),
)
NAMES = {"health": "health data", "nir": "social security number"}


def views_of(root: ET.Element) -> dict[str, ET.Element]:
    return {each.get("data-view", ""): each for each in having(root, "flows-view")}


def boxes_of(view: ET.Element) -> list[tuple[float, float, float, float]]:
    found = []
    for each in having(view, "flows-node"):
        (frame,) = each.iter(f"{SPACE}rect")
        x, y, width, height = (
            float(frame.get(name, "")) for name in ("x", "y", "width", "height")
        )
        found.append((x, y, x + width, y + height))
    return found


def ends_of(edge: ET.Element) -> tuple[tuple[float, float], tuple[float, float]]:
    """Where an arrow begins, and where its tip is."""
    line, tip = (next(having(edge, kind)).get("d", "") for kind in ("line", "tip"))
    numbers = [float(each) for each in re.findall(r"-?\d+(?:\.\d+)?", line)[:2]]
    head = [float(each) for each in re.findall(r"-?\d+(?:\.\d+)?", tip)[:2]]
    return (numbers[0], numbers[1]), (head[0], head[1])


def test_groups_first() -> None:
    root = read(diagram(NODES, EDGES, "en", NAMES))
    views = views_of(root)
    assert list(views) == [OVERVIEW, "g1"]
    assert [view.get("display") for view in views.values()] == [None, "none"]
    told = {title_of(each) for each in having(views[OVERVIEW], "flows-node")}
    assert told == {
        "Open: Acme: 2 placements, health data, social security number, unproven",
        "Zeta: 1 placement, health data, violation",
        "Beta: 1 placement, not judged",
        "Company not known: 1 placement, not judged",
    }
    (acme,) = [each for each in having(views[OVERVIEW], "group") if "Acme" in title_of(each)]
    assert acme.attrib == {
        "class": "flows-node group verdict-unproven", "data-opens": "g1", "tabindex": "0", "role": "button",
        "data-class": "health nir", "data-root": "k8s/prod", "data-company": "acme", "data-verdict": "unproven",
        "aria-label": title_of(acme),
    }  # fmt: skip
    assert "2 placements · 1 flow within" in text_of(acme)


def test_flows_between_groups_are_one_arrow_with_the_worst_verdict() -> None:
    (overview, _) = views_of(read(diagram(NODES, EDGES, "en", NAMES))).values()
    edges = {title_of(each): each for each in having(overview, "flows-edge")}
    told = "Acme → Zeta: export, logs; violation; data: health data, social security number"
    assert set(edges) == {told, "Acme → Company not known: export; not judged"}
    assert edges[told].attrib == {
        "class": "flows-edge verdict-violation", "data-class": "health nir", "data-root": "k8s/prod",
        "data-company": "acme zeta", "data-verdict": "violation",
    }  # fmt: skip
    assert text_of(edges[told]) == "2"


def test_an_opened_group_has_its_nodes_and_the_groups_around() -> None:
    view = views_of(read(diagram(NODES, EDGES, "fr", NAMES)))["g1"]
    assert [title_of(each).split(" :")[0] for each in having(view, "flows-node")] == [
        "Deployment/api", "StatefulSet/db", "Zeta", "Entreprise inconnue",
    ]  # fmt: skip
    assert len(list(having(view, "flows-edge"))) == 4
    (back,) = having(view, "flows-back")
    assert (back.get("data-opens"), back.get("tabindex"), back.get("role")) == (
        OVERVIEW,
        "0",
        "button",
    )
    node = next(having(view, "flows-node"))
    assert (node.get("data-node"), node.get("role"), node.get("tabindex")) == (
        "api",
        "img",
        None,
    )


def test_many_nodes_that_are_alike_are_one_box() -> None:
    """Of one name in many roots; and, of those without flows, of one root."""
    nodes = [
        *(FlowNode(f"api{each}", "api", "Acme", ("nir",), "unproven", f"env/{each}") for each in range(30)),
        *(FlowNode(f"job{each}", f"job-{each}", "Acme", (), "violation", "env/jobs") for each in range(20)),
        FlowNode("job", "job", "Acme", (), "compliant", "env/jobs"),
        FlowNode("logs", "logs", "Zeta"),
    ]  # fmt: skip
    edges = [FlowEdge(f"api{each}", "logs", "logs") for each in range(30)]
    view = views_of(read(diagram(nodes, edges, "en")))["g0"]
    assert [title_of(each) for each in having(view, "flows-node")] == [
        "api: 30 placements, nir, unproven, env/0, env/1, env/10, env/11, env/12, env/13, …",
        "job: env/jobs, compliant",
        "env/jobs: 20 placements, violation, job-0, job-1, job-10, job-11, job-12, job-13, …",
        "Zeta: 1 placement, not judged",
    ]
    (edge,) = having(view, "flows-edge")
    assert text_of(edge) == "30"
    boxes = list(having(view, "flows-node"))
    assert len(boxes[2].get("data-node", "").split()) == 20
    few = views_of(read(diagram(nodes[:25], edges[:25], "en")))["g1"]
    assert len(list(having(few, "flows-node"))) == 26


def test_a_verdict_is_a_shape_and_a_dash_too() -> None:
    assert len(set(SHAPES.values())) == len(SHAPES)
    (overview, _) = views_of(read(diagram(NODES, EDGES, "en"))).values()
    for node in having(overview, "flows-node"):
        verdict = node.get("data-verdict") or None
        assert next(having(node, "badge")).get("d") == SHAPES[verdict]
    view = views_of(read(diagram(NODES, EDGES, "en")))["g1"]
    dashes = {
        edge.get("data-verdict") or None: next(having(edge, "line")).get("stroke-dasharray")
        for edge in having(view, "flows-edge")
    }
    assert dashes == {verdict: DASHES[verdict] for verdict in ("violation", "unproven", None)}
    assert DASHES["unproven"]


@pytest.mark.parametrize("groups", [1, 5, 60])
def test_boxes_are_apart_and_arrows_end_at_them(groups: int) -> None:
    chance = random.Random(groups)
    nodes = [
        FlowNode(f"n{number}", f"aws_bucket.b[{number}]", f"Company {chance.randrange(groups)}", ("health",))
        for number in range(120)
    ]  # fmt: skip
    edges = [
        FlowEdge(chance.choice(nodes).id, chance.choice(nodes).id, "logs") for _ in range(200)
    ]
    for view in views_of(read(diagram(nodes, edges, "en"))).values():
        width, height = float(view.get("data-width", "")), float(view.get("data-height", ""))
        boxes = boxes_of(view)
        ordered = sorted(boxes)
        for number, one in enumerate(ordered):
            for other in ordered[number + 1 :]:
                assert (
                    one[2] <= other[0] + 0.2
                    or one[3] <= other[1] + 0.2
                    or other[3] <= one[1] + 0.2
                )
        for left, top, right, bottom in boxes:
            assert left >= 0
            assert top >= 0
            assert right <= width
            assert bottom <= height
        for edge in having(view, "flows-edge"):
            for x, y in ends_of(edge):
                assert any(
                    min(abs(x - left), abs(x - right)) <= 1 and top - 1 <= y <= bottom + 1
                    for left, top, right, bottom in boxes
                )


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("language", LANGUAGES)
def test_names_that_mean_harm(name: str, language: str) -> None:
    nodes = [
        FlowNode(name, name, name, (name, "health"), "violation", name, name),
        FlowNode("b", name, name, (), "unproven", name),
        FlowNode("c", "c", "C"),
    ]
    drawn = diagram(
        nodes, [FlowEdge(name, "b", name, (name,)), FlowEdge("c", name, name)], language
    )
    root = read(drawn)
    assert "\u202e" not in drawn
    assert "\x1b" not in drawn
    for each in having(root, "flows-node"):
        for text in each.iter(f"{SPACE}text"):
            assert width_of(text.text or "", 11) < 280
        assert "health" in each.get("data-class", "health").split() or not each.get(
            "data-class"
        )


def test_a_secret_isn_t_shown() -> None:
    address = "https://user:hunter2@db.acme.fr/x"
    drawn = diagram(
        [FlowNode(address, address, address, (), None, address, address)], [], "en"
    )
    assert "hunter2" not in drawn


def test_nothing_at_all() -> None:
    root = read(diagram([], [], "en"))
    assert text_of(root) == "Nothing holds data here."
    assert root.get("aria-label", "").startswith("Diagram of flows")


def test_every_time_alike() -> None:
    assert diagram(NODES, EDGES, "en") == diagram(NODES[::-1], EDGES[::-1], "en")
    assert diagram([*NODES, *NODES], EDGES, "en") == diagram(NODES, EDGES, "en")


@pytest.mark.parametrize(
    ("text", "width", "tail", "shown"),
    [
        ("short", 100, 0.0, "short"),
        ("a very long name of a company", 60, 0.0, "a very l…"),
        ('module.a.aws_s3_bucket.b["zone-3"]', 120, 0.6, 'modul…["zone-3"]'),
        ("W" * 9_000, 40, 0.0, "WW…"),
        ("", 10, 0.0, ""),
    ],
)
def test_texts_that_do_not_fit(text: str, width: float, tail: float, shown: str) -> None:
    found = fitted(text, width, 12, tail)
    assert width_of(found, 12) <= width
    assert found == shown


@pytest.mark.timed
def test_two_thousand_nodes_are_drawn_soon() -> None:
    chance = random.Random(2)
    nodes = [
        FlowNode(f"n{each}", f"module.x[{each}].b", f"Company {chance.randrange(12)}", ("health",), "violation")
        for each in range(2_000)
    ]  # fmt: skip
    edges = [
        FlowEdge(
            chance.choice(nodes).id, chance.choice(nodes).id, "logs", ("health",), "unproven"
        )
        for _ in range(5_000)
    ]
    began = time.process_time()
    drawn = diagram(nodes, edges, "en")
    assert time.process_time() - began < 3
    assert len(drawn) < 6_000_000
