"""The verbs, and the words around them that make a message plain or leave it in doubt: literal data.

Everything but `DEFAULT_VERBS` is written in folded form: lower case, no accents, straight quotes.
"""

from parsers.types import Verb, Verbs

DEFAULT_VERBS: Verbs = {**{verb.value: verb for verb in Verb}, "HAND OVER": Verb.HANDOVER}

# Whole messages that carriers answer themselves; as spellings they are never other verbs.
CARRIER: dict[str, Verb] = {
    **dict.fromkeys(("stop", "stopall", "stop all", "unsubscribe", "cancel", "end"), Verb.STOP),
    **dict.fromkeys(("quit", "revoke", "optout"), Verb.STOP),
    **dict.fromkeys(("start", "unstop", "yes"), Verb.START),
    **dict.fromkeys(("help", "info"), Verb.HELP),
}  # fmt: skip

# Those of them that mean the same in an email.
CARRIER_BY_EMAIL = frozenset({"stop", "unsubscribe", "start", "help", "info"})

# A plain number directly after one of these is an incident's.
DECIDING = frozenset({Verb.ACCEPT, Verb.REJECT, Verb.JOIN, Verb.DECLINE, Verb.TAKE, Verb.WITHDRAW, Verb.SAME})

# Free words follow, on this line and the next ones.
WORDED = frozenset({
    Verb.PROPOSE, Verb.ACCEPT, Verb.REJECT, Verb.WITHDRAW, Verb.UPDATE, Verb.NOTE, Verb.RESOLVE, Verb.DOWNGRADE,
    Verb.REOPEN, Verb.DECLINE, Verb.BRIDGE, Verb.ACTION,
})  # fmt: skip

# Free text: a question or a condition may be what is to be said.
SAYING = frozenset({Verb.PROPOSE, Verb.UPDATE, Verb.NOTE, Verb.RESOLVE, Verb.ACTION})

# A lone plain number after one of these is an incident's too, as nothing else can be meant.
LONE = frozenset({
    Verb.UPDATE, Verb.NOTE, Verb.RESOLVE, Verb.DOWNGRADE, Verb.REOPEN, Verb.NEW, Verb.CONFIDENTIAL, Verb.REVIEWED,
    Verb.STATUS, Verb.HELP,
})  # fmt: skip

# Names, a time or a number follow, on the same line.
NAMING = frozenset({Verb.SERVICE, Verb.TEAM, Verb.EVERY, Verb.DEPUTY, Verb.HANDOVER, Verb.SAME, Verb.DONE})

# Their words go to the public, so that what follows MGMT must be kept apart.
PUBLIC = frozenset({Verb.ACCEPT, Verb.UPDATE, Verb.RESOLVE, Verb.DOWNGRADE, Verb.REOPEN})

# A "not" after one of these turns it around; after a refusal it is part of the reason.
AFFIRMATIVE = frozenset({
    Verb.ACCEPT, Verb.JOIN, Verb.TAKE, Verb.SAME, Verb.NEW, Verb.CONFIDENTIAL, Verb.REVIEWED, Verb.DONE, Verb.REOPEN,
    Verb.HANDOVER, Verb.RESOLVE,
})  # fmt: skip

# A question mark after one of these is how people ask for it.
ASKING = frozenset({Verb.STATUS, Verb.HELP})

# Who says the one can't mean the other.
CONTRARY: dict[Verb, frozenset[Verb]] = {
    Verb.ACCEPT: frozenset({Verb.REJECT, Verb.DECLINE, Verb.WITHDRAW}),
    Verb.REJECT: frozenset({Verb.ACCEPT}),
    Verb.JOIN: frozenset({Verb.DECLINE, Verb.REJECT}),
    Verb.DECLINE: frozenset({Verb.JOIN, Verb.ACCEPT}),
    Verb.WITHDRAW: frozenset({Verb.ACCEPT}),
}

# Words of every day: inside a sentence they are no sign of a command.
EVERYDAY = frozenset({
    Verb.NEW, Verb.TEAM, Verb.SERVICE, Verb.DONE, Verb.NOTE, Verb.UPDATE, Verb.HELP, Verb.STATUS, Verb.EVERY,
    Verb.SAME, Verb.TAKE, Verb.ACTION, Verb.BRIDGE, Verb.STOP, Verb.START, Verb.CONFIDENTIAL, Verb.DEPUTY,
    Verb.RESOLVE, Verb.REVIEWED,
})  # fmt: skip

GREETINGS = frozenset({
    "hi", "hello", "hey", "hiya", "dear", "good morning", "good afternoon", "good evening", "good day", "morning",
    "evening", "murphy", "all", "folks", "hallo", "hoi", "dag", "beste", "goedemorgen", "goedemiddag", "goedenavond",
    "geachte", "bonjour", "bonsoir", "salut", "cher", "chere", "guten morgen", "guten tag", "guten abend", "moin",
    "liebe", "lieber", "sehr geehrte", "servus", "gruss gott", "hola", "buenos dias", "buenas tardes",
    "buenas noches", "buenas", "estimado", "estimada", "ciao", "buongiorno", "buonasera", "ola", "bom dia",
    "boa tarde", "boa noite", "czesc", "dzien dobry", "witam", "hej", "hejsan", "hei", "moi", "terve", "ahoj",
    "dobry den", "привет", "здравствуите", "добрыи день",
})  # fmt: skip

