"""What mail programs write around a reply, by language: literal data, all in lower case.

Read by the reply scanner, the HTML reader and the recognizer of automatic mail. A new client or language is a
new word here.
"""

from enum import StrEnum

from parsers.lines import Mark

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

# A line that a phone or program adds. It starts with one of these, and names one of DEVICES or is in SENT_FROM_MY…
SENT_FROM = (
    "sent from my", "sent from outlook", "sent from mail for", "sent from yahoo", "sent from samsung", "sent from the",
    "sent from gmail", "sent from iphone", "sent from ipad", "sent from proton", "sent from mailspring", "sent from a ",
    "sent from mobile", "sent from myhotmail", "sent from windows", "sent from blue", "sent from aol", "sent from nine",
    "sent from airmail", "sent from spark", "sent from thunderbird", "sent from blackberry", "sent from android",
    "sent from front", "sent from hey", "sent from superhuman", "sent from an ", "sent from surface", "sent from type",
    "sent via the samsung", "sent via blackberry", "sent via", "sent with proton", "sent with airmail",
    "sent with spark",
    "sent using", "sent by ", "sent with", "sent on the ", "sent on my", "get outlook for", "get bluemail for",
    "sent from phone", "sent from fair", "sent from tuta", "sent from smartphone", "sent from tablet",
    "sent from workspace", "sent from zoho", "sent from canary", "sent from poly", "sent from missive",
    "sent from shortwave", "sent from my", "get the outlook app", "get the new aol app",
    "download outlook for", "get outlook app",
    "get typeapp for", "this message was sent from my", "typed on my", "typed with thumbs", "please excuse brevity",
    "please excuse my brevity", "excuse my brevity", "please excuse typos", "please excuse any typos",
    "pardon my brevity",
    "verzonden vanaf", "verzonden vanuit", "verzonden met", "verzonden via", "verstuurd vanaf", "verstuurd met",
    "verstuurd via",
    "verzonden door", "gestuurd vanaf", "verzonden uit", "download outlook voor", "deze mail is verzonden",
    "envoyé de mon", "envoyé depuis", "envoyé à partir", "envoyé avec", "envoyé par", "télécharger outlook pour",
    "obtenez outlook pour", "obtenir outlook pour", "provenance : courrier", "provenance: courrier", "envoyé via",
    "envoyé du", "message envoyé",
    "gesendet von", "gesendet mit", "gesendet über", "gesendet aus", "gesendet via",
    "diese nachricht wurde von meinem", "holen sie sich outlook", "diese nachricht wurde mit der",
    "diese e-mail wurde von mein", "mobil gesendet", "versendet mit", "versendet von",
    "enviado desde", "enviado con", "enviado por", "enviado de mi", "enviado mediante", "enviado del",
    "obtener outlook para",
    "obtén outlook para", "descargar outlook para",
    "inviato da", "inviato con", "inviato dal", "inviato tramite", "scarica outlook per", "ottieni outlook per",
    "enviado do", "enviado a partir", "enviado pelo", "enviado via", "obter o outlook para", "baixar o outlook",
    "enviado com", "enviada do", "obtenha o outlook para", "obter outlook para", "obtenha outlook para",
    "wysłane z", "wysłano z", "wysłane przy", "wysłane za", "pobierz program outlook", "uzyskaj aplikację outlook",
    "pobierz outlook", "pobierz aplikację outlook", "wysłane przez",
    "skickat från", "skickades från", "skickat via", "skickat med", "hämta outlook för", "skaffa outlook för",
    "sendt fra", "sendt via", "sendt med", "hent outlook til", "få outlook til", "skaff deg outlook for",
    "få outlook for", "hent outlook for",
    "lähetetty", "lataa outlook", "hanki outlook",
    "odesláno z", "odesláno ze", "odesláno pomocí", "získat outlook pro", "odesílám z", "odesláno přes",
    "získejte outlook pro",
    "stáhnout outlook", "stáhněte si outlook",
    "отправлено с", "отправлено из", "отправлено через", "скачать outlook", "получить outlook", "получите outlook",
    "скачайте outlook",
    "послано с", "отправлено от",
    "iphoneから送信", "ipadから送信", "iphone から送信", "ipad から送信", "androidから送信",
    "ios 版 outlook を入手", "windows 版のメールから送信",
    "android 版 outlook を入手",
    "发自我的", "發自我的", "来自我的", "從我的", "从我的", "发自", "發自", "获取 outlook", "取得 outlook",
    "傳送自我的", "从 windows 版邮件发送",
    "自我的 iphone", "自我的iphone", "下载适用于", "获取适用于", "取得 ios 版", "取得 android 版", "從 windows",
    "发送自", "傳送自", "来自 outlook", "来自outlook", "来自qq", "来自 qq",
)  # fmt: skip
# How such a line begins and ends, where it may begin a sentence as well.
SENT_FROM_AROUND = (
    (("von mein", "von unterwegs"), ("gesendet", "versendet")),
    (("vanaf mijn",), ("verzonden", "verstuurd")),
    (("outlook für ",), ("beziehen", "herunterladen", "nutzen", "holen")),
    (("outlook voor ",), ("downloaden", "ophalen")),
    (("outlook for ", "ios 版", "android 版", "windows 版"), ("を入手",)),
    (("从我的", "從我的", "自我的"), ("发送", "傳送", "寄出")),
    (("私の",), ("から送信", "から送信されました")),
)
# … or how it ends, where it names one of DEVICES.
SENT_FROM_ENDS = ("から送信", "から送信されました", " gesendet", "よりスマホから送信")
# … or how it begins, where it has no more than four words and names one of DEVICES.
FROM = ("from my ", "from mobile")
SENT_FROM_MY = (
    "sent from my", "get outlook for", "verstuurd vanaf mijn", "verzonden vanaf mijn", "verzonden met mijn",
    "envoyé de mon", "envoyé depuis mon", "von meinem", "von meiner", "gesendet von mein", "enviado desde mi",
    "enviado de mi", "inviato dal mio", "enviado do meu", "enviada do meu", "wysłane z mojego", "skickat från min",
    "skickat från mitt", "sendt fra min", "sendt fra mit", "发自我的", "發自我的", "来自我的", "從我的", "从我的",
    "please excuse", "excuse my brevity", "pardon my brevity", "typed with thumbs",
)  # fmt: skip
# … or, alone at the end of the words, is short and begins with one of these.
SENT_FROM_WHATEVER = (
    "sent from ", "sent via ", "sent using ", "sent on the go", "sent by my ", "sent while ", "verzonden vanaf ",
    "verstuurd vanaf ",
    "envoyé depuis ", "envoyé de mon ", "gesendet von mein", "enviado desde ", "inviato da ", "inviato dal ",
    "enviado do ",
    "wysłane z ", "skickat från ", "sendt fra ", "lähetetty ", "odesláno z ", "отправлено с ", "отправлено из ", "发自",
)  # fmt: skip
DEVICES = (
    "iphon", "ipad", "android", "samsung", "galaxy", "outlook", "blackberry", "yahoo", "smartphone", "handy", "huawei",
    "xiaomi", "redmi", "nokia", "sony", "xperia", "htc", "pixel", "oneplus", "motorola", " lg ", "gmail", "gmx",
    "web.de",
    "proton", " spark ", "airmail", "mailspring", "thunderbird", "aquamail", "bluemail", "k-9", " nine ", " front ",
    " hey ",
    "superhuman", "windows", "mail for", "mail app", "mail-app", "mail voor", "mail für", "mail pour", "mail per ",
    "mail para", "courrier pour", "correo para", "posta per", "email para", "phone", "mobil", "tablet", "telefo",
    "téléphone", "telefon", "móvil", "cellulare", "celular", "telemóvel", "puhelim", "телефон", "мобильн", "почты",
    "手机", "手機", "電話", "携帯", "スマ", "surface", "typeapp", " mac ", "macbook", "orange", "laposte", " free ",
    "libero", " o2 ", "verizon", "t-mobile", "at&t",
    "boxer", "tutanota", "tuta ", "fairemail", "zoho", "hushmail", "canary", "polymail", "missive", "shortwave", "aol",
    "qq", "邮箱", "郵件", "watch", "unterwegs", "telekom", "device", "appareil", "gerät", "dispositivo",
)  # fmt: skip
LONGEST_SENT_FROM = 110

