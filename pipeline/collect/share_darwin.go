package collect

import (
	"io/fs"
	"syscall"
)

// openFlags keep an open from following a link and from waiting for the other end of a FIFO.
const openFlags = syscall.O_NOFOLLOW | syscall.O_NONBLOCK

const errQuota = syscall.EDQUOT

func changeOf(info fs.FileInfo) (changed int64, inode uint64) {
	if s, ok := info.Sys().(*syscall.Stat_t); ok {
		return s.Ctimespec.Nano(), s.Ino
	}
	return 0, 0
}
