"""Votes in, groups and the ideas that carry across them out. Start with `bridging_map`."""

from brobygget.engine.opinions.bridging import LeastAgreement, least_agreement
from brobygget.engine.opinions.counts import Counts, count_by_group, group_aware_consensus
from brobygget.engine.opinions.existence import GroupTest, look_for_groups
from brobygget.engine.opinions.groups import Groups, find_groups
from brobygget.engine.opinions.known_groups import KnownGroupTest, compare_known_groups
from brobygget.engine.opinions.map import BridgingMap, Partition, bridging_map
from brobygget.engine.opinions.polis import PolisMap, polis_map
from brobygget.engine.opinions.priorities import next_idea_priorities
from brobygget.engine.opinions.representative import Representative, representative_ideas
from brobygget.engine.opinions.stability import adjusted_rand
from brobygget.engine.opinions.verdicts import VERDICTS, Verdict
from brobygget.engine.opinions.votes import VoteMatrix, vote_matrix, without_ideas

__all__ = [
    "VERDICTS",
    "BridgingMap",
    "Counts",
    "GroupTest",
    "Groups",
    "KnownGroupTest",
    "LeastAgreement",
    "Partition",
    "PolisMap",
    "Representative",
    "Verdict",
    "VoteMatrix",
    "adjusted_rand",
    "bridging_map",
    "compare_known_groups",
    "count_by_group",
    "find_groups",
    "group_aware_consensus",
    "least_agreement",
    "look_for_groups",
    "next_idea_priorities",
    "polis_map",
    "representative_ideas",
    "vote_matrix",
    "without_ideas",
]
