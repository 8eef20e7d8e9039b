"""Who is here. The one place that a login will change."""

from queries import EVERYONE, Viewer


def here() -> Viewer:
    """The person in front of the screen, with what they may see."""
    return EVERYONE
