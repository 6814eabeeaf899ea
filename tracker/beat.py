"""The table of periodic tasks. `run_periodic` does the same without a beat."""

from celery.schedules import crontab

BEAT_SCHEDULE = {
    "watch": {
        "task": "commitments.tasks.note_overdue",
        "schedule": crontab(hour="6", minute="0"),
        "options": {"expires": 12 * 3600},
    },
    "digest": {
        "task": "commitments.tasks.send_digests",
        "schedule": crontab(hour="7", minute="0", day_of_week="mon"),
        "options": {"expires": 12 * 3600},
    },
}
