package client

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
)

// wordFaults are words that would steer a terminal, or that repeat what was sent, in every place that is shown.
func wordFaults(t *testing.T) []fault {
	t.Helper()
	answered := expectation{succeeds: true, mimecast: true}
	var faults []fault
	for name, sign := range map[string]string{
		"a bell": "\a", "an escape": "\x1b[2J", "a title": "\x1b]0;x\x07", "a zero byte": "\x00", "C1": "\u009b31m", "a line": "\r\nSet-X: y",
		"bidi": "\u202eabc\u2066", "no width": "a\u200bb\ufeff", "half a rune": "\xc3\x28", "delete": "\x7f",
	} {
		word := "word" + sign + "end"
		places := map[string]func(net.Conn, *http.Request) bool{
			"a code":         saying(rawReply(401, document(map[string]any{"fail": []any{map[string]any{"code": word, "message": "m"}}}), isJSON)),
			"a message":      saying(rawReply(403, document(map[string]any{"fail": []any{map[string]any{"errors": []any{map[string]any{"code": "c", "message": word, "field": word}}}}}), isJSON)),
			"an OAuth error": saying(rawReply(400, document(map[string]any{"error": word, "error_description": word}), isJSON)),
			"an account":     saying(rawReply(200, document(map[string]any{"meta": map[string]any{"status": 200}, "data": []any{map[string]any{"accountName": word, "accountCode": word, "region": word, "packages": []any{word}}}, "fail": []any{}}), isJSON)),
			"a page":         saying(rawReply(502, "<html><head><title>"+word+"</title></head></html>", isHTML)),
			"plain text":     saying(rawReply(403, word, isText)),
		}
		if !strings.ContainsAny(sign, "\r\n") {
			places["a header"] = saying(rawReply(401, badSignature, isJSON, "X-Request-Id: "+word, "X-Word: "+word))
			places["a redirect"] = saying(rawReply(302, "", "Location: https://"+word+"/x"))
			places["a status"] = saying("HTTP/1.1 403 " + word + "\r\nContent-Length: 0\r\n\r\n")
			places["a broken header"] = then("HTTP/1.1 200 OK\r\n" + word + "\r\n\r\n")
		}
		for place, answer := range places {
			faults = append(faults, overHTTP(t, name+" in "+place, answered, answer))
		}
	}
	for place, answer := range map[string]func(echo string) string{
		"a message": func(echo string) string {
			return rawReply(403, document(map[string]any{"fail": []any{map[string]any{"code": echo, "message": "got " + echo}}}), isJSON)
		},
		"a header":        func(echo string) string { return rawReply(401, badSignature, isJSON, "X-Request-Id: "+oneLineOf(echo)) },
		"a page":          func(echo string) string { return rawReply(502, "<title>"+echo+"</title>", isHTML) },
		"a redirect":      func(echo string) string { return rawReply(307, "", "Location: https://evil.example/"+oneLineOf(echo)) },
		"a redirect host": func(echo string) string { return rawReply(307, "", "Location: https://"+oneLineOf(echo)) },
		"a broken header": func(echo string) string { return "HTTP/1.1 200 OK\r\n" + oneLineOf(echo) + "\r\n\r\n" },
		"a broken status": func(echo string) string { return "HTTP/1.1 " + oneLineOf(echo) + "\r\n\r\n" },
		"an OAuth error": func(echo string) string {
			return rawReply(400, document(map[string]any{"error": "e", "error_description": echo}), isJSON)
		},
	} {
		faults = append(faults, overHTTP(t, "what was sent in "+place, answered, func(conn net.Conn, r *http.Request) bool {
			body, _ := io.ReadAll(r.Body)
			password := ""
			sent := strings.Replace(r.Header.Get("Authorization"), "Basic-Cloud", "Basic", 1)
			if _, encoded, found := strings.Cut(sent, "Basic "); found {
				decoded, _ := base64.StdEncoding.DecodeString(encoded)
				password = string(decoded)
			}
			echo := sent + " " + string(body) + " " + password
			_, _ = io.WriteString(conn, answer(echo))
			return false
		}))
	}
	return faults
}

func oneLineOf(text string) string { return strings.Join(strings.Fields(text), " ") }

func document(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(text)
}

// shapeFaults are Mimecast's envelope with something of another type in it.
func shapeFaults(t *testing.T) []fault {
	t.Helper()
	var faults []fault
	for _, status := range []int{200, 401} {
		for name, body := range map[string]string{
			"fail is a text":         `{"meta":{"status":200},"fail":"no","data":[]}`,
			"fail is a number":       `{"meta":{"status":200},"fail":7,"data":[]}`,
			"fail is true":           `{"meta":{"status":200},"fail":true,"data":[]}`,
			"fail is an object":      `{"meta":{"status":200},"fail":{"code":"c","message":"m"},"data":[]}`,
			"fail holds null":        `{"meta":{"status":200},"fail":[null],"data":[]}`,
			"fail holds a list":      `{"meta":{"status":200},"fail":[[]],"data":[]}`,
			"errors is a text":       `{"meta":{"status":200},"fail":[{"errors":"no"}],"data":[]}`,
			"errors holds a number":  `{"meta":{"status":200},"fail":[{"errors":[7]}],"data":[]}`,
			"code is a number":       `{"fail":[{"code":7,"message":8}]}`,
			"code is an object":      `{"fail":[{"code":{},"message":[]}]}`,
			"meta is a text":         `{"meta":"fine","data":[],"fail":[]}`,
			"meta's status is text":  `{"meta":{"status":"401"},"data":[],"fail":[]}`,
			"meta's status is odd":   `{"meta":{"status":-1e99},"data":[],"fail":[]}`,
			"data is a text":         `{"meta":{"status":200},"data":"here","fail":[]}`,
			"data is an object":      `{"meta":{"status":200},"data":{},"fail":[]}`,
			"data holds null":        `{"meta":{"status":200},"data":[null],"fail":[]}`,
			"data holds a list":      `{"meta":{"status":200},"data":[[]],"fail":[]}`,
			"keys are numbers":       `{"meta":{"status":200},"data":[{"accessKey":1,"secretKey":2,"duration":"x"}],"fail":[]}`,
			"a name is a number":     `{"meta":{"status":200},"data":[{"accountName":1,"accountCode":[],"packages":7}],"fail":[]}`,
			"a region is a text":     `{"meta":{"status":200},"data":[{"authenticate":7,"region":"us"}],"fail":[]}`,
			"ten thousand deep":      strings.Repeat("[", 10_001) + strings.Repeat("]", 10_001),
			"a long message":         `{"fail":[{"code":"c","message":"` + strings.Repeat("m", 300<<10) + `"}]}`,
			"an account's long name": `{"meta":{"status":200},"data":[{"accountName":"` + strings.Repeat("n", 100<<10) + `","accountCode":"C"}],"fail":[]}`,
		} {
			faults = append(faults, overHTTP(t, fmt.Sprintf("%d: %s", status, name), expectation{succeeds: true, mimecast: true}, saying(rawReply(status, body, isJSON))))
		}
	}
	return faults
}
