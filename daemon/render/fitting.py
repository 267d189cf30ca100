"""A text message in few segments: plainer characters where they are cheaper, and long words shortened."""

from collections.abc import Callable

from daemon.core.kinds import Kind
from daemon.render.plain import unaccented
from parsers.segments import Encoding, segments, to_gsm

SEGMENTS = dict.fromkeys(
    (
        Kind.DECISION_REQUEST,
        Kind.DECISION_BUNDLE,
        Kind.SAME_REQUEST,
        Kind.HANDOVER_BRIEFING,
        Kind.PREVIEW,
        Kind.PAGE,
        Kind.INITIAL,
        Kind.UPDATE,
        Kind.REOPENED,
        Kind.ALL_CLEAR,
        Kind.CONFIRM_WORDS,
        Kind.DONE_ACCEPT,
        Kind.HELP,
        Kind.REVIEW_QUESTIONS,
        Kind.REVIEW_REMINDER,
        Kind.ACTION_REMINDER,
        Kind.DONE_ACTION,
        Kind.NO_ACTION,
    ),
    3,
)
"""At most; words are shortened to it, never the number, the verbs or the time of the next update."""

SEGMENTS_OF_OTHERS = 2
LONGEST = 153 * max(SEGMENTS.values())
"""Characters that could fit at all: 153 septets a part (3GPP TS 23.040)."""


def fitted(written: Callable[[int], str], limit: int) -> str:
    """The longest of `written(length)`, which shortens its words to `length`, that takes `limit` segments at most.

    Without any of those words it may still take more.
    """
    best = _cheapest(written(LONGEST))
    if segments(best).segments <= limit:
        return best
    best = _cheapest(written(0))
    low, high = 0, LONGEST
    while high - low > 1:
        length = (low + high) // 2
        candidate = _cheapest(written(length))
        if segments(candidate).segments <= limit:
            low, best = length, candidate
        else:
            high = length
    return best


def _cheapest(text: str) -> str:
    """As it is written, unless plainer characters, or letters without their accents, take fewer segments."""
    plain = to_gsm(text)
    return min(text, plain, to_gsm(_unaccented(plain)), key=lambda written: segments(written).segments)


def _unaccented(text: str) -> str:
    """Accents go only where the GSM alphabet lacks the letter: "è" stays, "ê" becomes "e"."""
    return "".join(
        letter if letter.isascii() or segments(letter).encoding is Encoding.GSM else unaccented(letter)
        for letter in text
    )
