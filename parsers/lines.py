"""What the body readers hand to the reply scanner: lines, each with what the structure of the mail says about it."""

from enum import StrEnum
from typing import NamedTuple


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


class Line(NamedTuple):
    text: str
    mark: Mark = Mark.NONE
