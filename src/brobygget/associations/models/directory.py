"""What a visitor searches in: made from the tables of `associations`, and never more than everybody may read."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy

from brobygget.associations.models.associations import Association


class Directory(models.Model):
    """One house's directory: which version of it this is, and on what terms its open data may be used."""

    class Licence(models.TextChoices):
        CC0 = "cc0", pgettext_lazy("licence", "CC0: free to use")
        CC_BY = "cc-by", pgettext_lazy("licence", "CC BY: free to use, say where it is from")

    house = models.OneToOneField("house.House", on_delete=models.CASCADE, related_name="directory")
    version = models.PositiveIntegerField(default=1)  # another number after each change
    licence = models.CharField(max_length=10, choices=Licence.choices, default=Licence.CC0)
    contact_email = models.EmailField(blank=True)  # public: who answers questions about the open data

    def __str__(self) -> str:
        return f"directory {self.house_id} {self.version}"


class DirectoryEntry(models.Model):
    """An association as the directory shows it. Whether it is shown at all is asked of the association itself."""

    association = models.OneToOneField(Association, on_delete=models.CASCADE, related_name="entry")
    house = models.ForeignKey("house.House", on_delete=models.CASCADE, related_name="entries")
    name_words = models.CharField(max_length=400)  # the words of its name, folded
    interests = models.CharField(max_length=600)  # ids, each between commas
    size = (
        models.PositiveIntegerField()
    )  # how many words the name has: of two that fit, the shorter fits better
    turn = models.PositiveIntegerField()  # its place in the order that nobody chose
    card = models.JSONField()  # what a list shows; see queries/cards.py
    made_at = models.DateTimeField()  # the association's `changed_at` when this was made

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["house", "turn"], name="directory_turn")]

    def __str__(self) -> str:
        return f"entry of {self.association_id}"


class DirectoryWords(models.Model):
    """Every word that leads to an association, folded, with one space between.

    Found through an index of the database: FTS5 on SQLite, an array index on PostgreSQL (migration 0002). On SQLite
    triggers keep the two together, and a change of this table would lose them: put new columns on the entry.
    """

    entry = models.OneToOneField(
        DirectoryEntry, on_delete=models.CASCADE, primary_key=True, related_name="words"
    )
    text = models.TextField()

    def __str__(self) -> str:
        return f"words of {self.entry_id}"


class DirectoryWord(models.Model):
    """A word that occurs, for forgiving how it is spelt. A word that occurs no more does no harm."""

    house = models.ForeignKey("house.House", on_delete=models.CASCADE, related_name="directory_words")
    word = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["house", "word"], name="each_directory_word_once")]

    def __str__(self) -> str:
        return self.word
