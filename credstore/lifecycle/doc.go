// Package lifecycle is what happens to a profile's credential from the first sign-in to the log-out of the last previous key: each
// sequence once, without a screen, with its rules, its deadlines and the words for what became of it. The screens, line mode and
// the commands call it; nothing here knows how anything is shown.
package lifecycle
