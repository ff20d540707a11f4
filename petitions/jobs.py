"""Jobs of petitions: periodic tasks and recounts."""

from __future__ import annotations

from procrastinate.contrib.django import app

from petitions.defence import guarding
from petitions.ledger import actions as ledger
from petitions.ledger import hours
from petitions.life import thresholds as actions
from petitions.signing import counting, retention


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="tell_what_passed_of_petitions")
def tell_what_passed(timestamp: int) -> None:
    """Hand over what closed without enough signatures; ``timestamp``: the minute scheduled."""
    actions.tell_what_passed()


@app.task()
def recount(petition_id: int) -> None:
    """Count the signatures of a petition whose signatures changed their status."""
    counting.recount([petition_id])


# The last of six fields are the seconds.
@app.periodic(cron="* * * * * */5")
@app.task(queueing_lock="recount_petitions", lock="recount_petitions")
def recount_petitions(timestamp: int) -> None:
    """Count what was signed since."""
    counting.recount(counting.to_be_counted())


@app.task(priority=-10)
def forget_traces(petition_id: int) -> None:
    """Empty the networks and domains from which a petition was signed."""
    retention.forget_traces(petition_id)


@app.periodic(cron="29 2 * * *")
@app.task(queueing_lock="forget_old_traces")
def forget_old_traces(timestamp: int) -> None:
    """The same of petitions whose collecting ended without a review."""
    for petition_id in retention.long_closed():
        retention.forget_traces(petition_id)


@app.periodic(cron="44 2 * * *")
@app.task(queueing_lock="forget_old_addresses")
def forget_old_addresses(timestamp: int) -> None:
    """Empty the addresses of who signed by mail where there is nothing more to tell."""
    for petition_id in retention.long_over("signature_addresses"):
        retention.forget_addresses(petition_id)


@app.periodic(cron="59 2 * * *")
@app.task(queueing_lock="forget_old_names")
def forget_old_names(timestamp: int) -> None:
    """Empty the names of who signed by mail where the list of them need not be kept any more."""
    for petition_id in retention.long_over("signature_names"):
        retention.forget_names(petition_id)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="append_ledgers")
def append_ledgers(timestamp: int) -> None:
    """Write the batches of signatures that were put off."""
    ledger.append_late()


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="close_days_of_ledgers")
def close_days_of_ledgers(timestamp: int) -> None:
    """Publish the head of each day, and the line of each hour, that is over."""
    hours.close_hours()


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="watch_guards_of_petitions")
def watch_guards(timestamp: int) -> None:
    """Raise the guard of petitions that are being flooded, lower it when it is calm again."""
    guarding.watch()
