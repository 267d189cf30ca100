"""The phones of the sandbox: what reached each number, in order."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from xml.etree import ElementTree


@dataclass(frozen=True, slots=True)
class PhoneText:
    """A text on somebody's phone; `carrier` is true for what the carrier wrote (an answer to STOP)."""

    at: datetime
    sender: str
    recipient: str
    body: str
    carrier: bool = False


@dataclass(frozen=True, slots=True)
class PhoneCall:
    """A call that was taken; `twiml` is what was played."""

    at: datetime
    caller: str
    recipient: str
    twiml: str


def spoken_words(twiml: str) -> str:
    """What a call says, once."""
    said = ElementTree.fromstring(twiml).find(".//Say")  # noqa: S314 (what Murphy itself sent)
    return (said.text or "") if said is not None else ""


class Phones:
    """Every number has a phone. `on_text` and `on_call` are told of what reaches one."""

    def __init__(
        self,
        on_text: Callable[[PhoneText], None] | None = None,
        on_call: Callable[[PhoneCall], None] | None = None,
    ) -> None:
        self._on_text = on_text
        self._on_call = on_call
        self._texts: dict[str, list[PhoneText]] = defaultdict(list)
        self._calls: dict[str, list[PhoneCall]] = defaultdict(list)

    def inbox(self, number: str) -> Sequence[PhoneText]:
        return tuple(self._texts.get(number, ()))

    def calls(self, number: str) -> Sequence[PhoneCall]:
        return tuple(self._calls.get(number, ()))

    def inboxes(self) -> Mapping[str, Sequence[PhoneText]]:
        """Every number that got a text, and its texts."""
        return {number: tuple(texts) for number, texts in self._texts.items()}

    def receive(self, text: PhoneText) -> None:
        self._texts[text.recipient].append(text)
        if self._on_text:
            self._on_text(text)

    def ring(self, call: PhoneCall) -> None:
        self._calls[call.recipient].append(call)
        if self._on_call:
            self._on_call(call)
