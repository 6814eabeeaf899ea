"""What was said and by whom: documents, agenda items, speeches, people, mandates, portfolios; as the pages show it."""

from uuid import UUID

from django.urls import reverse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request

from commitments.api.serializers import PersonSerializer
from commitments.showing.portfolios import Portfolios, portfolio_uid
from transcripts.models import AgendaItem, Document, Mandate, Meeting, Person, Question, Speech
from transcripts.register import competences

COUNTED = "of the document's text as read"


def page_of(document: object, request: Request, anchor: str = "") -> str:
    """Return the address of a document's page on this site, or of a place on it."""
    # Not the reverse of Django REST framework: that one writes the format of this answer into the address.
    address = request.build_absolute_uri(reverse("document", kwargs={"uid": document}))
    return f"{address}#{anchor}" if anchor else address


class MeetingSerializer(serializers.ModelSerializer):
    """A sitting of a committee or of the plenary."""

    number = serializers.CharField(help_text="as printed, e.g. C151; empty when not known")
    session = serializers.CharField(help_text="parliamentary year, e.g. 2025-2026; empty when not known")
    committee = serializers.CharField(help_text="its name as printed; empty for the plenary, or when not known")
    chair = PersonSerializer(allow_null=True)

    class Meta:
        model = Meeting
        fields = ["uid", "date", "number", "session", "committee", "chair"]
        read_only_fields = fields


class DocumentSerializer(serializers.ModelSerializer):
    """A paper that was read: a report, a written question with its answer, a policy note."""

    url = serializers.SerializerMethodField(help_text="the transcript on this site, its permanent address")
    kind = serializers.ChoiceField(Document.Kind.choices)
    date = serializers.DateField(help_text="the day it was said or written")
    source_url = serializers.CharField(source="url", help_text="where it was published; empty if not known")
    provisional = serializers.BooleanField(help_text="parts of it are still to come")
    pages = serializers.SerializerMethodField(help_text="how many pages it has; 1 where the file has none")
    meeting = MeetingSerializer(allow_null=True)
    accepted = serializers.IntegerField(min_value=0, help_text="promises in it that a person accepted")
    waiting = serializers.SerializerMethodField(
        help_text="proposals in it that wait for review; null without the scope proposals"
    )
    warnings = serializers.SerializerMethodField(
        help_text="what was not understood when it was imported; null without the scope proposals"
    )

    class Meta:
        model = Document
        fields = [
            "uid", "url", "title", "kind", "date", "source_url", "provisional", "pages", "meeting", "accepted",
            "waiting", "warnings",
        ]  # fmt: skip
        read_only_fields = fields

    def get_url(self, document: Document) -> str:
        return page_of(document.uid, self.context["request"])

    def get_pages(self, document: Document) -> int:
        return max(1, len(document.page_starts))

    def get_waiting(self, document: Document) -> int | None:
        return document.waiting if self.context["sight"].review else None  # type: ignore[attr-defined]

    @extend_schema_field(serializers.ListField(child=serializers.CharField(), allow_null=True))
    def get_warnings(self, document: Document) -> list[str] | None:
        return document.warnings_in_words if self.context["sight"].review else None


class InDocumentSerializer(serializers.ModelSerializer):
    """The document something stands in."""

    class Meta:
        model = Document
        fields = ["uid", "title", "kind", "date"]
        read_only_fields = fields

    kind = serializers.ChoiceField(Document.Kind.choices)


class QuestionSerializer(serializers.ModelSerializer):
    """One listed question; several where the chair joined them."""

    number = serializers.CharField(help_text="as parliament gave it, e.g. 412; empty when not known")
    session = serializers.CharField(help_text="parliamentary year; empty when not known")
    subject = serializers.CharField()
    asker = PersonSerializer(allow_null=True)
    addressee = PersonSerializer(allow_null=True)
    office = serializers.CharField(help_text="of the addressee, as printed")

    class Meta:
        model = Question
        fields = ["number", "session", "subject", "asker", "addressee", "office"]
        read_only_fields = fields


class AgendaItemSerializer(serializers.ModelSerializer):
    """One item of a meeting, or the one subject of a written paper."""

    url = serializers.SerializerMethodField(help_text="the item in the transcript on this site")
    document = InDocumentSerializer()
    position = serializers.IntegerField(min_value=0, help_text="in the document, from 0")
    kind = serializers.CharField(help_text="as printed, e.g. “vraag om uitleg”")
    title = serializers.CharField()
    page = serializers.IntegerField(min_value=1, help_text="page of the document, from 1")
    start = serializers.IntegerField(min_value=0, help_text=f"first character, {COUNTED}")
    end = serializers.IntegerField(min_value=0, help_text=f"one past the last character, {COUNTED}")
    chair = PersonSerializer(allow_null=True)
    questions = QuestionSerializer(many=True)

    class Meta:
        model = AgendaItem
        fields = [
            "uid", "url", "document", "position", "kind", "title", "page", "start", "end", "chair", "questions",
        ]  # fmt: skip
        read_only_fields = fields

    def get_url(self, item: AgendaItem) -> str:
        return page_of(item.document.uid, self.context["request"], f"i-{item.uid}")


