package home

import (
	"mimecred/client"
	"mimecred/tui/step"
)

// Explain implements Explainer: the kinds of failure of the current profile's last test.
func (h *Home) Explain() []string {
	row := h.list.current()
	if row == nil || row.entry.LastCheck == nil {
		return nil
	}
	var kinds []client.Kind
	for _, c := range row.entry.LastCheck.Checks {
		if c.State == client.Failed || c.State == client.Warning {
			kinds = append(kinds, c.Kind)
		}
	}
	return step.KindsWords(kinds...)
}
