"""What other programs write, read: headings in five languages, separators, encodings, vCards of three ages, LDIF."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as some

from config.faults import Wrong
from daemon.importing.entries import Entry, judged
from daemon.importing.numbers import e164
from daemon.importing.reading import read_people

AN = Entry(2, "An Peeters", ("an@acme.example",), ("0470 55 01 01",))

SHEETS = {
    "Outlook in English": "First Name,Last Name,E-mail Address,Mobile Phone\n"
    "An,Peeters,an@acme.example,0470 55 01 01\n",
    "Google": "Name,Given Name,Family Name,E-mail 1 - Value,Phone 1 - Value\n"
    "An Peeters,An,Peeters,an@acme.example,0470 55 01 01\n",
    "Dutch, by semicolons": "Voornaam;Achternaam;E-mailadres;Gsm\nAn;Peeters;an@acme.example;0470 55 01 01\n",
    "French, by tabs": "Nom\tPrénom\tAdresse e-mail\tTéléphone portable\nPeeters\tAn\tan@acme.example\t0470 55 01 01\n",
    "German": "Nachname;Vorname;E-Mail-Adresse;Handy\nPeeters;An;an@acme.example;0470 55 01 01\n",
    "German, whose last name is only Name": "Name;Vorname;E-Mail;Handy\nPeeters;An;an@acme.example;0470 55 01 01\n",
    "Spanish": "Nombre,Apellidos,Correo electrónico,Teléfono móvil\nAn,Peeters,an@acme.example,0470 55 01 01\n",
    "a directory's": "displayName,mail,mobile\nAn Peeters,an@acme.example,0470 55 01 01\n",
    "last name first": 'Display Name,Email,Phone\n"Peeters, An",an@acme.example,0470 55 01 01\n',
    "headings that say nothing": "who,a,b\nAn Peeters,an@acme.example,0470 55 01 01\n",
    "Excel's quirks": "sep=;\r\n",
    "quoted separators": 'Name;Email;Phone\n"An Peeters";"an@acme.example";"0470 55 01 01"\n',
}
SHEETS["Excel's quirks"] = "sep=;\r\nName;Email;Phone\r\n"
SHEETS["Excel's quirks"] += 'An Peeters;an@acme.example;"=""0470 55 01 01"""\r\n'


@pytest.mark.parametrize("text", SHEETS.values(), ids=SHEETS.keys())
def test_headings(text: str) -> None:
    (found,) = read_people(text.encode(), {}).entries
    assert (found.name, found.emails, found.phones) == (AN.name, AN.emails, AN.phones)


ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252")


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_encodings(encoding: str) -> None:
    text = "Name,Email\nZoë Müller-Peñas,zoe@acme.example\n"
    read = read_people(text.encode(encoding), {})
    (found,) = read.entries
    assert found.name == "Zoë Müller-Peñas"
    assert read.guessed is (encoding == "cp1252"), "other Windows write other letters with the same bytes"


def test_without_headings_by_their_looks() -> None:
    text = "An Peeters,an@acme.example,+32470550101\nBea Maes,bea@acme.example,+32470550102\n"
    found = read_people(text.encode(), {}).entries
    assert [(one.line, one.name, one.emails) for one in found] == [
        (1, "An Peeters", ("an@acme.example",)),
        (2, "Bea Maes", ("bea@acme.example",)),
    ]


def test_lines_are_counted_as_editors_do_also_below_titles_and_cells_of_several_lines() -> None:
    text = 'Staff of 2026;;\n\nName;Email;Note\nAn;an@acme.example;"one\ntwo"\n\nBea;bea@acme.example;\n'
    assert [(one.line, one.name) for one in read_people(text.encode(), {}).entries] == [(4, "An"), (7, "Bea")]


def test_the_user_s_word_on_a_column_is_the_last() -> None:
    text = b"Name,Nick,Email,Old mail\nAn Peeters,Annie,an@acme.example,a@old.example\n"
    (found,) = read_people(text, {"name": ["nick"], "email": ["Old mail", "3"]}).entries
    assert (found.name, found.emails) == ("Annie", ("a@old.example", "an@acme.example"))
    with pytest.raises(Wrong, match=r'there is no column "Nik".*did you mean "Nick"'):
        read_people(text, {"name": ["Nik"]})


