"""Opting out and in, as the simulated carrier does it by itself; the text is forwarded all the same."""

STOP_WORDS = frozenset({"STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"})
START_WORDS = frozenset({"START", "YES", "UNSTOP"})
HELP_WORDS = frozenset({"HELP", "INFO"})
STOPPED = "You have successfully been unsubscribed. Reply START to resubscribe."
STARTED = "You have successfully been re-subscribed. Reply HELP for help, STOP to unsubscribe."
HELPED = "Reply STOP to unsubscribe. Msg & data rates may apply."


def carrier_answer(sender: str, body: str, opted_out: set[str]) -> str:
    """What the carrier texts back, "" for nothing; `opted_out` is changed. Only a whole message counts."""
    word = body.strip().upper()
    if word in STOP_WORDS:
        opted_out.add(sender)
        return STOPPED
    if word in START_WORDS and sender in opted_out:
        opted_out.discard(sender)
        return STARTED
    return HELPED if word in HELP_WORDS else ""
