"""What the simulated Twilio says of itself: the account, its balance, its one number."""

from collections.abc import Callable
from dataclasses import dataclass, field

from aiohttp import web


@dataclass(slots=True)
class Account:
    """As Twilio's console shows it; a test may change it."""

    sid: str
    number: str
    status: str = "active"
    type: str = "Full"
    balance: str = "250.00"
    webhook: Callable[[], str] = str
    can: dict[str, bool] = field(default_factory=lambda: {"sms": True, "mms": False, "voice": True, "fax": False})

    async def fetch(self, _: web.Request) -> web.StreamResponse:
        row = {"sid": self.sid, "friendly_name": "Sandbox", "status": self.status, "type": self.type}
        return web.json_response(row)

    async def fetch_balance(self, _: web.Request) -> web.StreamResponse:
        return web.json_response({"account_sid": self.sid, "balance": self.balance, "currency": "EUR"})

    async def list_numbers(self, request: web.Request) -> web.StreamResponse:
        own = {"phone_number": self.number, "capabilities": self.can, "sms_url": self.webhook(), "sid": "PN" + "0" * 32}
        found = [own] if request.query.get("PhoneNumber", self.number) == self.number else []
        return web.json_response({"incoming_phone_numbers": found, "next_page_uri": None, "page_size": len(found)})
