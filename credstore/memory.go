package credstore

import (
	"bytes"
	"context"
	"errors"
	"sync"
)

// Memory is a store that lasts as long as the process: for the demo, and for people who want to keep nothing.
type Memory struct {
	mu    sync.Mutex
	items map[string][]byte
}

// memoryMaxItem is what Memory accepts in one item. It is the keyring's limit, so that what fits here fits there.
const memoryMaxItem = 2400

// NewMemory makes an empty Memory.
func NewMemory() *Memory { return &Memory{items: map[string][]byte{}} }

// MemoryKind is the word for Memory.
const MemoryKind = "memory"

// Kind implements Store.
func (*Memory) Kind() string { return MemoryKind }

// Available implements Store; memory is always there.
func (m *Memory) Available(ctx context.Context) error {
	return m.alive(ctx, "use the memory of this session")
}

// MaxItem implements Store.
func (*Memory) MaxItem() int { return memoryMaxItem }

// Location implements Store.
func (*Memory) Location(name string) string {
	return "in the memory of this session, as " + name + " (gone when the program ends)"
}

// Get implements Store.
func (m *Memory) Get(ctx context.Context, name string) ([]byte, error) {
	op := "read " + name + " from memory"
	if err := m.alive(ctx, op); err != nil {
		return nil, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	item, ok := m.items[name]
	if !ok {
		return nil, m.missing(op)
	}
	return bytes.Clone(item), nil
}

// Set implements Store.
func (m *Memory) Set(ctx context.Context, name string, item []byte) error {
	op := "write " + name + " to memory"
	if err := m.alive(ctx, op); err != nil {
		return err
	}
	if len(item) > memoryMaxItem {
		return &Error{Kind: TooBig, Store: m.Kind(), Op: op, Err: sizes(len(item), memoryMaxItem)}
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.items[name] = bytes.Clone(item)
	return nil
}

// CompareAndSet implements Swapper.
func (m *Memory) CompareAndSet(ctx context.Context, name string, old, item []byte) error {
	op := "write " + name + " to memory"
	if err := m.alive(ctx, op); err != nil {
		return err
	}
	if len(item) > memoryMaxItem {
		return &Error{Kind: TooBig, Store: m.Kind(), Op: op, Err: sizes(len(item), memoryMaxItem)}
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if !same(m.items[name], old) {
		return &Error{Kind: Conflict, Store: m.Kind(), Op: op, Err: errChanged}
	}
	m.items[name] = bytes.Clone(item)
	return nil
}

// Delete implements Store.
func (m *Memory) Delete(ctx context.Context, name string) error {
	op := "delete " + name + " from memory"
	if err := m.alive(ctx, op); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, ok := m.items[name]; !ok {
		return m.missing(op)
	}
	delete(m.items, name)
	return nil
}

func (m *Memory) alive(ctx context.Context, op string) error {
	if err := ctx.Err(); err != nil {
		return &Error{Kind: contextKind(err), Store: m.Kind(), Op: op, Err: err}
	}
	return nil
}

func (m *Memory) missing(op string) error {
	return &Error{Kind: NotFound, Store: m.Kind(), Op: op, Err: errors.New(noSuchItem)}
}
