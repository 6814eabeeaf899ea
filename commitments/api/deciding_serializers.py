"""What is sent along with a decision, for keys that may decide."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from commitments.models import Commitment, FollowUp
from commitments.models.offices import LONGEST_NOTE
from commitments.rejections import DismissReason, RejectReason, stored_reason
from commitments.services.editing import Deadline
from commitments.services.tracking import Closing

LARGEST = 2**63 - 1  # a number of the database
CLOSING = [
    one for one in Commitment.Status.choices if one[0] in (Commitment.Status.FULFILLED, Commitment.Status.PARTLY)
]


class Strict(serializers.Serializer):
    """Refuses a name that it does not know: a slip of the pen is no other decision."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict) and (unknown := sorted(str(name) for name in set(data) - set(self.fields))):
            known = ", ".join(self.fields)
            said = _("There is no such field here. Choose from: %(names)s.") % {"names": known}
            raise serializers.ValidationError({one: [said] for one in unknown})
        return super().to_internal_value(data)


class SeenSerializer(Strict):
    seen = serializers.IntegerField(
        min_value=0,
        max_value=LARGEST,
        required=False,
        help_text="`version` of the row when it was shown: refused (409) where somebody changed it since",
    )


class AcceptSerializer(SeenSerializer):
    title = serializers.CharField(
        max_length=200, required=False, help_text="of the promise that begins; default what the engine made of it"
    )
    commitment = serializers.UUIDField(
        required=False, help_text="uid of the promise it is said of once more; without it, one begins"
    )


class ReasonSerializer(SeenSerializer):
    words = serializers.CharField(max_length=250, required=False, help_text="in your own words")

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        if not given.get("reason") and not given.get("words"):
            raise serializers.ValidationError({"reason": [_("Choose a reason, or write one.")]})
        return given

    def stored(self) -> str:
        """Return the reason as the services keep it."""
        return stored_reason(self.validated_data.get("reason", ""), self.validated_data.get("words", ""))


class RejectSerializer(ReasonSerializer):
    reason = serializers.ChoiceField(RejectReason.choices, required=False, help_text="this, own words, or both")


class DismissSerializer(ReasonSerializer):
    reason = serializers.ChoiceField(DismissReason.choices, required=False, help_text="this, own words, or both")


class GivenDeadlineSerializer(Strict):
    """A deadline as words, as days, or as both; words without days are read against the day of the item."""

    words = serializers.CharField(max_length=300, required=False, allow_blank=True, help_text="as spoken, in Dutch")
    start = serializers.DateField(required=False, allow_null=True, help_text="first day")
    end = serializers.DateField(required=False, allow_null=True, help_text="last day")


def deadline_of(given: dict[str, Any]) -> Deadline | None:
    """Return the deadline of a decision; None where none was sent."""
    sent = given.get("deadline")
    return None if sent is None else Deadline(sent.get("words", ""), sent.get("start"), sent.get("end"))


class ClosingSerializer(Strict):
    """What comes of the promise with it."""

    status = serializers.ChoiceField(CLOSING)
    evidence = serializers.CharField(max_length=2000, help_text="where it can be read: an address, a document, a page")
    on = serializers.DateField(required=False, help_text="since when; default the day of the item")


class ConfirmSerializer(SeenSerializer):
    kind = serializers.ChoiceField(
        FollowUp.Kind.choices, required=False, help_text="where it tells something else than the engine read"
    )
    deadline = GivenDeadlineSerializer(required=False, help_text="where it names another time than the engine read")
    closing = ClosingSerializer(required=False, help_text="what the promise becomes; the kind is then done")

    def closes(self, follow_up: FollowUp) -> Closing | None:
        """Return what the promise becomes; None where nothing was said of that."""
        sent = self.validated_data.get("closing")
        if sent is None:
            return None
        return Closing(sent["status"], sent["evidence"], sent.get("on") or follow_up.item.document.date)


class LinkSerializer(Strict):
    commitment = serializers.UUIDField(help_text="uid of the promise")
    item = serializers.UUIDField(help_text="uid of the later agenda item")
    kind = serializers.ChoiceField(FollowUp.Kind.choices, default=FollowUp.Kind.RECALLED)
    note = serializers.CharField(max_length=2000, required=False, allow_blank=True, default="")
    deadline = GivenDeadlineSerializer(required=False, help_text="the new time that it names")


class WriteNoteSerializer(Strict):
    text = serializers.CharField(max_length=LONGEST_NOTE)
    office = serializers.UUIDField(required=False, help_text="its uid; needed by who works for several")
