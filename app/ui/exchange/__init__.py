"""The page Exchange: what waits for remote services, the accounts there, and what left this machine."""
