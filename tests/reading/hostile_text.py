"""Hostile delimited text."""

from tests.reading.hostile_base import HEADER, Hostile, row, text
from warehouse.reading import Format

CHINESE = ("客服态度很好，问题解决得很快", "送货太慢了，等了三天", "非常满意，谢谢")
FRENCH = ("Très déçu, délai trop long", "Personnel très agréable", "Bien situé, prix élevés à l'entrée")
TRADITIONAL = ("客服態度很好，問題解決得很快", "送貨太慢了，等了三天", "非常滿意，謝謝")


def _csv(
    name: str,
    content: str | bytes,
    good: int = 0,
    broken: int = 0,
    error: str | None = None,
    fmt: Format | None = None,
    fits: bool = True,
) -> Hostile:
    data = content.encode() if isinstance(content, str) else content
    return Hostile(name, f"surveys_{name}.csv", lambda: data, good, broken, error, fmt or Format(), fits)


def _rows(*comments: str) -> str:
    return text(*(row(i, comment) for i, comment in enumerate(comments, 1)))


def _quoted(*comments: str) -> str:
    return _rows(*('"' + comment.replace('"', '""') + '"' for comment in comments))


_PLAIN = text(*map(row, range(1, 6)))
_OUR = HEADER.split(",")

_SHAPES = (
    _csv("plain", _PLAIN, 5),
    _csv("empty", b"", error="the file is empty"),
    _csv("only_a_mark", b"\xef\xbb\xbf", error="only blank lines"),
    _csv("only_blank_lines", b"\n\r\n\n\n", error="only blank lines"),
    _csv("header_only", HEADER + "\n"),
    _csv("header_without_line_end", HEADER),
    _csv("no_line_end_at_the_end", _PLAIN.rstrip(), 5),
    _csv("truncated", _PLAIN[:-20], 4, 1),
    _csv("truncated_in_quotes", text(row(1), row(2), row(3, '"all was')), 2, 1),
    _csv("short_row", text(row(1), "2,nps,9", row(3)), 2, 1),
    _csv("long_row", text(row(1), row(2, "well,and,more"), row(3)), 2, 1),
    _csv("trailing_delimiters", text(row(1) + ",", row(2) + ",,", row(3) + ',""', header=HEADER), 3),
    _csv("trailing_delimiters_header_too", text(row(1) + ",", row(2) + ",", header=HEADER + ","), 2),
    _csv("value_beyond_trailing_delimiter", text(row(1) + ",,late", row(2)), 1, 1),
    _csv("blank_lines_between", text(row(1), "", "", row(2), ""), 2),
    _csv("blank_line_first", "\n\n" + text(row(1), row(2)), 2),
    _csv("blank_lines_at_the_end", text(row(1), row(2), "", "", ""), 2),
    _csv("row_of_blanks", text(row(1), "   ", row(2)), 2, 1),
    _csv("row_of_delimiters", text(row(1), ",,,,", row(2)), 3),
    _csv("single_column", "survey_id\n1\n\n2\n", 2, fits=False),
    _csv("old_end_of_file_mark", text(row(1), row(2)) + "\x1a", 2, 1),
    _csv("file_name_with_pattern", _PLAIN, 5),
)

_QUOTES = (
    _csv("quoted_line_ends", _quoted("one\ntwo", "three\r\nfour\n", "\n"), 3),
    _csv("quoted_blank_lines", _quoted("one\n\ntwo", "\n\n\n", 'a "word"\n\n'), 3),
    _csv("quoted_rows", _quoted(f"looks like\n{row(7)}\n{row(8)}\nrows", "fine"), 2),
    _csv("quoted_delimiters", _quoted("a,b,c", ',,,"', '","'), 3),
    _csv("unclosed_quote_at_the_end", text(row(1), row(2), row(3, '"never closed')), 2, 1),
    _csv("unclosed_quote_first", text(row(1, '"never closed'), row(2), row(3)), 2, 1),
    _csv("unclosed_quote_in_the_middle", text(row(1), row(2, '"oops'), row(3, '"fine"'), row(4)), 3, 1),
    _csv("text_after_quote", text(row(1), row(2, '"so" said he'), row(3)), 2, 1),
    _csv("backslash_quotes", text(row(1), row(2, r'"so \"said\" he"'), row(3)), 2, 1),
    _csv("quotes_in_unquoted_text", text(row(1, '5" pipe'), row(2, 'he said "no"'), row(3, 'a""b')), 3),
    _csv("blanks_around_quotes", text(row(1, ' "a, b"'), row(2, '"c, d"  '), row(3)), 3),
    _csv("quoted_empty", text(row(1, '""'), row(2, '""""'), row(3, "")), 3),
    _csv("everything_quoted", _PLAIN.replace(",", '","').replace("\n", '"\n"').join('""')[:-2], 5),
)

