from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("resources_intake", "0001_dropped_files"),
    ]

    operations = [
        migrations.AddField(
            model_name="droppedfile",
            name="revision",
            field=models.PositiveBigIntegerField(null=True),
        ),
    ]
