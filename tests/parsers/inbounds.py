"""Messages as the parsers of mail and texts hand them over, for tests of what comes after."""

from dataclasses import replace

from parsers.types import Address, Inbound, Medium

_WRITER = Address("Jan Peeters", "jan@acme.example")


def mail(text: str, **changes: object) -> Inbound:
    """A plain mail whose visible text is all that there is; `changes` are fields that differ."""
    visible = text.strip()
    inbound = Inbound(
        medium=Medium.EMAIL,
        sender=_WRITER,
        senders=(_WRITER,),
        recipients=(),
        subject="",
        text=text,
        visible_text=visible,
        deciding_line=visible.partition("\n")[0].strip(),
        sure=True,
        public_text=visible,
        public_sure=True,
        message_id="1@acme.example",
        references=(),
        date=None,
        automatic=None,
        authentication_results=(),
        attachments=(),
        fingerprint="",
        faults=(),
    )
    return replace(inbound, **changes)  # type: ignore[arg-type]
