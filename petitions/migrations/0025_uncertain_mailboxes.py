from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("petitions", "0018_refused_with_facts")]

    operations = [
        migrations.AddField(
            model_name="signature",
            name="mailbox_uncertain",
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
        migrations.AddIndex(
            model_name="signature",
            index=models.Index(
                condition=models.Q(("mailbox_uncertain", True)),
                fields=["petition", "status"],
                name="signature_uncertain",
            ),
        ),
    ]
