"""How an organisation's reports look: colour and logo."""
