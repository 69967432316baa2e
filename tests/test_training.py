"""What the shipped embedding model is trained on. Training itself takes minutes and is not run here."""

from __future__ import annotations

from pathlib import Path

from index.training.corpus import Material, Passage, TableRow, document_texts, read_material
from index.training.model import character_tokenizer
from index.training.pairs import Pair, make_pairs

TEXT = """
第二部分 情况说明
一、“三公”经费情况
（一）公务接待费
公务接待费1.16万元，比上年预算减少
1.74万元。减少原因主要是厉行节约。
-3-
第三部分 名词解释
（一）事业收入：指事业单位开展业务活动取得的收入。
2021年基本支出表
30217 公 务 接 待 费 1.16 1.16
"""


def test_text_becomes_passages_under_headings_and_rows() -> None:
    three_public = ("第二部分情况说明", "一、“三公”经费情况", "（一）公务接待费")
    assert read_material(TEXT) == Material(
        (
            Passage(three_public, "公务接待费1.16万元，比上年预算减少1.74万元。减少原因主要是厉行节约。"),
            Passage(("第三部分名词解释",), "（一）事业收入：指事业单位开展业务活动取得的收入。"),
        ),
        (TableRow("2021年基本支出表", "公务接待费", "30217公务接待费1.161.16"),),
    )


def test_pairs_of_every_kind() -> None:
    pairs = make_pairs([read_material(TEXT)])
    passage = "公务接待费1.16万元，比上年预算减少1.74万元。减少原因主要是厉行节约。"
    row = "2021年基本支出表 30217公务接待费1.161.16"
    assert {
        Pair("公务接待费", passage),  # heading → passage
        Pair("事业收入", "指事业单位开展业务活动取得的收入。"),  # term → definition
        Pair("公务接待费", row),  # name → row
        Pair(row, "公务接待费1.16万元，比上年预算减少1.74万元。"),  # row → sentence
    } <= set(pairs)
    assert len(pairs) == len(set(pairs))
    assert make_pairs([read_material(TEXT)]) == pairs


def test_pairs_are_also_asked_in_other_words() -> None:
    queries = {pair.query for pair in make_pairs([read_material(TEXT)])}
    assert queries & {"招待费", "接待费用"}


def test_one_token_a_character_and_none_for_signs() -> None:
    tokenizer = character_tokenizer(["公务接待费", "公务用车"], size=5)
    assert tokenizer.encode("公 务，“Ａ”").tokens == ["公", "务", "[UNK]"]
    assert tokenizer.get_vocab_size() == 5


def test_documents_are_read_from_files_and_directories(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("乙", encoding="utf-8")
    (tmp_path / "a.txt").write_text("甲", encoding="utf-8")
    (tmp_path / "c.csv").write_text("丙", encoding="utf-8")
    assert list(document_texts([tmp_path, tmp_path / "b.txt"])) == ["甲", "乙", "乙"]
