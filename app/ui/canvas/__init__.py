"""Pages on a desk: what the editor, the signing room and the verifier show documents with."""
