package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"time"

	"mimecred/client"
	"mimecred/client/showable"
	"mimecred/credstore/lifecycle"
)

// The JSON of check: an array with one object a profile. Its shape is a contract: it may be extended, never changed.

const checkSchema = 1

type checkedJSON struct {
	Schema      int          `json:"schema"`
	Profile     string       `json:"profile"`
	API         client.API   `json:"api"`
	Integration string       `json:"integration"`
	BaseURL     string       `json:"base_url"`
	OK          bool         `json:"ok"`
	StartedAt   string       `json:"started_at"`
	DurationMS  int64        `json:"duration_ms"`
	Account     *accountJSON `json:"account,omitempty"`
	Checks      []resultJSON `json:"checks"`
	// Error says why nothing could be tested: the store did not give the credential.
	Error string `json:"error,omitempty"`
	// Rotation is there when the test was part of a rotation.
	Rotation *rotationJSON `json:"rotation,omitempty"`
}

// rotationJSON is what came of a rotation. Retired is absent as long as nothing was activated.
type rotationJSON struct {
	Activated bool `json:"promoted"`
	Confirmed bool `json:"confirmed"`
	// Renewed tells that the current keys stayed the same and are valid again.
	Renewed bool `json:"renewed,omitempty"`
	// Lost are the ids of the checks that the previous version passed and the new one does not.
	Lost []string `json:"lost"`
	// Retired is what became of the previous version: logged-out, ended (Mimecast no longer accepted it), forgotten, kept;
	// absent when there was none.
	Retired lifecycle.Retired `json:"retired,omitempty"`
}

type accountJSON struct {
	Name   string `json:"name"`
	Code   string `json:"code"`
	Region string `json:"region"`
}

type resultJSON struct {
	ID         string       `json:"id"`
	Title      string       `json:"title"`
	State      client.State `json:"state"`
	Kind       client.Kind  `json:"kind,omitempty"`
	Method     string       `json:"method,omitempty"`
	Path       string       `json:"path,omitempty"`
	HTTPStatus int          `json:"http_status,omitempty"`
	Code       string       `json:"code,omitempty"`
	Message    string       `json:"message,omitempty"`
	RequestID  string       `json:"request_id,omitempty"`
	DurationMS int64        `json:"duration_ms"`
	Products   []string     `json:"products,omitempty"`
	Permission string       `json:"permission,omitempty"`
	// Rows is absent for a check that reads none; Empty says what it may mean that there are none.
	Rows  *int   `json:"rows,omitempty"`
	Empty string `json:"empty,omitempty"`
	Fix   string `json:"fix,omitempty"`
}

func (a *app) printChecks(outcomes []outcome) error {
	list := make([]checkedJSON, len(outcomes))
	for i, o := range outcomes {
		list[i] = o.json()
	}
	return a.printJSON(list)
}

func (o outcome) json() checkedJSON {
	p := o.profile
	j := checkedJSON{
		Schema: checkSchema, Profile: p.Name, API: p.API, Integration: p.Integration, BaseURL: p.Endpoint.BaseURL,
		OK: o.ok(), Rotation: o.rotation, StartedAt: o.started.UTC().Format(time.RFC3339), DurationMS: o.duration.Milliseconds(),
		Checks: make([]resultJSON, 0, len(o.results)),
	}
	if o.err != nil {
		j.Error = oneLine(explainAny(o.err).Error())
	}
	if acc := o.account(); acc != nil {
		j.Account = &accountJSON{Name: acc.Name, Code: acc.Code, Region: acc.Region}
	}
	for _, r := range o.results {
		j.Checks = append(j.Checks, resultJSON{
			ID: r.ID, Title: r.Title, State: r.State, Kind: r.Kind, Method: r.Method, Path: r.Path,
			HTTPStatus: r.HTTPStatus, Code: r.Code, Message: r.Message, RequestID: r.RequestID,
			DurationMS: r.Duration.Milliseconds(), Products: r.Products, Permission: r.Permission, Rows: r.Rows, Empty: r.Empty, Fix: o.remedy(r.Fix, r.Where),
		})
	}
	return j
}

// printJSON writes a value as indented JSON and a newline. Text is left readable: nobody puts it into a web page.
func (a *app) printJSON(value any) error {
	var text bytes.Buffer
	enc := json.NewEncoder(&text)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(value); err != nil {
		return fmt.Errorf("write as JSON: %w", err)
	}
	return a.print(string(showable.JSON(text.Bytes())))
}
