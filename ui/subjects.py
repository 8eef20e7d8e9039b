"""What a row is about: a ticket, else a customer or an action, opened in the one dialog there is, with a way back."""

from collections.abc import Callable
from typing import Any, Literal

import pyarrow as pa
import streamlit as st

from ui.view import View

Subject = tuple[str, str]
"""ticket, customer or action, and its number."""
CHOSEN, _PATH = "_subject_chosen", "_subjects_open"
"""Where in the session stands what was chosen until it is shown, and what the open dialog has been led through."""
_ICONS = {
    "ticket": ":material/confirmation_number:",
    "customer": ":material/person:",
    "action": ":material/construction:",
}
COLUMNS = {"ticket": "ticket_id", "customer": "customer_id", "action": "action_id"}


def choose(kind: str, number: str) -> None:
    """Open this next; for callbacks, which may not draw."""
    st.session_state[CHOSEN] = (kind, number)


def of_row(table: pa.Table, place: int) -> Subject | None:
    """What the row at ``place`` is about: its ticket, else its customer or action."""
    for kind, column in COLUMNS.items():
        if column in table.column_names and (number := table.column(column)[place].as_py()):
            return kind, number
    return None


def chosen() -> Subject | None:
    """What was chosen since it was last asked."""
    found: Subject | None = st.session_state.pop(CHOSEN, None)
    return found


def start(*path: Subject) -> None:
    """A dialog opens anew."""
    st.session_state[_PATH] = list(path)


def open_dialog(view: View, subject: Subject) -> None:
    """A dialog of its own for ``subject``."""
    start(subject)
    icon = _ICONS[subject[0]]
    # What is written about an action changes the lists and figures of the page behind it.
    closed: Literal["rerun", "ignore"] = "rerun" if subject[0] == "action" else "ignore"

    @st.dialog(_title(view, subject), width="large", icon=icon, on_dismiss=closed)
    def content() -> None:
        draw(view, 1)

    content()


def draw(view: View, own: int = 0) -> bool:
    """What was chosen in the open dialog, below a way back; False where nothing is: the dialog's own content is due.

    ``own``: how many of the subjects led through are the dialog's own content.
    """
    path: list[Subject] = st.session_state.get(_PATH, [])
    if found := chosen():
        path = [*(path[: path.index(found)] if found in path else path), found]
        st.session_state[_PATH] = path
    if not path:
        return False
    if len(path) > own:
        st.button(
            view.t("rows.back" if len(path) > 1 else "ticket.back"),
            key="rows-back",
            type="tertiary",
            icon=":material/arrow_back:",
            on_click=_back,
        )
        st.header(_title(view, path[-1]), anchor=False)
    kind, number = path[-1]
    _contents()[kind](view, number)
    return True


def _back() -> None:
    st.session_state[_PATH] = st.session_state[_PATH][:-1]


def _contents() -> dict[str, Callable[[View, str], None]]:
    # Not at the top: what they draw has rows that lead on to other subjects.
    from ui import customer, measures, ticket

    return {"ticket": ticket.content, "customer": customer.in_dialog, "action": measures.content}


def _title(view: View, subject: Subject) -> str:
    from ui import customer, measures

    kind, number = subject
    if kind == "ticket":
        return view.t("queue.ticket", id=number)
    return measures.title(view, number) if kind == "action" else customer.title(view, number)


def opening(table: pa.Table, key: str, then: Callable[[str, str], None] = choose) -> dict[str, Any]:
    """The options of a table widget, its key among them, that let a row open what it is about: its box, or any cell.

    The table is then made anew: the browser would else keep the row chosen, and a second click on it would do nothing.
    """
    times = f"_times_opened_{key}"
    made = f"{key}-{st.session_state.get(times, 0)}"

    def opened() -> None:
        selection = st.session_state[made]["selection"]
        places = [place for place, _ in selection["cells"]] or selection["rows"]
        if places and (subject := of_row(table, places[0])):
            then(*subject)
            st.session_state[times] = st.session_state.get(times, 0) + 1

    return {"key": made, "on_select": opened, "selection_mode": ("single-row", "single-cell")}
