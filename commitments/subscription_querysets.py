"""Questions put to subscriptions and digests: who is due a mail at a moment, and which mails are to be sent.

Everything is counted by the clock on the wall in Brussels, which the moment is handed in. An hour that is skipped when
summer time begins is past as soon as the next one strikes; one that comes twice in autumn is past after the first, and
the period (a day) was claimed by then.
"""

from datetime import datetime, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Case, DateField, Exists, F, OuterRef, Q, Value, When

HOURS_A_WEEK = 7 * 24
# What was missed is made up for until twelve hours before the next weekly mail, or four before the next daily one: two
# mails on one morning help nobody, and the later one tells what the earlier would have told.
WEEKLY_CATCH_UP = HOURS_A_WEEK - 12
DAILY_CATCH_UP = 24 - 4


class SubscriptionQuerySet(models.QuerySet):
    def reachable(self) -> Self:
        """Switched on, of somebody who may log in and has an address."""
        return self.filter(active=True, user__is_active=True).exclude(user__email="")

    def refused(self) -> Self:
        """Switched off because a mail server refused the address, of somebody who may still log in."""
        return self.filter(active=False, refused_at__isnull=False, user__is_active=True)

    def with_period(self, moment: datetime) -> Self:
        """Annotate `period`, the day that names the mail each should have by `moment` (Brussels time); null for none.

        Of a weekly mail it is the Monday of the week it is for, whatever its weekday, so that who chooses another
        weekday gets no second one in the same week. Of a daily one, and of one sent only when something changed, it is
        the day itself.
        """
        day, hour = moment.date(), moment.hour
        monday = day - timedelta(days=day.weekday())
        now = day.weekday() * 24 + hour
        rows = self.alias(slot=F("weekday") * 24 + F("hour"))
        weekly, daily = Q(rhythm="weekly"), ~Q(rhythm="weekly")

        def named(when: Q, period: object) -> When:
            return When(when, then=Value(period, DateField()))

        return rows.annotate(
            period=Case(
                named(weekly & Q(slot__lte=now, slot__gt=now - WEEKLY_CATCH_UP), monday),
                named(weekly & Q(slot__gt=now + HOURS_A_WEEK - WEEKLY_CATCH_UP), monday - timedelta(days=7)),
                named(daily & Q(hour__lte=hour, hour__gt=hour - DAILY_CATCH_UP), day),
                named(daily & Q(hour__gt=hour + 24 - DAILY_CATCH_UP), day - timedelta(days=1)),
                default=None,
                output_field=DateField(null=True),
            )
        )

    def due(self, moment: datetime) -> Self:
        """Who should have had a mail by `moment` for which nothing is claimed yet, with the `period` it is for."""
        from commitments.models import Digest

        claimed = Digest.objects.filter(
            subscription=OuterRef("pk"), rhythm=OuterRef("rhythm"), period=OuterRef("period")
        )
        with_period: Any = self.reachable().with_period(moment)
        found: Self = with_period.exclude(period=None).filter(~Exists(claimed))
        return found


class DigestQuerySet(models.QuerySet):
    def of_now(self, moment: datetime) -> Self:
        """The mails of the period that each subscription is in at `moment`, whether sent or not.

        One of an earlier period is out of date, and one of a rhythm that was changed since as well.
        """
        from commitments.models import Subscription

        current: Any = Subscription.objects.reachable().with_period(moment)
        mine = current.filter(pk=OuterRef("subscription"), rhythm=OuterRef("rhythm"), period=OuterRef("period"))
        return self.filter(Exists(mine))

    def sent(self) -> Self:
        return self.filter(sent_at__isnull=False)

    def to_send(self, moment: datetime) -> Self:
        """Claimed, not sent, still of this period, and with something in it that its subscriber wants to be told."""
        return self.of_now(moment).filter(sent_at__isnull=True, nothing=False).order_by("pk")

    def with_a_later_one(self) -> Self:
        """Those after which another mail to the same subscriber was claimed: that one tells what this one would."""
        return self.filter(Exists(_later()))

    def latest_claimed(self) -> Self:
        return self.filter(~Exists(_later()))

    def in_trouble(self) -> Self:
        """Uncertain or failed, and no later one tells it: somebody has to say whether it is sent again."""
        from commitments.models import Subscription

        rows = self.filter(state__in=["uncertain", "failed"], nothing=False)
        return rows.latest_claimed().filter(subscription__in=Subscription.objects.reachable())


def _later() -> models.QuerySet:
    from commitments.models import Digest

    return Digest.objects.filter(subscription=OuterRef("subscription"), pk__gt=OuterRef("pk"), nothing=False)
