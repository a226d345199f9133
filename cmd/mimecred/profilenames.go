package main

import "github.com/spf13/cobra"

// profileNames are the names on the list of profiles. What is wrong with the list, a command says: nobody reads it here.
func (a *app) profileNames() []string {
	var names []string
	if index, err := a.openIndex(); err == nil {
		entries, _ := index.Peek()
		for _, e := range entries {
			names = append(names, e.Name)
		}
	}
	return names
}

// profilesMeant are hints on a name that no profile has.
func (a *app) profilesMeant(name string) []string {
	if len(a.unfinishedOf(name)) > 0 {
		return []string{
			"mimecred setup " + name + " continues the set-up of that name, which is not finished",
			"mimecred delete " + name + " discards it",
		}
	}
	return append(didYouMean(name, "", a.profileNames()), "mimecred list shows the profiles")
}

// completeNames offers the names of profiles to the shell.
func (a *app) completeNames(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	if a.readFlags() != nil {
		return nil, noFiles
	}
	return a.profileNames(), noFiles
}

// completeName is completeNames for commands that have one name before anything else.
func (a *app) completeName(cmd *cobra.Command, given []string, word string) ([]string, cobra.ShellCompDirective) {
	if len(given) > 0 {
		return nil, noFiles
	}
	return a.completeNames(cmd, given, word)
}

// completeFirst offers profiles for the first argument and, for what follows, what the shell offers by itself.
func (a *app) completeFirst(cmd *cobra.Command, given []string, word string) ([]string, cobra.ShellCompDirective) {
	if len(given) == 0 {
		return a.completeNames(cmd, given, word)
	}
	return nil, files
}

// completeUnfinished offers the set-ups that are not finished.
func (a *app) completeUnfinished(_ *cobra.Command, given []string, _ string) ([]string, cobra.ShellCompDirective) {
	var names []string
	if len(given) == 0 && a.readFlags() == nil {
		for _, left := range a.unfinishedOf("") {
			names = append(names, left.Name)
		}
	}
	return names, noFiles
}

// completeDeletable offers profiles and the set-ups that are not finished.
func (a *app) completeDeletable(cmd *cobra.Command, given []string, word string) ([]string, cobra.ShellCompDirective) {
	names, _ := a.completeName(cmd, given, word)
	left, _ := a.completeUnfinished(cmd, given, word)
	return append(names, left...), noFiles
}
