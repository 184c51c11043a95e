"""No, said kindly."""

from __future__ import annotations


class Refused(Exception):
    """Something cannot be done now; the sentence is shown to the person, who loses nothing."""

    def __init__(self, sentence: str, *, status: int = 422) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.status = status
