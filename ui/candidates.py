"""What the rules for causes cover, what the rest is about, and a form that turns some of it into a rule."""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from charts.numbers import number
from queries import NOT_GIVEN, Scope, ask, options
from store import Rule, snapshot, trouble
from store.rules import BOOK, WITHDRAWN, as_policy, key_of, new
from ui import keeping, names, rows, tables
from ui.due import exact
from ui.proposing import NEW, QUOTES, cause_of, words_of
from ui.view import View

Row = Mapping[str, Any]
_WAYS = ("category", "words", "accepted", "none")
_SHOWN, _ABOUT, _CHOSEN = 12, "cause-rule", "candidate-chosen"
_CHANGED = "_rules_changed"
"""Stands in the session between a change of the rules and the page that is drawn by them."""


@st.fragment
def section(view: View, scope: Scope | None = None) -> None:
    """Coverage, candidates, and the rules accepted so far, under ``scope`` (the view's own if not given).

    What is chosen and filled in draws only this part again; a rule accepted or withdrawn changes the whole page.
    """
    if st.session_state.pop(_CHANGED, False):
        st.rerun()
    within = scope or view.scope
    covered = ask("cause_coverage", within).to_pylist()
    if not covered:
        return
    st.header(view.t("candidates.coverage"), anchor=False, help=view.t("candidates.coverage_help"))
    _coverage(view, within, covered)
    found = ask("cause_candidates", within, limit=_SHOWN).to_pylist()
    if found:
        _candidates(view, within, found)
    else:
        st.caption(_why_none(view, covered))
    saved = st.container()
    _accepted(view, within)
    with saved:
        _said(view)


def _said(view: View) -> None:
    """What became of the last attempt to save, unless it is told already."""
    keeping.said(view, _ABOUT, lambda rule: tables.literal(_cause(view, rule.cause, rule.name)))


def _failed(view: View, form: str) -> None:
    """Why ``form`` could not be saved, where the reader clicked."""
    if keeping.key(_ABOUT, "") == form:
        _said(view)


def _coverage(view: View, scope: Scope, covered: list[Row]) -> None:
    """How many complaints have a cause, by what told it, as far as anything did; each number opens its complaints."""
    by = {row["cause_by"] or "none": row for row in covered}
    all_of = covered[0]["complaints"]
    missing = by.get("none", {"n": 0})["n"]
    told = {"n": f"{all_of - missing:,}", "complaints": f"{all_of:,}", "share": _share(view, 1 - missing / all_of)}
    st.markdown(view.t("candidates.covered", **told))
    grid = st.grid(len(by), min_column_width=150, border=True)
    for way in filter(by.get, _WAYS):
        row = by[way]
        with grid.cell(), st.container(gap="xsmall"):
            st.metric(view.value("cause_by", way), _share(view, row["share"]))
            title = f"{view.t('candidates.complaints')} · {view.value('cause_by', way)}"
            listed = rows.Rows(title, "coverage_rows", scope, {"by": way})
            rows.button(view, listed, f"coverage-{way}", view.t("candidates.open", n=f"{row['n']:,}"))


def _share(view: View, share: float) -> str:
    return number(share, "percent", view.lang, 1)


def _why_none(view: View, covered: list[Row]) -> str:
    """Why nothing is offered: all is covered, or too little is not to find anything in common."""
    if all(row["cause_by"] for row in covered):
        return view.t("candidates.all_covered")
    pools = {row["pool"]: row for row in ask("topic_pools", Scope(viewer=view.scope.viewer)).to_pylist()}
    pool = pools.get("complaint")
    if pool and pool["texts"] < pool["needed"]:
        return view.t("candidates.too_few", n=f"{pool['texts']:,}", needed=f"{pool['needed']:,}")
    return view.t("candidates.nothing_common")


def _candidates(view: View, scope: Scope, found: list[Row]) -> None:
    """What the uncovered complaints are about; one of them is looked into and can become a rule."""
    st.subheader(view.t("candidates.title"), anchor=False)
    st.caption(view.t("candidates.legend", n=f"{found[0]['uncovered']:,}"))
    keys = [str(row["topic_id"] or row["category"]) for row in found]
    told = dict(zip(keys, found, strict=True))
    chosen = st.pills(
        view.t("candidates.choose"),
        keys,
        format_func=lambda key: _label(view, told[key]),
        key=_CHOSEN,
        label_visibility="collapsed",
    )
    if chosen in told:
        with st.container(border=True):
            _candidate(view, scope, told[chosen])


def _label(view: View, row: Row) -> str:
    return f"{tables.literal(row['name'])} · **{row['n']:,}**"


def _candidate(view: View, scope: Scope, row: Row) -> None:
    """Its most typical texts and the form."""
    what = {"category": row["category"]} if row["kind"] == "category" else {"topic": row["topic_id"]}
    kind = view.t(f"candidates.is_{row['kind']}", n=f"{row['n']:,}", share=_share(view, row["share"]))
    st.markdown(f"**{tables.literal(row['name'])}**  \n{kind}")
    listed = rows.Rows(row["name"], "coverage_rows", scope, {"by": "none", **what})
    quotes = ask("coverage_rows", scope, by="none", limit=QUOTES, **what).column("text").to_pylist()
    st.markdown("\n".join(f"- {view.t('candidates.quote', text=tables.literal(text))}" for text in quotes if text))
    rows.button(view, listed, "candidate", view.t("candidates.open", n=f"{row['n']:,}"))
    if problem := trouble():
        st.warning(problem.said(view.lang), icon=":material/cloud_off:")
    else:
        _form(view, scope, row)


