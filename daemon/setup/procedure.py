"""procedure.toml and contacts.csv of some answers: a good procedure for a small organization, to begin with."""

import csv
import io
from collections.abc import Iterator, Mapping

from config.people import USUAL
from config.types import MANAGERS, OPERATORS
from daemon.setup.answers import Answers, Person
from daemon.setup.providers import EVERYBODYS
from daemon.setup.toml import proposed, table

ENGINEERS = "engineers"
EVERYBODY = "all-staff"
MANAGEMENT = "management"

WORDS: Mapping[str, tuple[str, str, str, str]] = {
    "en": (
        "An essential service", "Some of our systems may not work as usual.",
        "Email", "You may be unable to send or receive email.",
    ),
    "nl": (
        "Een essentiële dienst", "Sommige van onze systemen werken mogelijk niet zoals gewoonlijk.",
        "E-mail", "U kunt mogelijk geen e-mail versturen of ontvangen.",
    ),
    "fr": (
        "Un service essentiel", "Certains de nos systèmes peuvent ne pas fonctionner normalement.",
        "La messagerie", "Il se peut que vous ne puissiez ni envoyer ni recevoir d’e-mails.",
    ),
    "de": (
        "Ein wesentlicher Dienst", "Einige unserer Systeme funktionieren möglicherweise nicht wie gewohnt.",
        "E-Mail", "Sie können möglicherweise keine E-Mails senden oder empfangen.",
    ),
    "es": (
        "Un servicio esencial", "Es posible que algunos de nuestros sistemas no funcionen con normalidad.",
        "El correo electrónico", "Es posible que no pueda enviar ni recibir correo electrónico.",
    ),
}  # fmt: skip
"""What everybody is told of a service that nobody named, and of mail: public name and impact, by language."""

MORE_SERVICES = proposed("""\
Write one for each service that the business cannot do without, in the words that people use.
[[service]]
name = "webshop"
public_name = "Web shop"
impact = "Customers may be unable to order online."
aliases = ["shop", "site"]
disciplines = ["engineers"]
""")

NO_BRIDGE = proposed("""\
Where the team meets. Better two, of which one works without internet.
[[bridge]]
name = "Conference"
url = "https://meet.acme.example/major"
phone = "+3220000000"
pin = "1234"
depends_on = ["internet"]
""")

QUIET = proposed("""\
Hours in which audiences get no texts and calls, each in their own time zone; managers and engineers always do.
[quiet]
hours = "22:00-07:00"
channels = ["sms", "voice"]
""")

EXERCISES = proposed("""\
Murphy can ask everybody for an answer now and then, to see who can be reached.
[drill]
roll_call_every = "90d"
""")


def procedure(answers: Answers) -> str:
    """The text of procedure.toml."""
    return "\n".join(_parts(answers))


def _parts(answers: Answers) -> Iterator[str]:
    texts, calls = answers.twilio is not None or answers.gsm is not None, answers.twilio is not None
    told = ["email", "sms"] if texts else ["email"]
    paged = ["sms", *(["voice"] if calls else []), "email"] if texts else ["email"]
    yield f"# The Major Incident Management Procedure of {answers.organization.name}. In words: murphyd procedure\n"
    yield table("propose", [("from", _proposers(answers), "who may propose by mail; by text, every contact")])
    first = ("via", ["email+sms"], "both at once") if texts else ("via", ["email"], "")
    yield table("decide", [("after", "0m", ""), ("who", MANAGERS, "a list of contacts.csv"), first], array=True)
    again = ["voice", "sms"] if calls else ["sms"] if texts else ["email"]
    climbed = [
        ("after", "5m", ""),
        ("who", MANAGERS, ""),
        ("via", again, "the next when one fails" if len(again) > 1 else ""),
    ]
    yield table("decide", [*climbed, ("repeat", "5m", "until somebody decides")], array=True)
    yield _audience("stakeholders", EVERYBODY, "public", "60m", told)
    yield _audience("management", MANAGEMENT, "management", "30m", told)
    reminded = ("remind_before", "10m", "the incident manager, before an update is due")
    yield table("update", [reminded, ("on_silence", "holding", "nobody wrote one: say so, on time")])
    yield from _services(answers.organization.language, mail_can_fail=texts)
    answered = ("answer_within", "3m", "then the next one")
    who = [("name", ENGINEERS, ""), ("list", ENGINEERS, "in calling order"), ("need", 1, ""), answered]
    yield table("discipline", [*who, ("via", paged, "")], array=True)
    for bridge in answers.bridge:
        ways = [("url", bridge.url or None, ""), ("phone", bridge.phone, ""), ("pin", bridge.pin or None, "")]
        needs = ("depends_on", bridge.depends_on or None, "")
        tried = ("check", None if bridge.check else False, "")
        yield table("bridge", [("name", bridge.name, ""), *ways, needs, tried], array=True)
    yield from () if len(answers.bridge) > 1 else (NO_BRIDGE,)
    yield table("review", [("within", "3d", "after the all-clear"), ("remind_every", "1d", "of open actions")])
    yield QUIET
    yield EXERCISES


def _proposers(answers: Answers) -> list[str]:
    if answers.propose:
        return answers.propose.senders
    domain = answers.mailbox.address.rpartition("@")[2]
    if domain not in EVERYBODYS:
        return [f"*@{domain}"]
    return [person.email for person in (*answers.manager, *answers.engineer) if person.email]


def _audience(name: str, of: str, detail: str, every: str, via: list[str]) -> str:
    keys = [("name", name, ""), ("lists", [of], ""), ("detail", detail, ""), ("every", every, "the promised interval")]
    return table("audience", [*keys, ("via", via, "")], array=True)


def _services(language: str, *, mail_can_fail: bool) -> Iterator[str]:
    """Mail is a service of its own where there is another way to tell of it."""
    anything, unusual, mail, without = WORDS.get(language.partition("-")[0], WORDS["en"])
    repaired = ("disciplines", [ENGINEERS], "who is paged for it")
    named = [("name", "email", ""), ("public_name", mail, ""), ("impact", without, ""), ("aliases", ["mail"], "")]
    trust = ("disables", ["email"], "not to be trusted meanwhile")
    if mail_can_fail:
        yield table("service", [*named, repaired, trust], array=True)
    public = [("public_name", anything, ""), ("impact", unusual, "")]
    yield table("service", [("name", "*", "where none was named"), *public, repaired], array=True)
    yield MORE_SERVICES


def contacts(answers: Answers) -> str:
    """The text of contacts.csv: the managers on every list, as Murphy can tell nobody else yet."""
    people: dict[str, tuple[Person, list[str]]] = {}
    for manager in answers.manager:
        people[manager.id] = (manager, [MANAGERS, OPERATORS, MANAGEMENT, EVERYBODY])
    for engineer in answers.engineer or answers.manager:
        people.setdefault(engineer.id, (engineer, [EVERYBODY]))[1].insert(0, ENGINEERS)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(USUAL)
    for person, lists in people.values():
        writer.writerow([person.name, person.email or "", person.phone or "", ";".join(lists), "", ""])
    return text.getvalue()
