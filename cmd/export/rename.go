package export

import "io"

// Renamed is another format with an integration's own names: keys gives, for the canonical name of a value, the name that
// the integration reads it by. Values that keys does not list are left out; names that the base format cannot use are
// refused when it writes. Labels are not changed.
func Renamed(base Format, name, about string, keys map[string]string) Format {
	return Format{
		Name:  name,
		About: about,
		Encode: func(w io.Writer, d Document) error {
			var fields []Field
			for _, f := range d.Fields {
				if key, ok := keys[f.Name]; ok {
					f.Name, f.Env = key, key
					fields = append(fields, f)
				}
			}
			if len(fields) == 0 {
				return &Error{Text: "there is nothing to export as " + name + ": the profile has none of its values"}
			}
			d.Fields = fields
			return base.Encode(w, d)
		},
	}
}
