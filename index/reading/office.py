"""A Word document, an Excel workbook or a saved web page → `Document`, through a killable process with limits."""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import index
from index.document import Document
from index.errors import UnreadableDocument
from index.reading.content import Part, decoded
from index.reading.flow_document import document_of
from index.reading.part_flow import flow_of_parts, flow_of_sheets, medium_of
from index.reading.process import broken_off, run_reader
from index.reading.source import file_bytes
from index.reading.worker import READERS

_ROOT = Path(index.__file__).parent.parent
_CODE = "import sys; sys.path.append(sys.argv[1]); from index.reading.worker import main; main(sys.argv[2], *map(int, sys.argv[3:]))"
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PDF = b"%PDF-"
_MARKUP = re.compile(rb"<\s*(?:!doctype\s+html|html|head|body|table|div|p|meta)\b", re.IGNORECASE)
_SNIFFED = 4_096
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_STREAMS = {  # by whose names the directory of an old file tells what it is
    ".xls": ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le")),
    ".doc": ("WordDocument".encode("utf-16-le"),),
}
_MAIN_PARTS = {"word/": ".docx", "xl/": ".xlsx"}
_WORKBOOKS = frozenset({".xls", ".xlsx"})
_NAMES = {".docx": "Word 文档", ".xlsx": "Excel 工作簿", ".xls": "旧版 Excel 工作簿", ".html": "网页", ".pdf": "PDF"}
OFFICE_FORMATS = tuple(sorted(READERS))


@dataclass(frozen=True, slots=True)
class OfficeLimits:
    """What one file may use. `size`, `unpacked`, `memory` and `output` in bytes, `seconds` of wall and of CPU time."""

    size: int = 50 * 2**20
    unpacked: int = 300 * 2**20
    members: int = 10_000
    seconds: int = 120
    memory: int = 2 * 2**30
    output: int = 128 * 2**20


def read_office(path: Path, key: str, limits: OfficeLimits | None = None) -> Document:
    """Read a .docx, .xlsx, .xls or .html file.

    Raises UnreadableDocument when it cannot be opened, is another format than its suffix says, is protected, holds
    macros, breaks a limit, or holds nothing to read.
    """
    limits = limits or OfficeLimits()
    suffix = path.suffix.lower()
    data = file_bytes(path)
    _check(data, path.name, suffix, limits)
    parts = _extracted(data, path.name, suffix, limits)
    if not any(part.items for part in parts):
        raise UnreadableDocument(f"文件 {path.name} 里没有内容", remedy="请确认它是公开文件正文，而不是空白模板")
    digest, format_ = hashlib.sha256(data).hexdigest(), suffix.lstrip(".")
    if suffix in _WORKBOOKS:
        flow = flow_of_sheets(parts)
        return document_of(flow, medium_of(flow, paged=True), key, digest, format_, len(parts))
    flow = flow_of_parts(parts)
    return document_of(flow, medium_of(flow, paged=False), key, digest, format_)


def _check(data: bytes, name: str, suffix: str, limits: OfficeLimits) -> None:
    if len(data) > limits.size:
        raise UnreadableDocument(
            f"文件 {name} 太大（{len(data) / 2**20:.0f} MB，上限 {limits.size / 2**20:.0f} MB）",
            remedy="请拆分文件后再试",
        )
    if data.startswith(_OLE) and _ENCRYPTED in data:
        raise UnreadableDocument(f"文件 {name} 有密码保护", remedy="请解除密码后再试")
    if data.startswith(_ZIP):
        _check_archive(data, name, suffix, limits)
        return
    actual = _sniffed(data)
    if actual != (".html" if suffix == ".htm" else suffix):
        raise _misnamed(name, suffix, actual)


def _sniffed(data: bytes) -> str:
    """The suffix that the first bytes call for; "" when they are unknown."""
    if data.startswith(_OLE):
        return next((suffix for suffix, streams in _STREAMS.items() if any(stream in data for stream in streams)), "")
    if data.startswith(_PDF):
        return ".pdf"
    return ".html" if b"\x00" not in data[:_SNIFFED] and _MARKUP.search(data[:_SNIFFED]) else ""


def _misnamed(name: str, suffix: str, actual: str) -> UnreadableDocument:
    if actual == ".doc":
        return UnreadableDocument(f"文件 {name} 实际是“旧版 Word 文档”", remedy="请用 Word 或 WPS 另存为 .docx 后再试")
    if actual:
        return UnreadableDocument(f"文件 {name} 实际是“{_NAMES[actual]}”", remedy=f"请把后缀改为 {actual} 后再试")
    wanted = _NAMES.get(suffix, _NAMES[".html"])
    return UnreadableDocument(f"文件 {name} 已损坏，或者不是{wanted}", remedy="请重新下载，或用其他软件另存后再试")


def _check_archive(data: bytes, name: str, suffix: str, limits: OfficeLimits) -> None:
    """What a .docx or .xlsx must be: a whole archive of bearable size, of the kind its suffix says, without macros."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise UnreadableDocument(f"文件 {name} 已损坏，或没有下载完整", remedy="请重新下载后再试") from error
    unpacked = sum(member.file_size for member in members)
    if unpacked > limits.unpacked or len(members) > limits.members:
        raise UnreadableDocument(
            f"文件 {name} 解压后太大（{unpacked / 2**20:.0f} MB，{len(members)} 个部分）", remedy="请拆分文件后再试"
        )
    names = [member.filename for member in members]
    actual = next((found for part, found in _MAIN_PARTS.items() if any(n.startswith(part) for n in names)), "")
    if actual != suffix:
        raise _misnamed(name, suffix, actual)
    if any(member.endswith("vbaProject.bin") for member in names):
        raise UnreadableDocument(f"文件 {name} 含有宏", remedy=f"请另存为不含宏的 {suffix} 后再试")


_REASONS: Mapping[str, tuple[str, str]] = {
    "encrypted": ("文件 {name} 有密码保护", "请解除密码后再试"),
    "formulas": ("文件 {name} 的公式没有保存计算结果", "请用 Excel 或 WPS 打开，保存一次后再试"),
    "pictures": ("文件 {name} 里只有图片，没有文字", "请先用 OCR 软件识别成文字"),
    "tables": (
        "网页 {name} 里没有表格",
        "请下载网页上的附件（PDF、Word、Excel）再导入；若表格由脚本生成，请在浏览器中另存完整网页",
    ),
    "encoding": ("网页 {name} 的编码无法识别", "请另存为 UTF-8 编码后再试"),
    "content": ("文件 {name} 的内容太多", "请拆分文件后再试"),
    "memory": ("读取 {name} 所需的内存超过上限", "请拆分文件后再试"),
}


def _extracted(data: bytes, name: str, suffix: str, limits: OfficeLimits) -> tuple[Part, ...]:
    command = ["-c", _CODE, str(_ROOT), suffix, str(limits.memory), str(limits.seconds)]
    output = run_reader(command, data, name, seconds=limits.seconds, output=limits.output)
    try:
        head, _, body = output.partition(b"\n")
        message = json.loads(head)
        if "error" in message:
            text, remedy = _REASONS[message["error"]]
            raise UnreadableDocument(text.format(name=name), remedy=remedy)
        if len(body) != message["parts"]:
            raise broken_off(name)
        return decoded(body)
    except (ValueError, KeyError, TypeError) as error:
        raise broken_off(name) from error