VCARDS = {
    "2.1, quoted-printable over two lines": "VERSION:2.1\r\n"
    "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=BC=\r\nrgen;;;\r\n"
    "TEL;CELL;PREF:+32470550101\r\nTEL;FAX:+3225550000\r\nEMAIL;INTERNET:jm@acme.example\r\n"
    "PHOTO;ENCODING=BASE64;JPEG:\r\n /9j/4AAQ\r\n\r\n",
    "2.1 in Latin-1": "VERSION:2.1\r\nFN;QUOTED-PRINTABLE;CHARSET=ISO-8859-1:J=FCrgen M=FCller\r\n"
    "TEL;CELL:+32470550101\r\nEMAIL:jm@acme.example\r\n",
    "3.0, folded": "VERSION:3.0\r\nFN:Jürgen\r\n  Müller\r\nitem1.EMAIL;TYPE=INTERNET:jm@acme.ex\r\n ample\r\n"
    "TEL;TYPE=CELL,VOICE:+32470550101\r\n",
    "4.0, a number as an address": "VERSION:4.0\nKIND:individual\nFN:Jürgen Müller\nEMAIL:jm@acme.example\n"
    'TEL;VALUE=uri;TYPE="voice,cell":tel:+32470550101;ext=1\nNOTE:a\\;b\n',
    "Exchange's": "VERSION:3.0\nFN:Müller\\, Jürgen\nEMAIL:jm@acme.example\nTEL;TYPE=CELL:+32470550101\n",
    "another card within": "VERSION:2.1\nFN:Jürgen Müller\nAGENT:\nBEGIN:VCARD\nFN:Other\nEMAIL:o@x.example\n"
    "END:VCARD\n"
    "EMAIL:jm@acme.example\nTEL:+32470550101\n",
}


@pytest.mark.parametrize("text", VCARDS.values(), ids=VCARDS.keys())
def test_vcards(text: str) -> None:
    (found,) = read_people(f"BEGIN:VCARD\r\n{text}END:VCARD\r\n".encode(), {}).entries
    assert (found.name, found.emails, found.phones) == ("Jürgen Müller", ("jm@acme.example",), ("+32470550101",))


def test_no_people_in_vcards() -> None:
    text = b"BEGIN:VCARD\nKIND:group\nFN:All\nEND:VCARD\nBEGIN:VCARD\nFN:Cut\n"
    found = read_people(text, {})
    assert found.entries == []
    assert [(line, reason[:20]) for line, _, reason in found.refused] == [
        (1, "is no person: group"),
        (5, "the card has no END:"),
    ]


LDIF = f"""version: 1
# the whole directory
dn: cn=Zoë,dc=acme
objectClass: inetOrgPerson
cn;lang-en: Zoe
displayName:: {base64.b64encode("Zoë Maes".encode()).decode()}
mail: zoe@ac
 me.example
mobile: +32470550101
telephoneNumber: +3225550000
preferredLanguage: fr-BE, en
jpegPhoto:< file:///etc/passwd

dn: cn=x
changetype: delete

dn: cn=PC1
objectClass: computer
objectClass: user
mail: pc@acme.example

dn: cn=Gone
cn: Gone
objectClass: user
mail: gone@acme.example
userAccountControl: 514

dn: ou=people
objectClass: organizationalUnit
"""


def test_ldif() -> None:
    found = read_people(LDIF.encode(), {})
    (zoe,) = found.entries
    assert zoe == Entry(3, "Zoë Maes", ("zoe@acme.example",), ("+32470550101", "+3225550000"), language="fr-BE, en")
    assert [(line, reason.partition(",")[0]) for line, _, reason in found.refused] == [
        (14, "is a change to an entry"),
        (17, "is no person: computer"),
        (22, "its account is disabled"),
    ]


