from django.db import migrations

from core.domain.email_addresses import AS_DELIVERED
from petitions.signing.mailbox import domain_of, key_of, undelivered_key_of


def make_keys(apps, schema_editor):
    """Give the key of the address as it is delivered to what was signed under another spelling of
    it, as far as no other row has it: those keep their key, and their spelling in ``email``, for
    ``manage.py hold_repeated_signatures`` to judge."""
    signature = apps.get_model("petitions", "Signature").objects
    by_mail = signature.exclude(email="").exclude(email__iregex=AS_DELIVERED)
    odd = apps.get_model("accounts", "User").objects.exclude(email__iregex=AS_DELIVERED)
    by_account = signature.filter(user__in=odd.exclude(email=None))
    rows = [
        *by_mail.values_list("pk", "petition", "email", "mailbox", "domain"),
        *by_account.filter(email="").values_list(
            "pk", "petition", "user__email", "mailbox", "domain"
        ),
    ]
    for pk, petition_id, email, mailbox, domain in sorted(rows, key=lambda row: row[0]):
        row, key = signature.filter(pk=pk), key_of(petition_id, email)
        if domain:
            row.update(domain=domain_of(email)[:100])
        if mailbox is None or bytes(mailbox) != undelivered_key_of(petition_id, email):
            continue
        if signature.filter(petition=petition_id, mailbox=key).exists():
            row.update(email=email)
        else:
            row.update(mailbox=key)
    pending = apps.get_model("petitions", "Pending").objects
    waiting = pending.exclude(email__iregex=AS_DELIVERED)
    for pk, petition_id, email in waiting.values_list("pk", "petition", "email"):
        pending.filter(pk=pk).update(mailbox=key_of(petition_id, email))


class Migration(migrations.Migration):
    dependencies = [("petitions", "0010_poll"), ("accounts", "0011_delivered_email")]
    # There the e-mails of accounts lose the spellings that are looked for here.
    run_before = [("accounts", "0012_spell_emails_as_delivered")]

    operations = [migrations.RunPython(make_keys, migrations.RunPython.noop)]
