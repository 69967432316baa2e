"""PDFs that cannot be read say why, name the file and the page, and cost nothing but their own process."""

from __future__ import annotations

from pathlib import Path

import pytest
from pdf_making import Paper
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from index.errors import UnreadableDocument
from index.reading import read_document
from index.reading.pdf import read_pdf, shown_pages
from index.reading.pdf_process import PdfLimits


def written(tmp_path: Path, data: bytes, name: str = "公开.pdf") -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


def plain(pages: int = 1) -> bytes:
    paper = Paper()
    for number in range(pages):
        paper.paragraph(100, [f"东湖市水务局2026年部门预算说明，第{number + 1}页的文字。"])
        paper.page()
    return paper.bytes()


def told(path: Path, limits: PdfLimits | None = None) -> str:
    with pytest.raises(UnreadableDocument) as caught:
        read_pdf(path, "k", limits)
    assert path.name in caught.value.message
    assert caught.value.remedy
    return str(caught.value)


def test_missing_empty_and_foreign_files(tmp_path: Path) -> None:
    assert "找不到文件" in told(tmp_path / "没有.pdf")
    assert "是空的" in told(written(tmp_path, b""))
    assert "不是 PDF" in told(written(tmp_path, b"PK\x03\x04 a zip"))
    (tmp_path / "夹.pdf").mkdir()
    assert "无法读取" in told(tmp_path / "夹.pdf")


def test_a_broken_file(tmp_path: Path) -> None:
    assert "已损坏" in told(written(tmp_path, b"%PDF-1.7\nnothing of the kind"))
    assert "已损坏" in told(written(tmp_path, plain()[:300]))


def test_an_encrypted_file(tmp_path: Path) -> None:
    path = tmp_path / "密.pdf"
    canvas = Canvas(str(path), encrypt=StandardEncryption("secret", canPrint=0))
    canvas.drawString(50, 700, "x")
    canvas.save()
    assert "密码" in told(path)


def test_limits_of_size_pages_and_content(tmp_path: Path) -> None:
    path = written(tmp_path, plain(3))
    assert "太大" in told(path, PdfLimits(size=100))
    assert "有 3 页，超过上限" in told(path, PdfLimits(pages=2))
    assert "第 2 页的内容太多" in told(path, PdfLimits(glyphs=40))
    assert "内容太多" in told(path, PdfLimits(output=50))


def test_a_file_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    assert "超过 0 秒" in told(written(tmp_path, plain()), PdfLimits(seconds=0))


def test_a_file_that_needs_too_much_memory(tmp_path: Path) -> None:
    told(written(tmp_path, plain()), PdfLimits(memory=2**24))


def _picture(canvas: Canvas) -> None:
    canvas.drawImage(ImageReader(Image.new("RGB", (60, 80), "gray")), 0, 0, 595, 842)
    canvas.showPage()


def test_scanned_pages_are_told_apart_from_empty_ones(tmp_path: Path) -> None:
    path = tmp_path / "扫描.pdf"
    canvas = Canvas(str(path), pagesize=(595, 842))
    _picture(canvas)
    _picture(canvas)
    canvas.save()
    message = told(path)
    assert "第 1、2 页（共 2 页）是扫描图片" in message
    assert "OCR" in message
    blank = tmp_path / "白.pdf"
    canvas = Canvas(str(blank))
    canvas.showPage()
    canvas.save()
    assert "没有文字" in told(blank)


def test_a_scanned_page_among_others_is_reported(tmp_path: Path) -> None:
    paper = Paper()
    paper.paragraph(100, ["东湖市水务局2026年部门预算说明。"])
    paper.page()
    _picture(paper.canvas)
    document = read_document(written(tmp_path, paper.bytes()))
    assert (document.pages, document.unread_pages) == (2, (2,))
    assert [paragraph.position.page for paragraph in document.paragraphs] == [1]


def test_page_numbers_in_messages() -> None:
    assert shown_pages([3]) == "第 3 页（共 1 页）"
    assert shown_pages(range(1, 20)) == "第 1、2、3、4、5、6、7、8、9、10、11、12 等 页（共 19 页）"


def test_reading_twice_is_identical(tmp_path: Path) -> None:
    path = written(tmp_path, plain(2))
    assert read_document(path) == read_document(path)
