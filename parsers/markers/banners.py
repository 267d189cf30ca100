"""What a gateway or mailbox puts above a mail from outside, in lower case."""

# How such a line begins; of BANNERS_ALONE it holds nothing else.
BANNERS = (
    "caution: this email", "caution: this e-mail", "caution: external e", "caution - this e", "caution: this message",
    "[external", "*** external", "external email:", "external e-mail:", "external email - ", "external email. do not",
    "this email originated from outside", "this message originated from outside", "this message came from outside",
    "warning: this email originated", "warning: this message originated", "attention: this email originated",
    "this is an external email", "this sender is external", "zapbanner",
    "you don't often get email from", "you don’t often get email from", "some people who received this message don't",
    "some people who received this message don’t", "externe e-mail:", "let op: deze e-mail is",
    "let op: dit bericht is",
    "u ontvangt niet vaak e-mail van", "attention : ce courriel", "attention: ce courriel", "attention : cet e-mail",
    "attention : ce message provient", "vous ne recevez pas souvent", "achtung: diese e-mail",
    "achtung: externe e-mail",
    "sie erhalten nicht häufig e-mails von", "sie erhalten nicht oft e-mails von", "no suele recibir correo",
    "precaución: este correo", "non ricevi spesso messaggi", "attenzione: questa mail", "atenção: este e-mail",
    "uwaga: ta wiadomość pochodzi", "varning: detta mail", "du får inte ofta e-post", "du får ikke ofte mail",
    "du får ikke ofte e-post",
)  # fmt: skip
# Where such a line ends, so that the next one is the person's.
BANNER_ENDS = (
    ".",
    "!",
    ">",
    "]",
    ")",
    "*",
    ":",
    "important",
    "belangrijk is",
    "wichtig ist",
    "importante",
    "viktigt",
    "viktig",
    "vigtigt",
    "ważne",
    "tärkeää",
    "důležité",
)
BANNERS_ALONE = frozenset({
    "external", "external email", "external e-mail", "external sender", "ext", "extern", "externe e-mail", "externe",
    "externer absender", "expéditeur externe", "remitente externo", "mittente esterno", "afzender van buiten",
})  # fmt: skip
