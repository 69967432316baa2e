"""Sentences are cut where a reader would quote, and every figure they state is read exactly."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.reckoning import checks
from assistant.sentences import figures_in, item_number, items_of, pieces


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("甲甲。乙乙；丙丙丙", ["甲甲。", "乙乙；", "丙丙丙"], id="stops"),
        pytest.param(
            "1、甲；（含乙。丙）2、丁。", ["1、甲；（含乙。丙）", "2、丁。"], id="brackets stay with their item"
        ),
        pytest.param("按“短。实”的要求。完成了", ["按“短。实”的要求。", "完成了"], id="no cut inside quotation marks"),
        pytest.param("（一）甲。\n（二）乙。", ["（一）甲。", "（二）乙。"], id="lines"),
    ],
)
def test_pieces(text: str, expected: list[str]) -> None:
    assert pieces(text) == expected


@given(st.text(alphabet="甲乙。；（）1、万元\n ", max_size=60))
def test_pieces_lose_no_character(text: str) -> None:
    assert "".join("".join(pieces(text)).split()) == "".join(text.split())


def test_items_of_a_numbered_text() -> None:
    assert items_of("总述\n1.甲。\n续\n2.乙") == ["1.甲。续", "2.乙"]
    assert items_of("没有编号的一段。") == []
    assert [item_number(t) for t in ("3、甲", "（二）乙", "丙")] == ["3", "二", ""]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("公务接待费1.16万元，减少1.74万元", [("1.16", "万元"), ("1.74", "万元")], id="money"),
        pytest.param(
            "40元每人每天×6人×365天=8.8万元", [("40", "元"), ("6", "人"), ("365", "天"), ("8.8", "万元")], id="product"
        ),
        pytest.param("处置5万起，容错率≤千分之四", [("0.4", "%"), ("50000", "起")], id="scaled counts and fractions"),
        pytest.param("2020年12月在职27人（2019-2020年）", [("27", "人")], id="dates are no figures"),
        pytest.param("公开表5，电话027-85481661，第3名", [], id="pointers are no figures"),
    ],
)
def test_figures_in(text: str, expected: list[tuple[str, str]]) -> None:
    found = {(f.amount, f.unit) for f in figures_in(text)}
    assert found == {(Decimal(amount), unit) for amount, unit in expected}


@given(st.integers(0, 10**9), st.integers(0, 99))
def test_a_printed_amount_is_read_exactly(whole: int, cents: int) -> None:
    (figure,) = figures_in(f"安排{whole:,}.{cents:02}万元")
    assert (figure.amount, figure.unit) == (Decimal(f"{whole}.{cents:02}"), "万元")


@pytest.mark.parametrize(
    ("text", "lines", "holds"),
    [
        pytest.param(
            "编发8万元；（月刊0.5万元*12月=6万元，公开点30个运转费2万元）",
            ["0.5万元*12月=6万元", "6 + 2 = 8 万元，相符"],
            True,
            id="product and sum",
        ),
        pytest.param(
            "保障17万元；（维护8万元，盒饭9万元，40元×6人×365天=8.8万元）",
            ["复算得 8.76 万元", "“盒饭”写9万元，紧接着的算式得8.8万元"],
            False,
            id="an amount and its explanation differ",
        ),
        pytest.param("没有算式的一句，安排3万元。", [], True, id="no arithmetic"),
    ],
)
def test_printed_arithmetic_is_done_again(text: str, lines: list[str], holds: bool) -> None:
    done = checks(text)
    assert all(check.holds for check in done) is holds
    told = "\n".join(check.line for check in done)
    assert all(line in told for line in lines) and bool(done) is bool(lines)
