"""What is told of counts of promises."""

from rest_framework import serializers

from commitments.api.serializers import PersonSerializer


class TallySerializer(serializers.Serializer):
    """How many promises stand how: open + fulfilled + dropped + lapsed + superseded = total."""

    total = serializers.IntegerField(min_value=0, help_text="promises that had been said by the day")
    open = serializers.IntegerField(min_value=0, help_text="of these: still to be kept, partly kept ones included")
    partly = serializers.IntegerField(min_value=0, help_text="of the open ones: kept in part")
    overdue = serializers.IntegerField(
        min_value=0, help_text="of the open ones: past their last day, and not waiting for an answer"
    )
    days_late = serializers.IntegerField(min_value=0, help_text="days past the last day, summed over the overdue ones")
    waiting = serializers.IntegerField(
        min_value=0, help_text="of the open ones: a question was filed, its term still runs"
    )
    dated = serializers.IntegerField(min_value=0, help_text="of all: with a last day")
    fulfilled = serializers.IntegerField(min_value=0, help_text="kept: on_time + late + undated")
    on_time = serializers.IntegerField(min_value=0, help_text="of the fulfilled ones: on their last day or before")
    late = serializers.IntegerField(min_value=0, help_text="of the fulfilled ones: after their last day")
    undated = serializers.IntegerField(min_value=0, help_text="of the fulfilled ones: without a last day")
    dropped = serializers.IntegerField(min_value=0, help_text="the government no longer means to")
    lapsed = serializers.IntegerField(min_value=0, help_text="nothing is left to be done, or the legislature ended")
    superseded = serializers.IntegerField(min_value=0, help_text="another promise took its place")
    slipped = serializers.IntegerField(min_value=0, help_text="of all: due later than the first last day named")
    days_slipped = serializers.IntegerField(min_value=0, help_text="days between that one and the present one, summed")


class TotalsSerializer(TallySerializer):
    """All promises together, on a day."""

    as_of = serializers.DateField(help_text="the day they are counted on")


class ByMinisterSerializer(TallySerializer):
    """The promises of one person."""

    minister = PersonSerializer(allow_null=True, help_text="who promised; null for promises of nobody known")


class PortfolioNameSerializer(serializers.Serializer):
    uid = serializers.UUIDField()
    portfolio = serializers.CharField(help_text="the words, as printed")


class ByPortfolioSerializer(TallySerializer):
    """The promises made for one portfolio."""

    portfolio = PortfolioNameSerializer(allow_null=True, help_text="null for promises without one that is known")


class ByCommitteeSerializer(TallySerializer):
    """The promises made in one committee; one that was said in two counts in both."""

    committee = serializers.CharField(
        allow_null=True, help_text="its name as printed; null for what was said elsewhere, in the plenary too"
    )


class ByMonthSerializer(TallySerializer):
    """The promises that were first said in one month."""

    month = serializers.RegexField(r"^\d{4}-\d{2}$", help_text="e.g. 2026-03")


class OnDaySerializer(TallySerializer):
    """All promises together, as they stood at the end of one month."""

    day = serializers.DateField(help_text="last day of a month, or as_of itself")
