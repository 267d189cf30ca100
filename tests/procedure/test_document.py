"""The document says what the configuration does: it follows every edit, and what it promises is what the core does."""

import re
import tomllib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from daemon.core.kinds import Kind
from daemon.document import words
from daemon.document.markdown import markdown
from daemon.document.model import Document, Source
from daemon.procedure.decision import decision
from daemon.procedure.document import procedure
from daemon.procedure.frame import Frame
from daemon.procedure.informing import accepted
from daemon.procedure.opening import roles
from daemon.procedure.plan import SAYS
from daemon.procedure.templates import YOURS, quoted
from daemon.procedure.verbs import ALWAYS, DOES, verbs, works
from daemon.render.catalog import load, read
from parsers.types import Verb
from tests.core.vocabulary import Edits, Office, example
from tests.procedure.example import PAGE, part, said, written

CASES: tuple[tuple[str, Edits, str, str], ...] = (
    (
        "a rung comes later",
        {'after = "5m"\nwho': 'after = "7m"\nwho'},
        "From proposal to decision",
        "| **7, 12, 17",
    ),
    (
        "the last rung does not repeat",
        {'repeat = "5m"\n': ""},
        "From proposal to decision",
        "**The last rung does not repeat:** after it nobody is asked again.",
    ),
    (
        "another list is asked",
        {'after = "5m"\nwho = "incident-managers"': 'after = "5m"\nwho = "operators"'},
        "From proposal to decision",
        "| ACCEPT or REJECT? | Sofie Maes and Tom Baker | text message |",
    ),
    (
        "undecided is accepted",
        {'undecided = "keep-asking"': 'undecided = "accept"'},
        "From proposal to decision",
        "| **30** | It is accepted, and nobody is in charge: TAKE | An Peeters, James Whitfield and Claire Dubois |",
    ),
    (
        "strangers are refused",
        {'unknown = "hold"': 'unknown = "refuse"'},
        "Who may propose",
        "A proposal from anyone else is refused.",
    ),
    (
        "a manager leaves",
        {
            "An Peeters,an.peeters@acme.example,+32470550101,incident-managers;all-staff": (
                "An Peeters,an.peeters@acme.example,+32470550101,all-staff"
            )
        },
        "Incident managers",
        "| 1 | **James Whitfield** |",
    ),
    (
        "a manager has no phone",
        {"claire.dubois@acme.example,+32470550103": "claire.dubois@acme.example,"},
        "From proposal to decision",
        "Rung 2 has no address for Claire Dubois.",
    ),
    (
        "management hears more often",
        {'every = "30m"': 'every = "15m"'},
        "From acceptance to the next word",
        "| **15, 30** | Holding update, because nobody wrote one | management: 2 people, management depth |",
    ),
    (
        "nothing goes out by itself",
        {'on_silence = "holding"': 'on_silence = "remind"'},
        "From acceptance to the next word",
        "Without an update the manager is told that it was missed; nothing goes out by itself.",
    ),
    (
        "the audience goes by text first",
        {'every = "60m"\nvia = ["email", "sms"]': 'every = "60m"\nvia = ["sms", "email"]'},
        "Audiences",
        "| **stakeholders** | all-staff (16) | 14 | public | 1 hour | text message; if that fails, email |",
    ),
    (
        "somebody joins management",
        {"+32470550114,service-desk;all-staff": "+32470550114,service-desk;management;all-staff"},
        "Audiences",
        "| **management** | management (3) | 3 |",
    ),
    (
        "quiet hours",
        {"[update]\n": '[quiet]\nhours = "22:00-07:00"\nchannels = ["sms"]\n\n[update]\n'},
        "Audiences",
        "no text message from 22:00 to 07:00 in the reader's own zone",
    ),
    (
        "engineers get less time",
        {'answer_within = "5m"': 'answer_within = "2m"'},
        "Paged when webshop fails, while nobody answers",
        "| **2** | web | David Kim | text message; if that fails, email |",
    ),
    (
        "two are needed",
        {'list = "web-engineers"\nneed = 1': 'list = "web-engineers"\nneed = 2'},
        "Paged when webshop fails, while nobody answers",
        "| **0** | web | Rosa Alvarez and David Kim | text message; if that fails, email |",
    ),
    (
        "a service needs another discipline",
        {'disciplines = ["messaging", "network"]': 'disciplines = ["messaging"]'},
        "Services",
        "| **email (Email and calendar)** | messaging |",
    ),
    (
        "a bridge moves",
        {'pin = "771204"': 'pin = "558811"'},
        "Communication bridges",
        "| 2 | **Dial-in** | none | [+44 20 7946 0018](tel:+442079460018) | `558811` |",
    ),
    (
        "one bridge only",
        {'[[bridge]]\nname = "Dial-in"\nphone = "+442079460018"\npin = "771204"\n': ""},
        "A bridge fails",
        "| **Conference** | the manager sends `BRIDGE MI-7 NEXT` | **Nothing is left** |",
    ),
    (
        "the bridge's address is tried",
        {"check = false ": "check = true "},
        "A bridge fails",
        "| **Conference** | its address does not answer | Dial-in |",
    ),
    (
        "the dial-in needs the internet too",
        {'pin = "771204"\n': 'pin = "771204"\ndepends_on = ["internet"]\n'},
        "The internet fails",
        "**To meet: no configured bridge is left.**",
    ),
    (
        "email takes telephony with it",
        {'disables = ["email"]': 'disables = ["email", "sms"]'},
        "The affected service is one that Murphy uses",
        "| **email** | email and text message |",
    ),
    (
        "a modem carries what managers get without the internet",
        {
            "[web]\n": (
                '[gsm]\nnumber = "+32470009999"\ninbox = "/tmp/in/"\noutbox = "/tmp/out/"\nsent = "/tmp/sent/"\n'
                'error = "/tmp/error/"\n\n[web]\n'
            )
        },
        "The internet fails",
        "| Decision, rung 2 | text message; if that fails, text by our own modem | text by our own modem |",
    ),
    (
        "a rung that nothing carries without telephony",
        {},
        "Telephony fails",
        "| Decision, rung 2 | text message | **Nothing is left** | everybody |",
    ),
    (
        "the review comes sooner",
        {'within = "3d"': 'within = "2d"'},
        "The post-incident review",
        "2 days after the all-clear, then every day",
    ),
    (
        "the organization asks questions of its own",
        {"[review]\n": '[review]\nquestions = ["Who was missing?"]\n'},
        "The post-incident review",
        "1. Who was missing?",
    ),
    (
        "there is a target for the end",
        {"[review]\n": '[target]\nresolve = "4h"\n\n[review]\n'},
        "The post-incident review",
        "| the proposal | the all-clear | 4 hours |",
    ),
    (
        "drills are held",
        {"[review]\n": '[drill]\nevery = "90d"\n\n[review]\n'},
        "Drills",
        "One is held by itself every 90 days, with everybody.",
    ),
    (
        "the organization speaks French",
        {'language = "en"': 'language = "fr"'},
        "Messages",
        "As they are written in the organization's language (fr)",
    ),
)


