"""What our own mail server found out about a message (Authentication-Results, RFC 8601).

Only the topmost header field counts, and only if it bears the mailbox's own authserv-id: a sender can add such
fields too, but none above the one that the server adds last.
"""

import re
from collections.abc import Sequence
from enum import StrEnum

from authres import AuthenticationResultsHeader, AuthResError
from authres.core import AuthenticationResult

MICROSOFT = "protection.outlook.com"
"""The `authserv_id` to configure for Microsoft's servers, whose header field names none."""

_MAX = 8192
_ID = re.compile(r"\s*(?:\([^()]*\)\s*)?([A-Za-z0-9._:-]{1,255})(?=\s*(?:;|\s[0-9]+\s*;))")
_NO_ID = re.compile(r"\s*[a-z0-9-]+\s*=")
_FAILED = {"dmarc": {"fail"}, "dkim": {"fail", "policy"}, "spf": {"fail", "hardfail"}, "compauth": {"fail"}}


class Verdict(StrEnum):
    PASSED = "passed"
    FAILED = "failed"
    UNKNOWN = "unknown"
    """No trusted word, or none that settles it."""


def judge(fields: Sequence[str], authserv_ids: frozenset[str], domain: str) -> tuple[Verdict, str]:
    """Whether the From domain was authenticated, and why not, for the log ("" where it was).

    Passed: dmarc=pass for this domain, or dkim=pass signed by it or by a domain above it. Failed: the opposite said
    of DMARC or, without a DMARC result that settles it, a failed DKIM signature or SPF (a "softfail" is not one).
    """
    if not fields or not authserv_ids:
        return Verdict.UNKNOWN, ""
    top = fields[0][:_MAX]
    match = _ID.match(top)
    if match is None and _NO_ID.match(top):
        top, authserv_id = f"{MICROSOFT}; {top}", MICROSOFT
    else:
        authserv_id = match[1].lower() if match else ""
    if authserv_id not in authserv_ids:
        return Verdict.UNKNOWN, f"topmost Authentication-Results is of {authserv_id or 'nobody'!r}, not of our server"
    try:
        results = AuthenticationResultsHeader.parse_value(top).results
    except (AuthResError, ValueError, IndexError, AttributeError, TypeError, RecursionError):
        return Verdict.UNKNOWN, "Authentication-Results cannot be read"
    return _verdict(results, domain)


def aligned(signer: str, domain: str) -> bool:
    """The signing domain is the From domain or one above it. Stricter than RFC 7489 section 3.1, which also takes
    one beside or below it, because who owns those takes a list of public suffixes to know."""
    signer = signer.lower().rstrip(".")
    return "." in signer and (domain == signer or domain.endswith("." + signer))


def _verdict(results: Sequence[AuthenticationResult], domain: str) -> tuple[Verdict, str]:
    dmarc = [(result, _value(result, "header", "from")) for result in results if result.method == "dmarc"]
    if any(result.result == "fail" for result, _ in dmarc):
        return Verdict.FAILED, "our server says dmarc=fail"
    if any(result.result == "pass" and header_from in {domain, ""} for result, header_from in dmarc):
        return Verdict.PASSED, ""
    if any(
        result.method == "dkim" and result.result == "pass" and aligned(_value(result, "header", "d"), domain)
        for result in results
    ):
        return Verdict.PASSED, ""
    for result in results:
        if result.result in _FAILED.get(result.method, ()):
            return Verdict.FAILED, f"our server says {result.method}={result.result}"
    return Verdict.UNKNOWN, "our server says neither that it passed nor that it failed"


def _value(result: AuthenticationResult, kind: str, name: str) -> str:
    values = [str(each.value or "") for each in result.properties if (each.type, each.name) == (kind, name)]
    return values[0].lower().strip() if len(values) == 1 else ""
