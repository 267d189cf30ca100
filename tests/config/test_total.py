"""Whatever stands in the files: a Configuration or ConfigurationFaults, and faults that are readable lines."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.faults import ConfigurationFaults
from config.load import load
from config.procedure import ProcedureFile
from config.settings import SettingsFile
from config.tables import keys, table_of
from tests.config.conftest import CONTACTS, PROCEDURE, SETTINGS, Folder

TEXTS = {"murphyd.toml": SETTINGS, "procedure.toml": PROCEDURE, "contacts.csv": CONTACTS}
FILES = st.sampled_from(sorted(TEXTS))


def loads_or_refuses(files: dict[str, bytes]) -> None:
    with tempfile.TemporaryDirectory() as path:
        folder = Folder(Path(path))
        for name, content in files.items():
            folder.write(name, content)
        refusal = folder.refusal()
    for line in map(str, refusal.faults) if refusal else ():
        assert line.isprintable()
        assert len(line) < 1100
    assert refusal is None or refusal.faults


@given(FILES, st.binary(max_size=300))
def test_any_bytes(file: str, content: bytes) -> None:
    loads_or_refuses({file: content})


@given(FILES, st.data())
@settings(max_examples=200)
def test_a_valid_file_with_a_part_replaced(file: str, data: st.DataObject) -> None:
    text = TEXTS[file]
    start = data.draw(st.integers(0, len(text)))
    length = data.draw(st.integers(0, 30))
    put = data.draw(
        st.text(max_size=10) | st.sampled_from(['"', "[", "]]", "= {", "\n[", ";", ",", "\r", "1e999", "nan"])
    )
    loads_or_refuses({file: (text[:start] + put + text[start + length :]).encode("utf-8", "surrogatepass")})


VALUES = st.sampled_from(
    [
        *("5", "-1", "0", "1.5", "nan", "inf", "true", "9" * 30, "1979-05-27", "07:32:00"),
        *('""', '"x"', '"\\u0000"', '"\\u202e"', '"+"', '"@"', '"../x"', '"http://["'),
        *("[]", "{}", "[[]]", "[{}]", '["x", 5]', "{name = 5}", '[{name = "x"}]'),
    ]
)
KEYS = [
    (file, name, key)
    for file, model in (("murphyd.toml", SettingsFile), ("procedure.toml", ProcedureFile))
    for name, field in keys(model).items()
    for key in keys(table_of(field) or model)
]


@given(st.sampled_from(KEYS), VALUES)
@settings(max_examples=300)
def test_any_value_for_any_key(key: tuple[str, str, str], value: str) -> None:
    file, table, name = key
    for heading in (f"[{table}]", f"[[{table}]]"):
        loads_or_refuses({file: f"{heading}\n{name} = {value}\n".encode()})


@given(st.sampled_from(KEYS), VALUES)
def test_any_value_for_any_table(key: tuple[str, str, str], value: str) -> None:
    loads_or_refuses({key[0]: f"{key[1]} = {value}\n".encode()})


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"a = " + b"[" * 50_000, id="deep nesting"),
        pytest.param(b"a = " + b"9" * 5_000, id="a number beyond conversion"),
        pytest.param(b"a = 1\n" * 1_000_000, id="a file too large"),
        pytest.param(b"\xef\xbb\xbf[organization]\nname = 5", id="a byte order mark"),
        pytest.param(b"\xff\xfe", id="UTF-16"),
        pytest.param(b'"\\u202e\\u0007" = 1', id="an unprintable key"),
    ],
)
def test_hostile_toml(content: bytes) -> None:
    loads_or_refuses({"murphyd.toml": content})


def test_a_cell_beyond_all_measure() -> None:
    loads_or_refuses({"contacts.csv": b"name,email,lists\n" + b"x" * 200_000 + b",a@acme.example,all\n"})


def test_a_folder_that_is_a_file_or_has_folders_for_files(folder: Folder, tmp_path: Path) -> None:
    for name in TEXTS:
        (folder.path / name).unlink()
        (folder.path / name).mkdir()
    assert len(folder.faults()) == 3
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigurationFaults):
        load(tmp_path / "file", {})
