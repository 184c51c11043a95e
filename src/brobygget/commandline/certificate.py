"""A certificate for a laptop without internet: `./bro certificate hall.example 192.168.8.2`.

Browsers keep pages for the time without a network on addresses with https only, and nobody outside signs a certificate
for a name that only exists in the hall. So this makes an authority of its own, which signs one certificate and is
thrown away: its key is never written down, and it is good for the names of the hall and no others. Whoever has
installed it on a phone trusts it for the hall, and a stolen laptop cannot pretend to be a bank.
"""

from __future__ import annotations

import ipaddress
import os
import ssl
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey, EllipticCurvePublicKey

HELP = "Make a certificate for a laptop that serves a hall without internet."
DAYS = 397  # no browser takes longer ones
A_DAY = timedelta(days=1)  # a phone's clock may be behind


@dataclass(frozen=True)
class Certificate:
    """The files that the server shows and keeps."""

    chain: Path
    key: Path

    def fault(self) -> str:
        """What is wrong with them, in one line, or nothing."""
        for file in (self.chain, self.key):
            if not file.is_file():
                return f"{file} is not there"
        try:
            ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(
                self.chain, self.key, password=lambda: b""
            )
        except (ssl.SSLError, OSError, ValueError):
            return f"{self.chain} and {self.key} are not a certificate and its key, as PEM and without a password"
        return ""


def main(argv: list[str]) -> int:
    """Write three files, and say what to do with each of them."""
    from brobygget.commandline.serve import OneLineParser

    parser = OneLineParser(prog="./bro certificate", description=HELP)
    parser.add_argument(
        "names", nargs="+", metavar="NAME", help="what phones type: a name, or the laptop's number"
    )
    parser.add_argument("--folder", type=Path, default=Path("var/certificate"))
    arguments = parser.parse_args(argv)
    wrong = [name for name in arguments.names if not is_name(name)]
    if wrong:
        return _refused(f"{wrong[0]!r} is not a name such as hall.example, nor a number such as 192.168.8.2")
    folder: Path = arguments.folder
    kept = folder / "hall.key"
    if kept.exists():
        return _refused(f"{kept} is there already; phones may trust it. Choose another --folder")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        now = datetime.now(UTC)  # noqa: TID251 -- browsers hold it against the real time, and there is no house yet
        made = make(arguments.names, at=now, folder=folder)
    except OSError as failed:
        return _refused(f"{failed.filename}: {failed.strerror}")
    first = arguments.names[0]
    print(f"{folder / 'authority.crt'}  install it on the house's own phones and tablets")
    print(f"BROBYGGET_ADDRESS=https://{first}:8443 BROBYGGET_HOSTS='{' '.join(arguments.names)}' \\")
    print(f"  ./bro serve --host 0.0.0.0 --port 8443 --certificate {made.chain} --key {made.key}")
    return 0


def _refused(why: str) -> int:
    print(f"bro certificate: {why}.", file=sys.stderr)
    return 2


def is_name(text: str) -> bool:
    """A name of letters, digits and hyphens, or a network number."""
    if as_number(text) is not None:
        return True
    labels = text.split(".")
    return len(text) <= 253 and not labels[-1].isdigit() and all(map(_is_label, labels))


def _is_label(text: str) -> bool:
    plain = text.replace("-", "")
    return 0 < len(text) < 64 and plain.isascii() and plain.isalnum() and text.strip("-") == text


def as_number(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """The network number that it is, or None."""
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None


# -- the files -----------------------------------------------------------------------------------------------------
def make(names: list[str], *, at: datetime, folder: Path) -> Certificate:
    """An authority for these names, the one certificate that it signs, and the certificate's key."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    authority, own = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    called = _called(f"Brobygget {names[0]}"[:64])
    usage = {
        "content_commitment": False,
        "key_encipherment": False,
        "data_encipherment": False,
        "key_agreement": False,
        "encipher_only": False,
        "decipher_only": False,
    }
    root = (
        _begun(called, called, authority.public_key(), authority, at)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(
            x509.KeyUsage(digital_signature=False, key_cert_sign=True, crl_sign=True, **usage), critical=True
        )
        .add_extension(_only(names), critical=True)
        .sign(authority, hashes.SHA256())
    )
    signed = (
        _begun(_called(names[0][:64]), called, own.public_key(), authority, at)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(digital_signature=True, key_cert_sign=False, crl_sign=False, **usage), critical=True
        )
        .add_extension(
            x509.ExtendedKeyUsage([x509.oid.ExtendedKeyUsageOID.SERVER_AUTH]),
            critical=False,
        )
        .add_extension(x509.SubjectAlternativeName([_general(name) for name in names]), critical=False)
        .sign(authority, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    (folder / "authority.crt").write_bytes(root.public_bytes(pem))
    made = Certificate(folder / "hall.crt", folder / "hall.key")
    made.chain.write_bytes(signed.public_bytes(pem) + root.public_bytes(pem))
    secret = own.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    with os.fdopen(os.open(made.key, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(secret)
    return made


def _called(name: str) -> x509.Name:
    from cryptography import x509

    return x509.Name([x509.NameAttribute(x509.oid.NameOID.COMMON_NAME, name)])


def _begun(
    subject: x509.Name,
    issuer: x509.Name,
    key: EllipticCurvePublicKey,
    authority: EllipticCurvePrivateKey,
    at: datetime,
) -> x509.CertificateBuilder:
    from cryptography import x509

    own = x509.SubjectKeyIdentifier.from_public_key(key)
    theirs = x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.public_key())
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - A_DAY)
        .not_valid_after(at + timedelta(days=DAYS) - A_DAY)
        .add_extension(own, critical=False)
        .add_extension(theirs, critical=False)
    )


def _general(name: str) -> x509.GeneralName:
    from cryptography import x509

    number = as_number(name)
    return x509.DNSName(name) if number is None else x509.IPAddress(number)


def _only(names: list[str]) -> x509.NameConstraints:
    """Good for these; where there is no name among them for no name, and where there is no number for no number."""
    from cryptography import x509

    numbers = [found for name in names if (found := as_number(name)) is not None]
    words = [name for name in names if as_number(name) is None]
    everything = [ipaddress.ip_network("0.0.0.0/0"), ipaddress.ip_network("::/0")]
    kinds = {number.version for number in numbers}
    allowed: list[x509.GeneralName] = [x509.DNSName(name) for name in words]
    allowed += [x509.IPAddress(ipaddress.ip_network(number)) for number in numbers]
    barred: list[x509.GeneralName] = [] if words else [x509.DNSName("")]
    barred += [x509.IPAddress(each) for each in everything if each.version not in kinds]
    return x509.NameConstraints(allowed, barred or None)
