"""How dissatisfied the writer of a text is, learned from the marks that customers gave beside their texts."""

from warehouse.derive.moods.build import create_moods

__all__ = ["create_moods"]