_LINE_ENDS = (
    _csv("carriage_returns", text(row(1), row(2), end="\r"), 2),
    _csv("windows_line_ends", text(row(1), row(2), end="\r\n"), 2),
    _csv("mixed_line_ends", text(row(1)) + row(2) + "\r\n" + row(3) + "\r" + row(4) + "\n", 4),
    _csv("stray_carriage_return", text(row(1), row(2, "one\rtwo"), row(3)), 3, 1),
    _csv("unicode_line_separators", _rows("a\u2028b", "c\x85d", "e\x0bf\x0cg"), 3),
)

_DELIMITERS = (
    _csv("semicolons", _PLAIN.replace(",", ";"), 5),
    _csv("tabs", _PLAIN.replace(",", "\t"), 5),
    _csv("pipes", _PLAIN.replace(",", "|"), 5),
    _csv(
        "decimal_commas",
        text("1;csat;4,0;2024-01-01;a, b", "2;csat;3,5;2024-01-02;c", header=HEADER.replace(",", ";")),
        2,
    ),
    _csv(
        "blanks_between",
        text(" 1  nps 9   2024-01-01 ok", "2 nps  8 2024-01-02 ok ", "3 nps", header=" " + HEADER.replace(",", "  ")),
        2,
        1,
        fmt=Format(delimiter="whitespace"),
    ),
    _csv("no_header", "".join(f"{row(i)}\n" for i in (1, 2)), 2, fmt=Format(header=False, columns=tuple(_OUR))),
)

_HEADERS = (
    _csv("duplicate_headers", text(row(1) + ",x", header=HEADER + ",score"), error="“score” more than once"),
    _csv("headers_alike_but_for_case", text(row(1) + ",x", header=HEADER + ",Score"), error="more than once"),
    _csv("blank_headers", text(row(1) + ",x,y", header=HEADER + ",,"), 1),
    _csv("blanks_around_headers", text(row(1), header=" " + HEADER.replace(",", " , ") + " "), 1),
    _csv("quoted_header_with_line_end", text(row(1) + ",x", header=HEADER + ',"two\nlines"'), 1),
    _csv("header_with_sql", text(row(1) + ",x", header=HEADER + ',"\'); DROP TABLE x; --"'), 1),
    _csv("header_misquoted", text(row(1) + ",x", header=HEADER + ',"a"b'), error="the header line cannot be read"),
    _csv("header_with_quotes", text(row(1) + ",x", header=HEADER + """,\"it's a ""name"" {}\""""), 1),
    _csv("very_long_header", text(row(1) + ",x", header=HEADER + "," + "long " * 20_000), 1),
    _csv(
        "very_many_columns",
        text(row(1) + ",x" * 2000, row(2) + ",y" * 1999, header=HEADER + "".join(f",extra_{i}" for i in range(2000))),
        1,
        1,
    ),
)

