package client

// Remedy is what to do about one failed check, or about several that have one cause.
type Remedy struct {
	Kind Kind
	// Checks are the results that it is about, in their order.
	Checks []Result
	// Meaning, Fix and Where are as in Result.
	Meaning, Fix string
	Where        Where
}

// Remedies puts the failures and warnings of a run together by their cause: one role with every permission that it lacks, one
// application with every product, and once whatever would be said twice. They come in the order of the first check of each.
func Remedies(results []Result) []Remedy {
	var list []Remedy
	for _, r := range results {
		if r.State != Failed && r.State != Warning || r.Meaning+r.Fix == "" {
			continue
		}
		if i := sameCause(list, r); i >= 0 {
			list[i].Checks = append(list[i].Checks, r)
			continue
		}
		list = append(list, Remedy{Kind: r.Kind, Checks: []Result{r}, Meaning: r.Meaning, Fix: r.Fix, Where: r.Where})
	}
	for i := range list {
		list[i].join()
	}
	return list
}

// sameCause finds the remedy that a result belongs to; -1 when there is none yet.
func sameCause(list []Remedy, r Result) int {
	for i, one := range list {
		first := one.Checks[0]
		switch {
		case one.Kind != r.Kind || one.Meaning != r.Meaning:
		case one.Fix == r.Fix, joins(first) && joins(r) && first.cause.failure.alike(&r.cause.failure):
			return i
		}
	}
	return -1
}

// joins tells whether the remedy of a result names what its own call needs, so that several can be named together.
func joins(r Result) bool {
	return r.cause != nil && (r.Kind == MissingPermission || r.Kind == MissingProduct)
}

// alike tells whether two refusals leave the same open.
func (e *Error) alike(other *Error) bool {
	return familiarPermission(e) == familiarPermission(other) && refusalOf(e) == refusalOf(other)
}

// join names in one remedy what all of its checks need.
func (m *Remedy) join() {
	if len(m.Checks) < 2 || !joins(m.Checks[0]) {
		return
	}
	first := m.Checks[0].cause
	at := first.at
	at.needs = &needs{}
	for _, r := range m.Checks {
		at.needs.permissions = append(at.needs.permissions, r.Permission)
		at.needs.products = append(at.needs.products, r.Products)
		at.passedBefore = at.passedBefore && r.cause.at.passedBefore
	}
	fix := fixFor(&first.failure, at)
	m.Fix, m.Where = fix.text, fix.where
}

// needs are what several calls need together.
type needs struct {
	permissions []string
	products    [][]string
}

// allProducts are the products of each call that the advice is about.
func (c circumstances) allProducts() [][]string {
	if c.needs != nil {
		return c.needs.products
	}
	return [][]string{c.products}
}

// allPermissions are the permissions that the advice is about.
func (c circumstances) allPermissions() []string {
	if c.needs != nil {
		return c.needs.permissions
	}
	return []string{c.permission}
}

// Recall explains checks of which no more is known than how they ended, as of an earlier run.
func Recall(results []Result, api API, history History) []Result {
	list := make([]Result, 0, len(results))
	for _, r := range results {
		if r.Kind != "" && (r.State == Failed || r.State == Warning) {
			e := Error{Kind: r.Kind}
			at := circumstances{api: api, products: r.Products, permission: r.Permission, history: history, passedBefore: history.passed(r.ID)}
			r.cause = &cause{failure: e, at: at}
			r = r.explained(diagnose(&e, at))
		}
		list = append(list, r)
	}
	return list
}
