"""Wiring only: settings, urls, Celery, health and system checks."""

from tracker.celery import app as celery_app

__all__ = ["celery_app"]
