"""The two READMEs: every command exists, the Python runs, links and pictures are there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
import typer

from assistant.cli import app

ROOT = Path(__file__).resolve().parent.parent
READMES = [ROOT / "README.md", ROOT / "README.zh-CN.md"]
COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]
TARGETS = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def blocks(path: Path, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL)


def commands(path: Path) -> list[list[str]]:
    lines = "\n".join(blocks(path, "bash")).splitlines()
    return [shlex.split(part) for line in lines for part in line.split("&&") if part.strip()]


@pytest.mark.parametrize("path", READMES, ids=lambda path: path.name)
def test_every_command_is_a_known_one(path: Path) -> None:
    shown = commands(path)
    assert shown
    for command in shown:
        match command:
            case ["git", "clone", *_] | ["cd", _]:
                pass
            case ["make", target]:
                assert target in TARGETS, command
            case ["budget", name, *arguments]:
                options = {option for parameter in COMMANDS[name].params for option in parameter.opts}
                assert {argument for argument in arguments if argument.startswith("--")} <= options, command
            case _:
                pytest.fail(f"unknown command: {command}")


@pytest.mark.parametrize("path", READMES, ids=lambda path: path.name)
def test_every_command_line_command_is_shown(path: Path) -> None:
    assert {command[1] for command in commands(path) if command[0] == "budget"} == set(COMMANDS)


def test_both_readmes_show_the_same_commands_and_python() -> None:
    english, chinese = READMES
    assert commands(english) == commands(chinese)
    assert blocks(english, "python") == blocks(chinese, "python")


@pytest.mark.parametrize("path", READMES, ids=lambda path: path.name)
def test_links_and_pictures_are_there(path: Path) -> None:
    targets = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
    missing = [target for target in targets if "://" not in target and not (ROOT / target).exists()]
    assert missing == []


def test_files_named_in_commands_exist() -> None:
    named = {word for command in commands(READMES[0]) for word in command if word.startswith(("eval/", "assistant/"))}
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_the_python_of_the_readme_runs(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, built_index: Path
) -> None:
    monkeypatch.setenv("BUDGET_INDEX_DIR", str(built_index))
    exec(compile(blocks(READMES[0], "python")[0], "README.md", "exec"), {})  # noqa: S102 - our own file
    assert "1.74" in capsys.readouterr().out
