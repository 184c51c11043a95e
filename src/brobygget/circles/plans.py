"""How long things take when people take their time: the plan that a new meeting begins with."""

from __future__ import annotations

from dataclasses import dataclass

SPEAKING = 4  # minutes for each person in a presentation round
INTERPRETING = 4  # and as much again, because every word is said twice
WELCOME, CUSTOMS, HOMEWORK, NEXT, VOTE = 10, 10, 10, 10, 35
ANSWER = 4  # minutes for each person to tell what their homework gave
SHORTEST_IDEAS = 15
SHORTEST_STEP, LONGEST_STEP = 1, 240


@dataclass(frozen=True)
class PlannedStep:
    """A part of an evening that has not begun."""

    kind: str
    minutes: int


def round_minutes(people: int) -> int:
    """A presentation round where nobody is hurried: 64 minutes for eight people."""
    return people * (SPEAKING + INTERPRETING)


def first_evening(*, people: int, minutes: int) -> tuple[PlannedStep, ...]:
    """We get to know each other, and the ideas take what is left: 31 of 135 minutes when we are eight."""
    together = round_minutes(people)
    left = minutes - WELCOME - together - CUSTOMS - HOMEWORK - NEXT
    steps = [PlannedStep("welcome", WELCOME), PlannedStep("round", together)]
    if left + CUSTOMS < SHORTEST_IDEAS:
        pass  # Too short an evening for either: the round is what matters, the rest waits for the next one.
    elif left < SHORTEST_IDEAS:
        steps.append(PlannedStep("ideas", left + CUSTOMS))
    else:
        steps += [PlannedStep("customs", CUSTOMS), PlannedStep("ideas", left)]
    return (*steps, PlannedStep("homework", HOMEWORK), PlannedStep("next", NEXT))


def later_evening(*, people: int, minutes: int) -> tuple[PlannedStep, ...]:
    """The homework opens the meeting; then the ideas grow until we can choose."""
    answers = max(HOMEWORK, people * ANSWER)
    left = minutes - WELCOME - answers - CUSTOMS - VOTE - NEXT
    steps = [PlannedStep("welcome", WELCOME), PlannedStep("homework", answers)]
    if left >= SHORTEST_IDEAS:
        steps.append(PlannedStep("customs", CUSTOMS))
    steps.append(PlannedStep("ideas", max(left, SHORTEST_IDEAS)))
    if left >= 0:
        steps.append(PlannedStep("vote", VOTE))
    return (*steps, PlannedStep("next", NEXT))
