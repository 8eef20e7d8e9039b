"""What complaints are about: causes by the policy, and topics of what no rule covers."""

from warehouse.derive.causes.assign import assign_causes, create_cause_rules
from warehouse.derive.causes.policy import read_cause_policy
from warehouse.derive.causes.topics import create_topics

__all__ = ["assign_causes", "create_cause_rules", "create_topics", "read_cause_policy"]
