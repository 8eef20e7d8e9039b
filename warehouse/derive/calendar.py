"""The calendar: every day the data spans and a while beyond, with weeks, months, holidays and working days."""

from datetime import date, datetime, timedelta

import duckdb

from warehouse.derive.calendars import public_holidays
from warehouse.settings import Settings

_MARGIN = timedelta(days=120)


def create_calendar(
    con: duckdb.DuckDBPyConnection, first: datetime | None, last: datetime | None, team: Settings
) -> None:
    """Create the table ``calendar`` and the temporary table ``workdays`` (number, day)."""
    start = (first.date() if first else date.today()) - timedelta(days=7)
    end = (last.date() if last else date.today()) + _MARGIN
    con.execute("CREATE TEMP TABLE days_off (day DATE, holiday VARCHAR, is_workday BOOLEAN)")
    if rows := _special_days(team.holidays, start, end):
        con.executemany("INSERT INTO days_off VALUES (?, ?, ?)", rows)
    con.execute(
        """
        CREATE TABLE calendar AS
        WITH days AS (SELECT unnest(generate_series($start::DATE, $end::DATE, INTERVAL 1 DAY))::DATE AS day)
        SELECT
            day,
            date_trunc('week', day)::DATE AS week,
            date_trunc('month', day)::DATE AS month,
            date_trunc('quarter', day)::DATE AS quarter,
            isodow(day)::INTEGER AS weekday,
            coalesce(d.is_workday, isodow(day) < 6) AS is_workday,
            (count(*) FILTER (coalesce(d.is_workday, isodow(day) < 6)) OVER (ORDER BY day))::INTEGER AS workday_number,
            d.holiday
        FROM days LEFT JOIN days_off AS d USING (day)
        ORDER BY day
        """,
        {"start": start, "end": end},
    )
    con.execute("CREATE TEMP TABLE workdays AS SELECT workday_number AS number, day FROM calendar WHERE is_workday")


def _special_days(country: str, start: date, end: date) -> list[tuple[date, str, bool]]:
    """Public holidays (days off) and make-up workdays (weekend days that are worked)."""
    if not country:
        return []
    found = public_holidays(country, start, end)
    off = [(day, title, False) for day, title in found.items()]
    worked = [(day, "make-up workday", True) for day in getattr(found, "weekend_workdays", ())]
    return off + [(day, title, kind) for day, title, kind in worked if start.year <= day.year <= end.year]