@pytest.mark.parametrize(("edits", "title", "words"), [pytest.param(*case[1:], id=case[0]) for case in CASES])
def test_the_document_follows_the_configuration(edits: Edits, title: str, words: str) -> None:
    assert words in said(edits, title)


@pytest.mark.parametrize("case", [case for case in CASES if case[1]], ids=lambda case: case[0])
def test_what_an_edit_says_was_not_there_before(case: tuple[str, Edits, str, str]) -> None:
    assert case[3] not in written()


def test_the_same_configuration_gives_the_same_document() -> None:
    assert procedure(example()) == procedure(example())


def test_another_configuration_is_another_version() -> None:
    versions = {procedure(example(edits)).version for edits in ({}, CASES[0][1], CASES[1][1])}
    assert len(versions) == 3


def test_the_example_in_the_documents_is_current() -> None:
    """`python -m tests.procedure.example` writes it."""
    assert PAGE.read_text(encoding="utf-8") == written()


def test_the_minutes_are_those_at_which_the_core_asks() -> None:
    office = Office()
    asked = {}
    for notice in office.proposes().of("decision-request"):
        asked[0] = notice.recipients
    for minute in range(1, 31):
        for notice in office.passes(timedelta(minutes=1)).of("decision-request"):
            asked[minute] = notice.recipients
    rows = re.findall(r"^\| \*\*([0-9, …]+)\*\* \| ACCEPT or REJECT\?", written(), re.MULTILINE)
    assert sorted(int(minute) for row in rows for minute in row.split(", ") if minute != "…") == sorted(asked)


