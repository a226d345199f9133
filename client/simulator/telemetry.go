package simulator

import (
	"net/http"
	"time"
)

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
