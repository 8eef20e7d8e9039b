"""Files to take away: Excel opens them right, nothing in them runs, and they say what they rest on."""

import csv
from datetime import date, datetime
from io import BytesIO, StringIO

import openpyxl  # type: ignore[import-untyped]
import pyarrow as pa
import pytest

from ui.export import About, as_csv, as_xlsx, harmless

ABOUT = About(
    lang="zh",
    title="新增工单: 近30天/全部",
    sentence="2026年3月1日–10日 · 客户等级:高价值核心",
    notes=("产品筛选不适用于调查",),
    definitions=(("新增工单", "期间内新建的工单数。"),),
    up_to="2026年3月10日 18:00",
    version="warehouse-000001",
)
TABLE = pa.table(
    {
        "ticket_id": ["T1", "T2"],
        "kind": ["complaint", None],
        "is_open": [True, False],
        "amount": [-12.5, 3.0],
        "opened_at": [datetime(2026, 3, 1, 9, 30), None],
        "first_day": [date(2026, 3, 1), None],
        "text": ["=HYPERLINK(1)", '说 "你好", 再见\n第二行'],
        "total": [2, 2],
    }
)


def read_csv() -> list[list[str]]:
    return list(csv.reader(StringIO(as_csv(TABLE, ABOUT).decode("utf-8-sig"), newline="")))


def test_csv_begins_with_a_byte_order_mark() -> None:
    assert as_csv(TABLE, ABOUT).startswith(b"\xef\xbb\xbf")


def test_csv_holds_rows_in_words_then_what_they_rest_on() -> None:
    lines = read_csv()
    assert lines[0] == ["工单号", "类型", "未结", "金额", "新建时间", "最早日期", "内容"]
    assert lines[1] == ["T1", "投诉", "是", "-12.5", "2026-03-01 09:30:00", "2026-03-01", "'=HYPERLINK(1)"]
    assert lines[2][-1] == '说 "你好", 再见\n第二行'
    assert lines[3] == []
    told = dict(lines[4:])
    assert told["筛选条件"] == ABOUT.sentence
    assert told["新增工单"] == "期间内新建的工单数。"
    assert told["数据截至"] == ABOUT.up_to
    assert ABOUT.notes[0] in told.values()


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1+2", "@SUM(A1)", "\tx", "\r=1", "-2+3+cmd|' /C calc'!A0", "+49 170"])
def test_what_a_spreadsheet_would_run_is_neutralised(cell: str) -> None:
    assert harmless(cell) == "'" + cell


@pytest.mark.parametrize("cell", [-3, -0.5, None, True, "-5", "-5.25", "text", "a=b", "", date(2026, 1, 1)])
def test_numbers_and_plain_text_stay_as_they_are(cell: str | float | date | None) -> None:
    assert harmless(cell) == cell


def test_xlsx_holds_the_same_and_says_what_it_rests_on() -> None:
    book = openpyxl.load_workbook(BytesIO(as_xlsx(TABLE, ABOUT)))
    rows, about = book.worksheets
    assert [cell.value for cell in rows[1]] == ["工单号", "类型", "未结", "金额", "新建时间", "最早日期", "内容"]
    first = [cell.value for cell in rows[2]]
    assert first == ["T1", "投诉", "是", -12.5, datetime(2026, 3, 1, 9, 30), datetime(2026, 3, 1), "=HYPERLINK(1)"]
    assert rows["G2"].data_type == "s"
    assert about.title == "说明"
    assert ABOUT.sentence in [cell.value for cell in about["B"]]
    assert "warehouse-000001" in [cell.value for cell in about["B"]]


def test_a_table_without_rows_still_says_what_it_would_hold() -> None:
    book = openpyxl.load_workbook(BytesIO(as_xlsx(TABLE.slice(0, 0), ABOUT)))
    assert book.worksheets[0]["A1"].value == "工单号"
    assert as_csv(TABLE.slice(0, 0), ABOUT).decode("utf-8-sig").startswith("工单号")


def test_columns_without_any_value_are_left_out_and_groups_are_named_in_one_language() -> None:
    table = pa.table(
        {
            "text": ["a", "b"],
            "groups_en": ["Price · Stock", None],
            "groups_zh": ["价格 · 现货", None],
            "product": pa.nulls(2, pa.string()),
        }
    )
    lines = list(csv.reader(StringIO(as_csv(table, ABOUT).decode("utf-8-sig"), newline="")))
    assert lines[:3] == [["内容", "所属分组"], ["a", "价格 · 现货"], ["b", "其他"]]
    nobody = table.slice(1).append_column("total", pa.array([1]))
    assert as_csv(nobody, ABOUT).decode("utf-8-sig").splitlines()[:2] == ["内容", "b"]
