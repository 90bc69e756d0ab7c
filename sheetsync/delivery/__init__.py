"""How a message leaves: by SMTP, into a folder, or to a chat. Imported only where something is delivered."""
