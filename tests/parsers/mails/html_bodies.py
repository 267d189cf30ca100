"""HTML bodies as clients make them, and ways to hide text. Each has the same visible words, or those beside it."""

WORDS = "Looks fine to me.\nPlease go ahead."

HTML = {
    "outlook desktop": (
        '<html><head><style>p.MsoNormal{margin:0}</style></head><body lang=EN-US link="#0563C1">'
        "<div class=WordSection1><p class=MsoNormal>Looks fine to me.<o:p></o:p></p><p "
        "class=MsoNormal>Please go ahead.<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p>"
        '<div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm">'
        "<p class=MsoNormal><b>From:</b> Murphy &lt;i@acme.example&gt;<br><b>Sent:</b> Monday, "
        "November 3, 2025 10:12 AM<br><b>To:</b> Ann &lt;a@acme.example&gt;<br><b>Subject:</b> "
        "MI-7<o:p></o:p></p></div></div><p class=MsoNormal><o:p>&nbsp;</o:p></p><p>old words</p>"
        "<p>TAKE MI-7</p></div></body></html>"
    ),
    "outlook desktop de": (
        "<div class=WordSection1><p class=MsoNormal>Looks fine to me.<o:p></o:p></p><p "
        'class=MsoNormal>Please go ahead.<o:p></o:p></p><div style="border:none;border-top:solid '
        '#B5C4DF 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class=MsoNormal><b>Von:</b> Murphy &lt;'
        "i@acme.example&gt;<br><b>Gesendet:</b> Montag, 3. November 2025 10:12<br><b>An:</b> Ann "
        "&lt;a@acme.example&gt;<br><b>Betreff:</b> MI-7</p></div><p>old words</p><p>TAKE MI-7</p>"
        "</div>"
    ),
    "outlook 2003": (
        "<div><p class=MsoNormal>Looks fine to me.<o:p></o:p></p><p class=MsoNormal>Please go "
        'ahead.<o:p></o:p></p><div class=MsoNormal align=center style="text-align:center"><hr '
        'size=2 width="100%" align=center tabindex=-1></div><p class=MsoNormal><b><span>'
        "From:</span></b><span> Murphy [mailto:i@acme.example] <br><b>Sent:</b> Monday, November "
        "3, 2025 10:12 AM<br><b>To:</b> Ann<br><b>Subject:</b> x</span></p><p>old words</p><p>"
        "TAKE MI-7</p></div>"
    ),
    "outlook desktop with blockquote border-left": (
        "<div class=WordSection1><p class=MsoNormal>Looks fine to me.<o:p></o:p></p><p "
        'class=MsoNormal>Please go ahead.<o:p></o:p></p><div style="border:none;border-left:solid '
        'blue 1.5pt;padding:0cm 0cm 0cm 4.0pt"><div><div style="border:none;border-top:solid '
        '#B5C4DF 1.0pt"><p class=MsoNormal><b>From:</b> Murphy &lt;i@acme.example&gt;<br><b>'
        "Sent:</b> Monday, November 3, 2025 10:12 AM<br><b>To:</b> Ann &lt;a@acme.example&gt;<br>"
        "<b>Subject:</b> MI-7</p></div></div><p>old words</p><p>TAKE MI-7</p></div></div>"
    ),
    "owa": (
        '<div class="elementToProof" style="font-family:Calibri">Looks fine to me.</div><div '
        'class="elementToProof">Please go ahead.</div><div id="appendonsend"></div><hr '
        'style="display:inline-block;width:98%" tabindex="-1"><div id="divRplyFwdMsg" dir="ltr">'
        '<font face="Calibri"><b>From:</b> Murphy &lt;i@acme.example&gt;<br><b>Sent:</b> Monday, '
        "November 3, 2025 10:12 AM<br><b>To:</b> Ann &lt;a@acme.example&gt;<br><b>Subject:</b> "
        'MI-7</font><div>&nbsp;</div></div><div class="BodyFragment"><p>old words</p><p>TAKE '
        "MI-7</p></div>"
    ),
    "owa no id": (
        '<div>Looks fine to me.</div><div>Please go ahead.</div><hr tabindex="-1" '
        'style="display:inline-block; width:98%"><div dir="ltr"><font><b>From:</b> Murphy &lt;'
        "i@acme.example&gt;<br><b>Sent:</b> Monday, November 3, 2025 10:12 AM<br><b>To:</b> Ann "
        "&lt;a@acme.example&gt;<br><b>Subject:</b> MI-7</font></div><div><p>old words</p><p>TAKE "
        "MI-7</p></div>"
    ),
    "owa x_": (
        '<div>Looks fine to me.</div><div>Please go ahead.</div><hr><div id="x_divRplyFwdMsg"><b>'
        "From:</b> Murphy &lt;i@acme.example&gt;<br><b>Sent:</b> Monday, November 3, 2025 10:12 "
        "AM<br><b>To:</b> Ann &lt;a@acme.example&gt;<br><b>Subject:</b> MI-7</div><div><p>old "
        "words</p><p>TAKE MI-7</p></div>"
    ),
    "outlook ios": (
        '<div dir="ltr">Looks fine to me.</div><div dir="ltr">Please go ahead.</div><div '
        'id="ms-outlook-mobile-signature"><br>Get <a href="https://aka.ms/o0ukef">Outlook for '
        'iOS</a></div><hr style="display:inline-block;width:98%"><div id="divRplyFwdMsg"><b>'
        "From:</b> Murphy &lt;i@acme.example&gt;<br><b>Sent:</b> Monday, November 3, 2025 10:12 "
        "AM<br><b>To:</b> Ann &lt;a@acme.example&gt;<br><b>Subject:</b> MI-7</div><div><p>old "
        "words</p><p>TAKE MI-7</p></div>"
    ),
    "outlook ios new": (
        "<div>Looks fine to me.</div><div>Please go ahead.</div><div "
        'id="ms-outlook-mobile-body-separator-line" dir="ltr"><br></div><div '
        'class="ms-outlook-mobile-signature">Get <a href="https://aka.ms/o0ukef">Outlook for '
        'iOS</a></div><div id="mail-editor-reference-message-container"><div '
        'class="ms-outlook-mobile-reference-message skipProofing"><hr><div><b>From:</b> Murphy '
        "&lt;i@acme.example&gt;<br><b>Sent:</b> Monday, November 3, 2025 10:12 AM<br><b>To:</b> "
        "Ann &lt;a@acme.example&gt;<br><b>Subject:</b> MI-7</div><p>old words</p><p>TAKE MI-7</p>"
        "</div></div>"
    ),
    "outlook android": (
        "<div>Looks fine to me.</div><div>Please go ahead.</div><div "
        'id="ms-outlook-mobile-signature"><div><br></div>Get <a href="https://aka.ms/AAb9ysg">'
        'Outlook for Android</a></div><hr style="display:inline-block;width:98%"><div><b>'
        "From:</b> Murphy &lt;i@acme.example&gt;<br><b>Sent:</b> Monday, November 3, 2025 10:12 "
        "AM<br><b>To:</b> Ann &lt;a@acme.example&gt;<br><b>Subject:</b> MI-7</div><p>old "
        "words</p><p>TAKE MI-7</p>"
    ),
    "outlook mac": (
        "<p class=MsoNormal>Looks fine to me.<o:p></o:p></p><p class=MsoNormal>Please go "
        "ahead.<o:p></o:p></p><p class=MsoNormal>&nbsp;</p><div "
        'id="mail-editor-reference-message-container"><div><div style="border:none;'
        'border-top:solid #B5C4DF 1.0pt;padding:3.0pt 0in 0in 0in"><p class=MsoNormal '
        'style="margin-bottom:12.0pt"><b><span style="font-size:12.0pt;color:black">From: </span>'
        "</b><span>Murphy &lt;i@acme.example&gt;<br><b>Date: </b>Monday, 3 November 2025 at "
        "10:12<br><b>To: </b>Ann &lt;a@acme.example&gt;<br><b>Subject: </b>x</span></p></div><p>"
        "old words</p><p>TAKE MI-7</p></div></div>"
    ),
    "outlook mac old": (
        "<div><div>Looks fine to me.</div><div>Please go ahead.</div></div><span "
        'id="OLK_SRC_BODY_SECTION"><div style="border-top:#b5c4df 1pt solid"><span>From: </span> '
        "Murphy<br>Date: x<br>To: Ann<br>Subject: y</div><p>old words</p><p>TAKE MI-7</p></span>"
    ),
    "gmail": (
        '<div dir="ltr"><div>Looks fine to me.</div><div>Please go ahead.</div></div><br><div '
        'class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">On Mon, Nov '
        '3, 2025 at 10:12 AM Murphy &lt;<a href="mailto:i@acme.example">i@acme.example</a>&gt; '
        'wrote:<br></div><blockquote class="gmail_quote" style="margin:0 0 0 .8ex;border-left:1px '
        '#ccc solid;padding-left:1ex"><p>old words</p><p>TAKE MI-7</p></blockquote></div>'
    ),
    "gmail old": (
        '<div dir="ltr">Looks fine to me.<br>Please go ahead.</div><div class="gmail_extra"><br>'
        '<br><div class="gmail_quote">On Mon, Nov 3, 2025 at 10:12 AM Murphy &lt;<a '
        'href="mailto:i@acme.example">i@acme.example</a>&gt; wrote:<br><blockquote '
        'class="gmail_quote"><p>old words</p><p>TAKE MI-7</p></blockquote></div><br></div>'
    ),
    "gmail sig": (
        '<div dir="ltr">Looks fine to me.<div>Please go ahead.<br clear="all"><div><br></div>'
        '<span class="gmail_signature_prefix">-- </span><br><div dir="ltr" '
        'class="gmail_signature" data-smartmail="gmail_signature">Ann<br>Acme</div></div></div>'
        '<br><div class="gmail_quote"><div class="gmail_attr">On Mon, Nov 3, 2025 at 10:12 AM '
        'Murphy &lt;<a href="mailto:i@acme.example">i@acme.example</a>&gt; wrote:<br></div>'
        '<blockquote class="gmail_quote"><p>old words</p><p>TAKE MI-7</p></blockquote></div>'
    ),
    "gmail forwarded quote no blockquote": (
        '<div dir="ltr">Looks fine to me.<br>Please go ahead.<br><br><div class="gmail_quote">'
        '<div dir="ltr" class="gmail_attr">---------- Forwarded message ---------<br>From: <b '
        'class="gmail_sendername">Murphy</b> <span dir="auto">&lt;i@acme.example&gt;</span><br>'
        "Date: Mon, Nov 3, 2025 at 10:12 AM<br>Subject: x<br>To: Ann<br></div><br><br><p>old "
        "words</p><p>TAKE MI-7</p></div></div>"
    ),
    "gmail bottom": (
        '<div dir="ltr"><div class="gmail_quote"><div class="gmail_attr">On Mon, Nov 3, 2025 at '
        '10:12 AM Murphy &lt;<a href="mailto:i@acme.example">i@acme.example</a>&gt; wrote:<br>'
        '</div><blockquote class="gmail_quote"><p>old words</p><p>TAKE MI-7</p></blockquote>'
        "</div><div><br></div><div>Looks fine to me.</div><div>Please go ahead.</div></div>"
    ),
    "gmail bottom inside gmail_quote": (
        '<div dir="ltr"><div class="gmail_quote"><div class="gmail_attr">On Mon, Nov 3, 2025 at '
        '10:12 AM Murphy &lt;<a href="mailto:i@acme.example">i@acme.example</a>&gt; wrote:<br>'
        '</div><blockquote class="gmail_quote"><p>old words</p><p>TAKE MI-7</p></blockquote><div>'
        "<br></div><div>Looks fine to me.</div><div>Please go ahead.</div></div></div>"
    ),
    "gmail mobile": (
        '<div dir="auto">Looks fine to me.<div dir="auto">Please go ahead.</div></div><br><div '
        'class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">On Mon, Nov '
        '3, 2025 at 10:12 AM Murphy &lt;<a href="mailto:i@acme.example">i@acme.example</a>&gt; '
        "wrote:<br></div><blockquote><p>old words</p><p>TAKE MI-7</p></blockquote></div>"
    ),
    "apple": (
        '<html><head><meta http-equiv="content-type"></head><body style="overflow-wrap: '
        'break-word; -webkit-nbsp-mode: space;">Looks fine to me.<div>Please go ahead.<br '
        'id="lineBreakAtBeginningOfMessage"><div><br><blockquote type="cite"><div>On 3 Nov 2025, '
        "at 10:12, Murphy &lt;i@acme.example&gt; wrote:</div><br "
        'class="Apple-interchange-newline"><div><p>old words</p><p>TAKE MI-7</p></div>'
        "</blockquote></div><br></div></body></html>"
    ),
    "iphone": (
        '<body dir="auto">Looks fine to me.<div>Please go ahead.<br><br><div dir="ltr">Sent from '
        'my iPhone</div><div dir="ltr"><br><blockquote type="cite">On 3 Nov 2025, at 10:12, '
        'Murphy &lt;i@acme.example&gt; wrote:<br><br></blockquote></div><blockquote type="cite">'
        '<div dir="ltr">\ufeff<p>old words</p><p>TAKE MI-7</p></div></blockquote></div></body>'
    ),
    "iphone sig id": (
        '<body dir="auto">Looks fine to me.<div>Please go ahead.<br><br><div '
        'id="AppleMailSignature">Ann<br>Sent from my iPhone</div><div><br>On 3 Nov 2025, at '
        '10:12, Murphy &lt;<a>i@acme.example</a>&gt; wrote:<br><br></div><blockquote type="cite">'
        "<p>old words</p><p>TAKE MI-7</p></blockquote></div>"
    ),
    "thunderbird": (
        '<body><p>Looks fine to me.<br>Please go ahead.</p><div class="moz-cite-prefix">On '
        '03/11/2025 10:12, Murphy wrote:<br></div><blockquote type="cite" cite="mid:1@x"><p>old '
        'words</p><p>TAKE MI-7</p></blockquote><div class="moz-signature">-- <br>Ann</div></body>'
    ),
    "thunderbird bottom": (
        '<div class="moz-cite-prefix">On 03/11/2025 10:12, Murphy wrote:<br></div><blockquote '
        'type="cite"><p>old words</p><p>TAKE MI-7</p></blockquote><p>Looks fine to me.<br>Please '
        "go ahead.</p>"
    ),
    "thunderbird pre sig": (
        '<p>Looks fine to me.<br>Please go ahead.</p><pre class="moz-signature" cols="72">-- \nAnn</pre>'
    ),
    "yahoo": (
        '<div class="yahoo-style-wrap"><div dir="ltr">Looks fine to me.</div><div dir="ltr">'
        'Please go ahead.</div></div><div id="yahoo_quoted_123" class="yahoo_quoted"><div '
        'style="x"><div>On Monday, November 3, 2025 at 10:12:33 AM GMT+1, Murphy &lt;'
        "i@acme.example&gt; wrote:</div><p>old words</p><p>TAKE MI-7</p></div></div>"
    ),
    "yahoo x_ ydp": (
        '<div class="ydp123yahoo-style-wrap"><div>Looks fine to me.</div><div>Please go '
        'ahead.</div></div><div id="ydp123yahoo_quoted_1" class="ydp123yahoo_quoted"><div>On '
        "Monday, November 3, 2025 at 10:12:33 AM GMT+1, Murphy &lt;i@acme.example&gt; "
        "wrote:</div><p>old words</p><p>TAKE MI-7</p></div>"
    ),
    "yahoo android": (
        "<div>Looks fine to me.</div><div>Please go ahead.</div><br><div "
        'id="ymail_android_signature"><a href="x">Sent from Yahoo Mail on Android</a></div><br>'
        '<blockquote style="margin:0 0 20px 0"><div style="font-family:Roboto">On Mon, Nov 3, '
        "2025 at 10:12, Murphy</div><div>&lt;i@acme.example&gt; wrote:</div><div><p>old words</p>"
        "<p>TAKE MI-7</p></div></blockquote>"
    ),
    "zimbra": (
        '<div style="font-family: arial"><div>Looks fine to me.</div><div>Please go ahead.</div>'
        '<div data-marker="__SIG_POST__">-- <br>Ann</div><hr id="zwchr" '
        'data-marker="__DIVIDER__"><div data-marker="__HEADERS__"><b>From: </b>"Murphy"<br><b>To: '
        "</b>a<br><b>Sent: </b>x<br><b>Subject: </b>y<br></div><div "
        'data-marker="__QUOTED_TEXT__"><p>old words</p><p>TAKE MI-7</p></div></div>'
    ),
    "zoho": (
        '<div style="font-family: Verdana"><div>Looks fine to me.</div><div>Please go '
        'ahead.</div><div><br></div><div id="Zm-_Id_-Sgn" data-zbluepencil-ignore="true">Sent '
        'using Zoho Mail</div><div class="zmail_extra" style=""><div id="Zm-_Id_-Sgn1">---- On '
        "Mon, 03 Nov 2025 10:12:33 +0100 <b>Murphy &lt;i@acme.example&gt;</b> wrote ---</div>"
        '<blockquote id="blockquote_zmail"><p>old words</p><p>TAKE MI-7</p></blockquote></div>'
        "</div>"
    ),
    "zoho hdr": (
        '<div>Looks fine to me.</div><div>Please go ahead.</div><div class="zmail_extra_hr" '
        'style="border-top: 1px solid rgb(204, 204, 204); height: 0px;"><br></div><div '
        'class="zmail_extra"><div>---- On Mon, 03 Nov 2025 10:12:33 +0100 <b>Murphy</b> wrote '
        "---</div><div><p>old words</p><p>TAKE MI-7</p></div></div>"
    ),
    "gmx": (
        '<html><head></head><body><div style="font-family: Verdana"><div>Looks fine to me.</div>'
        '<div>Please go ahead.</div><div>&nbsp;<div name="quote" style="margin:10px 5px 5px 10px; '
        'padding: 10px 0 10px 10px; border-left:2px solid #C3D9E5;"><div style="margin:0 0 10px '
        '0;"><b>Gesendet:</b>&nbsp;Montag, 03. November 2025 um 10:12 Uhr<br/><b>Von:</b>&nbsp;'
        '"Murphy"<br/><b>An:</b>&nbsp;a<br/><b>Betreff:</b>&nbsp;x</div><div '
        'name="quoted-content"><p>old words</p><p>TAKE MI-7</p></div></div></div></div></body>'
        "</html>"
    ),
    "webde sig": (
        '<div><div>Looks fine to me.</div><div>Please go ahead.</div><div class="signature">-- '
        "<br>Diese Nachricht wurde von meinem Android Mobiltelefon mit WEB.DE Mail "
        'gesendet.</div><div class="quote">Am 03.11.25, 10:12, Murphy &lt;i@acme.example&gt; '
        "schrieb:<blockquote><p>old words</p><p>TAKE MI-7</p></blockquote></div></div>"
    ),
    "mailru": (
        "<HTML><BODY><div>Looks fine to me.</div><div>Please go ahead.</div><div><br></div><div "
        'data-signature-widget="container"><div data-signature-widget="content"><div>--<br>'
        'Анна</div></div></div><blockquote style="border-left:1px solid #0857A6; margin:10px; '
        'padding:0 0 0 10px;">Понедельник, 3 ноября 2025, 10:12 +03:00 от Murphy &lt;'
        'i@acme.example&gt;:<br><div id=""><p>old words</p><p>TAKE MI-7</p></div></blockquote>'
        "</BODY></HTML>"
    ),
    "yandex": (
        "<div>Looks fine to me.</div><div>Please go ahead.</div><div> </div><div>-- <br />"
        'Анна</div><div> </div><div>03.11.2025, 10:12, "Murphy" &lt;i@acme.example&gt;:</div>'
        "<blockquote><div><p>old words</p><p>TAKE MI-7</p></div></blockquote>"
    ),
    "qq": (
        "<div>Looks fine to me.</div><div>Please go ahead.</div><div><br></div><div "
        'style="position: relative;"><div style="color:#909090;font-family:Arial Narrow;'
        'padding:2px 0 2px 0;">------------------ 原始邮件 ------------------</div><div '
        'style="font-size: 12px;background:#efefef;padding:8px;"><div><b>发件人:</b> Murphy;</div>'
        "<div><b>发送时间:</b> 2025年11月3日</div><div><b>收件人:</b> a;</div><div><b>主题:</b> x</div></div>"
        "<p>old words</p><p>TAKE MI-7</p></div>"
    ),
    "qq en": (
        '<div>Looks fine to me.</div><div>Please go ahead.</div><div style="x"><div>'
        "------------------&nbsp;Original&nbsp;------------------</div><div><div><b>From:&nbsp;"
        "</b>Murphy</div><div><b>Date:&nbsp;</b>x</div><div><b>To:&nbsp;</b>a</div><div><b>"
        "Subject:&nbsp;</b>x</div></div><p>old words</p><p>TAKE MI-7</p></div>"
    ),
    "163": (
        '<div style="line-height:1.7"><div>Looks fine to me.</div><div>Please go ahead.</div>'
        '<br/><div style="position:relative;zoom:1"></div><div id="divNeteaseMailCard"></div>'
        '<pre><br/>At 2025-11-03 10:12:33, "Murphy" &lt;i@acme.example&gt; wrote:</pre>'
        '<blockquote id="isReplyContent" style="PADDING-LEFT: 1ex; MARGIN: 0px 0px 0px 0.8ex; '
        'BORDER-LEFT: #ccc 1px solid"><p>old words</p><p>TAKE MI-7</p></blockquote></div>'
    ),
    "163 master": (
        "<div><div>Looks fine to me.</div><div>Please go ahead.</div></div><div "
        'class="ntes-mailmaster-quote"><div>---- 回复的原邮件 ----</div><table><tr><td>发件人</td><td>'
        "Murphy&lt;i@acme.example&gt;</td></tr><tr><td>日期</td><td>2025年11月3日 10:12</td></tr><tr>"
        "<td>收件人</td><td>a</td></tr><tr><td>主题</td><td>x</td></tr></table><p>old words</p><p>TAKE "
        "MI-7</p></div>"
    ),
    "samsung": (
        '<html><body><div dir="auto">Looks fine to me.</div><div dir="auto">Please go '
        'ahead.</div><div><br></div><div align="left" dir="auto" style="font-size:100%;'
        'color:#000000"><div>-------- Original message --------</div><div>From: Murphy &lt;'
        "i@acme.example&gt; </div><div>Date: 03/11/2025  10:12  (GMT+01:00) </div><div>To: a "
        "</div><div>Subject: x </div><div><br></div></div><p>old words</p><p>TAKE MI-7</p></body>"
        "</html>"
    ),
    "samsung composer sig": (
        "<div><div>Looks fine to me.</div><div>Please go ahead.</div></div><div "
        'id="composer_signature"><div style="font-size:12px">Sent from my Galaxy</div></div><div>'
        "<br></div><div>-------- Original message --------</div><div>From: Murphy</div><div>Date: "
        "x</div><div>To: a</div><div>Subject: x</div><p>old words</p><p>TAKE MI-7</p>"
    ),
    "k9": (
        '<html><body>Looks fine to me.<br>Please go ahead.<br><br><div class="gmail_quote">On 3 '
        "November 2025 10:12:33 CET, Murphy &lt;i@acme.example&gt; wrote:<blockquote "
        'class="gmail_quote" style="margin: 0pt 0pt 0pt 0.8ex;"><p>old words</p><p>TAKE MI-7</p>'
        "</blockquote></div><br>-- <br>Sent from my Android device with K-9 Mail.</body></html>"
    ),
    "k9 div": (
        "<html><body><div dir='auto'>Looks fine to me.<br>Please go ahead.</div><br><br><div "
        'class="gmail_quote"><div dir="auto">On 3 November 2025 10:12:33 CET, Murphy &lt;'
        'i@acme.example&gt; wrote:</div><blockquote class="gmail_quote"><p>old words</p><p>TAKE '
        "MI-7</p></blockquote></div></body></html>"
    ),
    "roundcube": (
        '<html><body style="font-size: 10pt"><p>Looks fine to me.<br />Please go ahead.</p><div '
        'id="signature">-- <br>Ann</div><p id="reply-intro">On 2025-11-03 10:12, Murphy '
        'wrote:</p><blockquote type="cite" style="padding: 0 0.4em; border-left: #1010ff 2px '
        'solid; margin: 0"><p>old words</p><p>TAKE MI-7</p></blockquote></body></html>'
    ),
    "horde": (
        "<p>Looks fine to me.<br>Please go ahead.</p><p>Quoting Murphy &lt;i@acme.example&gt;"
        ':</p><blockquote type="cite" style="border-left:2px solid blue"><p>old words</p><p>TAKE '
        "MI-7</p></blockquote>"
    ),
    "proton": (
        '<div style="font-family:Arial">Looks fine to me.</div><div>Please go ahead.</div><div '
        'class="protonmail_signature_block"><div class="protonmail_signature_block-user">'
        'Ann</div><div class="protonmail_signature_block-proton">Sent with <a>Proton Mail</a> '
        'secure email.</div></div><div class="protonmail_quote">On Monday, November 3rd, 2025 at '
        '10:12 AM, Murphy &lt;i@acme.example&gt; wrote:<br><blockquote class="protonmail_quote" '
        'type="cite"><p>old words</p><p>TAKE MI-7</p></blockquote></div>'
    ),
    "notes": (
        '<span style="font-family:sans-serif">Looks fine to me.</span><br><span>Please go '
        'ahead.</span><br><br><br><br><span style="font-size:9pt;color:#5f5f5f">From: &nbsp; '
        '&nbsp; &nbsp; &nbsp;</span><span>"Murphy" &lt;i@acme.example&gt;</span><br><span>To: '
        "&nbsp; &nbsp; &nbsp; &nbsp;</span><span>a</span><br><span>Date: &nbsp; &nbsp; &nbsp; "
        "&nbsp;</span><span>03/11/2025 10:12</span><br><span>Subject: &nbsp; &nbsp; &nbsp; &nbsp;"
        "</span><span>x</span><br><hr noshade><br><br><p>old words</p><p>TAKE MI-7</p>"
    ),
    "notes table": (
        '<font size=2 face="sans-serif">Looks fine to me.</font><br><font>Please go ahead.</font>'
        '<br><br><table width=100%><tr valign=top><td width=40%><font size=1 face="sans-serif">'
        "<b>Murphy &lt;i@acme.example&gt;</b></font><p><font size=1>03/11/2025 10:12</font><td "
        "width=59%><table width=100%><tr><td><div align=right><font>To</font></div><td><font>"
        "a</font><tr><td><div align=right><font>cc</font></div><td><tr><td><div align=right>"
        "<font>Subject</font></div><td><font>x</font></table></table><br><p>old words</p><p>TAKE "
        "MI-7</p>"
    ),
    "hcl blockquote": (
        "<div><div>Looks fine to me.</div><div>Please go ahead.</div></div><br><br><div "
        'style="color:#990099;padding-left:5px">-----"Murphy" &lt;i@acme.example&gt; wrote: '
        '-----</div><blockquote style="border-left:solid 2px"><p>old words</p><p>TAKE MI-7</p>'
        "</blockquote>"
    ),
    "hcl inline": (
        '<div dir="ltr"><div>Looks fine to me.</div><div>Please go ahead.</div><br><br>'
        "-----Murphy/HQ/Acme wrote: -----<br>To: a<br>From: Murphy/HQ/Acme<br>Date: 03/11/2025 "
        "10:12<br>Subject: x<br><br><p>old words</p><p>TAKE MI-7</p></div>"
    ),
    "win mail": (
        '<div data-externalstyle="false" dir="ltr" style="font-family:Calibri"><div>Looks fine to '
        "me.</div><div>Please go ahead.</div><div>Sent from Windows Mail</div><div "
        'style="padding-top: 5px; border-top-color: rgb(229, 229, 229); border-top-width: 1px; '
        'border-top-style: solid;"><div><font><b>From:</b>&nbsp;<a>Murphy</a><br><b>Sent:</b>'
        "&nbsp;Monday<br><b>To:</b>&nbsp;a</font></div></div><div><p>old words</p><p>TAKE "
        "MI-7</p></div></div>"
    ),
    "win10 mail": (
        "<p class=MsoNormal>Looks fine to me.<o:p></o:p></p><p class=MsoNormal>Please go "
        "ahead.<o:p></o:p></p><p class=MsoNormal>Sent from <a "
        'href="https://go.microsoft.com/fwlink/?LinkId=550986">Mail</a> for Windows 10</p><div '
        'style="mso-element:para-border-div;border:none;border-top:solid #E1E1E1 1.0pt;'
        'padding:3.0pt 0in 0in 0in"><p class=MsoNormal style="border:none;padding:0in"><b>From: '
        '</b><a href="mailto:i@acme.example">Murphy</a><br><b>Sent: </b>Monday, November 3, 2025 '
        "10:12 AM<br><b>To: </b>a<br><b>Subject: </b>x</p></div><p>old words</p><p>TAKE MI-7</p>"
    ),
    "spark": (
        '<div name="messageBodySection"><div dir="auto">Looks fine to me.<br />Please go '
        'ahead.</div></div><div name="messageSignatureSection"><br />Ann</div><div '
        'name="messageReplySection">On Nov 3, 2025, 10:12 +0100, Murphy &lt;i@acme.example&gt;, '
        'wrote:<br /><blockquote type="cite" class="spark_quote"><p>old words</p><p>TAKE MI-7</p>'
        "</blockquote></div>"
    ),
    "superhuman": (
        '<div>Looks fine to me.</div><div>Please go ahead.</div><div class="gmail_signature">'
        'Ann</div><br><div class="gmail_quote">On Mon, Nov 03, 2025 at 10:12 AM, Murphy <span>'
        '&lt;i@acme.example&gt;</span> wrote:<br><blockquote class="gmail_quote sh-color-black">'
        "<p>old words</p><p>TAKE MI-7</p></blockquote></div>"
    ),
    "airmail": (
        '<div id="bloop_customfont">Looks fine to me.</div><div id="bloop_customfont">Please go '
        'ahead.</div><br><div class="bloop_sign" id="bloop_sign_1">Ann</div><br><p '
        'class="airmail_on">On November 3, 2025 at 10:12:33, Murphy (<a>i@acme.example</a>) '
        'wrote:</p><blockquote type="cite" class="clean_bq"><p>old words</p><p>TAKE MI-7</p>'
        "</blockquote>"
    ),
    "mailspring": (
        '<div>Looks fine to me.<br>Please go ahead.</div><signature id="1">Sent from '
        'Mailspring</signature><div class="gmail_quote_attribution">On Nov 3 2025, at 10:12 am, '
        'Murphy &lt;i@acme.example&gt; wrote:</div><blockquote class="gmail_quote"><p>old '
        "words</p><p>TAKE MI-7</p></blockquote>"
    ),
    "front": (
        '<div>Looks fine to me.</div><div>Please go ahead.</div><div class="front-signature">'
        'Ann</div><div class="front-blockquote-wrapper">On November 3, 2025 at 10:12 AM GMT+1 <a>'
        'i@acme.example</a> wrote:<br><blockquote type="cite" class="front-blockquote"><p>old '
        "words</p><p>TAKE MI-7</p></blockquote></div>"
    ),
    "tutanota": (
        "<div>Looks fine to me.</div><div>Please go ahead.</div><div>3 Nov 2025, 10:12 by "
        'i@acme.example:<br></div><blockquote class="tutanota_quote"><p>old words</p><p>TAKE '
        "MI-7</p></blockquote>"
    ),
    "hey": (
        '<div class="trix-content"><div>Looks fine to me.<br>Please go ahead.</div></div><div>'
        "<br>On November 3, 2025, Murphy &lt;i@acme.example&gt; wrote:</div><blockquote><p>old "
        "words</p><p>TAKE MI-7</p></blockquote>"
    ),
    "fastmail": (
        '<div>Looks fine to me.</div><div>Please go ahead.</div><div><br></div><div id="sig1">'
        '<div class="signature">--</div><div class="signature">Ann</div></div><div><br></div>'
        '<div>On Mon, 3 Nov 2025, at 10:12 AM, Murphy wrote:</div><blockquote type="cite" id="qt" '
        'style=""><p>old words</p><p>TAKE MI-7</p></blockquote>'
    ),
    "icloud web": (
        "<div>Looks fine to me.</div><div>Please go ahead.</div><div><br></div><blockquote "
        'type="cite"><div>On Nov 3, 2025, at 10:12 AM, Murphy &lt;i@acme.example&gt; wrote:</div>'
        "<p>old words</p><p>TAKE MI-7</p></blockquote>"
    ),
    "aol": (
        '<div style="color:black">Looks fine to me.<br>Please go ahead.<br><br><div '
        'style="font-family:helvetica">-----Original Message-----<br>From: Murphy &lt;'
        "i@acme.example&gt;<br>To: a<br>Sent: Mon, Nov 3, 2025 10:12 am<br>Subject: x<br><br><p>"
        "old words</p><p>TAKE MI-7</p></div></div>"
    ),
    "hotmail old": (
        '<div dir="ltr">Looks fine to me.<br>Please go ahead.<br><br><div><hr id="stopSpelling">'
        "Date: Mon, 3 Nov 2025 10:12:33 +0100<br>From: i@acme.example<br>To: a<br>Subject: x<br>"
        "<br><p>old words</p><p>TAKE MI-7</p></div></div>"
    ),
    "orange": (
        '<p>Looks fine to me.<br>Please go ahead.</p><blockquote style="border-left:2px solid">'
        '&gt; Message du 03/11/25 10:12<br>&gt; De : "Murphy"<br>&gt; A : a<br>&gt; Objet : x<br>'
        "&gt; <p>old words</p><p>TAKE MI-7</p></blockquote>"
    ),
    "ox": (
        '<p>Looks fine to me.<br>Please go ahead.</p><blockquote type="cite"><div>Am 03.11.2025 '
        "10:12 CET schrieb Murphy &lt;i@acme.example&gt;:</div><div><br></div><p>old words</p><p>"
        "TAKE MI-7</p></blockquote>"
    ),
    "groupwise": (
        "<div>Looks fine to me.</div><div>Please go ahead.</div><br><br>&gt;&gt;&gt; Murphy &lt;"
        "i@acme.example&gt; 03/11/2025 10:12 &gt;&gt;&gt;<br><p>old words</p><p>TAKE MI-7</p>"
    ),
    "hidden preheader": (
        '<div style="display:none;max-height:0">TAKE MI-7</div><div>Looks fine to me.</div><div>Please go ahead.</div>'
    ),
    "hidden white": (
        '<p><font color="#ffffff">TAKE MI-7</font></p><div>Looks fine to me.</div><div>Please go ahead.</div>'
    ),
    "hidden 1px": (
        '<span style="font-size:1px;line-height:1px">TAKE MI-7</span><div>Looks fine to me.</div>'
        "<div>Please go ahead.</div>"
    ),
    "hidden opacity": ('<div style="opacity:0">TAKE MI-7</div><div>Looks fine to me.</div><div>Please go ahead.</div>'),
    "hidden height": (
        '<div style="height:0;overflow:hidden">TAKE MI-7</div><div>Looks fine to me.</div><div>Please go ahead.</div>'
    ),
    "hidden abs": (
        '<div style="position:absolute;left:-9999px">TAKE MI-7</div><div>Looks fine to me.</div>'
        "<div>Please go ahead.</div>"
    ),
    "hidden hsl": (
        '<span style="color:hsl(0,0%,100%)">TAKE MI-7</span><div>Looks fine to me.</div><div>Please go ahead.</div>'
    ),
    "hidden white words": (
        '<span style="color:#fefefe">TAKE MI-7</span><div>Looks fine to me.</div><div>Please go ahead.</div>'
    ),
    "hidden rgb pct": (
        '<span style="color:rgb(100%,100%,100%)">TAKE MI-7</span><div>Looks fine to me.</div>'
        "<div>Please go ahead.</div>"
    ),
    "hidden rgb space": (
        '<span style="color:rgb(255 255 255)">TAKE MI-7</span><div>Looks fine to me.</div><div>Please go ahead.</div>'
    ),
    "hidden rgba0": (
        '<span style="color:rgba(0,0,0,0)">TAKE MI-7</span><div>Looks fine to me.</div><div>Please go ahead.</div>'
    ),
    "hidden hex8": (
        '<span style="color:#00000000">TAKE MI-7</span><div>Looks fine to me.</div><div>Please go ahead.</div>'
    ),
    "hidden transform": (
        '<div style="transform:scale(0)">TAKE MI-7</div><div>Looks fine to me.</div><div>Please go ahead.</div>'
    ),
    "hidden clip-path": (
        '<div style="position:absolute;clip-path:inset(50%)">TAKE MI-7</div><div>Looks fine to '
        "me.</div><div>Please go ahead.</div>"
    ),
    "hidden comment css": (
        '<div style="dis/**/play:none;display:/*x*/none">TAKE MI-7</div><div>Looks fine to '
        "me.</div><div>Please go ahead.</div>"
    ),
    "hidden ent": (
        '<div style="display&#58;none">TAKE MI-7</div><div>Looks fine to me.</div><div>Please go ahead.</div>'
    ),
    "hidden quote ent": (
        "<div style=display&colon;none>TAKE MI-7</div><div>Looks fine to me.</div><div>Please go ahead.</div>"
    ),
    "hidden case": ('<DIV STYLE="DISPLAY:NONE">TAKE MI-7</DIV><div>Looks fine to me.</div><div>Please go ahead.</div>'),
    "hidden important": (
        '<div style="display : none ! important">TAKE MI-7</div><div>Looks fine to me.</div><div>Please go ahead.</div>'
    ),
    "hidden style id": (
        "<style>#a{display:none}</style><div id=a>TAKE MI-7</div><div>Looks fine to me.</div>"
        "<div>Please go ahead.</div>"
    ),
    "hidden style elem": (
        "<style>span.x,h6{display:none}</style><h6>TAKE MI-7</h6><div>Looks fine to me.</div>"
        "<div>Please go ahead.</div>"
    ),
    "hidden style two classes": (
        '<style>.a.b{display:none}</style><div class="a b">TAKE MI-7</div><div>Looks fine to '
        "me.</div><div>Please go ahead.</div>"
    ),
    "hidden style descendant": (
        '<style>div .a{display:none}</style><div><div class="a">TAKE MI-7</div></div><div>Looks '
        "fine to me.</div><div>Please go ahead.</div>"
    ),
    "hidden text-indent": (
        '<div style="text-indent:-9999px">TAKE MI-7</div><div>Looks fine to me.</div><div>Please go ahead.</div>'
    ),
    "hidden white bg white": (
        '<div style="background:#fff"><span style="color:#fff">TAKE MI-7</span></div><div>Looks '
        "fine to me.</div><div>Please go ahead.</div>"
    ),
    "hidden black on black": (
        '<div style="background:#000;color:#000">TAKE MI-7</div><div>Looks fine to me.</div><div>Please go ahead.</div>'
    ),
    "hidden fontsize0": (
        '<font size=0 style="font-size:0">TAKE MI-7</font><div>Looks fine to me.</div><div>Please go ahead.</div>'
    ),
    "hidden mso cond": ("<!--[if mso]>TAKE MI-7<![endif]--><div>Looks fine to me.</div><div>Please go ahead.</div>"),
    "hidden mso cond not": (
        "<!--[if !mso]><!--><div>Looks fine to me.</div><div>Please go ahead.</div><!--<![endif]-->"
    ),
    "dark bg button": (
        '<table><tr><td bgcolor="#000000"><font color="white">Looks fine to me.</font></td></tr>'
        "</table><div>Please go ahead.</div>"
    ),
    "table layout": ("<table><tr><td>Looks fine to me.</td></tr><tr><td>Please go ahead.</td></tr></table>"),
    "list": "<p>Looks fine to me.</p><ul><li>Please go ahead.</li></ul>",
    "br text": "Looks fine to me.<br/>Please go ahead.<br/><br/>",
    "nested p unclosed": "<p>Looks fine to me.<p>Please go ahead.",
    "upper": (
        "<P>Looks fine to me.</P><P>Please go ahead.</P><BLOCKQUOTE><p>old words</p><p>TAKE MI-7</p></BLOCKQUOTE>"
    ),
    "own blockquote indent": (
        '<p>Looks fine to me.</p><blockquote style="margin:0 0 0 40px;border:none;padding:0px">'
        "<div>Please go ahead.</div></blockquote>"
    ),
    "from block in div no hr": (
        "<div>Looks fine to me.</div><div>Please go ahead.</div><div><br></div><div><b>From:</b> "
        "Murphy &lt;i@acme.example&gt;<br><b>Sent:</b> Monday, November 3, 2025 10:12 AM<br><b>"
        "To:</b> Ann &lt;a@acme.example&gt;<br><b>Subject:</b> MI-7</div><div><p>old words</p><p>"
        "TAKE MI-7</p></div>"
    ),
    "from block in table": (
        "<div>Looks fine to me.</div><div>Please go ahead.</div><table><tr><td><b>From:</b></td>"
        "<td>Murphy</td></tr><tr><td><b>Sent:</b></td><td>Monday 3 November 2025</td></tr><tr>"
        "<td><b>To:</b></td><td>a</td></tr><tr><td><b>Subject:</b></td><td>x</td></tr></table><p>"
        "old words</p><p>TAKE MI-7</p>"
    ),
    "from block wrapped spans": (
        "<div>Looks fine to me.</div><div>Please go ahead.</div><p><b>From:</b>\n Murphy &lt;"
        "i@acme.example&gt;\n<br>\n<b>Sent:</b>\n Monday<br><b>To:</b> a<br><b>Subject:</b> x</p><p>"
        "old words</p><p>TAKE MI-7</p>"
    ),
    "outlook fr": (
        "<div class=WordSection1><p class=MsoNormal>Looks fine to me.<o:p></o:p></p><p "
        'class=MsoNormal>Please go ahead.<o:p></o:p></p><div style="border:none;border-top:solid '
        '#E1E1E1 1.0pt"><p class=MsoNormal><b>De&nbsp;:</b> Murphy &lt;i@acme.example&gt; <br><b>'
        "Envoyé&nbsp;:</b> lundi 3 novembre 2025 10:12<br><b>À&nbsp;:</b> a<br><b>Objet&nbsp;"
        ":</b> x</p></div><p>old words</p><p>TAKE MI-7</p></div>"
    ),
    "attr split over elements": (
        "<div>Looks fine to me.</div><div>Please go ahead.</div><div><br></div><div>On Mon, Nov "
        "3, 2025 at 10:12 AM</div><div>Murphy &lt;i@acme.example&gt;</div><div>wrote:</div>"
        "<blockquote><p>old words</p><p>TAKE MI-7</p></blockquote>"
    ),
    "banner html": (
        '<div style="background:#ffeb9c;border:1px solid #9c6500;padding:2pt"><p><span>'
        "CAUTION:</span> This email originated from outside of the organization. Do not click "
        "links.</p></div><div>Looks fine to me.</div><div>Please go ahead.</div>"
    ),
    "banner table": (
        '<table><tr><td>You don\'t often get email from a@acme.example. <a href="x">Learn why this '
        "is important</a></td></tr></table><div>Looks fine to me.</div><div>Please go "
        "ahead.</div>"
    ),
    "calendar pixel": (
        '<div>Looks fine to me.</div><div>Please go ahead.</div><img src="x" width=1 height=1 alt="TAKE MI-7">'
    ),
}

