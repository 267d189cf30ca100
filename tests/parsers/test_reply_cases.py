"""Replies that no client's habit explains: what is kept, what is sure, and what may go to the public."""

import textwrap

import pytest

from parsers.email import parse_email
from parsers.types import Inbound
from tests.parsers.mails.clients import mail


def read(text: str, kind: str = "text/plain") -> Inbound:
    return parse_email(mail((kind, textwrap.dedent(text).strip("\n"))))


VISIBLE = {
    "a lone word": ("ACCEPT", "ACCEPT"),
    "a greeting, words and a typed farewell are the person's": (
        """
        Hi,

        I accept this one.

        Thanks,
        Ann
        """,
        "Hi,\n\nI accept this one.\n\nThanks,\nAnn",
    ),
    "an attribution wrapped in the middle of the address": (
        """
        ACCEPT

        On Mon, Mar 3, 2025 at 9:59 AM Murphy of Acme Major Incidents <
        incidents@acme.example> wrote:

        > REJECT
        """,
        "ACCEPT",
    ),
    "an attribution over four lines": (
        """
        ACCEPT
        On Monday, the 3rd of March 2025 at 09:59, Murphy of the
        Major Incident Management team of Acme Retail International
        Limited <incidents@acme.example>
        wrote:
        > REJECT
        """,
        "ACCEPT",
    ),
    "a sentence that begins as an attribution does is kept": (
        """
        On it. On Monday we had the same at 10:30, Jan wrote a note about it.
        ACCEPT

        On 03/03/2025 09:59, Murphy wrote:
        > REJECT
        """,
        "On it. On Monday we had the same at 10:30, Jan wrote a note about it.\nACCEPT",
    ),
    "words directly above a wrapped attribution are not part of it": (
        """
        On it.
        On Mon, Mar 3, 2025 at 9:59 AM Murphy <incidents@acme.example>
        wrote:
        > REJECT
        """,
        "On it.",
    ),
    "a word with a colon before a list is kept": (
        """
        UPDATE two things:
        1. mail is back
        2. calendar at 10:30
        """,
        "UPDATE two things:\n1. mail is back\n2. calendar at 10:30",
    ),
    "labels of a proposal are no header block": (
        """
        Service: Email
        Impact: nobody can mail
        Confidential: yes
        From: the Ghent office
        """,
        "Service: Email\nImpact: nobody can mail\nConfidential: yes\nFrom: the Ghent office",
    ),
    "a sentence that begins with 'sent from' is kept": (
        """
        UPDATE orders are late.
        Sent from Ghent yesterday, they got stuck. Who knows more?
        """,
        "UPDATE orders are late.\nSent from Ghent yesterday, they got stuck. Who knows more?",
    ),
    "a phone's line above words that follow": (
        """
        Sent from my iPhone

        ACCEPT
        """,
        "ACCEPT",
    ),
    "a disclaimer below the words": (
        """
        REJECT not ours

        This e-mail and any attachments are confidential and intended solely for
        the addressee. If you ACCEPT it by mistake, delete it.
        """,
        "REJECT not ours",
    ),
    "a disclaimer in a language of its own": (
        """
        ACCEPT

        Diese E-Mail enthält vertrauliche Informationen.
        """,
        "ACCEPT",
    ),
    "a drawn line and a list server's footer": (
        """
        ACCEPT
        _______________________________________________
        Incidents mailing list
        https://lists.acme.example/incidents
        """,
        "ACCEPT",
    ),
    "a forwarded message below": (
        """
        See below, it happened again.

        ---------- Forwarded message ---------
        From: Bob <bob@acme.example>
        Date: Mon, 3 Mar 2025 at 09:59
        Subject: no mail
        To: Ann <ann@acme.example>

        ACCEPT
        """,
        "See below, it happened again.",
    ),
    "Apple's forwarded message": (
        """
        FYI

        Begin forwarded message:

        From: Bob <bob@acme.example>
        Subject: no mail
        Date: 3 March 2025 at 09:59:00 CET
        To: ann@acme.example

        ACCEPT
        """,
        "FYI",
    ),
    "Notes in one line": (
        """
        ACCEPT

        Murphy---03/03/2025 09:59:11---REJECT or ACCEPT it

        From: Murphy/HQ/Acme
        """,
        "ACCEPT",
    ),
    "Zoho's dashes around the attribution": (
        """
        ACCEPT


        ---- On Mon, 03 Mar 2025 09:59:00 +0100 Murphy <incidents@acme.example> wrote ----

         REJECT
        """,
        "ACCEPT",
    ),
    "an old Yahoo's dashes before the attribution": (
        """
        ACCEPT

        --- On Mon, 3/3/25, Murphy <incidents@acme.example> wrote:

        From: Murphy <incidents@acme.example>
        Subject: REJECT
        """,
        "ACCEPT",
    ),
    "Samsung's original message": (
        """
        ACCEPT


        Sent from my Galaxy


        -------- Original message --------
        From: Murphy <incidents@acme.example>
        Date: 3/3/25 09:59 (GMT+01:00)
        To: ann@acme.example
        Subject: MI-7

        REJECT
        """,
        "ACCEPT",
    ),
    "QQ's original message": (
        """
        接受


        ------------------ 原始邮件 ------------------
        发件人: "Murphy" <incidents@acme.example>;
        发送时间: 2025年3月3日(星期一) 上午9:59
        收件人: "ann"<ann@acme.example>;
        主题: MI-7

        REJECT
        """,
        "接受",
    ),
    "initials before the quote marks": (
        """
        M> REJECT
        M> TAKE

        ACCEPT
        """,
        "ACCEPT",
    ),
    "drawn lines that part the person's own words": (
        """
        UPDATE mail

        Summary
        -------
        It is back.
        ----------
        """,
        "UPDATE mail\n\nSummary\n-------\nIt is back.",
    ),
    "news that begins as a legal notice does": (
        "UPDATE\nThis communication is down.\nThis transmission line as well.",
        "UPDATE\nThis communication is down.\nThis transmission line as well.",
    ),
    "news that begins as a banner does": (
        "External email is down.\nCaution: this takes hours.",
        "External email is down.\nCaution: this takes hours.",
    ),
    "news that begins as a phone's line does": (
        "NOTE the disk\nSent by courier yesterday\nSent via Antwerp",
        "NOTE the disk\nSent by courier yesterday\nSent via Antwerp",
    ),
    "names under a drawn line": ("ACCEPT\n\n---\nAnn Berg\nHead of Operations", "ACCEPT"),
    "words that quote a machine": (
        "Hello,\n\nthe printer said:\n\n> PC LOAD LETTER\n\nWhat is it?",
        "Hello,\n\nthe printer said:\n\nWhat is it?",
    ),
    "a name after a dash": ("ACCEPT\n\n-Ann Berg", "ACCEPT"),
    "a list with dashes": ("UPDATE\n- mail is back\n- Calendar", "UPDATE\n- mail is back\n- Calendar"),
    "a date, a name and no word for wrote": (
        """
        ACCEPT

        2025-03-03 9:59 GMT+01:00 Murphy <
        incidents@acme.example>:

        > REJECT
        """,
        "ACCEPT",
    ),
    "a language that is not in the tables": (
        """
        ACCEPT

        Vào 09:59 3 tháng 3, 2025, Murphy <incidents@acme.example> đã viết:

        > REJECT
        """,
        "ACCEPT",
    ),
    "an Outlook block in bold under a drawn line": (
        """
        ACCEPT


        ------------------------------
        *From:* Murphy [mailto:incidents@acme.example]
        *Sent:* Monday, March 3, 2025 9:59 AM
        *To:* Ann
        *Subject:* REJECT

        TAKE
        """,
        "ACCEPT",
    ),
    "a gateway's banner above": (
        """
        CAUTION: This email originated from outside of the organization. Do not
        click links or open attachments unless you recognize the sender.

        ACCEPT
        """,
        "ACCEPT",
    ),
    "a short banner above": ("[EXTERNAL]\nACCEPT", "ACCEPT"),
    "Outlook's tip above": (
        "You don't often get email from ann@acme.example. Learn why this is important\n\nACCEPT",
        "ACCEPT",
    ),
    "a folded quotation": ("ACCEPT\n\n[Quoted text hidden]", "ACCEPT"),
    "a table": ("UPDATE\n| service | state |\n| mail | back |", "UPDATE\n| service | state |\n| mail | back |"),
    "a bridge that is given": (
        "BRIDGE the new one:\n\nLink: https://meet.acme.example/x\nDial: +32 2 555 12 34",
        "BRIDGE the new one:\n\nLink: https://meet.acme.example/x\nDial: +32 2 555 12 34",
    ),
    "a typed farewell with a long signature": (
        "ACCEPT\n\nKind regards,\n\nAnn Berg\nHead of Operations\nAcme Retail",
        "ACCEPT",
    ),
    "an attribution of Horde": ("Quoting Murphy <m@acme.example>:\n\n> REJECT\n\nACCEPT", "ACCEPT"),
    "an attribution of a newsreader": (
        "In article <1@acme.example>, Murphy <m@acme.example>\nwrote:\n> REJECT\n\nACCEPT",
        "ACCEPT",
    ),
    "an attribution without a date": ("Murphy writes:\n> REJECT\nACCEPT", "ACCEPT"),
    "a French sentence with a word for wrote": (
        "UPDATE\nLe serveur de messagerie du siège a de nouveau écrit ceci à 10:30:\nno space left",
        "UPDATE\nLe serveur de messagerie du siège a de nouveau écrit ceci à 10:30:\nno space left",
    ),
    "Notes's forward": (
        "FYI\n----- Forwarded by Ann Berg/HQ/Acme on 03/03/2025 10:00 AM -----\n\nACCEPT",
        "FYI",
    ),
    "an advertisement under a drawn line": (
        f"ACCEPT\n\n{'-' * 60}\nThis mail is sponsored by nobody.\nhttp://ads.example/",
        "ACCEPT",
    ),
    "a contact block without a farewell": (
        """
        ACCEPT

        Ann Berg
        Head of Operations
        Tel: +32 2 555 12 34
        ann@acme.example
        """,
        "ACCEPT",
    ),
    "a phone number that was asked for is kept": (
        """
        BRIDGE https://meet.acme.example/x
        Dial +32 2 555 12 34 and ask for Ann, PIN 1234.
        """,
        "BRIDGE https://meet.acme.example/x\nDial +32 2 555 12 34 and ask for Ann, PIN 1234.",
    ),
    "an Outlook block with the date first": (
        """
        ACCEPT

        Sent: Monday, March 3, 2025 9:59 AM
        From: Murphy
        To: Ann Berg
        Subject: REJECT
        """,
        "ACCEPT",
    ),
    "a block whose recipients go over several lines": (
        """
        ACCEPT

        From: Murphy
        Sent: Monday, March 3, 2025 9:59 AM
        To: Ann Berg; Bob Carlier; Chris Dewit; Dirk Evers; Els Faes; Frank
        Gorissen; Hanne Ickx
        Cc: Jan Kerkhof
        Subject: MI-7

        REJECT
        """,
        "ACCEPT",
    ),
}


