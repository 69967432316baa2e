"""The language-model seam: LangChain chat models behind three narrow questions, off unless one is configured.

A model proposes an intent, writes SQL for the guard to judge, or words an answer from passages. It never writes a
number that is not in its passages. Whatever goes wrong comes back as a `ModelReply` without a value and with a note
in Chinese, so that the caller goes on along the deterministic path. langchain and openai are imported on first use.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict, SecretStr, ValidationError
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, stop_after_delay, wait_random_exponential
from tenacity.wait import wait_base

import prompts
from assistant.config import Settings
from assistant.errors import AssistantError, ConfigurationError
from assistant.grounding import ungrounded
from assistant.query import Operation
from index.errors import BudgetIndexError

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

Value = TypeVar("Value")

_NOT_DISCLOSED = "未披露"
_JSON = re.compile(r"\{.*\}", re.DOTALL)
_SQL = re.compile(r"```(?:sql)?\s*(.+?)```", re.DOTALL | re.IGNORECASE)
_REFERENCE = re.compile(r"[\[［【](\d{1,3})[\]］】]")
_LIST_MARK = re.compile(r"^\s*\d{1,2}[.、．)）]\s*", re.MULTILINE)
_THINKING = re.compile(r"<think>.*?</think>", re.DOTALL)


class ModelReply(NamedTuple, Generic[Value]):
    """What came of asking the model: a checked value, or None and a note that says why not."""

    value: Value | None
    note: str = ""


class Proposal(BaseModel):
    """A model's reading of a question, closed to the names and operations it was offered."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    operation: Operation = Operation.VALUE
    subjects: tuple[str, ...] = ()
    measure: str = ""
    fund: str = ""
    year: int | None = None
    stage: str = ""
    unit: str = ""
    limit: int | None = None
    needs_text: bool = False


class Grounded(NamedTuple):
    """An answer all of whose numbers stand in its passages; `used` are indexes into them, from 0."""

    text: str
    used: tuple[int, ...]


class Faults(NamedTuple):
    """What a chat model may raise: `transient` is worth another attempt, `permanent` is not."""

    transient: tuple[type[Exception], ...] = (OSError,)
    permanent: tuple[type[Exception], ...] = (ValueError, RuntimeError)


