"""One index of the built-in disclosure for the whole run: built once, opened once, never written to.

And, for tests that write, two short disclosures with an index of the first.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.engine import Engine
from assistant.executing import Executor
from assistant.linking import link
from assistant.question import normalise
from assistant.reply import Reply
from assistant.resolving import Resolver
from assistant.semantics import Setting
from assistant.shapes import Linked
from assistant.understanding import Understanding, understand
from index import database
from index.build import built_in_path, current, ingest
from tests.small_index import disclosure


@pytest.fixture(scope="session")
def built_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directory of an index that holds the built-in disclosure alone."""
    directory = tmp_path_factory.mktemp("built-in-index")
    assert ingest([built_in_path()], directory, fresh=True).failed == ()
    return directory


@pytest.fixture(scope="session")
def built_database(built_index: Path) -> Path:
    return current(built_index) / database.DATABASE_NAME


@pytest.fixture(scope="session")
def assistant(built_index: Path) -> Assistant:
    return Assistant.open(built_index)


@pytest.fixture(scope="session")
def engine(assistant: Assistant) -> Engine:
    return assistant._engine


@pytest.fixture(scope="session")
def executor(engine: Engine) -> Executor:
    return engine.executor


@pytest.fixture(scope="session")
def resolver(engine: Engine) -> Resolver:
    """Figures of the built-in disclosure, which is of 2021."""
    return Resolver(engine.executor, engine.catalog, engine.semantics, 2021)


@pytest.fixture(scope="session")
def linked(engine: Engine) -> Callable[[str], Linked]:
    """A typed question with its spans linked to the names of the index."""
    return lambda typed: link(normalise(typed).text, engine.lexicon, engine.similarity)


@pytest.fixture(scope="session")
def understood(engine: Engine, linked: Callable[[str], Linked]) -> Callable[[str], Understanding]:
    """A typed question understood by itself, as the engine does it."""
    setting = Setting(2021, (), engine.semantics)
    return lambda typed: understand(engine._parts(linked(typed)), setting)


@pytest.fixture(scope="session")
def calculated(engine: Engine, understood: Callable[[str], Understanding]) -> Callable[[str], Reply]:
    """The figures a typed question asks for, without a conversation and without text."""

    def calculate(typed: str) -> Reply:
        query = understood(typed).query
        assert query is not None, f"{typed} asks for no figure"
        return engine._figures(query, Setting(2021, (), engine.semantics))

    return calculate


@pytest.fixture
def first(tmp_path: Path) -> Path:
    return disclosure(tmp_path / "甲.txt", "甲区财政局", 100)


@pytest.fixture
def second(tmp_path: Path) -> Path:
    return disclosure(tmp_path / "乙.txt", "乙区教育局", 300)


@pytest.fixture
def small_index(tmp_path: Path, first: Path) -> Path:
    """An index that holds `first` alone."""
    directory = tmp_path / "index"
    assert ingest([first], directory).failed == ()
    return directory
