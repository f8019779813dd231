//go:build !linux

package pipeline

import "errors"

// fileSystem and freeBytes have no answer here: the state folder is taken on trust.
func fileSystem(string) (kind string, local bool, err error) { return "", true, errors.ErrUnsupported }

func freeBytes(string) (uint64, error) { return 0, errors.ErrUnsupported }
