"""Which causes rise above their own history: how many, since when, whom it hits and who answers for it."""

from datetime import date, timedelta

import streamlit as st

from charts.numbers import number
from queries import NOT_GIVEN, Scope, ask
from queries.cause_counts import Series
from queries.flags import MONTH
from queries.rising import Alert, Rising, rising
from queries.rising_policy import RisingPolicy, rising_policy
from queries.sentence import day_in_words
from store import trouble
from ui import labels, measures, rows, voices
from ui.view import View
from warehouse.errors import LoadError

_ON_TODAY = 2
"""So many alerts are named on the first screen."""


def section(view: View) -> None:
    """Which causes are rising?"""
    policy, until = _policy(view), last_day(view)
    st.header(view.t("rising.title"), anchor=False, help=view.t("rising.help"))
    if policy is None:
        return
    if until is None:
        st.info(view.t("rising.undated"), icon=":material/event_busy:")
        return
    found = _found(view.scope, until, policy)
    if not found.series:
        told = view.t("rising.too_short", n=found.weeks, least=policy.least_weeks + 1)
        st.info(told, icon=":material/hourglass_empty:")
        return
    day = day_in_words(view.lang, until)
    if not found.alerts:
        st.info(view.t("rising.calm", day=day), icon=":material/trending_flat:")
    else:
        st.markdown(view.t("rising.up_to", day=day))
    for place, alert in enumerate(found.alerts):
        _card(view, alert, until, f"rising-{place}")
    for place, alert in enumerate(found.eased):
        rows.button(view, complaints(view, view.scope, alert, until), f"eased-{place}", _eased(view, alert, until))
    st.caption(_looked_at(view, found, policy))


def sentence(view: View) -> str | None:
    """What rises most and how much of it there is; None where nothing does, or nothing can be said."""
    until = last_day(view)
    if until is None:
        return None
    try:
        alerts = _found(view.scope, until, rising_policy()).alerts
    except LoadError:
        return None  # the section says what is wrong
    if not alerts:
        return None
    first = alerts[0]
    facts = {"what": name(view, first.series), "n": first.n, "low": first.low, "high": first.high}
    more = view.t("rising.and_more", n=len(alerts) - 1) if alerts[1:] else ""
    return view.t("rising.rises", **facts, more=more)


def line(view: View) -> None:
    """The first screen's share: what rises in the data's last seven days, one button each; nothing if all is calm."""
    until, scope = view.meta.as_of_day, rows.undated(view.scope)
    if until is None:
        return
    try:
        alerts = _found(scope, until, rising_policy()).alerts[:_ON_TODAY]
    except LoadError:
        return  # the screen of causes says what is wrong
    for place, alert in enumerate(alerts):
        told = view.t("rising.line", what=name(view, alert.series), n=alert.n, low=alert.low, high=alert.high)
        rows.button(view, complaints(view, scope, alert, until), f"rising-{place}", told)


def last_day(view: View) -> date | None:
    """The last day of the period, if the data reaches it, else of the data; None without dates."""
    latest = view.meta.as_of_day
    return min(latest, view.scope.end) if latest and view.scope.end else latest


def _policy(view: View) -> RisingPolicy | None:
    try:
        return rising_policy()
    except LoadError as error:
        st.warning(view.t("rising.bad_policy", told=error), icon=":material/rule:")
        return None


def _found(scope: Scope, until: date, policy: RisingPolicy) -> Rising:
    return rising(ask("cause_weeks", scope, until=until), policy)


def name(view: View, series: Series) -> str:
    """What rises, and where."""
    if series.cause is None:
        told = view.t("rising.all")
    elif series.cause == NOT_GIVEN:
        told = view.t("rising.no_cause")
    else:
        told = voices.cause(view, series.cause)
    return view.t("scope.join").join(filter(None, (told, _where(view, series))))


def _where(view: View, series: Series) -> str:
    return labels.value(view.lang, series.kind, series.place) if series.kind else ""


def complaints(view: View, scope: Scope, alert: Alert, until: date) -> rows.Rows:
    """The complaints of the last seven days that an alert counts."""
    series = alert.series
    params = {"cause": series.cause} if series.cause else {}
    return rows.Rows(name(view, series), "complaint_rows", _lately(scope, series, until), params, ("complaint_texts",))


def _lately(scope: Scope, series: Series, until: date) -> Scope:
    here = scope.narrow(series.kind, series.place) if series.kind and series.place else scope
    return here.with_period(until - timedelta(days=6), until)


