"""Secrets come from four places, in a fixed order, and show up nowhere."""

import traceback
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.secrets import SECRET_KEYS, variable
from config.settings import SettingsFile
from config.tables import keys, table_of
from config.types import Secret
from tests.config.conftest import Folder

RELAY = 'password = "hunter2-relay"'


def password(folder: Folder) -> str:
    secret = folder.load().settings.relays[0].password
    assert secret is not None
    return secret.value


def credential(folder: Folder, name: str, value: str) -> None:
    directory = folder.path.parent / "credentials"
    directory.mkdir(exist_ok=True)
    (directory / name).write_text(value)
    folder.environ["CREDENTIALS_DIRECTORY"] = str(directory)


def test_a_value_in_the_file(folder: Folder) -> None:
    assert password(folder) == "hunter2-relay"


@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_a_file_of_its_own_inside_the_folder(folder: Folder, end: str) -> None:
    folder.edit("murphyd.toml", RELAY, 'password_file = "relay.secret"')
    folder.write("relay.secret", f"from a file{end}")
    assert password(folder) == "from a file"


def test_a_file_of_its_own_elsewhere(folder: Folder, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_text("far")
    folder.edit("murphyd.toml", RELAY, f'password_file = "{tmp_path}/elsewhere"')
    assert password(folder) == "far"


def test_a_credential_before_value_and_file(folder: Folder) -> None:
    credential(folder, "relay.primary.password", "from systemd\n")
    assert password(folder) == "from systemd"


def test_a_credential_out_of_a_folder_of_them(folder: Folder) -> None:
    credential(folder, "murphyd_relay.primary.password", "from a folder\n")
    assert password(folder) == "from a folder"


def test_a_file_dropped_where_our_unit_takes_credentials_is_one_without_systemd_too(folder: Folder) -> None:
    folder.edit("murphyd.toml", RELAY + "\n", "")
    (folder.path / "credentials").mkdir()
    folder.write("credentials/relay.primary.password", "dropped\n")
    assert password(folder) == "dropped"


def test_what_systemd_hands_over_is_all_there_is(folder: Folder) -> None:
    """It took the folder's files at the start: one that was changed since does not count until the next."""
    (folder.path / "credentials").mkdir()
    folder.write("credentials/relay.primary.password", "dropped")
    credential(folder, "relay.primary.password", "from systemd")
    assert password(folder) == "from systemd"


def test_the_environment_before_all(folder: Folder) -> None:
    credential(folder, "relay.primary.password", "from systemd")
    folder.environ["MURPHYD_RELAY__PRIMARY__PASSWORD"] = "from the environment"
    assert password(folder) == "from the environment"


def test_a_table_by_its_key_alone(folder: Folder) -> None:
    folder.edit("murphyd.toml", 'auth_token = "hunter2-twilio"\n', "")
    folder.environ["MURPHYD_TWILIO__AUTH_TOKEN"] = "t"
    twilio = folder.load().settings.twilio
    assert twilio is not None
    assert twilio.auth_token == Secret("t")


@pytest.mark.parametrize("name", ["mailbox.password", "mailbox.incidents.password"])
def test_the_only_mailbox_without_a_name(folder: Folder, name: str) -> None:
    folder.edit("murphyd.toml", 'name = "incidents"\n', "")
    folder.edit("murphyd.toml", 'password = "hunter2-mailbox"\n', "")
    credential(folder, name, "m")
    assert folder.load().settings.mailboxes[0].password == Secret("m")


def test_one_of_two_is_never_meant_by_the_kind_alone(folder: Folder) -> None:
    folder.environ["MURPHYD_RELAY__PASSWORD"] = "for which of them?"
    assert password(folder) == "hunter2-relay"


def test_an_empty_credential_is_a_fault(folder: Folder) -> None:
    credential(folder, "relay.primary.password", "\n")
    fault = "murphyd.toml: relay.primary.password: is empty in the systemd credential; put the secret there"
    assert folder.faults() == [fault]


def test_a_secret_that_is_not_utf8_is_never_altered(folder: Folder) -> None:
    folder.edit("murphyd.toml", RELAY, 'password_file = "relay.secret"')
    folder.write("relay.secret", b"caf\xe9")
    fault = "relay.primary.password: the file that password_file names is not UTF-8; save it as UTF-8"
    assert folder.faults() == [f"murphyd.toml: {fault}"]


def test_a_password_put_where_its_file_belongs_is_not_shown(folder: Folder) -> None:
    folder.edit("murphyd.toml", RELAY, 'password_file = "hunter2-relay"')
    fault = "relay.primary.password: the file that password_file names is missing; write it, or correct the path"
    assert folder.faults() == [f"murphyd.toml: {fault}"]


@pytest.mark.parametrize("name", ["x" * 300, "a/b", "..", "."])
def test_a_name_that_can_be_no_credential(folder: Folder, name: str) -> None:
    credential(folder, "other", "x")
    folder.edit("murphyd.toml", 'name = "primary"', f'name = "{name}"')
    assert password(folder) == "hunter2-relay"


def test_a_name_with_a_null_is_a_fault_and_no_more(folder: Folder) -> None:
    credential(folder, "other", "x")
    folder.edit("murphyd.toml", 'name = "primary"', 'name = "pri\\u0000mary"')
    assert [line.split(": ")[1] for line in folder.faults()] == ["relay.1.name"]


def test_names_of_variables() -> None:
    assert variable("relay", "smtp-2.acme", "password") == "MURPHYD_RELAY__SMTP_2_ACME__PASSWORD"


def test_every_secret_key_is_one_of_a_model_and_every_secret_of_a_model_is_a_secret_key() -> None:
    found = set()
    for name, field in keys(SettingsFile).items():
        table = table_of(field)
        assert table is not None
        found |= {(name, key) for key, inner in keys(table).items() if "Secret" in str(inner.annotation)}
    assert found == {(kind, key) for kind, names in SECRET_KEYS.items() for key in names}


def test_no_secret_in_what_a_configuration_shows(folder: Folder) -> None:
    configuration = folder.load()
    shown = f"{configuration} {configuration!r} {configuration.settings.relays[0].password}"
    assert "hunter2" not in shown


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cut=st.integers(0, 900), put=st.sampled_from(["", "\n", '"', "[", "=", "x", "\0", "7", "security = 5\n", "é"]))
def test_no_secret_in_faults_however_the_file_is_damaged(folder: Folder, cut: int, put: str) -> None:
    intact = type(folder)(folder.path)
    text = (intact.path / "murphyd.toml").read_text()
    intact.write("murphyd.toml", text[:cut] + put + text[cut:])
    if refusal := intact.refusal():
        assert "unter2" not in "".join(traceback.format_exception(refusal)) + repr(refusal.faults)
