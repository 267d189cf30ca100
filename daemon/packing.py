"""Deliveries in few strings, as there can be 50,000 at once: nested documents would take three times their memory."""

from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter

from daemon.core.delivery import Attempt, Delivery, Ended, Ending, Trial
from daemon.core.facts import Attempted, Finished
from daemon.core.notices import Notice

_ATTEMPTS = TypeAdapter(tuple[Attempt, ...])
_TRIALS = TypeAdapter(tuple[Trial, ...])


def packed_delivery(delivery: Delivery) -> dict[str, Any]:
    """One that has not ended: its attempts as JSON. Notice and contact are its key."""
    return {"attempts": _ATTEMPTS.dump_json(delivery.attempts, exclude_defaults=True).decode()}


def unpacked_delivery(key: str, document: Mapping[str, Any]) -> Delivery:
    notice, _, contact = key.partition(" ")
    return Delivery(int(notice), contact, _ATTEMPTS.validate_json(document["attempts"]))


def packed_trials(fact: Attempted) -> dict[str, Any]:
    """As JSON, too."""
    return {"notice": fact.notice, "trials": _TRIALS.dump_json(fact.trials, exclude_defaults=True).decode()}


def unpacked_trials(chunk: int, document: Mapping[str, Any]) -> Attempted:
    return Attempted(chunk, document["notice"], _TRIALS.validate_json(document["trials"]))


def packed_outcomes(fact: Finished, places: Mapping[str, int]) -> dict[str, Any]:
    """Hundreds of outcomes in a few strings: a place among the recipients, a letter, a channel, seconds for each."""
    channels = sorted({ended.channel for ended in fact.ended})
    return {
        "notice": fact.notice,
        "places": " ".join(str(places[ended.contact]) for ended in fact.ended),
        "endings": "".join(ended.ending.value for ended in fact.ended),
        "channels": channels,
        "by": " ".join(str(channels.index(ended.channel)) for ended in fact.ended),
        "seconds": " ".join(str(ended.seconds) for ended in fact.ended),
        "reasons": {str(places[ended.contact]): ended.reason for ended in fact.ended if ended.reason},
        "refs": {str(places[ended.contact]): list(ended.refs) for ended in fact.ended if ended.refs},
    }


def unpacked_outcomes(notice: Notice, chunk: int, document: Mapping[str, Any]) -> Finished:
    """The outcomes of one stored chunk."""
    channels, reasons, refs = document["channels"], document["reasons"], document["refs"]
    rows = zip(
        document["places"].split(),
        document["endings"],
        document["by"].split(),
        document["seconds"].split(),
        strict=True,
    )
    ended = tuple(
        Ended(
            notice.recipients[int(place)],
            Ending(letter),
            channels[int(by)],
            int(seconds),
            reasons.get(place, ""),
            tuple(refs.get(place, ())),
        )
        for place, letter, by, seconds in rows
    )
    return Finished(chunk, notice.id, ended)
