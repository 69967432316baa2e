"""勾稽: the identities that a disclosure must satisfy, one class of identity a file.

Every module offers `check(ledger) -> Iterator[Outcome]`: one `Outcome` an identity examined, held or broken.
"""
