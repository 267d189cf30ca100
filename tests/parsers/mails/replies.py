"""Replies in plain text: words that only look like a program's, what stands below words, where words stand."""

WORDS = "Looks fine to me.\nPlease go ahead."

WORDS_ONLY = (
    "Outlook für alle Benutzer ist kaputt",
    "Outlook for iOS is broken for everyone",
    "Outlook voor iOS werkt niet",
    "From my phone I cannot log in",
    "From my laptop it works",
    "Sent from my desk, is much easier then my mobile phone.",
    "Von meinem Rechner aus geht es nicht.",
    "UPDATE mail is back\nOutlook für iOS noch nicht",
    "UPDATE parcels were\nsent by machine to the other depot",
    "Van: dat is de vraag",
    "Date: tomorrow works",
    "From here on it works\nTo be sure: check the logs\nSubject to change: all of it",
    "On Monday we tested it and it works:\n- mail\n- web",
    "Hi all,\n\nplease note the following:\n\n1. one\n2. two",
    "Regarding 2025-11-03 10:12: yes, that is right.",
    "See https://x.example/a?b=c for more.\n\nAnd this.",
    "Well -- I think so",
    "This is it.\n\n    indented code\n    more code\n\nworks.",
    "* one\n* two\n* three",
    "a | b | c\nd | e | f",
    "From: is what the field is called.",
    "I wrote: yes",
    "He wrote that it works.\nSo be it.",
    "Sent it to Bob, thanks",
    "Le serveur est en panne :\nErreur 500",
    "Am Montag um 10:30 Uhr geht es weiter:\nZuerst das Netz",
    "On 2025-11-03 at 10:12 the disk was full, Murphy wrote a note.",
    "--verbose is the option",
    "---> see here",
    "-1 from me",
    "+1",
    "👍",
    "👍 thanks",
    "Ok",
    "ok.",
    "OK!",
    "yes",
    "Thx",
    "Thanks!\n\nAnn",
    "Thank you",
    "Merci",
    "T",
    "Br, Ann",
    "Sure thing — go ahead",
    "Let me know.\n\nThanks in advance,",
    "Hi Ann,\n\nyes.\n\nRegards,\nBob",
    "Hello\n\nBob",
    "Dear all\n\nIt works.\n\nBob Carlier",
    "It works.\nBob",
    "It works.\n\n- Bob and friends",
    "It works.\n\nCheers,\n\nBob",
    "Yes.\n\nBest,\nBob\n\nP.S. call me",
    "Call me at +32 2 555 12 34.",
    "Call me\n+32 2 555 12 34",
    "My number: +32 2 555 12 34",
    "Our address is:\n\nStreet 1\n9000 Ghent\nBelgium",
    "This email is broken.\nPlease fix.",
    "Confidentiality notice was wrong\n\nplease check",
    "Disclaimer: I have not tested it",
)

