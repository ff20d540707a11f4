from django.db import migrations

from petitions.defence.mailboxes import give_present_keys


def make_keys(apps, schema_editor):
    """Give the key of the present rules of providers to what was signed under the former ones, as
    far as no other row has it: ``manage.py hold_repeated_signatures`` judges the others."""
    models = [apps.get_model("petitions", name) for name in ("Petition", "Signature", "Pending")]
    give_present_keys(*(model.objects for model in models))


class Migration(migrations.Migration):
    dependencies = [("petitions", "0025_uncertain_mailboxes")]

    operations = [migrations.RunPython(make_keys, migrations.RunPython.noop)]
