"""Settings: the only reader of the environment (`BUDGET_…` variables and a `.env` file).

Every setting has a default, so the product works with none of them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from assistant.errors import ConfigurationError

_PROJECT = Path(__file__).resolve().parent.parent


def default_index_dir() -> Path:
    """`var/index` beside the code in a checkout, `~/.cache/budget-assistant/index` when installed as a wheel."""
    if (_PROJECT / "pyproject.toml").is_file():
        return _PROJECT / "var" / "index"
    return Path.home() / ".cache" / "budget-assistant" / "index"


class Settings(BaseSettings):
    """What a deployment may decide. Field `index_dir` is read from `BUDGET_INDEX_DIR`, and so on.

    `llm_model` empty (the default) means: no language model, the deterministic path only.
    `embedding_model` empty means the small model that is shipped. Times are in seconds.
    """

    model_config = SettingsConfigDict(
        env_prefix="BUDGET_", env_file=".env", env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore"
    )

    index_dir: Path = Field(default_factory=default_index_dir)

    embedding_model: str = ""
    embedding_weight: float = Field(default=0.25, ge=0, le=10)

    llm_model: str = ""
    llm_base_url: str = ""
    llm_api_key: SecretStr = SecretStr("")
    llm_timeout: float = Field(default=30.0, gt=0)
    llm_attempts: int = Field(default=3, ge=1, le=10)

    host: str = "127.0.0.1"
    port: int = Field(default=7860, ge=0, le=65535)

    max_question_length: int = Field(default=500, ge=1)
    max_rows: int = Field(default=500, ge=1)

    @property
    def uses_llm(self) -> bool:
        """Whether a language model is configured."""
        return bool(self.llm_model)


def load_settings(**overrides: Any) -> Settings:
    """The settings of this process; `overrides` that are not None win over the environment.

    Raises ConfigurationError naming the variable, its value's fault and what to do.
    """
    try:
        return Settings(**{name: value for name, value in overrides.items() if value is not None})
    except ValidationError as error:
        faults = "；".join(
            f"BUDGET_{'_'.join(str(part) for part in fault['loc']).upper()}：{fault['msg']}"
            for fault in error.errors(include_input=False, include_url=False)
        )
        raise ConfigurationError(f"设置有误（{faults}）", remedy="请改正该环境变量或 .env 文件中的同名一行") from None
