"""What can be cut and restored in the sandbox, while all goes on: what it means, and how Murphy itself finds it."""

from dataclasses import dataclass

from daemon.core.health import Condition
from daemon.sandbox.faults import Refuse
from daemon.sandbox.organization import Organization
from daemon.sandbox.twilio_faults import Fault, Kind

INACTIVE = Fault(Kind.STATUS, 403, 20005)
"""The account is not active, says Twilio."""


@dataclass(frozen=True, slots=True)
class Switch:
    """`cut` and `back` say what has happened, and what to expect; `channel` is the way out that it concerns."""

    name: str
    label: str
    about: str
    cut: str
    back: str
    channel: str = ""


SWITCHES = (
    Switch(
        "relay", "Mail relay", "mail to people",
        "The mail relay is cut: mails fail, texts take over.",
        "The mail relay is back.", "email",
    ),
    Switch(
        "mailbox", "Mailbox", "mail to Murphy",
        "The mailbox is cut: mail waits in it, unread; texts still come in.",
        "The mailbox is back: what waited is read now.",
    ),
    Switch(
        "sms", "Twilio texts", "texts both ways",
        "Twilio's texts are cut: those to Murphy wait there, the modem takes over for those who run the incident.",
        "Twilio's texts are back.", "sms",
    ),
    Switch(
        "voice", "Twilio calls", "calls to managers who do not answer",
        "Twilio's calls are cut: where a call would be next, a text is.",
        "Twilio's calls are back.", "voice",
    ),
    Switch(
        "modem", "Modem", "texts without the internet",
        "The modem has no signal.",
        "The modem has a signal again.", "gsm",
    ),
    Switch(
        "disk", "Disk", "what Murphy remembers",
        "The disk is full: Murphy goes on from memory, and says so.",
        "The disk has room again: what was not saved is saved now.",
    ),
    Switch(
        "daemon", "Murphy", "the daemon itself",
        "Murphy was killed, amid whatever it was doing. Mail and texts to it wait.",
        "Murphy runs again, and goes on from what is on its disk.",
    ),
)  # fmt: skip

FORGOTTEN = "The disk was full when Murphy was killed: what it knew from memory alone is forgotten."

NAMES = tuple(switch.name for switch in SWITCHES)


@dataclass(frozen=True, slots=True)
class Lamp:
    """`cut` is how the switch stands, `found` how Murphy finds it: up, suspect, down; "" while it is dead."""

    cut: bool
    found: str
    why: str = ""


class Switchboard:
    """The switches of one organization."""

    def __init__(self, organization: Organization) -> None:
        self._organization = organization
        self._cut: set[str] = set()
        self._forgets = False
        self._webhook = organization.twilio.webhook

    @property
    def all_whole(self) -> bool:
        return not self._cut

    async def turn(self, name: str, *, whole: bool) -> bool:
        """False where it stands so already. Raises KeyError for a name that is no switch's."""
        switch = next((switch for switch in SWITCHES if switch.name == name), None)
        if switch is None:
            raise KeyError(name)
        if (name not in self._cut) is whole:
            return False
        (self._cut.discard if whole else self._cut.add)(name)
        if whole:
            await self._mend(name)
        else:
            await self._break(name)
        self._organization.remark(switch.back if whole else switch.cut)
        if name == "daemon" and whole and self._forgets:
            self._organization.remark(FORGOTTEN)
        return True

    async def restart(self) -> None:
        """Stopped as by SIGTERM, and started again; or only that, where it was killed."""
        if await self.turn("daemon", whole=True):
            return
        await self._organization.stop()
        await self._start()
        self._organization.remark("Murphy was stopped, and started again.")

    async def _break(self, name: str) -> None:
        organization = self._organization
        match name:
            case "relay":
                await organization.cut_relay()
            case "mailbox":
                await organization.mail.imap.fault(Refuse())
            case "sms":
                organization.twilio.webhook = ""
                organization.twilio.shut["Messages"] = INACTIVE
            case "voice":
                organization.twilio.shut["Calls"] = INACTIVE
            case "modem" if organization.modem:
                organization.modem.signal = False
            case "disk":
                await organization.cut_disk()
            case "daemon":
                self._forgets = "disk" in self._cut
                await organization.kill()

    async def _mend(self, name: str) -> None:
        organization = self._organization
        match name:
            case "relay":
                await organization.mend_relay()
            case "mailbox":
                await organization.mail.imap.mend()
            case "sms":
                organization.twilio.webhook = self._webhook
                del organization.twilio.shut["Messages"]
            case "voice":
                del organization.twilio.shut["Calls"]
            case "modem" if organization.modem:
                organization.modem.signal = True
            case "disk":
                organization.disk.broken = False
            case "daemon":
                await self._start()

    async def _start(self) -> None:
        """With something cut it may never come to rest: whoever sits there wants to see what it does meanwhile."""
        await self._organization.start(settled=False)

    def lamps(self) -> dict[str, Lamp]:
        return {switch.name: self._lamp(switch) for switch in SWITCHES}

    def _lamp(self, switch: Switch) -> Lamp:
        cut = switch.name in self._cut
        organization = self._organization
        if not organization.alive:
            return Lamp(cut, "")
        daemon = organization.daemon
        match switch.name:
            case "daemon":
                return Lamp(cut, Condition.UP)
            case "mailbox":
                up = daemon.inbox.up.get("incidents", True)
                return Lamp(cut, Condition.UP if up else Condition.DOWN, daemon.inbox.why.get("incidents", ""))
            case "disk":
                health = daemon.store.health
                return Lamp(cut, Condition.UP if health.ok else Condition.DOWN, health.reason)
        found = daemon.state.health.get(switch.channel)
        if found is None:
            return Lamp(cut, Condition.UP)
        return Lamp(cut, found.condition(organization.clock.now()), found.reason if found.down else "")
