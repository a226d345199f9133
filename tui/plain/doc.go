// Package plain is the wizard as numbered questions, one line each: for screen readers, serial lines, dumb terminals and
// logs. It walks the same flow, with the same answers, as the screens do; it draws no frames and repaints nothing.
//
// The rules of this room: every byte of output goes through printer, which lets no control character through; every
// answer is read by session.answer or session.hidden, which know what "<", "?", "q" and "=" mean; a step is a list of
// questions that walk goes through, and tells what the person wants by returning nil, errBack, errQuit or a *jump. No
// secret is ever made into text here.
package plain
