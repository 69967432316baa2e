"""What happens when somebody asks: Assistant in, the new state of every part of the page out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from assistant.answer import Answer
from assistant.errors import AssistantError
from assistant.ui import rendering
from assistant.ui.evidence import place_page
from index.errors import BudgetIndexError

if TYPE_CHECKING:
    from assistant import Assistant

Message = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Turn:
    """A question, what came of it so far, and the fault that ended it, if one did."""

    question: str
    answer: Answer | None = None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Conversation:
    """The turns so far, oldest first; `document` is the key asked about, None for all."""

    turns: tuple[Turn, ...] = ()
    document: str | None = None

    @property
    def history(self) -> list[tuple[str, Answer]]:
        """What the assistant is told of earlier turns."""
        return [(turn.question, turn.answer) for turn in self.turns if turn.answer is not None]

    @property
    def latest(self) -> Answer | None:
        """The newest answer, if the newest turn has one."""
        return self.turns[-1].answer if self.turns else None

    def with_turn(self, turn: Turn) -> Conversation:
        return replace(self, turns=(*self.turns, turn))


@dataclass(frozen=True, slots=True)
class Asking:
    """One question under way on top of the conversation before it."""

    assistant: Assistant
    before: Conversation
    question: str
    longest: int = field(default=500)

    def run(self) -> Iterator[Conversation]:
        """The conversation as the answer grows; the last one is complete. Faults become a turn, never an exception."""
        if len(self.question) > self.longest:
            yield self.before.with_turn(
                Turn(self.question, fault=f"问题太长（超过 {self.longest} 字），请写得短一些。")
            )
            return
        yield self.before.with_turn(Turn(self.question))
        try:
            for answer in self.assistant.stream(self.question, self.before.history, self.before.document):
                yield self.before.with_turn(Turn(self.question, answer))
        except (AssistantError, BudgetIndexError) as error:
            yield self.before.with_turn(Turn(self.question, fault=explain(error)))


def explain(error: AssistantError | BudgetIndexError) -> str:
    """What went wrong and what to do about it."""
    return f"**出错了**：{error.message}。{error.remedy}"


def messages(conversation: Conversation) -> list[Message]:
    """The chat: only the newest answer carries buttons."""
    shown: list[Message] = []
    for number, turn in enumerate(conversation.turns, start=1):
        shown.append({"role": "user", "content": rendering.harmless_markdown(turn.question)})
        is_newest = number == len(conversation.turns)
        if turn.fault:
            shown.append({"role": "assistant", "content": turn.fault})
        elif turn.answer is not None:
            reply: Message = {"role": "assistant", "content": rendering.message(turn.answer)}
            if is_newest and (offered := rendering.buttons(turn.answer)):
                reply["options"] = offered
            shown.append(reply)
    return shown


def evidence_page(assistant: Assistant, answer: Answer | None, chosen: int = 0) -> str:
    """The cited place that is chosen, counted from 0."""
    if answer is None or not answer.citations:
        return rendering.empty("这个回答没有可引用的出处。" if answer else "提问之后，这里显示答案所在的表格或原文。")
    citation = answer.citations[min(max(chosen, 0), len(answer.citations) - 1)]
    try:
        return place_page(assistant, citation)
    except (AssistantError, BudgetIndexError) as error:
        return rendering.empty(f"{error.message}。{error.remedy}")


def document_choices(documents: Sequence[Any]) -> list[tuple[str, str]]:
    """Labels and keys of the document selector; the whole index, key "", where there is more than one."""
    named = [(document.title or document.key, document.key) for document in documents]
    return named if len(named) == 1 else [("全部文件", ""), *named]
