"""What a policy says in vain is said after the load."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from tests.warehouse.clock_files import use_policy
from warehouse.derive.care_policy import create_care_policy
from warehouse.derive.churn_policy import create_churn_rules
from warehouse.derive.lifecycle_policy import read_lifecycle_policy
from warehouse.load import load
from warehouse.settings import POLICY as POLICIES

Write = Callable[[str, str], Path]
CALENDARS = """default = "office"
[teams]
"Night owls" = "office"
[calendars.office]
hours = { mon-fri = ["09:00-12:00", "13:00-18:00"] }
"""
POLICY = """near_miss = 0.8
reopened = "resume"
[[versions]]
from = 2025-06-03
[[versions.rules]]
name = "talk"
channel = ["live chat"]
clock = "24x7"
response = { minutes = 1 }
[[versions.rules]]
name = "request"
kind = ["request"]
clock = "business"
resolution = { working_days = 1 }
"""
TICKETS = """ticket_id,kind,channel,team,opened_at,first_response_at,resolved_at
t1,request,chat,Desk,2025-06-02 10:00:00,2025-06-02 10:30:00,2025-06-04 10:00:00
t2,request,email,Desk,2025-06-03 10:00:00,2025-06-03 10:30:00,2025-06-04 10:00:00
"""


def test_rules_values_and_days_that_no_ticket_has(
    folder: Path, write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_policy(monkeypatch, tmp_path, CALENDARS, POLICY)
    assert load([write("tickets.csv", TICKETS)]).remarks == (
        "sla.toml channel: no ticket has “live chat”; there are: chat, email.",
        "calendars.toml teams: no ticket has “Night owls”; there are: Desk.",
        "sla.toml: no version is for tickets opened before 2025-06-03; 1 have no target.",
        "sla.toml version 2025-06-03, rule “talk”: judges none of the tickets opened in its time.",
    )


def test_a_source_that_judges_itself_needs_no_rules(
    folder: Path, write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_policy(monkeypatch, tmp_path, CALENDARS, POLICY)
    judged = TICKETS.replace("ticket_id,", "judged_by,ticket_id,").replace("\nt", "\nsource,t")
    assert load([write("tickets.csv", judged)]).remarks == ()


ORDERS = "order_id,customer_id,ordered_at,amount\no1,c1,2025-06-02 10:00:00,5\n"
CONTACTS = "interaction_id,customer_id,happened_at,channel,direction,kind\n" + "".join(
    f"i{n},c1,2025-06-02 1{n}:00:00,chat,inbound,{kind}\n"
    for n, kind in enumerate(("enquiry", "login", "marketing", ""))
)
"""The kinds that the delivered policies name, but for recommendations, as the sample has them; one without."""
CHANGED = {
    "churn": [('["enquiry"]', '["enquiry", "question"]'), ('["login"]', '["visit"]')],
    "lifecycle": [
        ('["referral", "share"]', '["referral", "word of mouth"]'),
        ("times = 3.0\nfloor_days = 90", "times = 1.5\nfloor_days = 30"),
    ],
    "care": [('["marketing"]', '["marketing", "newsletter"]')],
}
KINDS = "enquiry, login, marketing"
LOST = "of churn.toml signals.silence; customers can count as lost before that sign fires."


def use_changed(patch: pytest.MonkeyPatch, write: Write, *more: tuple[str, str]) -> None:
    """Let the next load read the delivered policies with the changes, and more of them to the churn policy."""
    paths = {}
    for name, changes in (CHANGED | {"churn": [*CHANGED["churn"], *more]}).items():
        text = (POLICIES / f"{name}.toml").read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        paths[name] = write(f"{name}.toml", text)
    patch.setattr("warehouse.derive.build.create_churn_rules", partial(create_churn_rules, path=paths["churn"]))
    patch.setattr("warehouse.derive.build.create_care_policy", partial(create_care_policy, path=paths["care"]))
    read = partial(read_lifecycle_policy, path=paths["lifecycle"])
    patch.setattr("warehouse.derive.lifecycle_policy.read_lifecycle_policy", read)


def test_kinds_that_no_contact_has_and_a_limit_below_the_early_sign(
    folder: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_changed(monkeypatch, write)
    assert load([write("orders.csv", ORDERS), write("interactions.csv", CONTACTS)]).remarks == (
        f"churn.toml signals.fewer_consultations kinds: no contact has “question”; there are: {KINDS}.",
        f"churn.toml signals.fewer_logins kinds: no contact has “visit”; there are: {KINDS}.",
        f"lifecycle.toml advocate kinds: no contact has “word of mouth”; there are: {KINDS}.",
        f"care.toml impersonal: no contact has “newsletter”; there are: {KINDS}.",
        f"lifecycle.toml churned times: 1.5 is not above the 2 {LOST}",
        f"lifecycle.toml churned floor_days: 30 is not above the 30 {LOST}",
    )


def test_signals_without_weight_are_asked_for_nothing(
    folder: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    weights = ("weight = 20", "weight = 0"), ("weight = 10", "weight = 0"), ("weight = 5", "weight = 55")
    use_changed(monkeypatch, write, *weights)
    told = load([write("orders.csv", ORDERS), write("interactions.csv", CONTACTS)]).remarks
    assert [line.split(":")[0] for line in told] == ["lifecycle.toml advocate kinds", "care.toml impersonal"]


def test_data_that_cannot_say_is_no_reason_for_a_remark(
    folder: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_changed(monkeypatch, write)
    plain = CONTACTS.replace("enquiry", "").replace("login", "").replace("marketing", "")
    assert load([write("interactions.csv", plain)]).remarks == ()


def test_the_delivered_policies_say_nothing_in_vain(folder: Path, write: Write) -> None:
    assert load([write("orders.csv", ORDERS), write("interactions.csv", CONTACTS)]).remarks == ()
