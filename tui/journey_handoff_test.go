package tui

import (
	"strings"
	"testing"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
)

const handedOffSecret = "made-up-secret-of-the-hand-off"

// handedOff is a profile that is handed off.
func handedOff() flow.Answers {
	return flow.Answers{
		Change: lifecycle.Change{
			Name: "acme", API: client.API20, Integration: "axonius-mimecast-v2", BaseURL: "https://api.services.mimecast.com",
			InternalDomain: "example.com", ClientID: "the-client-id", ClientSecret: secret.New(handedOffSecret), Activated: true,
		},
	}
}

func TestJourneyHandOff(t *testing.T) {
	t.Parallel()
	w := start(t, setting{})
	d := w.sim.Demo()
	w.At(flow.Integration).Type("axonius mimecast v2").Press("enter").See("What should it read?").Press("enter")
	w.At(flow.Console).Press("enter")
	w.At(flow.Application).Paste(d.ClientID).Press("tab").Paste(d.ClientSecret).Press("tab").Type("example.com").Press("enter")
	w.At(flow.Check).See("Is this your tenant?").Press("enter")
	w.At(flow.HandOff).See("axonius is saved").See("Adapters > Mimecast - V2 > Add Connection").See(global)
	for _, label := range []string{"Host Name or IP Address", "Client ID", "Client Secret"} {
		w.Press("enter").See(label + " copied, cleared after 45 seconds")
	}
	w.See("3/10").Not(d.ClientSecret)
	w.Press("esc").At(flow.HandOff) // what was activated is done
	w.Press("end", "enter").See("7 fields are not done. Leave the form?").See("mimecred handoff axonius").Press("esc").At(flow.HandOff)
	w.Press("end", "enter").See("7 fields are not done. Leave the form?").Press("down", "enter").Left() // asked each time
	if text := Summary(Outcome{Answers: w.Answers()}, w.app.env.Env, "."); !strings.Contains(text, "mimecred handoff axonius") {
		t.Errorf("the last words: %s", text)
	}
	if !w.Answers().Ticked["handoff:axonius-mimecast-v2:client_secret"] {
		t.Errorf("ticks: %v", w.Answers().Ticked)
	}
}
