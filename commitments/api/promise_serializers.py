"""What was said of promises and what happened to them: statements, follow-ups and events, each by itself."""

from collections.abc import Mapping
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from commitments.api.serializers import CueSerializer, DeadlineSerializer, PersonSerializer, StatementSerializer
from commitments.api.transcript_serializers import COUNTED, InDocumentSerializer, page_of
from commitments.models import Event, FollowUp, Kinds, Statement
from commitments.showing.places import words_at
from commitments.showing.trail import change_of
from commitments.showing.why import why_this_date

# Of what an event says of both sides, what every reader may count with; its words are in `change`.
FACTS = ("status", "fulfilled_on", "due_text", "due_start", "due_end")
VERSION = "number of its newest event, to be sent along with a decision; null without the scope proposals"


class SaidSerializer(StatementSerializer):
    """One place in one speech where a promise is made."""

    url = serializers.SerializerMethodField(help_text="the words in the transcript on this site")
    commitment = serializers.SerializerMethodField(help_text="uid of the promise it belongs to; null for a proposal")
    state = serializers.ChoiceField(Statement.State.choices)
    kind = serializers.ChoiceField(Kinds.choices)
    condition = serializers.CharField(help_text="its words; empty where it hangs on none")
    person = PersonSerializer(source="speech.person", allow_null=True, help_text="who said it")
    addressee = PersonSerializer(allow_null=True, help_text="to whom; null when not known")
    relation = serializers.ChoiceField(
        Statement.Relation.choices, help_text="what it adds to what was said of the same promise before"
    )
    confidence = serializers.FloatField(
        min_value=0, max_value=1, allow_null=True, help_text="0 to 1; null when marked by hand"
    )
    rejected_because = serializers.CharField(help_text="empty unless it was rejected")
    version = serializers.SerializerMethodField(help_text=VERSION)

    class Meta:
        model = Statement
        ref_name = "Said"
        fields = [
            "uid", "url", "commitment", "state", "relation", "kind", "condition", "person", "addressee", "said_on",
            "deadline", "source", "confidence", "why_proposed", "why_date", "rejected_because", "version",
        ]  # fmt: skip
        read_only_fields = fields

    def get_url(self, statement: Statement) -> str:
        return page_of(statement.speech.item.document.uid, self.context["request"], f"s-{statement.uid}")

    @extend_schema_field(serializers.UUIDField(allow_null=True))
    def get_commitment(self, statement: Statement) -> str | None:
        return str(statement.commitment.uid) if statement.commitment else None

    @extend_schema_field(serializers.IntegerField(allow_null=True, min_value=0))
    def get_version(self, statement: Statement) -> int | None:
        return version_told(statement, self.context["sight"].review)


class FollowUpSourceSerializer(serializers.Serializer):
    """Where the later words stand. Without words only the document is known: the others are null."""

    document = InDocumentSerializer()
    page = serializers.IntegerField(min_value=1, allow_null=True, help_text="of the document, from 1")
    start = serializers.IntegerField(min_value=0, allow_null=True, help_text=f"first character, {COUNTED}")
    end = serializers.IntegerField(min_value=0, allow_null=True, help_text=f"one past the last, {COUNTED}")
    quote = serializers.CharField(help_text="the words that show it; empty where a person named none")
    url = serializers.URLField(help_text="the item in the transcript on this site")


