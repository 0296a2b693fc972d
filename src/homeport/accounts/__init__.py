"""Users and how they sign in: passkeys, codes, recovery, and proof that it is still them."""
