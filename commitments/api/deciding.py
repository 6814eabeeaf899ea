"""Deciding by program: through the same services as the desk, for keys whose scope and owner's role go as far.

A refusal of a service is told as it is told at the desk: 400 where what was sent can be said better, 403 where the role
in the office does not suffice, 409 where the row no longer is what it was.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.exceptions import APIException, PermissionDenied, ValidationError
from rest_framework.parsers import JSONParser
from rest_framework.request import Request
from rest_framework.response import Response

from commitments.api.deciding_serializers import (
    AcceptSerializer,
    ConfirmSerializer,
    DismissSerializer,
    LinkSerializer,
    RejectSerializer,
    WriteNoteSerializer,
    deadline_of,
)
from commitments.api.permissions import needs, viewer
from commitments.api.promise_serializers import FollowUpSerializer, SaidSerializer
from commitments.api.serializers import NoteSerializer, ProblemSerializer
from commitments.models import Commitment, FollowUp, Scope, Team
from commitments.services import judging, offices, review, tracking
from commitments.services.errors import DeadlineNotReadError, NotAllowedError, NotHereError, RoleError, ServiceError
from commitments.showing.audience import may_judge_follow_ups
from tracker.clock import today
from transcripts.models import AgendaItem

# What can be said better in what was sent, and by which name it was sent.
SAID_BETTER = {DeadlineNotReadError: "deadline", NotAllowedError: "closing", NotHereError: "words"}
REFUSALS = {400: ProblemSerializer, 401: ProblemSerializer, 403: ProblemSerializer, 404: ProblemSerializer}
DECIDED = REFUSALS | {409: ProblemSerializer, 415: ProblemSerializer}


class Conflict(APIException):
    """Somebody was first, or the row is no longer what it was."""

    status_code = 409


class CanFollow(needs(Scope.REVIEW)):  # type: ignore[misc]
    """Who decides on follow-ups: the scope, and the permission that opens their desk."""

    def has_permission(self, request: Request, view: object) -> bool:
        return super().has_permission(request, view) and may_judge_follow_ups(request.user)


@contextmanager
def told() -> Iterator[None]:
    """One decision, whole or not at all; a refusal of a service becomes a problem."""
    try:
        with transaction.atomic():
            yield
    except RoleError as error:
        raise PermissionDenied(str(error)) from error
    except tuple(SAID_BETTER) as error:
        raise ValidationError({SAID_BETTER[type(error)]: [str(error)]}) from error
    except ServiceError as error:
        raise Conflict(str(error)) from error


def given(serializer: type, request: Request) -> Any:
    """Return what was sent, read by a serializer. Raises ValidationError."""
    sent = serializer(data=request.data)
    sent.is_valid(raise_exception=True)
    return sent


class DecideOnStatements:
    """The verbs of the desk on a statement that waits."""

    @extend_schema(request=AcceptSerializer, responses={200: SaidSerializer, **DECIDED}, filters=False)
    @action(detail=True, methods=["post"], permission_classes=[needs(Scope.REVIEW)], parser_classes=[JSONParser])
    def accept(self, request: Request, uid: str) -> Response:
        """Accept a proposed statement. Twice by the same person changes nothing."""
        row: Any = self.get_object()  # type: ignore[attr-defined]
        sent = given(AcceptSerializer, request).validated_data
        into = None
        if "commitment" in sent:
            into = _one(Commitment.objects.published(), "commitment", sent["commitment"])
        with told():
            if "seen" in sent:
                judging.hold(statement=row, seen=sent["seen"])
            review.accept(statement=row, actor=request.user, day=today(), title=sent.get("title", ""), into=into)
        return self._again()

    @extend_schema(request=RejectSerializer, responses={200: SaidSerializer, **DECIDED}, filters=False)
    @action(detail=True, methods=["post"], permission_classes=[needs(Scope.REVIEW)], parser_classes=[JSONParser])
    def reject(self, request: Request, uid: str) -> Response:
        """Reject a proposed statement, with a reason."""
        row: Any = self.get_object()  # type: ignore[attr-defined]
        sent = given(RejectSerializer, request)
        with told():
            if "seen" in sent.validated_data:
                judging.hold(statement=row, seen=sent.validated_data["seen"])
            review.reject(statement=row, actor=request.user, day=today(), reason=sent.stored())
        return self._again()

    def _again(self) -> Response:
        return Response(self.get_serializer(self.get_object()).data)  # type: ignore[attr-defined]


class DecideOnFollowUps:
    """The verbs of the desk on a follow-up that waits, and linking one by hand."""

    @extend_schema(request=ConfirmSerializer, responses={200: FollowUpSerializer, **DECIDED}, filters=False)
    @action(detail=True, methods=["post"], permission_classes=[CanFollow], parser_classes=[JSONParser])
    def confirm(self, request: Request, uid: str) -> Response:
        """Confirm a proposed follow-up, corrected where more is sent; `closing` also changes the promise's status."""
        row: Any = self.get_object()  # type: ignore[attr-defined]
        sent = given(ConfirmSerializer, request)
        data, closing = sent.validated_data, sent.closes(row)
        with told():
            if "seen" in data:
                judging.hold_follow_up(follow_up=row, seen=data["seen"])
            tracking.confirm_follow_up(
                follow_up=row,
                actor=request.user,
                day=today(),
                kind=FollowUp.Kind.REPORTED_DONE if closing else data.get("kind"),
                deadline=deadline_of(data),
                closing=closing,
            )
        return self._again()

    @extend_schema(request=DismissSerializer, responses={200: FollowUpSerializer, **DECIDED}, filters=False)
    @action(detail=True, methods=["post"], permission_classes=[CanFollow], parser_classes=[JSONParser])
    def dismiss(self, request: Request, uid: str) -> Response:
        """Dismiss a proposed follow-up, with a reason."""
        row: Any = self.get_object()  # type: ignore[attr-defined]
        sent = given(DismissSerializer, request)
        with told():
            if "seen" in sent.validated_data:
                judging.hold_follow_up(follow_up=row, seen=sent.validated_data["seen"])
            tracking.dismiss_follow_up(follow_up=row, actor=request.user, day=today(), reason=sent.stored())
        return self._again()

    @extend_schema(
        request=LinkSerializer,
        responses={201: FollowUpSerializer, **{code: told for code, told in DECIDED.items() if code != 404}},
        filters=False,
    )
    def create(self, request: Request) -> Response:
        """Tie a later agenda item to a promise by hand: confirmed from the start."""
        data = given(LinkSerializer, request).validated_data
        commitment = _one(Commitment.objects.published(), "commitment", data["commitment"])
        item = _one(AgendaItem.objects.select_related("document"), "item", data["item"])
        with told():
            there = FollowUp.objects.filter(commitment=commitment, item=item).first()
            if there is not None:
                state = there.get_state_display()
                raise Conflict(_("This item is tied to it already (%(state)s).") % {"state": state})
            made = tracking.add_follow_up(
                commitment=commitment,
                item=item,
                actor=request.user,
                day=today(),
                kind=data["kind"],
                note=data["note"],
                deadline=deadline_of(data),
            )
        self.kwargs = {"uid": str(made.uid)}
        return Response(self.get_serializer(self.get_object()).data, status=201)  # type: ignore[attr-defined]

    def _again(self) -> Response:
        return Response(self.get_serializer(self.get_object()).data)  # type: ignore[attr-defined]


class WriteNotes:
    """What an office writes about a promise, for itself."""

    @extend_schema(request=WriteNoteSerializer, responses={201: NoteSerializer, **DECIDED}, filters=False)
    @action(detail=True, methods=["post"], permission_classes=[needs(Scope.NOTES)], parser_classes=[JSONParser])
    def notes(self, request: Request, uid: str) -> Response:
        """Write a note on a promise for an office of yours. Nobody else is told."""
        commitment: Any = self.get_object()  # type: ignore[attr-defined]
        sent = given(WriteNoteSerializer, request).validated_data
        own = Team.objects.of(viewer(request, Scope.NOTES))
        if "office" in sent:
            team = _one(own, "office", sent["office"])
        elif (several := list(own[:2])) and len(several) == 1:
            team = several[0]
        else:
            raise ValidationError({"office": [_("Say for which office: you do not work for exactly one.")]})
        with told():
            note = offices.add_note(
                team=team, commitment=commitment, text=sent["text"], actor=request.user, day=today()
            )
        return Response(NoteSerializer(note).data, status=201)


def _one(rows: Any, name: str, uid: Any) -> Any:
    found = rows.filter(uid=uid).first()
    if found is None:
        raise ValidationError({name: [_("There is none with this uid.")]})
    return found
