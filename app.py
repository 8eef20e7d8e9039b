"""The frame: who is here, language, scope, navigation, page."""

from functools import partial
from pathlib import Path

import streamlit as st

from pages import SCREENS, TIMELESS
from queries import version
from ui import empty, links, live, rows, sidebar, style, viewer, warm
from ui.guard import guarded
from ui.view import Page, View
from words import t

ICON = str(Path(__file__).parent / "ui" / "icon.svg")


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
    pages = {
        t(lang, f"section.{section}"): [
            st.Page(
                partial(screen, each.run),
                title=t(lang, f"{each.name}.title"),
                icon=each.icon,
                url_path=each.path,
                default=not each.path,
            )
            for each in screens
        ]
        for section, screens in SCREENS.items()
    }
    chosen = st.navigation(pages, expanded=True)
    links.follow(lang, who)
    style.apply()
    sidebar.language_switch(lang)
    shown = version()
    with guarded(lang):
        view = sidebar.view(lang, who, chosen.url_path in TIMELESS) if shown else None
        chosen.run()
    live.watch(shown)


main()
