package client

import (
	"encoding/base64"
	"encoding/json"
	"maps"
	"net/url"
	"slices"
	"strings"

	"mimecred/client/secret"
)

// Pasted is what SplitPaste found; what was not there is empty.
type Pasted struct {
	ClientID       string
	ClientSecret   secret.Value
	ApplicationID  string
	ApplicationKey secret.Value
	AccessKey      secret.Value
	SecretKey      secret.Value
}

// Application gives the ID and the secret of an application of api; ok is false when one is missing.
func (p Pasted) Application(api API) (id string, key secret.Value, ok bool) {
	id, key = p.ClientID, p.ClientSecret
	if api == API10 {
		id, key = p.ApplicationID, p.ApplicationKey
	}
	return id, key, id != "" && !key.IsZero()
}

// Keys gives the access key and the secret key; ok is false when one is missing.
func (p Pasted) Keys() (access, key secret.Value, ok bool) {
	return p.AccessKey, p.SecretKey, !p.AccessKey.IsZero() && !p.SecretKey.IsZero()
}

// SplitPaste splits a text that holds both values of a pair: an application's ID and its secret, or an access key and
// its secret key, or all four. It knows JSON, lines of a settings file or a shell, tables of Markdown and CSV, query strings
// and prose, by the names of the values. Values without a name are told by their shapes, and by nothing else: where the
// shapes do not tell, or one name has two values, ok is false. It is false for a single value, too.
func SplitPaste(api API, text string) (p Pasted, ok bool) {
	if len(text) > maxPaste {
		return Pasted{}, false
	}
	found, sure := named(text)
	if sure {
		complete(found, shaped(api, text))
	}
	fields := []string{FieldClientID, FieldClientSecret}
	if api == API10 {
		fields = []string{FieldApplicationID, FieldApplicationKey, FieldAccessKey, FieldSecretKey}
	}
	for field := range found {
		if !slices.Contains(fields, field) {
			delete(found, field)
		}
	}
	p = Pasted{
		ClientID: found[FieldClientID], ClientSecret: secret.New(found[FieldClientSecret]),
		ApplicationID: found[FieldApplicationID], ApplicationKey: secret.New(found[FieldApplicationKey]),
		AccessKey: secret.New(found[FieldAccessKey]), SecretKey: secret.New(found[FieldSecretKey]),
	}
	_, _, application := p.Application(api)
	_, _, keys := p.Keys()
	if !sure || !application && !keys {
		return Pasted{}, false
	}
	return p, true
}

// complete adds what the shapes tell to what the names told.
func complete(found, more map[string]string) {
	values := slices.Collect(maps.Values(found))
	for field, value := range more {
		if found[field] == "" && !slices.Contains(values, value) {
			found[field] = value
		}
	}
}

// maxPaste is the longest text that is looked at, in bytes.
const maxPaste = 64 << 10

// besides tells what is between two values, or around one.
func besides(r rune) bool {
	return strings.ContainsRune(" \t\r\n\"'`*~|,;:&?<>()[]{}“”„‘’«»", r)
}

// labelled is a value and what its name calls it; value is "" when none follows the name.
type labelled struct{ field, value string }

// named finds values by their names. sure is false when one name has two values: nothing is to be guessed then.
func named(text string) (found map[string]string, sure bool) {
	all, read := object(text)
	if !read {
		all, read = columns(text)
	}
	if !read {
		all = pairs(unescaped(text))
		if kubernetes().MatchString(text) {
			all = decoded(all)
		}
	}
	found = map[string]string{}
	for _, p := range all {
		if before, twice := found[p.field]; twice && before != p.value && p.value != "" {
			return nil, false
		}
		if p.value != "" {
			found[p.field] = p.value
		}
	}
	return found, true
}

// object reads a JSON object, and the objects in it.
func object(text string) (all []labelled, read bool) {
	var outer map[string]any
	if json.Unmarshal([]byte(strings.TrimSpace(text)), &outer) != nil {
		return nil, false
	}
	objects := []map[string]any{outer}
	for _, v := range outer {
		if inner, ok := v.(map[string]any); ok {
			objects = append(objects, inner)
		}
	}
	for _, o := range objects {
		for name, v := range o {
			value, ok := v.(string)
			if field := fieldCalled(name); ok && field != "" && wholeValue().MatchString(value) {
				all = append(all, labelled{field, value})
			}
		}
	}
	return all, true
}

