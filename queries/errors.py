"""What can go wrong when asking. Messages are for developers and the command line; screens have their own words."""


class AskError(Exception):
    """Anything that keeps a question from being answered."""


class NoWarehouse(AskError):  # noqa: N818
    """Nothing has been published yet."""


class BadScope(AskError, ValueError):  # noqa: N818
    """A scope that makes no sense: unknown dimension, period back to front."""


class BadQuestion(AskError, ValueError):  # noqa: N818
    """An unknown question, parameter or parameter value; ``nearest`` is what was probably meant, if anything."""


class BadDefinition(AskError):  # noqa: N818
    """A question, scope or metric file that contradicts itself; raised when the files are read."""


class QuestionFailed(AskError):  # noqa: N818
    """The engine could not answer. The message names the question only; the cause is in the log."""

    def __init__(self, question: str) -> None:
        super().__init__(f"the question {question!r} could not be answered")
        self.question = question
