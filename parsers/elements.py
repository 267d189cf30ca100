"""The open elements of an HTML text: which of them a start or end tag closes. Constant time for each element opened.

A simpler rule than the standard's (HTML section 13.2.6), which compares with the whole stack at every tag: no misnested
formatting is opened again, and what a table's cell holds can't close what is around the table.
"""

from dataclasses import dataclass, field
from typing import Generic, TypeVar

MAX_DEPTH = 1_000

State = TypeVar("State")

_CELLS = frozenset({"td", "th", "table"})
_THROUGH_CELLS = frozenset({"td", "th", "tr", "tbody", "table", "body", "html"})

# A start tag of this name closes an open element of these, unless one of the walls was opened inside it.
_CLOSES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "p": (("p",), ("div", "blockquote", "li", "td", "th", "table")),
    "li": (("li",), ("ul", "ol", "td", "th", "table")),
    "tr": (("tr",), ("table",)),
    "td": (("td", "th"), ("table",)),
    "th": (("td", "th"), ("table",)),
}


@dataclass(slots=True)
class OpenElements(Generic[State]):
    """`states` holds what each open element hands down; the first is the text's own."""

    states: list[State]
    names: list[str] = field(default_factory=list)
    places: dict[str, list[int]] = field(default_factory=dict)
    cells: list[int] = field(default_factory=list)
    overflow: int = 0
    """Elements opened beyond `MAX_DEPTH`, which are only counted."""

    @property
    def state(self) -> State:
        return self.states[-1]

    def open(self, name: str, state: State) -> None:
        if len(self.names) >= MAX_DEPTH:
            self.overflow += 1
            return
        self.places.setdefault(name, []).append(len(self.names))
        if name in _CELLS:
            self.cells.append(len(self.names))
        self.names.append(name)
        self.states.append(state)

    def close(self, name: str) -> State | None:
        """What the closed element handed down; None where there was none to close."""
        if self.overflow:
            self.overflow -= 1
            return None
        place = self._last(name)
        wall = self.cells[-1] if self.cells and name not in _THROUGH_CELLS else -1
        if place < 0 or place < wall:
            return None
        closed = self.states[place + 1]
        self._pop_to(place)
        return closed

    def close_before(self, name: str) -> None:
        """Closes what ends where an element of this name starts (HTML section 13.1.2.4, optional tags)."""
        if name not in _CLOSES or self.overflow:
            return
        kinds, walls = _CLOSES[name]
        place = max(self._last(each) for each in kinds)
        if place >= 0 and place > max(self._last(each) for each in walls if each not in kinds):
            self._pop_to(place)

    def _last(self, name: str) -> int:
        places = self.places.get(name)
        return places[-1] if places else -1

    def _pop_to(self, depth: int) -> None:
        while len(self.names) > depth:
            self.places[self.names.pop()].pop()
            self.states.pop()
            if self.cells and self.cells[-1] >= len(self.names):
                self.cells.pop()
