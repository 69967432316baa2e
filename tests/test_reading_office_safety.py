"""Word, Excel and HTML files that cannot be read: what is said, and that nothing that was stored is touched."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import docx
import pytest
from office_making import Made
from office_tables import written
from PIL import Image

from index.build import ingest
from index.errors import UnreadableDocument, UnsupportedFormat
from index.reading import read_document, supported_formats
from index.reading.office import OfficeLimits, read_office
from tests.small_index import contents, files

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TABLE = Made("2026年部门支出总表", [["项目", "金额"], ["教育支出", Decimal(3)]], unit="万元")


def told(path: Path, limits: OfficeLimits | None = None) -> str:
    with pytest.raises(UnreadableDocument) as caught:
        read_office(path, "键", limits)
    return str(caught.value)


def holding(tmp_path: Path, name: str, data: bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


def rewritten(source: Path, target: Path, change: Callable[[str, bytes], bytes], **more: bytes) -> Path:
    """A copy of an archive with its members changed, and with `more` of them."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, data in more.items():
            new.writestr(name, data)
    return target


def test_the_formats_that_are_read() -> None:
    assert supported_formats() == (".docx", ".htm", ".html", ".pdf", ".txt", ".xls", ".xlsx")


@pytest.mark.parametrize("suffix", ["docx", "xlsx", "xls", "html"])
def test_missing_empty_and_meaningless_files(tmp_path: Path, suffix: str) -> None:
    assert "找不到文件" in told(tmp_path / f"没有.{suffix}")
    assert "是空的" in told(holding(tmp_path, f"空.{suffix}", b""))
    assert f"文件 乱.{suffix} 已损坏，或者不是" in told(holding(tmp_path, f"乱.{suffix}", b"\x00\x01\x02 nothing" * 99))


