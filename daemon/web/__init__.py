"""The little that is reachable by HTTP: Twilio's webhooks, and how Murphy is."""