# Typed or inserted above a name. A line holds just one of these (and punctuation).
VALEDICTIONS = frozenset({
    "best", "best regards", "kind regards", "regards", "warm regards", "warmest regards", "with kind regards", "rgds",
    "many thanks", "thanks", "thank you", "thanks and regards", "thanks & regards", "thx", "cheers", "sincerely",
    "yours sincerely", "yours faithfully", "yours truly", "sincerely yours", "best wishes", "all the best", "br", "kr",
    "thanks in advance", "with best regards", "with regards", "brgds", "respectfully", "yours", "take care", "ta",
    "thank you and regards", "kindest regards", "cordially", "thanks again", "thanks a lot", "thanks so much",
    "met vriendelijke groet", "met vriendelijke groeten", "vriendelijke groet", "vriendelijke groeten", "mvg", "groet",
    "groeten", "groetjes", "hartelijke groet", "hartelijke groeten", "met hartelijke groet", "hoogachtend", "gr",
    "bedankt", "alvast bedankt", "dank", "met groet", "mvrgr", "met beste groet", "beste groeten", "vr. gr", "vr.gr",
    "cordialement", "bien cordialement", "bien à vous", "salutations", "cdlt", "cdt", "bonne journée", "merci",
    "sincères salutations", "meilleures salutations", "amicalement", "bien à toi", "respectueusement", "à bientôt",
    "salutations distinguées", "merci d'avance", "très cordialement", "avec mes salutations", "belle journée",
    "mit freundlichen grüßen", "mit freundlichen grüssen", "freundliche grüße", "freundliche grüsse", "viele grüße",
    "beste grüße", "liebe grüße", "schöne grüße", "mfg", "vg", "lg", "grüße", "gruß", "gruss", "viele grüsse", "danke",
    "herzliche grüße", "mit freundlichem gruß", "mit besten grüßen", "beste grüsse", "hochachtungsvoll", "vielen dank",
    "mit freundlichen gruessen", "mit vielen grüßen", "schönen gruß", "schöne grüsse", "danke und gruß", "ciao",
    "saludos", "un saludo", "saludos cordiales", "cordialmente", "atentamente", "gracias", "un cordial saludo",
    "muchas gracias", "atte", "cordiales saludos", "reciba un cordial saludo", "un abrazo", "mis saludos",
    "gracias y saludos",
    "cordiali saluti", "saluti", "distinti saluti", "un saluto", "grazie", "cordialità", "un cordiale saluto",
    "grazie e saluti", "buona giornata", "a presto", "molte grazie", "grazie mille", "i migliori saluti",
    "atenciosamente", "att", "abraço", "abraços", "cumprimentos", "com os melhores cumprimentos", "obrigado",
    "obrigada",
    "melhores cumprimentos", "saudações", "grato", "grata", "abs", "um abraço", "muito obrigado", "desde já agradeço",
    "pozdrawiam", "z poważaniem", "z wyrazami szacunku", "pozdrowienia", "serdecznie pozdrawiam", "dziękuję", "dzięki",
    "med vänliga hälsningar", "vänliga hälsningar", "hälsningar", "mvh", "vänligen", "med vänlig hälsning", "tack",
    "vänlig hälsning", "bästa hälsningar", "hälsar", "hälsning", "tack på förhand", "allt gott",
    "med venlig hilsen", "venlig hilsen", "hilsen", "vh", "mange hilsner", "de bedste hilsner", "tak", "på forhånd tak",
    "bedste hilsner", "med venlige hilsner", "kærlig hilsen", "venligst", "med hilsen",
    "med vennlig hilsen", "vennlig hilsen", "beste hilsen", "mvh.", "takk", "på forhånd takk", "vennligst", "hilsner",
    "ystävällisin terveisin", "terveisin", "t", "yst. terv", "terv", "parhain terveisin", "kiitos", "kiitoksin",
    "kiittäen", "ystävällisesti", "yt", "kunnioittaen",
    "s pozdravem", "s přátelským pozdravem", "zdravím", "hezký den", "děkuji", "díky", "s úctou",
    "s přáním hezkého dne",
    "pěkný den", "děkuji a s pozdravem", "pozdrav", "srdečně", "přeji hezký den",
    "с уважением", "с наилучшими пожеланиями", "всего доброго", "спасибо", "с приветом", "всего наилучшего",
    "искренне ваш", "заранее спасибо", "благодарю", "с благодарностью", "хорошего дня",
    "よろしくお願いします", "よろしくお願いいたします", "宜しくお願い致します", "宜しくお願いします", "以上",
    "敬具", "以上、よろしくお願いいたします",
    "以上、よろしくお願いします", "よろしくお願い致します", "何卒よろしくお願いいたします",
    "ありがとうございます", "草々",
    "此致", "敬礼", "祝好", "谢谢", "謝謝", "顺颂商祺", "此致敬礼", "祝商祺", "敬祝商祺", "敬上", "谨上",
    "祝工作顺利", "多谢", "順頌商祺", "致礼",
})  # fmt: skip

