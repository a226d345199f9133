package main

import "golang.org/x/sys/windows"

// inherited tells whether a descriptor can be read: a file or a pipe, as the program was given them, and not what the runtime has
// beside them, such as threads and events.
func inherited(fd int) bool {
	if fd == 0 {
		return true // the standard input
	}
	kind, err := windows.GetFileType(windows.Handle(fd))
	return err == nil && kind != windows.FILE_TYPE_UNKNOWN
}
