//go:build !unix

package collect

// syncFolder does nothing where folders cannot be synchronised: Windows orders renames by its journal.
func syncFolder(string) error { return nil }
