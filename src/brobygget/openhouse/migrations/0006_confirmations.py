import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('openhouse', '0005_appointments'),
    ]

    operations = [
        migrations.AddField(
            model_name='sending',
            name='told_clock',
            field=models.TimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='sending',
            name='told_table',
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='sending',
            name='about',
            field=models.CharField(choices=[('invited', 'Invited'), ('nudged', 'Reminded'), ('place', 'Has a place'), ('waiting', 'On the waiting list'), ('called', 'A place is free'), ('passed', 'The time to answer has passed'), ('called-off', 'Called off'), ('reminder', 'When to come and to which table')], max_length=10),
        ),
        migrations.CreateModel(
            name='Briefing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ask', models.CharField(blank=True, max_length=120)),
                ('note', models.TextField(blank=True)),
                ('openhouse', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='briefing', to='openhouse.openhouse')),
            ],
        ),
    ]
