from django.db import migrations, models
from django.db.models.functions import Now


class Migration(migrations.Migration):
    dependencies = [("appeals", "0030_published")]

    operations = [
        migrations.CreateModel(
            name="FiguresEdition",
            fields=[
                ("first", models.DateField(primary_key=True, serialize=False)),
                ("tables", models.JSONField()),
                ("made_at", models.DateTimeField(db_default=Now())),
            ],
        ),
    ]
