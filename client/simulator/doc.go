// Package simulator is a Mimecast that runs in this process: both generations of the API behind one http.Handler, with
// tenants, products, role permissions, licensed packages, rate limits, expiring keys and a second factor. It is wrong on
// purpose when a scenario says so.
//
// It judges package client and therefore shares nothing with it: signatures are verified and replies are written here,
// independently. Comments mark where a behaviour comes from:
//
//	recorded    seen in public recordings of the live service (JupiterOne/graph-mimecast, March 2022)
//	documented  said by Mimecast's own documentation or support articles
//	agreed      read in the code of several independent clients
//	assumed     known to nobody in public; chosen here because something has to happen
//
// Two deliberate departures from the recordings: connections are kept alive (they were closed after every reply in 2022), and
// the regional host that "discover" names is the simulator's own address.
//
// What an administrator does in the console meanwhile is done by methods of Server, and over HTTP below /simulator/.
//
// Every value is made up, the same on every run for the same seed, and has the shape of the real thing.
package simulator
