package worker

import (
	"errors"
	"fmt"
	"io/fs"
	"unsafe"

	"golang.org/x/sys/unix"
)

// Rights of Landlock, the kernel's own confinement (kernel documentation, userspace-api/landlock).
const (
	readAndRun = unix.LANDLOCK_ACCESS_FS_READ_FILE | unix.LANDLOCK_ACCESS_FS_EXECUTE
	version1   = unix.LANDLOCK_ACCESS_FS_MAKE_SYM<<1 - 1 // every right of the first version
)

// libraries are where a program that is linked dynamically finds its loader and its libraries.
var libraries = []string{"/lib", "/lib64", "/usr/lib", "/usr/lib64"}

// sandbox confines the calling thread, and every process that it starts, to reading the program and its libraries and to
// working in dir; no TCP. It reports false where the kernel has no Landlock. It can't be undone: the thread must end.
func sandbox(program, dir string) (bool, error) {
	version, _, errno := unix.Syscall(unix.SYS_LANDLOCK_CREATE_RULESET, 0, 0, unix.LANDLOCK_CREATE_RULESET_VERSION)
	if errno == unix.ENOSYS || errno == unix.EOPNOTSUPP {
		return false, nil
	}
	if errno != 0 {
		return false, fmt.Errorf("landlock: %w", errno)
	}
	rights := rightsOf(int(version))
	ruleset, _, errno := unix.Syscall(unix.SYS_LANDLOCK_CREATE_RULESET, uintptr(unsafe.Pointer(&rights)), unsafe.Sizeof(rights), 0)
	if errno != 0 {
		return false, fmt.Errorf("landlock: %w", errno)
	}
	defer unix.Close(int(ruleset))
	err := errors.Join(
		allow(ruleset, program, readAndRun),
		allow(ruleset, dir, rights.Handled_access_fs&^unix.LANDLOCK_ACCESS_FS_EXECUTE),
	)
	for _, lib := range libraries {
		if e := allow(ruleset, lib, readAndRun|unix.LANDLOCK_ACCESS_FS_READ_DIR); !errors.Is(e, fs.ErrNotExist) {
			err = errors.Join(err, e)
		}
	}
	if err != nil {
		return false, err
	}
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return false, fmt.Errorf("no_new_privs: %w", err)
	}
	if _, _, errno := unix.Syscall(unix.SYS_LANDLOCK_RESTRICT_SELF, ruleset, 0, 0); errno != 0 {
		return false, fmt.Errorf("landlock: %w", errno)
	}
	return true, nil
}

// rightsOf are the rights that a version of Landlock can take away.
func rightsOf(version int) (r unix.LandlockRulesetAttr) {
	r.Handled_access_fs = version1
	if version >= 2 {
		r.Handled_access_fs |= unix.LANDLOCK_ACCESS_FS_REFER
	}
	if version >= 3 {
		r.Handled_access_fs |= unix.LANDLOCK_ACCESS_FS_TRUNCATE
	}
	if version >= 4 {
		r.Handled_access_net = unix.LANDLOCK_ACCESS_NET_BIND_TCP | unix.LANDLOCK_ACCESS_NET_CONNECT_TCP
	}
	if version >= 5 {
		r.Handled_access_fs |= unix.LANDLOCK_ACCESS_FS_IOCTL_DEV
	}
	return r
}

// allow leaves rights to a file, or to a folder and all below it.
func allow(ruleset uintptr, path string, rights uint64) error {
	fd, err := unix.Open(path, unix.O_PATH|unix.O_CLOEXEC, 0)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	defer unix.Close(fd)
	rule := unix.LandlockPathBeneathAttr{Allowed_access: rights, Parent_fd: int32(fd)}
	_, _, errno := unix.Syscall6(unix.SYS_LANDLOCK_ADD_RULE, ruleset, unix.LANDLOCK_RULE_PATH_BENEATH, uintptr(unsafe.Pointer(&rule)), 0, 0, 0)
	if errno != 0 {
		return fmt.Errorf("landlock, %s: %w", path, errno)
	}
	return nil
}
