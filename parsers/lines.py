"""What the body readers hand to the reply scanner: lines, each with what the structure of the mail says about it."""

from dataclasses import dataclass
from enum import StrEnum


class Mark(StrEnum):
    NONE = "none"
    QUOTED = "quoted"
    ATTRIBUTION = "attribution"
    """Introduces a quotation ("On … wrote:")."""
    CUT = "cut"
    """All that follows is an older message."""
    RULE = "rule"
    """A drawn line: a separator only where a header block follows."""
    SIGNATURE = "signature"


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    mark: Mark = Mark.NONE
