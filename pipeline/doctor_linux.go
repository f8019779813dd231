package pipeline

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// overNetwork names the file systems of other machines, by the magic numbers of statfs(2). FUSE may be either; it is counted among
// them, because locks over it cannot be trusted.
var overNetwork = map[int64]string{
	unix.NFS_SUPER_MAGIC: "NFS", unix.CIFS_SUPER_MAGIC: "CIFS", unix.SMB_SUPER_MAGIC: "SMB", unix.SMB2_SUPER_MAGIC: "SMB2",
	unix.V9FS_MAGIC: "9P", unix.AFS_SUPER_MAGIC: "AFS", unix.CODA_SUPER_MAGIC: "Coda", unix.FUSE_SUPER_MAGIC: "FUSE", unix.CEPH_SUPER_MAGIC: "Ceph",
}

// fileSystem tells what kind of file system a folder is on, and whether it is of this machine.
func fileSystem(dir string) (kind string, local bool, err error) {
	var s unix.Statfs_t
	if err := unix.Statfs(dir, &s); err != nil {
		return "", false, err
	}
	magic := int64(uint32(s.Type)) // 32 bits everywhere; the field is signed on some machines
	if name, ok := overNetwork[magic]; ok {
		return name, false, nil
	}
	return fmt.Sprintf("%#x", magic), true, nil
}

// freeBytes is how much a program without privileges may still write to a folder.
func freeBytes(dir string) (uint64, error) {
	var s unix.Statfs_t
	err := unix.Statfs(dir, &s)
	return s.Bavail * uint64(s.Bsize), err
}
