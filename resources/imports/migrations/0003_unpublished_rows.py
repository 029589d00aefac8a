from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("resources_imports", "0002_mappings_of_each_user"),
    ]

    operations = [
        migrations.AlterField(
            model_name="runrow",
            name="status",
            field=models.CharField(
                choices=[
                    ("new", "New"),
                    ("change", "Brings a page up to date"),
                    ("gone", "Deleted at its source"),
                    ("bad", "Can’t go in"),
                    ("created", "Made"),
                    ("updated", "Brought up to date"),
                    ("unchanged", "Unchanged"),
                    ("withdrawn", "Unpublished"),
                    ("failed", "Left out"),
                    ("undone", "Undone"),
                    ("kept", "Not undone"),
                ],
                max_length=9,
            ),
        ),
    ]
