"""What stands above a quotation: attributions, separators and the labels of copied headers, in lower case."""

from enum import StrEnum

# "On … wrote:". An attribution holds one of these words and ends with a colon.
WROTE = (
    "wrote", "writes",  # en
    "schreef", "geschreven", "schrijft",  # nl
    "a écrit", "écrit", "a ecrit",  # fr
    "schrieb", "geschrieben", "schreibt",  # de
    "escribió", "escribio", "escribe", "escrito",  # es
    "ha scritto", "scritto", "scrive", "scriveva",  # it
    "escreveu", "escreve",  # pt
    "napisał", "napisała", "napisał(a)", "pisze", "napisał/a", "napisana przez", "napisał/-a", "napisali",  # pl
    "skrev", "skrev följande", "skrev følgende", "har skrevet",  # sv da no
    "kirjoitti", "kirjoittaa",  # fi
    "napsal", "napsala", "napsal(a)", "píše",  # cs
    "написал", "написала", "написал(а)", "написал (а)", "писал", "писала", "писал(а)", "пишет",  # ru
    "wrote", "さんは書きました", "さんが書きました", "は書きました", "のメール", "のメッセージ", "より",  # ja
    "写道", "寫道", "撰写", "写到", "的邮件", "來信",  # zh
)  # fmt: skip

# How an attribution that is wrapped over several lines begins, before its date.
ON = (
    "on", "at",  # en
    "op",  # nl
    "le",  # fr
    "am", "vom",  # de
    "el", "a la(s)", "en",  # es
    "il", "in data", "il giorno",  # it
    "em", "no dia", "a",  # pt
    "w dniu", "dnia",  # pl
    "den", "kl",  # sv da no
    "på", "ti.", "ke.", "to.", "pe.", "la.", "su.", "ma.",  # fi
    "dne", "v",  # cs
    "в",  # ru
    "在", "于", "於",  # zh
)  # fmt: skip

# "-----Original Message-----": the words between dashes, and lines that stand alone with a colon.
ORIGINAL = frozenset({
    "original message", "original appointment", "original email", "original mail", "forwarded message",
    "forwarded by", "reply message", "replied message", "original", "forwarded mail", "begin forwarded message",
    "message original", "oorspronkelijk bericht", "origineel bericht", "oorspronkelijke bericht",
    "doorgestuurd bericht", "begin doorgestuurd bericht", "oorspronkelijk e-mailbericht", "doorgestuurde bericht",
    "message d'origine", "message d’origine", "message initial", "message transféré", "courriel original",
    "début du message réexpédié", "début du message transféré", "e-mail d'origine", "message réexpédié",
    "ursprüngliche nachricht", "original-nachricht", "originalnachricht", "weitergeleitete nachricht",
    "anfang der weitergeleiteten nachricht", "ursprüngliche mail", "ursprüngliche e-mail", "orginalnachricht",
    "mensaje original", "mensaje reenviado", "inicio del mensaje reenviado", "correo original",
    "messaggio originale", "messaggio inoltrato", "inizio messaggio inoltrato", "messaggio originario",
    "mensagem original", "mensagem encaminhada", "início da mensagem reencaminhada", "mensagem reencaminhada",
    "mensagem de origem", "mensagem inicial",
    "wiadomość oryginalna", "oryginalna wiadomość", "wiadomość przekazana", "treść przekazanej wiadomości",
    "początek przekazywanej wiadomości", "treść oryginalnej wiadomości", "przekazana wiadomość",
    "ursprungligt meddelande", "originalmeddelande", "vidarebefordrat meddelande", "ursprungsmeddelande",
    "vidarebefordrat brev", "vidarebefordrat mejl", "orginalmeddelande",
    "oprindelig meddelelse", "originalmeddelelse", "videresendt meddelelse", "oprindelig besked", "original besked",
    "videresendt besked", "start på videresendt besked",
    "opprinnelig melding", "videresendt melding", "original melding", "opprinnelig e-post",
    "start på videresendt melding",
    "alkuperäinen viesti", "välitetty viesti", "edelleenlähetetty viesti", "alkuperäinen sähköposti",
    "původní zpráva", "přeposlaná zpráva", "původní e-mail", "předaná zpráva", "přeposlaný e-mail", "puvodni zprava",
    "исходное сообщение", "пересылаемое сообщение", "пересланное сообщение", "оригинальное сообщение",
    "первоначальное сообщение", "конец пересылаемого сообщения", "перенаправленное сообщение", "исходное письмо",
    "начало переадресованного сообщения", "начало пересылаемого сообщения",
    "元のメッセージ", "オリジナルメッセージ", "転送メッセージ", "元のメール", "転送されたメッセージ",
    "原始邮件", "原始郵件", "转发邮件信息", "转发的邮件", "轉寄的郵件", "邮件原件", "原邮件", "转发邮件", "轉寄郵件",
    "原始信息", "回复的原邮件", "回复的邮件", "转发的消息", "開始轉寄郵件", "開始轉寄訊息",
    "下面是被转发的邮件", "轉寄訊息", "原始訊息",
})  # fmt: skip

