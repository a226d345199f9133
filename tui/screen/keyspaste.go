package screen

import "mimecred/client"

// both fills in an access key and a secret key that were pasted at once.
func (s *Keys) both(pasted string) bool {
	if s.stage != keysConsole {
		return false
	}
	found, ok := client.SplitPaste(client.API10, pasted)
	if !ok {
		return false
	}
	access, key, ok := found.Keys()
	if !ok {
		return false
	}
	s.access.SetValue(access)
	s.secretKey.SetValue(key)
	s.form.Focus(s.secretKey)
	s.judge()
	return true
}
