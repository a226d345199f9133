// Package client talks to Mimecast: API 2.0 (OAuth 2.0 client credentials) and API 1.0 (signed calls, keys created by
// signing in). It knows nothing of storage or screens.
//
// A Client is made for one Endpoint. Check runs a Plan and streams Results; every failure is an *Error with a Kind, which
// Diagnose turns into one plain sentence and a fix.
package client
