"""What can be done with ideas; nothing else writes there."""

from brobygget.house.commands.refused import Refused
from brobygget.ideas.commands.consent import (
    answer_concern,
    close_consent,
    give_concern,
    open_consent,
    remove_concern,
)
from brobygget.ideas.commands.dots import close_dot_vote, give_dots, open_dot_vote
from brobygget.ideas.commands.fates import decide_fate
from brobygget.ideas.commands.giving import give_idea, hide_idea, open_organisers_ideas, show_idea_again
from brobygget.ideas.commands.grouping import (
    group_ideas,
    make_rest_proposals,
    restore_grouping,
    retitle_proposal,
    take_apart,
    take_out,
)
from brobygget.ideas.commands.translating import check_translation, translate_idea

__all__ = [
    "Refused",
    "answer_concern",
    "check_translation",
    "close_consent",
    "close_dot_vote",
    "decide_fate",
    "give_concern",
    "give_dots",
    "give_idea",
    "group_ideas",
    "hide_idea",
    "make_rest_proposals",
    "open_consent",
    "open_dot_vote",
    "open_organisers_ideas",
    "remove_concern",
    "restore_grouping",
    "retitle_proposal",
    "show_idea_again",
    "take_apart",
    "take_out",
    "translate_idea",
]
