package credstore_test

import (
	"testing"

	"mimecred/credstore"
	"mimecred/credstore/storetest"
)

func TestMemoryContract(t *testing.T) {
	storetest.Contract(t, storetest.Subject{Open: func(*testing.T) credstore.Store { return credstore.NewMemory() }})
}