ACTIVE_DIRECTORY = """dn: CN=Jan Peters,OU=Users,DC=acme,DC=example
changetype: add
objectClass: top
objectClass: person
objectClass: organizationalPerson
objectClass: user
cn: Jan Peters
displayName: Peters, Jan
userAccountControl: 512
mail: jan@acme.example
mobile: +32470550101

dn: CN=PC1,OU=Computers,DC=acme,DC=example
changetype: add
objectClass: user
objectClass: computer
cn: PC1
"""


def test_what_ldifde_writes_are_entries() -> None:
    found = read_people(ACTIVE_DIRECTORY.replace("\n", "\r\n").encode("utf-16"), {})
    (jan,) = found.entries
    assert (jan.name, jan.emails, jan.phones) == ("Jan Peters", ("jan@acme.example",), ("+32470550101",))
    assert found.refused == []


NUMBERS = {
    "+32 470 55 01 01": "+32470550101",
    "0032 470 55 01 01": "+32470550101",
    "0470/55.01.01": "+32470550101",
    "470550101": "+32470550101",
    "tel:+32-470-55-01-01": "+32470550101",
    "+32 (0)470 55 01 01": "+32470550101",
}


@pytest.mark.parametrize(("written", "number"), NUMBERS.items())
def test_numbers_as_people_write_them_at_home(written: str, number: str) -> None:
    assert e164(written, "Europe/Brussels") == number


NONE = {
    "12": "is no whole phone number of BE",
    "0170 1234567": "is no whole phone number of BE",
    "4.7055E+08": "has lost its digits in a spreadsheet",
    "4,7055E+08": "has lost its digits in a spreadsheet",
    "call me": "is no phone number of BE",
    "+": "is no phone number",
    "+999999999999999999999": "is no phone number",
}


@pytest.mark.parametrize(("written", "why"), NONE.items())
def test_numbers_that_are_none(written: str, why: str) -> None:
    with pytest.raises(Wrong, match=why):
        e164(written, "Europe/Brussels")


@pytest.mark.parametrize("zone", ["Etc/UTC", "UTC"])
def test_a_number_of_an_unknown_country(zone: str) -> None:
    with pytest.raises(Wrong, match=r'"0470550101" does not say its country; write it as in "\+32470000001"'):
        e164("0470550101", zone)
    assert e164("0470550101", zone, "BE") == "+32470550101"


def test_what_is_no_good_is_left_out_and_who_has_nothing_left_is_refused() -> None:
    person, wrong = judged(Entry(7, "An", ("an@@acme",), ("+32470550101",), language="xx"), "a.csv", "UTC", "")
    assert person is not None
    assert (person.emails, person.phones, person.language) == ((), ("+32470550101",), "")
    assert [one.whole for one in wrong] == [False, False]
    person, (refused,) = judged(Entry(8, "Bea", ("no",)), "a.csv", "UTC", "")
    assert (person, refused.whole, refused.line) == (None, True, 8)


BEGINNINGS = ("", "BEGIN:VCARD\n", "version: 1\ndn: x\n", "Name;Email\n", "\ufeffsep=;\n", 'Name,"')


@given(
    some.sampled_from(BEGINNINGS),
    some.binary(max_size=400) | some.text(max_size=400).map(lambda t: t.encode("utf-8", "replace")),
)
def test_whatever_the_bytes(beginning: str, rest: bytes) -> None:
    found = read_people(beginning.encode() + rest, {})
    for entry in found.entries:
        judged(entry, "file", "Europe/Brussels", "")


LONG = {
    "quotes and colons": b"BEGIN:VCARD\n" + b'a":' * 400_000,
    "soft line ends": b"BEGIN:VCARD\n" + b"N;QUOTED-PRINTABLE:=\n" + b"=\n" * 200_000,
    "folded for ever": b"version: 1\n" + b"dn: x\n" + b" y\n" * 300_000,
    "one cell": b'Name,Email\n"' + b'""' * 500_000,
    "one column after the other": b"Name,Email" + b"," * 1_000_000,
}


@pytest.mark.parametrize("content", LONG.values(), ids=LONG.keys())
def test_long_and_hostile(content: bytes) -> None:
    """None of them would end here if time grew with the square of the length."""
    assert len(read_people(content, {}).entries) <= 1