# These open a forwarded message without dashes around them.
ORIGINAL_ALONE = frozenset({
    "begin forwarded message", "begin doorgestuurd bericht", "début du message réexpédié", "début du message transféré",
    "anfang der weitergeleiteten nachricht", "inicio del mensaje reenviado", "inizio messaggio inoltrato",
    "início da mensagem reencaminhada", "początek przekazywanej wiadomości", "vidarebefordrat brev",
    "start på videresendt besked", "videresendt besked", "start på videresendt melding", "videresendt melding",
    "edelleenlähetetty viesti", "přeposlaná zpráva", "начало переадресованного сообщения",
    "начало пересылаемого сообщения", "転送されたメッセージ", "下面是被转发的邮件", "開始轉寄郵件", "開始轉寄訊息",
})  # fmt: skip


# In the line above which ticket systems ask to write.
REPLY_ABOVE = (
    "reply above this line", "your reply above this", "reply above the line", "reply above the dotted line",
    "write above this line", "respond above this line", "type above this line", "reply above this text",
    "antwoord boven deze", "reageer boven deze", "répondre au-dessus de cette", "répondez au-dessus de cette",
    "antworten sie oberhalb dieser", "oberhalb dieser linie", "oberhalb dieser zeile", "responda por encima de esta",
    "responder por encima de esta", "escriba por encima de esta", "rispondi sopra questa", "responda acima desta",
    "odpowiedz powyżej tej", "svara ovanför", "svar over denne", "skriv over denne", "vastaa tämän rivin yläpuolelle",
    "odpovězte nad tímto", "напишите ответ выше", "この行より上に", "请在此行上方",
)  # fmt: skip


class Role(StrEnum):
    """What a line of a copied header block tells."""

    FROM = "from"
    DATE = "date"
    TO = "to"
    CC = "cc"
    SUBJECT = "subject"
    OTHER = "other"


LABELS: dict[str, Role] = {
    word: role
    for role, words in {
        Role.FROM: (
            "from", "sender", "van", "afzender", "de", "expéditeur", "von", "absender", "remitente", "da", "mittente",
            "remetente", "od", "nadawca", "från", "avsändare", "fra", "afsender", "avsender", "lähettäjä", "odesílatel",
            "от", "отправитель", "от кого", "кто", "差出人", "送信者", "送信元", "发件人", "寄件者", "寄件人",
            "發件人", "发信人", "from email",
        ),
        Role.DATE: (
            "sent", "date", "sent at", "sent on", "date sent", "date/time", "verzonden", "datum", "verzonden op",
            "verstuurd", "envoyé", "envoyé le", "date d'envoi", "gesendet", "gesendet am", "enviado", "enviado el",
            "fecha",
            "enviado el día", "fecha de envío", "inviato", "data", "inviato il", "enviada em", "enviado em", "enviada",
            "data de envio", "wysłano", "wysłane", "data wysłania", "skickat", "skickad", "datum skickat", "sendt",
            "dato",
            "lähetetty", "päivämäärä", "päiväys", "odesláno", "отправлено", "дата", "когда", "送信日時", "日時",
            "日付", "发送时间",
            "发送日期", "寄件日期", "傳送日期", "日期", "发件时间", "時間", "时间", "傳送時間",
        ),
        Role.TO: (
            "to", "recipient", "aan", "naar", "à", "pour", "destinataire", "destinataires", "an", "empfänger", "para",
            "destinatario", "a", "per", "destinatário", "do", "dla", "adresat", "till", "til", "vastaanottaja", "komu",
            "кому", "получатель", "宛先", "收件人", "收件者", "送信先", "to email",
        ),
        Role.CC: (
            "cc", "kopie", "kopie an", "copie", "copie à", "copia", "cópia", "dw", "kopia", "kopi", "kopio", "kopie cc",
            "копия", "抄送", "副本", "bcc", "reply to", "reply-to", "antwort an", "répondre à", "responder a",
            "antwoord aan",
            "svar til", "svara till", "odpověď", "vastaus", "返信先", "回复", "副本抄送",
        ),
        Role.SUBJECT: (
            "subject", "re", "onderwerp", "objet", "sujet", "betreff", "asunto", "oggetto", "assunto", "temat", "ämne",
            "emne", "aihe", "předmět", "тема", "件名", "主题", "主旨", "主題", "標題",
        ),
        Role.OTHER: (
            "importance", "priority", "attachments", "attachment", "organization", "belang", "urgentie", "bijlagen",
            "bijlage", "importance de", "pièces jointes", "wichtigkeit", "priorität", "anlagen", "importancia",
            "datos adjuntos", "priorità", "allegati", "importância", "anexos", "ważność", "załączniki", "vikt",
            "bilagor",
            "prioritet", "vedhæftede filer", "vedlegg", "tärkeys", "liitteet", "důležitost", "přílohy", "важность",
            "вложения",
            "重要度", "添付ファイル", "重要性", "附件", "sent by", "when", "where", "message-id",
        ),
    }.items()
    for word in words
}  # fmt: skip

# Left by programs where they fold a quotation away.
FOLDED = frozenset({ "[quoted text hidden]", "[message clipped]", "[quoted text removed]",
"[zitierter text ausgeblendet]",
    "[texte des messages précédents masqué]", "[el texto citado está oculto]",
    "[tekst uit oorspronkelijke bericht is verborgen]",
    "...", "…", "•••", ". . .",
})  # fmt: skip
