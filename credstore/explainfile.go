package credstore

import "errors"

// GivenPassphraseError says that a passphrase that nobody typed is wrong.
type GivenPassphraseError struct {
	// Source is where it came from: "the file /run/secrets/mimecred".
	Source string
}

// Error implements error.
func (e *GivenPassphraseError) Error() string {
	return "the passphrase in " + e.Source + " does not open the encrypted files"
}

// explainFile says why and what to do where that is not the same for an encrypted file as for a keyring; "" leaves it to the kind.
func explainFile(e *Error) (why, fix string) {
	switch e.Kind {
	case Locked:
		return "the encrypted file is locked (" + innermost(e) + ")",
			"Run mimecred in a terminal and type the passphrase. Or name the passphrase's file in MIMECRED_PASSPHRASE_FILE, or an identity file with --identity-file. Nothing was changed."
	case WrongPassphrase:
		do := "Type the one that was chosen first, or last changed to"
		if given := (*GivenPassphraseError)(nil); errors.As(e, &given) {
			do = "Put the one that was chosen first, or last changed to, into " + given.Source
		}
		return innermost(e), do + ". Without it, nobody can open the profiles: set them up again. Nothing was changed."
	case Unavailable:
		return "the encrypted file cannot be used here" + cause(e),
			"Run mimecred in a terminal, or name the passphrase's file in MIMECRED_PASSPHRASE_FILE. --passphrase-fd reads a descriptor, --identity-file names an identity file."
	case Damaged:
		return "the encrypted file cannot be read (" + innermost(e) + ")",
			"Update mimecred if a newer one wrote it. Otherwise put the file back from a backup, or set the profile up again. The file was not changed."
	case Foreign:
		return "the encrypted file is not one that mimecred can open (" + innermost(e) + ")",
			"Name the key that it belongs to with --identity-file, or put the whole folder back from one backup. The file was not changed."
	case TimedOut:
		return "the passphrase did not come in time, or the disk did not answer", "Try again; what is stored is read again first."
	case Mismatch:
		return "the disk did not keep what was written" + cause(e), "Check the disk, and try again."
	case Denied:
		return "the system does not let mimecred use the encrypted file" + cause(e), "Check who owns the files named here and their folder, then try again."
	case NotFound, NoCollection, TooBig, Conflict, PendingKeys, Canceled, Broken:
		return "", ""
	default:
		return "", ""
	}
}
