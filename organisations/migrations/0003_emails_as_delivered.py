from django.core.exceptions import ValidationError
from django.db import migrations
from django.db.models import Q

from core.domain.email_addresses import AS_DELIVERED, to_delivered


def spell(apps, schema_editor):
    """Spell the addresses of invitations as mail is delivered to them, where nothing stands there
    already: they are compared with the e-mails of accounts."""
    invitations = apps.get_model("organisations", "Invitation").objects
    for row in invitations.exclude(email__regex=AS_DELIVERED):
        try:
            delivered = to_delivered(row.email).lower()
        except ValidationError:
            continue
        is_open = Q(accepted_at=None, withdrawn_at=None)
        same = invitations.filter(is_open, organisation=row.organisation_id, email=delivered)
        if not same.exists():
            invitations.filter(pk=row.pk).update(email=delivered)


class Migration(migrations.Migration):
    dependencies = [("organisations", "0002_letters")]

    operations = [migrations.RunPython(spell, migrations.RunPython.noop)]
