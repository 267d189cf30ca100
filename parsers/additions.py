"""Lines that are around a person's words in the same mail: farewells, "Sent from", legal notices, banners, footers.

Each function looks at a bounded number of lines, of bounded length.
"""

from collections.abc import Sequence

from parsers.markers import (
    BANNERS,
    BANNERS_ALONE,
    DEVICES,
    DISCLAIMERS,
    FOOTERS,
    LEGAL_WORDS,
    LONGEST_SENT_FROM,
    SENT_FROM,
    SENT_FROM_ENDS,
    SENT_FROM_MY,
    VALEDICTIONS,
)


def is_valediction(text: str) -> bool:
    """A line that holds only "Kind regards" or the like."""
    return len(text) < 60 and text.lower().strip(" \t,.!;:*_-–—。、，！") in VALEDICTIONS


def is_banner(text: str) -> bool:
    """What a gateway puts above a mail from outside."""
    lowered = text.lower()
    return lowered.lstrip("*_ ").startswith(BANNERS) or lowered.strip(" *_[](){}<>!:.-") in BANNERS_ALONE


def is_legal(texts: Sequence[str], position: int) -> bool:
    """Whether a legal notice starts here."""
    if not texts[position].lower().lstrip(" \t*_").startswith(DISCLAIMERS):
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
    """ "Sent from my phone" and its kind: a short line that a program adds."""
    if len(text) > LONGEST_SENT_FROM:
        return False
    lowered = text.lower().strip(" \t*_<[(-–—>")
    if lowered.startswith(("von meinem", "von meiner", "从我的", "從我的", "私の", "自我的")):
        return lowered.rstrip(".。*_>]) ").endswith(SENT_FROM_ENDS)
    named = any(device in lowered for device in DEVICES)
    if not lowered.startswith(SENT_FROM):
        ended = lowered.rstrip(".。*_>]) ").endswith(("から送信", "から送信されました", " gesendet"))
        return ended and named and len(text) < 50
    if lowered.startswith(SENT_FROM_MY) and len(text) < 80:
        return True
    return named and "?" not in lowered and ". " not in lowered.replace("inc. ", "")
