from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("resources", "0005_renditions_by_file"),
    ]

    operations = [
        migrations.AddField(
            model_name="resourcepage",
            name="import_source",
            field=models.CharField(blank=True, default="", editable=False, max_length=255),
        ),
    ]
