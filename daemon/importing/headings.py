"""Which column holds what: by its heading, in five languages and the words of the usual programs, else by its looks."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

from config.faults import Wrong, nearest, shown

FIELDS = ("name", "first", "last", "email", "phone", "lists", "language", "timezone")

SEVERAL = frozenset({"email", "phone", "lists"})
"""Fields that more than one column may fill, the best heading first."""

HEADINGS: Mapping[str, Sequence[str]] = {
    "name": (
        "display name", "displayname", "full name", "fullname", "name", "contact name", "employee name", "cn",
        "weergavenaam", "volledige naam", "naam", "nom complet", "nom affiche", "nom et prenom", "nom prenom",
        "anzeigename", "vollstandiger name", "nombre completo", "nombre para mostrar", "nombre y apellidos",
    ),
    "first": (
        "first name", "firstname", "given name", "givenname", "forename", "voornaam", "roepnaam", "prenom", "vorname",
        "nombre", "nombre de pila",
    ),
    "last": (
        "last name", "lastname", "surname", "family name", "familyname", "sn", "achternaam", "familienaam", "nom",
        "nom de famille", "nachname", "familienname", "zuname", "apellido", "apellidos",
    ),
    "email": (
        "email", "e mail", "email address", "e mail address", "emailaddress", "mail", "work email", "business email",
        "primary smtp address", "primarysmtpaddress", "e mail 1 value", "email 1 value", "e mail 2 value",
        "e mail 2 address", "email 2", "private email", "e mailadres", "emailadres", "mailadres", "adresse e mail",
        "adresse email", "adresse mail", "adresse electronique", "courriel", "e mail adresse", "mailadresse",
        "correo", "correo electronico", "direccion de correo", "direccion de correo electronico", "user principal name",
        "userprincipalname",
    ),
    "phone": (
        "mobile", "mobile phone", "mobile number", "mobilephone", "cell", "cell phone", "cellphone", "gsm",
        "gsm nummer", "gsm number", "mobiel", "mobiele telefoon", "mobiel nummer", "mobieltje", "portable",
        "telephone portable", "tel portable", "telephone mobile", "numero de gsm", "handy", "handynummer",
        "mobiltelefon", "mobilnummer", "movil", "telefono movil", "celular", "phone 1 value", "phone 2 value",
        "phone", "phone number", "telephone", "telephone number", "telephonenumber", "tel", "work phone",
        "business phone", "office phone", "home phone", "telefoon", "telefoonnummer", "telefoon werk",
        "numero de telephone",
        "telefon", "telefonnummer", "rufnummer", "telefon geschaftlich", "telefono", "numero de telefono",
    ),
    "lists": ("lists", "list", "lijsten", "lijst", "listes", "listen", "listas"),
    "language": (
        "language", "preferred language", "preferredlanguage", "locale", "taal", "voorkeurstaal", "langue", "sprache",
        "idioma",
    ),
    "timezone": ("timezone", "time zone", "tijdzone", "fuseau horaire", "zeitzone", "zona horaria"),
}  # fmt: skip

MEANT = {heading: (field, rank) for field, words in HEADINGS.items() for rank, heading in enumerate(words)}

LOOKED_AT = 200
"""Rows that are looked at where headings do not tell."""

_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]{1,63}\.[^@\s]{1,190}")
_PHONE = re.compile(r"\+?[0-9][0-9 ()./-]{6,20}")
_NAME = re.compile(r"[^\W\d_][^\d@]{1,60}")
LOOKS = (("email", _EMAIL), ("phone", _PHONE), ("name", _NAME))

Columns = Mapping[str, tuple[int, ...]]
"""The columns, by number from 0, that fill a field."""


def plain(heading: str) -> str:
    """Lower case, without accents and signs: "E-Mail-Adresse" is "e mail adresse"."""
    text = unicodedata.normalize("NFKD", heading[:100]).casefold()
    letters = "".join(c if c.isalnum() else " " for c in text if not unicodedata.combining(c))
    return " ".join(letters.split())


def known(row: Sequence[str]) -> int:
    """How many of the cells are headings that mean something."""
    return sum(plain(cell) in MEANT for cell in row)


def columns_of(headings: Sequence[str], rows: Sequence[Sequence[str]], told: Mapping[str, Sequence[str]]) -> Columns:
    """`told` has the headings, or numbers from 1, that the user names for a field. Raises Wrong."""
    found: dict[str, list[tuple[int, int]]] = {}
    for field, names in told.items():
        found[field] = [(rank, _number(headings, name)) for rank, name in enumerate(names)]
    taken = {number for places in found.values() for _, number in places}
    for number, heading in enumerate(headings):
        field, rank = MEANT.get(plain(heading), ("", 0))
        if field and field not in told and number not in taken:
            found.setdefault(field, []).append((rank, number))
            taken.add(number)
    for field, looks in LOOKS:
        if field not in found and not (field == "name" and ("last" in found or "first" in found)):
            free = [number for number in range(len(headings)) if number not in taken]
            if best := [number for number in free if _share(rows, number, looks) > 0.8][:1]:
                found[field] = [(0, best[0])]
                taken.add(best[0])
    chosen = {field: tuple(number for _, number in sorted(places)) for field, places in found.items()}
    return {field: places if field in SEVERAL else places[:1] for field, places in chosen.items()}


def _number(headings: Sequence[str], name: str) -> int:
    for number, heading in enumerate(headings):
        if plain(heading) == plain(name) and plain(name):
            return number
    if name.strip().isascii() and name.strip().isdigit() and 0 < int(name.strip()[:6]) <= len(headings):
        return int(name) - 1
    there = [heading for heading in headings if heading.strip()]
    near = nearest(name, there)
    cure = f'did you mean "{near}"?' if near else f"there is {', '.join(map(shown, there[:20])) or 'none'}"
    raise Wrong(f"there is no column {shown(name)}", cure)


def _share(rows: Sequence[Sequence[str]], number: int, looks: re.Pattern[str]) -> float:
    cells = [row[number].strip() for row in rows[:LOOKED_AT] if number < len(row) and row[number].strip()]
    return sum(looks.fullmatch(cell[:200]) is not None for cell in cells) / len(cells) if cells else 0.0