OTHER_WORDS = {
    "gmail inline in quote": (
        (
            '<div dir="ltr"><div class="gmail_quote"><div class="gmail_attr">On Mon, Nov 3, 2025 at '
            '10:12 AM Murphy &lt;<a href="mailto:i@acme.example">i@acme.example</a>&gt; wrote:<br>'
            '</div><blockquote class="gmail_quote"><p>one?</p></blockquote><div>Yes.</div><blockquote '
            'class="gmail_quote"><p>two?</p></blockquote><div>No.</div></div></div>'
        ),
        "Yes.\nNo.",
    ),
    "foxmail": (
        (
            '<div>Looks fine to me.</div><div>Please go ahead.</div><div><br></div><hr style="width: '
            '210px; height: 1px;" color="#b5c4df" size="1" align="left"><div><span><div '
            'style="MARGIN: 10px;">ann@acme.example</div></span></div><blockquote style="margin-Top: '
            '0px; margin-Bottom: 0px; margin-Left: 0.5em; margin-Right: inherit"><div>&nbsp;</div>'
            '<div style="border:none;border-top:solid #B5C4DF 1.0pt;padding:3.0pt 0cm 0cm 0cm"><div>'
            "<b>From:</b>&nbsp;Murphy</div><div><b>Date:</b>&nbsp;x</div><div><b>To:</b>&nbsp;a</div>"
            "<div><b>Subject:</b>&nbsp;x</div></div><p>old words</p><p>TAKE MI-7</p></blockquote>"
        ),
        "Looks fine to me.\nPlease go ahead.\nann@acme.example",
    ),
}
