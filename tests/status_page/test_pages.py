"""What stands on the pages and in the feed, from what was said: tables of conversations."""

import re
from collections.abc import Mapping
from datetime import timedelta
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest

from daemon.core.stimuli import DrillAsked
from daemon.render.renderer import Renderer
from daemon.status_page.document import pages
from daemon.status_page.feed import MOST_ENTRIES, NEVER, feed
from daemon.status_page.picture import Picture, look
from daemon.status_page.speech import Speech
from tests.core.vocabulary import Office

KEEP = timedelta(days=14)
URL = "https://status.acme.example"
ATOM = "{http://www.w3.org/2005/Atom}"
PROPOSAL = "Service: web shop\n\nThe vendor's secret patch broke it."

NO_PUBLIC = {
    'name = "stakeholders"\nlists = ["all-staff"]\ndetail = "public"': (
        'name = "stakeholders"\nlists = ["all-staff"]\ndetail = "management"'
    )
}


def picture(office: Office) -> Picture:
    return look(office.state, KEEP, office.now)


def speech(office: Office) -> Speech:
    return Speech.of(office.configuration, Renderer(office.configuration, lambda _notice, _contact: "token"))


def everything(office: Office) -> Mapping[str, bytes]:
    shown, words = picture(office), speech(office)
    return {**pages(shown, words), "feed.atom": feed(shown, words, URL)}


def written(office: Office) -> Mapping[str, str]:
    """All but the style."""
    return {name: content.decode() for name, content in everything(office).items() if name != "murphy.css"}


def accepted(office: Office, words: str = "We are on it.") -> None:
    office.says("Lotte", PROPOSAL, by="email", subject="Checkout dead")
    office.says("An", f"ACCEPT 1 {words}")


def nothing(_: Office) -> None: ...


def proposed(office: Office) -> None:
    office.says("Lotte", PROPOSAL, by="email", subject="Checkout dead")


def rejected(office: Office) -> None:
    proposed(office)
    office.says("An", "REJECT 1 It is only the test system.")


def withdrawn(office: Office) -> None:
    proposed(office)
    office.says("Lotte", "WITHDRAW 1 I was wrong.")


def drill(office: Office) -> None:
    office.gets(DrillAsked("exercise", (), roll_call=False))
    office.says("An", "ACCEPT DR-1 Exercise words.")


def confidential(office: Office) -> None:
    accepted(office)
    office.says("An", "CONFIDENTIAL 1")


def born_confidential(office: Office) -> None:
    office.says("Lotte", PROPOSAL + "\nConfidential: yes", by="email", subject="Theft")
    office.says("An", "ACCEPT 1 We are on it.")


@pytest.mark.parametrize(
    "conversation",
    [nothing, proposed, rejected, withdrawn, drill, confidential, born_confidential],
    ids=lambda f: f.__name__,
)
def test_it_shows_no_incident(conversation: object) -> None:
    office = Office()
    conversation(office)  # type: ignore[operator]
    files = written(office)
    assert sorted(files) == ["feed.atom", "index.html"]
    whole = "".join(files.values())
    assert "There is no major incident now." in whole
    assert not re.search(r"MI-|DR-|on it|Web shop|Exercise|wrong|test system", whole)
    assert ElementTree.fromstring(files["feed.atom"]).findall(f"{ATOM}entry") == []


def test_an_incident_from_the_first_word_to_its_last_day() -> None:
    office = Office()
    accepted(office, "We are on it. MGMT: it costs a million")
    office.says("An", "UPDATE 1 Cards work, cash does not.")
    office.says("An", "UPDATE 1 MGMT: the board is told")
    index = written(office)["index.html"]
    for there in ("MI-1 Web shop", "in progress", "Customers may be unable to order online.", "Cards work"):
        assert there in index
    history = written(office)["MI-1.html"]
    assert history.index("Cards work") < history.index("We are on it."), "the latest first"
    office.says("An", "RESOLVE 1 All is well again.")
    index = written(office)["index.html"]
    assert "There is no major incident now." in index
    assert "All is well again." in index
    assert "resolved" in index
    whole = "".join(written(office).values())
    for private in ("million", "board", "patch", "Checkout dead", "Lotte", "An Peeters", "meet.acme", "482915", "MGMT"):
        assert private not in whole
    office.now += KEEP - timedelta(seconds=1)
    assert "MI-1.html" in written(office)
    assert picture(office).expires == office.now + timedelta(seconds=1)
    office.now += timedelta(seconds=1)
    assert sorted(written(office)) == ["feed.atom", "index.html"]


def test_what_was_downgraded_is_shown_as_canceled_without_the_reason() -> None:
    office = Office()
    accepted(office)
    office.says("An", "DOWNGRADE 1 James pulled the wrong cable.")
    index = written(office)["index.html"]
    assert "canceled" in index
    assert "is no major incident after all" in index
    assert "cable" not in "".join(written(office).values())


def test_what_is_back_is_open_again() -> None:
    office = Office()
    accepted(office)
    office.says("An", "RESOLVE 1 All is well again.")
    office.now += timedelta(minutes=1)
    came = office.says("James", "REOPEN MI-1 Rosa broke it again.")
    assert "reopened" in came.kinds, came.kinds
    assert "There is no major incident now." not in written(office)["index.html"]
    assert "is back" in written(office)["index.html"]
    assert "Rosa" not in "".join(written(office).values())


def test_a_review_that_is_closed_stays_resolved() -> None:
    office = Office()
    accepted(office)
    office.says("An", "RESOLVE 1 All is well again.")
    office.says("An", "REVIEWED 1")
    assert "review" not in written(office)["index.html"]


