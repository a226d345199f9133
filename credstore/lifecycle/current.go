package lifecycle

import "mimecred/client"

// CurrentAgain says that what was given as the new credential of a rotation is the one that is current, with what to give
// instead; "" when it is another one, or when either is not known. Screens, line mode and files ask it.
func CurrentAgain(current, fresh client.Credential) string {
	if current == nil || !client.Same(current, fresh) {
		return ""
	}
	if current.API() == client.API10 {
		return "These are the current keys. New keys have another Access Key and another Secret Key."
	}
	return "This is the current credential. The new one has another Client ID too."
}
