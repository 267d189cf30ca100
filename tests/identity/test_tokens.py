"""Reply tokens: what they claim, and every way in which they do not."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daemon.identity.tokens import LIFE, Claim, Refusal, Tokens, find_tokens, referred
from tests.identity.scene import ANN, JAN, NOW, TOKENS, mailbox

TODAY = NOW.date()
TOKEN = TOKENS.issue(JAN, "MI-7", 12, TODAY)
BOX = (mailbox(),)


def test_a_token_claims_what_it_was_issued_for() -> None:
    assert TOKENS.claim(TOKEN, JAN, NOW) == Claim("MI-7", 12)


def test_a_token_is_short_lower_case_and_fit_for_a_local_part() -> None:
    assert TOKEN.startswith("mi7-12-")
    assert not any(char.isupper() for char in TOKEN)
    assert TOKEN.isascii()
    assert len("incidents+" + TOKENS.issue(JAN, "MI-99999", 999_999, TODAY)) <= 64


def test_the_same_arguments_give_the_same_token() -> None:
    again = TOKENS.issue(JAN, "MI-7", 12, TODAY)
    assert again == TOKEN


def test_a_token_about_no_incident() -> None:
    token = TOKENS.issue(JAN, "", 0, TODAY)
    assert token.startswith("x-0-")
    assert TOKENS.claim(token, JAN, NOW) == Claim("", 0)


def test_a_token_that_a_client_put_in_capitals_still_counts() -> None:
    assert TOKENS.claim(TOKEN.upper(), JAN, NOW) == Claim("MI-7", 12)


@pytest.mark.parametrize("incident", ["7", "mi-7", "MI-0", "MI-7\r\nBcc: x", "MI-", "MI-7-8"])
def test_only_an_incident_can_be_put_into_a_token(incident: str) -> None:
    with pytest.raises(ValueError, match="not an incident"):
        TOKENS.issue(JAN, incident, 1, TODAY)


def test_a_token_of_another_person() -> None:
    assert isinstance(TOKENS.claim(TOKEN, ANN, NOW), Refusal)


def test_a_token_of_another_secret() -> None:
    assert isinstance(Tokens(b"q" * 32).claim(TOKEN, JAN, NOW), Refusal)


ALTERED = [
    (TOKEN.replace("mi7", "mi8"), "another incident"),
    (TOKEN.replace("mi7", "dr7"), "another kind of incident"),
    (TOKEN.replace("mi7", "x"), "no incident"),
    (TOKEN.replace("-12-", "-13-"), "another notice"),
    (TOKENS.issue(JAN, "MI-7", 12, TODAY + timedelta(days=1)).rpartition("-")[0] + TOKEN[-21:], "another day"),
    (TOKEN[:-1] + ("a" if TOKEN[-1] != "a" else "b"), "another signature"),
    (TOKEN[:-1], "a signature cut short"),
    (TOKEN + "a", "a signature too long"),
    (TOKEN[:-20], "no signature"),
    ("", "nothing"),
    ("mi7-12-٣-" + "a" * 20, "other digits"),
]


@pytest.mark.parametrize("token", [c[0] for c in ALTERED], ids=[c[1] for c in ALTERED])
def test_an_altered_token(token: str) -> None:
    assert isinstance(TOKENS.claim(token, JAN, NOW), Refusal)


def test_a_token_lives_thirty_days() -> None:
    assert TOKENS.claim(TOKEN, JAN, NOW + LIFE) == Claim("MI-7", 12)
    expired = TOKENS.claim(TOKEN, JAN, NOW + LIFE + timedelta(days=1))
    assert expired == Refusal("token expired 1 days ago")


def test_a_token_of_a_day_to_come() -> None:
    assert TOKENS.claim(TOKENS.issue(JAN, "MI-7", 12, TODAY + timedelta(days=1)), JAN, NOW) == Claim("MI-7", 12)
    assert isinstance(TOKENS.claim(TOKENS.issue(JAN, "MI-7", 12, TODAY + timedelta(days=2)), JAN, NOW), Refusal)


def test_days_are_counted_in_utc_wherever_now_is_told() -> None:
    tokyo = datetime(2026, 12, 24, 8, 0, tzinfo=timezone(timedelta(hours=9)))
    assert tokyo.astimezone(UTC).date() == TODAY + LIFE
    assert TOKENS.claim(TOKEN, JAN, tokyo) == Claim("MI-7", 12)


def test_the_secret_is_never_printed() -> None:
    assert "kkk" not in repr(TOKENS)


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_text_is_a_token(token: str, contact: str) -> None:
    assert isinstance(TOKENS.claim(token, contact, NOW), Refusal)


@given(
    st.text(max_size=40), st.integers(1, 999_999), st.integers(0, 10**11), st.dates(date(2020, 1, 1), date(2099, 1, 1))
)
def test_every_token_issued_is_claimed_by_its_contact_alone(contact: str, number: int, notice: int, day: date) -> None:
    token = TOKENS.issue(contact, f"MI-{number}", notice, day)
    now = datetime(day.year, day.month, day.day, tzinfo=UTC)
    assert TOKENS.claim(token, contact, now) == Claim(f"MI-{number}", notice)
    assert isinstance(TOKENS.claim(token, contact + "x", now), Refusal)


PLACES = [
    ((f"incidents+{TOKEN}@acme.example",), (), (TOKEN,), "in the address"),
    ((f"Incidents+{TOKEN.upper()}@ACME.example",), (), (TOKEN,), "in capitals"),
    ((), (f"<{TOKEN}@acme.example>",), (TOKEN,), "in a Message-ID"),
    ((), (f"{TOKEN}@acme.example",), (TOKEN,), "in a Message-ID without its brackets"),
    ((f"incidents+{TOKEN}@acme.example",), (f"<{TOKEN}@acme.example>",), (TOKEN,), "in both, once"),
    ((f"incidents+{TOKEN}@evil.example",), (), (), "at another domain"),
    ((f"other+{TOKEN}@acme.example",), (), (), "behind another name"),
    ((f"incidents-{TOKEN}@acme.example",), (), (), "behind another mark"),
    (("incidents+news@acme.example",), ("<123@acme.example>",), (), "nothing of ours"),
]


@pytest.mark.parametrize(("recipients", "ids", "found"), [c[:3] for c in PLACES], ids=[c[3] for c in PLACES])
def test_where_tokens_are_found(recipients: tuple[str, ...], ids: tuple[str, ...], found: tuple[str, ...]) -> None:
    assert find_tokens(recipients, ids, BOX) == found


def test_a_mailbox_without_subaddresses_has_none_in_addresses() -> None:
    assert find_tokens((f"incidents+{TOKEN}@acme.example",), (), (mailbox(subaddress=""),)) == ()


def test_another_mark_for_subaddresses() -> None:
    assert find_tokens((f"incidents-{TOKEN}@acme.example",), (), (mailbox(subaddress="-"),)) == (TOKEN,)


def test_what_a_token_names_is_read_without_believing_it() -> None:
    assert referred(TOKEN) == ("MI-7", 12)
    assert referred(TOKEN[:-1] + ("a" if TOKEN[-1] != "a" else "b")) == ("MI-7", 12)
    assert referred("x-3-" + TOKEN.split("-", 2)[2]) == ("", 3)
    assert referred("hello") is None
