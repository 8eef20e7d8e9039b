"""A wrong service-level policy is one clear error: file, line, rule and key, what is wrong, what to write."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.warehouse.said import is_said
from tests.warehouse.test_sla_policy import GOOD
from warehouse.derive.policy import read_policy
from warehouse.errors import LoadError

ALL = GOOD[GOOD.index("[[versions]]") :]
OLD_RULES = ALL[ALL.index("[[versions.rules]]") : ALL.index("[[versions]]\nfrom = 2025")]
# What becomes of which text of GOOD, and what is said; … stands for anything.
WRONG = [
    ("near_miss = 0.8\n", "", "line 1, near_miss: …not nothing…write for example 0.8."),
    ("0.8", "0", "line 1, near_miss: …above 0 and at most 1, not 0…for example 0.8."),
    ("0.8", "80", "line 1, near_miss: …at most 1, not 80…for example 0.8."),
    ("0.8", "true", "line 1, near_miss: …not true…for example 0.8."),
    ('reopened = "resume"\n', "", "line 1, reopened: …is missing…one of resume, restart."),
    ('"resume"', '"restrat"', "line 2, reopened: …no “restrat”…did you mean “restart”?"),
    ('"resume"', "true", "line 2, reopened: …a text, not true…one of resume, restart."),
    ("near_miss", "near_mis", "line 1: …unknown key “near_mis”…did you mean “near_miss”?"),
    ("until", "untill", "line 5, version: …unknown key “untill”…mean “until”?"),
    ("from = 2025-01-01\n", "", "line 12, version from: …is missing…such as from = 2000-01-01."),
    ("2024-01-01", '"2024-01-01"', "line 4, version from: …a day, not “2024…without quotes…"),
    ("2024-12-31", "2024-12-31T00:00:00", "line 5, version until: …must be a day…such as 2026-01-31."),
    ("2024-12-31", "2023-12-31", "line 5, version until: …before the first day, 2024-01-01…later day…"),
    ("2024-12-31", "2025-03-01",
     "line 13, version 2025-01-01 from: …overlaps version 2024-01-01 in line 3, which applies until 2025-03-01…"
     "begin on 2025-03-02, or let the other end on 2024-12-31."),
    ("2024-12-31", "2024-12-30",
     "line 13, version 2025-01-01 from: …leaves a gap after version 2024-01-01 in line 3, …until 2024-12-30…"
     "begin on 2024-12-31, or let the other end on 2024-12-31."),
    ("from = 2025-01-01", "from = 2024-01-01",
     "line 13, version 2024-01-01 from: …overlaps the version in line 3, which begins on that day too…"
     "write another day."),
    (ALL, "", "line 1, versions: …there is none…[[versions]] and from = 2000-01-01."),
    (ALL, "versions = 3", "line 3, versions: …a list, not 3…[[versions]]…"),
    (ALL, "versions = [3]", "line 3, version: …must be a table…not 3…[[versions]]…"),
    (OLD_RULES, "",
     "line 3, version 2024-01-01 rules: …there are none…begin each rule with a line [[versions.rules]]."),
    (ALL, "[[rules]]\nresponse = { hours = 1 }\n",
     "line 3, rules: …belong to a version…"
     "write [[versions]] and from = 2000-01-01 before them, and [[versions.rules]]."),
    ('name = "core"\n', "", 'line 14, rule 1 name: …is missing…write for example name = "complaint".'),
    ('name = "core"', "name = 7", 'line 15, rule 1 name: …a text, not 7…name = "complaint".'),
    ('name = "core"', 'name = " "', 'line 15, rule “ ” name: …must be a text…name = "complaint".'),
    ('name = "all"', 'name = "core"', "line 21, rule “core”: …the rule in line 14…each rule of a version its own."),
    ("resolution", "resolutoin", "line 11, rule “complaint”: …unknown key “resolutoin”…mean “resolution”?"),
    ("resolution", "x", "line 11, rule “complaint”: …unknown key “x”…write one of name, kind…"),
    ('["complaint"]', '["problem", "complain"]', "line 8, rule “complaint” kind: …no “complain”…mean “complaint”?"),
    ('kind = ["complaint"]', 'priority = ["p1"]', "line 8, rule “complaint” priority: …no “p1”…one of urgent, high…"),
    ('"growth"', '"gold"', "line 16, rule “core” tier: …no “gold”…one of core, growth, dormant, standard."),
    ('["complaint"]', '"complaint"', 'line 8, rule “complaint” kind: …a list, not “complaint”…["complaint"].'),
    ('["complaint"]', "[1]", "line 8, rule “complaint” kind: …a text, not 1…one of complaint, problem…"),
    ('kind = ["complaint"]', "channel = []",
     "line 8, rule “complaint” channel: …empty, so no ticket fits…leave it out…"),
    ('kind = ["complaint"]', 'channel = [""]', 'line 8, rule “complaint” channel: …a text…example "chat".'),
    ("vip = true", 'vip = "yes"', "line 17, rule “core” vip: …true or false, not “yes”…leave it out…"),
    ("vip = true", "vip = 1", "line 17, rule “core” vip: …true or false, not 1…leave it out…"),
    ('clock = "night"\n', "", "line 14, rule “core” clock: …is missing…write one of 24x7, business, night."),
    ('"night"', '"nigth"', "line 18, rule “core” clock: …no “nigth”…did you mean “night”?"),
    ("minutes", "minute", "line 10, rule “complaint” response: …unknown key “minute”…mean “minutes”?"),
    ("working_days", "workdays", "line 19, rule “core” feedback: …unknown key “workdays”…mean “working_days”?"),
    ("minutes = 30", "minutes = 30, hours = 1", "line 10, rule “complaint” response: …exactly one of…{ hours = 24 }."),
    ("{ minutes = 30 }", "{ }", "line 10, rule “complaint” response: …exactly one of seconds, minutes…{ hours = 24 }."),
    ("{ minutes = 30 }", "30", "line 10, rule “complaint” response: …must be a table…for example { hours = 24 }."),
    ("= 30", "= 0", "line 10, rule “complaint” response minutes: …above 0…write { minutes = 10 }."),
    ("= 30", "= -30", "line 10, rule “complaint” response minutes: …not -30…write { minutes = 10 }."),
    ("= 30", "= true", "line 10, rule “complaint” response minutes: …not true…write { minutes = 10 }."),
    ("= 30", '= "30"', "line 10, rule “complaint” response minutes: …not “30”…write { minutes = 10 }."),
    ("= 30", "= inf", "line 10, rule “complaint” response minutes: …within ten years…write { minutes = 10 }."),
    ("= 30", "= nan", "line 10, rule “complaint” response minutes: …not nan…write { minutes = 10 }."),
    ("hours = 1.5", "hours = 87673", "line 11, rule “complaint” resolution hours: …ten years…write { hours = 10 }."),
    ("= 0.5", "= 3654", "line 19, rule “core” feedback working_days: …ten years…write { working_days = 10 }."),
    ("= 90", "= 0.3", "line 23, rule “all” response seconds: …comes to 0.3 seconds…{ seconds = 1 }."),
    ("= 1.5", "= 0.3333", "line 11, rule “complaint” resolution hours: …1199.88 seconds…{ seconds = 1200 }."),
    ('clock = "night"', 'clock = "24x7"',
     "line 19, rule “core” feedback working_days: …the clock 24x7 has no working days…"
     'write hours, or give the rule clock = "business".'),
    ('tier = ["core", "growth"]\nvip = true\n', "",
     "line 18, rule “all”: …overlaps rule “core” in line 14, both fit every ticket…let it name one condition more."),
    ('name = "all"\n', 'name = "all"\ntier = ["dormant", "growth"]\nvip = true\n',
     "line 20, rule “all”: …overlaps rule “core” in line 14, both fit a ticket with tier growth, vip true…"
     "narrow one of them…"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "told"), WRONG, ids=[told for _, _, told in WRONG])
def test_a_wrong_policy_is_one_clear_error(old: str, new: str, told: str, write: Callable[[str, str], Path]) -> None:
    assert old in GOOD
    with pytest.raises(LoadError) as caught:
        read_policy(write("sla.toml", GOOD.replace(old, new, 1)), clocks=["night"])
    assert is_said(f"sla.toml {told}", str(caught.value))


def test_no_toml_is_said_with_its_line(write: Callable[[str, str], Path]) -> None:
    with pytest.raises(LoadError, match=r"sla\.toml: not valid TOML: .*line 16"):
        read_policy(write("sla.toml", GOOD.replace("tier =", "tier")), clocks=["night"])


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match=r"sla\.toml: there is no such file in "):
        read_policy(tmp_path / "sla.toml")