BELOW = (
    "-- \nAnn Berg\nAcme",
    "--\nAnn",
    "-- \n\nAnn Berg\n\nAcme\n\nhttps://acme.example",
    "—\nAnn Berg",
    "___\nAnn Berg\nHead of IT\nAcme",
    ("*Ann Berg*\nHead of IT\nT: +32 2 555 12 34\nM: +32 472 55 12 34\nann@acme.example | www.acme.example"),
    (
        "Kind regards,\n\nAnn Berg\nHead of IT\n\nAcme Retail NV\nStreet 1, 9000 Ghent\nT +32 2 555 12 "
        "34\nwww.acme.example"
    ),
    (
        "Mit freundlichen Grüßen\n\nAnn Berg\nLeiterin IT\n\nAcme GmbH\nStraße 1\n10115 Berlin\nTel.: +49 "
        "30 5551234\nFax: +49 30 5551235\nE-Mail: ann@acme.example\n\nGeschäftsführer: Bob Carlier\n"
        "Amtsgericht Berlin HRB 12345"
    ),
    ("Met vriendelijke groet,\n\nAnn Berg\nHoofd IT\nAcme NV | Straat 1 | 9000 Gent\nTel. 09 555 12 34"),
    ("Cordialement,\n\nAnn Berg\nResponsable informatique\nTél. : 01 55 55 12 34\nPort. : 06 55 55 12 34"),
    "Saludos cordiales,\n\nAnn Berg\nJefa de sistemas\nTel: +34 91 555 12 34",
    ("Best regards / Mit freundlichen Grüßen\n\nAnn Berg\nHead of IT\nPhone: +49 30 5551234"),
    "Pozdrawiam\n\nAnn Berg\nKierownik IT\ntel. 22 555 12 34\nkom. 601 555 123",
    ("Med vänliga hälsningar\n\nAnn Berg\nIT-chef\nTelefon: 08-555 12 34\nMobil: 070-555 12 34"),
    "С уважением,\nАнна Берг\nначальник отдела ИТ\nтел.: +7 495 555-12-34",
    "S pozdravem\n\nAnn Berg\nvedoucí IT\ntel.: +420 555 123 456",
    (
        "----------------------------------\n株式会社アクメ\n情報システム部\nベルグ アン\nTEL: 03-5555-1234\nMAIL: "
        "ann@acme.example\n----------------------------------"
    ),
    "━━━━━━━━━━━━━━━━━━━━\nアクメ株式会社\nベルグ アン\nTEL:03-5555-1234\n━━━━━━━━━━━━━━━━━━━━",
    "*******************\nアクメ株式会社\nTEL:03-5555-1234\n*******************",
    "此致\n敬礼\n\n安贝\n电话：010-55551234",
    "Ann Berg | Head of IT | Acme | +32 2 555 12 34",
    "Thanks,\n\nAnn Berg\nHead of IT\nAcme\n(o) 555-555-1234\n(c) 555-555-1235",
    ("Regards,\nAnn Berg\nDirect: 555.555.1234 | Email: ann@acme.example\n[cid:image001.png@01D]"),
    "[cid:image001.png@01D9A.123]\nAnn Berg\nHead of IT\nOffice: (555) 555-1234",
    ("This e-mail and any attachments are confidential and intended solely for the addressee."),
    ("CONFIDENTIALITY NOTICE: This email is for the sole use of the intended recipient(s)."),
    "Disclaimer: The information in this email is confidential.",
    "The information contained in this message may be privileged and confidential.",
    "If you are not the intended recipient, please delete this message.",
    "IMPORTANT: The contents of this email and any attachments are confidential.",
    ("This message may contain confidential information intended only for the addressee."),
    (
        "NOTICE: This communication may contain privileged information. If you are not the "
        "intended recipient, notify the sender."
    ),
    "Please consider the environment before printing this e-mail.",
    "P Please consider the environment before printing this email",
    "🌱 Please consider the environment before printing this email",
    ("Dit e-mailbericht is vertrouwelijk en uitsluitend bestemd voor de geadresseerde."),
    "De informatie in dit e-mailbericht is vertrouwelijk.",
    "De inhoud van deze e-mail is vertrouwelijk en bestemd voor de geadresseerde.",
    (
        "Ce message et toutes les pièces jointes sont confidentiels et établis à l'intention "
        "exclusive de ses destinataires."
    ),
    "Le présent message est confidentiel et destiné à son seul destinataire.",
    "Les informations contenues dans ce courriel sont confidentielles.",
    "Diese E-Mail enthält vertrauliche und/oder rechtlich geschützte Informationen.",
    "Diese Nachricht ist ausschließlich für den Empfänger bestimmt.",
    "Der Inhalt dieser E-Mail ist vertraulich und nur für den Empfänger bestimmt.",
    ("Este mensaje y sus archivos adjuntos son confidenciales y para uso exclusivo del destinatario."),
    "La información contenida en este correo es confidencial.",
    "AVISO LEGAL: Este mensaje es confidencial.",
    "Questo messaggio e i suoi allegati sono riservati al destinatario.",
    ("Le informazioni contenute in questa comunicazione sono riservate al destinatario."),
    "Esta mensagem pode conter informação confidencial destinada ao destinatário.",
    "Este email e seus anexos são confidenciais.",
    "Niniejsza wiadomość jest poufna i przeznaczona wyłącznie dla adresata.",
    "Treść tej wiadomości jest poufna.",
    "Detta meddelande är konfidentiellt och endast avsett för mottagaren.",
    "Denne e-mail er fortrolig og kun beregnet for modtageren.",
    "Denne e-posten er konfidensiell og kun ment for mottakeren.",
    "Tämä viesti on luottamuksellinen ja tarkoitettu vain vastaanottajalle.",
    "Tato zpráva je důvěrná a určená pouze příjemci.",
    "Это сообщение конфиденциально и предназначено только для адресата.",
    "Внимание: данное письмо содержит конфиденциальную информацию для получателя.",
    "このメールには機密情報が含まれている場合があります。",
    "本邮件及附件含有保密信息，仅限收件人使用。",
    "This email has been scanned for viruses by Acme.",
    ("This email has been checked for viruses by Avast antivirus software.\nwww.avast.com"),
    "Virus-free.www.avast.com",
    "Virenfrei.www.avast.com",
    "Virusvrij.www.avast.com",
    "Sans virus.www.avast.com",
    "Libre de virus.www.avast.com",
    "Privo di virus.www.avast.com",
    "Livre de vírus. www.avast.com",
    "Wolny od wirusów.www.avast.com",
    ("---\nThis email has been checked for viruses by Avast antivirus software.\nhttps://www.avast.com/antivirus"),
    ("---\nDiese E-Mail wurde von Avast Antivirus-Software auf Viren geprüft.\nhttps://www.avast.com/antivirus"),
    (
        "---\nL'absence de virus dans ce courrier électronique a été vérifiée par le logiciel "
        "antivirus Avast.\nhttps://www.avast.com/antivirus"
    ),
    "*** This email and its attachments are confidential ***\nTAKE",
    "________________________________\n\nThis email is confidential.\nTAKE MI-7",
    ("________________________________\nCONFIDENTIALITY NOTICE\nThis message is for the addressee only."),
    "==============================================\nThis message is confidential.",
    (
        "**********************************************************************\nThis email and "
        "any files transmitted with it are confidential and intended solely for the addressee.\n"
        "**********************************************************************"
    ),
    (
        "_______________________________________________\nOps mailing list\nops@lists.acme.example\n"
        "https://lists.acme.example/mailman/listinfo/ops"
    ),
    (
        "_______________________________________________\nOps mailing list -- "
        "ops@lists.acme.example\nTo unsubscribe send an email to ops-leave@lists.acme.example"
    ),
    (
        '-- \nYou received this message because you are subscribed to the Google Groups "Ops" '
        "group.\nTo unsubscribe from this group and stop receiving emails from it, send an email "
        "to ops+unsubscribe@googlegroups.com."
    ),
    (
        "---------------------------------------------------------------------\nTo unsubscribe, "
        "e-mail: ops-unsubscribe@acme.example\nFor additional commands, e-mail: "
        "ops-help@acme.example"
    ),
    (
        '--\nTo unsubscribe from this list: send the line "unsubscribe ops" in\nthe body of a '
        "message to majordomo@acme.example"
    ),
    ("-~----------~----~----~----~------~----~------~--~---\nYou received this message because you are subscribed"),
    ('You received this message because you are subscribed to the Google Groups "Ops" group.'),
    "To unsubscribe, send an email to ops-leave@acme.example",
    "—\nReply to this email directly or view it on GitHub.",
    (
        "—\nReply to this email directly, view it on GitHub <https://github.com/a/b/issues/1>, or "
        "unsubscribe\n<https://github.com/x>.\nYou are receiving this because you were "
        "mentioned.Message ID: <a/b/1@github.com>"
    ),
    (
        "########################################################################\n\nTo unsubscribe "
        "from the OPS list, click the following link:\nhttps://lists.acme.example/"
    ),
    (
        "---\nYou are currently subscribed to ops as: ann@acme.example.\nTo unsubscribe send a "
        "blank email to leave-1@acme.example"
    ),
)

