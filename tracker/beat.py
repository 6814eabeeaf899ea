"""The table of periodic tasks. `run_periodic` does the same without a beat.

Each finds its work in the database, so a run that was missed is made up for by the next one.
"""

from celery.schedules import crontab

BEAT_SCHEDULE = {
    "seen": {
        "task": "tracker.tasks.seen",  # that beat and worker are there (tracker/pulse.py)
        "schedule": crontab(),
        "options": {"expires": 60},
    },
    "extraction": {
        "task": "commitments.tasks.extract_pending",
        "schedule": crontab(minute="*/10"),
        "options": {"expires": 10 * 60},
    },
    "parliament": {
        "task": "transcripts.tasks.sync_parliament",  # does nothing unless PARLIAMENT_SYNC=1
        "schedule": crontab(hour="3", minute="20"),
        "options": {"expires": 12 * 3600},
    },
    "watch": {
        "task": "commitments.tasks.note_overdue",
        "schedule": crontab(hour="6", minute="0"),
        "options": {"expires": 12 * 3600},
    },
    "legislature": {
        "task": "commitments.tasks.lapse_ended",  # finds something only around the end of a legislature
        "schedule": crontab(hour="6", minute="10"),
        "options": {"expires": 12 * 3600},
    },
    "feed": {
        "task": "commitments.tasks.number_changes",  # so that the moment that is told of a change is near it
        "schedule": crontab(minute="*/5"),
        "options": {"expires": 5 * 60},
    },
    "cleaning": {
        "task": "commitments.tasks.clean_digests",
        "schedule": crontab(hour="4", minute="40"),
        "options": {"expires": 12 * 3600},
    },
    "digest": {
        "task": "commitments.tasks.send_digests",
        # Each subscriber's own hour; all other runs are for what was put off, when its time has come.
        "schedule": crontab(minute="*/5"),
        "options": {"expires": 5 * 60},
    },
    "webhooks": {
        "task": "commitments.tasks.deliver_events",  # also queued when an event is written
        "schedule": crontab(),
        "options": {"expires": 60},
    },
}
