# A real SMTP server (aiosmtpd) on the loopback address that takes nothing without STARTTLS and a login, and lays what it takes into a folder:
# its arguments are CERTIFICATE KEY FOLDER PORT. It ends with its standard input.
import asyncio, ssl, sys
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
cert, key, folder = sys.argv[1:4]
class Keep:
    n = 0
    async def handle_DATA(self, server, session, envelope):
        Keep.n += 1
        with open(f"{folder}/{Keep.n}.eml", "wb") as f: f.write(envelope.content)
        return "250 kept"
def login(server, session, envelope, mechanism, data):
    return AuthResult(success=(data.login, data.password) == (b"vpbcd", b"m\xe1\xba\xadt kh\xe1\xba\xa9u"))
tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
tls.load_cert_chain(cert, key)
c = Controller(Keep(), hostname="127.0.0.1", port=0, tls_context=tls, require_starttls=True, authenticator=login, auth_required=True)
c.port = int(sys.argv[4])
c.start()
print("ready", flush=True)
sys.stdin.read()
c.stop()
