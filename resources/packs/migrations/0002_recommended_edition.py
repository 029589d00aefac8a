from django.db import migrations, models
from django.db.models import Max


def recommend_the_newest(apps, schema_editor):
    """What stood in the gallery until now stays there."""
    Pack = apps.get_model("packs", "Pack")
    packs = Pack.objects.filter(recommended=True).annotate(newest=Max("editions__number"))
    for pk, newest in packs.values_list("pk", "newest"):
        Pack.objects.filter(pk=pk).update(recommended=newest is not None, recommended_number=newest)


class Migration(migrations.Migration):
    dependencies = [("packs", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="pack",
            name="recommended_number",
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.RunPython(recommend_the_newest, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="pack",
            constraint=models.CheckConstraint(
                condition=models.Q(recommended=True, recommended_number__isnull=False)
                | models.Q(recommended=False, recommended_number__isnull=True),
                name="recommended_by_edition",
            ),
        ),
    ]
