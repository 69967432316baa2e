"""The classification reference: functional, departmental economic and governmental economic accounts."""

from index.accounts.reference import Account, Accounts, System

__all__ = ["Account", "Accounts", "System"]
