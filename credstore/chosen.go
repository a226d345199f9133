package credstore

import (
	"maps"
	"slices"
	"strings"
)

// What a profile's application is for, beyond its first integration, is kept as short texts, because some keyrings accept
// little: "a,b" for ids, "a=x,y;b=" for the features by integration. The catalogue's ids have none of these signs; an id
// that had one would be lost, never mistaken for two.

const idSigns = ",;="

func joinIDs(ids []string) string {
	return strings.Join(slices.DeleteFunc(slices.Clone(ids), func(id string) bool {
		return id == "" || strings.ContainsAny(id, idSigns)
	}), ",")
}

func splitIDs(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(text, ",")
}

func joinFeatures(features map[string][]string) string {
	var parts []string
	for _, id := range slices.Sorted(maps.Keys(features)) {
		if id != "" && !strings.ContainsAny(id, idSigns) {
			parts = append(parts, id+"="+joinIDs(features[id]))
		}
	}
	return strings.Join(parts, ";")
}

func splitFeatures(text string) map[string][]string {
	if text == "" {
		return nil
	}
	features := map[string][]string{}
	for part := range strings.SplitSeq(text, ";") {
		id, list, _ := strings.Cut(part, "=")
		features[id] = splitIDs(list)
		if features[id] == nil {
			features[id] = []string{} // none at all, which is not the same as the defaults
		}
	}
	return features
}
