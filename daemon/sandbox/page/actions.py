"""What the page may ask for, and what is done about it: one small form each, refused in words where it cannot be."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError

from config.types import Contact
from daemon.sandbox.playground import Playground
from daemon.sandbox.scenarios import SCENARIOS

PROPOSE_BY_TEXT = "PROPOSE {words}"

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300, pattern=r"^[^\r\n]*$")]


class Trouble(Exception):
    """It cannot be done; the text says why, and what can."""


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Propose(_Form):
    do: Literal["propose"]
    who: str
    by: Literal["mail", "text"]
    subject: Line
    service: Line = ""
    impact: Line = ""
    words: Annotated[str, StringConstraints(strip_whitespace=True, max_length=4000)] = ""


class TextMurphy(_Form):
    do: Literal["text"]
    who: str
    words: Words
    by: Literal["sms", "gsm"] = "sms"


class MailMurphy(_Form):
    do: Literal["mail"]
    who: str
    subject: Line
    words: str = Field(default="", max_length=4000)


class Reply(_Form):
    """`message` is the number of the mail that is answered."""

    do: Literal["reply"]
    who: str
    message: int
    words: Words


class Press(_Form):
    do: Literal["press"]
    who: str
    key: Literal["1", "2"]


class Turn(_Form):
    do: Literal["switch"]
    name: str
    whole: bool


class Speed(_Form):
    do: Literal["speed"]
    speed: Literal[0, 1, 10, 60]


class Next(_Form):
    do: Literal["next"]


class Anew(_Form):
    """A new organization, with a scenario to play in it, or none."""

    do: Literal["anew"]
    scenario: str = ""


class StepOn(_Form):
    do: Literal["step"]


Action = Propose | TextMurphy | MailMurphy | Reply | Press | Turn | Speed | Next | Anew | StepOn

_ACTIONS: TypeAdapter[Action] = TypeAdapter(Annotated[Action, Field(discriminator="do")])


def action_of(body: bytes) -> Action:
    """Raises Trouble."""
    try:
        return _ACTIONS.validate_json(body)
    except ValidationError as invalid:
        first = invalid.errors()[0]
        where = ".".join(str(part) for part in first["loc"][1:])
        raise Trouble(f"{where}: {first['msg']}" if where else first["msg"]) from invalid


async def perform(playground: Playground, action: Action) -> None:
    """Raises Trouble."""
    match action:
        case Turn():
            try:
                await playground.turn(action.name, whole=action.whole)
            except KeyError as unknown:
                raise Trouble(f"there is no switch {action.name!r}") from unknown
        case Speed():
            playground.speed = float(action.speed)
        case Next():
            await playground.to_next()
        case Anew():
            if action.scenario and action.scenario not in SCENARIOS:
                raise Trouble(f"there is no scenario {action.scenario!r}")
            await playground.anew(action.scenario)
        case StepOn():
            await playground.step()
        case _:
            await _say(playground, action)


async def _say(playground: Playground, action: Propose | TextMurphy | MailMurphy | Reply | Press) -> None:
    organization = playground.organization
    person = _person(playground, action.who)
    match action:
        case Propose(by="text"):
            words = " ".join(filter(None, (action.subject, action.words)))
            await organization.texts(_phone(person), PROPOSE_BY_TEXT.format(words=words))
        case Propose():
            lines = [f"Service: {action.service}"] if action.service else []
            lines += [f"Impact: {action.impact}"] if action.impact else []
            body = "\n".join(lines) + f"\n\n{action.words}" if lines else action.words
            await organization.mails(_mailbox(person), action.subject, body)
        case TextMurphy(by="gsm") if organization.modem:
            await organization.texts_modem(_phone(person), action.words)
        case TextMurphy():
            await organization.texts(_phone(person), action.words)
        case MailMurphy():
            await organization.mails(_mailbox(person), action.subject, action.words)
        case Reply():
            seen = organization.seen.numbered(action.message)
            if seen is None or seen.mail is None or seen.inbound or seen.person != person.name:
                raise Trouble("this mail is not here any more: answer a newer one")
            await organization.replies(_mailbox(person), action.words, seen.mail)
        case Press():
            if not any(organization.twilio.phones.calls(number) for number in person.phones):
                raise Trouble(f"{person.name} has not been called")
            await organization.presses(person.name, action.key)


def _person(playground: Playground, who: str) -> Contact:
    contact = playground.organization.configuration.people.contacts.get(who)
    if contact is None:
        raise Trouble("nobody of that name is here")
    return contact


def _phone(person: Contact) -> str:
    if not person.phones:
        raise Trouble(f"{person.name} has no phone")
    return person.name


def _mailbox(person: Contact) -> str:
    if not person.emails:
        raise Trouble(f"{person.name} has no mailbox")
    return person.name
