"""Actions of the sample company: one that worked, some that did not, some that nobody can judge yet."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from store.actions import Action
from warehouse.sample import planted


@dataclass(frozen=True)
class _Plan:
    """``begins``: from which day it should show; ``due``: in so many days from today it is to be done."""

    cause: str
    what: str
    status: str
    begins: date | None
    due: int | None = None
    region: str | None = None
    note: str | None = None


def entries(author: str, owners: Sequence[str], last: date, today: date) -> Iterator[Action]:
    """What was written about each: it is planned, and what has begun or ended says so a second time.

    ``last`` is the data's last day, ``today`` the day around which dates of what is open fall.
    """
    for number, plan in enumerate(_plans(last)):
        wrote = datetime.combine((plan.begins or last) - timedelta(days=12 - number), time(2, 7 * number))
        first = Action(
            action=f"sample-{number + 1}",
            author=author,
            cause=plan.cause,
            what=plan.what,
            owner=owners[number % len(owners)] if owners else author,
            starts_on=plan.begins,
            due_on=plan.begins if plan.due is None else today + timedelta(days=plan.due),
            region=plan.region,
            at=min(wrote, datetime.combine(last, time(2))),
        )
        yield first
        if plan.status != "planned" and plan.begins:
            later = datetime.combine(min(plan.begins, last), time(3, 7 * number))
            yield replace(first, status=plan.status, note=plan.note, at=later)


def _plans(last: date) -> Iterator[_Plan]:
    known = planted.days(last)
    surge_over, drop_over = (known[name] + timedelta(days=1) for name in ("surge_to", "drop_to"))
    region = planted.SURGE_REGION
    courier = "Second courier for the last mile 末端配送增加第二家承运商"
    note = "Both couriers deliver since Monday 两家承运商本周起同时派送"
    yield _Plan("late_delivery", courier, "done", surge_over, region=region, note=note)
    yield _Plan("installation", "Installers call before they come 上门前安装师傅先致电", "done", drop_over)
    yield _Plan(
        "refund", "Refund within 24 hours after approval 审核后24小时内退款", "running", last - timedelta(days=70), 20
    )
    yield _Plan("damaged", "Thicker corner padding 加厚边角缓冲包装", "running", last - timedelta(days=12), -2)
    yield _Plan("attitude", "Training on calls that turned sour 冲突话术培训", "planned", None, 9)
    yield _Plan("app", "Release notes inside the app 应用内发布更新说明", "dropped", last - timedelta(days=90))