class SpeechSerializer(serializers.ModelSerializer):
    """One turn: what somebody said, from the moment they got the floor."""

    url = serializers.SerializerMethodField(help_text="the turn in the transcript on this site")
    item = serializers.UUIDField(source="item.uid", help_text="uid of the agenda item")
    document = InDocumentSerializer(source="item.document")
    position = serializers.IntegerField(min_value=0, help_text="in the agenda item, from 0")
    person = PersonSerializer(allow_null=True)
    label = serializers.CharField(  # type: ignore[assignment]  # a declared field, not Field.label
        help_text="who speaks, as printed"
    )
    capacity = serializers.ChoiceField(Speech.Capacities.choices)
    party = serializers.CharField(help_text="as printed; empty when not printed")
    heading = serializers.CharField(help_text="headings above a section of a policy note, one to a line")
    answer_to = serializers.CharField(help_text="number of the question it answers, in a written paper")
    text = serializers.CharField(help_text="as spoken, in Dutch; hyphens at line ends undone")
    page = serializers.IntegerField(min_value=1, help_text="page of the document, from 1")
    start = serializers.IntegerField(min_value=0, help_text=f"first character, {COUNTED}")
    end = serializers.IntegerField(min_value=0, help_text=f"one past the last character, {COUNTED}")
    current = serializers.SerializerMethodField(
        help_text="false where the newest version of the text no longer has it; kept for what was judged on it"
    )

    class Meta:
        model = Speech
        fields = [
            "uid", "url", "item", "document", "position", "person", "label", "capacity", "party", "heading",
            "answer_to", "text", "page", "start", "end", "current",
        ]  # fmt: skip
        read_only_fields = fields

    def get_url(self, speech: Speech) -> str:
        return page_of(speech.item.document.uid, self.context["request"], f"t-{speech.uid}")

    def get_current(self, speech: Speech) -> bool:
        return not speech.gone


class HeldSerializer(serializers.ModelSerializer):
    """A portfolio that was held, from one day to another."""

    title = serializers.CharField(help_text="as printed, e.g. “Vlaams minister”")
    portfolio = serializers.CharField(help_text="empty when not known")
    start = serializers.DateField(help_text="first day known")
    end = serializers.DateField(allow_null=True, help_text="last day; null while it lasts or when not known")

    class Meta:
        model = Mandate
        fields = ["uid", "title", "portfolio", "start", "end"]
        read_only_fields = fields


class MandateSerializer(HeldSerializer):
    """A minister holds a portfolio from one day to another."""

    person = PersonSerializer()

    class Meta(HeldSerializer.Meta):
        ref_name = "HeldMandate"
        fields = ["uid", "person", "title", "portfolio", "start", "end"]
        read_only_fields = fields


class PersonDetailSerializer(serializers.ModelSerializer):
    """Somebody who speaks, asks or is asked; a member who becomes minister stays one person."""

    url = serializers.SerializerMethodField(help_text="the page on this site")
    former_uids: serializers.Field = serializers.SlugRelatedField(
        source="merges",
        slug_field="uid",
        many=True,
        read_only=True,
        help_text="ids from before a merge: they lead here",
    )
    mandates = HeldSerializer(many=True, help_text="the latest first; empty for who never was a minister")

    class Meta:
        model = Person
        fields = ["uid", "url", "name", "family_name", "former_uids", "mandates"]
        read_only_fields = fields

    @extend_schema_field(serializers.URLField)
    def get_url(self, person: Person) -> str:
        return str(self.context["request"].build_absolute_uri(reverse("person", kwargs={"uid": person.uid})))


class PortfolioSerializer(serializers.Serializer):
    """A portfolio in the words under which it was given, with everybody who held it so. Told of one of its mandates."""

    uid = serializers.SerializerMethodField(help_text="stays the same while the words do")
    portfolio = serializers.CharField(help_text="the words, as printed")
    competences = serializers.SerializerMethodField(help_text="its parts, in small letters without accents")
    mandates = serializers.SerializerMethodField(help_text="everybody who held it in these words, the latest first")
    in_charge = serializers.SerializerMethodField(
        help_text="who has it on as_of, by succession too; several where it was split"
    )

    def get_uid(self, mandate: Mandate) -> UUID:
        return portfolio_uid(mandate.portfolio)

    def get_competences(self, mandate: Mandate) -> list[str]:
        return sorted(competences(mandate.portfolio))

    @extend_schema_field(MandateSerializer(many=True))
    def get_mandates(self, mandate: Mandate) -> list[dict]:
        return list(MandateSerializer(self._portfolios.held(mandate.portfolio), many=True).data)

    @extend_schema_field(PersonSerializer(many=True))
    def get_in_charge(self, mandate: Mandate) -> list[dict]:
        return list(PersonSerializer(self._portfolios.in_charge(mandate.portfolio), many=True).data)

    @property
    def _portfolios(self) -> Portfolios:
        return self.context["portfolios"]
