"""Lines that are around a person's words in the same mail: farewells, "Sent from", legal notices, banners, footers.

Each function looks at a bounded number of lines, of bounded length.
"""

import re
from collections.abc import Sequence

from parsers.markers.banners import BANNERS, BANNERS_ALONE
from parsers.markers.closings import DISCLAIMERS, FOOTERS, LEGAL_WORDS, VALEDICTIONS
from parsers.markers.sent_from import (
    DEVICES,
    FROM,
    LONGEST_SENT_FROM,
    SENT_FROM,
    SENT_FROM_AROUND,
    SENT_FROM_ENDS,
    SENT_FROM_MY,
    SENT_FROM_WHATEVER,
)

LONGEST_LINE = 1_000

_LINK = re.compile(r"\s?(?:<https?:[^<>\s]{1,900}>|\(https?:[^()\s]{1,900}\)|\[https?:[^\[\]\s]{1,900}\])")
_WITHOUT_STOPS = re.compile(r"inc\. |\. (?=(?:please )?(?:excuse|pardon|forgive|sorry))")


def is_valediction(text: str) -> bool:
    """A line that holds only "Kind regards" or the like."""
    return len(text) < 60 and all(
        each.strip(" \t,.!;:*_-–—。、，！") in VALEDICTIONS for each in text.lower().split("/")
    )


def is_farewell(text: str) -> bool:
    """Nothing but "Kind regards" and a name: what a program puts into an empty mail."""
    first, *names = [line for line in text[:200].split("\n") if line.strip()] or [""]
    return (
        is_valediction(first) and len(names) <= 2 and all(len(name.split()) <= 4 and name.istitle() for name in names)
    )


def is_banner(text: str) -> bool:
    """What a gateway puts above a mail from outside."""
    lowered = text.lower()
    return lowered.lstrip("*_ ").startswith(BANNERS) or lowered.strip(" *_[](){}<>!:.-") in BANNERS_ALONE


def is_legal(texts: Sequence[str], position: int) -> bool:
    """Whether a legal notice starts here."""
    if not texts[position][:200].lower().lstrip(" \t*_#🌱🌳🌲🌍♻️").removeprefix("p ").startswith(DISCLAIMERS):
        return False
    paragraph = " ".join(text.lower() for text in texts[position : position + 8])
    return any(word in paragraph[:2000] for word in LEGAL_WORDS)


def is_footer(texts: Sequence[str], position: int) -> bool:
    """Whether a drawn line starts a list server's or advertiser's lines: few, to the end, with an address."""
    following = [text.lower()[:200] for text in texts[position + 1 : position + 30] if text.strip()]
    if following and any(word in following[0] for word in FOOTERS):
        return True
    long = len(texts[position].strip()) >= 30 and len(following) <= 10
    return long and any("http" in text or "www." in text or "unsubscribe" in text for text in following)


def is_sent_from(text: str) -> bool:
    """ "Sent from my phone" and its kind: a short line that a program adds, with or without a link."""
    text = _LINK.sub("", text[:LONGEST_LINE]).strip()
    if len(text) > LONGEST_SENT_FROM:
        return False
    lowered = text.lower().strip(" \t*_<[(-–—>)].。")
    if any(lowered.startswith(starts) and lowered.endswith(ends) for starts, ends in SENT_FROM_AROUND):
        return True
    if lowered.startswith(FROM):
        return len(lowered.split()) <= 4 and _names_device(lowered)
    if not lowered.startswith(SENT_FROM):
        return len(text) < 50 and lowered.endswith(SENT_FROM_ENDS) and _names_device(lowered)
    first, comma, _ = lowered.partition(",")
    if comma and not _names_device(first):
        return False
    if lowered.startswith(SENT_FROM_MY) and len(text) < 80:
        return True
    return "?" not in lowered and ". " not in _WITHOUT_STOPS.sub("", lowered) and _names_device(lowered)


def _names_device(lowered: str) -> bool:
    return any(device in f" {lowered} " for device in DEVICES)


def may_be_sent_from(text: str) -> bool:
    """A short line that begins as such a line does, from a thing that is not known here."""
    lowered = text.lower().strip(" *_<[(-–—>)]")
    return (
        lowered.startswith(SENT_FROM_WHATEVER) and len(lowered.split()) <= 8 and not lowered.endswith((".", "?", ":"))
    )
