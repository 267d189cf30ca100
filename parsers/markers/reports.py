"""How delivery reports that follow no standard are known, in lower case."""

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
