"""What sales, product and marketing are given of what customers say."""

from warehouse.derive.feeds.build import create_feeds

__all__ = ["create_feeds"]
