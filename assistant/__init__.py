"""Ask a budget disclosure a question in Chinese; get an answer that can be checked.

>>> from assistant import Assistant
>>> assistant = Assistant.open()
>>> assistant.ask("公务接待费比上年减少多少").values[0].value
Decimal('1.74')
"""

from assistant.answer import Answer, Citation, Conflict, Interpretation, ResultTable, Value
from assistant.errors import AssistantError
from assistant.service import Assistant

__all__ = [
    "Answer", "Assistant", "AssistantError", "Citation", "Conflict", "Interpretation", "ResultTable", "Value",
]  # fmt: skip
