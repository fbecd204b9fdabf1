"""The signing room: one signer, one envelope, and nothing else of the house within reach."""
