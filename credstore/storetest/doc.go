// Package storetest has the contract that every store passes, and a store with scriptable faults for the tests of whoever
// uses stores.
package storetest
