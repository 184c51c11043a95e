"""An idea gets its number on the wall; a ballot keeps what was on it; who has voted gets a random key."""

import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("circles", "0001_initial"), ("ideas", "0001_initial")]

    operations = [
        migrations.AlterField("idea", "number", models.PositiveSmallIntegerField(blank=True, null=True)),
        migrations.AddConstraint(
            "idea",
            models.CheckConstraint(
                condition=models.Q(("number__isnull", False), ("is_from_organiser", True), _connector="OR"),
                name="only_organisers_ideas_wait",
            ),
        ),
        migrations.AddConstraint(
            "idea",
            models.CheckConstraint(
                condition=models.Q(("text", ""), ("drawing", ""), _negated=True), name="idea_in_words_or_drawn"
            ),
        ),
        migrations.AddField("dotvote", "proposals", models.ManyToManyField(related_name="votes", to="ideas.proposal")),
        # A key cannot change its kind in PostgreSQL; the table is made anew.
        migrations.DeleteModel("DotsGiven"),
        migrations.CreateModel(
            name="DotsGiven",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="dots_given",
                        to="circles.membership",
                    ),
                ),
                (
                    "vote",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="given", to="ideas.dotvote"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("vote", "membership"), name="dots_given_once")],
            },
        ),
    ]
