"""The expression language of computed fields: exact decimals, text, days and yes/no; nothing is ever executed."""