# How a legal notice begins. Its paragraph holds one of LEGAL_WORDS as well: "This communication is down" is news.
DISCLAIMERS = (
    "this email and any", "this e-mail and any", "this message and any", "this email is confidential",
    "this e-mail is confidential", "this message is confidential", "confidentiality notice", "confidentiality note",
    "confidential notice", "disclaimer", "email disclaimer", "the information contained in this",
    "the information in this e",
    "the information transmitted", "the contents of this e", "the content of this e", "this communication is",
    "this communication may",
    "this communication and any", "this transmission", "this message contains", "this email contains",
    "this e-mail contains",
    "this email may contain", "this e-mail may contain", "this message may contain", "this message is intended",
    "this email is intended", "this e-mail is intended", "this electronic m", "privileged and confidential",
    "notice: this e",
    "legal notice", "important notice", "please consider the environment", "think before you print", "before printing",
    "if you are not the intended recipient", "if you have received this", "important: this e",
    "important: the contents",
    "the information contained in or", "any views or opinions", "internet e-mail confidentiality",
    "please think of the environment",
    "please note that any views", "warning: this e", "caution: this e", "external email", "virus-free",
    "this email has been checked",
    "this email was scanned", "this email has been scanned", "no virus found", "scanned by",
    "statement of confidentiality", "this e-mail, including",
    "this email, including", "this message, including", "this message (including", "this e-mail (including",
    "this email (including",
    "this email and its", "this e-mail and its", "this message and its", "notice: this ", "le présent message",
    "le présent courriel", "de inhoud van deze", "de informatie in deze", "внимание: данное", "внимание: это",
    "virenfrei.", "virusvrij.", "sans virus.", "libre de virus.", "privo di virus.", "livre de vírus.",
    "wolny od wirusów.", "l'absence de virus dans ce", "you received this message because",
    "you are receiving this because", "to unsubscribe from this", "to unsubscribe, send", "to unsubscribe send",
    "u ontvangt dit bericht omdat", "sie erhalten diese nachricht, weil", "vous recevez ce message, car",
    "this email message", "this e-mail message", "registered office", "registered in england", "company registration",
    "dit bericht is", "dit bericht kan", "dit e-mailbericht", "dit bericht en", "deze e-mail", "deze email",
    "dit bericht bevat",
    "de informatie verzonden", "de informatie in dit", "aan dit bericht kunnen", "denk aan het milieu",
    "de inhoud van dit",
    "dit bericht (met bijlagen)", "dit emailbericht", "denk eerst aan het milieu", "op al onze",
    "ce message et", "ce message est", "ce message peut", "ce courriel", "cet e-mail", "ce mail est", "cet email",
    "avertissement",
    "avis de confidentialité", "les informations contenues", "l'information contenue", "pensez à l'environnement",
    "ce message contient",
    "ce message, ainsi", "ce message (et", "l'intégrité de ce message", "merci de penser à l'environnement",
    "message confidentiel",
    "diese e-mail", "diese email", "diese nachricht", "der inhalt dieser", "dieses e-mail", "dieses email",
    "vertraulichkeitshinweis",
    "die in dieser e", "haftungsausschluss", "bitte denken sie an die umwelt", "die information in dieser",
    "rechtlicher hinweis",
    "geschäftsführer:", "sitz der gesellschaft", "handelsregister", "amtsgericht", "registergericht",
    "bitte prüfen sie", "vorstand:",
    "este mensaje", "este correo", "aviso legal", "la información contenida", "este e-mail", "antes de imprimir",
    "este email",
    "aviso de confidencialidad", "la información incluida", "esta comunicación", "en cumplimiento de",
    "de acuerdo con la ley",
    "questo messaggio", "le informazioni contenute", "questa e-mail", "questa email", "il presente messaggio",
    "avviso di riservatezza",
    "ai sensi del", "la presente e-mail", "la presente comunicazione", "rispetta l'ambiente", "prima di stampare",
    "informativa privacy",
    "esta mensagem", "este e-mail", "as informações contidas", "aviso de confidencialidade", "esta comunicação",
    "antes de imprimir",
    "a informação contida", "o conteúdo deste", "o conteúdo desta", "pense no ambiente", "esta mensaje",
    "ta wiadomość", "niniejsza wiadomość", "ten e-mail", "informacje zawarte", "treść tej wiadomości",
    "wiadomość ta", "klauzula poufności",
    "niniejszy e-mail", "zanim wydrukujesz", "pomyśl o środowisku", "uwaga: ta wiadomość",
    "detta meddelande", "detta e-post", "informationen i detta", "denna e-post", "detta mail", "tänk på miljön",
    "detta mejl", "det här meddelandet",
    "denne e-mail", "denne mail", "denne meddelelse", "dette er en fortrolig", "tænk på miljøet", "denne besked",
    "indholdet af denne",
    "denne e-posten", "denne meldingen", "denne e-post", "innholdet i denne", "tenk på miljøet",
    "informasjonen i denne",
    "tämä viesti", "tämä sähköposti", "tämän viestin", "tämän sähköpostin", "ajattele ympäristöä",
    "tato zpráva", "tento e-mail", "tento email", "obsah této", "informace obsažené", "tato e-mailová",
    "myslete na životní", "obsah tohoto",
    "это сообщение", "данное сообщение", "настоящее сообщение", "данное письмо", "информация, содержащаяся",
    "содержание данного", "это электронное",
    "настоящее электронное", "подумайте об окружающей",
    "このメールは", "このメールには", "本メールは", "本メールには", "このメッセージは", "この電子メール",
    "本電子メール",
    "本邮件", "此邮件", "本郵件", "此郵件", "本电子邮件", "此电子邮件", "保密声明", "免责声明", "本信及",
    "本電子郵件", "此電子郵件", "本訊息",
)  # fmt: skip

