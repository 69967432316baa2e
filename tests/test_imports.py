"""The house: who may import whom, what is imported late, what the public API exports, how long a file is."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parent.parent
MAY_IMPORT = {
    "app": {"assistant"},
    "assistant": {"index", "prompts"},
    "eval": {"assistant", "index"},
    "index": set(),
    "prompts": set(),
}
ONLY_IN = {
    "chromadb": ("index/vectors.py",),
    "gradio": ("assistant/ui/",),
    "plotly": ("assistant/ui/",),
    "langchain_openai": ("assistant/llm.py",),
    "openai": ("assistant/llm.py",),
    "pydantic_settings": ("assistant/config.py",),
}
HEAVY = (
    "torch",
    "chromadb",
    "gradio",
    "langchain_core",
    "langchain_openai",
    "openai",
    "plotly",
    "sentence_transformers",
)
PUBLIC = {"Answer", "Assistant", "AssistantError", "Citation", "Conflict", "Value"}


class Import(NamedTuple):
    """One imported module; `late` when it stands inside a function or only serves type checking."""

    module: str
    late: bool


def sources() -> dict[str, Path]:
    """Every module of the project by its dotted name."""
    found = {"app": ROOT / "app.py"}
    for package in sorted(MAY_IMPORT.keys() - {"app"}):
        for path in sorted((ROOT / package).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


SOURCES = sources()


def imports(path: Path) -> Iterator[Import]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    late = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        or (isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING"))
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(alias.name, id(node) in late)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield Import(inner if inner in SOURCES else str(node.module), id(node) in late)


@pytest.mark.parametrize("package", sorted(MAY_IMPORT))
def test_imports_run_one_way(package: str) -> None:
    allowed = MAY_IMPORT[package] | {package}
    wrong = [
        f"{name} → {found.module}"
        for name, path in SOURCES.items()
        if name.split(".")[0] == package
        for found in imports(path)
        if found.module.split(".")[0] in MAY_IMPORT.keys() - allowed
    ]
    assert wrong == []


def test_there_is_no_import_cycle() -> None:
    edges = {
        name: sorted({found.module for found in imports(path) if not found.late and found.module in SOURCES} - {name})
        for name, path in SOURCES.items()
    }
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, " → ".join((*trail[trail.index(name) :], name))
        if name not in done:
            for other in edges[name]:
                visit(other, (*trail, name))
            done.add(name)

    for name in edges:
        visit(name, ())


@pytest.mark.parametrize("library", sorted(ONLY_IN))
def test_a_library_is_imported_in_its_own_place(library: str) -> None:
    elsewhere = [
        name
        for name, path in SOURCES.items()
        if not str(path.relative_to(ROOT)).startswith(ONLY_IN[library])
        and not name.startswith("eval")
        and any(found.module.split(".")[0] == library for found in imports(path))
    ]
    assert elsewhere == []


@pytest.mark.parametrize("module", ["assistant", "assistant.cli", "assistant.ui", "assistant.llm"])
def test_heavy_libraries_are_imported_late(module: str) -> None:
    code = f"import sys, {module}; print(*[name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.split() == []


def test_the_public_api_is_what_the_design_promises() -> None:
    import assistant

    assert PUBLIC <= set(assistant.__all__)
    assert sorted(assistant.__all__) == list(assistant.__all__)
    for name in assistant.__all__:
        assert getattr(assistant, name).__doc__, name


def test_only_the_settings_read_the_environment() -> None:
    readers = [
        name
        for name, path in SOURCES.items()
        if name.split(".")[0] in {"app", "assistant", "prompts"}
        and any(word in path.read_text(encoding="utf-8") for word in ("os.environ", "getenv"))
    ]
    assert readers == []


def test_no_file_is_longer_than_350_lines() -> None:
    long = {
        name: lines
        for name, path in SOURCES.items()
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 350
    }
    assert long == {}
