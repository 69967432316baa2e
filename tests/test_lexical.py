"""BM25 on character n-grams: normalisation, question words, ranking, filters, storage."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.document import Source
from index.errors import IndexDamaged, IndexMissing
from index.evidence import Chunk
from index.lexical import (
    Lexical,
    Match,
    indexed_text,
    normalise,
    open_lexical,
    query_text,
    question_words,
    write_lexical,
)


def chunk(text: str, document: str = "甲", kind: str = "prose", heading: str = "") -> Chunk:
    return Chunk(text=text, heading=heading, kind=kind, source=Source(document, quote=text))


CHUNKS = (
    chunk("公务接待费1.16万元，比上年预算减少1.74万元。"),
    chunk("减少原因主要是厉行节约。", heading="（二）公务接待费"),
    chunk("公务用车运行维护费10万元。", document="乙", kind="row"),
    chunk("事业收入：指事业单位开展专业业务活动取得的收入。", document="乙", kind="definition"),
)


@pytest.fixture
def lexical(tmp_path: Path) -> Lexical:
    write_lexical(tmp_path / "lexical", CHUNKS)
    return open_lexical(tmp_path / "lexical")


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("公 务 用 车", "公务用车"),
        ("２０２１ 年", "2021年"),
        ("“三公”经费（万元）", "三公 经费 万元"),
        ("A股，PPP", "a股 ppp"),
        ("", ""),
        ("。！", ""),
    ],
)
def test_normalise(printed: str, expected: str) -> None:
    assert normalise(printed) == expected


@given(st.text())
def test_normalise_is_idempotent_on_what_it_returns(text: str) -> None:
    once = normalise(text)
    assert normalise(once).replace(" ", "") == once.replace(" ", "")
    assert "  " not in once and once == once.strip()


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("请问公务接待费是多少？", "公务接待费"),
        ("什么是事业收入", "指 事业收入"),
        ("为什么减少", "减少"),
        ("多少", "多少"),
        ("", ""),
    ],
)
def test_question_words_are_left_out_unless_there_is_nothing_else(question: str, expected: str) -> None:
    assert query_text(question) == expected


def test_question_words_come_longest_first() -> None:
    words = [word for word, _ in question_words()]
    assert [len(word) for word in words] == sorted((len(word) for word in words), reverse=True)
    assert "#" not in "".join(words)


def test_the_heading_is_searched_once() -> None:
    assert indexed_text(CHUNKS[1]) == "（二）公务接待费：减少原因主要是厉行节约。"
    assert indexed_text(chunk("表7 合计：11.16", heading="表7")) == "表7 合计：11.16"


def test_ranking(lexical: Lexical) -> None:
    assert [match.chunk_id for match in lexical.search("公务接待费为什么减少", 10)] == [2, 1, 3, 4]
    assert [match.chunk_id for match in lexical.search("事业收入是什么", 1)] == [4]


def test_a_score_is_bm25(tmp_path: Path) -> None:
    # one n-gram in one chunk of two, both of the mean length: ln(1 + 1.5 / 1.5) · (k1 + 1) / (1 + k1)
    write_lexical(tmp_path, [chunk("甲"), chunk("乙")])
    found = open_lexical(tmp_path).search("甲", 5)
    assert found == (Match(1, pytest.approx(math.log(2), abs=1e-6)),)


def test_no_shared_ngram_is_no_match(lexical: Lexical) -> None:
    assert lexical.search("xyz", 5) == ()
    assert lexical.search("", 5) == ()


def test_filters(lexical: Lexical) -> None:
    assert [match.chunk_id for match in lexical.search("公车费", 5, documents={"乙"})] == [3]
    assert [match.chunk_id for match in lexical.search("公车费", 5, kinds=["row", "definition"])] == [3]
    assert lexical.search("公车费", 5, documents=["甲"], kinds=["row"]) == ()
    assert lexical.search("公车费", 5, documents=["未收录"]) == ()
    assert lexical.allowed() is None


def test_ties_keep_document_order(tmp_path: Path) -> None:
    write_lexical(tmp_path, [chunk("预算", document=str(number)) for number in range(6)])
    assert [match.chunk_id for match in open_lexical(tmp_path).search("预算", 3)] == [1, 2, 3]


def test_an_empty_index(tmp_path: Path) -> None:
    write_lexical(tmp_path, [])
    empty = open_lexical(tmp_path)
    assert len(empty) == 0
    assert empty.search("公务接待费", 3, documents=["甲"]) == ()


def test_a_missing_index(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="没有检索索引"):
        open_lexical(tmp_path)


@pytest.mark.parametrize("name", ["weights.npy", "lexical.json", "labels.npy"])
def test_a_damaged_index(tmp_path: Path, name: str) -> None:
    write_lexical(tmp_path, CHUNKS)
    (tmp_path / name).write_bytes(b"\x93NUMPY{")
    with pytest.raises(IndexDamaged, match="请重新建立索引"):
        open_lexical(tmp_path)


def test_files_of_two_indexes(tmp_path: Path) -> None:
    write_lexical(tmp_path / "a", CHUNKS)
    write_lexical(tmp_path / "b", CHUNKS[:2])
    (tmp_path / "a" / "postings.npy").write_bytes((tmp_path / "b" / "postings.npy").read_bytes())
    with pytest.raises(IndexDamaged, match="前后不符"):
        open_lexical(tmp_path / "a")


@given(
    st.lists(st.text(alphabet="公务接待费预算 ，1", max_size=12), max_size=8),
    st.text(alphabet="公务接待费", max_size=6),
)
def test_only_chunks_sharing_an_ngram_are_found(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], query: str
) -> None:
    directory = tmp_path_factory.mktemp("lexical")
    write_lexical(directory, [chunk(text) for text in texts])
    found = {match.chunk_id for match in open_lexical(directory).search(query, 100)}
    assert found == {place for place, text in enumerate(texts, 1) if set(text) & set(query)}
