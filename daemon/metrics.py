"""Figures for Prometheus: what came in, what went out, how fast, by which rung, and what is due.

Counted where every stimulus passes; gauges are read from the state when they are asked for. Nothing here names a
person, and a confidential incident shows in counts of messages at most.
"""

from collections import Counter as Tally
from collections.abc import Callable, Iterable, Iterator, Sequence

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from channels.types import Result
from daemon.clock import Clock
from daemon.core.facts import Fact, Finished
from daemon.core.health import Condition
from daemon.core.model import OPEN
from daemon.core.state import State
from daemon.core.stimuli import Ignored, Receipted, Returned, Said, Settlements, Stimulus

SECONDS = (1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1800, 3600, 4 * 3600)
COMMIT_SECONDS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 5)
CONDITIONS = {Condition.UP: 2, Condition.SUSPECT: 1, Condition.DOWN: 0}
OUT = (Result.SENT, Result.DELIVERED)
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

Size = Callable[[], int]
"""Bytes of the state's files."""

Well = Callable[[], bool]
"""As `/healthz` says."""


class Metrics:
    """`observe` sees each stimulus with what it came to; `committed` how long a commit took, in seconds."""

    def __init__(
        self, state: State, clock: Clock, channels: Iterable[str], size: Size, well: Well = lambda: True
    ) -> None:
        self._registry = CollectorRegistry()
        self._in = self._counter("murphy_messages_in", "Messages that came in", "channel", "outcome")
        self._out = self._counter("murphy_attempts", "Attempts to send, by how they ended", "channel", "outcome")
        self._receipts = self._counter("murphy_receipts", "Later word of messages sent", "source", "outcome")
        self._rungs = self._counter("murphy_rungs", "Attempts that went out, by their rung of the ladder", "rung")
        self._ended = self._counter("murphy_deliveries", "Deliveries, by how they ended", "channel", "ending")
        self._reached = Histogram(
            "murphy_delivery_seconds",
            "From a notice to its delivery",
            ("priority",),
            buckets=SECONDS,
            registry=self._registry,
        )
        self._commits = Histogram(
            "murphy_commit_seconds",
            "From a commit to its being durable",
            buckets=COMMIT_SECONDS,
            registry=self._registry,
        )
        self._state = state
        self._registry.register(_Now(state, clock, tuple(channels), size, well))

    def _counter(self, name: str, meaning: str, *labels: str) -> Counter:
        return Counter(name, meaning, labels, registry=self._registry)

    def text(self) -> bytes:
        """All figures, in Prometheus's text format."""
        return generate_latest(self._registry)

    def committed(self, seconds: float) -> None:
        self._commits.observe(seconds)

    def observe(self, stimulus: Stimulus, facts: Sequence[Fact]) -> None:
        match stimulus:
            case Said():
                verb = stimulus.command.verb
                self._in.labels(stimulus.medium, verb.value.lower() if verb else "words").inc()
            case Ignored():
                self._in.labels("email", "automatic").inc()
            case Returned():
                self._in.labels("email", "bounce").inc()
            case Receipted(receipt):
                self._receipts.labels(receipt.source, receipt.result.value).inc()
            case Settlements(settled):
                for (channel, result), times in Tally((s.channel, s.outcome.result) for s in settled).items():
                    self._out.labels(channel, result.value).inc(times)
                for rung, times in Tally(s.rung for s in settled if s.outcome.result in OUT).items():
                    self._rungs.labels(str(rung + 1)).inc(times)
            case _:
                pass
        for fact in facts:
            if isinstance(fact, Finished):
                self._finished(fact)

    def _finished(self, fact: Finished) -> None:
        notice = self._state.notices.get(fact.notice)
        priority = notice.priority.name.lower() if notice else ""
        for (channel, ending), times in Tally((ended.channel, ended.ending) for ended in fact.ended).items():
            self._ended.labels(channel, ending.name.lower()).inc(times)
        reached = self._reached.labels(priority)
        for ended in fact.ended:
            if ended.channel:
                reached.observe(ended.seconds)


class _Now(Collector):
    """What the state says at this moment."""

    def __init__(self, state: State, clock: Clock, channels: Sequence[str], size: Size, well: Well) -> None:
        self._state, self._clock, self._channels, self._size, self._well = state, clock, channels, size, well

    def collect(self) -> Iterator[Metric]:
        now = self._clock.now()
        channels = GaugeMetricFamily("murphy_channel", "2: up, 1: suspect, 0: down", labels=("channel",))
        for name in self._channels:
            health = self._state.health.get(name)
            channels.add_metric((name,), CONDITIONS[health.condition(now) if health else Condition.UP])
        yield channels
        yield _gauge(
            "murphy_well", "1 while all moves on, is written down, and somebody can be reached", float(self._well())
        )
        shown = [i for i in self._state.incidents.values() if not (i.confidential or i.drill)]
        statuses = [incident.status for incident in shown if incident.status in OPEN]
        yield _gauge("murphy_incidents_open", "Incidents proposed or accepted", len(statuses))
        dues = [promise.due for incident in shown for promise in incident.promises.values()]
        left = [(due - now).total_seconds() for due in dues]
        if left:  # a figure where none is promised would say that one is due
            yield _gauge("murphy_next_update_seconds", "Until the next promised update; below 0 it is late", min(left))
        yield _gauge("murphy_updates_overdue", "Promised updates that are late", sum(seconds < 0 for seconds in left))
        yield _gauge(
            "murphy_deliveries_open", "Deliveries not ended", sum(tally.left for tally in self._state.tallies.values())
        )
        yield _gauge("murphy_sources_down", "Ways in that cannot be read", len(self._state.unwatched))
        yield _gauge("murphy_disk_down", "1 while what is decided is held in memory only", float(self._state.disk_down))
        yield _gauge("murphy_state_bytes", "The state's files on disk", self._size())


def _gauge(name: str, meaning: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, meaning, value=value)
