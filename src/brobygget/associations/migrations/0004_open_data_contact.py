from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('associations', '0003_waiting_pairs'),
    ]

    operations = [
        migrations.AddField(
            model_name='directory',
            name='contact_email',
            field=models.EmailField(blank=True, max_length=254),
        ),
    ]