// columns reads a table whose first line names its columns: CSV with any separator, or Markdown. A table with several rows
// has nothing in it that can be chosen.
func columns(text string) (all []labelled, read bool) {
	var header, row []string
	for line := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == '\n' || r == '\r' }) {
		switch cells := cellsOf(line); {
		case cells == nil:
		case header == nil:
			if names(cells) >= 2 {
				header = cells
			}
		case len(cells) != len(header):
		case row != nil:
			return nil, true
		default:
			row = cells
		}
	}
	if header == nil || row == nil {
		return nil, false
	}
	for i, name := range header {
		if field := fieldCalled(name); field != "" && wholeValue().MatchString(row[i]) {
			all = append(all, labelled{field, row[i]})
		}
	}
	return all, true
}

func names(cells []string) int {
	n := 0
	for _, c := range cells {
		if fieldCalled(c) != "" {
			n++
		}
	}
	return n
}

// cellsOf splits a row; nil for an empty line and for the rule below a header of Markdown.
func cellsOf(line string) []string {
	line = strings.TrimSpace(line)
	if strings.Trim(line, "|-: ") == "" {
		return nil
	}
	separator := ""
	for _, s := range []string{"|", "\t", ";", ","} {
		if strings.Contains(line, s) {
			separator = s
			break
		}
	}
	if separator == "" {
		return []string{strings.Trim(line, dressing)}
	}
	if separator == "|" {
		line = strings.TrimSuffix(strings.TrimPrefix(line, "|"), "|")
	}
	cells := strings.Split(line, separator)
	for i := range cells {
		cells[i] = strings.Trim(cells[i], dressing)
	}
	return cells
}

// dressing is what surrounds a value without being a part of it.
const dressing = " \t\"'`*"

// unescaped undoes the escapes of a query string; a plus sign stays one, since keys have it. Other text is left alone.
func unescaped(text string) string {
	text = strings.TrimSpace(text)
	if !strings.Contains(text, "%") || !strings.Contains(text, "=") || strings.ContainsAny(text, " \t\r\n") {
		return text
	}
	if plain, err := url.PathUnescape(text); err == nil {
		return plain
	}
	return text
}

// decoded undoes the base64 that a Kubernetes Secret has around each of its data.
func decoded(all []labelled) []labelled {
	for i, p := range all {
		plain, err := base64.StdEncoding.DecodeString(p.value)
		all[i].value = string(plain)
		if err != nil || !wholeValue().Match(plain) {
			all[i].value = ""
		}
	}
	return all
}

var (
	kubernetes = pattern(`(?m)^kind: *"?Secret"?\s*$[^\x00]*^data: *$`)
	// nameOf finds the names of values as Mimecast, this program and settings files write them.
	nameOf = pattern(`(?i)(?:mimecast[ _-]?(?:api[ _-]?|oauth2?[ _-]?)?)?((?:client[ _-]?(?:id|secret))|(?:app(?:lication)?[ _-]?(?:id|key))|(?:access[ _-]?key)|(?:secret[ _-]?key))`)
	// gap is what may be between a name and its value; group 1 is the sign that says that a value follows.
	gap = pattern("^(?:\\s*\\([^()\\n]{0,40}\\))?[\\s\"'`*_~]*(:=|=>|->|→|–|—|[:=|,;>]|-\\s|is\\s)?[\\s\"'`*~<|]*")
	// gluedKey is a key right behind its name, where nothing but an ID or a key can be meant.
	gluedKey = pattern(`^[:=]?(?:[A-Za-z0-9+/]{32}|[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-)`)
	// valueOf is a value: characters of a key or an ID, and the padding of base64.
	valueOf    = pattern(`^[A-Za-z0-9+/_.-]+={0,2}`)
	wholeValue = pattern(`^[A-Za-z0-9+/_.-]+={0,2}$`)
)

// fieldCalled is the field that a name means; "" for any other text.
func fieldCalled(name string) string {
	at := nameOf().FindStringSubmatchIndex(name)
	if at == nil || at[0] != 0 || at[1] != len(name) {
		return ""
	}
	switch short := strings.ToLower(strings.NewReplacer(" ", "", "_", "", "-", "").Replace(name[at[2]:])); short {
	case "clientid":
		return FieldClientID
	case "clientsecret":
		return FieldClientSecret
	case "applicationid", "appid":
		return FieldApplicationID
	case "applicationkey", "appkey":
		return FieldApplicationKey
	case "accesskey":
		return FieldAccessKey
	default:
		return FieldSecretKey
	}
}

