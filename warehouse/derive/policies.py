"""Every policy file, read and checked in one place before a load begins, so that a wrong one stops it at once."""

from collections.abc import Callable, Mapping
from pathlib import Path

from warehouse.derive.calendars import Calendars, read_calendars
from warehouse.derive.care_policy import read_care_policy
from warehouse.derive.causes.policy import read_cause_policy
from warehouse.derive.churn_policy import read_churn_policy
from warehouse.derive.demand_policy import read_unhappy_from
from warehouse.derive.feeds.policy import read_feed_policy
from warehouse.derive.handling_policy import read_handling_policy
from warehouse.derive.lifecycle_policy import read_health_policy, read_lifecycle_policy
from warehouse.derive.moods.policy import read_mood_policy
from warehouse.derive.outreach_policy import read_action_policy, read_outreach_policy
from warehouse.derive.policy import Policy, read_policy
from warehouse.derive.rising_policy import read_rising_policy
from warehouse.derive.tier_policy import read_tier_policy
from warehouse.derive.value.policy import read_value_policy
from warehouse.derive.vocabulary import word_policy
from warehouse.privacy import pattern
from warehouse.settings import POLICY, settings


def check_policies(folder: Path = POLICY) -> None:
    """Read every policy file in ``folder``, those that only a screen reads, too. Raises LoadError for the first wrong:
    file, key, what is wrong and what to write."""
    for file, read in READERS.items():
        read(folder / file)


def _calendars(path: Path) -> Calendars:
    return read_calendars(settings(path.with_name("settings.toml")), path)


def _service_levels(path: Path) -> Policy:
    return read_policy(path, _calendars(path.with_name("calendars.toml")).calendars)


READERS: Mapping[str, Callable[[Path], object]] = {
    "settings.toml": settings,
    "calendars.toml": _calendars,
    "sla.toml": _service_levels,
    "handling.toml": read_handling_policy,
    "tiers.toml": read_tier_policy,
    "lifecycle.toml": read_lifecycle_policy,
    "health.toml": read_health_policy,
    "value.toml": read_value_policy,
    "churn.toml": read_churn_policy,
    "care.toml": read_care_policy,
    "outreach.toml": read_outreach_policy,
    "privacy.toml": pattern,
    "words.toml": word_policy,
    "causes.toml": read_cause_policy,
    "rising.toml": read_rising_policy,
    "demand.toml": read_unhappy_from,
    "moods.toml": read_mood_policy,
    "feeds.toml": read_feed_policy,
    "actions.toml": read_action_policy,
}
"""Policy file -> what reads it and raises LoadError."""
