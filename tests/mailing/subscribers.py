"""Subscribers as many as wanted, of offices with notes, labels and watch lists of their own, and promises to tell of.

Everybody is due a mail at noon of DAY, each with other topics, and with what the own office wrote and no other.
"""

from datetime import date, datetime, timedelta
from itertools import cycle

from django.contrib.auth.models import User

from commitments.models import (
    Commitment,
    Event,
    Membership,
    Note,
    PutOff,
    Subscription,
    Tag,
    Tagging,
    Team,
    Topic,
    Watch,
)
from tests import rows
from transcripts.models import Mandate

DAY = date(2026, 3, 16)  # a Monday
OFFICE = 50  # people in one
MINISTERS = ("Els Vanrode", "Bart Claes", "Nora Dierickx", "Tom Verlinden")
COMMITTEES = ("Commissie voor Wonen en Energie", "Commissie voor Mobiliteit", "Commissie voor Onderwijs")
PROMISES = (
    "Ik zal het rapport over de renovatiepremies tegen eind maart aan het parlement bezorgen.",
    "Ik zal de sector in de loop van het voorjaar samenroepen voor een overleg over de wachtlijsten.",
    "Ik laat tegen de zomer een studie uitvoeren naar de veiligheid van de fietspaden.",
    "Ik bezorg u de cijfers per gemeente zodra de administratie ze heeft verzameld.",
)


def note_of(office: int) -> str:
    """What only the members of an office may read."""
    return f"Vertrouwelijke nota van kantoor {office}."


def promises(number: int) -> list[Commitment]:
    """So many promises: of five, two are late, one is due soon, one is to be asked about, one was answered."""
    people = [rows.person(name) for name in MINISTERS]
    mandates = [
        Mandate.objects.create(person=one, title="minister", portfolio=f"Domein {at}", start=date(2024, 9, 30))
        for at, one in enumerate(people)
    ]
    made = []
    for at in range(number):
        which = at % len(people)
        paper = rows.document(title=f"Verslag {at}", day=DAY - timedelta(days=60 + at % 90))
        paper.meeting.committee = COMMITTEES[at % len(COMMITTEES)]
        paper.meeting.save()
        quote = PROMISES[at % len(PROMISES)]
        turn = rows.speech(rows.item(paper), f"{rows.BEFORE}{quote}{rows.AFTER}", person=people[which])
        due = {
            0: {"due_end": DAY - timedelta(days=1 + at % 40)},
            1: {"due_end": DAY - timedelta(days=30 + at % 60)},
            2: {"due_end": DAY + timedelta(days=1 + at % 25)},
            3: {"due_start": None, "due_end": None, "due_text": "binnenkort", "check_on": DAY - timedelta(days=at % 9)},
            4: {"due_end": DAY + timedelta(days=200)},
        }[at % 5]
        one = rows.commitment(
            quote=quote, turn=turn, title=f"Belofte {at}: {quote}"[:200], mandate=mandates[which], **due
        )
        if at % 5 == 4:
            Event.objects.create(day=DAY - timedelta(days=at % 6), kind=Event.Kind.ANSWERED, commitment=one)
        made.append(one)
    return made


def subscribe(number: int, *, told: int = 60) -> int:
    """Make so many new subscribers, s0@example.org, s1@example.org …, to `told` promises; return how many.

    Nobody has a mail yet. Of each five: one follows everything every week, one everything day by day, one only when
    something changed, one a minister, a committee and words, and one a label and the watch list of the office.
    """
    found = promises(told)
    users = User.objects.bulk_create(
        User(username=f"s{at}", email=f"s{at}@example.org", password="!") for at in range(number)
    )
    teams = Team.objects.bulk_create(Team(name=f"Kantoor {at}") for at in range(-(-number // OFFICE)))
    at_work = [
        Membership(user=user, team=teams[at // OFFICE], role="reviewer" if at % OFFICE else "manager")
        for at, user in enumerate(users)
    ]
    Membership.objects.bulk_create(at_work)
    labels = Tag.objects.bulk_create(Tag(team=team, name="wonen") for team in teams)
    uids = cycle([one.uid for one in found])
    for at, (team, label) in enumerate(zip(teams, labels, strict=True)):
        Tagging.objects.bulk_create(Tagging(tag=label, commitment_id=next(uids)) for _ in range(3))
        Watch.objects.bulk_create(Watch(team=team, commitment_id=next(uids)) for _ in range(2))
        Note.objects.create(
            team=team, commitment_id=next(uids), text=note_of(at), day=DAY - timedelta(days=1), author=None
        )
    PutOff.objects.bulk_create(
        PutOff(user=user, commitment_id=next(uids), until=DAY + timedelta(days=9)) for user in users[::3]
    )
    kinds = cycle(["weekly", "daily", "changes", "weekly", "weekly"])
    mine = Subscription.objects.bulk_create(
        Subscription(
            user=user,
            language="en" if at % 4 == 0 else "nl-be",
            rhythm=next(kinds),
            everything=at % 5 < 3,
            hour=7 + at % 5,
        )
        for at, user in enumerate(users)
    )
    people, kind = [one.person for one in found], Topic.Kind
    topics = []
    for at, one in enumerate(mine):
        if at % 5 == 3:
            topics += [
                Topic(subscription=one, kind=kind.MINISTER, person=people[at // 5 % len(MINISTERS)]),
                Topic(subscription=one, kind=kind.COMMITTEE, words=COMMITTEES[at // 5 % len(COMMITTEES)]),
                Topic(subscription=one, kind=kind.WORDS, words=("fietspaden", "wachtlijsten")[at // 5 % 2]),
            ]
        elif at % 5 == 4:
            topics += [
                Topic(subscription=one, kind=kind.LABEL, label=labels[at // OFFICE]),
                Topic(subscription=one, kind=kind.WATCH_LIST),
            ]
    Topic.objects.bulk_create(topics)
    return len(mine)


def noon() -> datetime:
    """The moment at which they are all due, by the clock in Brussels."""
    from tracker.clock import noon_of

    return noon_of(DAY)
