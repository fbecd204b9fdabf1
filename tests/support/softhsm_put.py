"""Run as a program: puts `key.der`, `certificate.der` and `issuer.der` of the working folder on a token."""

from __future__ import annotations

import sys
from pathlib import Path

import pkcs11
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_private_key,
)
from pkcs11 import Attribute, ObjectClass
from pkcs11.util.ec import decode_ec_private_key
from pkcs11.util.rsa import decode_rsa_private_key
from pkcs11.util.x509 import decode_x509_certificate


def main(module: str, serial: str, key_id: str, pin: str) -> None:
    private = load_der_private_key(Path("key.der").read_bytes(), None)
    der = private.private_bytes(Encoding.DER, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    decode = decode_rsa_private_key if isinstance(private, rsa.RSAPrivateKey) else decode_ec_private_key
    number = bytes.fromhex(key_id)
    found = pkcs11.lib(module).get_tokens()
    token = next(each for each in found if each.serial.decode().strip() == serial)
    with token.open(rw=True, user_pin=pin) as session:
        session.create_object(
            decode(der) | {Attribute.ID: number, Attribute.TOKEN: True, Attribute.PRIVATE: True, Attribute.SIGN: True}
        )
        for name, own in (("certificate.der", number), ("issuer.der", b"\xff")):
            session.create_object(
                decode_x509_certificate(Path(name).read_bytes())
                | {Attribute.ID: own, Attribute.TOKEN: True, Attribute.CLASS: ObjectClass.CERTIFICATE}
            )


if __name__ == "__main__":
    main(*sys.argv[1:])
