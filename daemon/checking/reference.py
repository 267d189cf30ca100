"""docs/check.md, generated from the tables: `python -m daemon.checking.reference > docs/check.md`."""

import sys
from collections.abc import Iterable, Iterator

from daemon.checking.rules import RULES

HEAD = """\
# `murphyd check`

Says what is wrong or weak, one line each: how severe, where, what, and the cure. Run it after every change of the
configuration, and from time to time: numbers, certificates and disks change by themselves.

```sh
murphyd check                 # connects and logs in everywhere as well; sends nothing to anybody
murphyd check --offline       # the files and this machine only
murphyd check --json          # one JSON document: findings and connections
```

| exit | means |
| --- | --- |
| 0 | fine |
| 1 | weaknesses: it works, until something fails |
| 2 | faults: something does not work, or the folder cannot be used |

Faults of the files themselves (an unknown key, a name that is nobody's, a template that fails, a carrier's word as a
verb) are described where the keys are: [Configuration](configuration.md) and [Messages](messages.md). While there are
any, nothing else is looked for. Colours are for terminals, and not where `NO_COLOR` is set.

This page is generated: `python -m daemon.checking.reference`.

## Weaknesses of the configuration
"""

MACHINE = (
    ("state-folder", "fault", "The state folder cannot be written to, or is a file."),
    ("state-in-memory", "fault", "It is in memory: a restart of the machine loses every incident."),
    ("state-remote", "weakness", "It is on another machine, and fails with the network."),
    ("state-open", "weakness", "Other users of the machine can look into it."),
    ("state-space", "weakness", "Its disk is nearly full, of bytes or of files."),
    ("state-damaged", "fault", "A part of the state is damaged."),
    ("not-allowed", "weakness", "Whoever runs the check may not read the state: root may."),
    (
        "barred",
        "weakness",
        "Who decides, is paged or looks after Murphy opted out, or their address bounced.",
    ),
    ("no-receipts", "weakness", "No text ever had a receipt: whoever is asked or paged gets the next rung as well."),
    ("modem-folder", "fault", "A folder of gammu-smsd is not there, or cannot be used by this user."),
    ("status-folder", "fault", "The folder of the status page is not there, or cannot be written to."),
    ("secret-open", "weakness", "A file with a secret in it can be read by every user of the machine."),
)

CONNECTIONS = (
    ("connection", "fault", "It cannot be reached, refuses the login, or cannot be used: mailbox, relay, Twilio, DNS, "
     "named channel, duty calendar. For bridges and `public_url` a weakness."),
    ("expired-rota", "weakness", "A duty calendar names nobody for the coming week."),
    ("certificate", "weakness", "Its certificate ends within 14 days."),
    ("certificate-invalid", "weakness", "A bridge's certificate has expired, is for another name, or by an authority "
     "that is not known here. At `public_url` it is a `connection` that fails, elsewhere a fault."),
    ("no-idle", "weakness", "The mailbox's server does not push: mail is seen later."),
    ("no-dsn", "weakness", "The relay reports no failed deliveries."),
    ("small-relay", "weakness", "The relay takes only small mails."),
    ("trial-account", "weakness", "Twilio's trial texts only numbers that were verified by hand."),
    ("low-balance", "weakness", "Twilio stops at zero."),
    ("no-voice", "weakness", "The number makes no calls."),
    ("webhook-elsewhere", "weakness", "Twilio sends what comes in to another address."),
)  # fmt: skip


def reference() -> str:
    return "\n".join((HEAD, *_rules(), *_seen("On this machine", MACHINE), *_seen("By connecting", CONNECTIONS))) + "\n"


def _rules() -> Iterator[str]:
    yield "| name | file | what it costs in an incident |"
    yield "| --- | --- | --- |"
    for rule in RULES:
        yield f"| `{rule.name}` | {rule.file} | {rule.why} |"


def _seen(title: str, rows: Iterable[tuple[str, str, str]]) -> Iterator[str]:
    yield f"\n## {title}\n"
    yield "| name | severity | what |"
    yield "| --- | --- | --- |"
    for name, severity, what in rows:
        yield f"| `{name}` | {severity} | {what} |"


if __name__ == "__main__":
    sys.stdout.write(reference())
