"""The bytes of a file to be read, or why there are none: what every reader begins with."""

from __future__ import annotations

from pathlib import Path

from index.errors import UnreadableDocument


def file_bytes(path: Path) -> bytes:
    """Read the whole file. Raises UnreadableDocument when it is missing, cannot be read, or holds nothing but blanks."""
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableDocument(f"找不到文件 {path}", remedy="请检查路径是否正确") from error
    except OSError as error:
        raise UnreadableDocument(f"无法读取 {path}：{error.strerror}", remedy="请检查文件类型与权限") from error
    if not data.strip():
        raise UnreadableDocument(f"文件 {path.name} 是空的", remedy="请重新下载或导出后再试")
    return data