PLACES = {
    "bottom": (
        (
            "On Mon, Nov 3, 2025 at 10:12 AM Murphy <incidents@acme.example> wrote:\n> old\n> more\n\n"
            "Looks fine to me.\nPlease go ahead."
        ),
        "Looks fine to me.\nPlease go ahead.",
    ),
    "bottom tight": (
        (
            "On Mon, Nov 3, 2025 at 10:12 AM Murphy <incidents@acme.example> wrote:\n> old\n> more\n"
            "Looks fine to me.\nPlease go ahead."
        ),
        "Looks fine to me.\nPlease go ahead.",
    ),
    "interleaved": (
        ("On Mon, Nov 3, 2025 at 10:12 AM Murphy <incidents@acme.example> wrote:\n\n> one?\n\nYes.\n\n> two?\n\nNo.\n"),
        "Yes.\nNo.",
    ),
    "interleaved nested": (
        (
            "Hi,\n\nOn Mon, Nov 3, 2025 at 10:12 AM Murphy <incidents@acme.example> wrote:\n>> older\n> "
            "one?\n\nYes.\n\n> two?\nNo.\n-- \nAnn\n"
        ),
        "Hi,\nYes.\nNo.",
    ),
    "bottom with sig in quote": (
        (
            "On Mon, Nov 3, 2025 at 10:12 AM Murphy <incidents@acme.example> wrote:\n> old\n> -- \n> "
            "Murphy\n> +32 2 555 12 34\n\nLooks fine to me.\nPlease go ahead.\n\n-- \nAnn"
        ),
        "Looks fine to me.\nPlease go ahead.",
    ),
    "same line attribution": (
        ("Looks good. On Mon, Nov 3, 2025 at 10:12 AM Murphy <incidents@acme.example> wrote:\n> old\n"),
        "Looks good.",
    ),
    "sig between": (
        (
            "Looks fine to me.\nPlease go ahead.\n\n-- \nAnn Berg\nAcme\n\nOn Mon, Nov 3, 2025 at 10:12 AM "
            "Murphy <incidents@acme.example> wrote:\n> old\n"
        ),
        "Looks fine to me.\nPlease go ahead.",
    ),
    "sig between unmarked": (
        (
            "Looks fine to me.\nPlease go ahead.\n\n-- \nAnn Berg\nAcme\n\nOn Mon, Nov 3, 2025 at 10:12 AM "
            "Murphy <incidents@acme.example> wrote:\n\nold\n"
        ),
        "Looks fine to me.\nPlease go ahead.",
    ),
    "sig then reply": (
        (
            "-- \nAnn\n\nOn Mon, Nov 3, 2025 at 10:12 AM Murphy <incidents@acme.example> wrote:\n> old\n\n"
            "Looks fine to me.\nPlease go ahead."
        ),
        "Looks fine to me.\nPlease go ahead.",
    ),
    "phone then bottom": (
        (
            "Sent from my iPhone\n\nOn Mon, Nov 3, 2025 at 10:12 AM Murphy <incidents@acme.example> "
            "wrote:\n> old\n\nLooks fine to me.\nPlease go ahead."
        ),
        "Looks fine to me.\nPlease go ahead.",
    ),
    "typed then phone then quote": (
        (
            "Looks fine to me.\nPlease go ahead.\n\nAnn\n\nSent from my iPhone\n\n> On 3 Nov 2025, at 10:12, "
            "Murphy <i@acme.example> wrote:\n> \n> \ufeffold\n"
        ),
        "Looks fine to me.\nPlease go ahead.\n\nAnn",
    ),
    "apple leading >": (
        (
            "Looks fine to me.\nPlease go ahead.\n\n> On 3 Nov 2025, at 10:12, Murphy <i@acme.example> "
            "wrote:\n> \n> old\n"
        ),
        "Looks fine to me.\nPlease go ahead.",
    ),
    "apple bottom after": (
        ("> On 3 Nov 2025, at 10:12, Murphy <i@acme.example> wrote:\n> \n> old\n\nLooks fine to me.\nPlease go ahead."),
        "Looks fine to me.\nPlease go ahead.",
    ),
    "nested attributions": (
        (
            "Looks fine to me.\nPlease go ahead.\n\nOn Mon, Nov 3, 2025 at 10:12 AM Murphy "
            "<incidents@acme.example> wrote:\n\n> ok\n>\n> On Mon, Nov 3, 2025 at 9:00 AM Bob "
            "<b@acme.example> wrote:\n>\n>> old\n"
        ),
        "Looks fine to me.\nPlease go ahead.",
    ),
    "unquoted nested wrap": (
        (
            "Looks fine to me.\nPlease go ahead.\n\nOn Mon, Nov 3, 2025 at 10:12 AM Murphy "
            "<incidents@acme.example> wrote:\n\n> a very long line of words that goes on and on until "
            "it is wrapped by the\ngateway\n> more\n"
        ),
        "Looks fine to me.\nPlease go ahead.\n\ngateway",
    ),
    "hard wrapped attribution 5 lines": (
        (
            "Looks fine to me.\nPlease go ahead.\n\nOn Monday, November 3, 2025 at 10:12:33 AM UTC+1, "
            "Murphy of the\nvery large international incident management\nteam of Acme Retail\n"
            "International Limited <incidents@acme.example>\nwrote:\n\n> old\n"
        ),
        "Looks fine to me.\nPlease go ahead.",
    ),
    "quote then attribution wrapped inside >": (
        (
            "> On Mon, Nov 3, 2025 at 10:12 AM Murphy <\n> incidents@acme.example> wrote:\n>\n> old\n"
            "Looks fine to me.\nPlease go ahead."
        ),
        "Looks fine to me.\nPlease go ahead.",
    ),
    "CRLF and tabs": (
        (
            "Looks fine to me.\r\nPlease go ahead.\r\n\r\n\tOn Mon, Nov 3, 2025 at 10:12 AM Murphy "
            "<incidents@acme.example> wrote:\r\n\t> old\r\n"
        ),
        "Looks fine to me.\nPlease go ahead.",
    ),
    "bold markdown attribution": (
        (
            "Looks fine to me.\nPlease go ahead.\n\n*On Mon, Nov 3, 2025 at 10:12 AM Murphy "
            "<i@acme.example> wrote:*\n\n> old"
        ),
        "Looks fine to me.\nPlease go ahead.",
    ),
    "outlook quote prefix": (
        (
            "Looks fine to me.\nPlease go ahead.\n\n> -----Original Message-----\n> From: Murphy\n> Sent: "
            "Monday\n> To: Ann\n> Subject: x\n> \n> old"
        ),
        "Looks fine to me.\nPlease go ahead.",
    ),
    "bottom under outlook >": (
        (
            "> -----Original Message-----\n> From: Murphy\n> Sent: Monday\n> To: Ann\n> Subject: x\n> \n> "
            "old\n\nLooks fine to me.\nPlease go ahead."
        ),
        "Looks fine to me.\nPlease go ahead.",
    ),
    "underscores then from no sent": (
        (
            "Looks fine to me.\nPlease go ahead.\n\n________________________________\nFrom: Murphy "
            "<i@acme.example>\nTo: Ann\nSubject: x\n\nold"
        ),
        "Looks fine to me.\nPlease go ahead.",
    ),
    "underscores ' '": (
        (
            "Looks fine to me.\nPlease go ahead.\n\n  _____  \n\nFrom: Murphy [mailto:i@acme.example] \n"
            "Sent: Monday, November 03, 2025 10:12 AM\nTo: Ann\nSubject: x\n\nold"
        ),
        "Looks fine to me.\nPlease go ahead.",
    ),
    "forward with words": (
        (
            "Looks fine to me.\nPlease go ahead.\n\nBegin forwarded message:\n\n> From: Murphy "
            "<i@acme.example>\n> Date: 3 November 2025\n> To: Ann\n> Subject: x\n> \n> old\n"
        ),
        "Looks fine to me.\nPlease go ahead.",
    ),
    "apple forward fr": (
        (
            "Looks fine to me.\nPlease go ahead.\n\nDébut du message transféré :\n\n> De: Murphy "
            "<i@acme.example>\n> Date: 3 novembre 2025\n> À: Ann\n> Objet: x\n> \n> old\n"
        ),
        "Looks fine to me.\nPlease go ahead.",
    ),
    "apple forward de": (
        (
            "Looks fine to me.\nPlease go ahead.\n\nAnfang der weitergeleiteten Nachricht:\n\n> Von: "
            "Murphy\n> Betreff: x\n> Datum: 3\n> An: Ann\n> \n> old\n"
        ),
        "Looks fine to me.\nPlease go ahead.",
    ),
    "gt only": ("Looks fine to me.\nPlease go ahead.\n\n>\n>\n> old\n>", "Looks fine to me.\nPlease go ahead."),
    "indented quote": (
        (
            "Looks fine to me.\nPlease go ahead.\n\nOn Mon, Nov 3, 2025 at 10:12 AM Murphy "
            "<incidents@acme.example> wrote:\n\n    old words\n    TAKE MI-7\n"
        ),
        "Looks fine to me.\nPlease go ahead.",
    ),
    "tab quote": (
        (
            "Looks fine to me.\nPlease go ahead.\n\nOn Mon, Nov 3, 2025 at 10:12 AM Murphy "
            "<incidents@acme.example> wrote:\n\n\told words\n\tTAKE MI-7\n"
        ),
        "Looks fine to me.\nPlease go ahead.",
    ),
    "long dashes": (
        "Looks fine to me.\nPlease go ahead.\n\n------=_NextPart_000\n",
        "Looks fine to me.\nPlease go ahead.\n\n------=_NextPart_000",
    ),
    "blank first": ("\n\n\nLooks fine to me.\nPlease go ahead.", "Looks fine to me.\nPlease go ahead."),
    "nbsp lines": (
        (
            "\u00a0\nLooks fine to me.\nPlease go ahead.\n\u00a0\nOn Mon, Nov 3, 2025 at 10:12 AM Murphy "
            "<incidents@acme.example> wrote:\n> old"
        ),
        "Looks fine to me.\nPlease go ahead.",
    ),
    "zero width": (
        (
            "\u200bLooks fine to me.\nPlease go ahead.\n\u200b\nOn Mon, Nov 3, 2025 at 10:12 AM Murphy "
            "<incidents@acme.example> wrote:\n> old"
        ),
        "Looks fine to me.\nPlease go ahead.",
    ),
    "bom": (
        (
            "\ufeffLooks fine to me.\nPlease go ahead.\n\nOn Mon, Nov 3, 2025 at 10:12 AM Murphy "
            "<incidents@acme.example> wrote:\n> old"
        ),
        "Looks fine to me.\nPlease go ahead.",
    ),
    "outlook mobile ios text": (
        (
            "Looks fine to me.\nPlease go ahead.\n\nGet Outlook for "
            "iOS<https://nam12.safelinks.protection.outlook.com/?url=https%3A%2F%2Faka.ms%2Fo0ukef&da"
            "ta=05%7C01%7Cxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
            "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
            "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx>\n________________________________\nFrom: Murphy "
            "<i@acme.example>\nSent: Monday, November 3, 2025 10:12:33 AM\nTo: Ann\nSubject: x\n\nold"
        ),
        "Looks fine to me.\nPlease go ahead.",
    ),
    "hi there": (
        (
            "Hi Murphy,\n\nLooks fine to me.\nPlease go ahead.\n\nBest,\nAnn\n\nOn Mon, Nov 3, 2025 at 10:12 "
            "AM Murphy <incidents@acme.example> wrote:\n> old"
        ),
        "Hi Murphy,\nLooks fine to me.\nPlease go ahead.\nBest,\nAnn",
    ),
    "date sig name": (
        (
            "Looks fine to me.\nPlease go ahead.\n\nAnn\n\nOn Mon, Nov 3, 2025 at 10:12 AM Murphy "
            "<incidents@acme.example> wrote:\n> old"
        ),
        "Looks fine to me.\nPlease go ahead.\n\nAnn",
    ),
    "reply then name then outlook": (
        (
            "Looks fine to me.\nPlease go ahead.\n\nAnn\n\nFrom: Murphy <i@acme.example>\nSent: Monday, "
            "November 3, 2025 10:12 AM\nTo: Ann\nSubject: x\n\nold"
        ),
        "Looks fine to me.\nPlease go ahead.\n\nAnn",
    ),
    "on wrote w/o date": (
        ("Looks fine to me.\nPlease go ahead.\n\nMurphy <incidents@acme.example> wrote:\n\n> old"),
        "Looks fine to me.\nPlease go ahead.",
    ),
    "on wrote w/o date u": (
        "Looks fine to me.\nPlease go ahead.\n\nMurphy <incidents@acme.example> wrote:\n\nold",
        "Looks fine to me.\nPlease go ahead.",
    ),
    "attribution two blank then quote": (
        (
            "Looks fine to me.\nPlease go ahead.\n\nOn Mon, Nov 3, 2025 at 10:12 AM Murphy "
            "<incidents@acme.example> wrote:\n\n\n\n\n> old"
        ),
        "Looks fine to me.\nPlease go ahead.",
    ),
    "yahoo groups": (
        ("Looks fine to me.\nPlease go ahead.\n\n--- In ops@yahoogroups.example, Murphy <i@...> wrote:\n>\n> old"),
        "Looks fine to me.\nPlease go ahead.",
    ),
    "quoted-string name": (
        (
            'Looks fine to me.\nPlease go ahead.\n\nOn Mon, Nov 3, 2025 at 10:12 AM "Murphy: Bridge" '
            "<i@acme.example> wrote:\n> old"
        ),
        "Looks fine to me.\nPlease go ahead.",
    ),
    "via": (
        (
            "Looks fine to me.\nPlease go ahead.\n\nOn Mon, Nov 3, 2025 at 10:12 AM 'Murphy' via Ops "
            "<ops@acme.example>\nwrote:\n> old"
        ),
        "Looks fine to me.\nPlease go ahead.",
    ),
    "dow only": (
        "Looks fine to me.\nPlease go ahead.\n\nOn Mon, Nov 3, Murphy wrote:\n> old",
        "Looks fine to me.\nPlease go ahead.",
    ),
    "on behalf": (
        (
            "Looks fine to me.\nPlease go ahead.\n\nFrom: ops@acme.example [mailto:ops@acme.example] On "
            "Behalf Of Murphy\nSent: Monday, November 3, 2025 10:12 AM\nTo: Ann\nSubject: x\n\nold"
        ),
        "Looks fine to me.\nPlease go ahead.",
    ),
    "importance": (
        (
            "Looks fine to me.\nPlease go ahead.\n\nFrom: Murphy\nSent: Monday, November 3, 2025 10:12 AM\n"
            "To: Ann\nSubject: x\nImportance: High\n\nold"
        ),
        "Looks fine to me.\nPlease go ahead.",
    ),
    "cc long wrapped": (
        (
            "Looks fine to me.\nPlease go ahead.\n\nFrom: Murphy\nSent: Monday, November 3, 2025 10:12 AM\n"
            "To: a@x.example; b@x.example;\n c@x.example; d@x.example;\n e@x.example; f@x.example;\n "
            "g@x.example\nCc: h@x.example\nSubject: x\n\nold"
        ),
        "Looks fine to me.\nPlease go ahead.",
    ),
    "original w/o header": (
        "Looks fine to me.\nPlease go ahead.\n\n-----Original Message-----\nold",
        "Looks fine to me.\nPlease go ahead.",
    ),
    "original w/ >": (
        "Looks fine to me.\nPlease go ahead.\n\n-----Original Message-----\n> old",
        "Looks fine to me.\nPlease go ahead.",
    ),
    "--- Original Message ---": (
        "Looks fine to me.\nPlease go ahead.\n\n--- Original Message ---\nFrom: x\n\nold",
        "Looks fine to me.\nPlease go ahead.",
    ),
    "Quoting": (
        ("Looks fine to me.\nPlease go ahead.\n\nQuoting Murphy <incidents@acme.example>:\n\n> old"),
        "Looks fine to me.\nPlease go ahead.",
    ),
    "Citando": (
        ("Looks fine to me.\nPlease go ahead.\n\nCitando Murphy <incidents@acme.example>:\n\n> old"),
        "Looks fine to me.\nPlease go ahead.",
    ),
    "Zitat": (
        ("Looks fine to me.\nPlease go ahead.\n\nZitat von Murphy <incidents@acme.example>:\n\n> old"),
        "Looks fine to me.\nPlease go ahead.",
    ),
    "Excerpts": (
        (
            "Looks fine to me.\nPlease go ahead.\n\nExcerpts from Murphy's message of Mon Nov 03 "
            "10:12:33 +0100 2025:\n> old"
        ),
        "Looks fine to me.\nPlease go ahead.",
    ),
    "Thus spake": (
        ("Looks fine to me.\nPlease go ahead.\n\nThus spake Murphy (incidents@acme.example):\n> old"),
        "Looks fine to me.\nPlease go ahead.",
    ),
    "star dash": (
        ("Looks fine to me.\nPlease go ahead.\n\n* Murphy <incidents@acme.example> [2025-11-03 10:12]:\n> old"),
        "Looks fine to me.\nPlease go ahead.",
    ),
    "+++": (
        ("Looks fine to me.\nPlease go ahead.\n\n+++ Murphy [Mon Nov 03, 2025 at 10:12:33AM +0100]:\n> old"),
        "Looks fine to me.\nPlease go ahead.",
    ),
    "message of": (
        "Looks fine to me.\nPlease go ahead.\n\nMurphy wrote on 03.11.25 10:12:\n> old",
        "Looks fine to me.\nPlease go ahead.",
    ),
    "wrote on": (
        (
            "Looks fine to me.\nPlease go ahead.\n\nMurphy <i@acme.example> wrote on 11/03/2025 10:12:33 "
            "AM:\n\n> From: Murphy\n> To: Ann\n> Date: x\n> Subject: y\n> \n> old"
        ),
        "Looks fine to me.\nPlease go ahead.",
    ),
    "notes wrote on": (
        ('Looks fine to me.\nPlease go ahead.\n\n"Murphy" <i@acme.example> wrote on 11/03/2025 10:12:33 AM:\n\n> old'),
        "Looks fine to me.\nPlease go ahead.",
    ),
    "notes schrieb am": (
        (
            "Looks fine to me.\nPlease go ahead.\n\nMurphy/HQ/Acme schrieb am 03.11.2025 10:12:33:\n\n> "
            "Von: Murphy\n> old"
        ),
        "Looks fine to me.\nPlease go ahead.",
    ),
    "notes inline graf": (
        (
            "Looks fine to me.\nPlease go ahead.\n\n[Inactive hide details for Murphy ---03/11/2025 "
            "10:12:33---Hello]Murphy ---03/11/2025 10:12:33---Hello\n\nFrom: Murphy\nTo: Ann\nDate: "
            "03/11/2025\nSubject: x\n\nold"
        ),
        "Looks fine to me.\nPlease go ahead.",
    ),
    "inline notes star": (
        (
            "Looks fine to me.\nPlease go ahead.\n\n\n\n\nMurphy <i@acme.example>\n11/03/2025 10:12 AM\n"
            "Please respond to\nops@acme.example\n\n\nTo\nAnn <a@acme.example>\ncc\n\nSubject\nMI-7\n\n\n\n\n\n\nold"
        ),
        "Looks fine to me.\nPlease go ahead.",
    ),
    "teams": (
        (
            "Looks fine to me.\nPlease go ahead.\n\n________________________________\nMicrosoft Teams "
            "meeting\nJoin on your computer, mobile app or room device\nClick here to join the "
            "meeting<https://teams.example/l/x>\nMeeting ID: 123 456\n________________________________\n"
        ),
        "Looks fine to me.\nPlease go ahead.",
    ),
    "an attribution far above the older message": (
        f"{WORDS}\n\nOn Mon, Nov 3, 2025 at 10:12 AM +0100, Murphy <i@acme.example> wrote:{chr(10) * 12}old words\n",
        WORDS,
    ),
    "BlackBerry's heading without dashes": (
        f"{WORDS}\n\n  Original Message  \nFrom: Murphy\nSent: Monday, 10:12 AM\nTo: a\nSubject: x\n\nold words\n",
        WORDS,
    ),
    "a heading in bold": (f"{WORDS}\n\n*-----Original Message-----*\nold words\n", WORDS),
    "an answer below a marked header without marks": (
        f"{WORDS}\n\n> From: Murphy\n> Sent: Monday\n> To: Ann\n> Subject: x\n>\n\nold words\n",
        WORDS,
    ),
    "GroupWise": (f"{WORDS}\n\n>>> Murphy <i@acme.example> 03/11/2025 10:12 >>>\nold words\n", WORDS),
    "the Bat": (f"{WORDS}\n\nMonday, November 3, 2025, 10:12:33 AM, you wrote:\n\nM> old words\n", WORDS),
    "Hungarian": (f"{WORDS}\n\nMurphy <i@acme.example> ezt írta (időpont: 2025. nov. 3., H, 10:12):\n\n> old\n", WORDS),
    "Korean": (f"{WORDS}\n\n2025년 11월 3일 (월) 오전 10:12, Murphy <i@acme.example>님이 작성:\n\n> old\n", WORDS),
}
