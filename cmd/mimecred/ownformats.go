package main

import (
	"encoding/json"
	"slices"
	"strings"

	"mimecred/client/catalog"
	"mimecred/cmd/export"
)

// formatsOf are the formats of an integration on the system goos: those of every profile, and its own.
func formatsOf(goos string, i catalog.Integration) export.Registry {
	formats := export.StandardOn(goos)
	for _, own := range ownFormats(i) {
		if more, err := formats.With(own); err == nil {
			formats = more
		}
	}
	return formats
}

// ownFormats are those in which an integration publishes names of its own: for its configuration, and for the tools that
// deploy it. Keys that the catalogue made of labels are no names of anything.
func ownFormats(i catalog.Integration) []export.Format {
	var own []export.Format
	add := func(base export.Format, name, about string, names map[string]string) {
		if len(names) > 0 {
			own = append(own, export.Renamed(base, name, about, names))
		}
	}
	if !i.Generic && !i.KeysInvented {
		add(export.JSON(), "config", "JSON with the keys of the configuration of "+i.Name,
			namesOf(i, func(f catalog.Field) string { return f.Key }))
	}
	published := func(use string) map[string]string {
		return namesOf(i, func(f catalog.Field) string { return f.Names[use] })
	}
	add(export.JSON(), "config-app-settings", "JSON with the application settings of "+i.Name, published("app_setting"))
	add(export.AzureKeyVault(), "config-key-vault", "JSON with the Key Vault secrets of "+i.Name, published("key_vault"))
	add(export.TFVars(), "config-terraform", "Terraform variables of "+i.Name, published("terraform"))
	if names := published("bicep"); len(names) > 0 {
		if format, err := parameters(i, names); err == nil {
			own = append(own, format)
		}
	}
	return own
}

// namesOf gives the names that an integration has, by the names of values. Of two fields for one value the first counts.
func namesOf(i catalog.Integration, of func(catalog.Field) string) map[string]string {
	names := map[string]string{}
	for _, f := range slices.Backward(i.Fields) {
		if value, name := valueName(f.From), of(f); value != "" && name != "" {
			names[value] = name
		}
	}
	return names
}

// parameters is a file of parameters for a deployment with Bicep or ARM.
func parameters(i catalog.Integration, names map[string]string) (export.Format, error) {
	var b strings.Builder
	b.WriteString(`{"$schema":"https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#",` +
		`"contentVersion":"1.0.0.0","parameters":{`)
	comma := ""
	for _, f := range i.Fields {
		value := valueName(f.From)
		name, ok := names[value]
		if !ok || f.Names["bicep"] != name {
			continue
		}
		key, err := json.Marshal(name)
		if err != nil {
			return export.Format{}, err //nolint:wrapcheck // a string always encodes
		}
		b.WriteString(comma + string(key) + `:{"value":"{` + value + `}"}`)
		comma = ","
	}
	return export.JSONTemplate("config-bicep", "parameters for Bicep or ARM of "+i.Name, b.String()+"}}")
}