class FollowUpSerializer(serializers.ModelSerializer):
    """A later agenda item that tells something of a promise."""

    commitment = serializers.UUIDField(source="commitment.uid", help_text="uid of the promise")
    item = serializers.UUIDField(source="item.uid", help_text="uid of the agenda item")
    title = serializers.CharField(source="item.title", help_text="of the agenda item")
    said_on = serializers.DateField(source="item.document.date", help_text="the day of the item")
    kind = serializers.ChoiceField(FollowUp.Kind.choices)
    state = serializers.ChoiceField(FollowUp.State.choices)
    person = PersonSerializer(source="speech.person", default=None, allow_null=True, help_text="whose words show it")
    deadline = DeadlineSerializer(source="*", help_text="the time named there, where it puts the promise off")
    source = serializers.SerializerMethodField()  # type: ignore[assignment]  # a declared field, not Field.source
    score = serializers.FloatField(min_value=0, max_value=1, allow_null=True, help_text="0 to 1; null when by hand")
    certainty = serializers.ChoiceField(FollowUp.Certainties.choices, allow_blank=True)
    why_proposed = CueSerializer(source="reasons", many=True)
    why_date = serializers.SerializerMethodField(help_text="Dutch sentences, one per rule that read the date")
    dismissed_because = serializers.CharField(help_text="empty unless it was dismissed")
    version = serializers.SerializerMethodField(help_text=VERSION)

    class Meta:
        model = FollowUp
        fields = [
            "uid", "commitment", "item", "title", "said_on", "kind", "state", "person", "deadline", "source", "score",
            "certainty", "why_proposed", "why_date", "dismissed_because", "version",
        ]  # fmt: skip
        read_only_fields = fields

    @extend_schema_field(FollowUpSourceSerializer)
    def get_source(self, follow_up: FollowUp) -> dict:
        document = follow_up.item.document
        place = words_at(document, follow_up.speech, follow_up.start, follow_up.end) if follow_up.quote else None
        told = {
            "document": document,
            "page": place.page if place else None,
            "start": place.start if place else None,
            "end": place.end if place else None,
            "quote": follow_up.quote,
            "url": page_of(document.uid, self.context["request"], f"i-{follow_up.item.uid}"),
        }
        return dict(FollowUpSourceSerializer(told).data)

    def get_why_date(self, follow_up: FollowUp) -> list[str]:
        return why_this_date(follow_up)

    @extend_schema_field(serializers.IntegerField(allow_null=True, min_value=0))
    def get_version(self, follow_up: FollowUp) -> int | None:
        return version_told(follow_up, self.context["sight"].follow_ups)


class FactsSerializer(serializers.Serializer):
    """One side of a change; what it is not about is left out."""

    status = serializers.CharField(required=False, help_text="of the promise")
    fulfilled_on = serializers.DateField(required=False, allow_null=True)
    due_text = serializers.CharField(required=False, help_text="deadline as spoken")
    due_start = serializers.DateField(required=False, allow_null=True, help_text="first day of the interval")
    due_end = serializers.DateField(required=False, allow_null=True, help_text="last day of the interval")


class EventSerializer(serializers.ModelSerializer):
    """One change of what anyone may see: what, when, from and to. Who made it is not told."""

    at = serializers.DateTimeField(help_text="when it was written down")
    day = serializers.DateField(help_text="the Brussels day on which it happened")
    kind = serializers.ChoiceField(Event.Kind.choices)
    commitment = serializers.SerializerMethodField(help_text="uid; null for a proposal without a promise")
    statement = serializers.SerializerMethodField(help_text="uid, where it is about one that can be read here")
    follow_up = serializers.SerializerMethodField(help_text="uid, where it is about one")
    about_day = serializers.DateField(allow_null=True, help_text="the last day it is about, of what is noted once")
    change = serializers.SerializerMethodField(help_text="from and to in words, in the language asked for")
    before = serializers.SerializerMethodField()
    after = serializers.SerializerMethodField()

    class Meta:
        model = Event
        fields = [
            "uid", "at", "day", "kind", "commitment", "statement", "follow_up", "about_day", "change", "before",
            "after",
        ]  # fmt: skip
        read_only_fields = fields

    @extend_schema_field(serializers.UUIDField(allow_null=True))
    def get_commitment(self, event: Event) -> str | None:
        return str(event.commitment.uid) if event.commitment else None

    @extend_schema_field(serializers.UUIDField(allow_null=True))
    def get_statement(self, event: Event) -> str | None:
        one = event.statement
        seen = one is not None and (one.state == Statement.State.ACCEPTED or self.context["sight"].review)
        return str(one.uid) if one is not None and seen else None

    @extend_schema_field(serializers.UUIDField(allow_null=True))
    def get_follow_up(self, event: Event) -> str | None:
        return str(event.follow_up.uid) if event.follow_up else None

    def get_change(self, event: Event) -> str:
        return change_of(event)

    @extend_schema_field(FactsSerializer)
    def get_before(self, event: Event) -> dict[str, Any]:
        return _facts(event.before)

    @extend_schema_field(FactsSerializer)
    def get_after(self, event: Event) -> dict[str, Any]:
        return _facts(event.after)


def _facts(told: Mapping[str, Any]) -> dict[str, Any]:
    return {name: told[name] for name in FACTS if name in told}


def version_told(row: Statement | FollowUp, seen: bool) -> int | None:
    """Return the number of the newest event of a row that was asked with it (seen.py), 0 without any."""
    return (getattr(row, "version", None) or 0) if seen else None
