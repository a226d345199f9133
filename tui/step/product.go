package step

import (
	"fmt"
	"slices"
	"strings"

	"mimecred/client"
	"mimecred/client/catalog"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
)

// NoProduct is the option "Not listed, or not sure". Its answer is the empty integration, for either API.
const NoProduct = "none"

// ProductForm asks which product the credential is for, which others share its application, and what of them will be used.
func ProductForm(env Env, a flow.Answers) Form {
	f := Form{Step: flow.Integration, Questions: []Question{product(a)}}
	if env.Demo != nil {
		f.Demo = "the first row is the shortest way"
	}
	if a.Integration == "" {
		return f
	}
	if i, _ := catalog.Lookup(a.Integration); i.Successor != "" && a.Purpose == lifecycle.SettingUp {
		f.Questions = append(f.Questions, successor(i))
	}
	if options := FeatureOptions(a); len(options) > 0 {
		f.Questions = append(f.Questions, features(a, options))
	}
	f.Questions = append(f.Questions, also(a))
	return f
}

// Products are the ids of all products of the answers, the first one first.
func Products(a flow.Answers) []string {
	if a.Integration == "" {
		return nil
	}
	return append([]string{a.Integration}, a.Also...)
}

// productOptions are the products to choose from, those that have no newer one first. A credential that exists already is of one API,
// and so are its products.
func productOptions(a flow.Answers, oneAPI bool) []Option {
	var options []Option
	legacy := map[string]bool{}
	for _, i := range catalog.Integrations() {
		if i.Generic || oneAPI && i.API != a.API {
			continue
		}
		options = append(options, Option{
			ID: i.ID, Title: i.Name, Aside: "API " + string(i.API) + ", " + string(i.Status), Words: []string{i.Vendor},
		})
		legacy[i.ID] = i.Successor != ""
	}
	slices.SortStableFunc(options, func(a, b Option) int {
		switch {
		case legacy[a.ID] == legacy[b.ID]:
			return 0
		case legacy[a.ID]:
			return 1
		}
		return -1
	})
	return options
}

// successor offers the product that replaces an older one: once, where that was chosen.
func successor(i catalog.Integration) Question {
	next, _ := catalog.Lookup(i.Successor)
	return optionAt(Question{
		ID: "successor", Label: next.Name + " replaces it. Which one?",
		Help: []string{"The newer one works with API 2.0, which Mimecast supports today. Ask whoever runs the product whether it is there already."},
		Options: []Option{
			{ID: i.ID, Title: i.Name + ", as chosen", Aside: "API " + string(i.API)},
			{ID: next.ID, Title: next.Name, Aside: "API " + string(next.API)},
		},
	}, i.ID, setProduct)
}

func product(a flow.Answers) Question {
	options := append([]Option{{
		ID: NoProduct, Title: "Not listed, or not sure", Aside: "either API", Words: []string{"no particular product", "other", "generic", "script"},
		Always: true,
	}}, productOptions(a, a.Purpose != lifecycle.SettingUp)...)
	now := a.Integration
	if _, known := catalog.Lookup(now); !known {
		now = NoProduct
	}
	q := optionAt(Question{
		ID: "integration", Label: "Which product?", Options: options,
		Help: []string{"The checks try what this product calls, and the walk-through names what it needs."},
	}, now, setProduct)
	set := q.Set
	q.Set = func(a *flow.Answers, v Value) Verdict {
		if i, known := catalog.Lookup(v.Text); known && i.Generic { // by its name in the catalogue, which no row has
			setProduct(a, v.Text)
			return Verdict{}
		}
		return set(a, v)
	}
	return q
}

// setProduct notes the chosen product. It knows its API; without one the API stays as it was.
func setProduct(a *flow.Answers, id string) {
	if id == NoProduct {
		a.Integration, a.Also, a.Features = "", nil, nil
		return
	}
	i, _ := catalog.Lookup(id)
	if i.API != a.API {
		a.Also = nil
	}
	if id != a.Integration {
		a.Also = slices.DeleteFunc(slices.Clone(a.Also), func(other string) bool { return other == id })
	}
	a.Integration, a.API = id, i.API
}

// featureMark is the ID of a feature's option.
func featureMark(product, feature string) string { return product + ":" + feature }

// FeatureOptions are the features of all products of the answers.
func FeatureOptions(a flow.Answers) []Option {
	var options []Option
	for _, id := range Products(a) {
		i, _ := catalog.Lookup(id)
		for _, f := range i.Features {
			o := Option{ID: featureMark(id, f.ID), Title: f.Title, About: f.About, Words: []string{f.ID}}
			if len(a.Also) > 0 {
				o.Title = i.Vendor + ": " + f.Title
			}
			options = append(options, o)
		}
	}
	return options
}

