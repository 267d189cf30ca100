"""DRILL at the console: begins an exercise, or ends the one that is on."""

from datetime import timedelta

from daemon.console.requests import Refusal, Request, Values
from daemon.consumer import Consumer
from daemon.core.drilling import refusal
from daemon.core.exercise import open_drill, taking_part
from daemon.core.state import State
from daemon.core.stimuli import DrillAsked, DrillStopped
from daemon.render.plain import line


class Drilling:
    """The handlers `drill` and `stop-drill`.

    Values: lists, words, service, lasts (seconds), roll_call. With `ask` nothing begins.
    """

    def __init__(self, state: State, consumer: Consumer) -> None:
        self._state = state
        self._consumer = consumer

    async def begin(self, request: Request) -> Values:
        asked = _asked(request)
        if reason := refusal(self._state, asked):
            raise Refusal(reason)
        people = len(taking_part(self._state.configuration.people, asked.lists))
        if request.values.get("ask"):
            return {"people": people}
        durable = await self._consumer.put(asked, *request.also)
        drill = open_drill(self._state)
        if drill is None or drill.exercise is None:
            raise Refusal("it did not begin: something real came in between, or the daemon's log says why")
        return {"drill": drill.id, "people": people, "until": drill.exercise.until.isoformat(), "durable": durable}

    async def end(self, request: Request) -> Values:
        drill = open_drill(self._state)
        if drill is None:
            raise Refusal("no exercise is on")
        durable = await self._consumer.put(DrillStopped(request.key), *request.also)
        return {"drill": drill.id, "durable": durable}


def _asked(request: Request) -> DrillAsked:
    lists, lasts = request.values.get("lists", []), request.values.get("lasts")
    if not isinstance(lists, list) or not all(isinstance(name, str) for name in lists):
        raise Refusal("lists are names of lists")
    if lasts is not None and not (isinstance(lasts, int) and 0 < lasts < 10**9):
        raise Refusal("lasts is a number of seconds")
    return DrillAsked(
        key=request.key,
        lists=tuple(dict.fromkeys(lists)),
        words=line(request.text("words")),
        service=request.text("service"),
        lasts=timedelta(seconds=lasts) if lasts else None,
        roll_call=bool(request.values.get("roll_call")),
    )
