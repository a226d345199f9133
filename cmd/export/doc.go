// Package export writes a profile's values in the text formats that other tools read: shell variables, dotenv, JSON, YAML,
// Terraform variables, a Kubernetes Secret, names for Azure Key Vault, and the integration's form.
//
// The rules of this room:
//
//   - What is read back is what was in the profile, byte for byte, or nothing is written and the error says why. No format
//     guesses, cuts or replaces.
//   - Nothing is written before the whole set is known to fit the format.
//   - A file is made for its owner alone, replaces nothing unless that was asked for, and is never reached through a
//     symbolic link.
//   - Secrets are opened in reveal.go and nowhere else.
//
// An integration that needs a layout of its own adds it to the Registry: Renamed for other names, JSONTemplate for another
// shape, or a Format written in Go.
package export
