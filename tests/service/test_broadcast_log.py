"""The log of a broadcast: a line for its end, none for each of thousands; failures and what goes to one person stay."""

from structlog.testing import capture_logs

from tests.scenarios.play import talking


async def test_a_broadcast_is_one_line_and_a_failure_a_line_each() -> None:
    async with talking() as talk:
        with capture_logs() as logs:
            await talk.accepted()
            await talk.organization.settle()
        sent = [log for log in logs if log["event"] == "attempt"]
        (ended,) = [log for log in logs if log["event"] == "notice ended" and log["kind"] == "initial"][:1]
        assert ended["people"] > 1
        assert sent
        assert ended["notice"] not in {log["notice"] for log in sent}
        assert {log["incident"] for log in sent} == {"MI-1"}
        assert ended["incident"] == "MI-1"
        assert ended["people"] == sum(ended[name] for name in ("delivered", "sent", "unreached", "stopped"))
        talk.forget()
        await talk.cuts_relay()
        with capture_logs() as logs:
            await talk.texts("An", "UPDATE MI-1 Half of it works.")
            await talk.organization.settle()
        failed = [log for log in logs if log["event"] == "attempt" and log["result"] == "failed"]
        assert failed
        assert all(log["log_level"] == "info" and log["reason"] for log in failed)
        talk.forget()


async def test_a_confidential_incident_has_no_number_in_the_log() -> None:
    async with talking() as talk:
        with capture_logs() as logs:
            await talk.mails("Lotte", "Money is missing", "Confidential: yes\n\nNobody must know.")
            await talk.organization.settle()
        assert [log for log in logs if log["event"] == "attempt"]
        assert not [log for log in logs if "MI-1" in str(log)]
        talk.forget()
