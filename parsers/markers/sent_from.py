"""The lines that phones and programs add ("Sent from my phone"), in lower case."""

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
# Characters of such a line.
LONGEST_SENT_FROM = 110
