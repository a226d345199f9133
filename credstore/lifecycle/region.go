package lifecycle

import (
	"mimecred/client"
	"mimecred/credstore"
)

// RegionCell is what a list of profiles shows as the region of one: its code, or that its host is none of Mimecast's.
func RegionCell(e credstore.Entry) string {
	if client.HostRemark(e.BaseURL) != "" {
		return "unlisted host"
	}
	return e.Region
}
