"""How the deliveries of one notice stand, as bytes: tens of thousands of recipients take little room."""

from dataclasses import dataclass, field
from sys import intern

from daemon.core.delivery import Ending

WAITING = ord(" ")

MOST_WHYS = 500
"""For one notice: where the relay is down, it is the same for thousands."""


@dataclass(slots=True)
class Tally:
    """How the deliveries of one notice stand: one letter a recipient (Ending), a blank while it has not ended.

    `by` has the place in `channels` of the one that did it, for each recipient. `why` says of those who were not
    reached what was wrong, of the first MOST_WHYS.
    """

    places: dict[str, int]
    letters: bytearray
    left: int
    by: bytearray
    channels: list[str] = field(default_factory=lambda: [""])
    why: dict[str, str] = field(default_factory=dict)

    def ended(self, contact: str) -> bool:
        return self.letters[self.places[contact]] != WAITING

    def stopped(self, contact: str) -> bool:
        return self.letters[self.places[contact]] == ord(Ending.STOPPED.value)

    def set(self, contact: str, letter: str, channel: str = "", why: str = "") -> None:
        place = self.places[contact]
        self.left += (letter == " ") - (self.letters[place] == WAITING)
        self.letters[place] = ord(letter)
        if channel not in self.channels:
            self.channels.append(channel)
        self.by[place] = self.channels.index(channel)
        self.why.pop(contact, None)
        if letter == Ending.UNREACHED.value and why and len(self.why) < MOST_WHYS:
            self.why[contact] = intern(why)

    def sent_by(self, channel: str) -> tuple[str, ...]:
        """Whose delivery ended as sent on this channel, with no word of an arrival."""
        if channel not in self.channels:
            return ()
        wanted, sent = self.channels.index(channel), ord(Ending.SENT.value)
        return tuple(
            who for who, place in self.places.items() if self.by[place] == wanted and self.letters[place] == sent
        )

    def count(self, ending: Ending) -> int:
        return self.letters.count(ending.value.encode())

    def having(self, ending: Ending) -> tuple[str, ...]:
        wanted = ord(ending.value)
        return tuple(contact for contact, place in self.places.items() if self.letters[place] == wanted)
