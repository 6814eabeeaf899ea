"""The public face of a commitment: stable names, ISO days, the words as spoken, and where they stand."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from commitments.models import (
    Commitment,
    DeadlineFields,
    Kinds,
    Membership,
    Modifiers,
    Precisions,
    Priority,
    Statement,
)
from commitments.showing.places import place_of
from commitments.showing.standing import days_late
from commitments.showing.why import why_this_date
from transcripts.models import Document


class PersonSerializer(serializers.Serializer):
    uid = serializers.UUIDField()
    name = serializers.CharField()


class MandateSerializer(serializers.Serializer):
    title = serializers.CharField()
    portfolio = serializers.CharField()


class DeadlineSerializer(serializers.Serializer):
    """The words as spoken and the interval they denote; empty where no deadline was spoken."""

    words = serializers.CharField(source="due_text", help_text="as spoken, in Dutch")
    interval = serializers.SerializerMethodField(help_text="ISO 8601: first and last day, “..” where it is open")
    start = serializers.DateField(source="due_start", allow_null=True)
    end = serializers.DateField(source="due_end", allow_null=True, help_text="overdue from the day after")
    precision = serializers.ChoiceField(Precisions.choices, source="due_precision", allow_blank=True)
    modifier = serializers.ChoiceField(Modifiers.choices, source="due_modifier", allow_blank=True)
    rule = serializers.CharField(source="due_rule", help_text="ids of the rules that read the words, joined by “+”")

    def get_interval(self, deadline: DeadlineFields) -> str | None:
        start, end = deadline.due_start, deadline.due_end
        if start is None and end is None:
            return None
        return f"{start or '..'}/{end or '..'}"


class SourceDocumentSerializer(serializers.Serializer):
    uid = serializers.UUIDField()
    title = serializers.CharField()
    kind = serializers.ChoiceField(Document.Kind.choices)
    date = serializers.DateField()
    url = serializers.CharField(help_text="where it was published, empty when not known")


class SourceSerializer(serializers.Serializer):
    """Where the words stand: start and end count characters of the document's text as read, end exclusive."""

    document = SourceDocumentSerializer()
    page = serializers.IntegerField(min_value=1)
    start = serializers.IntegerField(min_value=0)
    end = serializers.IntegerField(min_value=0)
    quote = serializers.CharField()
    url = serializers.URLField(help_text="the place in the transcript on this site")


class CueSerializer(serializers.Serializer):
    rule = serializers.CharField()
    weight = serializers.FloatField()
    words = serializers.CharField(allow_blank=True)
    why = serializers.CharField(help_text="one Dutch sentence")


def page_address(name: str, uid: object, context: Mapping[str, Any]) -> str:
    """Return the address of a page of the site; what was asked of the API, its format, is no part of it."""
    path = reverse(name, kwargs={"uid": uid})
    request = context.get("request")
    return str(request.build_absolute_uri(path)) if request else path


def _source_of(statement: Statement, context: Mapping[str, Any]) -> dict:
    place = place_of(statement)
    address = page_address("document", place.document.uid, context)
    return {
        "document": place.document,
        "page": place.page,
        "start": place.start,
        "end": place.end,
        "quote": statement.quote,
        "url": f"{address}#s-{statement.uid}",
    }


class StatementSerializer(serializers.ModelSerializer):
    """One time the promise was said. Together, in order, they are its deadline history."""

    deadline = DeadlineSerializer(source="*")
    source = serializers.SerializerMethodField()  # type: ignore[assignment]  # a declared field, not Field.source
    why_proposed = CueSerializer(source="cues", many=True)
    why_date = serializers.SerializerMethodField(help_text="Dutch sentences, one per rule that read the date")

    class Meta:
        model = Statement
        fields = ["uid", "relation", "said_on", "deadline", "source", "confidence", "why_proposed", "why_date"]
        read_only_fields = fields

    @extend_schema_field(SourceSerializer)
    def get_source(self, statement: Statement) -> dict:
        return dict(SourceSerializer(_source_of(statement, self.context)).data)

    def get_why_date(self, statement: Statement) -> list[str]:
        return why_this_date(statement)


class HolderSerializer(serializers.Serializer):
    """Who took over the portfolio a promise was made for."""

    person = PersonSerializer()
    portfolio = serializers.CharField(source="mandate.portfolio")
    since = serializers.DateField(source="mandate.start")
    certain = serializers.BooleanField(help_text="false where the portfolio was split or renamed: probably this one")


