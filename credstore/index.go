package credstore

import (
	"time"

	"mimecred/client"
)

// Entry is what the index knows of a profile: everything that list and show print, and no secret.
type Entry struct {
	Name        string       `json:"name"`
	Integration string       `json:"integration,omitempty"`
	API         client.API   `json:"api"`
	Region      string       `json:"region,omitempty"`
	BaseURL     string       `json:"base_url"`
	Store       string       `json:"store"`
	Identifier  string       `json:"identifier,omitempty"`
	Account     *AccountName `json:"account,omitempty"`
	// ActiveSince is when the active version was promoted; zero when there is none.
	ActiveSince time.Time `json:"active_since,omitzero"`
	// Pending tells that a version is stored that has not been promoted.
	Pending   bool          `json:"pending,omitempty"`
	Previous  bool          `json:"previous,omitempty"`
	LastCheck *CheckSummary `json:"last_check,omitempty"`
}

// AccountName tells which tenant a profile belongs to.
type AccountName struct {
	Name   string `json:"name,omitempty"`
	Code   string `json:"code,omitempty"`
	Region string `json:"region,omitempty"`
}

// CheckSummary is the outcome of one run of checks.
type CheckSummary struct {
	At       time.Time    `json:"at"`
	OK       bool         `json:"ok"`
	Passed   int          `json:"passed"`
	Warnings int          `json:"warnings"`
	Failed   int          `json:"failed"`
	Skipped  int          `json:"skipped"`
	Account  *AccountName `json:"account,omitempty"`
}
