"""What bodies are called, and which of them a question names."""

from __future__ import annotations

import pytest

from assistant.body_names import Held, forms, is_own, named, places, terms
from assistant.question import fold

HELD = (
    Held("gz-water", "广州市水务局", "广州市"),
    Held("sz-water", "苏州市水务局", "苏州市"),
    Held("gz-audit", "广州市审计局", "广州市"),
    Held("js-court", "江苏省高级人民法院", "江苏省"),
    Held("wx-edu", "无锡市教育局", "无锡市"),
    Held("wx-edu-own", "无锡市教育局（本级）", "无锡市"),
)

QUESTIONS = [
    ("whole", "广州市水务局的三公经费是多少", [("gz-water",)]),
    ("without the level of its place", "苏州水务局的三公经费是多少", [("sz-water",)]),
    ("an office that two places have", "水务局的三公经费是多少", [("gz-water", "sz-water")]),
    ("two places, one office", "广州、苏州两市的水务局谁的预算多", [("gz-water", "sz-water")]),
    ("two offices of one place", "广州市水务局和审计局", [("gz-water",), ("gz-audit",)]),
    ("shortened", "江苏高院2018年的预算", [("js-court",)]),
    ("by its level", "省高院的预算", [("js-court",)]),
    ("the department, not itself alone", "无锡市教育局的预算", [("wx-edu",)]),
    ("itself alone", "无锡市教育局本级的预算", [("wx-edu-own",)]),
    ("some of its characters behind a place", "江苏高法院和无锡教局", [("js-court",), ("wx-edu",)]),
    ("another place", "杭州的预算", []),
    ("another office of the place", "广州财政局的预算", []),
]


@pytest.mark.parametrize(("title", "question", "expected"), QUESTIONS, ids=[q[0] for q in QUESTIONS])
def test_which_bodies_are_named(title: str, question: str, expected: list[tuple[str, ...]]) -> None:
    assert [each.keys for each in named(fold(question), HELD) if each.office] == expected


def test_a_place_alone_is_no_office() -> None:
    (place,) = named("广州今年的预算", HELD)
    assert (place.keys, place.office) == (("gz-water", "gz-audit"), False)


def test_places_of_one_and_of_several_levels() -> None:
    assert places("广州市") == ("广州市", "广州")
    assert places("武汉市江汉区") == ("武汉市江汉区", "江汉区")


def test_a_second_name_in_brackets_is_a_name_of_its_own() -> None:
    found = forms("苏州市信息中心（苏州市数字城市运营管理中心）", "苏州市")
    assert {"信息中心", "数字城市运营管理中心", "苏州市信息中心"} <= set(found)


def test_the_department_by_itself() -> None:
    assert is_own("无锡市水利局（本级）")
    assert not is_own("无锡市水政监察支队")


def test_the_vocabulary_is_loaded_once() -> None:
    assert terms() is terms()
