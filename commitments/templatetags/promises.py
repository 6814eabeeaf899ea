"""Words and dates of promises, as the pages show them."""

from datetime import date, timedelta

from django import template
from django.http import HttpRequest
from django.template.context import Context
from django.utils.formats import date_format, number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from commitments.models import Commitment, DeadlineFields, Event
from commitments.rejections import reason_words
from commitments.showing import standing as standings
from commitments.showing.listing import FROM
from commitments.showing.marking import Excerpt, Paragraph, Run
from commitments.showing.months import Interval
from commitments.showing.trail import change_of

register = template.Library()
DAY, DAY_MONTH, MONTH_YEAR = "j F Y", "j F", "F Y"


@register.simple_tag(takes_context=True)
def standing(context: Context, commitment: Commitment) -> standings.Standing:
    """How it stands on the page's day: {% standing commitment as now %}."""
    return standings.standing(commitment, context["today"])


@register.filter
def day(value: date | None) -> SafeString | str:
    """One day, for people and machines: <time datetime="2023-12-31">31 December 2023</time>."""
    return _time(value, DAY) if value else ""


@register.filter
def days(one: Interval) -> str:
    """The days of a bar in a picture, where no mark-up can stand."""
    first, last = one.first, one.end
    if first == last:
        return date_format(last, DAY)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{date_format(last, DAY)}"
    return f"{date_format(first, DAY)} – {date_format(last, DAY)}"


@register.filter
def interval(deadline: DeadlineFields) -> SafeString | str:
    """The days a deadline denotes, as short as they can be said: a day, a month, a year, or from and to."""
    start, end = deadline.due_start, deadline.due_end
    if end is None:
        return format_html(_("from {}"), _time(start, DAY)) if start else ""
    if start is None:
        return format_html(_("no later than {}"), _time(end, DAY))
    if start == end:
        return _time(end, DAY)
    if start.day == 1 and (end + timedelta(days=1)).day == 1:
        if (start.month, end.month) == (1, 12) and start.year == end.year:
            return format_html('<time datetime="{0}">{0}</time>', start.year)
        if (start.year, start.month) == (end.year, end.month):
            return format_html('<time datetime="{}">{}</time>', f"{start:%Y-%m}", date_format(start, MONTH_YEAR))
    if start.year != end.year:
        first = date_format(start, DAY)
    elif start.month != end.month:
        first = date_format(start, DAY_MONTH)
    else:
        first = str(start.day)
    separator = "–" if first == str(start.day) else " – "
    return format_html('<time datetime="{}">{}</time>{}{}', start.isoformat(), first, separator, _time(end, DAY))


@register.filter
def signed(weight: float) -> str:
    """A weight for (+) or against (−), to one decimal."""
    return f"{'−' if weight < 0 else '+'}{number_format(abs(weight), 1)}"


@register.filter
def marked(paragraph: Paragraph) -> SafeString:
    """A paragraph of a speech with its statements, notes and page breaks marked; no character is added or lost."""
    return format_html_join("", "{}{}", ((_before(run), _run(run)) for run in paragraph.runs))


@register.filter
def in_context(found: Excerpt) -> SafeString:
    """A quote, marked, with the words around it."""
    return format_html(
        '<span class="around">{}{}</span><mark>{}</mark><span class="around">{}{}</span>',
        "… " if found.cut_before else "",
        found.before,
        found.quote,
        found.after,
        " …" if found.cut_after else "",
    )


@register.filter
def reason(stored: str) -> str:
    """Why a statement was rejected, in words."""
    return reason_words(stored)


@register.filter
def change(event: Event) -> str:
    """What an event changed, from and to, in the words of the model's choices."""
    return change_of(event)


@register.simple_tag(takes_context=True)
def page_link(context: Context, number: int) -> str:
    """The address of this list's page `number`, with its filters."""
    request: HttpRequest = context["request"]
    query = request.GET.copy()
    query["page"] = str(number)
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def with_query(context: Context, **given: str) -> str:
    """The query of this address with some of it changed; an empty value takes the name away."""
    request: HttpRequest = context["request"]
    query = request.GET.copy()
    for name, value in given.items():
        query.pop(name, None)
        if value:
            query[name] = value
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def stretch_link(context: Context, place: str) -> str:
    """The address of the page of this list that begins at a place, with its filters."""
    request: HttpRequest = context["request"]
    query = request.GET.copy()
    query[FROM] = place
    return f"?{query.urlencode()}"


def _time(value: date, form: str) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), date_format(value, form))


def _before(run: Run) -> SafeString:
    """What stands before a run without being spoken: notes, the page that begins, places to link to."""
    notes = format_html_join("", '<span class="note">{} </span>', ((note,) for note in run.notes))
    anchors = format_html_join("", '<span class="anchor" id="s-{}"></span>', ((one.uid,) for one in run.begins))
    leaf: SafeString | str = ""
    if run.page is not None:
        leaf = format_html(
            '<span class="leaf" id="p-{0}" title="{1}">{0}</span>', run.page, _("page %(page)s") % {"page": run.page}
        )
    return format_html("{}{}{}", notes, leaf, anchors)


def _run(run: Run) -> SafeString | str:
    if run.statement is None:
        return run.text
    return format_html('<mark class="{}">{}</mark>', run.statement.state, run.text)
