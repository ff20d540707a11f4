import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """An index in the order of a consultation's page, in the place of one without an order."""

    dependencies = [
        ("consultations", "0005_poll"),
        ("discussions", "0004_keep_corrected_replies"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="remark",
            index=models.Index(fields=["consultation", "-comment"], name="remark_newest"),
        ),
        migrations.AlterField(
            model_name="remark",
            name="consultation",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="remarks",
                to="consultations.consultation",
            ),
        ),
    ]
