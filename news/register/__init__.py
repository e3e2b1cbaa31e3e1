"""The public register: a digest of every text that was public, each line chained to the one before; and verifying.

`canonical` says what the digest of a text is made over, `lines` keeps the register, `signing` signs it, `verifying`
answers whether a text is ours. docs/register.md is for whoever wants to check all of it without this program.
"""
