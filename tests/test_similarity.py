"""Names that are said in part, scattered, or mistyped; and what is near to nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.engine import Engine
from assistant.similarity import Similarity, pieces, pronounce


@pytest.fixture(scope="module")
def similarity(engine: Engine) -> Similarity:
    return engine.similarity


@pytest.mark.parametrize(
    ("span", "name"),
    [
        ("用车运行维护", "公务用车运行维护费"),
        ("职工基本医疗保险", "职工基本医疗保险缴费"),
        ("公务员医疗", "公务员医疗补助缴费"),
        ("节能环保宣传海报", "节能环保宣传海报印制发放册数"),
        ("征订报刊", "征订党报党刊及杂志"),
        ("政务值班保障", "政务值班保障经费"),
    ],
)
def test_a_part_of_a_name_is_near_to_it(similarity: Similarity, span: str, name: str) -> None:
    found = similarity.best(span)
    assert found is not None
    assert name in found.names
    assert (found.covered, found.score < 1) == (len(span), True)


@pytest.mark.parametrize("span", ["天气", "房价", "足球比赛结果", "招聘条件"])
def test_nothing_is_near_to_what_the_index_does_not_name(similarity: Similarity, span: str) -> None:
    assert similarity.best(span) is None
    assert similarity.slip(span) is None


@pytest.mark.parametrize(
    ("span", "name"),
    [
        ("公务接代费", "公务接待费"),
        ("公物接待费", "公务接待费"),
        ("公务节待费", "公务接待费"),
        ("陪训费", "培训费"),
        ("基本公资", "基本工资"),
        ("福力费", "福利费"),
        ("退修费", "退休费"),
    ],
)
def test_a_name_that_sounds_alike_is_a_slip(similarity: Similarity, span: str, name: str) -> None:
    found = similarity.slip(span)
    assert found is not None
    assert (found.names, found.via, found.offset, found.covered) == ((name,), "sound", 0, len(span))


def test_a_slip_is_found_inside_a_longer_stretch(similarity: Similarity) -> None:
    found = similarity.slip("今年的公务接代费")
    assert found is not None
    assert (found.names, found.offset, found.covered) == (("公务接待费",), 3, 5)


def test_a_name_itself_is_no_slip_of_another(similarity: Similarity) -> None:
    """A real word is not taken for another that sounds like it (会议 is not 回忆)."""
    assert similarity.slip("印刷") is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("老百姓投诉办完的满意度", "投诉群众满意度"),
        ("结对帮扶的社区满意度怎么样", "结对帮扶社区满意度"),
        ("人大政协的议题案要见面和办复到多少", "人大、政协议题案办理见面率、办复率"),
        ("值班的突发事项一年要报告多少", "报告值班突发事项"),
    ],
)
def test_a_name_whose_words_lie_scattered_is_recalled(similarity: Similarity, text: str, name: str) -> None:
    found = similarity.recall(text)
    assert found is not None
    assert (found.names, found.via) == ((name,), "recall")


@pytest.mark.parametrize("text", ["今天吃什么", "一年下来怎么样", ""])
def test_nothing_is_recalled_from_other_talk(similarity: Similarity, text: str) -> None:
    assert similarity.recall(text) is None


def test_any_word_names_something_inside_the_project_that_is_asked_about(similarity: Similarity) -> None:
    assert similarity.part("海报") is None
    inside = similarity.part("海报", "专项工作")
    assert inside is not None
    assert inside.names == ("宣传海报", "宣传海报每套", "节能环保宣传海报印制发放册数")
    assert similarity.part("海报", "督查工作") is None


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("公务接待", "公物接代", True),
        ("陈", "程", True),
        ("张", "赞", True),
        ("公务接待", "公务用车", False),
        ("A1", "A1", True),
        ("A1", "A2", False),
    ],
)
def test_pronunciation(one: str, other: str, alike: bool) -> None:
    assert (pronounce(one) == pronounce(other)) is alike


def test_pieces_are_characters_and_pairs() -> None:
    assert pieces("三公费") == ["三", "公", "费", "三公", "公费"]
    assert (pieces("费"), pieces("")) == (["费"], [])


@given(st.text(st.sampled_from("公务接待用车运行维护费培训督查工作满意度率的和天气海报,1A "), max_size=20))
def test_every_search_is_repeatable_and_bounded(similarity: Similarity, text: str) -> None:
    for search in (similarity.best, similarity.slip, similarity.recall, similarity.part):
        found = search(text)
        assert search(text) == found
        if found is not None:
            assert 0 < found.score <= 1
            assert found.names or found.project
