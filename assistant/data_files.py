"""The data files of the layer: read here, checked and given their meaning by the module that owns their words."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from assistant.errors import SemanticDataError

DATA = Path(__file__).parent / "data"
_Made = TypeVar("_Made")


def load_toml(name: str, make: Callable[[dict[str, Any]], _Made]) -> _Made:
    """What `make` makes of the TOML file `name` of assistant/data.

    Raises SemanticDataError when the file is missing, unreadable or malformed, and when `make` misses an entry
    (KeyError) or refuses one (ValueError and the like, or a SemanticDataError of its own, whose message says where).
    """
    try:
        return make(tomllib.loads((DATA / name).read_text(encoding="utf-8")))
    except KeyError as error:
        raise SemanticDataError(f"语义数据文件 {name} 缺少 {error}", remedy="请恢复 assistant/data") from error
    except (OSError, ValueError, TypeError, AttributeError, re.error) as error:
        raise SemanticDataError(f"语义数据文件 {name} 读不出来：{error}", remedy="请恢复 assistant/data") from error