LEGAL_WORDS = (
    "confiden", "disclaim", "intended", "recipient", "addressee", "privileged", "virus", "scanned", "environment",
    "avast", "subscrib", "abonn", "print", "regist", "legal", "views or opinions", "disclos", "unauthor",
    "vertrouwelijk", "geadresseerde", "bestemd", "ontvanger", "milieu", "algemene voorwaarden", "geheimhouding",
    "destinat", "confidentiel", "environnement", "imprim", "privilégi",
    "vertraulich", "empfänger", "bestimmt", "umwelt", "drucken", "geschäftsführer", "gericht", "vorstand", "rechtlich",
    "haftung", "confidencial", "riservat", "ambient", "stampare", "sigilos",
    "poufn", "adresat", "zastrzeż", "środowisk", "drukuj",
    "konfidenti", "mottagare", "sekretess", "miljö", "fortrolig", "modtager", "miljø", "mottaker", "taushet",
    "luottamuksell", "vastaanottaja", "ympäristö", "důvěrn", "adresát", "příjemc", "určen", "prostředí",
    "конфиденц", "адресат", "получател", "предназнач", "окружающ",
    "機密", "受信者", "宛先", "個人情報", "誤って", "机密", "保密", "收件", "机构", "免责", "機構",
)  # fmt: skip

