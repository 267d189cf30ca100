"""What went over the wires, in order: messages both ways, and what happened that is no message."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage


@dataclass(frozen=True, slots=True)
class Seen:
    """A message that went over a wire: from a person to Murphy, or from Murphy to a person."""

    at: datetime
    channel: str
    person: str
    address: str
    inbound: bool
    subject: str
    text: str
    mail: EmailMessage | None = None


class Log(list[Seen]):
    """Each message keeps its number, counted from 0; of more than `most` the oldest are left out, a few at a time."""

    def __init__(self, most: int = 0) -> None:
        super().__init__()
        self.left_out = 0
        self._most = most

    @property
    def total(self) -> int:
        """How many there ever were."""
        return self.left_out + len(self)

    def append(self, seen: Seen) -> None:
        super().append(seen)
        if self._most and len(self) > self._most + self._most // 10:
            self.left_out += len(self) - self._most
            del self[: len(self) - self._most]

    def since(self, number: int) -> Sequence[Seen]:
        """Those from this number on that are still there."""
        return self[max(0, number - self.left_out) :]

    def numbered(self, number: int) -> Seen | None:
        """None where it is left out, or not there yet."""
        place = number - self.left_out
        return self[place] if 0 <= place < len(self) else None
