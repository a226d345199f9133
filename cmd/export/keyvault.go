package export

import (
	"fmt"
	"io"
	"strings"
)

const (
	maxVaultName  = 127
	maxVaultValue = 25 * 1024
)

// AzureKeyVault writes one flat JSON object, name of the Key Vault secret to text, for a loop of the person's own: jq and
// az keyvault secret set, PowerShell's ConvertFrom-Json, or jsondecode in Terraform. It holds no command, so that no
// secret ends up among the arguments of a process.
//
// The names are those of the variables, with '-' for '_' and in lower case unless the integration mixes cases itself:
// MIMECAST_CLIENT_ID becomes mimecast-client-id, the spelling of Microsoft's own Sentinel connectors for Mimecast. Key
// Vault accepts 1 to 127 letters, digits and '-', does not tell cases apart, and keeps at most 25 KiB a secret.
func AzureKeyVault() Format {
	const name = "azure-keyvault"
	return Format{
		Name:  name,
		About: "JSON with the names of Azure Key Vault secrets",
		Encode: func(w io.Writer, d Document) error {
			taken := map[string]string{}
			for _, f := range d.Fields {
				vault := vaultName(f)
				if !isVaultName(vault) {
					reason := fmt.Sprintf("%q is no name in a Key Vault (1 to %d letters, digits and '-')", vault, maxVaultName)
					return refused(name, f, reason, "")
				}
				folded := strings.ToLower(vault)
				if other, ok := taken[folded]; ok {
					return refused(name, f, fmt.Sprintf("it would have the same name as %s, %s", other, vault), "")
				}
				taken[folded] = f.Name
				if len(f.Text) > maxVaultValue {
					return refused(name, f, fmt.Sprintf("the value has %d bytes, a Key Vault keeps %d", len(f.Text), maxVaultValue), "")
				}
			}
			return writeObject(w, d.Fields, vaultName)
		},
	}
}

func vaultName(f Field) string {
	name := strings.Trim(strings.ReplaceAll(f.Env, "_", "-"), "-")
	if name == strings.ToUpper(name) {
		return strings.ToLower(name)
	}
	return name
}

func isVaultName(name string) bool {
	for i := range len(name) {
		if c := name[i]; !isLetter(c) && !isDigit(c) && c != '-' {
			return false
		}
	}
	return name != "" && len(name) <= maxVaultName
}
