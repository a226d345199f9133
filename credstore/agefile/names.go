package agefile

import (
	"os"
	"strings"

	"mimecred/credstore"
)

// Names are the profiles that have an encrypted file, in order. Nothing is opened or asked: names are no secret. A folder that is not
// there, or cannot be read, has none.
func (s *Store) Names() []string {
	files, _ := os.ReadDir(s.dir)
	var names []string
	for _, f := range files {
		name, item := strings.CutPrefix(f.Name(), "item-")
		name, sealed := strings.CutSuffix(name, ".age")
		if item && sealed && credstore.ValidName(name) == nil {
			names = append(names, name)
		}
	}
	return names
}
