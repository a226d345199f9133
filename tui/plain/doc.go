// Package plain is the wizard as numbered questions, one line each: for screen readers, serial lines, dumb terminals and
// logs. It walks the same flow, with the same answers, as the screens do; it draws no frames and repaints nothing.
package plain
