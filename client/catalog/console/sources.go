package console

// The public pages that the items come from.
const (
	sourceApplication20 = "Mimecast KB 34000360548755"
	sourceHub           = "Mimecast KB 39167758633107"
	sourceHubCI         = "Mimecast KB 39816177394579"
	sourceKeys          = "Mimecast KB 34000328220691"
	sourceCodes         = "Mimecast KB 49448509755795"
	sourcePassword      = "Mimecast KB 34000404624275"
	sourceEnd10         = "Mimecast KB 39704312201235"
	sourceNetskope      = "docs.netskope.com/en/configure-mimecast-credentials.html"
	sourcePondurance    = "docs.pondurance.com/2_main-menu/log/cloud_sources_registration/pondurance-mimecast-manual/"
	sourceJupiterOne    = "github.com/JupiterOne/graph-mimecast (docs/jupiterone.md)"
	sourceArcticWolf    = "docs.arcticwolf.com/cloud/mimecast_credentials.html"
	sourceDatadog       = "github.com/DataDog/integrations-core (mimecast/README.md)"
	sourceSekoia        = "github.com/SEKOIA-IO/documentation (docs/integration/categories/email/mimecast_email_security.md)"
	sourceSynqly        = "docs.synqly.com/guides/provider-configuration/mimecast-cloud-gateway-emailsecurity-setup.md"
	sourceRegistered    = "Mimecast community article DOC-1866"
)

// The menus that several items share.
const (
	login               = "https://login.mimecast.com"
	hub                 = "Integrations > Integrations Hub > Mimecast API 2.0"
	configureNew        = hub + " > Configure New"
	generateKeys        = "API and Platform Integrations > Available Integrations > Mimecast API 2.0 > Generate Keys"
	yourApplications    = "Integrations > API and Platform Integrations > Your Application Integrations"
	yourApplications10  = "Services > API and Platform Integrations > Your Application Integrations"
	olderApplications10 = "Administration > Services > API Applications"
)
