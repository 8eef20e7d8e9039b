"""Who may leave, as a probability: a model and two rules, learnt from the past and held against what came after."""

from warehouse.derive.churn.build import create_churn

__all__ = ["create_churn"]
