"""The wheel holds everything the product reads; the lock pins everything the project asks for."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Sequence
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCK = [line for line in (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines() if line[:1] != "#"]


def name_of(requirement: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[<>=!~\[; ]", requirement)[0]).lower()


def test_the_wheel_holds_every_file_of_the_packages(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    packed = set(zipfile.ZipFile(wheel).namelist())
    wanted = {
        str(path.relative_to(ROOT))
        for package in ("assistant", "index", "prompts", "eval")
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert wanted - packed == set()
    entry_points = zipfile.ZipFile(wheel).read(next(name for name in packed if name.endswith("entry_points.txt")))
    assert "budget = assistant.cli:main" in entry_points.decode()


def test_every_line_of_the_lock_is_one_pinned_package() -> None:
    assert [line for line in LOCK if not re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][^ +]*", line)] == []
    assert LOCK[0] == "torch==2.13.0"


def test_the_lock_pins_every_requirement() -> None:
    asked = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]]
    assert {name_of(requirement) for requirement in asked} - {name_of(line) for line in LOCK} == set()


@pytest.mark.parametrize(
    ("packages", "extra"),
    [(("assistant", "index", "prompts"), ()), (("eval",), PROJECT["optional-dependencies"]["dev"])],
)
def test_every_library_is_asked_for(packages: tuple[str, ...], extra: Sequence[str]) -> None:
    """The evaluation may use what only its makers install."""
    asked = {name_of(requirement) for requirement in (*PROJECT["dependencies"], *extra)}
    own = {"app", "assistant", "eval", "index", "prompts"}
    imported = {
        top
        for package in packages
        for path in (ROOT / package).rglob("*.py")
        if "training" not in path.parts
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for top in (
            [alias.name.split(".")[0] for alias in node.names]
            if isinstance(node, ast.Import)
            else [str(node.module).split(".")[0]]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    providers = packages_distributions()
    libraries = {
        top: {name_of(name) for name in providers.get(top, [])} for top in imported - own - sys.stdlib_module_names
    }
    assert {top for top, names in libraries.items() if not names & asked} == set()


def test_every_make_target_is_declared_phony() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    declared = set(re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[1].split())  # type: ignore[index]
    assert set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE)) == declared
