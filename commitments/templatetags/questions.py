"""Days and numbers in the Dutch of a drafted question, whatever language the page is in."""

from datetime import date

from django import template

register = template.Library()
MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip


@register.filter
def on_day(day: date) -> str:
    """One day as parliament writes it: 3 maart 2026."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


@register.filter
def dagen(count: int) -> str:
    """A number of days: 1 dag, 12 dagen."""
    return f"{count} {'dag' if count == 1 else 'dagen'}"
