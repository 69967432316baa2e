"""What is typed → the form in which it is linked. Nothing but QuestionRejected is ever raised."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import QuestionRejected
from assistant.question import MAX_LENGTH, Question, fold, normalise, simplify, split

FOLDED = [
    ("layout goes", "　三公经费 一共　多少？\t", "三公经费一共多少？"),
    ("quotes of every kind go", "“三公”‘经费’「预算」『数』《政府公报》", "三公经费预算数政府公报"),
    ("brackets go, what stands in them stays", "因公出国（境）费[2021]【年】", "因公出国境费2021年"),
    ("full-width letters and digits become half-width", "２０２１年Ａ类　１．１６万元", "2021年A类1.16万元"),
    ("traditional characters become simplified", "公務接待費與會議費", "公务接待费与会议费"),
    ("separators of thousands go", "1,071万元和2，053.67万元", "1071万元和2053.67万元"),
    ("a comma between short numbers stays", "10,20人", "10，20人"),
    ("ASCII punctuation becomes Chinese", "办公费,印刷费;差旅费?!", "办公费，印刷费；差旅费？？"),
    ("points that are no decimal points become commas", "多少...到底.1.5万", "多少，到底，1.5万"),
    ("regional words become standard", "三公经费几多钱", "三公经费多少钱"),
    ("an ellipsis becomes a comma", "公务接待费……多少", "公务接待费，多少"),
    ("a year in Chinese digits", "二〇二一年比二零二〇年", "2021年比2020年"),
    ("a year of two digits", "21年比20年", "2021年比2020年"),
    ("a span of years is no year", "12年内花多少", "12年内花多少"),
    ("a numeral that is no year stays", "九十年代一百二十人", "九十年代一百二十人"),
    ("a letter for a unit", "超过100w的，3K以下的", "超过100万的，3千以下的"),
    ("a letter inside a word stays", "100wifi费", "100wifi费"),
    ("the letter O for a nought", "2O21年", "2021年"),
    ("unprintable signs go", "公\u200b务\ufeff接待\u0007费", "公务接待费"),
    ("a code alone is a question", "30217", "30217"),
    ("lines stay apart", "公务接待费\n\n会议费 多少", "公务接待费\n\n会议费多少"),
    ("marks at the ends go", "，公务接待费，", "公务接待费"),
]


@pytest.mark.parametrize(("title", "typed", "text"), FOLDED, ids=[title for title, _, _ in FOLDED])
def test_the_folded_form(title: str, typed: str, text: str) -> None:
    assert normalise(typed).text == text


def test_what_was_typed_is_kept_and_a_change_of_characters_is_told() -> None:
    assert normalise(" 公务接待费？ ") == Question("公务接待费？", "公务接待费？", changed=False)
    assert normalise("公務接待費？") == Question("公務接待費？", "公务接待费？", changed=True)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "空的"),
        (" \n\t　", "空的"),
        ("\u200b\ufeff", "空的"),
        ("what is the budget", "用中文"),
        ("SELECT * FROM facts", "用中文"),
        ("？？？", "用中文"),
        ("……", "用中文"),
        ("12", "用中文"),
        ("多" * (MAX_LENGTH + 1), f"{MAX_LENGTH + 1} 字，上限 {MAX_LENGTH} 字"),
    ],
)
def test_what_is_no_question_is_rejected_with_a_remedy(typed: str, said: str) -> None:
    with pytest.raises(QuestionRejected, match=said) as caught:
        normalise(typed)
    assert caught.value.remedy


def test_the_longest_question_is_a_setting() -> None:
    assert normalise("多少" * 10, longest=20).text == "多少" * 10
    with pytest.raises(QuestionRejected, match="上限 19 字"):
        normalise("多少" * 10, longest=19)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("公务接待费多少？会议费多少？", ("公务接待费多少", "会议费多少")),
        ("公务接待费；会议费。培训费\n印刷费", ("公务接待费", "会议费", "培训费", "印刷费")),
        ("公务接待费和会议费，各多少", ("公务接待费和会议费，各多少",)),
        ("？，；、？", ()),
        ("", ()),
    ],
)
def test_several_questions_in_one(text: str, pieces: tuple[str, ...]) -> None:
    assert split(text) == pieces


# ASCII, punctuation, numbers in circles, Chinese, compatibility forms, full-width forms
SCRIPTS = [
    (0, 0x7F),
    (0x2010, 0x2027),
    (0x2460, 0x2473),
    (0x3000, 0x3029),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAD9),
    (0xFF00, 0xFF65),
]
SIGNS = st.text(
    st.sampled_from("公务接待費费二〇零一2021年.,，。；;？?……“”()（）wWkKoO 0１万元、\n\t-/%　"), max_size=40
)


CHINESE = st.one_of(*(st.characters(min_codepoint=low, max_codepoint=high) for low, high in SCRIPTS))


@given(st.one_of(SIGNS, st.text(CHINESE, max_size=60)))
@settings(max_examples=300)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    try:
        once = normalise(text)
    except QuestionRejected:
        return
    assert normalise(once.text).text == once.text
    assert simplify(once.text) == once.text


@given(st.text(max_size=2 * MAX_LENGTH))
@settings(max_examples=200)
def test_nothing_but_a_rejection_is_raised(text: str) -> None:
    try:
        question = normalise(text)
    except QuestionRejected as error:
        assert error.message and error.remedy
        return
    assert 0 < len(question.text)
    assert all(piece.strip("，、：") for piece in split(question.text))