# A signature's lines about how to reach somebody.
CONTACT_WORDS = (
    "tel", "phone", "mobile", "mob", "cell", "fax", "www.", "http://", "https://", "e-mail:", "email:", "office:",
    "direct:",
    "t:", "m:", "t.", "m.", "p:", "f:", "e:", "w:", "d:", "gsm", "telefoon", "mobiel", "téléphone", "portable",
    "mobil", "telefon",
    "móvil", "teléfono", "cellulare", "telefone", "telemóvel", "celular", "kom.", "tlf", "puh", "gsm:", "тел", "моб",
    "電話", "携帯",
    "电话", "手机", "電話", "手機", "linkedin", "skype",
)  # fmt: skip

# What a gateway or mailbox puts above a mail from outside: how such a line begins, or all that it holds.
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

# Left by programs where they fold a quotation away.
FOLDED = frozenset({ "[quoted text hidden]", "[message clipped]", "[quoted text removed]",
"[zitierter text ausgeblendet]",
    "[texte des messages précédents masqué]", "[el texto citado está oculto]",
    "[tekst uit oorspronkelijke bericht is verborgen]",
    "...", "…", "•••", ". . .",
})  # fmt: skip

# A list server's or gateway's footer.
FOOTERS = (
    "you received this message because", "to unsubscribe from this", "to unsubscribe, ", "mailing list", "unsubscribe",
    "reply to this email directly", "you are receiving this because", "to view this discussion",
    "for more options, visit",
    "u ontvangt dit bericht omdat", "vous recevez ce message", "sie erhalten diese nachricht", "manage subscription",
    "view it on github", "mute the thread", "this message was sent by atlassian",
    "this message is automatically generated",
    "this is an automated message", "you are subscribed to", "you are currently subscribed", "-=-=-",
    "yahoo groups links",
)  # fmt: skip

