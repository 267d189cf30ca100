"""What programs write around a reply, by client and language: above a quotation, copied headers, phones' lines."""

ATTRIBUTIONS = {
    "en gmail wrap mid-addr": (
        "On Mon, Nov 3, 2025 at 10:12 AM Murphy Incident Bridge Team of Acme <\nincidents@acme.example> wrote:"
    ),
    "en gmail wrap date": "On Mon, Nov 3, 2025 at\n10:12 AM Murphy <incidents@acme.example> wrote:",
    "en apple wrap": ("On Nov 3, 2025, at 10:12 AM, Murphy Incident Bridge\n<incidents@acme.example>\nwrote:"),
    "en thunderbird tz": "On 11/3/25 10:12 AM, Murphy wrote:",
    "en evolution": "On Mon, 2025-11-03 at 10:12 +0100, Murphy wrote:",
    "en 3lines": (
        "On Monday, November 3, 2025 10:12:33 AM Central European Standard Time,\nMurphy Incident "
        "<incidents@acme.example>\nwrote:"
    ),
    "en noaddr day": "On Monday, November 3, 2025, Murphy via Acme Desk wrote:",
    "en mailto": ("On Nov 3, 2025, at 10:12, Murphy <incidents@acme.example<mailto:incidents@acme.example>> wrote:"),
    "en kmail": "On maandag 3 november 2025 10:12:33 CET Murphy wrote:",
    "en mutt": "On Mon, Nov 03, 2025 at 10:12:33AM +0100, Murphy wrote:",
    "en gnus": "Murphy <incidents@acme.example> writes:",
    "en wrote only": "Murphy Bridge wrote:",
    "en zoho": ("---- On Mon, 03 Nov 2025 10:12:33 +0100 Murphy <incidents@acme.example> wrote ---"),
    "en zoho2": (" ---- On Mon, 03 Nov 2025 10:12:33 +0100 Murphy<incidents@acme.example> wrote ---- "),
    "en proton": "On Monday, November 3rd, 2025 at 10:12, Murphy <incidents@acme.example> wrote:",
    "en proton old": (
        "‐‐‐‐‐‐‐ Original Message ‐‐‐‐‐‐‐\nOn Monday, November 3rd, 2025 at 10:12 AM, Murphy "
        "<incidents@acme.example> wrote:"
    ),
    "en proton old2": (
        "------- Original Message -------\nOn Monday, November 3rd, 2025 at 10:12 AM, Murphy "
        "<incidents@acme.example> wrote:"
    ),
    "en roundcube": "On 2025-11-03 10:12, Murphy wrote:",
    "en k9": "On 3 November 2025 10:12:33 CET, Murphy <incidents@acme.example> wrote:",
    "en k9 quote": ('On 3 November 2025 10:12:33 CET, "Murphy, Bridge" <incidents@acme.example> wrote:'),
    "en gmail old": "2025-11-03 10:12 GMT+01:00 Murphy <incidents@acme.example>:",
    "en gmail old2": "2025/11/3 Murphy <incidents@acme.example>",
    "en yahoo": ("On Monday, 3 November 2025 at 10:12:33 GMT+1, Murphy <incidents@acme.example> wrote:"),
    "en yahoo no comma wrap": (
        "    On Monday, November 3, 2025 at 10:12:33 AM EST, Murphy\n<incidents@acme.example> wrote:"
    ),
    "en front": "On November 3, 2025 at 10:12 AM GMT+1 incidents@acme.example wrote:",
    "en comcast": "----- Murphy <incidents@acme.example> wrote:",
    "en superhuman": "On Mon, Nov 03, 2025 at 10:12 AM, Murphy < incidents@acme.example > wrote:",
    "nl gmail": "Op ma 3 nov 2025 om 10:12 schreef Murphy <incidents@acme.example>:",
    "nl gmail wrap": ("Op ma 3 nov 2025 om 10:12 schreef Murphy Incident Bridge Team <\nincidents@acme.example>:"),
    "nl gmail wrap2": "Op ma 3 nov. 2025 om 10:12 schreef Murphy\n<incidents@acme.example>:",
    "nl apple": ("Op 3 nov. 2025 om 10:12 heeft Murphy <incidents@acme.example> het volgende geschreven:"),
    "nl apple wrap": ("Op 3 nov. 2025 om 10:12 heeft Murphy <incidents@acme.example> het\nvolgende geschreven:"),
    "nl tb": "Op 03-11-2025 om 10:12 schreef Murphy:",
    "nl tb2": "Murphy schreef op 03-11-2025 10:12:",
    "nl roundcube": "Murphy schreef op 2025-11-03 10:12:",
    "nl ym": ("Op maandag 3 november 2025 10:12:33 heeft Murphy <incidents@acme.example> geschreven:"),
    "fr gmail": "Le lun. 3 nov. 2025 à 10:12, Murphy <incidents@acme.example> a écrit :",
    "fr gmail wrap": ("Le lun. 3 nov. 2025 à 10:12, Murphy Incident Bridge <incidents@acme.example>\na écrit :"),
    "fr gmail wrap2": ("Le lun. 3 nov. 2025 à 10:12, Murphy Incident Bridge <incidents@acme.example> a\nécrit :"),
    "fr nbsp": "Le lun. 3 nov. 2025 à 10:12, Murphy <incidents@acme.example> a écrit\u00a0:",
    "fr nnbsp": "Le lun. 3 nov. 2025 à 10:12, Murphy <incidents@acme.example> a écrit\u202f:",
    "fr apple": "Le 3 nov. 2025 à 10:12, Murphy <incidents@acme.example> a écrit :",
    "fr tb": "Le 03/11/2025 à 10:12, Murphy a écrit :",
    "fr tb2": "Le 03/11/2025 10:12, Murphy a écrit :",
    "fr android": 'Le 3 nov. 2025 10:12, "Murphy" <incidents@acme.example> a écrit :',
    "fr date first": "> Le 3 nov. 2025 à 10:12, Murphy <incidents@acme.example> a écrit :",
    "de gmail": "Am Mo., 3. Nov. 2025 um 10:12 Uhr schrieb Murphy <incidents@acme.example>:",
    "de gmail wrap": ("Am Mo., 3. Nov. 2025 um 10:12 Uhr schrieb Murphy Incident <\nincidents@acme.example>:"),
    "de apple": "Am 03.11.2025 um 10:12 schrieb Murphy <incidents@acme.example>:",
    "de gmx": (
        'Gesendet: Montag, 3. November 2025 um 10:12 Uhr\nVon: "Murphy" <incidents@acme.example>\n'
        "An: ann@acme.example\nBetreff: MI-7"
    ),
    "de k9": "Am 3. November 2025 10:12:33 MEZ schrieb Murphy <incidents@acme.example>:",
    "de yahoo": (
        "Am Montag, 3. November 2025, 10:12:33 MEZ hat Murphy <incidents@acme.example> Folgendes geschrieben:"
    ),
    "de yahoo wrap": (
        "Am Montag, 3. November 2025, 10:12:33 MEZ hat Murphy\n<incidents@acme.example> Folgendes geschrieben:"
    ),
    "de roundcube": "Am 2025-11-03 10:12, schrieb Murphy:",
    "de open-xchange": "Murphy <incidents@acme.example> hat am 03.11.2025 10:12 CET geschrieben:",
    "de zitat": "Zitat von Murphy <incidents@acme.example>:",
    "de vom": "Murphy schrieb am 03.11.2025 um 10:12:",
    "es gmail": "El lun, 3 nov 2025 a las 10:12, Murphy (<incidents@acme.example>) escribió:",
    "es gmail wrap": ("El lun, 3 nov 2025 a las 10:12, Murphy Incident (<incidents@acme.example>)\nescribió:"),
    "es apple": "El 3 nov 2025, a las 10:12, Murphy <incidents@acme.example> escribió:",
    "es tb": "El 3/11/25 a las 10:12, Murphy escribió:",
    "es old": "El 3 de noviembre de 2025, 10:12, Murphy<incidents@acme.example> escribió:",
    "es yahoo": ("    El lunes, 3 de noviembre de 2025, 10:12:33 CET, Murphy <incidents@acme.example> escribió:"),
    "it gmail": ("Il giorno lun 3 nov 2025 alle ore 10:12 Murphy <incidents@acme.example> ha scritto:"),
    "it gmail wrap": ("Il giorno lun 3 nov 2025 alle ore 10:12 Murphy <incidents@acme.example>\nha scritto:"),
    "it apple": ("Il giorno 3 nov 2025, alle ore 10:12, Murphy <incidents@acme.example> ha scritto:"),
    "it tb": "Il 03/11/2025 10:12, Murphy ha scritto:",
    "it yahoo": ("    Il lunedì 3 novembre 2025 alle ore 10:12:33 CET, Murphy <incidents@acme.example> ha scritto:"),
    "it ox": "Il 03/11/2025 10:12 CET Murphy <incidents@acme.example> ha scritto:",
    "pt gmail": "Em seg., 3 de nov. de 2025 às 10:12, Murphy <incidents@acme.example> escreveu:",
    "pt gmail wrap": "Em seg., 3 de nov. de 2025 às 10:12, Murphy <incidents@acme.example>\nescreveu:",
    "pt apple": "No dia 03/11/2025, às 10:12, Murphy <incidents@acme.example> escreveu:",
    "pt apple br": "Em 3 de nov. de 2025, à(s) 10:12, Murphy <incidents@acme.example> escreveu:",
    "pt tb": "Em 03/11/2025 10:12, Murphy escreveu:",
    "pt pt": "Murphy <incidents@acme.example> escreveu (segunda, 3/11/2025 à(s) 10:12):",
    "pt pt2": "Murphy <incidents@acme.example> escreveu no dia segunda, 3/11/2025 à(s)\n10:12:",
    "pl gmail": "pon., 3 lis 2025 o 10:12 Murphy <incidents@acme.example> napisał(a):",
    "pl gmail wrap": ("pon., 3 lis 2025 o 10:12 Murphy Incident Bridge <incidents@acme.example>\nnapisał(a):"),
    "pl tb": "W dniu 3.11.2025 o 10:12, Murphy pisze:",
    "pl tb2": "W dniu 2025-11-03 o 10:12, Murphy pisze:",
    "pl user": ("W dniu 3 listopada 2025 10:12 użytkownik Murphy <incidents@acme.example>\nnapisał:"),
    "pl apple": ("Wiadomość napisana przez Murphy <incidents@acme.example> w dniu 3 lis 2025, o godz. 10:12:"),
    "pl onet": "Dnia 3 listopada 2025 10:12 Murphy <incidents@acme.example> napisał(a):",
    "pl dnia": "Dnia 3 lis 2025 o godz. 10:12 Murphy <incidents@acme.example> napisał(a):",
    "sv gmail": "Den mån 3 nov. 2025 kl 10:12 skrev Murphy <incidents@acme.example>:",
    "sv gmail wrap": ("Den mån 3 nov. 2025 kl 10:12 skrev Murphy Incident Bridge <\nincidents@acme.example>:"),
    "sv apple": "3 nov. 2025 kl. 10:12 skrev Murphy <incidents@acme.example>:",
    "sv tb": "Den 2025-11-03 kl. 10:12, skrev Murphy:",
    "da gmail": "Den man. 3. nov. 2025 kl. 10.12 skrev Murphy <incidents@acme.example>:",
    "da apple": "Den 3. nov. 2025 kl. 10.12 skrev Murphy <incidents@acme.example>:",
    "no gmail": "man. 3. nov. 2025 kl. 10:12 skrev Murphy <incidents@acme.example>:",
    "no gmail wrap": ("man. 3. nov. 2025 kl. 10:12 skrev Murphy Incident Bridge <\nincidents@acme.example>:"),
    "no apple": "3. nov. 2025 kl. 10:12 skrev Murphy <incidents@acme.example>:",
    "fi gmail": "ma 3. marrask. 2025 klo 10.12 Murphy (incidents@acme.example) kirjoitti:",
    "fi gmail wrap": ("ma 3. marrask. 2025 klo 10.12 Murphy Incident (incidents@acme.example)\nkirjoitti:"),
    "fi apple": "Murphy <incidents@acme.example> kirjoitti 3.11.2025 kello 10.12:",
    "fi tb": "Murphy kirjoitti 3.11.2025 klo 10.12:",
    "fi ma": "On 3.11.2025 10.12, Murphy kirjoitti:",
    "cs gmail": "po 3. 11. 2025 v 10:12 odesílatel Murphy <incidents@acme.example> napsal:",
    "cs gmail wrap": ("po 3. 11. 2025 v 10:12 odesílatel Murphy Incident <incidents@acme.example>\nnapsal:"),
    "cs tb": "Dne 03. 11. 25 v 10:12 Murphy napsal(a):",
    "cs apple": "3. 11. 2025 v 10:12, Murphy <incidents@acme.example>:",
    "cs seznam": (
        "---------- Původní e-mail ----------\nOd: Murphy <incidents@acme.example>\nKomu: "
        "ann@acme.example\nDatum: 3. 11. 2025 10:12:33\nPředmět: MI-7"
    ),
    "ru gmail": "пн, 3 нояб. 2025 г. в 10:12, Murphy <incidents@acme.example>:",
    "ru gmail wrap": ("пн, 3 нояб. 2025 г. в 10:12, Murphy Incident Bridge Team <\nincidents@acme.example>:"),
    "ru old": "3 ноября 2025 г., 10:12 пользователь Murphy <incidents@acme.example> написал:",
    "ru old wrap": "3 ноября 2025 г., 10:12 пользователь Murphy <incidents@acme.example>\nнаписал:",
    "ru android": '03.11.2025 10:12 пользователь "Murphy" <incidents@acme.example> написал:',
    "ru yandex": '03.11.2025, 10:12, "Murphy" <incidents@acme.example>:',
    "ru mailru": "Понедельник,  3 ноября 2025, 10:12 +03:00 от Murphy <incidents@acme.example>:",
    "ru mailru2": ">Понедельник, 3 ноября 2025, 10:12 +03:00 от Murphy <incidents@acme.example>:\n>",
    "ru apple": "3 нояб. 2025 г., в 10:12, Murphy <incidents@acme.example> написал(а):",
    "ru tb": "03.11.2025 10:12, Murphy пишет:",
    "ja gmail": "2025年11月3日(月) 10:12 Murphy <incidents@acme.example>:",
    "ja gmail wrap": "2025年11月3日(月) 10:12 Murphy Incident Bridge <\nincidents@acme.example>:",
    "ja apple": "2025/11/03 10:12、Murphy <incidents@acme.example>のメール:",
    "ja tb": "On 2025/11/03 10:12, Murphy wrote:",
    "ja apple2": "2025/11/03 10:12、Murphy <incidents@acme.example>のメール：",
    "ja yahoo": "Murphy さんは書きました:",
    "zh gmail": "Murphy <incidents@acme.example> 于2025年11月3日周一 10:12写道：",
    "zh gmail wrap": "Murphy Incident Bridge <incidents@acme.example> 于2025年11月3日周一\n10:12写道：",
    "zh tw": "Murphy <incidents@acme.example> 於 2025年11月3日 週一 上午10:12寫道：",
    "zh apple": "在 2025年11月3日，10:12，Murphy <incidents@acme.example> 写道：",
    "zh apple tw": "Murphy <incidents@acme.example> 於 2025年11月3日 上午10:12 寫道：",
    "zh 163": 'At 2025-11-03 10:12:33, "Murphy" <incidents@acme.example> wrote:',
    "zh 163b": '在 2025-11-03 10:12:33，"Murphy" <incidents@acme.example> 写道：',
    "zh foxmail": "发件人： Murphy\n发送时间： 2025-11-03 10:12\n收件人： ann\n主题： MI-7",
    "zh 163c": (
        "---- 回复的原邮件 ----\n| 发件人 | Murphy<incidents@acme.example> |\n| 日期 | 2025年11月03日 10:12 |\n| "
        "收件人 | ann@acme.example |\n| 主题 | MI-7 |"
    ),
    "zh qq": (
        "------------------&nbsp;原始邮件&nbsp;------------------\n发件人: Murphy\n发送时间: 2025年11月3日 10:12\n"
        "收件人: ann\n主题: MI-7"
    ),
    "en 163": (
        "---- Replied Message ----\n| From | Murphy<incidents@acme.example> |\n| Date | 11/3/2025 "
        "10:12 |\n| To | ann@acme.example |\n| Subject | MI-7 |"
    ),
    "foxmail en": "From: Murphy\nDate: 2025-11-03 10:12\nTo: ann\nSubject: MI-7",
}

