"""The relations of FollowTheMoney, the schemata of its Interval, which last from one date to another: who is in which.

A sanction, an ownership or a post with a date is what happened; without one it is nothing that a timeline could show.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Relation:
    """What a relation is called, and the roles of those who are in it by the properties that name them."""

    word: str
    roles: Mapping[str, str]


def _of(word: str, *sides: str, **roles: str) -> Relation:
    return Relation(word, {side: side for side in sides} | roles)


RELATIONS: Mapping[str, Relation] = {
    "Sanction": _of("Sanction", "authority", entity="target"),
    "Ownership": _of("Ownership", "owner", "asset"),
    "Directorship": _of("Directorship", "director", organization="organisation"),
    "Membership": _of("Membership", "member", organization="organisation"),
    "Employment": _of("Employment", "employee", "employer"),
    "Representation": _of("Representation", "agent", "client"),
    "Occupancy": _of("Post", "holder", "post"),
    "Family": _of("Family", "person", "relative"),
    "Associate": _of("Associate", "person", "associate"),
    "Succession": _of("Succession", "predecessor", "successor"),
    "Debt": _of("Debt", "debtor", "creditor"),
    "ProjectParticipant": _of("Project", "participant", "project"),
    "UnknownLink": _of("Link", "subject", "object"),
    "Call": _of("Call", "caller", "receiver"),
}
# The authority that imposes a sanction is told in words, not by the id of an entity.
TOLD_IN_WORDS = frozenset({"authority"})
# What is told of a relation in words, the first of which stands in its title.
QUALITIES = ("role", "relationship")
REASONS = ("program", "reason", "provisions")
# When a sanction was made public, which its start may leave out.
LISTED = "listingDate"
