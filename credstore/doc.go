// Package credstore keeps what must not be lost: one Record a profile, with its current, pending and previous versions in one
// item, so that every change is one write. Setup and rotation are the same sequence:
// stage → read back and compare → check from the store → activate.
package credstore
