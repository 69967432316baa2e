"""Settings: defaults that need no environment, variables that win over them, faults that name the variable."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.config import Settings, default_index_dir, load_settings
from assistant.errors import ConfigurationError


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Each test starts in an empty directory, without any `BUDGET_` variable."""
    import os

    for name in list(os.environ):
        if name.startswith("BUDGET_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def test_defaults_need_no_environment() -> None:
    settings = load_settings()
    assert (settings.host, settings.port, settings.llm_model, settings.uses_llm) == ("127.0.0.1", 7860, "", False)
    assert settings.index_dir == default_index_dir()


def test_a_checkout_keeps_its_index_beside_the_code() -> None:
    assert default_index_dir() == Path(__file__).resolve().parent.parent / "var" / "index"


def test_a_variable_wins_over_the_default_and_an_argument_over_both(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUDGET_PORT", "8000")
    assert load_settings().port == 8000
    assert load_settings(port=9000).port == 9000
    assert load_settings(port=None).port == 8000


def test_a_dotenv_file_is_read_and_other_names_in_it_are_ignored(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("BUDGET_LLM_MODEL=某模型\nOTHER=1\nBUDGET_UNKNOWN=2\n", encoding="utf-8")
    settings = load_settings()
    assert (settings.llm_model, settings.uses_llm) == ("某模型", True)


def test_an_empty_variable_counts_as_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUDGET_PORT", "")
    assert load_settings().port == 7860


@pytest.mark.parametrize(
    ("name", "value"), [("BUDGET_PORT", "七千"), ("BUDGET_PORT", "70000"), ("BUDGET_MAX_ROWS", "0")]
)
def test_a_value_that_cannot_be_used_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigurationError, match=name) as caught:
        load_settings()
    assert caught.value.remedy


def test_the_key_is_never_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUDGET_LLM_API_KEY", "sk-not-for-eyes")
    settings = load_settings()
    assert "sk-not-for-eyes" not in repr(settings) + str(settings.model_dump())
    assert settings.llm_api_key.get_secret_value() == "sk-not-for-eyes"


def test_every_setting_is_in_both_readmes() -> None:
    root = Path(__file__).resolve().parent.parent
    for name in ("README.md", "README.zh-CN.md"):
        text = (root / name).read_text(encoding="utf-8")
        missing = [field for field in Settings.model_fields if f"`BUDGET_{field.upper()}`" not in text]
        assert missing == [], name
