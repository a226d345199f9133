package simulator

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
)

func orderPermissions(s *Server, form url.Values) (any, error) {
	_, known := everything()
	e := edit{"permission", form["add"], form["remove"], known}
	if email := form.Get("user"); email != "" {
		var after []string
		var err error
		if !s.changeUser(email, func(u *User) { after, err = e.apply(&u.Permissions) }) {
			err = s.noUser(email)
		}
		return e.said(email, after, err)
	}
	return e.toApplication(s, form.Get("client_id"), func(a *OAuthApplication) *[]string { return &a.Permissions })
}

func orderProducts(s *Server, form url.Values) (any, error) {
	known, _ := everything()
	e := edit{"product", form["add"], form["remove"], known}
	return e.toApplication(s, form.Get("client_id"), func(a *OAuthApplication) *[]string { return &a.Products })
}

// edit is a change of a list of permissions or products.
type edit struct {
	thing       string
	add, remove []string
	// known is everything that can be added.
	known []string
}

// toApplication changes one list of an application.
func (e edit) toApplication(s *Server, clientID string, list func(*OAuthApplication) *[]string) (any, error) {
	var name string
	var after []string
	var err error
	if !s.changeApplication(clientID, func(a *OAuthApplication) {
		name = a.Name
		after, err = e.apply(list(a))
	}) {
		err = s.noOAuth(clientID)
	}
	return e.said("the application "+name, after, err)
}

// apply changes a list altogether or, when something about the edit is wrong, not at all. The list that was there stays as it
// is: calls under way may read it.
func (e edit) apply(list *[]string) ([]string, error) {
	if len(e.add)+len(e.remove) == 0 {
		return nil, refuse(http.StatusBadRequest, "add or remove a %s; they are: %s", e.thing, strings.Join(e.known, ", "))
	}
	for _, one := range e.add {
		if !slices.Contains(e.known, one) {
			return nil, refuse(http.StatusBadRequest, "there is no %s %q to add; there are: %s", e.thing, one, strings.Join(e.known, ", "))
		}
	}
	after := slices.Clone(*list)
	for _, one := range e.remove {
		if !slices.Contains(after, one) {
			return nil, refuse(http.StatusBadRequest, "there is no %s %q to remove; there are: %s", e.thing, one, orNone(after))
		}
		after = without(after, one)
	}
	for _, one := range e.add {
		if !slices.Contains(after, one) {
			after = append(after, one)
		}
	}
	*list = after
	return after, nil
}

// said is the answer to an edit.
func (e edit) said(whose string, after []string, err error) (any, error) {
	if err != nil {
		return nil, err
	}
	return e.thing + "s of " + whose + ": " + summary(after, e.known), nil
}

// summary tells a list by what of everything it lacks, when that is shorter.
func summary(list, everything []string) string {
	lacks := slices.DeleteFunc(slices.Clone(everything), func(one string) bool { return slices.Contains(list, one) })
	switch {
	case len(lacks) == 0:
		return "all"
	case len(lacks) < len(list):
		return "all but " + strings.Join(lacks, ", ")
	default:
		return orNone(list)
	}
}

func orNone(list []string) string {
	if len(list) == 0 {
		return "none"
	}
	return strings.Join(list, ", ")
}