class OutsideSerializer(serializers.Serializer):
    """Words said elsewhere than in parliament, and where they can be found."""

    quote = serializers.CharField()
    said_on = serializers.DateField()
    name = serializers.CharField(source="source_name", help_text="of the source: a paper, a programme")
    url = serializers.CharField(source="source_url", help_text="empty when not known")


class CommitmentSerializer(serializers.ModelSerializer):
    """A promise that a person accepted. `overdue` and `days_late` are counted on the day asked about (`as_of`)."""

    url = serializers.SerializerMethodField(help_text="the page of the promise, its permanent address")
    kind = serializers.ChoiceField(Kinds.choices)
    conditional = serializers.BooleanField()
    person = PersonSerializer(allow_null=True, help_text="who promised")
    mandate = MandateSerializer(allow_null=True, help_text="the portfolio it was promised for")
    deadline = DeadlineSerializer(source="*")
    overdue = serializers.SerializerMethodField()
    days_late = serializers.SerializerMethodField(help_text="whole days past the last day, 0 when not overdue")
    successors = serializers.SerializerMethodField(
        help_text="who took the portfolio over, counted on as_of; empty while the mandate goes on"
    )
    source = serializers.SerializerMethodField(  # type: ignore[assignment]  # a declared field, not Field.source
        help_text="where it was first said in parliament; null for a promise made elsewhere"
    )
    outside = OutsideSerializer(
        source="said_outside", allow_null=True, help_text="what was said elsewhere, where it began there"
    )

    class Meta:
        model = Commitment
        fields = [
            "uid",
            "url",
            "title",
            "kind",
            "conditional",
            "condition",
            "person",
            "mandate",
            "said_on",
            "status",
            "deadline",
            "check_on",
            "overdue",
            "days_late",
            "asked_on",
            "waiting_until",
            "successors",
            "fulfilled_on",
            "evidence",
            "source",
            "outside",
            "updated_at",
        ]
        read_only_fields = fields

    @property
    def day(self) -> date:
        return self.context["day"]

    @extend_schema_field(OpenApiTypes.URI)
    def get_url(self, commitment: Commitment) -> str:
        return page_address("commitment", commitment.uid, self.context)

    def get_overdue(self, commitment: Commitment) -> bool:
        return days_late(commitment, self.day) > 0

    def get_days_late(self, commitment: Commitment) -> int:
        return days_late(commitment, self.day)

    @extend_schema_field(HolderSerializer(many=True))
    def get_successors(self, commitment: Commitment) -> list[dict]:
        holders = self.context["holders"].after(commitment.mandate)
        return [dict(HolderSerializer(one).data) for one in holders]

    @extend_schema_field(SourceSerializer(allow_null=True))
    def get_source(self, commitment: Commitment) -> dict | None:
        if commitment.said_outside is not None or not commitment.accepted_statements:
            return None
        return dict(SourceSerializer(_source_of(commitment.accepted_statements[0], self.context)).data)


class CommitmentDetailSerializer(CommitmentSerializer):
    statements = StatementSerializer(source="accepted_statements", many=True)

    class Meta(CommitmentSerializer.Meta):
        fields = [*CommitmentSerializer.Meta.fields, "statements"]
        read_only_fields = fields


class NoteSerializer(serializers.Serializer):
    author = serializers.CharField(source="author.username", default=None, allow_null=True)
    day = serializers.DateField()
    edited_on = serializers.DateField(allow_null=True)
    text = serializers.CharField()


class DossierSerializer(serializers.Serializer):
    """What one of your offices keeps about a commitment; nobody else is told."""

    uid = serializers.UUIDField(source="team.uid", help_text="of the office")
    office = serializers.CharField(source="team.name")
    role = serializers.ChoiceField(Membership.Role.choices)
    priority = serializers.ChoiceField(Priority.Level.choices, source="marks.priority", allow_blank=True)
    labels = serializers.ListField(child=serializers.CharField(), source="marks.labels")
    watched = serializers.BooleanField(source="marks.watched")
    notes = NoteSerializer(many=True)


class ProblemSerializer(serializers.Serializer):
    """RFC 9457: what was wrong with the request."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    errors = serializers.DictField(  # type: ignore[assignment]  # a declared field, not Serializer.errors
        child=serializers.ListField(child=serializers.CharField()), required=False
    )
