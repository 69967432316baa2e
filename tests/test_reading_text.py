"""Reading a text file: encodings, pages, page numbers, and what cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.errors import UnreadableDocument, UnsupportedFormat
from index.reading import read_document, supported_formats
from index.reading.source import file_bytes
from index.reading.text import TextLines, paginate, read_text

SEED = Path(__file__).parent.parent / "index" / "data" / "jianghan-2021.txt"


def _read(path: Path) -> TextLines:
    return read_text(file_bytes(path), path.name)


def _lines(*texts: str) -> list[tuple[str, int | None, int | None, int]]:
    return [(line.text, line.position.page, line.position.line, line.indent) for line in paginate(texts).lines]


def test_a_form_feed_is_a_page_break_and_blank_lines_keep_their_numbers() -> None:
    assert _lines("第一页", "", "\f  第二页", "末行\f第三页") == [
        ("第一页", 1, 1, 0),
        ("第二页", 2, 3, 2),
        ("末行", 2, 4, 0),
        ("第三页", 3, 4, 0),
    ]


def test_flattened_form_feeds_count_when_a_printed_number_agrees() -> None:
    assert _lines("第一", "- 1 -", " 第二", "内容", "第2页 共3页", " 第三") == [
        ("第一", 1, 1, 0),
        ("第二", 2, 3, 0),
        ("内容", 2, 4, 0),
        ("第三", 3, 6, 0),
    ]


def test_flattened_form_feeds_do_not_count_without_a_printed_number() -> None:
    assert _lines("第一", " 第二", "  第三") == [("第一", None, 1, 0), ("第二", None, 2, 0), ("第三", None, 3, 2)]
    assert paginate(["第一", " 第二"]).pages is None


def test_flattened_form_feeds_do_not_count_against_the_printed_numbers() -> None:
    assert paginate(["第一", "-1-", " 第二", "-7-", " 第三", "-9-"]).pages is None


def test_a_space_after_trailing_white_space_is_no_page_break() -> None:
    assert paginate(["第一  ", " 甲", "-1-", " 第二", "-2-"]).pages == 2


def test_a_number_one_ahead_opens_a_page_whose_mark_was_lost() -> None:
    assert _lines("第一", " 第二", "-3-", "第三") == [("第一", 1, 1, 0), ("第二", 2, 2, 0), ("第三", 3, 4, 0)]


def test_bare_numbers_at_page_edges_are_page_numbers_but_figures_are_not() -> None:
    assert [t for t, *_ in _lines("甲", "1", "\f乙", "35", "丙", "2", "\f丁", "3")] == ["甲", "乙", "35", "丙", "丁"]


def test_running_heads_are_dropped() -> None:
    pages = [f"{chr(12) if n else ''}某局2025年度部门预算公开" + f"\n第{n}段" for n in range(4)]
    assert [t for t, *_ in _lines(*"\n".join(pages).split("\n"))] == ["第0段", "第1段", "第2段", "第3段"]


def test_the_seed_has_37_pages() -> None:
    text = _read(SEED)
    first = {line.position.page: line for line in reversed(text.lines)}
    assert text.pages == 37
    assert [(first[page].text, first[page].position.line) for page in (1, 2, 8, 16, 30, 37)] == [
        ("第一部分 部门预算公开说明", 1),
        ("位向区人民政府报送的请示、意见、函件提出审核处理意见，报区人", 28),
        ("公开表1", 324),
        ("2021年江汉区部门整体绩效目标申报表", 794),
        ("项目预算资金投入表", 1808),
        ("项目绩效目标评价指标表", 2178),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends(tmp_path: Path, encoding: str, newline: str) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(f"部门预算{newline}第二行".encode(encoding))
    assert [(line.text, line.position.line) for line in _read(file).lines] == [("部门预算", 1), ("第二行", 2)]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "找不到文件"),
        (b"", "是空的"),
        (b" \n\t\n", "是空的"),
        (b"PK\x03\x04\x00\x00", "二进制"),
        (b"\x01\x02\x03\x04\x05\x06", "控制字符"),
        (b"\xff\xff\xff\xff\xff", "编码无法识别"),
        (b"only English here 123", "没有中文"),
    ],
)
def test_what_cannot_be_read_says_why_and_what_to_do(tmp_path: Path, content: bytes | None, message: str) -> None:
    file = tmp_path / "a.txt"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(UnreadableDocument, match=message) as caught:
        _read(file)
    assert caught.value.remedy


def test_a_directory_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument, match="无法读取"):
        file_bytes(tmp_path)


def test_an_unknown_format_names_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(UnsupportedFormat, match=r"“\.exe”.*\.txt"):
        read_document(tmp_path / "a.exe")
    assert ".txt" in supported_formats()


def test_the_identity_comes_from_the_content_not_from_the_name(tmp_path: Path) -> None:
    copy = tmp_path / "随便起的名字2035.txt"
    copy.write_bytes(SEED.read_bytes())
    document, original = read_document(copy), read_document(SEED, key="k")
    identity = document.identity
    assert (identity.body, identity.region, identity.year, identity.stage.value, identity.level, identity.title) == (
        "武汉市江汉区人民政府办公室",
        "武汉市江汉区",
        2021,
        "预算",
        "部门",
        "武汉市江汉区人民政府办公室2021年部门预算",
    )
    assert (document.key, original.key) == ("随便起的名字2035", "k")
    assert document.content_hash == original.content_hash and len(document.content_hash) == 64


def test_the_identity_of_a_cover(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("临海市水利局\n2023年度部门决算\n第一部分 部门概况\n一、主要职责\n负责水利工作。", "utf-8")
    identity = read_document(file).identity
    assert (identity.body, identity.region, identity.year, identity.stage.value, identity.level) == (
        "临海市水利局",
        "临海市",
        2023,
        "决算",
        "部门",
    )
