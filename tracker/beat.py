"""The table of periodic tasks. `run_periodic` does the same without a beat.

Each finds its work in the database, so a run that was missed is made up for by the next one.
"""

from celery.schedules import crontab

BEAT_SCHEDULE = {
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
    "digest": {
        "task": "commitments.tasks.send_digests",
        "schedule": crontab(minute="0"),  # sends on Monday at seven; every later hour is for what went wrong then
        "options": {"expires": 3600},
    },
}
