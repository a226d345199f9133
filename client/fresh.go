package client

// Fresh tells whether a run failed only as it does with an application that was made a few minutes ago, so that the same run may
// pass a little later. New applications of API 2.0 take a few minutes (the guides of Coretelligent and AirMDR), those of API 1.0
// half an hour (Mimecast KB 34000328220691). Until then API 2.0 refuses the pair, or lets it through and knows no product of it;
// API 1.0 does not know the application.
func Fresh(results []Result, api API) bool {
	fresh := false
	for _, r := range results {
		switch {
		case r.State != Failed && r.State != Warning:
		case r.freshKind(api):
			fresh = true
		case r.State == Failed:
			return false
		}
	}
	return fresh && !Judge(results).Canceled
}

func (r Result) freshKind(api API) bool {
	switch r.Kind {
	case DisabledOrTooNew:
		return true
	case UnknownApplication:
		return api == API10
	case MissingProduct, InvalidCredentials:
		return api == API20
	default:
		return false
	}
}