def test_the_order_of_pages_is_that_of_the_core() -> None:
    office = Office().accepted(body="Service: webshop")
    paged = [notice for notice in office.state.notices.values() if notice.kind is Kind.PAGE]
    for _ in range(12):
        paged += office.passes(timedelta(minutes=1)).of("page")
    names = [office.state.name(who) for n in paged if n.content.discipline == "database" for who in n.recipients]
    rows = part(written(), "Paged when webshop fails, while nobody answers")
    assert re.findall(r"\| database \| ([A-Z]\w+ [A-Z]\w+) \|", rows) == names
    assert len(names) == 2


def test_every_message_of_the_plan_has_words() -> None:
    frame = Frame(example())
    kinds = {moment.notice.kind for moment in (*frame.undecided.moments, *frame.silent["email"])}
    assert kinds <= SAYS.keys()


@pytest.mark.parametrize("verb", Verb)
def test_every_verb_is_explained(verb: Verb) -> None:
    assert DOES[verb]


def test_verbs_that_do_nothing_are_not_in_it() -> None:
    text = part(written(), "Verbs")
    shown = {row.split()[0] for row in re.findall(r"^\| `([A-Z]+[^`]*)`", text, re.MULTILINE)}
    assert shown == {verb.value for verb in Verb if works(verb)}
    assert set(ALWAYS) <= {verb for verb in Verb if works(verb)}


@pytest.mark.parametrize(
    ("span", "said"),
    [
        pytest.param(timedelta(minutes=5), "5", id="minutes"),
        pytest.param(timedelta(seconds=90), "1.5", id="a minute and a half"),
        pytest.param(timedelta(hours=2), "120", id="hours are minutes too"),
    ],
)
def test_a_moment_is_minutes_from_the_beginning(span: timedelta, said: str) -> None:
    assert words.after(span) == said


def sources(edits: Edits | None = None) -> list[Source]:
    (section,) = (one for one in procedure(example(edits or {})).sections if one.title == "Templates")
    return [block for block in section.blocks if isinstance(block, Source)]


def test_the_templates_in_it_can_be_copied_into_a_file(tmp_path: Path) -> None:
    copied = tmp_path / "en.toml"
    copied.write_text("\n\n".join(source.text for source in sources()))
    table, faults = read(copied)
    assert faults == []
    assert table.templates == load(tmp_path / "none")["en"].templates


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("plain", id="plain"),
        pytest.param('"said"', id="quoted"),
        pytest.param('a """ b', id="the end of a string of several lines"),
        pytest.param('ends """"', id="many quotes at the end"),
        pytest.param('{{ "a\\nb" }}\n\nc\\', id="backslashes"),
        pytest.param("\n\nfirst lines are empty\n", id="empty lines"),
    ],
)
def test_a_template_is_quoted_as_toml_has_it(text: str) -> None:
    assert tomllib.loads(f"a = {quoted(text)}") == {"a": text}


def test_the_organizations_own_templates_are_marked(tmp_path: Path) -> None:
    (tmp_path / "en.toml").write_text('[initial]\nsms = "Ours: {{ title }}"\n')
    (section,) = (s for s in procedure(replace(example(), templates=tmp_path)).sections if s.title == "Templates")
    text = "\n".join(block.text for block in section.blocks if isinstance(block, Source))
    assert f'{YOURS}\nsms = "Ours: {{{{ title }}}}"' in text
    assert text.count(YOURS) == 1


def test_an_organization_that_has_only_mail_reads_of_nothing_else() -> None:
    whole = example()
    only = replace(whole, settings=replace(whole.settings, twilio=None))
    frame = Frame(only)
    text = markdown(Document("", "", tuple(section(frame) for section in (roles, decision, accepted, verbs))))
    assert "text message" not in text.casefold()
    assert not re.search(r"`(PROPOSE|STOP|START)\b", text)


def test_the_audiences_that_hear_of_confidential_incidents_are_named() -> None:
    inside = {'lists = ["management"]\n': 'lists = ["management"]\nconfidential = true\n'}
    assert "of the audiences only management get them" in said(inside, "Confidential incidents")
    assert "there are no updates to audiences" in said({}, "Confidential incidents")


def test_one_who_is_asked_and_an_asking_that_ends_are_told_as_such() -> None:
    assert "Until then the asking goes on" in said({}, "Purpose")
    assert "Until then" not in said({'undecided = "keep-asking"': 'undecided = "accept"'}, "Purpose")