def _form(view: View, scope: Scope, row: Row) -> None:
    """No form to be sent as a whole: how much a rule would cover shows with every word that is chosen."""
    key = f"rule-{row['topic_id'] or row['category']}"
    words = words_of(view, scope, row, key) if row["kind"] == "topic" else []
    left, right = st.columns(2)
    with left:
        cause = cause_of(view, key, words)
    if cause == NEW:
        with right:
            st.text_input(view.t("candidates.name"), key=f"{key}-name", max_chars=100)
        left, right = st.columns(2)
        with left:
            _department(view, key)
    with right:
        keeping.author(view, key)
    reach = ask("rule_reach", scope, words="|".join(words) or None, category=row["category"]).to_pylist()[0]
    told = {"n": f"{reach['n']:,}", "uncovered": f"{reach['uncovered']:,}"}
    st.markdown(view.t("candidates.reach", **told, share=_share(view, reach["n"] / max(reach["uncovered"], 1))))
    _failed(view, key)
    st.button(
        view.t("candidates.accept"),
        key=f"{key}-accept",
        icon=":material/rule:",
        on_click=_accept,
        args=(key, words, row["category"]),
    )


def _department(view: View, key: str) -> None:
    """Who answers for a cause already, then whoever else answers tickets."""
    answering = [row["responsible"] for row in ask("cause_names", Scope()).to_pylist()]
    known = [*filter(None, answering), *options("department", view.scope.viewer)]
    st.selectbox(
        view.t("column.responsible"),
        [name for name in dict.fromkeys(known) if name != NOT_GIVEN],
        None,
        key=f"{key}-department",
        placeholder=view.t("candidates.nobody"),
        accept_new_options=True,
    )


def _accept(key: str, words: list[str], category: str | None) -> None:
    """Save the rule; it works from the next look at the data on."""
    given = {name: st.session_state.get(f"{key}-{name}") or None for name in ("cause", "name", "department")}
    cause = given["cause"] or key_of(given["name"] or "")
    named = (None, None) if given["cause"] else (given["name"], given["department"])
    said = None if category else "\n".join(words)
    if _save(key, lambda author: Rule(new(), author, cause, *named, said, category)):
        st.session_state.pop(_CHOSEN, None)


def _save(form: str, rule: Callable[[str], Rule], seen: int = 0) -> bool:
    saved = keeping.attempt(_ABOUT, form, lambda author: BOOK.save(rule(author), seen))
    st.session_state[_CHANGED] = saved
    return saved


def _accepted(view: View, scope: Scope) -> None:
    """The rules that people accepted, each with a way to withdraw it, and all of them as a policy to take away."""
    found = ask("accepted_rules", scope).to_pylist()
    if not found:
        return
    st.subheader(view.t("candidates.accepted"), anchor=False)
    st.caption(view.t("candidates.accepted_legend"))
    for row in found:
        text, button = st.columns([5, 1], vertical_alignment="center")
        text.markdown(_told(view, row))
        with button.popover(view.t("candidates.withdraw"), type="tertiary", icon=":material/undo:"):
            key = f"withdraw-{row['rule']}"
            keeping.author(view, key)
            _failed(view, key)
            label = view.t("candidates.withdraw")
            st.button(label, key=key, icon=":material/undo:", on_click=_withdraw, args=(key, row))
    st.download_button(
        view.t("candidates.policy"),
        lambda: as_policy(snapshot().tables["accepted_rules"].to_pylist()),
        file_name="causes.toml",
        mime="application/toml",
        icon=":material/download:",
        on_click="ignore",
        key="accepted-policy",
    )


def _told(view: View, row: Row) -> str:
    """One rule: its cause, what it goes by, by whom and when, and how much the cause's rules cover."""
    by = view.t("candidates.by_category", category=row["category"]) if row["category"] else _listed(view, row["words"])
    said = [by, view.t("candidates.covers", n=f"{row['n']:,}"), row["author"]]
    told = [tables.literal(text) for text in said] + [exact(view, row["written_at"], f"{row['written_at']:%H:%M}")]
    return f"**{tables.literal(_cause(view, row['cause'], row['name']))}**  \n{view.t('scope.join').join(told)}"


def _listed(view: View, words: str | None) -> str:
    return view.t("candidates.by_words", words=view.t("scope.list_join").join((words or "").splitlines()))


def _cause(view: View, cause: str, name: str | None) -> str:
    return name or names.name(view.lang, "cause", cause)


def _withdraw(key: str, row: Row) -> None:
    """The rule no longer stands; the entry that says so follows the one that was shown."""
    signs = (row["name"], row["department"], row["words"], row["category"], WITHDRAWN)
    _save(key, lambda author: Rule(row["rule"], author, row["cause"], *signs), row["entry"])
