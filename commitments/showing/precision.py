"""How often the reviewers agreed with each cue, week by week."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.timezone import localdate

from commitments.learning.measuring import NOTHING, Share
from commitments.models import Statement
from commitments.rejections import code_of
from commitments.services.learning import NO_EVIDENCE


@dataclass(slots=True)
class CueWeeks:
    """What was accepted of what was judged, for one cue. weeks: in the order of the table's weeks, oldest first."""

    rule: str
    why: str
    weeks: list[Share]
    total: Share = field(default=NOTHING)

    def add(self, week: int, accepted: bool) -> None:
        one = Share(int(accepted), 1)
        self.weeks[week] += one
        self.total += one


@dataclass(frozen=True, slots=True)
class Table:
    """weeks: the Mondays, oldest first; all: every judged statement; cues: the ones judged most often first."""

    weeks: Sequence[date]
    all: CueWeeks
    cues: Sequence[CueWeeks]


def precision_by_cue(*, day: date, weeks: int) -> Table:
    """Return how often each cue was right in the last `weeks` weeks up to the one that holds `day`.

    Counted by the week of the judgement. A statement rejected because it is there twice or was read wrongly says
    nothing about its cues and is left out.
    """
    monday = day - timedelta(days=day.weekday())
    mondays = [monday - timedelta(weeks=back) for back in reversed(range(weeks))]
    judged = (
        Statement.objects.judged_proposals()
        .filter(reviewed_at__date__gte=mondays[0], reviewed_at__date__lte=day)
        .values_list("cues", "state", "rejected_because", "reviewed_at")
    )
    everything = CueWeeks("", "", [NOTHING] * weeks)
    by_rule: dict[str, CueWeeks] = {}
    for cues, state, because, at in judged.iterator():
        if code_of(because) in NO_EVIDENCE:
            continue
        week = (localdate(at) - mondays[0]).days // 7
        accepted = state == Statement.State.ACCEPTED
        everything.add(week, accepted)
        for cue in cues:
            one = by_rule.setdefault(cue["rule"], CueWeeks(cue["rule"], cue["why"], [NOTHING] * weeks))
            one.add(week, accepted)
    return Table(mondays, everything, _most_judged_first(by_rule.values()))


def _most_judged_first(cues: Iterable[CueWeeks]) -> list[CueWeeks]:
    return sorted(cues, key=lambda one: (-one.total.of, one.rule))
