"""Subject lines: what mail programs put before them."""

import re

_PREFIX = re.compile(
    r"\s*(?P<word>re|r|aw|antw|antwort|sv|vs|tr|odp|ynt|res|rif|ref|回复|回覆|答复|返信|fw|fwd|wg|vl|vb|doorst|enc|rv|i|pd|转发|轉寄|転送)"
    r"\s{0,2}(?:[\[(]\d{1,3}[\])]|\^\d{1,3})?\s{0,2}[:：]",
    re.IGNORECASE,
)
_TAG = re.compile(
    r"\s*[\[*(]{1,3}\s?(?:ext|external|extern|externe|external email|external sender)\s?[\])*]{1,3}:?", re.IGNORECASE
)
"""What gateways put before the subject of a mail from outside."""
_MAX_PREFIXES = 20


def strip_prefixes(subject: str) -> tuple[str, bool]:
    """The subject without "Re:", "AW:", "RE[2]:" and the like, and whether there was one."""
    rest, prefixed = subject.strip(), False
    for _ in range(_MAX_PREFIXES):
        match = _PREFIX.match(rest) or _TAG.match(rest)
        if match is None:
            break
        prefixed = prefixed or match.re is _PREFIX
        rest = rest[match.end() :].lstrip()
    return rest, prefixed