# May stand before a verb, or alone after it, and say nothing more.
COURTESY = frozenset({
    "please", "pls", "plz", "thanks", "thank you", "thank you very much", "thanks a lot", "many thanks", "thx", "ty",
    "cheers", "regards", "best regards", "kind regards", "best", "ok", "okay", "sure", "of course", "no problem",
    "no worries", "np", "yes", "right", "now", "asap", "on it", "on my way", "omw", "will do", "dialing in",
    "dialling in", "for me", "from me", "all", "everyone", "team", "murphy", "sorry", "noted", "understood",
    "will join", "right away", "immediately", "hi", "hello", "bedankt", "dank je", "dank u", "dankjewel", "dank",
    "graag", "alstublieft", "aub", "groeten", "groetjes", "ja", "oke", "met vriendelijke groeten", "mvg", "merci",
    "merci beaucoup", "svp", "s'il vous plait", "oui", "d'accord", "cordialement", "danke", "vielen dank", "bitte",
    "danke schon", "klar", "gruss", "grusse", "mfg", "viele grusse", "si", "gracias", "muchas gracias", "por favor",
    "vale", "saludos", "grazie", "grazie mille", "per favore", "obrigado", "obrigada", "tack", "tak", "takk",
    "kiitos", "dziekuje", "dzieki", "dekuji", "diky", "спасибо",
})  # fmt: skip

NEGATIONS = frozenset({
    "not", "no", "never", "nothing", "none", "nope", "can't", "cant", "cannot", "couldn't", "won't", "wont", "don't",
    "dont", "doesn't", "didn't", "shouldn't", "wouldn't", "isn't", "aren't", "unable", "refuse", "without", "neither",
    "nor", "nobody", "niet", "geen", "nee", "nooit", "kan niet", "ne", "n'", "pas", "non", "jamais", "nicht", "kein",
    "keine", "nein", "nie", "nunca", "tampoco", "mai", "nao", "inte", "ikke", "ei", "не", "нет",
})  # fmt: skip

# "no change since nine" is something to say; these turn the verb around.
TURNING = NEGATIONS - {
    "no", "nothing", "none", "nobody", "without", "unable", "non", "geen", "kein", "keine", "neither", "nor",
}  # fmt: skip

# All that a refusal gives as its reason.
NO_REASON = frozenset({"none", "nothing", "geen", "niets", "kein", "keine", "keiner", "rien", "nada"})

# Begin a sentence about who is without the service: "nobody can log in".
NOBODY = frozenset({"nobody", "nothing", "none"})

# A verb and its negation in one word.
CANNOT = frozenset({
    "can't", "cant", "cannot", "couldn't", "won't", "wont", "don't", "dont", "doesn't", "didn't", "isn't", "aren't",
})  # fmt: skip

# What a service is not when its incident is reopened: "not fixed", "werkt niet".
REPAIRED = frozenset({
    "fixed", "solved", "resolved", "repaired", "restored", "work", "works", "working", "stable", "over", "gone",
    "opgelost", "hersteld", "werkt", "werken", "stabiel", "voorbij", "resolu", "repare", "retabli", "fonctionne",
    "marche", "fini", "behoben", "gelost", "repariert", "funktioniert", "lauft", "stabil", "vorbei", "resuelto",
    "solucionado", "arreglado", "funciona", "estable",
})  # fmt: skip

ARTICLES = frozenset({"the", "de", "het", "le", "la", "les", "l'", "der", "die", "das", "el", "los", "las"})

# Behind a verb these set no condition, though each begins with a word that may.
AGAIN = frozenset({"once more", "once again", "after all", "quand meme"})

# The verb holds only if.
CONDITIONS = frozenset({
    "if", "unless", "when", "or", "either", "provided", "whether", "als", "tenzij", "wanneer", "si", "sauf", "ou",
    "wenn", "falls", "oder", "cuando", "o", "quando",
})  # fmt: skip

# Not now, or not sure: turns an affirmative verb into something else.
POSTPONING = frozenset({
    "once", "until", "till", "only", "maybe", "perhaps", "possibly", "tomorrow", "later", "soon", "tonight", "after",
    "before", "rather", "zodra", "of", "misschien", "morgen", "straks", "quand", "peut", "demain", "sobald",
    "vielleicht", "spater", "quizas", "tal", "manana", "luego", "se", "forse", "domani",
})  # fmt: skip

# What a sentence about something goes on with, when it happens to begin with one of our words.
OBJECTS = frozenset({
    "a", "an", "the", "this", "that", "these", "those", "it", "its", "them", "him", "her", "us", "me", "you", "my",
    "your", "his", "our", "their", "as", "to", "from", "for", "by", "with", "in", "at", "of", "what", "who", "which",
    "how", "why", "any", "care", "off", "note", "part", "de", "het", "een", "dit", "dat", "deze", "mijn", "jouw",
    "uw", "jullie", "le", "la", "les", "un", "une", "ce", "cette", "mon", "ma", "votre", "vos", "der", "die", "das",
    "den", "dem", "ein", "eine", "mein", "ihr", "el", "los", "las", "una", "mi", "su",
})  # fmt: skip