_ENCODINGS = (
    _csv("utf8_mark", b"\xef\xbb\xbf" + _rows(*CHINESE).encode(), 3),
    _csv("utf8_mark_before_quote", b"\xef\xbb\xbf" + _rows(*CHINESE).replace("survey_id", '"survey_id"').encode(), 3),
    _csv("utf16_le", b"\xff\xfe" + _rows(*CHINESE).encode("utf-16-le"), 3),
    _csv("utf16_be", b"\xfe\xff" + _rows(*CHINESE).encode("utf-16-be"), 3),
    _csv("utf16_le_unmarked", _rows(*CHINESE).encode("utf-16-le"), 3),
    _csv("utf16_be_unmarked", _rows(*CHINESE).encode("utf-16-be"), 3),
    _csv("utf16_cut_off", (b"\xff\xfe" + _rows(*CHINESE).encode("utf-16-le"))[:-3], 2, 1),
    _csv("utf32", _rows(*CHINESE).encode("utf-32"), 3),
    _csv("gb18030", _rows(*CHINESE).encode("gb18030"), 3),
    _csv("big5", _rows(*TRADITIONAL).encode("big5"), 3),
    _csv("latin1", _quoted(*FRENCH).encode("latin-1"), 3),
    _csv("windows_1252", _quoted(*FRENCH, "“Prix” – 10 €").encode("cp1252"), 4),
    _csv(
        "latin1_with_dos_bytes",
        _quoted(*FRENCH, "r\x82pondu").encode("latin-1"),
        4,
        fmt=Format(encoding="latin-1", replace={"\x82": "é"}),
    ),
    _csv("wrong_encoding_told", _quoted(*FRENCH).encode("latin-1"), 0, 3, fmt=Format(encoding="utf-8")),
    _csv("unknown_encoding_told", _PLAIN, error="does not exist", fmt=Format(encoding="utf-9")),
    _csv("invalid_utf8_in_the_middle", _rows(*CHINESE, "caf\udce9", "ok").encode(errors="surrogateescape"), 4, 1),
    _csv(
        "utf8_then_latin1_far_down",
        (_rows(*CHINESE) + 40_000 * (row(4) + "\n")).encode() + b"5,nps,5,2024-01-01,d\xe9\xe7u\n",
        40_003,
        1,
    ),
    _csv("overlong_utf8", _rows(*CHINESE).encode() + row(4).encode() + b"\xc0\x80\n", 3, 1),
    _csv("character_cut_in_two", _rows(*CHINESE).encode() + row(4).encode() + "好".encode()[:2], 3, 1),
    _csv("nul_bytes", _rows("a\0b", "fine", '"c\0"', "fine"), 2, 2),
    _csv("nul_in_header", "survey_id\0" + _PLAIN[9:], error="NUL byte"),
)

_VALUES = (
    _csv("emoji", _rows("👍🏽👨‍👩‍👧‍👦", "🇨🇳 ok", "❤️"), 3),
    _csv("right_to_left", _rows("خدمة ممتازة", "שירות מצוין", "\u202eevil\u202c"), 3),
    _csv(
        "huge_integers",
        text("99999999999999999999999999,nps,9,2024-01-01,a", "2,nps,18446744073709551616,2024-01-01,b"),
        2,
    ),
    _csv(
        "mixed_dates", text("1,nps,9,2024-01-31,a", "2,nps,9,31/01/2024,b", "3,nps,9,01-02-2024,c", "4,nps,9,soon,d"), 4
    ),
    _csv("formulas", text(row(1, "=1+1"), row(2, "@SUM(A1)"), row(3, '"=HYPERLINK(""x"",""y"")"')), 3),
    _csv("missing_marks", text("1,nps,NULL,2024-01-01,N/A", r"2,nps,\N,,nan", "3,nps,9,None,-"), 3),
    _csv("control_characters", _rows("bell \x07", "escape \x1b[31m", "fine"), 3),
    Hostile(
        "ten_megabyte_line", "surveys_ten_megabytes.csv", lambda: _rows("fine", "长" * 3_500_000, "fine").encode(), 3
    ),
    Hostile(
        "twenty_megabyte_line",
        "surveys_twenty_megabytes.csv",
        lambda: _rows("fine", "x" * 20_000_000, "ok").encode(),
        3,
    ),
    Hostile(
        "unclosed_before_many_rows",
        "surveys_unclosed.csv",
        lambda: (text(row(1, '"oops')) + 50_000 * (row(2) + "\n")).encode(),
        50_000,
        1,
    ),
)

TEXTS = (*_SHAPES, *_QUOTES, *_LINE_ENDS, *_DELIMITERS, *_HEADERS, *_ENCODINGS, *_VALUES)