@pytest.mark.parametrize(("text", "visible"), VISIBLE.values(), ids=VISIBLE.keys())
def test_what_the_person_wrote(text: str, visible: str) -> None:
    inbound = read(text)
    assert inbound.visible_text == visible
    assert inbound.deciding_line == visible.split("\n", maxsplit=1)[0]
    assert inbound.sure


UNSURE = {
    "the second half of a quoted line that a careless program wrapped": """
        > Dear managers, an incident was proposed, please answer this with a clear
        ACCEPT
        """,
    "an attribution with unmarked lines under it, and nothing above": """
        On Mon, Mar 3, 2025 at 9:59 AM Murphy <incidents@acme.example> wrote:

        ACCEPT or REJECT
        """,
    "a header block with nothing above": """
        From: Murphy <incidents@acme.example>
        Sent: Monday, March 3, 2025 9:59 AM
        To: Ann
        Subject: MI-7

        ACCEPT
        """,
    "a forwarded message with nothing above": """
        ---------- Forwarded message ---------
        From: Bob <bob@acme.example>
        Date: Mon, 3 Mar 2025 at 09:59
        Subject: no mail
        To: Ann <ann@acme.example>

        ACCEPT
        """,
    "an attribution in an unknown language whose name is a verb": """
        ACCEPT <evil@acme.example> ghi ngày 03/03/2025 09:59:

        > words
        """,
    "an unknown attribution with a verb first": """
        ACCEPT MI-7 kirjutas:
        > words
        """,
}


