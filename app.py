"""The frame: who is here, language, scope, navigation, page."""

from functools import partial

import streamlit as st

from pages import quality, service, today
from queries import version
from ui import empty, links, live, rows, sidebar, state, style, viewer, warm
from ui.guard import guarded
from ui.view import Page, View
from words import t

PAGES = (
    ("today", "today", today.run, ":material/wb_sunny:"),
    ("service", "service-levels", service.run, ":material/timer:"),
    ("quality", "data-quality", quality.run, ":material/fact_check:"),
)


def screen(lang: str, view: View | None, draw: Page) -> None:
    """One page; before anything is loaded, what to do about that."""
    if view is None:
        empty.no_warehouse(lang)
    else:
        draw(view)
        rows.open_waiting(view)
        links.opened()


def main() -> None:
    """Draw the app for one person, from the top."""
    warm.start()
    lang = state.language()
    st.set_page_config(t(lang, "frame.app"), ":material/support_agent:", "wide")
    style.apply()
    sidebar.language_switch(lang)
    shown, view = version(), None
    with guarded(lang):
        view = sidebar.view(lang, viewer.here()) if shown else None
    pages = [
        st.Page(partial(screen, lang, view, draw), title=t(lang, f"{name}.title"), icon=icon, url_path=path)
        for name, path, draw, icon in PAGES
    ]
    chosen = st.navigation(pages)
    with guarded(lang):
        chosen.run()
    live.watch(shown)


main()
