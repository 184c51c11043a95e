"""The order stays as the rule gave it, whatever changes afterwards."""

from typing import Any

from django.db import migrations, models


def keep_as_it_stands(apps: Any, _editor: Any) -> None:
    """What was given before: the best that is known is how it stands now."""
    place = apps.get_model("openhouse", "Place")
    for rule in apps.get_model("openhouse", "PlaceRule").objects.exclude(given_at=None):
        rule.places, rule.closed_on = rule.openhouse.places, rule.openhouse.closes_on
        rule.save()
        place.objects.filter(openhouse=rule.openhouse, wants_since__lte=rule.given_at).update(
            first_position=models.F("position")
        )


class Migration(migrations.Migration):
    dependencies = [("openhouse", "0009_hands")]

    operations = [
        migrations.AddField(
            model_name="place",
            name="first_position",
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="placerule",
            name="closed_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="placerule",
            name="places",
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.RunPython(keep_as_it_stands, migrations.RunPython.noop),
    ]
