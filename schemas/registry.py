"""All contracts, in the order in which the tables refer to each other."""

from schemas.contract import Contract
from schemas.tables import Agents, Customers, Events, Interactions, Orders, Pauses, Surveys, Tickets

CONTRACTS: dict[str, Contract] = {
    name: Contract(name, model)
    for name, model in {
        "customers": Customers,
        "agents": Agents,
        "tickets": Tickets,
        "pauses": Pauses,
        "events": Events,
        "orders": Orders,
        "surveys": Surveys,
        "interactions": Interactions,
    }.items()
}
