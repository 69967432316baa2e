"""A file → `Document`. One reader a format; what follows is shared."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path

from index.document import Document
from index.errors import UnsupportedFormat
from index.layout import lay_out
from index.reading.identity import identify
from index.reading.office import OFFICE_FORMATS, read_office
from index.reading.pdf import read_pdf
from index.reading.pdf_process import PdfLimits
from index.reading.source import file_bytes
from index.reading.text import read_text
from index.tables.text_tables import read_tables

__all__ = ["PdfLimits", "read_document", "supported_formats"]


def read_document(path: Path, key: str | None = None, limits: PdfLimits | None = None) -> Document:
    """Read one disclosure. `key` names it in the index; the file's stem unless given. `limits`: what a PDF may use.

    Raises UnsupportedFormat for a suffix without a reader, UnreadableDocument for a file that cannot be read.
    """
    path = Path(path)
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        remedy = _CONVERT.get(path.suffix.lower()) or f"目前支持：{'、'.join(supported_formats())}"
        raise UnsupportedFormat(f"不支持的文件格式“{path.suffix or path.name}”（{path.name}）", remedy=remedy)
    return reader(path, key or path.stem, limits)


def supported_formats() -> tuple[str, ...]:
    """The suffixes that `read_document` takes, with their dots."""
    return tuple(sorted(_READERS))


def _read_text_document(path: Path, key: str, limits: PdfLimits | None = None) -> Document:
    data = file_bytes(path)
    lines, pages = read_text(data, path.name)
    layout = lay_out(lines)
    identity = identify(lines, layout)
    return Document(
        key=key,
        identity=identity,
        lines=lines,
        sections=layout.sections,
        paragraphs=layout.paragraphs,
        tables=read_tables(lines, layout, identity.year),
        content_hash=hashlib.sha256(data).hexdigest(),
        format="text",
        pages=pages,
    )


def _read_office_document(path: Path, key: str, limits: PdfLimits | None = None) -> Document:
    return read_office(path, key)


_Reader = Callable[[Path, str, PdfLimits | None], Document]
_READERS: Mapping[str, _Reader] = {
    ".pdf": read_pdf,
    ".txt": _read_text_document,
    **dict.fromkeys(OFFICE_FORMATS, _read_office_document),
}
_TO_DOCX, _TO_XLSX = "请用 Word 或 WPS 另存为 .docx 后再试", "请用 Excel 或 WPS 另存为 .xlsx 后再试"
_OF_PICTURES = "请先用 OCR 软件识别成可检索的 PDF"
_CONVERT: Mapping[str, str] = {  # what to do with a file of a format that has no reader
    **dict.fromkeys((".doc", ".docm", ".dot", ".dotx", ".wps", ".rtf", ".odt"), _TO_DOCX),
    **dict.fromkeys((".xlsm", ".xlsb", ".xlt", ".xltx", ".et", ".ods", ".csv"), _TO_XLSX),
    **dict.fromkeys((".jpg", ".jpeg", ".png", ".bmp", ".gif", ".tif", ".tiff", ".webp"), _OF_PICTURES),
    **dict.fromkeys((".mht", ".mhtml"), "请在浏览器中另存为 .html 后再试"),
    **dict.fromkeys((".zip", ".rar", ".7z"), "请先解压，再导入其中的文件"),
    ".ofd": "请另存为 PDF 后再试",
}
