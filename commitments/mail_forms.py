"""What a subscriber fills in: when the mail comes and what it is about; and, from a mail, until when to wait."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from commitments.models import Asking, SavedSearch, Subscription, Tag, Topic
from commitments.privacy import Viewer
from commitments.services.subscribing import About
from commitments.showing.standing import DAY
from commitments.showing.succession import Holders
from transcripts.models import Mandate, Meeting, Person

CHOICE = ("active", "rhythm", "weekday", "hour", "language", "also_when_nothing", "everything")
MOST_WORDS = 20  # searches of one subscriber
Kind = Topic.Kind
# The fields that are topics: a kind of topic each, and what a row of it holds.
PEOPLE = {"ministers": Kind.MINISTER, "members": Kind.MEMBER}
PRINTED = {"portfolios": Kind.PORTFOLIO, "committees": Kind.COMMITTEE}


def _boxes(coerce: Callable[[str], Any], **options: Any) -> forms.TypedMultipleChoiceField:
    """Boxes to tick, their choices read once: to show them, and to judge what was ticked."""
    return forms.TypedMultipleChoiceField(coerce=coerce, required=False, widget=forms.CheckboxSelectMultiple, **options)


class MailForm(forms.Form):
    """When, in which language and about what. `initial` and the choices come from the subscription."""

    active = forms.BooleanField(label=_("Send me this mail"), required=False)
    rhythm = forms.ChoiceField(label=_("How often"), choices=Subscription.Rhythm.choices, widget=forms.RadioSelect)
    weekday = forms.TypedChoiceField(
        label=_("Day of the week"),
        choices=Subscription.Weekday.choices,
        coerce=int,
        help_text=_("for who gets it every week"),
    )
    hour = forms.TypedChoiceField(
        label=_("From this hour on"), choices=[(hour, f"{hour:02}:00") for hour in range(24)], coerce=int
    )
    language = forms.ChoiceField(label=_("Language"))
    also_when_nothing = forms.BooleanField(
        label=_("Also when there is nothing to tell"),
        required=False,
        help_text=_("It then says that nothing is past its date, and when the last report came in."),
    )
    everything = forms.TypedChoiceField(
        label=_("About what"),
        choices=[("1", _("everything")), ("0", _("only what I choose here"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    watch_list = forms.BooleanField(label=_("What is on my watch list, or on that of my office"), required=False)
    labels = _boxes(UUID, label=_("Labels of my office"))
    searches = _boxes(UUID, label=_("My saved searches"))
    ministers = _boxes(
        int,
        label=_("Ministers"),
        help_text=_("what they promised, and what they took over with a portfolio"),
    )
    portfolios = _boxes(str, label=_("Portfolios"))
    committees = _boxes(str, label=_("Committees"))
    members = _boxes(
        int,
        label=_("Members of parliament"),
        help_text=_("what was promised when they asked, or promised to them"),
    )
    words = forms.CharField(
        label=_("Words"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One search on each line; every word of it stands in the promise."),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        subscription: Subscription,
        viewer: Viewer,
        day: date,
        also: Iterable[tuple[str, Any]] = (),
    ) -> None:
        """also: names of fields with a topic that is ticked beside what was kept, for who follows a link to it."""
        topics = list(subscription.topics.all()) if subscription.pk else []
        initial: dict[str, Any] = {name: getattr(subscription, name) for name in CHOICE}
        initial["everything"] = "1" if subscription.everything else "0"
        initial["active"] = subscription.active or not subscription.pk
        initial["watch_list"] = any(one.kind == Kind.WATCH_LIST for one in topics)
        initial["labels"] = [one.label_id for one in topics if one.kind == Kind.LABEL]
        initial["searches"] = [one.search_id for one in topics if one.kind == Kind.SEARCH]
        initial["words"] = "\n".join(one.words for one in topics if one.kind == Kind.WORDS)
        for name, kind in PEOPLE.items():
            initial[name] = [one.person_id for one in topics if one.kind == kind]
        for name, kind in PRINTED.items():
            initial[name] = [one.words for one in topics if one.kind == kind]
        for name, topic in also:
            initial[name].append(topic)
            if not subscription.pk:
                initial["everything"] = "0"
        super().__init__(data, initial=initial)
        fields: dict[str, Any] = self.fields
        fields["language"].choices = settings.LANGUAGES
        holders = [one.pk for one in Holders(day).people]
        promised = Q(pk__in=holders) | Q(commitments__isnull=False) | Q(pk__in=initial["ministers"])
        asked = Q(questions_asked__isnull=False) | Q(promises_received__isnull=False) | Q(pk__in=initial["members"])
        for name, rows in (
            ("labels", Tag.objects.seen_by(viewer)),
            ("searches", SavedSearch.objects.seen_by(viewer)),
            ("ministers", Person.objects.filter(promised).distinct()),
            ("members", Person.objects.filter(asked).distinct()),
        ):
            fields[name].choices = [(one.pk, str(one)) for one in rows]
        current = Mandate.objects.filter(Q(pk__in=Mandate.objects.held_on(day)) | Q(commitments__isnull=False))
        fields["portfolios"].choices = _printed(
            current.order_by().values_list("portfolio", flat=True), initial["portfolios"]
        )
        fields["committees"].choices = _printed(
            Meeting.objects.order_by().values_list("committee", flat=True).distinct(), initial["committees"]
        )
        for name in ("labels", "searches", "portfolios", "committees", "ministers", "members"):
            if not fields[name].choices:
                del fields[name]

    def clean_words(self) -> list[str]:
        lines = [" ".join(line.split()) for line in self.cleaned_data["words"].splitlines()]
        found = list(dict.fromkeys(line for line in lines if line))
        if len(found) > MOST_WORDS:
            raise forms.ValidationError(_("Write at most %(most)d searches.") % {"most": MOST_WORDS})
        if any(len(line) > 200 for line in found):
            raise forms.ValidationError(_("Write at most 200 characters on a line."))
        return found

    @property
    def chosen(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in CHOICE}

    @property
    def topics(self) -> list[About]:
        given = self.cleaned_data
        found = [About(kind, person=one) for name, kind in PEOPLE.items() for one in given.get(name, ())]
        found += [About(kind, words=one) for name, kind in PRINTED.items() for one in given.get(name, ())]
        found += [About(Kind.LABEL, label=one) for one in given.get("labels", ())]
        found += [About(Kind.SEARCH, search=one) for one in given.get("searches", ())]
        found += [About(Kind.WORDS, words=one) for one in given["words"]]
        return found + [About(Kind.WATCH_LIST)] * bool(given["watch_list"])

    def topic_fields(self) -> list[forms.BoundField]:
        """The fields with many boxes, and whether any is chosen."""
        return [self[name] for name in (*PRINTED, *PEOPLE) if name in self.fields]


class PutOffForm(forms.Form):
    """Until when: a few days to choose from, each as a day, so that sending the form again changes nothing."""

    until = forms.TypedChoiceField(label=_("Remind me again from"), widget=forms.RadioSelect, coerce=date.fromisoformat)

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days = [day + timedelta(days=number) for number in (7, 14, 28, 91)]
        self.fields["until"].choices = [(one.isoformat(), date_format(one, DAY)) for one in days]  # type: ignore[attr-defined]
        self.initial["until"] = days[0].isoformat()


class AskedForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("How it was asked"), choices=Asking.Kind.choices, widget=forms.RadioSelect, initial=Asking.Kind.WRITTEN
    )
    number = forms.CharField(label=_("Number, where it has one"), max_length=20, required=False)


def _printed(found: Iterable[str], chosen: Iterable[str]) -> list[tuple[str, str]]:
    return [(one, one) for one in sorted({*found, *chosen} - {""}, key=str.casefold)]
