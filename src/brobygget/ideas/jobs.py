"""The maps of the town's votes, made beside the pages: no page waits for one."""

from __future__ import annotations

from brobygget.ideas.queries.town_ideas import due_votes


def refresh_bridging_maps() -> int:
    """Make anew every map with answers that came after it; how many were made.

    Can be stopped at any moment and begun again: a map is stored in one piece, together with the number of the last
    answer that it knows.
    """
    due = list(due_votes())
    if not due:
        return 0
    # Not before: a worker that has nothing to do needs no mathematics.
    from brobygget.ideas.commands.mapping import refresh_bridging_map

    for vote in due:
        refresh_bridging_map(vote)
    return len(due)