def test_without_an_audience_of_public_depth_it_shows_what_such_a_one_would_hear() -> None:
    office = Office(NO_PUBLIC)
    accepted(office, "We are on it. MGMT: it costs a million")
    assert "We are on it." in written(office)["MI-1.html"]
    assert "million" not in "".join(written(office).values())
    office.says("An", "RESOLVE 1 All is well again.")
    assert "All is well again." in written(office)["index.html"]


def test_of_several_the_latest_comes_first() -> None:
    office = Office()
    accepted(office)
    office.now += timedelta(minutes=30)
    office.says("Lotte", "Service: payments\n\nNo cards.", by="email", subject="Cards")
    office.says("An", "ACCEPT 2 We look into it.")
    index = written(office)["index.html"]
    assert index.index("MI-2 Payments") < index.index("MI-1 Web shop")


def test_the_organization_speaks_its_own_language_and_zone() -> None:
    office = Office({'language = "en"': 'language = "nl"'})
    accepted(office)
    index = written(office)["index.html"]
    assert '<html lang="nl">' in index
    assert "Grote incidenten nu" in index
    assert "09:00" in index, "Brussels is an hour ahead of UTC in March"


def test_words_cannot_become_anything_but_words() -> None:
    office = Office()
    accepted(office, '<script>alert(1)</script> "quoted" & <img src=x onerror=y> ]]> \x0b')
    for name, content in written(office).items():
        assert "<script" not in content, name
        assert "<img" not in content, name
    tree = ElementTree.fromstring(written(office)["feed.atom"])
    html = tree.findtext(f"{ATOM}entry/{ATOM}content") or ""
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html, "escaped once more for those who show it as HTML"


class Outline(HTMLParser):
    """The headings, and everything that is fetched or linked to."""

    def __init__(self) -> None:
        super().__init__()
        self.levels: list[int] = []
        self.links: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))
        self.links += [value or "" for name, value in attrs if name in ("href", "src", "action")]
        if tag not in ("meta", "link", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("page", ["index.html", "MI-1.html"])
def test_a_page_is_whole_needs_nothing_from_elsewhere_and_its_headings_are_in_order(page: str) -> None:
    office = Office()
    accepted(office)
    office.says("An", "UPDATE 1 Cards work.")
    files = written(office)
    outline = Outline()
    outline.feed(files[page])
    assert outline.open == []
    assert outline.levels[0] == 1
    assert all(after <= before + 1 for before, after in zip(outline.levels, outline.levels[1:], strict=False))
    assert {link.partition("?")[0] for link in outline.links} <= {*files, "murphy.css"}


# The feed, by RFC 4287


def test_the_feed_has_what_the_standard_asks_for() -> None:
    office = Office()
    accepted(office)
    office.now += timedelta(minutes=5)
    office.says("An", "UPDATE 1 Cards work.")
    tree = ElementTree.fromstring(written(office)["feed.atom"])
    assert tree.tag == f"{ATOM}feed"
    for node in (tree, *tree.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            (only,) = node.findall(f"{ATOM}{name}")
            assert only.text
        assert re.fullmatch(r"tag:status\.acme\.example,\d{4}(-\d\d-\d\d)?:\S+", node.findtext(f"{ATOM}id") or "")
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", node.findtext(f"{ATOM}updated") or "")
    assert tree.findtext(f"{ATOM}author/{ATOM}name") == "Acme Retail"
    links = {link.get("rel"): link.get("href") for link in tree.findall(f"{ATOM}link")}
    assert links == {"self": f"{URL}/feed.atom", "alternate": f"{URL}/index.html"}
    entries = tree.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}updated") for entry in entries] == ["2026-03-02T08:05:00Z", "2026-03-02T08:00:00Z"]
    assert tree.findtext(f"{ATOM}updated") == "2026-03-02T08:05:00Z", "that of its latest entry"
    for entry in entries:
        (link,) = entry.findall(f"{ATOM}link")
        assert (link.get("rel"), link.get("href")) == ("alternate", f"{URL}/MI-1.html")
        (content,) = entry.findall(f"{ATOM}content")
        assert content.get("type") == "html"


def test_an_entry_keeps_its_identifier_and_no_two_share_one() -> None:
    office = Office()
    accepted(office)
    before = identifiers(office)
    for number in range(5):
        office.now += timedelta(minutes=5)
        office.says("An", f"UPDATE 1 Cards work, {number}.")
    after = identifiers(office)
    assert len(set(after)) == len(after) == 6
    assert set(before) < set(after)
    office.now += timedelta(milliseconds=1)
    office.says("An", "UPDATE 1 And now all of it.")
    assert len(set(identifiers(office))) == 7, "words said in one second are two entries"


def test_of_what_was_said_at_once_the_feed_has_the_last_word_first() -> None:
    office = Office()
    accepted(office)
    office.says("An", "RESOLVE 1 All is well.")
    assert [one.split("/")[1] for one in identifiers(office)] == ["all-clear", "initial"]


def identifiers(office: Office) -> list[str]:
    tree = ElementTree.fromstring(written(office)["feed.atom"])
    return [entry.findtext(f"{ATOM}id") or "" for entry in tree.findall(f"{ATOM}entry")]


def test_a_feed_without_entries_has_changed_once_and_a_long_one_ends() -> None:
    office = Office()
    tree = ElementTree.fromstring(written(office)["feed.atom"])
    assert tree.findtext(f"{ATOM}updated") == f"{NEVER:%Y-%m-%dT%H:%M:%SZ}"
    accepted(office)
    for number in range(MOST_ENTRIES + 5):
        office.now += timedelta(minutes=1)
        office.says("An", f"UPDATE 1 Cards work, {number}.")
    assert len(identifiers(office)) == MOST_ENTRIES
