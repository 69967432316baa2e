"""A file → `Document`. One reader a format; what follows is shared."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path

from index.document import Document
from index.errors import UnreadableDocument, UnsupportedFormat
from index.layout import lay_out
from index.reading.identity import identify
from index.reading.pdf import read_pdf
from index.reading.pdf_process import PdfLimits
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
        known = "、".join(supported_formats())
        raise UnsupportedFormat(f"不支持的文件格式“{path.suffix or path.name}”", remedy=f"目前支持：{known}")
    return reader(path, key or path.stem, limits)


def supported_formats() -> tuple[str, ...]:
    """The suffixes that `read_document` takes, with their dots."""
    return tuple(sorted(_READERS))


def _read_text_document(path: Path, key: str, limits: PdfLimits | None = None) -> Document:
    lines, pages = read_text(path)
    layout = lay_out(lines)
    identity = identify(lines, layout)
    try:
        content_hash = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise UnreadableDocument(f"无法读取 {path}", remedy="请检查文件是否仍然存在") from error
    return Document(
        key=key,
        identity=identity,
        lines=lines,
        sections=layout.sections,
        paragraphs=layout.paragraphs,
        tables=read_tables(lines, layout, identity.year),
        content_hash=content_hash,
        format="text",
        pages=pages,
    )


_Reader = Callable[[Path, str, PdfLimits | None], Document]
_READERS: Mapping[str, _Reader] = {".pdf": read_pdf, ".txt": _read_text_document}
