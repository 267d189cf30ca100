"""The reference page is what the program generates, and leaves no key unexplained."""

import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from config.people import COLUMNS
from config.procedure import ProcedureFile
from config.reference import reference, unexplained
from config.settings import SettingsFile

PAGE = Path(__file__).parents[2] / "docs" / "configuration.md"


def test_the_committed_page_is_what_is_generated() -> None:
    assert PAGE.read_text() == reference(), "run: python -m config.reference > docs/configuration.md"


@pytest.mark.parametrize("model", [SettingsFile, ProcedureFile])
def test_every_key_is_explained(model: type[BaseModel]) -> None:
    assert unexplained(model) == []


def test_every_column_of_the_contacts_is_explained() -> None:
    assert tuple(re.findall(r"^\| `(\w+)` \|[^|]+\|$", reference(), re.MULTILINE)) == COLUMNS
