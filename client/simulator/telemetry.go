package simulator

import (
	"net/http"
	"time"
)

// isoMillis is the time format of the newer endpoints.
const isoMillis = "2006-01-02T15:04:05.000Z"

// impersonationLogs has a count beside its rows (agreed).
func (s *Server) impersonationLogs(c *call, a asked) {
	list, pagination := pageOf([]string{s.fill(c, a, impersonationLog)}, a.in)
	c.page(`[{"impersonationLogs":`+list+`,"resultCount":1}]`, pagination)
}

// feed is a file instead of the usual envelope, with a token for the next one in a header (agreed).
func (s *Server) feed(c *call, a asked) {
	h := c.w.Header()
	h.Set("X-Mc-Threat-Feed-Next-Token", s.mint.userToken("feed"))
	if a.in.text("fileType") == "csv" {
		h.Set("Content-Type", "text/csv")
		c.json(http.StatusOK, "MD5|SHA256|Sender Address|Sender Domain|Recipient Address|Country Code|Detection\n")
		return
	}
	c.json(http.StatusOK, `{"type":"bundle","id":"bundle--`+s.mint.uuid("bundle")+`","objects":[]}`)
}

// siemLogs says that there is nothing new (agreed by three clients).
func (*Server) siemLogs(c *call, _ asked) {
	c.json(http.StatusOK, `{"meta":{"isLastToken":true,"status":200},"data":[],"fail":[]}`)
}

// siemBatch lists files to fetch; the address is made up and leads nowhere.
func (*Server) siemBatch(c *call, _ asked) {
	c.json(http.StatusOK, `{"value":[{"url":"https://made-up.invalid/events.json.gz","expiry":"`+
		c.now.UTC().Add(time.Hour).Format(isoMillis)+`","size":354}],"@nextPage":"NDU1NA==","isCaughtUp":true}`)
}

// siemEvents lists the events themselves; there are none. The page token is there all the same (agreed).
func (*Server) siemEvents(c *call, _ asked) {
	c.json(http.StatusOK, `{"value":[],"@nextPage":"tokenNextPageLast==","isCaughtUp":true}`)
}

func (*Server) threatStatistics(c *call, _ asked) {
	c.json(http.StatusOK, `{"value":[{"startTimestamp":"`+c.now.UTC().Add(-24*time.Hour).Format(isoMillis)+
		`","detectionCount":1}]}`)
}

func (*Server) gatewayStatistics(c *call, _ asked) {
	c.json(http.StatusOK, `{"statistics":[],"meta":{}}`)
}

func (s *Server) gatewayDetails(c *call, a asked) {
	c.json(http.StatusOK, s.fill(c, a, `{"accountCode":"{code}","region":"{region}","protectionMode":"FULL",`+
		`"status":"ACTIVE","outboundEnabled":true,"outboundHostnames":["{region}-smtp-outbound-1.mimecast.com"],`+
		`"inboundMxRecords":{"hostname":"{region}-smtp-inbound-1.mimecast.com","priority":10},`+
		`"spf":"include:{region}._netblocks.mimecast.com"}`))
}

// defaultPolicy is an object of the Cloud Integrated platform; its keys are assumed.
func (s *Server) defaultPolicy(c *call, _ asked) {
	c.json(http.StatusOK, `{"id":"`+s.mint.uuid("default policy")+`","name":"Default policy","enabled":true}`)
}
