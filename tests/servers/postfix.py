"""A real Postfix on loopback that delivers into a Dovecot, and nowhere else.

The domain's mail goes to Dovecot by LMTP; mail for any other domain is taken, refused by a stand-in for the outside,
and bounces (RFC 3464).
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.servers.dovecot import Dovecot
from tests.servers.process import free_ports, listening, program, run, server_folder, tail

PACKAGES = "postfix"
DOMAIN = "acme.example"

_MAIN = """\
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = {folder}/postfix.log
maillog_file_prefixes = {folder}
myhostname = mail.{domain}
mydestination =
local_recipient_maps =
alias_maps =
mynetworks = 127.0.0.0/8
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
smtpd_peername_lookup = no
recipient_delimiter = +
virtual_mailbox_domains = {domain}
virtual_mailbox_maps = {mailboxes}
virtual_transport = lmtp:unix:{dovecot}/run/lmtp
default_transport = smtp:[127.0.0.1]:{outside}
smtpd_tls_cert_file = {dovecot}/server.pem
smtpd_tls_key_file = {dovecot}/server.key
smtpd_tls_security_level = may
smtpd_sasl_type = dovecot
smtpd_sasl_path = {dovecot}/run/sasl
smtpd_relay_restrictions = permit_mynetworks, permit_sasl_authenticated, reject_unauth_destination
smtpd_recipient_restrictions =
message_size_limit = 1000000
"""

_MASTER = """\
127.0.0.1:{smtp} inet n - n - - smtpd
127.0.0.1:{submission} inet n - n - - smtpd
  -o smtpd_tls_security_level=encrypt
  -o smtpd_sasl_auth_enable=yes
  -o smtpd_client_restrictions=permit_sasl_authenticated,reject
127.0.0.1:{outside} inet n - n - - smtpd
  -o myhostname=mx.elsewhere.example
  -o {{smtpd_recipient_restrictions=check_recipient_access static:{{550 5.1.1 no such person here}}}}
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
proxymap unix - - n - - proxymap
error unix - - n - - error
smtp unix - - n - - smtp
retry unix - - n - - error
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""


class Postfix:
    """`port` takes mail from loopback; `submission_port` wants STARTTLS and a login (Dovecot's)."""

    def __init__(self, folder: Path, backend: Dovecot, mailboxes: tuple[str, ...]) -> None:
        self.folder = folder
        self.port, self.submission_port, outside = free_ports(3)
        self._program = program("postfix", PACKAGES)
        etc = folder / "etc"
        for part in (etc, folder / "queue", folder / "data"):
            part.mkdir()
        (etc / "mailboxes").write_text("".join(f"{address} ok\n" for address in mailboxes))
        listed = f"texthash:{etc}/mailboxes" if mailboxes else "static:ok"
        (etc / "main.cf").write_text(
            _MAIN.format(folder=folder, domain=DOMAIN, dovecot=backend.folder, mailboxes=listed, outside=outside)
        )
        (etc / "master.cf").write_text(_MASTER.format(smtp=self.port, submission=self.submission_port, outside=outside))

    @property
    def log(self) -> str:
        return tail(self.folder / "postfix.log")

    async def start(self) -> None:
        await run("chown", "postfix", self.folder / "data")
        await run(self._program, "-c", self.folder / "etc", "start")
        await listening(self.port, self.folder / "postfix.log")

    async def stop(self) -> None:
        if (self.folder / "queue/pid/master.pid").exists():
            await run(self._program, "-c", self.folder / "etc", "stop", ok=(0, 1))


@asynccontextmanager
async def postfix(backend: Dovecot, *mailboxes: str) -> AsyncIterator[Postfix]:
    """A running Postfix. With `mailboxes`, only these addresses of the domain exist; else any."""
    program("postfix", PACKAGES)
    with server_folder() as folder:
        server = Postfix(folder, backend, mailboxes)
        try:
            await server.start()
            yield server
        finally:
            await server.stop()