ONLY_ABOVE_MARKS = {
    "nl tb2",
    "ru mailru2",
    "ja yahoo",
    "en wrote only",
    "de vom",
    "fi tb",
    "fr date first",
    "nl roundcube",
}
"""Too weak without a quotation mark below: a person may write so."""

HEADS = {
    "en outlook": (
        "From: Murphy <incidents@acme.example>\nSent: Monday, November 3, 2025 10:12 AM\nTo: Ann "
        "Berg <ann@acme.example>\nSubject: MI-7 proposed"
    ),
    "en outlook rule": (
        "________________________________\nFrom: Murphy <incidents@acme.example>\nSent: Monday, "
        "November 3, 2025 10:12 AM\nTo: Ann Berg <ann@acme.example>\nSubject: MI-7 proposed"
    ),
    "en outlook rule blank": (
        "________________________________\n\nFrom: Murphy <incidents@acme.example>\n\nSent: Monday, "
        "November 3, 2025 10:12 AM\n\nTo: Ann Berg <ann@acme.example>\n\nSubject: MI-7 proposed"
    ),
    "bold": (
        "*From:* Murphy <incidents@acme.example>\n*Sent:* Monday, November 3, 2025 10:12 AM\n*To:* "
        "Ann Berg <ann@acme.example>\n*Subject:* MI-7 proposed"
    ),
    "bold quoted": ("> *From:* Murphy <incidents@acme.example>\n> *Sent:* Monday\n> *To:* Ann\n> *Subject:* MI-7"),
    "bold2": (
        "**From:** Murphy <incidents@acme.example>\n**Sent:** Monday, November 3, 2025 10:12 AM\n"
        "**To:** Ann Berg <ann@acme.example>\n**Subject:** MI-7 proposed"
    ),
    "bold3": (
        "*From: *Murphy <incidents@acme.example>\n*Date: *Monday, 3 November 2025 at 10:12\n*To: "
        "*Ann Berg <ann@acme.example>\n*Subject: *MI-7 proposed"
    ),
    "from/date only": "From: Murphy <incidents@acme.example>\nDate: Monday, 3 November 2025 at 10:12",
    "reply-to in block": (
        "From: Murphy [mailto:incidents@acme.example]\nReply-To: x@acme.example\nDate: Monday, 3 "
        'November 2025 at 10:12\nTo: "ann@acme.example" <ann@acme.example>\nSubject: Re: x'
    ),
    "mac": (
        "From: Murphy <incidents@acme.example>\nDate: Monday, 3 November 2025 at 10:12\nTo: Ann "
        "<ann@acme.example>\nCc: Bob <b@acme.example>\nSubject: Re: MI-7 proposed"
    ),
    "orig": (
        "-----Original Message-----\nFrom: Murphy <incidents@acme.example> \nSent: Monday, November "
        "3, 2025 10:12 AM\nTo: Ann Berg <ann@acme.example>\nSubject: MI-7"
    ),
    "orig2": (
        '----- Original Message ----- \nFrom: "Murphy" <incidents@acme.example>\nTo: '
        "<ann@acme.example>\nSent: Monday, November 03, 2025 10:12 AM\nSubject: MI-7"
    ),
    "orig app": ("-----Original Appointment-----\nFrom: Murphy\nSent: Monday\nTo: Ann\nSubject: x\nWhen: x\nWhere: y"),
    "ssms": (
        "-------- Original message --------\nFrom: Murphy <incidents@acme.example> \nDate: "
        "03/11/2025  10:12  (GMT+01:00) \nTo: ann@acme.example \nSubject: MI-7 "
    ),
    "sams nl": (
        "-------- Oorspronkelijk bericht --------\nVan: Murphy <incidents@acme.example>\nDatum: "
        "03-11-2025 10:12 (GMT+01:00)\nAan: ann@acme.example\nOnderwerp: MI-7"
    ),
    "sams de": (
        "-------- Ursprüngliche Nachricht --------\nVon: Murphy <incidents@acme.example>\nDatum: "
        "03.11.25 10:12 (GMT+01:00)\nAn: ann@acme.example\nBetreff: MI-7"
    ),
    "sams fr": (
        "-------- Message d'origine --------\nDe : Murphy <incidents@acme.example>\nDate : "
        "03/11/2025 10:12 (GMT+01:00)\nÀ : ann@acme.example\nObjet : MI-7"
    ),
    "sams es": (
        "-------- Mensaje original --------\nDe: Murphy <incidents@acme.example>\nFecha: 3/11/25 "
        "10:12 (GMT+01:00)\nPara: ann@acme.example\nAsunto: MI-7"
    ),
    "sams it": (
        "-------- Messaggio originale --------\nDa: Murphy <incidents@acme.example>\nData: 03/11/25 "
        "10:12 (GMT+01:00)\nA: ann@acme.example\nOggetto: MI-7"
    ),
    "sams pl": (
        "-------- Oryginalna wiadomość --------\nOd: Murphy <incidents@acme.example>\nData: "
        "3.11.2025 10:12 (GMT+01:00)\nDo: ann@acme.example\nTemat: MI-7"
    ),
    "outlook nl": (
        "Van: Murphy <incidents@acme.example>\nVerzonden: maandag 3 november 2025 10:12\nAan: Ann "
        "<ann@acme.example>\nCC: x\nOnderwerp: MI-7"
    ),
    "outlook fr": (
        "De : Murphy <incidents@acme.example>\nEnvoyé : lundi 3 novembre 2025 10:12\nÀ : Ann "
        "<ann@acme.example>\nCc : x\nObjet : MI-7"
    ),
    "outlook fr2": (
        "De : Murphy <incidents@acme.example> \nDate : lundi, 3 novembre 2025 à 10:12\nÀ : Ann "
        "<ann@acme.example>\nObjet : MI-7"
    ),
    "outlook fr nbsp": (
        "De\u00a0: Murphy <incidents@acme.example>\nEnvoyé\u00a0: lundi 3 novembre 2025 10:12\nÀ\u00a0: Ann "
        "<ann@acme.example>\nObjet\u00a0: MI-7"
    ),
    "outlook de": (
        "Von: Murphy <incidents@acme.example>\nGesendet: Montag, 3. November 2025 10:12\nAn: Ann "
        "<ann@acme.example>\nBetreff: MI-7"
    ),
    "outlook es": (
        "De: Murphy <incidents@acme.example>\nEnviado el: lunes, 3 de noviembre de 2025 10:12\n"
        "Para: Ann <ann@acme.example>\nAsunto: MI-7"
    ),
    "outlook es2": (
        "De: Murphy <incidents@acme.example>\nEnviado: lunes, 3 de noviembre de 2025 10:12 a. m.\n"
        "Para: Ann <ann@acme.example>\nAsunto: MI-7"
    ),
    "outlook it": (
        "Da: Murphy <incidents@acme.example>\nInviato: lunedì 3 novembre 2025 10:12\nA: Ann "
        "<ann@acme.example>\nOggetto: MI-7"
    ),
    "outlook pt": (
        "De: Murphy <incidents@acme.example>\nEnviada em: segunda-feira, 3 de novembro de 2025 "
        "10:12\nPara: Ann <ann@acme.example>\nAssunto: MI-7"
    ),
    "outlook pt2": (
        "De: Murphy <incidents@acme.example>\nEnviado: 3 de novembro de 2025 10:12\nPara: Ann "
        "<ann@acme.example>\nAssunto: MI-7"
    ),
    "outlook pl": (
        "From: Murphy <incidents@acme.example>\nSent: poniedziałek, 3 listopada 2025 10:12\nTo: Ann\nSubject: x"
    ),
    "outlook pl2": (
        "Od: Murphy <incidents@acme.example>\nWysłane: poniedziałek, 3 listopada 2025 10:12\nDo: "
        "Ann <ann@acme.example>\nTemat: MI-7"
    ),
    "outlook sv": (
        "Från: Murphy <incidents@acme.example>\nSkickat: den 3 november 2025 10:12\nTill: Ann "
        "<ann@acme.example>\nÄmne: MI-7"
    ),
    "outlook da": (
        "Fra: Murphy <incidents@acme.example>\nSendt: 3. november 2025 10:12\nTil: Ann <ann@acme.example>\nEmne: MI-7"
    ),
    "outlook no": (
        "Fra: Murphy <incidents@acme.example>\nSendt: mandag 3. november 2025 10:12\nTil: Ann "
        "<ann@acme.example>\nKopi: x\nEmne: MI-7"
    ),
    "outlook fi": (
        "Lähettäjä: Murphy <incidents@acme.example>\nLähetetty: maanantai 3. marraskuuta 2025 "
        "10.12\nVastaanottaja: Ann <ann@acme.example>\nAihe: MI-7"
    ),
    "outlook cs": (
        "Od: Murphy <incidents@acme.example>\nOdesláno: pondělí 3. listopadu 2025 10:12\nKomu: Ann "
        "<ann@acme.example>\nPředmět: MI-7"
    ),
    "outlook ru": (
        "От: Murphy <incidents@acme.example>\nОтправлено: понедельник, 3 ноября 2025 г. 10:12\n"
        "Кому: Ann <ann@acme.example>\nТема: MI-7"
    ),
    "outlook ja": (
        "差出人: Murphy <incidents@acme.example>\n送信日時: 2025年11月3日 10:12\n宛先: Ann <ann@acme.example>\n"
        "件名: MI-7"
    ),
    "outlook ja2": (
        "From: Murphy <incidents@acme.example> \nSent: Monday, November 3, 2025 10:12 AM\nTo: "
        "ann@acme.example\nSubject: テスト"
    ),
    "outlook zh": (
        "发件人: Murphy <incidents@acme.example>\n发送时间: 2025年11月3日 10:12\n收件人: Ann <ann@acme.example>\n"
        "主题: MI-7"
    ),
    "outlook zh tw": (
        "寄件者: Murphy <incidents@acme.example>\n寄件日期: 2025年11月3日 10:12\n收件者: Ann <ann@acme.example>\n"
        "主旨: MI-7"
    ),
    "notes": (
        'From:   "Murphy" <incidents@acme.example>\nTo:     Ann Berg/HQ/Acme@Acme\nDate:   '
        "03/11/2025 10:12\nSubject:        MI-7 proposed"
    ),
    "notes de": (
        "Von:    Murphy/HQ/Acme\nAn:     Ann Berg/HQ/Acme@Acme\nDatum:  03.11.2025 10:12\nBetreff:        MI-7 proposed"
    ),
    "notes old": ("Murphy/HQ/Acme\n03/11/2025 10:12\n\nTo\nAnn Berg/HQ/Acme@Acme\ncc\n\nSubject\nMI-7 proposed"),
    "notes inline": "Murphy ---03/11/2025 10:12:33---Major incident proposed",
    "notes2": (
        "Murphy <incidents@acme.example> \n03/11/2025 10:12 AM\n\nTo\nAnn <ann@acme.example>\ncc\n\nSubject\nMI-7"
    ),
    "forward gmail": (
        "---------- Forwarded message ---------\nFrom: Murphy <incidents@acme.example>\nDate: Mon, "
        "Nov 3, 2025 at 10:12 AM\nSubject: MI-7\nTo: <ann@acme.example>"
    ),
    "forward gmail nl": (
        "---------- Forwarded message ---------\nVan: Murphy <incidents@acme.example>\nDate: ma 3 "
        "nov 2025 om 10:12\nSubject: MI-7\nTo: <ann@acme.example>"
    ),
    "zimbra": (
        'From: "Murphy" <incidents@acme.example>\nTo: "ann" <ann@acme.example>\nSent: Monday, '
        "November 3, 2025 10:12:33 AM\nSubject: MI-7"
    ),
    "zimbra fr": (
        'De: "Murphy" <incidents@acme.example>\nÀ: "ann" <ann@acme.example>\nEnvoyé: Lundi 3 '
        "Novembre 2025 10:12:33\nObjet: MI-7"
    ),
    "zimbra pipe": (
        '| From: "Murphy" <incidents@acme.example>\n| To: "ann" <ann@acme.example>\n| Sent: Monday, '
        "November 3, 2025 10:12:33 AM\n| Subject: MI-7"
    ),
    "exch mobile": (
        'From: "Murphy" <incidents@acme.example<mailto:incidents@acme.example>>\nDate: Monday, '
        'November 3, 2025 at 10:12 AM\nTo: "Ann" <ann@acme.example<mailto:ann@acme.example>>\n'
        "Subject: MI-7"
    ),
    "helpdesk above": "##- Please type your reply above this line -##",
    "helpdesk above2": "--- Reply ABOVE THIS LINE to add a note ---",
    "helpdesk above3": ("-----------------------------\nReply above this line\n-----------------------------"),
    "helpdesk above4": "=== Please reply above this line ===",
    "jira": ("------------------------------\nThis message was sent by Atlassian Jira\n(v9.4.0#940000)"),
    "windows10 mail": (
        "Sent from Mail for Windows\n\nFrom: Murphy\nSent: Monday, November 3, 2025 10:12 AM\nTo: "
        "ann@acme.example\nSubject: MI-7"
    ),
    "ios outlook": (
        "Get Outlook for iOS<https://aka.ms/o0ukef>\n________________________________\nFrom: Murphy "
        "<incidents@acme.example>\nSent: Monday, November 3, 2025 10:12:33 AM\nTo: Ann Berg "
        "<ann@acme.example>\nSubject: MI-7"
    ),
    "android outlook": (
        "Get Outlook for Android <https://aka.ms/AAb9ysg>\n\n________________________________\nFrom: "
        "Murphy <incidents@acme.example>\nSent: Monday, November 3, 2025 10:12:33 AM\nTo: Ann Berg "
        "<ann@acme.example>\nSubject: MI-7"
    ),
    "ios outlook brackets": (
        "[Get Outlook for iOS](https://aka.ms/o0ukef)\n\n________________________________\n\nFrom: "
        "Murphy <incidents@acme.example>\nSent: Monday\nTo: Ann\nSubject: x"
    ),
    "newline in from": (
        "From: Murphy Incident\n<incidents@acme.example>\nSent: Monday, November 3, 2025 10:12 AM\nTo: Ann\nSubject: x"
    ),
    "orange": (
        '> Message du 03/11/25 10:12\n> De : "Murphy" <incidents@acme.example>\n> A : '
        "ann@acme.example\n> Copie à : \n> Objet : MI-7\n>"
    ),
}