// features asks what of the products will be used. A product whose features are as they are by default is left out of the answers:
// what was not asked for by name may be missing without the checks failing.
func features(a flow.Answers, options []Option) Question {
	q := Question{
		ID: "features", Kind: Several, Label: "What should it read?", Options: options, Optional: true,
		Help: []string{"Each feature needs permissions of its own; mimecred does not ask for what you leave out."},
	}
	for _, id := range Products(a) {
		i, _ := catalog.Lookup(id)
		on, touched := a.Features[id]
		if !touched {
			on = i.DefaultFeatures()
		}
		for _, f := range i.Features {
			if slices.Contains(on, f.ID) {
				q.Value.Many = append(q.Value.Many, featureMark(id, f.ID))
			}
		}
	}
	q.Set = func(a *flow.Answers, v Value) Verdict {
		v.Many = slices.Clone(v.Many)
		for i, id := range v.Many {
			if !strings.Contains(id, ":") { // of the first product
				v.Many[i] = featureMark(a.Integration, id)
			}
			if _, ok := q.Option(v.Many[i]); !ok {
				return Verdict{Err: unknown(id, fmt.Errorf("there is no feature %q", id))}
			}
		}
		chosen := map[string][]string{}
		for _, id := range Products(*a) {
			i, _ := catalog.Lookup(id)
			on := []string{}
			for _, f := range i.Features {
				if slices.Contains(v.Many, featureMark(id, f.ID)) {
					on = append(on, f.ID)
				}
			}
			_, touched := a.Features[id]
			if len(i.Features) > 0 && (touched || !slices.Equal(on, i.DefaultFeatures())) {
				chosen[id] = on
			}
		}
		if a.Features = chosen; len(chosen) == 0 {
			a.Features = nil
		}
		return Verdict{}
	}
	return q
}

// otherProducts are those that can share the application: of the same API, and not there yet.
func otherProducts(a flow.Answers) []Option {
	return slices.DeleteFunc(productOptions(a, true), func(o Option) bool { return o.ID == a.Integration })
}

// also asks which other products share the application.
func also(a flow.Answers) Question {
	q := Question{
		ID: "also", Kind: Several, Label: "Which other products share the application?", Options: otherProducts(a), Optional: true,
		Help:  []string{"One application can serve several products; it then needs what all of them need."},
		Value: Value{Many: a.Also},
	}
	q.Set = func(a *flow.Answers, v Value) Verdict {
		for _, id := range v.Many {
			if _, ok := q.Option(id); !ok {
				return Verdict{Err: unknown(id, fmt.Errorf("there is no integration %q of API %s that could share the application", id, a.API))}
			}
		}
		a.Also = slices.Clone(v.Many)
		return Verdict{}
	}
	return q
}

// PlanToRead tells whether there is something to decide about a product, or a warning to read, before its step is left.
func PlanToRead(a flow.Answers) bool {
	if a.Integration == "" {
		return false
	}
	i, ok := catalog.Lookup(a.Integration)
	if !ok || i.Generic {
		return false
	}
	plan, err := PlanLines(a)
	return err != nil || len(FeatureOptions(a)) > 0 || i.Successor != "" || len(a.Also) > 0 ||
		slices.ContainsFunc(plan, func(l PlanLine) bool { return l.Warning })
}

func titles[T any](list []T, title func(T) string) []string {
	var out []string
	for _, one := range list {
		out = append(out, title(one))
	}
	return out
}

// AboutProduct says what a product calls Mimecast for, and what it cannot do.
func AboutProduct(id string) []PlanLine {
	if id == NoProduct {
		return []PlanLine{{Text: "Checks that the credential works and whose account it belongs to."}}
	}
	i, ok := catalog.Lookup(id)
	if !ok {
		return nil
	}
	var calls []string
	for _, c := range i.Calls {
		if !slices.Contains(calls, c.For) {
			calls = append(calls, c.For)
		}
	}
	lines := []PlanLine{{Text: "It asks Mimecast for: " + strings.Join(calls, "; ") + "."}}
	for _, l := range i.Limits {
		if l.Kind == catalog.LimitRegion || l.Kind == catalog.LimitHost || l.Kind == catalog.LimitSecondFactor {
			lines = append(lines, PlanLine{Text: l.Text, Warning: true})
		}
	}
	return lines
}

// only is the API that the integration of the answers needs, and its name; "" when it works with either.
func only(a flow.Answers) (client.API, string) {
	if a.Integration == "" {
		return "", "" // the catalogue is not even opened
	}
	i, ok := catalog.Lookup(a.Integration)
	if !ok || i.Generic {
		return "", ""
	}
	return i.API, i.Name
}