def _card(view: View, alert: Alert, until: date, key: str) -> None:
    """One alert: the count with its weeks on the left, what to know of it on the right."""
    with st.container(border=True):
        left, right = st.columns([2, 3], gap="medium", vertical_alignment="center")
        with left:
            st.metric(
                f"**{name(view, alert.series)}**",
                view.t("rising.count", n=alert.n),
                delta=f"+{alert.n - alert.usual:,.0f}",
                delta_color="inverse",
                delta_description=view.t("rising.usual", low=alert.low, high=alert.high),
                chart_data=list(alert.history),
                chart_type="bar",
                help=view.t("rising.card_help", n=len(alert.history)),
            )
        with right:
            st.markdown("  \n".join(_facts(view, alert, until)))
            rows.button(view, complaints(view, view.scope, alert, until), key, view.t("rising.open", n=alert.n))
            _plan(view, alert.series, key)


def _eased(view: View, alert: Alert, until: date) -> str:
    """What rose until a few days ago and how it is now: an alert does not just vanish."""
    facts = {"what": name(view, alert.series), "n": alert.n, "low": alert.low, "high": alert.high}
    return view.t("rising.eased", **facts, day=day_in_words(view.lang, until - timedelta(days=alert.back)))


def _plan(view: View, series: Series, key: str) -> None:
    """An action on the cause, limited to where it rises; what has no known cause has no action."""
    if series.cause and series.cause != NOT_GIVEN and not trouble():
        only = {series.kind: series.place} if series.kind and series.place else {}
        measures.plan(view, series.cause, f"plan-{key}", only)


def _facts(view: View, alert: Alert, until: date) -> list[str]:
    """Since when, who and whose, its share there, what rises with it, and how the same cause does elsewhere."""
    more = (*_share(view, alert), *_beside(view, alert), *_elsewhere(view, alert))
    return [_since(view, alert, until) + _stays(view, alert, until), _hit(view, alert, until), *more]


def _since(view: View, alert: Alert, until: date) -> str:
    begun = day_in_words(view.lang, until - timedelta(days=7 * alert.weeks - 1))
    if alert.weeks == 1:
        return view.t("rising.since", day=begun)
    n, usual = f"{alert.month:,}", f"{alert.month_usual:,.0f}"
    return view.t("rising.since_month", day=begun, weeks=MONTH, n=n, usual=usual)


def _stays(view: View, alert: Alert, until: date) -> str:
    """That another day than the last raised it."""
    if not alert.back:
        return ""
    return view.t("rising.stays", day=day_in_words(view.lang, until - timedelta(days=alert.back)))


def _hit(view: View, alert: Alert, until: date) -> str:
    asked = {"cause": alert.series.cause} if alert.series.cause else {}
    found = ask("cause_hit", _lately(view.scope, alert.series, until), **asked).to_pylist()[0]
    key = "rising.hit_vips" if found["vips"] else "rising.hit"
    told = view.t(key, customers=f"{found['customers']:,}", vips=f"{found['vips']:,}")
    if found["responsible"]:
        told += view.t("rising.responsible", who=found["responsible"])
    return told


def _share(view: View, alert: Alert) -> list[str]:
    """Which part of the complaints there it makes; of everything it is all."""
    if alert.series == Series():
        return []
    where = alert.series.place if alert.series.kind and alert.series.cause else None
    key = "rising.share_there" if where else "rising.share"
    facts = {"share": voices.share(view, alert.share), "usual": voices.share(view, alert.usual_share)}
    return [view.t(key, **facts, where=_where(view, alert.series))]


def _beside(view: View, alert: Alert) -> list[str]:
    if alert.beside is None:
        return []
    of = alert.beside.series
    key, what = ("rising.above_all", Series(of.cause)) if of.cause else ("rising.whole_too", of)
    return [view.t(key, what=name(view, what), n=f"{alert.beside.n:,}", usual=f"{alert.beside.usual:,.0f}")]


def _elsewhere(view: View, alert: Alert) -> list[str]:
    if alert.other is None or alert.other_usual is None:
        return []
    return [view.t(f"rising.other_{alert.series.kind}", n=f"{alert.other:,}", usual=f"{alert.other_usual:,.0f}")]


def _looked_at(view: View, found: Rising, policy: RisingPolicy) -> str:
    share = number(policy.false_share, "percent", view.lang)
    return view.t("rising.looked_at", causes=found.causes, series=f"{found.series:,}", share=share, weeks=found.weeks)
