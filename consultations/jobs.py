"""Scheduled jobs of consultations."""

from __future__ import annotations

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from consultations.carrying import actions as carrying
from consultations.evidence import former_voices
from consultations.evidence import making as evidence
from consultations.evidence.actions import renew_missing
from consultations.evidence.notices import count_notices as count_sent
from consultations.life import actions
from consultations.outages import actions as outages
from consultations.outages import beats
from consultations.register.numbering import number_remarks as give_numbers
from consultations.repeats import actions as repeats
from consultations.reports import files
from consultations.waiting import actions as waiting


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="tell_what_passed")
def tell_what_passed(timestamp: int) -> None:
    """Extend what outages ask for, then announce openings and closings; ``timestamp`` is the
    minute it was scheduled for."""
    is_away = beats.is_away()
    outages.extend_for_outages()
    actions.tell_what_passed(closings=not is_away)


@app.task
def join_confirmed(organisation_id: int) -> None:
    """Publish what waited for an organisation that is confirmed now."""
    waiting.join_confirmed(organisation_id)


@app.task(retry=RetryStrategy(max_attempts=4, linear_wait=30))
def make_report_files(edition_id: int) -> None:
    """Make the DOCX and the PDF of a published report."""
    files.make_files(edition_id)


@app.task(retry=RetryStrategy(max_attempts=4, linear_wait=30))
def record_former_voices(user_id: int) -> None:
    """Record anew what somebody said while they changed their name."""
    former_voices.record_former_voices(user_id)


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="join_whatever_waits")
def join_whatever_waits(timestamp: int) -> None:
    """Publish what could not join at once: its author was suspended, the job was lost."""
    waiting.join_confirmed()


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="number_remarks")
def number_remarks(timestamp: int) -> None:
    """Give remarks that have come their numbers in the register."""
    give_numbers()


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="fold_repeats")
def fold_repeats(timestamp: int) -> None:
    """Fold remarks whose words are nearly the same as an earlier one's."""
    repeats.fold_repeats()


@app.task
def carry_remarks(carrying_id: int) -> None:
    """Carry a consultation's remarks to the version that was published."""
    carrying.carry(carrying_id)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="carry_late_remarks")
def carry_late_remarks(timestamp: int) -> None:
    """Carry what was said of an earlier version meanwhile, and what a stopped worker has left."""
    carrying.carry_late()


@app.task(retry=RetryStrategy(max_attempts=3, linear_wait=60))
def make_evidence_bundle(bundle_id: int) -> None:
    """Make a bundle of evidence."""
    evidence.make_bundle(bundle_id)


@app.task(retry=RetryStrategy(max_attempts=6, linear_wait=60))
def make_public_evidence(consultation_id: int) -> None:
    """Make the bundle of evidence that everybody downloads."""
    evidence.make_public_bundle(consultation_id)


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="renew_public_evidence")
def renew_public_evidence(timestamp: int) -> None:
    """Have public bundles made that are missing."""
    renew_missing()


@app.periodic(cron="13 * * * *")
@app.task(queueing_lock="count_notices")
def count_notices(timestamp: int) -> None:
    """Enter into the record how many mails went out in the hours before."""
    count_sent()


@app.periodic(cron="37 * * * *")
@app.task(queueing_lock="sweep_evidence")
def sweep_evidence(timestamp: int) -> None:
    """Delete files of bundles whose period is over."""
    evidence.sweep()
