"""Reading figures and reasons out of sentences. `index.statements` is the door; nothing else imports from here."""