@pytest.mark.parametrize("text", UNSURE.values(), ids=UNSURE.keys())
def test_a_line_that_may_be_a_quotation_is_not_sure(text: str) -> None:
    inbound = read(text)
    assert not inbound.sure
    assert not inbound.public_sure


PUBLIC = {
    "one line": ("UPDATE mail is back", "UPDATE mail is back", True),
    "two paragraphs": (
        "UPDATE mail is back.\n\nCalendars follow at 10:30, we think.",
        "UPDATE mail is back.\n\nCalendars follow at 10:30, we think.",
        True,
    ),
    "up to the standard's signature mark": (
        "UPDATE mail is back\n-- \nAnn\n+32 2 555 12 34",
        "UPDATE mail is back",
        True,
    ),
    "up to the phone's line": ("UPDATE mail is back\n\nSent from my iPhone", "UPDATE mail is back", True),
    "up to a quotation": (
        "UPDATE mail is back\n\nOn 03/03/2025 09:59, Murphy wrote:\n> secret",
        "UPDATE mail is back",
        True,
    ),
    "a farewell is a guess": ("UPDATE mail is back\n\nKind regards\nAnn", "UPDATE mail is back", False),
    "a name is a guess": ("UPDATE mail is back\n\nAnn Berg\nHead of Operations", "UPDATE mail is back", False),
    "a contact block is a guess": (
        "UPDATE mail is back\n\nAnn Berg\nTel: +32 2 555 12 34",
        "UPDATE mail is back",
        False,
    ),
    "a disclaimer is a guess": ("UPDATE mail is back\n\nThis email is confidential.", "UPDATE mail is back", False),
    "a drawn line is a guess": ("UPDATE mail is back\n***\nmore of it", "UPDATE mail is back", False),
    "words below a quotation are in doubt": (
        "UPDATE mail is back\n\n> quoted\n\nand more",
        "UPDATE mail is back",
        False,
    ),
    "an older message in an unknown language": (
        "UPDATE mail is back\n\nBob <bob@acme.example> ghi ngày 03/03/2025 09:59:\nsecret",
        "UPDATE mail is back",
        False,
    ),
    "a sentence that looks like an attribution": (
        "UPDATE mail is back\nLe 3/03 à 10:30 j'ai écrit au fournisseur:\nplease hurry",
        "UPDATE mail is back",
        False,
    ),
    "an original message's line in an unknown language": (
        "UPDATE mail is back\n\n-----Eredeti üzenet-----\nsecret",
        "UPDATE mail is back",
        False,
    ),
    "a header block in an unknown language": (
        "UPDATE mail is back\n\nFeladó: Bob <bob@acme.example>\nElküldve: 2025. március 3. 9:59\n"
        "Címzett: Ann\nTárgy: x\n\nsecret",
        "UPDATE mail is back",
        False,
    ),
    "below a quotation": ("> UPDATE or RESOLVE?\n\nUPDATE mail is back", "UPDATE mail is back", True),
}


@pytest.mark.parametrize(("text", "public", "sure"), PUBLIC.values(), ids=PUBLIC.keys())
def test_what_may_be_sent_on(text: str, public: str, sure: bool) -> None:
    inbound = read(text)
    assert (inbound.public_text, inbound.public_sure) == (public, sure)