PROGRAMS = (
    "Sent from my iPhone",
    "Sent from my iPad",
    "Sent from my Samsung Galaxy S23",
    "Sent from my Galaxy",
    "Sent from my Verizon, Samsung Galaxy smartphone",
    "Sent from my T-Mobile 5G Device",
    "Sent from Yahoo Mail for iPhone",
    "Sent from Yahoo Mail on Android",
    "Sent from Outlook for iOS",
    "Sent from Outlook for Android",
    "Sent from Workspace ONE Boxer",
    "Sent from my Sony Xperia™ smartphone",
    "Sent from Nine",
    "Sent from Mailspring",
    "Sent from Proton Mail for iOS",
    "Sent with Proton Mail secure email.",
    "Sent with [Proton Mail](https://proton.me/) secure email.",
    "Sent from ProtonMail mobile",
    "Sent from Tutanota",
    "Sent with Spark",
    "Sent via Superhuman",
    "Sent via Superhuman iOS",
    "Sent from HEY",
    "Sent from Front",
    "Sent from Smartphone",
    "Sent via mobile",
    "Sent from mobile",
    "Sent from my mobile",
    "Sent from my mobile device",
    "Sent from phone",
    "Sent from my phone",
    "(sent from a phone)",
    "(Sent from mobile device)",
    "<<sent by galaxy>>",
    "From my iPhone",
    "From My Iphone 6",
    "From mobile",
    "Sent on the go",
    "Sent from a mobile device. Please excuse brevity.",
    "Sent from my iPhone, please excuse typos",
    "Sent from my iPhone. Please excuse any typos.",
    "Sent from my Android device with K-9 Mail. Please excuse my brevity.",
    "Sent from Gmail Mobile",
    "Sent from Thunderbird for Android",
    "Sent from FairEmail",
    "Sent from Fairphone",
    "Sent from BlueMail",
    "Get BlueMail for Android",
    "Get BlueMail for Desktop",
    "Get Outlook for iOS",
    "Get Outlook for Android",
    "Get Outlook for Mac",
    "Get the Outlook app",
    "Sent from Mail for Windows 10",
    "Sent from Mail for Windows",
    "Sent from Windows Mail",
    "Sent from AOL Mobile Mail",
    "Get the new AOL app: mail.mobile.aol.com",
    "Sent from the all new AOL app for iOS",
    "Sent using Zoho Mail",
    "Sent from Zoho Mail",
    "Sent using Hushmail",
    "Sent from Spark",
    "Sent from myMail for iOS",
    "Sent from Canary",
    "Sent from Canary (https://canarymail.io)",
    "Sent by Mail.ru app for Android",
    "Sent from Polymail",
    "Sent from Missive",
    "Sent from Shortwave",
    "Sent with Shortwave",
    "Sent from my Pixel",
    "Sent from my BlackBerry 10 smartphone on the Bell network.",
    "Sent from my Verizon Wireless BlackBerry",
    "Sent via BlackBerry from T-Mobile",
    "Sent from my Huawei Mobile",
    "Sent from my Xiaomi",
    "Sent from my MacBook",
    "Sent from my Mac",
    "Sent from my Apple Watch",
    "Sent from Samsung tablet",
    "Sent from Samsung Mobile",
    "Sent from the Samsung Galaxy Rugby Pro, an AT&T LTE smartphone",
    "Sent from Gmail",
    "Sent from Airmail",
    "Verstuurd vanaf mijn iPhone",
    "Verstuurd vanaf mijn iPad",
    "Verzonden vanaf mijn Galaxy",
    "Verzonden vanaf mijn Samsung Galaxy-smartphone.",
    "Verzonden vanuit Outlook voor Android",
    "Verzonden vanuit Mail voor Windows",
    "Verstuurd met Outlook voor iOS",
    "Outlook voor Android downloaden",
    "Download Outlook voor iOS",
    "Outlook voor iOS ophalen",
    "Verzonden via Yahoo Mail op Android",
    "Vanaf mijn iPhone verzonden",
    "Verzonden met Proton Mail",
    "Envoyé de mon iPhone",
    "Envoyé de mon iPad",
    "Envoyé depuis mon smartphone Samsung Galaxy.",
    "Envoyé depuis mon mobile",
    "Envoyé depuis mon appareil Galaxy",
    "Envoyé à partir d'Outlook pour iOS",
    "Envoyé à partir de Outlook pour Android",
    "Télécharger Outlook pour Android",
    "Obtenir Outlook pour iOS",
    "Provenance : Courrier pour Windows",
    "Envoyé depuis Yahoo Mail pour iPhone",
    "Envoyé depuis l'application Mail Orange",
    "Envoyé depuis Proton Mail pour Android",
    "Von meinem iPhone gesendet",
    "Von meinem iPad gesendet",
    "Von meinem Samsung Galaxy Smartphone gesendet.",
    "Von meinem Mobilgerät gesendet",
    "Diese Nachricht wurde von meinem Android-Gerät mit K-9 Mail gesendet.",
    "Diese Nachricht wurde von meinem Android Mobiltelefon mit GMX Mail gesendet.",
    "Gesendet von Outlook für Android",
    "Gesendet von Mail für Windows",
    "Gesendet mit der GMX Mail App",
    "Gesendet mit der WEB.DE Mail App",
    "Diese Nachricht wurde mit der GMX Mail App gesendet",
    "Gesendet von meinem Galaxy",
    "Holen Sie sich Outlook für iOS",
    "Outlook für Android herunterladen",
    "Outlook für iOS herunterladen",
    "Gesendet mit der mobilen Mail App",
    "Gesendet mit der Telekom Mail App",
    "Von Yahoo Mail auf Android gesendet",
    "Von unterwegs gesendet",
    "Enviado desde mi iPhone",
    "Enviado desde mi Galaxy",
    "Enviado desde mi dispositivo Samsung",
    "Enviado desde Outlook para Android",
    "Enviado desde Correo para Windows",
    "Obtener Outlook para iOS",
    "Enviado desde Yahoo Mail con Android",
    "Enviado desde mi smartphone Samsung Galaxy.",
    "Enviado del mi móvil",
    "Inviato da iPhone",
    "Inviato dal mio iPhone",
    "Inviato da Outlook per Android",
    "Inviato da Posta per Windows",
    "Scarica Outlook per iOS",
    "Ottieni Outlook per Android",
    "Inviato dal mio dispositivo Samsung",
    "Inviato dal mio Galaxy",
    "Inviato da smartphone",
    "Inviato da Libero Mail per Android",
    "Enviado do meu iPhone",
    "Enviado do meu Galaxy",
    "Enviado a partir do Outlook para Android",
    "Enviado do Email para Windows",
    "Obter o Outlook para iOS",
    "Obter Outlook para Android",
    "Enviado do Yahoo Mail no Android",
    "Enviado do meu dispositivo móvel",
    "Wysłane z iPhone'a",
    "Wysłano z iPhone'a",
    "Wysłane z iPhone",
    "Wysłane z telefonu Samsung",
    "Wysłane z urządzenia Galaxy",
    "Wysłane z programu Outlook dla systemu iOS",
    "Pobierz aplikację Outlook dla systemu iOS",
    "Pobierz program Outlook dla systemu Android",
    "Wysłane z mojego smartfona",
    "Wysłano z mojego telefonu",
    "Skickat från min iPhone",
    "Skickat från min Galaxy",
    "Skickat från Outlook för Android",
    "Skickat från min Samsung-enhet",
    "Hämta Outlook för iOS",
    "Skickat från E-post för Windows",
    "Sendt fra min iPhone",
    "Sendt fra min Galaxy",
    "Sendt fra Outlook til iOS",
    "Sendt fra Mail til Windows",
    "Hent Outlook til Android",
    "Sendt fra Outlook for iOS",
    "Skaff deg Outlook for iOS",
    "Hent Outlook for Android",
    "Sendt fra E-post for Windows",
    "Lähetetty iPhonesta",
    "Lähetetty iPadista",
    "Lähetetty Galaxy-laitteesta",
    "Lähetetty Outlook for Androidista",
    "Lataa Outlook iOS:lle",
    "Hanki Outlook iOS:lle",
    "Lähetetty Windowsin Sähköpostista",
    "Lähetetty puhelimesta",
    "Odesláno z iPhonu",
    "Odesláno z iPadu",
    "Odesláno z mobilu",
    "Odesláno z mého telefonu Galaxy",
    "Odesláno z Outlooku pro Android",
    "Odesláno z aplikace Outlook pro iOS",
    "Získejte Outlook pro iOS",
    "Stáhnout Outlook pro iOS",
    "Odesláno z Pošty pro Windows",
    "Odesláno z telefonu Huawei",
    "Отправлено с iPhone",
    "Отправлено с iPad",
    "Отправлено с моего iPhone",
    "Отправлено из мобильной Почты Mail.ru",
    "Отправлено из мобильной Яндекс Почты",
    "Отправлено из Почты для Windows",
    "Отправлено из Outlook для Android",
    "Получите Outlook для iOS",
    "Скачайте Outlook для iOS",
    "Отправлено с устройства Galaxy",
    "Отправлено из Mail.ru для Android",
    "Отправлено с мобильного устройства",
    "iPhoneから送信",
    "iPadから送信",
    "Yahoo!メール for iPhoneから送信",
    "Outlook for iOS を入手",
    "Outlook for Android<https://aka.ms/AAb9ysg>を入手",
    "iOS 版 Outlook を入手",
    "Android 版 Outlook を入手",
    "Windows 版のメールから送信",
    "Galaxyから送信",
    "私のiPhoneから送信",
    "发自我的iPhone",
    "发自我的 iPhone",
    "发自我的华为手机",
    "发自我的小米手机",
    "发送自我的 Galaxy",
    "获取 Outlook for iOS",
    "获取适用于 iOS 的 Outlook",
    "下载适用于 iOS 的 Outlook",
    "从 Windows 版邮件发送",
    "從我的 iPhone 傳送",
    "從我的iPhone傳送",
    "取得 iOS 版 Outlook",
    "發自我的 iPhone",
    "從 Windows 的郵件傳送",
    "来自 Outlook",
    "发自 Outlook",
    "发自QQ邮箱",
    "来自QQ邮箱手机版",
    "来自我的 Samsung 智能手机。",
    "发自 网易邮箱大师",
    "发自网易邮箱手机版",
    "Sent from a magnificent torch of pixels",
)
