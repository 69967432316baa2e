"""The exceptions of the assistant layer. "Cannot answer" is an Answer; these are faults or refusals of input.

AssistantError
├── ConfigurationError     a setting that cannot be used
├── QuestionRejected       empty, too long, or not a question in Chinese
├── UnknownDocument        a document key that is not in the index
├── StatementRefused       SQL that the guard does not let through
├── SemanticDataError      a data file of the semantic layer fails its validation
└── ModelUnavailable       the configured language model cannot be reached
"""

from __future__ import annotations


class AssistantError(Exception):
    """Root of the layer. `message` says what and where, `remedy` what to do; both Chinese."""

    def __init__(self, message: str, *, remedy: str = "") -> None:
        self.message = message
        self.remedy = remedy
        super().__init__(f"{message}。{remedy}" if remedy else message)


class ConfigurationError(AssistantError):
    """A setting that cannot be used."""


class QuestionRejected(AssistantError):
    """Empty, too long, or not a question in Chinese."""


class UnknownDocument(AssistantError):
    """A document key that is not in the index."""


class StatementRefused(AssistantError):
    """SQL that the guard does not let through."""


class SemanticDataError(AssistantError):
    """A data file of the semantic layer fails its validation."""


class ModelUnavailable(AssistantError):
    """The configured language model cannot be reached or gives nothing usable."""
