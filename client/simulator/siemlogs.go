package simulator

import (
	"net/http"
	"strings"
)

// siemLogs is the log of mail of API 1.0: a file with the events since the token that was sent, the next token in a
// header, and the words "isLastToken" when there is nothing newer (agreed by three clients). Without a token it begins a
// day ago (assumed). The keys of an event are known in part from clients.
func (s *Server) siemLogs(c *call, a asked) {
	since, ok := parseCursor(a.in.text("token"))
	if !ok {
		c.failed(http.StatusOK, http.StatusOK, fault{Code: "err_audit_siem_invalid_token", Message: "Invalid token"}) // its words are assumed
		return
	}
	end := c.now.UTC().Truncate(quarter).Add(quarter)
	sp := span{end.Add(-recent), end}
	if !since.until.IsZero() {
		sp.from = since.until
	}
	total := sp.ticks()
	if total == 0 {
		c.json(http.StatusOK, `{"meta":{"isLastToken":true,"status":200},"data":[],"fail":[]}`)
		return
	}
	var lines []string
	plain := strings.EqualFold(a.in.text("fileFormat"), "key_value")
	for n := range total {
		if plain {
			lines = append(lines, s.rowAt(c, a, siemLine, sp.tick(n)))
		} else {
			lines = append(lines, s.rowAt(c, a, siemRow, sp.tick(n)))
		}
	}
	name, body := "receipt_made_up.json", `{"type":"MTA","data":[`+strings.Join(lines, ",")+`]}`
	if plain {
		name, body = "receipt_made_up.siem", strings.Join(lines, "\n")+"\n"
	}
	if compress, _ := a.in.fields["compress"].(bool); compress {
		body, name = zipped(name, body), name+".zip"
	}
	h := c.w.Header()
	h.Set("mc-siem-token", cursor{until: end}.String())
	h.Set("Content-Type", "application/octet-stream")
	h.Set("Content-Disposition", `attachment; filename="`+name+`"`)
	c.json(http.StatusOK, body)
}

// siemRow and siemLine are one event in the two formats of a file.
const (
	siemRow = `{"acc":"{code}","datetime":"{time}","aCode":"made-up","Act":"Acc","Dir":"Inbound","Sender":"a@example.net",` +
		`"Rcpt":"user1@{domain}","IP":"192.0.2.1","MsgId":"<made-up@example.net>","Subject":"Made-up message"}`
	siemLine = `datetime={time}|aCode=made-up|acc={code}|Act=Acc|Dir=Inbound|Sender=a@example.net|Rcpt=user1@{domain}|` +
		`IP=192.0.2.1|MsgId=<made-up@example.net>|Subject=Made-up message`
)
