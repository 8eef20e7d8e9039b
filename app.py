"""The frame: who is here, language, scope, navigation, page."""

from functools import partial
from pathlib import Path

import streamlit as st

from pages import causes, churn, handling, quality, satisfaction, service, tiers, today
from queries import version
from ui import empty, links, live, rows, sidebar, style, viewer, warm
from ui.guard import guarded
from ui.view import Page, View
from words import t

ICON = str(Path(__file__).parent / "ui" / "icon.svg")
PAGES = (
    ("today", "today", today.run, ":material/wb_sunny:"),
    ("service", "service-levels", service.run, ":material/timer:"),
    ("handling", "case-handling", handling.run, ":material/conversion_path:"),
    ("nps", "nps", satisfaction.run, ":material/sentiment_satisfied:"),
    ("tiers", "customer-tiers", tiers.run, ":material/workspaces:"),
    ("churn", "churn-watchlist", churn.run, ":material/person_alert:"),
    ("causes", "root-causes", causes.run, ":material/troubleshoot:"),
    ("quality", "data-quality", quality.run, ":material/fact_check:"),
)
TIMELESS = ("", "churn-watchlist", "data-quality")  # paths of pages that show a state; the first page's is empty


def main() -> None:
    """Draw the app for one person, from the top."""
    warm.start()
    lang, who = links.language(), viewer.here()
    view: View | None = None

    def screen(draw: Page) -> None:
        """One page; before anything is loaded, what to do about that."""
        if view is None:
            empty.no_warehouse(lang)
        else:
            draw(view)
            rows.open_waiting(view)

    st.set_page_config(t(lang, "frame.app"), ICON, layout="wide")
    pages = [
        st.Page(partial(screen, draw), title=t(lang, f"{name}.title"), icon=icon, url_path=path)
        for name, path, draw, icon in PAGES
    ]
    chosen = st.navigation(pages)
    links.follow(lang, who)
    style.apply()
    sidebar.language_switch(lang)
    shown = version()
    with guarded(lang):
        view = sidebar.view(lang, who, chosen.url_path in TIMELESS) if shown else None
        chosen.run()
    live.watch(shown)


main()
