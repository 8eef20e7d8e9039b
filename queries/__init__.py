"""Questions to the published warehouse: what may be asked, under which scope, and the answers."""

from queries.catalogue import questions
from queries.engine import ask, meta, options, table_rows, unapplied, version
from queries.errors import AskError, BadDefinition, BadQuestion, BadScope, NoWarehouse, QuestionFailed
from queries.metrics import METRICS, Metric
from queries.render import render
from queries.scope import DIMENSIONS, EVERYONE, NOT_GIVEN, Scope, Viewer
from queries.served import Meta

__all__ = [
    "DIMENSIONS",
    "EVERYONE",
    "METRICS",
    "NOT_GIVEN",
    "AskError",
    "BadDefinition",
    "BadQuestion",
    "BadScope",
    "Meta",
    "Metric",
    "NoWarehouse",
    "QuestionFailed",
    "Scope",
    "Viewer",
    "ask",
    "meta",
    "options",
    "questions",
    "render",
    "table_rows",
    "unapplied",
    "version",
]
