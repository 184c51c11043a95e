"""A file that is not a register: one sentence with what, where and the way on.

The sentence is English here; a page says it in its reader's language, with the same facts in it.
"""

from __future__ import annotations


def to_be_translated(sentence: str) -> str:
    """The sentence itself: called `_` where it is used, so that it is found and translated."""
    return sentence


class UnreadableRegister(Exception):
    """The file cannot be read as a register."""

    def __init__(self, sentence: str, **facts: object) -> None:
        super().__init__(sentence, facts)
        self.sentence = sentence
        self.facts = facts

    def __str__(self) -> str:
        return self.sentence % self.facts
