package simulator

import (
	"archive/zip"
	"bytes"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// feedPages is over how many calls a feed is told: the last one has no token for a next one (agreed: two clients stop on
// that).
const feedPages = 2

// feed is a file instead of the usual envelope, with a token for the next part of it in a header (agreed). A range
// without anything is told in the envelope (agreed by two clients of Mimecast's own, in its words; the code is assumed).
func (s *Server) feed(c *call, a asked) {
	at, ok := parseCursor(a.in.text("token"))
	if !ok {
		c.failed(http.StatusOK, http.StatusOK, invalidToken())
		return
	}
	a.in.cursor.until = at.until
	sp := a.in.span(c.now)
	if at.offset > 0 && !at.until.IsZero() {
		sp = span{at.until.Add(-time.Duration(at.offset) * quarter), at.until} // a token needs no start beside it
	}
	total := sp.ticks()
	if total == 0 {
		c.failed(http.StatusOK, http.StatusOK, fault{Code: "err_no_results", Message: "No results found for threat intel feed."})
		return
	}
	told := total
	if at.offset == 0 {
		told = total - total/feedPages
	}
	h := c.w.Header()
	if told < total {
		h.Set("X-Mc-Threat-Feed-Next-Token", cursor{total - told, sp.to}.String())
	}
	h.Set("Content-Disposition", `attachment; filename="`+a.in.text("feedType")+`.`+a.in.text("fileType")+`"`)
	h.Set("Content-Type", "application/octet-stream")
	body := s.feedBody(a, sp, told)
	if compress, _ := a.in.fields["compress"].(bool); compress {
		h.Set("Content-Type", "application/zip")
		body = zipped(a.in.text("feedType")+"."+a.in.text("fileType"), body)
	}
	c.json(http.StatusOK, body)
}

// feedBody writes the first rows of a range. The columns of CSV are known in part from clients.
func (s *Server) feedBody(a asked, sp span, rows int) string {
	var lines, objects []string
	for n := range rows {
		at := sp.tick(n)
		label := a.in.text("feedType") + " " + strconv.FormatInt(at.Unix(), 10)
		md5, sha := s.mint.text("md5 "+label, "", hexes, 32), s.mint.text("sha256 "+label, "", hexes, 64)
		lines = append(lines, strings.Join([]string{
			md5, sha, "a@example.net", "example.net", first(a.tenant.Addresses, "user1@example.com"), "GB",
			"Made-up detection", at.Format(bodyDate),
		}, "|"))
		objects = append(objects, fill(indicator, "id", s.mint.uuid(label), "time", at.Format(isoMillis), "md5", md5, "sha256", sha))
	}
	if strings.EqualFold(a.in.text("fileType"), "csv") {
		return "MD5|SHA256|SenderAddress|SenderDomain|RecipientAddress|CountryCode|Detection|Timestamp\n" + strings.Join(lines, "\n") + "\n"
	}
	return `{"type":"bundle","id":"bundle--` + s.mint.uuid("bundle") + `","objects":[` + strings.Join(objects, ",") + `]}`
}

// zipped puts a file into an archive.
func zipped(name, body string) string {
	var b bytes.Buffer
	archive := zip.NewWriter(&b)
	if file, err := archive.Create(name); err == nil {
		_, _ = file.Write([]byte(body)) // a buffer accepts everything
	}
	_ = archive.Close()
	return b.String()
}
