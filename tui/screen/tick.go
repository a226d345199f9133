package screen

import "maps"

// tick gives a copy of ticked in which id is set or not.
func tick(ticked map[string]bool, id string, on bool) map[string]bool {
	if ticked[id] == on {
		return ticked
	}
	out := map[string]bool{}
	maps.Copy(out, ticked)
	if out[id] = on; !on {
		delete(out, id)
	}
	return out
}