# Before a verb, with or without a comma, these say nothing more.
OPENINGS = frozenset({
    "ok", "okay", "yes", "sure", "thanks", "thank you", "thx", "noted", "understood", "right", "alright", "great",
    "ja", "oke", "bedankt", "dank je", "dank u", "oui", "d'accord", "merci", "danke", "klar", "si", "vale", "gracias",
    "grazie",
})  # fmt: skip

# Signs that turn an affirmative verb around.
REFUSING = frozenset("❌🚫👎⛔🙅✖✗✘")

# The verb is the subject of a sentence: "service is back", "team has left".
FINITE = frozenset({
    "is", "are", "was", "were", "has", "have", "had", "will", "would", "can", "could", "should", "does", "did",
    "seems", "looks", "isn't", "aren't", "wasn't", "hasn't", "won't", "can't", "doesn't", "needs", "remains", "heeft",
    "zijn", "est", "sont", "a", "ist", "sind", "hat", "es", "esta", "son",
})  # fmt: skip

# Not what an update says, but who asks for one.
WANTING = frozenset({
    "me", "us", "please", "pls", "needed", "required", "requested", "wanted", "your", "my", "request", "when", "what",
    "why", "how", "anyone", "asap",
})  # fmt: skip

# "I'll take it": said of a command, not as one.
FIRST_PERSON = frozenset({
    "i", "i'll", "ill", "i'd", "i'm", "im", "i've", "we", "we'll", "we're", "we've", "let me", "ik", "je", "j'", "nous",
    "ich", "wir", "yo",
})  # fmt: skip

# Between two verbs.
CONJUNCTIONS = frozenset({
    "or", "and", "then", "of", "en", "ou", "et", "oder", "und", "o", "y", "e", "lub", "i", "eller", "och", "og",
    "tai", "nebo",
})  # fmt: skip

# May stand before an incident's number.
NUMBER_WORDS = frozenset({"incident", "number", "nr", "nummer", "numero", "case", "№"})

# A number before one of these counts something.
AMOUNTS = frozenset({
    "of", "out", "min", "mins", "minute", "minutes", "minuten", "m", "h", "hr", "hrs", "hour", "hours", "uur", "uhr",
    "heure", "heures", "stunden", "am", "pm", "o'clock", "sec", "seconds", "days", "times", "more", "percent",
    "people", "users", "van", "von", "sur", "de",
})  # fmt: skip

# Common words one letter away from a verb, and names: never answered with "did you mean".
NO_SLIPS = frozenset({
    "not", "nope", "none", "node", "vote", "notes", "nota", "noted", "rote", "some", "sale", "save", "safe", "name",
    "came", "game", "make", "lake", "cake", "tale", "tape", "wake", "take", "taken", "tea", "tear", "teal", "teams",
    "beam", "seam", "john", "coin", "loin", "joint", "joins", "done", "gone", "bone", "dine", "dune", "one", "don",
    "ever", "very", "even", "event", "step", "shop", "stay", "star", "stars", "state", "smart", "stark", "starts",
    "held", "hell", "heal", "hemp", "helps", "kelp", "services", "actions", "fraction", "faction", "except", "expect",
    "eject", "repent", "recline", "incline", "states", "bridges", "ridge", "fridge", "deputy", "noe", "het", "staat",
    "statue", "stat", "start", "stop", "next", "update", "joan", "accent", "aspect", "propos", "purpose", "revolve",
    "dissolve", "reviewer", "same", "sane",
})  # fmt: skip

# What a slip may have behind it: "accepted", "joining".
INFLECTIONS = ("d", "ed", "s", "ing", "en", "t", "er")

# How what is for management only is marked. Abbreviations mark it wherever they stand.
MANAGEMENT_SHORT = frozenset({"mgmt", "mgt", "mgmnt", "mngt", "mgnt", "mngmt", "managment", "managemnt"})
MANAGEMENT = frozenset({
    "management", "managers", "executives", "exec", "execs", "directie", "leiding", "bestuur", "managementteam",
    "direction", "encadrement", "gestion", "geschaftsleitung", "geschaftsfuhrung", "leitung", "fuhrung", "vorstand",
    "direktion", "direccion", "gerencia", "directivos", "direzione", "dirigenza", "direcao", "chefia", "ledning",
    "ledningen", "ledelse", "ledelsen", "johto", "johdolle", "kierownictwo", "zarzad", "vedeni", "руководство",
    "руководству", "経営陣", "経営", "管理层", "管理層",
})  # fmt: skip

# May stand around the mark: "for management only:", "pour la direction :".
MANAGEMENT_AROUND = frozenset({
    "for", "to", "only", "the", "voor", "aan", "de", "alleen", "enkel", "pour", "la", "a", "seulement", "uniquement",
    "fur", "an", "die", "das", "nur", "para", "el", "solo", "per", "somente",
})  # fmt: skip
