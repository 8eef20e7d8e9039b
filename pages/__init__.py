"""Screens: each file is one manager's set of questions, in the order they stand on the screen."""

from dataclasses import dataclass

from pages import (
    care,
    causes,
    churn,
    customer,
    handling,
    handover,
    lifecycle,
    measures,
    outreach,
    proof,
    quality,
    satisfaction,
    service,
    tiers,
    today,
    voices,
)
from ui.view import Page


@dataclass(frozen=True)
class Screen:
    """One screen: its words (``<name>.title``), its path in the URL, what draws it, and its icon.

    The path must differ from the file's name, else Streamlit takes the file. ``timeless``: it shows a state, whatever
    the period.
    """

    name: str
    path: str
    run: Page
    icon: str
    timeless: bool = False


SCREENS: dict[str, tuple[Screen, ...]] = {
    "daily": (
        Screen("today", "", today.run, ":material/wb_sunny:", timeless=True),
        Screen("churn", "churn-watchlist", churn.run, ":material/person_alert:", timeless=True),
        Screen("proof", "watchlist-on-trial", proof.run, ":material/science:", timeless=True),
        Screen("outreach", "outreach-results", outreach.run, ":material/handshake:", timeless=True),
        Screen("customer", "customer-view", customer.run, ":material/person_search:", timeless=True),
        Screen("care", "care-calendar", care.run, ":material/volunteer_activism:", timeless=True),
    ),
    "monthly": (
        Screen("service", "service-levels", service.run, ":material/timer:"),
        Screen("handling", "case-handling", handling.run, ":material/conversion_path:"),
        Screen("nps", "nps", satisfaction.run, ":material/sentiment_satisfied:"),
        Screen("tiers", "customer-tiers", tiers.run, ":material/workspaces:"),
        Screen("lifecycle", "lifecycle-report", lifecycle.run, ":material/cycle:"),
        Screen("causes", "root-causes", causes.run, ":material/troubleshoot:"),
        Screen("voices", "voice-of-customers", voices.run, ":material/record_voice_over:"),
        Screen("measures", "actions-on-causes", measures.run, ":material/construction:", timeless=True),
        Screen("handover", "feeds", handover.run, ":material/share:"),
    ),
    "behind": (Screen("quality", "data-quality", quality.run, ":material/fact_check:", timeless=True),),
}
"""The screens by section of the navigation; the first one opens where the address names none."""
TIMELESS = frozenset(screen.path for section in SCREENS.values() for screen in section if screen.timeless)
