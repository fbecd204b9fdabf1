"""Other people's servers: the one HTTP client of the program, and what is known about each provider.

    transport    sends a request, or fetches a file, within limits; every connection is told to a ledger
    registry     the providers: facts and pure functions, one file each in `providers`

Nothing here keeps anything: accounts and the ledger are rows of the library, secrets are in the vault, and both are
handed in. Imported by the names of its modules, because the facts are needed where `requests` is not.
"""
