package credstore

// safeFolder leaves it to the access list of the user's own folders.
func safeFolder(string) error { return nil }

func mendFile(string) {}

func mendFolder(string, string) {}

func closeFolder(string) {}

func foreignFile(string) error { return nil }

func sharedFolder(string) bool { return false }
