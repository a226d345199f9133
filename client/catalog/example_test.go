package catalog_test

import (
	"fmt"

	"mimecred/client/catalog"
)

// PlanFor tells what to check for an integration, and the least that its application must have.
func ExamplePlanFor() {
	plan, needs, err := catalog.PlanFor(catalog.Selection{Integrations: []string{"pondurance-scope"}, Domain: "example.com"})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("live calls:", len(plan.Probes))
	for _, product := range needs.Products {
		fmt.Println("product:", catalog.ProductTitle(product))
	}
	for _, permission := range needs.Permissions {
		fmt.Println("permission:", permission)
	}
	// Output:
	// live calls: 5
	// product: Threats, Security Events, and Data (for CG)
	// product: Audit Events
	// product: Security Events
	// permission: Security Events and Data Retrieval | Threat and Security Events (SIEM) | Read
	// permission: Account | Logs | Read
	// permission: Monitoring | URL Protection | Read
	// permission: Monitoring | Attachment Protection | Read
	// permission: Monitoring | Impersonation Protection | Read
}
