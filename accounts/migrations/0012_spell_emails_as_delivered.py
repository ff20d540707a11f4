from django.db import migrations
from django.db.models import F


def spell(apps, schema_editor):
    """Spell the e-mail of the account that has the mailbox as mail is delivered, so that it is
    found however it is typed; not where another account is spelled so."""
    user = apps.get_model("accounts", "User")
    address = apps.get_model("account", "EmailAddress")
    odd = user.objects.exclude(delivered_email=None).exclude(delivered_email=F("email"))
    for pk, email, delivered in odd.values_list("pk", "email", "delivered_email"):
        same = address.objects.filter(email=delivered)
        if user.objects.filter(email=delivered).exists() or same.exists():
            continue
        user.objects.filter(pk=pk).update(email=delivered)
        address.objects.filter(user=pk, email=email).update(email=delivered)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0011_delivered_email")]

    operations = [migrations.RunPython(spell, migrations.RunPython.noop)]
