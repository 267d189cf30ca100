"""Whether proposals look the same, in several languages."""

import pytest

from daemon.core.sameness import looks_same, names_of
from tests.core.vocabulary import example

NAMES = names_of(example().procedure.services)

SAME = [
    ("Web shop is down", "The web shop is not working"),
    ("Web shop is down", "webshop down!!"),
    ("Web shop is down", "Nobody can reach the Web-Shop since 9"),
    ("No orders in the web shop", "web shop is down"),
    ("Cards refused at all tills", "tills refuse every card"),
    ("Email is down", "Outlook does not work"),
    ("Webshop ligt plat", "De webshop werkt niet meer"),
    ("Kassa's in Gent vallen uit", "kassa Gent uitgevallen"),
    ("Betalen met kaart lukt niet", "Kaartbetalingen werken niet"),
    ("Le site est en panne", "Site web hors service"),
    ("Les caisses ne répondent plus", "caisse bloquée"),
    ("Kassensystem ausgefallen", "Kassen gehen nicht"),
    ("Störung im Lager: Förderband steht", "Förderbänder im Lager stehen still"),
    ("Los pagos con tarjeta fallan", "No funciona el pago con tarjeta"),
    ("La tienda en línea está caída", "tienda online no funciona"),
    ("Не работает склад", "склад не отвечает"),
    ("Web shop is down", "Webshop ligt eruit"),
    ("down", "Everything is down"),
]

DIFFERENT = [
    ("Web shop is down", "Email is down"),
    ("Web shop is down", "Cards are refused in the shops of Ghent and Bruges"),
    ("Tills are down in Ghent", "Web shop is down in Ghent"),
    ("Till 5 is down", "Till 7 is down"),
    ("Email is down in Antwerp", "Printers down in Antwerp"),
    ("Webshop ligt plat", "Telefonie ligt plat"),
    ("Le site est en panne", "La téléphonie est en panne"),
    ("Kassensystem ausgefallen", "Lagerverwaltung ausgefallen"),
    ("Los pagos fallan", "El correo falla"),
    ("Nobody can log in", "Nobody can print"),
    ("Payroll run failed", "Backup run failed"),
    ("", "Web shop is down"),
]


@pytest.mark.parametrize(("one", "other"), [pytest.param(*pair, id=" / ".join(pair)) for pair in SAME])
def test_the_same(one: str, other: str) -> None:
    assert looks_same(one, other, names=NAMES)
    assert looks_same(other, one, names=NAMES)


@pytest.mark.parametrize(("one", "other"), [pytest.param(*pair, id=" / ".join(pair)) for pair in DIFFERENT])
def test_not_the_same(one: str, other: str) -> None:
    assert not looks_same(one, other, names=NAMES)
    assert not looks_same(other, one, names=NAMES)
