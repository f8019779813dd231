"""Copies a file to an SMB share as Windows Explorer does: the length first, the content later, alone with the file.

Usage: copy.py smb.conf SOURCE NAME. After each step it prints a word and waits for a line."""

import sys
import time

from samba import NTSTATUSError
from samba.credentials import Credentials
from samba.samba3 import libsmb_samba_internal as libsmb
from samba.samba3 import param

READ_WRITE = 0x0012019F
SHARE_NONE = 0
CREATE_NEW = 2


def connect(conf):
    lp = param.get_context()
    lp.load(conf)
    credentials = Credentials()
    credentials.set_anonymous()
    for attempt in range(100):
        try:
            return libsmb.Conn("127.0.0.1", "inbox", lp, credentials)
        except NTSTATUSError:
            if attempt == 99:
                raise
            time.sleep(0.1)  # the server is starting


def step(word):
    print(word, flush=True)
    sys.stdin.readline()


conf, source, name = sys.argv[1:]
with open(source, "rb") as f:
    data = f.read()
conn = connect(conf)
handle = conn.create(name, DesiredAccess=READ_WRITE, ShareAccess=SHARE_NONE, CreateDisposition=CREATE_NEW)
conn.write(handle, b"\0", len(data) - 1)
step("sized")
half = len(data) // 2
conn.write(handle, data[:half], 0)
step("half")
conn.write(handle, data[half:], half)
conn.close(handle)
step("whole")
