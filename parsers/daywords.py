"""The words about days in the languages that we speak, in folded form: before a day, behind it, and ends of weeks."""

from collections.abc import Mapping

# The words before a day, in folded form; the longest that fits counts.
BEFORE: Mapping[str, tuple[str, ...]] = {
    "en": ("by", "by the", "before", "before the", "until", "till", "on", "on the", "due", "due on", "due by", "latest",
           "no later than", "not later than", "at the latest", "for", "deadline", "deadline:",
           "due:", "due date:", "by:"),
    "nl": ("tegen", "voor", "uiterlijk", "uiterlijk op", "tot", "op", "ten laatste", "ten laatste op", "tegen de"),
    "fr": ("d'ici", "d'ici le", "d'ici au", "d'ici a", "pour", "pour le", "avant", "avant le", "jusqu'au", "le", "au",
           "au plus tard", "au plus tard le"),
    "de": ("bis", "bis zum", "bis am", "bis spatestens", "spatestens", "spatestens am", "am", "zum", "vor dem"),
    "es": ("para", "para el", "antes de", "antes del", "hasta", "hasta el", "el", "a mas tardar", "a mas tardar el"),
}  # fmt: skip

AFTER = (
    "at the latest", "latest", "ten laatste", "uiterlijk", "au plus tard", "spatestens", "a mas tardar", "eob", "cob",
    "eod", "noon", "evening", "morning", "end of day", "end of business", "close of business", "please", "pls",
)  # fmt: skip
"""Words behind a day that do not change it."""

SOON: Mapping[str, int] = {
    **dict.fromkeys(("today", "tonight", "eod", "vandaag", "vanavond", "aujourd'hui", "heute", "hoy"), 0),
    **dict.fromkeys(("tomorrow", "morgen", "demain", "manana"), 1),
    **dict.fromkeys(("day after tomorrow", "the day after tomorrow", "overmorgen", "apres demain"), 2),
    **dict.fromkeys(("apres - demain", "ubermorgen", "pasado manana"), 2),
}

COUNTS: Mapping[str, int] = {
    word: number
    for number, words in {
        1: "a an one een un une einem einer ein una uno",
        2: "two twee deux zwei dos",
        3: "three drie trois drei tres",
        4: "four vier quatre cuatro",
        5: "five vijf cinq funf cinco",
        6: "six zes sechs seis",
        7: "seven zeven sept sieben siete",
        8: "eight acht huit ocho",
        10: "ten tien dix zehn diez",
    }.items()
    for word in words.split()
}

AHEAD = (
    "in",
    "within",
    "binnen",
    "over",
    "dans",
    "d'ici",
    "d'ici a",
    "sous",
    "innerhalb",
    "innerhalb von",
    "en",
    "dentro de",
)

OR = frozenset({"or", "of", "ou", "oder", "o", "u"})

UNITS: Mapping[str, int] = {
    **dict.fromkeys(["day", "days", "dag", "dagen", "jour", "jours", "tag", "tage", "tagen", "dia", "dias"], 1),
    **dict.fromkeys(["week", "weeks", "weken", "semaine", "semaines", "woche", "wochen", "semana", "semanas"], 7),
    **dict.fromkeys(["month", "months", "maand", "maanden", "mois", "monat", "monate", "monaten", "mes", "meses"], 30),
}

COMING = frozenset({
    "this", "coming", "upcoming", "deze", "komende", "aanstaande", "ce", "diesen", "kommenden", "nachsten", "este",
    "proximo",
})  # fmt: skip
"""Before the name of a day: the next one of that name."""

NEXT_WEEKS = frozenset({"next", "volgende"})
"""Before the name of a day: the one in the week that begins on Monday."""

NEXT_WEEK = (
    "next week", "volgende week", "la semaine prochaine", "semaine prochaine", "nachste woche", "nachster woche",
    "der nachsten woche", "la semana que viene", "la proxima semana", "proxima semana",
)  # fmt: skip
"""Beside the name of a day: the one in the week that begins on Monday."""

THIS_WEEK = ("this week", "deze week", "cette semaine", "diese woche", "dieser woche", "esta semana")

NOT_BY = (
    "after", "since", "from", "starting", "every", "each", "not before", "not by", "week of", "the week of",
    "na", "sinds", "vanaf", "elke", "iedere", "niet voor", "week van",
    "apres", "depuis", "des", "a partir de", "a partir du", "chaque", "tous les", "pas avant", "semaine du",
    "nach", "seit", "ab", "jeden", "nicht vor", "woche vom",
    "despues de", "despues del", "desde", "desde el", "cada", "todos los", "no antes de", "no antes del", "semana del",
)  # fmt: skip
"""Before a day by which nothing is to be done."""

BEHIND = frozenset({"next", "prochain", "proximo", "que", "viene"})

ENDS: Mapping[str, str] = {
    **dict.fromkeys(
        ("end of week", "end of the week", "end of this week", "eow", "eind week", "einde week", "eind van de week",
         "einde van de week", "eind deze week", "einde van deze week", "fin de semaine", "fin de la semaine",
         "la fin de la semaine", "ende der woche", "ende dieser woche", "final de semana", "final de la semana"),
        "week",
    ),
    **dict.fromkeys(
        ("end of next week", "the end of next week", "eind volgende week", "einde volgende week",
         "fin de la semaine prochaine", "la fin de la semaine prochaine", "ende nachster woche"),
        "next week",
    ),
    **dict.fromkeys(
        ("end of month", "end of the month", "the end of the month", "end of this month", "eom", "eind maand",
         "einde maand", "eind van de maand", "einde van de maand", "eind deze maand", "fin du mois", "la fin du mois",
         "fin de mois", "monatsende", "ende des monats", "ende monat", "fin de mes", "final de mes", "finales de mes",
         "final del mes", "fin del mes"),
        "month",
    ),
    **dict.fromkeys(
        ("end of next month", "the end of next month", "eind volgende maand", "einde volgende maand",
         "fin du mois prochain", "la fin du mois prochain", "ende nachsten monats"),
        "next month",
    ),
    **dict.fromkeys(
        ("end of year", "end of the year", "the end of the year", "eoy", "eind van het jaar", "einde van het jaar",
         "eind dit jaar", "fin de l'annee", "la fin de l'annee", "jahresende", "ende des jahres", "fin de ano",
         "final de ano"),
        "year",
    ),
}  # fmt: skip

END_OF = frozenset({
    "end of", "the end of", "eind", "einde", "fin", "la fin", "fin de", "ende", "finales de", "a finales de",
})  # fmt: skip
"""Before the name of a month."""