# HTML: ".class", "#id" or "attribute=value", lower case, without the "x_" that Outlook on the web puts before a copy's.
HTML_MARKS: dict[str, Mark] = {
    ".gmail_attr": Mark.ATTRIBUTION,
    ".moz-cite-prefix": Mark.ATTRIBUTION,
    "#reply-intro": Mark.ATTRIBUTION,
    ".yahoo_quoted": Mark.QUOTED,
    ".yahooquoted": Mark.QUOTED,
    ".protonmail_quote": Mark.QUOTED,
    ".tutanota_quote": Mark.QUOTED,
    ".moz-forward-container": Mark.QUOTED,
    ".moz-email-headers-table": Mark.QUOTED,
    ".zmail_extra": Mark.QUOTED,
    ".freebirdmailquote": Mark.QUOTED,
    ".lark-mail-quote": Mark.QUOTED,
    ".history-quote-wrapper": Mark.QUOTED,
    ".front-blockquote": Mark.QUOTED,
    ".qmbox": Mark.QUOTED,
    ".ntes_quote": Mark.QUOTED,
    ".history_container": Mark.QUOTED,
    ".mailbird-quote": Mark.QUOTED,
    ".edo-original": Mark.QUOTED,
    ".quote": Mark.QUOTED,
    "#olk_src_body_section": Mark.QUOTED,
    "#isreplycontent": Mark.QUOTED,
    "#isforwardcontent": Mark.QUOTED,
    "#mail-editor-reference-message-container": Mark.QUOTED,
    "#ms-outlook-mobile-reference-message": Mark.QUOTED,
    "#edo-original": Mark.QUOTED,
    "#qt": Mark.QUOTED,
    "name=quote": Mark.QUOTED,
    "name=messagereplysection": Mark.QUOTED,
    "type=cite": Mark.QUOTED,
    "data-marker=__quoted_text__": Mark.QUOTED,
    "data-marker=__headers__": Mark.QUOTED,
    ".gmail_signature": Mark.SIGNATURE,
    ".gmail_signature_prefix": Mark.SIGNATURE,
    ".moz-signature": Mark.SIGNATURE,
    ".protonmail_signature_block": Mark.SIGNATURE,
    ".applemailsignature": Mark.SIGNATURE,
    "#applemailsignature": Mark.SIGNATURE,
    "#ms-outlook-mobile-signature": Mark.SIGNATURE,
    ".ms-outlook-ios-signature": Mark.SIGNATURE,
    "#signature": Mark.SIGNATURE,
    "#composer_signature": Mark.SIGNATURE,
    "#edo-signature": Mark.SIGNATURE,
    ".edo-signature": Mark.SIGNATURE,
    ".k9mail-signature": Mark.SIGNATURE,
    ".sh-signature": Mark.SIGNATURE,
    ".mb_sig": Mark.SIGNATURE,
    ".front-signature": Mark.SIGNATURE,
    "#ymail_android_signature": Mark.SIGNATURE,
    "#yahoo_mobile_signature": Mark.SIGNATURE,
    ".yahoo-signature": Mark.SIGNATURE,
    ".elementtoproof-signature": Mark.SIGNATURE,
    "#zimbra-signature": Mark.SIGNATURE,
    ".tutanota_signature": Mark.SIGNATURE,
    ".bloop_sign": Mark.SIGNATURE,
    "name=messagesignaturesection": Mark.SIGNATURE,
    "data-marker=__sig_pre__": Mark.SIGNATURE,
    "data-marker=__sig_post__": Mark.SIGNATURE,
}
HTML_CUTS = frozenset({
    "#divrplyfwdmsg", "#appendonsend", "#stopspelling", "#zwchr", "#ms-outlook-mobile-body-separator-line",
    "#outlookmessageheader", ".outlookmessageheader", "#replysplit", "data-marker=__divider__", "#_mailoriginal",
})  # fmt: skip

