"""Who answers whom, judged by hand; and that no order has a part in it."""

from __future__ import annotations

import random
from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from sovlint.fleet.join import Voiced, answers, digest
from sovlint.model.offers import Ask, Offer, OfferKind

CLUSTER = Ask(OfferKind.CLUSTER, "prod")
BUCKET = Ask(OfferKind.STORE, "arn:aws:s3:::claims")
MODULE = Ask(OfferKind.MODULE, "git.acme.fr/modules//db?ref=v3")


def offer(ask: Ask, *more_keys: str, path: str = "main.tf", commit: str = "") -> Offer:
    return Offer(ask.kind, (ask.key, *more_keys), path, 1, commit=commit)


def said(found: Mapping[str, tuple[Offer, ...]]) -> dict[str, list[tuple[str, str]]]:
    return {
        name: [(each.repository, each.kind.value) for each in given]
        for name, given in found.items()
    }


def test_an_ask_is_answered_by_whoever_offers_its_key() -> None:
    platform = Voiced("platform", (offer(CLUSTER),), ())
    manifests = Voiced("manifests", (), (CLUSTER, BUCKET))
    assert said(answers([manifests, platform])) == {"manifests": [("platform", "cluster")]}


def test_a_name_of_another_kind_is_no_answer() -> None:
    other = Offer(OfferKind.HOST, (CLUSTER.key,), "main.tf", 1)
    assert answers([Voiced("a", (other,), ()), Voiced("b", (), (CLUSTER,))]) == {}


def test_nobody_answers_himself() -> None:
    assert answers([Voiced("platform", (offer(CLUSTER),), (CLUSTER,))]) == {}


def test_what_it_makes_itself_is_answered_by_nobody() -> None:
    alias = Ask(OfferKind.CLUSTER, "prod-fr")
    own = Voiced("claims", (offer(CLUSTER),), (CLUSTER, alias))
    other = Voiced("partner", (offer(CLUSTER, alias.key),), ())
    (given,) = answers([own, other])["claims"]
    assert given.keys == (alias.key,), "not by the name that its own has"
    assert answers([replace(own, asks=(CLUSTER,)), other]) == {}


def test_a_module_of_its_own_at_another_revision_answers() -> None:
    module = Offer(OfferKind.MODULE, (MODULE.key,), "db", 1, repository="modules")
    found = answers([Voiced("modules", (), (MODULE,))], lambda key: module)
    assert said(found) == {"modules": [("modules", "module")]}


def test_each_of_several_answers_and_one_under_two_keys_answers_once() -> None:
    alias = Ask(OfferKind.CLUSTER, "10.0.0.1")
    voiced = [
        Voiced("one", (offer(CLUSTER, alias.key),), ()),
        Voiced("two", (offer(CLUSTER),), ()),
        Voiced("asking", (), (CLUSTER, alias)),
    ]
    assert said(answers(voiced)) == {"asking": [("one", "cluster"), ("two", "cluster")]}


def test_a_module_is_looked_for_once_by_its_key() -> None:
    looked_for: list[str] = []

    def find(key: str) -> Offer | None:
        looked_for.append(key)
        return Offer(OfferKind.MODULE, (key,), "db", 1, repository="modules")

    found = answers([Voiced("a", (), (MODULE,)), Voiced("b", (), (MODULE, BUCKET))], find)
    assert said(found) == {"a": [("modules", "module")], "b": [("modules", "module")]}
    assert looked_for == [MODULE.key]


def test_the_digest_is_that_of_what_is_said() -> None:
    one, two = offer(CLUSTER, commit="1" * 40), offer(BUCKET)
    assert digest([]) == ""
    assert digest([one, two]) == digest([two, one])
    assert digest([one]) == digest([offer(CLUSTER, commit="2" * 40)])
    assert digest([one]) != digest([offer(CLUSTER, path="other.tf")])


ASKS = st.sets(st.builds(Ask, st.sampled_from(OfferKind), st.sampled_from("abc")), max_size=4)


@given(st.lists(st.tuples(ASKS, ASKS), max_size=6), st.randoms())
def test_no_order_has_a_part_in_it(
    drawn: list[tuple[set[Ask], set[Ask]]], chance: random.Random
) -> None:
    def mixed(found: set[Ask]) -> list[Ask]:
        return sorted(found, key=lambda _: chance.random())

    def voiced() -> list[Voiced]:
        made = [
            Voiced(f"r{number}", tuple(map(offer, mixed(offers))), tuple(mixed(asks)))
            for number, (offers, asks) in enumerate(drawn)
        ]
        chance.shuffle(made)
        return made

    assert answers(voiced()) == answers(voiced())
