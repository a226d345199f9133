package credstore_test

import (
	"testing"

	"mimecred/credstore"
	"mimecred/credstore/storetest"
)

// TestDiskKeepsTheContract: the store that other tests outlive a process with is one like any other.
func TestDiskKeepsTheContract(t *testing.T) {
	dirs := map[*testing.T]string{}
	storetest.Contract(t, storetest.Subject{
		Open: func(t *testing.T) credstore.Store {
			if dirs[t] == "" {
				dirs[t] = t.TempDir()
			}
			return storetest.NewDisk(dirs[t], "keyring")
		},
		Persistent: true,
	})
}