# Plain parts that only say that the mail is HTML hold one of the first and one of the second.
STUB_SUBJECTS = ("html", "браузер", "web page", "webversion", "online version")
STUB_VERBS = (
    "view", "support", "display", "enable", "client", "browser", "program", "reader", "format", "ondersteun", "bekijk",
    "anzeigen", "darstellen", "afficher", "visualiz", "mostrar", "zobraz", "visa", "vis ", "просмотр", "表示", "查看",
)  # fmt: skip

# Delivery reports that follow no standard.
DAEMONS = frozenset({"mailer-daemon", "mail-daemon", "mailerdaemon", "mailer_daemon"})
BOUNCE_SENDERS = (
    "internet mail", "mail system", "mail router", "mail subsystem", "mailer", "mailer-daemon", "mail-daemon",
    "mailerdaemon", "postmaster", "mail delivery", "mail-delivery", "maildelivery",
    "microsoft outlook", "microsoftexchange", "mail administrator", "mailadmin", "system administrator", "delivery",
)  # fmt: skip
BOUNCE_SUBJECTS = (
    "undeliver", "returned mail", "delivery status", "delivery failure", "failure notice", "mail delivery failed",
    "delivery fail", "mail system error", "could not be delivered", "returning message to sender", "nondeliverable",
    "non-delivery", "not delivered", "delivery notification", "message delivery", "delivery delayed", "delayed mail",
    "mail failure",
    "returned to sender", "return receipt", "user unknown", "delivery error", "rejected", "warning: could not send",
    "delivery problem",
    "onbestelbaar", "niet bestelbaar", "unzustellbar", "nicht zugestellt", "nicht zustellbar", "non remis",
    "non remise", "échec de",
    "no se puede entregar", "no entregado", "non recapitabile", "mancato recapito", "não entregue",
    "não é possível entregar",
    "niedostarcz", "nie dostarczono", "går inte att leverera", "ikke leveres", "kan ikke leveres",
    "toimitus epäonnistui", "nedoručiteln",
    "недоставлен", "не доставлено", "не удается доставить", "配信不能", "送信できません", "退信", "无法投递",
    "無法傳遞", "未送达", "未传递",
    "delayed",
)  # fmt: skip
SURE_BOUNCE_SUBJECTS = (
    "undeliverable", "undelivered mail returned", "returned mail:", "failure notice", "delivery status notification",
    "mail delivery failed", "mail delivery failure", "delivery notification:", "non-deliverable", "nondeliverable",
    "non-delivery", "mail system error", "returned to sender", "message not delivered", "mail could not be delivered",
    "message status - undeliverable", "delivery failure", "unzustellbar:", "onbestelbaar:", "non remis", "mail failure",
)  # fmt: skip
FAILURE_WORDS = (
    "unknown", "no such", "not exist", "full", "quota", "reject", "denied", "not found", "unable", "could not",
    "not recognized", "invalid", "disabled", "refused", "not listed", "timed out", "delay reason", "does not like",
)  # fmt: skip
RETURNED_MESSAGE_STARTS = (
    "--- below this line", "------ this is a copy", "original message follows", "--- original message",
    "-----original message", "----- original message", "returned message follows", "message headers follow",
    "--- the original message", "original message header", "this is a copy of your message", "------ original message",
    "----- message header", "undelivered message headers",
)  # fmt: skip
DELIVERED_SUBJECTS = (
    "successful",
    "delivered:",
    "relayed",
    "delivery receipt",
    "zugestellt:",
    "remis :",
    "afgeleverd:",
)
DELAY_WORDS = (
    "delayed", "could not send message for past", "still being retried", "will continue trying", "will keep trying",
    "not yet been delivered", "warning message only", "delivery attempts will continue", "temporary problem delivering",
    "do not need to resend", "you do not need to", "will be retried", "vertraagd", "verzögert", "retard de",
    "retrasado", "ritardata",
)  # fmt: skip
SOFT_WORDS = (
    "mailbox full", "mailbox is full", "over quota", "quota exceeded", "exceeded quota", "overquota",
    "exceeded storage",
    "exceeded the storage", "storage allocation", "mailbox size", "insufficient system storage", "temporar",
    "try again", "try later",
    "greylist", "graylist", "timed out", "timeout", "time-out", "connection refused", "resources", "too many",
    "rate limit", "throttl",
    "over the maximum allowed", "full mailbox", "no space", "disk quota", "queue too long",
    "been in the queue too long", "expired",
    "exceeded its quota", "out of storage", "over its quota", "mailbox quota", "deferred", "boîte pleine",
    "postfach voll", "postvak vol",
)  # fmt: skip
