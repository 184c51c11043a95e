from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0002_seed_of_a_link'),
    ]

    operations = [
        migrations.AlterField(
            model_name='role',
            name='kind',
            field=models.CharField(choices=[('coordinator', 'Coordinator'), ('leader', 'Circle leader'), ('reception', 'Reception'), ('moderator', 'Moderator'), ('researcher', 'Researcher'), ('interpreter', 'Interpreter'), ('associations', 'Association officer')], max_length=20),
        ),
    ]
