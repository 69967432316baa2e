"""A text PDF → `Document`: pages through a killable process, lattices, captions, prose between the tables."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from index.document import Document, Position
from index.errors import UnreadableDocument
from index.reading.flow_document import Medium, document_of
from index.reading.pdf_lines import flow_of, left_margins
from index.reading.pdf_process import PdfLimits, extract_pages
from index.reading.source import file_bytes
from index.tables.grid_geometry import Page
from index.tables.grid_rulings import ruled_grids
from index.tables.grid_unruled import reread

FEW_GLYPHS = 10
MUCH_PICTURE = 0.4
MOST_SHOWN = 12  # page numbers in a message
_FORMAT = "pdf"


def read_pdf(path: Path, key: str, limits: PdfLimits | None = None) -> Document:
    """Read a text PDF. Raises UnreadableDocument when it cannot be opened, breaks a limit or is only pictures."""
    data = file_bytes(path)
    pages = extract_pages(data, path.name, limits)
    scanned = scanned_pages(pages)
    if scanned and len(scanned) == sum(bool(page.glyphs) or page.picture > 0 for page in pages):
        raise UnreadableDocument(
            f"文件 {path.name} 的{shown_pages(scanned)}是扫描图片，没有文字层",
            remedy="请先用 OCR 软件识别成可检索的 PDF",
        )
    if not any(page.glyphs for page in pages):
        raise UnreadableDocument(f"文件 {path.name} 里没有文字", remedy="请确认它是文字版 PDF，而不是图片")
    return _document(pages, key, hashlib.sha256(data).hexdigest(), scanned)


def scanned_pages(pages: Sequence[Page]) -> tuple[int, ...]:
    """Numbers of the pages that are a picture without text."""
    return tuple(p.number for p in pages if len(p.glyphs) < FEW_GLYPHS and p.picture >= MUCH_PICTURE)


def shown_pages(numbers: Sequence[int]) -> str:
    """ "第 3、4、7 页", shortened when there are many."""
    shown = "、".join(str(n) for n in numbers[:MOST_SHOWN])
    return f"第 {shown}{' 等' if len(numbers) > MOST_SHOWN else ''} 页（共 {len(numbers)} 页）"


def _document(pages: Sequence[Page], key: str, content_hash: str, scanned: tuple[int, ...]) -> Document:
    by_number = {page.number: page for page in pages}
    flow = flow_of(pages, ruled_grids(pages))
    medium = Medium(
        position=lambda page, box, line: Position(page, line, by_number[page].displayed(box)),
        margins=left_margins(flow, by_number),
        widths={page.number: page.width for page in pages},
        reread=lambda grids: reread(by_number, grids),
    )
    return replace(document_of(flow, medium, key, content_hash, _FORMAT, len(pages)), unread_pages=scanned)