class LanguageModel:
    """A chat model with retries, timeouts and checks around it."""

    def __init__(
        self,
        chat: BaseChatModel,
        *,
        faults: Faults | None = None,
        attempts: int = 3,
        patience: float = 60.0,
        wait: wait_base | None = None,
    ) -> None:
        """`patience` is the time in seconds after which no further attempt begins."""
        self._chat = chat
        self._faults = faults or Faults()
        self._retrying = Retrying(
            stop=stop_after_attempt(attempts) | stop_after_delay(patience),
            wait=wait or wait_random_exponential(multiplier=0.5, max=8),
            retry=retry_if_exception_type(self._faults.transient),
            reraise=True,
        )

    def plan(self, question: str, vocabulary: Sequence[str]) -> ModelReply[Proposal]:
        """The intent behind a question. A subject outside `vocabulary` or an unknown operation rejects the reply."""
        reply = self._ask(
            "plan",
            question=prompts.fence(question),
            vocabulary=prompts.fence("\n".join(vocabulary)),
            operations="、".join(f'"{operation}"' for operation in Operation),
        )
        if reply.value is None:
            return ModelReply(None, reply.note)
        try:
            found = _JSON.search(reply.value)
            proposal = Proposal.model_validate(json.loads(found[0] if found else ""))
        except (json.JSONDecodeError, ValidationError):
            return ModelReply(None, "语言模型的回复不是要求的格式，已改用内置解析")
        if strangers := [name for name in proposal.subjects if name not in vocabulary]:
            return ModelReply(None, f"语言模型给出了不存在的名称“{strangers[0]}”，已改用内置解析")
        return ModelReply(proposal)

    def write_sql(self, question: str, schema: str, check: Callable[[str], object]) -> ModelReply[str]:
        """One SELECT that `check` (the SQL guard) accepts; a refusal is told to the model once.

        `check` raises AssistantError or BudgetIndexError to refuse.
        """
        refusal = ""
        for _ in range(2):
            reply = self._ask("sql", question=prompts.fence(question), schema=schema, refusal=refusal)
            if reply.value is None:
                return reply
            found = _SQL.search(reply.value)
            sql = (found[1] if found else reply.value).strip().rstrip(";").strip()
            try:
                check(sql)
            except (AssistantError, BudgetIndexError) as error:
                refusal = f"上一次写的语句未被接受：{error}\n请改正：\n{prompts.fence(sql)}"
            else:
                return ModelReply(sql)
        return ModelReply(None, "语言模型写的 SQL 未通过检查，没有执行")

    def answer_from_passages(self, question: str, passages: Sequence[str]) -> ModelReply[Grounded]:
        """An answer worded from the passages. Rejected when a number of it is in none of them or it cites none."""
        numbered = "\n".join(f"[{number}] {passage}" for number, passage in enumerate(passages, start=1))
        reply = self._ask("passages", question=prompts.fence(question), passages=prompts.fence(numbered))
        if reply.value is None:
            return ModelReply(None, reply.note)
        if _NOT_DISCLOSED in reply.value:
            return ModelReply(None, "语言模型认为资料不足以回答")
        used = tuple(dict.fromkeys(int(number) - 1 for number in _REFERENCE.findall(reply.value)))
        if not used or any(not 0 <= index < len(passages) for index in used):
            return ModelReply(None, "语言模型的回复没有标明出处，已弃用")
        text = _REFERENCE.sub("", reply.value).strip()
        if loose := ungrounded(_LIST_MARK.sub("", text), [passages[index] for index in used]):
            return ModelReply(None, f"语言模型的回复中有资料里没有的数字（{'、'.join(loose)}），已弃用")
        return ModelReply(Grounded(text, used))

    def _ask(self, prompt: str, **values: str) -> ModelReply[str]:
        messages = [("system", prompts.load("rules")), ("human", prompts.load(prompt, **values))]
        try:
            message = self._retrying(self._chat.invoke, messages)
        except self._faults.transient:
            return ModelReply(None, "语言模型没有应答，已改用内置方法")
        except self._faults.permanent as error:
            return ModelReply(None, f"语言模型不可用（{type(error).__name__}），已改用内置方法")
        text = _THINKING.sub("", str(message.text)).strip()
        return ModelReply(text) if text else ModelReply(None, "语言模型的回复是空的，已改用内置方法")


def language_model(settings: Settings) -> LanguageModel | None:
    """The configured model behind an OpenAI-compatible address, or None when none is configured.

    Raises ConfigurationError if the client cannot be made from the settings.
    """
    if not settings.uses_llm:
        return None
    import openai
    from langchain_openai import ChatOpenAI

    try:
        chat = ChatOpenAI(
            model=settings.llm_model,
            base_url=settings.llm_base_url or None,
            api_key=settings.llm_api_key or SecretStr("none"),
            timeout=settings.llm_timeout,
            temperature=0,
            max_retries=0,
        )
    except (ValueError, openai.OpenAIError) as error:
        raise ConfigurationError(
            f"语言模型的设置有误（{type(error).__name__}）",
            remedy="请检查 BUDGET_LLM_MODEL、BUDGET_LLM_BASE_URL、BUDGET_LLM_API_KEY",
        ) from None
    faults = Faults(
        transient=(OSError, openai.APIConnectionError, openai.RateLimitError, openai.InternalServerError),
        permanent=(ValueError, RuntimeError, openai.OpenAIError),
    )
    return LanguageModel(chat, faults=faults, attempts=settings.llm_attempts, patience=settings.llm_timeout * 2)
