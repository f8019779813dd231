//go:build !linux && !darwin

package collect

import (
	"io/fs"
	"syscall"
)

const openFlags = 0

// errQuota is Windows' ERROR_DISK_FULL, which syscall.ENOSPC is not.
const errQuota = syscall.Errno(112)

func changeOf(fs.FileInfo) (changed int64, inode uint64) { return 0, 0 }
