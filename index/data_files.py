"""The data files of the layer: read here, checked and given their meaning by the module that owns their words."""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from index.errors import ReferenceDataError

DATA = Path(__file__).parent / "data"
_Made = TypeVar("_Made")


def load_toml(path: Path, make: Callable[[dict[str, Any]], _Made]) -> _Made:
    """What `make` makes of a TOML file.

    Raises ReferenceDataError when the file is missing, unreadable or malformed, and when `make` misses an entry
    (KeyError) or refuses one (ValueError and the like, whose message says where in the file).
    """
    text = load_text(path)
    try:
        return make(tomllib.loads(text))
    except KeyError as error:
        raise invalid(path, f"缺少 {error}") from error
    except (ValueError, TypeError, AttributeError, ArithmeticError, re.error) as error:
        raise invalid(path, str(error)) from error


def load_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file by the names in its first line. Raises ReferenceDataError when it cannot be read."""
    text = load_text(path)
    try:
        return list(csv.DictReader(io.StringIO(text, newline="")))
    except csv.Error as error:
        raise invalid(path, str(error)) from error


def load_text(path: Path) -> str:
    """The whole file, UTF-8. Raises ReferenceDataError when it is missing or unreadable."""
    try:
        return path.read_bytes().decode("utf-8")
    except OSError as error:
        raise invalid(path, f"读不出来（{error.strerror}）") from error
    except UnicodeDecodeError as error:
        raise invalid(path, "不是 UTF-8 编码") from error


def invalid(path: Path, problem: str) -> ReferenceDataError:
    """The error of a data file that cannot be used: which file, what is wrong with it, and what to do."""
    return ReferenceDataError(f"数据文件 {path.name} 有误：{problem}", remedy=f"请恢复或改正 {path}")
