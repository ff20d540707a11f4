from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("appeals", "0005_refusals_fees_and_outgoing_numbers")]

    operations = [
        migrations.AddField(
            model_name="attachment",
            name="left_out",
            field=models.CharField(
                blank=True, db_default="", default="", editable=False, max_length=20
            ),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.CheckConstraint(
                condition=models.Q(("left_out", ""), models.Q(("answer", None), ("size", 0)), _connector="OR"),
                name="appeal_attachment_left_out_is_empty",
            ),
        ),
    ]