// pairs finds names and the values that follow them, in the order of the text.
func pairs(text string) []labelled {
	var places [][]int
	for _, at := range nameOf().FindAllStringIndex(text, -1) {
		if isAlone(text, at[0], at[1]) {
			places = append(places, at)
		}
	}
	all := make([]labelled, 0, len(places))
	for i, at := range places {
		end := len(text)
		if i+1 < len(places) {
			end = places[i+1][0]
		}
		all = append(all, labelled{fieldCalled(text[at[0]:at[1]]), valueBehind(text[at[1]:end])})
	}
	return all
}

// isAlone tells whether a name is not the middle of a longer one, such as AZURE_CLIENT_ID or client_secret_file.
func isAlone(text string, from, to int) bool {
	before := strings.TrimRight(text[:from], "-_")
	if strings.HasSuffix(before, "</") {
		return false
	}
	if before != "" && isLetterOrDigit(rune(before[len(before)-1])) {
		return false
	}
	after := strings.TrimLeft(text[to:], "-_")
	return after == "" || !isLetterOrDigit(rune(after[0]))
}

// valueBehind is the value at the beginning of what follows a name. A value is read whole or not at all, and one that no
// sign announces has to look like more than a word.
func valueBehind(rest string) string {
	sign := gap().FindStringSubmatch(rest)
	behind := rest[len(sign[0]):]
	value := valueOf().FindString(behind)
	behind = behind[len(value):]
	if trimmed := strings.TrimRight(value, "."); trimmed != value && (behind == "" || strings.ContainsAny(behind[:1], " \r\n")) {
		value = trimmed
	}
	switch {
	case strings.Trim(sign[0], "_") == "" || !strings.ContainsFunc(value, isLetterOrDigit) || !endsValue(behind):
		return ""
	case random(value):
		return value
	case sign[1] == "" || sign[1][0] == 'i':
		return ""
	}
	behind = strings.TrimLeft(behind, " \t")
	if behind != "" && isLetterOrDigit(rune(behind[0])) && !strings.HasPrefix(behind, "and ") {
		return "" // it is the first word of a sentence
	}
	return value
}

// endsValue tells whether a value that text follows is whole.
func endsValue(text string) bool {
	return text == "" || strings.ContainsAny(text[:1], " \t\r\n\"'`*~|,;&<>)}]") || strings.HasPrefix(text, `\n`) || strings.HasPrefix(text, `\"`)
}

// random tells whether a value looks made by a machine: no word of a sentence does.
func random(value string) bool {
	return len(value) >= 20 || len(value) >= 8 && strings.ContainsAny(value, "0123456789")
}

// shaped finds values without names, each by a shape that no other value has; and the ID and the key of an application of
// API 1.0, which have one shape, by their order on two lines or in two cells.
func shaped(api API, text string) map[string]string {
	var tokens []string
	for token := range strings.FieldsFuncSeq(text, besides) {
		tokens = append(tokens, token)
	}
	kinds := map[string]func(string) bool{
		FieldClientID:     func(s string) bool { return len(s) == 48 && isAlphanumeric(s) },
		FieldClientSecret: func(s string) bool { return len(s) == 64 && isAlphanumeric(s) },
	}
	if api == API10 {
		kinds = map[string]func(string) bool{FieldAccessKey: isAccessKey, FieldSecretKey: isSecretKey}
	}
	found := map[string]string{}
	for field, fits := range kinds {
		for _, token := range tokens {
			if !fits(token) {
				continue
			}
			if _, twice := found[field]; twice {
				return nil
			}
			found[field] = token
		}
	}
	// With the keys or without, two UUIDs and nothing else are an ID and its key.
	uuids := slices.DeleteFunc(slices.Clone(tokens), func(s string) bool { return !isUUID(s) })
	if api == API10 && len(uuids) == 2 && len(tokens) == 2+len(found) {
		found[FieldApplicationID], found[FieldApplicationKey] = uuids[0], uuids[1]
	}
	return found
}