@pytest.mark.parametrize("suffix", ["docx", "xlsx", "xls"])
def test_a_file_that_was_cut_off(tmp_path: Path, suffix: str) -> None:
    data = written(tmp_path, suffix, [TABLE]).read_bytes()
    assert f"文件 半.{suffix} 已损坏" in told(holding(tmp_path, f"半.{suffix}", data[: len(data) // 2]))


@pytest.mark.parametrize("suffix", ["docx", "xlsx"])
def test_markup_that_is_cut_off_inside(tmp_path: Path, suffix: str) -> None:
    def halved(name: str, data: bytes) -> bytes:
        return data[: len(data) // 2] if name in {"word/document.xml", "xl/worksheets/sheet1.xml"} else data

    path = rewritten(written(tmp_path, suffix, [TABLE]), tmp_path / f"坏.{suffix}", halved)
    assert told(path) == f"文件 坏.{suffix} 已损坏，读取程序中途退出。请用其他软件重新另存后再试"


@pytest.mark.parametrize(
    ("made", "named", "answer"),
    [
        ("docx", "xlsx", "实际是“Word 文档”。请把后缀改为 .docx 后再试"),
        ("xlsx", "docx", "实际是“Excel 工作簿”。请把后缀改为 .xlsx 后再试"),
        ("xlsx", "xls", "实际是“Excel 工作簿”。请把后缀改为 .xlsx 后再试"),
        ("xls", "xlsx", "实际是“旧版 Excel 工作簿”。请把后缀改为 .xls 后再试"),
        ("html", "xls", "实际是“网页”。请把后缀改为 .html 后再试"),
        ("html", "docx", "实际是“网页”。请把后缀改为 .html 后再试"),
        ("docx", "html", "实际是“Word 文档”。请把后缀改为 .docx 后再试"),
    ],
)
def test_a_wrong_suffix(tmp_path: Path, made: str, named: str, answer: str) -> None:
    path = written(tmp_path, made, [TABLE]).rename(tmp_path / f"错.{named}")
    assert told(path) == f"文件 错.{named} {answer}"


def test_a_pdf_and_an_old_word_document_under_another_suffix(tmp_path: Path) -> None:
    assert "实际是“PDF”。请把后缀改为 .pdf" in told(holding(tmp_path, "错.docx", b"%PDF-1.7\n" + b"x" * 99))
    old = holding(tmp_path, "旧.docx", OLE + "WordDocument".encode("utf-16-le"))
    assert told(old) == "文件 旧.docx 实际是“旧版 Word 文档”。请用 Word 或 WPS 另存为 .docx 后再试"


@pytest.mark.parametrize("suffix", ["docx", "xlsx"])
def test_an_encrypted_file(tmp_path: Path, suffix: str) -> None:
    path = holding(tmp_path, f"密.{suffix}", OLE + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le"))
    assert told(path) == f"文件 密.{suffix} 有密码保护。请解除密码后再试"


@pytest.mark.parametrize(("suffix", "part"), [("docx", "word/vbaProject.bin"), ("xlsx", "xl/vbaProject.bin")])
def test_a_file_with_macros(tmp_path: Path, suffix: str, part: str) -> None:
    path = rewritten(
        written(tmp_path, suffix, [TABLE]), tmp_path / f"宏.{suffix}", lambda _, data: data, **{part: b"x"}
    )
    assert told(path) == f"文件 宏.{suffix} 含有宏。请另存为不含宏的 .{suffix} 后再试"


def test_an_archive_that_swells(tmp_path: Path) -> None:
    source = written(tmp_path, "docx", [TABLE])
    path = rewritten(source, tmp_path / "炸.docx", lambda _, data: data, **{"word/media/a": b"\x00" * 5_000_000})
    assert path.stat().st_size < 100_000
    assert "文件 炸.docx 解压后太大（6 MB" in told(path, OfficeLimits(unpacked=4_000_000))
    assert "解压后太大" in told(path, OfficeLimits(members=3))


def test_entities_that_swell(tmp_path: Path) -> None:
    names = "abcdefghij"
    inner = "".join(f'<!ENTITY {n} "{f"&{m};" * 10}">' for m, n in zip(names, names[1:], strict=False))
    entities = f'<!DOCTYPE z [<!ENTITY a "{"啊" * 40}">{inner}]>'.encode()

    def swollen(name: str, data: bytes) -> bytes:
        if name != "word/document.xml":
            return data
        head, mark, rest = data.partition(b"?>")
        return head + mark + entities + rest.replace("教育支出".encode(), b"&j;")

    path = rewritten(written(tmp_path, "docx", [TABLE]), tmp_path / "胀.docx", swollen)
    assert "文件 胀.docx 已损坏" in told(path)


def test_a_merged_range_over_a_whole_sheet(tmp_path: Path) -> None:
    def wide(name: str, data: bytes) -> bytes:
        merged = b'<mergeCells count="1"><mergeCell ref="A4:XFD1000000"/></mergeCells>'
        return data.replace(b"<pageMargins", merged + b"<pageMargins") if name.startswith("xl/worksheets/") else data

    plain = Made("", TABLE.rows)
    path = rewritten(written(tmp_path, "xlsx", [plain]), tmp_path / "并.xlsx", wide)
    assert told(path) == "文件 并.xlsx 的内容太多。请拆分文件后再试"


def test_spans_that_swell_a_page(tmp_path: Path) -> None:
    cells = "<td colspan=1000 rowspan=60000>1</td>" * 9
    data = f"<html><table><tr>{cells}</tr>{'<tr></tr>' * 60000}</table>".encode()
    assert told(holding(tmp_path, "宽.html", data)) == "文件 宽.html 的内容太多。请拆分文件后再试"


def test_size_time_memory_and_output_are_limited(tmp_path: Path) -> None:
    path = written(tmp_path, "xlsx", [TABLE])
    assert "太大" in told(path, OfficeLimits(size=100))
    assert "超过 0 秒，已停止" in told(path, OfficeLimits(seconds=0))
    assert "文件 公开.xlsx" in told(path, OfficeLimits(memory=2**24))
    assert "的内容太多" in told(path, OfficeLimits(output=20))


def test_pictures_are_no_text(tmp_path: Path) -> None:
    Image.new("RGB", (8, 8)).save(tmp_path / "a.png")
    made = docx.Document()
    made.add_picture(str(tmp_path / "a.png"))
    made.save(str(tmp_path / "扫描.docx"))
    assert told(tmp_path / "扫描.docx") == "文件 扫描.docx 里只有图片，没有文字。请先用 OCR 软件识别成文字"


@pytest.mark.parametrize("suffix", ["docx", "xlsx"])
def test_a_file_without_content(tmp_path: Path, suffix: str) -> None:
    assert "里没有内容" in told(written(tmp_path, suffix, [], [""]))


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("老.doc", "请用 Word 或 WPS 另存为 .docx"),
        ("宏.docm", "请用 Word 或 WPS 另存为 .docx"),
        ("宏.xlsm", "请用 Excel 或 WPS 另存为 .xlsx"),
        ("表.et", "请用 Excel 或 WPS 另存为 .xlsx"),
        ("扫描.jpg", "请先用 OCR 软件识别成可检索的 PDF"),
        ("网页.mht", "请在浏览器中另存为 .html"),
        ("全部.zip", "请先解压"),
        ("程序.exe", "目前支持：.docx、.htm、.html、.pdf、.txt、.xls、.xlsx"),
    ],
)
def test_formats_without_a_reader_say_how_to_convert(tmp_path: Path, name: str, remedy: str) -> None:
    with pytest.raises(UnsupportedFormat, match=f"{name}.*{remedy}"):
        read_document(holding(tmp_path, name, b"anything"))


def test_what_was_stored_stays_as_it_was(small_index: Path, tmp_path: Path) -> None:
    before = contents(small_index), files(small_index)
    broken = [
        holding(tmp_path, "密.xlsx", OLE + "EncryptedPackage".encode("utf-16-le")),
        holding(tmp_path, "断.docx", b"PK\x03\x04 cut off"),
        holding(tmp_path, "空.html", b"<html><p>1</p></html>"),
        holding(tmp_path, "老.doc", OLE),
    ]
    report = ingest(broken, small_index)
    assert [outcome.error.split("。")[0] for outcome in report.failed] == [
        "文件 密.xlsx 有密码保护",
        "文件 断.docx 已损坏，或没有下载完整",
        "网页 空.html 里没有表格",
        "不支持的文件格式“.doc”（老.doc）",
    ]
    assert (contents(small_index), files(small_index)) == before
