"""Short words that mean something only among the siblings of what is named: 办公、印刷；三公里的车；那车呢."""

from __future__ import annotations

import pytest

from assistant import families
from assistant.engine import Engine
from assistant.linking import link
from assistant.question import normalise
from assistant.shapes import Linked

LISTED = [
    ("half names of accounts", "办公、印刷、差旅、培训一共多少", ["办公费", "印刷费", "差旅费", "培训费"]),
    (
        "a word for things beside sums of money",
        "出国、车、接待各多少",
        ["因公出国（境）费", "公务用车购置及运行维护费", "公务接待费"],
    ),
    ("across 和", "奖金和办公各是多少", ["奖金"]),
]
INSIDE = [
    ("a thing in a known whole", "三公经费里车占多大比例", (), ["三公经费", "公务用车购置及运行维护费"]),
    ("a sibling of what was asked before", "那车呢", ("公务接待费",), ["公务用车购置及运行维护费"]),
    ("nothing was asked before", "那车呢", (), []),
    ("a number of things stays one", "三公经费里有几辆车", (), ["三公经费"]),
    ("a character that is no word", "三公经费给个数就行", (), ["三公经费"]),
]


def _linked(engine: Engine, question: str) -> Linked:
    return link(normalise(question).text, engine.lexicon, engine.similarity)


def _named(linked: Linked) -> list[str]:
    return [m.sense.names[0] for m in linked.mentions if m.sense.names]


@pytest.mark.parametrize(("title", "question", "names"), LISTED, ids=[case[0] for case in LISTED])
def test_an_item_of_a_list_is_found_among_the_siblings_of_the_others(
    engine: Engine, title: str, question: str, names: list[str]
) -> None:
    assert _named(families.listed(_linked(engine, question), engine.families, engine.semantics)) == names


@pytest.mark.parametrize(("title", "question", "earlier", "names"), INSIDE, ids=[case[0] for case in INSIDE])
def test_a_short_word_is_found_in_its_whole_or_beside_its_sibling(
    engine: Engine, title: str, question: str, earlier: tuple[str, ...], names: list[str]
) -> None:
    found = families.inside(_linked(engine, question), engine.families, engine.semantics, earlier)
    assert _named(found) == names


def test_a_family_is_what_stands_under_one_parent(engine: Engine) -> None:
    beside = {member.name for member in engine.families.beside(["公务接待费"])}
    assert {"因公出国（境）费用", "公务用车购置及运行维护费", "公务接待费", "办公费"} <= beside
    assert "行政运行（政府办公厅）" not in beside
